# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Run in the engine's environment: answer texts, plainly or the quick way.

    python -m tests.engine.answering [INDEX] < TEXTS > ANSWERS
"""

import json
import sys
from pathlib import Path

from engine import index, recognition, selection, selftest, shortcuts


def main() -> None:
    """Answer a JSON list of texts with a JSON list of answers."""
    if folder := sys.argv[1:]:
        cache, columns = index.read(Path(folder[0]))
        index.install(cache)
        shortcuts.take_shortcuts()
        selection.install(selection.Selection(cache.index, columns))
    answers = [
        [selftest.answer(text), recognition.copyrights(text)]
        for text in json.load(sys.stdin)
    ]
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
