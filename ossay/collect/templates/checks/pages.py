# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Whole pages: language, title, and what their head asks of the browser."""

import re

from ossay.collect.templates.elements import Content, Element
from ossay.collect.templates.reading import Page
from ossay.collect.templates.rules import fails_unless
from ossay.model.accessibility import Verdict


def check_language(page: Page, html: Element) -> None:
    """Ask a whole page for its language, when all of it is read."""
    page.is_whole = True
    if not html.may_say("lang"):
        page.unspoken.append(html)


def check_unspoken(page: Page) -> None:
    """Tell of pages without a language."""
    for html in page.unspoken:
        is_unsure = html.is_open or _is_left_at_once(page, html)
        page.report("html-lang", html.at, fails_unless(is_unsure))


def check_head(page: Page, head: Element) -> None:
    """Ask the head of a page for a title; other templates may bring one."""
    if head.has("titled") or head.parent is None or head.parent.name != "html":
        return
    if page.has_title_code:
        return
    page.untitled.append(head)


def check_untitled(page: Page) -> None:
    """
    Tell of pages without a title.

    One without text is filled by a script, which may set a title as well, or shown in
    a frame of another.
    """
    for head in page.untitled:
        html = head.parent
        has_text = html is not None and html.content is Content.NAMED
        is_sure = has_text and head.content is Content.NOTHING and not head.is_open
        is_sure = is_sure and not page.has_components and not page.moves_on
        page.report("page-title", head.at, fails_unless(not is_sure))


def check_title(page: Page, title: Element) -> None:
    """Take note of a title; one that is empty may be set by a script."""
    head = title.head
    if head is None:
        return
    head.attributes["titled"] = ""
    if title.content is Content.NOTHING and not title.is_open:
        page.report("page-title", title.at, Verdict.MAYBE, "it is empty")


def check_meta(page: Page, meta: Element) -> None:
    """Look at what a page asks of the browser."""
    if meta.text("name").lower() == "viewport":
        if _blocks_zoom(meta.text("content")):
            page.report("zoom-blocked", meta.at, Verdict.FAILS, meta.text("content"))
    elif meta.text("http-equiv").lower() == "refresh":
        _check_refresh(page, meta)


def _blocks_zoom(content: str) -> bool:
    if _NO_ZOOM.search(content):
        return True
    most = _MOST.search(content)
    return bool(most and float(most[1]) < 2)


def _check_refresh(page: Page, meta: Element) -> None:
    """A page that moves on at once leaves nobody behind (WCAG, H76)."""
    if meta.attributes.get("content", "") is None:
        page.report("page-refresh", meta.at, Verdict.MAYBE)
        return
    delay = _DELAY.match(meta.text("content"))
    if not delay:
        return
    seconds, goes_on = int(delay[1]), bool(delay[2])
    if seconds == 0 and goes_on:
        is_for_all = meta.parent is None or meta.parent.name != "noscript"
        page.moves_on = page.moves_on or is_for_all
        return
    if seconds > _TWENTY_HOURS:
        return
    page.report("page-refresh", meta.at, Verdict.FAILS, f"after {seconds} seconds")


def _is_left_at_once(page: Page, html: Element) -> bool:
    """Tell whether nobody stays on a page: it moves on, or there is but a script."""
    return page.moves_on or (page.may_move_on and html.content is Content.NOTHING)


_NO_ZOOM = re.compile(r"(?i)user-scalable\s{0,5}=\s{0,5}(?:no|0)\b")
_MOST = re.compile(r"(?i)maximum-scale\s{0,5}=\s{0,5}([0-9]{1,3}(?:\.[0-9]{1,6})?)")
_DELAY = re.compile(r"(?i)\s{0,9}([0-9]{1,9})(?:\.[0-9]{0,9})?\s{0,9}([;,]\s{0,9}\S)?")
_TWENTY_HOURS = 72_000

BEGUN = {"html": check_language, "meta": check_meta}
ENDED = {"head": check_head, "title": check_title}
