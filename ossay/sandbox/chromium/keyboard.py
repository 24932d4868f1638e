# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A walk over a page by the Tab key: does it lead on, and is it seen where it is?"""

from dataclasses import dataclass, field
from typing import Any

from ossay.sandbox.chromium import scripts
from ossay.sandbox.chromium.visit import Visit

MOST_STEPS = 60
MOST_PICTURES = 12
"""Compared on one page."""

MOST_INNER = 12
"""Places inside of one element: the parts of a date, the knobs of a film."""

MOST_SHOWN = 20


@dataclass(slots=True)
class Walk:
    """
    What a walk came by.

    Attributes:
        trapped: Elements that the Tab key does not leave; with those that only
            another key leaves in `held`.
        unseen: Elements that look the same with the keyboard on them.
        undecided: Elements that were not compared.
    """

    steps: int = 0
    stops: int = 0
    is_whole: bool = False
    trapped: list[dict[str, Any]] = field(default_factory=list)
    held: list[dict[str, Any]] = field(default_factory=list)
    unseen: list[dict[str, Any]] = field(default_factory=list)
    undecided: int = 0


def walk(visit: Visit) -> dict[str, Any]:
    """Press Tab until the walk comes round, is held, or is long enough."""
    seen = Walk(stops=visit.run(scripts.BEGIN_WALK))
    visited: set[int] = set()
    last = -1
    pictures = 0
    for _ in range(min(seen.stops + 3, MOST_STEPS)):
        at = _next(visit, last)
        seen.steps += 1
        if at is None:  # on the document, at its end or where a script put it
            last = -1
            continue
        number = at["number"]
        if number == last:
            _held(visit, seen, number, at)
            break
        if number in visited:
            seen.is_whole = True
            left = seen.stops - len(visited)
            if left > len(visited):
                seen.held.append(at)
            break
        visited.add(number)
        last = number
        if at["is_host"]:  # what has the keyboard inside of it is not seen from here
            seen.undecided += 1
        elif not at["differs"] and not at["is_frame"]:
            if pictures >= MOST_PICTURES:
                seen.undecided += 1
            else:
                pictures += 1
                if _looks_the_same(visit):
                    _kept(seen.unseen, at)
    return {
        "steps": seen.steps,
        "stops": seen.stops,
        "is_whole": seen.is_whole or (seen.stops == 0 and not visited),
        "trapped": seen.trapped,
        "held": seen.held,
        "unseen": seen.unseen,
        "undecided": seen.undecided,
    }


def _next(visit: Visit, last: int) -> Any:
    """Press Tab until another element has the keyboard, or this one holds it."""
    at = None
    for _ in range(MOST_INNER):
        visit.page.keyboard.press("Tab")
        at = visit.run(scripts.STEP)
        if at is None or at["number"] != last:
            break
    return at


def _kept(among: list[dict[str, Any]], at: dict[str, Any]) -> None:
    if len(among) < MOST_SHOWN * 5:
        among.append(at)


def _held(visit: Visit, seen: Walk, number: int, at: dict[str, Any]) -> None:
    """Tell a place that no key leaves from one that another key leaves."""
    if at["is_frame"] or seen.stops <= 1:
        return
    for keys in (["Escape", "Tab"], ["Shift+Tab"]):
        for key in keys:
            visit.page.keyboard.press(key)
        now = visit.run(scripts.STEP)
        if now is None or now["number"] != number:
            seen.held.append(at)
            return
    seen.trapped.append(at)


def _looks_the_same(visit: Visit) -> bool:
    """Compare the picture of the page with the keyboard there, and without."""
    focused = visit.picture()
    visit.run(scripts.BLUR)
    without = visit.picture()
    visit.run(scripts.REFOCUS)
    return focused == without
