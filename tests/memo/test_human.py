# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
import pytest

from ossay.memo import render_human
from tests.memo import cases, hostile


@pytest.mark.parametrize("width", [40, 79, 120])
def test_no_line_is_longer_than_the_terminal_is_wide(width: int) -> None:
    lines = render_human(cases.refused(), width).splitlines()

    assert max(len(line) for line in lines if " " in line.strip()) <= width


def test_the_first_line_is_the_advice() -> None:
    lines = render_human(cases.refused()).splitlines()

    assert lines[0] == "Permit Desk: Do not adopt"


def test_what_has_to_be_put_right_comes_with_its_places() -> None:
    text = render_human(cases.refused())

    assert "✗ LIC-1: The software is under an open-source licence" in text
    assert "    apps/client/package.json:5 UNLICENSED" in text
    assert "LICENSE\n" not in text


def test_questions_for_people_are_kept_apart() -> None:
    text = render_human(cases.refused())

    people, _, machine = text.partition("What the machine could not settle")
    assert "? ACC-1: accessibility officer:" in people
    assert "? STW-1" in machine


def test_nothing_moves_the_cursor() -> None:
    assert all(c.isprintable() or c == "\n" for c in render_human(hostile.memo()))
