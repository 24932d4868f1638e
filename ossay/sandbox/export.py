# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Files of a tree, written to a folder of ours for tools that insist on files."""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ossay.model.errors import OssayError
from ossay.model.evidence import Item
from ossay.model.tree import Entry, EntryKind, Tree, Unreadable, read_each

LONGEST_PATH = 1_000
LONGEST_NAME = 255
DEEPEST_PATH = 100

_UNSPEAKABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\\\u202a-\u202e\u2066-\u2069\ufeff]")
"""Characters that mean something else to a disk, a terminal or a reader."""

_ELSEWHERE = re.compile(r"\.{0,2}|\.git[ .]*|git~\d", re.IGNORECASE)
"""Names that mean another place, or make a folder a repository."""

_REGULAR = (EntryKind.FILE, EntryKind.EXECUTABLE)
_NOT_REGULAR = {
    EntryKind.SYMLINK: "it is a symbolic link, which is not followed",
    EntryKind.SUBMODULE: "it is kept in another repository",
}


class NotWritten(OssayError):
    """The folder for the files cannot be written to."""

    status = 73


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much is written at most: one file, all of them, and how many."""

    file_bytes: int = 20_000_000
    total_bytes: int = 1_000_000_000
    files: int = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """How many files were written, and those that were not, with reasons."""

    written: int
    left_out: tuple[Item, ...]


def export(
    tree: Tree, paths: Iterable[str], folder: Path, sizes: Sizes | None = None
) -> Exported:
    """
    Write the files at *paths* below *folder*, which has to be empty and ours.

    Only regular files are written, never executable, each made anew: where something
    is in the way it is left out. No name leads out of the folder.
    """
    entries = {entry.path: entry for entry in tree.entries()}
    asked = tuple(dict.fromkeys(paths))
    refused = _refused(entries, asked, sizes or Sizes())
    fit = [path for path in asked if path not in refused]
    made: set[str] = set()
    for path, content in zip(fit, read_each(tree, fit), strict=True):
        if isinstance(content, Unreadable):
            refused[path] = content.why
        elif why := _written(content, path, folder, made):
            refused[path] = why
    return Exported(
        written=len(asked) - len(refused),
        left_out=tuple(Item(subject=p, note=refused[p]) for p in asked if p in refused),
    )


def _refused(
    entries: Mapping[str, Entry], asked: Iterable[str], sizes: Sizes
) -> dict[str, str]:
    """Return which of the paths *asked* about are not to be written, with reasons."""
    refused: dict[str, str] = {}
    count = total = 0
    for path in asked:
        entry = entries.get(path)
        if entry is None:
            refused[path] = "there is no such file"
        elif entry.kind not in _REGULAR:
            refused[path] = _NOT_REGULAR[entry.kind]
        elif not entry.is_utf8 or not is_plain(path):
            refused[path] = "its name is not one that is written to a disk"
        elif entry.size_bytes is None:
            refused[path] = "it is missing from the repository"
        elif entry.size_bytes > sizes.file_bytes:
            refused[path] = (
                f"it has {entry.size_bytes} bytes, more than {sizes.file_bytes}"
            )
        elif count >= sizes.files or total + entry.size_bytes > sizes.total_bytes:
            refused[path] = "too many files, or too large ones, were written before it"
        else:
            count += 1
            total += entry.size_bytes
    return refused


def is_plain(path: str) -> bool:
    """Tell whether *path* names a place below, and nothing else, on any disk."""
    names = path.split("/")
    return (
        len(path.encode()) <= LONGEST_PATH
        and len(names) <= DEEPEST_PATH
        and not _UNSPEAKABLE.search(path)
        and not any(_ELSEWHERE.fullmatch(name) for name in names)
        and all(len(name.encode()) <= LONGEST_NAME for name in names)
    )


def _written(content: bytes, path: str, folder: Path, made: set[str]) -> str:
    """Write one file; return why not, or "". Folders that are there are in *made*."""
    place = f"{folder}/{path}"
    parent = os.path.dirname(place)  # noqa: PTH120 - thousands, and they are plain
    try:
        if parent not in made:
            Path(parent).mkdir(parents=True, exist_ok=True)
            made.add(parent)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        with os.fdopen(os.open(place, flags, 0o444), "wb") as file:
            file.write(content)
    except (FileExistsError, NotADirectoryError):
        return "another file is in its place"
    except OSError as error:
        msg = f"cannot write {path!r} for a tool: {error.strerror}; make room"
        raise NotWritten(msg) from error
    return ""
