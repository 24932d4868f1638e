# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Evidence and packs in, judgement out: pure functions."""

from ossay.judge.criteria import Verdict, applicable, decide, facts_of
from ossay.judge.drift import advise, drift
from ossay.judge.judging import conditions, judge, outcome, recommend, screen

__all__ = [
    "Verdict",
    "advise",
    "applicable",
    "conditions",
    "decide",
    "drift",
    "facts_of",
    "judge",
    "outcome",
    "recommend",
    "screen",
]
