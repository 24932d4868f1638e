# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Whatever a file holds, what is handed on of it stays within bounds."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ossay.codec import from_json, to_json
from ossay.collect.licensing.recognition.files import recognise
from ossay.collect.licensing.recognition.fragments import (
    LARGEST_FRAGMENT,
    MOST_BYTES,
    MOST_FRAGMENTS,
    heads,
    passages,
)
from ossay.collect.licensing.recognition.reading import (
    MOST_GROUPS,
    Reading,
    cut,
    cut_groups,
    reading_of,
)
from ossay.model.tree import LARGEST_BYTES
from tests.collect.licensing.recognition.hostile import HOSTILE, TAG
from tests.collect.licensing.recognition.recognisers import Phrases
from tests.collect.trees import DictTree


# REUSE-IgnoreStart
@dataclass(frozen=True, slots=True)
class Work:
    """What of a file a recogniser is handed, and what is kept of it."""

    fragments: int
    longest: int
    total: int
    groups: int
    kept: int


def work_of(content: bytes) -> Work:
    one = reading_of(content)
    texts = [passage.wording.text for passage in cut(content)]
    notices = [group.text for group in cut_groups(content)]
    return Work(
        fragments=len(one.fragments),
        longest=max(map(len, texts), default=0),
        total=sum(map(len, texts)) + sum(map(len, notices)),
        groups=len(one.groups),
        kept=len(to_json(one)),
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_handed_on_is_bounded(name: str) -> None:
    work = work_of(HOSTILE[name].encode())

    assert work.fragments <= MOST_FRAGMENTS
    assert work.groups <= MOST_GROUPS
    assert work.longest <= 2 * LARGEST_FRAGMENT
    assert work.total <= 2 * MOST_BYTES + LARGEST_FRAGMENT
    assert work.kept <= 200_000


@pytest.mark.parametrize(
    "name", ["lines of cues", "one line of cues", "one text 10,000 times"]
)
def test_that_more_is_said_than_is_read_is_told(name: str) -> None:
    [one] = recognise(DictTree({"a.txt": HOSTILE[name]}), Phrases())

    assert one.unread


@pytest.mark.parametrize("name", HOSTILE)
def test_no_licence_is_made_up(name: str) -> None:
    [one] = recognise(DictTree({"a.txt": HOSTILE[name]}))

    stated = {statement.expression for statement in one.statements}
    is_said = name in {"lines of tags", "one text 10,000 times"}
    assert stated == ({"MIT"} if is_said else set())


def test_a_file_that_is_too_large_is_a_gap_and_costs_nothing() -> None:
    recogniser = Phrases()
    text = "# licence\n" * (LARGEST_BYTES // 10 + 1)

    [one] = recognise(DictTree({"a.txt": text}), recogniser)

    assert "larger than" in one.unread
    assert not recogniser.asked


def test_one_text_many_times_is_few_questions() -> None:
    recogniser = Phrases()

    recognise(DictTree({"NOTICE": HOSTILE["one text 10,000 times"]}), recogniser)

    assert len(recogniser.asked) <= MOST_FRAGMENTS
    assert sum(map(len, recogniser.asked)) <= MOST_BYTES + LARGEST_FRAGMENT


def test_a_cue_in_a_long_line_is_handed_on_with_what_is_about_it() -> None:
    [passage] = cut(HOSTILE["one line with a cue"].encode())

    assert "licence" in passage.wording.text
    assert len(passage.wording.text) < 1_000
    assert passage.wording.lines == (1,)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\u202elicence\u202c", 1),
        ("\n\u200b# licence", 2),
        ("\r\n\r\nlicence", 3),
        ("a\u2028b\u2029c\x0bd\x0ce\x85f\nlicence", 2),
    ],
)
def test_only_what_ends_lines_in_files_ends_them(text: str, line: int) -> None:
    before = "x = 1\n" * 9

    [one] = recognise(DictTree({"a.py": before + text}))

    assert [passage.first_line for passage in one.open] == [9 + line]


@settings(deadline=None)  # the machine may be busy
@given(
    st.lists(
        st.one_of(
            st.binary(max_size=30),
            st.sampled_from(
                [
                    *(b"\n", b"\r\n", b"# ", b" * ", b"/*", b"*/", b"\xff", b"\0"),
                    *(b"licence", b"Copyright (c) 2020 X", b"MIT", b"\xc2\xa9 "),
                    *(
                        f"{TAG} MIT".encode(),
                        b"word word word",
                        b"int x;",
                        b"x" * 2_000,
                    ),
                ]
            ),
        ),
        max_size=40,
    )
)
def test_the_keys_kept_are_those_of_what_is_cut_again(pieces: list[bytes]) -> None:
    content = b"".join(pieces)

    one = reading_of(content)

    assert from_json(Reading, to_json(one)) == one
    again = {passage.wording.key for passage in cut(content)}
    assert {fragment.key for fragment in one.fragments} <= again
    groups = {group.key for group in cut_groups(content)}
    assert {group.key for group in one.groups} <= groups
    last = content.count(b"\n") + content.count(b"\r") + 1
    assert all(0 < f.last_line <= last for f in one.fragments)
    assert all(0 < g.last_line <= last for g in one.groups)


LINES = st.sampled_from(
    [
        *("/*", " */", " * licence", " * words of a notice", " * Copyright 2020 X"),
        *("", "int x;", "// licence", "words of a text", "#", "x" * 1_600, " *"),
    ]
)


@settings(deadline=None)  # the machine may be busy
@given(st.lists(st.lists(LINES, max_size=30), min_size=2, max_size=5), st.data())
def test_what_was_cut_before_changes_nothing(
    files: list[list[str]], data: st.DataObject
) -> None:
    head = data.draw(st.lists(LINES, max_size=12))
    contents = ["\n".join(head + lines).encode() for lines in files]
    heads.forget()

    together = [list(cut(content)) for content in contents]

    for content, found in zip(contents, together, strict=True):
        heads.forget()
        assert list(cut(content)) == found


def test_no_passage_holds_nothing() -> None:
    """A cue is never dropped without a word: its line is in some passage."""
    for text in HOSTILE.values():
        content = text.encode()[:20_000] + b"\n# licence\n"
        ends = [len(content) - 1]

        assert all(p.wording.text.strip() for p in passages(content, ends))


# REUSE-IgnoreEnd
