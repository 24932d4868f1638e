# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What YAML may hold, and what is refused before anybody reads it as a pack."""

import pytest

from ossay.policy import PolicyError
from ossay.policy.document import (
    DEEPEST,
    LARGEST_BYTES,
    Entries,
    Items,
    Node,
    Scalar,
    read_document,
)
from ossay.policy.faults import Faults

BILLION_LAUGHS = "a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n" + "\n".join(
    f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]"
    for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)


def read(text: str | bytes) -> Node:
    content = text.encode() if isinstance(text, str) else text
    return read_document(content, Faults(source="x.yaml", purpose="a policy pack"))


def test_words_stay_words_and_lines_are_known() -> None:
    document = read("day: 2026-01-01\nland: no\nnumbers:\n  - 1.10\n  - '2'\n")

    assert document == Entries(
        line=1,
        entries=(
            (
                Scalar(line=1, text="day", plain=True),
                Scalar(line=1, text="2026-01-01", plain=True),
            ),
            (
                Scalar(line=2, text="land", plain=True),
                Scalar(line=2, text="no", plain=True),
            ),
            (
                Scalar(line=3, text="numbers", plain=True),
                Items(
                    line=4,
                    items=(
                        Scalar(line=4, text="1.10", plain=True),
                        Scalar(line=5, text="2", plain=False),
                    ),
                ),
            ),
        ),
    )


def test_an_editor_may_put_a_byte_order_mark_first() -> None:
    assert read(b"\xef\xbb\xbfa: b\n") == read("a: b\n")


def test_an_empty_file_has_no_fields() -> None:
    assert read("# nothing yet\n") == Entries(line=1, entries=())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a: 1\nb: &x 2\n", "x.yaml:2: the anchor &x; expected no anchors"),
        ("a: 1\nb: *x\n", "x.yaml:2: the alias *x; expected what it stands for"),
        ("\n\na: !!python/name:os.system x\n", "x.yaml:3: the tag"),
        ("a: !str x\n", "x.yaml:1: the tag !str; expected no tags"),
        ("a: 1\n---\nb: 2\n", "x.yaml:3: a second document; expected one document"),
        ("a: 1\nb: [1, 2\n", "x.yaml:3: did not find expected ',' or ']'"),
        ("a: b: c\n", "x.yaml:1: mapping values are not allowed in this context"),
        (b"a: 1\nb: \xff\n", "x.yaml:2: the byte 0xff; expected text in UTF-8"),
        ("a: \x00\n", "x.yaml:1: unacceptable character #x0000"),
        ("[" * (DEEPEST + 2), "x.yaml:1: deep nesting; expected 24 levels at most"),
        (b"#" * (LARGEST_BYTES + 1), "x.yaml:1: a file too large; expected 1,000,000"),
    ],
)
def test_what_no_reader_can_use_is_refused_with_its_line(
    content: str | bytes, message: str
) -> None:
    with pytest.raises(PolicyError) as refused:
        read(content)

    assert message in str(refused.value)
    assert refused.value.status == 2


def test_a_file_that_would_unfold_to_gigabytes_is_refused_unread() -> None:
    with pytest.raises(PolicyError) as refused:
        read(BILLION_LAUGHS)

    assert "x.yaml:1: the anchor &a" in str(refused.value)
    assert "x.yaml:9: the alias *h" in str(refused.value)
