# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A judgement and what it rests on → the content of a memo. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, assert_never

from ossay.memo import annexes
from ossay.memo.blocks import (
    Asked,
    Content,
    Counts,
    Figure,
    Figures,
    NotLookedAt,
    PackUsed,
    Question,
    Reason,
    Result,
    Seen,
    State,
    Unsettled,
    Verdict,
    WhyOpen,
)
from ossay.memo.showing import Showing, reproduction, source
from ossay.model.candidate import Candidate
from ossay.model.collector import Table
from ossay.model.digest import Digest, Filed
from ossay.model.evidence import Answered, Evidence, Fact, Gap, Observation, Tool
from ossay.model.judgement import (
    Finding,
    Judgement,
    Outcome,
    Recommendation,
    Screening,
)
from ossay.model.people import Decision
from ossay.model.policy import Area, Level, Mode, PolicyPack


def content(
    judgement: Filed[Judgement],
    candidate: Candidate,
    evidence: Mapping[Digest, Evidence],
    packs: Sequence[PolicyPack],
    facts: Mapping[str, Fact[Any]],
    ossay_version: str,
    decision: Decision | None = None,
    tables: Mapping[str, Mapping[str, Table]] = MappingProxyType({}),
    *,
    public: bool = False,
) -> Content:
    """
    Say what a memo on *judgement* says.

    *evidence* holds what the judgement's parts name, by digest. *packs* are those
    it was made with, in its order. A fact that *facts* no longer declares is
    called by its name. *tables* are annexes of the evidence, by part and by name,
    of those that `annexes.SHOWN` lists.
    One that is *public* leaves out places that not everybody may be told of.
    """
    judged = judgement.value
    showing = {
        part.part.name: Showing.of(part, evidence, facts, public=public)
        for part in judged.parts
    }
    needed = frozenset(p.part.name for p in judged.parts if p.part.required)
    results = tuple(_result(f, showing, needed) for f in judged.findings)
    asked_by_rules = {seen.fact for result in results for seen in result.seen}
    return Content(
        judged_on=judged.judged_on,
        asked=_asked(candidate, packs, judged),
        sources=tuple(source(showing[part.part.name]) for part in judged.parts),
        verdict=_verdict(judged, results),
        to_fix=_ids(r for r in results if _is_failed(r) and _is_decisive(r)),
        conditions=_ids(r for r in results if _is_failed(r) and _is_condition(r)),
        for_people=tuple(_for_people(results)),
        for_machine=tuple(_for_machine(results, needed)),
        waived=_ids(r for r in results if r.outcome is Outcome.WAIVED),
        welcome=sum(r.level is Level.MAY and not r.knock_out for r in results),
        results=results,
        figures=tuple(_figures(showing.values(), facts, asked_by_rules)),
        flaws=tuple(
            annexes.flaws_in(part, of["vulnerabilities"], of.get("components"))
            for part, of in tables.items()
            if "vulnerabilities" in of
        ),
        licence_mixes=tuple(
            annexes.licence_mix_in(part, of["components"])
            for part, of in tables.items()
            if "components" in of
        ),
        relicensings=tuple(
            change
            for part, of in tables.items()
            if "relicensings" in of
            for change in annexes.relicensings_in(showing[part], of["relicensings"])
        ),
        hindrances=tuple(
            annexes.hindrances_in(showing[part], of[name])
            for part, of in tables.items()
            for name in annexes.BARRIERS
            if name in of
        ),
        tools=_tools(showing.values()),
        not_looked_at=tuple(_not_looked_at(showing.values())),
        decision=decision,
        reproduction=reproduction(
            judgement, candidate, tuple(showing.values()), ossay_version
        ),
    )


def _asked(
    candidate: Candidate, packs: Sequence[PolicyPack], judged: Judgement
) -> Asked:
    return Asked(
        candidate_id=candidate.id,
        name=candidate.name,
        need=candidate.need,
        use=candidate.use,
        asked_by=candidate.requested_by,
        packs=tuple(
            PackUsed(
                name=pack.name,
                version=pack.version,
                title=pack.title,
                digest=digest,
                review_by=pack.review_by,
                out_of_date=pack.review_by is not None
                and pack.review_by < judged.judged_on,
            )
            for pack, digest in zip(packs, judged.pack_digests, strict=True)
        ),
    )


