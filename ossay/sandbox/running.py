# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""One run of a foreign program: what it said, or why it was ended."""

import contextlib
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ossay.model.errors import OssayError
from ossay.sandbox.meter import usage_of

TICK_SECONDS = 0.05
LAST_WORDS_BYTES = 4_000

_PIECE_BYTES = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """
    What one run may take; all of it is watched from outside.

    Attributes:
        cpu_seconds: User and system time of the program and what it started.
        wall_seconds: For one that waits, or a machine that is too busy.
        memory_bytes: In use at one time.
        output_bytes: On standard output and standard error together.
        scratch_bytes: In the folder that it may write to.
    """

    cpu_seconds: float = 60.0
    wall_seconds: float = 300.0
    memory_bytes: int = 2_000_000_000
    output_bytes: int = 64_000_000
    scratch_bytes: int = 500_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """A run that ended by itself: its exit status, output and last complaints."""

    status: int
    output: bytes
    complaints: str


class Ended(OssayError):
    """
    A program was ended, or could not be started; the message says why.

    Attributes:
        may_pass: Whether the same run may go better another time.
    """

    def __init__(self, why: str, *, may_pass: bool = True) -> None:
        super().__init__(why)
        self.may_pass = may_pass


def run(
    command: Sequence[str],
    *,
    environment: Mapping[str, str],
    folder: Path,
    limits: Limits,
) -> Ran:
    """
    Run *command* in *folder*, which gets nothing to read and may say so much.

    Raises:
        Ended: It could not be started, or took more than it may. It is no more then,
            and neither is anything that it started.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 - ours, no shell
            [*_BOUND, str(limits.scratch_bytes // 512), *command],
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise Ended(f"it cannot be started: {error.strerror}") from error
    try:
        return _Run(process, limits).heard()
    finally:
        _end(process)


_BOUND = ("/bin/sh", "-c", 'ulimit -c 0; ulimit -f "$1"; shift; exec "$@"', "sh")
"""No core dump, and no file larger than all may be (POSIX counts 512 bytes)."""


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the group; in a PID namespace that is the end of all who left it, too."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()


class _Run:
    """The loop that listens to one process and looks at the clock and the scales."""

    def __init__(self, process: subprocess.Popen[bytes], limits: Limits) -> None:
        self._process = process
        self._limits = limits
        self._began = self._looked = time.monotonic()
        self._output = bytearray()
        self._complaints = bytearray()
        self._heard_bytes = 0

    def heard(self) -> Ran:
        with selectors.DefaultSelector() as pipes:
            for pipe, kept in (
                (self._process.stdout, self._output),
                (self._process.stderr, self._complaints),
            ):
                pipes.register(pipe, selectors.EVENT_READ, kept)  # type: ignore[arg-type] # both were asked for
            while pipes.get_map():
                for key, _ in pipes.select(TICK_SECONDS):
                    self._listen(key.fileobj, key.data, pipes)  # type: ignore[arg-type]
                self._watch()
        while self._process.poll() is None:  # it has closed both, and goes on
            time.sleep(TICK_SECONDS)
            self._watch()
        return Ran(
            status=self._process.returncode,
            output=bytes(self._output),
            complaints=self._complaints.decode(errors="replace").strip(),
        )

    def _listen(
        self, pipe: IO[bytes], kept: bytearray, pipes: selectors.BaseSelector
    ) -> None:
        piece = os.read(pipe.fileno(), _PIECE_BYTES)
        if not piece:
            pipes.unregister(pipe)
            return
        self._heard_bytes += len(piece)
        if self._heard_bytes > self._limits.output_bytes:
            msg = f"it said more than {self._limits.output_bytes:,} bytes"
            raise Ended(msg, may_pass=False)
        kept += piece
        if kept is self._complaints:
            del kept[:-LAST_WORDS_BYTES]

    def _watch(self) -> None:
        now = time.monotonic()
        if now - self._looked < TICK_SECONDS:
            return
        self._looked = now
        if now - self._began > self._limits.wall_seconds:
            raise Ended(f"it did not end within {self._limits.wall_seconds:.0f} s")
        usage = usage_of(self._process.pid)
        if usage is None:
            return
        if usage.cpu_seconds > self._limits.cpu_seconds:
            msg = f"it took more than {self._limits.cpu_seconds:.0f} s of CPU time"
            raise Ended(msg, may_pass=False)
        if usage.memory_bytes > self._limits.memory_bytes:
            msg = (
                f"it took more than {self._limits.memory_bytes / 1e9:.1f} GB of memory"
            )
            raise Ended(msg, may_pass=False)
