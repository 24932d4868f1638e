# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What SBOMs tell, whosever they are: counted, rated, and held against the files."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ossay.collect.components import Components, components_of
from ossay.collect.sboms.comparing import SELDOM_LISTED, Compared, compare
from ossay.collect.sboms.elements import NotChecked, lacking
from ossay.collect.sboms.reading import Sbom
from ossay.model.collector import Given
from ossay.model.components import Completeness
from ossay.model.evidence import Answered, Combine, Fact, Item
from ossay.model.toolbox import ToolSilent

UNREAD = "a file that is, or may be, an SBOM could not be read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """
    What is asked of SBOMs that come from one side.

    Attributes:
        there: Whether there is any.
        not_listed: What of the files no SBOM lists.
        not_found: What no file names.
    """

    there: Fact[bool]
    forms: Fact[tuple[str, ...]]
    listed: Fact[int]
    ntia: Fact[bool]
    not_listed: Fact[int]
    other_versions: Fact[int]
    other_licences: Fact[int]
    not_found: Fact[int]

    @classmethod
    def of(cls, there: Fact[bool], those: str) -> "Questions":
        """
        Return what is asked of SBOMs of which *there* asks whether there are any.

        *those* is what they are called in a question ("the SBOMs in the repository").
        """
        kind = there.name.removeprefix("components.")
        files = "the files of the repository"

        def count(name: str, asks: str) -> Fact[int]:
            return Fact(
                name=f"components.{name}",
                kind=int,
                unit="components",
                asks=asks,
                combine=Combine.SUM,
            )

        return cls(
            there=there,
            forms=Fact(
                name=f"components.{kind}_forms",
                kind=tuple,
                asks=f"In which forms are {those}?",
                combine=Combine.UNION,
            ),
            listed=count(f"{kind}_lists", f"How many components do {those} list?"),
            ntia=Fact(
                name=f"components.{kind}_ntia_minimum",
                kind=bool,
                asks=f"Do {those} tell all that the NTIA's minimum elements ask for?",
                combine=Combine.ALL,
            ),
            not_listed=count(
                f"not_in_{kind}",
                f"How many components that are needed to run the software, by {files}, "
                f"are in none of {those}?",
            ),
            other_versions=count(
                f"{kind}_other_versions",
                f"How many components do {those} list at another version than {files}?",
            ),
            other_licences=count(
                f"{kind}_other_licences",
                f"Of how many components do {those} tell another licence than {files}?",
            ),
            not_found=count(
                f"{kind}_not_found",
                f"How many components do {those} list that no file of the repository "
                "names?",
            ),
        )

    @property
    def compared(self) -> tuple[Fact[Any], ...]:
        """Those that need the files of the repository, too."""
        by_licence = (self.other_versions, self.other_licences)
        return (self.not_listed, *by_licence, self.not_found)

    @property
    def details(self) -> tuple[Fact[Any], ...]:
        """All that arise only where there is an SBOM."""
        return (self.forms, self.listed, self.ntia, *self.compared)


@dataclass(slots=True)
class Found:
    """
    What there is of SBOMs.

    Attributes:
        is_there: Files that are SBOMs, read or not, with their form.
        unread: Files that are SBOMs, or may be, and why they were not read.
    """

    read: list[Sbom] = field(default_factory=list)
    is_there: list[Item] = field(default_factory=list)
    unread: list[Item] = field(default_factory=list)


def answers(
    questions: Questions, found: Found, given: Given, unread: str = UNREAD
) -> Iterator[Answered]:
    """
    Answer all but whether there is one; nothing is compared with what was not read.

    *unread* says what it means that some were not.
    """
    forms = sorted({item.note for item in found.is_there})
    may_be = len(found.is_there) < len(found.read) + len(found.unread)
    yield questions.forms.found(tuple(forms), missed=unread if may_be else "")
    if not found.read:
        others = (fact for fact in questions.details if fact is not questions.forms)
        yield from (fact.unknown(unread, found.unread) for fact in others)
        return
    yield questions.listed.found(
        sum(len(sbom.listed) for sbom in found.read),
        (
            Item(subject=sbom.path, note=f"{len(sbom.listed)} components")
            for sbom in found.read
        ),
        missed=unread if found.unread else "",
    )
    yield _minimum(questions.ntia, found)
    if found.unread:
        # What is in that one may be all that the others lack.
        yield from (f.unknown(unread, found.unread) for f in questions.compared)
        return
    yield from _compared(questions, given, found)


def _minimum(ntia: Fact[bool], found: Found) -> Answered:
    """Answer no as soon as one lacks something; yes where all were looked at."""
    short, unchecked = [], list(found.unread)
    for sbom in found.read:
        try:
            lacks = lacking(sbom)
        except NotChecked as why:
            unchecked.append(Item(subject=sbom.path, note=str(why)))
        else:
            if lacks:
                note = f"it does not tell: {', '.join(lacks)}"
                short.append(Item(subject=sbom.path, note=note))
    if short:
        return ntia.found(False, short)
    if unchecked:
        return ntia.unknown("not every SBOM here could be checked", unchecked)
    return ntia.found(True)


def _compared(questions: Questions, given: Given, found: Found) -> Iterator[Answered]:
    try:
        here = components_of(given)
    except ToolSilent as why:
        yield from (fact.unknown(str(why)) for fact in questions.compared)
        return
    compared = compare((one for sbom in found.read for one in sbom.listed), here)
    missed = _not_told(here)
    for fact, those, more in (
        (questions.not_listed, compared.not_listed, ""),
        (questions.other_versions, compared.other_versions, _no_versions(compared)),
        (questions.other_licences, compared.other_licences, _no_licences(compared)),
    ):
        short = "; ".join(filter(None, (missed, more)))
        yield fact.found(len(those), those, missed=short)
    if here.left_out:
        yield questions.not_found.unknown(_FILES_UNREAD, here.left_out)
        return
    yield questions.not_found.found(
        len(compared.not_found),
        compared.not_found,
        missed=_NOT_COMPARABLE.format(n=compared.not_comparable)
        if compared.not_comparable
        else "",
    )


def _no_versions(compared: Compared) -> str:
    number = compared.without_version
    return f"of {number:,} of those listed no version is told" if number else ""


def _no_licences(compared: Compared) -> str:
    """Return why no licence was compared; "" where one was, or none had to be."""
    return _NO_LICENCE if compared.by_licence == 0 else ""


_NO_LICENCE = "of no component the list and the files here both tell a licence"

_FILES_UNREAD = "files that name components could not be read"
_NOT_COMPARABLE = (
    "{n} of those listed could not be looked for: they have no package URL, or the "
    "files here do not tell all of their ecosystem"
)


def _not_told(here: Components) -> str:
    """Return why the files may name fewer components than there are; "" if not so."""
    if here.left_out:
        return _FILES_UNREAD
    partial = [
        told.ecosystem
        for told in here.ecosystems
        if told.completeness is not Completeness.LOCKFILE
        and told.ecosystem not in SELDOM_LISTED
    ]
    if not partial:
        return ""
    return f"the files here do not tell all components of {', '.join(partial)}"
