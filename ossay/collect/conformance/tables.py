# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Reports written as tables, in Markdown or HTML: a criterion's number, then its level.

A row counts where a cell begins with the number of a criterion, and another cell of
it holds a level of the VPAT and nothing else. Levels stand in the first column that has
them in most rows: "N/A" among remarks is none. What is said in other words is left
open, never guessed.
"""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ossay.collect.conformance.days import read_day
from ossay.collect.conformance.report import Claim, Report, Row, level_of, rows_of

LARGEST_BYTES = 1_000_000
"""Longer ones are for people; the longest of 12 had 190 kB."""

FEWEST_ROWS = 5
"""Criteria with a level from which a document counts as a report that can be read."""

MOST_CELLS = 20
LONGEST_CELL = 2_000

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A row of a table: its cells, and where it begins."""

    cells: Cells
    line: int


def read_tables(text: str, form: str) -> Report | None:
    """Return the report that the tables of a document make; None where they do not."""
    lines = [*_of_html(text), *_of_markdown(text)]
    rows = rows_of(_rows(lines))
    if sum(bool(row.claims) for row in rows) < FEWEST_ROWS:
        return None
    said = _sayings(text, lines)
    dated_as = _first(said, _DATE)
    day = read_day(dated_as)
    heading = _heading(text)
    product = _first(said, _PRODUCT) or _without_kind(heading)
    trailing = _TRAILING_VERSION.search(product)
    return Report(
        form=form,
        product=product,
        version=trailing[1] if trailing else _first(said, _VERSION),
        is_draft=bool(re.search(r"(?i)\bdraft\b", heading)),
        has_author=bool(_first(said, _AUTHOR)) or _names_somebody(said),
        dated=day.isoformat() if day else "",
        dated_as=dated_as,
        edition=_edition(text),
        rows=rows,
    )


def _rows(lines: Iterable[_Line]) -> Iterator[Row]:
    numbered = [
        (found[1], line, at)
        for line in lines
        for at, cell in enumerate(line.cells)
        if (found := _NUMBER.match(cell)) and at < _LAST_FOR_NUMBERS
    ]
    columns = Counter(
        at
        for _, line, number_at in numbered
        for at, cell in enumerate(line.cells)
        if at > number_at and _claims(cell)
    )
    if not columns:
        return
    most = max(columns.values())
    column = min(at for at, times in columns.items() if 2 * times >= most)
    for number, line, _ in numbered:
        cell = line.cells[column] if column < len(line.cells) else ""
        yield Row(number=number, claims=_claims(cell), line=line.line)


def _claims(cell: str) -> tuple[Claim, ...]:
    """Return the levels in a cell; none where it says anything beside."""
    if level := level_of(cell):
        return (Claim(component="", level=level),)
    claims = []
    rest = cell
    for found in _FOR_COMPONENT.finditer(cell):
        if level := level_of(found["level"]):
            component = _COMPONENTS[found["component"].casefold()[:3]]
            claims.append(Claim(component=component, level=level))
            rest = rest.replace(found[0], "", 1)
    return () if re.search(r"[^\W_]", rest) else tuple(claims)


def _of_markdown(text: str) -> Iterator[_Line]:
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()  # GFM asks for no pipe before the first cell
        if "|" in bare and len(bare) < MOST_CELLS * LONGEST_CELL:
            cells = _PIPE.split(bare.strip("|"))[:MOST_CELLS]
            yield _Line(cells=tuple(map(_plain, cells)), line=number)


def _of_html(text: str) -> Iterator[_Line]:
    """Yield the rows of tables; each is cut before the next, however it ends."""
    starts = [found.start() for found in _TR.finditer(text)]
    line, before = 1, 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        line += text.count("\n", before, start)
        before = start
        row = text[start : min(end, start + MOST_CELLS * LONGEST_CELL)]
        cells = _TD.split(_END_OF_TABLE.split(row)[0])[1 : MOST_CELLS + 1]
        yield _Line(cells=tuple(map(_plain, cells)), line=line)


def _plain(cell: str) -> str:
    """Return what a reader sees of a cell; breaks as line ends."""
    broken = _BREAK.sub("\n", cell[:LONGEST_CELL])
    seen = _LINK.sub(r"\1", _TAG.sub("", broken))
    seen = html.unescape(seen).replace("\\", "").replace("*", "")
    lines = (" ".join(line.split()).strip("_` ") for line in seen.splitlines())
    return "\n".join(line for line in lines if line)


def _sayings(text: str, lines: Iterable[_Line]) -> list[tuple[str, str]]:
    """Return what is said as "label: value", in rows, in lines and below headings."""
    said = [
        (_label(line.cells[0]), line.cells[1])
        for line in lines
        if len(line.cells) == _PAIR and not _NUMBER.match(line.cells[0])
    ]
    label = ""
    for line in _TAG.sub("", _BREAK.sub("\n", text[:_HEAD])).splitlines():
        seen = " ".join(html.unescape(line).replace("*", "").split())
        if found := _SAYING.match(seen):
            said.append((_label(found[1]), found[2]))
        elif label and seen and not seen.endswith(":") and _label(seen) not in _ANCHOR:
            said.append((label, seen))
        if seen and _label(seen) not in _ANCHOR:
            label = _label(seen)
    return said


