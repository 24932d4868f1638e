# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The deployed flows, run by a real worker against a real server."""

import json
import subprocess
import sysconfig
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from ossay import handing_in, papers, pipeline
from ossay.engine import InlineEngine, Workshop
from ossay.model.people import Signatory
from ossay.sandbox.toolbox import Tools
from tests import wheel
from tests.cases import GOOD, NOW, TODAY, part, settings
from tests.collect.test_sboms import cdx
from tests.conftest import UsedHome
from tests.flows.conftest import Served, until
from tests.source.repositories import make_repository, tag
from tests.source.server import Server, serve

pytestmark = pytest.mark.prefect

LARGEST_RECORD_BYTES = 2_000
ENDS = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


@pytest.fixture(scope="module")
def forge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    root = tmp_path_factory.mktemp("forge")
    made = make_repository(root, GOOD, name="good.git", bare=True)
    tag(made, "v1.0")
    with serve(root) as server:
        yield server


def _workshop_of(home: Path, forge: Server) -> Any:
    here = replace(settings(home), access=forge.access)
    tools = Tools(kept=home / "tools")
    return Workshop.open(here, clock=lambda: NOW, toolbox=tools)


def _entered(opened: Workshop, forge: Server) -> str:
    source = replace(part(Path("/")), source_url=forge.url("good.git"))
    candidate = pipeline.candidate_of([source], workshop=opened)
    return pipeline.enter(opened, candidate)


def _handed_in(opened: Workshop, folder: Path) -> list[str]:
    about = {"type": "application", "name": "good", "version": "1.0"}
    bom = folder / "good.cdx.json"
    bom.write_text(cdx(metadata={"component": about}))
    return list(handing_in.sboms(opened, [("whole", bom)], "officer-7"))


def _run(served: Served, forge: Server, deployment: str, **given: Any) -> str:
    """
    Run a deployment on the worker, and return the flow run's id when it is done.

    What is *given* are parameters; `command` is run instead of the usual one.
    """
    command = given.pop("command", None)
    allowed = ",".join(sorted(forge.access.allowed_hosts))
    variables: dict[str, object] = {"env": {"OSSAY_ALLOWED_HOSTS": allowed}}
    if command is not None:
        variables["command"] = command
    found = _asked(served, f"deployments/name/{deployment}")
    run = _asked(
        served,
        f"deployments/{found['id']}/create_flow_run",
        {"parameters": given, "job_variables": variables},
    )

    def ended() -> Any:
        state = _asked(served, f"flow_runs/{run['id']}")["state"]
        return state if state["type"] in ENDS else None

    state = until(ended, f"the run of {deployment} has ended")
    assert state["type"] == "COMPLETED", state["message"]
    return str(run["id"])


BUSY = 503
"""What the server says while its database is at another request."""


