# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Rows of decisions, and of what runs because of them."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, select

from ossay.model.digest import Digest
from ossay.model.people import Adoption, Decision
from ossay.register.rows import add_once
from ossay.register.tables import ADOPTIONS, DECISIONS


class State(StrEnum):
    """Whether an adoption still says what runs."""

    IN_SERVICE = "in-service"
    SUPERSEDED = "superseded"


def enter_decision(connection: Connection, digest: Digest, decision: Decision) -> None:
    """Add a decision; the judgement it is on must be there."""
    add_once(
        connection,
        DECISIONS,
        {
            "digest": digest,
            "judgement": decision.judgement_digest,
            "outcome": decision.outcome,
            "review_on": decision.review_on,
        },
    )


def decisions_on(connection: Connection, judgement: Digest) -> tuple[Digest, ...]:
    """Return the decisions that were taken on a judgement."""
    found = select(DECISIONS.c.digest).where(DECISIONS.c.judgement == judgement)
    return tuple(connection.scalars(found))


def enter(connection: Connection, digest: Digest, adoption: Adoption) -> None:
    """
    Add an adoption, in place of the one of the same software at the same place.

    One that is known already stays what it is: recording it again does not bring
    it back into service.
    """
    table = ADOPTIONS.c
    if connection.scalar(select(table.seq).where(table.digest == digest)) is not None:
        return
    connection.execute(
        ADOPTIONS.update()
        .where(
            table.candidate_id == adoption.candidate_id, table.place == adoption.where
        )
        .values(state=State.SUPERSEDED)
    )
    connection.execute(
        ADOPTIONS.insert().values(
            digest=digest,
            candidate_id=adoption.candidate_id,
            decision=adoption.decision,
            deployed=adoption.deployed,
            place=adoption.where,
            since=adoption.since,
            local_changes=adoption.local_changes,
            review_on=adoption.review_on,
            state=State.IN_SERVICE,
        )
    )


def in_service(connection: Connection, *, due_on: date | None) -> tuple[Adoption, ...]:
    """Return what runs, by review date; given *due_on*, what is due by that day."""
    found = (
        select(ADOPTIONS)
        .where(ADOPTIONS.c.state == State.IN_SERVICE)
        .order_by(ADOPTIONS.c.review_on, ADOPTIONS.c.seq)
    )
    if due_on is not None:
        found = found.where(ADOPTIONS.c.review_on <= due_on)
    return tuple(_read(row) for row in connection.execute(found))


def newest_of(connection: Connection, candidate_id: str) -> Adoption | None:
    """Return the adoption of a candidate that was recorded last and is in service."""
    row = connection.execute(
        select(ADOPTIONS)
        .where(
            ADOPTIONS.c.candidate_id == candidate_id,
            ADOPTIONS.c.state == State.IN_SERVICE,
        )
        .order_by(ADOPTIONS.c.seq.desc())
        .limit(1)
    ).first()
    return None if row is None else _read(row)


def _read(row: Row[Any]) -> Adoption:
    return Adoption(
        candidate_id=row.candidate_id,
        decision=row.decision,
        deployed=row.deployed,
        where=row.place,
        since=row.since,
        local_changes=row.local_changes,
        review_on=row.review_on,
    )
