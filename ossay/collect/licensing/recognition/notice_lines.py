# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The lines of a file that may name copyright holders, cut out around the cues."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ossay.collect.licensing.recognition.fragments import CueLines, lines_with
from ossay.collect.licensing.recognition.wording import Wording, is_blank

LONGEST_NOTICE = 600
"""Bytes of a line."""

FOLLOWING = 2
_MOST_IN_GROUP = 200


def groups(content: bytes, cue_ends: Sequence[int]) -> Iterator[Wording]:
    """
    Yield the lines that may name a copyright holder, each with the two below it.

    A list of names goes on where one of those has a link, as it does for ScanCode.
    They are given to a recogniser as they stand, for it knows comments itself; what
    goes beyond `LONGEST_NOTICE` bytes of a line is cut off around its cue.
    """
    lines = lines_with(content, cue_ends)
    at = 0
    while at < len(lines.starts):
        group, at = _group(lines, at)
        yield group


def _group(lines: CueLines, at: int) -> tuple[Wording, int]:
    taken: list[tuple[int, str]] = []
    wanted = 0
    start, number = lines.starts[at], lines.numbers[at]
    while len(taken) < _MOST_IN_GROUP:
        if at < len(lines.starts) and lines.starts[at] == start:
            end = lines.ends[at]
            shift = 0
            if end - start > LONGEST_NOTICE:
                shift = max(0, lines.cues[at][0] - start - LONGEST_NOTICE // 2)
            wanted = FOLLOWING
            at += 1
        else:
            if not wanted:
                break
            wanted -= 1
            shift = 0
            end = lines.content.find(b"\n", start)
            end = len(lines.content) if end < 0 else end
        cut = lines.content[start + shift : min(end, start + shift + LONGEST_NOTICE)]
        if wanted < FOLLOWING and _goes_on(cut.lower()) and not is_blank(taken[-1][1]):
            wanted = FOLLOWING
        taken.append((number, cut.decode(errors="ignore").strip()))
        start, number = end + 1, number + 1
        if start > len(lines.content):
            break
    else:
        at = max(at, bisect_left(lines.starts, start))
    return (
        Wording(
            text="\n".join(text for _, text in taken),
            lines=tuple(n for n, _ in taken),
        ),
        at,
    )


def _goes_on(line: bytes) -> bool:
    """Tell whether a list of holders goes on in *line*, by a link to one of them."""
    return b"http" in line and b"licen" not in line
