# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What people say, except, decide and run. They are evidence too: who, when, why."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ossay.model.digest import Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """
    A person's answer to a rule that asks.

    Attributes:
        value: Yes or no, or the text that was asked for.
        ground: What the answer rests on: a test made, a document seen.
        given_by: Id of the person; never an e-mail address.
        holds_until: The last day on which the answer counts.
    """

    rule_id: str
    value: bool | str
    ground: str
    given_by: str
    given_at: datetime
    holds_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """
    A dated exception that someone answers for.

    Attributes:
        scope: Name or id of the candidate it is for.
        owner: Who sees to it that the exception ends.
        granted_by: Who allowed it.
        expires_on: The last day on which it counts.
    """

    rule_id: str
    scope: str
    reason: str
    owner: str
    granted_by: str
    expires_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Curation:
    """
    What a person says that a passage states, in whatever file it stands.

    Attributes:
        key: Of the passage: the hash of its wording, or for all of a file the name
            of its blob.
        expression: SPDX expression; `NONE` if the passage states no licence. With
            `NOASSERTION` what was said of it before is withdrawn.
        because: What that rests on.
        curated_by: Id of the person; never an e-mail address.
        holds_until: The last day on which it counts; None if it has no end.
        pack: Digest of the fact pack that it came with; "" if it was said here.
    """

    key: str
    expression: str
    because: str
    curated_by: str
    curated_at: datetime
    holds_until: date | None = None
    pack: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """A person who decided, and in which role."""

    person: str
    role: str
    signed_at: datetime


class DecisionOutcome(StrEnum):
    """What people decided."""

    ADOPT = "adopt"
    ADOPT_WITH_CONDITIONS = "adopt-with-conditions"
    DO_NOT_ADOPT = "do-not-adopt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """
    What people decided on a judgement.

    Attributes:
        against_recommendation: Whether it goes further than was recommended.
        review_on: When the decision is to be looked at again.
    """

    judgement_digest: Digest
    outcome: DecisionOutcome
    conditions: tuple[str, ...]
    rationale: str
    signatories: tuple[Signatory, ...]
    against_recommendation: bool
    review_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """
    What runs because of a decision.

    Attributes:
        candidate_id: The software.
        decision: Digest of the decision it rests on.
        deployed: Version, tag, commit or digest that is in service.
        where: The service or office that runs it.
        since: First day in service.
        local_changes: What was changed locally, in words; "" for nothing.
        review_on: Next review.
    """

    candidate_id: str
    decision: Digest
    deployed: str
    where: str
    since: date
    local_changes: str
    review_on: date
