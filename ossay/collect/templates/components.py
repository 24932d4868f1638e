# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Where the markup stands in files that hold a script and styles beside it."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A part of a file: where its content begins and ends."""

    begin: int
    end: int
    language: str = ""


def template_of_vue(source: str) -> Block | None:
    """Return the template of a component of Vue; None where it has none of its own."""
    found = _TEMPLATE.search(source)
    if not found:
        return None
    begin, end = found.end(), len(source)
    first = source.find("</template", begin)
    if first >= 0:
        # A script or style that follows ends it, too: it may speak of templates.
        after = _AFTER.search(source, first)
        end = source.rfind("</template", begin, after.start() if after else end)
    return Block(begin=begin, end=end, language=_language(found[1]))


def styles_of(source: str) -> list[Block]:
    """Return the styles at the outermost level of a component of Vue."""
    blocks = []
    for found in _STYLE.finditer(source):
        end = source.find("</style", found.end())
        end = len(source) if end < 0 else end
        blocks.append(Block(begin=found.end(), end=end, language=_language(found[1])))
        if len(blocks) == MOST_STYLES:
            break
    return blocks


def templates_of_angular(source: str) -> list[Block]:
    """Return the templates written into components of Angular."""
    blocks: list[Block] = []
    at = 0
    while len(blocks) < MOST_TEMPLATES and (found := _INLINE.search(source, at)):
        end = found.end()
        for sign in _ENDS[found[1]].finditer(source, end):
            if sign[0] == found[1]:
                end = sign.start()
                break
        if end > found.end():
            blocks.append(Block(begin=found.end(), end=end))
        at = max(end, found.end())
    return blocks


def _language(attributes: str) -> str:
    found = _LANGUAGE.search(attributes)
    return found[1].lower() if found else ""


MOST_STYLES = 20
MOST_TEMPLATES = 50

_TEMPLATE = re.compile(r"(?m)^<template((?:\s[^<>]{0,500})?)>")
_AFTER = re.compile(r"(?m)^<(?:script|style)\b")
_STYLE = re.compile(r"(?m)^<style((?:\s[^<>]{0,500})?)>")
_LANGUAGE = re.compile(r"\blang=[\"']?(\w{1,20})")
_INLINE = re.compile(r"\btemplate\s{0,5}:\s{0,20}([`'\"])")
_ENDS = {sign: re.compile(rf"(?s)\\.|{sign}") for sign in ("`", "'", '"')}
