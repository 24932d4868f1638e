# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What the project itself says of its accessibility, held against what was seen."""

from collections.abc import Iterator, Mapping

from ossay.collect.conformance import facts
from ossay.collect.conformance.contradicting import contradicted
from ossay.collect.conformance.crediting import (
    about_this,
    claimed,
    creditable,
    report_date,
)
from ossay.collect.conformance.failing import failing
from ossay.collect.conformance.finding import Found, find
from ossay.collect.conformance.report import Report
from ossay.collect.security.places import View
from ossay.model.collector import Collector, Given
from ossay.model.evidence import Answered, Item

_NONE_HERE = "the repository holds no conformance report"
_FOR_PEOPLE = (
    "what is named as a conformance report here is in a form that a person has to read"
)
_UNSEEN = (
    "no conformance report was found, but files that may be one were not to be had"
)
_UNHEARD = "files that may name standards and were not read: {n}"
_ABOUT_OTHERS = (
    "the conformance reports here say that they are about other software, and nothing "
    "confirms that it is this one"
)


def collect(given: Given) -> Iterator[Answered]:
    """Answer from what the reports say; details of an absent one do not arise."""
    found = find(View.of(given))
    yield _reports(found)
    yield facts.UNREAD_REPORTS.found(len(found.for_people), found.for_people)
    yield from _details(found, given)
    yield facts.DECLARED.found(
        tuple(sorted({name for name, _ in found.declared})),
        (item for _, item in found.declared),
        missed=_UNHEARD.format(n=len(found.unheard)) if found.unheard else "",
    )


def _reports(found: Found) -> Answered:
    if not found.reports and found.unseen:
        return facts.REPORTS.unknown(_UNSEEN, found.unseen)
    return facts.REPORTS.found(
        len(found.reports),
        (Item(subject=path, note=_told(report)) for path, report in found.reports),
        missed="files that may be reports were not to be had" if found.unseen else "",
    )


def _told(report: Report) -> str:
    version = "" if report.version in report.product else f" {report.version}"
    return f"{report.form}: {report.product}{version}".rstrip(": ")


def _details(found: Found, given: Given) -> Iterator[Answered]:
    if not found.reports:
        open_items = (*found.for_people, *found.unseen)
        why = _FOR_PEOPLE if found.for_people else _UNSEEN
        for fact in facts.DETAILS:
            if open_items:
                yield fact.unknown(why, open_items)
            else:
                yield fact.inapplicable(_NONE_HERE)
        return
    report = about_this(found.reports, given)
    if report is None:
        others = [Item(subject=path, note=r.product) for path, r in found.reports]
        yield from (f.unknown(_ABOUT_OTHERS, others) for f in facts.DETAILS)
        return
    yield claimed(report)
    yield creditable(report)
    yield report_date(report)


def conclude(said: Mapping[str, Answered]) -> Iterator[Answered]:
    """Hold what is claimed against what all checks said."""
    yield from contradicted(said)
    yield from failing(said)


COLLECTOR = Collector(
    facts=facts.ALL,
    collect=collect,
    asks_name=True,
    libraries=("pyyaml",),
    rests_on=("accessibility", "documentation", "security"),
    concludes=facts.CONCLUDED,
    conclude=conclude,
)
