# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The paths of a commit as git lists them, refused where they cannot be meant."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from ossay.model.errors import OssayError
from ossay.model.snapshot import Snapshot
from ossay.model.tree import Entry, EntryKind, Unreadable
from ossay.source.objects import Objects, tree_entries
from ossay.source.process import GitStuck, start
from ossay.source.repository import Repository

MOST_ENTRIES = 500_000
"""Paths of one commit; about five times the Linux kernel's."""

LONGEST_PATH = 4_096
DEEPEST_PATH = 256
_SECONDS = 600.0
_TOO_LONG = f"a path has over {LONGEST_PATH} bytes or {DEEPEST_PATH} folders"

_UNSEEN_BY_HFS = (
    0xFEFF,
    *range(0x200C, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x206A, 0x2070),
)
_SEEN_ONLY = dict.fromkeys(_UNSEEN_BY_HFS)

_ODD = re.compile(rb"(?:^|/)(?:\.{0,2}|\.git[ .]*|git~\d)(?:[/:]|$)", re.IGNORECASE)
_NOT_ASCII = re.compile(rb"[\x80-\xff]")

_SUBMODULE, _SYMLINK, _TREE = b"160000", b"120000", b"tree"
_ANY_EXECUTE = 0o111

_APPLIES_TO_ALL = ("LICENSES/", ".reuse/")


class TreeRefused(OssayError):
    """The paths of a commit are such that nothing should be read by them."""

    status = 3


def list_entries(
    repository: Repository, snapshot: Snapshot, objects: Objects
) -> tuple[Entry, ...]:
    """
    Return the entries of *snapshot*, within its folder if it names one.

    With a folder there are also the files that apply to it: those directly in
    the folders above, and ``LICENSES/``, ``.reuse/`` and hidden folders at the
    top.
    """
    entries: dict[str, Entry] = {}
    trees = []
    for kind, entry in _listed(repository, snapshot):
        if kind == _TREE:
            trees.append(entry.oid)
        elif entry.path in entries:
            raise _refusal(snapshot, f"the path {entry.path!r} is there twice")
        else:
            entries[entry.path] = entry
        if len(entries) + len(trees) > MOST_ENTRIES:
            raise _refusal(snapshot, f"it has more than {MOST_ENTRIES} paths")
    if repository.in_place:
        _check_trees(snapshot, [snapshot.tree, *trees], objects)
    if not snapshot.path:
        return tuple(entries.values())
    return tuple(e for e in entries.values() if _concerns(e.path, snapshot.path))


def _listed(
    repository: Repository, snapshot: Snapshot
) -> Iterator[tuple[bytes, Entry]]:
    git = start(
        *("ls-tree", "-r", "-t", "-l", "-z", "--full-tree", snapshot.tree),
        folder=repository.folder,
        seconds=_SECONDS,
    )
    rest = b""
    try:
        git.tell(b"", and_no_more=True)
        for chunk in git.chunks():
            *records, rest = (rest + chunk).split(b"\0")
            for record in records:
                yield _entry(snapshot, record)
            if len(rest) > 2 * LONGEST_PATH:
                raise _refusal(snapshot, _TOO_LONG)
        if git.finish() != 0 or rest:
            why = bytes(git.complaints).decode(errors="backslashreplace").strip()
            why = why[-200:] or "the list is cut off"
            raise _refusal(snapshot, f"its paths cannot be listed: {why}")
    except GitStuck as error:
        msg = f"cannot read commit {snapshot.commit}: its paths took too long to list"
        raise TreeRefused(msg) from error
    finally:
        git.stop()


def _entry(snapshot: Snapshot, record: bytes) -> tuple[bytes, Entry]:
    head, _, raw = record.partition(b"\t")
    mode, kind, oid, size = head.split()
    _check_path(snapshot, raw)
    try:
        path, is_utf8 = raw.decode(), True
    except UnicodeDecodeError:
        path, is_utf8 = raw.decode(errors="backslashreplace"), False
    return kind, Entry(
        path=path,
        oid=oid.decode(),
        kind=_kind(mode),
        size_bytes=int(size) if size.isdigit() else None,
        is_utf8=is_utf8,
    )


def _kind(mode: bytes) -> EntryKind:
    if mode == _SUBMODULE:
        return EntryKind.SUBMODULE
    if mode == _SYMLINK:
        return EntryKind.SYMLINK
    return EntryKind.EXECUTABLE if int(mode, 8) & _ANY_EXECUTE else EntryKind.FILE


def _check_path(snapshot: Snapshot, raw: bytes) -> None:
    """Refuse what would name another place if it were written to a disk."""
    if len(raw) > LONGEST_PATH or raw.count(b"/") > DEEPEST_PATH:
        raise _refusal(
            snapshot,
            _TOO_LONG,
        )
    plain = raw
    if _NOT_ASCII.search(raw):
        # HFS+ does not see these characters: ".g\u200cit" is ".git" there.
        plain = raw.decode(errors="replace").translate(_SEEN_ONLY).encode()
    if _ODD.search(plain):
        shown = raw[:200].decode(errors="backslashreplace")
        raise _refusal(snapshot, f"the path {shown!r} is not one that git makes")


def _check_trees(snapshot: Snapshot, trees: list[str], objects: Objects) -> None:
    """Hold every folder against its name, and its names against what git listed."""
    for oid, found in objects.many(dict.fromkeys(trees)):
        if isinstance(found, Unreadable):
            raise _refusal(snapshot, f"its folder {oid} cannot be read: {found.why}")
        if any(b"/" in e.name for e in tree_entries(found.content, len(oid))):
            raise _refusal(snapshot, "a name in it holds a slash")


def _concerns(path: str, folder: str) -> bool:
    """Tell whether the file at *path* is in *folder* or applies to it."""
    if path.startswith((f"{folder}/", *_APPLIES_TO_ALL)):
        return True
    if path.startswith(".") and "/" in path:
        return True
    above = PurePosixPath(path).parent
    return above == PurePosixPath() or above in PurePosixPath(folder).parents


def _refusal(snapshot: Snapshot, why: str) -> TreeRefused:
    return TreeRefused(f"cannot read commit {snapshot.commit}: {why}")
