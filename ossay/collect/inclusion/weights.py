# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""How heavy the pages of a tree are, with the files of the tree that they load."""

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ossay.collect.inclusion.facts import HEAVIEST_PAGE_BYTES
from ossay.collect.inclusion.page import (
    MOST_NAMED,
    SCAN_PAGE,
    SCAN_STYLE,
    Named,
    Page,
    Part,
)
from ossay.collect.inclusion.reading import Read, how_many
from ossay.model.collector import Table
from ossay.model.evidence import Answered, Item
from ossay.model.tree import EntryKind, Tree, Unreadable

TABLE = "page-weights"
COLUMNS = ("page", "bytes", "files", "not counted")
MADE = "what is added when the software is built, or runs"
UNNAMED = "whose name is made up by code"
NO_PAGES = (
    "no whole page is in the repository: pages are put together when the software is "
    "built or runs, and only then they can be weighed"
)
MOST_PAGES = 2_000
MOST_IMPORTS = 5
"""How deep style sheets are followed that load others."""
MOST_ADDRESSES = 50_000
"""Of all pages together; what comes after is taken for not being there."""
MOST_ROOTS = 20
MOST_ALIKE = 100


@dataclass(slots=True, kw_only=True)
class Weight:
    """What one page comes to, and why that may be short."""

    page: str
    total: int = 0
    files: set[str] = field(default_factory=set)
    missing: list[str] = field(default_factory=list)


