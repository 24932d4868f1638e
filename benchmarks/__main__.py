# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Measure `ossay assess` beside `reuse lint`, and write docs/figures.md.

    python -m benchmarks REPOSITORY...

Each REPOSITORY is a local clone. CPU is user and system time of a process and its
children. *Cold* starts with empty caches at a repository that is there; *start* is
a run that imports the same modules and does nothing.
"""

import os
import platform
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

FIGURES = Path("docs/figures.md")
RUNS = 3
START = """
import os
from ossay import pipeline, steps, collect
from ossay.cli import assess, _shared
from ossay.engine import Settings, Workshop
collect.declared_facts()
with _shared.this_workshop():
    pass
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """CPU seconds on one repository."""

    name: str
    files: int
    cold: float
    head_unchanged: float
    tree_unchanged: float
    start: float
    reuse_lint: float
    clone: float

    @property
    def ratio(self) -> float:
        """Return how many times the CPU of `reuse lint` a cold assessment takes."""
        return self.cold / self.reuse_lint


def main() -> None:
    """Measure every repository named and write the table."""
    rows = [_measure(Path(given).resolve()) for given in sys.argv[1:]]
    if not rows:
        sys.exit("name one or more local clones to measure on")
    text = _table(rows)
    print(text)
    FIGURES.write_text(text)


def _measure(repository: Path) -> Row:
    with tempfile.TemporaryDirectory() as made:
        scratch = Path(made)
        bare, home = scratch / "clone.git", scratch / "home"
        clone = _cpu(
            [
                "git",
                "-c",
                "transfer.fsckObjects=true",
                "clone",
                "-q",
                "--bare",
                "--no-local",
                str(repository),
                str(bare),
            ],
            check=False,
        )
        if not bare.exists():
            bare, clone = repository, float("nan")
        colds = []
        for _ in range(RUNS):
            subprocess.run(["rm", "-rf", str(home)], check=True)
            colds.append(_assess(bare, home, scratch))
        again = _median(lambda: _assess(bare, home, scratch))
        start = _median(lambda: _cpu([sys.executable, "-c", START], home=home))
        _empty_commit(bare, scratch)
        moved = _assess(scratch / "moved", home, scratch)
        tree = scratch / "tree"
        _run("git", "clone", "-q", "--shared", str(bare), str(tree))
        lint = _median(
            lambda: _cpu(
                [
                    str(Path(sys.executable).with_name("reuse")),
                    "--root",
                    str(tree),
                    "lint",
                    "--json",
                ],
                check=False,
            )
        )
        files = _run("git", "-C", str(bare), "ls-tree", "-r", "--name-only", "HEAD")
    return Row(
        name=repository.parent.name if repository.name == "repo" else repository.name,
        files=files.count("\n"),
        cold=sorted(colds)[RUNS // 2],
        head_unchanged=max(again - start, 0),
        tree_unchanged=max(moved - start, 0),
        start=start,
        reuse_lint=lint,
        clone=clone,
    )


def _assess(repository: Path, home: Path, scratch: Path) -> float:
    out = str(scratch / "memo")
    command = [
        sys.executable,
        "-m",
        "ossay",
        "assess",
        str(repository),
        "--ref",
        "HEAD",
    ]
    return _cpu([*command, "--out", out], home=home)


def _empty_commit(bare: Path, scratch: Path) -> None:
    """Make a clone whose newest commit has the tree of the one before."""
    moved = scratch / "moved"
    _run("git", "clone", "-q", "--bare", "--shared", str(bare), str(moved))
    identity = {
        "GIT_AUTHOR_NAME": "a",
        "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@example.org",
    }
    at = ["git", "-C", str(moved)]
    made = subprocess.run(
        [*at, "commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "same tree"],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | identity,
    )
    _run(*at, "update-ref", "HEAD", made.stdout.strip())


def _median(measure: Callable[[], float]) -> float:
    return sorted(measure() for _ in range(RUNS))[RUNS // 2]


def _cpu(command: list[str], *, home: Path | None = None, check: bool = True) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    settings = os.environ | ({"OSSAY_HOME": str(home)} if home else {})
    done = subprocess.run(command, env=settings, capture_output=True, check=False)
    if check and done.returncode != 0:
        sys.exit(f"{command} ended with {done.returncode}: {done.stderr.decode()}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _table(rows: list[Row]) -> str:
    commit = _run("git", "describe", "--always", "--dirty").strip()
    versions = ", ".join(
        f"{name} {metadata.version(name)}"
        for name in ("reuse", "spdx-tools", "sqlalchemy")
    )
    lines = [
        "# Figures",
        "",
        f"Made on {datetime.now(UTC).date()} at commit {commit} by",
        "`python -m benchmarks REPOSITORY...`.",
        f"Python {platform.python_version()}, {versions}; {os.cpu_count()} cores,",
        f"{platform.system()} {platform.machine()}.",
        f"CPU seconds, median of {RUNS} runs.",
        "Head and tree unchanged are beyond start.",
        "",
        "| repository | files | cold | reuse lint | ratio (bar 3) | head unchanged |"
        " tree unchanged (bar 0.5) | start | clone with fsck |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        *(
            f"| {r.name} | {r.files:,} | {r.cold:.2f} | {r.reuse_lint:.2f} | "
            f"{r.ratio:.2f} | {r.head_unchanged:.2f} | {r.tree_unchanged:.2f} | "
            f"{r.start:.2f} | {r.clone:.2f} |"
            for r in rows
        ),
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
