# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The deployed flows, run by a real worker against a real server."""

import json
import subprocess
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ossay import pipeline
from ossay.engine import InlineEngine, Workshop
from ossay.model.people import Signatory
from tests.cases import GOOD, NOW, TODAY, part, settings
from tests.flows.conftest import PREFECT, Served
from tests.source.repositories import make_repository, tag
from tests.source.server import Server, serve

pytestmark = pytest.mark.prefect

LARGEST_PARAMETER_BYTES = 2_000


@pytest.fixture(scope="module")
def forge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    root = tmp_path_factory.mktemp("forge")
    made = make_repository(root, GOOD, name="good.git", bare=True)
    tag(made, "v1.0")
    with serve(root) as server:
        yield server


def _workshop_of(home: Path, forge: Server) -> Any:
    here = replace(settings(home), access=forge.access)
    return Workshop.open(here, clock=lambda: NOW)


def _entered(opened: Workshop, forge: Server) -> str:
    source = replace(part(Path("/")), source_url=forge.url("good.git"))
    candidate = pipeline.candidate_of([source], workshop=opened)
    return pipeline.enter(opened, candidate)


def _run(served: Served, forge: Server, deployment: str, **parameters: str) -> str:
    """Run a deployment on the worker and return the flow run's id."""
    given = [
        f"--param={name}={json.dumps(value)}" for name, value in parameters.items()
    ]
    allowed = ",".join(sorted(forge.access.allowed_hosts))
    variables = [f"--job-variable=env.OSSAY_ALLOWED_HOSTS={allowed}"]
    run = [str(PREFECT), "deployment", "run", deployment, "--watch"]
    command = [*run, *given, *variables]
    done = subprocess.run(
        command, env=served.environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    runs = _posted(served, "flow_runs/filter", {"sort": "EXPECTED_START_TIME_DESC"})
    return str(next(run["id"] for run in runs if run["state_type"] == "COMPLETED"))


def _posted(served: Served, path: str, body: object) -> Any:
    request = urllib.request.Request(  # noqa: S310 - loopback
        f"{served.api_url}/{path}",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:  # noqa: S310 - loopback
        return json.load(answer)


def test_the_deployed_flow_comes_to_the_judgement_of_the_command_line(
    prefect_server: Served, forge: Server, tmp_path: Path
) -> None:
    with _workshop_of(prefect_server.home, forge) as opened:
        candidate = _entered(opened, forge)
    with _workshop_of(tmp_path / "laptop", forge) as opened:
        on_laptop = pipeline.assess(
            _entered(opened, forge), InlineEngine(opened), TODAY
        )

    run = _run(
        prefect_server,
        forge,
        "assess/assess",
        candidate_id=candidate,
        judged_on=TODAY.isoformat(),
    )

    with _workshop_of(prefect_server.home, forge) as opened:
        on_server = opened.register.latest_judgement(candidate)
    assert on_server is not None
    assert on_server.digest == on_laptop
    tasks = _posted(
        prefect_server, "task_runs/filter", {"flow_runs": {"id": {"any_": [run]}}}
    )
    assert 10 <= len(tasks) <= 20
    for recorded in tasks:
        assert len(json.dumps(recorded["task_inputs"])) < LARGEST_PARAMETER_BYTES


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
