# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Measure writing and validating an SPDX document of 10,000 files.

    python -m benchmarks.sbom
"""

import time

from ossay.memo.sbom import validate
from tests.memo.test_sbom import evidence, row, sbom

FILES = 10_000
BAR = 1.5
"""CPU seconds for both."""


def line() -> str:
    """Return what it takes, in one line."""
    rows = [
        row(f"src/{n}.c", licences="MIT", copyrights=f"2026 Author {n % 100}")
        for n in range(FILES)
    ]
    some = sbom(evidence(), rows[:10], "x")
    validate(some)  # imports what it needs
    began = time.process_time()
    document = sbom(evidence(), rows, "x")
    written = time.process_time()
    faults = validate(document)
    validated = time.process_time()
    if faults:
        raise AssertionError(faults)
    return (
        f"SPDX document of {FILES:,} files: written in {written - began:.2f} and "
        f"validated in {validated - written:.2f} CPU-s (bar {BAR} for both)."
    )


if __name__ == "__main__":
    print(line())
