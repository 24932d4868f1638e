# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""One commit is fixed: the one asked for, else the one an officer would mean."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from ossay.model.candidate import Part
from ossay.model.snapshot import Chosen, Snapshot, SnapshotError
from ossay.source import Repository, open_in_place, take_snapshot
from tests.source.repositories import (
    FIRST_DAY,
    commit,
    make_repository,
    run,
    tag,
    write_commit,
    write_object,
    write_tree,
)

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A bare repository with two branches and two tags."""
    return _make(tmp_path)


def _make(folder: Path) -> Path:
    repository = make_repository(folder, {"a.txt": b"one"}, bare=True)
    tag(repository, "v1.0", at=FIRST_DAY)
    commit(repository, {"server/b.txt": b"two"})
    tag(repository, "nightly")
    commit(repository, {"c.txt": b"three"}, branch="feature/x")
    return repository


@pytest.fixture(scope="module")
def same(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same repository, for tests that leave it as it is."""
    return _make(tmp_path_factory.mktemp("same"))


@pytest.fixture(scope="module")
def opened(same: Path) -> Repository:
    return open_in_place(same, same.parent / "ours")


def snapshot(repository: Repository, ref: str = "", path: str = "") -> Snapshot:
    part = Part(name="whole", source_url="/somewhere", ref=ref, path=path)
    return take_snapshot(repository, part, NOW)


@pytest.mark.parametrize(
    ("ref", "full"),
    [
        ("v1.0", "refs/tags/v1.0"),
        ("refs/tags/v1.0", "refs/tags/v1.0"),
        ("nightly", "refs/tags/nightly"),
        ("main", "refs/heads/main"),
        ("feature/x", "refs/heads/feature/x"),
        ("refs/heads/feature/x", "refs/heads/feature/x"),
        ("HEAD", "refs/heads/main"),
    ],
)
def test_a_branch_or_tag_is_found_by_its_short_or_full_name(
    same: Path, opened: Repository, ref: str, full: str
) -> None:
    taken = snapshot(opened, ref)

    assert (taken.ref, taken.chosen) == (full, Chosen.ASKED)
    assert taken.commit == run(same, "rev-parse", f"{full}^{{commit}}")


@pytest.mark.parametrize("digits", [40, 12, 7])
def test_a_commit_is_found_by_its_full_or_abbreviated_name(
    same: Path, opened: Repository, digits: int
) -> None:
    full = run(same, "rev-parse", "feature/x")

    taken = snapshot(opened, full[:digits].upper())

    assert (taken.commit, taken.ref, taken.chosen) == (full, "", Chosen.ASKED)


def test_a_tag_is_preferred_to_a_branch_of_the_same_name(
    made: Path, tmp_path: Path
) -> None:
    run(made, "update-ref", "refs/heads/v1.0", "refs/heads/feature/x")

    taken = snapshot(open_in_place(made, tmp_path / "ours"), "v1.0")

    assert taken.ref == "refs/tags/v1.0"


def test_a_branch_that_looks_like_a_commit_is_a_branch(
    made: Path, tmp_path: Path
) -> None:
    run(made, "update-ref", "refs/heads/abcdef1", "refs/heads/main")

    taken = snapshot(open_in_place(made, tmp_path / "ours"), "abcdef1")

    assert taken.ref == "refs/heads/abcdef1"


@pytest.mark.parametrize(
    "ref",
    [
        "main~1",
        "main@{1}",
        "v1.0^{tree}",
        ":/one",
        "main:a.txt",
        "refs/heads",
        "1" * 40,
        "1" * 12,
        "abc",
        "--all",
        "-x",
        "x" * 5_000,
        "a\nb",
    ],
)
def test_what_names_nothing_is_refused(opened: Repository, ref: str) -> None:
    with pytest.raises(SnapshotError, match="cannot assess") as told:
        snapshot(opened, ref)

    assert told.value.status == 3


