# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A local repository is read where it is, and none of its settings with it."""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ossay.codec import from_json, to_json
from ossay.model.candidate import Part
from ossay.model.errors import OssayError
from ossay.model.snapshot import Snapshot
from ossay.model.tree import BlobUnreadable, Entry
from ossay.source import (
    Repository,
    WorkTree,
    open_in_place,
    reopen,
    state_digest_of,
    state_of,
    take_snapshot,
    tree_of,
    uncommitted_changes,
)
from ossay.source.process import output
from ossay.source.refs import RefsUnreadable
from tests.hardship import as_nobody
from tests.source.memory import Memory
from tests.source.repositories import (
    FIRST_DAY,
    commit,
    make_repository,
    run,
    tag,
    write_object,
)

NOW = datetime(2026, 1, 1, tzinfo=UTC)
WHOLE = Part(name="whole", source_url="/somewhere")


def read(repository: Repository, path: str) -> bytes:
    snapshot = take_snapshot(repository, WHOLE, NOW)
    return tree_of(repository, snapshot, Memory()).read(path)


def _entries(repository: Repository, part: Part) -> tuple[Entry, ...]:
    snapshot = take_snapshot(repository, part, NOW)
    return tree_of(repository, snapshot, Memory()).entries()


def test_a_work_tree_is_read_at_its_head_and_left_as_it_was(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a.txt": b"one"})
    tag(made, "v1.0", at=FIRST_DAY)
    before = {p: p.lstat().st_mtime_ns for p in made.rglob("*")}

    repository = open_in_place(made, tmp_path / "ours")

    assert read(repository, "a.txt") == b"one"
    assert repository.tags == ("v1.0",)
    assert (repository.work_tree, repository.inside) == (made, "")
    assert repository.url == str(made)
    assert reopen(tmp_path / "ours") == repository
    assert {p: p.lstat().st_mtime_ns for p in made.rglob("*")} == before


def test_a_folder_of_a_work_tree_names_the_folder_to_look_at(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"server/a.txt": b"1", "client/b.txt": b"2"})

    repository = open_in_place(made / "server", tmp_path / "ours")

    assert (repository.work_tree, repository.inside) == (made, "server")
    assert take_snapshot(repository, WHOLE, NOW).path == "server"


def test_a_linked_work_tree_has_its_own_head_and_the_common_objects(
    tmp_path: Path,
) -> None:
    made = make_repository(tmp_path, {"a.txt": b"one"})
    run(made, "worktree", "add", "-q", "-b", "other", str(tmp_path / "linked"))
    commit(made, {"a.txt": b"two"})

    repository = open_in_place(tmp_path / "linked", tmp_path / "ours")

    assert repository.head == "refs/heads/other"
    assert read(repository, "a.txt") == b"one"


def test_a_submodule_s_work_tree_is_a_repository_of_its_own(tmp_path: Path) -> None:
    inner = make_repository(tmp_path, {"x.txt": b"inner"}, name="inner")
    outer = make_repository(tmp_path, {"a.txt": b"outer"}, name="outer")
    allow = ("-c", "protocol.file.allow=always")
    run(outer, *allow, "submodule", "--quiet", "add", str(inner), "sub")

    repository = open_in_place(outer / "sub", tmp_path / "ours")

    assert read(repository, "x.txt") == b"inner"


