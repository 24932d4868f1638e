# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Figures are measured on what they say they are measured on."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from benchmarks import agreement, page
from benchmarks.__main__ import measure_fetching
from benchmarks.reference import drawn
from benchmarks.whole import make_whole
from tests.collect.licensing.recognition.recognisers import Phrases
from tests.collect.trees import MemoryFacts
from tests.source.repositories import commit, make_repository, run, tag


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """Return a repository that a large file came to, was changed in, and left."""
    made = make_repository(tmp_path, {"a.txt": b"one"}, name="made")
    run(made, "config", "uploadpack.allowFilter", "true")
    commit(made, {"large.bin": b"x" * 5_000})
    commit(made, {"a.txt": b"two"}, message="M 100644 in a message\nD a.txt\n")
    commit(made, {"large.bin": None, "b.txt": b"three"})
    tag(made, "v1.0")
    return made


def partial(made: Path) -> Path:
    options = ("-q", "--bare", "--filter=blob:limit=1k")
    run(made.parent, "clone", *options, made.as_uri(), "partial")
    return made.parent / "partial"


def objects(repository: Path) -> list[str]:
    return run(repository, "rev-list", "--objects", "--all").splitlines()


def test_of_a_whole_repository_nothing_is_left_out(made: Path, tmp_path: Path) -> None:
    left_out = make_whole(made, tmp_path / "whole")

    assert left_out == 0
    assert sorted(objects(tmp_path / "whole")) == sorted(objects(made))


def test_a_partial_clone_is_made_whole_without_what_it_lacks(
    made: Path, tmp_path: Path
) -> None:
    whole = tmp_path / "whole"

    left_out = make_whole(partial(made), whole)

    assert left_out == 1
    assert run(whole, "fsck", "--strict", "--no-dangling") == ""
    assert not (whole / "objects/info/alternates").exists()
    for name in ("main^{tree}", "v1.0^{tree}", "main~3"):
        assert run(whole, "rev-parse", name) == run(made, "rev-parse", name)
    assert run(whole, "ls-tree", "--name-only", "main~1") == "a.txt"
    assert run(whole, "log", "-1", "--format=%B", "main~1") == (
        run(made, "log", "-1", "--format=%B", "main~1")
    )


def test_fetching_is_measured_on_all_that_was_served(
    made: Path, tmp_path: Path
) -> None:
    whole = tmp_path / "served" / "whole.git"
    left_out = make_whole(partial(made), whole)

    fetched = measure_fetching(whole, tmp_path / "clone.git", left_out)

    assert fetched.objects == len(objects(whole))
    assert fetched.bytes > 0
    assert fetched.cpu > 0
    assert fetched.left_out == 1


def test_a_benchmark_replaces_its_own_section_and_keeps_the_others(
    tmp_path: Path,
) -> None:
    figures = tmp_path / "figures.md"
    page.put("speed", ["fast"], figures)
    page.put("memory", ["small"], figures)
    figures.write_text(figures.read_text() + "\nwritten by hand\n")

    page.put("speed", ["## Speed", "", "faster"], figures)

    text = figures.read_text()
    assert text.startswith("# Figures\n")
    assert text.index("faster") < text.index("small") < text.index("written by hand")
    assert "fast\n" not in text


def test_a_section_that_does_not_end_is_not_written_over(tmp_path: Path) -> None:
    figures = tmp_path / "figures.md"
    figures.write_text("# Figures\n<!-- speed -->\nold\nwritten by hand\n")

    with pytest.raises(ValueError, match="end of speed"):
        page.put("speed", ["new"], figures)

    assert "written by hand" in figures.read_text()


@pytest.fixture
def sample(tmp_path: Path) -> agreement.Sample:
    """Return four files: two the same, one with other words, one not answered."""
    files = {
        "a.c": b"// Copyright 2026 Ada\n// under the zlib licence\n",
        "b.c": b"// under the isc licence, but not for /* | */ `it`\n",
        "c.c": b"int nothing;\n",
        "d.c": b"int slow;\n",
    }
    repository = make_repository(tmp_path, files, name="product")
    said: dict[str, dict[str, object]] = {
        "a.c": {"licences": ["Zlib", []], "holders": ["Ada"]},
        "b.c": {"licences": ["MIT AND ISC", []], "holders": ["Bob | `Co`"]},
        "c.c": {"licences": [None, []], "holders": []},
        "d.c": {"licences": "TookTooLong: ", "holders": []},
    }
    plain = {blob.oid: said[blob.path] for blob in drawn(repository)}
    return agreement.compare(
        repository, plain, Phrases(), MemoryFacts(), is_held_out=True
    )


def test_files_are_held_against_what_plain_scancode_said(
    sample: agreement.Sample,
) -> None:
    by_path = {one.path: one for one in sample.files}

    assert sample.failed == 1
    assert {p for p, one in by_path.items() if one.is_same} == {"a.c", "c.c"}
    assert {p for p, one in by_path.items() if one.has_same_holders} == {"a.c", "c.c"}
    rows = "\n".join(agreement.table([sample]))
    assert "| product | held out | 3 | 2 | 66.67% | 2 | 1 | 50.00% | 2 | 1 |" in rows
    assert "All files, held out, bar 99.5%: not met." in rows


def test_a_difference_is_told_with_its_class_or_that_nobody_looked(
    sample: agreement.Sample,
) -> None:
    [other] = [one.oid for one in sample.files if one.path == "b.c"]
    reviewed = {"licences": {other: {"class": "made for a test", "right": "ScanCode"}}}

    lines = list(agreement.differences([sample], reviewed))

    assert "| 1 | made for a test | ScanCode |" in lines
    assert "| product `b.c` | `MIT` |  | made for a test |" in lines
    assert "| 1 | not looked at by a person yet | open |" in lines
    assert (
        "| product `b.c` | `Bob / 'Co'` |  | not looked at by a person yet |" in lines
    )


def test_what_is_shipped_counts_what_was_compared(sample: agreement.Sample) -> None:
    written = tomllib.loads(agreement.as_shipped([sample], date(2026, 1, 2)))

    assert written["measured_on"] == date(2026, 1, 2)
    assert (written["files"], written["same"]) == (3, 2)
    assert (written["licensed_files"], written["licensed_same"]) == (2, 1)
    assert written["held_out_holders_same"] == 2


def test_expressions_are_the_same_in_whatever_order_and_however_often() -> None:
    once = agreement.simplified(["MIT AND (ISC OR Zlib)"])

    assert agreement.simplified(["Zlib OR ISC", "MIT", "MIT"]) == once
    assert agreement.simplified([]) == frozenset()
    assert agreement.simplified(["no expression"]) == {"no expression"}
