# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Files of earlier commits: told as they were, and never silently left out."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ossay.model.candidate import Part
from ossay.model.earlier import Brought, Earlier, Stretch
from ossay.model.tree import BlobUnreadable, EntryKind, Unreadable
from ossay.source import brought as commits_told
from ossay.source import earlier as module
from ossay.source import earlier_of, objects, open_in_place, process, take_snapshot
from ossay.source.process import Running
from tests.source.memory import Memory
from tests.source.repositories import (
    Executable,
    Files,
    Symlink,
    commit,
    make_repository,
    run,
    write_commit,
    write_tree,
)

NOW = datetime(2026, 1, 1, tzinfo=UTC)
NOWHERE = "5" * 40


def opened(made: Path) -> Earlier:
    """Return what files were like before the branch main of *made*."""
    repository = open_in_place(made, made.parent / "ours")
    part = Part(name="whole", source_url="/somewhere", ref="main")
    return earlier_of(repository, take_snapshot(repository, part, NOW), Memory())


def head(made: Path) -> str:
    return run(made, "rev-parse", "main")


def test_the_files_at_the_top_are_told_and_those_in_licenses(tmp_path: Path) -> None:
    files: Files = {
        "LICENSE": b"one",
        "COPYING": Symlink(b"LICENSE"),
        "src/LICENSE": b"deeper",
        "LICENSES/MIT.txt": b"two",
    }
    made = make_repository(tmp_path, files)
    first = head(made)
    commit(made, {"LICENSE": None, "LICENSES/MIT.txt": None})

    told = dict(opened(made).top_files([first, head(made), first]))

    found = {
        name: [(e.path, e.kind) for e in entries]
        for name, entries in told.items()
        if not isinstance(entries, Unreadable)
    }
    link = ("COPYING", EntryKind.SYMLINK)
    assert found == {
        first: [
            link,
            ("LICENSE", EntryKind.FILE),
            ("LICENSES/MIT.txt", EntryKind.FILE),
        ],
        head(made): [link],
    }


def test_a_file_that_has_other_content_now_is_told_as_it_was(tmp_path: Path) -> None:
    files = {"a": b"1", "b": b"1", "c": b"1", "d ü": b"1", "e": b"1", "f": b"1"}
    made = make_repository(tmp_path, files)
    first = head(made)
    changes = {"a": b"2", "c": None, "d ü": b"2", "e": Symlink(b"a"), "new": b"2"}
    commit(made, {**changes, "f": Executable(b"1")})
    earlier = opened(made)

    changed = earlier.changed_since(first)

    assert not isinstance(changed, Unreadable)
    assert [e.path for e in changed] == ["a", "d ü"]
    tree = earlier.holding(changed)
    assert tree.paths() == ("a", "d ü")
    assert tree.read("a") == b"1"
    assert [e.size_bytes for e in tree.entries()] == [1, 1]
    assert earlier.is_settled()


def test_what_is_missing_is_said_to_be_and_may_be_there_another_time(
    tmp_path: Path,
) -> None:
    made = make_repository(tmp_path, {"a": b"1"})
    first = head(made)
    commit(made, {"a": b"2"})
    earlier = opened(made)
    changed = earlier.changed_since(first)
    assert not isinstance(changed, Unreadable)
    [entry] = changed
    (made / ".git/objects" / entry.oid[:2] / entry.oid[2:]).unlink(missing_ok=True)
    for pack in (made / ".git/objects/pack").glob("*"):
        pack.unlink()

    [(_, told)] = opened(made).top_files([NOWHERE])
    tree = earlier.holding([entry])

    assert isinstance(told, Unreadable)
    with pytest.raises(BlobUnreadable):
        tree.read("a")
    assert not earlier.is_settled()


def test_a_commit_that_is_not_there_cannot_be_compared(tmp_path: Path) -> None:
    earlier = opened(make_repository(tmp_path, {"a": b"1"}))

    assert isinstance(earlier.changed_since(NOWHERE), Unreadable)
    assert not earlier.is_settled()


def test_more_changes_than_are_looked_at_are_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_repository(tmp_path, {"a": b"1", "b": b"1"})
    first = head(made)
    commit(made, {"a": b"2", "b": b"2"})
    monkeypatch.setattr(module, "LARGEST_COMPARISON", 100)
    earlier = opened(made)

    told = earlier.changed_since(first)

    assert told == Unreadable(why="too many of its files are others now")
    assert earlier.is_settled()  # it would be the same the next time


@pytest.mark.parametrize("mode", [b"100600", b"7", b"\xff", b"-1"])
def test_whatever_a_folder_says_of_a_file_it_is_told(
    tmp_path: Path, mode: bytes
) -> None:
    made = make_repository(tmp_path, {"a": b"text"}, bare=True)
    whole = run(made, "rev-parse", "main^{tree}")
    blob = run(made, "rev-parse", "main:a")
    before = write_commit(made, write_tree(made, [(mode, b"LICENSE", blob)]))
    write_commit(made, whole, parents=[before])

    [(_, top)] = opened(made).top_files([before])

    assert isinstance(top, tuple)
    assert [entry.path for entry in top] == ["LICENSE"]


