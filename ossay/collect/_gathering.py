# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Runs a collector; what it still owed when it failed becomes a gap."""

import logging
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ossay.model.collector import Collector, Given, Table
from ossay.model.errors import OssayError
from ossay.model.evidence import Answered, Fact, Observation

NOT_WRITTEN = 73
"""Exit status of errors of the place where answers are kept (EX_CANTCREAT)."""

LONGEST_REASON = 300
"""Characters of a failure that a gap repeats; the log has all of it."""

_log = logging.getLogger(__name__)


class AnswerRefused(OssayError):
    """A collector gave an answer that it did not promise."""


def gather(
    collector: Collector, given: Given
) -> tuple[tuple[Answered, ...], tuple[Table, ...]]:
    """
    Return what *collector* answers, in the order of its facts, and its tables.

    Every declared fact is answered once: one that the collector stays silent on
    becomes a gap. When it raises, answers what it did not declare, answers with
    the wrong kind of value or answers a question a second time, it is stopped
    there: what it said before stands, and all it still owed becomes gaps. Where
    nothing can be written any more, that is told: the gaps could not be kept either.
    """
    return _asked(collector, collector.facts, lambda: collector.collect(given))


def conclude(
    collector: Collector, said: Mapping[str, Answered]
) -> tuple[Answered, ...]:
    """Return what follows from all that was *said*, by the same rules as `gather`."""
    concluding = collector.conclude
    if concluding is None:
        return ()
    return _asked(collector, collector.concludes, lambda: concluding(said))[0]


def _asked(
    collector: Collector,
    facts: Iterable[Fact[Any]],
    ask: Callable[[], Iterator[Answered | Table]],
) -> tuple[tuple[Answered, ...], tuple[Table, ...]]:
    owed = {fact.name: fact for fact in facts}
    answers: dict[str, Answered] = {}
    tables: list[Table] = []
    why = "the collector gave no answer"
    try:
        for said in ask():
            if isinstance(said, Table):
                tables.append(said)
            else:
                answers[said.fact] = _accepted(said, owed, answers)
    except Exception as error:  # the one place that may (style.md, 6)
        if isinstance(error, OssayError) and error.status == NOT_WRITTEN:
            raise
        _log.exception("collector %s failed", collector.collect.__module__)
        why = f"the collector failed: {_reason(error)}"
    in_order = (answers.get(f.name) or f.unknown(why) for f in owed.values())
    return tuple(in_order), tuple(tables)


def _accepted(
    said: Answered, owed: dict[str, Fact[Any]], given: dict[str, Answered]
) -> Answered:
    if said.fact not in owed:
        msg = f"it answered {said.fact!r}, which it does not declare"
        raise AnswerRefused(msg)
    if said.fact in given:
        msg = f"it answered {said.fact!r} twice"
        raise AnswerRefused(msg)
    if isinstance(said, Observation) and not _is(said.value, owed[said.fact].kind):
        kind = owed[said.fact].kind.__name__
        msg = f"it answered {said.fact!r} with {said.value!r}; expected {kind}"
        raise AnswerRefused(msg)
    return said


def _is(value: object, kind: type) -> bool:
    """Tell whether *value* is of that very kind: True is no number, a time no date."""
    match value:
        case tuple():
            return kind is tuple and all(type(entry) is str for entry in value)
        case float():
            return kind is float and math.isfinite(value)
        case int() if kind is float:
            return not isinstance(value, bool)
        case _:
            return type(value) is kind


def _reason(error: Exception) -> str:
    """Return one line about *error*; it may quote a stranger's file at length."""
    line = " ".join(str(error).split()) or type(error).__name__
    return line if len(line) <= LONGEST_REASON else line[: LONGEST_REASON - 1] + "…"
