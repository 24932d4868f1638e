# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
import pytest

from ossay.memo.grounds import about, entries_about, is_as_wanted
from ossay.model.evidence import Gap, Item, Observation, Value
from ossay.model.policy import (
    AllOf,
    AnyOf,
    AtLeast,
    AtMost,
    Contains,
    Criterion,
    Days,
    Equals,
    HasAnswer,
    Not,
)

YES = Equals(fact="f", value=True)


def test_a_count_that_may_be_short_is_not_as_wanted() -> None:
    short = Observation(fact="f", value=0, missed="a file could not be read")

    assert not is_as_wanted(AtMost(fact="f", limit=0), short)


@pytest.mark.parametrize(
    ("criterion", "value", "as_wanted"),
    [
        (YES, True, True),
        (YES, False, False),
        (YES, 1, False),
        (Not(criterion=YES), False, True),
        (Not(criterion=Not(criterion=YES)), True, True),
        (AllOf(criteria=(YES, HasAnswer())), True, True),
        (AnyOf(criteria=(Equals(fact="g", value=True), YES)), False, False),
        (AtMost(fact="f", limit=0), 0, True),
        (AtMost(fact="f", limit=0), 2, False),
        (AtLeast(fact="f", limit=2), 2, True),
        (AtLeast(fact="f", limit=Days(days=3)), 9, False),
        (Contains(fact="f", value="fr"), ("fr",), True),
        (Not(criterion=Contains(fact="f", value="1.1.1")), ("1.1.1",), False),
        (Not(criterion=Contains(fact="f", value="1.1.1")), ("4.1.2",), True),
        (Equals(fact="g", value=True), True, False),
    ],
)
def test_one_answer_is_held_against_what_its_tests_ask_for(
    criterion: Criterion, value: Value, *, as_wanted: bool
) -> None:
    answer = Observation(fact="f", value=value)

    assert is_as_wanted(criterion, answer) is as_wanted


def test_an_open_question_is_never_as_wanted() -> None:
    assert not is_as_wanted(YES, Gap(fact="f", why="could not look"))


NO_1_1_1 = Not(criterion=Contains(fact="f", value="1.1.1"))


@pytest.mark.parametrize(
    ("criterion", "notes", "kept"),
    [
        (NO_1_1_1, ("1.1.1: no text", "4.1.2: no name"), ("1.1.1: no text",)),
        (NO_1_1_1, ("4.1.2: no name",), ()),
        (NO_1_1_1, ("no text", "no name"), ("no text", "no name")),
        (
            YES,
            ("1.1.1: no text", "4.1.2: no name"),
            ("1.1.1: no text", "4.1.2: no name"),
        ),
    ],
)
def test_a_rule_on_one_entry_of_a_list_is_told_of_the_places_of_that_entry(
    criterion: Criterion, notes: tuple[str, ...], kept: tuple[str, ...]
) -> None:
    items = tuple(Item(subject="a.html", note=note) for note in notes)
    answer = Observation(fact="f", value=("1.1.1", "4.1.2"), items=items, total=2)

    told = about(AllOf(criteria=(criterion, HasAnswer())), answer)

    assert tuple(item.note for item in told) == kept


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (("1.1.1", "2.1.1", "4.1.2"), ("2.1.1",)),
        (("2.1.1",), ("2.1.1",)),
        (("1.1.1",), ()),
        (True, ()),
    ],
)
def test_of_a_list_the_entry_that_a_rule_asks_for_is_known(
    value: Value, told: tuple[str, ...]
) -> None:
    asks_for = Not(criterion=Contains(fact="f", value="2.1.1"))
    criterion = AllOf(criteria=(asks_for, HasAnswer()))

    assert entries_about(criterion, Observation(fact="f", value=value)) == told
