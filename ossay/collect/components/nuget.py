# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What projects of .NET without a lockfile ask for, and where that is told for many.

A folder's `Directory.Packages.props` fixes versions for the projects below it, and
`Directory.Build.props` may name packages for all of them (learn.microsoft.com,
central package management). What MSBuild would compute is not known.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from ossay.collect._documents import read_xml
from ossay.collect.components.named import Named, folders_around, purl_of, scope_in
from ossay.model.components import Scope

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

ECOSYSTEM = "NuGet"
"""Its name in `ossay.collect.security.ecosystems`."""

VERSIONS = "Directory.Packages.props"

FOR_MANY = frozenset({VERSIONS, "Directory.Build.props", "Directory.Build.targets"})
"""Files that count for every project below their folder."""

_WISHES = frozenset({"PackageReference", "GlobalPackageReference"})

_EXACT = re.compile(r"\[?(\d{1,9}(?:\.\d{1,9}){2,3}(?:[-+][0-9A-Za-z.-]{1,100})?)\]?")
"""A whole version, of which NuGet takes the lowest that there is; or just that one."""


def named_in_project(path: str, content: bytes) -> Iterator[Named]:
    """Yield what the project, or file for many projects, at *path* asks for."""
    for element in _elements(content):
        name = element.get("Include") or ""
        if _tag(element) in _WISHES and name and "$" not in name:
            yield _one(path, name, _told(element, "VersionOverride", "Version"))


def above(path: str, files: Container[str]) -> Iterator[str]:
    """Yield those of *files* that count for the project at *path*, nearest first."""
    for folder in folders_around(path):
        yield from (f for name in sorted(FOR_MANY) if (f := folder + name) in files)


def with_versions(
    named: Iterable[Named], versions: Mapping[str, Mapping[str, str]]
) -> Iterator[Named]:
    """Yield *named* with the *versions* of the nearest file that counts for it."""
    nearest: dict[str, Mapping[str, str]] = {}
    for each in named:
        if each.file not in nearest:
            file = next(above(each.file, versions), "")
            nearest[each.file] = versions.get(file, {})
        told = nearest[each.file].get(each.name.casefold(), "")
        yield each if each.version or not told else _one(each.file, each.name, told)


def versions_in(content: bytes) -> Mapping[str, str]:
    """Return the versions by name; "" where a condition decides between several."""
    found: dict[str, str] = {}
    for element in _elements(content):
        if _tag(element) == "PackageVersion":
            name = (element.get("Include") or element.get("Update") or "").casefold()
            told = _told(element, "Version")
            found[name] = told if found.get(name, told) == told else ""
    return found


def locks_nothing(lockfile: Mapping[str, object]) -> bool:
    """Tell whether a lockfile of NuGet has, for each framework, only own projects."""
    frameworks = lockfile.get("dependencies")
    if "version" not in lockfile or not isinstance(frameworks, dict):
        return False
    return all(
        isinstance(listed, dict)
        and all(
            isinstance(e, dict) and e.get("type") == "Project" for e in listed.values()
        )
        for listed in frameworks.values()
    )


def _one(path: str, name: str, version: str) -> Named:
    exact = _EXACT.fullmatch(version.strip())
    told = exact[1] if exact else ""
    return Named(
        purl=purl_of("nuget", name, told),
        ecosystem="nuget",
        name=name,
        version=told,
        file=path,
        scope=scope_in(path, Scope.UNKNOWN),
        direct=True,
    )


def _told(element: "ET.Element", *names: str) -> str:
    """Return what an element says of itself, as attribute or within."""
    within = {_tag(child): child.text or "" for child in element}
    told = (element.get(name) or within.get(name) for name in names)
    return next((text for text in told if text), "")


def _elements(content: bytes) -> Iterator["ET.Element"]:
    return read_xml(content).iter()


def _tag(element: "ET.Element") -> str:
    return element.tag.rpartition("}")[2]
