# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
All the rules that stand word for word in a text, from one sorted list.

ScanCode keeps an Aho-Corasick automaton for this, of 4.5 million nodes and some
400 MB. The sorted list takes 15 MB: the rules that begin at a place in the text are
those that are prefixes of the rest of it, and all of them are prefixes of the rule
that sorts last before that rest. One binary search finds it, links lead to the others.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import numpy as np

BYTES = 2
"""Size of a token in a key."""

SHORT = 64 * BYTES
"""Most searches are settled by so many bytes."""

Segment = tuple[int, int, int]
"""Rule, first and last position in it: what ScanCode's automaton holds."""


def key_of(tokens: Sequence[int]) -> bytes:
    """Return bytes that sort as *tokens* do."""
    return bytes(np.asarray(tokens, dtype=">u2").tobytes())


def prefixes(keys: Sequence[bytes]) -> list[int]:
    """Return, for each of the sorted *keys*, the longest other one it begins with."""
    parents: list[int] = []
    open_keys: list[int] = []
    for position, key in enumerate(keys):
        while open_keys and not key.startswith(keys[open_keys[-1]]):
            open_keys.pop()
        parents.append(open_keys[-1] if open_keys else -1)
        open_keys.append(position)
    return parents


class Sequences:
    """Stands in for the automaton: `iter` yields the same, in the same order."""

    def __init__(
        self, keys: list[bytes], rids: Sequence[int], parents: Sequence[int]
    ) -> None:
        self._keys = keys
        self._parents = parents
        self._segments = [
            [(rid, 0, len(key) // BYTES - 1)]
            for rid, key in zip(rids, keys, strict=True)
        ]
        self._longest = max(map(len, keys))
        self._words = {
            int.from_bytes(key): segment
            for key, segment in zip(keys, self._segments, strict=True)
            if len(key) == BYTES
        }
        starts = {key[: 2 * BYTES] for key in keys if len(key) > BYTES}
        self._starts = np.array(sorted(map(int.from_bytes, starts)), np.uint32)

    def iter(self, tokens: tuple[int, ...]) -> Iterator[tuple[int, list[Segment]]]:
        """Yield (last position, rule) of every rule found, the longest first."""
        found = [
            (at, at, words)
            for at, token in enumerate(tokens)
            if (words := self._words.get(token)) is not None
        ]
        if len(tokens) > 1:
            ids = np.array(tokens, np.uint32)
            pairs = (ids[:-1] << np.uint32(16)) | ids[1:]
            text = key_of(tokens)
            nearest = np.searchsorted(self._starts[:-1], pairs)
            for start in np.flatnonzero(self._starts[nearest] == pairs).tolist():
                found.extend(self._found_at(start, text))
        found.sort(key=lambda hit: hit[:2])
        for end, _start, segment in found:
            yield end, segment

    def _found_at(
        self, start: int, text: bytes
    ) -> Iterator[tuple[int, int, list[Segment]]]:
        keys = self._keys
        begin = start * BYTES
        rest = text[begin : begin + SHORT]
        at = bisect_right(keys, rest) - 1
        if len(rest) == SHORT and keys[min(at + 1, len(keys) - 1)].startswith(rest):
            rest = text[begin : begin + self._longest]
            at = bisect_right(keys, rest) - 1
        while at >= 0:
            key = keys[at]
            if len(key) > BYTES and rest.startswith(key):
                yield start + len(key) // BYTES - 1, start, self._segments[at]
            at = self._parents[at]


class Tokens:
    """Stands in for the list of the rules' tokens; makes each when asked."""

    def __init__(self, keys: list[bytes], place_of: Sequence[int]) -> None:
        self._keys = keys
        self._place_of = place_of

    def __getitem__(self, rid: int) -> "array[int]":
        tokens = array("h")
        tokens.frombytes(self._keys[self._place_of[rid]])
        tokens.byteswap()
        return tokens
