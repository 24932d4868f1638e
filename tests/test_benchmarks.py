# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Figures are measured on what they say they are measured on."""

import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benchmarks import agreement, licences, page
from benchmarks.__main__ import measure_fetching
from benchmarks.licences import Cost, Drawn, Metered
from benchmarks.reference import drawn
from benchmarks.speaking import speaking
from benchmarks.trees import make_trees
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
    """Return five files: three the same, one with other words, one not answered."""
    files = {
        "a.c": b"// Copyright 2026 Ada\n// under the zlib licence\n",
        "b.c": b"// under the isc licence, but not for /* | */ `it`\n",
        "c.c": b"int nothing;\n",
        "d.c": b"int slow;\n",
        "e.c": b"// under the gpl licence\n",
    }
    repository = make_repository(tmp_path, files, name="product")
    said: dict[str, dict[str, object]] = {
        "a.c": {"licences": ["Zlib", []], "holders": ["Ada"]},
        "b.c": {"licences": ["MIT AND ISC", []], "holders": ["Bob | `Co`"]},
        "c.c": {"licences": [None, []], "holders": []},
        "d.c": {"licences": "TookTooLong: ", "holders": []},
        "e.c": {"licences": ["GPL-2.0-only", []], "holders": []},
    }
    plain = {
        blob.oid: said[blob.path] | {"is_drawn": blob.path != "e.c"}
        for blob in drawn(repository)
    }
    return agreement.compare(
        repository, plain, Phrases(), MemoryFacts(), is_held_out=True
    )


def test_files_are_held_against_what_plain_scancode_said(
    sample: agreement.Sample,
) -> None:
    by_path = {one.path: one for one in sample.files}

    assert sample.failed == 1
    same = {p for p, one in by_path.items() if one.is_same and one.has_same_holders}
    assert same == {"a.c", "c.c", "e.c"}
    rows = "\n".join(agreement.table([sample]))
    assert "| product | held out | 3 | 2 | 66.67% | 3 | 2 | 66.67% | 2 | 1 |" in rows
    assert "All files, held out, bar 99.5%: not met (2 of 3)." in rows
    assert "drawn of all, held out, bar 99.0%: not met (1 of 2)." in rows
    assert "a name or a word too, held out, bar 99.0%: not met (2 of 3)." in rows


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
    assert written["what"] == (
        "files drawn from 1 repositories, 1 of them not used while developing"
    )
    assert (written["licensed_files"], written["licensed_same"]) == (3, 2)
    assert written["held_out_with_holders_same"] == 1


def test_expressions_are_the_same_in_whatever_order_and_however_often() -> None:
    once = agreement.simplified(["MIT AND (ISC OR Zlib)"])

    assert agreement.simplified(["Zlib OR ISC", "MIT", "MIT"]) == once
    assert agreement.simplified([]) == frozenset()
    assert agreement.simplified(["no expression"]) == {"no expression"}
    assert agreement.simplified(["GPL-2.0"]) != agreement.simplified(["GPL-2.0-only"])


def test_files_that_hold_a_word_of_licences_are_drawn_of_all(tmp_path: Path) -> None:
    files = {f"{n}.c": f"int a{n};\n".encode() for n in range(20)}
    files |= {f"{n}.h": f"// {n}: GPL\n".encode() for n in range(4)}
    files["large.h"] = b"// no warranty\n" * 2_000
    files["src/COPYING"] = b"Do what you like\n" * 2_000
    repository = make_repository(tmp_path, files, name="product")

    found = [blob.path for blob in speaking(str(repository))]

    assert found[0] == "src/COPYING"
    assert sorted(found[1:]) == ["0.h", "1.h", "2.h", "3.h"]
    every = [blob.path for blob in drawn(repository)]
    assert found[1:] == [path for path in every if path in found[1:]]


def test_a_tree_is_measured_before_now_and_with_renamed_folders(
    made: Path, tmp_path: Path
) -> None:
    commit(made, {"src/c.txt": b"four", "LICENSES/MIT.txt": b"five"})
    whole = tmp_path / "trees.git"

    make_trees(made, whole, renamings=2)

    for branch, files in (
        ("before", ["a.txt"]),
        ("main", ["LICENSES/MIT.txt", "a.txt", "b.txt", "src/c.txt"]),
        (
            "renamed-1",
            [
                "LICENSES-renamed-1/MIT.txt",
                "a.txt",
                "b.txt",
                "src-renamed-1/c.txt",
            ],
        ),
    ):
        assert run(whole, "ls-tree", "-r", "--name-only", branch).splitlines() == files
    assert run(whole, "rev-parse", "main^{tree}") == run(
        made, "rev-parse", "HEAD^{tree}"
    )


