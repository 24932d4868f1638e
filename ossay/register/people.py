# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Rows of what people answered, allowed, and said of passages."""

from typing import TypeVar

from sqlalchemy import Connection, Table, func, select

from ossay.codec import from_json, to_json
from ossay.model.people import Answer, Curation, Waiver
from ossay.register.rows import add_if_news
from ossay.register.tables import ANSWERS, CURATIONS, WAIVERS

T = TypeVar("T")


def enter_answer(connection: Connection, candidate_id: str, answer: Answer) -> None:
    """Add an answer; it takes the place of an earlier one to the same rule."""
    add_if_news(
        connection,
        ANSWERS,
        {"candidate_id": candidate_id, "rule_id": answer.rule_id},
        {"document": to_json(answer).decode()},
        given_by=answer.given_by,
        given_at=answer.given_at,
        holds_until=answer.holds_until,
    )


def enter_waiver(connection: Connection, candidate_id: str, waiver: Waiver) -> None:
    """Add a waiver; it takes the place of an earlier one of the same rule."""
    add_if_news(
        connection,
        WAIVERS,
        {"candidate_id": candidate_id, "rule_id": waiver.rule_id},
        {"document": to_json(waiver).decode()},
        owner=waiver.owner,
        expires_on=waiver.expires_on,
    )


def enter_curation(connection: Connection, curation: Curation) -> None:
    """Add what a person said of a passage; what was said before stays readable."""
    add_if_news(
        connection,
        CURATIONS,
        {"key": curation.key},
        {"document": to_json(curation).decode()},
        curated_by=curation.curated_by,
        curated_at=curation.curated_at,
        holds_until=curation.holds_until,
    )


def curations(connection: Connection) -> tuple[Curation, ...]:
    """Return all that people said of passages, in the order in which they did."""
    documents = connection.scalars(
        select(CURATIONS.c.document).order_by(CURATIONS.c.seq)
    )
    return tuple(from_json(Curation, document.encode()) for document in documents)


def answers_for(connection: Connection, candidate_id: str) -> tuple[Answer, ...]:
    """Return the last answer to each rule, lapsed ones too, by rule."""
    return _newest(connection, ANSWERS, candidate_id, Answer)


def waivers_for(connection: Connection, candidate_id: str) -> tuple[Waiver, ...]:
    """Return the last waiver of each rule, lapsed ones too, by rule."""
    return _newest(connection, WAIVERS, candidate_id, Waiver)


def _newest(
    connection: Connection, table: Table, candidate_id: str, kind: type[T]
) -> tuple[T, ...]:
    newest = (
        select(func.max(table.c.seq))
        .where(table.c.candidate_id == candidate_id)
        .group_by(table.c.rule_id)
    )
    documents = connection.scalars(
        select(table.c.document)
        .where(table.c.seq.in_(newest))
        .order_by(table.c.rule_id)
    )
    return tuple(from_json(kind, document.encode()) for document in documents)
