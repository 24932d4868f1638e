# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What we write in HTML in a real browser: WCAG 2.2 AA as far as a machine can tell."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ossay.memo import render_html, render_tests
from ossay.memo.attribution import attribution_html
from tests.memo import attributions, barred, cases, hostile, supplied

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ARABIC = {"Recommendation: {advice}": "التوصية: {advice}", "Not met": "غير مستوفاة"}

MEMOS = {
    "do not adopt": lambda: render_html(cases.refused()),
    "decided": lambda: render_html(cases.conditional()),
    "hostile": lambda: render_html(hostile.memo()),
    "right to left": lambda: render_html(cases.refused(), "ar", ARABIC),
    "components and checks": lambda: render_html(supplied.memo()),
    "components and checks, right to left": lambda: render_html(
        supplied.memo(), "ar", ARABIC
    ),
    "barriers": lambda: render_html(barred.whole()),
    "barriers, right to left": lambda: render_html(barred.whole(), "ar", ARABIC),
    "barriers, nothing known": lambda: render_html(barred.nothing_known()),
    "sheets of tests": lambda: render_tests(cases.refused()),
    "sheets of tests, hostile": lambda: render_tests(hostile.memo()),
    "attribution": lambda: attribution_html(attributions.CITY_FORMS),
    "attribution, hostile": lambda: attribution_html(attributions.HOSTILE),
    "attribution, right to left": lambda: attribution_html(
        attributions.CITY_FORMS, "ar", attributions.ARABIC
    ),
}

AXE = """() => axe.run(document, {
    preload: false,
    resultTypes: ["violations"],
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
})"""


@contextmanager
def opened(
    browser: "Browser", html: str, folder: Path, *, width: int = 1000, **settings: Any
) -> Iterator["Page"]:
    """Open *html* from a file, as an officer does who was sent it."""
    file = folder / "memo.html"
    file.write_text(html, encoding="utf-8")
    context = browser.new_context(
        viewport={"width": width, "height": 900}, offline=True, **settings
    )
    page = context.new_page()
    page.goto(file.as_uri())
    yield page
    context.close()


@pytest.mark.parametrize("name", MEMOS)
def test_axe_finds_nothing(
    browser: "Browser", axe: str, tmp_path: Path, name: str
) -> None:
    with opened(browser, MEMOS[name](), tmp_path, bypass_csp=True) as page:
        page.evaluate(axe)
        found = page.evaluate(AXE)["violations"]

    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []


@pytest.mark.parametrize("name", MEMOS)
def test_a_narrow_screen_need_not_be_scrolled_sideways(
    browser: "Browser", tmp_path: Path, name: str
) -> None:
    with opened(browser, MEMOS[name](), tmp_path, width=320) as page:
        needed = page.evaluate("document.documentElement.scrollWidth")
        page.set_viewport_size({"width": 640, "height": 900})
        page.add_style_tag(content="html { font-size: 200% }")
        needed_if_large = page.evaluate("document.documentElement.scrollWidth")

    assert needed <= 320
    assert needed_if_large <= 640


def test_nothing_is_lost_without_javascript(browser: "Browser", tmp_path: Path) -> None:
    html = MEMOS["do not adopt"]()

    with opened(browser, html, tmp_path) as page:
        with_script = page.inner_text("body")
    with opened(browser, html, tmp_path, java_script_enabled=False) as page:
        without = page.inner_text("body")

    assert without == with_script
    assert "Recommendation: Do not adopt" in without


@pytest.mark.parametrize("name", ["hostile", "attribution, hostile"])
def test_nothing_is_fetched_and_nothing_of_a_stranger_runs(
    browser: "Browser", tmp_path: Path, name: str
) -> None:
    asked: list[str] = []
    said: list[str] = []
    with opened(browser, MEMOS[name](), tmp_path) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.reload()

    assert [url for url in asked if not url.startswith("file:")] == []
    assert said == []


def test_the_keyboard_reaches_the_skip_link_first(
    browser: "Browser", tmp_path: Path
) -> None:
    with opened(browser, MEMOS["do not adopt"](), tmp_path) as page:
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.textContent")
        seen = page.evaluate("document.activeElement.getBoundingClientRect().left >= 0")
        page.keyboard.press("Enter")
        where = page.evaluate("location.hash")

    assert focused == "Skip to the memo"
    assert seen
    assert where == "#main"


def test_arabic_runs_from_the_right(browser: "Browser", tmp_path: Path) -> None:
    with opened(browser, MEMOS["right to left"](), tmp_path) as page:
        edge = page.evaluate(
            "(() => { const box = document.querySelector('.verdict');"
            " const style = getComputedStyle(box);"
            " return [style.borderRightWidth, style.borderLeftWidth] })()"
        )

    assert edge == ["10px", "2px"]


def test_links_are_large_enough_to_be_hit(browser: "Browser", tmp_path: Path) -> None:
    with opened(browser, MEMOS["do not adopt"](), tmp_path, width=320) as page:
        sizes = page.evaluate(
            "[...document.querySelectorAll('main a')].map(a => {"
            " const r = a.getBoundingClientRect(); return [r.width, r.height] })"
        )

    assert sizes
    assert min(min(size) for size in sizes) >= 24


def test_page_one_of_a_printed_memo_holds_what_was_asked_and_advised(
    browser: "Browser", tmp_path: Path
) -> None:
    with opened(browser, render_html(cases.adoptable()), tmp_path) as page:
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 794 - 2 * 64, "height": 1123})
        end = page.evaluate(
            "document.querySelector('#findings').getBoundingClientRect().top"
        )

    assert end <= 1123 - 2 * 64