def test_a_ref_that_does_not_exist_is_answered_with_some_that_do(
    opened: Repository,
) -> None:
    with pytest.raises(SnapshotError) as told:
        snapshot(opened, "feature/y")

    assert "there is no ref 'feature/y'" in str(told.value)
    assert "for example 'feature/x'" in str(told.value)
    assert "'v1.0'" in str(told.value)


def test_a_tag_on_a_file_is_no_commit(made: Path, tmp_path: Path) -> None:
    tag(made, "text", of="main:a.txt")
    tag(made, "folder", of="main^{tree}", at=FIRST_DAY)
    opened = open_in_place(made, tmp_path / "ours")

    with pytest.raises(SnapshotError, match="leads to a blob, not a commit"):
        snapshot(opened, "text")
    with pytest.raises(SnapshotError, match="leads to a tree, not a commit"):
        snapshot(opened, "folder")


def test_with_no_ref_it_is_the_latest_release(opened: Repository) -> None:
    taken = snapshot(opened)

    assert (taken.ref, taken.chosen) == ("refs/tags/v1.0", Chosen.LATEST_RELEASE)
    assert taken.committed_at == FIRST_DAY


def test_a_few_tags_with_the_repository_s_name_are_not_its_latest_release(
    made: Path, tmp_path: Path
) -> None:
    tag(made, f"{made.name}-v0.9", at=FIRST_DAY - timedelta(days=700))

    taken = snapshot(open_in_place(made, tmp_path / "ours"))

    assert taken.ref == "refs/tags/v1.0"


def test_with_no_release_it_is_the_default_branch(made: Path, tmp_path: Path) -> None:
    run(made, "update-ref", "-d", "refs/tags/v1.0")

    taken = snapshot(open_in_place(made, tmp_path / "ours"))

    assert (taken.ref, taken.chosen) == ("refs/heads/main", Chosen.DEFAULT_BRANCH)


def test_of_a_work_tree_it_is_what_is_checked_out(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a.txt": b"one"})
    tag(made, "v1.0")
    new = commit(made, {"a.txt": b"two"})

    taken = snapshot(open_in_place(made, tmp_path / "ours"))

    assert (taken.ref, taken.commit) == ("refs/heads/main", new)
    assert taken.chosen is Chosen.CHECKED_OUT


def test_a_detached_head_is_what_is_checked_out(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a.txt": b"one"})
    first = run(made, "rev-parse", "HEAD")
    commit(made, {"a.txt": b"two"})
    run(made, "checkout", "-q", "--detach", first)

    taken = snapshot(open_in_place(made, tmp_path / "ours"))

    assert (taken.ref, taken.commit) == ("", first)
    assert taken.chosen is Chosen.CHECKED_OUT


@pytest.mark.parametrize(
    ("head", "why"),
    [
        (
            "ref: refs/heads/gone\n",
            "HEAD names 'refs/heads/gone', which does not exist",
        ),
        ("ref: refs/elsewhere\n", "no default branch"),
        ("{commit}\n", "HEAD is a commit and no branch"),
        ("", "no default branch"),
    ],
)
def test_without_default_branch_one_has_to_choose(
    made: Path, tmp_path: Path, head: str, why: str
) -> None:
    run(made, "update-ref", "-d", "refs/tags/v1.0")
    content = head.format(commit=run(made, "rev-parse", "main"))
    (made / "HEAD").write_text(content)
    opened = open_in_place(made, tmp_path / "ours")

    with pytest.raises(SnapshotError, match=why) as told:
        snapshot(opened)

    assert "'main'" in str(told.value)
    assert snapshot(opened, "main").ref == "refs/heads/main"


@pytest.mark.parametrize("bare", [True, False])
def test_a_repository_without_commits_is_empty(tmp_path: Path, bare: bool) -> None:
    made = make_repository(tmp_path, bare=bare)
    opened = open_in_place(made, tmp_path / "ours")

    for ref in ("", "main"):
        with pytest.raises(SnapshotError, match="it is empty") as told:
            snapshot(opened, ref)
        assert told.value.status == 3


def test_a_folder_that_does_not_exist_is_answered_with_some_that_do(
    opened: Repository,
) -> None:
    with pytest.raises(SnapshotError, match="there is for example 'server'"):
        snapshot(opened, "main", "servr")


@pytest.mark.parametrize(
    ("path", "meant"),
    [("", ""), (".", ""), ("server", "server"), ("./server/", "server")],
)
def test_a_folder_is_named_one_way(opened: Repository, path: str, meant: str) -> None:
    assert snapshot(opened, "main", path).path == meant


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("client", "no folder 'client'"),
        ("a.txt", "no folder 'a.txt'"),
        ("server/b.txt", "no folder 'server/b.txt'"),
        ("../server", "leads out"),
        ("server/../..", "leads out"),
        ("/server", "leads out"),
        ("serv*", "no folder"),
        (":(top)server", "no folder"),
        ("server\nx", "no folder"),
    ],
)
def test_a_folder_that_is_not_there_is_refused(
    opened: Repository, path: str, why: str
) -> None:
    with pytest.raises(SnapshotError) as told:
        snapshot(opened, "main", path)

    assert why in str(told.value)