def test_a_tree_is_measured_without_the_files_that_are_missing(
    made: Path, tmp_path: Path
) -> None:
    commit(made, {"large.bin": b"y" * 5_000})
    snapshot = partial(made)
    run(snapshot, "remote", "remove", "origin")
    whole = tmp_path / "trees.git"

    make_trees(snapshot, whole, renamings=1)

    assert run(whole, "ls-tree", "-r", "--name-only", "main").split() == [
        "a.txt",
        "b.txt",
    ]
    assert run(whole, "fsck", "--no-dangling") == ""


def cost(**figures: float | str) -> Cost:
    """Return what a tree of 1,000 files took."""
    values: dict[str, Any] = {
        "tree": "product",
        "at": "abc on 2026-01-02",
        "files": 1_000,
        "cold": 2.0,
        "cold_own": 1.0,
        "commits": 0.5,
        "warm": 0.1,
        "start": 1.2,
        "own_bytes": 100_000_000,
        "engine_bytes": 200_000_000,
        "open": 3,
        "reuse_lint": 2.0,
        "reuse_bytes": 50_000_000,
        "reading": 0.1,
        "load": 1.0,
        "warnings": (),
    }
    return Cost(**values | figures)


def test_a_sample_is_scaled_to_all_files_and_told_with_its_spread() -> None:
    plain = Drawn(seconds=(0.1, 0.3) * 75, files=1_000, failed=2)
    scancode = Metered(cpu=13.0, peak_bytes=1_500_000_000)

    text = "\n".join(licences.section([(cost(), plain)], scancode, "scancode-1"))

    assert (
        "| product | 1,000 | 150 | 2 | 0.20, 0.20, 0.30 | 200 ± 16 | 2.00 | 100 |"
        in text
    )
    assert (
        "ScanCode takes at least 80 times the CPU of ossay, cold: met on 1 of 1."
        in text
    )
    assert "take 13.0 CPU-s and 1,500 MB" in text


def test_too_small_a_sample_holds_no_ratio() -> None:
    plain = Drawn(seconds=(1.0,) * 149, files=1_000, failed=0)
    scancode = Metered(cpu=13.0, peak_bytes=1_500_000_000)
    rows = [(cost(), plain), (cost(tree="other", warm=0.2), None)]

    text = "\n".join(licences.section(rows, scancode, "scancode-1"))

    assert "CPU of ossay, cold: met on 0 of 0." in text
    assert "Fewer than 150 drawn, so not held to a ratio: product, other." in text
    assert "Warm, at most 0.15 s at 5,000 files or fewer: met on 1 of 2." in text


def test_a_run_is_metered_with_the_processes_it_starts() -> None:
    busy = "sum(range(3_000_000))"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}])"

    alone = licences.metered([sys.executable, "-c", "pass"])
    with_child = licences.metered([sys.executable, "-c", child])

    assert with_child.cpu > alone.cpu > 0
    assert alone.peak_bytes > 1_000_000


def test_what_a_stopped_process_had_started_is_metered_too() -> None:
    busy = "sum(range(5_000_000)); print('done')"
    middle = (
        "import subprocess, sys, threading\n"
        f"subprocess.Popen([sys.executable, '-c', {busy!r}])\n"
        "print('started', flush=True)\nthreading.Event().wait()"
    )
    metering = (
        "import subprocess, sys\nfrom benchmarks import recognising\n"
        "recognising.adopt_orphans()\n"
        f"one = subprocess.Popen([sys.executable, '-c', {middle!r}], stdout=-1)\n"
        "one.stdout.readline()\none.kill()\none.wait()\n"
        "before = recognising.used().started\n"
        "one.stdout.read()  # ends with the last of those that write to it\n"
        "print(recognising.used().started - before)\n"
    )

    told = subprocess.run(
        [sys.executable, "-c", metering], check=True, capture_output=True, text=True
    )

    assert float(told.stdout) > 0


@pytest.mark.engine
def test_the_engine_works_for_what_is_new_and_not_for_folders_with_other_names(
    made: Path, tmp_path: Path
) -> None:
    notice = b"// This is free software; you may use it under the zlib license.\n"
    commit(made, {"src/c.c": notice + b"int c;\n", "d.c": b"int d;\n"})
    source, home = tmp_path / "trees.git", tmp_path / "home"
    make_trees(made, source, renamings=1)

    cold = licences.recognise(home, source, "main", "start")
    warm = licences.recognise(home, source, "renamed-0", "no-start", *cold["modules"])

    assert cold["files"] == warm["files"] == 4
    assert cold["start_cpu"] > warm["start_cpu"]
    assert cold["started_bytes"] > 50_000_000 > warm["started_bytes"]
    assert cold["cpu"] >= cold["own_cpu"] > 0
