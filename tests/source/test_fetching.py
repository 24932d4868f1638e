# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A stranger's repository comes whole and checked, and stays up to date."""

import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ossay.source import (
    Access,
    CloneRefused,
    CloneTooLarge,
    Limits,
    SourceUnreachable,
    canonical_url,
    fetch,
    open_in_place,
    refs_digest_of,
    remote_refs,
    reopen,
    transport,
)
from ossay.source.failure import CannotWrite
from ossay.source.repository import NotOurs
from ossay.source.transport import GitTooOld
from tests.source.processes import about, needs_proc, none_left
from tests.source.repositories import (
    FIRST_DAY,
    Submodule,
    commit,
    make_repository,
    run,
    tag,
)
from tests.source.server import Server, make_certificate, serve

LIMITS = Limits(seconds=60)


@pytest.fixture
def served(tmp_path: Path) -> Path:
    """A repository with one commit, behind the server."""
    return make_repository(tmp_path / "served", {"a.txt": b"one"})


def test_a_clone_has_all_branches_and_tags_and_nothing_else(
    tmp_path: Path, served: Path, server: Server
) -> None:
    commit(served, {"b.txt": b"two"}, branch="feature")
    tag(served, "v1.0", at=FIRST_DAY)
    run(served, "update-ref", "refs/pull/1/head", "refs/heads/feature")
    url = server.url("repository")

    clone = fetch(url, tmp_path / "c", access=server.access, limits=LIMITS)

    assert [name for name, _ in clone.refs] == [
        "HEAD",
        "refs/heads/feature",
        "refs/heads/main",
        "refs/tags/v1.0",
    ]
    assert (clone.url, clone.head, clone.shallow) == (url, "refs/heads/main", False)
    assert list((tmp_path / "c").glob("hooks/*")) == []
    assert list(tmp_path.glob(".*")) == []


def test_https_works_with_a_certificate_that_is_trusted_and_with_no_other(
    tmp_path: Path, served: Path
) -> None:
    certificate = make_certificate(tmp_path)
    other = tmp_path / "other"
    other.mkdir()

    with serve(tmp_path / "served", certificate) as server:
        url, trusting = server.url("repository"), server.access
        mistrusting = trusting.__class__(
            allowed_hosts=trusting.allowed_hosts, ca_file=make_certificate(other)
        )
        clone = fetch(url, tmp_path / "c", access=trusting, limits=LIMITS)
        with pytest.raises(SourceUnreachable, match="no trusted connection"):
            fetch(url, tmp_path / "d", access=mistrusting, limits=LIMITS)

    assert clone.url.startswith("https://")
    assert not (tmp_path / "d").exists()


def test_an_update_follows_moved_new_and_deleted_refs_and_the_default_branch(
    tmp_path: Path, served: Path, server: Server
) -> None:
    url, folder = server.url("repository"), tmp_path / "c"
    commit(served, {"b.txt": b"two"}, branch="old")
    fetch(url, folder, access=server.access, limits=LIMITS)
    run(served, "update-ref", "-d", "refs/heads/old")
    rewritten = commit(served, {"b.txt": b"three"}, branch="old/nested")
    run(served, "update-ref", "refs/heads/main", rewritten)
    run(served, "symbolic-ref", "HEAD", "refs/heads/old/nested")

    clone = fetch(url, folder, access=server.access, limits=LIMITS)

    assert clone.refs == (
        ("HEAD", "ref: refs/heads/old/nested"),
        ("refs/heads/main", rewritten),
        ("refs/heads/old/nested", rewritten),
    )
    assert reopen(folder) == clone


def test_a_server_without_news_is_asked_for_its_refs_only(
    tmp_path: Path, served: Path, server: Server
) -> None:
    url, folder = server.url("repository"), tmp_path / "c"
    fetch(url, folder, access=server.access, limits=LIMITS)
    server.asked.clear()
    remote_refs(url, access=server.access, limits=LIMITS)
    asked = list(server.asked)
    server.asked.clear()

    fetch(url, folder, access=server.access, limits=LIMITS)

    assert server.asked == asked


def test_the_digest_of_refs_tells_by_listing_alone_whether_anything_moved(
    tmp_path: Path, served: Path, server: Server
) -> None:
    url = server.url("repository")
    tag(served, "v1.0", at=FIRST_DAY)
    clone = fetch(url, tmp_path / "c", access=server.access, limits=LIMITS)

    same = refs_digest_of(url, access=server.access, limits=LIMITS)
    local = refs_digest_of(served, access=server.access, limits=LIMITS)
    run(served, "tag", "v1.1")
    moved = refs_digest_of(url, access=server.access, limits=LIMITS)

    assert same == clone.refs_digest == local
    assert moved != same


