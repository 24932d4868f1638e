# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which tables a register has, and how an older one gets today's."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    inspect,
    select,
)

from ossay.model.errors import OssayError
from ossay.register.database import Database, NotARegister
from ossay.register.tables import HEAD, METADATA

MIGRATIONS = Path(__file__).with_name("migrations")

_STAMP = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""Alembic's own table, of one row: the last migration that was made."""

_NOTHING = ""
"""Stands for the version of a register before its first migration."""


class RegisterTooNew(OssayError):
    """A later ossay has changed the tables to something that this one cannot know."""


def bring_up_to_date(database: Database) -> None:
    """
    Make today's tables, or change an older register's into them.

    Reading the version costs a query. A new register gets its tables at once, and
    only an older one pays for importing Alembic (0.5 s of CPU). Whoever comes
    second waits and finds the work done.
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
        with database.writing() as connection:
            if version is None:
                create(connection)
            else:
                upgrade(connection)


def create(connection: Connection) -> None:
    """Make today's tables in an empty database."""
    METADATA.create_all(connection)
    _STAMP.create(connection)
    connection.execute(_STAMP.insert().values(version_num=HEAD))


def upgrade(connection: Connection) -> None:
    """Make the migrations that are missing, within the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")


def _version(connection: Connection, file: Path) -> str | None:
    """Return the last migration made, `_NOTHING`, or None for an empty database."""
    tables = inspect(connection).get_table_names()
    if _STAMP.name in tables:
        return connection.scalar(select(_STAMP.c.version_num)) or _NOTHING
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
