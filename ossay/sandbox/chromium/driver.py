# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Runs inside the sandbox: has pages tested one by one, and nobody waited for too long.

The browser is spoken to by a process of its own. Where a page takes that one down, or
takes more than its time, the page is named with the reason, and the rest go on.
"""

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ASKED = "asked.json"
"""
What is asked, in the folder of the files: {"pages": [{"page", …}, …],
"beside": […]}, the second of these being the rules of the second engine.

Each page of a tree has the "address" that it is shown at, and which file is "handed"
for which address. With "site", an origin, there are no files, but a gate to ask at.
"""

FIRST_SECONDS = 60.0
"""Until the browser is up, on a machine that is busy."""

PAGE_SECONDS = 45.0
"""For all that is done with one page."""

ALL_SECONDS = 780.0
"""After so long no more pages are begun: what was seen is told before all is ended."""

BUSY_SHARE = 0.75
"""Of the time that it had: a page that never ends computes for nearly all of it."""

NO_TIME = "no time was left for it after the others"

_FAILED_STARTS = 2
_LARGEST_BYTES = 8_000_000
"""Of what is said of one page."""


class NoBrowser(Exception):
    """The browser does not start; the message says what it said."""


class Late(Exception):
    """Nothing was said in time."""


def main() -> None:
    """Test the pages that are asked for; write one JSON object."""
    program, files, scratch = sys.argv[1:4]
    asked = json.loads(Path(files, ASKED).read_text(encoding="utf-8"))
    try:
        said = test(program, Path(files), Path(scratch), asked)
    except NoBrowser as error:
        print(f"the browser does not start: {error}", file=sys.stderr)  # noqa: T201
        raise SystemExit(1) from error
    sys.stdout.write(json.dumps(said))


def test(
    program: str, files: Path, scratch: Path, asked: dict[str, Any]
) -> dict[str, Any]:
    """
    Return what was seen of each page, or why nothing was.

    One that was late while the machine was busy with something else is asked once
    more, after the others; what is late then is late by itself.
    """
    until = time.monotonic() + ALL_SECONDS
    first, rules = _asked_of(program, files, scratch, list(asked["pages"]), until)
    late = {said["page"] for said in first if said.get("may_be_in_time")}
    again = [page for page in asked["pages"] if page["page"] in late]
    second: list[dict[str, Any]] = []
    if again:
        with contextlib.suppress(NoBrowser):  # then the first answer stands
            second, _ = _asked_of(program, files, scratch, again, until)
    none = ({"page": page["page"], "why": NO_TIME} for page in asked["pages"])
    whole = {said["page"]: said for said in (*none, *first, *second)}
    return {"pages": list(whole.values()), "rules": rules}


def _asked_of(
    program: str,
    files: Path,
    scratch: Path,
    left: list[dict[str, Any]],
    until: float,
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return what was said of pages that are *left*, begun in time, and the rules."""
    pages: list[dict[str, Any]] = []
    rules: dict[str, Any] = {}
    failed = 0
    while left and time.monotonic() < until:
        worker = Worker(program, files, scratch)
        try:
            rules = worker.said(FIRST_SECONDS)
            while left and time.monotonic() < until:
                clock = _Clock(worker)
                worker.ask(left[0])
                said = worker.said(PAGE_SECONDS)
                pages.append({**said, "page": left.pop(0)["page"]})
                failed = 0
                if said.get("is_late"):
                    pages[-1]["may_be_in_time"] = clock.was_machine_busy()
                    break
        except (Late, NoBrowser) as error:
            if not worker.is_up:
                failed += 1
                if failed >= _FAILED_STARTS:
                    raise NoBrowser(str(error)) from error
                continue
            page = left.pop(0)["page"]
            is_late = isinstance(error, Late) and clock.was_machine_busy()
            pages.append({"page": page, "why": _why(error), "may_be_in_time": is_late})
        finally:
            worker.end()
    return pages, rules


def _why(error: Exception) -> str:
    if isinstance(error, Late):
        return f"it was not done within {PAGE_SECONDS:.0f} s"
    return "the browser ended over it"


class _Clock:
    """Tells whether a browser had less of the machine than one page can make use of."""

    def __init__(self, worker: "Worker") -> None:
        self._worker = worker
        self._began = time.monotonic()
        self._computed = worker.computed_seconds()

    def was_machine_busy(self) -> bool:
        wall = time.monotonic() - self._began
        return self._worker.computed_seconds() - self._computed < wall * BUSY_SHARE


class Worker:
    """A process with one browser, told of a page a line and answering in one."""

    def __init__(self, program: str, files: Path, scratch: Path) -> None:
        begin = (
            "import sys; sys.path.insert(0, sys.argv.pop(1)); "
            "from ossay.sandbox.chromium.worker import main; main()"
        )
        here = str(Path(__file__).parents[3])
        self._log = scratch / f"complaints-{time.monotonic_ns()}"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 - ours, no shell
                [sys.executable, "-I", "-c", begin, here, program, str(files)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=scratch,
                start_new_session=True,
            )
        self.is_up = False
        self._heard = bytearray()

    def ask(self, page: dict[str, Any]) -> None:
        """Name a page to test."""
        assert self._process.stdin is not None  # noqa: S101 - asked for above
        try:
            self._process.stdin.write(json.dumps(page).encode() + b"\n")
            self._process.stdin.flush()
        except OSError as error:
            raise NoBrowser(self._last_words()) from error

    def said(self, seconds: float) -> dict[str, Any]:
        """Return the next thing that is said; raise `Late` or `NoBrowser`."""
        assert self._process.stdout is not None  # noqa: S101 - asked for above
        until = time.monotonic() + seconds
        with selectors.DefaultSelector() as pipes:
            pipes.register(self._process.stdout, selectors.EVENT_READ)
            while True:
                left = until - time.monotonic()
                if left <= 0 or len(self._heard) > _LARGEST_BYTES:
                    raise Late(f"nothing was said within {seconds:.0f} s")
                if not pipes.select(left):
                    continue
                piece = os.read(self._process.stdout.fileno(), 1 << 16)
                if not piece:
                    raise NoBrowser(self._last_words())
                self._heard += piece
                if piece.endswith(b"\n"):
                    line = bytes(self._heard)
                    self._heard.clear()
                    self.is_up = True
                    return _told(line)

    def computed_seconds(self) -> float:
        """Return what all in the sandbox but those that wait for it have computed."""
        ticks = 0
        for entry in _others():
            with contextlib.suppress(OSError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                ticks += sum(map(int, fields[11:15]))  # user, system; of the ended, too
        return ticks / os.sysconf("SC_CLK_TCK")

    def _last_words(self) -> str:
        lines = self._log.read_text(errors="replace").strip().splitlines()
        return lines[-1].strip()[:300] if lines else "it says nothing"

    def end(self) -> None:
        """End it, and the browser with it."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        _end_what_is_left()


def _end_what_is_left() -> None:
    """
    End browsers that left their group, so that the next one has the memory.

    Nothing else is in the sandbox but its first process and this one.
    """
    for entry in _others():
        with contextlib.suppress(OSError):
            if b"--headless" in (entry / "cmdline").read_bytes():
                os.kill(int(entry.name), signal.SIGKILL)


def _others() -> Iterator[Path]:
    mine = {str(pid) for pid in (os.getpid(), os.getppid(), 1)}
    return (p for p in Path("/proc").glob("[0-9]*") if p.name not in mine)


def _told(line: bytes) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise NoBrowser("it said something that is no answer") from error
    if not isinstance(said, dict):
        raise NoBrowser("it said something that is no answer")
    return said
