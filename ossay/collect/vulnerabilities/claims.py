# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What the repository itself says of flaws in its components: claims, and no more."""

import re
from collections.abc import Iterator

from ossay.collect.vulnerabilities.vex import LARGEST_DOCUMENT, NoVex, statements
from ossay.model.tree import BlobUnreadable, Tree
from ossay.model.vex import Speaker, Statement

MOST_DOCUMENTS = 100

_NAMES = re.compile(
    r"(?:.*/)?(?:\.vex/[^/]+|[^/]*(?:\b|open)vex\b[^/]*|csaf/[^/]+)\.json",
    re.IGNORECASE,
)


def claims(tree: Tree) -> Iterator[Statement]:
    """
    Yield what VEX documents in *tree* say.

    One that is none, or cannot be read, says nothing; no count rests on any of them.
    """
    sizes = {entry.path: entry.size_bytes for entry in tree.entries()}
    named = [path for path in tree.paths() if _NAMES.fullmatch(path)]
    for path in sorted(named)[:MOST_DOCUMENTS]:
        if (sizes[path] or 0) <= LARGEST_DOCUMENT:
            try:
                yield from statements(tree.read(path), Speaker.REPOSITORY, path)
            except (BlobUnreadable, NoVex):
                continue
