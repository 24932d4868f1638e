# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Answers requests, one JSON document a line, in the order in which they come.

    python -m engine.worker INDEX

Its first line says what it is; then each `{"id", "ask", "text"}` is answered by
`{"id", "answer"}` or `{"id", "error"}`. The quick way (`engine.index`,
`engine.selection`) is taken if it answers the self-test as plain ScanCode does; else
plain ScanCode works, and the first line says why.
"""

import contextlib
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from engine import index, recognition, selection, selftest, shortcuts, texts_only

ASKED: dict[str, Callable[[str], dict[str, Any]]] = {
    "licences": recognition.licences,
    "copyrights": recognition.copyrights,
}

ORPHAN_CPU_SECONDS = 120.0
"""A request that takes longer ends the process, should nobody be left to do it."""


def main() -> None:
    """Serve until there is no more input."""
    with _answers() as answers:
        texts_only.leave_out_files()
        shortcuts.take_shortcuts()
        why_plain, seconds = _prepare(Path(sys.argv[1]))
        ready = {
            "scancode": index.scancode_version(),
            "why_plain": why_plain,
            "selftest_cpu_seconds": seconds,
        }
        _say(answers, {"ready": ready})
        for line in sys.stdin:
            signal.setitimer(signal.ITIMER_PROF, ORPHAN_CPU_SECONDS)
            _say(answers, _answer(json.loads(line)))


def _prepare(folder: Path) -> tuple[str, float]:
    """Make ready; return why plain ScanCode is used, if so, and the test's time."""
    try:
        cache, columns = index.read(folder)
        index.install(cache)
        selection.install(selection.Selection(cache.index, columns))
    except Exception as error:  # noqa: BLE001 - whatever it is, plain ScanCode may work
        return _back_to_plain(f"the quick index cannot be used: {error}")
    seconds, failed = _tested()
    if failed:
        return _back_to_plain(
            f"the quick way failed its self-test on {', '.join(failed)}"
        )
    return "", seconds


def _back_to_plain(why: str) -> tuple[str, float]:
    index.uninstall()
    selection.uninstall()
    seconds, _ = _tested()
    return why, seconds


def _tested() -> tuple[float, list[str]]:
    started = time.process_time()
    failed = selftest.failures()
    return time.process_time() - started, failed


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    try:
        found = ASKED[request["ask"]](request["text"])
    except Exception as error:  # noqa: BLE001 - one text may fail, the next may not
        return {"id": request["id"], "error": f"{type(error).__name__}: {error}"[:500]}
    return {"id": request["id"], "answer": found}


@contextlib.contextmanager
def _answers() -> Any:
    """Keep standard output for answers; whatever else is printed goes to the log."""
    kept = os.dup(1)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    with os.fdopen(kept, "w", encoding="ascii") as answers:
        yield answers


def _say(answers: TextIO, what: dict[str, Any]) -> None:
    answers.write(json.dumps(what) + "\n")
    answers.flush()


if __name__ == "__main__":
    main()
