# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which tables a register has, and how an older one gets today's."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from ossay.model.errors import OssayError
from ossay.register.database import Database, NotARegister, connect
from ossay.register.rows import scalar

HEAD = "0005"
"""The migration that leads to today's tables. Four digits, in order."""

MIGRATIONS = Path(__file__).with_name("migrations")

_MAKE_STAMP = """
    CREATE TABLE alembic_version (
        version_num VARCHAR(32) NOT NULL,
        CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
    )
"""
"""Alembic's own table, of one row: the last migration that was made."""

_NOTHING = ""
"""Stands for the version of a register before its first migration."""


class RegisterTooNew(OssayError):
    """A later ossay has changed the tables to something that this one cannot know."""


def bring_up_to_date(database: Database) -> None:
    """
    Make today's tables, or change an older register's into them.

    Reading the version costs a query. Whoever makes tables pays for importing
    SQLAlchemy, and who has older ones for Alembic too (0.3 and 0.2 s of CPU).
    Whoever comes second waits and finds the work done.
    """
    with _alone(database.file.parent):
        with database.reading() as connection:
            version = _version(connection, database.file)
        if version == HEAD:
            return
        if version is not None and version > HEAD:
            msg = (
                f"the register {str(database.file)!r} was written by a later ossay "
                f"(its tables are {version!r}, this one knows {HEAD!r}); update ossay, "
                "or choose another folder"
            )
            raise RegisterTooNew(msg)
        database.use_wal()
        if version is None:
            create(database)
        else:
            upgrade(database)


def create(database: Database) -> None:
    """Make today's tables in an empty database."""
    from sqlalchemy import create_mock_engine

    from ossay.register.tables import METADATA

    statements: list[str] = []

    def note(statement: Any, *_given: object) -> None:
        statements.append(str(statement.compile(dialect=engine.dialect)))

    engine = create_mock_engine("sqlite://", note)
    METADATA.create_all(engine, checkfirst=False)
    with database.writing() as connection:
        for statement in (*statements, _MAKE_STAMP):
            connection.execute(statement)
        connection.execute("INSERT INTO alembic_version VALUES (?)", (HEAD,))


def upgrade(database: Database) -> None:
    """Make the migrations that are missing, all or none."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import NullPool, create_engine, event

    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    engine = create_engine(
        "sqlite://", creator=lambda: connect(database.file), poolclass=NullPool
    )
    event.listen(engine, "begin", begin)
    with database.explained(), engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        command.upgrade(config, "head")


def _version(connection: Connection, file: Path) -> str | None:
    """Return the last migration made, `_NOTHING`, or None for an empty database."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    tables = [name for (name,) in connection.execute(query)]
    if "alembic_version" in tables:
        version: str = scalar(connection, "SELECT version_num FROM alembic_version")
        return version or _NOTHING
    if tables:
        msg = (
            f"{str(file)!r} is a database of something else (it has a table "
            f"{tables[0]!r}); choose another folder"
        )
        raise NotARegister(msg)
    return None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """
    Let one process at a time through; a killed one's place is free at once.

    SQLite's own lock would do but for the change to WAL mode, which does not wait
    for it: with four processes at once, one in forty gave up.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
