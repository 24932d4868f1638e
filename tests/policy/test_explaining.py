# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A rule can be read by somebody who has never seen YAML."""

import pytest

from ossay.policy import describe, in_words
from ossay.policy.explaining import WIDTH
from tests.policy.texts import ASSISTED, FACTS, load, rule


@pytest.mark.parametrize(
    ("criterion", "words"),
    [
        (
            "{fact: t.flag, equals: true}",
            'the answer to "Is there a flag?" (t.flag) is yes',
        ),
        (
            "{fact: t.number, at_most: 12000}",
            'the answer to "How many files have no flag?" (t.number) is '
            "at most 12,000 files",
        ),
        (
            "{fact: t.share, at_least: 0.5}",
            'the answer to "How much of it has a flag?" (t.share) is at least 0.5',
        ),
        (
            "{fact: t.day, at_most: {days: 365}}",
            'the answer to "When was it hoisted?" (t.day) is at most 365 days '
            "before the day of judging",
        ),
        (
            "{fact: t.text, one_of: [red, blue]}",
            'the answer to "Which flag is it?" (t.text) is one of: "red", "blue"',
        ),
        (
            "{not: {fact: t.text, equals: NONE}}",
            'the answer to "Which flag is it?" (t.text) is not "NONE"',
        ),
        (
            "{not: {fact: t.list, contains: red}}",
            'it is not so that the answer to "Which flags are there?" (t.list) '
            'has the entry "red"',
        ),
        (
            "{count: t.list, at_least: 1}",
            'the number of entries in the answer to "Which flags are there?" '
            "(t.list) is at least 1",
        ),
        (
            "{count: t.list, where: {fact: item, one_of: [red]}, at_most: 0}",
            'the number of entries in the answer to "Which flags are there?" '
            '(t.list) where the entry is one of: "red", is at most 0',
        ),
        (
            "{fact: t.list, equals: [red, blue]}",
            'the answer to "Which flags are there?" (t.list) is the list red, blue',
        ),
    ],
)
def test_a_criterion_has_its_words(criterion: str, words: str) -> None:
    examples = "{passes: {}, fails: {}, missing: {}}"
    pack = load(rule(criterion=criterion, examples=examples))

    assert in_words(pack.rules[0].criterion, FACTS) == words


def test_a_rule_is_explained_whole() -> None:
    changes = ASSISTED | {
        "criterion": "{all_of: [{fact: t.flag, equals: true}, {any_of: "
        "[{fact: t.number, at_most: 3}, {fact: answer, equals: true}, "
        "{answered: true}]}]}",
        "applies_when": "{not: {all_of: [{fact: t.text, equals: none}]}}",
        "knock_out": "true",
        "inspired_by": "common sense",
        "examples": "{passes: {}, fails: {}, missing: {}}",
    }

    assert describe(load(rule(**changes)).rules[0]) == (
        """\
FLAG-1: There is a flag
  should, assisted (the machine finds hints, a person confirms), documentation;
    failing it means: do not adopt
  Applies when:
    - this does not hold:
      - all of these hold:
        - t.text is "none"
  Holds when:
    - all of these hold:
      - t.flag is yes
      - at least one of these holds:
        - t.number is at most 3
        - the answer of the person asked is yes
        - the person asked has answered
  Demanded by: Flag Standard 1.0, clause 2
  Suggested by: common sense
  Ask the flag officer: Is it a good flag?
  If not, for the maintainers: Hoist a flag."""
    )


def test_the_test_that_a_person_makes_is_explained_step_by_step() -> None:
    ask = """
  who: flag officer
  what: Can it be seen?
  steps:
    - Go to the other side of the square.
    - "Look up. Right: you see the whole flag, and the wind does not matter at all."
  minutes: 5
"""

    text = describe(load(rule(**(ASSISTED | {"ask": ask}))).rules[0])

    assert (
        """  Ask the flag officer (about 5 minutes): Can it be seen?
    1. Go to the other side of the square.
    2. Look up. Right: you see the whole flag, and the wind does not matter at
      all.
"""
        in text
    )


def test_a_pack_is_explained_rule_by_rule_within_the_width_of_a_terminal() -> None:
    title = "A flag that is described at such length that no line of it would fit"
    pack = load(
        rule(title=title),
        rule(id="FLAG-2", remedy=" ".join(["hoist"] * 40)),
        head='name: flags\nversion: "2"\ntitle: Flags\nreview_by: 2027-05-31\nrules:\n',
    )

    text = describe(pack, FACTS)

    assert text.startswith(
        "Flags\nPack flags 2, 2 rules, to be reviewed by 2027-05-31.\n\nFLAG-1: A flag"
    )
    assert max(map(len, text.splitlines())) <= WIDTH
