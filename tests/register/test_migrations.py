# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
import shutil
import sqlite3
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.exc import OperationalError

from ossay.register import Register
from ossay.register.database import Database
from ossay.register.schema import HEAD, MIGRATIONS, create, upgrade
from ossay.register.tables import METADATA
from tests.register.values import CANDIDATE, make_older


def _scripts(folder: Path = MIGRATIONS) -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(folder))
    return ScriptDirectory.from_config(config)


def _schema(file: Path) -> dict[str, str]:
    rows = sqlite3.connect(file).execute(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    )
    return {name: "".join(sql.split()) for name, sql in rows}


def test_there_is_one_head_and_it_is_the_one_the_tables_are_at() -> None:
    assert _scripts().get_heads() == [HEAD]


def test_migrations_are_numbered_in_order() -> None:
    numbers = [script.revision for script in _scripts().walk_revisions()]

    assert sorted(numbers, reverse=True) == numbers
    assert all(len(number) == 4 and number.isdigit() for number in numbers)


def test_migrating_from_nothing_gives_the_tables_that_a_new_register_has(
    tmp_path: Path,
) -> None:
    new, migrated = tmp_path / "new.db", tmp_path / "migrated.db"

    create(Database(new))
    upgrade(Database(migrated))

    assert _schema(migrated) == _schema(new)
    assert set(METADATA.tables) < set(_schema(new))


def test_opening_an_older_register_migrates_it(home: Path) -> None:
    make_older(home)

    with Register.open(home) as register:
        register.file(CANDIDATE)

        assert register.candidate(CANDIDATE.id) == CANDIDATE


BROKEN = f"""
from alembic import op

revision = "9999"
down_revision = "{HEAD}"


def upgrade():
    op.execute("DROP TABLE memos")
    op.execute("DROP TABLE no_such_table")
"""


def test_a_migration_that_fails_leaves_the_register_as_it_was(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Register.open(home).close()
    before = _schema(home / "register.db")
    scripts = shutil.copytree(MIGRATIONS, tmp_path / "migrations")
    (scripts / "versions" / "r9999_broken.py").write_text(BROKEN)
    monkeypatch.setattr("ossay.register.schema.MIGRATIONS", scripts)
    monkeypatch.setattr("ossay.register.schema.HEAD", "9999")

    with pytest.raises(OperationalError, match="no_such_table"):
        Register.open(home)

    assert _schema(home / "register.db") == before
