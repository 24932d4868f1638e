# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The two ways in which rows are added. Both may be done again after a kill."""

# ruff: noqa: S608 - names of tables and columns are this package's own

import sqlite3
from collections.abc import Mapping
from functools import cache
from typing import Any

Row = Mapping[str, str | bytes | int | None]
"""Values by column, as `ossay.register.columns` writes them."""


def add_once(connection: sqlite3.Connection, table: str, row: Row) -> None:
    """Add *row* unless one of its key is there; that one stands."""
    connection.execute(_adding(table, *row) + " ON CONFLICT DO NOTHING", row)


def add_if_news(
    connection: sqlite3.Connection,
    table: str,
    about: Row,
    says: Row,
    beside: Row | None = None,
) -> None:
    """
    Add a row unless the latest one *about* the same thing *says* the same already.

    So a table tells what held when, and A, B, A again are three rows.
    """
    if latest(connection, table, about, *says) != tuple(says.values()):
        row = {**about, **says, **(beside or {})}
        connection.execute(_adding(table, *row), row)


def latest(
    connection: sqlite3.Connection, table: str, about: Row, *columns: str
) -> tuple[Any, ...] | None:
    """Return *columns* of the row *about* something that was added last."""
    found: tuple[Any, ...] | None = connection.execute(
        _asking(table, tuple(about), columns), about
    ).fetchone()
    return found


def scalar(
    connection: sqlite3.Connection, query: str, *given: str | bytes | int
) -> Any:
    """Return the first column of the first row; None if there is no row."""
    row = connection.execute(query, given).fetchone()
    return None if row is None else row[0]


@cache
def _adding(table: str, *columns: str) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    given = ", ".join(f":{column}" for column in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({given})"


@cache
def _asking(table: str, about: tuple[str, ...], columns: tuple[str, ...]) -> str:
    names = ", ".join(columns)
    where = " AND ".join(f"{column} = :{column}" for column in about)
    return f"SELECT {names} FROM {table} WHERE {where} ORDER BY seq DESC LIMIT 1"
