# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""How criteria are written, and which cannot be meant."""

from datetime import date

import pytest

from ossay.model.policy import (
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
from ossay.policy import PolicyError
from ossay.policy.criteria import Askable, read_criterion
from ossay.policy.document import read_document
from ossay.policy.faults import Faults
from ossay.policy.nature import can_end, counts_days, facts_in
from tests.policy.texts import FACTS

FLAG = Equals(fact="t.flag", value=True)


def read(text: str, *, ask: bool = True) -> Criterion:
    faults = Faults(source="x.yaml", purpose="a criterion")
    node = read_document(text.encode(), faults)
    askable = Askable.about(FACTS, faults, a_person_too=ask)
    criterion = read_criterion(node, askable)
    faults.settle()
    return criterion


@pytest.mark.parametrize(
    ("text", "criterion"),
    [
        ("{fact: t.flag, equals: true}", FLAG),
        ("{fact: t.number, equals: 3}", Equals(fact="t.number", value=3)),
        ("{fact: t.share, equals: 0.5}", Equals(fact="t.share", value=0.5)),
        ("{fact: t.text, equals: MIT}", Equals(fact="t.text", value="MIT")),
        ("{fact: t.text, equals: 'no'}", Equals(fact="t.text", value="no")),
        (
            "{fact: t.day, equals: 2026-02-28}",
            Equals(fact="t.day", value=date(2026, 2, 28)),
        ),
        ("{fact: t.list, equals: [a, b]}", Equals(fact="t.list", value=("a", "b"))),
        ("{fact: t.list, equals: []}", Equals(fact="t.list", value=())),
        ("{fact: t.number, at_most: 3}", AtMost(fact="t.number", limit=3)),
        ("{fact: t.share, at_least: 0.5}", AtLeast(fact="t.share", limit=0.5)),
        (
            "{fact: t.day, at_most: {days: 365}}",
            AtMost(fact="t.day", limit=Days(days=365)),
        ),
        (
            "{fact: t.day, at_least: {days: 30}}",
            AtLeast(fact="t.day", limit=Days(days=30)),
        ),
        ("{fact: t.text, one_of: [a, b]}", OneOf(fact="t.text", values=("a", "b"))),
        ("{fact: t.number, one_of: [1, 2]}", OneOf(fact="t.number", values=(1, 2))),
        ("{fact: t.list, contains: a}", Contains(fact="t.list", value="a")),
        ("{count: t.list, at_most: 3}", Count(fact="t.list", at_most=3)),
        ("{count: t.list, equals: 0}", Count(fact="t.list", equals=0)),
        (
            "{count: t.list, where: {fact: item, one_of: [a]}, at_least: 1}",
            Count(fact="t.list", where=OneOf(fact="item", values=("a",)), at_least=1),
        ),
        (
            "{count: t.list, where: {not: {fact: item, equals: a}}, at_most: 0}",
            Count(
                fact="t.list",
                where=Not(criterion=Equals(fact="item", value="a")),
                at_most=0,
            ),
        ),
        ("{all_of: [{fact: t.flag, equals: true}]}", AllOf(criteria=(FLAG,))),
        (
            "any_of:\n  - {fact: t.flag, equals: true}\n  - {answered: true}",
            AnyOf(criteria=(FLAG, HasAnswer())),
        ),
        ("{not: {fact: t.flag, equals: true}}", Not(criterion=FLAG)),
        ("{answered: true}", HasAnswer()),
        ("{fact: answer, equals: true}", Equals(fact="answer", value=True)),
        ("{fact: answer, equals: a lot}", Equals(fact="answer", value="a lot")),
        (
            "{fact: answer, one_of: [true, later]}",
            OneOf(fact="answer", values=(True, "later")),
        ),
    ],
)
def test_every_form_of_criterion_can_be_written(
    text: str, criterion: Criterion
) -> None:
    assert read(text) == criterion


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "{fact: t.number, atmost: 3}",
            "unknown field 'atmost' (did you mean 'at_most'?); expected one of: fact,",
        ),
        ("{fact: t.number}", "no condition for t.number; expected exactly one of"),
        (
            "{fact: t.number, at_least: 1, at_most: 3}",
            "at_most and at_least for t.number; expected exactly one of: equals,",
        ),
        (
            "{fact: t.nummer, at_most: 3}",
            "unknown fact 't.nummer' (did you mean 't.number'?); expected a fact",
        ),
        (
            "{fact: t.text, at_most: 3}",
            "'at_most' on t.text, which is text; expected one of: equals, one_of",
        ),
        (
            "{fact: t.flag, at_least: 1}",
            "'at_least' on t.flag, which is true or false",
        ),
        ("{fact: t.list, at_most: 1}", "expected one of: equals, contains, count"),
        ("{fact: t.flag, equals: 1}", "'1'; expected true or false"),
        ("{fact: t.flag, equals: 'true'}", "'true'; expected true or false"),
        ("{fact: t.flag, equals: yes}", "'yes'; expected true or false"),
        ("{fact: t.number, equals: true}", "'true'; expected a whole number"),
        ("{fact: t.number, equals: 1.5}", "'1.5'; expected a whole number"),
        ("{fact: t.number, equals: 007}", "'007'; expected a whole number"),
        ("{fact: t.text, equals: 1.10}", "1.10 without quotes, which other programs"),
        ("{fact: t.text, equals: no}", "no without quotes, which other programs"),
        ("{fact: t.day, equals: 2026-02-30}", "expected a date, such as"),
        ("{fact: t.list, equals: a}", "'a'; expected a list of texts"),
        ("{fact: t.text, contains: a}", "'contains' on t.text, which is text"),
        ("{fact: t.list, one_of: [a]}", "'one_of' on t.list, which is a list"),
        ("{fact: t.text, one_of: []}", "an empty list in 'one_of'"),
        ("{fact: t.text, one_of: a}", "'a' in 'one_of'; expected a list of values"),
        ("{fact: t.day, at_most: 3}", "the limit '3' for t.day; expected {days: n}"),
        (
            "{fact: t.number, at_most: {days: 3}}",
            "the limit the fields 'days' for t.number; expected a number",
        ),
        ("{fact: t.day, at_most: {weeks: 3}}", "unknown field 'weeks'"),
        ("{fact: t.day, at_most: {days: -3}}", "an age of -3 days; expected zero"),
        ("{fact: t.number, at_most: .inf}", "'.inf'; expected a number"),
        ("{count: t.text, at_most: 3}", "'count' of t.text, which is text"),
        ("{count: t.list}", "no bound in 'count'; expected exactly one of: at_most"),
        ("{count: t.list, at_most: 3, equals: 3}", "at_most and equals in 'count'"),
        ("{count: t.list, at_most: -1}", "a count of -1; expected zero or more"),
        (
            "{count: t.list, where: {fact: t.flag, equals: true}, at_most: 3}",
            "'t.flag' in a 'where'; expected fact: item",
        ),
        (
            "{count: t.list, where: {answered: true}, at_most: 3}",
            "'answered'; expected fact: item",
        ),
        (
            "{count: t.list, where: {fact: item, equals: true}, at_most: 3}",
            "true without quotes, which other programs read as yes or no",
        ),
        ("{fact: item, equals: a}", "'item'; expected it only in the 'where'"),
        ("{all_of: []}", "an empty list in 'all_of'; expected a list of criteria"),
        ("{any_of: {fact: t.flag, equals: true}}", "expected a list of criteria"),
        ("{any_of: [], all_of: []}", "unknown field 'any_of'"),
        ("{answered: false}", "'answered' without true; expected answered: true"),
        ("{equals: true}", "no criterion in the fields 'equals'; expected one of: all"),
        ("always", "no criterion in 'always'"),
        ("{not: []}", "no criterion in an empty list"),
    ],
)
def test_a_criterion_that_cannot_be_meant_is_refused(text: str, message: str) -> None:
    with pytest.raises(PolicyError) as refused:
        read(text)

    assert message in str(refused.value)


