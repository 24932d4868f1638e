# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What SPDX tags and REUSE annotations say of the files: the answers."""

from collections.abc import Iterator

from ossay.collect.licensing.annotation_files import REUSE_TOML
from ossay.collect.licensing.conformance import Conformance, conformance
from ossay.collect.licensing.covered import Annotated, covered_entries
from ossay.collect.licensing.distance import is_inside
from ossay.collect.licensing.facts import (
    ABOUT_FILES,
    BAD_LICENCES,
    COVERED_FILES,
    FILES_WITHOUT_COPYRIGHT,
    FILES_WITHOUT_LICENCE,
    INVALID_TAGS,
    MISSING_LICENCE_TEXTS,
    REUSE_COMPLIANT,
    TAGGED_LICENCES,
    UNUSED_LICENCE_TEXTS,
)
from ossay.model.evidence import Answered, Fact, Item
from ossay.model.tree import Tree


def answers(tree: Tree, folder: str, read: Annotated) -> Iterator[Answered]:
    """Answer for the files in *folder* ("" is the whole tree)."""
    if read.why_not:
        yield from _without_annotations(tree, folder, read.why_not)
        return
    known = conformance(tree.entries(), read.inside(folder), is_whole=not folder)
    yield COVERED_FILES.found(len(known.files))
    yield _count(FILES_WITHOUT_LICENCE, *known.without_licence)
    yield _count(FILES_WITHOUT_COPYRIGHT, *known.without_copyright)
    missed = _unread(known.unread)
    for fact, found in (
        (TAGGED_LICENCES, known.used),
        (INVALID_TAGS, known.invalid),
        (BAD_LICENCES, known.bad),
        (MISSING_LICENCE_TEXTS, known.missing),
    ):
        yield fact.found(tuple(found), found.values(), missed=missed)
    yield _unused(known)
    yield _compliant(known)


def _without_annotations(tree: Tree, folder: str, why: str) -> Iterator[Answered]:
    """Answer where nobody can tell what is said about files outside of them."""
    covered = [e for e in covered_entries(tree) if is_inside(e.path, folder)]
    yield COVERED_FILES.found(len(covered))
    for fact in ABOUT_FILES:
        if fact is REUSE_COMPLIANT:
            yield REUSE_COMPLIANT.found(False, [Item(subject=REUSE_TOML, note=why)])
        elif fact is not COVERED_FILES:
            yield fact.unknown(why)


def _count(
    fact: Fact[int], lacking: tuple[Item, ...], doubtful: tuple[Item, ...]
) -> Answered:
    """Count those that were read; the others may state it, or not."""
    if doubtful and not lacking:
        return fact.unknown(_unread(doubtful), doubtful)
    return fact.found(len(lacking), lacking, missed=_unread(doubtful))


def _unread(files: tuple[Item, ...]) -> str:
    if not files:
        return ""
    some = "a file" if len(files) == 1 else f"{len(files):,} files"
    reasons = {file.note for file in files}
    because = f": {reasons.pop()}" if len(reasons) == 1 else ""
    return f"{some} could not be read to the end{because}"


def _unused(known: Conformance) -> Answered:
    if not known.is_whole:
        why = "only a part of the repository was looked at, and LICENSES/ serves all"
        return UNUSED_LICENCE_TEXTS.inapplicable(why)
    if known.unused and known.unread:
        why = "files that could not be read may name the licences of these texts"
        return UNUSED_LICENCE_TEXTS.unknown(why, known.unused.values())
    return UNUSED_LICENCE_TEXTS.found(tuple(known.unused), known.unused.values())


def _compliant(known: Conformance) -> Answered:
    if known.obstacles:
        return REUSE_COMPLIANT.found(False, known.obstacles)
    if known.unread:
        return REUSE_COMPLIANT.unknown(_unread(known.unread), known.unread)
    return REUSE_COMPLIANT.found(True)
