# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Whether a history can be counted, and the periods it is counted over."""

from datetime import UTC, date, datetime, timedelta

from ossay.model.collector import Given
from ossay.model.history import History

YEAR = timedelta(days=365)

CLOCK_SKEW = timedelta(days=1)
"""A commit so far ahead of the clock that read it is still of today."""


def why_uncountable(given: Given) -> str:
    """
    Return why nothing can be said from the history; "" if it can.

    A period ends with the commit that is assessed. Were that one dated in the
    future, every other commit would be out of the period, and its own date would
    never grow old.
    """
    snapshot = given.snapshot
    if given.history is None:
        return "the history of the repository was not looked at"
    if snapshot.shallow or not given.history.is_complete():
        return (
            "the history is not complete where the repository was read from "
            "(a shallow clone), so nothing can be counted in it"
        )
    if snapshot.committed_at > snapshot.taken_at + CLOCK_SKEW:
        return (
            f"the commit assessed is dated {day_of(snapshot.committed_at)}, after the "
            "day it was read, so no period can be counted back from it"
        )
    return ""


def why_unsettled(history: History) -> str:
    """Return why what was just read of *history* cannot be relied on; "" if it can."""
    if history.is_settled():
        return ""
    return "something of the history is missing or damaged where it was read from"


def not_after(moment: datetime, end: datetime) -> datetime:
    """Return *moment*, or *end* where a wrong clock put it later than that."""
    return min(moment, end)


def day_of(moment: datetime) -> date:
    """Return the day of *moment* in UTC, whatever offset it was written with."""
    return moment.astimezone(UTC).date()
