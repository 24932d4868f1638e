# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Where else a project speaks of licences: for a person to read, and not weighed."""

from collections.abc import Iterator

from ossay.collect._headings import read_document
from ossay.collect._words import Topic, is_named, stem
from ossay.collect.licensing.distance import steps_to
from ossay.collect.licensing.names import is_notice, speaks_of_licences
from ossay.model.evidence import Item
from ossay.model.tree import BlobUnreadable, Tree

LARGEST_BYTES = 2_000_000


def notices(tree: Tree, folder: str = "") -> Iterator[Item]:
    """
    Yield READMEs' sections on licences, and notices, directly in *folder*.

    They may take something out of the licence, such as a logo, or add to it.
    """
    for path in tree.paths():
        if steps_to(path, folder) != 0:
            continue
        name = path.rpartition("/")[2]
        if is_named(Topic.README, stem(name)):
            yield from _sections(tree, path)
        elif is_notice(name):
            yield Item(subject=path, note="notices, which were not weighed")


def _sections(tree: Tree, path: str) -> Iterator[Item]:
    try:
        content = tree.read(path)
    except BlobUnreadable as error:
        yield Item(subject=path, note=str(error))
        return
    for heading in read_document(content[:LARGEST_BYTES]).headings:
        if speaks_of_licences(heading.text):
            quoted = "" if "@" in heading.text else f" {heading.text[:80]!r}"
            note = f"section{quoted}, which was not weighed"
            yield Item(subject=path, note=note, line=heading.line)
