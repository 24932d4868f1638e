# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Standards that statements and publiccode.yml name: said once, and of everything."""

import re
from collections.abc import Iterator
from typing import Any

from ossay.collect._documents import DocumentUnreadable, read_yaml_with_lines

LARGEST_BYTES = 1_000_000

Mention = tuple[str, int]
"""A standard ("WCAG 2.1 AA"), and the line on which it is named."""

_STANDARDS = re.compile(
    r"(?i)\bWCAG[ \-]{0,2}(?P<version>2\.[0-2])(?P<between>[^\n|]{0,30}?)"
    r"\b(?P<level>A{1,3})\b|\b(?P<en>EN[ \-]?301[ \-]?549)\b"
    r"|\bSection[ \-](?P<us>508)\b|\b(?P<rgaa>RGAA)\b|\b(?P<bitv>BITV)\b"
)
_BETWEEN = re.compile(
    r"(?i)[\W_]*(?:(?:level|conformance|conformity|success|niveau)\W*)*"
)
_LONGEST_LINE = 2_000
_MOST_LINES = 5_000

_ITALIAN = "Italian guidelines on accessibility (L. 4/2004)"


def mentions(text: str) -> Iterator[Mention]:
    """Yield the standards that a statement names, each with its line."""
    for number, line in enumerate(text.splitlines()[:_MOST_LINES], 1):
        for found in _STANDARDS.finditer(line[:_LONGEST_LINE]):
            if name := _name(found):
                yield name, number


def _name(found: "re.Match[str]") -> str:
    if found["version"]:
        between = _BETWEEN.fullmatch(found["between"])
        # "a WCAG 2.1 check" ends in no level: letters count in capitals alone.
        is_level = between is not None and found["level"].isupper()
        return f"WCAG {found['version']} {found['level']}" if is_level else ""
    names = {"en": "EN 301 549", "us": "Section 508", "rgaa": "RGAA", "bitv": "BITV"}
    return next(name for key, name in names.items() if found[key])


def in_publiccode(content: bytes) -> tuple[Mention, ...]:
    """
    Return what publiccode.yml declares of accessibility.

    That is Italy's `it.conforme.lineeGuidaDesign`, deprecated by now, and a key
    `accessibility` that is proposed and not part of version 0.7.0.
    """
    try:
        document, lines = read_yaml_with_lines(content)
    except DocumentUnreadable:
        return ()  # the collector of documentation tells of a file that is not valid
    if not isinstance(document, dict):
        return ()
    found: list[Mention] = []
    for key in ("it", "IT"):
        conforms = _at(document, key, "conforme")
        if _at(conforms, "lineeGuidaDesign") is True:
            found.append(
                (_ITALIAN, lines.get((key, "conforme", "lineeGuidaDesign"), 0))
            )
    line = lines.get(("accessibility",), 0)
    told = " ".join(_texts(document.get("accessibility")))
    found += [(name, line) for name, _ in mentions(told)]
    return tuple(dict.fromkeys(found))


def _at(document: Any, *keys: str) -> Any:
    for key in keys:
        document = document.get(key) if isinstance(document, dict) else None
    return document


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value[:100]:
            yield from _texts(each)
    elif isinstance(value, str | int | float):
        yield str(value)[:200]
