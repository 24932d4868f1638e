# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What is in the tree, and what of it cannot be looked into."""

import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress

from ossay.collect import _submodules
from ossay.model.collector import Collector, Given
from ossay.model.evidence import Answered, Combine, Fact, Item
from ossay.model.tree import (
    LARGEST_BYTES,
    BlobUnreadable,
    Entry,
    EntryKind,
    Scanner,
    Tree,
    Unreadable,
)

FILES = Fact(
    name="contents.files",
    kind=int,
    unit="files",
    asks="How many files does the repository hold?",
    combine=Combine.SUM,
)
SUBMODULES = Fact(
    name="contents.submodules",
    kind=int,
    unit="folders",
    asks="How many folders are kept in other repositories, which were not fetched?",
    combine=Combine.SUM,
    unread="These folders are kept in other repositories (submodules), "
    "which were not fetched",
)
SYMLINKS = Fact(
    name="contents.symlinks",
    kind=int,
    unit="links",
    asks="How many paths are links to other paths, which were not followed?",
    combine=Combine.SUM,
)
LFS_POINTERS = Fact(
    name="contents.lfs_pointers",
    kind=int,
    unit="files",
    asks="How many files stand for content that is kept outside of git (Git LFS)?",
    combine=Combine.SUM,
    unread="The content of these files is kept outside of git (Git LFS), "
    "and was not fetched",
)
UNREADABLE_FILES = Fact(
    name="contents.unreadable_files",
    kind=int,
    unit="files",
    asks="How many files could not be read: missing, or too large?",
    combine=Combine.SUM,
    unread="These files could not be read: they are missing, or too large",
)
ODD_NAMES = Fact(
    name="contents.odd_names",
    kind=int,
    unit="paths",
    asks="How many paths may look like another one, or cannot be written everywhere?",
    combine=Combine.SUM,
)

POINTER_BYTES = range(100, 201)
"""Sizes of LFS pointers: 127 bytes and up, by the digits of the real size."""

LONGEST_POINTER = 1024
"""Pointers are smaller, whatever extensions add (git-lfs, docs/spec.md)."""


def collect(given: Given) -> Iterator[Answered]:
    """
    Answer from the names, modes and sizes; only what may be a pointer is read.

    Of a folder that is assessed by itself, only what lies in it counts.
    """
    inside = f"{given.snapshot.path}/" if given.snapshot.path else ""
    entries = tuple(e for e in given.tree.entries() if e.path.startswith(inside))
    files = [e for e in entries if e.kind in {EntryKind.FILE, EntryKind.EXECUTABLE}]
    yield FILES.found(len(files))
    yield _count(SUBMODULES, list(_elsewhere(given.tree, entries)))
    links = [e for e in entries if e.kind is EntryKind.SYMLINK]
    yield _count(SYMLINKS, [Item(subject=e.path) for e in links])
    yield _lfs_pointers(given.tree, files)
    yield _count(UNREADABLE_FILES, list(_unreadable(files)))
    yield _count(ODD_NAMES, list(_odd_names(entries)))


def is_lfs_pointer(content: bytes) -> bool:
    """Tell whether *content* is a pointer of Git LFS (git-lfs, docs/spec.md)."""
    return _POINTER.match(content) is not None


_POINTER = re.compile(
    rb"version https://(?:git-lfs|hawser)\.github\.com/spec/v1\r?\n"
    rb"(?:ext-[0-9]-[^\n]{1,300}\n){0,10}"
    rb"oid sha256:[0-9a-f]{64}\r?\n"
    rb"size [0-9]{1,20}\r?\n"
)


def _count(fact: Fact[int], items: list[Item]) -> Answered:
    return fact.found(len(items), items)


def _elsewhere(tree: Tree, entries: tuple[Entry, ...]) -> Iterator[Item]:
    """Name each with the address of its repository, where that is told."""
    modules = [e for e in entries if e.kind is EntryKind.SUBMODULE]
    told: dict[str, str] = {}
    if modules and _submodules.NAME in tree.paths():
        with suppress(BlobUnreadable):  # the paths and commits are still known
            told = _submodules.addresses(tree.read(_submodules.NAME))
    for entry in modules:
        address = told.get(entry.path)
        at = f"kept at {address}, " if address else ""
        yield Item(subject=entry.path, note=f"{at}commit {entry.oid}")


