# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
The wheel alone, without the checkout, does the whole job.

Its flows are run from it in tests/flows, by a worker behind a Prefect server.
"""

import subprocess
from pathlib import Path

from tests import wheel
from tests.cases import repository
from tests.conftest import UsedHome


def test_the_wheel_assesses_a_repository(
    wheel_python: Path, used_home: UsedHome, tmp_path: Path
) -> None:
    source = repository(tmp_path / "good")

    subprocess.run(
        [wheel_python, "-P", "-m", "ossay", "assess", str(source), "--out", "memo"],
        cwd=tmp_path,
        env={**wheel.environment(), "OSSAY_HOME": str(used_home(tmp_path / "home"))},
        check=True,
    )

    where = wheel.said(wheel_python, "import ossay; print(ossay.__file__)")
    assert Path(where).is_relative_to(wheel_python.parents[1])
    assert (tmp_path / "memo" / "memo.html").read_text().startswith("<!doctype html>")


def test_the_wheel_brings_the_code_of_its_licence_engine(wheel_python: Path) -> None:
    script = (
        "from ossay import shipped; from ossay.sandbox.scancode import *\n"
        "names = {path.name for path in shipped.engine().iterdir()}\n"
        "assert names >= {'worker.py', 'install.py', 'requirements.lock'}, names\n"
        "assert ScancodeRecogniser().version\n"
        "print(shipped.engine_environment())\n"
    )

    environment = wheel.said(wheel_python, script)

    assert Path(environment).is_relative_to(wheel_python.parents[1])


def test_the_wheel_brings_what_is_known_of_licences(wheel_python: Path) -> None:
    script = (
        "from ossay.collect.licensing.compatibility_list import compatibility_list\n"
        "print(len(compatibility_list().words))\n"
    )

    assert int(wheel.said(wheel_python, script)) > 100


def test_the_wheel_brings_the_rows_and_the_schema_of_openacr(
    wheel_python: Path,
) -> None:
    script = (
        "from ossay.memo.openacr import _catalogue, faults_of\n"
        "assert faults_of(b'title: x')\n"
        "print(len(_catalogue()['chapters']))\n"
    )

    assert int(wheel.said(wheel_python, script)) == 16
