# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What is asked about pages in a browser: of the tree, and of a running instance."""

from dataclasses import dataclass
from typing import Any

from ossay.model.evidence import Combine, Fact, Tier, Worse


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """
    The questions about one kind of pages.

    Attributes:
        found: Pages that there are to test.
        open_places: Where an engine says that a person has to look; never a pass.
        touched_criteria: Those that a check which ran looks at, found or not.
    """

    found: Fact[int]
    tested: Fact[int]
    untested: Fact[int]
    failing: Fact[int]
    open_places: Fact[int]
    failing_criteria: Fact[tuple[str, ...]]
    open_criteria: Fact[tuple[str, ...]]
    touched_criteria: Fact[tuple[str, ...]]
    without_scripts: Fact[bool]
    fits_320: Fact[bool]
    keyboard_traps: Fact[int]
    focus_not_seen: Fact[int]
    moving: Fact[int]
    heaviest_bytes: Fact[int]
    most_requests: Fact[int]
    other_hosts: Fact[tuple[str, ...]]

    @property
    def all(self) -> tuple[Fact[Any], ...]:
        """Every question, in the order of the fields."""
        return tuple(getattr(self, name) for name in self.__slots__)

    @property
    def measured(self) -> tuple[Fact[Any], ...]:
        """Those that only a page which was tested can answer."""
        return self.all[3:]


def asked_of(prefix: str, pages: str) -> Asked:
    """Return the questions about *pages* ("pages of the repository")."""

    def count(name: str, unit: str, asks: str, unread: str = "") -> Fact[int]:
        return Fact(
            name=f"{prefix}.{name}",
            kind=int,
            unit=unit,
            asks=asks,
            combine=Combine.SUM,
            unread=unread,
            tier=Tier.RENDERED,
        )

    def most(name: str, unit: str, asks: str) -> Fact[int]:
        return Fact(
            name=f"{prefix}.{name}",
            kind=int,
            unit=unit,
            asks=asks,
            combine=Combine.WORST,
            worse=Worse.HIGHER,
            tier=Tier.RENDERED,
        )

    def names(name: str, asks: str) -> Fact[tuple[str, ...]]:
        return Fact(
            name=f"{prefix}.{name}",
            kind=tuple,
            asks=asks,
            combine=Combine.UNION,
            tier=Tier.RENDERED,
        )

    def every(name: str, asks: str) -> Fact[bool]:
        return Fact(
            name=f"{prefix}.{name}",
            kind=bool,
            asks=asks,
            combine=Combine.ALL,
            tier=Tier.RENDERED,
        )

    return Asked(
        found=count("found", "pages", f"How many {pages} are there to test?"),
        tested=count(
            "tested", "pages", f"How many {pages} were opened and tested in a browser?"
        ),
        untested=count(
            "untested",
            "pages",
            f"How many {pages} were not tested in a browser?",
            unread=f"{pages} were not tested in a browser",
        ),
        failing=count(
            "failing",
            "places",
            f"At how many places of {pages} does a check in a browser find a barrier "
            "that WCAG 2.2, level A or AA, speaks of?",
        ),
        open_places=count(
            "open",
            "places",
            f"At how many places of {pages} could the checks not decide, so that a "
            "person has to look?",
        ),
        failing_criteria=names(
            "failing_criteria",
            f"Which success criteria does a check find missed on {pages}?",
        ),
        open_criteria=names(
            "open_criteria",
            f"Which success criteria have places on {pages} that a person has to "
            "look at?",
        ),
        touched_criteria=names(
            "touched_criteria",
            f"Which success criteria does any check that ran on {pages} look at?",
        ),
        without_scripts=every(
            "without_scripts",
            f"Do the {pages} that were tested show their content without JavaScript?",
        ),
        fits_320=every(
            "fits_320",
            f"Do the {pages} that were tested fit a width of 320 pixels without "
            "sideways scrolling?",
        ),
        keyboard_traps=count(
            "keyboard_traps",
            "places",
            f"At how many places of {pages} does the Tab key not lead on?",
        ),
        focus_not_seen=count(
            "focus_not_seen",
            "places",
            f"At how many places of {pages} does nothing show that the keyboard is "
            "there?",
        ),
        moving=count(
            "moving_when_asked_not_to",
            "places",
            f"At how many places of {pages} does something move although the reader "
            "asks for less motion?",
        ),
        heaviest_bytes=most(
            "heaviest_bytes",
            "bytes",
            f"How many bytes does the heaviest of the {pages} load from its own place?",
        ),
        most_requests=most(
            "most_requests",
            "requests",
            f"How many requests does one of the {pages} make at most?",
        ),
        other_hosts=names(
            "other_hosts", f"Which hosts of others do {pages} want to reach?"
        ),
    )


PAGES = asked_of("pages", "pages in the repository")
SITE = asked_of("site", "pages of the running instance")
