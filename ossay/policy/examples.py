# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The examples of a rule: read with it, and tried when the pack is checked."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from ossay.model.evidence import Answered, Fact, Observation, Value
from ossay.model.judgement import Outcome
from ossay.model.people import Answer
from ossay.model.policy import Criterion, Example, PolicyPack, Rule
from ossay.policy.criteria import read_value
from ossay.policy.document import Items, Node
from ossay.policy.faults import Faults, PolicyError, hint, one_of, refusal
from ossay.policy.fields import Fields, as_day, by_name, read_fields
from ossay.policy.nature import asks_a_person, can_end, counts_days, facts_in

OutcomeOf = Callable[[Rule, Mapping[str, Answered], Answer | None, date], Outcome]
"""What `ossay.judge.outcome` is; handed in, for rooms do not know each other."""

_EXPECTED = {
    "passes": Outcome.PASSED,
    "fails": Outcome.FAILED,
    "missing": Outcome.UNDETERMINED,
    "does_not_apply": Outcome.INAPPLICABLE,
}
_ANSWER = "answer"
_JUDGED_ON = "judged_on"
_ANY_DAY = date(2000, 1, 1)
"""When an example is judged that gives no day, for no age matters in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """
    What the examples of one rule are about.

    Attributes:
        sound: Whether the criteria could be read; if not, something stands in
            for them, and only what is wrong with the examples alone is said.
    """

    criterion: Criterion
    applies_when: Criterion | None
    sound: bool
    facts: Mapping[str, Fact[Any]]
    faults: Faults

    def asked(self) -> frozenset[str]:
        """Return the facts that decide the rule."""
        more = facts_in(self.applies_when) if self.applies_when else frozenset()
        return facts_in(self.criterion) | more

    def has_ages(self) -> bool:
        """Tell whether the day of judging matters."""
        both = (self.criterion, self.applies_when)
        return any(counts_days(c) for c in both if c is not None)

    def wanted(self) -> Iterator[str]:
        """Yield the kinds of example that must be there."""
        yield "passes"
        if self.sound and can_end(self.criterion, met=False):
            yield "fails"
        yield "missing"


def read_examples(fields: Fields, tried: Tried) -> tuple[Example, ...]:
    """Return the examples that stand in the fields of a rule."""
    if "examples" not in fields.nodes:
        tried.faults.add(fields.line, "no 'examples'", " and ".join(tried.wanted()))
        return ()
    node = fields.nodes["examples"]
    kinds = read_fields(node, _EXPECTED, tried.faults)
    for name in tried.wanted():
        if name not in kinds.nodes:
            found = f"no example that {name}" if name != "missing" else "no 'missing'"
            tried.faults.add(node.line, found, f"'{name}' with the facts of a case")
    return tuple(
        _case(case, outcome, tried)
        for name, outcome in _EXPECTED.items()
        if name in kinds.nodes
        for case in _cases(kinds.nodes[name])
    )


def check_examples(pack: PolicyPack, outcome_of: OutcomeOf) -> None:
    """Try every example of *pack*; raise `PolicyError` if one comes out otherwise."""
    surprises = [
        f"rule {rule.id}: example {number} came out {came_out.value}; "
        f"expected {example.expect}, given {_said(example)}"
        for rule in pack.rules
        for number, example in enumerate(rule.examples, start=1)
        if (came_out := _try(rule, example, outcome_of)).value != example.expect
    ]
    if surprises:
        raise PolicyError(refusal(f"the pack {pack.name!r}", surprises))


def _cases(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, Items) else (node,)


def _case(node: Node, expect: Outcome, tried: Tried) -> Example:
    given = by_name(node, tried.faults)
    answer = given.pop(_ANSWER, None)
    judged_on = given.pop(_JUDGED_ON, None)
    if tried.has_ages() and judged_on is None and given:
        tried.faults.add(
            node.line, "an example of an age without its day", "'judged_on' with a date"
        )
    decides = asks_a_person(tried.criterion) or not tried.sound
    if answer is not None and not decides:
        found = "an answer in an example of a rule that no answer decides"
        tried.faults.add(answer.line, found, "facts alone")
    return Example(
        expect=expect.value,
        facts=tuple(_facts(given, tried)),
        answer=None if answer is None else _answer(answer, tried.faults),
        judged_on=None if judged_on is None else as_day(judged_on, tried.faults),
    )


def _facts(given: Mapping[str, Node], tried: Tried) -> Iterator[tuple[str, Value]]:
    asked = tried.asked()
    for name, node in sorted(given.items()):
        if name not in tried.facts:
            found = f"unknown fact {name!r}{hint(name, tried.facts)} in an example"
            tried.faults.add(node.line, found, "a fact that the rule asks about")
        elif tried.sound and name not in asked:
            found = f"{name!r} in an example, which the rule does not ask about"
            tried.faults.add(node.line, found, one_of(sorted(asked)) or "no facts")
        else:
            yield name, read_value(node, (tried.facts[name].kind,), tried.faults)


def _answer(node: Node, faults: Faults) -> bool | str:
    value = read_value(node, (bool, str), faults)
    return value if isinstance(value, bool | str) else False


def _try(rule: Rule, example: Example, outcome_of: OutcomeOf) -> Outcome:
    known: dict[str, Answered] = {
        fact: Observation(fact=fact, value=value) for fact, value in example.facts
    }
    answer = None
    if example.answer is not None:
        answer = Answer(
            rule_id=rule.id,
            value=example.answer,
            ground="an example",
            given_by="example",
            given_at=datetime.min.replace(tzinfo=UTC),
            holds_until=date.max,
        )
    return outcome_of(rule, known, answer, example.judged_on or _ANY_DAY)


def _said(example: Example) -> str:
    facts = [f"{name}: {value!r}" for name, value in example.facts]
    answer = [] if example.answer is None else [f"answer: {example.answer!r}"]
    return ", ".join(facts + answer) or "nothing"
