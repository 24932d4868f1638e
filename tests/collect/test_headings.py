# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Headings, links and prose are found in every markup a README is written in."""

import pytest

from ossay.collect._headings import read_document


def headings(text: str) -> list[tuple[str, int]]:
    return [(h.text, h.line) for h in read_document(text.encode()).headings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A b #\n\n## C\n", [("A b", 1), ("C", 3)]),
        ("Building Redis\n---\ntext", [("Building Redis", 1)]),
        ("Title\n=====\n\nPart\n~~~~\n", [("Title", 1), ("Part", 4)]),
        ("= Title\n:toc:\n\n== Part\n", [("Title", 1), ("Part", 4)]),
        ("#+TITLE: x\n* Install\n** Linux\n", [("Install", 2), ("Linux", 3)]),
        ("<h2 align='center'>Usage</h2>\n", [("Usage", 1)]),
        ("**Installation**\n", [("Installation", 1)]),
        ("text\n\nSECURITY PROBLEMS\n\n  text", [("SECURITY PROBLEMS", 3)]),
        ("# [Use](https://x.org) :tada: <a id='x'></a>\n", [("Use", 1)]),
        ("# ![logo](a.png)\n", []),
        ("## 安装\n", [("安装", 1)]),
    ],
)
def test_headings_are_found(text: str, expected: list[tuple[str, int]]) -> None:
    assert headings(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "```sh\n# Install\n```\n",
        "~~~\n# Install\n~~~\n",
        "<!--\n# Install\n-->\n",
        "---\ntitle: Install\n---\n",
        "= T\n\n----\n== Install\n----\n",
        "* Install this first\n* and then that\n",
        "#!/bin/sh\n",
        "#hashtag\n",
    ],
)
def test_what_only_looks_like_a_heading_is_none(text: str) -> None:
    assert "Install" not in [heading for heading, _ in headings(text)]


def test_links_are_found_with_their_words_and_line() -> None:
    text = (
        "[The manual](https://x.org/docs)\n"
        "`Guide <https://x.org/guide>`_\n"
        "https://x.org/book[Book]\n"
        "[[https://x.org/org][Org]]\n"
        '<a class="b" href="https://x.org/a">A</a>\n'
        "see https://x.org/plain now\n"
        "[local](docs/install.md)\n"
        ".. _Named: https://x.org/named\n"
        ".. _`Two words`: https://x.org/two\n"
        "[Ref]: https://x.org/ref\n"
    )

    links = read_document(text.encode()).links

    assert [(link.text, link.target, link.line) for link in links] == [
        ("The manual", "https://x.org/docs", 1),
        ("Guide", "https://x.org/guide", 2),
        ("Book", "https://x.org/book", 3),
        ("", "https://x.org/book", 3),
        ("Org", "https://x.org/org", 4),
        ("A", "https://x.org/a", 5),
        ("", "https://x.org/plain", 6),
        ("local", "docs/install.md", 7),
        ("Named", "https://x.org/named", 8),
        ("Two words", "https://x.org/two", 9),
        ("Ref", "https://x.org/ref", 10),
    ]


def test_prose_has_neither_code_nor_addresses() -> None:
    text = "# Foo\n\nRun `make it` or see [here](https://x.org/the).\n```\ncode\n```\n"

    prose = read_document(text.encode()).prose

    assert "Run" in prose
    assert not {"make", "https", "code"} & set(prose.replace(":", " ").split())


@pytest.mark.parametrize(
    "content",
    [b"# caf\xe9\n", "# café\n".encode("utf-16"), b"\xef\xbb\xbf# caf\xc3\xa9\n"],
)
def test_other_encodings_are_read(content: bytes) -> None:
    assert [h.text for h in read_document(content).headings] == ["café"]


@pytest.mark.parametrize("piece", ["[", "<", "`", "<a href=", "**a", "[[", "<h1>"])
def test_hostile_lines_are_cut(piece: str) -> None:
    document = read_document(piece.encode() * 300_000)

    assert document.links == ()
