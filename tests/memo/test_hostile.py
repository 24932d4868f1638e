# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
import json
from itertools import pairwise

import pytest
from markdown_it import MarkdownIt

from ossay.memo import FORMATS, render_html, render_markdown, render_sarif, render_tests
from tests.memo import cases, hostile
from tests.memo.pages import Page


@pytest.mark.parametrize("form", ["html", "markdown", "human"])
def test_nothing_that_acts_on_a_screen_reaches_the_reader(form: str) -> None:
    written = FORMATS[form].render(hostile.memo())

    assert not hostile.ACTIVE & set(written)
    assert "[U+202E]gpj.exe" in written
    assert "[U+001B]" in written.replace("\\", "")


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_data_formats_are_ascii(form: str) -> None:
    assert FORMATS[form].render(hostile.memo()).isascii()


@pytest.mark.parametrize("form", list(FORMATS))
def test_every_format_can_be_stored_as_utf8(form: str) -> None:
    FORMATS[form].render(hostile.memo()).encode()


def tags(html: str) -> set[str]:
    return {tag for tag, _ in Page(html).elements}


def test_a_hostile_name_is_text_on_the_sheets_of_tests() -> None:
    written = render_tests(hostile.memo())

    assert not hostile.ACTIVE & set(written)
    assert tags(written) <= tags(render_tests(cases.refused())) | {"bdi"}


def test_html_has_no_element_that_our_templates_do_not_write() -> None:
    page = Page(render_html(hostile.memo()))

    assert tags(page.html) <= tags(render_html(cases.refused())) | {"bdi"}
    assert "<script>alert(1)</script>" in page.text
    assert "{{ 7*7 }} {% raw %} %(name)s {0} {name} %n" in page.text


def test_html_links_lead_to_the_forge_and_nowhere_else() -> None:
    page = Page(render_html(hostile.memo()))

    outside = [a["href"] for a in page.named("a") if not a["href"].startswith("#")]
    assert outside
    assert {url.split("/")[2] for url in outside} == {"github.com"}
    assert not [url for url in outside if set(url) & set(" <>\"'")]


def test_names_in_html_cannot_turn_the_text_around_them() -> None:
    html = render_html(hostile.memo())

    assert "<h1>May we adopt <bdi>" in html


def test_markdown_has_no_markup_of_a_stranger() -> None:
    document = MarkdownIt("commonmark").enable(["table", "strikethrough"])

    blocks = document.parse(render_markdown(hostile.memo()))

    inline = [token for block in blocks for token in block.children or []]
    links = [str(t.attrs["href"]) for t in inline if t.type == "link_open"]
    kinds = {t.type for t in [*blocks, *inline]}
    assert not kinds & {"html_block", "html_inline", "image", "fence", "code_block"}
    assert {url.split("/")[2] for url in links} == {"github.com"}


def test_markdown_headings_are_those_of_the_template() -> None:
    document = MarkdownIt("commonmark")

    blocks = document.parse(render_markdown(hostile.memo()))

    headings = [
        after.content
        for before, after in pairwise(blocks)
        if before.type == "heading_open"
    ]
    assert "heading" not in headings
    assert headings[1] == "Recommendation: Do not adopt"


def test_sarif_messages_hold_no_link_and_no_placeholder_of_a_stranger() -> None:
    log = json.loads(render_sarif(hostile.memo(), every_kind=True))

    texts = [result["message"]["text"] for result in log["runs"][0]["results"]]
    assert any("alert(1)" in text for text in texts)
    for text in texts:
        assert "[click]" not in text
        assert "{{0}}" in text or "{0}" not in text
