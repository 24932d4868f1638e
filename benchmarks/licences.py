# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Measure reading the licence of every file, beside ScanCode and `reuse lint`.

    python -m benchmarks.licences FOLDER REPOSITORY...

Each REPOSITORY is a bare git directory. ScanCode's side is what `benchmarks.reference`
kept in FOLDER: CPU time of the files that were drawn, scaled to all files. What was
measured of ossay is kept there, too, in a file for each tree: called again, this goes
on where it ended, and measures anew what was deleted. Writes a section of
docs/figures.md.
"""

import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean, median, stdev
from typing import Any

from benchmarks import page
from benchmarks.reference import drawn, git, kept
from benchmarks.trees import COMMITS, make_trees

RUNS = 5
FEWEST_DRAWN = 150
MIDDLE_FILES, MANY_FILES = 5_000, 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """
    What it took on one tree: CPU seconds, and bytes at the peak.

    Attributes:
        at: The commit of ossay, and the day.
        cold_own: Of the cold run, that of ossay's own process.
        start: The engine's, which is in no other figure.
        open: Files in which something was not told.
    """

    tree: str
    at: str
    files: int
    cold: float
    cold_own: float
    commits: float
    warm: float
    start: float
    own_bytes: int
    engine_bytes: int
    open: int
    reuse_lint: float
    reuse_bytes: int
    reading: float
    load: float
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """
    CPU seconds of plain ScanCode for each file of a sample, and what it was drawn of.

    Attributes:
        failed: Files on which it failed, or took too long; their time counts.
    """

    seconds: tuple[float, ...]
    files: int
    failed: int

    @property
    def scaled(self) -> float:
        """CPU seconds for all files."""
        return mean(self.seconds) * self.files

    @property
    def spread(self) -> float:
        """Half the width of the interval that holds `scaled` 95 times in 100."""
        if len(self.seconds) < 2:
            return math.inf
        return 1.96 * stdev(self.seconds) / math.sqrt(len(self.seconds)) * self.files


@dataclass(frozen=True, slots=True, kw_only=True)
class Metered:
    """CPU seconds and bytes at the peak of a command; of several processes, of one."""

    cpu: float
    peak_bytes: int


Row = tuple[Cost, Drawn | None]
Bar = tuple[str, Callable[[Row], bool], Callable[[Row], bool]]


def ratio(row: Row) -> float | None:
    """Return how many times ossay's CPU plain ScanCode takes."""
    cost, plain = row
    return plain.scaled / cost.cold if plain is not None else None


BARS: tuple[Bar, ...] = (
    (
        "ScanCode takes at least 80 times the CPU of ossay, cold",
        lambda row: row[1] is not None and len(row[1].seconds) >= enough(row[1]),
        lambda row: (ratio(row) or 0) >= 80,
    ),
    (
        f"Cold, at most 20 CPU-s for {MANY_FILES:,} files, in proportion",
        lambda row: row[0].files >= MIDDLE_FILES,
        lambda row: row[0].cold <= 20 * row[0].files / MANY_FILES,
    ),
    (
        f"Warm, at most 0.15 s at {MIDDLE_FILES:,} files or fewer",
        lambda row: row[0].files <= MIDDLE_FILES,
        lambda row: row[0].warm <= 0.15,
    ),
    (
        f"{COMMITS} commits, at most 1 s",
        lambda _: True,
        lambda row: row[0].commits <= 1,
    ),
    (
        "Main process, at most 300 MB",
        lambda _: True,
        lambda row: row[0].own_bytes <= 300e6,
    ),
)


def enough(plain: Drawn) -> int:
    """Return how many files have to be drawn."""
    return min(FEWEST_DRAWN, plain.files)


def main() -> None:
    """Measure what was not measured yet, and write down all of it."""
    folder, repositories = Path(sys.argv[1]), [Path(p) for p in sys.argv[2:]]
    if not repositories:
        sys.exit("name a folder, and one or more bare repositories to measure on")
    rows = [(_cost(folder, each), scancode_on(folder, each)) for each in repositories]
    scancode = metered_scancode(repositories[0])
    lines = list(section(rows, scancode, _scancode_version(folder)))
    print("\n".join(lines))
    page.put("licences", lines)


def _scancode_version(folder: Path) -> str:
    [answers] = folder.glob("scancode-*.jsonl")
    return answers.stem


