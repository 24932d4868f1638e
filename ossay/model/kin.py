# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Other software of the same workshop that grew out of the same first commit."""

from dataclasses import dataclass
from typing import Protocol

from ossay.model.tree import Unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class Distance:
    """
    What two that share their beginning do not have in common.

    Attributes:
        ahead: Commits here that are not on the other's main branch.
        behind: Commits of that branch that are not here.
    """

    ahead: int
    behind: int


class Kin(Protocol):
    """What shares its first commit with a snapshot, and how far it is from it."""

    def addresses(self) -> tuple[str, ...]:
        """The addresses of what shares it, in order."""

    def distance_to(self, address: str) -> Distance | Unreadable:
        """Tell how far the main branch at one of `addresses` is."""

    def fixes_at(self, address: str) -> tuple[str, ...] | Unreadable:
        """
        Return commits of that branch of which nothing equal is here.

        Only those whose first line says in English that it mends something.
        """

    def is_settled(self) -> bool:
        """Tell whether nothing was missing or damaged of what was asked so far."""
