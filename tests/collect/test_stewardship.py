# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""People are counted over the year that ends with the commit assessed."""

from datetime import date, timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from ossay.codec import to_json
from ossay.collect import gather, stewardship
from ossay.collect.stewardship.facts import FACTS, OF_CHANGES
from ossay.collect.stewardship.year import absence_factor
from ossay.model.collector import Given
from ossay.model.evidence import Answered, Gap, Inapplicable, Observation, Value
from ossay.model.history import Commit
from tests.collect.histories import END, ListHistory, commit, given_history


def test_changes_people_and_organisations_of_the_year_are_counted() -> None:
    history = [
        commit(0, 1, organisation="ministry.example"),
        commit(10, 1, organisation="ministry.example"),
        commit(20, 2, organisation="vendor.example"),
        commit(30, 3),
        commit(364.9, 1),
        commit(365, 4, organisation="gone.example"),
        commit(4000, 1),
    ]

    seen = _values(history)

    assert seen["stewardship.commits_last_year"] == 5
    assert seen["stewardship.contributors_last_year"] == 3
    assert seen["stewardship.mail_domains_last_year"] == 2
    assert seen["stewardship.absence_factor"] == 1
    assert seen["stewardship.first_commit_on"] == (END - timedelta(days=4000)).date()
    assert seen["stewardship.last_commit_on"] == END.date()


def test_newcomers_wrote_nothing_before_that_year() -> None:
    history = [commit(1, 1), commit(2, 2), commit(3, 3), commit(400, 2)]
    history += [commit(500, 3, merge=True)]

    assert _values(history)["stewardship.newcomers_last_year"] == 1


def test_what_programs_wrote_is_left_out() -> None:
    history = [commit(0, 9, bot=True), commit(7, 1), commit(400, 9, bot=True)]

    seen = _values(history)

    assert seen["stewardship.last_commit_on"] == (END - timedelta(days=7)).date()
    assert seen["stewardship.commits_last_year"] == 1
    assert seen["stewardship.contributors_last_year"] == 1


@pytest.mark.parametrize(
    ("since", "days_after"),
    [
        ([], -400),
        ([commit(-200, 1), commit(-100, 2)], 200),
        ([commit(-200, 9, bot=True), commit(-100, 2, merge=True)], 100),
        ([commit(-27_000, 1), commit(-100, 2)], 100),
        ([commit(500, 1)], -400),
    ],
)
def test_work_on_the_main_branch_goes_on_after_a_release(
    since: list[Commit], days_after: int
) -> None:
    read_at = END + timedelta(days=300)
    history = ListHistory([commit(400, 1)], after=since)

    answers, _ = gather(stewardship.COLLECTOR, given_history(history, read_at=read_at))

    seen = {a.fact: a.value for a in answers if isinstance(a, Observation)}
    moment = END + timedelta(days=days_after)
    assert seen["stewardship.last_active_on"] == moment.date()
    assert seen["stewardship.last_commit_on"] == (END - timedelta(days=400)).date()


def test_without_a_main_branch_it_is_not_known_whether_work_goes_on() -> None:
    history = ListHistory([commit(0, 1)], after=None)

    answers, _ = gather(stewardship.COLLECTOR, given_history(history))

    assert isinstance({a.fact: a for a in answers}["stewardship.last_active_on"], Gap)


def test_a_merge_is_no_change_and_yet_shows_that_somebody_is_there() -> None:
    history = [commit(0, 1, merge=True), commit(3, 2)]

    seen = _values(history)

    assert seen["stewardship.commits_last_year"] == 1
    assert seen["stewardship.contributors_last_year"] == 1
    assert seen["stewardship.last_commit_on"] == END.date()


def test_a_year_without_changes_counts_nothing_and_nobody_can_be_missed() -> None:
    seen = _answers([commit(0, 9, bot=True), commit(366, 1)])

    assert seen["stewardship.commits_last_year"].value == 0  # type: ignore[union-attr]
    assert isinstance(seen["stewardship.absence_factor"], Inapplicable)


def test_a_history_of_programs_alone_has_no_last_change_by_a_person() -> None:
    seen = _answers([commit(0, 9, bot=True)])

    assert isinstance(seen["stewardship.last_commit_on"], Inapplicable)
    assert isinstance(seen["stewardship.first_commit_on"], Observation)


@pytest.mark.parametrize("days_ago", [-27_000, -1])
def test_a_date_in_the_future_moves_no_year(days_ago: float) -> None:
    seen = _values([commit(0, 1), commit(days_ago, 2), commit(100, 3), commit(400, 4)])

    assert seen["stewardship.commits_last_year"] == 3
    assert seen["stewardship.last_commit_on"] == END.date()


def test_a_date_that_an_import_left_out_is_no_first_commit() -> None:
    epoch = (END.date() - date(1970, 1, 1)).days
    history = [commit(0, 1), commit(900, 1), commit(epoch, 1)]

    seen = _values(history)

    assert seen["stewardship.first_commit_on"] == (END - timedelta(days=900)).date()


@pytest.mark.parametrize(
    ("commits", "people"),
    [
        ([1], 1),
        ([1, 1], 1),
        ([1, 1, 1], 2),
        ([10, 1, 1, 1], 1),
        ([5, 5, 5, 5], 2),
        ([1000, 202, 90, 33, 332, 343, 42, 433], 2),  # the example of CHAOSS
        ([], 0),
    ],
)
def test_the_absence_factor_is_the_fewest_who_made_half(
    commits: list[int], people: int
) -> None:
    assert absence_factor(commits) == people