@pytest.mark.parametrize("text", ["{fact: answer, equals: true}", "{answered: true}"])
def test_only_a_rule_that_asks_can_look_at_an_answer(text: str) -> None:
    with pytest.raises(PolicyError, match="expected an 'ask' in the rule"):
        read(text, ask=False)


def test_a_fault_within_a_criterion_has_its_own_line() -> None:
    text = "all_of:\n  - {fact: t.flag, equals: true}\n  - not: {fact: x, equals: 1}\n"

    with pytest.raises(PolicyError, match=r"x\.yaml:3: unknown fact 'x'"):
        read(text)


def test_only_a_criterion_with_an_age_depends_on_the_day() -> None:
    assert counts_days(read("{not: {fact: t.day, at_most: {days: 3}}}"))
    assert not counts_days(read("{fact: t.number, at_most: 3}"))


def test_the_entries_of_a_list_are_no_fact_of_their_own() -> None:
    criterion = read(
        "all_of: [{count: t.list, where: {fact: item, equals: a}, at_most: 0},"
        " {fact: answer, equals: true}, {answered: true}]"
    )

    assert facts_in(criterion) == {"t.list"}


@pytest.mark.parametrize(
    ("text", "can_pass", "can_fail"),
    [
        ("{answered: true}", True, False),
        ("{not: {answered: true}}", False, True),
        ("{fact: t.flag, equals: true}", True, True),
        ("{all_of: [{answered: true}, {fact: t.flag, equals: true}]}", True, True),
        ("{any_of: [{answered: true}, {fact: t.flag, equals: true}]}", True, False),
    ],
)
def test_an_answer_that_is_asked_for_is_never_a_failure(
    text: str, *, can_pass: bool, can_fail: bool
) -> None:
    criterion = read(text)

    assert can_end(criterion, met=True) is can_pass
    assert can_end(criterion, met=False) is can_fail
