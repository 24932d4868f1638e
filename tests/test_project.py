# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What the project says about itself."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from ossay import cli, collect

ROOT = Path(__file__).parents[1]
LOCKS = sorted(ROOT.glob("requirements*.lock"))


def test_every_fact_asks_a_question() -> None:
    for fact in collect.declared_facts().values():
        assert fact.asks.endswith("?"), fact.name
        assert fact.name.count(".") == 1, fact.name


_LEANING = re.compile(
    r"(?i)\b(?:of (?:them|these|those)|(?:that|those) (?:year|readme|publiccode)"
    r"|did they|is it (?:said|written))\b"
)


def test_each_question_can_be_read_by_itself() -> None:
    """A memo shows the answers that a rule rests on, and no others around them."""
    for fact in collect.declared_facts().values():
        assert not _LEANING.search(fact.asks), f"{fact.name}: {fact.asks}"


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_every_command_has_help(name: str) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "ossay", name, "--help"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.startswith(f"Usage: ossay {name}")


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys\n"
        "from ossay import cli\n"
        "try: cli.ossay(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'sqlalchemy', 'git', 'reuse', 'jinja2', 'rich', 'prefect'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)\n"
    )

    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_locks_have_a_hash_for_everything_and_no_address(lock: Path) -> None:
    text = lock.read_text()
    pinned = [
        line for line in text.splitlines() if "==" in line and line[0] not in " #"
    ]

    assert pinned
    assert "://" not in text
    assert all(line.endswith("\\") for line in pinned)


def test_what_assessing_needs_is_locked_alike_everywhere() -> None:
    def pins(name: str) -> set[str]:
        lines = (ROOT / name).read_text().splitlines()
        return {
            line.split()[0] for line in lines if "==" in line and line[0] not in " #"
        }

    assert pins("requirements.lock") <= pins("requirements-dev.lock")
    assert pins("requirements.lock") <= pins("requirements-server.lock")
    assert not any(pin.startswith("prefect") for pin in pins("requirements.lock"))


def test_the_server_side_of_prefect_imports() -> None:
    script = "import prefect.server.api.server"

    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