def _cost(folder: Path, repository: Path) -> Cost:
    """Return what was measured of *repository* before, or measure it."""
    commit = git(repository, "rev-parse", "HEAD").decode().strip()
    place = folder / "costs" / f"{commit}.json"
    if place.exists():
        known = json.loads(place.read_text())
        return Cost(**known | {"warnings": tuple(known["warnings"])})
    found = measure(repository)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(asdict(found)))
    return found


def measure(repository: Path) -> Cost:
    """Measure ossay, `reuse lint` and plain reading on *repository*."""
    load = os.getloadavg()[0]
    at = f"{_commit()} on {datetime.now(UTC).date()}"
    with tempfile.TemporaryDirectory() as made:
        scratch = Path(made)
        source = scratch / "source.git"
        make_trees(repository, source, RUNS + 1)
        cold = recognise(scratch / "home", source, "main", "start")
        warm = _warm(scratch / "home", source)
        recognise(scratch / "other", source, "before", "start")
        commits = recognise(scratch / "other", source, "main", "start")
        lint = _lint(source, scratch / "tree")
        reading = _reading(source)
    return Cost(
        tree=repository.parent.name if repository.name == "repo" else repository.name,
        at=at,
        files=cold["files"],
        cold=cold["cpu"],
        cold_own=cold["own_cpu"],
        commits=commits["cpu"],
        warm=warm,
        start=cold["start_cpu"],
        own_bytes=cold["own_bytes"],
        engine_bytes=cold["started_bytes"],
        open=cold["open"],
        reuse_lint=lint.cpu,
        reuse_bytes=lint.peak_bytes,
        reading=reading.cpu,
        load=load,
        warnings=tuple(cold["warnings"]),
    )


def _commit() -> str:
    return git(Path(), "describe", "--always", "--dirty").decode().strip()


def recognise(home: Path, source: Path, ref: str, *rest: str) -> Any:
    """Return what one run of `benchmarks.recognising` tells."""
    command = ["benchmarks.recognising", str(home), str(source), ref, *rest]
    done = subprocess.run(
        [sys.executable, "-m", *command], check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout)


def _warm(home: Path, source: Path) -> float:
    """
    Return what a new process takes for files that are known, in renamed folders.

    Each run has folders of other names. The first tells which modules it needs, and
    those that count import them before.
    """
    first = recognise(home, source, "renamed-0", "no-start")
    runs = [
        recognise(home, source, f"renamed-{run}", "no-start", *first["modules"])
        for run in range(1, RUNS + 1)
    ]
    return float(median(run["cpu"] for run in runs))


def _lint(source: Path, tree: Path) -> Metered:
    clone = ["git", "clone", "-q", "--shared", "-b", "main", str(source), str(tree)]
    subprocess.run(clone, check=True)
    reuse = str(Path(sys.executable).with_name("reuse"))
    return metered([reuse, "--root", str(tree), "lint", "--json"])


def _reading(source: Path) -> Metered:
    listed = git(source, "ls-tree", "-r", "main").splitlines()
    names = {line.split()[2] for line in listed if line.split()[1] == b"blob"}
    with tempfile.TemporaryFile() as given:
        given.write(b"\n".join(sorted(names)) + b"\n")
        given.seek(0)
        batch = ["git", "-C", str(source), "cat-file", "--batch", "--buffer"]
        return metered(batch, given.fileno())


def metered(
    command: Sequence[str], given: int = subprocess.DEVNULL, cwd: Path | None = None
) -> Metered:
    """Run *command* to its end; tell what it and the processes it started took."""
    running = subprocess.Popen(
        command,
        stdin=given,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=cwd,
    )
    _, _, took = os.wait4(running.pid, 0)
    running.returncode = 0
    return Metered(cpu=took.ru_utime + took.ru_stime, peak_bytes=took.ru_maxrss * 1024)


def metered_scancode(repository: Path) -> Metered:
    """Return what plain ScanCode takes to start, and for one file."""
    python = Path(".engine/bin/python").absolute()
    with tempfile.TemporaryDirectory() as scratch:
        command = ["-m", "benchmarks.reference", scratch, "1", "600", str(repository)]
        return metered([str(python), *command])


def scancode_on(folder: Path, repository: Path) -> Drawn | None:
    """Return what plain ScanCode took for those files that it was asked about."""
    [answers] = folder.glob("scancode-*.jsonl")
    known = {each["oid"]: each for each in kept(answers)}
    asked = [known[b.oid] for b in drawn(repository) if b.oid in known]
    asked = [each for each in asked if "holder_cpu" in each]
    if not asked:
        return None
    listed = git(repository, "ls-tree", "-r", "HEAD").splitlines()
    return Drawn(
        seconds=tuple(each["licence_cpu"] + each["holder_cpu"] for each in asked),
        files=sum(line.startswith((b"100644", b"100755")) for line in listed),
        failed=sum(isinstance(each["licences"], str) for each in asked),
    )


