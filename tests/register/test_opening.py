# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from ossay.codec import digest_of
from ossay.model.candidate import Candidate
from ossay.register import (
    CannotWrite,
    NotARegister,
    Register,
    RegisterBusy,
    RegisterTooNew,
)
from ossay.register.database import Database
from tests.register.killing import ROOT
from tests.register.values import CANDIDATE, make_older


def _sql(home: Path, statement: str) -> None:
    connection = sqlite3.connect(home / "register.db")
    with connection:
        connection.execute(statement)
    connection.close()


def test_a_register_begins_in_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    home = tmp_path / "offices" / "city" / "ossay"

    with Register.open(home) as register:
        register.file(CANDIDATE)

    assert (home / "register.db").is_file()
    assert (home / "artefacts").is_dir()


def test_commits_are_durable_and_readers_do_not_wait(home: Path) -> None:
    Register.open(home).close()

    with Database(home / "register.db").reading() as connection:
        pragmas = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }

    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_register_of_a_later_ossay_is_left_alone(home: Path) -> None:
    Register.open(home).close()
    _sql(home, "UPDATE alembic_version SET version_num = '0999'")
    before = (home / "register.db").read_bytes()

    with pytest.raises(RegisterTooNew, match=r"'0999'.*update ossay") as error:
        Register.open(home)

    assert error.value.status == 1
    assert (home / "register.db").read_bytes() == before


def test_a_database_of_something_else_is_left_alone(home: Path) -> None:
    home.mkdir()
    _sql(home, "CREATE TABLE recipes (name TEXT)")

    with pytest.raises(NotARegister, match="has a table 'recipes'"):
        Register.open(home)


def test_a_file_that_is_no_database_is_refused(home: Path) -> None:
    home.mkdir()
    (home / "register.db").write_bytes(b"not a database at all" * 100)

    with pytest.raises(NotARegister, match="cannot read the register"):
        Register.open(home)


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")

    with pytest.raises(CannotWrite, match="it is a file") as error:
        Register.open(tmp_path / "home")

    assert error.value.status == 73


def test_a_register_locked_by_another_process_is_waited_for_and_then_refused(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ossay.register.database.BUSY_SECONDS", 0.01)
    with Register.open(home) as register:
        other = sqlite3.connect(home / "register.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(RegisterBusy, match="locked by another process") as error:
            register.file(CANDIDATE)

        other.execute("ROLLBACK")
        other.close()
        register.file(CANDIDATE)
    assert error.value.status == 75


OPEN_WHEN_TOLD = """
import sys
from dataclasses import replace
from pathlib import Path
import alembic.command
from ossay.register import Register
from tests.register.values import CANDIDATE
print("ready", flush=True)
sys.stdin.readline()
with Register.open(Path(sys.argv[1])) as register:
    register.file(replace(CANDIDATE, id=sys.argv[2]))
"""


@pytest.mark.parametrize("older", [False, True])
def test_two_processes_may_begin_or_migrate_a_register_at_once(
    home: Path, older: bool
) -> None:
    if older:
        make_older(home)
    names = ["candidate-1", "candidate-2"]
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN_WHEN_TOLD, str(home), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            cwd=ROOT,
        )
        for name in names
    ]
    for process in processes:
        assert process.stdout is not None
        process.stdout.readline()

    for process in processes:
        assert process.stdin is not None
        process.stdin.write(b"go\n")

    for process in processes:
        process.communicate()
    assert [process.returncode for process in processes] == [0, 0]
    with Register.open(home) as register:
        assert [register.candidate(name).id for name in names] == names


def test_threads_share_one_register(register: Register) -> None:
    candidates = [replace(CANDIDATE, id=f"candidate-{n}") for n in range(40)]

    with ThreadPoolExecutor(4) as pool:
        filed = list(pool.map(register.file, candidates))

    assert [f.digest for f in filed] == [digest_of(c) for c in candidates]
    for candidate in candidates:
        assert register.load(Candidate, digest_of(candidate)) == candidate


def test_opening_todays_register_imports_no_part_of_sqlalchemy(home: Path) -> None:
    Register.open(home).close()
    program = (
        "import sys; from pathlib import Path; from ossay.register import Register; "
        "Register.open(Path(sys.argv[1])).close(); "
        "print(*{'alembic', 'sqlalchemy'} & set(sys.modules))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, str(home)], capture_output=True, check=True
    )

    assert done.stdout.strip() == b""
