# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""How severe a flaw is, by its CVSS vectors; no vector means unknown, never low."""

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class Severity(StrEnum):
    """The ratings of CVSS 3 and 4; worst first."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNKNOWN = "unknown"


class Scored(NamedTuple):
    """The worst of the vectors that could be read; both None where none could."""

    score: float | None
    vector: str

    @property
    def severity(self) -> Severity:
        """Rate the score. CVSS 2 has no "critical": there, too, it begins at 9."""
        if self.score is None:
            return Severity.UNKNOWN
        if self.score >= 9:
            return Severity.CRITICAL
        if self.score >= 7:
            return Severity.HIGH
        return Severity.MEDIUM if self.score >= 4 else Severity.LOW


def worst(vectors: Iterable[str]) -> Scored:
    """Return the worst of *vectors*."""
    scored = [(score, v) for v in sorted(set(vectors)) if (score := _score(v)) >= 0]
    return Scored(*max(scored)) if scored else Scored(None, "")


@lru_cache(maxsize=10_000)
def _score(vector: str) -> float:
    """Return a vector's base score; -1 for one that is none."""
    from cvss import CVSS2, CVSS3, CVSS4, CVSSError

    kinds = {"CVSS:4.": CVSS4, "CVSS:3.": CVSS3}
    kind = kinds.get(vector[:7], CVSS2)
    try:
        return float(kind(vector).base_score)
    except CVSSError:
        return -1
