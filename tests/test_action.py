# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The steps of action.yml, run as the runner of a forge runs them."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cases import GOOD, repository
from tests.conftest import UsedHome
from tests.memo.sarif_schema import faults

ROOT = Path(__file__).parents[1]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text())
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}

BARE = {"main.c": b"int main;\n"}
TRAP = b"from pathlib import Path\nPath(__file__).with_name('pwned').touch()\n"
"""A module that says when it is run; it is nobody's to run."""
HOSTILE = BARE | {
    f"{name}.py": TRAP
    for name in ("click", "json", "ossay", "pip", "sitecustomize", "venv", "yaml")
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job that stands in a checked-out repository."""

    workspace: Path
    temp: Path
    action: Path = ROOT

    @property
    def report(self) -> str:
        return (self.temp / "ossay-report").read_text()

    @property
    def summary(self) -> str:
        return (self.temp / "summary").read_text()

    def run(self, step: str, **inputs: str) -> tuple[int, dict[str, str]]:
        """Run a step of the action; return its exit status and its outputs."""
        defaults = {name: given["default"] for name, given in ACTION["inputs"].items()}
        known = {f"inputs.{k}": v for k, v in (defaults | inputs).items()}
        script = self.temp / "step.sh"
        script.write_text(evaluated(STEPS[step]["run"], known))
        files = {"GITHUB_OUTPUT": "output", "GITHUB_STEP_SUMMARY": "summary"}
        for name in files.values():
            (self.temp / name).write_text("")
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.temp),
            "GITHUB_ACTION_PATH": str(self.action),
            "RUNNER_TEMP": str(self.temp),
            **{variable: str(self.temp / name) for variable, name in files.items()},
            **{k: evaluated(v, known) for k, v in STEPS[step].get("env", {}).items()},
        }
        assert STEPS[step]["shell"] == "bash"
        ended = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
            cwd=self.workspace,
            env=environment,
            check=False,
        )
        lines = (self.temp / "output").read_text().splitlines()
        outputs = dict(line.split("=", 1) for line in lines)
        assert not list(self.workspace.parent.rglob("pwned"))  # whatever was run
        return ended.returncode, outputs


def evaluated(text: str, known: Mapping[str, str]) -> str:
    """Put values where expressions stand, as text, as the runner does."""
    return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda found: known[found[1]], text)


Begun = Callable[[Mapping[str, bytes]], Job]


@pytest.fixture
def job(tmp_path: Path, used_home: UsedHome) -> Begun:
    """Begin a job for which the environment of the tests counts as installed."""

    def begin(files: Mapping[str, bytes]) -> Job:
        temp = tmp_path / "temp"
        used_home(temp / "ossay-home")
        (temp / "ossay").symlink_to(sys.prefix, target_is_directory=True)
        return Job(workspace=repository(tmp_path / "workspace", files), temp=temp)

    return begin


def test_the_action_is_one_that_the_forge_accepts() -> None:
    schema = ["--builtin-schema", "vendor.github-actions"]
    check = [sys.executable, "-P", "-m", "check_jsonschema", *schema]

    subprocess.run([*check, ROOT / "action.yml"], check=True)


def test_obstacles_fail_the_job_and_are_told_in_its_summary(job: Begun) -> None:
    here = job(BARE)

    status, outputs = here.run("Check")

    expression = ACTION["outputs"]["report"]["value"]
    known = {f"steps.check.outputs.{name}": value for name, value in outputs.items()}
    assert STEPS["Check"]["id"] == "check"
    assert status == 11
    assert Path(evaluated(expression, known)).read_text() == here.report
    assert "LIC-1" in here.report
    assert here.summary == here.report


def test_conditions_fail_the_job_only_where_it_is_strict(job: Begun) -> None:
    here = job(GOOD)

    assert here.run("Check")[0] == 0
    assert here.run("Check", strict="true")[0] == 10


def test_a_report_for_code_scanning_is_no_summary(job: Begun) -> None:
    here = job(BARE)

    status, _ = here.run("Check", format="sarif")

    assert status == 11
    assert faults(here.report) == []
    assert here.summary == ""


COMMANDS = "'\"; touch pwned; $(touch pwned) `touch pwned`\ntouch pwned\n"


@pytest.mark.parametrize("value", [COMMANDS, "--help"])
@pytest.mark.parametrize("name", ["path", "pack", "format"])
def test_an_input_is_a_value_and_no_command(job: Begun, name: str, value: str) -> None:
    here = job(GOOD)

    status, outputs = here.run("Check", **{name: value})

    assert status == 2
    assert list(outputs) == ["report"]
    assert here.report == ""


def test_what_is_not_true_is_not_strict(job: Begun) -> None:
    assert job(GOOD).run("Check", strict=f"true{COMMANDS}")[0] == 0


def test_code_of_the_repository_is_not_run(job: Begun) -> None:
    here = job(HOSTILE)

    assert here.run("Check")[0] == 11


def test_installing_runs_no_code_of_the_repository_either(
    job: Begun, tmp_path: Path
) -> None:
    here = job(HOSTILE)
    (here.temp / "ossay").unlink()
    nothing = tmp_path / "action"
    nothing.mkdir()
    (nothing / "requirements.lock").write_text("")

    status, _ = replace(here, action=nothing).run("Install ossay")

    assert status == 0
    assert (here.temp / "ossay" / "bin" / "python").exists()
