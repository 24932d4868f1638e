# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What a page needs beside itself: the files of the tree that it may ask for."""

import json
import posixpath
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import unquote

from ossay.codec import canonical, code_digest, digest_of_bytes
from ossay.model.digest import Digest
from ossay.model.tree import Entry, EntryKind, Scanner, Tree, Unreadable

T = TypeVar("T")

ASKED = "asked.json"
"""As the tool's own part calls it (ossay/sandbox/chromium/driver.py)."""

FILES = "files"
"""The folder of the tree's files beside it: none of them can be taken for it."""

LARGEST_FILE_BYTES = 10_000_000
LARGEST_PAGE_BYTES = 15_000_000
"""With all that it needs."""

MOST_FILES = 300
DEEPEST = 3
"""Page, styles, what these import."""

_READ_BYTES = 2_000_000
_MOST_REFERENCES = 2_000

_KINDS = (
    rb"css|m?js|json|png|jpe?g|gif|svg|webp|avif|ico|woff2?|ttf|otf|eot|wasm|mp4|webm"
    rb"|mp3|ogg|vtt|xml"
)
_REFERENCE = re.compile(
    rb"[\"'(=\s,]([^\"'()<>\s=,]{1,300}\.(?:" + _KINDS + rb"))"
    rb"(?=[\"')\s>?#,&])",
    re.IGNORECASE,
)
_FRAME = re.compile(rb"(?i)<i?frame[^>]{0,300}?\ssrc=[\"']?([^\"'\s>]{1,300})")
_TEXTS = (".html", ".htm", ".xhtml", ".css", ".js", ".mjs", ".svg")


def references_in(content: bytes) -> tuple[str, ...]:
    """Return what looks like the address of a file, in a page, a style or a script."""
    found = dict.fromkeys(m[1] for m in _FRAME.finditer(content))
    for match in _REFERENCE.finditer(content):
        found[match[1]] = None
        if len(found) >= _MOST_REFERENCES:
            break
    return tuple(reference.decode("utf-8", "replace") for reference in found)


REFERENCES = Scanner(
    name="pages.references",
    version=code_digest([sys.modules[__name__]]),
    kind=tuple[str, ...],
    scan=references_in,
    largest_bytes=_READ_BYTES,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handing:
    """
    A page, and what it is handed.

    Attributes:
        address: Where it is shown, from the root of its site.
        files: Path in the tree by address, the page's own among them.
        left_out: How many files it may ask for that were too large, or too many.
    """

    page: str
    address: str
    files: Mapping[str, str]
    left_out: int


def handings(tree: Tree, pages: Iterable[str]) -> Iterator[Handing]:
    """Yield what each page is handed."""
    hands = _Hands(tree)
    for page in pages:
        yield hands.of(page)


class _Hands:
    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        regular = (EntryKind.FILE, EntryKind.EXECUTABLE)
        self._sizes = {
            entry.path: entry.size_bytes
            for entry in tree.entries()
            if entry.kind in regular and entry.size_bytes is not None
        }

    def of(self, page: str) -> Handing:
        own = self._references(page)
        root = self._root_of(page, own)
        wanted = [page, *self._closure(page, root, own)]
        files: dict[str, str] = {}
        total = left_out = 0
        for path in wanted:
            size = self._sizes.get(path, 0)
            is_large = size > LARGEST_FILE_BYTES or total + size > LARGEST_PAGE_BYTES
            if path != page and (is_large or len(files) >= MOST_FILES):
                left_out += 1
                continue
            total += size
            files[path.removeprefix(root)] = path
        return Handing(
            page=page,
            address=page.removeprefix(root),
            files=files,
            left_out=left_out,
        )

    def _references(self, path: str) -> tuple[str, ...]:
        for _, found in self._tree.scan(REFERENCES, [path]):
            if not isinstance(found, Unreadable):
                return found
        return ()

    def _root_of(self, page: str, references: Iterable[str]) -> str:
        """Return the folder that "/" means to a page: where most of it is found."""
        whole = [r for r in references if r.startswith("/") and r[:2] != "//"]
        roots = ["", *_folders_of(page)]
        found: Counter[str] = Counter()
        for reference in whole:
            path = _plain(reference).lstrip("/")
            found.update(root for root in roots if root + path in self._sizes)
        return max(roots, key=lambda root: (found[root], -len(root)))

    def _closure(self, page: str, root: str, own: Iterable[str]) -> Iterator[str]:
        seen = {page}
        ring = [(page, tuple(own))]
        for _ in range(DEEPEST):
            beyond: list[tuple[str, tuple[str, ...]]] = []
            for path, references in ring:
                for found in self._found(path, page, root, references):
                    if found in seen or len(seen) > MOST_FILES * 2:
                        continue
                    seen.add(found)
                    yield found
                    if found.lower().endswith(_TEXTS):
                        beyond.append((found, self._references(found)))
            ring = beyond

    def _found(
        self, path: str, page: str, root: str, references: Iterable[str]
    ) -> Iterator[str]:
        """Yield the files that references mean; a script's are those of its page."""
        bases = dict.fromkeys(p.rpartition("/")[0] for p in (path, page))
        for reference in references:
            plain = _plain(reference)
            if plain.startswith("/"):
                places = [root + plain.lstrip("/")]
            else:
                places = [posixpath.join(base, plain) for base in bases]
            for place in map(posixpath.normpath, places):
                if place in self._sizes and place.startswith(root):
                    yield place


def _plain(reference: str) -> str:
    return unquote(re.split(r"[?#]", reference, maxsplit=1)[0])


def _folders_of(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[:n]) + "/" for n in range(1, len(parts) + 1)]


@dataclass(frozen=True)
class AsAsked:
    """
    A tree with what the tool is asked beside the files that it is handed.

    Attributes:
        pages: What each page is handed.
        beside: Rules of the second engine that are asked for.
    """

    tree: Tree
    pages: tuple[Handing, ...]
    beside: Iterable[str]

    @cached_property
    def asked(self) -> bytes:
        pages: list[Any] = [
            {"page": one.page, "address": one.address, "handed": dict(one.files)}
            for one in self.pages
        ]
        return json.dumps({"pages": pages, "beside": sorted(self.beside)}).encode()

    def entries(self) -> tuple[Entry, ...]:
        """Return what is asked, and the files that are handed."""
        wanted = {path for page in self.pages for path in page.files.values()}
        asked = Entry(
            path=ASKED,
            oid="0" * 40,
            kind=EntryKind.FILE,
            size_bytes=len(self.asked),
        )
        return (
            asked,
            *(
                Entry(
                    path=f"{FILES}/{one.path}",
                    oid=one.oid,
                    kind=one.kind,
                    size_bytes=one.size_bytes,
                    is_utf8=one.is_utf8,
                )
                for one in self.tree.entries()
                if one.path in wanted
            ),
        )

    def paths(self) -> tuple[str, ...]:
        return tuple(entry.path for entry in self.entries())

    def read(self, path: str) -> bytes:
        if path == ASKED:
            return self.asked
        return self.tree.read(path.removeprefix(f"{FILES}/"))

    def scan(
        self, scanner: Scanner[T], paths: Iterable[str] | None = None
    ) -> Iterator[tuple[str, T | Unreadable]]:
        return self.tree.scan(scanner, paths)

    def is_settled(self) -> bool:
        return self.tree.is_settled()


def key_of(handing: Handing, oids: Mapping[str, str]) -> Digest:
    """Return what the answer about a page depends on, beside who gives it."""
    files = sorted((address, oids[path]) for address, path in handing.files.items())
    return digest_of_bytes(canonical([handing.address, files]))
