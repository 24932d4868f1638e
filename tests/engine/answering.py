# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Run in the engine's environment: answer texts the quick way, or plainly about files.

    python -m tests.engine.answering [INDEX] < TEXTS > ANSWERS
"""

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine import index, recognition, selection, selftest, shortcuts


def main() -> None:
    """Answer a JSON list of texts with a JSON list of answers."""
    answer: Callable[[str], list[Any]] = plain_answer
    if folder := sys.argv[1:]:
        cache, columns = index.read(Path(folder[0]))
        index.install(cache)
        shortcuts.take_shortcuts()
        selection.install(selection.Selection(cache.index, columns))
        answer = selftest.answer
    answers = [
        [answer(text), recognition.copyrights(text)] for text in json.load(sys.stdin)
    ]
    json.dump(answers, sys.stdout)


def plain_answer(text: str) -> list[Any]:
    """Return what ScanCode decides on a file of which *text* is the content."""
    from licensedcode.detection import detect_licenses

    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch) / "text"
        place.write_text(text)
        return selftest.told(detect_licenses(location=str(place)))


if __name__ == "__main__":
    main()
