# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Covers up the code in a template of Svelte, which stands between single braces."""

import re

from ossay.collect.templates.masking import BLANK, DECIDES, FILL, PRINTS, covered

LONGEST = 20_000
"""Characters of code that are followed to their end."""


def mask_braces(text: str) -> str:
    """Return *text* with its code covered up, scripts and styles left as they are."""
    text = FILL.sub(" ", text)
    parts: list[str] = []
    begin, found = 0, _NEXT.search(text)
    while found:
        at = found.start()
        if found[0] != "{":
            closing = _RAW_END[found[0].lower()].search(text, found.end())
            found = _NEXT.search(text, closing.end() if closing else len(text))
            continue
        end = _after(text, at + 1)
        code = text[at:end]
        parts += (text[begin:at], covered(code, _fill(code)))
        begin = end
        found = _NEXT.search(text, end)
    parts.append(text[begin:])
    return "".join(parts)


def _after(text: str, at: int) -> int:
    """Return where code ends whose brace opened before *at*; strings are minded."""
    depth, quote, limit = 1, "", at + LONGEST
    for found in _SIGNS.finditer(text, at, limit):
        sign = found[0]
        if quote:
            if sign == quote or (sign == "\n" and quote != "`"):
                quote = ""
        elif sign in {"'", '"', "`"}:
            quote = sign
        elif sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
            if not depth:
                return found.end()
    return min(len(text), limit)


def _fill(code: str) -> str:
    inside = code[1:20].lstrip()
    if inside.startswith(("@const", "@debug", "#", ":", "/")):
        return BLANK if inside.startswith("/*") else DECIDES
    return PRINTS


_NEXT = re.compile(r"(?i)\{|<script\b|<style\b|<!--")
_RAW_END = {
    "<script": re.compile(r"(?i)</script"),
    "<style": re.compile(r"(?i)</style"),
    "<!--": re.compile(r"-->"),
}
_SIGNS = re.compile(r"(?s)\\.|[{}'\"`\n]")
