# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Claims of a report held against what checks found in templates and on pages.

Where a report claims that a criterion is supported and a check found it missed, both
places are told, and nobody is said to be wrong: checks err, too, and reports get old.
What a check calls "maybe" is held against no claim.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ossay.collect.conformance import facts
from ossay.collect.conformance.checks import CHECKS, Check, listed
from ossay.model.evidence import Answered, Gap, Inapplicable, Item, Observation

_NOTHING = "there are no templates and no pages to check"


def contradicted(said: Mapping[str, Answered]) -> Iterator[Answered]:
    """Answer which of the criteria that are claimed a check found missed."""
    match said.get(facts.CLAIMED.name):
        case Observation() as claimed:
            yield _held_against(claimed, said)
        case Inapplicable(why=why):
            yield facts.CONTRADICTED.inapplicable(why)
        case Gap(why=why, items=items):
            yield facts.CONTRADICTED.unknown(why, items)
        case None:
            yield facts.CONTRADICTED.unknown("nobody looked for a report")


def _held_against(claimed: Observation, said: Mapping[str, Answered]) -> Answered:
    answers = [(check, said.get(check.failing)) for check in CHECKS]
    seen = [(check, a) for check, a in answers if isinstance(a, Observation)]
    why_not = "; ".join(dict.fromkeys(_reasons(answers)))
    if not seen:
        why = f"nothing could be held against the report: {why_not or _NOTHING}"
        return facts.CONTRADICTED.unknown(why)
    found = {number for _, answer in seen for number in listed(answer)}
    both = tuple(number for number in listed(claimed) if number in found)
    return facts.CONTRADICTED.found(
        both,
        (item for number in both for item in _sides(number, claimed, seen)),
        missed=why_not,
    )


def _reasons(answers: list[tuple[Check, Answered | None]]) -> Iterator[str]:
    """Yield why checks could not look, or not at all."""
    for check, answer in answers:
        if why := check.why_not(answer):
            yield why
        elif isinstance(answer, Observation) and answer.missed:
            yield f"{check.tier.value}: {answer.missed}"


def _sides(
    number: str, claimed: Observation, seen: list[tuple[Check, Observation]]
) -> Iterator[Item]:
    # Of more claims than an answer shows, the lines of the last are not known.
    here = [item for item in claimed.items if item.note == number]
    for item in here or [replace(claimed.items[0], line=0)]:
        yield replace(item, note=f"says that {number} is supported")
    for check, answer in seen:
        for item in check.items(answer):
            if item.note.startswith(f"{number}:"):
                yield item
