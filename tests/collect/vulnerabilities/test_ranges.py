# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which versions are affected: the rules of the OSV specification, and its traps."""

from itertools import permutations

import pytest

from ossay.collect.vulnerabilities.ranges import fixed_in, is_affected
from ossay.collect.vulnerabilities.versions import order_of
from ossay.model.advisories import Affected, Event, Mark, Range

Events = tuple[tuple[str, str], ...]


def entry(
    *ranges: Events, versions: tuple[str, ...] = (), kind: str = "ECOSYSTEM"
) -> Affected:
    return Affected(
        advisory="X-1",
        release="",
        ranges=tuple(
            Range(kind=kind, events=tuple(Event(Mark(m), v) for m, v in events))
            for events in ranges
        ),
        versions=versions,
    )


SINCE_2 = (("introduced", "2.0"),)
BEFORE_2 = (("introduced", "0"), ("fixed", "2.0"))
UP_TO_2 = (("introduced", "0"), ("last_affected", "2.0"))
TWICE = (*BEFORE_2, ("introduced", "3.0"), ("fixed", "3.5"))
LIMITED = (("introduced", "1.0"), ("limit", "2.0"))
UNLIMITED = (("introduced", "1.0"), ("limit", "*"))
TWO_LIMITS = (("introduced", "1.0"), ("limit", "2.0"), ("limit", "3.0"))
ONE_AFTER_ANOTHER = (*BEFORE_2, ("introduced", "2.0"), ("fixed", "3.0"))
EMPTY = (("introduced", "2.0"), ("fixed", "2.0"))
ONLY_2 = (("introduced", "2.0"), ("last_affected", "2.0"))


@pytest.mark.parametrize(
    ("events", "version", "affected"),
    [
        (SINCE_2, "1.9", False),
        (SINCE_2, "2.0", True),
        (SINCE_2, "99", True),
        (BEFORE_2, "0.0.1.dev1", True),
        (BEFORE_2, "1.9.9", True),
        (BEFORE_2, "2.0rc1", True),
        (BEFORE_2, "2.0", False),
        (UP_TO_2, "2.0", True),
        (UP_TO_2, "2.0.1", False),
        (TWICE, "1.0", True),
        (TWICE, "2.5", False),
        (TWICE, "3.4", True),
        (TWICE, "3.5", False),
        (LIMITED, "1.5", True),
        (LIMITED, "2.0", False),
        (UNLIMITED, "7", True),
        (TWO_LIMITS, "2.5", True),
        (TWO_LIMITS, "3.0", False),
        (ONE_AFTER_ANOTHER, "2.0", True),
        (ONE_AFTER_ANOTHER, "2.5", True),
        (ONE_AFTER_ANOTHER, "3.0", False),
        (EMPTY, "2.0", False),
        (EMPTY, "2.1", False),
        (ONLY_2, "2.0", True),
        (ONLY_2, "2.1", False),
    ],
)
def test_events_are_read_as_the_specification_says_in_whatever_order_they_stand(
    events: Events, version: str, affected: bool
) -> None:
    for shuffled in permutations(events):
        assert is_affected(version, entry(shuffled), order_of("pypi")) is affected


def test_a_version_that_is_listed_is_affected_whatever_the_ranges_say() -> None:
    listed = entry(BEFORE_2, versions=("2.5",))

    assert is_affected("2.5", listed, order_of("pypi")) is True
    assert is_affected("2.6", listed, order_of("pypi")) is False


def test_a_list_alone_settles_it_and_knows_other_spellings() -> None:
    listed = entry(versions=("1.0", "1.1"))

    assert is_affected("1.0.0", listed, order_of("pypi")) is True
    assert is_affected("1.2", listed, order_of("pypi")) is False


def test_several_ranges_are_held_against_one_after_the_other() -> None:
    ranges = entry(BEFORE_2, SINCE_2)

    assert is_affected("1.0", ranges, order_of("pypi")) is True
    assert is_affected("2.0", ranges, order_of("pypi")) is True


@pytest.mark.parametrize(
    ("version", "of"),
    [
        ("latest", entry(BEFORE_2)),
        ("", entry(BEFORE_2)),
        ("1" * 5_000, entry(BEFORE_2)),
        ("latest", entry(versions=("1.0",))),
        ("1.0", entry()),
        ("1.0", entry(BEFORE_2, kind="GIT")),
        ("1.0", entry((("introduced", "0"), ("fixed", "a commit")))),
        ("1.0", entry((("introduced", "0"), ("limit", "tomorrow")))),
    ],
)
def test_what_has_no_place_in_the_order_is_undetermined(
    version: str, of: Affected
) -> None:
    assert is_affected(version, of, order_of("pypi")) is None


def test_a_range_that_cannot_be_read_does_not_hide_one_that_can() -> None:
    unread = (("introduced", "0"), ("fixed", "a commit"))

    assert is_affected("1.0", entry(unread, BEFORE_2), order_of("pypi")) is True


def test_an_ecosystem_without_an_order_leaves_it_open_unless_a_list_tells() -> None:
    order = order_of("an ecosystem of next year")

    assert is_affected("1.0", entry(BEFORE_2), order) is None
    assert is_affected("1.0", entry(versions=("1.0",)), order) is True


def test_the_fix_is_the_first_one_after_the_version() -> None:
    assert fixed_in("1.0", entry(TWICE), order_of("pypi")) == "2.0"
    assert fixed_in("3.1", entry(TWICE), order_of("pypi")) == "3.5"
    assert fixed_in("3.1", entry(SINCE_2), order_of("pypi")) == ""
    assert fixed_in("latest", entry(TWICE), order_of("pypi")) == ""
