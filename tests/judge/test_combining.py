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

    assert result == Observation(
        fact=WORDS.name, value=("ar", "en"), missed="could not look"
    )


def test_a_sum_with_a_gap_in_one_part_is_at_least_what_was_counted() -> None:
    parts = [answered(NUMBER.name, 3), answered(NUMBER.name, GAP)]

    result = combined(NUMBER, parts)

    assert result == Observation(fact=NUMBER.name, value=3, missed="could not look")


def test_a_sum_is_short_where_a_part_of_it_is() -> None:
    short = Observation(fact=NUMBER.name, value=3, missed="a file was not read")

    result = combined(NUMBER, [short, answered(NUMBER.name, 2)])

    assert result == Observation(
        fact=NUMBER.name, value=5, missed="a file was not read"
    )


def test_the_worst_count_is_short_where_any_is() -> None:
    short = Observation(fact=MOST.name, value=3, missed="a file was not read")

    result = combined(MOST, [short, answered(MOST.name, 5)])

    assert result == Observation(fact=MOST.name, value=5, missed="a file was not read")
