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
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import compress
from pathlib import Path
from typing import Any

from ossay.model.digest import Digest
from ossay.model.history import DATED, Commit, Past

LARGEST_KEPT = 1_000_000_000
"""Bytes; ossay writes about 50 for a commit."""

_FILE = "ossay-commits"
_BOT, _MERGE, _SIGNED = 1, 2, 4
_DATED = DATED.timestamp()


@dataclass(frozen=True, slots=True)
class Row:
    """One commit on its way into the columns; *parents* are raw object names."""

    name: bytes
    seconds: int
    person: int
    organisation: str
    is_bot: bool
    is_signed: bool
    parents: tuple[bytes, ...]


@dataclass(slots=True)
class Commits:
    """
    Commits with all their ancestors.

    Attributes:
        width: Bytes of an object name.
        mailmap: The blob by which people were told apart; "" for none.
        heads: Those that all others are ancestors of.
        key: Of the hash that stands for a person.
        people: The hash of each person; the place is the person's number.
    """

    width: int
    mailmap: str
    heads: list[str] = field(default_factory=list)
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    people: dict[bytes, int] = field(default_factory=dict)
    _organisations: dict[str, int] = field(default_factory=dict)
    _employer_names: list[str] = field(default_factory=list)
    _names: bytearray = field(default_factory=bytearray)
    _seconds: "array[int]" = field(default_factory=lambda: array("q"))
    _authors: "array[int]" = field(default_factory=lambda: array("I"))
    _employers: "array[int]" = field(default_factory=lambda: array("I"))
    _marks: bytearray = field(default_factory=bytearray)
    _parents: "array[int]" = field(default_factory=lambda: array("I"))
    _starts: "array[int]" = field(default_factory=lambda: array("I", [0]))

    def __len__(self) -> int:
        return len(self._marks)

    def holds(self, name: str) -> bool:
        """Tell whether the commit of that full name, and so its past, is here."""
        return self._place(bytes.fromhex(name)) is not None

    def add(self, head: str, rows: Iterable[Row]) -> None:
        """Take in *head* and those of its ancestors that are not here yet."""
        new = list(rows)
        places = {row.name: n for n, row in enumerate(new, start=len(self))}
        for row in new:
            self._names += row.name
            self._seconds.append(row.seconds)
            self._authors.append(row.person)
            self._employers.append(self._employer(row.organisation))
            self._marks.append(
                _BOT * row.is_bot
                | _MERGE * (len(row.parents) > 1)
                | _SIGNED * row.is_signed
            )
            for parent in row.parents:
                place = places.get(parent)
                place = self._place(parent) if place is None else place
                if place is not None:  # else history is cut off there
                    self._parents.append(place)
            self._starts.append(len(self._parents))
        behind = self._marked(self._at(head))
        self.heads = [head, *(h for h in self.heads if not behind[self._at(h)])]

    def _employer(self, name: str) -> int:
        if name not in self._organisations:
            self._organisations[name] = len(self._employer_names)
            self._employer_names.append(name)
        return self._organisations[name]

    def behind(self, name: str) -> Iterator[Commit]:
        """Yield the commit of that full name and all its ancestors, itself first."""
        return map(self._commit, self._reached(name))

    def since(self, name: str, moment: datetime) -> Iterator[Commit]:
        """Yield those of them that were committed after *moment*."""
        limit = moment.timestamp()
        seconds = self._seconds
        return map(self._commit, (n for n in self._reached(name) if seconds[n] > limit))

    def until(self, name: str, moment: datetime) -> Past:
        """Return what those of them come to that were committed by *moment*."""
        limit = moment.timestamp()
        seconds, marks, authors = self._seconds, self._marks, self._authors
        old = [n for n in self._reached(name) if seconds[n] <= limit]
        dated = [n for n in old if seconds[n] >= _DATED]
        by_people = [n for n in old if not marks[n] & _BOT]
        return Past(
            first=self._end_of(dated, min),
            last=self._end_of(by_people, max),
            people=frozenset(authors[n] for n in by_people),
        )

    def _end_of(
        self, places: list[int], end: Callable[[Iterable[Any]], Any]
    ) -> tuple[datetime, str] | None:
        """Return the earliest or latest of the commits at *places*, by *end*."""
        if not places:
            return None
        second = end(map(self._seconds.__getitem__, places))
        at_it = (n for n in places if self._seconds[n] == second)
        return datetime.fromtimestamp(second, UTC), end(map(self._name, at_it))

    def _commit(self, place: int) -> Commit:
        mark = self._marks[place]
        return Commit(
            name=self._name(place),
            committed_at=datetime.fromtimestamp(self._seconds[place], UTC),
            author=self._authors[place],
            organisation=self._employer_names[self._employers[place]],
            is_bot=mark & _BOT != 0,
            is_merge=mark & _MERGE != 0,
            is_signed=mark & _SIGNED != 0,
        )

    def _name(self, place: int) -> str:
        at = place * self.width
        return self._names[at : at + self.width].hex()

    def _reached(self, name: str) -> list[int]:
        """Return the places of a commit and its ancestors, those added last first."""
        first = self._at(name)
        seen = self._marked(first)
        seen[first] = 0
        added_last_first = range(len(seen) - 1, -1, -1)
        return [first, *compress(added_last_first, reversed(seen))]

    def _marked(self, first: int) -> bytearray:
        """Return a mark for each place, set for *first* and its ancestors."""
        parents, starts = self._parents, self._starts
        seen = bytearray(len(self))
        seen[first] = 1
        left = [first]
        while left:
            place = left.pop()
            for parent in parents[starts[place] : starts[place + 1]]:
                if not seen[parent]:
                    seen[parent] = 1
                    left.append(parent)
        return seen

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


