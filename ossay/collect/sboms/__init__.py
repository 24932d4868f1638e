# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What the project itself says it is made of: its SBOMs, held against its files."""

from collections.abc import Iterator

from ossay.collect._documents import DocumentUnreadable
from ossay.collect._places import Place, place_by_name
from ossay.collect.components import TOOLS
from ossay.collect.sboms.answering import UNREAD, Found, Questions, answers
from ossay.collect.sboms.reading import FormNotRead, may_be_sbom, read
from ossay.collect.security.places import View
from ossay.model.collector import Collector, Given
from ossay.model.evidence import Answered, Combine, Fact, Item
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
QUESTIONS = Questions.of(SHIPPED, "the SBOMs in the repository")

_ASIDE = frozenset({Place.FOREIGN, Place.TEST, Place.EXAMPLE})
_NONE_HERE = "the repository holds no SBOM"


def collect(given: Given) -> Iterator[Answered]:
    """Answer by content; nothing is compared where there is nothing to compare."""
    found = _found(View.of(given))
    if not found.is_there:
        yield from _without(found.unread)
        return
    yield SHIPPED.found(True, found.is_there)
    yield from answers(QUESTIONS, found, given)


def _found(view: View) -> Found:
    found = Found()
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
        yield from (f.unknown(UNREAD, unread) for f in COLLECTOR.facts)
        return
    yield SHIPPED.found(False)
    yield from (fact.inapplicable(_NONE_HERE) for fact in QUESTIONS.details)


COLLECTOR = Collector(
    facts=(SHIPPED, *QUESTIONS.details),
    collect=collect,
    asks_tools=TOOLS,
    libraries=(
        *("license-expression", "ntia-conformance-checker", "packageurl-python"),
        *("packaging", "pyyaml", "spdx-tools"),
    ),
    rests_on=("components", "licensing", "security"),
)
