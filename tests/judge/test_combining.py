# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""How the parts of a product answer together."""

from datetime import date
from typing import Any

import pytest

from ossay.judge.combining import combined
from ossay.model.evidence import Fact, Gap, Inapplicable, Observation
from tests.judge.cases import (
    ANY,
    DAY,
    FLAG,
    GAP,
    LEAST,
    LICENCE,
    MOOT,
    MOST,
    NUMBER,
    WORDS,
    answered,
)


@pytest.mark.parametrize(
    ("fact", "parts", "together"),
    [
        (FLAG, (True, True), True),
        (FLAG, (True, False), False),
        (FLAG, (GAP, False), False),
        (FLAG, (True, GAP), GAP),
        (ANY, (False, True), True),
        (ANY, (GAP, True), True),
        (ANY, (False, GAP), GAP),
        (NUMBER, (2, 3), 5),
        (NUMBER, (2, GAP), GAP),
        (LEAST, (2, 3), 2),
        (MOST, (2, 3), 3),
        (LEAST, (2, GAP), GAP),
        (DAY, (date(2025, 1, 1), date(2026, 1, 1)), date(2025, 1, 1)),
        (LICENCE, ("MIT", "MIT"), "MIT"),
        (LICENCE, ("MIT", "GPL-3.0-only OR ISC"), "MIT AND (GPL-3.0-only OR ISC)"),
        (LICENCE, ("MIT", GAP), GAP),
        (NUMBER, (2, MOOT), 2),
        (NUMBER, (MOOT, MOOT), MOOT),
    ],
)
def test_parts_combine_as_their_fact_declares(
    fact: Fact[Any], parts: tuple[object, ...], together: object
) -> None:
    result = combined(fact, [answered(fact.name, value) for value in parts])

    if together is GAP:
        assert isinstance(result, Gap)
    elif together is MOOT:
        assert isinstance(result, Inapplicable)
    else:
        assert isinstance(result, Observation)
        assert result.value == together


def test_a_list_with_a_gap_in_one_part_is_known_to_be_incomplete() -> None:
    parts = [answered(WORDS.name, ("ar", "en")), answered(WORDS.name, GAP)]

    result = combined(WORDS, parts)

    assert result == Observation(fact=WORDS.name, value=("ar", "en"), complete=False)
