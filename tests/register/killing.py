# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Runs work in processes of their own and kills them (SIGKILL) at chosen points.

The points are counted from outside, by wrapping what makes things durable or by
tracing lines, so the work is the product's own code as it is. One clean process
imports the work once, rehearses it where it is asked to, and forks for each job,
which costs milliseconds:

    whole, *_ = run("tests.register.story:live_through", [Job(args=(home,))])
    run(..., [Job(args=(other,), kill_at=n) for n in range(1, whole.points + 1)])
"""

import functools
import importlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).parents[2]

DURABLE = "durable"
"""After each fsync, rename, removal, new folder and commit of a change."""

LINES = "lines"
"""Each line of ossay that is executed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """
    One run of the work.

    Attributes:
        kill_at: Number of the point to die at, counted from 1; 0 for none.
        points: `DURABLE`, `LINES`, "module:Class.method" for the moments after
            its calls, or "" to count nothing.
    """

    args: tuple[str, ...]
    kill_at: int = 0
    points: str = DURABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a job: how many points it passed and what it returned."""

    killed: bool
    points: int = 0
    came_to: Any = None


def run(
    work: str,
    jobs: Sequence[Job],
    within: Sequence[str] = (),
    rehearsal: Sequence[str] = (),
) -> list[Outcome]:
    """
    Run *work* for each of *jobs*, one after the other.

    *work* is "module:function"; it takes texts and returns what JSON can write.
    *within* is a command that runs another one in surroundings of its own.
    With *rehearsal*, what the work takes, it is done once before: where it imports
    as it goes, each job would do so again.
    """
    lines = "".join(json.dumps(asdict(job)) + "\n" for job in jobs)
    done = subprocess.run(
        [*within, sys.executable, "-m", "tests.register.killing", work, *rehearsal],
        input=lines.encode(),
        stdout=subprocess.PIPE,
        check=True,
        cwd=ROOT,
    )
    return [Outcome(**json.loads(line)) for line in done.stdout.splitlines()]


def killed_and_resumed(
    work: str,
    folder: Path,
    kills: Sequence[int],
    points: str = DURABLE,
    rehearsal: Sequence[str] = (),
) -> Iterator[tuple[str, Path, Outcome]]:
    """
    Kill *work* at each of *kills* in a folder of its own, then run it to its end.

    Yields what to call the kill, the folder, and what the second run came to.
    Where clock readings name files or threads take turns, a run may pass a few
    points less than another and end before its kill; nine in ten must be killed.
    """
    homes = {n: folder / f"killed-{n}" for n in kills}
    jobs = [
        job
        for n, home in homes.items()
        for job in (
            Job(args=(str(home),), kill_at=n, points=points),
            Job(args=(str(home),), points=""),
        )
    ]
    outcomes = run(work, jobs, rehearsal=rehearsal)
    killed = sum(outcome.killed for outcome in outcomes[::2])
    assert killed >= 0.9 * len(kills), f"killed {killed} of {len(kills)}"
    for (n, home), second in zip(homes.items(), outcomes[1::2], strict=True):
        yield f"killed at {points} {n}", home, second


def moments(count: int, of: int, seed: int = 1) -> list[int]:
    """Return *count* different points among the first *of*, the same each time."""
    return random.Random(seed).sample(range(1, of + 1), count)  # noqa: S311


class _Counter:
    """Counts points and dies at one of them."""

    def __init__(self, kill_at: int) -> None:
        self.passed = 0
        self._kill_at = kill_at
        self._lock = threading.Lock()

    def reach(self) -> None:
        with self._lock:
            self.passed += 1
            if self.passed == self._kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    def around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(call)
        def counted(*args: Any, **kwargs: Any) -> Any:
            result = call(*args, **kwargs)
            self.reach()
            return result

        return counted

    def watch(self, points: str) -> None:
        if points == DURABLE:
            self._watch_durable()
        elif points == LINES:
            threading.settrace(self._trace)
            sys.settrace(self._trace)
        elif points:
            module, _, path = points.partition(":")
            holder: Any = importlib.import_module(module)
            *owners, name = path.split(".")
            for owner in owners:
                holder = getattr(holder, owner)
            setattr(holder, name, self.around(getattr(holder, name)))

    def _watch_durable(self) -> None:
        for name in ("fsync", "replace", "unlink", "mkdir"):
            setattr(os, name, self.around(getattr(os, name)))
        reach = self.reach

        class Connection(sqlite3.Connection):
            seen = 0

            def commit(self) -> None:
                changed = self.total_changes != self.seen
                self.seen = self.total_changes
                super().commit()
                if changed:
                    reach()

        connect = functools.partial(sqlite3.connect, factory=Connection)
        setattr(sqlite3.dbapi2, "connect", connect)  # noqa: B010 - mypy forbids =

    def _trace(self, frame: FrameType, _event: str, _arg: object) -> Any:
        if f"{os.sep}ossay{os.sep}" not in frame.f_code.co_filename:
            return None
        return self._count_line

    def _count_line(self, _frame: FrameType, event: str, _arg: object) -> Any:
        if event == "line":
            self.reach()
        return self._count_line


def _serve(work: str, *rehearsal: str) -> None:
    """Fork for each job on standard input; answer in lines on standard output."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what the work prints is no answer
    module, _, name = work.partition(":")
    function = getattr(importlib.import_module(module), name)
    if rehearsal:
        function(*rehearsal)
    for line in sys.stdin:
        given = json.loads(line)
        job = Job(**{**given, "args": tuple(given["args"])})
        answers.write(json.dumps(asdict(_forked(function, job))) + "\n")
        answers.flush()


def _forked(function: Callable[..., Any], job: Job) -> Outcome:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _do(function, job, writing)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return Outcome(killed=True)
    if status:
        msg = f"the work failed: {job}"
        raise SystemExit(msg)
    return Outcome(killed=False, **json.loads(answer))


def _do(function: Callable[..., Any], job: Job, writing: int) -> None:
    """Do the job and end this process; never return."""
    try:
        counter = _Counter(job.kill_at)
        counter.watch(job.points)
        came_to = function(*job.args)
        sys.settrace(None)
        answer = {"points": counter.passed, "came_to": came_to}
        os.write(writing, json.dumps(answer).encode())
    except BaseException:  # noqa: BLE001 - reported, and the process ends
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    _serve(*sys.argv[1:])
