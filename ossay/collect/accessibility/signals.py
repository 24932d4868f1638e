# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What one file shows: tools named, rules switched on, layout, toolkits, stores."""

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ossay.codec import code_digest
from ossay.collect.accessibility import marks, tables
from ossay.collect.accessibility.marks import (
    Gated,
    Kind,
    Mark,
    marks_of_budgets,
    marks_of_code,
    marks_of_interfaces,
    marks_of_programs,
    marks_of_settings,
    marks_of_tests,
)
from ossay.model.tree import Scanner

MOST_TRIES = 200
"""Places at which a mark is tried in one file; the rest is not counted."""

LARGEST_BYTES = 1_000_000
"""Larger files are bundles and data, and not written by hand."""

_UNREADABLE_LINES = 1_000
"""Bytes per line from which a file counts as minified."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """
    One mark found in a file.

    Attributes:
        seen: What it is, as a reader may be told ("axe-core").
        line: Where it first stands, counted from 1.
        times: How often it stands there, `MOST_TRIES` at most.
    """

    kind: Kind
    seen: str
    line: int
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """Everything found in a file; what it means depends on where the file is."""

    found: tuple[Signal, ...]


NOTHING = Signals(found=())


def signals_in_settings(content: bytes) -> Signals:
    """Return the marks in a package manifest, settings of a tool or a CI file."""
    return _signals(marks_of_settings(), content)


def signals_in_tests(content: bytes) -> Signals:
    """Return the marks in the code of a test."""
    return _signals(marks_of_tests(), content)


def signals_in_programs(content: bytes) -> Signals:
    """Return the marks in a program that is no script of a page."""
    return _signals(marks_of_programs(), content)


def signals_in_code(content: bytes) -> Signals:
    """Return the marks in a template, script, style or layout."""
    return _signals(marks_of_code(), content)


def signals_of_budgets(content: bytes) -> Signals:
    """Return the limits to how much is sent."""
    return _signals(marks_of_budgets(), content)


def signals_of_interface(content: bytes) -> Signals:
    """Return the marks of toolkits and of pages."""
    return _signals(marks_of_interfaces(), content)


def _signals(gated: Gated, content: bytes) -> Signals:
    """Return what is found; nothing in what a program wrote or shrank."""
    if _is_made_by_a_program(content):
        return NOTHING
    found = tuple(sorted(_found(gated, content), key=lambda signal: signal.line))
    return Signals(found=found) if found else NOTHING


def _found(gated: Gated, content: bytes) -> Iterator[Signal]:
    for gate, behind in gated.items():
        if gate in content:
            for mark in behind:
                first, times = _places(mark, content)
                if times:
                    line = content.count(b"\n", 0, first + 1) + 1
                    yield Signal(kind=mark.kind, seen=mark.seen, line=line, times=times)


def _places(mark: Mark, content: bytes) -> tuple[int, int]:
    """Return where *mark* first stands and how often, trying each place once."""
    first, times, at = 0, 0, content.find(mark.literal)
    for _ in range(MOST_TRIES):
        if at < 0:
            break
        if mark.is_at(at, content):
            first = at if not times else first
            times += 1
        at = content.find(mark.literal, at + len(mark.literal))
    return first, times


def _is_made_by_a_program(content: bytes) -> bool:
    if len(content) > 20 * _UNREADABLE_LINES and (
        content.count(b"\n") * _UNREADABLE_LINES < len(content)
    ):
        return True
    return _GENERATED.search(content, 0, 2_000) is not None


_GENERATED = re.compile(
    rb"@generated\b|Code generated .{1,80} DO NOT EDIT|This file (?:is|was) "
    rb"(?:auto-?matically |auto-?)generated|Diese Datei wurde automatisch erzeugt"
)


def _scanner(name: str, scan: Callable[[bytes], Signals]) -> Scanner[Signals]:
    return Scanner(
        name=f"accessibility.{name}",
        version=code_digest([marks, tables, sys.modules[__name__]]),
        kind=Signals,
        scan=scan,
        largest_bytes=LARGEST_BYTES,
    )


SCAN_SETTINGS = _scanner("settings", signals_in_settings)
SCAN_TESTS = _scanner("tests", signals_in_tests)
SCAN_PROGRAMS = _scanner("programs", signals_in_programs)
SCAN_CODE = _scanner("code", signals_in_code)
SCAN_BUDGETS = _scanner("budgets", signals_of_budgets)
SCAN_INTERFACES = _scanner("interfaces", signals_of_interface)
