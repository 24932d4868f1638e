# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Measure what files made to stop a recogniser cost, with the engine that is installed.

    python -m benchmarks.hostile [NAME...]

Each file (all if none is named) is put into a repository of its own and recognised
in it. Prints a line for each: its size, CPU seconds of ossay and of the engine beyond
its start, what it states, and what stays open and why. Ends with status 1 where one
took more than the bar and no gap says so.
"""

import os
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from ossay.collect.licensing.recognition import cues
from ossay.collect.licensing.recognition.files import recognise
from ossay.collect.licensing.recognition.findings import FileFinding
from ossay.model.candidate import Part
from ossay.sandbox.meter import usage_of
from ossay.sandbox.scancode import ScancodeRecogniser
from ossay.source import open_in_place, take_snapshot, tree_of
from tests.collect.licensing.recognition.hostile import HOSTILE
from tests.source.memory import Memory
from tests.source.repositories import make_repository

BAR_SECONDS = 2.0

WARM = b"// This is under the zlib licence.\n"
LARGE = "100 MB of text"


def _files() -> dict[str, bytes]:
    files = {name: text.encode() for name, text in HOSTILE.items()}
    return {**files, LARGE: b"All of this is under the zlib licence.\n" * 2_600_000}


def main() -> None:
    """Measure the files named, or all."""
    files = _files()
    wanted = sys.argv[1:] or list(files)
    engine = ScancodeRecogniser()
    if not engine.is_installed():
        sys.exit("the licence engine is not installed (make engine)")
    cues.hits(WARM)
    over = []
    with engine:
        _measure(WARM, engine)  # starts it
        print("| file | bytes | ossay, CPU-s | engine, CPU-s | states | open |")
        print("| --- | --- | --- | --- | --- | --- |")
        for name in wanted:
            found, own, asked = _measure(files[name], engine)
            stated = Counter(s.expression for s in found.statements)
            why = Counter([found.unread, *(left.why for left in found.open)])
            del why[""]
            print(
                f"| {name} | {len(files[name]):,} | {own:.2f} | {asked:.2f} "
                f"| {_shown(stated)} | {_shown(why)} |",
                flush=True,
            )
            if own + asked > BAR_SECONDS and not why:
                over.append(name)
    if over:
        sys.exit(f"more than {BAR_SECONDS} CPU-s, and nothing says so: {over}")


def _measure(
    content: bytes, engine: ScancodeRecogniser
) -> tuple[FileFinding, float, float]:
    """Return what is found in *content*, and the CPU of ossay and of the engine."""
    with tempfile.TemporaryDirectory() as made:
        repository = make_repository(Path(made), {"a.txt": content}, bare=True)
        opened = open_in_place(repository, Path(made) / "ours")
        part = Part(name="whole", source_url=str(repository), ref="main")
        memory = Memory()
        tree = tree_of(opened, take_snapshot(opened, part, datetime.now(UTC)), memory)
        before, began = _family_seconds(), time.process_time()
        [found] = recognise(tree, engine, memory)
        own, both = time.process_time() - began, _family_seconds() - before
    # An engine that was ended took with it what it had used: it was given no more.
    return found, own, max(both - own, 0.0)


def _family_seconds() -> float:
    """Return the CPU of this process and of those it started that run."""
    usage = usage_of(os.getpid())
    return usage.cpu_seconds if usage else 0.0


def _shown(counted: Counter[str]) -> str:
    return "; ".join(f"{n} × {what}" for what, n in counted.most_common(2)) or "-"


if __name__ == "__main__":
    main()
