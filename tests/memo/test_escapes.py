# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rfc3986_validator import (  # type: ignore[import-untyped] # has no stubs
    validate_rfc3986,
)

from ossay.memo.escapes import (
    as_address,
    as_html,
    as_markdown,
    as_markdown_code,
    as_text,
    visible,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("naïve 日本語 العربية", "naïve 日本語 العربية"),
        ("two\nlines\tand a tab\r\n", "two lines and a tab "),
        ("\x1b[31mred\x07", "[U+001B][31mred[U+0007]"),
        ("\x85next", "[U+0085]next"),
        ("invoice\u202egpj.exe", "invoice[U+202E]gpj.exe"),
        ("\u2066isolate\u2069", "[U+2066]isolate[U+2069]"),
        ("pass\u200bword\ufeff", "pass[U+200B]word[U+FEFF]"),
        ("\ud800 alone", "[U+D800] alone"),
        ("\U000e0041 tag", "[U+E0041] tag"),
    ],
)
def test_what_would_act_on_the_screen_is_shown_by_its_number(
    text: str, shown: str
) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize("text", ["می\u200cخواهم", "क्\u200dष", "👩\u200d💻"])
def test_joiners_stay_where_scripts_need_them(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize("text", ["a\u200db", "\u200cadmin", "ب\u200c"])
def test_joiners_that_only_hide_are_shown(text: str) -> None:
    assert "[U+200" in visible(text)


@given(st.text(st.characters(codec=None)))
def test_nothing_unseen_is_left(text: str) -> None:
    kinds = {unicodedata.category(char) for char in visible(text)}

    assert not kinds & {"Cc", "Cs", "Zl", "Zp"}
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067") & set(visible(text))


@given(st.text())
def test_html_holds_no_markup_of_a_stranger(text: str) -> None:
    assert not set("<>\"'") & set(as_html(text))


def test_what_is_markup_already_is_left_alone() -> None:
    once = as_html("<b>")

    assert as_html(once) is once
    assert as_markdown(once) is once
    assert as_text(once) is once


HOSTILE = [
    "<script>alert(1)</script>",
    "[click](https://evil.example)",
    "![img](https://evil.example/x.png)",
    "<https://evil.example>",
    "`code` *emphasis* _more_ **strong** ~~gone~~",
    "# heading",
    "- item",
    "+ item",
    "1. item",
    "42) item",
    "> quote",
    "---",
    "===",
    "a | b",
    "&lt;b&gt; &copy;",
    "\\[not\\]",
    "[ref]: https://evil.example",
    "    four spaces",
    "line\n\n# break",
]


def parsed(markdown: str) -> list[tuple[str, str]]:
    """Return the kinds and contents of all inline tokens, and of odd blocks."""
    document = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    found = []
    for block in document.parse(markdown):
        if block.children:
            found += [(t.type, t.content) for t in block.children]
        elif not block.type.startswith(("paragraph", "bullet_list", "list_item")):
            found.append((block.type, block.content))
    return found


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_the_text_as_it_is(text: str) -> None:
    tokens = parsed(f"- {as_markdown(text)}\n")

    assert {kind for kind, _ in tokens} <= {"text"}
    assert "".join(content for _, content in tokens) == visible(text).strip()


@given(st.text(st.characters(codec="utf-8")))
def test_markdown_makes_nothing_but_text_of_any_text(text: str) -> None:
    tokens = parsed(f"- x{as_markdown(text)}\n")

    assert {kind for kind, _ in tokens} <= {"text"}


@pytest.mark.parametrize(
    "address", ["https://evil.example", "www.evil.example", "a@b.c"]
)
def test_markdown_keeps_addresses_from_becoming_links(address: str) -> None:
    assert address not in as_markdown(address)


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_a_code_span_holds_any_text(text: str) -> None:
    tokens = parsed(f"- x {as_markdown_code(f'a{text}z')}\n")

    assert [kind for kind, _ in tokens] == ["text", "code_inline"]


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://x.example/a>b c\n", "https://x.example/a%3Eb%20c%0A"),
        ("https://x.example/a%20b", "https://x.example/a%20b"),
        ("https://x.example/100%/%zz", "https://x.example/100%25/%25zz"),
        ("https://x.example/a#b#c", "https://x.example/a#b%23c"),
    ],
)
def test_an_address_holds_nothing_that_could_end_it(written: str, address: str) -> None:
    assert as_address(written) == address


@given(st.text(st.characters(codec="utf-8")))
def test_an_address_stays_one_whatever_is_in_it(text: str) -> None:
    address = as_address(f"https://x.example/{text}")

    assert validate_rfc3986(address)
    assert as_address(address) == address
