# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The commits around a snapshot in one pass, their authors made numbers."""

import re
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property, lru_cache

from ossay.codec import code_digest
from ossay.model.digest import Digest
from ossay.model.errors import OssayError
from ossay.model.history import Commit, History, Past, Tag
from ossay.model.snapshot import Snapshot
from ossay.source import commits, ident, people, words
from ossay.source.commits import Commits, Row
from ossay.source.lock import FolderBusy, locked
from ossay.source.objects import Objects
from ossay.source.process import Running, start
from ossay.source.repository import Repository, write
from ossay.source.snapshots import top_file
from ossay.source.tags import read_tags

LARGEST_MAILMAP = 5_000_000
"""Bytes of a .mailmap; a larger one is not applied."""

_LONGEST_RECORD = 10_000_000
_PARENT = re.compile(rb"^parent ([0-9a-f]{40}(?:[0-9a-f]{24})?)$", re.MULTILINE)

_SIGNED_OFF = b"\n    Signed-off-by: "
"""So `rev-list --header` writes a line of a message."""

_FORGE = b"<noreply@github.com>"
"""Whom GitHub names as committer of what it merges itself; no other forge does."""

MOST_HEADS = 50
"""Commits from which a kept history was read; with more it is read anew."""

_PATIENCE_SECONDS = 5.0


class HistoryUnreadable(OssayError):
    """The commits behind a snapshot are not all to be had."""


@dataclass(frozen=True, slots=True)
class _Record:
    """What is taken of a commit as it was stored."""

    name: bytes
    committer: bytes
    contact: bytes
    parents: tuple[bytes, ...]
    is_signed: bool
    is_signed_off: bool
    is_by_forge: bool


def history_of(repository: Repository, snapshot: Snapshot) -> History:
    """Return the commits that led to *snapshot*, and the repository's tags."""
    return GitHistory(repository, snapshot)


class GitHistory:
    """A `History` over the commits of a repository; it reads each of them once."""

    def __init__(self, repository: Repository, snapshot: Snapshot) -> None:
        self._repository = repository
        self._snapshot = snapshot
        self._objects = Objects(repository)

    def is_complete(self) -> bool:
        """Tell whether all commits are there (not a shallow clone)."""
        return not self._repository.shallow

    def commits(self) -> Iterator[Commit]:
        """Every ancestor of the snapshot's commit, itself first."""
        return self._commits.behind(self._snapshot.commit)

    def count(self) -> int:
        """How many those are."""
        return self._commits.count(self._snapshot.commit)

    def main_line(self) -> Iterator[str]:
        """Yield the name of the snapshot's commit, its first parent's, and so on."""
        return self._commits.main_line(self._snapshot.commit)

    def among(self, names: Iterable[str]) -> frozenset[str]:
        """Those of *names* that are of the snapshot's commit or an ancestor."""
        return self._commits.among(self._snapshot.commit, names)

    def since(self, moment: datetime) -> Iterator[Commit]:
        """Those of them that were committed after *moment*, in no order."""
        return self._commits.since(self._snapshot.commit, moment)

    def until(self, moment: datetime) -> Past:
        """What those come to that were committed by *moment*."""
        return self._commits.until(self._snapshot.commit, moment)

    def after(self) -> Iterator[Commit] | None:
        """Every commit of the default branch that the snapshot's does not build on."""
        main = self._repository.ref(self._repository.head)
        if main is None:
            return None
        self._holding(main)
        return self._commits.beyond(main, self._snapshot.commit)

    def tags(self) -> tuple[Tag, ...]:
        """Every tag that leads to a commit, newest first."""
        return self._tags

    def is_settled(self) -> bool:
        """Tell whether nothing was missing or damaged of what was asked so far."""
        return not self._objects.has_failed

    @cached_property
    def _tags(self) -> tuple[Tag, ...]:
        return read_tags(self._repository, self._objects)

    @property
    def _commits(self) -> Commits:
        return self._holding(self._snapshot.commit)

    def _holding(self, commit: str) -> Commits:
        """Return all that was read of the repository, that commit's past included."""
        known = self._read_before
        if not known.holds(commit):
            known = known.copy()  # others may be reading it
            try:
                self._read(commit, known)
            except HistoryUnreadable:
                # What was read before may be gone, with whoever rewrote history.
                known = self._nothing_read()
                self._read(commit, known)
            self._read_before = known
        return known

    @cached_property
    def _read_before(self) -> Commits:
        if not self._repository.shallow:
            folder, mailmap = self._repository.folder, self._mailmap
            kept = commits.load(folder, _code(), mailmap)
            if kept is not None and len(kept.heads) < MOST_HEADS:
                return kept
        return self._nothing_read()

    def _nothing_read(self) -> Commits:
        width = len(self._snapshot.commit) // 2
        return Commits(width=width, mailmap=self._mailmap)

    def _read(self, head: str, known: Commits) -> None:
        """Add a commit with its past to what is *known*, and keep that."""
        repository = self._repository
        records = list(_records(repository, head, known.heads))
        contacts = dict.fromkeys(record.contact for record in records)
        mapped = people.mapped_by(repository, known.mailmap, contacts)
        authors = people.Authors(mapped, known.key)
        known.add(head, (_row(r, authors) for r in reversed(records)))
        if not repository.shallow:
            self._keep(known)

    def _keep(self, known: Commits) -> None:
        """Write down what was read; without room or leave it is read again."""
        folder = self._repository.folder
        content = commits.content_of(known, _code())
        until = time.monotonic() + _PATIENCE_SECONDS
        with suppress(OSError, FolderBusy), locked(folder, until) as is_there:
            if is_there:
                write(commits.path_in(folder), content)
                commits.hold(folder, _code(), known)

    @cached_property
    def _mailmap(self) -> str:
        """Return the blob of the snapshot's own .mailmap; "" for none to apply."""
        try:
            return _mailmap_in(self._repository, self._snapshot.tree)
        except _MailmapLost:
            self._objects.has_failed = True
            return ""


