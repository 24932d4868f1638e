# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A rule shows by examples what it means, and they have to come out."""

from datetime import date

import pytest

from ossay import judge
from ossay.model.policy import Example
from ossay.policy import PolicyError, check_examples
from tests.policy.texts import ASSISTED, load, rule

OLD = "{fact: t.day, at_most: {days: 30}}"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"examples": ""}, "no 'examples'; expected passes and fails and missing"),
        (
            {"examples": "{passes: {t.flag: true}}"},
            "no example that fails; expected 'fails' with the facts of a case",
        ),
        ({"examples": "{passes: {t.flag: true}}"}, "no 'missing'; expected 'missing'"),
        ({"examples": "{wins: {t.flag: true}}"}, "unknown field 'wins'"),
        (
            {"examples": "{passes: {t.falg: true}, fails: {}, missing: {}}"},
            "unknown fact 't.falg' (did you mean 't.flag'?) in an example",
        ),
        (
            {"examples": "{passes: {t.number: 1}, fails: {}, missing: {}}"},
            "'t.number' in an example, which the rule does not ask about; "
            "expected t.flag",
        ),
        (
            {"examples": "{passes: {t.flag: 1}, fails: {}, missing: {}}"},
            "'1'; expected true or false",
        ),
        (
            {"examples": "{passes: {t.flag: true, t.flag: false}, fails: {}}"},
            "'t.flag' a second time",
        ),
        (
            {"examples": "{passes: {t.flag: true, answer: true}, fails: {}}"},
            "an answer in an example of a rule that no answer decides",
        ),
        (
            {"criterion": OLD, "examples": "{passes: {t.day: 2026-01-01}}"},
            "an example of an age without its day; expected 'judged_on' with a date",
        ),
        (
            {"examples": "{passes: yes, fails: {}, missing: {}}"},
            "'yes'; expected field",
        ),
    ],
)
def test_examples_that_cannot_be_meant_are_refused(
    changes: dict[str, str], fault: str
) -> None:
    with pytest.raises(PolicyError) as refused:
        load(rule(**changes))

    assert fault in str(refused.value)


def test_a_fault_in_the_criterion_hides_none_in_the_examples() -> None:
    with pytest.raises(PolicyError) as refused:
        load(
            rule(
                criterion="{fact: t.flog, equals: true}",
                examples="{passes: {t.flag: 1}, fails: {t.flog: true}, missing: {}}",
            )
        )

    assert str(refused.value).count("\n") == 3
    assert "'1'; expected true or false" in str(refused.value)


def test_there_may_be_several_cases_of_a_kind() -> None:
    pack = load(
        rule(
            examples="{passes: {t.flag: true}, fails: {t.flag: false}, missing: [{}]}",
            criterion="{any_of: [{fact: t.flag, equals: true}]}",
        ),
        rule(
            id="FLAG-2",
            criterion=OLD,
            examples="{passes: [{t.day: 2026-01-01, judged_on: 2026-01-31},"
            " {t.day: 2026-01-01, judged_on: 2026-01-01}],"
            " fails: {t.day: 2026-01-01, judged_on: 2026-02-01}, missing: {}}",
        ),
    )

    check_examples(pack, judge.outcome)

    assert pack.rules[1].examples[1] == Example(
        expect="passed",
        facts=(("t.day", date(2026, 1, 1)),),
        judged_on=date(2026, 1, 1),
    )


def test_a_rule_that_only_waits_for_an_answer_needs_no_example_that_fails() -> None:
    changes = ASSISTED | {
        "criterion": "{answered: true}",
        "examples": "{passes: {answer: by telephone}, missing: {}}",
    }

    pack = load(rule(**changes))

    check_examples(pack, judge.outcome)


def test_a_rule_shows_to_what_it_does_not_apply() -> None:
    pack = load(
        rule(
            applies_when="{fact: t.number, at_least: 1}",
            examples="{passes: {t.number: 1, t.flag: true},"
            " fails: {t.number: 1, t.flag: false},"
            " missing: [{t.number: 1}, {t.flag: true}],"
            " does_not_apply: {t.number: 0}}",
        )
    )

    check_examples(pack, judge.outcome)


def test_every_example_that_comes_out_otherwise_is_named() -> None:
    wrong = "{passes: {t.flag: false}, fails: {t.flag: true}, missing: {}}"

    with pytest.raises(PolicyError) as refused:
        check_examples(load(rule(examples=wrong)), judge.outcome)

    assert str(refused.value).splitlines() == [
        "cannot use the pack 'flags':",
        "  rule FLAG-1: example 1 came out failed; "
        "expected passed, given t.flag: False",
        "  rule FLAG-1: example 2 came out passed; expected failed, given t.flag: True",
    ]
