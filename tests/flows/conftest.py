# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A real Prefect server and a real worker, once per session."""

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import pytest

from ossay import shipped

PREFECT = Path(sys.executable).with_name("prefect")
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
    """A Prefect server with the project's deployments and a worker behind them."""

    api_url: str
    home: Path
    environment: Mapping[str, str]


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("prefect")
    home = tmp_path_factory.mktemp("home")
    port = _free_port()
    api = f"http://127.0.0.1:{port}/api"
    environment = (
        {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
        | QUIET
        | {"PREFECT_HOME": str(folder), "PREFECT_API_URL": api, "OSSAY_HOME": str(home)}
        | {"OSSAY_FLOWS_ROOT": str(shipped.flows().parent)}
    )
    root = shipped.flows().parent
    with _running(["server", "start", "--port", str(port)], folder, environment):
        _wait_until_healthy(f"{api}/health")
        pool = ["work-pool", "create", "--type", "process", "ossay"]
        for command in (pool, ["--no-prompt", "deploy", "--all"]):
            subprocess.run([PREFECT, *command], cwd=root, env=environment, check=True)
        worker = ["worker", "start", "--pool", "ossay"]
        with _running(worker, folder, environment):
            yield Served(api_url=api, home=home, environment=environment)


@contextmanager
def _running(
    command: list[str], folder: Path, environment: Mapping[str, str]
) -> Iterator[None]:
    log = (folder / f"{command[0]}.log").open("wb")
    process = subprocess.Popen(
        [PREFECT, *command],
        cwd=folder,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        yield
    finally:
        # Its children are in its process group; SIGTERM alone may take minutes.
        os.killpg(process.pid, 9)
        process.wait()
        log.close()


def _wait_until_healthy(url: str) -> None:
    pause = Event()
    for _ in range(PATIENCE_SECONDS):
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - loopback
                return
        except OSError:
            pause.wait(1)
    pytest.fail("the Prefect server did not come up")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
