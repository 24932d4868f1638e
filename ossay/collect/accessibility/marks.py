# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The marks that are looked for in files: a literal each, and what must surround it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from ossay.collect.accessibility import tables
from ossay.collect.accessibility.tables import Rows


class Kind(StrEnum):
    """What a mark is a sign of."""

    TEST_TOOL = "test tool"
    """The name of a tool that tests for accessibility; in code, between quotes."""
    TEST_USE = "test use"
    """A call that only such a tool has."""
    LINT_PLUGIN = "lint plug-in"
    LINT_ON = "lint rules on"
    PREFERENCE = "preference of the user"
    ZOOM_BLOCKED = "zoom blocked"
    NO_OUTLINE = "focus outline removed"
    SKIP_LINK = "skip link"
    LIVE_REGION = "live region"
    RIGHT_TO_LEFT = "right to left"
    LOGICAL = "logical properties"
    OFFLINE = "offline"
    STORE = "store on the device"
    BUDGET = "budget"
    LIGHT = "light"
    MESSAGES = "text messages"
    MARKUP = "markup"
    FRAGMENT = "fragment of markup"
    TOOLKIT = "toolkit"
    CONFORMANCE = "conformance report"
    CATALOGUE = "Qt catalogue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """
    Something to look for.

    Attributes:
        literal: Found first, at the speed of memory.
        pattern: Has to match where the literal stands; may look around, not far.
    """

    kind: Kind
    seen: str
    literal: bytes
    pattern: bytes = b""

    def is_at(self, place: int, content: bytes) -> bool:
        """Tell whether the literal at *place* is what was meant."""
        if self.pattern and not _compiled(self.pattern).match(content, place):
            return False
        if self.kind in _SHOWN and _is_comment(content, place):
            return False
        return self.kind is not Kind.NO_OUTLINE or not _is_spared(content, place)


Gated = Mapping[bytes, tuple[Mark, ...]]
"""Marks by a text that all of them contain: where it is absent, all of them are."""


@cache
def marks_of_settings() -> Gated:
    """Return what package manifests, settings of tools and CI files may show."""
    before = rb"(?<![\w@/.-])"
    return _gated(
        *(_name(Kind.TEST_TOOL, name, before) for name in tables.TEST_TOOLS.split()),
        *(
            _name(Kind.LINT_PLUGIN, name, before)
            for name in tables.LINT_PLUGINS.split()
        ),
        *_rows(Kind.TEST_TOOL, tables.LIGHTHOUSE),
        *_rows(Kind.LINT_ON, tables.LINT_ON),
        *_rows(Kind.RIGHT_TO_LEFT, tables.RIGHT_TO_LEFT_TOOLS),
        *_rows(Kind.OFFLINE, tables.OFFLINE_TOOLS),
        *_rows(Kind.STORE, tables.STORES),
        *_rows(Kind.STORE, tables.STORE_TOOLS),
        *_rows(Kind.BUDGET, tables.BUDGETS),
        *_rows(Kind.LIGHT, tables.LIGHT_TOOLS),
        *_rows(Kind.MESSAGES, tables.MESSAGES),
        *_rows(Kind.CONFORMANCE, tables.CONFORMANCE),
    )


@cache
def marks_of_tests() -> Gated:
    """Return what the code of tests may show, and nothing else of interest."""
    return _gated(*_test_marks())


@cache
def marks_of_programs() -> Gated:
    """Return what programs may show that are no scripts of pages."""
    return _gated(
        *_test_marks(),
        *_rows(Kind.PREFERENCE, tables.PREFERENCES),
        *_rows(Kind.LIVE_REGION, tables.LIVE_REGIONS),
        *_rows(Kind.RIGHT_TO_LEFT, tables.RIGHT_TO_LEFT),
        *_rows(Kind.STORE, tables.STORES),
        *_rows(Kind.MESSAGES, tables.MESSAGES),
    )


@cache
def marks_of_code() -> Gated:
    """Return what templates, scripts, styles and layouts may show."""
    return _gated(
        *_test_marks(),
        *_rows(Kind.PREFERENCE, tables.PREFERENCES),
        *_rows(Kind.ZOOM_BLOCKED, tables.ZOOM_BLOCKED),
        *_rows(Kind.NO_OUTLINE, tables.NO_OUTLINE),
        *_rows(Kind.SKIP_LINK, tables.SKIP_LINKS),
        *_rows(Kind.LIVE_REGION, tables.LIVE_REGIONS),
        *_rows(Kind.RIGHT_TO_LEFT, tables.RIGHT_TO_LEFT),
        *_rows(Kind.LOGICAL, tables.LOGICAL),
        *_rows(Kind.OFFLINE, tables.OFFLINE),
        *_rows(Kind.STORE, tables.STORES),
        *_rows(Kind.BUDGET, tables.BUDGETS_IN_CODE),
        *_rows(Kind.LIGHT, tables.LIGHT),
        *_rows(Kind.MESSAGES, tables.MESSAGES),
        *_rows(Kind.CATALOGUE, tables.CATALOGUES),
    )


@cache
def marks_of_budgets() -> Gated:
    """Return what limits how much is sent, in settings of builds and checks."""
    return _gated(
        *_rows(Kind.BUDGET, tables.BUDGETS),
        *_rows(Kind.BUDGET, tables.BUDGETS_IN_CODE),
    )


@cache
def marks_of_interfaces() -> Gated:
    """Return what tells that a file makes a part of a user interface."""
    return _gated(
        *_rows(Kind.TOOLKIT, tables.TOOLKITS),
        *_rows(Kind.MARKUP, tables.MARKUP),
        *_rows(Kind.FRAGMENT, tables.FRAGMENTS),
    )


def _test_marks() -> Iterator[Mark]:
    for name in tables.TEST_TOOLS.split():
        yield _name(Kind.TEST_TOOL, name, rb"(?<=[\"'])")
    yield from _rows(Kind.TEST_USE, tables.TEST_USES)


def _rows(kind: Kind, rows: Rows) -> Iterator[Mark]:
    for seen, pairs in rows.items():
        for literal, pattern in pairs:
            yield Mark(kind=kind, seen=seen, literal=literal, pattern=pattern)


def _name(kind: Kind, name: str, before: bytes) -> Mark:
    """Make the mark of a package's name: whole, or the scope it begins with."""
    literal = name.encode()
    begins = name.endswith("/") or name in {"com.deque", "Deque.AxeCore"}
    after = b"" if begins else rb"(?![\w-])"
    pattern = before + re.escape(literal) + after
    return Mark(kind=kind, seen=name.strip("/"), literal=literal, pattern=pattern)


