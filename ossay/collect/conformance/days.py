# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The day of a report, as people write days."""

import re
from contextlib import suppress
from datetime import date

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_ISO = re.compile(r"\b(20[0-9]{2})-([01]?[0-9])(?:-([0-3]?[0-9]))?\b")
_NUMERIC = re.compile(r"\b([0-3]?[0-9])[/.-]([0-3]?[0-9])[/.-](20[0-9]{2})\b")
_NAME = "|".join(f"{name[:3]}(?:{name[3:]}|t)?" for name in _MONTHS)
_MONTH_FIRST = re.compile(
    rf"(?i)\b({_NAME})\.?(?:\s+([0-3]?[0-9])(?:st|nd|rd|th)?)?,?\s+(20[0-9]{{2}})\b"
)
_DAY_FIRST = re.compile(
    rf"(?i)\b([0-3]?[0-9])(?:st|nd|rd|th)?\.?\s+({_NAME})\.?,?\s+(20[0-9]{{2}})\b"
)


def read_day(text: str) -> date | None:
    """
    Return the day that *text* names; None where it names none.

    Of what can be read in two ways ("5/12/2023") it is the earlier day, and of a
    month without a day the first: no report is taken for newer than it is.
    """
    if found := _ISO.search(text):
        return _day(found[1], found[2], found[3] or "1")
    if found := _DAY_FIRST.search(text):
        return _day(found[3], _month(found[2]), found[1])
    if found := _MONTH_FIRST.search(text):
        return _day(found[3], _month(found[1]), found[2] or "1")
    if found := _NUMERIC.search(text):
        one, other, year = found.groups()
        days = [_day(year, one, other), _day(year, other, one)]
        return min((day for day in days if day), default=None)
    return None


def _month(name: str) -> str:
    short = name[:3].casefold()
    return str(next(n for n, m in enumerate(_MONTHS, 1) if m.startswith(short)))


def _day(year: str, month: str, day: str) -> date | None:
    with suppress(ValueError):
        return date(int(year), int(month), int(day))
    return None
