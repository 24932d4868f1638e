# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Bad input gets one clear sentence and the status that docs/bad-input.md names."""

import resource
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cases import git, repository
from tests.cli.conftest import Ossay, Said
from tests.source.server import Server, serve


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return repository(tmp_path / "good")


@pytest.fixture
def forge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with serve(tmp_path) as server:
        hosts = ",".join(server.access.allowed_hosts)
        monkeypatch.setenv("OSSAY_ALLOWED_HOSTS", hosts)
        yield server


def assert_said(said: Said, status: int, *words: str) -> None:
    assert said.status == status, said.err
    assert said.err.startswith("ossay: ")
    assert "Traceback" not in said.err
    for word in words:
        assert word in said.err


def test_a_folder_that_is_no_repository(ossay: Ossay, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()

    assert_said(ossay("assess", tmp_path / "papers"), 3, "papers", "repository")


def test_neither_folder_nor_address(ossay: Ossay) -> None:
    assert_said(ossay("assess", "nothing-here"), 3, "nothing-here", "https://")


def test_an_empty_repository(ossay: Ossay, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    git(tmp_path / "empty", "init", "-q")

    assert_said(ossay("assess", tmp_path / "empty"), 3, "empty", "no commit")


def test_no_such_host(ossay: Ossay, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    said = ossay("assess", "https://no-such-host.example/a.git")

    assert_said(said, 75, "no such host", "no-such-host.example")


def test_a_server_that_asks_for_a_password(ossay: Ossay, forge: Server) -> None:
    said = ossay("assess", forge.url("good", "locked"))

    assert_said(said, 75, "password", "public")


def test_an_address_where_no_repository_is(ossay: Ossay, forge: Server) -> None:
    assert_said(ossay("assess", forge.url("good", "web")), 3, "repository")


@pytest.mark.parametrize(
    "address",
    [
        "ext::sh",
        "ext::sh -c id",
        "file:///etc",
        "fd::7",
        "ssh://git@example.org/a.git",
        "git@example.org:a.git",
        "http://example.org/a.git",
        "https://127.0.0.1/a.git",
        "https://10.0.0.1/a.git",
        "https://169.254.169.254/a.git",
    ],
)
def test_a_forbidden_protocol_or_place(ossay: Ossay, address: str) -> None:
    assert_said(ossay("assess", address), 2)


def test_a_password_in_an_address_is_refused_and_not_repeated(ossay: Ossay) -> None:
    said = ossay("assess", "https://me:secret@example.org/a.git")

    assert_said(said, 2, "password")
    assert "secret" not in said.err


def test_a_ref_that_does_not_exist(ossay: Ossay, good: Path) -> None:
    assert_said(ossay("assess", good, "--ref", "nope"), 3, "'nope'", "'main'")


def test_an_unknown_pack(ossay: Ossay, good: Path) -> None:
    assert_said(ossay("assess", good, "--pack", "nope"), 2, "'nope'", "baseline")


def test_a_broken_pack_with_all_its_faults(
    ossay: Ossay, good: Path, tmp_path: Path
) -> None:
    pack = tmp_path / "pack.yaml"
    pack.write_text("name: x\nrules:\n  - id: A-1\n    id: A-2\n    levle: must\n")

    assert_said(ossay("assess", good, "--pack", pack), 2, "pack.yaml:4", "'levle'")


def test_a_folder_for_results_that_cannot_be_written_to(
    ossay: Ossay, good: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()

    said = ossay("assess", good, "--out", tmp_path / "file" / "memo")

    assert_said(said, 73, "cannot write", "--out")


def test_a_register_that_cannot_be_written_to(
    ossay: Ossay, good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("OSSAY_HOME", str(tmp_path / "file"))

    assert_said(ossay("assess", good), 73, "cannot write")


def test_a_full_disk(good: Path, tmp_path: Path) -> None:
    # A limit on the size of files ends writes as a full disk does: part-way.
    large = {"large.txt": b"Copyright 2020 Ada\n" * 60_000}
    source = repository(tmp_path / "large", large)
    out = tmp_path / "memo"

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    done = subprocess.run(
        [sys.executable, "-m", "ossay", "assess", source, "--out", out],
        env={"OSSAY_HOME": str(tmp_path / "home"), "PATH": "/usr/bin:/bin"},
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 73, done.stderr
    assert done.stderr.startswith("ossay: cannot write")
    assert not list(tmp_path.glob("memo/*"))


def test_a_setting_that_cannot_be_meant(
    ossay: Ossay, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OSSAY_CLONE_SECONDS", "soon")

    assert_said(ossay("assess", good), 2, "OSSAY_CLONE_SECONDS", "'soon'")


def test_a_judgement_that_is_not_there(ossay: Ossay) -> None:
    assert ossay("show", "abcdef12").status in {1, 2}