def section(rows: Sequence[Row], scancode: Metered, version: str) -> Iterator[str]:
    """Yield what was measured, and how it stands to the bars."""
    yield from _costs(rows)
    yield from _plain(rows, scancode, version)
    yield from _bars(rows)


def _costs(rows: Sequence[Row]) -> Iterator[str]:
    measured = ", ".join(sorted({cost.at for cost, _ in rows}))
    starts = [cost.start for cost, _ in rows]
    loads = [cost.load for cost, _ in rows]
    yield from (
        "## The licence of every file",
        "",
        "Made by `python -m benchmarks.licences FOLDER REPOSITORY...`, measured at",
        f"commit {measured};",
        f"{os.cpu_count()} cores, load average {min(loads):.1f} to {max(loads):.1f}.",
        "CPU seconds of all processes, in one run; of *warm* the median of "
        f"{RUNS} runs.",
        "*Cold*: nothing is known. "
        f"*{COMMITS} commits*: the tree of so many commits before",
        "is known. *Warm*: a new process beyond its start, the same register, a new",
        "commit of the same files with every folder of the root renamed. The engine's",
        f"start is in none of these; it takes {min(starts):.1f} to {max(starts):.1f}.",
        "Memory is the peak of the largest process.",
        "",
        "| tree | files | cold | of it ossay's own process |"
        f" {COMMITS} commits | warm | reuse lint | reading all blobs |"
        " MB of ossay, engine, reuse | files with something open |",
        "| --- " * 10 + "|",
    )
    for cost, _ in rows:
        sizes = (cost.own_bytes, cost.engine_bytes, cost.reuse_bytes)
        memory = ", ".join(f"{size / 1e6:.0f}" for size in sizes)
        yield (
            f"| {cost.tree} | {cost.files:,} | {cost.cold:.2f} | {cost.cold_own:.2f} | "
            f"{cost.commits:.2f} | {cost.warm:.2f} | {cost.reuse_lint:.2f} | "
            f"{cost.reading:.2f} | {memory} | {cost.open:,} |"
        )


def _plain(rows: Sequence[Row], scancode: Metered, version: str) -> Iterator[str]:
    yield from (
        "",
        f"Plain ScanCode ({version}; what `-l -c` runs for each file, with its own",
        "choice of candidates, its start left out) on files drawn by the hash of their",
        "content, scaled to all files, with the interval that holds the true figure 95",
        "times in 100. Its start and one file take "
        f"{scancode.cpu:.1f} CPU-s and {scancode.peak_bytes / 1e6:,.0f} MB,",
        "which each of its processes takes.",
        "",
        "| tree | files | drawn | failed | CPU-s a file: mean, median, most |"
        " scaled, CPU-s | ossay cold | ratio |",
        "| --- " * 8 + "|",
    )
    for row in rows:
        yield _plain_row(row)
    yield ""


def _bars(rows: Sequence[Row]) -> Iterator[str]:
    for what, concerns, holds in BARS:
        concerned = [row for row in rows if concerns(row)]
        met = sum(map(holds, concerned))
        yield f"{what}: met on {met} of {len(concerned)}.  "
    short = [c.tree for c, p in rows if p is None or len(p.seconds) < enough(p)]
    if short:
        trees = ", ".join(short)
        yield f"Fewer than {FEWEST_DRAWN} drawn, so not held to a ratio: {trees}.  "
    for warning in sorted({w for cost, _ in rows for w in cost.warnings}):
        yield f"The engine says of itself: {warning}"


def _plain_row(row: Row) -> str:
    cost, plain = row
    if plain is None:
        return f"| {cost.tree} | {cost.files:,} | 0 | | | | {cost.cold:.2f} | |"
    each = plain.seconds
    return (
        f"| {cost.tree} | {plain.files:,} | {len(each):,} | {plain.failed} | "
        f"{mean(each):.2f}, {median(each):.2f}, {max(each):.2f} | "
        f"{plain.scaled:,.0f} ± {plain.spread:,.0f} | {cost.cold:.2f} | "
        f"{ratio(row):.0f} |"
    )


if __name__ == "__main__":
    main()
