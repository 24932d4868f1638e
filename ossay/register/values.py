# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Values filed under the digest of what they say.

A digest leaves out clock readings (`ossay.codec.CLOCK_READINGS`); the artefact that
holds the value has them, and is named by the digest of its own bytes. The table
`filings` leads from one to the other. So the same evidence gathered twice has one
digest and one artefact, the first: its clock readings say when this was first seen.
The table has the kind in its key: no answers and no waivers are both ``[]``.
"""

from dataclasses import dataclass
from sqlite3 import Connection
from threading import Lock
from typing import Any, Generic, TypeVar, get_args, get_origin

from ossay.codec import digest_of_bytes, from_json, written
from ossay.model.digest import Digest
from ossay.model.errors import OssayError
from ossay.model.evidence import Evidence
from ossay.model.judgement import Judgement
from ossay.register.artefacts import ArtefactFolder
from ossay.register.columns import packed, unpacked
from ossay.register.database import Database
from ossay.register.rows import scalar

T = TypeVar("T")

_ARTEFACT = "SELECT artefact FROM filings WHERE kind = ? AND digest = ?"

_OF_ANY_KIND = "SELECT artefact FROM filings WHERE digest = ?"

_FILE = (
    "INSERT INTO filings (kind, digest, artefact) VALUES (?, ?, ?) "
    "ON CONFLICT (kind, digest) DO UPDATE SET artefact = excluded.artefact"
)

_KEPT_READY = 8
"""Values kept at hand: one step after the other loads the same."""


_LOADED_NEXT = (Evidence, Judgement)
"""
What the step after the one that filed it loads: it need not be read for that.

They come back from JSON as they were, down to the order of all that is in them.
"""


class _Ready:
    """The values that were asked for last; for several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._values: dict[tuple[Any, Digest], Any] = {}

    def find(self, about: tuple[Any, Digest]) -> Any:
        """Return a value that is at hand, or None."""
        with self._lock:
            if (value := self._values.pop(about, None)) is not None:
                self._values[about] = value  # the last that goes
            return value

    def keep(self, about: tuple[Any, Digest], value: Any) -> None:
        """Have a value at hand, in place of the one that nobody asked for longest."""
        with self._lock:
            self._values.pop(about, None)
            self._values[about] = value
            if len(self._values) > _KEPT_READY:
                del self._values[next(iter(self._values))]


class NotFiled(OssayError):
    """Something was referred to that the register does not hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared(Generic[T]):
    """
    A value whose artefact is on the disk; its row is still to be written.

    Attributes:
        value: As it stands in the register: with the first clock readings.
    """

    kind: str
    digest: Digest
    artefact: Digest
    value: T


class Values:
    """Writes and reads values; the rows that lead to them are beside it."""

    def __init__(self, database: Database, artefacts: ArtefactFolder) -> None:
        self._database = database
        self._artefacts = artefacts
        self._ready = _Ready()

    def prepare(self, value: T, kind: type[T]) -> Prepared[T]:
        """Make *value* durable as an artefact, unless it is filed already."""
        name = name_of(kind)
        digest, content, is_alike = written(value, kind)
        with self._database.reading() as connection:
            kept = self._kept(connection, name, digest)
        if kept is None:
            kept = self._artefacts.put(content)
        elif kept != digest_of_bytes(content):
            value = from_json(kind, self._artefacts.get(kept))
        if is_alike and kind in _LOADED_NEXT:
            self._ready.keep((kind, kept), value)
        return Prepared(kind=name, digest=digest, artefact=kept, value=value)

    def enter(self, connection: Connection, prepared: Prepared[Any]) -> None:
        """Write the row of a value, unless a filing stands."""
        if self._kept(connection, prepared.kind, prepared.digest) is None:
            named = packed(prepared.digest), packed(prepared.artefact)
            connection.execute(_FILE, (prepared.kind, *named))

    def load(self, kind: type[T], digest: Digest) -> T:
        """Return the value that was filed under *digest*."""
        name = name_of(kind)
        with self._database.reading() as connection:
            artefact = _artefact(connection, name, digest)
        if artefact is None:
            msg = f"no {name} is filed under {digest}"
            raise NotFiled(msg)
        value: T | None = self._ready.find((kind, artefact))
        if value is None:
            value = from_json(kind, self._artefacts.get(artefact))
            self._ready.keep((kind, artefact), value)
        return value

    def holds(self, digest: Digest) -> bool:
        """Tell whether *digest* names a value or an artefact that is kept."""
        with self._database.reading() as connection:
            rows = connection.execute(_OF_ANY_KIND, (packed(digest),)).fetchall()
        artefacts = (unpacked(artefact) for (artefact,) in rows)
        return any(map(self._artefacts.has, (*artefacts, digest)))

    def _kept(self, connection: Connection, name: str, digest: Digest) -> Digest | None:
        """Return the artefact of a filing; None if that was lost or never was."""
        artefact = _artefact(connection, name, digest)
        return artefact if artefact and self._artefacts.has(artefact) else None


def name_of(kind: Any) -> str:
    """Return what values of *kind* are called in the register: "Evidence"."""
    if get_origin(kind) is tuple:
        return f"tuple of {name_of(get_args(kind)[0])}"
    if members := get_args(kind):
        return " or ".join(sorted(map(name_of, members)))
    return str(kind.__name__)


def _artefact(connection: Connection, name: str, digest: Digest) -> Digest | None:
    found = scalar(connection, _ARTEFACT, name, packed(digest))
    return None if found is None else unpacked(found)
