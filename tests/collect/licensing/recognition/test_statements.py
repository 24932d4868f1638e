# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What texts tell and what a recogniser says are put together."""

import pytest

from ossay.collect.licensing.recognition.reading import Fragment, Reading
from ossay.collect.licensing.recognition.statements import told_by_passages
from ossay.collect.licensing.tags import FileTags
from ossay.model.licences import Match, Recognised, Speech
from ossay.model.tree import Unreadable

KEY = "0" * 32


def reading(*texts: str, lines: int = 9) -> Reading:
    """Return the reading of a file of one passage, in which *texts* were found."""
    fragment = Fragment(key=KEY, places=(0, 1), last_line=lines, texts=texts)
    return Reading(tags=FileTags(), fragments=(fragment,))


def said(*expressions: str, line: int = 2) -> Recognised:
    return Recognised(
        expressions=expressions,
        matches=tuple(
            Match(
                expression=expression,
                speech=Speech.NOTICE,
                first_line=line,
                last_line=line,
                rule=expression,
                matcher="m",
                coverage=0.9,
            )
            for expression in expressions
        ),
    )


@pytest.mark.parametrize(
    ("texts", "answer", "stated"),
    [
        (["MIT"], said("MIT"), ["MIT"]),
        (["GPL-3.0"], said("GPL-3.0-or-later"), ["GPL-3.0-or-later"]),
        (["GPL-3.0-or-later"], said("GPL-3.0-only"), ["GPL-3.0-only"]),
        (["MIT"], said("ISC"), ["MIT", "ISC"]),
        (["MIT"], said(), ["MIT"]),
        (["GoogleX"], said("LicenseRef-google"), ["LicenseRef-google"]),
        (["GoogleX"], said(), ["LicenseRef-licenseclassifier-GoogleX"]),
        (["MIT"], Unreadable(why="slow"), ["MIT"]),
        ([], said("no expression at all ("), ["no expression at all ("]),
    ],
)
def test_a_text_counts_where_the_recogniser_does_not_name_it(
    texts: list[str], answer: Recognised | Unreadable, stated: list[str]
) -> None:
    told = told_by_passages(reading(*texts), {KEY: answer})

    assert [statement.expression for statement in told.statements] == stated


@pytest.mark.parametrize("line", [1, 5, 9, 10, 4_000])
def test_a_line_beyond_the_passage_is_its_last(line: int) -> None:
    """A recogniser may break long lines, and count more of them than there are."""
    told = told_by_passages(reading(), {KEY: said("MIT", line=line)})

    assert [s.last_line for s in told.statements] == [min(line, 9)]


def test_an_answer_without_matches_is_for_all_of_the_passage() -> None:
    told = told_by_passages(reading(), {KEY: Recognised(expressions=("MIT",))})

    [statement] = told.statements
    assert (statement.first_line, statement.last_line) == (1, 9)
    assert statement.speech is Speech.CLUE
