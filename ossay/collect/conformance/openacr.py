# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Reports in OpenACR (GSA, schema 0.1.0), known by content and read with care."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ossay.collect._documents import Path, read_yaml_with_lines
from ossay.collect.conformance.days import read_day
from ossay.collect.conformance.report import Claim, Report, Row, level_of, rows_of

LONGEST_TEXT = 200
"""Characters of a name or a version that are kept."""

MOST_ROWS = 1_000
MOST_CLAIMS = 20
"""Rows of a chapter, and components of a row, that are read; a report has 87 and 5."""

_CHAPTERS = ("success_criteria_level_a", "success_criteria_level_aa")
_EDITION = re.compile(r"wcag-?([0-9]\.[0-9])")
_NUMBER = re.compile(r"[0-9](?:\.[0-9]{1,2}){2}")


def may_be_openacr(content: bytes) -> bool:
    """Tell whether YAML may be a report, before it is read: that takes a while."""
    return b"chapters" in content and b"success_criteria_level_a" in content


def read_openacr(content: bytes) -> Report | None:
    """
    Return the report in YAML *content*; None where it is something else.

    The catalogues that reports follow have chapters, too, as a list.

    Raises:
        DocumentUnreadable: It is no YAML, or more than is read.
    """
    document, lines = read_yaml_with_lines(content)
    if not isinstance(document, dict):
        return None
    chapters = document.get("chapters")
    if not isinstance(chapters, dict) or not any(c in chapters for c in _CHAPTERS):
        return None
    product = _mapping(document.get("product"))
    author = _mapping(document.get("author"))
    dated, dated_as = _day(document)
    edition = _EDITION.search(_text(document.get("catalog")).casefold())
    return Report(
        form="OpenACR",
        product=_text(product.get("name")),
        version=_text(product.get("version")),
        is_draft=_text(document.get("title")).casefold().startswith("draft"),
        has_author=bool(_text(author.get("name")) or _text(author.get("company_name"))),
        dated=dated,
        dated_as=dated_as,
        edition=edition[1] if edition else "",
        rows=rows_of(
            row for name in _CHAPTERS for row in _rows(chapters.get(name), name, lines)
        ),
    )


def _day(document: Mapping[str, Any]) -> tuple[str, str]:
    """Return the day of a report; that of its last change where it has no other."""
    for key in ("report_date", "last_modified_date"):
        said = _text(document.get(key))
        if found := read_day(said):
            return found.isoformat(), said
    return "", _text(document.get("report_date"))


def _rows(chapter: object, name: str, lines: Mapping[Path, int]) -> Iterator[Row]:
    criteria = _mapping(chapter).get("criteria")
    if not isinstance(criteria, list):
        return
    for at, each in enumerate(criteria[:MOST_ROWS]):
        number = _text(_mapping(each).get("num"))
        if _NUMBER.fullmatch(number):
            line = lines.get(("chapters", name, "criteria", at), 0)
            claims = tuple(_claims(_mapping(each).get("components")))
            yield Row(number=number, claims=claims, line=line)


def _claims(components: object) -> Iterator[Claim]:
    if not isinstance(components, list):
        return
    for each in components[:MOST_CLAIMS]:
        adherence = _mapping(_mapping(each).get("adherence"))
        if level := level_of(_text(adherence.get("level"))):
            component = _text(_mapping(each).get("name")).casefold()
            yield Claim(component=component, level=level)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    """Return text as it is kept; numbers as they are written (`version: 10`)."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return " ".join(str(value).split())[:LONGEST_TEXT]
