# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The licence of every file of a tree, as far as bytes, tags and a recogniser tell."""

from collections.abc import Mapping
from dataclasses import replace

from ossay.collect.licensing.covered import Annotated, annotated
from ossay.collect.licensing.curations import NO_CURATIONS, Curations
from ossay.collect.licensing.distance import is_inside
from ossay.collect.licensing.recognition.findings import (
    FileFinding,
    Reference,
    Statement,
)
from ossay.collect.licensing.recognition.holders import holders
from ossay.collect.licensing.recognition.licences import licences_of
from ossay.collect.licensing.recognition.neighbourhood import Neighbourhood, Origin
from ossay.collect.licensing.recognition.questions import holders_by, licences_by
from ossay.collect.licensing.recognition.reading import Reading
from ossay.collect.licensing.recognition.statements import Told
from ossay.collect.licensing.recognition.work import Work, work_on
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
    return tuple(
        FileFinding(
            path=path,
            kind=work.kinds[path],
            origin=_origin(around.origin_of(path), one),
            statements=_resolved(path, told, around),
            open=told[path].open,
            curated=told[path].curated,
            said=said.get(path, ()),
            holdings=held[path].holdings,
            open_notices=held[path].open,
            licensed_by=around.licensed_by(path),
            unread=read.why_not or _unread(one, told[path]),
        )
        for path, one in work.readings.items()
        if is_inside(path, folder)
    )


def _resolved(
    path: str, told: Mapping[str, Told], around: Neighbourhood
) -> tuple[Statement, ...]:
    """Return what the file at *path* states, with the files that it refers to."""
    statements = told[path].statements
    for statement in statements:
        if statement.references:
            break
    else:  # as of nearly all
        return statements
    return tuple(
        replace(
            statement,
            references=tuple(
                _reference(r.name, path, told, around) for r in statement.references
            ),
        )
        for statement in statements
    )


def _reference(
    name: str, path: str, told: Mapping[str, Told], around: Neighbourhood
) -> Reference:
    meant = around.referred(path, name)
    stated = told[meant].statements if meant in told else ()
    return Reference(
        name=name,
        path=meant,
        expressions=tuple(dict.fromkeys(s.expression for s in stated)),
    )


def _origin(origin: Origin, one: Reading | Unreadable) -> Origin:
    if origin is Origin.OWN and isinstance(one, Reading) and one.is_generated:
        return Origin.GENERATED
    return origin


def _unread(one: Reading | Unreadable, told: Told) -> str:
    if isinstance(one, Unreadable):
        return one.why
    if told.is_read_by_a_person:
        return ""
    return ELSEWHERE if one.tags.is_pointer else one.unread