def test_another_default_branch_is_another_digest(
    tmp_path: Path, served: Path, server: Server
) -> None:
    url = server.url("repository")
    run(served, "branch", "next")
    before = refs_digest_of(url, access=server.access, limits=LIMITS)

    run(served, "symbolic-ref", "HEAD", "refs/heads/next")

    assert refs_digest_of(url, access=server.access, limits=LIMITS) != before


def test_submodules_are_never_fetched(
    tmp_path: Path, served: Path, server: Server
) -> None:
    inner = make_repository(tmp_path / "served", {"x": b""}, name="inner")
    modules = f'[submodule "inner"]\n\tpath = inner\n\turl = {server.url("inner")}\n'
    named = Submodule(run(inner, "rev-parse", "HEAD"))
    commit(served, {".gitmodules": modules.encode(), "inner": named})

    fetch(server.url("repository"), tmp_path / "c", access=server.access, limits=LIMITS)

    assert not [path for path in server.asked if "inner" in path]


def test_a_repository_of_sha256_names_is_fetched(
    tmp_path: Path, server: Server
) -> None:
    made = make_repository(
        tmp_path / "served", {"a": b"1"}, name="new", object_format="sha256"
    )

    clone = fetch(
        server.url("new"), tmp_path / "c", access=server.access, limits=LIMITS
    )

    assert clone.ref("refs/heads/main") == run(made, "rev-parse", "HEAD")


