# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What the files say of their licences: the answers, and the table of all files."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from ossay.collect.licensing.annotation_files import (
    REUSE_TOML,
    AnnotationsUnreadable,
    annotations_in,
)
from ossay.collect.licensing.annotations import Annotations
from ossay.collect.licensing.conformance import Conformance, conformance
from ossay.collect.licensing.covered import (
    LicensedFile,
    annotating,
    covered_entries,
    licensed_files,
)
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
from ossay.model.collector import Table
from ossay.model.evidence import Answered, Fact, Item
from ossay.model.tree import BlobUnreadable, Tree

COLUMNS = ("path", "sha1", "covered", "licences", "copyrights", "sources", "text")
"""
Columns of the table "files"; several values in one cell stand on lines of their own.

`sha1` is "" where the content could not be read; `covered` is "yes" where REUSE
asks the file to state licence and copyright; `licences` are SPDX expressions;
`sources` are the paths that say so; `text` is all of a licence that is on no list
(`LICENSES/LicenseRef-*`), which SPDX documents have to repeat.
"""

LONGEST_TEXT = 100_000


def answers(tree: Tree, folder: str) -> Iterator[Answered | Table]:
    """Answer for the files in *folder* ("" is the whole tree)."""
    try:
        annotations = annotations_in(tree, annotating(tree))
    except AnnotationsUnreadable as error:
        yield from _without_annotations(tree, folder, str(error))
        yield _table(_files(tree, folder, Annotations()), {})
        return
    files = tuple(_files(tree, folder, annotations))
    known = conformance(tree.entries(), files, is_whole=not folder)
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
    yield _table(files, dict(_own_texts(tree, known)))


def _without_annotations(tree: Tree, folder: str, why: str) -> Iterator[Answered]:
    """Answer where nobody can tell what is said about files outside of them."""
    covered = [e for e in covered_entries(tree) if is_inside(e.path, folder)]
    yield COVERED_FILES.found(len(covered))
    for fact in ABOUT_FILES:
        if fact is REUSE_COMPLIANT:
            yield REUSE_COMPLIANT.found(False, [Item(subject=REUSE_TOML, note=why)])
        elif fact is not COVERED_FILES:
            yield fact.unknown(why)


def _files(tree: Tree, folder: str, annotations: Annotations) -> Iterator[LicensedFile]:
    found = licensed_files(tree, annotations)
    return (f for f in found if is_inside(f.path, folder))


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


def _own_texts(tree: Tree, known: Conformance) -> Iterator[tuple[str, str]]:
    """Yield the licence texts that are on no list, by their paths."""
    for identifier, text in known.texts.items():
        if identifier.startswith("LicenseRef-"):
            with suppress(BlobUnreadable):  # a link, or missing: its row says so
                content = tree.read(text.path)[:LONGEST_TEXT]
                yield text.path, content.decode(errors="replace").strip()


def _table(files: Iterable[LicensedFile], texts: Mapping[str, str]) -> Table:
    return Table(
        name="files",
        columns=COLUMNS,
        rows=tuple(_row(file, texts.get(file.path, "")) for file in files),
    )


def _row(file: LicensedFile, text: str) -> tuple[str, ...]:
    sources = dict.fromkeys(said.source for said in file.said if not said.is_silent)
    return (
        file.path,
        file.sha1,
        "yes" if file.is_covered else "no",
        "\n".join(file.expressions),
        "\n".join(file.copyrights),
        "\n".join(sources),
        text,
    )
