# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What trivy reads out of lockfiles, Maven's project files among them.

Its answer is read strictly: what does not have the shape of one is none.
"""

import json
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ossay.collect.components.named import Named, fixed, purl_of, scope_in, ways
from ossay.model.components import Purl, Scope
from ossay.model.errors import OssayError
from ossay.model.evidence import Item
from ossay.model.toolbox import Said

LOCKFILES = {
    "npm": r"package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml"
    r"|bun\.lock",
    "pypi": r"Pipfile\.lock|poetry\.lock|uv\.lock|pylock(?:\.[\w-]+)?\.toml",
    "maven": r"pom\.xml|[\w.-]*gradle\.lockfile",
    "composer": r"composer\.lock",
    "gem": r"Gemfile\.lock",
    "golang": r"go\.mod",
    "nuget": r"packages\.lock\.json|packages\.config|[^/]+\.deps\.json",
    "hex": r"mix\.lock",
    "pub": r"pubspec\.lock",
    "swift": r"Package\.resolved",
    "cocoapods": r"Podfile\.lock",
    "conan": r"conan\.lock",
}
"""Names of the files that trivy reads, by the type of the purls that come of them."""

BESIDE = (
    r"package\.json|pyproject\.toml|composer\.json|go\.sum"
    r"|pnpm-workspace\.yaml|Directory\.Packages\.props|Packages\.props"
)
"""Names of the files that tell it which components are named directly."""

_KIND_OF = {
    kind: re.compile(rf"(?:.*/)?(?:{names})") for kind, names in LOCKFILES.items()
}
_OF_ANY_KIND = re.compile(rf"(?:.*/)?(?:{'|'.join(LOCKFILES.values())})")
_BESIDE = re.compile(rf"(?:.*/)?(?:{BESIDE})")

_OWN = frozenset({"root", "workspace"})
"""Relationships of what the candidate itself is."""

_TELLS_DEVELOPMENT = frozenset(
    {"npm", "yarn", "pnpm", "bun", "composer", "uv", "poetry", "pom"}
)
"""Where what is not marked as for development is needed to run; Maven's tests are left
out by trivy."""


class NoAnswer(OssayError):
    """What trivy said is not an answer that can be read."""


def kind_of(path: str) -> str:
    """Return the purl type of what a lockfile names; "" for another file."""
    if not _OF_ANY_KIND.fullmatch(path):
        return ""
    return next(k for k, names in _KIND_OF.items() if names.fullmatch(path))


def is_beside(path: str) -> bool:
    """Tell whether *path* helps to read a lockfile."""
    return _BESIDE.fullmatch(path) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a tool read: namings, the files it read, and those that it was not given."""

    named: tuple[Named, ...]
    files: frozenset[str]
    left_out: tuple[Item, ...]


def read(
    said: Said,
    made_here: Container[tuple[str, str]] = (),
    aliases: Mapping[str, Mapping[str, str]] | None = None,
) -> Read:
    """
    Return what *said* names; raise `NoAnswer` where it is not an answer.

    Args:
        said: What trivy said.
        made_here: Names and versions of npm's packages that the candidate itself is.
        aliases: By lockfile, names that stand for packages of another name.
    """
    try:
        results = [
            result
            for result in json.loads(said.text).get("Results") or ()
            if result.get("Class") == "lang-pkgs"
        ]
        for result in results:
            _rename(result["Packages"], (aliases or {}).get(result["Target"], {}))
        own = {
            (result["Type"], package["Name"])
            for result in results
            for package in result["Packages"]
            if package.get("Relationship") in _OWN and package.get("Name")
        }
        named = tuple(
            each
            for result in results
            for each in _named(result, own)
            if each.ecosystem != "npm" or (each.name, each.version) not in made_here
        )
        files = frozenset(str(result["Target"]) for result in results)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        msg = f"trivy said something that could not be read ({error!r})"
        raise NoAnswer(msg) from error
    return Read(named=named, files=files, left_out=said.left_out)