_GATES = (
    b"axe",
    b"Axe",
    b"kip",
    b"role",
    b"calab",
    b"aximum",
    b"orced-color",
    b"contrast",
    b"prefers-",
    b"motion-",
    b"eferredFont",
    b"iveRegion",
    b"utline",
    b"RightToLeft",
    b"Rtl",
    b".dir",
    b"dir=",
    b"nnounce",
    b"tSize",
    b"sms",
    b"deque",
    b" al conten",
    b"11y",
    b"ccessib",
    b"ighthouse",
    b"irection",
    b"nline-",
    b"InlineStart",
    b"rtl",
    b"RTL",
    b"ateway",
    b"apid",
    b"fricas",
    b"SMS",
)
"""Parts of many literals; few files have any."""


def _gated(*marks: Mark) -> Gated:
    groups: dict[bytes, tuple[Mark, ...]] = {}
    for mark in marks:
        gate = next((g for g in _GATES if g in mark.literal), mark.literal)
        groups[gate] = (*groups.get(gate, ()), mark)
    return groups


_SHOWN = frozenset(
    {Kind.PREFERENCE, Kind.ZOOM_BLOCKED, Kind.NO_OUTLINE, Kind.SKIP_LINK}
    | {Kind.LIVE_REGION}
)
"""What is in a page or is not; a comment that speaks of it changes nothing."""


def _is_comment(content: bytes, place: int) -> bool:
    """Tell whether the line of *place* begins as a comment; CSS has a selector `*`."""
    start = content.rfind(b"\n", max(0, place - _LONGEST_SELECTOR), place) + 1
    line = content[start:place].lstrip()
    if line.startswith((b"//", b"/*", b"<!--")):
        return b"*/" not in line and b"-->" not in line
    return line.startswith(b"*") and b"{" not in line


def _is_spared(content: bytes, place: int) -> bool:
    """
    Tell whether the rule around *place* is only for those who use no keyboard.

    Or for a part that nobody can reach with it, which a script moves the focus to.
    """
    before = content[max(0, place - _LONGEST_SELECTOR) : place]
    selector = before.rpartition(b"{")[0]
    selector = selector[max(selector.rfind(end) for end in (b"}", b";", b"{")) + 1 :]
    return any(spared in selector for spared in _SPARED)


_LONGEST_SELECTOR = 600
_SPARED = (
    b":not(:focus-visible)",
    b":not(.focus-visible)",
    b":not([data-focus-visible-added])",
    b":not(:focus)",
    b'[tabindex="-1"]',
    b"[tabindex='-1']",
    b"[tabindex=-1]",
)


@cache
def _compiled(pattern: bytes) -> "re.Pattern[bytes]":
    return re.compile(pattern)
