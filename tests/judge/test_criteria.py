# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What each criterion says on a value, at its limit, and when nothing is known."""

from datetime import date, timedelta

import pytest

from ossay.judge.criteria import Verdict, applicable, as_known, decide, facts_of
from ossay.model.evidence import Observation
from ossay.model.policy import (
    ANSWER,
    ITEM,
    AllOf,
    AnyOf,
    AtLeast,
    AtMost,
    Contains,
    Count,
    Criterion,
    Days,
    Equals,
    HasAnswer,
    Not,
    OneOf,
)
from tests.judge.cases import GAP, MOOT, TODAY, answer, known

MET, NOT_MET, UNDETERMINED = Verdict.MET, Verdict.NOT_MET, Verdict.UNDETERMINED
YES = Equals(fact="t.flag", value=True)
MANY = AtLeast(fact="t.number", limit=3)


@pytest.mark.parametrize(
    ("value", "verdict"),
    [(True, MET), (False, NOT_MET), (GAP, UNDETERMINED), (MOOT, UNDETERMINED)],
)
def test_equals_is_met_by_that_value_only(value: object, verdict: Verdict) -> None:
    assert decide(YES, known(flag=value), TODAY) is verdict


def test_yes_is_not_the_number_one() -> None:
    criterion = Equals(fact="t.number", value=1)

    assert decide(criterion, known(number=True), TODAY) is NOT_MET


@pytest.mark.parametrize(
    ("days", "verdict"),
    [(0, MET), (90, MET), (91, NOT_MET), (-1, MET), (-2, UNDETERMINED)],
)
def test_an_age_counts_to_the_day_of_judging_and_a_day_to_come_proves_nothing(
    days: int, verdict: Verdict
) -> None:
    criterion = AtMost(fact="t.day", limit=Days(days=90))

    assert decide(criterion, known(day=TODAY - timedelta(days=days)), TODAY) is verdict


@pytest.mark.parametrize(
    ("criterion", "value", "verdict"),
    [
        (AtMost(fact="t.number", limit=3), 3, MET),
        (AtMost(fact="t.number", limit=3), 4, NOT_MET),
        (AtMost(fact="t.number", limit=3), GAP, UNDETERMINED),
        (MANY, 3, MET),
        (MANY, 2, NOT_MET),
        (MANY, GAP, UNDETERMINED),
        (AtLeast(fact="t.number", limit=Days(days=30)), date(2025, 1, 1), MET),
        (OneOf(fact="t.number", values=(1, 2)), 2, MET),
        (OneOf(fact="t.number", values=(1, 2)), 3, NOT_MET),
        (OneOf(fact="t.number", values=(1, 2)), GAP, UNDETERMINED),
        (Contains(fact="t.number", value="ar"), ("ar", "en"), MET),
        (Contains(fact="t.number", value="sw"), ("ar", "en"), NOT_MET),
        (Contains(fact="t.number", value="sw"), GAP, UNDETERMINED),
    ],
)
def test_limits_include_themselves(
    criterion: Criterion, value: object, verdict: Verdict
) -> None:
    assert decide(criterion, known(number=value), TODAY) is verdict


BAD = OneOf(fact=ITEM, values=("bad", "worse"))


@pytest.mark.parametrize(
    ("count", "entries", "complete", "verdict"),
    [
        (Count(fact="t.words", where=BAD, at_most=0), ("good",), True, MET),
        (Count(fact="t.words", where=BAD, at_most=0), ("bad",), True, NOT_MET),
        (Count(fact="t.words", where=BAD, at_most=0), ("good",), False, UNDETERMINED),
        (Count(fact="t.words", where=BAD, at_most=0), ("bad",), False, NOT_MET),
        (Count(fact="t.words", at_least=1), (), True, NOT_MET),
        (Count(fact="t.words", at_least=1), (), False, UNDETERMINED),
        (Count(fact="t.words", at_least=1), ("good",), False, MET),
        (Count(fact="t.words", equals=1), ("good",), True, MET),
        (Count(fact="t.words", equals=1), ("good",), False, UNDETERMINED),
        (Count(fact="t.words", equals=1), ("good", "bad"), False, NOT_MET),
        (Count(fact="t.words", equals=2), ("good",), True, NOT_MET),
    ],
)
def test_an_incomplete_list_can_fail_a_limit_and_never_keep_it(
    count: Count, entries: tuple[str, ...], *, complete: bool, verdict: Verdict
) -> None:
    missed = "" if complete else "a file could not be read"
    seen = Observation(fact="t.words", value=entries, missed=missed)

    assert decide(count, {"t.words": seen}, TODAY) is verdict


