# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What the browser said of a page, read strictly and told as barriers.

Of the first engine (axe) all that bears on a criterion of level A or AA counts; of the
second only what the first does not see. What an engine leaves open stays open, and
what no criterion asks for is told without one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ossay.model.accessibility import CRITERIA, Barrier, ShutOut, Verdict, shut_out_by
from ossay.model.errors import OssayError

_TAG = re.compile(r"wcag([1-4])(\d)(\d{1,2})")
"""How axe names a criterion: "wcag1412" is 1.4.12 (its own documentation)."""

BESIDE: Mapping[str, tuple[str, ...]] = {
    "aria_eventhandler_role_valid": ("4.1.2",),
    "element_mouseevent_keyboard": ("2.1.1",),
    "widget_tabbable_exists": ("2.1.1",),
    "table_headers_exists": ("1.3.1",),
    "img_alt_misuse": ("1.1.1",),
    "input_label_visible": ("3.3.2",),
    "element_orientation_unlocked": ("1.3.4",),
    "error_message_exists": ("3.3.1",),
    "draggable_alternative_exists": ("2.5.7",),
    "media_track_available": ("1.2.3", "1.2.5"),
    "media_live_captioned": ("1.2.4",),
}
"""Rules of the second engine that count, each with its criteria."""

REFLOW = "reflow-320"
TRAP = "keyboard-trap"
UNSEEN = "focus-not-seen"
MOVING = "moving-when-asked-not-to"
SCRIPTS = "nothing-without-scripts"

PROBED = ("1.4.10", "2.1.2", "2.2.2", "2.4.7")
"""Criteria that our own probes look at."""

STYLED = frozenset(
    {
        *("color-contrast", "target-size", "link-in-text-block"),
        *("scrollable-region-focusable", REFLOW, UNSEEN, "label", "select-name"),
    }
)
"""
Rules on how a page looks: without all of its styles nobody knows.

Fields are among them: many are there for a script alone, and hidden by a style.
"""


NEVER_SURE: Mapping[str, str] = {
    "scrollable-region-focusable": "Chromium and Firefox lead the keyboard there, "
    "Safari does not",
    "element_orientation_unlocked": "whether for how the device is held, or for "
    "another width",
}
"""Rules that hold something for sure that is not, each with what is not."""

OF_WHOLE_PAGES = frozenset({"html-has-lang", "document-title"})
"""What a page lacks that is only ever shown inside of another, and need not have."""


TRANSLATED = frozenset(
    {
        *("html-has-lang", "document-title", "label", "image-alt", "frame-title"),
        *("button-name", "input-button-name", "link-name", "select-name"),
        *("aria-command-name", "aria-input-field-name", "aria-toggle-field-name"),
    }
)
"""What a script that puts translated words into a page gives names to."""