@for_all(st.lists(st.integers(1, 1000), min_size=1))
def test_one_person_less_than_the_absence_factor_made_less_than_half(
    commits: list[int],
) -> None:
    people = absence_factor(commits)

    most_active = sorted(commits, reverse=True)
    assert 2 * sum(most_active[:people]) >= sum(commits)
    assert 2 * sum(most_active[: people - 1]) < sum(commits)


@pytest.mark.parametrize(
    ("cut", "reason"),
    [
        (given_history(None), "was not looked at"),
        (given_history(ListHistory([commit(0)]), shallow=True), "not complete"),
        (given_history(ListHistory([commit(0)], complete=False)), "not complete"),
        (given_history(ListHistory([commit(0)], settled=False)), "missing or damaged"),
        (
            given_history(ListHistory([commit(0)]), read_at=END - timedelta(days=2)),
            "is dated 2026-03-01, after the day it was read",
        ),
    ],
)
def test_a_history_that_cannot_be_counted_leaves_every_question_open(
    cut: Given, reason: str
) -> None:
    answers, _ = gather(stewardship.COLLECTOR, cut)

    assert all(isinstance(a, Gap) and reason in a.why for a in answers)
    assert [a.fact for a in answers] == [f.name for f in FACTS]


def test_months_in_which_nobody_did_anything_are_told_from_the_others() -> None:
    days = [0, 1, 29, 31, 100, 364.9]
    history = [commit(d, 1) for d in days] + [commit(200, 9, bot=True)]

    assert _values(history)["stewardship.active_months_last_year"] == 4


@pytest.mark.parametrize(
    ("told", "untold", "factor", "is_open"),
    [
        ({"a.example": 5}, 0, 1, False),
        ({"a.example": 4, "b.example": 4, "c.example": 4}, 0, 2, False),
        ({"a.example": 6, "b.example": 1}, 2, 1, False),
        ({"a.example": 4, "b.example": 3, "c.example": 3}, 3, 1, True),
        ({"a.example": 4}, 4, None, True),
        ({}, 3, None, True),
    ],
)
def test_few_organisations_are_told_as_far_as_addresses_tell_them(
    told: dict[str, int], untold: int, factor: int | None, is_open: bool
) -> None:
    spread = [*([""] * untold), *(d for d, n in told.items() for _ in range(n))]
    history = [commit(n, 1, organisation=d) for n, d in enumerate(spread)]

    answer = _answers(history)["stewardship.organisation_absence_factor"]

    if factor is None:
        assert isinstance(answer, Gap)
        return
    assert isinstance(answer, Observation)
    assert answer.value == factor
    assert bool(answer.missed) is is_open


def test_those_who_went_away_are_counted_and_those_who_carried_it_apart() -> None:
    history = [commit(n, 1) for n in (1, 2)]
    history += [commit(400 + n, 2) for n in range(5)]
    history += [commit(400.5 + n, 1) for n in range(3)]
    history += [commit(410, 3), commit(420, 9, bot=True), commit(800, 4)]

    seen = _values(history)

    assert seen["stewardship.contributors_year_before"] == 3
    assert seen["stewardship.departed_last_year"] == 2
    assert seen["stewardship.core_departed_last_year"] == 1
    assert seen["stewardship.contributors_last_year"] == 1


def test_a_project_without_a_year_before_has_nobody_who_went() -> None:
    answers = _answers([commit(1, 1), commit(20, 2)])

    assert isinstance(answers["stewardship.departed_last_year"], Inapplicable)
    assert isinstance(answers["stewardship.core_departed_last_year"], Inapplicable)


def test_a_signature_of_the_platform_is_nobody_s_own() -> None:
    history = [
        commit(1, 1, signed=True, by_forge=True, signed_off=True),
        commit(2, 1, signed=True),
        commit(3, 2, by_forge=True),
        commit(4, 2),
        commit(5, 9, bot=True, signed=True),
        commit(6, 1, merge=True, signed=True),
        commit(400, 1, signed=True),
    ]

    seen = _values(history)

    assert seen["stewardship.signed_share_last_year"] == 0.25
    assert seen["stewardship.forge_signed_share_last_year"] == 0.25
    assert seen["stewardship.signed_off_share_last_year"] == 0.25


def test_without_changes_there_is_no_share_of_them() -> None:
    answers = _answers([commit(800, 1)])

    for fact in OF_CHANGES:
        assert isinstance(answers[fact.name], Inapplicable)


def test_nobody_is_named() -> None:
    history = [commit(n, 70_000 + n, organisation="ministry.example") for n in range(9)]

    answers = _answers(history)

    observed = [a for a in answers.values() if isinstance(a, Observation)]
    assert b"ministry" not in to_json(tuple(observed))
    assert {i.subject for a in observed for i in a.items} <= {c.name for c in history}


def _answers(commits: list[Commit]) -> dict[str, Answered]:
    answers, _ = gather(stewardship.COLLECTOR, given_history(ListHistory(commits)))
    return {a.fact: a for a in answers}


def _values(commits: list[Commit]) -> dict[str, Value]:
    answers = _answers(commits).values()
    return {a.fact: a.value for a in answers if isinstance(a, Observation)}
