# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Hold evidence against policy packs, and sum up what that means."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from ossay.judge.combining import answers_by_part, everything, of_part
from ossay.judge.criteria import Verdict, applicable, as_known, decide, facts_of
from ossay.model.digest import Filed
from ossay.model.evidence import Answered, Fact
from ossay.model.judgement import (
    Finding,
    Ground,
    Judgement,
    Looked,
    Outcome,
    PartJudged,
    Recommendation,
    Screening,
)
from ossay.model.people import Answer, Waiver
from ossay.model.policy import ANSWER, Level, Mode, PolicyPack, Rule

_OUTCOME = {
    Verdict.MET: Outcome.PASSED,
    Verdict.NOT_MET: Outcome.FAILED,
    Verdict.UNDETERMINED: Outcome.UNDETERMINED,
}


def judge(
    parts: Sequence[Looked],
    packs: Sequence[Filed[PolicyPack]],
    answers: Filed[tuple[Answer, ...]],
    waivers: Filed[tuple[Waiver, ...]],
    facts: Mapping[str, Fact[Any]],
    judged_on: date,
) -> Judgement:
    """
    Judge a candidate by its parts' evidence. Pure: same inputs, same judgement.

    What was seen of an optional part is shown and does not weigh: the candidate is
    of use without it, and nobody could tell an answer that was lost from one that
    was never given. Answers and waivers count up to and including their last day.
    *facts* are the declared facts; they say how parts combine.
    """
    by_part = answers_by_part(parts)
    needed = {looked.part.name for looked in parts if looked.part.required}
    weighing = {name: known for name, known in by_part.items() if name in needed}
    known = everything(weighing, facts)
    given = {a.rule_id: a for a in answers.value if a.holds_until >= judged_on}
    excepted = {w.rule_id: w for w in waivers.value if w.expires_on >= judged_on}
    findings = tuple(
        Finding(
            rule=rule,
            pack=pack.value.name,
            outcome=outcome(rule, known, given.get(rule.id), judged_on, excepted),
            because=tuple(_grounds(rule, by_part, facts)),
            applies=_applies(rule, known, judged_on),
            answer=given.get(rule.id),
            waiver=excepted.get(rule.id),
        )
        for pack in packs
        for rule in pack.value.rules
    )
    return Judgement(
        parts=tuple(
            PartJudged(
                part=looked.part,
                evidence_digest=looked.evidence.digest if looked.evidence else None,
                why_not=looked.why_not,
            )
            for looked in parts
        ),
        pack_digests=tuple(pack.digest for pack in packs),
        answers_digest=answers.digest,
        waivers_digest=waivers.digest,
        findings=findings,
        screening=screen(findings),
        recommendation=recommend(findings),
        judged_on=judged_on,
    )


def outcome(
    rule: Rule,
    known: Mapping[str, Answered],
    answer: Answer | None,
    judged_on: date,
    waivers: Mapping[str, Waiver] | None = None,
) -> Outcome:
    """Tell what is *known* means for one *rule*; a waiver covers what is not passed."""
    seen = dict(known)
    if answer is not None:
        seen[ANSWER] = as_known(answer)
    judged = _unwaived(rule, seen, judged_on)
    may_be_waived = judged in {Outcome.FAILED, Outcome.UNDETERMINED}
    if may_be_waived and waivers and rule.id in waivers:
        return Outcome.WAIVED
    return judged


def screen(findings: Iterable[Finding]) -> Screening:
    """
    Sum up what the machine alone could tell, over the automatic rules.

    A failed *must* or knock-out is an obstacle. An undetermined one means that
    the machine could not look, which is never the same as finding nothing.
    """
    seen = {f.outcome for f in findings if _decisive(f) and _is_automatic(f)}
    if Outcome.FAILED in seen:
        return Screening.OBSTACLES_FOUND
    if Outcome.UNDETERMINED in seen:
        return Screening.COULD_NOT_LOOK
    return Screening.NO_OBSTACLE_FOUND


def recommend(findings: Iterable[Finding]) -> Recommendation:
    """
    Sum findings up into advice for the people who decide, worst first.

    A waived finding is a condition: somebody answers for it until a day.
    """
    everything_found = tuple(findings)
    knocked = {f.outcome for f in everything_found if f.rule.knock_out}
    decisive = {f.outcome for f in everything_found if _decisive(f)}
    if Outcome.FAILED in knocked:
        return Recommendation.DO_NOT_ADOPT
    if Outcome.FAILED in decisive:
        return Recommendation.NOT_YET
    if Outcome.UNDETERMINED in decisive:
        return Recommendation.CANNOT_DECIDE_YET
    if conditions(everything_found):
        return Recommendation.ADOPT_WITH_CONDITIONS
    return Recommendation.ADOPT


_CONDITIONS = {
    (Level.SHOULD, Outcome.FAILED),
    (Level.SHOULD, Outcome.UNDETERMINED),
    (Level.SHOULD, Outcome.WAIVED),
}


def conditions(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what stands between *adopt with conditions* and *adopt*."""
    return tuple(
        f
        for f in findings
        if (f.rule.level, f.outcome) in _CONDITIONS
        or (_decisive(f) and f.outcome is Outcome.WAIVED)
    )


def _unwaived(rule: Rule, known: Mapping[str, Answered], judged_on: date) -> Outcome:
    applies = _applies(rule, known, judged_on)
    if applies is None:
        return Outcome.UNDETERMINED
    criterion = applicable(rule.criterion, known)
    if criterion is None or not applies:
        return Outcome.INAPPLICABLE
    return _OUTCOME[decide(criterion, known, judged_on)]


def _applies(rule: Rule, known: Mapping[str, Answered], judged_on: date) -> bool | None:
    if rule.applies_when is None:
        return True
    match decide(rule.applies_when, known, judged_on):
        case Verdict.MET:
            return True
        case Verdict.NOT_MET:
            return False
        case Verdict.UNDETERMINED:
            return None


def _grounds(
    rule: Rule,
    by_part: Mapping[str, Mapping[str, Answered]],
    facts: Mapping[str, Fact[Any]],
) -> Iterator[Ground]:
    asked = dict.fromkeys(facts_of(rule.criterion))
    if rule.applies_when is not None:
        asked |= dict.fromkeys(facts_of(rule.applies_when))
    for fact in asked:
        for part, known in by_part.items():
            yield Ground(part=part, answer=of_part(known, facts[fact], part))


def _decisive(finding: Finding) -> bool:
    return finding.rule.level is Level.MUST or finding.rule.knock_out


def _is_automatic(finding: Finding) -> bool:
    return finding.rule.mode is Mode.AUTOMATIC
