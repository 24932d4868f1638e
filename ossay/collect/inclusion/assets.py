# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The images, fonts, sounds and films of a tree, and how large they are."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from ossay.collect._places import Place, Places
from ossay.collect.inclusion.facts import ASSETS_BYTES
from ossay.model.evidence import Answered, Item
from ossay.model.tree import Entry, EntryKind, Tree

SHIPPED = frozenset({Place.PRODUCT, Place.FOREIGN})
"""Where what is sent to people stands: in their own files, or others' with them."""
_ASIDE = re.compile(
    r"(?i)(?:^|/)(?:perf|benchmarks?|load-?tests?|\.gitbook|\.github|\.vscode)/"
    r"|(?:^|/)static/description/"
)
"""Measuring, and what shops and forges show of the software, is none of its pages."""


def is_aside(path: str) -> bool:
    """Tell whether *path* is in a folder that is none of the software's pages."""
    return _is_aside(path.rpartition("/")[0])


@lru_cache(maxsize=20_000)
def _is_aside(folder: str) -> bool:
    return _ASIDE.search(f"{folder}/") is not None


def assets_bytes(tree: Tree, places: Places) -> Answered:
    """
    Add up what is shipped: the software's own, and what it brings along of others.

    Of a file that is not to be had no size is known, so the sum may be short.
    """
    by_kind: dict[str, list[tuple[int, str]]] = defaultdict(list)
    unknown = 0
    for entry, kind in _assets(tree, places):
        if entry.size_bytes is None:
            unknown += 1
        else:
            by_kind[kind].append((entry.size_bytes, entry.path))
    items = [_of_kind(kind, of) for kind, of in sorted(by_kind.items())]
    missed = f"the size of {unknown} files is not known" if unknown else ""
    total = sum(size for of in by_kind.values() for size, _ in of)
    return ASSETS_BYTES.found(total, items, missed=missed)


def _of_kind(kind: str, of: list[tuple[int, str]]) -> Item:
    """Show the largest file of a kind, and what all of them come to."""
    size, path = max(of)
    files = "1 file" if len(of) == 1 else f"{len(of):,} files"
    total = sum(size for size, _ in of)
    note = f"{kind}: {total:,} bytes in {files}, this being the largest ({size:,})"
    return Item(subject=path, note=note)


def _assets(tree: Tree, places: Places) -> Iterator[tuple[Entry, str]]:
    for entry in tree.entries():
        ending = entry.path.rpartition(".")[2].lower()
        if (
            ending in _KINDS
            and entry.kind in {EntryKind.FILE, EntryKind.EXECUTABLE}
            and places.of(entry.path) in SHIPPED
            and not is_aside(entry.path)
        ):
            yield entry, _KINDS[ending]


_IMAGES = "apng avif bmp gif ico jpeg jpg jxl png svg tif tiff webp"
_FONTS = "eot otf ttc ttf woff woff2"
_SOUNDS_AND_FILMS = "aac flac m4a m4v mov mp3 mp4 oga ogg ogv opus wav webm"
_KINDS = {
    **dict.fromkeys(_IMAGES.split(), "images"),
    **dict.fromkeys(_FONTS.split(), "fonts"),
    **dict.fromkeys(_SOUNDS_AND_FILMS.split(), "sounds and films"),
}
