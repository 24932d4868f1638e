# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What is asked of a recogniser: each wording once, and only if nobody knows the answer.

An answer is remembered by the key of its wording and the recogniser's version, as
what a scanner says of a blob is by the blob's name. So a new version of a recogniser
asks anew what was open, and reads no file for what it knows. That something could not
be told is not remembered: it may be told the next time.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from ossay.codec import reader, to_json
from ossay.model.digest import Digest
from ossay.model.licences import Holdings, Recognised, Recogniser
from ossay.model.tree import BlobFacts, Unreadable

T = TypeVar("T")

LICENCES = "licence-fragment"
HOLDERS = "copyright-group"
"""What answers are remembered under, as the names of scanners."""

NO_RECOGNISER = "no recogniser of licences is at hand"
NOT_AGAIN = "its text could not be read again to be asked about"

_KEPT_AT_ONCE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Generic[T]):
    """
    A way to ask a recogniser.

    Attributes:
        name: What answers are remembered under, as the name of a scanner.
        version: The recogniser's.
        kind: Type of the answers.
        ask: Takes pairs of key and text, and yields an answer for each, in order.
    """

    name: str
    version: Digest
    kind: type[T]
    ask: Callable[[Iterable[tuple[str, str]]], Iterator[tuple[str, T | Unreadable]]]


def licences_by(recogniser: Recogniser | None) -> Question[Recognised] | None:
    """Return the question which licences a wording speaks of."""
    if recogniser is None:
        return None
    return Question(
        name=LICENCES,
        version=recogniser.version,
        kind=Recognised,
        ask=recogniser.licences,
    )


def holders_by(recogniser: Recogniser | None) -> Question[Holdings] | None:
    """Return the question who holds the copyright by some lines."""
    if recogniser is None:
        return None
    return Question(
        name=HOLDERS,
        version=recogniser.version,
        kind=Holdings,
        ask=recogniser.copyrights,
    )


def answers(
    question: Question[T] | None,
    keys: Iterable[str],
    texts: Callable[[frozenset[str]], Iterator[tuple[str, str]]],
    memory: BlobFacts | None,
) -> Mapping[str, T | Unreadable]:
    """
    Return an answer for each of *keys*.

    Args:
        texts: Yields key and text for those keys that have to be asked about.
    """
    asked = tuple(dict.fromkeys(keys))
    if question is None:
        return dict.fromkeys(asked, Unreadable(why=NO_RECOGNISER))
    found: dict[str, T | Unreadable] = {}
    if memory is not None:
        known = memory.known(question.name, question.version, asked)
        read = reader(question.kind)
        found.update((k, read(known[k])) for k in known)
    missing = frozenset(key for key in asked if key not in found)
    if missing:
        asking = _Asking(question, memory)
        found.update(asking.about(_once(texts(missing), missing)))
    return {key: found.get(key, Unreadable(why=NOT_AGAIN)) for key in asked}


def _once(
    texts: Iterator[tuple[str, str]], wanted: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """Pass on the first text for each key; all others are the same."""
    seen: set[str] = set()
    for key, text in texts:
        if key in wanted and key not in seen:
            seen.add(key)
            yield key, text


@dataclass(frozen=True, slots=True)
class _Asking(Generic[T]):
    """A question as it is put, and where the answers go."""

    question: Question[T]
    memory: BlobFacts | None

    def about(
        self, texts: Iterable[tuple[str, str]]
    ) -> Iterator[tuple[str, T | Unreadable]]:
        """Yield what the recogniser says, and keep it as it comes."""
        new: dict[str, bytes] = {}
        try:
            for key, said in self.question.ask(texts):
                if isinstance(said, Unreadable):
                    yield key, said
                    continue
                new[key] = to_json(said, self.question.kind)
                if len(new) >= _KEPT_AT_ONCE:
                    self._keep(new)
                    new = {}
                yield key, said
        finally:
            self._keep(new)

    def _keep(self, new: Mapping[str, bytes]) -> None:
        if self.memory is not None and new:
            self.memory.keep(self.question.name, self.question.version, new)
