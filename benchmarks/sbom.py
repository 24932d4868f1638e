# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Measure writing and validating SPDX documents of 10,000 and of 50,000 files.

    python -m benchmarks.sbom
"""

import time
from collections.abc import Iterator

from ossay.memo.sbom_checking import validate
from tests.memo.test_sbom import evidence, row, sbom

FILES = 10_000, 50_000
BAR = 1.5
"""CPU seconds for both, for 10,000 files."""


def lines() -> Iterator[str]:
    """Yield what it takes, in one line for each number of files."""
    validate(sbom(evidence(), [], "x"))  # imports what it needs
    return map(_line, FILES)


def _line(files: int) -> str:
    concluded = ("own", "", "", "", "", "MIT", "stated", "")
    tagged = [
        row(f"src/{n}.c", licences="MIT", copyrights=f"2026 Author {n % 100}")
        for n in range(files)
    ]
    rows = [(*one, *concluded) for one in tagged]
    began = time.process_time()
    document = sbom(evidence(), rows, "x")
    written = time.process_time()
    faults = validate(document)
    validated = time.process_time()
    if faults:
        raise AssertionError(faults)
    return (
        f"SPDX document of {files:,} files: written in {written - began:.2f} and "
        f"validated in {validated - written:.2f} CPU-s (bar for 10,000: {BAR} for "
        "both).  "
    )


if __name__ == "__main__":
    print(*lines(), sep="\n")
