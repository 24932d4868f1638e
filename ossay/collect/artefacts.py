# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Released files that were handed in: are they of this commit, who signed them."""

from collections.abc import Iterable, Iterator

from ossay.model.artefacts import Held, Signed, Traceable, Traced
from ossay.model.collector import Collector, Given, Table
from ossay.model.components import Completeness, Component
from ossay.model.evidence import HANDED_IN, Answered, Combine, Fact, Item

FILES = Fact(
    name="artefact.handed_in",
    kind=int,
    unit="files",
    asks="How many released files were handed in for this version?",
    combine=Combine.SUM,
)
TRACEABLE = Fact(
    name="artefact.traceable",
    kind=bool,
    asks="Do the released files that were handed in hold what this version holds?",
    combine=Combine.ALL,
)
SIGNED = Fact(
    name="artefact.signed",
    kind=bool,
    asks="Is each released file signed with a key that was handed in as the signer's?",
    combine=Combine.ALL,
)
COMPONENTS = Fact(
    name="artefact.components",
    kind=int,
    unit="components",
    asks="How many components of others are inside the released files, each version "
    "counted once?",
    combine=Combine.SUM,
)
ASKED_FOR = Fact(
    name="artefact.components_asked_for",
    kind=int,
    unit="components",
    asks="How many components do the released files ask for, to be installed along?",
    combine=Combine.SUM,
)
INCOMPLETE_ECOSYSTEMS = Fact(
    name="artefact.incomplete_ecosystems",
    kind=tuple,
    asks="Of which ecosystems do the released files not tell all components, with "
    "versions?",
    combine=Combine.UNION,
)
UNREAD = Fact(
    name="artefact.unread",
    kind=int,
    unit="files",
    asks="How many files inside the released files may bring components that are not "
    "listed?",
    combine=Combine.SUM,
    unread="files inside the released files may bring components that are not listed",
)

_DETAILS = (COMPONENTS, ASKED_FOR, INCOMPLETE_ECOSYSTEMS, UNREAD)
FACTS = (FILES, TRACEABLE, SIGNED, *_DETAILS)

COLUMNS = (
    *("file", "purl", "ecosystem", "name", "version", "licence", "how", "found in"),
)


def collect(given: Given) -> Iterator[Answered | Table]:
    """Answer from what was handed in for this version; others' answers are open."""
    if given.released is None:
        why = "nothing that was handed in is at hand"
        yield from (fact.unknown(why) for fact in FACTS)
        return
    here = [held for held in given.released if held.traced is not None]
    yield FILES.found(
        len(here), [_item(held, f"{held.form}, SHA-256 {held.digest}") for held in here]
    )
    if not here:
        yield from _without(given.released)
        return
    yield _traceable(here)
    yield _signed(here)
    yield from _inside(here)
    yield _table(here)


def _item(held: Held, note: str) -> Item:
    return Item(subject=_subject(held), note=note)


def _subject(held: Held, path: str = "") -> str:
    """Return how evidence names a released file, or a file inside it."""
    return f"{HANDED_IN}{held.name}!/{path}" if path else f"{HANDED_IN}{held.name}"


def _without(others: tuple[Held, ...]) -> Iterator[Answered]:
    """Leave open what cannot be told; what is of another version tells nothing."""
    why = "no released file was handed in"
    items: list[Item] = []
    if others:
        why = "the released files that were handed in are of another version"
        items = [_item(held, f"handed in for commit {held.commit}") for held in others]
    yield from (fact.unknown(why, items) for fact in (TRACEABLE, SIGNED))
    yield from (fact.inapplicable(why) for fact in _DETAILS)


_TRACED = {Traceable.YES: True, Traceable.NO: False, Traceable.CANNOT_TELL: None}
_SIGNED = {
    Signed.GOOD: True,
    Signed.BAD: False,
    Signed.UNCHECKED: None,
    Signed.NONE: None,
}


def _traceable(here: list[Held]) -> Answered:
    told = [(held, held.traced) for held in here if held.traced is not None]
    answers = [_TRACED[traced.answer] for _, traced in told]
    items = [
        item
        for held, traced in told
        for item in (
            _item(held, f"{traced.answer.value}: {traced.why}"),
            *_places(held, traced),
        )
    ]
    return _of_all(TRACEABLE, answers, items, "of a released file it cannot be told")


def _places(held: Held, traced: Traced) -> Iterator[Item]:
    kinds = (
        ("has other content in the commit", traced.differ),
        ("is in the commit at another path", traced.moved),
        ("is not in the commit", traced.absent),
    )
    for note, paths in kinds:
        for path in paths[:5]:
            yield Item(subject=_subject(held, path), note=note)


def _signed(here: list[Held]) -> Answered:
    answers = [_SIGNED[held.signature.state] for held in here]
    items = [
        _item(held, f"{held.signature.state.value}: {held.signature.note}")
        for held in here
    ]
    why = "of a released file it cannot be told who signed it"
    return _of_all(SIGNED, answers, items, why)


def _of_all(
    fact: Fact[bool], answers: list[bool | None], items: list[Item], why: str
) -> Answered:
    """Answer for all files: one *no* settles it, one that is open leaves it open."""
    if False in answers:
        return fact.found(False, items)
    if None in answers:
        return fact.unknown(why, items)
    return fact.found(True, items)


_MORE = "some files inside may bring components that are not listed"


def _inside(here: list[Held]) -> Iterator[Answered]:
    unread = [
        Item(subject=_subject(held, item.subject), note=item.note)
        for held in here
        for item in held.inside.left_out
    ]
    missed = _MORE if unread else ""
    yield COMPONENTS.found(
        len({one.purl for held in here for one in held.inside.contained}),
        (_item(h, f"{len(h.inside.contained)} components") for h in here),
        missed=missed,
    )
    yield ASKED_FOR.found(
        len({one.purl for held in here for one in held.inside.asked_for}),
        (_item(h, f"{len(h.inside.asked_for)} components") for h in here),
        missed=missed,
    )
    partial = [
        (held, kind, told)
        for held in here
        for kind, told in held.inside.completeness
        if told is not Completeness.LOCKFILE
    ]
    yield INCOMPLETE_ECOSYSTEMS.found(
        tuple(sorted({kind for _, kind, _ in partial})),
        (
            Item(subject=_subject(held), note=f"{kind}: {told.value}")
            for held, kind, told in partial
        ),
        missed=missed,
    )
    yield UNREAD.found(len(unread), unread)


def _table(here: list[Held]) -> Table:
    return Table(
        name="artefact-components",
        columns=COLUMNS,
        rows=tuple(
            row
            for held in here
            for row in (
                *_rows(held, held.inside.contained, "inside"),
                *_rows(held, held.inside.asked_for, "asked for"),
            )
        ),
    )


def _rows(
    held: Held, components: Iterable[Component], how: str
) -> Iterator[tuple[str, ...]]:
    for one in components:
        found_in = "\n".join(one.found_in)
        named = (one.purl, one.ecosystem, one.name, one.version, one.licence)
        yield (held.name, *named, how, found_in)


COLLECTOR = Collector(facts=FACTS, collect=collect, asks_released=True)