def aliases_in(yarn_lock: bytes) -> dict[str, str]:
    """
    Return the names in a lockfile of Yarn that stand for packages of another name.

    Yarn calls one package by several names ("string-width-cjs@npm:string-width@^4");
    a package that really has the first one is another, and may be a trap.
    """
    found: dict[str, set[str]] = {}
    text = yarn_lock.decode(errors="replace")
    for line in text.splitlines() if "@npm:" in text else ():
        if line[:1] not in {'"', "@"} and not line[:1].isalnum():
            continue
        for wanted in line[:LONGEST_LINE].rstrip(":").replace('"', "").split(", "):
            alias = _ALIAS.fullmatch(wanted)
            name = alias[1] if alias else wanted.rpartition("@")[0].partition("@npm")[0]
            found.setdefault(name, set()).add(alias[2] if alias else name)
    return {
        n: min(real) for n, real in found.items() if len(real) == 1 and n not in real
    }


LONGEST_LINE = 20_000

_ALIAS = re.compile(
    r"(@?[^@\s]{1,214})@npm:((?:@[^@/\s]{1,214}/)?[a-zA-Z][^@\s]{0,214})@.{1,200}"
)


def _rename(packages: list[dict[str, Any]], aliases: Mapping[str, str]) -> None:
    for package in packages if aliases else ():
        if real := aliases.get(package.get("Name", "")):
            namespace, _, last = real.rpartition("/")
            version = package.get("Version", "")
            package["Name"] = real
            package["Identifier"] = {
                "PURL": purl_of("npm", last, version, namespace=namespace)
            }


def _named(result: dict[str, object], own: set[tuple[str, str]]) -> Iterator[Named]:
    kind, file = str(result["Type"]), str(result["Target"])
    packages: list[dict[str, object]] = result["Packages"]  # type: ignore[assignment]
    by_id = {str(p.get("ID")): p for p in packages}
    purls = {i: _purl(p) for i, p in by_id.items()}
    ways_there = _ways(by_id)
    for package in packages:
        name = str(package.get("Name", ""))
        purl = _purl(package)
        if not name or not purl or (kind, name) in own:
            continue
        way = ways_there.get(str(package.get("ID")), ())
        yield Named(
            purl=purl,
            ecosystem=purl.partition(":")[2].partition("/")[0],
            name=name,
            version=fixed(str(package.get("Version", ""))),
            file=file,
            scope=scope_in(file, _scope(kind, package)),
            licences=tuple(map(str, package.get("Licenses") or ())),  # type: ignore[call-overload]
            direct=_IS_DIRECT.get(str(package.get("Relationship"))),
            brought_by=tuple(purl for i in way if (purl := purls[i])),
        )


_IS_DIRECT = {"direct": True, "indirect": False}


def _purl(package: dict[str, object]) -> Purl:
    """Return the purl, without a version that is none."""
    identifier: dict[str, str] = package.get("Identifier") or {}  # type: ignore[assignment]
    purl = identifier.get("PURL", "")
    if purl and not fixed(str(package.get("Version", ""))):
        head, _, qualifiers = purl.partition("?")
        head = head.rpartition("@")[0] if "@" in head else head
        purl = f"{head}?{qualifiers}" if qualifiers else head
    return Purl(purl)


def _scope(kind: str, package: dict[str, object]) -> Scope:
    if package.get("Dev"):
        return Scope.DEVELOPMENT
    if kind in _TELLS_DEVELOPMENT and package.get("Relationship") in _IS_DIRECT:
        return Scope.RUNTIME
    if kind == "pipenv":  # of which trivy reads what is not for development
        return Scope.RUNTIME
    return Scope.UNKNOWN


def _ways(by_id: dict[str, dict[str, object]]) -> dict[str, tuple[str, ...]]:
    """
    Return the shortest way to each package from one that the candidate names.

    What is needed to run is reached through what is needed to run, if it can be.
    Of ways as long as each other the first by name counts: the tool tells what
    depends on what in another order each time.
    """
    leads_to: dict[str, tuple[str, ...]] = {
        i: tuple(sorted(d for d in map(str, p.get("DependsOn") or ()) if d in by_id))  # type: ignore[call-overload]
        for i, p in by_id.items()
    }
    starts = sorted(i for i, p in by_id.items() if p.get("Relationship") == "direct")
    runs = {i for i, p in by_id.items() if not p.get("Dev")}
    running = {i: tuple(d for d in leads_to[i] if d in runs) for i in runs}
    found = dict(ways([i for i in starts if i in runs], running))
    for i, way in ways(starts, leads_to):
        found.setdefault(i, way)
    return found