def test_moments_are_kept_in_utc(opened: Repository) -> None:
    nairobi = timezone(timedelta(hours=3))
    part = Part(name="whole", source_url="/somewhere")

    taken = take_snapshot(opened, part, NOW.astimezone(nairobi))

    assert (taken.taken_at, taken.taken_at.tzinfo) == (NOW, UTC)
    assert taken.committed_at.tzinfo is UTC


@pytest.mark.parametrize(
    ("signature", "year"),
    [
        (b"Ada <a@b.example> 0 +0000", 1970),
        (b"Ada <a@b.example> 4070908800 +0000", 2099),
        (b"Ada <a@b.example> 99999999999999999999 +0000", 1970),
        (b"Ada <a@b.example> 999999999999999 +0000", 1970),
        (b"Ada <a@b.example> yesterday", 1970),
        (b"Ada <a@b.example>", 1970),
        (b"nobody at all", 1970),
        (b"", 1970),
        (b"Ada <a@b.example> 1704110400 +051800", 2024),
        (b"Ada <a@b.example>1704110400 +0000", 2024),
        (b"Ada <a@b.example> -5 +0000", 1970),
    ],
)
def test_odd_dates_are_read_as_git_reads_them_or_as_unknown(
    tmp_path: Path, signature: bytes, year: int
) -> None:
    made = make_repository(tmp_path, bare=True)
    tree = write_tree(made, [(b"100644", b"a", write_object(made, "blob", b"text"))])
    write_commit(made, tree, author=signature)

    taken = snapshot(open_in_place(made, tmp_path / "ours"))

    assert taken.committed_at.year == year


def test_a_commit_whose_content_is_another_s_is_refused(tmp_path: Path) -> None:
    made = make_repository(tmp_path, bare=True)
    tree = write_tree(made, [(b"100644", b"a", write_object(made, "blob", b"text"))])
    honest = write_commit(made, tree)
    lie = write_commit(made, tree, author=b"Eve <eve@evil.example> 1 +0000")
    objects = made / "objects"
    target = objects / honest[:2] / honest[2:]
    target.chmod(0o644)
    target.write_bytes((objects / lie[:2] / lie[2:]).read_bytes())
    opened = open_in_place(made, tmp_path / "ours")

    with pytest.raises(SnapshotError, match="does not belong to its name"):
        snapshot(opened, honest)


def test_sha256_names_are_followed(tmp_path: Path) -> None:
    made = make_repository(
        tmp_path, {"x/a.txt": b"one"}, bare=True, object_format="sha256"
    )
    tag(made, "v1.0", at=FIRST_DAY)
    head = run(made, "rev-parse", "HEAD")

    taken = snapshot(open_in_place(made, tmp_path / "ours"), head[:10], "x")

    assert taken.commit == head
    assert len(taken.tree) == 64
