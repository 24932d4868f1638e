# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What `ossay doctor` says of settings and programs; tests/flows has it all right."""

import base64
import json
import os
import subprocess
import sys
import sysconfig
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import metadata
from pathlib import Path

import pytest

from ossay.cli import _server, doctor
from ossay.sandbox import confinement
from ossay.sandbox.confinement import BUBBLEWRAP, NAMESPACES, Confinement
from tests.cli.conftest import Ossay

ROOT = Path(__file__).parents[2]
PREFECT = metadata.version("prefect")


@pytest.fixture(autouse=True)
def _nobodys_settings_of_prefect(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.startswith(("PREFECT_", "DO_NOT"))]:
        monkeypatch.delenv(name)


def said_of(ossay: Ossay, what: str) -> tuple[bool, str]:
    checks = json.loads(ossay("doctor", "--json").out)
    [check] = [check for check in checks if check["what"] == what]
    return check["works"], check["note"]


@contextmanager
def answering(status: int, body: str, credential: str = "") -> Iterator[str]:
    """Answer as a server's API that asks for *credential* would; yield its address."""
    wanted = f"Basic {base64.b64encode(credential.encode()).decode()}"

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = not credential or self.headers["Authorization"] == wanted
            at_home = self.path == "/api/admin/version"
            self.send_response(404 if not at_home else status if known else 401)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/api"
        finally:
            server.shutdown()


def test_each_check_is_one_line_that_begins_with_what_works(ossay: Ossay) -> None:
    lines = ossay("doctor").out.splitlines()
    checks = json.loads(ossay("doctor", "--json").out)

    assert [line[:7].strip() for line in lines] == [
        "ok" if check["works"] else "not ok" for check in checks
    ]
    assert {"git", "bwrap", "chromium", "pdftoppm", "fastapi", "register"} <= {
        check["what"] for check in checks
    }


@pytest.mark.parametrize("credential", ["", "admin:secret"])
def test_a_server_of_the_same_version_is_well(
    ossay: Ossay, monkeypatch: pytest.MonkeyPatch, credential: str
) -> None:
    with answering(200, f'"{PREFECT}"', credential) as url:
        monkeypatch.setenv("PREFECT_API_URL", url)
        monkeypatch.setenv("PREFECT_API_AUTH_STRING", credential)
        works, note = said_of(ossay, "PREFECT_API_URL")

    assert works, note
    assert note == f"{url}, Prefect {PREFECT}"


@pytest.mark.parametrize(
    ("status", "body", "credential", "path", "note"),
    [
        (200, '"2.20.1"', "", "", f"is Prefect 2.20.1, here is {PREFECT}: install"),
        (200, f'"{PREFECT}"', "a:b", "", "answers 401: set PREFECT_API_AUTH_STRING"),
        (403, "", "", "", "answers 403: ask those who run it"),
        (200, f'"{PREFECT}"', "", "/v2", "answers 404: is that the address of"),
        (200, "<html>hello", "", "", "no address of Prefect's API (it answers '<html>"),
    ],
)
def test_a_server_that_will_not_do_is_told_with_what_to_do(
    ossay: Ossay,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
    body: str,
    credential: str,
    path: str,
    note: str,
) -> None:
    with answering(status, body, credential) as url:
        monkeypatch.setenv("PREFECT_API_URL", url + path)
        works, told = said_of(ossay, "PREFECT_API_URL")

    assert not works
    assert note in told


