# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
The commits of one repository, as columns: who (a number), when, after which.

Forty thousand commits take a second to read out of git and a thousandth of that
to read back from columns. So what was read is kept beside the clone, and only
commits that are new since then are read. There is no name and no address in it:
people are told apart by a keyed hash, whose key is in the same file and nowhere
else.
"""

import json
import secrets
import sys
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import compress
from pathlib import Path
from typing import Any, NamedTuple

from ossay.model.digest import Digest
from ossay.model.history import DATED, Commit, Past
from ossay.source.people import Author, people_among

LARGEST_KEPT = 1_000_000_000
"""Bytes; ossay writes about 50 for a commit."""

_FILE = "ossay-commits"
_BOT, _MERGE, _SIGNED, _SIGNED_OFF, _BY_FORGE = 1, 2, 4, 8, 16
_DATED = DATED.timestamp()


@dataclass(frozen=True, slots=True)
class Row:
    """One commit on its way into the columns; *parents* are raw object names."""

    name: bytes
    seconds: int
    author: Author
    is_signed: bool
    is_signed_off: bool
    is_by_forge: bool
    parents: tuple[bytes, ...]


class _ByTime(NamedTuple):
    """Commits in the order of their clocks, which may be wrong."""

    places: list[int]
    seconds: "array[int]"
    written_by: "array[int]"

    def until(self, moment: datetime) -> int:
        """Return how many of them were made by *moment*."""
        return bisect_right(self.seconds, moment.timestamp())


@dataclass(slots=True)
class Commits:
    """
    Commits with all their ancestors, each at a higher place than its parents.

    Attributes:
        width: Bytes of an object name.
        mailmap: The blob by which people were told apart; "" for none.
        heads: Those that all others are ancestors of.
        key: Of the hashes that stand for names and addresses.
    """

    width: int
    mailmap: str
    heads: list[str] = field(default_factory=list)
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    _authors: dict[Author, int] = field(default_factory=dict)
    _names: bytearray = field(default_factory=bytearray)
    _seconds: "array[int]" = field(default_factory=lambda: array("q"))
    _written_by: "array[int]" = field(default_factory=lambda: array("I"))
    _marks: bytearray = field(default_factory=bytearray)
    _parents: "array[int]" = field(default_factory=lambda: array("I"))
    _starts: "array[int]" = field(default_factory=lambda: array("I", [0]))
    _walked: dict[str, Sequence[int]] = field(default_factory=dict)
    _told_apart: dict[str, dict[int, int]] = field(default_factory=dict)
    _in_time: dict[str, _ByTime] = field(default_factory=dict)

    def copy(self) -> "Commits":
        """Return commits of one's own to add to."""
        return replace(
            self,
            _authors=dict(self._authors),
            _names=bytearray(self._names),
            _seconds=array("q", self._seconds),
            _written_by=array("I", self._written_by),
            _marks=bytearray(self._marks),
            _parents=array("I", self._parents),
            _starts=array("I", self._starts),
            _walked={},
            _told_apart={},
            _in_time={},
        )

    def __len__(self) -> int:
        return len(self._marks)

    def holds(self, name: str) -> bool:
        """Tell whether the commit of that full name, and so its past, is here."""
        return self._place(bytes.fromhex(name)) is not None

    def add(self, head: str, rows: Iterable[Row]) -> None:
        """Take in *head* and its ancestors that are not here yet, parents first."""
        new, known = list(rows), len(self._parents)
        places = {row.name: n for n, row in enumerate(new, start=len(self))}
        for row in new:
            self._names += row.name
            self._seconds.append(row.seconds)
            authors = self._authors
            self._written_by.append(authors.setdefault(row.author, len(authors)))
            self._marks.append(
                _BOT * row.author.is_bot
                | _MERGE * (len(row.parents) > 1)
                | _SIGNED * row.is_signed
                | _SIGNED_OFF * row.is_signed_off
                | _BY_FORGE * row.is_by_forge
            )
            for parent in row.parents:
                place = places.get(parent)
                place = self._place(parent) if place is None else place
                if place is not None:  # else history is cut off there
                    self._parents.append(place)
            self._starts.append(len(self._parents))
        # What is new leads to a head that was one before by being its child.
        behind = set(self._parents[known:])
        self.heads = [head, *(h for h in self.heads if self._at(h) not in behind)]

    def behind(self, name: str) -> Iterator[Commit]:
        """Yield the commit of that full name and all its ancestors, itself first."""
        reached = self._reached(name)
        return self._told(reached, name)

    def count(self, name: str) -> int:
        """Return how many those are."""
        return len(self._reached(name))

    def main_line(self, name: str) -> Iterator[str]:
        """Yield the commit of that full name, its first parent, and so on."""
        place = self._at(name)
        yield self._name(place)
        while (start := self._starts[place]) != self._starts[place + 1]:
            place = self._parents[start]
            yield self._name(place)

    def among(self, name: str, others: Iterable[str]) -> frozenset[str]:
        """Return those of *others* that are *name* or an ancestor of it."""
        first = self._at(name)
        found = ((other, self._place(bytes.fromhex(other))) for other in others)
        may_be = {n: other for other, n in found if n is not None and n <= first}
        if not may_be:
            return frozenset()
        return frozenset(may_be[n] for n in self._reached(name) if n in may_be)

    def beyond(self, name: str, base: str) -> Iterator[Commit]:
        """Yield what of a commit and its ancestors is neither *base* nor behind it."""
        if name == base:
            return iter(())
        behind = set(self._reached(base))
        reached = self._reached(name)
        return self._told([n for n in reached if n not in behind], name)

    def since(self, name: str, moment: datetime) -> Iterator[Commit]:
        """Yield those of them that were committed after *moment*."""
        by_time = self._by_time(name)
        later = by_time.places[by_time.until(moment) :]
        return self._told(sorted(later, reverse=True), name)

    def until(self, name: str, moment: datetime) -> Past:
        """Return what those of them come to that were committed by *moment*."""
        by_time, people, authors = self._by_time(name), self._people(name), self._list
        end = by_time.until(moment)
        wrote = set(by_time.written_by[:end])
        return Past(
            first=self._first(by_time, end),
            last=self._last(by_time, end),
            people=frozenset(people[a] for a in wrote if not authors[a].is_bot),
        )

    def _first(self, by_time: _ByTime, end: int) -> tuple[datetime, str] | None:
        """Return when and in which dated commit before the place *end* it began."""
        start = bisect_left(by_time.seconds, _DATED)
        if start >= end:
            return None
        second = by_time.seconds[start]
        of_then = by_time.places[start : bisect_right(by_time.seconds, second, hi=end)]
        return datetime.fromtimestamp(second, UTC), min(map(self._name, of_then))

    def _last(self, by_time: _ByTime, end: int) -> tuple[datetime, str] | None:
        """Return when a person made the last commit before the place *end*."""
        places, seconds, marks = by_time.places, by_time.seconds, self._marks
        while end and marks[places[end - 1]] & _BOT:
            end -= 1
        if not end:
            return None
        second = seconds[end - 1]
        of_then = places[bisect_left(seconds, second, hi=end) : end]
        by_people = (self._name(n) for n in of_then if not marks[n] & _BOT)
        return datetime.fromtimestamp(second, UTC), max(by_people)

    def _by_time(self, name: str) -> _ByTime:
        """Return a commit and its ancestors in the order of their clocks."""
        if name not in self._in_time:
            seconds, written_by = self._seconds, self._written_by
            places = sorted(self._reached(name), key=seconds.__getitem__)
            self._in_time[name] = _ByTime(
                places,
                array("q", map(seconds.__getitem__, places)),
                array("I", map(written_by.__getitem__, places)),
            )
        return self._in_time[name]

    @property
    def _list(self) -> list[Author]:
        """The authors, each at its number."""
        return list(self._authors)

    def _told(self, places: Sequence[int], name: str) -> Iterator[Commit]:
        """Yield the commits at *places*, their authors told apart as for *name*."""
        people, authors = self._people(name), self._list
        for place in places:
            mark, author = self._marks[place], self._written_by[place]
            yield Commit(
                name=self._name(place),
                committed_at=datetime.fromtimestamp(self._seconds[place], UTC),
                author=people[author],
                organisation=authors[author].organisation,
                is_bot=mark & _BOT != 0,
                is_merge=mark & _MERGE != 0,
                is_signed=mark & _SIGNED != 0,
                is_signed_off=mark & _SIGNED_OFF != 0,
                is_by_forge=mark & _BY_FORGE != 0,
            )

    def _people(self, name: str) -> dict[int, int]:
        """
        Return the number of a person for each author of a commit and its ancestors.

        Later commits may show two of them to be one; what is told of a state does
        not depend on what was read after it.
        """
        if name not in self._told_apart:
            reached = self._reached(name)
            here = set(map(self._written_by.__getitem__, reached))
            among = {n: a for a, n in self._authors.items() if n in here}
            self._told_apart[name] = people_among(among)
        return self._told_apart[name]

    def _name(self, place: int) -> str:
        at = place * self.width
        return self._names[at : at + self.width].hex()

    def _reached(self, name: str) -> Sequence[int]:
        """Return the places of a commit and its ancestors, highest first."""
        if name not in self._walked:
            first = self._at(name)
            all_of_them = range(first, -1, -1)
            self._walked[name] = (
                all_of_them
                if self.heads == [name]
                else [*compress(all_of_them, reversed(self._marked(first)))]
            )
        return self._walked[name]

    def _marked(self, first: int) -> bytearray:
        """Return a mark for each place up to *first*: whether it is an ancestor's."""
        parents, starts = self._parents, self._starts
        seen = bytearray(len(self))  # names may lie about what they name
        to_walk = [first]
        while to_walk:
            place = to_walk.pop()
            while not seen[place]:
                seen[place] = 1
                start, end = starts[place], starts[place + 1]
                if end - start != 1:
                    to_walk += parents[start:end]
                    break
                place = parents[start]
        return seen[: first + 1]

    def _at(self, name: str) -> int:
        place = self._place(bytes.fromhex(name))
        if place is None:
            raise KeyError(name)
        return place

    def _place(self, name: bytes) -> int | None:
        at = self._names.find(name)
        while at >= 0 and at % self.width:  # it began in the middle of another
            at = self._names.find(name, at + 1)
        return at // self.width if at >= 0 else None


