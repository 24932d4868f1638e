# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which expressions files state, and where each was met."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ossay.collect.licensing.file_licences import FileLicence
from ossay.model.evidence import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """
    An expression, and where it was met.

    Attributes:
        first: The first place.
        files: Paths of all files, in order.
    """

    expression: str
    first: Item
    files: tuple[str, ...]

    def item(self, note: str = "") -> Item:
        """Return the first place, with how many there are."""
        said = f"{self.expression}, {counted(len(self.files))}"
        shown = f"{said}: {note}" if note else said
        return Item(subject=self.first.subject, note=shown, line=self.first.line)


def met(files: Iterable[FileLicence]) -> list[Met]:
    """Return what *files* state, by expression, most files first."""
    places: defaultdict[str, list[Item]] = defaultdict(list)
    for file in files:
        for stated in file.expressions:
            line = file.line_of(stated)
            places[stated].append(Item(subject=file.path, line=line))
    found = [
        Met(
            expression=stated,
            first=items[0],
            files=tuple(item.subject for item in items),
        )
        for stated, items in places.items()
    ]
    return sorted(found, key=lambda m: (-len(m.files), m.expression))


def counted(files: int) -> str:
    return "1 file" if files == 1 else f"{files:,} files"
