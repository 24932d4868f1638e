# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
zizmor: weaknesses of workflows in the syntax of GitHub Actions, Forgejo's too.

The candidate's own settings and comments tell it nothing, but where just that is
asked. A file that it cannot read ends it; otherwise nobody would hear of that.
"""

import json
from pathlib import Path

from ossay.sandbox.adapter import Adapter, Question
from ossay.sandbox.running import Limits

_ALONE = (
    *("--quiet", "--no-progress", "--color=never", "--format=json-v1"),
    *("--offline", "--no-exit-codes", "--strict-collection", "--collect=all"),
)

_KEYS = ("ident", "desc", "determinations", "locations")


def _findings(*more: str) -> Question:
    def words(files: Path, scratch: Path) -> tuple[str, ...]:
        # In a folder it looks for workflows where GitHub does, and nowhere else.
        others = [
            str(path)
            for forge in (".forgejo", ".gitea")
            for path in sorted((files / forge / "workflows").glob("*.y*ml"))
        ]
        cache = f"--cache-dir={scratch / 'cache'}"
        return (*_ALONE, cache, *more, "--", str(files), *others)

    return Question(words=words, is_answer=_is_answer, refusal="failed to load")


def _is_answer(text: bytes) -> bool:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, list) and all(
        isinstance(each, dict) and all(key in each for key in _KEYS) for each in said
    )


ZIZMOR = Adapter(
    name="zizmor",
    purpose="examines workflows",
    distribution="zizmor",
    file="bin/zizmor",
    questions={
        "findings": _findings("--no-config", "--no-ignores"),
        "findings that the candidate's settings leave": _findings(),
    },
    limits=Limits(cpu_seconds=30.0, wall_seconds=90.0),
)
