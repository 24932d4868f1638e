# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What somebody hands in of what the software is made of, held against its files."""

from collections.abc import Iterator

from ossay.collect import sboms
from ossay.collect.components import TOOLS, Components, components_of
from ossay.collect.handed_sboms import facts
from ossay.collect.sboms.answering import Found, answers
from ossay.model.collector import Collector, Given
from ossay.model.evidence import HANDED_IN, Answered, Item
from ossay.model.sboms import HandedSbom
from ossay.model.toolbox import ToolSilent

_NONE_HERE = "nobody handed in an SBOM"


def collect(given: Given) -> Iterator[Answered]:
    """Answer from those that are known to be about the version assessed."""
    if not given.sboms:
        yield facts.HANDED.found(False)
        yield from (fact.inapplicable(_NONE_HERE) for fact in facts.DETAILS)
        return
    from ossay.collect.handed_sboms.beyond import vulnerabilities_beyond

    here = _components(given)
    found, items = _found(given, here)
    why = _why(found)
    if not found.read:
        whole = f"{why}: {found.unread[0].note}"
        every = (facts.HANDED, *facts.DETAILS)
        yield from (fact.unknown(whole, items) for fact in every)
        return
    yield facts.HANDED.found(True, items)
    yield from answers(facts.QUESTIONS, found, given, why)
    yield vulnerabilities_beyond(found, given, here, why)


def _components(given: Given) -> Components | None:
    try:
        return components_of(given)
    except ToolSilent:
        return None


def _found(given: Given, here: Components | None) -> tuple[Found, list[Item]]:
    """Return the SBOMs, and a line on each: what became of it, and how it came in."""
    from ossay.collect.handed_sboms.subject import why_not_this
    from ossay.collect.sboms.handed import NoSbom, read_handed

    found, items = Found(), []
    for at_hand in given.sboms:
        where = f"{HANDED_IN}{at_hand.handed.name}"
        try:
            sbom = read_handed(where, at_hand.content)
        except NoSbom as error:
            told = str(error)
            found.unread.append(Item(subject=where, note=told))
        else:
            told = sbom.form
            if why := why_not_this(sbom, at_hand, given, here):
                told = f"{told}; {why}"
                found.unread.append(Item(subject=where, note=why))
            else:
                found.read.append(sbom)
                found.is_there.append(Item(subject=where, note=sbom.form))
        items.append(Item(subject=where, note=f"{told}; {_came_in(at_hand.handed)}"))
    return found, items


def _came_in(handed: HandedSbom) -> str:
    by = f" by {handed.handed_by}" if handed.handed_by else ""
    return f"handed in{by} on {handed.handed_on}, SHA-256 {handed.digest}"


def _why(found: Found) -> str:
    """Return which of what was handed in does not count; "" where all of it does."""
    if not found.unread:
        return ""
    name = found.unread[0].subject.removeprefix(HANDED_IN)
    return f"the SBOM {name!r} that was handed in does not count here"


COLLECTOR = Collector(
    facts=(facts.HANDED, *facts.DETAILS),
    collect=collect,
    asks_tools=TOOLS,
    asks_advisories=True,
    asks_sboms=True,
    libraries=(*sboms.COLLECTOR.libraries, "cvss", "univers"),
    rests_on=(
        *("own_vulnerabilities", "sboms", "vulnerabilities"),
        *sboms.COLLECTOR.rests_on,
    ),
)