def test_what_is_asked_piece_by_piece_is_asked_of_one_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_repository(tmp_path, {"a": b"1", "LICENSES/MIT.txt": b"text"})
    before, now = head(made), commit(made, {"a": b"2"})
    earlier, started = opened(made), []

    def start(*question: str, **how: Any) -> Running:
        started.append(question)
        return process.start(*question, **how)

    monkeypatch.setattr(objects, "start", start)

    found = [dict(earlier.top_files([commit])) for commit in (before, now)]

    assert found[0][before] != found[1][now]
    assert len(started) == 1


def brought(
    earlier: Earlier, *stretches: Stretch, enough: int = 100, at_most: int = 100
) -> Brought:
    told = earlier.brought(stretches, enough, at_most)
    assert isinstance(told, Brought), told
    return told


def test_what_commits_brought_is_told_newest_first_with_what_was_there_before(
    tmp_path: Path,
) -> None:
    made = make_repository(tmp_path, {"a": b"1", "b ü": b"1", "link": Symlink(b"a")})
    first = head(made)
    second = commit(made, {"a": b"2", "b ü": None, "c": Executable(b"1")})

    told = brought(opened(made), Stretch(tips=(second,)))

    named = [(v.commit, v.path, v.oid, v.before) for v in told.versions]
    one, two = oid(made, first, "a"), oid(made, second, "a")
    assert named == [
        (second, "a", two, one),
        (second, "c", one, ""),
        (first, "a", one, ""),
        (first, "b ü", one, ""),
    ]
    assert (told.commits, told.left, told.commits_left) == (2, (), 0)
    assert [v.committed_at.day for v in told.versions] == [2, 2, 1, 1]


def oid(made: Path, commit: str, path: str) -> str:
    return run(made, "rev-parse", f"{commit}:{path}")


def test_asked_about_what_was_left_it_tells_each_commit_once(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a": b"0"})
    sides = [commit(made, {"a": b"%d" % n}) for n in range(1, 6)]
    run(made, "branch", "side", sides[1])
    commit(made, {"s": b"1"}, branch="side")
    run(made, "merge", "-q", "--no-ff", "-m", "merged", "side")
    left: tuple[Stretch, ...] = (Stretch(tips=(head(made),)),)
    seen: list[tuple[str, str]] = []

    while left:
        earlier = opened(made)
        told = brought(earlier, *left, at_most=2)
        seen += ((v.commit, v.path) for v in told.versions)
        left = told.left

    whole = brought(opened(made), Stretch(tips=(head(made),)))
    assert sorted(seen) == sorted((v.commit, v.path) for v in whole.versions)
    assert len(seen) == len(set(seen)) == 7


def test_a_commit_that_brought_more_than_asked_for_is_told_whole(
    tmp_path: Path,
) -> None:
    made = make_repository(tmp_path, {"a": b"1", "b": b"1", "c": b"1"})

    told = brought(opened(made), Stretch(tips=(head(made),)), at_most=1)

    assert len(told.versions) == 3
    assert told.left == ()


@pytest.mark.parametrize(("enough", "at_most", "told"), [(2, 9, 4), (2, 3, 1)])
def test_a_commit_that_is_more_than_enough_is_told_if_it_is_not_too_much(
    tmp_path: Path, enough: int, at_most: int, told: int
) -> None:
    made = make_repository(tmp_path, {"a": b"1"})
    commit(made, {"a": b"2", "b": b"2", "c": b"2"})
    newest = commit(made, {"a": b"3"})

    seen = brought(
        opened(made), Stretch(tips=(newest,)), enough=enough, at_most=at_most
    )

    assert len(seen.versions) == told


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_git_is_asked_about_no_more_commits_than_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    made = make_repository(tmp_path, {"a": b"0"})
    made_since = [commit(made, {"a": b"%d" % n}) for n in range(1, 8)]
    monkeypatch.setattr(commits_told, "_FIRST", at_once)

    told = brought(opened(made), Stretch(tips=(head(made),)), enough=5)

    assert [v.commit for v in told.versions] == made_since[:-6:-1]
    assert told.commits_left == 3


def test_commits_that_are_not_there_brought_nothing_that_can_be_told(
    tmp_path: Path,
) -> None:
    earlier = opened(make_repository(tmp_path, {"a": b"1"}))

    assert isinstance(earlier.brought([Stretch(tips=(NOWHERE,))], 10, 10), Unreadable)
    assert not earlier.is_settled()


def test_contents_come_in_order_and_what_cannot_be_read_is_said_to_be(
    tmp_path: Path,
) -> None:
    made = make_repository(tmp_path, {"a": b"one", "b": b"three"})
    one, three = oid(made, "main", "a"), oid(made, "main", "b")

    told = list(opened(made).contents([one, three, NOWHERE, one], 4))

    assert told[0] == told[3] == b"one"
    assert told[1] == Unreadable(why="it has 5 bytes, more than 4")
    assert told[2] == Unreadable(why="it is missing from the repository")
