# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which files are read, and what was seen where."""

from collections import defaultdict
from dataclasses import dataclass, field

from ossay.collect._places import Place, Places, place_by_name
from ossay.collect.templates.files import is_letter, not_read, scanner_for
from ossay.collect.templates.scanners import LARGEST_BYTES
from ossay.model.accessibility import Barrier
from ossay.model.evidence import Item
from ossay.model.tree import Entry, EntryKind, Tree, Unreadable

_PROGRAMS = frozenset({"templates.script", "templates.angular", "templates.sheet"})
"""Scanners of files that hold no interface as a rule; a large one is a bundle."""

SET_APART = "its own .gitattributes call it generated or the work of others"


@dataclass(slots=True, kw_only=True)
class Looked:
    """
    What was seen.

    Attributes:
        checked: Files with markup that was checked.
        not_evaluated: Files of the interface of a kind that no check reads.
        unread: Files that should have been read and could not be.
    """

    checked: list[Item] = field(default_factory=list)
    not_evaluated: list[Item] = field(default_factory=list)
    unread: list[Item] = field(default_factory=list)
    barriers: list[Barrier] = field(default_factory=list)

    def missed(self) -> str:
        """Return why counts may be short; "" where they are not."""
        told = []
        if self.not_evaluated:
            told.append(f"of a kind that is not checked: {len(self.not_evaluated)}")
        if self.unread:
            told.append(f"that could not be read: {len(self.unread)}")
        return f"files of the user interface {', '.join(told)}" if told else ""


def look(tree: Tree) -> Looked:
    """Read the software's own templates, components, scripts and style sheets."""
    looked, places = Looked(), Places(tree)
    plans: dict[str, list[str]] = defaultdict(list)
    scanners = {}
    for entry in tree.entries():
        if entry.kind not in {EntryKind.FILE, EntryKind.EXECUTABLE}:
            continue
        path = entry.path
        scanner = scanner_for(path)
        kind = "" if scanner else not_read(path)
        if (not scanner and not kind) or is_letter(path):
            continue
        if places.of(path) is not Place.PRODUCT:
            if place_by_name(path) is Place.PRODUCT and _shows(path, kind):
                looked.not_evaluated.append(Item(subject=path, note=SET_APART))
        elif scanner is None:
            looked.not_evaluated.append(Item(subject=path, note=kind))
        elif not (scanner.name in _PROGRAMS and _is_large(entry)):
            scanners[scanner.name] = scanner
            plans[scanner.name].append(path)
    for name, paths in plans.items():
        for path, answer in tree.scan(scanners[name], paths):
            if isinstance(answer, Unreadable):
                looked.unread.append(Item(subject=path, note=answer.why))
                continue
            if answer.elements:
                looked.checked.append(Item(subject=path))
            elif answer.not_evaluated:
                looked.not_evaluated.append(
                    Item(subject=path, note=answer.not_evaluated)
                )
            looked.barriers += [found.at(path) for found in answer.found]
    looked.barriers.sort(key=lambda b: (b.where, b.line, b.rule))
    return looked


def _shows(path: str, kind: str) -> bool:
    """Tell whether the name of a file says that it holds an interface."""
    scanner = scanner_for(path)
    return bool(kind) or (scanner is not None and scanner.name not in _PROGRAMS)


def _is_large(entry: Entry) -> bool:
    return entry.size_bytes is not None and entry.size_bytes > LARGEST_BYTES