def load(folder: Path, code: Digest, mailmap: str) -> Commits | None:
    """
    Return what was kept in *folder*, if this code wrote it by that mailmap.

    What is damaged, or was written by another code, is as good as not there.
    """
    try:
        with (folder / _FILE).open("rb") as file:
            content = file.read(LARGEST_KEPT)
        head, _, body = content.partition(b"\n")
        about = json.loads(head)
        columns = _columns(about, body)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if [about["code"], about["mailmap"]] != [code, mailmap]:
        return None
    return Commits(
        width=about["width"],
        mailmap=mailmap,
        heads=about["heads"],
        key=bytes.fromhex(about["key"]),
        people={bytes.fromhex(p): n for n, p in enumerate(about["people"])},
        _organisations={name: n for n, name in enumerate(about["organisations"])},
        _employer_names=about["organisations"],
        _names=bytearray(columns["names"]),
        _seconds=array("q", columns["seconds"]),
        _authors=array("I", columns["authors"]),
        _employers=array("I", columns["employers"]),
        _marks=bytearray(columns["marks"]),
        _parents=array("I", columns["parents"]),
        _starts=array("I", columns["starts"]),
    )


def content_of(commits: Commits, code: Digest) -> bytes:
    """Return *commits* as the bytes that `load` reads."""
    columns = {
        "names": bytes(commits._names),
        "seconds": commits._seconds.tobytes(),
        "authors": commits._authors.tobytes(),
        "employers": commits._employers.tobytes(),
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
        "people": [person.hex() for person in commits.people],
        "organisations": commits._employer_names,
        "columns": [[name, len(column)] for name, column in columns.items()],
        "crc": zlib.crc32(body),
    }
    return json.dumps(about).encode() + b"\n" + body


def path_in(folder: Path) -> Path:
    """Return where the commits of the clone at *folder* are kept."""
    return folder / _FILE


_MACHINE = f"{sys.byteorder} {array('I').itemsize} {array('q').itemsize}"
"""Columns are kept as this machine has them."""


def _columns(about: Mapping[str, object], body: bytes) -> dict[str, bytes]:
    if about["machine"] != _MACHINE or about["crc"] != zlib.crc32(body):
        raise ValueError(about["machine"])
    found: dict[str, bytes] = {}
    at = 0
    sizes = about["columns"]
    assert isinstance(sizes, list)  # noqa: S101 - for the type checker
    for name, size in sizes:
        found[name] = body[at : at + size]
        at += size
    return found
