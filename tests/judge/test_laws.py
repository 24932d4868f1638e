# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Laws of judging, held against cases nobody thought of."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ossay import codec
from ossay.judge import decide, judge
from ossay.judge.criteria import Verdict
from ossay.model.evidence import Answered, Gap, Observation
from ossay.model.judgement import (
    Judgement,
    Looked,
    Outcome,
    Recommendation,
    Screening,
)
from ossay.model.people import Answer, Waiver
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
    Level,
    Mode,
    Not,
    OneOf,
    Rule,
)
from tests.judge.cases import (
    FACTS,
    GAP,
    MOOT,
    TODAY,
    answer,
    answered,
    answers,
    looked,
    missing,
    pack,
    rule,
    waiver,
    waivers,
)

GOOD = {Recommendation.ADOPT, Recommendation.ADOPT_WITH_CONDITIONS}
small = st.integers(min_value=0, max_value=3)
days = st.integers(min_value=-3, max_value=3).map(lambda n: TODAY - timedelta(days=n))
words = st.lists(st.sampled_from(["a", "b", "c"]), unique=True).map(tuple)
numbers = st.sampled_from(["t.number", "t.least", "t.most"])
flags = st.sampled_from(["t.flag", "t.any"])

counts: st.SearchStrategy[Criterion] = st.one_of(
    st.builds(Count, fact=st.just("t.words"), at_most=small),
    st.builds(Count, fact=st.just("t.words"), at_least=small),
    st.builds(Count, fact=st.just("t.words"), equals=small),
)
leaves: st.SearchStrategy[Criterion] = st.one_of(
    st.builds(Equals, fact=flags, value=st.booleans()),
    st.builds(Equals, fact=st.just("t.words"), value=words),
    st.builds(AtMost, fact=numbers, limit=small.map(float)),
    st.builds(AtLeast, fact=numbers, limit=small.map(float)),
    st.builds(AtMost, fact=st.just("t.day"), limit=st.builds(Days, days=small)),
    st.builds(AtLeast, fact=st.just("t.day"), limit=st.builds(Days, days=small)),
    st.builds(OneOf, fact=numbers, values=st.lists(small, min_size=1).map(tuple)),
    st.builds(Contains, fact=st.just("t.words"), value=st.sampled_from(["a", "d"])),
    counts,
    st.just(HasAnswer()),
)
criteria: st.SearchStrategy[Criterion] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(AllOf, criteria=st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(AnyOf, criteria=st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Not, criterion=inner),
    ),
    max_leaves=5,
)


def values_of(name: str) -> st.SearchStrategy[object]:
    """What a fact of the kind that *name* has can be observed to be."""
    kinds: dict[type, st.SearchStrategy[object]] = {
        bool: st.booleans(),
        int: small,
        date: days,
        tuple: words,
        str: st.sampled_from(["MIT", "ISC OR MIT"]),
    }
    return st.one_of(kinds[FACTS[name].kind], st.just(GAP), st.just(MOOT))


def as_answers(values: dict[str, object]) -> dict[str, Answered]:
    return {name: answered(name, value) for name, value in values.items()}


observed = st.fixed_dictionaries({name: values_of(name) for name in FACTS}).map(
    as_answers
)
parts = st.one_of(
    observed.map(lambda a: (looked(a),)),
    st.tuples(observed, observed).map(lambda t: (looked(t[0]), looked(t[1], "b"))),
    observed.map(lambda a: (looked(a), missing("b", required=True))),
)
rules = st.lists(
    st.builds(
        rule,
        criteria,
        level=st.sampled_from(Level),
        mode=st.sampled_from(Mode),
        knock_out=st.booleans(),
        applies_when=st.one_of(st.none(), criteria),
    ),
    min_size=1,
    max_size=3,
).map(
    lambda made: tuple(
        rule(
            r.criterion,
            level=r.level,
            rule_id=f"T-{n}",
            mode=r.mode,
            knock_out=r.knock_out,
            applies_when=r.applies_when,
        )
        for n, r in enumerate(made)
    )
)
given_answers = st.one_of(st.just(()), st.just((answer(rule_id="T-0"),)))
granted = st.one_of(st.just(()), st.just((waiver(rule_id="T-1"),)))


def judged(
    parts: tuple[Looked, ...],
    rules: tuple[Rule, ...],
    said: tuple[Answer, ...],
    excepted: tuple[Waiver, ...],
) -> Judgement:
    return judge(
        parts, [pack(*rules)], answers(*said), waivers(*excepted), FACTS, TODAY
    )


