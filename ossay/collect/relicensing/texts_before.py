# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What the licence files at the top held in each version, and when that changed."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ossay.collect.relicensing.facts import FORMER_LICENCES, LICENCE_CHANGED_ON
from ossay.collect.relicensing.held import Held
from ossay.collect.relicensing.spans import Span, spans_of, unread_of
from ossay.collect.relicensing.versions import Version, Versions
from ossay.model.evidence import Answered, Item
from ossay.model.tree import Unreadable


def answers(
    versions: Versions, held: Mapping[str, Held | Unreadable]
) -> Iterator[Answered]:
    """Answer by what the licence files at the top of all *versions* held."""
    if not versions.before:
        why = "there is no version before this one to compare it with"
        yield LICENCE_CHANGED_ON.inapplicable(why)
        yield FORMER_LICENCES.inapplicable(why)
        return
    every = (*versions.before, versions.this)
    unread = "; ".join(unread_of(every, held))
    missed = "; ".join(filter(None, (versions.missed, unread)))
    spans = list(spans_of(every, held))
    yield _changed_on(spans, len(every), missed)
    yield _former(spans, missed)


def _changed_on(spans: Sequence[Span], versions: int, missed: str) -> Answered:
    if len(spans) > 1:
        changes = list(pairwise(spans))[::-1]
        return LICENCE_CHANGED_ON.found(
            spans[-1].first.on,
            [Item(subject=new.first.subject, note=_told(o, new)) for o, new in changes],
            missed=missed,
        )
    if missed:
        return LICENCE_CHANGED_ON.unknown(missed)
    if not spans:
        why = "no licence file lies at the top of any version that was looked at"
        return LICENCE_CHANGED_ON.inapplicable(why)
    [only] = spans
    return LICENCE_CHANGED_ON.inapplicable(
        f"{' and '.join(sorted(only.held.licences))} was held in all versions that had "
        f"a licence file; {versions} were looked at"
    )


def _told(old: Span, new: Span) -> str:
    return (
        f"up to {old.last.name} of {old.last.on} the licence files held {old.held}; "
        f"from {new.first.name} of {new.first.on} on they hold {new.held}"
    )


def _former(spans: Sequence[Span], missed: str) -> Answered:
    now = spans[-1].held.licences if spans else frozenset()
    last: dict[str, Version] = {
        licence: span.last
        for span in spans
        for licence in sorted(span.held.licences - now)
    }
    return FORMER_LICENCES.found(
        tuple(last),
        [
            Item(subject=v.subject, note=f"{licence}, up to {v.name} of {v.on}")
            for licence, v in last.items()
        ],
        missed=missed,
    )
