# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Lockfiles, as the tool that reads them tells them, and those it told nothing of."""

from contextlib import suppress
from dataclasses import dataclass

from ossay.collect import _documents
from ossay.collect._documents import DocumentUnreadable
from ossay.collect.components import lockfiles, maven, nuget, syft
from ossay.collect.components.named import Named
from ossay.model.collector import Given
from ossay.model.evidence import Item
from ossay.model.toolbox import Toolbox, ToolNotChosen, ToolSilent
from ossay.model.tree import BlobUnreadable

TRIVY = "trivy"

TOOLS = (TRIVY, syft.TOOL)
"""Of which one reads lockfiles: syft where settings say so, else trivy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """
    What lockfiles name.

    Attributes:
        left_out: Files that were not read, or of which nothing was.
        wishes: Files that name what is asked for, and not what that brings along.
    """

    named: tuple[Named, ...] = ()
    left_out: tuple[Item, ...] = ()
    wishes: tuple[str, ...] = ()


def locked(given: Given, paths: list[str]) -> Locked:
    """
    Return what the lockfiles among *paths* name.

    Raises:
        ToolSilent: There are some, and the tool that reads them gave no answer.
    """
    locks = [path for path in paths if lockfiles.kind_of(path)]
    if not locks:
        return Locked()
    asked = [
        path for path in paths if lockfiles.kind_of(path) or lockfiles.is_beside(path)
    ]
    read, unasked = _asked(given, asked, locks)
    locks = [path for path in locks if path not in unasked]
    known = set(locks)
    poms = [path for path in locks if _is_pom(path)]
    found = [path for path in poms if path in read.files]
    unread = {item.subject: item for item in read.left_out if item.subject in known}
    silent = (p for p in locks if p not in read.files and p not in unread)
    nothing = (
        Item(subject=path, note=_NOTHING_READ)
        for path in silent
        if _names_any(given, path)
    )
    return Locked(
        named=tuple(maven.with_versions(read.named, given.tree, found)),
        left_out=(*unasked.values(), *unread.values(), *nothing),
        wishes=tuple(poms),
    )


def _asked(
    given: Given, paths: list[str], locks: list[str]
) -> tuple[lockfiles.Read, dict[str, Item]]:
    """Return what the tool says, and what of *locks* it could not be asked about."""
    if given.toolbox is None:
        msg = f"{TRIVY}, which reads lockfiles, was not there to be asked"
        raise ToolSilent(msg)
    made_here = _made_here(given, paths)
    try:
        return _read(given, given.toolbox, paths, made_here), {}
    except ToolSilent as why:
        poms = list(filter(_is_pom, locks))
        if len(poms) in (0, len(locks)):
            raise
        # Those of Maven include others, without end where somebody means it so.
        others = [path for path in paths if not _is_pom(path)]
        read = _read(given, given.toolbox, others, made_here)
        return read, {path: Item(subject=path, note=str(why)) for path in poms}


def _read(
    given: Given, toolbox: Toolbox, paths: list[str], made_here: set[tuple[str, str]]
) -> lockfiles.Read:
    tool = _reader(toolbox)
    said = toolbox.ask(tool, "components", given.tree, paths)
    try:
        if tool == syft.TOOL:
            modules = maven.modules(given.tree, filter(_is_pom, paths))
            return syft.read(said, made_here, modules)
        return lockfiles.read(said, made_here, _aliases(given, paths))
    except lockfiles.NoAnswer as error:
        raise ToolSilent(str(error)) from error


def _reader(toolbox: Toolbox) -> str:
    """
    Return the tool that reads lockfiles.

    One that settings ask for and that cannot be run is not quietly replaced: the
    office would read another program's answers in its name.
    """
    try:
        return toolbox.tool(syft.TOOL).name
    except ToolNotChosen:
        return TRIVY


def _aliases(given: Given, paths: list[str]) -> dict[str, dict[str, str]]:
    found = {}
    for path in paths:
        if path.rpartition("/")[2] == "yarn.lock":
            with suppress(BlobUnreadable):  # the tool was not handed it, either
                found[path] = lockfiles.aliases_in(given.tree.read(path))
    return found


def _is_pom(path: str) -> bool:
    return path.rpartition("/")[2] == "pom.xml"


def _made_here(given: Given, paths: list[str]) -> set[tuple[str, str]]:
    """Return names and versions of the packages that manifests of npm are about."""
    found = set()
    for path in paths:
        if path.rpartition("/")[2] != "package.json":
            continue
        try:
            document = _documents.read_json(given.tree.read(path))
        except (BlobUnreadable, DocumentUnreadable):
            continue  # then it may count as a component, which it is for npm
        if isinstance(document, dict):
            told = (document.get("name"), document.get("version"))
            found.add((str(told[0] or ""), str(told[1] or "")))
    return found


_IN_JSON = (".json", "composer.lock", "Pipfile.lock")
_NOTHING_READ = "no component could be read from it"


def _names_any(given: Given, path: str) -> bool:
    """Tell whether a file of which nothing was read may name something."""
    content = given.tree.read(path)
    if _is_pom(path):
        return b"<dependency>" in content
    if path.endswith("go.mod"):
        return b"require" in content
    if path.endswith(_IN_JSON):
        try:
            document = _documents.read_json(content)
        except DocumentUnreadable:
            return True
        return not (isinstance(document, dict) and _is_empty(document))
    lines = (line.strip() for line in content.splitlines())
    return any(line and not line.startswith(b"#") for line in lines)


def _is_empty(lockfile: dict[str, object]) -> bool:
    """Tell whether a lockfile in JSON lists nothing but the project itself."""
    if nuget.locks_nothing(lockfile):
        return True
    listed = [lockfile.get(k) for k in ("packages", "packages-dev", "dependencies")]
    return all(each in _NOTHING or _is_only_the_project(each) for each in listed)


_NOTHING: tuple[object, ...] = (None, [], {})


def _is_only_the_project(listed: object) -> bool:
    """Tell whether npm lists one folder, the project's own."""
    return isinstance(listed, dict) and set(listed) == {""}
