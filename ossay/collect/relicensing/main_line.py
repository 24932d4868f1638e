# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
In which commit of the main line the licence files at the top came to hold others.

Files of the names that licence files had in any version are looked at, and of those
that are most common. Who made the change is not told; how many people's work was in
the software by then is.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise

from ossay.codec import canonical, code_digest, digest_of_bytes, from_json, to_json
from ossay.collect._period import day_of
from ossay.collect.licensing.expressions import Licence, flagged
from ossay.collect.licensing.knowledge import Category, category_of
from ossay.collect.relicensing.facts import (
    LEFT_OPEN_SOURCE,
    MAIN_LINE_FACTS,
    RELICENSED_ON,
    RELICENSINGS,
)
from ossay.collect.relicensing.held import NOTHING, Held, Tops
from ossay.collect.relicensing.spans import Span, spans_of, unread_of
from ossay.collect.relicensing.versions import Version
from ossay.model.collector import Table
from ossay.model.earlier import Earlier, Step
from ossay.model.evidence import Answered, Item
from ossay.model.history import History
from ossay.model.tree import BlobFacts, Unreadable

Steps = tuple[Step, ...]

COLUMNS = ("on", "commit", "from", "to", "people until then")

_COMMON = (
    *("LICENSE", "LICENSE.txt", "LICENSE.md", "LICENSE.rst", "license.txt"),
    *("LICENCE", "LICENCE.txt", "LICENCE.md"),
    *("COPYING", "COPYING.txt", "COPYING.md", "COPYING.LESSER", "UNLICENSE"),
    "LICENSES",
)

MOST_NAMES = 100
"""Names that licence files had; the most that were seen were 13."""

_REMEMBERED = "relicensing.main_line"
_LOOKED_BACK = 500
"""Commits of the main line among which one is looked for that was asked before."""

_OPEN = frozenset(
    {Category.PUBLIC_DOMAIN, Category.PERMISSIVE}
    | {Category.COPYLEFT_LIMITED, Category.COPYLEFT}
)


def names_in(tops: Tops) -> tuple[str, ...]:
    """Return what to look for: every name that a licence file at the top had."""
    listed = [top for top in tops.values() if not isinstance(top, Unreadable)]
    seen = {entry.path.partition("/")[0] for top in set(listed) for entry in top}
    return tuple(sorted({*_COMMON, *sorted(seen)[:MOST_NAMES]}))


def steps_of(
    history: History,
    earlier: Earlier,
    memory: BlobFacts | None,
    names: Sequence[str],
) -> Steps | Unreadable:
    """
    Return the commits of the main line that changed files of *names*, newest first.

    A commit's past stays as it is: what was told of it once is remembered by its
    name, and only what came after is asked for.
    """
    code = code_digest([sys.modules[__name__]])
    version = digest_of_bytes(canonical([code, *names]))
    line = list(islice(history.main_line(), _LOOKED_BACK))
    kept = {} if memory is None else memory.known(_REMEMBERED, version, line)
    since = next((commit for commit in line if commit in kept), "")
    before = from_json(Steps, kept[since]) if since else ()
    if since == line[0]:
        return before
    new = earlier.steps_that_touched(names, since)
    if isinstance(new, Unreadable):
        return new
    steps = (*new, *before)
    if memory is not None:
        memory.keep(_REMEMBERED, version, {line[0]: to_json(steps, Steps)})
    return steps


def answers(
    history: History,
    steps: Steps | Unreadable,
    held: Mapping[str, Held | Unreadable],
    this: Version,
) -> Iterator[Answered | Table]:
    """Answer by what the licence files held after each of *steps*, up to *this*."""
    if isinstance(steps, Unreadable):
        why = f"the main line could not be looked through: {steps.why}"
        yield from (fact.unknown(why) for fact in MAIN_LINE_FACTS)
        return
    if held[this.commit] != (held[steps[0].commit] if steps else NOTHING):
        why = "the main line does not tell how its licence files came to be as they are"
        yield from (fact.unknown(why) for fact in MAIN_LINE_FACTS)
        return
    states = [_state(step) for step in reversed(steps)]
    missed = "; ".join(unread_of(states, held))
    spans = list(spans_of(states, held))
    changes = list(pairwise(spans))[::-1]
    rows = [_row(old, new, history, steps) for old, new in changes]
    items = [_item(row) for row in rows]
    yield Table(name="relicensings", columns=COLUMNS, rows=tuple(rows))
    yield RELICENSINGS.found(len(changes), items, missed=missed)
    if changes:
        yield RELICENSED_ON.found(spans[-1].first.on, items, missed=missed)
    elif missed:
        yield RELICENSED_ON.unknown(missed)
    else:
        why = "no commit of the main line replaced a licence by another"
        yield RELICENSED_ON.inapplicable(why)
    yield _left_open_source(changes, items, missed)


def _state(step: Step) -> Version:
    return Version(
        name=f"commit {step.commit[:12]}",
        subject=step.commit,
        commit=step.commit,
        on=day_of(step.committed_at),
    )


def _row(old: Span, new: Span, history: History, steps: Steps) -> tuple[str, ...]:
    commit = new.first.commit
    moment = next(s.committed_at for s in steps if s.commit == commit)
    people = len(history.until(moment).people)
    return (str(new.first.on), commit, str(old.held), str(new.held), str(people))


def _item(row: tuple[str, ...]) -> Item:
    on, commit, was, now, people = row
    many = f"{int(people):,} {'people' if people != '1' else 'person'}"
    return Item(
        subject=commit,
        note=f"on {on} {now} came for {was}; {many} had made changes by then",
    )


def _left_open_source(
    changes: Sequence[tuple[Span, Span]], items: Sequence[Item], missed: str
) -> Answered:
    left, open_left = [], []
    for (old, new), item in zip(changes, items, strict=True):
        was, now = _holds_open(old.held), _holds_open(new.held)
        if was and now is False:
            left.append(item)
        elif (was is None and now is not True) or (was and now is None):
            open_left.append(item)
    if left:
        return LEFT_OPEN_SOURCE.found(True, left)
    if open_left:
        why = "what came for another licence may be open source, or it may not be"
        return LEFT_OPEN_SOURCE.unknown(why, open_left)
    if missed:
        return LEFT_OPEN_SOURCE.unknown(missed)
    return LEFT_OPEN_SOURCE.found(False)


def _holds_open(held: Held) -> bool | None:
    """Tell whether an open licence is held; None is unknown: more words may be one."""
    told = [is_open(licence) for licence in held.licences]
    if any(told):
        return True
    return None if held.why_not or None in told else False


def is_open(licence: str) -> bool | None:
    """
    Tell whether the OSI approved it, the FSF calls it free, or ScanCode open.

    That no list has it does not make it closed: ScanCode's index has to say so.
    """
    if flagged(licence, "isOsiApproved") or flagged(licence, "isFsfLibre"):
        return True
    kind = category_of(Licence(licence))
    return None if kind is None else kind in _OPEN
