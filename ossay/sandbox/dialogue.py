# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A process that answers one JSON line with another, in its own time but in time."""

import contextlib
import json
import os
import select
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from ossay.model.errors import OssayError
from ossay.sandbox.meter import Usage, usage_of

TICK_SECONDS = 0.05
LARGEST_ANSWER_BYTES = 64_000_000

WALL_FOR_CPU = 10.0
"""A machine may be so busy that a tool gets a tenth of a CPU; then it is stuck."""

WALL_FOR_CPU_UNSEEN = 3.0
"""The same where nobody tells how much CPU a process has used."""


class Silenced(OssayError):
    """The process gave no answer, and is no more; the message says why."""


class Overran(Silenced):
    """It took longer than it may."""


class Dialogue:
    """
    One process in a session of its own, spoken to until it fails once.

    Telling and listening are one loop, so that neither side can wait for the other
    for ever; the loop also looks at the clock and at the memory.
    """

    def __init__(
        self,
        command: list[str],
        *,
        environment: Mapping[str, str],
        folder: Path,
        memory_bytes: int,
    ) -> None:
        self._complaints = folder / "complaints"
        self._memory_bytes = memory_bytes
        self._heard = bytearray()
        try:
            with self._complaints.open("wb") as log:
                self._process = subprocess.Popen(  # noqa: S603 - ours, no shell
                    command,
                    cwd=folder,
                    env=dict(environment),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    start_new_session=True,
                )
        except OSError as error:
            msg = f"{command[0]!r} cannot be started: {error.strerror}"
            raise Silenced(msg) from error
        os.set_blocking(self._pipe(self._process.stdin).fileno(), False)
        os.set_blocking(self._pipe(self._process.stdout).fileno(), False)

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None  # noqa: S101 - asked for above
        return pipe

    @property
    def pid(self) -> int:
        """The process that leads the session."""
        return self._process.pid

    def is_over(self) -> bool:
        """Tell whether the process has ended by itself."""
        return self._process.poll() is not None

    def ask(self, question: Mapping[str, Any] | None, *, seconds: float) -> Any:
        """
        Return the answer to *question*, or what the process says unasked (None).

        Raises:
            Silenced: There is none. The process is stopped then: what it might still
                say would be taken for the answer to another question.
        """
        text = b"" if question is None else json.dumps(question).encode() + b"\n"
        try:
            return json.loads(self._exchange(text, seconds))
        except Silenced:
            self.stop()
            raise
        except ValueError as error:
            self.stop()
            msg = "it said something that is no answer"
            raise Silenced(msg) from error

    def _exchange(self, text: bytes, seconds: float) -> bytes:
        stdin, stdout = map(self._pipe, (self._process.stdin, self._process.stdout))
        rest = memoryview(text)
        watch = _Watch(self.pid, seconds, self._memory_bytes)
        poll = select.poll()
        poll.register(stdout.fileno(), select.POLLIN)
        if rest:
            poll.register(stdin.fileno(), select.POLLOUT)
        while True:
            for descriptor, _ in poll.poll(TICK_SECONDS * 1000):
                if descriptor == stdin.fileno():
                    rest = self._tell(rest)
                    if not rest:
                        poll.unregister(descriptor)
                elif (line := self._listen()) is not None:
                    return line
            watch.look()

    def _tell(self, rest: memoryview) -> memoryview:
        try:
            return rest[os.write(self._pipe(self._process.stdin).fileno(), rest) :]
        except BlockingIOError:
            return rest
        except BrokenPipeError:
            return memoryview(b"")  # the end of what it says tells the same

    def _listen(self) -> bytes | None:
        piece = os.read(self._pipe(self._process.stdout).fileno(), 1 << 16)
        if not piece:
            raise Silenced(self._last_words())
        self._heard += piece
        if len(self._heard) > LARGEST_ANSWER_BYTES:
            msg = f"its answer is longer than {LARGEST_ANSWER_BYTES} bytes"
            raise Silenced(msg)
        if not piece.endswith(b"\n"):
            return None
        line = bytes(self._heard)
        self._heard.clear()
        return line

    def _last_words(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=TICK_SECONDS * 20)
        status = self._process.returncode
        said = self._complaints.read_text(errors="replace").strip().splitlines()[-1:]
        ending = "ended" if status is None else f"ended with status {status}"
        if status is not None and status < 0:
            ending = f"was ended by signal {-status}"
        return ": ".join([f"it {ending}", *said])[:500]

    def stop(self) -> None:
        """End the process and whatever it started; wait until that is so."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # what was not yet told
                self._pipe(pipe).close()


class _Watch:
    """
    The clock and the scales beside one question, looked at once a tick.

    Most answers are there before the first tick, and to look costs more than they do:
    a process of a sandbox has a family, of which each member is asked for.
    """

    def __init__(self, pid: int, seconds: float, memory_bytes: int) -> None:
        self._pid = pid
        self._seconds = seconds
        self._memory_bytes = memory_bytes
        self._began = time.monotonic()
        self._next = self._began + TICK_SECONDS
        self._before: Usage | None = None

    def look(self) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + TICK_SECONDS
        usage = usage_of(self._pid)
        self._before = self._before or usage
        if usage is not None and usage.memory_bytes > self._memory_bytes:
            msg = f"it took more than {self._memory_bytes / 1e9:.1f} GB of memory"
            raise Silenced(msg)
        if self._is_late(usage):
            msg = f"timed out after {self._seconds:.1f} s"
            raise Overran(msg)

    def _is_late(self, usage: Usage | None) -> bool:
        wall = time.monotonic() - self._began
        if usage is None or self._before is None:
            return wall > self._seconds * WALL_FOR_CPU_UNSEEN
        used = usage.cpu_seconds - self._before.cpu_seconds
        return used > self._seconds or wall > self._seconds * WALL_FOR_CPU
