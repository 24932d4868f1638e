# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Versions that Maven's project files leave to others, as far as those are here too.

A dependency without a version has the one that its project, a parent, or a bill of
materials that one of them imports, manages (maven.apache.org, dependency mechanism).
What lies outside of the repository is not asked for.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ossay.collect._documents import DocumentUnreadable, read_xml
from ossay.collect.components.named import Named, fixed, purl_of, scope_in
from ossay.model.components import Scope
from ossay.model.tree import BlobUnreadable, Tree

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

MOST_AROUND = 50
"""Parents and bills of materials that are followed from one project."""

MOST_ROUNDS = 10
"""Properties within properties."""

LONGEST_VALUE = 500

_PROPERTY = re.compile(r"\$\{([\w.\-]{1,200})\}")


@dataclass(slots=True)
class _Project:
    """
    One project file: what it is, what it rests on, what it manages and asks for.

    What it asks for has a version and a scope, each "" where it says none.
    """

    path: str
    name: str = ""
    parent: str = ""
    properties: dict[str, str] = field(default_factory=dict)
    managed: dict[str, str] = field(default_factory=dict)
    asked: dict[str, tuple[str, str]] = field(default_factory=dict)
    imports: list[str] = field(default_factory=list)


def with_versions(
    named: Iterable[Named], tree: Tree, paths: Iterable[str]
) -> Iterator[Named]:
    """
    Yield *named* with the versions that the project files at *paths* tell.

    What they ask for besides, trivy left out: it is for tests, or the place where the
    software runs provides it.
    """
    projects = list(_projects(tree, paths))
    by_path = {project.path: project for project in projects}
    by_name = {project.name: project for project in reversed(projects)}
    every = list(named)
    for each in every:
        project = by_path.get(each.file)
        if each.version or project is None:
            yield each
            continue
        version = fixed(_managed(each.name, project, by_name))
        group, _, artifact = each.name.partition(":")
        if version:
            purl = purl_of("maven", artifact, version, namespace=group)
            yield replace(each, version=version, purl=purl)
        elif not _is_told_below(each, every):
            yield each
    known = {each.name for each in every} | set(by_name)
    for project in projects:
        for name in sorted(project.asked.keys() - known):
            yield _asked(name, project, by_name)


def modules(tree: Tree, paths: Iterable[str]) -> frozenset[str]:
    """Return the names of the packages that the project files at *paths* are about."""
    return frozenset(project.name for project in _projects(tree, paths))


def _asked(name: str, project: _Project, by_name: dict[str, _Project]) -> Named:
    own, scope = project.asked[name]
    properties = _properties(list(_chain(project, by_name)))
    version = _filled(own, properties) if own else _managed(name, project, by_name)
    group, _, artifact = name.partition(":")
    return Named(
        purl=purl_of("maven", artifact, fixed(version), namespace=group),
        ecosystem="maven",
        name=name,
        version=fixed(version),
        file=project.path,
        scope=scope_in(project.path, _SCOPES.get(scope, Scope.UNKNOWN)),
        direct=True,
    )


_SCOPES = {"test": Scope.DEVELOPMENT, "provided": Scope.BUILD, "system": Scope.BUILD}


def _is_told_below(each: Named, every: list[Named]) -> bool:
    """Tell whether a module of the project names it: trivy repeats it at the top."""
    folder = each.file.rpartition("/")[0]
    below = f"{folder}/" if folder else ""
    return any(
        other.name == each.name
        and other.file != each.file
        and other.file.startswith(below)
        for other in every
    )


def _managed(wanted: str, project: _Project, by_name: dict[str, _Project]) -> str:
    """Return the version that *project* gets of *wanted*; "" where nothing tells."""
    chain = list(_chain(project, by_name))
    properties = _properties(chain)
    seen = {each.path for each in chain}
    boards = [bom for each in chain for bom in each.imports]
    for each in chain:
        if wanted in each.managed:
            return _filled(each.managed[wanted], properties)
    while boards and len(seen) < MOST_AROUND:
        bom = by_name.get(boards.pop(0))
        if bom is None or bom.path in seen:
            continue
        seen.add(bom.path)
        if version := _managed_alone(wanted, bom, by_name):
            return version
        boards += bom.imports
    return ""


def _managed_alone(wanted: str, bom: _Project, by_name: dict[str, _Project]) -> str:
    """Return what a bill of materials says by itself, with its own properties."""
    chain = list(_chain(bom, by_name))
    properties = _properties(chain)
    told = (each.managed[wanted] for each in chain if wanted in each.managed)
    return _filled(next(told, ""), properties)


def _properties(chain: list[_Project]) -> dict[str, str]:
    properties: dict[str, str] = {}
    for each in reversed(chain):
        properties |= each.properties
    return properties


def _chain(project: _Project, by_name: dict[str, _Project]) -> Iterator[_Project]:
    """Yield a project, its parent, and so on, each once."""
    seen: set[str] = set()
    here: _Project | None = project
    while here is not None and here.path not in seen and len(seen) < MOST_AROUND:
        seen.add(here.path)
        yield here
        here = by_name.get(here.parent)


def _filled(version: str, properties: dict[str, str]) -> str:
    for _ in range(MOST_ROUNDS):
        found = _PROPERTY.search(version)
        if found is None or found[1] not in properties:
            break
        version = version.replace(found[0], properties[found[1]])[:LONGEST_VALUE]
    return version


def _projects(tree: Tree, paths: Iterable[str]) -> Iterator[_Project]:
    for path in paths:
        try:
            root = read_xml(tree.read(path))
        except (BlobUnreadable, DocumentUnreadable):
            continue  # its versions stay open
        yield _project(path, root)


def _project(path: str, root: "ET.Element") -> _Project:
    parent = _child(root, "parent")
    group = _text(root, "groupId") or _text(parent, "groupId")
    version = _text(root, "version") or _text(parent, "version")
    project = _Project(path=path, name=f"{group}:{_text(root, 'artifactId')}")
    if parent is not None:
        project.parent = f"{_text(parent, 'groupId')}:{_text(parent, 'artifactId')}"
        project.properties["project.parent.version"] = _text(parent, "version")
    for each in _children(_child(root, "properties")):
        project.properties[_tag(each)] = (each.text or "").strip()[:LONGEST_VALUE]
    project.properties |= {"project.version": version, "project.groupId": group}
    management = _child(_child(root, "dependencyManagement"), "dependencies")
    for each in _children(management):
        name = f"{_text(each, 'groupId')}:{_text(each, 'artifactId')}"
        name = _filled(name, project.properties)
        if _text(each, "scope") == "import":
            project.imports.append(name)
        elif not _text(each, "classifier"):
            project.managed.setdefault(name, _text(each, "version"))
    for each in _children(_child(root, "dependencies")):
        name = f"{_text(each, 'groupId')}:{_text(each, 'artifactId')}"
        name = _filled(name, project.properties)
        if _PLAIN.fullmatch(name):
            project.asked[name] = (_text(each, "version"), _text(each, "scope"))
    return project


_PLAIN = re.compile(r"[\w.-]{1,200}:[\w.-]{1,200}")


def _children(element: "ET.Element | None") -> Iterator["ET.Element"]:
    yield from () if element is None else element


def _child(element: "ET.Element | None", name: str) -> "ET.Element | None":
    return next((e for e in _children(element) if _tag(e) == name), None)


def _text(element: "ET.Element | None", name: str) -> str:
    child = _child(element, name)
    return "" if child is None else (child.text or "").strip()[:LONGEST_VALUE]


def _tag(element: "ET.Element") -> str:
    return str(element.tag).rpartition("}")[2]