def _lfs_pointers(tree: Tree, files: list[Entry]) -> Answered:
    """
    Count the pointers among the files that can be one.

    A file that is missing has no size either, and is taken for no pointer: what
    a partial clone leaves out is large, and `UNREADABLE_FILES` names it.
    """
    endings = _lfs_endings(tree)
    candidates = [
        e.path
        for e in files
        if e.size_bytes is not None
        and (
            e.size_bytes in POINTER_BYTES
            or (e.size_bytes < LONGEST_POINTER and e.path.endswith(endings))
        )
    ]
    pointers, lost = [], []
    for path, is_pointer in tree.scan(_pointer_scanner(), candidates):
        if isinstance(is_pointer, Unreadable):
            lost.append(Item(subject=path, note=is_pointer.why))
        elif is_pointer:
            pointers.append(Item(subject=path))
    if lost:
        why = "files that may be such pointers could not be read"
        return LFS_POINTERS.unknown(why, lost)
    return _count(LFS_POINTERS, pointers)


def _pointer_scanner() -> Scanner[bool]:
    from ossay.codec import code_digest

    return Scanner(
        name="contents.lfs_pointer",
        version=code_digest([sys.modules[__name__]]),
        kind=bool,
        scan=is_lfs_pointer,
        largest_bytes=LONGEST_POINTER,
    )


def _lfs_endings(tree: Tree) -> tuple[str, ...]:
    """
    Return how the names of files end that attributes give to LFS.

    What follows the last wildcard of a pattern is a wide net, and enough to
    choose what to read. An attributes file that cannot be read may name any.
    """
    endings: set[str] = set()
    for path in tree.paths():
        if path.rpartition("/")[2] != ".gitattributes":
            continue
        try:
            text = tree.read(path).decode(errors="replace")
        except BlobUnreadable:
            return ("",)
        patterns = (line.split()[0] for line in text.splitlines() if _LFS in line)
        endings |= {re.split(r"[*?\]]", p)[-1].strip('"') for p in patterns}
    return tuple(sorted(endings))


_LFS = "filter=lfs"


def _unreadable(files: list[Entry]) -> Iterator[Item]:
    for entry in files:
        if entry.size_bytes is None:
            yield Item(subject=entry.path, note="its content was not to be had")
        elif entry.size_bytes > LARGEST_BYTES:
            note = f"{entry.size_bytes:,} bytes; up to {LARGEST_BYTES:,} are read"
            yield Item(subject=entry.path, note=note)


def _odd_names(entries: tuple[Entry, ...]) -> Iterator[Item]:
    """Name each path once, with the first oddity that it has."""
    alike: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        alike[entry.path.casefold()].append(entry.path)
    for entry in entries:
        namesakes = alike[entry.path.casefold()]
        other = next((p for p in namesakes if p != entry.path), None)
        note = _oddity(entry)
        if not note and other is not None:
            note = f"differs from {other!r} in upper and lower case only"
        if note:
            yield Item(subject=entry.path, note=note)


def _oddity(entry: Entry) -> str:
    """
    Return what is odd about a name by itself; "" for nothing.

    Joiners (U+200C, U+200D) are left alone: Persian and Indic spelling need them.
    """
    if not entry.is_utf8:
        return "is not valid UTF-8"
    for character in entry.path:
        if character.isascii() and character.isprintable():
            continue
        name = f"U+{ord(character):04X}"
        if character in _BIDI_CONTROLS:
            return f"holds {name}, which turns the direction of writing"
        if character in _INVISIBLE:
            return f"holds {name}, which is not visible"
        if unicodedata.category(character) == "Cc":
            return f"holds the control character {name}"
    return ""


_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e") | (
    frozenset("\u2066\u2067\u2068\u2069")
)
"""The characters with the property Bidi_Control (Unicode, PropList.txt)."""

_INVISIBLE = frozenset("\u200b\u2060\ufeff") | frozenset(
    map(chr, range(0xE0000, 0xE0080))
)

COLLECTOR = Collector(
    facts=(FILES, SUBMODULES, SYMLINKS, LFS_POINTERS, UNREADABLE_FILES, ODD_NAMES),
    collect=collect,
)
