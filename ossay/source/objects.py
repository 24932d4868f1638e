# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Objects out of git's database, as fast as `git cat-file --batch` gives them."""

import hashlib
import threading
import weakref
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ossay.model.errors import OssayError
from ossay.model.tree import Unreadable
from ossay.source.process import Running, start
from ossay.source.refs import OID
from ossay.source.repository import Repository

LARGEST_NOTE = 5_000_000
"""Bytes of a commit, tag or tree; larger ones are taken for an attack."""

_FEW, _FEW_BYTES = 32, 5_000_000
"""So many objects, of at most so many bytes, are held in memory together."""

_DEEPEST_TAG = 10
_MOST_DAMAGE = 1_000
"""Objects that may end git in the middle before the rest is given up."""


class ObjectUnreadable(OssayError):
    """An object that is needed is missing, damaged or of the wrong kind."""


@dataclass(frozen=True, slots=True)
class GitObject:
    """An object: its kind (blob, tree, commit, tag) and its content."""

    kind: str
    content: bytes


class Objects:
    """
    The objects of one repository.

    `one`, and `many` about a few, ask a process that is kept: to start one takes as
    long as to read hundreds. `many` starts one of its own for a long list.
    Where objects were never checked (`Repository.in_place`), each is held
    against its name: a stranger's database can keep one thing under the name
    of another, and results are remembered by name.

    Attributes:
        has_failed: Whether an object was missing or damaged. A disk recovers and a
            partial clone is completed, so the same question may find more later.
    """

    def __init__(self, repository: Repository) -> None:
        self.has_failed = False
        self._repository = repository
        self._checked = repository.in_place
        self._lock = threading.Lock()
        self._git: Running | None = None

    def one(self, oid: str, at_most: int = LARGEST_NOTE) -> GitObject | Unreadable:
        """Return the object *oid*, unless it is missing, damaged or too large."""
        [found] = self._few([oid], at_most)
        return found

    def _few(self, oids: list[str], at_most: int) -> list[GitObject | Unreadable]:
        """Return what there is of *oids*, up to the first that git ends at."""
        brought = []
        with self._lock:
            git, self._git = self._git or self._begin(), None
            git.tell("".join(f"{oid}\n" for oid in oids).encode())
            for oid in oids:
                found, has_ended = self._next(git, oid, at_most)
                brought.append(found)
                if has_ended:
                    git.stop()
                    return brought
            self._git = git
        return brought

    def _begin(self) -> Running:
        git = start("cat-file", "--batch", folder=self._repository.folder)
        weakref.finalize(self, git.stop)
        return git

    def many(
        self, oids: Iterable[str], at_most: int = LARGEST_NOTE
    ) -> Iterator[tuple[str, GitObject | Unreadable]]:
        """Yield every object asked for, in that order, as git brings them."""
        left = list(oids)
        for _ in range(_MOST_DAMAGE):
            if not left:
                return
            done = 0
            for oid, found in self._stretch(left, at_most):
                done += 1
                yield oid, found
            left = left[done:]
        for oid in left:
            yield oid, self._lost("too much of the repository is damaged")

    def _stretch(
        self, oids: list[str], at_most: int
    ) -> Iterator[tuple[str, GitObject | Unreadable]]:
        """Yield objects until all are there or git ends at one it cannot bring."""
        if len(oids) <= _FEW and at_most <= _FEW_BYTES:
            yield from zip(oids, self._few(oids, at_most), strict=False)
            return
        git = start("cat-file", "--batch", "--buffer", folder=self._repository.folder)
        try:
            git.tell("".join(f"{oid}\n" for oid in oids).encode(), and_no_more=True)
            for oid in oids:
                found, has_ended = self._next(git, oid, at_most)
                yield oid, found
                if has_ended:
                    return
        finally:
            git.stop()

    def _next(
        self, git: Running, oid: str, at_most: int
    ) -> tuple[GitObject | Unreadable, bool]:
        """Return what git says next, and whether it can say no more after it."""
        words = git.line().split(b" ")
        if words[-1] == b"missing":
            return self._lost("it is missing from the repository"), False
        if len(words) != 3 or words[0] != oid.encode():
            return self._lost("its content is damaged"), True
        size = int(words[2])
        if size > at_most:
            return Unreadable(why=f"it has {size} bytes, more than {at_most}"), True
        content = git.exactly(size + 1)
        if len(content) != size + 1:
            return self._lost("its content is damaged"), True
        return self._held_against_name(oid, words[1], content[:-1]), False

    def _held_against_name(
        self, oid: str, kind: bytes, content: bytes
    ) -> GitObject | Unreadable:
        if self._checked and object_name(kind, content, len(oid)) != oid:
            return self._lost("its content does not belong to its name")
        return GitObject(kind.decode(), content)

    def _lost(self, why: str) -> Unreadable:
        self.has_failed = True
        return Unreadable(why=why)

    def commit_of(self, oid: str) -> str:
        """Return the commit that *oid* leads to, through tags of tags."""
        for _ in range(_DEEPEST_TAG):
            found = self.one(oid)
            if isinstance(found, Unreadable):
                raise ObjectUnreadable(f"cannot read object {oid}: {found.why}")
            if found.kind == "commit":
                return oid
            if found.kind != "tag":
                raise ObjectUnreadable(f"{oid} leads to a {found.kind}, not a commit")
            oid = name_in(found.content, b"object")
        raise ObjectUnreadable(f"{oid} is a tag of a tag of a tag, and so on")

    def commit_named(self, abbreviation: str) -> str:
        """Return the one commit whose name begins so, or raise."""
        git = start("cat-file", "--batch-check", folder=self._repository.folder)
        try:
            git.tell(f"{abbreviation}^{{commit}}\n".encode(), and_no_more=True)
            words = git.line().split(b" ")
        finally:
            git.stop()
        if words[-1] == b"ambiguous":
            raise ObjectUnreadable(f"more than one commit begins with {abbreviation}")
        if len(words) != 3:
            raise ObjectUnreadable(f"no commit begins with {abbreviation}")
        return words[0].decode()

    def close(self) -> None:
        """End the process that was kept."""
        with self._lock:
            if self._git is not None:
                self._git.stop()
                self._git = None


def object_name(kind: bytes, content: bytes, digits: int) -> str:
    """Return the name git gives to *content* (SHA-1 or SHA-256 by its *digits*)."""
    made = hashlib.sha256 if digits == 64 else hashlib.sha1
    name = made(usedforsecurity=False)
    name.update(b"%s %d\0" % (kind, len(content)))
    name.update(content)
    return name.hexdigest()


def header(content: bytes, key: bytes) -> bytes:
    """Return what a commit or tag says under *key*, or b""."""
    head = content.partition(b"\n\n")[0]
    for line in head.split(b"\n"):
        name, _, value = line.partition(b" ")
        if name == key:
            return value
    return b""


def name_in(content: bytes, key: bytes) -> str:
    """Return the object name under *key*, or "": what git is asked for is checked."""
    value = header(content, key)
    return value.decode() if OID.fullmatch(value) else ""


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """One line of a folder, as stored."""

    mode: bytes
    name: bytes
    oid: str


def tree_entries(content: bytes, digits: int) -> Iterator[TreeEntry]:
    """Yield what the folder *content* holds; names have *digits* digits."""
    at = 0
    while (end := content.find(b"\0", at)) >= 0:
        mode, _, name = content[at:end].partition(b" ")
        at = end + 1 + digits // 2
        yield TreeEntry(mode, name, content[end + 1 : at].hex())
