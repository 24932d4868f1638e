# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Clones of one beginning are compared where they lie; nothing is fetched."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ossay.model.candidate import Part
from ossay.model.kin import Distance, Kin
from ossay.model.tree import Unreadable
from ossay.source import first_commit_of, kin, kin_of, open_in_place, take_snapshot
from tests.source.repositories import commit, make_repository, run, write_commit

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def upstream(tmp_path: Path) -> Path:
    return make_repository(tmp_path, {"a.txt": b"0"}, bare=True)


@pytest.fixture
def fork(upstream: Path) -> Path:
    return shutil.copytree(upstream, upstream.parent / 'fork "of: it')


def said(repository: Path, files: dict[str, bytes], subject: str) -> str:
    """Commit *files* under *subject*; return the commit."""
    parent = run(repository, "rev-parse", "main")
    tree = run(repository, "rev-parse", f"{commit(repository, files)}^{{tree}}")
    extra = f"\n{subject}\n".encode()
    return write_commit(repository, tree, parents=[parent], extra=extra)


def between(fork: Path, upstream: Path) -> tuple[Kin, str]:
    ours = open_in_place(fork, fork.parent / "one: of\\ ours")
    theirs = open_in_place(upstream, fork.parent / "two: of\\ ours")
    snapshot = take_snapshot(ours, Part(name="whole", source_url="/x", ref="main"), NOW)
    return kin_of(ours, snapshot, [theirs]), theirs.url


def test_the_distance_is_counted_on_both_sides(upstream: Path, fork: Path) -> None:
    commit(upstream, {"b.txt": b"1"})
    commit(upstream, {"b.txt": b"2"})
    commit(fork, {"c.txt": b"1"})

    known, address = between(fork, upstream)

    assert known.addresses() == (address,)
    assert known.distance_to(address) == Distance(ahead=1, behind=2)
    assert known.is_settled()


def test_a_fix_that_was_taken_over_under_another_name_is_not_missing(
    upstream: Path, fork: Path
) -> None:
    said(upstream, {"b.txt": b"1"}, "Fix the lock")
    missing = said(upstream, {"c.txt": b"1"}, "Bound what is read (CVE-2026-12345)")
    said(upstream, {"d.txt": b"1"}, "Describe prefixes")
    said(fork, {"other.txt": b"1"}, "Go our own way")
    said(fork, {"b.txt": b"1"}, "Take over a change")

    known, address = between(fork, upstream)

    assert known.fixes_at(address) == (missing,)


def test_too_many_changes_are_not_compared_one_by_one(
    upstream: Path, fork: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(upstream, {"b.txt": b"1"})
    monkeypatch.setattr(kin, "MOST_COMPARED", 0)

    known, address = between(fork, upstream)

    assert known.distance_to(address) == Distance(ahead=0, behind=1)
    assert isinstance(known.fixes_at(address), Unreadable)
    assert known.is_settled()


def test_what_is_missing_there_is_not_taken_for_nothing(
    upstream: Path, fork: Path
) -> None:
    middle = commit(upstream, {"b.txt": b"1"})
    commit(upstream, {"b.txt": b"2"})
    (upstream / "objects" / middle[:2] / middle[2:]).unlink()

    known, address = between(fork, upstream)

    assert isinstance(known.distance_to(address), Unreadable)
    assert isinstance(known.fixes_at(address), Unreadable)
    assert not known.is_settled()


def test_the_first_commit_is_that_of_the_main_line(upstream: Path) -> None:
    first = run(upstream, "rev-parse", "main")
    tree = run(upstream, "rev-parse", "main^{tree}")
    foreign = write_commit(upstream, tree, branch="foreign", extra=b"x y\n")
    write_commit(upstream, tree, parents=[first, foreign])
    ours = open_in_place(upstream, upstream.parent / "ours")
    part = Part(name="whole", source_url="/x", ref="main")

    assert first_commit_of(ours, take_snapshot(ours, part, NOW)) == first