class _MailmapLost(Exception):
    """A .mailmap is missing or damaged, and may be there the next time."""


@lru_cache(maxsize=4)
def _mailmap_in(repository: Repository, tree: str) -> str:
    """Return the blob of the .mailmap in a folder; several collectors ask for it."""
    objects = Objects(repository)
    try:
        found = top_file(objects, tree, b".mailmap", LARGEST_MAILMAP)
    finally:
        objects.close()
    if objects.has_failed:
        raise _MailmapLost
    return found or ""


@cache
def _code() -> Digest:
    """Return the digest of all that decides what is written down of a commit."""
    return code_digest([commits, ident, people, words], ["idna"])


def _row(record: _Record, authors: people.Authors) -> Row:
    return Row(
        name=record.name,
        seconds=ident.seconds_of(record.committer),
        author=authors.author(record.contact),
        is_signed=record.is_signed,
        is_signed_off=record.is_signed_off,
        is_by_forge=record.is_by_forge,
        parents=record.parents,
    )


def _records(
    repository: Repository, commit: str, known: list[str]
) -> Iterator[_Record]:
    """
    Yield the commits from *commit* on, headers as they were stored.

    None comes before all that build on it.
    Those that one of *known* leads to are left out.

    No verification of signatures (``%G?`` starts a program per commit), no
    replaced or grafted commits, no re-encoding. Read in place, ancestors are
    believed as they lie there: only the snapshot's own commit, its folders and
    its files are held against their names.
    """
    git = start(
        *("rev-list", "--header", "--topo-order", "--encoding=none", "--stdin"),
        folder=repository.folder,
    )
    try:
        asked = [commit, *(f"^{name}" for name in known)]
        git.tell("\n".join([*asked, ""]).encode(), and_no_more=True)
        yield from (_record(text) for text in _split(git))
        if git.finish() != 0:
            why = bytes(git.complaints).decode(errors="backslashreplace").strip()
            msg = f"cannot read the commits behind {commit}: {why[-300:]}"
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
    committer = _value(head, b"\ncommitter ")
    return _Record(
        name=bytes.fromhex(text[: text.find(b"\n")].decode()),
        committer=committer,
        contact=author[: author.rfind(b">") + 1],
        parents=tuple(bytes.fromhex(name.decode()) for name in _PARENT.findall(head)),
        is_signed=b"\ngpgsig " in head or b"\ngpgsig-sha256 " in head,
        is_signed_off=text.find(_SIGNED_OFF, len(head)) > 0,
        is_by_forge=_FORGE in committer,
    )


def _value(head: bytes, key: bytes) -> bytes:
    at = head.find(key)
    return b"" if at < 0 else head[at + len(key) : head.find(b"\n", at + 1)]
