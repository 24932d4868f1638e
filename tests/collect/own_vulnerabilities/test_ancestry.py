# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A commit is affected when it builds on what brought a flaw, and not on its fix."""

import pytest

from ossay.collect.own_vulnerabilities.ancestry import commits_in, is_affected
from ossay.model.advisories import Event, Mark, Range

BEGAN, AGAIN, FIXED, FIXED_AGAIN, HERE = (letter * 40 for letter in "abcde")
ROOT = "0"


def commits(*events: tuple[str, str]) -> Range:
    return Range("GIT", tuple(Event(Mark(m), v) for m, v in events), "https://x.org/y")


ONCE = (("introduced", BEGAN), ("fixed", FIXED))
FROM_ROOT = (("introduced", ROOT), ("fixed", FIXED))
TWICE = (*ONCE, ("introduced", AGAIN), ("fixed", FIXED_AGAIN))
LAST = (("introduced", ROOT), ("last_affected", FIXED))


@pytest.mark.parametrize(
    ("events", "past", "told"),
    [
        (ONCE, {BEGAN}, True),
        (ONCE, {BEGAN, FIXED}, False),
        (ONCE, set(), None),
        (FROM_ROOT, set(), True),
        (FROM_ROOT, {FIXED}, False),
        (TWICE, {BEGAN}, True),
        (TWICE, {BEGAN, FIXED}, None),
        (TWICE, {BEGAN, FIXED, AGAIN}, None),
        (LAST, set(), True),
        (LAST, {FIXED}, False),
        ((("introduced", ROOT),), set(), True),
        ((("introduced", ROOT), ("limit", FIXED)), set(), None),
        ((("fixed", FIXED),), set(), None),
        ((), set(), None),
    ],
)
def test_a_range_is_walked_by_what_the_history_holds(
    events: tuple[tuple[str, str], ...], past: set[str], told: bool | None
) -> None:
    assert is_affected(HERE, [commits(*events)], past) is told


def test_the_last_affected_commit_itself_is_affected() -> None:
    assert is_affected(FIXED, [commits(*LAST)], {FIXED}) is True


def test_one_range_that_holds_is_enough() -> None:
    ranges = [commits(*ONCE), commits(*FROM_ROOT)]

    assert is_affected(HERE, ranges, set()) is True


def test_without_a_range_nothing_is_told() -> None:
    assert is_affected(HERE, [], set()) is None


def test_names_that_are_no_commits_are_not_asked_for() -> None:
    ranges = [commits(("introduced", ROOT), ("fixed", "v1.2"), ("fixed", FIXED))]

    assert commits_in(ranges) == {FIXED}
