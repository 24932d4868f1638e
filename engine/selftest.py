# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Texts with the answers that plain ScanCode gave, to hold against the quick way.

    python -m engine.selftest    asks plain ScanCode, and writes its answers down
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from engine.recognition import detections

SET = Path(__file__).parent / "selftest.json"


def answer(text: str) -> list[Any]:
    """Return all that ScanCode decided on *text*, as JSON would hold it."""
    return told(detections(text))


def told(detected: Iterable[Any]) -> list[Any]:
    """Return all that was decided with *detected*, as JSON would hold it."""
    return [
        [
            detection.license_expression_spdx,
            [
                [
                    match.start_line,
                    match.end_line,
                    match.matcher,
                    match.score(),
                    match.rule.identifier,
                ]
                for match in detection.matches
            ],
        ]
        for detection in detected
    ]


def failures() -> list[str]:
    """Return the names of the texts whose answer is not the stored one."""
    return [
        case["name"]
        for case in json.loads(SET.read_text())
        if answer(case["text"]) != case["answer"]
    ]


def _write() -> None:
    cases = json.loads(SET.read_text())
    for case in cases:
        case["answer"] = answer(case["text"])
    SET.write_text(json.dumps(cases, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    _write()
