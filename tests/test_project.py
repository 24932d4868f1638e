# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What the project says about itself."""

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner

import ossay
from ossay import cli, collect
from ossay.cli import check
from ossay.model.errors import OssayError

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


def test_each_line_about_bad_input_names_tests_that_exist() -> None:
    page = (ROOT / "docs/bad-input.md").read_text()
    lines = [line for line in page.splitlines() if line.startswith("| ")][2:]
    named = [re.findall(r"`(tests/\S+\.py)::(\w+)`", line) for line in lines]

    missing = {(p, n) for tests in named for p, n in tests if n not in _tests_in(p)}
    here = "tests/cli/test_bad_input.py"
    left_out = _tests_in(here) - {n for tests in named for p, n in tests if p == here}

    assert len(lines) > 20
    assert all(named)
    assert missing == set()
    assert left_out == set()


def _tests_in(path: str) -> set[str]:
    defined = ast.parse((ROOT / path).read_text()).body
    functions = {d.name for d in defined if isinstance(d, ast.FunctionDef)}
    return {name for name in functions if name.startswith("test_")}


def test_every_setting_that_is_spoken_of_is_in_the_docs() -> None:
    page = (ROOT / "docs/settings.md").read_text()
    code = "".join(path.read_text() for path in (ROOT / "ossay").rglob("*.py"))

    spoken_of = set(re.findall(r"\bOSSAY_[A-Z_]+\b", code))

    assert len(spoken_of) > 5
    assert {name for name in spoken_of if f"`{name}`" not in page} == set()


def test_help_names_every_exit_status() -> None:
    import_everything_in(ossay)
    statuses = {error.status for error in with_those_below(OssayError)}

    told = CliRunner().invoke(cli.ossay, ["--help"]).output
    about_check = CliRunner().invoke(cli.ossay, ["check", "--help"]).output

    assert len(statuses) > 3
    assert all(re.search(rf"\b{status} [a-z]", told) for status in statuses)
    assert all(
        re.search(rf"\b{status} [a-z]", about_check)
        for status in (
            check.NO_OBSTACLE,
            check.CONDITIONS,
            check.OBSTACLES,
            check.COULD_NOT_LOOK,
        )
    )


def import_everything_in(package: ModuleType) -> None:
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not re.search(r"__main__|\.migrations\.", module.name):  # they act
            importlib.import_module(module.name)


def with_those_below(error: type[OssayError]) -> Iterator[type[OssayError]]:
    yield error
    for below in error.__subclasses__():
        yield from with_those_below(below)


def test_every_page_that_the_code_points_to_exists() -> None:
    files = [*(ROOT / "ossay").rglob("*.py"), *(ROOT / "flows").rglob("*.py")]
    # What else stands in brackets with a page is somebody else's ("git-lfs, ...").
    pages = {
        page
        for file in files
        for page in re.findall(r"\((docs/[\w./-]+\.md)\)", file.read_text())
    }

    assert pages
    assert [page for page in sorted(pages) if not (ROOT / page).exists()] == []


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


def test_ossay_runs_no_code_of_the_folder_that_it_is_called_in(tmp_path: Path) -> None:
    for name in ("click", "json", "ossay", "runpy", "yaml"):
        (tmp_path / f"{name}.py").write_text("open('pwned', 'w')\n")

    told = subprocess.run(
        [Path(sys.executable).with_name("ossay"), "facts"],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )

    assert told.stdout
    assert not (tmp_path / "pwned").exists()


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