def _label(text: str) -> str:
    return text.strip("*_#>:- ").casefold()


def _first(said: Iterable[tuple[str, str]], label: "re.Pattern[str]") -> str:
    values = (value for key, value in said if label.fullmatch(key))
    return " ".join(next(values, "").split())[:200]


def _names_somebody(said: Iterable[tuple[str, str]]) -> bool:
    """Tell whether a contact is a person, team or address of mail, and no tracker."""
    contact = _first(said, _CONTACT)
    is_tracker = re.search(r"(?i)https?:|issues?\b", contact) is not None
    named = re.search(r"\b[A-Z][\w.'-]+ (?:\w+ )?[A-Z][\w.'-]+", contact) is not None
    return "@" in contact or (named and not is_tracker)


def _heading(text: str) -> str:
    """Return the first heading of Markdown, or the title of HTML."""
    found = _HEADING.search(text[:_HEAD])
    return _plain(found[1] or found[2] or "") if found else ""


def _without_kind(heading: str) -> str:
    """Return what a heading names beside the kind of document; it may be nothing."""
    rest = " ".join(_KIND.sub(" ", heading).split()).strip("-–—|:,() ")
    return rest if re.search(r"[^\W\d_]{2}", rest) else ""


def _edition(text: str) -> str:
    """Return the version of WCAG that its beginning names, if it names one alone."""
    named = set(re.findall(r"(?i)WCAG[ \-]?(2\.[0-2])", text[:_HEAD]))
    return named.pop() if len(named) == 1 else ""


_PAIR = 2
_ANCHOR = frozenset({"", "anchor link", "permalink", "link to this heading"})
"""What stands beside a heading and is none of its text."""
_HEAD = 20_000
_LAST_FOR_NUMBERS = 2
"""The number stands in the first cell, or after one for the principle."""

_NUMBER = re.compile(r"(?:\W|SC\b|WCAG\b|Criterion\b){0,6}([1-4]\.[1-9]\.[0-9]{1,2})\b")
_LEVELS = (
    r"(?:fully |partially |does not |not )?support(?:s|ed)?(?: with exceptions)?"
    r"|not applicable|n/a|not evaluated"
)
_FOR_COMPONENT = re.compile(
    r"(?i)(?P<component>web|electronic doc(?:ument)?s?|software|authoring tools?"
    rf"|closed)\s*[:\-–]\s*(?P<level>{_LEVELS})"
)
_COMPONENTS = {
    "web": "web",
    "ele": "electronic-docs",
    "sof": "software",
    "aut": "authoring-tool",
    "clo": "closed",
}
_PIPE = re.compile(r"(?<!\\)\|")
_TR = re.compile(r"(?i)<tr\b")
_TD = re.compile(r"(?i)<t[dh]\b[^<>]{0,500}>")
_END_OF_TABLE = re.compile(r"(?i)</t(?:able|body|head|r)\b")
_BREAK = re.compile(
    r"(?i)<br\s{0,3}/?>|</?(?:li|p|div|dt|dd|tr|td|th|h[1-6])\b[^<>]{0,300}>"
)
_TAG = re.compile(r"<[^<>]{0,500}>")
_LINK = re.compile(r"!?\[([^\]\[]{0,300})\]\([^()]{0,500}\)")
_SAYING = re.compile(r"[\s>_#\-]{0,8}([A-Z][A-Za-z/() ]{2,40}?)\s?: (\S.{0,300})$")
_TRAILING_VERSION = re.compile(r"[\s/,(]v?([0-9]{1,9}(?:\.[0-9x]{1,9}){0,4})\)?$")
_HEADING = re.compile(r"(?mi)^#+ (.{1,200})|<title>([^<]{1,200})</title>")
_KIND = re.compile(
    r"(?i)accessibility|conformance|compliance|report|voluntary|product|template|vpat"
    r"|\bacr\b|\bwcag\b|revised|section 508|edition|version|international|statement"
    r"|\brev\b|draft|®|\bfor\b|\bthe\b|\ba{1,3}\b|\blevel\b|[0-9.]{1,9}"
)
_PRODUCT = re.compile(
    r"(?:name of )?(?:the )?product(?: name)?(?: ?/ ?version)?|product"
)
_VERSION = re.compile(r"(?:product |software )?version(?: evaluated| number)?")
_DATE = re.compile(
    r"(?:report |evaluation |assessment |audit )?date(?: of report)?"
    r"|last (?:updated|reviewed)"
)
_AUTHOR = re.compile(
    r"(?:author|auditor|evaluator|vendor|company|organisation|organization|supplier)"
    r"(?: name| company)?|(?:prepared|evaluated|written|audited|authored) by"
)
_CONTACT = re.compile(
    r"contact(?:s| information| info| for more information| email)?|e-?mail"
)
