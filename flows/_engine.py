# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Runs the pipeline's steps as Prefect tasks; ids and digests travel, never values."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any, ParamSpec, TypeVar, cast

from prefect import get_run_logger, task
from prefect.artifacts import create_progress_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.tasks import Task

from ossay.engine import TEMPORARY_FAILURE, Settings, Step, Workshop
from ossay.model.errors import OssayError
from ossay.recognisers import recogniser_here
from ossay.sandbox.toolbox import Tools

P = ParamSpec("P")
R = TypeVar("R")

SIDE_BY_SIDE: Any = ThreadPoolTaskRunner(max_workers=2)
"""Collectors run two at a time; more would only queue for the processor."""

WAITS = (2, 10, 30)
"""Seconds before each new try of a step that failed for a moment."""


MOST_TASKS = 8
"""So many tasks share what fans out: a task costs the server what a collector costs."""


class PrefectEngine:
    """Each step is one task run. The workshop is bound by closure, never sent."""

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop
        self._progress: Any = None
        self._task = cache(self._make)

    def step(self, run: Step[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run one step as a task, tried again where its error is a passing one."""
        return cast("R", self._task(run)(*args, **kwargs))

    def fan_out(
        self, run: Callable[..., R], items: Sequence[str], *common: str
    ) -> tuple[R, ...]:
        """Run items side by side, several a task; results in their order."""
        each = self._task(_several(run))
        groups = [
            list(items[n::MOST_TASKS]) for n in range(min(MOST_TASKS, len(items)))
        ]
        futures = [each.submit(group, *common) for group in groups]
        found = dict(
            pair
            for group, future in zip(groups, futures, strict=True)
            for pair in zip(group, future.result(), strict=True)
        )
        return tuple(found[item] for item in items)

    def progress(self, share: float, doing: str) -> None:
        """Show it in Prefect's own pages, for operators."""
        get_run_logger().info("%3.0f %%: %s", 100 * share, doing)
        if self._progress is None:
            self._progress = create_progress_artifact(100 * share, "assessment")
        else:
            update_progress_artifact(self._progress, 100 * share, description=doing)

    def _make(self, run: Callable[..., Any]) -> Task[..., Any]:
        def bound(*args: Any) -> Any:
            return run(self.workshop, *args)

        return task(
            name=run.__name__,
            cache_policy=NO_CACHE,
            persist_result=False,
            retries=len(WAITS),
            retry_delay_seconds=list(WAITS),
            retry_jitter_factor=0.5,
            retry_condition_fn=_may_pass,
        )(bound)


@cache
def _several(run: Callable[..., R]) -> Callable[..., list[R]]:
    """Return a step that runs *run* for one item after the other."""

    def each(workshop: Workshop, items: list[str], *common: str) -> list[R]:
        return [run(workshop, item, *common) for item in items]

    each.__name__ = run.__name__
    return each


@contextmanager
def opened_engine() -> Iterator[PrefectEngine]:
    """Open this worker's workshop and offer an engine on it."""
    import os

    settings = Settings.read(os.environ, local_paths=False)
    toolbox = Tools(settings.tools_from_path, kept=settings.home / "tools")
    with (
        Workshop.open(settings, toolbox=toolbox) as workshop,
        recogniser_here(workshop.register) as recogniser,
    ):
        yield PrefectEngine(replace(workshop, recogniser=recogniser))


async def _may_pass(_task: Any, _run: Any, state: Any) -> bool:
    """Try again only what may be gone the next time: networks, not bad input."""
    error = await state.aresult(raise_on_failure=False)
    return isinstance(error, OssayError) and error.status == TEMPORARY_FAILURE
