# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Licence tags and copyright notices in one file; see test_reuse.py for the rest."""

import pytest

from ossay.codec import from_json, to_json
from ossay.collect.licensing.tags import MOST_LINES, FileTags, tags_in

# REUSE-IgnoreStart
TAG = "SPDX-License-Identifier:"


def test_tags_and_notices_are_found_with_their_lines() -> None:
    content = f"#!/bin/sh\n# Copyright 2020 City\n\n# {TAG} MIT\n# {TAG} ISC\n".encode()

    found = tags_in(content)

    assert found.licences == ("MIT", "ISC")
    assert found.lines == (4, 5)
    assert found.copyrights == ("Copyright 2020 City",)


def test_the_answer_can_be_kept() -> None:
    found = tags_in(f"© City\n{TAG} MIT".encode())

    assert from_json(FileTags, to_json(found)) == found


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (f"\r\n\r\n{TAG} MIT\r\n", 3),
        (f"a\rb\r{TAG} MIT", 3),
        (f"{'x' * 5_000}\n{TAG} MIT", 2),
        (f"{'x' * 5_000} {TAG} MIT", 1),
    ],
)
def test_lines_are_counted_whatever_ends_them(content: str, line: int) -> None:
    assert tags_in(content.encode()).lines == (line,)


@pytest.mark.parametrize("mark", ["utf-16", "utf-32", "utf-8-sig"])
def test_text_is_read_in_any_encoding_that_it_names(mark: str) -> None:
    found = tags_in(f"© Ville\n{TAG} MIT\n".encode(mark))

    assert found.licences == ("MIT",)
    assert found.copyrights == ("© Ville",)


def test_a_binary_file_says_nothing() -> None:
    found = tags_in(b"\x7fELF\0\0\0 Copyright nobody\n")

    assert found.copyrights == ()


def test_a_pointer_of_git_lfs_is_known_for_one() -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 5\n"

    assert tags_in(pointer).is_pointer


def test_notices_hold_no_control_characters() -> None:
    found = tags_in(b"Copyright (C) 2020 A\x1b[31mB\x07\n")

    assert found.copyrights == ("Copyright (C) 2020 A [31mB",)


def test_years_that_cannot_be_read_are_a_notice_all_the_same() -> None:
    found = tags_in(b"Copyright 2000-2001,x 2000-2001,x x\n")

    assert len(found.copyrights) == 1


def test_a_file_with_too_many_tags_is_not_read_to_the_end() -> None:
    found = tags_in(f"{TAG} MIT\n".encode() * (MOST_LINES + 1))

    assert found.licences == ("MIT",)
    assert not found.is_complete


@pytest.mark.parametrize(
    "content",
    [
        b'{"mappings":"' + b"AAAA;CAACA,;" * 300_000 + b'Copyright"}',
        b"Copyright" + b" " * 200_000 + b"x",
        b"Copyright " + b"-->" * 100_000 + b"x",
        b"Copyright " + b"2000-2001," * 100_000,
        b"SPDX-License-Identifier: " + b"(" * 100_000,
        b"SPDX-" * 400_000,
        b"REUSE-IgnoreStart REUSE-IgnoreEnd " * 20_000 + b"Copyright A",
        b"\n" * 3_000_000 + b"Copyright A",
    ],
)
def test_no_line_is_too_long_for_it(content: bytes) -> None:
    found = tags_in(content)

    assert sum(map(len, found.copyrights + found.licences)) < 2_000_000


# REUSE-IgnoreEnd
