# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The questions about what it says, and what is written about it, in which language."""

from ossay.model.evidence import Combine, Fact, Tier, Worse

COMPLETE_AT = 90
"""Percent of the messages from which a language counts as translated."""
USABLE_AT = 70
"""Percent from which most of what people see is in their language."""

CATALOGUES = Fact(
    name="languages.catalogues",
    kind=int,
    unit="catalogues",
    asks="How many message catalogues are there?",
    combine=Combine.SUM,
    tier=Tier.SIGNAL,
)
COMPLETE = Fact(
    name="languages.complete",
    kind=tuple,
    unit="language tags (BCP 47)",
    asks=f"Into which languages are {COMPLETE_AT} % or more of the messages "
    "translated?",
    combine=Combine.UNION,
    tier=Tier.SIGNAL,
)
USABLE = Fact(
    name="languages.usable",
    kind=tuple,
    unit="language tags (BCP 47)",
    asks=f"Into which languages are {USABLE_AT} % or more of the messages translated?",
    combine=Combine.UNION,
    tier=Tier.SIGNAL,
)
WANTED = Fact(
    name="languages.wanted",
    kind=tuple,
    unit="language tags (BCP 47)",
    asks="Which languages do those need who are to use it, as the buyer says?",
    combine=Combine.UNION,
    tier=Tier.SIGNAL,
)
WANTED_SHORT = Fact(
    name="languages.wanted_short",
    kind=tuple,
    unit="language tags (BCP 47)",
    asks="Into which of the languages that are needed are less than "
    f"{COMPLETE_AT} % of the messages translated?",
    combine=Combine.UNION,
    tier=Tier.SIGNAL,
)
BROKEN = Fact(
    name="languages.broken",
    kind=int,
    unit="catalogues",
    asks="How many message catalogues are named after no language, or cannot be read?",
    combine=Combine.SUM,
    tier=Tier.SIGNAL,
)
DOCUMENTATION = Fact(
    name="languages.documentation",
    kind=tuple,
    unit="language tags (BCP 47)",
    asks="In which languages are the README and the documentation in the repository?",
    combine=Combine.UNION,
    tier=Tier.SIGNAL,
)
READING_GRADE = Fact(
    name="languages.reading_grade",
    kind=float,
    unit="years of school (Flesch-Kincaid)",
    asks="How many years of school does its documentation in English ask of a reader?",
    combine=Combine.WORST,
    worse=Worse.HIGHER,
    tier=Tier.SIGNAL,
)

ALL = (
    CATALOGUES,
    COMPLETE,
    USABLE,
    WANTED,
    WANTED_SHORT,
    BROKEN,
    DOCUMENTATION,
    READING_GRADE,
)
