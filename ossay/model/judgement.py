# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The result of holding evidence against policy packs."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ossay.model.candidate import Part
from ossay.model.digest import Digest, Filed
from ossay.model.evidence import Answered, Evidence
from ossay.model.people import Answer, Waiver
from ossay.model.policy import Rule


class Outcome(StrEnum):
    """What evidence means for a rule."""

    PASSED = "passed"
    FAILED = "failed"
    UNDETERMINED = "undetermined"
    INAPPLICABLE = "inapplicable"
    WAIVED = "waived"


class Screening(StrEnum):
    """What the machine alone can say."""

    NO_OBSTACLE_FOUND = "no-obstacle-found"
    OBSTACLES_FOUND = "obstacles-found"
    COULD_NOT_LOOK = "could-not-look"


class Recommendation(StrEnum):
    """Advice to the people who decide, worst last."""

    ADOPT = "adopt"
    ADOPT_WITH_CONDITIONS = "adopt-with-conditions"
    CANNOT_DECIDE_YET = "cannot-decide-yet"
    NOT_YET = "not-yet"
    DO_NOT_ADOPT = "do-not-adopt"


class Advice(StrEnum):
    """What a re-audit advises for software in service."""

    KEEP = "keep"
    KEEP_WITH_MEASURES = "keep-with-measures"
    UPGRADE = "upgrade"
    PLAN_EXIT = "plan-exit"
    STOP_USE = "stop-use"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A part of the candidate with what was observed about it, or why nothing was."""

    part: Part
    evidence: Filed[Evidence] | None
    why_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One answer that a finding rests on, and the part it is about."""

    part: str
    answer: Answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """
    One rule's outcome and what it rests on.

    Attributes:
        applies: Whether the rule concerns this software; None where that could not
            be told. Then an answer of people would settle nothing yet.
    """

    rule: Rule
    pack: str
    outcome: Outcome
    because: tuple[Ground, ...]
    applies: bool | None = True
    answer: Answer | None = None
    waiver: Waiver | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartJudged:
    """Which evidence stood for a part; "" and a reason where there was none."""

    part: Part
    evidence_digest: Digest | None
    why_not: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The whole verdict. People decide; this is what they decide upon."""

    parts: tuple[PartJudged, ...]
    pack_digests: tuple[Digest, ...]
    answers_digest: Digest
    waivers_digest: Digest
    findings: tuple[Finding, ...]
    screening: Screening
    recommendation: Recommendation
    judged_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A rule whose outcome differs; None where the rule was not judged."""

    rule_id: str
    title: str
    before: Outcome | None
    after: Outcome | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaudit:
    """
    What became of software in service.

    Attributes:
        decided: The judgement that the decision rests on.
        running: What is deployed, judged today.
        offered: The latest release, judged today.
        changes: What differs between `decided` and `running`.
    """

    candidate_id: str
    decided: Digest
    running: Digest
    offered: Digest
    changes: tuple[Change, ...]
    advice: Advice
    audited_on: date
