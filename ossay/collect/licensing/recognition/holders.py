# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Who holds the copyright by the notices in files, as a recogniser reads them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ossay.collect.licensing.recognition import reading
from ossay.collect.licensing.recognition.findings import Open
from ossay.collect.licensing.recognition.questions import Question, answers
from ossay.collect.licensing.recognition.reading import Reading
from ossay.collect.licensing.recognition.wording import line_at
from ossay.collect.licensing.recognition.work import Work
from ossay.model.licences import Holding, Holdings
from ossay.model.tree import BlobFacts, Unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Notices in a file as they were read, and lines that may hold others."""

    holdings: tuple[Holding, ...] = ()
    open: tuple[Open, ...] = ()


def holders(
    work: Work, question: Question[Holdings] | None, memory: BlobFacts | None
) -> Mapping[str, Held]:
    """Return who holds the copyright by each file."""
    keys = work.each(lambda one: [group.key for group in one.groups])

    def texts(missing: frozenset[str]) -> Iterator[tuple[str, str]]:
        return work.texts(keys, missing, _groups)

    wanted = [key for have in keys.values() for key in have]
    known = answers(question, wanted, texts, memory)
    held = work.each(lambda one: _held(one, known))
    return {path: held.get(path, _NOTHING) for path in work.readings}


_NOTHING = Held()


def _groups(content: bytes) -> Iterator[tuple[str, str]]:
    for group in reading.cut_groups(content):
        yield group.key, group.text


def _held(one: Reading, known: Mapping[str, Holdings | Unreadable]) -> Held:
    holdings: list[Holding] = []
    left: list[Open] = []
    for group in one.groups:
        answer = known[group.key]
        if isinstance(answer, Unreadable):
            first = line_at(group.places, 0)
            why = answer.why
            last = group.last_line
            left.append(Open(first_line=first, last_line=last, key=group.key, why=why))
        else:
            holdings += (_moved(notice, group.places) for notice in answer.notices)
    return Held(holdings=tuple(holdings), open=tuple(left))


def _moved(notice: Holding, places: tuple[int, ...]) -> Holding:
    return replace(
        notice,
        first_line=line_at(places, notice.first_line - 1),
        last_line=line_at(places, notice.last_line - 1),
    )
