# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Measure what it takes to look at static pages in a browser; write docs/figures.md.

    python -m benchmarks.pages REPOSITORY...

Each REPOSITORY is a local clone with pages in its tree. Measured is the collector of
pages, which starts the browser once. A clean page alone says what the start takes.
"""

import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import page
from benchmarks.whole import make_whole
from ossay import codec, gathering, pipeline, steps
from ossay.engine import Settings, Workshop
from ossay.model.digest import Digest
from ossay.model.evidence import Gap, Observation
from ossay.sandbox.toolbox import Tools
from tests.source.repositories import make_repository

BAR_SECONDS = 2.0
_CLEAN = b"<!doctype html><html lang=en><title>A</title><h1>A</h1><p>Some text</html>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What the pages of one repository took."""

    name: str
    opened: int
    tested: int
    wall: float


def main() -> None:
    """Measure every repository named and write the section."""
    given = [Path(name).resolve() for name in sys.argv[1:]]
    if not given:
        sys.exit("name one or more local clones")
    with tempfile.TemporaryDirectory() as made:
        first = make_repository(Path(made), {"index.html": _CLEAN})
        _measure(first)  # imports the code, and learns of the browser
        start = _measure(first)
    rows = [_measure(repository) for repository in given]
    lines = list(_lines(start, rows))
    print("\n".join(lines))
    page.put("pages", lines)


def _measure(repository: Path) -> Row:
    with tempfile.TemporaryDirectory() as made:
        whole = Path(made) / "whole.git"
        make_whole(repository, whole)
        settings = Settings.read({"OSSAY_HOME": f"{made}/home"}, local_paths=True)
        tools = Tools(kept=_KEPT)
        with Workshop.open(settings, toolbox=tools) as workshop:
            part = pipeline.part_given(str(whole), "")
            candidate = pipeline.candidate_of([part], workshop=workshop)
            entered = pipeline.enter(workshop, candidate)
            snapshot = steps.take(workshop, entered, part.name, "")
            began = time.monotonic()
            digest = gathering.gather(workshop, "pages", snapshot)
            wall = time.monotonic() - began
            found = _counts(workshop, digest)
    return Row(
        name=repository.parent.name if repository.name == "repo" else repository.name,
        opened=min(found["pages.found"], found["pages.tested"] + found["late"]),
        tested=found["pages.tested"],
        wall=wall,
    )


_KEPT = Path(tempfile.gettempdir()) / "ossay-benchmark-tools"


def _counts(workshop: Workshop, digest: str) -> dict[str, int]:
    content = workshop.register.artefacts.get(Digest(digest))
    counts = {"pages.found": 0, "pages.tested": 0, "late": 0}
    for answer in codec.from_json(gathering.Gathered, content).observed:
        if isinstance(answer, Gap):
            print(f"{answer.fact}: {answer.why}", file=sys.stderr)
        elif isinstance(answer, Observation) and isinstance(answer.value, int):
            counts[answer.fact] = answer.value
            if answer.fact == "pages.untested":
                chosen = (i for i in answer.items if not i.note.endswith(_NOT_CHOSEN))
                counts["late"] = sum(1 for _ in chosen)
    return counts


_NOT_CHOSEN = ("come before it", "like it are tested")
"""How the notes of pages end that were not opened."""


def _lines(start: Row, rows: list[Row]) -> Iterator[str]:
    yield from (
        "## Pages in a browser",
        "",
        f"Made on {datetime.now(UTC).date()} by `python -m benchmarks.pages REPO...`.",
        f"Python {platform.python_version()};",
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}.",
        f"Load average {os.getloadavg()[2]:.1f} in the last quarter of an hour.",
        f"One clean page, the browser's start included: {start.wall:.1f} s wall.",
        f"The bar is {BAR_SECONDS:g} s wall a page, beyond that start.",
        "",
        "| repository | pages opened | tested | s wall | s a page beyond the start |",
        "| --- " * 5 + "|",
    )
    for row in rows:
        beyond = max(0.0, row.wall - start.wall)
        a_page = beyond / row.opened if row.opened else 0.0
        counts = f"{row.opened} | {row.tested} | {row.wall:.1f}"
        yield f"| {row.name} | {counts} | {a_page:.2f} |"


if __name__ == "__main__":
    main()
