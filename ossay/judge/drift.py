# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What changed between two judgements, and what it means for software in service."""

from ossay.model.judgement import (
    Advice,
    Change,
    Finding,
    Judgement,
    Outcome,
    Recommendation,
)
from ossay.model.policy import Level

_FIT = frozenset({Recommendation.ADOPT, Recommendation.ADOPT_WITH_CONDITIONS})


def drift(before: Judgement, after: Judgement) -> tuple[Change, ...]:
    """Return the rules whose outcome changed, in the order of the later judgement."""
    old = {f.rule.id: f for f in before.findings}
    new = {f.rule.id: f for f in after.findings}
    return tuple(
        Change(
            rule_id=rule_id,
            title=(new.get(rule_id) or old[rule_id]).rule.title,
            before=_outcome_of(old.get(rule_id)),
            after=_outcome_of(new.get(rule_id)),
        )
        for rule_id in (new | old)
        if _outcome_of(old.get(rule_id)) is not _outcome_of(new.get(rule_id))
    )


def advise(decided: Judgement, running: Judgement, offered: Judgement) -> Advice:
    """
    Advise on software in service.

    *decided* is the judgement the decision rests on, *running* judges what is
    deployed and *offered* the latest release, both today. What was already
    known when people decided is a measure to take and no reason to leave.
    """
    if running.recommendation is Recommendation.ADOPT:
        return Advice.KEEP
    if running.recommendation in _FIT | {Recommendation.CANNOT_DECIDE_YET}:
        return Advice.KEEP_WITH_MEASURES
    if _failed_musts(running) <= _failed_musts(decided):
        return Advice.KEEP_WITH_MEASURES
    if offered.recommendation in _FIT:
        return Advice.UPGRADE
    if running.recommendation is Recommendation.DO_NOT_ADOPT:
        return Advice.STOP_USE
    return Advice.PLAN_EXIT


def _failed_musts(judgement: Judgement) -> frozenset[str]:
    return frozenset(
        f.rule.id
        for f in judgement.findings
        if f.outcome is Outcome.FAILED
        and (f.rule.level is Level.MUST or f.rule.knock_out)
    )


def _outcome_of(finding: Finding | None) -> Outcome | None:
    return None if finding is None else finding.outcome
