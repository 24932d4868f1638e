# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
A real Prefect server and a real worker, once per session.

Both run in the environment into which the wheel is installed, and the wheel's flows
are what is deployed: nothing of the checkout is in their reach.
"""

import os
import socket
import subprocess
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TypeVar

import pytest

from tests import wheel
from tests.conftest import UsedHome

T = TypeVar("T")

PATIENCE_SECONDS = 240
QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_WORKER_QUERY_SECONDS": "1",
    "PREFECT_RESULTS_DEFAULT_SERIALIZER": "json",
    "PREFECT_CLI_PROMPT": "false",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """
    A Prefect server with the project's deployments and a worker behind them.

    Attributes:
        home: Of ossay, for everything that the worker runs.
        folder: Prefect's own, where it would keep results.
        python: Which runs the worker, and so the flows.
        flows_root: Holds the wheel's `prefect.yaml` and `flows/`.
        environment: The settings of server, worker and operator.
    """

    api_url: str
    home: Path
    folder: Path
    python: Path
    flows_root: Path
    environment: Mapping[str, str]


@pytest.fixture(scope="session")
def prefect_server(
    wheel_python: Path,
    tmp_path_factory: pytest.TempPathFactory,
    used_home: UsedHome,
) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("prefect")
    home = used_home(tmp_path_factory.mktemp("home"))
    root = wheel.said(
        wheel_python, "from ossay import shipped; print(shipped.prefect_yaml().parent)"
    )
    port = _free_port()
    api = f"http://127.0.0.1:{port}/api"
    environment = (
        {k: v for k, v in wheel.environment().items() if not k.startswith("PREFECT_")}
        | QUIET
        | {"PREFECT_HOME": str(folder), "PREFECT_API_URL": api, "OSSAY_HOME": str(home)}
        | {"OSSAY_FLOWS_ROOT": root}
    )
    prefect = [str(wheel_python), "-m", "prefect"]
    server = [*prefect, "server", "start", "--port", str(port)]
    with _running(server, folder / "server.log", environment):
        until(lambda: _health(f"{api}/health"), "the Prefect server is up")
        pool = ["work-pool", "create", "--type", "process", "ossay"]
        for command in (pool, ["--no-prompt", "deploy", "--all"]):
            subprocess.run([*prefect, *command], cwd=root, env=environment, check=True)
        worker = [*prefect, "worker", "start", "--pool", "ossay"]
        with _running(worker, folder / "worker.log", environment):
            yield Served(
                api_url=api,
                home=home,
                folder=folder,
                python=wheel_python,
                flows_root=Path(root),
                environment=environment,
            )


@contextmanager
def _running(
    command: list[str], log: Path, environment: Mapping[str, str]
) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=log.parent,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield
        finally:
            # Its children are in its process group; SIGTERM alone may take minutes.
            os.killpg(process.pid, 9)
            process.wait()


def until(asked: Callable[[], T | None], what: str) -> T:
    """Ask once a second until there is an answer, and return it."""
    pause = Event()
    for _ in range(PATIENCE_SECONDS):
        if (answer := asked()) is not None:
            return answer
        pause.wait(1)
    pytest.fail(f"{what}: not so after {PATIENCE_SECONDS} tries")


def _health(url: str) -> int | None:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - loopback
            return int(answer.status)
    except OSError:
        return None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
