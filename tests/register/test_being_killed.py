# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A run that is killed leaves nothing that the next one stumbles over."""

from pathlib import Path

import pytest

from ossay.register import Register
from ossay.register.columns import unpacked
from ossay.register.database import Database
from ossay.register.tables import METADATA
from tests.register.killing import (
    DURABLE,
    LINES,
    Job,
    Outcome,
    killed_and_resumed,
    moments,
    run,
)

LIFE = "tests.register.story:live_through"
DECISION = "tests.register.story:decide"
STEP = "ossay.register:Register.record_step"


@pytest.mark.parametrize(
    ("work", "points"), [(DECISION, DURABLE), (LIFE, STEP), (LIFE, LINES)]
)
def test_a_run_that_is_killed_is_resumed_to_the_end_of_an_undisturbed_one(
    work: str, points: str, memory: Path
) -> None:
    home = memory / "undisturbed"
    ready = [str(memory / "ready")]
    [whole] = run(work, [Job(args=(str(home),), points=points)], rehearsal=ready)
    rows = _rows(home)

    before = [str(memory / "rehearsal")]
    resumed = killed_and_resumed(work, memory, _kills(whole, points), points, before)

    for when, folder, outcome in resumed:
        assert outcome.came_to == whole.came_to, when
        assert _rows(folder) == rows, when
        assert _left_behind(folder) == [], when


def _kills(whole: Outcome, points: str) -> list[int]:
    """Return every boundary, or twenty lines of them all."""
    if points == LINES:
        return moments(20, of=whole.points)
    return list(range(1, whole.points + 1))


def _rows(home: Path) -> dict[str, int]:
    """Count the rows of each table, having read what every filing leads to."""
    database = Database(home / "register.db")
    with Register.open(home) as register, database.reading() as connection:
        for (artefact,) in connection.execute("SELECT artefact FROM filings"):
            register.artefacts.get(unpacked(artefact))
        return {
            name: len(connection.execute(f"SELECT * FROM {name}").fetchall())  # noqa: S608
            for name in METADATA.tables
        }


def _left_behind(home: Path) -> list[Path]:
    return list((home / "artefacts" / "incoming").iterdir())