@pytest.mark.parametrize(
    ("criterion", "verdict"),
    [
        (AtMost(fact="t.number", limit=2), NOT_MET),
        (AtMost(fact="t.number", limit=3), UNDETERMINED),
        (AtLeast(fact="t.number", limit=3), MET),
        (AtLeast(fact="t.number", limit=4), UNDETERMINED),
        (Equals(fact="t.number", value=2), NOT_MET),
        (Equals(fact="t.number", value=3), UNDETERMINED),
        (OneOf(fact="t.number", values=(1, 2)), NOT_MET),
        (OneOf(fact="t.number", values=(1, 4)), UNDETERMINED),
        (Not(criterion=AtMost(fact="t.number", limit=3)), UNDETERMINED),
    ],
)
def test_a_count_that_may_be_short_is_a_lower_bound(
    criterion: Criterion, verdict: Verdict
) -> None:
    seen = Observation(fact="t.number", value=3, missed="a file could not be read")

    assert decide(criterion, {"t.number": seen}, TODAY) is verdict


@pytest.mark.parametrize(
    ("flag", "number", "all_of", "any_of"),
    [
        (True, 3, MET, MET),
        (True, GAP, UNDETERMINED, MET),
        (False, GAP, NOT_MET, UNDETERMINED),
        (GAP, GAP, UNDETERMINED, UNDETERMINED),
        (False, 2, NOT_MET, NOT_MET),
    ],
)
def test_a_gap_is_open_unless_the_other_criteria_settle_it(
    flag: object, number: object, all_of: Verdict, any_of: Verdict
) -> None:
    seen = known(flag=flag, number=number)

    assert decide(AllOf(criteria=(YES, MANY)), seen, TODAY) is all_of
    assert decide(AnyOf(criteria=(YES, MANY)), seen, TODAY) is any_of


def test_the_opposite_of_not_knowing_is_not_knowing() -> None:
    assert decide(Not(criterion=YES), known(flag=GAP), TODAY) is UNDETERMINED
    assert decide(Not(criterion=YES), known(flag=False), TODAY) is MET


def test_an_answer_is_there_or_open_and_never_failed() -> None:
    assert decide(HasAnswer(), {}, TODAY) is UNDETERMINED
    assert decide(HasAnswer(), {ANSWER: as_known(answer(value=False))}, TODAY) is MET


def test_a_person_who_says_no_fails_a_criterion_on_the_answer() -> None:
    criterion = Equals(fact=ANSWER, value=True)

    assert decide(criterion, {ANSWER: as_known(answer(value=False))}, TODAY) is NOT_MET


def test_moot_questions_are_taken_out_of_a_criterion() -> None:
    both = AllOf(criteria=(YES, MANY))

    assert applicable(both, known(flag=MOOT, number=3)) == AllOf(criteria=(MANY,))
    assert applicable(both, known(flag=MOOT, number=MOOT)) is None
    assert applicable(Not(criterion=YES), known(flag=MOOT)) is None


def test_a_criterion_names_each_fact_once_and_people_are_no_fact() -> None:
    criterion = AllOf(
        criteria=(YES, Not(criterion=YES), MANY, Equals(fact=ANSWER, value=True))
    )

    assert list(facts_of(criterion)) == ["t.flag", "t.number"]
