# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What people say of passages, put in place of what else was told of them."""

from collections.abc import Iterator
from dataclasses import replace

from ossay.collect.licensing.curations import Curations, told_by
from ossay.collect.licensing.expressions import NONE
from ossay.collect.licensing.recognition.findings import Curated, Statement
from ossay.collect.licensing.recognition.reading import Reading
from ossay.collect.licensing.recognition.statements import Told, in_order
from ossay.collect.licensing.recognition.wording import line_at
from ossay.model.licences import Speech
from ossay.model.people import Curation


def with_curations(told: Told, one: Reading, blob: str, curations: Curations) -> Told:
    """
    Return *told*, of the file *one*, with what people say in place of it.

    Who says what all of a file states, by the name of its *blob*, has the last word;
    else each passage goes by its key, wherever it stands. What else was told of it is
    kept beside.
    """
    if blob in curations:
        return _as_a_whole(told, curations[blob])
    curated = tuple(_curated(told, one, blob, curations))
    if not curated:
        return told
    overruled = {id(s) for passage in curated for s in passage.overruled}
    kept = [s for s in told.statements if id(s) not in overruled]
    said = [s for passage in curated for s in _statements(passage)]
    return replace(
        told,
        statements=in_order([*kept, *said]),
        open=tuple(left for left in told.open if left.key not in curations),
        curated=curated,
    )


def _curated(
    told: Told, one: Reading, blob: str, curations: Curations
) -> Iterator[Curated]:
    whys = {left.key: left.why for left in told.open}
    for fragment in one.fragments:
        if fragment.key not in curations:
            continue
        first, last = line_at(fragment.places, 0), fragment.last_line
        yield Curated(
            first_line=first,
            last_line=last,
            curation=curations[fragment.key],
            overruled=tuple(
                s
                for s in told.statements
                if s.key in (fragment.key, blob)
                and first <= s.first_line <= s.last_line <= last
            ),
            why_open=whys.get(fragment.key, ""),
        )


def _as_a_whole(told: Told, curation: Curation) -> Told:
    ends = [s.last_line for s in told.statements] + [o.last_line for o in told.open]
    curated = Curated(
        first_line=1,
        last_line=max(ends, default=1),
        curation=curation,
        overruled=told.statements,
        why_open="; ".join(dict.fromkeys(left.why for left in told.open)),
    )
    return Told(
        statements=tuple(_statements(curated)),
        curated=(curated,),
        is_read_by_a_person=True,
    )


def _statements(passage: Curated) -> Iterator[Statement]:
    said = passage.curation
    if said.expression != NONE:
        yield Statement(
            expression=said.expression,
            speech=Speech.NOTICE,
            first_line=passage.first_line,
            last_line=passage.last_line,
            by=told_by(said),
            key=said.key,
        )
