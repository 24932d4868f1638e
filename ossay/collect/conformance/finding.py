# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which reports and statements a tree holds: what was read, and what is for people."""

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from ossay.collect._documents import DocumentUnreadable
from ossay.collect._places import Place, place_by_name
from ossay.collect.accessibility.statements import reports, statements
from ossay.collect.conformance import tables
from ossay.collect.conformance.declared import Mention, in_publiccode, mentions
from ossay.collect.conformance.openacr import may_be_openacr, read_openacr
from ossay.collect.conformance.report import Report
from ossay.collect.documentation.publiccode import NAMES
from ossay.collect.security.places import View
from ossay.model.evidence import Item
from ossay.model.tree import BlobUnreadable, Scanner, Unreadable

MOST = 50
"""Documents that are read by name in one repository; the others are for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """
    What came of reading one file.

    Attributes:
        report: None where the file holds something else.
        why_not: Why it could not be read though it is a report; "" where it was.
    """

    report: Report | None = None
    why_not: str = ""


@dataclass(slots=True)
class Found:
    """
    Reports by path, and what was not read.

    Attributes:
        for_people: Files that are named as reports and only a person can read.
        unseen: Files that may be reports and were not to be had.
        declared: Standards that statements name, with path and line.
        unheard: Statements that were not read, so that there may be more.
    """

    reports: list[tuple[str, Report]] = field(default_factory=list)
    for_people: list[Item] = field(default_factory=list)
    unseen: list[Item] = field(default_factory=list)
    declared: list[tuple[str, Item]] = field(default_factory=list)
    unheard: list[str] = field(default_factory=list)


def find(view: View) -> Found:
    """Look through what the repository holds of its own, as folders' names tell."""
    found = Found()
    may_be = (p for p in view.own_paths if _ending(p) in _ENDINGS)
    paths = [p for p in may_be if place_by_name(p) not in _ASIDE]
    _read_yaml(view, paths, found)
    by_content = {path for path, _ in found.reports}
    by_content |= {item.subject for item in found.for_people}
    named = {i.subject: i.note for i in reports(paths) if i.subject not in by_content}
    named |= {p: "named as a conformance report" for p in paths if _is_acr(p)}
    stated = {i.subject for i in statements(paths)} - set(named)
    for number, path in enumerate([*named, *sorted(stated)]):
        _read_document(
            view, path, named.get(path, ""), found, is_one_more=number < MOST
        )
    for path in (p for p in paths if view.within(p) in NAMES):
        try:
            _note(found, path, in_publiccode(view.tree.read(path)))
        except BlobUnreadable:  # the collector of documentation has a gap for it
            found.unheard.append(path)
    return found


def _is_acr(path: str) -> bool:
    """Tell a document called so; of a folder or code, "acr" may mean much else."""
    name = path.rpartition("/")[2]
    return _ending(path) in _FOR_PEOPLE and _ACR.search(name) is not None


def _read_yaml(view: View, paths: Iterable[str], found: Found) -> None:
    yaml = [path for path in paths if _ending(path) in _YAML or _is_json(path)]
    for path, answer in view.tree.scan(_scanner(), yaml):
        if isinstance(answer, Unreadable):
            found.unseen.append(Item(subject=path, note=answer.why))
        elif answer.why_not:
            found.for_people.append(Item(subject=path, note=answer.why_not))
        elif answer.report is not None:
            found.reports.append((path, answer.report))


def _is_json(path: str) -> bool:
    """Tell JSON that calls itself OpenACR: YAML is read as such, and JSON is YAML."""
    name = path.rpartition("/")[2].casefold()
    return name.endswith(".json") and "openacr" in name


def _read_document(
    view: View, path: str, named: str, found: Found, *, is_one_more: bool
) -> None:
    """Read what is named as a report, or as a statement, that may hold one."""
    ending = _ending(path)
    text: str | None = None
    if ending in _FORMS and is_one_more:
        try:
            content = view.tree.read(path)
        except BlobUnreadable as why:
            found.unseen.append(Item(subject=path, note=str(why)))
            found.unheard.append(path)
            return
        if len(content) <= tables.LARGEST_BYTES:
            text = content.decode("utf-8", "replace")
    if report := tables.read_tables(text or "", f"table in {_FORMS.get(ending, '')}"):
        found.reports.append((path, report))
        return
    if named:
        note = _NO_TABLE if text else "a person has to read it"
        found.for_people.append(Item(subject=path, note=f"{named}; {note}"))
    elif text is None:
        found.unheard.append(path)
    _note(found, path, mentions(text or ""))


def _note(found: Found, path: str, said: Iterable[Mention]) -> None:
    known: set[str] = set()
    for name, line in said:
        if name not in known:
            known.add(name)
            found.declared.append((name, Item(subject=path, note=name, line=line)))


def _ending(path: str) -> str:
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2].casefold() if "." in name else ""


def _read(content: bytes) -> Reading:
    if not may_be_openacr(content):
        return Reading()
    try:
        return Reading(report=read_openacr(content))
    except DocumentUnreadable as why:
        return Reading(why_not=f"it looks like an OpenACR report, and {why}")


@cache
def _scanner() -> Scanner[Reading]:
    from ossay.codec import code_digest
    from ossay.collect import _documents

    package = sys.modules[__name__.rpartition(".")[0]]
    return Scanner(
        name="conformance reports",
        version=code_digest([package, _documents], ["pyyaml"]),
        kind=Reading,
        scan=_read,
    )


_NO_TABLE = "no table of criteria and levels could be read in it"
_ASIDE = frozenset({Place.FOREIGN, Place.TEST, Place.EXAMPLE})
_ACR = re.compile(r"(?i)(?<![a-z])acr(?![a-z])")
_FOR_PEOPLE = frozenset({"doc", "docx", "odt", "pdf"})
_YAML = frozenset({"yaml", "yml"})
_FORMS = {
    **dict.fromkeys(("md", "markdown", "mdx", "txt"), "Markdown"),
    **dict.fromkeys(("html", "htm", "xhtml"), "HTML"),
}
"""Endings of documents in which tables are looked for."""
_ENDINGS = _FOR_PEOPLE | _YAML | set(_FORMS) | {"adoc", "json", "ods", "rst", "xlsx"}