class NoAnswer(OssayError):
    """What was said of a page does not have the shape of an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """
    What was seen of one page.

    Attributes:
        untested: Why it was not tested, or not all of it; "" where it was.
        is_tested: Whether what a reader sees first was tested at all.
        barriers: What was found, or has to be looked at by a person.
        touched: Criteria that any check which ran looks at.
        traps: Places that the keyboard does not leave.
        is_walked: Whether the keyboard came to every place.
        lacks: What of it was not there, in words; "" where all was.
    """

    page: str
    untested: str = ""
    is_tested: bool = False
    barriers: tuple[Barrier, ...] = ()
    touched: tuple[str, ...] = ()
    without_scripts: bool = False
    fits_320: bool = False
    is_styled: bool = False
    traps: int = 0
    unseen: int = 0
    is_walked: bool = False
    moving: int = 0
    loaded_bytes: int = 0
    requests: int = 0
    hosts: tuple[str, ...] = ()
    lacks: str = ""


def read_page(page: str, said: Mapping[str, Any], rules: Mapping[str, Any]) -> Seen:
    """Return what *said* tells of *page*; raise `NoAnswer` where it tells nothing."""
    try:
        if "why" in said:
            return Seen(page=page, untested=_text(said["why"]))
        return _seen(page, said, rules)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        msg = f"what was said of {page!r} is no answer"
        raise NoAnswer(msg) from error


def _seen(page: str, said: Mapping[str, Any], rules: Mapping[str, Any]) -> Seen:
    loaded, keyboard, narrow = said["loaded"], said["keyboard"], said["narrow"]
    is_styled = _is_styled(said)
    doubts = tuple(_doubts(said, is_styled=is_styled))
    found = [
        *_of_axe(page, said["axe"]),
        *_of_ace(page, said["ace"]),
        *_of_probes(page, said),
    ]
    barriers = tuple(_doubted(barrier, doubts) for barrier in found)
    return Seen(
        page=page,
        untested="it asks for a password: only what is before that was tested"
        if said["asks_password"]
        else "",
        is_tested=True,
        barriers=barriers,
        touched=touched_by(rules),
        without_scripts=bool(said["without_scripts"]),
        fits_320=not narrow["places"] and not narrow["is_unnamed"],
        is_styled=is_styled,
        traps=_failing(barriers, TRAP),
        unseen=_failing(barriers, UNSEEN),
        is_walked=bool(keyboard["is_whole"]) and not keyboard["undecided"],
        moving=int(said["moving"]["count"]),
        loaded_bytes=int(loaded["bytes"]),
        requests=int(loaded["requests"]),
        hosts=tuple(map(_text, loaded["hosts"])),
        lacks=_lacks(loaded, int(said["frames"])),
    )


def touched_by(rules: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the criteria that any check which ran looks at."""
    of_axe = {c for tags in rules["axe"].values() for c in criteria_of(tags)}
    of_ace = {c for rule in rules["ace"] for c in BESIDE.get(rule, ())}
    return in_order({*of_axe, *of_ace, *PROBED})


def criteria_of(tags: Iterable[str]) -> tuple[str, ...]:
    """Return the criteria of level A and AA that tags of axe name."""
    matches = filter(None, map(_TAG.fullmatch, tags))
    return in_order({f"{m[1]}.{m[2]}.{int(m[3])}" for m in matches})


def in_order(criteria: Iterable[str]) -> tuple[str, ...]:
    """Return those that are criteria of level A or AA, as WCAG orders them."""
    named = set(criteria)
    return tuple(number for number in CRITERIA if number in named)


def _of_axe(page: str, told: Mapping[str, Any]) -> Iterator[Barrier]:
    for verdict, kind in (
        (Verdict.FAILS, "violations"),
        (Verdict.MAYBE, "incomplete"),
    ):
        for rule in told[kind]:
            criteria = criteria_of(rule["tags"])
            yield _barrier(
                page,
                rule,
                rule_id=_text(rule["id"]),
                criteria=criteria,
                verdict=verdict if criteria else Verdict.MAYBE,
            )


def _of_ace(page: str, told: Iterable[Mapping[str, Any]]) -> Iterator[Barrier]:
    for rule in told:
        criteria = BESIDE.get(rule["id"])
        if criteria is None:
            continue
        yield _barrier(
            page,
            rule,
            rule_id=_text(rule["id"]),
            criteria=criteria,
            verdict=Verdict.FAILS if rule["fails"] else Verdict.MAYBE,
        )


def _barrier(
    page: str,
    rule: Mapping[str, Any],
    *,
    rule_id: str,
    criteria: tuple[str, ...],
    verdict: Verdict,
) -> Barrier:
    places = list(map(_text, rule["places"]))
    at = f" at {places[0]}" if places else ""
    return Barrier(
        where=page,
        rule=rule_id,
        criteria=criteria,
        verdict=verdict,
        shuts_out=shut_out_by(criteria),
        what=f"{_text(rule['help'])}{at}",
        count=int(rule["count"]),
    )


