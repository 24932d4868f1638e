# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The licence of every file of a tree, as far as bytes, tags and a recogniser tell."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ossay.collect.licensing.covered import Annotated, annotated
from ossay.collect.licensing.curations import NO_CURATIONS, Curations
from ossay.collect.licensing.distance import is_inside
from ossay.collect.licensing.recognition.findings import FileFinding, Reference
from ossay.collect.licensing.recognition.holders import holders
from ossay.collect.licensing.recognition.licences import licences_of
from ossay.collect.licensing.recognition.neighbourhood import (
    Neighbourhood,
    Origin,
    origin_of,
)
from ossay.collect.licensing.recognition.questions import holders_by, licences_by
from ossay.collect.licensing.recognition.reading import Reading
from ossay.collect.licensing.recognition.statements import Told
from ossay.collect.licensing.recognition.work import Work, kind_of, work_on
from ossay.collect.licensing.tags import ELSEWHERE
from ossay.model.licences import Recogniser
from ossay.model.tree import BlobFacts, Tree, Unreadable


def recognise(
    tree: Tree,
    recogniser: Recogniser | None = None,
    memory: BlobFacts | None = None,
    folder: str = "",
    curations: Curations = NO_CURATIONS,
) -> tuple[FileFinding, ...]:
    """
    Return what is known of the licence of each file in *folder* ("" is all of *tree*).

    Without a *recogniser*, what tags and whole texts do not tell stays open. In
    *memory* it is looked up what a recogniser of that version said before. What a
    person says of a passage by one of *curations* stands in place of both.
    """
    work = work_on(tree, folder)
    read = annotated(tree, work.readings)
    return findings(work, read, recogniser, memory, folder, curations)


def findings(
    work: Work,
    read: Annotated,
    recogniser: Recogniser | None,
    memory: BlobFacts | None,
    folder: str,
    curations: Curations = NO_CURATIONS,
) -> tuple[FileFinding, ...]:
    """Return what `recognise` does, of files that were read."""
    said = {f.path: f.said for f in read.files}
    told = licences_of(work, licences_by(recogniser), memory, curations)
    held = holders(work, holders_by(recogniser), memory)
    around = Neighbourhood(work.tree.paths())
    found = tuple(
        FileFinding(
            path=path,
            kind=kind_of(path, one),
            origin=_origin(path, one),
            statements=told[path].statements,
            open=told[path].open,
            curated=told[path].curated,
            said=said.get(path, ()),
            holdings=held[path][0],
            open_notices=held[path][1],
            licensed_by=around.licensed_by(path),
            unread=read.why_not or _unread(one, told[path]),
        )
        for path, one in work.readings.items()
    )
    resolved = _resolved(found, around)
    return tuple(f for f in resolved if is_inside(f.path, folder))


def _resolved(
    found: tuple[FileFinding, ...], around: Neighbourhood
) -> Iterator[FileFinding]:
    """Yield the findings with the files that statements refer to."""
    by_path = {finding.path: finding for finding in found}
    for finding in found:
        if not any(s.references for s in finding.statements):
            yield finding
            continue
        yield replace(
            finding,
            statements=tuple(
                replace(
                    statement,
                    references=tuple(
                        _reference(r.name, finding.path, around, by_path)
                        for r in statement.references
                    ),
                )
                for statement in finding.statements
            ),
        )


def _reference(
    name: str, path: str, around: Neighbourhood, found: Mapping[str, FileFinding]
) -> Reference:
    meant = around.referred(path, name)
    stated = found[meant].statements if meant in found else ()
    return Reference(
        name=name,
        path=meant,
        expressions=tuple(dict.fromkeys(s.expression for s in stated)),
    )


def _origin(path: str, one: Reading | Unreadable) -> Origin:
    origin = origin_of(path)
    if origin is Origin.OWN and isinstance(one, Reading) and one.is_generated:
        return Origin.GENERATED
    return origin


def _unread(one: Reading | Unreadable, told: Told) -> str:
    if isinstance(one, Unreadable):
        return one.why
    if told.is_read_by_a_person:
        return ""
    return ELSEWHERE if one.tags.is_pointer else one.unread
