# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The wheel alone, without the checkout, does the whole job."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.cases import repository

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an empty environment; return its python."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation"]
    subprocess.run(
        [*build, "-o", str(folder), str(ROOT)], check=True, capture_output=True
    )
    wheel = next(folder.glob("*.whl"))
    environment = folder / "environment"
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    install = [python, "-m", "pip", "install", "-q", "--no-index", "--no-deps"]
    subprocess.run([*map(str, install), str(wheel)], check=True)
    # Libraries come from the environment of the tests, by a path that is searched
    # after the wheel's own; .pth files there, and so the checkout, do not count.
    libraries = sysconfig.get_path("purelib")
    own = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    )
    (Path(own.stdout.strip()) / "libraries.pth").write_text(libraries + "\n")
    return python


def _run(python: Path, home: Path, *command: str) -> str:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        [python, "-P", *command],
        cwd=home,
        env=environment | {"OSSAY_HOME": str(home / "home")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_assesses_a_repository(installed: Path, tmp_path: Path) -> None:
    source = repository(tmp_path / "good")
    where = _run(installed, tmp_path, "-c", "import ossay; print(ossay.__file__)")

    _run(installed, tmp_path, "-m", "ossay", "assess", str(source), "--out", "memo")

    assert str(installed.parents[1]) in where
    assert (tmp_path / "memo" / "memo.html").read_text().startswith("<!doctype html>")


def test_the_wheel_brings_its_flows(installed: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from ossay import shipped\n"
        "root = shipped.flows().parent\n"
        "assert shipped.prefect_yaml().parent == root\n"
        "sys.path.insert(0, str(root))\n"
        "from flows.assess import assess; from flows.reaudit import reaudit\n"
        "print(assess.name, reaudit.name, root)\n"
    )

    told = _run(installed, tmp_path, "-c", script)

    assert told.startswith("assess reaudit ")
    assert str(installed.parents[1]) in told


def test_the_wheel_brings_what_is_known_of_licences(
    installed: Path, tmp_path: Path
) -> None:
    script = (
        "from ossay.collect.licensing.compatibility_list import compatibility_list\n"
        "print(len(compatibility_list().words))\n"
    )

    assert int(_run(installed, tmp_path, "-c", script)) > 100
