# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
The words of a passage as a recogniser is given them, and the key they go by.

A recogniser never sees a passage as it stands in a file, but its wording: without
the marks of comments, without who holds the copyright, with single blanks. The key is
the hash of that wording and of nothing else. So whatever the recogniser can see is in
the key, and its answer cannot depend on which of two files with one key came first.
Letters of all scripts stay as they are, and lines stay lines: an answer tells lines.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

MOST_BLANKS = 15
"""Empty lines that part statements for ScanCode; fewer are one, more are as many."""

_BEFORE = re.compile(
    r"(?:\s|//+|/\*+|\*+/?|\#+|;+|--+|<!--|<%\#|%+|\"{3}|'{3}|\.\\\"|\(\*+|\{-|\{\#|!+|\|"
    r"|(?:rem|dnl|@c|=begin|=end)\b)+",
    re.IGNORECASE,
)
_AFTER = " \t\r\f\v*#|/"
_ENDS = ("-->", "*)", "-}", "#}")

# REUSE-IgnoreStart
_NOTICE = re.compile(
    r"\W{0,6}(?:(?:portions|parts)(?:\s+are)?\s+)?"
    r"(?:copyright\b(?!\s+(?:and|or|in|is|to|as|acts?|assignments?|holders?|infringement"
    r"|interests?|laws?|licen[cs]es?|notices?|owners?|permissions?|protection|rights?"
    r"|statements?|terms|treaties)\b)"
    r"|copr\.|©|&copy;?|\(c\)\s*(?:copyright|by\b|\d{4})"
    r"|spdx-(?:file|snippet)?copyrighttext"
    r"|@?authors?\s*:|@author\b|(?:written|created)\s+by\b|by:)",
    re.IGNORECASE,
)
_TAG = "SPDX-"
# REUSE-IgnoreEnd


@dataclass(frozen=True, slots=True)
class Line:
    """
    One line of a file, or the part of a long one that is looked at.

    Attributes:
        number: Counted from 1.
        has_cue: Whether it holds a cue of a licence.
    """

    number: int
    text: str
    has_cue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """
    What a recogniser is given, and where its lines come from.

    Attributes:
        lines: Number of each line of *text* in the file.
    """

    text: str
    lines: tuple[int, ...]

    @property
    def key(self) -> str:
        """The hash that the wording goes by: 32 hexadecimal digits (BLAKE2b-128)."""
        return key_of(self.text)


def key_of(text: str) -> str:
    """Return the key of the wording *text*."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def wording(lines: Iterable[Line]) -> Wording:
    """
    Return the wording of *lines*.

    A line that says who holds the copyright, or who wrote it, is left out unless it
    has a cue of a licence too. A line with an SPDX tag is kept as it stands.
    """
    kept: list[tuple[int, str]] = []
    blanks = 0
    for line in lines:
        said = _bare(line.text, line.has_cue)
        if said is None:
            continue
        if not said:
            blanks += 1
            continue
        if kept and blanks:
            apart = MOST_BLANKS if blanks >= MOST_BLANKS else 1
            kept.extend([(line.number, "")] * apart)
        blanks = 0
        kept.append((line.number, said))
    return Wording(
        text="\n".join(said for _, said in kept),
        lines=tuple(number for number, _ in kept),
    )


def mark_of(line: str) -> str:
    """
    Return what begins *line* as a comment, in whatever language; "" if nothing does.

    The marks of one language's comments are one.
    """
    found = _MARK.match(line)
    return "" if found is None else _SAME.get(found.group(1), found.group(1).lower())


_MARK = re.compile(
    r"\s*(//|\#|\*|/\*|;|--|<!--|%|\"{3}|'{3}|rem\b|dnl\b|\.\\\"|\(\*|\{-|!|=begin"
    r"|<%\#|\{\#|@c\b|\|)",
    re.IGNORECASE,
)
_SAME = {"/*": "*", "(*": "*"}
_BLOCKS = frozenset({"", "*", "<!--", '"""', "'''", "{-", "{#", "<%#", "=begin"})
"""What begins a comment of which further lines need no mark; and no comment."""


def ends_comment(line: str) -> bool:
    """Tell whether a block comment ends with *line*."""
    return line.rstrip().endswith(("*/", *_ENDS))


def begins_comment(line: str) -> bool:
    """Tell whether a block comment begins with *line*."""
    return line.lstrip().startswith(("/*", "<!--", "(*", "{-", "{#", "<%#"))


@lru_cache(maxsize=8_192)
def belongs(line: str, mark: str) -> bool:
    """Tell whether *line* goes on with a paragraph whose comments begin with *mark*."""
    own = mark_of(line)
    goes_on = own == mark if own else mark in _BLOCKS and is_prose(line)
    return goes_on and not is_blank(line)


@lru_cache(maxsize=8_192)
def is_code(line: str) -> bool:
    """Tell whether *line* is no comment, no prose, no notice, and not empty."""
    return not (
        is_blank(line) or mark_of(line) or is_prose(line) or _NOTICE.match(line.strip())
    )


def is_blank(line: str) -> bool:
    """Tell whether there is no word in *line*, in whatever script."""
    return not any(map(str.isalnum, line))


def is_prose(line: str) -> bool:
    """Tell whether *line* is words rather than code, in whatever script."""
    said = line.strip()
    if not said or said[-1] in "{}[" or said[0] in "{}<@":
        return False
    letters = sum(map(str.isalpha, said))
    blanks = said.count(" ")
    wordlike = letters + blanks >= _LETTERS_IN_PROSE * len(said)
    return wordlike and (blanks >= _BLANKS_IN_PROSE or not said.isascii())


_LETTERS_IN_PROSE = 0.8
_BLANKS_IN_PROSE = 2


@lru_cache(maxsize=8_192)  # most files of a project begin with the same lines
def _bare(text: str, has_cue: bool) -> str | None:
    """Return what a line says without marks; None if it is left out."""
    begun = _BEFORE.match(text)
    said = text if begun is None else text[begun.end() :]
    if has_cue and _TAG in said:
        return " ".join(said.strip().splitlines())  # Unicode has more ends of lines
    said = said.rstrip(_AFTER)
    if said.endswith(_ENDS):
        said = said[:-2].rstrip(_AFTER + "-")
    if is_blank(said):
        return ""
    if not has_cue and _NOTICE.match(said) is not None:
        return None
    return " ".join(said.split())


def places(lines: tuple[int, ...]) -> tuple[int, ...]:
    """
    Return *lines* in short: the first, and the index and line of each jump.

    A passage without gaps needs one number, whatever its length.
    """
    return tuple(_jumps(lines))


def _jumps(lines: tuple[int, ...]) -> Iterator[int]:
    expected = -1
    for index, line in enumerate(lines):
        if line != expected:
            yield index
            yield line
        expected = line + 1


def line_at(places: tuple[int, ...], index: int) -> int:
    """Return the line in the file of the line *index* (from 0) of a wording."""
    found = 0
    for at, line in zip(places[::2], places[1::2], strict=True):
        if at > index:
            break
        found = line + index - at
    return found