def _of_probes(page: str, said: Mapping[str, Any]) -> Iterator[Barrier]:
    def one(
        rule: str,
        criteria: tuple[str, ...],
        verdict: Verdict,
        what: str,
        count: int,
        whom: tuple[ShutOut, ...] = (),
    ) -> Barrier:
        return Barrier(
            where=page,
            rule=rule,
            criteria=criteria,
            verdict=verdict,
            shuts_out=whom or shut_out_by(criteria),
            what=what,
            count=count,
        )

    narrow, keyboard, moving = said["narrow"], said["keyboard"], said["moving"]
    if places := list(map(_text, narrow["places"])):
        what = f"At a width of 320 pixels it reaches to {int(narrow['width'])}"
        what = f"{what}: {', '.join(places)}"
        yield one(REFLOW, ("1.4.10",), Verdict.FAILS, what, len(places))
    if places := list(map(_text, narrow["excepted"])):
        what = f"At a width of 320 pixels a table or picture is wider: {places[0]}"
        if narrow["cuts"]:
            what = f"At a width of 320 pixels it may be cut off: {', '.join(places)}"
        yield one(REFLOW, ("1.4.10",), Verdict.MAYBE, what, len(places))
    if narrow["is_unnamed"]:
        what = f"At a width of 320 pixels it reaches to {int(narrow['width'])}"
        what = f"{what}, where no text is seen"
        yield one(REFLOW, ("1.4.10",), Verdict.MAYBE, what, 1)
    if places := _names(keyboard["trapped"]):
        what = f"The keyboard does not leave {places[0]}"
        yield one(TRAP, ("2.1.2",), Verdict.FAILS, what, len(places))
    if places := _names(keyboard["held"]):
        what = f"The Tab key does not lead on from {places[0]}"
        yield one(TRAP, ("2.1.2",), Verdict.MAYBE, what, len(places))
    unseen = keyboard["unseen"]
    for is_text, verdict in ((False, Verdict.FAILS), (True, Verdict.MAYBE)):
        if places := _names(at for at in unseen if at["takes_text"] is is_text):
            what = f"Nothing shows that the keyboard is at {places[0]}"
            yield one(UNSEEN, ("2.4.7",), verdict, what, len(places))
    if count := int(moving["count"]):
        what = f"It moves although less motion is asked for: {moving['places'][0]}"
        yield one(MOVING, ("2.2.2",), Verdict.MAYBE, what, count)
    if not said["without_scripts"]:
        what = "Without JavaScript it does not show its content"
        whom = (ShutOut.SLOW_LINE,)
        yield one(SCRIPTS, (), Verdict.MAYBE, what, 1, whom)


def _names(places: Iterable[Mapping[str, Any]]) -> list[str]:
    return [_text(at["name"]) for at in places]


def _is_styled(said: Mapping[str, Any]) -> bool:
    """Tell whether it looks as it is meant to: scripts make elements, and styles."""
    loaded = said["loaded"]
    are_styles_there = not loaded["lost_styles"] and not said["undefined"]
    return are_styles_there and (bool(said["sheets"]) or not loaded["lost_scripts"])


def _doubts(
    said: Mapping[str, Any], *, is_styled: bool
) -> Iterator[tuple[frozenset[str], str]]:
    """Yield rules that are not sure of this page, and why."""
    if said["translated"] and said["loaded"]["lost_scripts"]:
        yield TRANSLATED, "without the scripts that bring its words"
    if not is_styled:
        yield STYLED, "without all of its styles"
    if not (said["title"] or said["language"] or said["viewport"]):
        yield OF_WHOLE_PAGES, "unless it is only shown inside of another page"
    yield from ((frozenset({rule}), why) for rule, why in NEVER_SURE.items())


def _doubted(barrier: Barrier, doubts: Iterable[tuple[frozenset[str], str]]) -> Barrier:
    if barrier.verdict is Verdict.MAYBE:
        return barrier
    for rules, why in doubts:
        if barrier.rule in rules:
            what = f"{barrier.what} ({why})"
            return replace(barrier, verdict=Verdict.MAYBE, what=what)
    return barrier


def _failing(barriers: Iterable[Barrier], rule: str) -> int:
    return sum(
        b.count for b in barriers if b.rule == rule and b.verdict is Verdict.FAILS
    )


def _lacks(loaded: Mapping[str, Any], frames: int) -> str:
    said = []
    if loaded["lost_styles"]:
        said.append("styles")
    if loaded["lost_scripts"]:
        said.append("scripts")
    if loaded["missing"] and not said:
        said.append("files")
    lacks = f"{' and '.join(said)} that it asks for were not there" if said else ""
    inner = "pages inside of it were not tested" if frames else ""
    return "; ".join(filter(None, (lacks, inner)))


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise NoAnswer(f"expected text, got {str(raw)[:100]!r}")
    return "".join(c if c.isprintable() else " " for c in raw)[:300]