class _Held(NamedTuple):
    """What this process read last, and the state of the file that it stands for."""

    of: tuple[object, ...]
    commits: Commits


_held: _Held | None = None


def load(folder: Path, code: Digest, mailmap: str) -> Commits | None:
    """
    Return what was kept in *folder*, if this code wrote it by that mailmap.

    What is damaged, or was written by another code, is as good as not there.
    It is for several readers: who adds to it takes a copy.
    """
    global _held
    state = _state(folder, code, mailmap)
    held = _held
    if held is not None and held.of == state:
        return held.commits
    found = _loaded(folder, code, mailmap)
    if found is not None and state is not None:
        _held = _Held(state, found)
    return found


def hold(folder: Path, code: Digest, commits: Commits) -> None:
    """Let what was just written to *folder* be had without reading it again."""
    global _held
    if (state := _state(folder, code, commits.mailmap)) is not None:
        _held = _Held(state, commits)


def _state(folder: Path, code: Digest, mailmap: str) -> tuple[object, ...] | None:
    try:
        at = path_in(folder).stat()
    except OSError:
        return None
    return (folder, code, mailmap, at.st_ino, at.st_mtime_ns, at.st_size)


def _loaded(folder: Path, code: Digest, mailmap: str) -> Commits | None:
    try:
        with path_in(folder).open("rb") as file:
            content = file.read(LARGEST_KEPT)
        head, _, body = content.partition(b"\n")
        about = json.loads(head)
        if [about["code"], about["mailmap"]] != [code, mailmap]:
            return None
        return _read(about, _columns(about, body))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _read(about: Mapping[str, Any], columns: Mapping[str, bytes]) -> Commits:
    return Commits(
        width=about["width"],
        mailmap=about["mailmap"],
        heads=about["heads"],
        key=bytes.fromhex(about["key"]),
        _authors={_author(a): n for n, a in enumerate(about["authors"])},
        _names=bytearray(columns["names"]),
        _seconds=array("q", columns["seconds"]),
        _written_by=array("I", columns["written_by"]),
        _marks=bytearray(columns["marks"]),
        _parents=array("I", columns["parents"]),
        _starts=array("I", columns["starts"]),
    )