def without(
    parts: tuple[Looked, ...], taken: set[tuple[int, str]]
) -> tuple[Looked, ...]:
    """Take answers away from the evidence; each leaves a gap."""
    return tuple(
        one
        if one.evidence is None
        else looked(
            {
                a.fact: Gap(fact=a.fact, why="taken") if (n, a.fact) in taken else a
                for a in one.evidence.value.observed
            },
            one.part.name,
        )
        for n, one in enumerate(parts)
    )


@given(criteria, observed, observed)
def test_answering_a_gap_never_overturns_a_settled_criterion(
    criterion: Criterion, before: dict[str, Answered], more: dict[str, Answered]
) -> None:
    after = {f: more[f] if isinstance(a, Gap) else a for f, a in before.items()}

    first = decide(criterion, before, TODAY)

    if first is not Verdict.UNDETERMINED:
        assert decide(criterion, after, TODAY) is first


def shortened(parts: tuple[Looked, ...], by: int) -> tuple[Looked, ...]:
    """Count *by* less, and say that some was missed; lists lack their last entry."""

    def short(said: Answered) -> Answered:
        if not isinstance(said, Observation) or isinstance(said.value, bool):
            return said
        if isinstance(said.value, int):
            return replace(said, value=max(0, said.value - by), missed="not read")
        if isinstance(said.value, tuple):
            return replace(said, value=said.value[:-1], missed="not read")
        return said

    return tuple(
        one
        if one.evidence is None
        else looked(
            {a.fact: short(a) for a in one.evidence.value.observed}, one.part.name
        )
        for one in parts
    )


@given(parts, rules, given_answers, granted, small)
def test_counting_less_never_makes_anything_better(
    looked_at: tuple[Looked, ...],
    held: tuple[Rule, ...],
    said: tuple[Answer, ...],
    excepted: tuple[Waiver, ...],
    by: int,
) -> None:
    full = judged(looked_at, held, said, excepted)

    poorer = judged(shortened(looked_at, by), held, said, excepted)

    for before, after in zip(full.findings, poorer.findings, strict=True):
        if after.outcome in {Outcome.PASSED, Outcome.INAPPLICABLE, Outcome.FAILED}:
            assert before.outcome is after.outcome


@given(
    parts,
    rules,
    given_answers,
    granted,
    st.sets(st.tuples(st.integers(0, 1), st.sampled_from(sorted(FACTS)))),
)
def test_taking_evidence_away_never_makes_anything_better(
    looked_at: tuple[Looked, ...],
    held: tuple[Rule, ...],
    said: tuple[Answer, ...],
    excepted: tuple[Waiver, ...],
    taken: set[tuple[int, str]],
) -> None:
    full = judged(looked_at, held, said, excepted)

    poorer = judged(without(looked_at, taken), held, said, excepted)

    for before, after in zip(full.findings, poorer.findings, strict=True):
        if after.outcome in {Outcome.PASSED, Outcome.INAPPLICABLE}:
            assert before.outcome is after.outcome
    if poorer.recommendation in GOOD:
        assert full.recommendation in GOOD
    if poorer.screening is Screening.NO_OBSTACLE_FOUND:
        assert full.screening is Screening.NO_OBSTACLE_FOUND


@given(observed, observed, rules, given_answers, granted)
def test_whether_an_optional_part_could_be_read_changes_no_outcome(
    needed: dict[str, Answered],
    more: dict[str, Answered],
    held: tuple[Rule, ...],
    said: tuple[Answer, ...],
    excepted: tuple[Waiver, ...],
) -> None:
    with_it = (looked(needed), looked(more, "b", required=False))
    without_it = (looked(needed), missing("b", required=False))

    full = judged(with_it, held, said, excepted)
    poorer = judged(without_it, held, said, excepted)

    assert [f.outcome for f in poorer.findings] == [f.outcome for f in full.findings]
    assert poorer.recommendation is full.recommendation


@given(parts, rules, given_answers, granted)
def test_the_same_inputs_give_the_same_bytes(
    looked_at: tuple[Looked, ...],
    held: tuple[Rule, ...],
    said: tuple[Answer, ...],
    excepted: tuple[Waiver, ...],
) -> None:
    first = codec.to_json(judged(looked_at, held, said, excepted))

    again = codec.to_json(judged(looked_at, held, said, excepted))

    assert again == first
    assert codec.to_json(codec.from_json(Judgement, first)) == first
