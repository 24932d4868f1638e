# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""git as a process: a session of its own, watched, and never left behind."""

import contextlib
import fcntl
import os
import select
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO

from ossay.model.errors import OssayError
from ossay.source.environment import environment

IDLE_SECONDS = 300.0
"""How long git may stay silent on a local disk before it is taken for stuck."""

_CHUNK = 1 << 17
_PIPE_BYTES = 1 << 20
_COMPLAINTS_BYTES = 1 << 16
_TICK_SECONDS = 0.2


class GitFailed(OssayError):
    """git ended with an error that ossay has no better words for."""


class GitMissing(OssayError):
    """There is no git to call."""


class GitStuck(OssayError):
    """git was stopped because it took longer than it may."""

    status = 75


class Running:
    """
    One git process: what it still has to be told, and what it has said so far.

    Telling and listening are one loop, so that neither side can wait for the
    other for ever. `stop` ends the process and whatever it started.
    """

    def __init__(
        self,
        process: "subprocess.Popen[bytes]",
        *,
        seconds: float = float("inf"),
        idle_seconds: float = IDLE_SECONDS,
        watch: Callable[[], None] | None = None,
    ) -> None:
        self.process = process
        self.complaints = bytearray()
        self._until = time.monotonic() + seconds
        self._idle_seconds = idle_seconds
        self._watch = watch
        self._watched_at = 0.0
        self._to_say = memoryview(b"")
        self._said = b""
        self._at = 0
        self._at_end = False
        self._poll = select.poll()
        self._files: dict[int, IO[bytes]] = {}
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                self._listen(pipe)

    def _listen(self, pipe: IO[bytes]) -> None:
        with contextlib.suppress(OSError, AttributeError):
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        self._files[pipe.fileno()] = pipe
        self._poll.register(pipe.fileno(), select.POLLIN)

    def tell(self, text: bytes, *, and_no_more: bool = False) -> None:
        """Say *text* to git while listening; close its input *and_no_more* follows."""
        stdin = self.process.stdin
        assert stdin is not None and not self._to_say  # noqa: S101, PT018
        os.set_blocking(stdin.fileno(), False)
        self._to_say = memoryview(text)
        self._and_no_more = and_no_more
        self._say_some(stdin)
        if self._to_say:
            self._poll.register(stdin.fileno(), select.POLLOUT)

    def _say_some(self, stdin: IO[bytes]) -> None:
        try:
            while self._to_say:
                self._to_say = self._to_say[os.write(stdin.fileno(), self._to_say) :]
        except BlockingIOError:
            return
        except BrokenPipeError:
            self._to_say = memoryview(b"")
        if self._and_no_more:
            stdin.close()

    def line(self) -> bytes:
        """Return the next line without its end; b"" when git has said all."""
        end = self._said.find(b"\n", self._at)
        while end < 0:
            if not self._hear_more():
                rest, self._said, self._at = self._said[self._at :], b"", 0
                return rest
            end = self._said.find(b"\n", self._at)
        text = self._said[self._at : end]
        self._at = end + 1
        return text

    def exactly(self, size: int) -> bytes:
        """Return the next *size* bytes, or fewer when git has said all."""
        end = self._at + size
        if end <= len(self._said):
            text = self._said[self._at : end]
            self._at = end
            return text
        pieces = [self._said[self._at :]]
        missing = size - len(pieces[0])
        self._said, self._at = b"", 0
        while missing > 0 and self._hear_more():
            pieces.append(self._said[:missing])
            self._at = len(pieces[-1])
            missing -= self._at
            if missing > 0:
                self._said, self._at = b"", 0
        return b"".join(pieces)

    def chunks(self) -> Iterator[bytes]:
        """Yield all that git says, in the pieces it comes in."""
        while self._at < len(self._said) or self._hear_more():
            text, self._said = self._said[self._at :], b""
            self._at = 0
            yield text

    def _hear_more(self) -> bool:
        """Add what git says next to what it has said; False when that is all."""
        silent_since = time.monotonic()
        while not self._at_end:
            self._look_at_the_clock(silent_since)
            for descriptor, _ in self._poll.poll(_TICK_SECONDS * 1000):
                if self._attend(descriptor):
                    return True
        return False

    def _look_at_the_clock(self, silent_since: float) -> None:
        now = time.monotonic()
        if now > self._until or now - silent_since > self._idle_seconds:
            self.stop()
            raise GitStuck(f"git was stopped: no answer in {now - silent_since:.0f} s")
        if self._watch is not None and now > self._watched_at + _TICK_SECONDS:
            self._watched_at = now
            self._watch()

    def _attend(self, descriptor: int) -> bool:
        """Serve one pipe that is ready; True if it brought something said."""
        stdin, stdout = self.process.stdin, self.process.stdout
        if stdin is not None and not stdin.closed and descriptor == stdin.fileno():
            self._say_some(stdin)
            if not self._to_say:
                self._poll.unregister(descriptor)
            return False
        text = os.read(descriptor, _CHUNK)
        is_said = stdout is not None and descriptor == stdout.fileno()
        if not text:
            self._poll.unregister(descriptor)
            del self._files[descriptor]
            self._at_end = not self._files
        elif is_said:
            self._said = self._said[self._at :] + text
            self._at = 0
        else:
            self.complaints += text
            del self.complaints[:-_COMPLAINTS_BYTES]
        return bool(text) and is_said

    def finish(self) -> int:
        """Listen to the end, leave no process behind and return the exit status."""
        for _ in self.chunks():
            pass
        try:
            self.process.wait(timeout=_TICK_SECONDS * 50)
        except subprocess.TimeoutExpired:
            self.stop()
        self._close()
        return self.process.returncode

    def stop(self) -> None:
        """End the process and everything it started, at once."""
        if self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self._close()

    def _close(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


def start(
    *arguments: str,
    folder: Path,
    settings: Mapping[str, str] | None = None,
    extra: Mapping[str, str] | None = None,
    seconds: float = float("inf"),
) -> Running:
    """Start git on our bare repository at *folder*; *extra* joins its environment."""
    try:
        process = subprocess.Popen(  # noqa: S603 -- fixed program, no shell
            ["git", f"--git-dir={folder}", *arguments],  # noqa: S607 -- the PATH's git
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            cwd=folder,
            env=environment(settings) | dict(extra or {}),
            start_new_session=True,
        )
    except FileNotFoundError as error:
        msg = "cannot find git; install it (Debian: apt install git)"
        raise GitMissing(msg) from error
    return Running(process, seconds=seconds)


def output(
    *arguments: str,
    folder: Path,
    settings: Mapping[str, str] | None = None,
    extra: Mapping[str, str] | None = None,
    told: bytes = b"",
    seconds: float = IDLE_SECONDS,
) -> bytes:
    """Return all that git says, or raise `GitFailed` with its complaint."""
    git = start(
        *arguments, folder=folder, settings=settings, extra=extra, seconds=seconds
    )
    try:
        git.tell(told, and_no_more=True)
        said = b"".join(git.chunks())
        status = git.finish()
    finally:
        git.stop()
    if status != 0:
        why = bytes(git.complaints).decode(errors="backslashreplace").strip()
        raise GitFailed(f"git {arguments[0]} failed in {str(folder)!r}: {why[-500:]}")
    return said