def content_of(commits: Commits, code: Digest) -> bytes:
    """Return *commits* as the bytes that `load` reads."""
    columns = {
        "names": bytes(commits._names),
        "seconds": commits._seconds.tobytes(),
        "written_by": commits._written_by.tobytes(),
        "marks": bytes(commits._marks),
        "parents": commits._parents.tobytes(),
        "starts": commits._starts.tobytes(),
    }
    body = b"".join(columns.values())
    about = {
        "code": code,
        "machine": _MACHINE,
        "width": commits.width,
        "mailmap": commits.mailmap,
        "heads": commits.heads,
        "key": commits.key.hex(),
        "authors": [
            [a.address.hex(), a.name.hex(), a.organisation, a.is_bot]
            for a in commits._authors
        ],
        "columns": [[name, len(column)] for name, column in columns.items()],
        "crc": zlib.crc32(body),
    }
    return json.dumps(about).encode() + b"\n" + body


def path_in(folder: Path) -> Path:
    """Return where the commits of the clone at *folder* are kept."""
    return folder / _FILE


_MACHINE = f"{sys.byteorder} {array('I').itemsize} {array('q').itemsize}"
"""Columns are kept as this machine has them."""


def _author(kept: list[Any]) -> Author:
    address, name, organisation, is_bot = kept
    return Author(bytes.fromhex(address), bytes.fromhex(name), organisation, is_bot)


def _columns(about: Mapping[str, Any], body: bytes) -> dict[str, bytes]:
    if about["machine"] != _MACHINE or about["crc"] != zlib.crc32(body):
        raise ValueError(about["machine"])
    found: dict[str, bytes] = {}
    at = 0
    for name, size in about["columns"]:
        found[name] = body[at : at + size]
        at += size
    return found