def test_a_bare_repository_has_no_work_tree(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a.txt": b"one"}, bare=True)

    repository = open_in_place(made, tmp_path / "ours")

    assert repository.work_tree is None
    assert read(repository, "a.txt") == b"one"


def test_opening_again_sees_what_has_moved(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a.txt": b"one"})
    before = open_in_place(made, tmp_path / "ours")
    run(made, "branch", "next")
    new = commit(made, {"a.txt": b"two"})

    after = open_in_place(made, tmp_path / "ours")

    assert after.ref("refs/heads/main") == new
    assert after.branches == ("main", "next")
    assert after.refs_digest != before.refs_digest


def test_packed_loose_and_symbolic_refs_are_one_list(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a.txt": b"one"})
    first = run(made, "rev-parse", "HEAD")
    run(made, "branch", "packed")
    run(made, "pack-refs", "--all")
    second = commit(made, {"a.txt": b"two"})
    run(made, "symbolic-ref", "refs/heads/alias", "refs/heads/packed")

    repository = open_in_place(made, tmp_path / "ours")

    assert dict(repository.refs) == {
        "HEAD": "ref: refs/heads/main",
        "refs/heads/alias": first,
        "refs/heads/main": second,
        "refs/heads/packed": first,
    }


def test_ten_thousand_refs_and_odd_names_are_no_trouble(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a.txt": b"one"})
    oid = run(made, "rev-parse", "HEAD")
    lines = [f"{oid} refs/tags/t{number}\n" for number in range(10_000)]
    odd = ["refs/heads/-x", "refs/heads/a..b", "refs/heads/a b", "refs/heads/x.lock"]
    lines += [f"{oid} {name}\n" for name in [*odd, "refs/pull/1/head", "nonsense"]]
    lines += [f"{oid} refs/heads/".encode().decode() + "\n", "not a line at all\n"]
    (made / ".git/packed-refs").write_text("".join(lines))
    (made / ".git/refs/heads/junk").write_bytes(b"\xff\xfe")
    os.mkfifo(made / ".git/refs/heads/pipe")
    (made / ".git/refs/heads/link").symlink_to("/etc/passwd")

    repository = open_in_place(made, tmp_path / "ours")

    assert len(repository.tags) == 10_000
    assert set(repository.branches) == {"main", "-x"}


def test_nothing_the_repository_configures_is_run_or_believed(tmp_path: Path) -> None:
    made = make_repository(
        tmp_path, {"a.txt": b"one", ".gitattributes": b"* filter=evil diff=evil\n"}
    )
    proof = tmp_path / "ran"
    program = tmp_path / "evil.sh"
    program.write_text(f"#!/bin/sh\ntouch {proof}\ncat\n")
    program.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "core.sshCommand",
        "core.pager",
        "core.hooksPath",
        "core.alternateRefsCommand",
        "filter.evil.clean",
        "filter.evil.smudge",
        "filter.evil.process",
        "diff.evil.textconv",
        "diff.external",
        "gpg.program",
        "alias.rev-list",
        "uploadpack.packObjectsHook",
    ):
        run(made, "config", key, str(program))
    run(made, "config", "core.worktree", "/etc")
    run(made, "config", "remote.origin.promisor", "true")
    run(made, "config", "remote.origin.url", f"ext::{program}")
    run(made, "config", "extensions.partialClone", "origin")

    repository = open_in_place(made, tmp_path / "ours")
    read(repository, "a.txt")

    assert not proof.exists()
    assert "evil" not in output("config", "--list", folder=tmp_path / "ours").decode()


def test_settings_of_a_repository_that_was_committed_as_files_are_not_believed(
    tmp_path: Path,
) -> None:
    made = make_repository(tmp_path, {"a.txt": b"one"})
    proof, within = tmp_path / "ran", made / "vendor" / "x.git"
    settings = (
        f'[core]\nrepositoryformatversion = 0\nfsmonitor = "touch {proof}; false"\n'
        "bare = false\nworktree = ..\n"
    )
    for name, content in (("HEAD", "ref: refs/heads/main\n"), ("config", settings)):
        within.mkdir(parents=True, exist_ok=True)
        (within / name).write_text(content)
    for folder in ("objects", "refs"):
        (within / folder).mkdir()
    run(within, "status")
    assert proof.exists()  # it is a trap for whoever goes there with git alone
    proof.unlink()

    for where in (made / "vendor", within):
        with suppress(OssayError):
            uncommitted_changes(open_in_place(where, tmp_path / "ours"))

    assert not proof.exists()


def test_a_missing_blob_stays_missing_and_nobody_is_asked_for_it(
    tmp_path: Path,
) -> None:
    made = make_repository(tmp_path, {"a.txt": b"here", "large.bin": b"x" * 5_000})
    proof = tmp_path / "asked"
    run(made, "config", "uploadpack.allowFilter", "true")
    partial = tmp_path / "partial"
    run(
        tmp_path,
        *("clone", "-q", "--bare", "--filter=blob:limit=1k", made.as_uri(), "partial"),
    )
    run(partial, "config", "remote.origin.url", f"ext::touch {proof}")
    run(partial, "config", "protocol.ext.allow", "always")

    repository = open_in_place(partial, tmp_path / "ours")
    snapshot = take_snapshot(repository, WHOLE, NOW)
    tree = tree_of(repository, snapshot, Memory())

    assert [e.size_bytes for e in tree.entries()] == [4, None]
    assert tree.read("a.txt") == b"here"
    with pytest.raises(BlobUnreadable, match=r"'large\.bin': it is missing"):
        tree.read("large.bin")
    assert not proof.exists()


@pytest.mark.parametrize("change", ["commit", "tag", "head", "unshallow"])
def test_what_we_hold_tells_whether_its_source_moved(
    tmp_path: Path, change: str
) -> None:
    made = make_repository(tmp_path, {"a.txt": b"one"})
    commit(made, {"a.txt": b"two"})
    run(tmp_path, "clone", "-q", "--depth=1", made.as_uri(), "shallow")
    source = tmp_path / "shallow"
    ours = open_in_place(source, tmp_path / "ours")
    before = state_of(ours)

    assert before == state_digest_of(source)
    match change:
        case "commit":
            commit(source, {"b.txt": b""})
        case "tag":
            run(source, "tag", "v1.0")
        case "head":
            run(source, "checkout", "-q", "-b", "next")
        case "unshallow":
            run(source, "fetch", "-q", "--unshallow")

    assert state_digest_of(source) != before
    assert state_of(open_in_place(source, tmp_path / "ours")) != before


def test_a_shallow_clone_is_known_for_one(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a.txt": b"one"})
    commit(made, {"a.txt": b"two"})
    run(tmp_path, "clone", "-q", "--depth=1", made.as_uri(), "shallow")

    repository = open_in_place(tmp_path / "shallow", tmp_path / "ours")

    assert repository.shallow
    assert take_snapshot(repository, WHOLE, NOW).shallow
    run(tmp_path / "shallow", "fetch", "-q", "--unshallow")
    assert not open_in_place(tmp_path / "shallow", tmp_path / "ours").shallow


def test_a_folder_name_that_no_line_could_hold_is_borrowed_from(
    tmp_path: Path,
) -> None:
    made = make_repository(tmp_path, {"a.txt": b"one"}, name='odd "na\\me"\nhere #')

    repository = open_in_place(made, tmp_path / "ours")

    assert read(repository, "a.txt") == b"one"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_repository_of_another_owner_is_read_and_said_to_be(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a.txt": b"one"})
    for path in (made, *made.rglob("*")):
        os.chown(path, 65534, 65534, follow_symlinks=False)

    repository = open_in_place(made, tmp_path / "ours")

    assert repository.foreign_owner
    assert read(repository, "a.txt") == b"one"
    assert uncommitted_changes(repository) is WorkTree.CLEAN


def test_one_s_own_repository_is_not_foreign(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a.txt": b"one"})

    assert not open_in_place(made, tmp_path / "ours").foreign_owner


@pytest.mark.parametrize("case", ["no folder", "file", "no repository", "dangling"])
def test_what_is_no_repository_is_told(tmp_path: Path, case: str) -> None:
    path = tmp_path / case
    if case == "file":
        path.write_bytes(b"")
    elif case != "no folder":
        path.mkdir()
    if case == "dangling":
        (path / ".git").write_text("gitdir: ../nowhere\n")

    with pytest.raises(OssayError, match="cannot read"):
        open_in_place(path, tmp_path / "ours")

    assert not (tmp_path / "ours").exists()


@pytest.mark.parametrize("closed", ["made", "made/.git", "made/.git/objects"])
def test_a_repository_that_we_may_not_read_is_told(memory: Path, closed: str) -> None:
    made = make_repository(memory, {"a.txt": b"one"}, name="made")
    memory.chmod(0o755)
    (memory / closed).chmod(0)

    with (
        as_nobody(),
        pytest.raises(OssayError, match=f"no leave to read '{memory}/made"),
    ):
        open_in_place(made, memory / "ours")

    (memory / closed).chmod(0o755)


def test_refs_kept_as_reftable_are_told_apart(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a.txt": b"one"})
    (made / ".git/reftable").mkdir()

    with pytest.raises(RefsUnreadable, match="git refs migrate"):
        open_in_place(made, tmp_path / "ours")


def test_replaced_and_grafted_commits_are_not_believed(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a.txt": b"true"})
    head = run(made, "rev-parse", "HEAD")
    other = commit(made, {"a.txt": b"false"}, branch="other")
    run(made, "replace", head, other)
    replaced = run(made, "rev-parse", "HEAD:a.txt")
    lie = run(made, "hash-object", "-w", "--stdin", told=b"a lie")
    run(made, "replace", replaced, lie)

    repository = open_in_place(made, tmp_path / "ours")

    assert read(repository, "a.txt") == b"true"


def test_one_folder_opened_by_many_at_once_is_whole(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a.txt": b"one"})

    with ThreadPoolExecutor(8) as pool:
        opened = list(
            pool.map(lambda _: open_in_place(made, tmp_path / "ours"), range(16))
        )

    assert all(repository == opened[0] for repository in opened)
    assert list((tmp_path / "ours").rglob("*.part")) == []


def test_what_a_killed_run_left_is_mended(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a.txt": b"one"})
    ours = tmp_path / "ours"
    ours.mkdir()
    (ours / "ossay.json.part").write_bytes(b"{")

    assert read(open_in_place(made, ours), "a.txt") == b"one"
    assert not (ours / "ossay.json.part").exists()


@pytest.mark.parametrize("value", ["--output=evil", "HEAD", "main", "", "1" * 39])
def test_what_an_object_names_never_becomes_an_option_or_a_revision(
    tmp_path: Path, value: str
) -> None:
    made = make_repository(tmp_path, {"a.txt": b"one"}, bare=True)
    signed = "author A <a@b.c> 1 +0000\ncommitter A <a@b.c> 1 +0000\n\nx\n"
    evil = write_object(made, "commit", f"tree {value}\n{signed}".encode())
    link = write_object(made, "tag", f"object {value}\ntype commit\n\n".encode())
    (made / "refs/heads").mkdir(parents=True, exist_ok=True)
    (made / "refs/heads/evil").write_text(evil)
    (made / "refs/heads/link").write_text(link)
    repository = open_in_place(made, tmp_path / "ours")

    for ref in ("evil", "link"):
        part = Part(name="whole", source_url="/somewhere", ref=ref)
        with pytest.raises(OssayError):
            _entries(repository, part)

    assert not (tmp_path / "ours" / "evil").exists()


def test_a_path_that_is_no_utf8_can_be_told_all_the_same(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a.txt": b"one"}, name=os.fsdecode(b"caf\xe9"))

    repository = open_in_place(made, tmp_path / "ours")
    snapshot = take_snapshot(repository, WHOLE, NOW)

    assert snapshot.repository_url == f"{tmp_path}/caf\\xe9"
    assert from_json(Snapshot, to_json(snapshot)) == snapshot
    assert uncommitted_changes(repository) is WorkTree.CLEAN
