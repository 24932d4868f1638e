# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The database under the register: connections, transactions, and what goes wrong."""

import errno
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ossay.model.errors import OssayError

BUSY_SECONDS = 30.0
"""How long one process waits for another one's transaction."""

_NOT_WRITABLE = {
    "SQLITE_FULL": "no space is left there",
    "SQLITE_IOERR": "writing failed (disk full, file-size limit or failing disk)",
    "SQLITE_READONLY": "it is read-only",
    "SQLITE_CANTOPEN": "its files cannot be opened",
    "SQLITE_PERM": "permission denied",
}

_NOT_READABLE = (
    "SQLITE_CORRUPT",
    "SQLITE_NOTADB",
    "SQLITE_IOERR_READ",
    "SQLITE_IOERR_SHORT_READ",
)


class CannotWrite(OssayError):
    """The register's folder took no more."""

    status = 73


class RegisterBusy(OssayError):
    """Another process kept the register to itself for too long."""

    status = 75
    worth_retrying = True


class NotARegister(OssayError):
    """The file is no register, or is one no longer."""


def cannot_write(place: Path, error: OSError | str) -> CannotWrite:
    """Return the error for a file under *place* that could not be written."""
    why = error if isinstance(error, str) else _why(error)
    return CannotWrite(
        f"cannot write to the register in {str(place)!r}: {why}; what was kept before "
        "is unharmed; make room or permit writing, then run the same command again"
    )


def _why(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return _NOT_WRITABLE["SQLITE_FULL"]
    return (error.strerror or str(error)).lower()


class Database:
    """
    A SQLite file in WAL mode, safe to use from several threads.

    A commit is on the disk when it returns (``synchronous=FULL``). Writing begins
    with ``BEGIN IMMEDIATE``: a transaction that reads first and then asks for the
    write lock fails at once, however long one was willing to wait. Within a
    process writers queue at a lock, because SQLite's own waiting polls.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._one_writer = threading.Lock()
        self._idle: list[sqlite3.Connection] = []

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Offer a connection that sees one state of the register throughout."""
        with self.explained(), self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Offer a transaction: all of it is kept when the block ends, or nothing."""
        begin = "BEGIN IMMEDIATE"
        with self.explained(), self._one_writer, self._transaction(begin) as connection:
            yield connection

    def use_wal(self) -> None:
        """Let readers and a writer work side by side, from now on and for all."""
        with self.explained(), self._connection() as connection:
            connection.execute("PRAGMA journal_mode = WAL")

    def close(self) -> None:
        """Let go of the file."""
        while self._idle:
            self._idle.pop().close()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """Offer a connection that nobody else uses meanwhile."""
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = connect(self.file)
        try:
            yield connection
        finally:
            self._idle.append(connection)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._connection() as connection:
            connection.execute(begin)
            try:
                yield connection
                connection.commit()
            except BaseException:
                connection.rollback()
                raise

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Raise what an error of SQLite means to a person, and others as they are."""
        try:
            yield
        except sqlite3.Error as error:
            raise self._explain(error) from error

    def _explain(self, error: sqlite3.Error) -> Exception:
        """Return what *error* means to a person; itself where it is our mistake."""
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return RegisterBusy(
                f"the register {str(self.file)!r} was locked by another process for "
                f"{BUSY_SECONDS:.0f} s; try again when that one has ended"
            )
        if name.startswith(_NOT_READABLE):
            return NotARegister(
                f"cannot read the register {str(self.file)!r}: {error}; restore it "
                "from a backup, or move it away to begin a new one"
            )
        for start, why in _NOT_WRITABLE.items():
            if name.startswith(start):
                return cannot_write(self.file.parent, why)
        return error


def connect(file: Path) -> sqlite3.Connection:
    """Return a connection on which transactions begin where one says so."""
    connection = sqlite3.connect(
        file, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    return connection
