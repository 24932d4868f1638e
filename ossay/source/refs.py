# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Branches, tags and HEAD, read from files without asking git or its settings."""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from ossay.codec import canonical, digest_of_bytes
from ossay.model.digest import Digest
from ossay.model.errors import OssayError

HEADS = b"refs/heads/"
TAGS = b"refs/tags/"

MOST_REFS = 1_000_000
"""More branches and tags than this are taken for an attempt to exhaust us."""

_LARGEST_PACKED = 200_000_000
_LONGEST_LOOSE = 4_096
_DEEPEST_SYMREF = 5

OID = re.compile(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_PACKED_REF = re.compile(
    rb"^(%s) ((?:%s|%s).+)$" % (OID.pattern, HEADS, TAGS), re.MULTILINE
)
_BAD_NAME = re.compile(rb"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|/\.|\.lock(?:/|$)|[/.]$")


class RefsUnreadable(OssayError):
    """Branches and tags are kept in a way that ossay does not read."""


@dataclass(frozen=True, kw_only=True)
class Refs:
    """
    What a repository points at.

    Attributes:
        named: Object names by full ref name; branches and tags only.
        head: Full name of the branch that HEAD names, or the object name of a
            detached HEAD, or b"" where neither is to be had.
    """

    named: dict[bytes, str]
    head: bytes

    @cached_property
    def listed(self) -> tuple[tuple[str, str], ...]:
        """
        (Name, object name) of HEAD, branches and tags, in order.

        HEAD is told as git's own file tells it ("ref: refs/heads/main"), since
        another default branch is another state, and left out where it leads
        nowhere, since a server does not speak of it then.
        """
        names = [(as_text(n), self.named[n]) for n in sorted(self.named)]
        if OID.fullmatch(self.head):
            return (("HEAD", self.head.decode()), *names)
        if self.head in self.named:
            return (("HEAD", f"ref: {as_text(self.head)}"), *names)
        return tuple(names)

    @cached_property
    def digest(self) -> Digest:
        """The digest of what `listed` says."""
        return digest_of_listed(self.listed)


def digest_of_listed(listed: tuple[tuple[str, str], ...]) -> Digest:
    """Return the digest of a list that `Refs.listed` made."""
    return digest_of_bytes(canonical(listed))


def as_text(name: bytes) -> str:
    """Return a ref's name as text; bytes that are no UTF-8 as ``\\xNN``."""
    return name.decode(errors="backslashreplace")


def is_ref_name(name: bytes) -> bool:
    """Tell whether git would take *name* for a branch or tag (check-ref-format)."""
    return name.startswith((HEADS, TAGS)) and not _BAD_NAME.search(name)


def read_refs(common: Path, own: Path) -> Refs:
    """
    Return what the repository with git folder *common* points at.

    *own* is the git folder of the work tree looked at; it differs from *common*
    in a linked work tree, which has a HEAD of its own.
    """
    if (common / "reftable").is_dir():
        msg = (
            f"cannot read {str(common)!r}: its branches are kept as 'reftable'; "
            "run 'git refs migrate --ref-format=files' there"
        )
        raise RefsUnreadable(msg)
    loose = dict(_loose(common))
    head = _head(own, loose)
    return _refs_in(_packed(common / "packed-refs"), tuple(loose.items()), head)


@lru_cache(maxsize=4)
def _refs_in(
    packed: bytes, loose: tuple[tuple[bytes, bytes], ...], head: bytes
) -> Refs:
    """Return what files say; each step of an assessment reads the same ones."""
    files = dict(loose)
    # One search for all: forges keep ten thousands of refs of other kinds.
    lines = {name: oid for oid, name in _PACKED_REF.findall(packed)}
    found = lines | {name: _resolved(name, files, lines) for name in files}
    named = {n: o.decode() for n, o in found.items() if o and is_ref_name(n)}
    return Refs(named=named, head=head)


def _head(own: Path, loose: dict[bytes, bytes]) -> bytes:
    path = own / "HEAD"
    content = os.fsencode(path.readlink()) if path.is_symlink() else small_file(path)
    target = content.removeprefix(b"ref:").strip()
    if OID.fullmatch(target):
        return target
    for _ in range(_DEEPEST_SYMREF):
        deeper = loose.get(target, b"")
        if not deeper.startswith(b"ref:"):
            break
        target = deeper.removeprefix(b"ref:").strip()
    return target if is_ref_name(target) else b""


def _resolved(
    name: bytes, loose: dict[bytes, bytes], packed: dict[bytes, bytes]
) -> bytes:
    for _ in range(_DEEPEST_SYMREF):
        content = loose.get(name) or packed.get(name, b"")
        if not content.startswith(b"ref:"):
            return content if OID.fullmatch(content) else b""
        name = content.removeprefix(b"ref:").strip()
    return b""


def _packed(path: Path) -> bytes:
    if not is_regular(path):
        return b""
    if path.stat().st_size > _LARGEST_PACKED:
        raise RefsUnreadable(f"cannot read {str(path)!r}: it is far too large")
    return path.read_bytes()


def _loose(common: Path) -> Iterator[tuple[bytes, bytes]]:
    """Yield the files below refs/heads and refs/tags, symbolic links left alone."""
    top = os.fsencode(common) + b"/"
    for kind in (HEADS, TAGS):
        for folder, _, files in os.walk(top + kind.rstrip(b"/")):
            for file in files:
                path = os.path.join(folder, file)  # noqa: PTH118 -- names are bytes
                yield path[len(top) :], small_file(path).strip()


def small_file(path: Path | bytes) -> bytes:
    """
    Return what a small file says; b"" where there is none or it is no file.

    A repository may have thousands: bare calls take a fifth of what `Path`'s do.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except PermissionError:
        raise
    except OSError:
        return b""
    try:
        is_file = stat.S_ISREG(os.fstat(descriptor).st_mode)
        return os.read(descriptor, _LONGEST_LOOSE) if is_file else b""
    finally:
        os.close(descriptor)


def is_regular(path: Path) -> bool:
    """Tell whether *path* is a file; reading a pipe or device could wait for ever."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False
