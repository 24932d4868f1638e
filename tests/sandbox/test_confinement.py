# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What a confined tool can reach: nothing but what it was given."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from ossay.model.evidence import Guard
from ossay.sandbox import scancode
from ossay.sandbox.confinement import (
    BUBBLEWRAP,
    LIMITS_ONLY,
    NAMESPACES,
    Confinement,
)

pytestmark = pytest.mark.engine  # which needs one of them to run

READS = scancode._prefixes(Path(sys.prefix))


def succeeds(confinement: Confinement, scratch: Path, script: str) -> bool:
    command = confinement.wrap([sys.executable, "-c", script], READS, scratch)
    done = subprocess.run(command, capture_output=True, cwd=scratch, check=False)
    return done.returncode == 0


@pytest.mark.parametrize(
    ("confinement", "reachable"),
    [(LIMITS_ONLY, True), (NAMESPACES, False), (BUBBLEWRAP, False)],
    ids=lambda given: getattr(given, "name", None),
)
def test_not_even_this_machine_is_reached_over_the_network(
    tmp_path: Path, confinement: Confinement, reachable: bool
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        script = f"import socket; socket.create_connection(('127.0.0.1', {port}), 5)"

        assert succeeds(confinement, tmp_path, "pass")
        assert succeeds(confinement, tmp_path, script) is reachable


@pytest.mark.parametrize(
    ("script", "allowed"),
    [
        ("open('{scratch}/written', 'w')", True),
        ("open('{outside}/written', 'w')", False),
        ("open('{outside}/secret')", False),
        ("open(__import__('os').__file__, 'a')", False),
        ("open('{python}')", True),
        ("open('/etc/passwd')", False),
    ],
)
def test_bubblewrap_shows_what_is_needed_and_lets_the_scratch_folder_be_written(
    tmp_path: Path, script: str, allowed: bool
) -> None:
    scratch, outside = tmp_path / "scratch", tmp_path / "outside"
    scratch.mkdir()
    outside.mkdir()
    (outside / "secret").write_text("secret")
    script = script.format(scratch=scratch, outside=outside, python=sys.executable)

    assert succeeds(BUBBLEWRAP, scratch, script) is allowed


REACHES = {
    Guard.NETWORK: "import socket; socket.create_connection(('127.0.0.1', {port}), 5)",
    Guard.FILES: "open('{outside}/secret')",
    Guard.PROCESSES: "import os; os.kill({pid}, 0)",
}
"""What a program could do to each thing that a sandbox may guard."""


@pytest.mark.parametrize("guard", REACHES)
@pytest.mark.parametrize(
    "confinement", [LIMITS_ONLY, NAMESPACES, BUBBLEWRAP], ids=lambda given: given.name
)
def test_a_confinement_guards_what_evidence_says_of_it_and_no_more(
    tmp_path: Path, confinement: Confinement, guard: Guard
) -> None:
    scratch, outside = tmp_path / "scratch", tmp_path / "outside"
    scratch.mkdir()
    outside.mkdir()
    (outside / "secret").write_text("secret")

    with socket.create_server(("127.0.0.1", 0)) as server:
        there = {"port": server.getsockname()[1], "outside": outside}
        reaches = REACHES[guard].format(**there, pid=os.getpid())

        is_reached = succeeds(confinement, scratch, reaches)

    assert is_reached is (guard not in confinement.sandbox.guards)
    assert Guard.LIMITS in confinement.sandbox.guards  # all are watched from outside
