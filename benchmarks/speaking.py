# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Let plain ScanCode answer files that hold a word of licences.

    .engine/bin/python -m benchmarks.speaking FOLDER FILES SECONDS REPOSITORY...

Of the files of a repository few speak of a licence, so a sample of all of them says
little of those. As `benchmarks.reference`, but files called licences come first, and
of the others those without one of `WORDS` and those larger than `LARGEST_BYTES` are
passed over. The words are not the recogniser's cues.
"""

import re
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks.reference import Blob, answers_in, ask, drawn, git

WORDS = re.compile(rb"licen[cs]|copyright|gpl|public domain|warrant|redistrib", re.I)
NAMES = re.compile(r"licen[cs]e|copying|notice|copyright", re.I)
LARGEST_BYTES = 20_000
LARGEST_NAMED_BYTES = 100_000


def main() -> None:
    """Ask until the time is over."""
    folder, files, seconds, *repositories = sys.argv[1:]
    wanted = [b for name in repositories for b in islice(speaking(name), int(files))]
    ask(wanted, answers_in(Path(folder)), float(seconds), holders=True)


def speaking(repository: str) -> Iterator[Blob]:
    """Yield the files of *repository* that hold a word of licences, as drawn."""
    blobs = drawn(Path(repository))
    named = [b for b in blobs if NAMES.match(b.path.rpartition("/")[2])]
    yield from (b for b in named if b.size_bytes <= LARGEST_NAMED_BYTES)
    for blob in blobs:
        if blob not in named and blob.size_bytes <= LARGEST_BYTES and _speaks(blob):
            yield blob


def _speaks(blob: Blob) -> bool:
    content = git(blob.repository, "cat-file", "blob", blob.oid)
    return WORDS.search(content) is not None


if __name__ == "__main__":
    main()
