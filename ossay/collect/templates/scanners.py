# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What one file shows, once per content, whatever its name."""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass

from ossay.codec import code_digest
from ossay.collect.templates import (
    attributes,
    braces,
    checks,
    components,
    elements,
    markup,
    masking,
    names,
    reading,
    rules,
    scripts,
    styles,
)
from ossay.collect.templates.braces import mask_braces
from ossay.collect.templates.checks import CHECKS
from ossay.collect.templates.components import (
    styles_of,
    template_of_vue,
    templates_of_angular,
)
from ossay.collect.templates.markup import read_markup
from ossay.collect.templates.reading import Page
from ossay.collect.templates.rules import Found
from ossay.collect.templates.scripts import read_script
from ossay.collect.templates.styles import check_styles
from ossay.model import accessibility
from ossay.model.tree import Scanner

LARGEST_BYTES = 1_000_000
"""Larger files are bundles and data, and not written by hand."""

BYTES_PER_LINE = 1_000
"""From which a script or a style sheet counts as shrunk by a program."""

UNKNOWN_LANGUAGE = "its template is written in {language}, which no check reads"
COMPONENTS_ALONE = "it is made of components alone"
BUILT_IN_CODE = "its code builds markup"
FOR_LETTERS = "it speaks to programs for mail, and may be a letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """
    What a file showed.

    Attributes:
        elements: How many elements of HTML it has.
        not_evaluated: Why an interface that it holds was not checked; "" where it was,
            or where it holds none.
    """

    elements: int = 0
    not_evaluated: str = ""
    found: tuple[Found, ...] = ()


NOTHING = Checked()


def check_markup(content: bytes) -> Checked:
    """Check markup as HTML writes it, whatever template language is in it."""
    if any(mark in content for mark in _OF_LETTERS):
        return Checked(not_evaluated=FOR_LETTERS)
    source = decoded(content)
    page = Page(source, CHECKS)
    read_markup(source, page)
    return _checked(page, _ECHOED.search(content) is not None)


def check_vue(content: bytes) -> Checked:
    """Check a component of Vue: its template and its styles."""
    source = decoded(content)
    page = Page(source, CHECKS, has_components=True, hands_down=True)
    block = template_of_vue(source)
    if block and block.language not in {"", "html"}:
        return Checked(not_evaluated=UNKNOWN_LANGUAGE.format(language=block.language))
    if block:
        read_markup(source, page, span=(block.begin, block.end))
    for style in styles_of(source):
        if style.language not in {"sass", "stylus", "styl"}:
            page.styles.append((source[style.begin : style.end], style.begin))
    return _checked(page)


def check_svelte(content: bytes) -> Checked:
    """Check a component of Svelte."""
    source = decoded(content)
    page = Page(source, CHECKS, has_components=True)
    read_markup(source, page, mask_braces)
    return _checked(page)


def check_script(content: bytes) -> Checked:
    """Check the elements in a script (JSX); one that has none may still build some."""
    if _is_shrunk(content):
        return NOTHING
    if b"/>" in content or b"</" in content:
        source = decoded(content)
        page = Page(source, CHECKS, has_components=True)
        read_script(source, page)
        if page.elements:
            return _checked(page)
    return _built(content)


def check_angular(content: bytes) -> Checked:
    """Check templates that are written into components of Angular."""
    if b"@Component(" not in content:
        return NOTHING if _is_shrunk(content) else _built(content)
    source = decoded(content)
    page = Page(source, CHECKS)
    for block in templates_of_angular(source):
        read_markup(source, page, span=(block.begin, block.end))
        page.end_part()
    return _checked(page)


def check_sheet(content: bytes) -> Checked:
    """Check a style sheet."""
    if _is_shrunk(content):
        return NOTHING
    source = decoded(content)
    page = Page(source, CHECKS)
    page.styles.append((source, 0))
    return _checked(page)


def decoded(content: bytes) -> str:
    """Return the text of a file, whose encoding a mark at its beginning may tell."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    return content.decode("utf-8-sig", "replace")


def _checked(page: Page, builds: bool = False) -> Checked:
    for text, at in page.styles:
        check_styles(text, at, page.report)
    found = page.finish()
    known = page.elements - page.components
    why = ""
    if page.components and not known:
        why = COMPONENTS_ALONE
    elif builds and not known:
        why = BUILT_IN_CODE
    return Checked(elements=known, not_evaluated=why, found=found)


def _built(content: bytes) -> Checked:
    if _BUILDS.search(content):
        return Checked(not_evaluated=BUILT_IN_CODE)
    return NOTHING


def _is_shrunk(content: bytes) -> bool:
    if len(content) > 20 * BYTES_PER_LINE and (
        content.count(b"\n") * BYTES_PER_LINE < len(content)
    ):
        return True
    return _GENERATED.search(content, 0, 2_000) is not None


_GENERATED = re.compile(
    rb"@generated\b|Code generated .{1,80} DO NOT EDIT|This file (?:is|was) "
    rb"(?:auto-?matically |auto-?)generated"
)
_OF_LETTERS = (b"[if mso", b"#outlook a", b".ExternalClass", b".ReadMsgBody")
"""What only the programs that show letters are told."""

_ECHOED = re.compile(
    rb"(?:echo|print)\s{0,5}[\"'][^\n]{0,80}<(?:div|input|a|form|p|td)\b"
)
_BUILDS = re.compile(
    rb"\.innerHTML\s?\+?=|insertAdjacentHTML\(|document\.createElement\("
    rb"|React\.createElement\(|(?<!\w)html`\s{0,99}<|\$\(\s?[\"'`]<[a-z]"
    rb"|dangerouslySetInnerHTML|(?<![\w.])h\([\"'][a-z]"
)
"""Ways in which a script puts elements onto a page."""

_PARTS = (
    *(attributes, braces, checks, components, elements, markup, masking, names),
    *(reading, rules, scripts, styles, accessibility),
)


def _scanner(name: str, scan: Callable[[bytes], Checked]) -> Scanner[Checked]:
    return Scanner(
        name=f"templates.{name}",
        version=code_digest([*_PARTS, sys.modules[__name__]]),
        kind=Checked,
        scan=scan,
        largest_bytes=LARGEST_BYTES,
    )


SCAN_MARKUP = _scanner("markup", check_markup)
SCAN_VUE = _scanner("vue", check_vue)
SCAN_SVELTE = _scanner("svelte", check_svelte)
SCAN_SCRIPT = _scanner("script", check_script)
SCAN_ANGULAR = _scanner("angular", check_angular)
SCAN_SHEET = _scanner("sheet", check_sheet)
