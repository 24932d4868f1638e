# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Rows of what people answered, allowed, and said of passages."""

from sqlite3 import Connection
from typing import TypeVar

from ossay.codec import from_json, to_json
from ossay.model.people import Answer, Curation, Waiver
from ossay.register.columns import at, on
from ossay.register.rows import add_if_news

T = TypeVar("T")

_ANSWERS = """
    SELECT document FROM answers WHERE seq IN (
        SELECT max(seq) FROM answers WHERE candidate_id = ? GROUP BY rule_id
    ) ORDER BY rule_id
"""

_WAIVERS = """
    SELECT document FROM waivers WHERE seq IN (
        SELECT max(seq) FROM waivers WHERE candidate_id = ? GROUP BY rule_id
    ) ORDER BY rule_id
"""


def enter_answer(connection: Connection, candidate_id: str, answer: Answer) -> None:
    """Add an answer; it takes the place of an earlier one to the same rule."""
    add_if_news(
        connection,
        "answers",
        {"candidate_id": candidate_id, "rule_id": answer.rule_id},
        {"document": to_json(answer).decode()},
        {
            "given_by": answer.given_by,
            "given_at": at(answer.given_at),
            "holds_until": on(answer.holds_until),
        },
    )


def enter_waiver(connection: Connection, candidate_id: str, waiver: Waiver) -> None:
    """Add a waiver; it takes the place of an earlier one of the same rule."""
    add_if_news(
        connection,
        "waivers",
        {"candidate_id": candidate_id, "rule_id": waiver.rule_id},
        {"document": to_json(waiver).decode()},
        {"owner": waiver.owner, "expires_on": on(waiver.expires_on)},
    )


def enter_curation(connection: Connection, curation: Curation) -> None:
    """Add what a person said of a passage; what was said before stays readable."""
    until = curation.holds_until
    add_if_news(
        connection,
        "curations",
        {"key": curation.key},
        {"document": to_json(curation).decode()},
        {
            "curated_by": curation.curated_by,
            "curated_at": at(curation.curated_at),
            "holds_until": None if until is None else on(until),
        },
    )


def curations(connection: Connection) -> tuple[Curation, ...]:
    """Return all that people said of passages, in the order in which they did."""
    documents = connection.execute("SELECT document FROM curations ORDER BY seq")
    return tuple(from_json(Curation, document.encode()) for (document,) in documents)


def answers_for(connection: Connection, candidate_id: str) -> tuple[Answer, ...]:
    """Return the last answer to each rule, lapsed ones too, by rule."""
    return _newest(connection, _ANSWERS, candidate_id, Answer)


def waivers_for(connection: Connection, candidate_id: str) -> tuple[Waiver, ...]:
    """Return the last waiver of each rule, lapsed ones too, by rule."""
    return _newest(connection, _WAIVERS, candidate_id, Waiver)


def _newest(
    connection: Connection, query: str, candidate_id: str, kind: type[T]
) -> tuple[T, ...]:
    documents = connection.execute(query, (candidate_id,))
    return tuple(from_json(kind, document.encode()) for (document,) in documents)
