# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What files state of their licence: told by passages, and by the whole file in doubt.
"""

import hashlib
from collections.abc import Iterator, Mapping

from ossay.collect.licensing import tags
from ossay.collect.licensing.curations import NO_CURATIONS, Curations
from ossay.collect.licensing.recognition import reading
from ossay.collect.licensing.recognition.curated import with_curations
from ossay.collect.licensing.recognition.questions import Question, answers
from ossay.collect.licensing.recognition.reading import Kind, Reading
from ossay.collect.licensing.recognition.statements import (
    Told,
    told_by_passages,
    told_by_whole,
)
from ossay.collect.licensing.recognition.work import Work, is_called_licence
from ossay.model.licences import Recognised
from ossay.model.tree import BlobFacts

LARGEST_WHOLE = 300_000
"""Bytes of a file that is asked about as a whole where its passages leave doubts."""


def licences_of(
    work: Work,
    question: Question[Recognised] | None,
    memory: BlobFacts | None,
    curations: Curations = NO_CURATIONS,
) -> Mapping[str, Told]:
    """
    Return what each file states: by its passages, then as a whole if in doubt.

    What a person says of a passage stands in place of what is told of it otherwise.
    """
    unsettled = work.each(
        lambda one: [f.key for f in one.fragments if not f.is_settled], Kind.TEXT
    )

    def texts(missing: frozenset[str]) -> Iterator[tuple[str, str]]:
        return work.texts(unsettled, missing, _passages)

    keys = [key for have in unsettled.values() for key in have]
    known = answers(question, keys, texts, memory)
    told = work.each(lambda one: told_by_passages(one, known, curations), Kind.TEXT)
    if question is not None:
        _ask_whole(work, question, memory, told, curations)
    if curations:
        for path in tuple(told):
            one = work.readings[path]
            if isinstance(one, Reading):
                told[path] = with_curations(
                    told[path], one, blob=work.oids[path], curations=curations
                )
    return {path: told.get(path, _NOTHING) for path in work.readings}


_NOTHING = Told()


def _passages(content: bytes) -> Iterator[tuple[str, str]]:
    for passage in reading.cut(content):
        yield passage.wording.key, passage.wording.text


def _ask_whole(
    work: Work,
    question: Question[Recognised],
    memory: BlobFacts | None,
    told: dict[str, Told],
    curations: Curations,
) -> None:
    """Ask about all of a file where its passages leave doubts, or its name says so."""
    doubtful = {
        path: whole_key(work.oids[path])
        for path, now in told.items()
        if _is_worth_whole(path, work, now, curations)
    }

    def texts(missing: frozenset[str]) -> Iterator[tuple[str, str]]:
        paths = [path for path, key in doubtful.items() if key in missing]
        for oid, content in work.read_again(paths):
            yield whole_key(oid), _as_it_stands(content)

    known = answers(question, doubtful.values(), texts, memory)
    for path, key in doubtful.items():
        answer = known[key]
        one = work.readings[path]
        if isinstance(answer, Recognised) and isinstance(one, Reading):
            told[path] = told_by_whole(one, work.oids[path], answer)


def _is_worth_whole(path: str, work: Work, now: Told, curations: Curations) -> bool:
    if not (now.is_partial or is_called_licence(path)):
        return False
    one = work.readings[path]
    if not isinstance(one, Reading) or one.is_minified:
        return False
    if work.sizes[path] > LARGEST_WHOLE:
        return False
    is_settled = bool(one.fragments) and all(
        f.is_settled or f.key in curations for f in one.fragments
    )
    return now.is_partial or not is_settled


def whole_key(oid: str) -> str:
    """
    Return the key of all of the blob *oid*, as it is put to a recogniser.

    Content and the code that reads it are all that this depends on, so no file has to
    be read to know whether it was asked about.
    """
    named = f"as it stands {oid} {reading.scanner().version}".encode()
    return hashlib.blake2b(named, digest_size=16).hexdigest()


def _as_it_stands(content: bytes) -> str:
    """
    Return all of *content*, with its own lines and no more (Unicode has other ends).

    ScanCode knows a whole text by its hash, or by nearly all of its words, so what a
    wording leaves out can make it see a heap of small rules in place of one licence.
    """
    text = (tags.as_utf8(content) or b"").decode(errors="replace")
    return "\n".join(" ".join(line.splitlines()) for line in text.split("\n"))
