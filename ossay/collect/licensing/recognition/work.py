# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The files that are looked at: read once, and again only to be asked about."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ossay.collect.licensing.distance import is_inside
from ossay.collect.licensing.names import scope_of
from ossay.collect.licensing.recognition import reading
from ossay.collect.licensing.recognition.lists import is_called_a_list
from ossay.collect.licensing.recognition.reading import Kind, Reading
from ossay.model.tree import BlobUnreadable, Tree, Unreadable

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """
    The files that are looked at.

    Attributes:
        kinds: What each is, by path.
        oids: Names of the blobs, by path.
        sizes: In bytes, by path.
        alike: What files say, each once, with the paths of all that say it.
    """

    tree: Tree
    readings: Mapping[str, Reading | Unreadable]
    kinds: Mapping[str, Kind]
    oids: Mapping[str, str]
    sizes: Mapping[str, int]
    alike: Sequence[tuple[Reading, Sequence[str]]]

    def each(
        self, tell: Callable[[Reading], T], kind: Kind | None = None
    ) -> dict[str, T]:
        """
        Return what *tell* makes of the readings of *kind* (all if None), by path.

        Files that say the same share one reading, and *tell* is asked about it once.
        """
        found: dict[str, T] = {}
        for one, paths in self.alike:
            if kind is not None:
                paths = [p for p in paths if self.kinds[p] is kind]
            if paths:
                found.update(dict.fromkeys(paths, tell(one)))
        return found

    def texts(
        self,
        keys: Mapping[str, Collection[str]],
        missing: Iterable[str],
        cut: Callable[[bytes], Iterator[tuple[str, str]]],
    ) -> Iterator[tuple[str, str]]:
        """
        Yield key and text of what is *missing*, from as few files as have it.

        Args:
            keys: Of each file, by path.
            cut: Yields keys and texts of a file's content.
        """
        left = set(missing)
        paths = (p for p, have in keys.items() if not left.isdisjoint(have))
        for _, content in self.read_again(paths):
            for key, text in cut(content):
                left.discard(key)
                yield key, text

    def read_again(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield the content of each blob at *paths* once, if it can be had."""
        done: set[str] = set()
        for path in paths:
            oid = self.oids[path]
            if oid not in done:
                done.add(oid)
                try:
                    yield oid, self.tree.read(path)
                except BlobUnreadable:
                    continue


def work_on(tree: Tree, folder: str) -> Work:
    """Return the files in *folder*, and those elsewhere that are called licences."""
    wanted = [p for p in tree.paths() if is_inside(p, folder) or is_called_licence(p)]
    return work_of(tree, wanted)


def work_of(tree: Tree, wanted: Iterable[str]) -> Work:
    """Return the files at the paths *wanted*."""
    found = tree.scan(reading.scanner(), wanted)
    readings = dict(found)
    entries = [e for e in tree.entries() if e.path in readings]
    return Work(
        tree=tree,
        readings=readings,
        kinds={path: _kind(path, one) for path, one in readings.items()},
        oids={e.path: e.oid for e in entries},
        sizes={e.path: e.size_bytes or 0 for e in entries},
        alike=tuple(_alike(readings)),
    )


def _alike(
    readings: Mapping[str, Reading | Unreadable],
) -> Iterable[tuple[Reading, Sequence[str]]]:
    """Return the readings with their paths; equal ones are one object mostly."""
    found: dict[int, tuple[Reading, list[str]]] = {}
    for path, one in readings.items():
        if isinstance(one, Reading):
            found.setdefault(id(one), (one, []))[1].append(path)
    return found.values()


def is_called_licence(path: str) -> bool:
    """Tell whether the file at *path* is called a licence, of the whole or a part."""
    return scope_of(path.rpartition("/")[2]) is not None


def _kind(path: str, one: Reading | Unreadable) -> Kind:
    """Tell what the file at *path* is, by its name where its bytes do not."""
    if isinstance(one, Unreadable):
        return Kind.UNREAD
    kind = one.kind
    if kind is Kind.TEXT and is_called_a_list(path.rpartition("/")[2]):
        return Kind.LIST
    return kind
