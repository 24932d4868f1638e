# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""How the parts of a candidate answer a question together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from ossay.model.evidence import (
    Answered,
    Combine,
    Fact,
    Gap,
    Inapplicable,
    Observation,
    Value,
    Worse,
)
from ossay.model.judgement import Looked

EXPRESSION = "SPDX expression"
"""The unit of facts whose text is a licence expression."""


def answers_by_part(parts: Sequence[Looked]) -> dict[str, dict[str, Answered]]:
    """
    Return what is known about each part that is spoken of, by part and fact.

    A required part without evidence is, with nothing known about it; an optional
    one is left out: the candidate is of use without it.
    """
    return {
        looked.part.name: (
            {a.fact: a for a in looked.evidence.value.observed}
            if looked.evidence is not None
            else {}
        )
        for looked in parts
        if looked.evidence is not None or looked.part.required
    }


def combined(fact: Fact[Any], answers: Sequence[Answered]) -> Answered:
    """
    Answer *fact* for the whole candidate from the answers of its parts.

    A part to which the question does not apply is left out. A gap in one part
    is a gap for all, unless the other parts settle the answer whatever the
    missing one would be; of lists and sums, the others give a lower bound.
    """
    asked = [a for a in answers if not isinstance(a, Inapplicable)]
    if not asked:
        return answers[0] if answers else fact.unknown("no part of it was looked at")
    seen = [a for a in asked if isinstance(a, Observation)]
    gaps = [a for a in asked if isinstance(a, Gap)]
    if len(asked) == 1:
        return asked[0]
    match fact.combine:
        case Combine.ALL | Combine.ANY:
            settled_by = fact.combine is Combine.ANY
            if any(a.value is settled_by for a in seen):
                return Observation(fact=fact.name, value=settled_by)
            return gaps[0] if gaps else seen[0]
        case Combine.UNION if fact.kind is tuple:
            if not seen:
                return gaps[0]
            entries = tuple(dict.fromkeys(e for a in seen for e in _entries(a.value)))
            return Observation(fact=fact.name, value=entries, missed=_missed(asked))
        case Combine.SUM if seen:
            total = sum(_number(a.value) for a in seen)
            return Observation(fact=fact.name, value=total, missed=_missed(asked))
        case _ if gaps:
            return gaps[0]
        case Combine.UNION:
            return Observation(fact=fact.name, value=_joined(fact, seen))
        case _:
            pick = min if fact.worse is Worse.LOWER else max
            worst = pick(seen, key=lambda a: _rank(a.value))
            return replace(worst, missed=_missed(seen))


def everything(
    by_part: Mapping[str, Mapping[str, Answered]],
    facts: Mapping[str, Fact[Any]],
) -> dict[str, Answered]:
    """Answer every declared fact for the candidate as a whole."""
    return {
        name: combined(
            fact, [of_part(known, fact, part) for part, known in by_part.items()]
        )
        for name, fact in facts.items()
    }


def of_part(known: Mapping[str, Answered], fact: Fact[Any], part: str) -> Answered:
    """Return what one part answers; a gap where nobody looked."""
    if fact.name in known:
        return known[fact.name]
    why = "no collector asked" if known else f"part {part!r} could not be fetched"
    return fact.unknown(why)


def _missed(answers: Sequence[Answered]) -> str:
    """Return why there may be more than was seen; a gap is as good a reason."""
    whys = (a.missed if isinstance(a, Observation) else a.why for a in answers)
    return next((why for why in whys if why), "")


def _entries(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def _joined(fact: Fact[Any], seen: Sequence[Observation]) -> str:
    texts = tuple(dict.fromkeys(str(a.value) for a in seen))
    if fact.unit != EXPRESSION or len(texts) == 1:
        return "; ".join(texts)
    return " AND ".join(f"({t})" if " OR " in t else t for t in texts)


def _number(value: Value) -> float:
    if isinstance(value, bool | int | float):
        return value
    msg = f"cannot add up {value!r}"
    raise TypeError(msg)


def _rank(value: Value) -> float:
    return value.toordinal() if isinstance(value, date) else _number(value)
