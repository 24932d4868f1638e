# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What follows where files under several licences go into one work: the answers."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ossay.collect.licensing.compatibility import Comparison, Held, Inbound, compare
from ossay.collect.licensing.compatibility_list import (
    Compatibility,
    compatibility_list,
)
from ossay.collect.licensing.facts import (
    ABOUT_WHAT_IS_COMBINED,
    COMPATIBLE,
    INCOMPATIBLE_LICENCES,
    LICENCE_CATEGORY,
    NETWORK_COPYLEFT,
    UNDETERMINED_LICENCES,
)
from ossay.collect.licensing.file_licences import Basis, FileLicence
from ossay.collect.licensing.knowledge import knowledge
from ossay.collect.licensing.met import counted
from ossay.collect.licensing.stated_answers import unread
from ossay.collect.licensing.stating import is_within, parts_of
from ossay.collect.licensing.whose import DELIVERED, Whose
from ossay.model.evidence import Answered, Item, Observation

_NOT_SETTLED = "it is not settled which licence the software is under"

_COVERED = frozenset({Basis.PROJECT, Basis.NONE})
"""What is under the licence of the whole, or under none."""


def answers(files: Sequence[FileLicence], concluded: Answered) -> Iterator[Answered]:
    """Answer for what is delivered of *files*, in a work under what is *concluded*."""
    delivered = [f for f in files if f.whose in DELIVERED]
    missed = "; ".join(filter(None, (unread(delivered), _not_made_out(delivered))))
    inside = _inside(delivered)
    if not isinstance(concluded, Observation):
        for fact in ABOUT_WHAT_IS_COMBINED:
            if fact is not NETWORK_COPYLEFT:
                yield fact.unknown(_NOT_SETTLED)
        yield _network(None, inside, _NOT_SETTLED)
        return
    whole = str(concluded.value)
    others = {e: found for e, found in inside.items() if not _is_of(e, whole)}
    yield from _compatible(whole, others, missed)
    yield _category(whole, concluded)
    yield _network(concluded, others, missed)


def _is_of(inside: str, whole: str) -> bool:
    """Tell whether the whole is under that licence anyway, whatever is chosen."""
    return inside == whole or (" OR " not in whole and is_within(inside, whole))


def _inside(delivered: Sequence[FileLicence]) -> dict[str, list[FileLicence]]:
    """Return the files by licence that are under one of their own."""
    found: defaultdict[str, list[FileLicence]] = defaultdict(list)
    for file in delivered:
        if file.basis not in _COVERED:
            for part in parts_of(file.concluded):
                found[part].append(file)
    return dict(found)


def _not_made_out(delivered: Sequence[FileLicence]) -> str:
    """Say how many files are under what nobody recognised; "" if there are none."""
    those = [f for f in delivered if f.is_open]
    if not those:
        return ""
    lie = "lies" if len(those) == 1 else "lie"
    source = those[0].source or those[0].path
    return (
        f"{counted(len(those))} {lie} under a licence that was not made out ({source})"
    )


def _compatible(
    whole: str, others: dict[str, list[FileLicence]], missed: str
) -> Iterator[Answered]:
    inbound = (
        Inbound(expression=e, seen=tuple(f.path for f in found))
        for e, found in others.items()
    )
    compared = compare(whole, inbound, compatibility_list())
    against = [_item(h, others) for h in compared.those(Compatibility.INCOMPATIBLE)]
    unsure = [
        *compared.those(Compatibility.UNDETERMINED),
        *compared.those(Compatibility.DEPENDS),
    ]
    open_ones = [_item(h, others) for h in unsure]
    yield _verdict(compared, against, open_ones, missed)
    bad = compared.those(Compatibility.INCOMPATIBLE)
    names = tuple(h.inbound.expression for h in bad)
    yield INCOMPATIBLE_LICENCES.found(names, against, missed=missed)
    names = tuple(h.inbound.expression for h in unsure)
    yield UNDETERMINED_LICENCES.found(names, open_ones, missed=missed)


def _verdict(
    compared: Comparison, against: list[Item], unsure: list[Item], missed: str
) -> Answered:
    if against:
        return COMPATIBLE.found(False, against)
    if missed:
        return COMPATIBLE.unknown(missed)
    if unsure:
        return COMPATIBLE.unknown(f"{_list()} leaves some of it open", unsure)
    unsure_of_itself = [
        e.note
        for e in compared.among
        if e.compatibility is not Compatibility.COMPATIBLE
    ]
    if unsure_of_itself:
        return COMPATIBLE.unknown(f"{_list()} leaves it open: {unsure_of_itself[0]}")
    return COMPATIBLE.found(True)


def _item(held: Held, others: dict[str, list[FileLicence]]) -> Item:
    """Return the first file under a licence, own code first, and what is said of it."""
    found = others[held.inbound.expression]
    first = min(found, key=_own_first)
    vendored = sum(f.whose is Whose.VENDORED for f in found)
    whose = f", {vendored:,} of them code of others" if vendored else ""
    where = f"{counted(len(found))}{whose}"
    return Item(
        subject=first.path,
        note=f"{held.note} ({_list()}; {where})",
        line=first.line_of(held.inbound.expression),
    )


def _own_first(file: FileLicence) -> bool:
    return file.whose is not Whose.OWN


def _list() -> str:
    return f"OSADL's list of {compatibility_list().dated}"


def _category(whole: str, concluded: Observation) -> Answered:
    known = knowledge(whole)
    if known.category is None:
        why = (
            known.why_not or f"{', '.join(map(str, known.unknown))} is of no known kind"
        )
        return LICENCE_CATEGORY.unknown(why, concluded.items)
    return LICENCE_CATEGORY.found(known.category.value, concluded.items[:1])


def _network(
    concluded: Observation | None, others: dict[str, list[FileLicence]], missed: str
) -> Answered:
    places = {e: [_first_under(e, found)] for e, found in others.items()}
    if concluded is not None:
        places[str(concluded.value)] = [
            replace(i, note=f"{concluded.value}, of the whole")
            for i in concluded.items[:1]
        ]
    told = {e: knowledge(e).network_copyleft for e in places}
    asking = [i for e, asks in told.items() if asks for i in places[e]]
    if any(told.values()):
        return NETWORK_COPYLEFT.found(True, asking)
    if missed:
        return NETWORK_COPYLEFT.unknown(missed)
    if unknown := [e for e, asks in told.items() if asks is None]:
        why = f"of {', '.join(unknown[:3])} it is not known what kind it is"
        return NETWORK_COPYLEFT.unknown(why, [i for e in unknown for i in places[e]])
    return NETWORK_COPYLEFT.found(False)


def _first_under(licence: str, files: Sequence[FileLicence]) -> Item:
    first = min(files, key=_own_first)
    note = f"{licence}, {counted(len(files))}"
    return Item(subject=first.path, note=note, line=first.line_of(licence))
