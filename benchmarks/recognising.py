# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
One run of ossay's recognition, metered from within; prints what it took as JSON.

    python -m benchmarks.recognising HOME SOURCE REF start|no-start [MODULE...]

HOME is ossay's, SOURCE a repository on this machine. With *start* the engine is
started before anything is counted, and its start is told on its own; without, it
starts if it is needed, and that counts. Modules named are imported before, too.
"""

import ctypes
import json
import os
import resource
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from ossay import pipeline, recognition, steps
from ossay.cli import look_for_rubbish_seldom
from ossay.collect.licensing.recognition import files
from ossay.engine import Settings, Workshop
from ossay.sandbox.scancode import ScancodeRecogniser

PR_SET_CHILD_SUBREAPER = 36
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """CPU seconds of this process, and of all that it started."""

    own: float
    started: float

    @property
    def cpu(self) -> float:
        """Both together."""
        return self.own + self.started


def main() -> None:
    """Run once and tell."""
    adopt_orphans()
    look_for_rubbish_seldom()  # as the command line does
    home, source, ref, start, *modules = sys.argv[1:]
    for name in modules:
        with suppress(ImportError):  # a module that only exists within another one
            import_module(name)
    settings = Settings.read({"OSSAY_HOME": home}, local_paths=True)
    with (
        ScancodeRecogniser() as reads,
        Workshop.open(settings, recogniser=reads) as workshop,
    ):
        part = pipeline.part_given(source, ref)
        candidate = pipeline.candidate_of([part], workshop=workshop)
        snapshot = steps.take(
            workshop, pipeline.enter(workshop, candidate), part.name, ""
        )
        begun = used()
        if start == "start":
            list(reads.licences([("start", "under a licence")]))
        before = used()
        found = recognition.recognise_files(workshop, snapshot).files
        after = used()
        told = {
            "files": len(found),
            "cpu": after.cpu - before.cpu,
            "own_cpu": after.own - before.own,
            "start_cpu": before.cpu - begun.cpu,
            "own_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
            "started_bytes": max(map(_peak_bytes, _descendants()), default=0),
            "open": sum(bool(one.open or one.open_notices) for one in found),
            "warnings": reads.warnings,
            "modules": [
                n for n in sys.modules if n not in {"__main__", files.__name__}
            ],
        }
    print(json.dumps(told))


def adopt_orphans() -> None:
    """
    Become the parent of what descendants leave behind (prctl(2)).

    An engine that is stopped because a text takes too long is the child of one that
    confines it, and is stopped with it. What it took would be counted nowhere.
    """
    if ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        msg = "cannot count what ended processes took: prctl failed"
        raise OSError(msg)


def used() -> Used:
    """Return what was used up to now, by children that have not ended as well."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Used(
        own=own.ru_utime + own.ru_stime,
        started=ended.ru_utime + ended.ru_stime + sum(map(_cpu, _descendants())),
    )


def _descendants() -> list[int]:
    parents = {}
    for place in Path("/proc").iterdir():
        if place.name.isdigit() and (fields := _fields(int(place.name))):
            parents[int(place.name)] = int(fields[1])
    found = [os.getpid()]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found[1:]


def _fields(process: int) -> list[str]:
    """Return what proc(5) says of a process after its name; nothing if it ended."""
    try:
        told = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return []
    return told.rpartition(")")[2].split()


def _cpu(process: int) -> float:
    """Return CPU seconds of a process and of those children that it waited for."""
    return sum(map(int, _fields(process)[11:15])) / _TICKS


def _peak_bytes(process: int) -> int:
    try:
        told = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    lines = dict(line.partition(":")[::2] for line in told.splitlines())
    return int(lines.get("VmHWM", "0 kB").split()[0]) * 1024


if __name__ == "__main__":
    main()
