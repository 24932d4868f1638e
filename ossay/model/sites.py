# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A running instance of the software, and who allowed that it is looked at."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """
    A running instance that may be visited.

    Attributes:
        part: The part of the candidate that runs there.
        address: The page where a visitor begins.
        owner: Who runs it, as the officer names them.
        authorised_by: Who of them allowed the visit: a role or an id, no mail address.
        until: The last day on which it holds.
    """

    part: str
    address: str
    owner: str
    authorised_by: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """
    What came back for one address of a site.

    Attributes:
        url: Where it came from in the end, after redirects on the same site.
        status: HTTP status; 0 where nothing came.
        elsewhere: The host that the site leads to instead; nothing was asked there.
        why: Why nothing came, in one sentence.
    """

    url: str
    status: int = 0
    content_type: str = ""
    body: bytes = b""
    elsewhere: str = ""
    why: str = ""


class Reach(Protocol):
    """Gets what one site shows, and nothing from anywhere else."""

    @property
    def origin(self) -> str:
        """Scheme, host and port ("https://demo.example.org")."""

    def get(self, url: str) -> Fetched:
        """Return what *url* shows; an address of another origin is not asked."""

    def is_settled(self) -> bool:
        """Tell whether something came back each time; what did not may come later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteAtHand:
    """
    A site as a collector is given it.

    Attributes:
        reach: The way to it; None where it is not visited, and *why* not.
        may_pass: Whether it may be visited another time without anybody's doing.
    """

    site: Site
    reach: Reach | None
    why: str = ""
    may_pass: bool = False

    def is_settled(self) -> bool:
        """Tell whether it would show the same if it were visited again today."""
        return not self.may_pass if self.reach is None else self.reach.is_settled()
