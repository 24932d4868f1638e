# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The licences of a tree by folders: what is the same below one is one line."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ossay.memo.escapes import visible
from ossay.memo.licence_list import NOASSERTION

SHOWN_FILES = 3
"""Files of a folder that are named, of those under one licence."""


@dataclass(slots=True)
class _Folder:
    """
    Attributes:
        below: How many files are under what, in it and in its folders.
    """

    folders: dict[str, "_Folder"] = field(default_factory=dict)
    files: defaultdict[str, list[str]] = field(
        default_factory=lambda: defaultdict(list)
    )
    below: Counter[str] = field(default_factory=Counter)


def licence_tree(labels: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of the tree; *labels* are the licences of each file, by path."""
    root = _Folder()
    for path, label in labels.items():
        _add(root, path, label or NOASSERTION)
    yield from _lines(".", root, "")


def _add(root: _Folder, path: str, label: str) -> None:
    *folders, name = path.split("/")
    place = root
    place.below[label] += 1
    for folder in folders:
        place = place.folders.setdefault(folder, _Folder())
        place.below[label] += 1
    place.files[label].append(name)


def _lines(name: str, folder: _Folder, indent: str) -> Iterator[str]:
    total = folder.below.total()
    counted = f"{total:,} file{'' if total == 1 else 's'}"
    if len(folder.below) < 2:
        label = next(iter(folder.below), "")
        yield f"{indent}{visible(name)}/  {visible(label)} ({counted})".rstrip()
        return
    yield f"{indent}{visible(name)}/  ({counted})"
    inner = indent + "    "
    for child in sorted(folder.folders):
        yield from _lines(child, folder.folders[child], inner)
    for label, names in sorted(folder.files.items()):
        shown = ", ".join(map(visible, names[:SHOWN_FILES]))
        more = len(names) - SHOWN_FILES
        rest = f" and {more:,} more" if more > 0 else ""
        yield f"{inner}{visible(label)}: {shown}{rest}"
