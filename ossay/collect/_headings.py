# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The headings and links of a document in light markup, and its prose."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MOST_LINES = 20_000
LONGEST_LINE = 2_000
"""Longer lines are cut: no heading is that long, and matching stays quick."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading, whatever its level, and its line counted from 1."""

    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link to a page or a file: its words, its target as written, its line."""

    text: str
    target: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """
    What can be told of a text without reading it.

    Attributes:
        prose: Its text without code, markup of HTML and addresses.
    """

    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    prose: str


def read_document(content: bytes) -> Document:
    """
    Return the parts of Markdown, reStructuredText, AsciiDoc, Org, HTML or text.

    All forms of heading are looked for at once, since a name like README tells
    nothing of the markup: `# A`, `== A`, `* A`, `<h1>A</h1>`, `**A**` on a line
    of its own, `A` underlined, `A` in capitals between empty lines. Only `* A`
    and rows of dashes need to know the markup, which other lines give away.
    """
    lines = [
        (number, line[:LONGEST_LINE].rstrip())
        for number, line in enumerate(_text(content).splitlines()[:MOST_LINES], 1)
    ]
    if any(line.startswith("#+") for _, line in lines):
        lines = [(number, _ORG_STARS.sub("# ", line)) for number, line in lines]
    fence = _FENCE_OR_ROW if any(_ASCIIDOC.match(x) for _, x in lines) else _FENCE
    outside = list(_outside_code(lines, fence))
    return Document(
        headings=tuple(_headings(outside)),
        links=tuple(link for number, line in outside for link in _links(line, number)),
        prose="\n".join(_NOT_PROSE.sub(" ", line) for _, line in outside),
    )


def _text(content: bytes) -> str:
    """Decode UTF-8 and UTF-16, and what is neither as Latin-1, which never fails."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _outside_code(
    lines: Iterable[tuple[int, str]], fences: "re.Pattern[str]"
) -> Iterator[tuple[int, str]]:
    """Yield the lines that stand in no fenced block, comment or front matter."""
    fence, before = "", ""
    for number, line in lines:
        above, before = before, line
        if fence:
            if _closes(fence, line):
                fence = ""
        elif number == 1 and line == "---":
            fence = "---"
        elif (opening := fences.match(line)) and not _is_ruled(above, line):
            fence = opening[1].lower()
        elif line.startswith("<!--") and "-->" not in line:
            fence = "<!--"
        else:
            yield number, line


def _is_ruled(above: str, line: str) -> bool:
    """Tell whether *line* underlines a title, where it might open a block too."""
    return bool(above.strip()) and line.startswith("~") and set(line) == {"~"}


def _closes(fence: str, line: str) -> bool:
    if fence == "<!--":
        return "-->" in line
    if fence.startswith("#+begin"):
        return line.strip().lower().startswith("#+end")
    return line.strip().startswith(fence[:3]) and set(line.strip()) == {fence[0]}


def _headings(lines: list[tuple[int, str]]) -> Iterator[Heading]:
    for at, (number, line) in enumerate(lines):
        before = lines[at - 1][1] if at else ""
        after = lines[at + 1][1] if at + 1 < len(lines) else ""
        if marked := _MARKED.match(line):
            text = next(group for group in marked.groups() if group is not None)
        elif html := _HTML_HEADING.search(line):
            text = html[1]
        elif _is_underlined(line, after) or _is_capital(line, before, after):
            text = line
        else:
            continue
        if words := _words(text):
            yield Heading(text=words, line=number)


def _is_underlined(line: str, after: str) -> bool:
    """Tell a title by the row of punctuation below it (Markdown, rst, plain text)."""
    title, row = line.strip(), after.strip()
    if not title or len(row) < 3 or len(set(row)) > 1 or row[0] not in _RULERS:
        return False
    if len(title) > 120 or title[0] in _RULERS:
        return False
    return row[0] in "=-" or len(row) >= len(title)