def _result(
    finding: Finding, showing: Mapping[str, Showing], needed: frozenset[str]
) -> Result:
    rule = finding.rule
    return Result(
        rule_id=rule.id,
        pack=finding.pack,
        area=rule.area,
        level=rule.level,
        mode=rule.mode,
        knock_out=rule.knock_out,
        title=rule.title,
        basis=rule.basis,
        inspired_by=rule.inspired_by,
        remedy=rule.remedy,
        fixed_by=rule.fixed_by,
        ask=rule.ask,
        texts=rule.texts,
        outcome=finding.outcome,
        why_open=_why_open(finding, needed),
        seen=tuple(showing[g.part].seen(g.answer, rule) for g in finding.because),
        answer=finding.answer,
        waiver=finding.waiver,
    )


def _why_open(finding: Finding, needed: frozenset[str]) -> WhyOpen | None:
    if finding.outcome is not Outcome.UNDETERMINED:
        return None
    may_be_asked = finding.rule.ask is not None and finding.applies
    if may_be_asked and finding.answer is None:
        return WhyOpen.NOBODY_ANSWERED
    if any(_is_short(g.answer) and g.part in needed for g in finding.because):
        return WhyOpen.COULD_NOT_LOOK
    return WhyOpen.NOT_SETTLED


def _is_short(answer: Answered) -> bool:
    missed = answer.missed if isinstance(answer, Observation) else ""
    return isinstance(answer, Gap) or bool(missed)


def _verdict(judged: Judgement, results: Sequence[Result]) -> Verdict:
    outcomes = [r.outcome for r in results]
    return Verdict(
        screening=judged.screening,
        recommendation=judged.recommendation,
        counts=Counts(
            passed=outcomes.count(Outcome.PASSED),
            failed=outcomes.count(Outcome.FAILED),
            undetermined=outcomes.count(Outcome.UNDETERMINED),
            waived=outcomes.count(Outcome.WAIVED),
            inapplicable=outcomes.count(Outcome.INAPPLICABLE),
        ),
        obstacles=_ids(r for r in results if _weighs_in_screening(r, judged.screening)),
        decided_by=_ids(r for r in results if _decides(r, judged.recommendation)),
        to_confirm=_ids(r for r in results if r.knock_out and _is_failed(r)),
    )


def _weighs_in_screening(result: Result, screening: Screening) -> bool:
    match screening:
        case Screening.OBSTACLES_FOUND:
            counts = _is_failed(result)
        case Screening.COULD_NOT_LOOK:
            counts = result.outcome is Outcome.UNDETERMINED
        case Screening.NO_OBSTACLE_FOUND:
            counts = False
        case _:
            assert_never(screening)
    return counts and _is_decisive(result) and result.mode is Mode.AUTOMATIC


def _decides(result: Result, recommendation: Recommendation) -> bool:
    """Tell whether *recommendation* rests on this result, as `recommend` has it."""
    match recommendation:
        case Recommendation.DO_NOT_ADOPT:
            return result.knock_out and _is_failed(result)
        case Recommendation.NOT_YET:
            return _is_decisive(result) and _is_failed(result)
        case Recommendation.CANNOT_DECIDE_YET:
            return _is_decisive(result) and result.outcome is Outcome.UNDETERMINED
        case Recommendation.ADOPT_WITH_CONDITIONS:
            return (result.outcome in _NOT_HELD and _is_should(result)) or (
                _is_decisive(result) and result.outcome is Outcome.WAIVED
            )
        case Recommendation.ADOPT:
            return False
        case _:
            assert_never(recommendation)


_NOT_HELD = frozenset({Outcome.FAILED, Outcome.UNDETERMINED, Outcome.WAIVED})


def _is_decisive(result: Result) -> bool:
    return result.level is Level.MUST or result.knock_out


def _is_should(result: Result) -> bool:
    return result.level is Level.SHOULD


def _is_failed(result: Result) -> bool:
    return result.outcome is Outcome.FAILED


