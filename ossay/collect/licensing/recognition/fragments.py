# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
The passages of a file that may speak of a licence, cut out around the cues.

A passage is the paragraph that a cue stands in, be it in a comment or in prose, and
the next one too if that has a cue. Code is left out: the same notice is then the same
passage in a thousand files, and is asked about once. Of long lines, only what is
around the cues is taken.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ossay.collect.licensing.recognition.wording import (
    Line,
    Wording,
    begins_comment,
    belongs,
    ends_comment,
    is_code,
    mark_of,
    wording,
)

LONGEST_LINE = 1_500
"""Bytes; of longer lines, windows are taken."""

WINDOW = 350
"""Bytes on either side of a cue in a long line."""

MOST_FRAGMENTS = 200
MOST_BYTES = 1_000_000
"""What one file may have read: of a collection of licences, as much as is of use."""

LARGEST_FRAGMENT = 60_000
"""Bytes; the longest licences have half of that."""

FARTHEST = 24
"""Lines of a paragraph, from the nearest cue, that still belong to it."""

NEAR = 8
"""Lines; paragraphs with no more and no code between them are one passage."""

WHOLE_SHARE = 0.25
"""A file with cues on so many of its lines is read as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """
    A passage with cues.

    Attributes:
        cue_lines: The lines in it that hold a cue of a licence.
        is_whole: Whether it is all that the file says.
        is_cut: Whether a line of it, or of one before, has more cues than it holds.
    """

    wording: Wording
    cue_lines: tuple[int, ...]
    is_whole: bool = False
    is_cut: bool = False


@dataclass(slots=True)
class CueLines:
    """
    The lines of *content* between two offsets, and what is remembered of them.

    Attributes:
        starts, ends: Offsets of the lines that hold a cue.
        numbers: Their numbers.
        cues: Of each, where its cues end.
        is_cut: Whether a line has more cues than are taken of it.
    """

    content: bytes
    starts: list[int]
    ends: list[int]
    numbers: list[int]
    cues: list[list[int]]
    is_cut: bool = False


def passages(content: bytes, cue_ends: Sequence[int]) -> Iterator[Passage]:
    """
    Yield the passages of *content* (UTF-8, lines ended by LF) around its cues.

    No more than `MOST_FRAGMENTS` of them with `MOST_BYTES` are of use to anyone;
    the caller stops there, and says so.
    """
    if not cue_ends:
        return
    total = content.count(b"\n") + 1 - content.count(b"\n\n")
    is_small = len(content) <= LARGEST_FRAGMENT
    floor = 0
    may_be_whole = is_small and len(cue_ends) > WHOLE_SHARE * total
    head = None if may_be_whole else heads.known(content, cue_ends)
    if head is not None:
        yield head.passage
        floor, cue_ends = head.floor, cue_ends[len(head.cue_ends) :]
    lines = lines_with(content, cue_ends)
    is_dense = may_be_whole and len(lines.starts) > WHOLE_SHARE * total
    if is_dense and max(map(int.__sub__, lines.ends, lines.starts)) <= LONGEST_LINE:
        yield whole(content, lines.numbers)
        return
    first = 0
    while first < len(lines.starts):
        passage, after, last = _passage(lines, first, floor)
        if not floor and not may_be_whole and not passage.is_cut:
            heads.keep(content, cue_ends, _head(lines, passage, after, last))
        first, floor = after, lines.ends[after - 1] + 1
        yield passage


@dataclass(frozen=True, slots=True)
class _Head:
    """
    The first passage of a file, and all that it depends on.

    Attributes:
        region: The beginning of the file, up to the line after the passage.
        cue_ends: Where the cues in *region* end.
        floor: Where the line of the last of them ends, and what is left begins.
    """

    region: bytes
    cue_ends: tuple[int, ...]
    floor: int
    passage: Passage

    def is_of(self, content: bytes, cue_ends: Sequence[int]) -> bool:
        """Tell whether *content* begins with this passage, which ends there, too."""
        known = len(self.cue_ends)
        if not content.startswith(self.region) or (
            tuple(cue_ends[:known]) != self.cue_ends
        ):
            return False
        if known == len(cue_ends):
            return True
        following = cue_ends[known]
        lines = content.count(b"\n", self.floor - 1, following - 1)
        return following > len(self.region) and lines > NEAR + 1


class Heads:
    """
    First passages that were cut before: most files of a project begin alike.

    What is known is what would be cut again, byte for byte: it saves time, and
    changes no answer.
    """

    def __init__(self) -> None:
        self._known: dict[bytes, tuple[_Head, ...]] = {}

    def known(self, content: bytes, cue_ends: Sequence[int]) -> _Head | None:
        """Return the head that *content* begins with."""
        for head in self._known.get(content[:_BEGINNING], ()):
            if head.is_of(content, cue_ends):
                return head
        return None

    def keep(self, content: bytes, cue_ends: Sequence[int], head: _Head | None) -> None:
        """Remember *head*, if it is one that others may have."""
        if head is None or not head.is_of(content, cue_ends):
            return
        if len(self._known) >= _MOST_BEGINNINGS:
            self._known.clear()
        alike = self._known.get(content[:_BEGINNING], ())
        self._known[content[:_BEGINNING]] = (head, *alike[: _MOST_ALIKE - 1])

    def forget(self) -> None:
        """Begin anew."""
        self._known.clear()


heads = Heads()
_BEGINNING, _MOST_BEGINNINGS, _MOST_ALIKE = 48, 256, 8
_LARGEST_HEAD = 20_000


def _head(lines: CueLines, passage: Passage, after: int, last: int) -> _Head | None:
    """Return *passage*, which ends before cue line *after*, as the head of a file."""
    end = lines.ends[after - 1]
    for _ in range(lines.numbers[after - 1], last + 1):
        end = lines.content.find(b"\n", end + 1, end + 1 + LONGEST_LINE)
        if end < 0:
            return None
    if end > _LARGEST_HEAD or lines.content[end : end + 1] != b"\n":
        return None
    return _Head(
        region=lines.content[: end + 1],
        cue_ends=tuple(cue for cues in lines.cues[:after] for cue in cues),
        floor=lines.ends[after - 1] + 1,
        passage=passage,
    )


def whole(content: bytes, cue_lines: Sequence[int]) -> Passage:
    """Return all of *content* as one passage; of long lines, their beginning."""
    cues = frozenset(cue_lines)
    text = content.decode(errors="replace").split("\n")
    lines = (
        Line(number, line[:LONGEST_LINE], number in cues)
        for number, line in enumerate(text, 1)
    )
    return Passage(wording=wording(lines), cue_lines=tuple(cue_lines), is_whole=True)


def cue_lines(content: bytes, cue_ends: Sequence[int]) -> tuple[int, ...]:
    """Return the numbers of the lines in which cues end."""
    return tuple(lines_with(content, cue_ends).numbers)


def lines_with(content: bytes, cue_ends: Sequence[int]) -> CueLines:
    """Return the lines in which cues end."""
    lines = CueLines(content, [], [], [], [])
    number, counted, end = 1, 0, -1
    for cue in cue_ends:
        at = cue - 1
        if at < end:
            lines.cues[-1].append(cue)
            continue
        # What is behind the last line with a cue holds none: it is searched once.
        start = content.rfind(b"\n", max(end, 0), at) + 1 or max(end + 1, 0)
        end = content.find(b"\n", at)
        end = len(content) if end < 0 else end
        number += content.count(b"\n", counted, start)
        counted = start
        lines.starts.append(start)
        lines.ends.append(end)
        lines.numbers.append(number)
        lines.cues.append([cue])
    return lines


def _passage(lines: CueLines, first: int, floor: int) -> tuple[Passage, int, int]:
    """
    Return the passage that cue line *first* begins, and the cue line after it.

    What is before the offset *floor* is part of another. The third is the number of
    the last line that was taken, though its wording may leave it out.
    """
    taken = list(_above(lines, first, floor))[::-1]
    cue_numbers: list[int] = []
    size = 0
    at = first
    while True:
        taken.append(_as_line(lines, at))
        cue_numbers.append(lines.numbers[at])
        size += len(taken[-1].text)
        at += 1
        between = _between(lines, at) if size < LARGEST_FRAGMENT else None
        if between is None:
            taken += _below(lines, at - 1)
            break
        taken += between
        size += sum(len(line.text) for line in between)
    passage = Passage(
        wording=wording(taken), cue_lines=tuple(cue_numbers), is_cut=lines.is_cut
    )
    return passage, at, taken[-1].number


def _above(lines: CueLines, at: int, floor: int) -> Iterator[Line]:
    """Yield the lines above cue line *at* that belong to it, the nearest first."""
    start, number = lines.starts[at], lines.numbers[at]
    if lines.ends[at] - start > LONGEST_LINE:
        return
    text = _text(lines, start, lines.ends[at])
    mark = mark_of(text)
    for _ in range(FARTHEST):
        if start <= floor or begins_comment(text):
            return
        end = start - 1
        earliest = max(floor, end - LONGEST_LINE)
        start = lines.content.rfind(b"\n", earliest, end) + 1
        if not start:
            if earliest > floor:  # a long line
                return
            start = floor
        text = _text(lines, start, end)
        if not belongs(text, mark) or ends_comment(text):
            return
        number -= 1
        yield Line(number, text, has_cue=False)


def _below(lines: CueLines, at: int) -> Iterator[Line]:
    """Yield the lines below cue line *at* that belong to it, up to the next cue."""
    start, end = lines.starts[at], lines.ends[at]
    if end - start > LONGEST_LINE:
        return
    ceiling = lines.starts[at + 1] if at + 1 < len(lines.starts) else len(lines.content)
    text = _text(lines, start, end)
    mark = mark_of(text)
    for number in range(lines.numbers[at] + 1, lines.numbers[at] + 1 + FARTHEST):
        start = end + 1
        if start >= ceiling or ends_comment(text):
            return
        end = lines.content.find(b"\n", start, start + LONGEST_LINE)
        if end < 0:
            end = len(lines.content)
            if end - start > LONGEST_LINE:
                return
        text = _text(lines, start, end)
        if not belongs(text, mark) or begins_comment(text):
            return
        yield Line(number, text, has_cue=False)


def _between(lines: CueLines, at: int) -> list[Line] | None:
    """
    Return the lines between cue line *at* and the one before, if they are near.

    None if they do not belong together: too many lines are between, one of them is
    code, or there is no cue line *at*.
    """
    if at == len(lines.starts):
        return None
    number, start = lines.numbers[at - 1] + 1, lines.ends[at - 1] + 1
    if (
        lines.numbers[at] - number > NEAR
        or max(lines.ends[at] - lines.starts[at], start - 1 - lines.starts[at - 1])
        > LONGEST_LINE
    ):
        return None
    between = _text(lines, start, max(start, lines.starts[at] - 1)).split("\n")
    if lines.numbers[at] == number:
        return []
    if any(len(text) > LONGEST_LINE or is_code(text) for text in between):
        return None
    return [Line(number + n, text, has_cue=False) for n, text in enumerate(between)]


def _as_line(lines: CueLines, at: int) -> Line:
    start, end = lines.starts[at], lines.ends[at]
    if end - start <= LONGEST_LINE:
        return Line(lines.numbers[at], _text(lines, start, end), has_cue=True)
    parts = [lines.content[a:b].decode(errors="ignore") for a, b in _windows(lines, at)]
    return Line(lines.numbers[at], " … ".join(parts), has_cue=True)


def _windows(lines: CueLines, at: int) -> list[tuple[int, int]]:
    """Return where in a long line its cues are, with what is about them."""
    found: list[tuple[int, int]] = []
    room = LARGEST_FRAGMENT
    for cue in lines.cues[at]:
        start = max(lines.starts[at], cue - WINDOW)
        end = min(lines.ends[at], cue + WINDOW)
        if found and start <= found[-1][1]:
            start, last = found.pop()
            room += last - start
        room -= end - start
        found.append((start, end))
        if room < 0:
            lines.is_cut = True
            break
    return found


def _text(lines: CueLines, start: int, end: int) -> str:
    return lines.content[start:end].decode(errors="replace")
