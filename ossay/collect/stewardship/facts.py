# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The questions about who looks after the software."""

from datetime import date

from ossay.model.evidence import Combine, Fact, Worse

FIRST_COMMIT_ON = Fact(
    name="stewardship.first_commit_on",
    kind=date,
    asks="When was the first change recorded?",
    combine=Combine.WORST,
    worse=Worse.HIGHER,
)
LAST_COMMIT_ON = Fact(
    name="stewardship.last_commit_on",
    kind=date,
    asks="When did a person make the last change that is in this version?",
    combine=Combine.WORST,
)
LAST_ACTIVE_ON = Fact(
    name="stewardship.last_active_on",
    kind=date,
    asks="When did a person last change this version or the main branch?",
    combine=Combine.WORST,
)
COMMITS_LAST_YEAR = Fact(
    name="stewardship.commits_last_year",
    kind=int,
    unit="commits",
    asks="How many changes did people make in the year up to this version?",
    combine=Combine.WORST,
)
CONTRIBUTORS_LAST_YEAR = Fact(
    name="stewardship.contributors_last_year",
    kind=int,
    unit="people",
    asks="How many people made changes in the year up to this version?",
    combine=Combine.WORST,
)
ABSENCE_FACTOR = Fact(
    name="stewardship.absence_factor",
    kind=int,
    unit="people",
    asks="How many people, the most active first, made half of the changes in the year "
    "up to this version?",
    combine=Combine.WORST,
)
MAIL_DOMAINS_LAST_YEAR = Fact(
    name="stewardship.mail_domains_last_year",
    kind=int,
    unit="domains",
    asks="From how many mail domains did people make changes in the year up to this "
    "version, mail providers left out?",
    combine=Combine.WORST,
)
NEWCOMERS_LAST_YEAR = Fact(
    name="stewardship.newcomers_last_year",
    kind=int,
    unit="people",
    asks="How many people made their first change in the year up to this version?",
    combine=Combine.WORST,
)
ACTIVE_MONTHS_LAST_YEAR = Fact(
    name="stewardship.active_months_last_year",
    kind=int,
    unit="months",
    asks="In how many of the twelve months up to this version did people make changes?",
    combine=Combine.WORST,
)
ORGANISATION_ABSENCE_FACTOR = Fact(
    name="stewardship.organisation_absence_factor",
    kind=int,
    unit="organisations",
    asks="How many organisations, the most active first, made half of the changes in "
    "the year up to this version, as far as mail domains tell?",
    combine=Combine.WORST,
)
CONTRIBUTORS_YEAR_BEFORE = Fact(
    name="stewardship.contributors_year_before",
    kind=int,
    unit="people",
    asks="How many people made changes in the year before the last, counted back from "
    "this version?",
    combine=Combine.WORST,
)
DEPARTED_LAST_YEAR = Fact(
    name="stewardship.departed_last_year",
    kind=int,
    unit="people",
    asks="How many people who made changes in the year before made none in the year up "
    "to this version?",
    combine=Combine.WORST,
    worse=Worse.HIGHER,
)
CORE_DEPARTED_LAST_YEAR = Fact(
    name="stewardship.core_departed_last_year",
    kind=int,
    unit="people",
    asks="How many of the few people who made half of the changes in the year before "
    "made none in the year up to this version?",
    combine=Combine.WORST,
    worse=Worse.HIGHER,
)
SIGNED_SHARE_LAST_YEAR = Fact(
    name="stewardship.signed_share_last_year",
    kind=float,
    unit="share",
    asks="Which share of the changes of the year up to this version did the people who "
    "recorded them sign (signatures are not checked)?",
    combine=Combine.WORST,
)
FORGE_SIGNED_SHARE_LAST_YEAR = Fact(
    name="stewardship.forge_signed_share_last_year",
    kind=float,
    unit="share",
    asks="Which share of the changes of the year up to this version carries the "
    "signature of the platform that recorded them, and not a person's?",
    combine=Combine.WORST,
)
SIGNED_OFF_SHARE_LAST_YEAR = Fact(
    name="stewardship.signed_off_share_last_year",
    kind=float,
    unit="share",
    asks="In which share of the changes of the year up to this version does a line "
    '"Signed-off-by" state that somebody had the right to contribute it?',
    combine=Combine.WORST,
)

OF_CHANGES = (
    SIGNED_SHARE_LAST_YEAR,
    FORGE_SIGNED_SHARE_LAST_YEAR,
    SIGNED_OFF_SHARE_LAST_YEAR,
)

FACTS = (
    FIRST_COMMIT_ON,
    LAST_COMMIT_ON,
    COMMITS_LAST_YEAR,
    CONTRIBUTORS_LAST_YEAR,
    ABSENCE_FACTOR,
    MAIL_DOMAINS_LAST_YEAR,
    NEWCOMERS_LAST_YEAR,
    LAST_ACTIVE_ON,
    ACTIVE_MONTHS_LAST_YEAR,
    ORGANISATION_ABSENCE_FACTOR,
    CONTRIBUTORS_YEAR_BEFORE,
    DEPARTED_LAST_YEAR,
    CORE_DEPARTED_LAST_YEAR,
    *OF_CHANGES,
)
