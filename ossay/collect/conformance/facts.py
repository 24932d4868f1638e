# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The questions about conformance reports that the project itself hands out."""

from datetime import date

from ossay.model.evidence import Combine, Fact, Tier, Worse

REPORTS = Fact(
    name="conformance.reports",
    kind=int,
    unit="reports",
    asks="How many accessibility conformance reports does the repository hold that "
    "can be read criterion by criterion?",
    combine=Combine.SUM,
    tier=Tier.SIGNAL,
)
UNREAD_REPORTS = Fact(
    name="conformance.unread_reports",
    kind=int,
    unit="reports",
    asks="How many files named as conformance reports are in a form that only a "
    "person can read?",
    combine=Combine.SUM,
    unread="conformance reports have to be read by a person",
    tier=Tier.SIGNAL,
)
CLAIMED = Fact(
    name="conformance.claimed",
    kind=tuple,
    unit="success criteria (WCAG)",
    asks="Which success criteria of level A and AA does the project's own report "
    "claim to support?",
    combine=Combine.UNION,
    tier=Tier.SIGNAL,
)
CONTRADICTED = Fact(
    name="conformance.contradicted",
    kind=tuple,
    unit="success criteria (WCAG)",
    asks="Which success criteria does that report claim to support and did a check "
    "here find missed in places?",
    combine=Combine.UNION,
    tier=Tier.SIGNAL,
)
CREDITABLE = Fact(
    name="conformance.creditable",
    kind=bool,
    asks="Does the report name its author and its date, answer every criterion of "
    "level A and AA, and name the version assessed?",
    combine=Combine.ALL,
    tier=Tier.SIGNAL,
)
REPORT_DATE = Fact(
    name="conformance.report_date",
    kind=date,
    asks="Of which day is the project's own conformance report?",
    combine=Combine.WORST,
    worse=Worse.LOWER,
    tier=Tier.SIGNAL,
)
DECLARED = Fact(
    name="conformance.declared",
    kind=tuple,
    unit="standards",
    asks="Which standards on accessibility does the project name as its state or its "
    "aim, without an answer for each criterion?",
    combine=Combine.UNION,
    tier=Tier.SIGNAL,
)

FAILING = Fact(
    name="conformance.failing",
    kind=tuple,
    unit="success criteria (WCAG)",
    asks="Which success criteria did a check that looked find missed somewhere, in "
    "templates, on pages or on the running instance?",
    combine=Combine.UNION,
)
"""
Has no tier of its own: what its answer rests on names the tier of each criterion.

It tells what was found and not what there is. That a criterion is not in it is worth
nothing by itself; a rule that holds for want of it has to ask a person, too.
"""

DETAILS = (CLAIMED, CREDITABLE, REPORT_DATE)
"""Questions that arise where there is a report."""

ALL = (REPORTS, UNREAD_REPORTS, *DETAILS, DECLARED)

CONCLUDED = (CONTRADICTED, FAILING)
"""Questions that the answers of several collectors settle together."""
