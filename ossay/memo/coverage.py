# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""How many rules of one pack came to what, by how much they ask."""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from ossay.memo.blocks import Result, WhyOpen
from ossay.model.judgement import Outcome
from ossay.model.policy import Level


class Came(StrEnum):
    """What a rule came to; what a person has to say is kept apart."""

    MET = "passed"
    NOT_MET = "failed"
    ASKED = "asked"
    NOT_KNOWN = "undetermined"
    WAIVED = "waived"
    DOES_NOT_APPLY = "inapplicable"


def coverage(results: Iterable[Result], pack: str) -> dict[Came, Counter[Level]]:
    """Return how many rules of *pack* came to what; empty where it was not used."""
    found: dict[Came, Counter[Level]] = {}
    for result in results:
        if result.pack == pack:
            came = _came(result)
            found.setdefault(came, Counter())[result.level] += 1
    return {came: found.get(came, Counter()) for came in Came} if found else {}


def _came(result: Result) -> Came:
    if result.outcome is Outcome.UNDETERMINED:
        is_asked = result.why_open is WhyOpen.NOBODY_ANSWERED
        return Came.ASKED if is_asked else Came.NOT_KNOWN
    return Came(result.outcome.value)
