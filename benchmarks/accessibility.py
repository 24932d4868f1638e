# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Measure what looks at accessibility and inclusion in a tree; write docs/figures.md.

    python -m benchmarks.accessibility REPOSITORY...

Each REPOSITORY is a local clone. Measured are the collectors of `PART`: signs in the
repository and checks of templates, but no rendered pages, for which a browser runs.
*Cold* knows nothing of the repository, the code is imported. *Unchanged* asks again
for a new commit of the same tree. Of all runs the least counts.
"""

import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import page
from benchmarks.__main__ import release
from benchmarks.recognising import adopt_orphans, used
from benchmarks.whole import make_whole
from ossay import codec, gathering, pipeline, steps
from ossay.engine import Settings, Workshop
from ossay.model.digest import Digest
from ossay.model.evidence import Observation
from tests.source.repositories import make_repository

RUNS = 3
BARS = (6.0, 0.5)
PART = ("accessibility", "inclusion", "languages", "templates", "documentation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one repository took: CPU seconds of all, and those of collectors, cold."""

    name: str
    files: int
    cold: float
    unchanged: float
    parts: dict[str, float]


def main() -> None:
    """Measure every repository named and write the section."""
    adopt_orphans()
    given = [Path(name).resolve() for name in sys.argv[1:]]
    if not given:
        sys.exit("name one or more local clones")
    with tempfile.TemporaryDirectory() as made:
        _measure(make_repository(Path(made), _FIRST))  # imports the code
        rows = [_measure(repository) for repository in given]
    lines = list(_lines(rows))
    print("\n".join(lines))
    page.put("accessibility", lines)


_FIRST = {
    "README.md": b"# Hello\n\nIt greets people who come by, and says what day it is.\n",
    "src/index.html": b"<html lang=en><title>A</title><img src=a.png></html>\n",
    "src/App.vue": b"<template><p>Hello</p></template>\n",
    "src/a.css": b"a { color: red }\n",
    "locales/fr.json": b'{"a": "b"}\n',
    "package.json": b'{"dependencies": {"bootstrap": "5"}}\n',
}


def _measure(repository: Path) -> Row:
    measured = []
    for number in range(RUNS):
        with tempfile.TemporaryDirectory() as made:
            whole = Path(made) / "whole.git"
            make_whole(repository, whole)
            release(whole, 0)
            settings = Settings.read({"OSSAY_HOME": f"{made}/home"}, local_paths=True)
            with Workshop.open(settings) as workshop:
                parts, snapshot = _asked(workshop, whole)
                release(whole, number + 1)
                again, _ = _asked(workshop, whole)
                files = _files(workshop, snapshot)
        measured.append((sum(parts.values()), sum(again.values()), parts))
    best = min(measured, key=lambda each: each[0])
    return Row(
        name=repository.parent.name if repository.name == "repo" else repository.name,
        files=files,
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


def _files(workshop: Workshop, snapshot: str) -> int:
    digest = Digest(gathering.gather(workshop, "contents", snapshot))
    content = workshop.register.artefacts.get(digest)
    for answer in codec.from_json(gathering.Gathered, content).observed:
        if isinstance(answer, Observation) and answer.fact == "contents.files":
            return int(str(answer.value))
    msg = "the collector of contents did not count the files"
    raise ValueError(msg)


def _lines(rows: list[Row]) -> Iterator[str]:
    cold, unchanged = BARS
    yield from (
        "## Accessibility and inclusion, without rendered pages",
        "",
        f"Made on {datetime.now(UTC).date()} by",
        "`python -m benchmarks.accessibility REPOSITORY...`.",
        f"Python {platform.python_version()};",
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}.",
        f"CPU seconds, the least of {RUNS} runs, git's processes included.",
        f"Load average {os.getloadavg()[2]:.1f} in the last quarter of an hour.",
        f"The bars are for 5,000 files: {cold:g} cold, {unchanged:g} unchanged.",
        "",
        f"| repository | files | cold | unchanged | {' | '.join(PART)} |",
        "| --- " * (4 + len(PART)) + "|",
    )
    for row in rows:
        parts = " | ".join(f"{row.parts[name]:.2f}" for name in PART)
        yield (
            f"| {row.name} | {row.files:,} | {row.cold:.2f} | {row.unchanged:.2f} |"
            f" {parts} |"
        )


if __name__ == "__main__":
    main()
