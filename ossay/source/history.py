# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The commits around a snapshot in one pass, their authors made numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ossay.model.errors import OssayError
from ossay.model.history import Commit, History, Tag
from ossay.model.snapshot import Snapshot
from ossay.source.ident import moment_of
from ossay.source.objects import Objects
from ossay.source.people import people_of
from ossay.source.process import Running, start
from ossay.source.repository import Repository
from ossay.source.snapshots import top_file
from ossay.source.tags import read_tags

LARGEST_MAILMAP = 5_000_000
"""Bytes of a .mailmap; a larger one is not applied."""

_LONGEST_RECORD = 10_000_000


class HistoryUnreadable(OssayError):
    """The commits behind a snapshot are not all to be had."""


@dataclass(frozen=True, slots=True)
class _Record:
    """What is taken of a commit as it was stored."""

    name: str
    committer: bytes
    contact: bytes
    parents: int
    is_signed: bool


def history_of(repository: Repository, snapshot: Snapshot) -> History:
    """Return the commits that led to *snapshot*, and the repository's tags."""
    return GitHistory(repository, snapshot)


class GitHistory:
    """A `History` over the commits of a repository; it reads them once."""

    def __init__(self, repository: Repository, snapshot: Snapshot) -> None:
        self._repository = repository
        self._snapshot = snapshot
        self._objects = Objects(repository)

    def is_complete(self) -> bool:
        """Tell whether all commits are there (not a shallow clone)."""
        return not self._repository.shallow

    def commits(self) -> Iterator[Commit]:
        """Every ancestor of the snapshot's commit, itself first."""
        return iter(self._commits)

    def since(self) -> Iterator[Commit] | None:
        """Every commit of the default branch that the snapshot's does not build on."""
        main = self._repository.ref(self._repository.head)
        if main is None:
            return None
        return iter(self._read(main, f"^{self._snapshot.commit}"))

    def tags(self) -> tuple[Tag, ...]:
        """Every tag that leads to a commit, newest first."""
        return self._tags

    @cached_property
    def _tags(self) -> tuple[Tag, ...]:
        return read_tags(self._repository, self._objects)

    @cached_property
    def _commits(self) -> tuple[Commit, ...]:
        return self._read(self._snapshot.commit)

    def _read(self, *revisions: str) -> tuple[Commit, ...]:
        records = list(_records(self._repository, *revisions))
        people = people_of(
            self._repository,
            self._mailmap(),
            tuple(dict.fromkeys(record.contact for record in records)),
        )
        return tuple(
            Commit(
                name=record.name,
                committed_at=moment_of(record.committer),
                author=(person := people.person(record.contact)).number,
                organisation=person.organisation,
                is_bot=person.is_bot,
                is_merge=record.parents > 1,
                is_signed=record.is_signed,
            )
            for record in records
        )

    def _mailmap(self) -> str | None:
        """Return the blob of the snapshot's own .mailmap, if it has one to apply."""
        return top_file(
            self._objects, self._snapshot.tree, b".mailmap", LARGEST_MAILMAP
        )


def _records(repository: Repository, *revisions: str) -> Iterator[_Record]:
    """
    Yield the commits in *revisions*, newest first, headers as they were stored.

    No verification of signatures (``%G?`` starts a program per commit), no
    replaced or grafted commits, no re-encoding. Read in place, ancestors are
    believed as they lie there: only the snapshot's own commit, its folders and
    its files are held against their names.
    """
    git = start(
        *("rev-list", "--header", "--encoding=none", *revisions, "--"),
        folder=repository.folder,
    )
    try:
        git.tell(b"", and_no_more=True)
        yield from (_record(text) for text in _split(git))
        if git.finish() != 0:
            why = bytes(git.complaints).decode(errors="backslashreplace").strip()
            msg = f"cannot read the commits behind {revisions[0]}: {why[-300:]}"
            raise HistoryUnreadable(msg)
    finally:
        git.stop()


def _split(git: Running) -> Iterator[bytes]:
    rest = b""
    for chunk in git.chunks():
        *texts, rest = (rest + chunk).split(b"\0")
        yield from texts
        if len(rest) > _LONGEST_RECORD:
            raise HistoryUnreadable("cannot read the commits: one is far too large")


def _record(text: bytes) -> _Record:
    """Return a commit out of its name and headers; nothing in them need be there."""
    end = text.find(b"\n\n")
    head = text if end < 0 else text[: end + 1]
    author = _value(head, b"\nauthor ")
    return _Record(
        name=text[: text.find(b"\n")].decode(),
        committer=_value(head, b"\ncommitter "),
        contact=author[: author.rfind(b">") + 1],
        parents=head.count(b"\nparent "),
        is_signed=b"\ngpgsig " in head or b"\ngpgsig-sha256 " in head,
    )


def _value(head: bytes, key: bytes) -> bytes:
    at = head.find(key)
    return b"" if at < 0 else head[at + len(key) : head.find(b"\n", at + 1)]