def _is_capital(line: str, before: str, after: str) -> bool:
    return (
        3 <= len(line) <= 60
        and not before.strip()
        and not after.strip()
        and line.isupper()
        and not line[0].isspace()
    )


def _links(line: str, number: int) -> Iterator[Link]:
    if defined := _DEFINED.match(line):
        words = _words(defined["rst"] or defined["markdown"])
        yield Link(text=words, target=defined["target"], line=number)
    elif "](" in line or "http" in line or "link:" in line:
        for pattern in _LINKS:
            for found in pattern.finditer(line):
                text, target = (
                    _words(found["text"] or ""),
                    found["target"].removeprefix("link:"),
                )
                yield Link(text=text, target=target, line=number)


def _words(text: str) -> str:
    """Return what a reader sees of *text*."""
    seen = _IMAGE.sub(" ", text)
    seen = _MARKDOWN_LINK.sub(r"\1", seen)
    seen = _TAG.sub(" ", seen)
    return " ".join(seen.strip("#=*_`: \t").split())


_RULERS = "=-~^\"'`#*+.:_"
_FENCE = re.compile(r"\s{0,12}(```|~~~|(?i:#\+begin))")
_FENCE_OR_ROW = re.compile(r"(```|----(?=-*$)|\.\.\.\.(?=\.*$))")
_ASCIIDOC = re.compile(r"={1,5} \S")
_ORG_STARS = re.compile(r"^\*{1,6}\s")
_MARKED = re.compile(
    r"\s{0,3}#{1,6}\s+([^\s].{0,199})"
    r"|={1,6}\s+([^\s=].{0,199})"
    r"|\s{0,3}\*\*([^*]{1,120})\*\*:?\s*$"
)
_HTML_HEADING = re.compile(r"(?i)<h[1-6](?:\s[^<>]{0,300})?>(.{1,300}?)</h[1-6]>")
_IMAGE = re.compile(r"!\[[^\]\[]{0,300}\]\([^()]{0,500}\)")
_MARKDOWN_LINK = re.compile(r"\[([^\]\[]{0,300})\]\([^()]{0,500}\)")
_TAG = re.compile(r"<[^<>]{0,500}>|&[a-z]{2,8};|:[a-z_]{2,30}:")
_NOT_PROSE = re.compile(
    r"`[^`]{0,300}`|\]\([^()]{0,500}\)|https?://\S{1,500}|<[^<>]{0,500}>|&[a-z]{2,8};"
)
_TARGET = r"(?P<target>https?://[^\s<>()\[\]\"'`|]{1,500}|[^\s<>()\[\]\"'`|:]{1,300})"
_DEFINED = re.compile(
    r"\s{0,3}(?:\.\. _`?(?P<rst>[^`:]{1,300})`?|\[(?P<markdown>[^\]\[]{1,300})\])"
    rf":\s{{1,9}}<?{_TARGET}"
)
"""Where a reference used elsewhere gets its address."""
_LINKS = (
    re.compile(rf"(?<!!)\[(?P<text>[^\]\[]{{0,300}})\]\({_TARGET}[^()]{{0,200}}\)"),
    re.compile(rf"`(?P<text>[^`<]{{1,300}})<{_TARGET}>`"),
    re.compile(
        r"(?P<target>(?:link:|https?://)[^\s<>()\[\]\"'`|]{1,500})"
        r"\[(?P<text>[^\]\[]{1,300})\]"
    ),
    re.compile(rf"\[\[{_TARGET}\]\[(?P<text>[^\]\[]{{1,300}})\]\]"),
    re.compile(
        rf"(?i)<a\s[^<>]{{0,200}}?href=[\"']{_TARGET}[\"'][^<>]{{0,200}}>"
        r"(?P<text>[^<>]{0,300})<"
    ),
    re.compile(
        r"(?P<text>)(?<![\w(\[<\"'=/`])(?P<target>https?://[^\s<>()\[\]\"'`]{1,500})"
    ),
)
