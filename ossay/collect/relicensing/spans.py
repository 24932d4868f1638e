# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Stretches of time in which the licence files at the top held the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ossay.collect.relicensing.held import Held
from ossay.collect.relicensing.versions import Version
from ossay.model.tree import Unreadable


@dataclass(slots=True)
class Span:
    """Versions, one after the other, that hold the same."""

    held: Held
    first: Version
    last: Version


def unread_of(
    versions: Sequence[Version], held: Mapping[str, Held | Unreadable]
) -> Iterator[str]:
    """
    Say of which of *versions* it is not known what their licence files hold.

    Words beside a text that nobody made out are no change where they stayed the same.
    """
    lost = [v for v in versions if isinstance(held[v.commit], Unreadable)]
    if lost:
        others = f" and {len(lost) - 1} others" if len(lost) > 1 else ""
        yield f"{lost[0].name}{others} could not be read"
    told = [(v, h) for v in versions if isinstance(h := held[v.commit], Held)]
    unknown = [(v, h) for v, h in told if h.why_not and not h.licences]
    if unknown:
        version, one = unknown[0]
        states = f"{len(unknown)} state{'s' if len(unknown) > 1 else ''}"
        yield (
            f"of {states} it was not made out which licence they hold "
            f"({version.name}: {one.why_not})"
        )
    beside = [(v, h) for v, h in told if h.why_not and h.licences]
    if len({h.unread for _, h in told if h.licences}) > 1:
        version, one = beside[0]
        yield (
            "licence files hold other words in some states than in others, which "
            f"were not made out ({version.name}: {one.why_not})"
        )


def spans_of(
    versions: Sequence[Version], held: Mapping[str, Held | Unreadable]
) -> Iterator[Span]:
    """Join *versions* that hold the same, those without a licence left out."""
    span: Span | None = None
    for version in versions:
        now = held[version.commit]
        if isinstance(now, Unreadable) or not now.licences:
            continue
        if span is not None and span.held.licences == now.licences:
            span.last = version
            continue
        if span is not None:
            yield span
        span = Span(held=now, first=version, last=version)
    if span is not None:
        yield span
