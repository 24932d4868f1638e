# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The two ways in which rows are added. Both may be done again after a kill."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, select
from sqlalchemy.dialects.sqlite import insert


def add_once(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Add *row* unless one of its key is there; that one stands."""
    # PostgreSQL's dialect has the same clause under its own `insert`.
    connection.execute(insert(table).values(**row).on_conflict_do_nothing())


def add_if_news(
    connection: Connection,
    table: Table,
    about: Mapping[str, Any],
    says: Mapping[str, Any],
    **beside: Any,
) -> None:
    """
    Add a row unless the latest one *about* the same thing *says* the same already.

    So a table tells what held when, and A, B, A again are three rows.
    """
    last = latest(connection, table, about)
    if last is None or any(last._mapping[name] != says[name] for name in says):
        connection.execute(table.insert().values(**about, **says, **beside))


def latest(
    connection: Connection, table: Table, about: Mapping[str, Any]
) -> Row[Any] | None:
    """Return the row *about* something that was added last."""
    return connection.execute(
        _about(table, about).order_by(table.c.seq.desc()).limit(1)
    ).first()


def _about(table: Table, about: Mapping[str, Any]) -> Select[Any]:
    return select(table).where(*(table.c[name] == about[name] for name in about))
