# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
The licence tags and copyright notices in one file, as REUSE reads them.

Patterns are those of `reuse`. It reads every line of a file; ossay hands it only
the lines that hold one of its cues, and of long lines only what is around the
cue. On 24 real repositories (60,000 files) the same files had licence and
copyright as by `reuse lint` with libmagic, in a fifth of the time or less; one
line of 3.8 MB, which took it a minute, takes no time.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from heapq import merge
from itertools import islice

LIBRARIES = ("charset-normalizer", "reuse")

BEFORE_CUE, AFTER_CUE = 80, 250
"""
Bytes of a line that are looked at, counted from its cue.

Real tags and notices are shorter. The patterns of `reuse` take time that grows
with the fourth power of a run of blanks (8 s for 800 of them) and with the third
of other repetitions; in 330 bytes without such runs they took 3 ms at most.
"""

MOST_LINES = 2_000
"""Lines with a cue that are read. The most in real text was 179."""

HEAD_BYTES = 2_048
"""What the encoding of a file is told from, as in `reuse.extract`."""

ELSEWHERE = "the content is kept in Git LFS, which was not fetched"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTags:
    """
    What one file says about its licence and copyright.

    Attributes:
        licences: Values of `SPDX-License-Identifier`, valid or not, as written.
        lines: The line of each of *licences*, counted from 1.
        copyrights: Notices, as `reuse` writes them down.
        is_complete: False if it holds more lines with a cue than are read.
        is_pointer: Whether Git LFS keeps the content elsewhere.
    """

    licences: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    copyrights: tuple[str, ...] = ()
    is_complete: bool = True
    is_pointer: bool = False


def tags_in(content: bytes) -> FileTags:
    """Return the tags and notices in *content*, in the order of its lines."""
    return tags_of(content, as_utf8(content) if may_speak(content) else None)


def tags_of(content: bytes, text: bytes | None) -> FileTags:
    """Return those in *content*, of which *text* is what `as_utf8` makes of it."""
    if is_pointer(content):
        return FileTags(is_pointer=True)
    if text is None or not may_speak(text):
        return FileTags()
    licences: dict[str, int] = {}
    copyrights: dict[str, None] = {}
    lines = _outside_ignored(_cue_lines(text))
    spoken = 0
    for number, line in islice(lines, MOST_LINES):
        # One line says one thing, as in `reuse`, however many parts it has here.
        if number == spoken:
            continue
        expression, notice = _said(line)
        if expression is not None:
            licences.setdefault(expression, number)
        if notice is not None:
            copyrights[notice] = None
        spoken = number if expression is not None or notice is not None else 0
    return FileTags(
        licences=tuple(licences),
        lines=tuple(licences.values()),
        copyrights=tuple(copyrights),
        # A drawing had 5,766, all of them noise: it was no text in the first place.
        is_complete=next(lines, None) is None or not _is_utf8(content[:HEAD_BYTES]),
    )


def is_pointer(content: bytes) -> bool:
    """Tell whether Git LFS keeps what *content* stands for (git-lfs, spec.md)."""
    return content.startswith(b"version https://git-lfs.github.com/spec/v1\n")


# REUSE-IgnoreStart
_CUES = (b"SPDX-", b"Copyright", b"\xa9")
"""Each line that `reuse` finds something in holds one; the last is © in Latin 1."""

_PLACES = (
    b"SPDX-",
    b"Copyright",
    b"\xc2\xa9",
    b"REUSE-IgnoreStart",
    b"REUSE-IgnoreEnd",
)
_IGNORE_START, _IGNORE_END = "REUSE-IgnoreStart", "REUSE-IgnoreEnd"
# REUSE-IgnoreEnd

_BLANKS = re.compile(r"\s{3,}")
WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
"""UTF-32 in little-endian order begins with the mark of UTF-16."""


def as_utf8(content: bytes) -> bytes | None:
    """Return *content* in UTF-8 with lines ended by LF; None if it is binary."""
    head = content[:HEAD_BYTES]
    if not _is_utf8(head):
        # What holds a zero is binary to libmagic, which `reuse` prefers.
        binary = b"\0" in head and not content.startswith(WIDE_MARKS)
        encoding = None if binary else _detected_encoding(head)
        if encoding is None:
            return None
        content = content.decode(encoding, errors="replace").encode(errors="replace")
    if b"\r" in content:
        content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return content


def may_speak(content: bytes) -> bool:
    """Tell whether there is a cue in *content*, which costs less than to read it."""
    return content.startswith(WIDE_MARKS) or any(cue in content for cue in _CUES)


def _is_utf8(head: bytes) -> bool:
    """Tell whether *head* is text in UTF-8, its last character perhaps cut off."""
    try:
        head.decode()
    except UnicodeDecodeError as error:
        if error.end < len(head) or error.reason != "unexpected end of data":
            return False
    return b"\0" not in head


def _detected_encoding(head: bytes) -> str | None:
    """Return the encoding that `reuse` takes a file for; None if it is binary."""
    from reuse import extract

    # Where libmagic is installed it would take that: other answers elsewhere.
    extract.set_encoding_module("charset_normalizer")
    return extract.detect_encoding(head)


def _cue_lines(text: bytes) -> Iterator[tuple[int, str]]:
    """Yield the lines with a cue and their numbers; of long ones, parts."""
    number, counted, done = 1, 0, 0
    for at in merge(*(_places(text, cue) for cue in _PLACES)):
        if at < done:
            continue
        earliest = max(done, at - BEFORE_CUE)
        start = max(earliest, text.rfind(b"\n", earliest, at) + 1)
        end = text.find(b"\n", at, at + AFTER_CUE)
        done = end if end >= 0 else min(at + AFTER_CUE, len(text))
        number += text.count(b"\n", counted, at)
        counted = at
        yield number, text[start:done].decode(errors="replace")


def _places(text: bytes, cue: bytes) -> Iterator[int]:
    at = text.find(cue)
    while at >= 0:
        yield at
        at = text.find(cue, at + len(cue))


def _outside_ignored(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Leave out what stands between the marks of REUSE 3.3 ("ignoring")."""
    ignoring = False
    for number, line in lines:
        kept, rest = "", line
        while rest:
            mark = _IGNORE_END if ignoring else _IGNORE_START
            before, found, rest = rest.partition(mark)
            if not ignoring:
                kept += before
            if found:
                ignoring = not ignoring
        if kept:
            yield number, kept


@lru_cache(maxsize=4_096)  # most files of a project say the same
def _said(line: str) -> tuple[str | None, str | None]:
    """Return the licence expression that *line* states, and its notice."""
    from reuse.exceptions import ReuseError
    from reuse.extract import extract_reuse_info

    line = _BLANKS.sub("  ", line)
    try:
        info = extract_reuse_info(line)
    except ReuseError:
        # A notice whose years it cannot read is a notice all the same.
        return None, _printable(line).strip()
    expression = next(map(str, info.spdx_expressions), None)
    notice = next(map(str, info.copyright_notices), None)
    return expression, None if notice is None else _printable(notice)


def _printable(text: str) -> str:
    """Return *text* without the control characters that binary files have."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " for c in text).strip()
