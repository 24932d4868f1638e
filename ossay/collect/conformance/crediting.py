# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which report counts, what it claims, and what a buyer may rest on it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ossay.collect.conformance import facts
from ossay.collect.conformance.report import Level, Report
from ossay.model.collector import Given
from ossay.model.evidence import Answered, Item

_NO_DATE = "the report states no day that could be read"
_NO_TAG = (
    "what is assessed is no tag with a version, so whether the report is about it "
    "cannot be told"
)
_SHOWN = 20
"""Open criteria that are named in one note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """
    The report that answers rest on.

    Attributes:
        is_of_version: Whether it names the version assessed; None where nothing tells
            which version that is.
    """

    path: str
    report: Report
    is_of_version: bool | None


def about_this(reports: Iterable[tuple[str, Report]], given: Given) -> Chosen | None:
    """
    Return the report on this software that counts: of its version, then the newest.

    None where all of them say that they are about something else.
    """
    chosen = [
        Chosen(
            path=path,
            report=report,
            is_of_version=_is_of_version(report, given.snapshot.ref),
        )
        for path, report in reports
        if _is_about(report.product, given.snapshot.repository_url)
    ]
    return max(
        chosen,
        key=lambda one: (
            not one.report.is_draft,
            one.is_of_version is True,
            one.report.dated,
            one.path,
        ),
        default=None,
    )


def claimed(chosen: Chosen) -> Answered:
    """Answer which criteria it says are supported, in all that people work with."""
    rows = [row for row in chosen.report.rows if row.level is Level.SUPPORTS]
    return facts.CLAIMED.found(
        tuple(row.number for row in rows),
        (Item(subject=chosen.path, note=row.number, line=row.line) for row in rows),
    )


def report_date(chosen: Chosen) -> Answered:
    """Answer of which day it is."""
    report = chosen.report
    at = [Item(subject=chosen.path, note=report.dated_as)]
    if not report.dated:
        return facts.REPORT_DATE.unknown(_NO_DATE, at)
    return facts.REPORT_DATE.found(date.fromisoformat(report.dated), at)


def creditable(chosen: Chosen) -> Answered:
    """
    Answer whether a buyer may rest anything on it, were it true.

    Whether it is true is another question, and how old it may be a rule's.
    """
    lacks = [Item(subject=chosen.path, note=why) for why in _lacks(chosen)]
    if lacks:
        return facts.CREDITABLE.found(False, lacks)
    if chosen.is_of_version is None:
        return facts.CREDITABLE.unknown(_NO_TAG, [Item(subject=chosen.path)])
    return facts.CREDITABLE.found(True, where=chosen.path)


def _lacks(chosen: Chosen) -> Iterator[str]:
    report = chosen.report
    if report.is_draft:
        yield "calls itself a draft"
    if not report.has_author:
        yield "names no author"
    if not report.dated:
        yield "states no day that could be read"
    if still := report.open_criteria():
        more = f" and {len(still) - _SHOWN} more" if len(still) > _SHOWN else ""
        yield f"leaves open: {', '.join(still[:_SHOWN])}{more}"
    if chosen.is_of_version is False:
        said = f"version {report.version!r}" if report.version else "no version"
        yield f"names {said}, and not the one assessed"


def _is_about(product: str, url: str) -> bool:
    """Tell whether a word of a product's name is in the address of the repository."""
    address = _LETTERS.findall(url.casefold())
    words = set(_LETTERS.findall(product.casefold())) - _EMPTY_WORDS
    joined = "".join(address)
    return (
        not words
        or not words.isdisjoint(address)
        or any(len(word) >= _TELLING and word in joined for word in words)
    )


_LETTERS = re.compile(r"[^\W\d_]{2,}")
_TELLING = 4
"""Letters from which a word tells a name though it is only a part of another."""

_EMPTY_WORDS = frozenset(
    {
        *("accessibility", "and", "app", "application", "client", "com", "conformance"),
        *("core", "example", "for", "git", "github", "gitlab", "http", "https", "io"),
        *("of", "org", "platform", "product", "report", "server", "service", "site"),
        *("software", "system", "the", "tool", "web", "website", "www"),
    }
)
"""Words that many names and addresses share."""


def _is_of_version(report: Report, ref: str) -> bool | None:
    """Tell whether it names the version assessed: "10" is about 10.3.1, too."""
    stated = _numbers(report.version)
    if not stated:
        return False
    here = _numbers(ref.removeprefix(_TAGS)) if ref.startswith(_TAGS) else ()
    return here[: len(stated)] == stated if here else None


_TAGS = "refs/tags/"


def _numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a version; zeros at its end mean nothing."""
    found = [int(each) for each in re.findall(r"[0-9]{1,9}", version)]
    while found[1:] and found[-1] == 0:
        found.pop()
    return tuple(found)
