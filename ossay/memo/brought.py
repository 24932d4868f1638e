# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A row of the table "components", as documents read it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Brought:
    """
    One component, as `ossay.collect.components` lays it down.

    Attributes:
        direct: "yes", "no", or "" where that is not told.
        way: The purls that bring it in, from the one that the software names.
        found_in: The files that name it, a line each.
    """

    purl: str
    ecosystem: str
    name: str
    version: str
    scope: str
    licence: str
    direct: str
    way: str
    found_in: str
    path: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        path = tuple(self.way.split(" > ")) if self.way else ()
        object.__setattr__(self, "path", path)
