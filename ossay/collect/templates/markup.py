# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Reads markup as HTML writes it, template code covered up, and tells a `Page` of it.

The reader of Python's library, `html.parser`, folds names to lower case, so that a
component `<Button>` cannot be told from a `<button>`, and up to Python 3.11.13 it takes
time that grows with the square of a hostile file's size (CVE-2025-6069).
"""

import re

from ossay.collect.templates.masking import DECIDES, LONGEST_CODE, mask
from ossay.collect.templates.reading import Attribute, Page


def read_markup(source: str, page: Page) -> None:
    """Tell *page* of all markup in *source*."""
    text = mask(source)
    at, end = 0, len(text)
    while at < end:
        begin = text.find("<", at)
        if begin < 0:
            begin = end
        if begin > at:
            page.text(text[at:begin])
        if begin == end:
            return
        at = _read_tag(text, begin, page)


def _read_tag(text: str, at: int, page: Page) -> int:
    """Read what begins with "<" at *at*, and return where it ends."""
    if found := _OPEN.match(text, at):
        return _read_open(text, at, found, page)
    if found := _CLOSE.match(text, at):
        page.close(found[1])
        end = text.find(">", found.end())
        return len(text) if end < 0 else end + 1
    if text.startswith("<!--", at):
        end = text.find("-->", at + 4)
        return len(text) if end < 0 else end + 3
    if text.startswith(("<!", "<?"), at):
        end = text.find(">", at + 2)
        return len(text) if end < 0 else end + 1
    page.text("<")
    return at + 1


def _read_open(text: str, at: int, found: "re.Match[str]", page: Page) -> int:
    written = found[1]
    read = read_attributes(text, found.end())
    if read is None:
        return len(text)  # a tag that never ends is none
    attributes, end, closes = read
    lower = written.lower()
    page.open(written, attributes, at, closes=closes)
    if closes or lower not in _RAW:
        return end
    is_template = lower == "script" and _is_template(attributes)
    if is_template:
        return end
    close = re.compile(f"</{lower}", re.I).search(text, end)
    until = close.start() if close else len(text)
    page.raw(text[end:until], end)
    return until


def read_attributes(text: str, at: int) -> tuple[list[Attribute], int, bool] | None:
    """
    Return the attributes from *at* on, where the tag ends and whether it closes.

    None where the tag does not end.
    """
    attributes: list[Attribute] = []
    while True:
        at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr] # matches ""
        if text.startswith(">", at):
            return attributes, at + 1, text[at - 1] == "/"
        found = _NAME.match(text, at)
        if not found:
            return None
        at = found.end()
        name = found[0]
        if name[0] == "@" and "(" in name:
            at = _after_condition(text, found.start())
            attributes.append((DECIDES, ""))
            continue
        value = ""
        if equals := _EQUALS.match(text, at):
            at = equals.end()
            if (quote := text[at : at + 1]) in {'"', "'"}:
                end = text.find(quote, at + 1)
                if end < 0:
                    return None
                value, at = text[at + 1 : end], end + 1
            elif bare := _BARE.match(text, at):
                value, at = bare[0], bare.end()
        attributes.append((name, value))


def _after_condition(text: str, at: int) -> int:
    """Return where a condition of Blade ends, such as `@if($a > $b)`."""
    depth = 0
    for found in _PARENTHESIS.finditer(text, at, at + LONGEST_CODE):
        depth += 1 if found[0] == "(" else -1
        if depth == 0:
            return found.end()
    return at + 1


def _is_template(attributes: list[Attribute]) -> bool:
    kind = next((value for name, value in attributes if name.lower() == "type"), None)
    return bool(kind and _TEMPLATE.search(kind))


_OPEN = re.compile(r"<([A-Za-z][^\s/>\ue000-\ue002]*)")
_CLOSE = re.compile(r"</([A-Za-z][^\s/>]*)")
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "noembed"})
_TEMPLATE = re.compile(
    r"template|handlebars|mustache|text/html|text/ng|underscore|x-tmpl"
)
_BETWEEN = re.compile(r"[\s/]*")
_NAME = re.compile(r"[^\s/>][^\s/>=]*")
_EQUALS = re.compile(r"\s*=\s*")
_BARE = re.compile(r"[^\s>]+")
_PARENTHESIS = re.compile(r"[()]")