def _is_condition(result: Result) -> bool:
    return _is_should(result) and not result.knock_out


def _weight(result: Result) -> tuple[bool, bool, bool]:
    """Sort knock-outs first, then musts, then shoulds."""
    return (
        not result.knock_out,
        result.level is not Level.MUST,
        result.level is not Level.SHOULD,
    )


def _ids(results: Iterable[Result]) -> tuple[str, ...]:
    return tuple(result.rule_id for result in sorted(results, key=_weight))


def _for_people(results: Iterable[Result]) -> Iterator[Question]:
    by_role: dict[str, list[str]] = {}
    for result in _weighing(results):
        if result.why_open is WhyOpen.NOBODY_ANSWERED and result.ask is not None:
            by_role.setdefault(result.ask.who, []).append(result.rule_id)
    for who, rules in by_role.items():
        yield Question(who=who, rules=tuple(rules))


def _for_machine(
    results: Iterable[Result], needed: frozenset[str]
) -> Iterator[Unsettled]:
    by_reasons: dict[tuple[Reason, ...], list[str]] = {}
    for result in _weighing(results):
        if result.why_open in {WhyOpen.COULD_NOT_LOOK, WhyOpen.NOT_SETTLED}:
            reasons = _reasons(result, needed)
            by_reasons.setdefault(reasons, []).append(result.rule_id)
    for reasons, rules in by_reasons.items():
        yield Unsettled(reasons=reasons, rules=tuple(rules))


def _weighing(results: Iterable[Result]) -> list[Result]:
    """Leave out *may* rules, which change no advice; what weighs most comes first."""
    return sorted((r for r in results if _is_decisive(r) or _is_should(r)), key=_weight)


def _reasons(result: Result, needed: frozenset[str]) -> tuple[Reason, ...]:
    weighing = (s for s in result.seen if s.part in needed)
    open_ones = (s for s in weighing if s.state is State.OPEN or not s.complete)
    return tuple(dict.fromkeys(Reason(part=s.part, why=s.why) for s in open_ones))


def _figures(
    parts: Iterable[Showing], facts: Mapping[str, Fact[Any]], asked_by_rules: set[str]
) -> Iterator[Figures]:
    """Collect answers by area, in the order in which *facts* declares them."""
    seen: dict[str, list[Seen]] = {name: [] for name in facts}
    for part in parts:
        for answer in part.observed:
            seen.setdefault(answer.fact, []).append(part.seen(answer))
    by_area: dict[str, list[Figure]] = {area.value: [] for area in Area}
    for fact, answers in seen.items():
        if answers:
            figure = Figure(
                fact=fact,
                asks=answers[0].asks,
                in_results=fact in asked_by_rules,
                seen=tuple(answers),
            )
            by_area.setdefault(fact.partition(".")[0], []).append(figure)
    for area, figures in by_area.items():
        if figures:
            yield Figures(area=area, figures=tuple(figures))


def _tools(parts: Iterable[Showing]) -> tuple[Tool, ...]:
    return tuple(dict.fromkeys(tool for part in parts for tool in part.tools))


def _not_looked_at(parts: Iterable[Showing]) -> Iterator[NotLookedAt]:
    """Gather what stayed open, or may be short, for the same reason."""
    for part in parts:
        by_reason: dict[str, list[Seen]] = {}
        for answer in part.observed:
            shown = part.seen(answer)
            if shown.state is State.OPEN or not shown.complete:
                by_reason.setdefault(shown.why, []).append(shown)
            if unread := part.unread(answer):
                yield NotLookedAt(
                    part=part.name,
                    why=unread,
                    asks=(),
                    short=(),
                    places=shown.places,
                    total=shown.total,
                )
        for why, seen in by_reason.items():
            gaps = [s for s in seen if s.state is State.OPEN]
            places = tuple(dict.fromkeys(p for s in gaps for p in s.places))
            yield NotLookedAt(
                part=part.name,
                why=why,
                asks=tuple(s.asks for s in gaps),
                short=tuple(s.asks for s in seen if s not in gaps),
                places=places,
                total=len(places),
            )
