# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Reads markup as HTML writes it, template code covered up, and tells a `Page` of it.

The reader of Python's library, `html.parser`, folds names to lower case, so that a
component `<Button>` cannot be told from a `<button>`, and up to Python 3.11.13 it takes
time that grows with the square of a hostile file's size (CVE-2025-6069).
"""

import re
from collections.abc import Callable

from ossay.collect.templates.masking import DECIDES, FILL, LONGEST_CODE, mask
from ossay.collect.templates.reading import Attribute, Page


def read_markup(
    source: str,
    page: Page,
    masked: Callable[[str], str] = mask,
    span: tuple[int, int] | None = None,
) -> None:
    """
    Tell *page* of all markup in *source*.

    Args:
        masked: Covers up code, and keeps the place of every other character.
        span: Where the markup begins and ends; all of *source* if None.
    """
    at, end = span or (0, len(source))
    text = source[:at] + masked(source[at:end])
    while at < end:
        begin = text.find("<", at)
        if begin < 0:
            begin = end
        if begin > at:
            page.text(text[at:begin])
        if begin == end:
            return
        at = _read_tag(text, source, begin, page)


def _read_tag(text: str, source: str, at: int, page: Page) -> int:
    """Read what begins with "<" at *at*, and return where it ends."""
    if found := _OPEN.match(text, at):
        return _read_open(text, source, found, page)
    if found := _CLOSE.match(text, at):
        page.close(found[1])
        end = text.find(">", found.end())
        return len(text) if end < 0 else end + 1
    if text.startswith("<!--", at):
        end = text.find("-->", at + 4)
        page.comment(text[at + 4 : min(at + 104, max(end, 0))])
        return len(text) if end < 0 else end + 3
    if text.startswith(("<!", "<?"), at):
        end = text.find(">", at + 2)
        return len(text) if end < 0 else end + 1
    page.text("<")
    return at + 1


def _read_open(text: str, source: str, found: "re.Match[str]", page: Page) -> int:
    written = found[1]
    read = _read_attributes(text, source, found.end())
    if read is None:
        return len(text)  # a tag that never ends is none
    attributes, end, closes = read
    lower = written.lower()
    page.open(written, attributes, found.start(), closes=closes)
    if closes or lower not in _RAW:
        return end
    is_template = lower == "script" and _is_template(attributes)
    if is_template:
        return end
    close = re.compile(f"</{lower}", re.I).search(text, end)
    until = close.start() if close else len(text)
    page.raw(text[end:until], end)
    return until


def _read_attributes(
    text: str, source: str, at: int
) -> tuple[list[Attribute], int, bool] | None:
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
            attributes.append((DECIDES, "", False))
            continue
        begin = end = at
        if equals := _EQUALS.match(text, at):
            begin = end = at = equals.end()
            if (quote := text[at : at + 1]) in {'"', "'"}:
                begin, end = at + 1, text.find(quote, at + 1)
                if end < 0:
                    return None
                at = end + 1
            elif bare := _BARE.match(text, at):
                end = at = bare.end()
        elif short := _SHORT.fullmatch(source, found.start(), at):
            name = f":{short[1]}"  # of Svelte: {alt} for alt={alt}
        is_code = FILL.search(text, begin, end) is not None
        attributes.append((name, source[begin:end], is_code))


def _after_condition(text: str, at: int) -> int:
    """Return where a condition of Blade ends, such as `@if($a > $b)`."""
    depth = 0
    for found in _PARENTHESIS.finditer(text, at, at + LONGEST_CODE):
        depth += 1 if found[0] == "(" else -1
        if depth == 0:
            return found.end()
    return at + 1


def _is_template(attributes: list[Attribute]) -> bool:
    kinds = (value for name, value, _ in attributes if name.lower() == "type")
    return any(_TEMPLATE.search(kind) for kind in kinds)


_OPEN = re.compile(r"<([A-Za-z][^\s/>\ue000-\ue002]*)")
_CLOSE = re.compile(r"</([A-Za-z][^\s/>]*)")
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "noembed"})
_TEMPLATE = re.compile(
    r"template|handlebars|mustache|text/html|text/ng|underscore|x-tmpl"
)
_BETWEEN = re.compile(r"[\s/]*")
_NAME = re.compile("[\ue000-\ue002]+|[^\\s/>\ue000-\ue002][^\\s/>=\ue000-\ue002]*")
_EQUALS = re.compile(r"\s*=\s*")
_BARE = re.compile(r"[^\s>]+")
_SHORT = re.compile(r"\{([A-Za-z_][\w]*)\}")
_PARENTHESIS = re.compile(r"[()]")
