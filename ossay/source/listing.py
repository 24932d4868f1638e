# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The paths of a commit as git lists them, refused where they cannot be meant."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePosixPath

from ossay.model.errors import OssayError
from ossay.model.snapshot import Snapshot
from ossay.model.tree import Entry, EntryKind, Unreadable
from ossay.source.objects import Objects
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

_NAMES = rb"(?:\.{0,2}|\.git[ .]*|git~\d)[/:\0]"
_ODD = re.compile(rb"(?: [0-9BAD-]+\t|/)" + _NAMES, re.IGNORECASE)
"""In git's list: the names that mean another place, ``.git`` in all its spellings."""

_MAY_BE_ODD = tuple(re.compile(b + _NAMES, re.IGNORECASE) for b in (b"/", b"\t"))
"""Where there is any, one of these fits; each is looked for in a tenth of the time."""

_FOLDER = "tree"
_KINDS = {
    "100644": EntryKind.FILE,
    "100755": EntryKind.EXECUTABLE,
    "120000": EntryKind.SYMLINK,
    "160000": EntryKind.SUBMODULE,
}
_ANY_EXECUTE = 0o111

_APPLIES_TO_ALL = ("LICENSES/", ".reuse/")


class TreeRefused(OssayError):
    """The paths of a commit are such that nothing should be read by them."""

    status = 3


def list_entries(repository: Repository, snapshot: Snapshot) -> tuple[Entry, ...]:
    """
    Return the entries of *snapshot*, within its folder if it names one.

    With a folder there are also the files that apply to it: those directly in
    the folders above, and ``LICENSES/``, ``.reuse/`` and hidden folders at the
    top. Remembered, since every collector asks again, unless something is
    missing: that may be there the next time.
    """
    entries = _list_entries(repository, snapshot)
    if any(is_missing(entry) for entry in entries):
        _list_entries.cache_clear()
    return entries


def is_missing(entry: Entry) -> bool:
    """Tell whether a file is not there; a submodule's commit never is."""
    return entry.size_bytes is None and entry.kind is not EntryKind.SUBMODULE


@lru_cache(maxsize=2)
def _list_entries(repository: Repository, snapshot: Snapshot) -> tuple[Entry, ...]:
    folders: dict[str, str] = {"": snapshot.tree}
    entries: dict[str, Entry] = {}
    for lines, is_utf8 in _listed(repository, snapshot):
        for line in lines:
            head, _, path = line.partition("\t")
            mode, kind, oid, size = head.split()
            if path in entries or path in folders:
                raise _refusal(snapshot, f"the path {path!r} is there twice")
            if kind == _FOLDER:
                folders[path] = oid
            else:
                entries[path] = Entry(
                    path=path,
                    oid=oid,
                    kind=kind_of(mode),
                    size_bytes=int(size) if size.isdigit() else None,
                    is_utf8=is_utf8,
                )
        if len(entries) + len(folders) > MOST_ENTRIES:
            raise _refusal(snapshot, f"it has more than {MOST_ENTRIES} paths")
    if repository.in_place:
        _check_folders(repository, snapshot, folders, entries)
    if not snapshot.path:
        return tuple(entries.values())
    return tuple(e for e in entries.values() if _concerns(e.path, snapshot.path))


def _listed(
    repository: Repository, snapshot: Snapshot
) -> Iterator[tuple[list[str], bool]]:
    """Yield lines in git's order, as many at once as come; whether they are UTF-8."""
    git = start(
        *("ls-tree", "-r", "-t", "-l", "-z", "--full-tree", snapshot.tree),
        folder=repository.folder,
        seconds=_SECONDS,
    )
    rest = b""
    try:
        git.tell(b"", and_no_more=True)
        for chunk in git.chunks():
            text, end, rest = (rest + chunk).rpartition(b"\0")
            _check_names(snapshot, text + end)
            if text:
                yield from _told(snapshot, text)
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


def _check_names(snapshot: Snapshot, text: bytes) -> None:
    """Refuse names that would mean another place if they were written to a disk."""
    if not text.isascii():
        # HFS+ does not see these characters: ".g\u200cit" is ".git" there.
        text = text.decode(errors="replace").translate(_SEEN_ONLY).encode()
    may_be = any(pattern.search(text) for pattern in _MAY_BE_ODD)
    found = _ODD.search(text) if may_be else None
    if found:
        line = text[text.rfind(b"\0", 0, found.start()) + 1 :].partition(b"\0")[0]
        shown = line.partition(b"\t")[2][:200].decode(errors="backslashreplace")
        raise _refusal(snapshot, f"the path {shown!r} is not one that git makes")


def _told(snapshot: Snapshot, text: bytes) -> Iterator[tuple[list[str], bool]]:
    """Yield lines as text, and whether they were UTF-8; nearly always all were."""
    lines = text.split(b"\0")
    if max(map(len, lines)) > 2 * DEEPEST_PATH:  # a folder takes two bytes
        _check_paths(snapshot, lines)
    try:
        yield text.decode().split("\0"), True
    except UnicodeDecodeError:
        yield from map(_shown, lines)


def _check_paths(snapshot: Snapshot, lines: list[bytes]) -> None:
    for line in lines:
        path = line.partition(b"\t")[2]
        if len(path) > LONGEST_PATH or path.count(b"/") > DEEPEST_PATH:
            raise _refusal(snapshot, _TOO_LONG)


def _shown(line: bytes) -> tuple[list[str], bool]:
    try:
        return [line.decode()], True
    except UnicodeDecodeError:
        return [line.decode(errors="backslashreplace")], False


def kind_of(mode: str) -> EntryKind:
    """Return what *mode*, octal, says that a path stands for; git takes odd ones so."""
    if known := _KINDS.get(mode):
        return known
    return EntryKind.EXECUTABLE if int(mode, 8) & _ANY_EXECUTE else EntryKind.FILE


def _check_folders(
    repository: Repository,
    snapshot: Snapshot,
    folders: dict[str, str],
    entries: dict[str, Entry],
) -> None:
    """Hold every folder against its name, and every path against the folders."""
    for oid, found in Objects(repository).many(dict.fromkeys(folders.values())):
        if isinstance(found, Unreadable):
            raise _refusal(snapshot, f"its folder {oid} cannot be read: {found.why}")
    for path in entries:
        if path.rpartition("/")[0] not in folders:
            raise _refusal(snapshot, f"the name {path!r} holds a slash")


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
