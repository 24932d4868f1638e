# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Each way a fetch can fail has a clear sentence and a status of its own."""

import os
import socket
from pathlib import Path

import pytest

from ossay.model.errors import OssayError
from ossay.source import Access, Limits, fetch, refs_digest_of
from tests.source.repositories import commit, make_repository, run
from tests.source.server import Server

LIMITS = Limits(seconds=60)


@pytest.mark.parametrize(
    ("manner", "name", "status", "sentence"),
    [
        ("locked", "repository", 75, "the server asked for a password"),
        ("forbidden", "repository", 75, "the server refused access"),
        ("moved", "repository", 75, "the server sent us on to another address"),
        ("elsewhere", "repository", 75, "the server sent us on to another address"),
        ("broken", "repository", 75, "error: 500"),
        ("git", "nothing-here", 3, "there is no repository at this address"),
        ("web", "repository", 3, "empty, or what answers"),
    ],
)
def test_what_a_server_answers_is_told_in_one_sentence(
    tmp_path: Path, server: Server, manner: str, name: str, status: int, sentence: str
) -> None:
    url = server.url(name, manner)

    with pytest.raises(OssayError, match=sentence) as told:
        refs_digest_of(url, access=server.access, limits=LIMITS)

    assert told.value.status == status
    assert url in str(told.value)
    assert "\n" not in str(told.value)


def test_a_redirect_is_not_followed(tmp_path: Path, server: Server) -> None:
    make_repository(tmp_path / "served", {"a": b"1"})

    with pytest.raises(OssayError, match="sent us on"):
        fetch(
            server.url("repository", "moved"),
            tmp_path / "c",
            access=server.access,
            limits=LIMITS,
        )

    assert len(server.asked) == 1


def test_a_server_that_offers_files_only_is_refused_since_nothing_would_be_checked(
    tmp_path: Path, server: Server
) -> None:
    made = make_repository(tmp_path / "served", {"a": b"1"}, bare=True)
    run(made, "update-server-info")
    url = server.url("repository", "files")

    with pytest.raises(OssayError, match="offers files only") as told:
        fetch(url, tmp_path / "c", access=server.access, limits=LIMITS)

    assert told.value.status == 75
    assert list(tmp_path.glob("*c*")) == []


def test_nobody_listening_is_told() -> None:
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{unheard.getsockname()[1]}"
        access = Access(allowed_hosts=frozenset({host}))

        with pytest.raises(OssayError, match="the connection was refused") as told:
            refs_digest_of(f"http://{host}/x.git", access=access, limits=LIMITS)

    assert told.value.status == 75


def test_no_such_host_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    with pytest.raises(OssayError, match=r"no such host 'nowhere\.example'") as told:
        refs_digest_of("https://nowhere.example/x.git", access=Access(), limits=LIMITS)

    assert told.value.status == 75


def test_an_empty_repository_is_nothing_to_assess(
    tmp_path: Path, server: Server
) -> None:
    make_repository(tmp_path / "served", bare=True)
    url = server.url("repository")

    with pytest.raises(OssayError, match="it is empty") as told:
        fetch(url, tmp_path / "c", access=server.access, limits=LIMITS)

    assert told.value.status == 3
    assert not (tmp_path / "c").exists()


def test_a_missing_git_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a": b"1"})
    monkeypatch.setenv("PATH", os.fspath(tmp_path))

    from ossay.source.process import output

    with pytest.raises(OssayError, match="cannot find git"):
        output("version", folder=made)


def test_a_server_that_breaks_off_is_told(tmp_path: Path, server: Server) -> None:
    made = make_repository(tmp_path / "served", {"a": b"1"})
    lost = run(made, "rev-parse", "HEAD:a")
    commit(made, {"b": b"2"})
    (made / ".git/objects" / lost[:2] / lost[2:]).unlink(missing_ok=True)
    for pack in (made / ".git/objects/pack").glob("*"):
        pack.unlink()

    with pytest.raises(OssayError, match="cannot fetch") as told:
        fetch(
            server.url("repository"),
            tmp_path / "c",
            access=server.access,
            limits=LIMITS,
        )

    assert told.value.status == 75