def test_settings_of_the_machine_and_its_user_have_no_say(
    tmp_path: Path, served: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text(
        f'[url "{server.base}/web/"]\n\tinsteadOf = {server.base}/git/\n'
        "[protocol]\n\tallow = never\n"
    )
    for name, value in {
        "HOME": str(home),
        "GIT_DIR": "/nowhere",
        "GIT_OBJECT_DIRECTORY": "/nowhere",
        "GIT_CONFIG_PARAMETERS": "'protocol.http.allow=never'",
        "GIT_ALLOW_PROTOCOL": "ssh",
        "GIT_EXEC_PATH": "/nowhere",
        "http_proxy": "http://127.0.0.1:9/",
        "all_proxy": "http://127.0.0.1:9/",
    }.items():
        monkeypatch.setenv(name, value)

    clone = fetch(
        server.url("repository"), tmp_path / "c", access=server.access, limits=LIMITS
    )

    assert clone.branches == ("main",)


@needs_proc
def test_a_repository_beyond_the_size_limit_is_refused_and_leaves_nothing(
    tmp_path: Path, served: Path, server: Server
) -> None:
    commit(served, {"large.bin": os.urandom(300_000)})
    limits = Limits(seconds=60, bytes=200_000)
    url = server.url("repository")

    with pytest.raises(CloneTooLarge, match="larger than the limit of 200000 bytes"):
        fetch(url, tmp_path / "c", access=server.access, limits=limits)

    assert list(tmp_path.glob("*c*")) == []
    assert none_left(url)


@needs_proc
@pytest.mark.parametrize("manner", ["slow", "stall"])
def test_a_server_that_falls_silent_is_left_when_time_is_up(
    tmp_path: Path, served: Path, server: Server, manner: str
) -> None:
    url = server.url("repository", manner)

    with pytest.raises(SourceUnreachable, match="took longer than the limit") as told:
        fetch(url, tmp_path / "c", access=server.access, limits=Limits(seconds=1))

    assert told.value.status == 75
    assert list(tmp_path.glob("*c*")) == []
    assert none_left(url)


@needs_proc
def test_a_killed_ossay_leaves_no_clone_and_takes_its_git_along(
    tmp_path: Path, served: Path, server: Server
) -> None:
    url, folder = server.url("repository", "stall"), tmp_path / "c"
    program = (
        "import sys; from pathlib import Path; from ossay.source import *;"
        "fetch(sys.argv[1], Path(sys.argv[2]), limits=Limits(),"
        "      access=Access(allowed_hosts=frozenset([sys.argv[3]])))"
    )
    host = next(iter(server.access.allowed_hosts))
    ossay = subprocess.Popen([sys.executable, "-c", program, url, str(folder), host])
    assert server.stalled.wait(60)
    assert about(url)

    ossay.send_signal(signal.SIGKILL)
    ossay.wait()

    assert none_left(url)
    assert not folder.exists()
    fetch(server.url("repository"), folder, access=server.access, limits=LIMITS)
    assert list(tmp_path.glob(".*")) == []


def test_what_a_killed_update_left_is_swept_away(
    tmp_path: Path, served: Path, server: Server
) -> None:
    url, folder = server.url("repository"), tmp_path / "c"
    fetch(url, folder, access=server.access, limits=LIMITS)
    left = [
        folder / name
        for name in (
            "packed-refs.lock",
            "refs/heads/main.lock",
            "shallow.lock",
            "HEAD.part",
            "objects/pack/tmp_pack_abc",
            "objects/pack/.tmp-123-pack",
        )
    ]
    for path in left:
        path.write_bytes(b"half")
    new = commit(served, {"b.txt": b"two"})

    clone = fetch(url, folder, access=server.access, limits=LIMITS)

    assert clone.ref("refs/heads/main") == new
    assert [path for path in left if path.exists()] == []


def test_two_at_once_share_one_clone(
    tmp_path: Path, served: Path, server: Server
) -> None:
    url, folder = server.url("repository"), tmp_path / "c"

    with ThreadPoolExecutor(4) as pool:
        clones = list(
            pool.map(
                lambda _: fetch(url, folder, access=server.access, limits=LIMITS),
                range(4),
            )
        )

    assert all(clone == clones[0] for clone in clones)
    assert list(tmp_path.glob(".*")) == []


def test_a_folder_that_holds_another_clone_is_not_reused(
    tmp_path: Path, served: Path, server: Server
) -> None:
    make_repository(tmp_path / "served", {"x": b""}, name="other")
    folder = tmp_path / "c"
    fetch(server.url("repository"), folder, access=server.access, limits=LIMITS)

    with pytest.raises(CloneRefused, match="it holds"):
        fetch(server.url("other"), folder, access=server.access, limits=LIMITS)


def test_a_place_that_cannot_be_written_is_named(
    tmp_path: Path, served: Path, server: Server
) -> None:
    (tmp_path / "file").write_bytes(b"")
    folder = tmp_path / "file" / "c"

    with pytest.raises(CannotWrite, match=r"cannot write .*file") as told:
        fetch(server.url("repository"), folder, access=server.access, limits=LIMITS)

    assert told.value.status == 73


def test_a_full_disk_is_told_as_such(
    tmp_path: Path, served: Path, server: Server
) -> None:
    commit(served, {"large.bin": os.urandom(300_000)})
    program = (
        "import resource, sys; from pathlib import Path; from ossay.source import *;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "try:\n"
        "    fetch(sys.argv[1], Path(sys.argv[2]), limits=Limits(),\n"
        "          access=Access(allowed_hosts=frozenset([sys.argv[3]])))\n"
        "except Exception as error: print(getattr(error, 'status', 0), error)\n"
    )
    host = next(iter(server.access.allowed_hosts))

    done = subprocess.run(
        [sys.executable, "-c", program, server.url("repository"), tmp_path / "c", host],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.startswith("73 ")
    assert "make room" in done.stdout
    assert list(tmp_path.glob("*c*")) == []


def test_git_goes_to_the_address_that_was_vetted_and_to_no_other(
    tmp_path: Path, served: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = server.base.rpartition(":")[2]
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", int(port)))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answer)
    access = Access(allowed_hosts=frozenset({f"known-to-us.example:{port}"}))
    url = f"http://known-to-us.example:{port}/git/repository"

    found = remote_refs(url, access=access, limits=LIMITS)

    assert [name for name, _ in found] == ["HEAD", "refs/heads/main"]


def test_a_folder_that_is_not_ours_is_left_alone(
    tmp_path: Path, served: Path, server: Server
) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "thesis.lock").write_bytes(b"years of work")
    url = server.url("repository")

    with pytest.raises(NotOurs, match="not ossay's"):
        fetch(url, theirs, access=server.access, limits=LIMITS)
    with pytest.raises(NotOurs, match="not ossay's"):
        open_in_place(served, theirs)

    assert list(theirs.iterdir()) == [theirs / "thesis.lock"]


def test_an_address_is_known_as_its_clone_will_tell_it(
    tmp_path: Path, served: Path, server: Server
) -> None:
    written = server.url("repository").replace("http://", "HTTP://")
    (served / "docs").mkdir()

    clone = fetch(written, tmp_path / "c", access=server.access, limits=LIMITS)
    local = open_in_place(served / "docs", tmp_path / "d")

    assert canonical_url(written, access=server.access) == clone.url
    assert canonical_url(served / "docs", access=Access()) == local.url


def test_a_server_whose_own_history_is_cut_off_is_known_for_it(
    tmp_path: Path, served: Path, server: Server
) -> None:
    commit(served, {"a.txt": b"two"})
    root = tmp_path / "served"
    run(root, "clone", "-q", "--bare", "--depth=1", served.as_uri(), "shallow")
    url, folder = server.url("shallow"), tmp_path / "c"

    before = fetch(url, folder, access=server.access, limits=LIMITS)
    run(root / "shallow", "fetch", "-q", "--unshallow", "origin")
    commit(root / "shallow", {"a.txt": b"three"})
    after = fetch(url, folder, access=server.access, limits=LIMITS)

    assert before.shallow
    assert not after.shallow


def test_a_git_that_lacks_what_keeps_us_safe_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git = tmp_path / "git"
    git.write_text("#!/bin/sh\necho git version 2.30.2\n")
    git.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")

    with pytest.raises(GitTooOld, match=r"git 2\.30\.2 is too old"):
        transport._git_class.__wrapped__()
