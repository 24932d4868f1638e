# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What the project itself says it is made of: its SBOMs, held against its files."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ossay.collect._documents import DocumentUnreadable
from ossay.collect._places import Place, place_by_name
from ossay.collect.components import Components, components_of
from ossay.collect.components import listing as components
from ossay.collect.sboms.comparing import SELDOM_LISTED, compare
from ossay.collect.sboms.elements import NotChecked, lacking
from ossay.collect.sboms.reading import FormNotRead, Sbom, may_be_sbom, read
from ossay.collect.security.places import View
from ossay.model.collector import Collector, Given
from ossay.model.components import Completeness
from ossay.model.evidence import Answered, Combine, Fact, Item
from ossay.model.toolbox import ToolSilent
from ossay.model.tree import BlobUnreadable

MOST = 20
"""SBOMs that are read of one repository; the others are said to be unread."""

SHIPPED = Fact(
    name="components.sbom",
    kind=bool,
    asks="Does the repository hold a list of its components (SBOM) in SPDX or "
    "CycloneDX?",
    combine=Combine.ANY,
)
FORMS = Fact(
    name="components.sbom_forms",
    kind=tuple,
    asks="In which forms are the SBOMs in the repository?",
    combine=Combine.UNION,
)
LISTED = Fact(
    name="components.sbom_lists",
    kind=int,
    unit="components",
    asks="How many components do the SBOMs in the repository list?",
    combine=Combine.SUM,
)
NTIA = Fact(
    name="components.sbom_ntia_minimum",
    kind=bool,
    asks="Do the SBOMs in the repository tell all that the NTIA's minimum elements "
    "ask for?",
    combine=Combine.ALL,
)
NOT_LISTED = Fact(
    name="components.not_in_sbom",
    kind=int,
    unit="components",
    asks="How many components that are needed to run the software, by the files of "
    "the repository, does no SBOM of it list?",
    combine=Combine.SUM,
)
OTHER_VERSIONS = Fact(
    name="components.sbom_other_versions",
    kind=int,
    unit="components",
    asks="How many components do the SBOMs list at another version than the files of "
    "the repository?",
    combine=Combine.SUM,
)
NOT_FOUND = Fact(
    name="components.sbom_not_found",
    kind=int,
    unit="components",
    asks="How many components do the SBOMs list that no file of the repository names?",
    combine=Combine.SUM,
)

_DETAILS = (FORMS, LISTED, NTIA, NOT_LISTED, OTHER_VERSIONS, NOT_FOUND)
_COMPARED = (NOT_LISTED, OTHER_VERSIONS, NOT_FOUND)

_ASIDE = frozenset({Place.FOREIGN, Place.TEST, Place.EXAMPLE})
_NONE_HERE = "the repository holds no SBOM"
_UNREAD = "a file that is, or may be, an SBOM could not be read"


@dataclass(slots=True)
class _Found:
    """
    What there is of SBOMs.

    Attributes:
        is_there: Files that are SBOMs, read or not, with their form.
        unread: Files that are SBOMs, or may be, and why they were not read.
    """

    read: list[Sbom] = field(default_factory=list)
    is_there: list[Item] = field(default_factory=list)
    unread: list[Item] = field(default_factory=list)


def collect(given: Given) -> Iterator[Answered]:
    """Answer by content; nothing is compared where there is nothing to compare."""
    view = View.of(given)
    found = _found(view)
    if not found.is_there:
        yield from _without(found.unread)
        return
    yield SHIPPED.found(True, found.is_there)
    forms = sorted({item.note for item in found.is_there})
    may_be = len(found.is_there) < len(found.read) + len(found.unread)
    yield FORMS.found(tuple(forms), missed=_UNREAD if may_be else "")
    if not found.read:
        others = (fact for fact in _DETAILS if fact is not FORMS)
        yield from (fact.unknown(_UNREAD, found.unread) for fact in others)
        return
    yield LISTED.found(
        sum(len(sbom.listed) for sbom in found.read),
        (
            Item(subject=sbom.path, note=f"{len(sbom.listed)} components")
            for sbom in found.read
        ),
        missed=_UNREAD if found.unread else "",
    )
    yield _minimum(found)
    yield from _compared(given, found)


def _found(view: View) -> _Found:
    found = _Found()
    wanted = [
        path
        for path in view.own_paths
        if may_be_sbom(path) and place_by_name(path) not in _ASIDE
    ]
    for path in wanted[:MOST]:
        try:
            sbom = read(path, view.tree.read(path))
        except FormNotRead as why:
            found.is_there.append(Item(subject=path, note=why.form))
            found.unread.append(Item(subject=path, note=str(why)))
        except (BlobUnreadable, DocumentUnreadable) as why:
            found.unread.append(Item(subject=path, note=str(why)[:300]))
        else:
            if sbom is not None:
                found.read.append(sbom)
                found.is_there.append(Item(subject=path, note=sbom.form))
    too_many = f"of files called as SBOMs are, {MOST} were read"
    found.unread += [Item(subject=path, note=too_many) for path in wanted[MOST:]]
    found.unread += [
        item
        for item in view.leading_elsewhere
        if may_be_sbom(item.subject) and place_by_name(item.subject) not in _ASIDE
    ]
    return found


def _without(unread: list[Item]) -> Iterator[Answered]:
    if unread:
        yield from (fact.unknown(_UNREAD, unread) for fact in (SHIPPED, *_DETAILS))
        return
    yield SHIPPED.found(False)
    yield from (fact.inapplicable(_NONE_HERE) for fact in _DETAILS)


def _minimum(found: _Found) -> Answered:
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
        return NTIA.found(False, short)
    if unchecked:
        return NTIA.unknown("not every SBOM here could be checked", unchecked)
    return NTIA.found(True)


def _compared(given: Given, found: _Found) -> Iterator[Answered]:
    if found.unread:
        # What is in that one may be all that the others lack.
        yield from (fact.unknown(_UNREAD, found.unread) for fact in _COMPARED)
        return
    try:
        here = components_of(given)
    except ToolSilent as why:
        yield from (fact.unknown(str(why)) for fact in _COMPARED)
        return
    compared = compare((one for sbom in found.read for one in sbom.listed), here)
    missed = _not_told(here)
    yield NOT_LISTED.found(len(compared.not_listed), compared.not_listed, missed=missed)
    yield OTHER_VERSIONS.found(
        len(compared.other_versions), compared.other_versions, missed=missed
    )
    if here.left_out:
        yield NOT_FOUND.unknown(_FILES_UNREAD, here.left_out)
        return
    yield NOT_FOUND.found(
        len(compared.not_found),
        compared.not_found,
        missed=_NOT_COMPARABLE.format(n=compared.not_comparable)
        if compared.not_comparable
        else "",
    )


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


COLLECTOR = Collector(
    facts=(SHIPPED, *_DETAILS),
    collect=collect,
    asks_tools=components.TOOLS,
    libraries=(
        *("license-expression", "ntia-conformance-checker", "packageurl-python"),
        *("packaging", "pyyaml", "spdx-tools"),
    ),
    rests_on=("components", "licensing", "security"),
)
