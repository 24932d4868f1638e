# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace

import pytest

from ossay.memo import FORMATS, render_human
from ossay.model.judgement import Looked
from tests.memo import cases, hostile

RULES = cases.pack(*cases.RULES)


@pytest.mark.parametrize("width", [40, 79, 120])
def test_no_line_is_longer_than_the_terminal_is_wide(width: int) -> None:
    lines = render_human(cases.refused(), width).splitlines()

    assert max(len(line) for line in lines if " " in line.strip()) <= width


def test_the_first_line_is_the_advice() -> None:
    lines = render_human(cases.refused()).splitlines()

    assert lines[0] == "Permit Desk: Do not adopt"


def test_each_part_is_called_by_its_name() -> None:
    text = " ".join(render_human(cases.refused()).split())

    assert "server: https://github.com/example/permit-desk, commit aaaa" in text
    assert (
        "client: https://gitlab.com/example/desk/apps.git, folder apps/client" in text
    )
    assert "The part translations was not looked at: the server example.org" in text
    assert "apps/client/package.json:5 UNLICENSED (client)" in text


def test_places_in_an_optional_part_need_not_be_put_right() -> None:
    client = cases.client()
    alike = replace(client, part=replace(client.part, name="kiosk", required=False))

    text = render_human(cases.memo([client, alike], RULES))

    assert "UNLICENSED (client)" in text
    assert "(kiosk)" not in text


@pytest.mark.parametrize("other", [cases.lost(), cases.client()])
def test_the_advice_is_not_about_an_optional_part(other: Looked) -> None:
    optional = replace(other, part=replace(other.part, required=False))
    without = cases.memo([cases.server(), optional], RULES)
    sentence = "The advice is about the software without this part."

    for name in ("human", "markdown", "html"):
        assert sentence in " ".join(FORMATS[name].render(without).split())
        assert sentence not in " ".join(FORMATS[name].render(cases.refused()).split())


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
