# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
kingfisher: places of files that look like a key or password of a service.

It would try what it finds at the service; that is switched off, and there is no
network either. It opens no archive. Its answer has the secrets in it.
"""

from collections.abc import Iterable
from pathlib import Path

from ossay.sandbox.adapter import Adapter, Question, is_json_object
from ossay.sandbox.running import Limits

FOUND = 200
"""The status with which it ends where it found anything."""

_ALONE = (
    *("scan", "--no-validate", "--no-update-check", "--git-history=none"),
    *("--no-extract-archives", "--no-dedup", "--quiet"),
    *("--format=json", "--jobs=2"),
)

OTHERS = ("gitleaks:allow", "trufflehog:ignore", "pragma: allowlist secret")
"""What other tools' comments say where a place is to be passed over."""


def _places(more: Iterable[str]) -> Question:
    def words(files: Path, _scratch: Path) -> tuple[str, ...]:
        return (*_ALONE, *more, "--", str(files))

    return Question(
        words=words,
        is_answer=lambda text: is_json_object(text, "findings", "audit"),
        statuses=frozenset({0, FOUND}),
    )


KINGFISHER = Adapter(
    name="kingfisher",
    purpose="looks for secrets",
    distribution="kingfisher-bin",
    file="kingfisher/bin/kingfisher",
    questions={
        "places": _places(["--no-ignore"]),
        "places that the candidate's comments leave": _places(
            [f"--ignore-comment={comment}" for comment in OTHERS]
        ),
    },
    limits=Limits(cpu_seconds=180.0),
    # To compile its rules takes ten times what 2,000 files take.
    keeps_in="KF_RULE_CACHE_DIR",
)
