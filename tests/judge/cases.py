# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Small values for tests about judging."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from ossay import codec
from ossay.model.candidate import Part
from ossay.model.digest import Digest, Filed
from ossay.model.evidence import (
    Answered,
    Combine,
    Evidence,
    Fact,
    Gap,
    Inapplicable,
    Observation,
    Value,
    Worse,
)
from ossay.model.judgement import Looked
from ossay.model.people import Answer, Waiver
from ossay.model.policy import Area, Criterion, Level, Mode, PolicyPack, Rule
from ossay.model.snapshot import Chosen, Snapshot

TODAY = date(2026, 3, 1)

FLAG = Fact(name="t.flag", kind=bool, asks="Flag?", combine=Combine.ALL)
ANY = Fact(name="t.any", kind=bool, asks="Any?", combine=Combine.ANY)
NUMBER = Fact(name="t.number", kind=int, asks="How many?", combine=Combine.SUM)
LEAST = Fact(name="t.least", kind=int, asks="How few?", combine=Combine.WORST)
MOST = Fact(
    name="t.most",
    kind=int,
    asks="How many at worst?",
    combine=Combine.WORST,
    worse=Worse.HIGHER,
)
DAY = Fact(name="t.day", kind=date, asks="When?", combine=Combine.WORST)
WORDS = Fact(name="t.words", kind=tuple, asks="Which?", combine=Combine.UNION)
LICENCE = Fact(
    name="t.licence",
    kind=str,
    asks="Under what?",
    unit="SPDX expression",
    combine=Combine.UNION,
)
FACTS = {f.name: f for f in (FLAG, ANY, NUMBER, LEAST, MOST, DAY, WORDS, LICENCE)}

GAP = object()
"""Stands for a gap in tables of cases."""
MOOT = object()
"""Stands for a question that does not arise."""


def answered(fact: str, value: Value | object) -> Answered:
    """Return what a collector says when it found *value* (or `GAP`, or `MOOT`)."""
    if value is GAP:
        return Gap(fact=fact, why="could not look")
    if value is MOOT:
        return Inapplicable(fact=fact, why="does not arise")
    assert isinstance(value, bool | int | float | str | date | tuple)
    return Observation(fact=fact, value=value)


def known(**values: Value | object) -> dict[str, Answered]:
    """Return answers by fact; ``flag=True`` answers ``t.flag``."""
    return {f"t.{name}": answered(f"t.{name}", v) for name, v in values.items()}


def snapshot(url: str = "https://example.org/a.git") -> Snapshot:
    return Snapshot(
        repository_url=url,
        path="",
        ref="refs/heads/main",
        chosen=Chosen.DEFAULT_BRANCH,
        commit="1" * 40,
        tree="2" * 40,
        refs_digest=Digest("3" * 64),
        shallow=False,
        committed_at=datetime(2026, 2, 1, tzinfo=UTC),
        taken_at=datetime(2026, 3, 1, tzinfo=UTC),
    )


def looked(
    answers: Mapping[str, Answered], part: str = "whole", *, required: bool = True
) -> Looked:
    """Return a part of a candidate about which *answers* were collected."""
    evidence = Evidence(
        snapshot=snapshot(),
        observed=tuple(answers.values()),
        annexes=(),
        tools=(),
        collected_at=datetime(2026, 3, 1, tzinfo=UTC),
    )
    return Looked(
        part=Part(name=part, source_url="https://example.org/a.git", required=required),
        evidence=Filed(digest=codec.digest_of(evidence), value=evidence),
    )


def missing(part: str, *, required: bool) -> Looked:
    """Return a part that could not be fetched."""
    source = Part(name=part, source_url="https://example.org/b", required=required)
    return Looked(part=source, evidence=None, why_not="the server did not answer")


def rule(
    criterion: Criterion,
    *,
    level: Level = Level.MUST,
    rule_id: str = "T-1",
    mode: Mode = Mode.AUTOMATIC,
    knock_out: bool = False,
    applies_when: Criterion | None = None,
) -> Rule:
    return Rule(
        id=rule_id,
        area=Area.LICENSING,
        title="It holds",
        level=level,
        mode=mode,
        criterion=criterion,
        remedy="Make it hold.",
        fixed_by="the maintainers",
        basis="Test 1",
        knock_out=knock_out,
        applies_when=applies_when,
    )


def pack(*rules: Rule) -> Filed[PolicyPack]:
    made = PolicyPack(name="test", version="1", title="Test", rules=rules)
    return Filed(digest=codec.digest_of(made), value=made)


def answers(*given: Answer) -> Filed[tuple[Answer, ...]]:
    return Filed(digest=codec.digest_of(given, tuple[Answer, ...]), value=given)


def waivers(*granted: Waiver) -> Filed[tuple[Waiver, ...]]:
    return Filed(digest=codec.digest_of(granted, tuple[Waiver, ...]), value=granted)


def answer(
    *, value: bool | str = True, holds_until: date = TODAY, rule_id: str = "T-1"
) -> Answer:
    return Answer(
        rule_id=rule_id,
        value=value,
        ground="seen",
        given_by="officer-1",
        given_at=datetime(2026, 1, 1, tzinfo=UTC),
        holds_until=holds_until,
    )


def waiver(*, expires_on: date = TODAY, rule_id: str = "T-1") -> Waiver:
    return Waiver(
        rule_id=rule_id,
        scope="a",
        reason="pilot only",
        owner="officer-1",
        granted_by="head-1",
        expires_on=expires_on,
    )
