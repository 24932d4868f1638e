# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Trees that are made to harm are refused with a clear sentence."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ossay.model.candidate import Part
from ossay.source import listing, open_in_place, take_snapshot, tree_of
from ossay.source.listing import TreeRefused
from tests.source.memory import Memory
from tests.source.repositories import (
    commit,
    make_repository,
    run,
    write_commit,
    write_object,
    write_tree,
)

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    return make_repository(tmp_path, bare=True)


def paths_of(made: Path, tree: str) -> tuple[str, ...]:
    write_commit(made, tree)
    repository = open_in_place(made, made.parent / "ours")
    part = Part(name="whole", source_url="/somewhere")
    snapshot = take_snapshot(repository, part, NOW)
    return tree_of(repository, snapshot, Memory()).paths()


@pytest.mark.parametrize(
    "name",
    [
        b"",
        b".",
        b"..",
        b".git",
        b".GIT",
        b".git ",
        b".git.",
        b"git~1",
        b".g\xe2\x80\x8cit",
        b"/etc/passwd",
        b"a/b",
        b"../../evil",
        b"x" * 5_000,
    ],
)
def test_names_that_lead_elsewhere_are_refused(made: Path, name: bytes) -> None:
    blob = write_object(made, "blob", b"text")

    with pytest.raises(TreeRefused, match="cannot read commit") as told:
        paths_of(made, write_tree(made, [(b"100644", name, blob)]))

    assert told.value.status == 3


@pytest.mark.parametrize(
    "name",
    [
        *(b".gitignore", b".github", b"...", b"a..b", b".git-blame", b"git~x", b"-x"),
        b"a\t.git",
    ],
)
def test_names_that_only_look_odd_are_fine(made: Path, name: bytes) -> None:
    blob = write_object(made, "blob", b"text")
    inner = write_tree(made, [(b"100644", name, blob)])

    paths = paths_of(made, write_tree(made, [(b"40000", b"x", inner)]))

    assert paths == (f"x/{name.decode()}",)


def test_a_folder_named_like_git_s_own_is_refused(made: Path) -> None:
    blob = write_object(made, "blob", b"text")
    inner = write_tree(made, [(b"100644", b"config", blob)])

    with pytest.raises(TreeRefused, match=r"'\.git/?"):
        paths_of(made, write_tree(made, [(b"40000", b".git", inner)]))


def test_a_name_that_is_there_twice_is_refused(made: Path) -> None:
    entries = [
        (b"100644", b"a", write_object(made, "blob", text)) for text in (b"1", b"2")
    ]

    with pytest.raises(TreeRefused, match="'a' is there twice"):
        paths_of(made, write_tree(made, entries))


def test_bytes_shown_like_another_name_are_refused(made: Path) -> None:
    blob = write_object(made, "blob", b"text")
    entries = [(b"100644", b"\\xff", blob), (b"100644", b"\xff", blob)]

    with pytest.raises(TreeRefused, match="there twice"):
        paths_of(made, write_tree(made, entries))


def test_a_slash_in_a_name_is_found_though_git_lists_it_like_a_folder(
    made: Path,
) -> None:
    blob = write_object(made, "blob", b"text")

    with pytest.raises(TreeRefused, match="holds a slash"):
        paths_of(made, write_tree(made, [(b"100644", b"docs/a.txt", blob)]))


def test_a_tree_bomb_is_refused_early(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MOST_ENTRIES", 10_000)
    level = write_object(made, "blob", b"bang")
    mode = b"100644"
    for _ in range(10):
        level = write_tree(made, [(mode, b"%d" % n, level) for n in range(10)])
        mode = b"40000"

    with pytest.raises(TreeRefused, match="more than 10000 paths"):
        paths_of(made, level)


def test_folders_within_folders_have_an_end(made: Path) -> None:
    commit(made, {"d/" * 300 + "x": b"deep"})

    with pytest.raises(TreeRefused, match=f"{listing.DEEPEST_PATH} folders"):
        paths_of(made, run(made, "rev-parse", "main^{tree}"))


@pytest.mark.parametrize("how", ["gone", "another"])
def test_a_folder_that_is_missing_or_another_s_is_refused(made: Path, how: str) -> None:
    blob = write_object(made, "blob", b"text")
    inner = write_tree(made, [(b"100644", b"a.txt", blob)])
    other = write_tree(made, [(b"100644", b"b.txt", blob)])
    tree = write_tree(made, [(b"40000", b"docs", inner)])
    target = made / "objects" / inner[:2] / inner[2:]
    content = (made / "objects" / other[:2] / other[2:]).read_bytes()
    target.chmod(0o644)
    target.unlink() if how == "gone" else target.write_bytes(content)

    with pytest.raises(TreeRefused, match="cannot read commit"):
        paths_of(made, tree)


def test_an_unknown_mode_is_a_file(made: Path) -> None:
    blob = write_object(made, "blob", b"text")

    paths = paths_of(made, write_tree(made, [(b"100600", b"a.txt", blob)]))

    assert paths == ("a.txt",)
