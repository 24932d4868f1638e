# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Rows of decisions, and of what runs because of them."""

from datetime import date
from enum import StrEnum
from sqlite3 import Connection

from ossay.model.digest import Digest
from ossay.model.people import Adoption, Decision
from ossay.register.columns import on, packed, unpacked
from ossay.register.rows import add_once, scalar


class State(StrEnum):
    """Whether an adoption still says what runs."""

    IN_SERVICE = "in-service"
    SUPERSEDED = "superseded"


_DECISIONS = "SELECT digest FROM decisions WHERE judgement = ?"

_KNOWN = "SELECT seq FROM adoptions WHERE digest = ?"

_REPLACE = "UPDATE adoptions SET state = ? WHERE candidate_id = ? AND place = ?"

_IN_SERVICE = """
    SELECT candidate_id, decision, deployed, place, since, local_changes, review_on
    FROM adoptions WHERE state = ?
"""


def enter_decision(connection: Connection, digest: Digest, decision: Decision) -> None:
    """Add a decision; the judgement it is on must be there."""
    add_once(
        connection,
        "decisions",
        {
            "digest": packed(digest),
            "judgement": packed(decision.judgement_digest),
            "outcome": decision.outcome,
            "review_on": on(decision.review_on),
        },
    )


def decisions_on(connection: Connection, judgement: Digest) -> tuple[Digest, ...]:
    """Return the decisions that were taken on a judgement."""
    found = connection.execute(_DECISIONS, (packed(judgement),))
    return tuple(unpacked(digest) for (digest,) in found)


def enter(connection: Connection, digest: Digest, adoption: Adoption) -> None:
    """
    Add an adoption, in place of the one of the same software at the same place.

    One that is known already stays what it is: recording it again does not bring
    it back into service.
    """
    if scalar(connection, _KNOWN, packed(digest)) is not None:
        return
    replaced = (State.SUPERSEDED, adoption.candidate_id, adoption.where)
    connection.execute(_REPLACE, replaced)
    add_once(
        connection,
        "adoptions",
        {
            "digest": packed(digest),
            "candidate_id": adoption.candidate_id,
            "decision": packed(adoption.decision),
            "deployed": adoption.deployed,
            "place": adoption.where,
            "since": on(adoption.since),
            "local_changes": adoption.local_changes,
            "review_on": on(adoption.review_on),
            "state": State.IN_SERVICE,
        },
    )


def in_service(connection: Connection, *, due_on: date | None) -> tuple[Adoption, ...]:
    """Return what runs, by review date; given *due_on*, what is due by that day."""
    rows = connection.execute(
        f"{_IN_SERVICE} AND review_on <= ? ORDER BY review_on, seq",
        (State.IN_SERVICE, on(due_on or date.max)),
    )
    return tuple(_read(*row) for row in rows)


def newest_of(connection: Connection, candidate_id: str) -> Adoption | None:
    """Return the adoption of a candidate that was recorded last and is in service."""
    row = connection.execute(
        f"{_IN_SERVICE} AND candidate_id = ? ORDER BY seq DESC LIMIT 1",
        (State.IN_SERVICE, candidate_id),
    ).fetchone()
    return None if row is None else _read(*row)


def _read(
    candidate_id: str,
    decision: bytes,
    deployed: str,
    place: str,
    since: str,
    local_changes: str,
    review_on: str,
) -> Adoption:
    return Adoption(
        candidate_id=candidate_id,
        decision=unpacked(decision),
        deployed=deployed,
        where=place,
        since=date.fromisoformat(since),
        local_changes=local_changes,
        review_on=date.fromisoformat(review_on),
    )
