# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
import json
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ossay.model.sites import Fetched
from ossay.sandbox import gate
from ossay.sandbox.confinement import strongest

SITE = "https://demo.example.org"


class OneSite:
    """A site of one page, which counts what it is asked."""

    origin = SITE

    def __init__(self) -> None:
        self.asked: list[str] = []

    def get(self, url: str) -> Fetched:
        self.asked.append(url)
        if not url.startswith(SITE):
            return Fetched(url=url, elsewhere="other.example.org")
        return Fetched(url=url, status=200, content_type="text/html", body=b"<p>\n\x00")

    def is_settled(self) -> bool:
        return True


def asked(at: Path, words: bytes) -> tuple[dict[str, Any], bytes]:
    with socket.socket(socket.AF_UNIX) as speaker:
        speaker.settimeout(10)
        speaker.connect(str(at))
        speaker.sendall(words)
        with speaker.makefile("rb") as answer:
            return json.loads(answer.readline()), answer.read()


def test_an_address_of_the_site_is_answered_and_another_is_named(
    tmp_path: Path,
) -> None:
    site = OneSite()
    with gate.opened(tmp_path / "gate", site):
        page, content = asked(tmp_path / "gate", b'{"url": "%s/a"}\n' % SITE.encode())
        other, nothing = asked(tmp_path / "gate", b'{"url": "http://x.example"}\n')

    assert (page["status"], page["bytes"], content) == (200, 5, b"<p>\n\x00")
    assert page["headers"] == {"content-type": "text/html"}
    assert (other["elsewhere"], nothing) == ("other.example.org", b"")


@pytest.mark.parametrize(
    "words", [b"\n", b"{}\n", b"[1]\n", b'{"url": 1}\n', b"GET /\n"]
)
def test_what_is_no_question_gets_no_page_and_shuts_no_gate(
    tmp_path: Path, words: bytes
) -> None:
    site = OneSite()
    with gate.opened(tmp_path / "gate", site):
        head, content = asked(tmp_path / "gate", words)
        again, _ = asked(tmp_path / "gate", b'{"url": "%s/"}\n' % SITE.encode())

    assert (head["why"], content) == ("no url", b"")
    assert again["status"] == 200


def test_from_a_sandbox_without_network_the_gate_is_the_one_way_out(
    tmp_path: Path,
) -> None:
    confine = strongest()
    assert confine is not None, "bubblewrap or user namespaces are needed"
    files, scratch = tmp_path / "files", tmp_path / "scratch"
    files.mkdir()
    scratch.mkdir()
    site = OneSite()
    script = (
        "import socket, sys\n"
        "try:\n"
        "    socket.create_connection(('127.0.0.1', int(sys.argv[2])), timeout=2)\n"
        "    print('out')\n"
        "except OSError:\n"
        "    print('kept in')\n"
        "gate = socket.socket(socket.AF_UNIX)\n"
        "gate.connect(sys.argv[1])\n"
        'gate.sendall(b\'{"url": "https://demo.example.org/"}\\n\')\n'
        "print(gate.makefile('rb').readline().decode())\n"
    )
    python = Path(sys.executable).resolve()
    with socket.socket() as listening, gate.opened(files / "gate", site):
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        port = str(listening.getsockname()[1])
        command = [str(python), "-I", "-c", script, str(files / "gate"), port]
        done = subprocess.run(
            confine.wrap(command, (files, Path(sys.base_prefix)), scratch, 1_000_000),
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )

    first, second = done.stdout.splitlines()[:2]
    assert first == "kept in"
    assert json.loads(second)["status"] == 200
    assert site.asked == [f"{SITE}/"]
    assert shutil.which("bwrap") is None or confine.name == "bubblewrap"
