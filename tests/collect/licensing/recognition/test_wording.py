# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Two passages have one key only if a recogniser cannot tell them apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ossay.collect.licensing.recognition.wording import (
    Line,
    Wording,
    key_of,
    line_at,
    places,
    wording,
)

# REUSE-IgnoreStart
TAG = "SPDX-License-Identifier:"


def worded(text: str, *cued: int) -> Wording:
    """Return the wording of *text*, with cues on the lines *cued*."""
    lines = enumerate(text.split("\n"), 1)
    return wording(Line(n, line, has_cue=n in cued) for n, line in lines)


@pytest.mark.parametrize(
    "text",
    [
        "Licensed under X\nor Y",
        "/* Licensed under X\n * or Y */",
        "# Licensed under X\n# or Y",
        "  // Licensed   under X\n  //\tor Y\n",
        "<!-- Licensed under X\n  or Y -->",
        "dnl Licensed under X\ndnl or Y",
        "REM Licensed under X\r\nREM or Y\r",
        '.\\" Licensed under X\n.\\" or Y',
        "-- Licensed under X\n-- or Y\n--",
        "(* Licensed under X\n * or Y *)",
        "Copyright 2020 A\nLicensed under X\nor Y",
        "Copyright 2021 B <b@example.org>\n © C\nLicensed under X\nor Y",
        "Licensed under X\nAuthor: somebody\nor Y",
    ],
)
def test_marks_of_comments_and_holders_are_no_part_of_it(text: str) -> None:
    cued = [n for n, line in enumerate(text.split("\n"), 1) if "Licensed" in line]

    assert worded(text, *cued).text == "Licensed under X\nor Y"


@pytest.mark.parametrize(
    "line",
    [
        "copyright and related rights",
        "(c) You must retain the notices",
        "COPYRIGHT HOLDERS AND CONTRIBUTORS",
        "copyright notice, this list",
        "authors of the software",
    ],
)
def test_terms_that_speak_of_copyright_are_kept(line: str) -> None:
    assert worded(f"# {line}").text == line


def test_a_notice_that_grants_a_licence_is_kept() -> None:
    found = worded("Copyright 2020 City, licensed under MIT", 1)

    assert found.text == "Copyright 2020 City, licensed under MIT"


def test_a_tag_is_kept_as_it_stands() -> None:
    assert worded(f"// {TAG} (MIT OR  Apache-2.0)", 1).text == (
        f"{TAG} (MIT OR  Apache-2.0)"
    )


@pytest.mark.parametrize(
    "text", ["本软件按许可证授权", "البرنامج مرخص", "Программа по лицензии", "ใบอนุญาต"]
)
def test_no_script_is_dropped(text: str) -> None:
    assert worded(f"# {text}", 1).text == text


@pytest.mark.parametrize(
    ("apart", "kept"), [(0, 0), (1, 1), (14, 1), (15, 15), (19, 15)]
)
def test_empty_lines_part_statements_as_far_as_that_counts(
    apart: int, kept: int
) -> None:
    found = worded("One\n" + "#\n" * apart + "Two", 1)

    assert found.text == "One\n" + "\n" * kept + "Two"


@settings(deadline=None)  # the machine may be busy
@given(st.text(alphabet="ab*#/ \n\t©é许-", max_size=200), st.data())
def test_a_wording_is_its_own_wording(text: str, data: st.DataObject) -> None:
    """So a key stands for one text, whichever file it was cut out of first."""
    cued = data.draw(st.sets(st.integers(1, 1 + text.count("\n"))))
    first = worded(text, *cued)

    assert first.key == key_of(first.text)
    assert len(first.lines) == (first.text.count("\n") + 1 if first.text else 0)
    # Each line is where it is said to be.
    said = text.split("\n")
    for line, number in zip(first.text.split("\n"), first.lines, strict=False):
        assert all(word in said[number - 1] for word in line.split())


@settings(deadline=None)  # the machine may be busy
@given(
    st.lists(st.sampled_from(["a", "b"]), max_size=6),
    st.lists(st.sampled_from(["a", "b"]), max_size=6),
)
def test_one_key_is_one_text(one: list[str], other: list[str]) -> None:
    first, second = worded("\n".join(one)), worded("\n".join(other))

    assert (first.key == second.key) is (first.text == second.text)


@settings(deadline=None)  # the machine may be busy
@given(st.lists(st.integers(1, 50), min_size=1, unique=True))
def test_places_tell_each_line(numbers: list[int]) -> None:
    lines = tuple(sorted(numbers))

    short = places(lines)

    assert [line_at(short, index) for index in range(len(lines))] == list(lines)


def test_a_passage_without_gaps_takes_two_numbers() -> None:
    assert places((7, 8, 9, 10)) == (0, 7)


# REUSE-IgnoreEnd