class TreeFiles:
    """The files of a tree, found as a browser would ask a server for them."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._asked: dict[tuple[str, str], str] = {}
        self.sizes = {
            e.path: e.size_bytes
            for e in tree.entries()
            if e.kind in {EntryKind.FILE, EntryKind.EXECUTABLE}
        }

    def named(self, address: str, by: str) -> str:
        """
        Return the path of what the file *by* calls *address*, or "".

        Which folder a server takes for its root is not known: for an address from the
        root, each above the page is tried, then the one file whose path ends so.
        """
        asked = posixpath.dirname(by), address
        if asked not in self._asked:
            if len(self._asked) >= MOST_ADDRESSES:
                return ""
            self._asked[asked] = self._look_for(*asked)
        return self._asked[asked]

    def _look_for(self, folder: str, address: str) -> str:
        if not address.startswith("/"):
            near = posixpath.normpath(posixpath.join(folder, address))
            if near in self.sizes:
                return near
        bare = posixpath.normpath(address).lstrip("/.")
        for _ in range(MOST_ROOTS):
            for root in ("", "public", "static"):
                path = posixpath.join(folder, root, bare)
                if path in self.sizes:
                    return path
            if not folder:
                break
            folder = posixpath.dirname(folder)
        alike = self._by_name.get(posixpath.basename(bare), ())
        ends = [path for path in alike[:MOST_ALIKE] if _ends(path, bare)]
        return ends[0] if len(ends) == 1 else ""

    @cached_property
    def _by_name(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for path in self.sizes:
            found[posixpath.basename(path)].append(path)
        return found


def heaviest_page_bytes(tree: Tree, read: Read) -> Iterator[Answered | Table]:
    """
    Answer for the whole pages that are in the tree, and list them.

    Where there are components or templates besides, they make more pages, of which
    any may be heavier.

    Counted are a page, its scripts, styles and what those import, its images and
    frames, and of each family of fonts the smallest file. Not counted are films,
    sounds, and images that only styles name.
    """
    pages: dict[str, Page] = {}
    unread = []
    has_more = read.has_components()
    for path, answer in tree.scan(SCAN_PAGE, read.may_be_pages):
        if isinstance(answer, Unreadable):
            unread.append(Item(subject=path, note=answer.why))
        elif answer.is_page and len(pages) < MOST_PAGES:
            pages[path] = answer
        else:
            has_more = True
    if not pages:
        why = f"{how_many(unread)} could not be read" if unread else NO_PAGES
        yield HEAVIEST_PAGE_BYTES.unknown(why, unread)
        return
    weights = _weigh(TreeFiles(tree), pages)
    weights.sort(key=lambda weight: (-weight.total, weight.page))
    short = [weight for weight in weights if weight.missing]
    yield HEAVIEST_PAGE_BYTES.found(
        weights[0].total,
        [_item(weight) for weight in weights],
        missed=_missed(short, len(weights), unread, has_more=has_more),
    )
    yield Table(name=TABLE, columns=COLUMNS, rows=tuple(map(_row, weights)))


def _missed(
    short: list[Weight], pages: int, unread: list[Item], *, has_more: bool
) -> str:
    parts = []
    if short:
        parts.append(
            f"of {len(short)} of {pages} pages, not everything that they load is in "
            "the repository"
        )
    if has_more:
        parts.append("more pages are put together when it is built, or runs")
    if unread:
        parts.append(f"{how_many(unread)} could not be read")
    return "; ".join(parts)


def _weigh(files: TreeFiles, pages: Mapping[str, Page]) -> list[Weight]:
    weights = {path: Weight(page=path) for path in pages}
    styles: dict[str, set[str]] = {}
    for path, page in pages.items():
        weight = weights[path]
        _count(files, weight, path)
        if page.is_made or not path.endswith(_AS_THEY_ARE):
            weight.missing.append(MADE)
        styles[path] = _load(files, weight, page, path)
    known: dict[str, Page | Unreadable] = {}
    for _ in range(MOST_IMPORTS):
        wanted = {sheet for of in styles.values() for sheet in of} - set(known)
        scanned = files.tree.scan(SCAN_STYLE, sorted(wanted))
        known |= dict(scanned)
        for of_page, sheets in styles.items():
            styles[of_page] = {
                more
                for sheet in sorted(sheets)
                for more in _load(files, weights[of_page], known[sheet], sheet)
            }
    for of_page, sheets in styles.items():
        weights[of_page].missing.extend(f"what {s} imports" for s in sorted(sheets))
    return list(weights.values())


def _load(
    files: TreeFiles, weight: Weight, page: Page | Unreadable, by: str
) -> set[str]:
    """Count what *by* names, once for a page; return style sheets that are new."""
    if isinstance(page, Unreadable):
        weight.missing.append(f"what {by} imports")
        return set()
    if page.is_cut:
        weight.missing.append(f"what {by} names after the first {MOST_NAMED}")
    sheets = set()
    fonts: dict[str, list[str]] = defaultdict(list)
    for each in page.named:
        if each.address.startswith("data:"):
            continue
        path = _found(files, each, by)
        if not path:
            weight.missing.append(f"{each.part.value} {each.address[:100] or UNNAMED}")
        elif each.part is Part.FONT:
            fonts[each.family].append(path)
        elif path not in weight.files:
            _count(files, weight, path)
            if each.part is Part.STYLE:
                sheets.add(path)
    for of in fonts.values():
        if not weight.files & set(of):
            _count(files, weight, min(of, key=lambda path: files.sizes[path] or 0))
    return sheets


def _found(files: TreeFiles, named: Named, by: str) -> str:
    address = named.address
    if not address or "://" in address or address.startswith("//"):
        return ""
    if address.lower().endswith(_SOURCES):
        return ""  # a build makes something else of it
    return files.named(address, by)


def _count(files: TreeFiles, weight: Weight, path: str) -> None:
    weight.files.add(path)
    size = files.sizes[path]
    if size is None:
        weight.missing.append(f"the size of {path}")
    else:
        weight.total += size


def _item(weight: Weight) -> Item:
    more = "; more that is not counted" if weight.missing else ""
    files = "1 file" if len(weight.files) == 1 else f"{len(weight.files)} files"
    return Item(subject=weight.page, note=f"{weight.total:,} bytes in {files}{more}")


def _row(weight: Weight) -> tuple[str, ...]:
    missing = "\n".join(dict.fromkeys(weight.missing))
    return weight.page, str(weight.total), str(len(weight.files)), missing


def _ends(path: str, address: str) -> bool:
    return path == address or path.endswith(f"/{address}")


_AS_THEY_ARE = (".html", ".htm", ".xhtml")
_SOURCES = (".ts", ".tsx", ".jsx", ".mts", ".vue", ".svelte", ".scss", ".sass", ".less")
