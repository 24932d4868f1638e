# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which files are read, by which scanner, and what was seen where."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ossay.collect._places import Place, Places, place_by_name
from ossay.collect.accessibility.marks import Kind
from ossay.collect.accessibility.roles import (
    SETTINGS,
    Role,
    is_letter,
    is_program,
    role_of,
)
from ossay.collect.accessibility.signals import (
    LARGEST_BYTES,
    SCAN_CODE,
    SCAN_PROGRAMS,
    SCAN_SETTINGS,
    SCAN_TESTS,
    Signal,
    Signals,
)
from ossay.model.evidence import Item
from ossay.model.tree import Entry, EntryKind, Scanner, Tree, Unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A signal, and the file it was seen in."""

    path: str
    role: Role
    signal: Signal

    def as_item(self, note: str = "") -> Item:
        """Return what a reader is shown."""
        seen = note or self.signal.seen
        return Item(
            subject=self.path, note=f"{seen} ({self.role})", line=self.signal.line
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """
    What files say, tests' files apart.

    Attributes:
        own: Paths of the software's own files, for what names tell.
        unread: Files that should have been read and could not be.
    """

    own: tuple[str, ...]
    in_product: tuple[Sighting, ...]
    in_tests: tuple[Sighting, ...]
    unread: tuple[Item, ...]

    def of(self, *kinds: Kind) -> list[Sighting]:
        """Return the sightings of *kinds* in the software itself."""
        return [s for s in self.in_product if s.signal.kind in kinds]


def look(tree: Tree) -> Seen:
    """Read what is worth it: the software's own files, its tests, its settings."""
    places = Places(tree)
    plans: dict[str, dict[str, Role]] = defaultdict(dict)
    own = []
    for entry in readable(tree):
        place = places.of(entry.path)
        if place is Place.PRODUCT:
            own.append(entry.path)
        role = role_of(entry.path)
        if role is Role.CODE and is_letter(entry.path):
            continue
        if role and (plan := _plan(entry.path, role, place)):
            plans[plan][entry.path] = role
    unread: list[Item] = []
    code = [
        *_scanned(tree, SCAN_CODE, plans["code"], unread),
        *_scanned(tree, SCAN_PROGRAMS, plans["programs"], unread),
    ]
    settings = list(_scanned(tree, SCAN_SETTINGS, plans["settings"], unread))
    tests = [
        *_scanned(tree, SCAN_SETTINGS, plans["settings of tests"], unread),
        *_scanned(tree, SCAN_TESTS, plans["tests"], unread),
    ]
    return Seen(
        own=tuple(own),
        in_product=(*settings, *code),
        in_tests=tuple(tests),
        unread=tuple(unread),
    )


def readable(tree: Tree) -> Iterator[Entry]:
    """
    Yield the files that people may have written.

    Those over `LARGEST_BYTES` are left out; one whose size is not known, since it
    is missing, is not, so that it will be missed.
    """
    for entry in tree.entries():
        if entry.kind in {EntryKind.FILE, EntryKind.EXECUTABLE} and (
            entry.size_bytes is None or entry.size_bytes <= LARGEST_BYTES
        ):
            yield entry


def own_by_name(tree: Tree) -> list[str]:
    """
    Return the software's own files as the names of folders tell.

    Attributes of the tree are not heeded here: what it calls vendored may still be
    its only interface. The site that documents the software is left out.
    """
    has_site = any(path.startswith(f"{_SITE}docs/") for path in tree.paths())
    return [
        e.path
        for e in readable(tree)
        if place_by_name(e.path) is Place.PRODUCT
        and not (has_site and e.path.startswith(_SITE))
    ]


def _plan(path: str, role: Role, place: Place) -> str:
    if role is Role.CI:
        return "settings"
    if place in {Place.FOREIGN, Place.EXAMPLE}:
        return ""
    if role is Role.YAML:
        return "settings" if place is not Place.TEST else ""
    if place is Place.DOCUMENTATION:
        return ""
    if role in SETTINGS:
        return "settings of tests" if place is Place.TEST else "settings"
    if place is Place.TEST:
        return "tests"
    return "programs" if is_program(path) else "code"


def _scanned(
    tree: Tree, scanner: Scanner[Signals], paths: dict[str, Role], unread: list[Item]
) -> Iterator[Sighting]:
    for path, answer in tree.scan(scanner, paths):
        if isinstance(answer, Unreadable):
            unread.append(Item(subject=path, note=answer.why))
            continue
        for signal in answer.found:
            if signal.kind in _TELLS.get(paths[path], Kind):
                yield Sighting(path=path, role=paths[path], signal=signal)


_SITE = "website/"
"""Where documentation is kept with the pages around it, as Docusaurus does."""

_TELLS = {
    Role.CI: {Kind.TEST_TOOL, Kind.BUDGET},
    Role.MANIFEST: set(Kind) - {Kind.CONFORMANCE},
    Role.LINT: {Kind.LINT_ON, Kind.LINT_PLUGIN},
    Role.CHECKS: {Kind.TEST_TOOL, Kind.BUDGET},
    Role.YAML: {Kind.CONFORMANCE},
}
"""What a mark can mean in a file; code is searched for nothing that it cannot mean."""
