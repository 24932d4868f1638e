# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
The list of what a snapshot brings with it: made once, and remembered.

Lockfiles are read by trivy, or by syft where that is preferred; those of Cargo,
requirements of pip, manifests without a lockfile, workflows and Dockerfiles by ossay.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ossay.collect import _documents, _places
from ossay.collect._documents import DocumentUnreadable
from ossay.collect._places import Place, place_by_name
from ossay.collect.components import (
    actions,
    cargo,
    images,
    lockfiles,
    manifests,
    nuget,
    reading,
    requirements,
)
from ossay.collect.components.completeness import EcosystemTold, told
from ossay.collect.components.named import Named, joined
from ossay.collect.components.reading import TOOLS
from ossay.collect.licensing import expressions
from ossay.collect.security import ecosystems, workflows
from ossay.collect.security import manifests as security_manifests
from ossay.collect.security.places import View, is_set_aside
from ossay.model.collector import Given
from ossay.model.components import Component
from ossay.model.evidence import Item
from ossay.model.tree import BlobUnreadable, EntryKind

if TYPE_CHECKING:
    from ossay.model.digest import Digest

_REMEMBERED = "components"

_LIBRARIES = ("license-expression", "packageurl-python", "packaging", "pyyaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Components:
    """
    All that a snapshot brings with it, as far as its files tell.

    Attributes:
        components: Each once, in the order of purls.
        ecosystems: How much is told of each, by name.
        left_out: Files that name components and were not read: there may be more.
    """

    components: tuple[Component, ...]
    ecosystems: tuple[EcosystemTold, ...]
    left_out: tuple[Item, ...]


def components_of(given: Given) -> Components:
    """
    Return what a snapshot brings with it.

    Who asks this names `TOOLS` in its `asks_tools`, and this package in `rests_on`.

    Raises:
        ToolSilent: There are lockfiles, and the tool that reads them gave no answer.
    """
    paths = _paths(given)
    memory = given.memory
    version = _version(given)
    key = _key(given, paths)
    if memory is not None and (kept := memory.known(_REMEMBERED, version, [key])):
        from ossay.codec import from_json

        return from_json(Components, kept[key])
    found = _listed(given, paths)
    if memory is not None and given.tree.is_settled():
        from ossay.codec import to_json

        memory.keep(_REMEMBERED, version, {key: to_json(found)})
    return found


@dataclass(slots=True)
class _List:
    """What was found so far."""

    named: list[Named] = field(default_factory=list)
    left_out: list[Item] = field(default_factory=list)
    why: dict[str, list[Item]] = field(default_factory=lambda: defaultdict(list))

    def note(self, kind: str, path: str, why: str) -> None:
        """Note why an ecosystem's components are not all told by *path*."""
        self.why[kind].append(Item(subject=path, note=why))


def _paths(given: Given) -> list[str]:
    """Return the paths, links among them, that the list is made from."""
    names = {lock for each in ecosystems.ECOSYSTEMS for lock in each.locks}
    names |= _LOOKS_FOR.keys() | _WORKSPACES | nuget.FOR_MANY
    return [
        entry.path
        for entry in given.tree.entries()
        if entry.kind is not EntryKind.SUBMODULE
        and _tells(entry.path, names)
        and place_by_name(entry.path) is not Place.FOREIGN
    ]


def _tells(path: str, lock_names: set[str]) -> bool:
    name = path.rpartition("/")[2]
    return (
        name in lock_names
        or lockfiles.kind_of(path) != ""
        or lockfiles.is_beside(path)
        or ecosystems.ecosystem_of(path) is not None
        or images.is_dockerfile(path)
        or workflows.runs_actions(path)
    )


_WORKSPACES = frozenset({"pnpm-workspace.yaml", "lerna.json"})
"""Files that tell which folders one lockfile is for."""


def _listed(given: Given, paths: list[str]) -> Components:
    found = _List()
    view = View.of(given)
    _read_locks(given, paths, found)
    _read_requirements(view, paths, found)
    _read_cargo(view, paths, found)
    _read_manifests(view, found)
    _read_each(view, paths, images.is_dockerfile, images.images_in, found)
    _read_actions(view, found)
    found.left_out += _not_named(given)
    components = joined(found.named)
    return Components(
        components=components,
        ecosystems=tuple(told(components, found.why)),
        left_out=tuple(
            sorted(set(found.left_out), key=lambda item: (item.subject, item.note))
        ),
    )


def _read_locks(given: Given, paths: list[str], found: _List) -> None:
    read = reading.locked(given, paths)
    found.named += read.named
    found.left_out += read.left_out
    for path in read.wishes:
        found.note(lockfiles.kind_of(path), path, _MAVEN)


_MAVEN = "it names what is asked for, not what that brings along"


def _read_requirements(view: View, paths: list[str], found: _List) -> None:
    def read(path: str, content: bytes) -> Iterable[Named]:
        if b"--hash=" not in content and b"# via" not in content:
            found.note("pypi", path, _NOT_FROZEN)
        return requirements.named_in_requirements(path, content)

    _read_each(view, paths, _is_requirements, read, found)
    _read_each(view, paths, _is_of_pipenv, requirements.named_for_development, found)


def _is_of_pipenv(path: str) -> bool:
    return path.rpartition("/")[2] == "Pipfile.lock"


_NOT_FROZEN = "it names what is asked for, not what that brings along"


def _is_requirements(path: str) -> bool:
    ecosystem = ecosystems.ecosystem_of(path)
    return ecosystem is not None and ecosystem.name == ecosystems.REQUIREMENTS


def _read_cargo(view: View, paths: list[str], found: _List) -> None:
    def read(path: str, content: bytes) -> Iterable[Named]:
        return list(cargo.named_in_lock(path, content, _readable(view, beside[path])))

    beside = cargo.manifests_by_lock(paths)
    _read_each(view, beside, lambda _: True, read, found)


def _readable(view: View, paths: Iterable[str]) -> dict[str, bytes]:
    found = {}
    for path in paths:
        with suppress(BlobUnreadable):
            found[path] = view.tree.read(path)
    return found


def _read_manifests(view: View, found: _List) -> None:
    """Read what no lockfile fixes, and name what cannot be read at all."""
    all_of_them = security_manifests.manifests_of(view)
    lacking, unclear = security_manifests.without_lockfile(view, all_of_them)
    found.left_out += unclear
    _read_nuget(view, [m.path for m in lacking if _is_of_nuget(m)], found)
    for manifest in lacking:
        if _is_of_nuget(manifest):
            continue  # read together
        if _is_requirements(manifest.path) or lockfiles.kind_of(manifest.path):
            continue  # read as it stands
        known = manifests.reader_of(manifest.ecosystem.name)
        if known is None:
            why = f"what {manifest.ecosystem.name} is asked for is not read"
            found.left_out.append(Item(subject=manifest.path, note=why))
            continue
        kind, read = known
        found.note(kind, manifest.path, _NO_LOCKFILE)
        _read_each(view, [manifest.path], lambda _: True, read, found)
    for manifest in all_of_them:
        if manifest.ecosystem.name in _IN_CODE and _asks_in_code(view, manifest.path):
            why = f"{manifest.ecosystem.name} is asked by code, which is not run"
            found.left_out.append(Item(subject=manifest.path, note=why))
    covered = [m for m in all_of_them if m not in lacking]
    found.left_out += _unread_locks(view, covered)


def _is_of_nuget(manifest: security_manifests.Manifest) -> bool:
    return manifest.ecosystem.name == nuget.ECOSYSTEM


def _read_nuget(view: View, projects: list[str], found: _List) -> None:
    """Read projects without a lockfile, and what files above tell for all of them."""
    versions: dict[str, Mapping[str, str]] = {}

    def read(path: str, content: bytes) -> Iterable[Named]:
        if path.rpartition("/")[2] == nuget.VERSIONS:
            versions[path] = nuget.versions_in(content)
        return list(nuget.named_in_project(path, content))

    for_many = set(view.matching(lambda p: p.rpartition("/")[2] in nuget.FOR_MANY))
    above = {file for path in projects for file in nuget.above(path, for_many)}
    here = _List()
    _read_each(view, [*projects, *sorted(above)], lambda _: True, read, here)
    found.named += nuget.with_versions(here.named, versions)
    found.left_out += here.left_out
    for path in sorted({*projects, *(each.file for each in here.named)}):
        found.note("nuget", path, _NO_LOCKFILE)


_NO_LOCKFILE = "no lockfile fixes what it asks for"

_IN_CODE = {"setuptools": b"_requires", "sbt": b"libraryDependencies", "vcpkg": b'"'}
"""Package managers without lockfiles, and what shows that they are asked."""


def _asks_in_code(view: View, path: str) -> bool:
    name = ecosystems.ecosystem_of(path)
    try:
        return name is not None and _IN_CODE[name.name] in view.tree.read(path)
    except BlobUnreadable:
        return True


def _not_named(given: Given) -> Iterator[Item]:
    """Yield what brings components along that no package manager tells of."""
    for entry in given.tree.entries():
        if entry.kind is EntryKind.SUBMODULE:
            note = "it is kept in another repository, which was not fetched"
            yield Item(subject=entry.path, note=note)
    for path in given.tree.paths():
        looks = _LOOKS_FOR.get(path.rpartition("/")[2])
        if looks is None or place_by_name(path) is Place.FOREIGN or is_set_aside(path):
            continue
        try:
            content = given.tree.read(path)
        except BlobUnreadable as error:
            yield Item(subject=path, note=str(error))
            continue
        if looks.search(content):
            note = "libraries that the build looks for on the machine are not listed"
            yield Item(subject=path, note=note)


_LOOKS_FOR = {
    "CMakeLists.txt": re.compile(rb"(?i)\b(?:find_package|pkg_check_modules)\s*\("),
    "meson.build": re.compile(rb"\bdependency\s*\("),
    "configure.ac": re.compile(rb"\b(?:PKG_CHECK_MODULES|AC_CHECK_LIB)\b"),
    "configure.in": re.compile(rb"\b(?:PKG_CHECK_MODULES|AC_CHECK_LIB)\b"),
}
"""How C and C++ ask for libraries: names of build files, and what shows it."""


def _unread_locks(
    view: View, covered: list[security_manifests.Manifest]
) -> Iterator[Item]:
    """Yield the lockfiles that nobody here reads."""
    locks = {lock for manifest in covered for lock in manifest.ecosystem.locks}
    for path in view.own_paths:
        is_unread = path.rpartition("/")[2] in locks - _SUMS
        is_known = lockfiles.kind_of(path) or path.endswith(cargo.LOCK)
        if is_unread and not is_known and not is_set_aside(path):
            yield Item(subject=path, note="this kind of lockfile is not read")


_SUMS = frozenset({"go.sum"})
"""Beside a file that is read."""


def _read_each(
    view: View,
    paths: Iterable[str],
    is_wanted: Callable[[str], bool],
    read: Callable[[str, bytes], Iterable[Named]],
    found: _List,
) -> None:
    for path in paths:
        if not is_wanted(path):
            continue
        try:
            found.named += read(path, view.tree.read(path))
        except (BlobUnreadable, DocumentUnreadable, ValueError) as error:
            found.left_out.append(Item(subject=path, note=str(error)[:300]))


def _read_actions(view: View, found: _List) -> None:
    def read(path: str, content: bytes) -> Iterable[Named]:
        used = (actions.action_in(path, use) for use in workflows.uses_in(content))
        return [one for one in used if one is not None]

    paths = view.matching(workflows.runs_actions)
    _read_each(view, paths, lambda _: True, read, found)


def _version(given: Given) -> "Digest":
    from ossay.codec import canonical, code_digest, digest_of_bytes

    package = sys.modules[__package__]
    used = (ecosystems, security_manifests, workflows, expressions, _documents, _places)
    code = code_digest([package, *used], _LIBRARIES)
    tools = () if given.toolbox is None else map(given.toolbox.version, TOOLS)
    return digest_of_bytes(canonical([code, *tools]))


def _key(given: Given, paths: list[str]) -> str:
    from ossay.codec import canonical, digest_of_bytes

    wanted = set(paths)
    told = [
        [e.path, e.oid]
        for e in given.tree.entries()
        if e.path in wanted or e.kind is EntryKind.SUBMODULE
    ]
    return digest_of_bytes(canonical([given.snapshot.path, told]))