def _asked(served: Served, path: str, body: object = None) -> Any:
    """Ask Prefect's API: GET, or POST where there is a *body*."""
    request = urllib.request.Request(  # noqa: S310 - loopback
        f"{served.api_url}/{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )

    def answered() -> tuple[Any] | None:
        try:
            with urllib.request.urlopen(request) as answer:  # noqa: S310 - loopback
                return (json.load(answer),)
        except urllib.error.HTTPError as error:
            if error.code != BUSY:
                raise
            return None

    (answer,) = until(answered, f"Prefect's server has answered {path}")
    return answer


WITNESS = """\
import runpy, sys
seen = open({file!r}, "a", buffering=1)
def note(event, told):
    if event == "exec" and hasattr(told[0], "co_filename"):
        print(told[0].co_filename, file=seen)
sys.addaudithook(note)
runpy.run_module("prefect.engine", run_name="__main__", alter_sys=True)
"""
"""Runs a flow as the worker does, and writes down every file whose code runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """A candidate that the deployed flow assessed."""

    candidate: str
    run: str
    executed: frozenset[Path]


@pytest.fixture(scope="module")
def assessed(
    prefect_server: Served, forge: Server, tmp_path_factory: pytest.TempPathFactory
) -> Assessed:
    with _workshop_of(prefect_server.home, forge) as opened:
        candidate = _entered(opened, forge)
        handed = _handed_in(opened, tmp_path_factory.mktemp("supplier"))
    folder = tmp_path_factory.mktemp("witness")
    script, seen = folder / "witness.py", folder / "executed"
    script.write_text(WITNESS.format(file=str(seen)))
    run = _run(
        prefect_server,
        forge,
        "assess/assess",
        command=f"{prefect_server.python} -P {script}",
        candidate_id=candidate,
        judged_on=TODAY.isoformat(),
        sboms=handed,
    )
    executed = frozenset(map(Path, seen.read_text().splitlines()))
    return Assessed(candidate=candidate, run=run, executed=executed)


def test_the_deployed_flow_comes_to_the_judgement_of_the_command_line(
    prefect_server: Served,
    assessed: Assessed,
    forge: Server,
    used_home: UsedHome,
    tmp_path: Path,
) -> None:
    with _workshop_of(used_home(tmp_path / "laptop"), forge) as opened:
        handed = _handed_in(opened, tmp_path)
        on_laptop = pipeline.assess(
            _entered(opened, forge), InlineEngine(opened), TODAY, sboms=handed
        )
        assert "--sbom good.cdx.json" in papers.public_memo(
            opened, on_laptop, "markdown"
        )

    with _workshop_of(prefect_server.home, forge) as opened:
        on_server = opened.register.latest_judgement(assessed.candidate)
    assert on_server is not None
    assert on_server.digest == on_laptop


def test_the_flow_that_ran_is_the_wheels(
    prefect_server: Served, assessed: Assessed
) -> None:
    root, libraries = wheel.ROOT, Path(sysconfig.get_path("purelib"))

    assert prefect_server.flows_root.is_relative_to(prefect_server.python.parents[1])
    assert {
        prefect_server.flows_root.parent / "__init__.py",
        prefect_server.flows_root / "flows" / "assess.py",
        prefect_server.flows_root / "flows" / "_engine.py",
    } <= assessed.executed
    of_the_checkout = {path for path in assessed.executed if path.is_relative_to(root)}
    assert [p for p in of_the_checkout if not p.is_relative_to(libraries)] == []


def test_prefect_keeps_ids_and_no_evidence(
    prefect_server: Served, assessed: Assessed
) -> None:
    of_this_run = {"flow_runs": {"id": {"any_": [assessed.run]}}}

    def recorded() -> Any:
        """Return the task runs, which the server records after the flow's end."""
        found = _asked(prefect_server, "task_runs/filter", of_this_run)
        ended = [task["state_type"] == "COMPLETED" for task in found]
        return found if len(ended) >= 10 and all(ended) else None

    tasks = until(recorded, "ten tasks or more are recorded as completed")
    artifacts = _asked(prefect_server, "artifacts/filter", of_this_run)
    states = _asked(prefect_server, f"flow_run_states/?flow_run_id={assessed.run}")
    for task in tasks:
        asked = f"task_run_states/?task_run_id={task['id']}"
        states += _asked(prefect_server, asked)

    assert len(tasks) <= 20
    assert [state["type"] for state in states].count("COMPLETED") == len(tasks) + 1
    assert [artifact["type"] for artifact in artifacts] == ["progress"]
    given = [task["task_inputs"] for task in tasks]
    for record in (*given, *states, *artifacts):
        assert len(json.dumps(record)) < LARGEST_RECORD_BYTES
    # What a step returns is neither in a state nor in a file of Prefect's.
    assert [state["data"] for state in states] == [None] * len(states)
    assert not (prefect_server.folder / "storage").exists()


def test_the_doctor_finds_such_a_server_well(prefect_server: Served) -> None:
    told = subprocess.run(
        [prefect_server.python, "-P", "-m", "ossay", "doctor", "--json"],
        env=prefect_server.environment,
        capture_output=True,
        check=True,
    )

    works = {check["what"]: check["works"] for check in json.loads(told.stdout)}
    assert works["PREFECT_API_URL"]
    assert works["fastapi"]
    assert works["DO_NOT_TRACK"]
    assert works["PREFECT_SERVER_ANALYTICS_ENABLED"]
    assert works["OSSAY_FLOWS_ROOT"]


def test_the_deployed_reaudit_looks_at_what_is_due(
    prefect_server: Served, forge: Server
) -> None:
    with _workshop_of(prefect_server.home, forge) as opened:
        candidate = _entered(opened, forge)
        judged = pipeline.assess(candidate, InlineEngine(opened), TODAY)
        pipeline.adopt(
            opened,
            judged,
            pipeline.Deployment(
                deployed="v1.0", where="", since=TODAY, local_changes=""
            ),
            signatory=Signatory(person="head-1", role="", signed_at=NOW),
            because="It does what we need.",
            conditions=(),
            review_on=TODAY,
            against_recommendation=True,
        )

    _run(prefect_server, forge, "reaudit/reaudit", on=TODAY.isoformat())

    with _workshop_of(prefect_server.home, forge) as opened:
        again = opened.register.latest_judgement(candidate)
    assert again is not None
    assert again.value.judged_on == TODAY