@pytest.mark.parametrize(
    ("url", "note"),
    [
        ("", "not set: give the address"),
        ("http://127.0.0.1:9/api", "cannot be reached ("),
        ("http://127.0.0.1:port/api", "is no address"),
        ("ftp://127.0.0.1/api", "neither with http:// nor with https://"),
        ("http://me:secret@127.0.0.1/api", "belong into PREFECT_API_AUTH_STRING"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_without_its_password(
    ossay: Ossay, monkeypatch: pytest.MonkeyPatch, url: str, note: str
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", url)

    works, told = said_of(ossay, "PREFECT_API_URL")

    assert not works
    assert note in told
    assert "secret" not in told


@pytest.mark.parametrize(
    ("variable", "value", "works"),
    [
        ("DO_NOT_TRACK", "1", True),
        ("DO_NOT_TRACK", "0", False),
        ("DO_NOT_TRACK", "", False),
        ("PREFECT_SERVER_ANALYTICS_ENABLED", "False", True),
        ("PREFECT_SERVER_ANALYTICS_ENABLED", "true", False),
        ("PREFECT_SERVER_ANALYTICS_ENABLED", "", False),
    ],
)
def test_reporting_home_is_told(
    ossay: Ossay,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    value: str,
    *,
    works: bool,
) -> None:
    monkeypatch.setenv(variable, value)

    assert said_of(ossay, variable)[0] is works


def test_the_folder_of_the_flows_has_to_hold_them(
    ossay: Ossay, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    unset = said_of(ossay, "OSSAY_FLOWS_ROOT")
    monkeypatch.setenv("OSSAY_FLOWS_ROOT", str(tmp_path))
    empty = said_of(ossay, "OSSAY_FLOWS_ROOT")
    monkeypatch.setenv("OSSAY_FLOWS_ROOT", str(ROOT))

    assert unset == (False, f"not set: ossay's own is {ROOT}")
    assert empty[0] is False
    assert "holds no prefect.yaml and no flows" in empty[1]
    assert said_of(ossay, "OSSAY_FLOWS_ROOT") == (True, str(ROOT))


@pytest.mark.parametrize(
    ("version", "works"), [("0.150.9", True), ("0.151.0", False), ("1.0.0", False)]
)
def test_a_fastapi_with_which_the_server_does_not_start_is_told(
    ossay: Ossay,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    version: str,
    *,
    works: bool,
) -> None:
    installed = tmp_path / "libraries" / f"fastapi-{version}.dist-info"
    installed.mkdir(parents=True)
    (installed / "METADATA").write_text(f"Name: fastapi\nVersion: {version}\n")
    monkeypatch.syspath_prepend(installed.parent)

    assert said_of(ossay, "fastapi")[0] is works


def test_the_doctor_looks_for_the_fastapi_that_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    server = project["optional-dependencies"]["server"]
    limit = ".".join(map(str, _server.FASTAPI_BELOW))
    assert any(r.startswith("fastapi") and r.endswith(f",<{limit}") for r in server)


def test_without_prefect_nothing_is_asked_of_its_settings(tmp_path: Path) -> None:
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if not entry.name.startswith("prefect"):
            (tmp_path / entry.name).symlink_to(entry)

    told = subprocess.run(
        [sys.executable, "-S", "-P", "-m", "ossay", "doctor", "--json"],
        env=os.environ | {"PYTHONPATH": f"{ROOT}:{tmp_path}"},
        capture_output=True,
        check=True,
    )

    checks = {check["what"]: check for check in json.loads(told.stdout)}
    assert checks["prefect"]["works"] is False
    assert "only flows on a server need it" in checks["prefect"]["note"]
    assert not {"fastapi", "PREFECT_API_URL", "DO_NOT_TRACK"} & set(checks)


def test_a_program_that_is_not_there_or_does_not_work_is_told(
    ossay: Ossay, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "bwrap").write_text("#!/bin/sh\necho not permitted >&2\nexit 1\n")
    (tmp_path / "bwrap").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert said_of(ossay, "pdftoppm") == (
        False,
        "only tests of printed memos need it: install the package poppler-utils",
    )
    assert said_of(ossay, "bwrap") == (
        False,
        f"{tmp_path}/bwrap does not work here (not permitted)",
    )


@pytest.mark.parametrize(
    ("confine", "works", "note"),
    [
        (BUBBLEWRAP, True, "bubblewrap guards network, files, processes, limits"),
        (NAMESPACES, False, "processes, limits, and not files: install bubblewrap"),
        (None, False, "without them tools are not run: install bubblewrap"),
    ],
)
def test_the_doctor_says_what_the_sandbox_of_this_machine_guards(
    ossay: Ossay,
    monkeypatch: pytest.MonkeyPatch,
    confine: Confinement | None,
    works: bool,
    note: str,
) -> None:
    monkeypatch.setattr(confinement, "strongest", lambda: confine)

    told = said_of(ossay, "sandbox")

    assert told[0] is works
    assert told[1].endswith(note)


def test_tools_from_path_are_told_as_such_and_others_that_nobody_chose_are_not(
    ossay: Ossay, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    whats = {check["what"] for check in json.loads(ossay("doctor", "--json").out)}
    (tmp_path / "syft").write_text("#!/bin/sh\necho syft 99.0.0\n")
    (tmp_path / "syft").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("OSSAY_TOOLS_FROM_PATH", "syft")

    assert "syft" not in whats
    assert {"trivy", "zizmor", "kingfisher"} <= whats
    assert said_of(ossay, "syft") == (True, "99.0.0 from PATH")


def test_packages_that_the_doctor_names_are_those_that_are_installed_for_tests() -> (
    None
):
    packages = {package for package, _ in doctor.PROGRAMS.values()}

    assert packages - {"git"} <= set((ROOT / "packages.txt").read_text().split())
