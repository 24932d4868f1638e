# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""An assessment that is killed resumes, and ends as one that was left alone."""

from pathlib import Path

import pytest

from tests.cases import assessed, part, repository, workshop
from tests.register.killing import Job, killed_and_resumed, moments, run

WORK = "tests.test_being_killed:assess"
STEPS = "ossay.engine:InlineEngine.step"
RANDOM_MOMENTS = 20


def assess(home: str) -> str:
    """Assess the repository beside *home* and return the judgement's digest."""
    with workshop(Path(home)) as opened:
        return assessed(opened, part(Path(home).parent / "good"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("killed")
    repository(made / "good", tag="v1.0")
    return made


def _temporary(home: Path) -> list[Path]:
    """Return what a killed run may leave and the next one has to clear away."""
    marks = (".part", ".tmp", "-journal")
    return [p for p in home.rglob("*") if p.name.endswith(marks)]


def test_killed_at_every_step_it_ends_as_if_undisturbed(folder: Path) -> None:
    whole, *_ = run(WORK, [Job(args=(str(folder / "steps"),), points=STEPS)])
    kills = range(1, whole.points + 1)
    before = [str(folder / "rehearsal")]

    for told, home, second in killed_and_resumed(WORK, folder, kills, STEPS, before):
        assert second.came_to == whole.came_to, told
        assert _temporary(home) == [], told


def test_killed_at_random_moments_it_ends_as_if_undisturbed(tmp_path: Path) -> None:
    repository(tmp_path / "good", tag="v1.0")
    ready = [str(tmp_path / "ready")]
    whole, *_ = run(WORK, [Job(args=(str(tmp_path / "whole"),))], rehearsal=ready)
    kills = moments(RANDOM_MOMENTS, whole.points)
    before = [str(tmp_path / "rehearsal")]

    for told, home, second in killed_and_resumed(
        WORK, tmp_path, kills, rehearsal=before
    ):
        assert second.came_to == whole.came_to, told
        assert _temporary(home) == [], told
