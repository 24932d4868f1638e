# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
The golden memos: what a small, fixed judgement looks like in each format.

`python -m tests.memo.golden` writes them again; read what changed before you
commit it.
"""

from collections.abc import Iterator
from pathlib import Path

from ossay.memo import FORMATS
from tests.memo import cases

FOLDER = Path(__file__).parent / "golden"

CASES = {"refused": cases.refused, "conditional": cases.conditional}


def rendered() -> Iterator[tuple[Path, str]]:
    """Yield each golden file, and what it should hold."""
    for name, case in CASES.items():
        for form in FORMATS.values():
            yield FOLDER / f"{name}{form.suffix}", form.render(case())


if __name__ == "__main__":
    for path, text in rendered():
        path.write_text(text, encoding="utf-8")
