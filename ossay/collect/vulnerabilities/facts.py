# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What is asked of the flaws that are publicly known of a candidate's components."""

from datetime import date

from ossay.model.evidence import Combine, Fact

ADVISORIES_DATED = Fact(
    name="vulnerabilities.advisories_dated",
    kind=date,
    asks="Of which day are the advisories that its components were held against?",
    combine=Combine.WORST,
)

KNOWN = Fact(
    name="vulnerabilities.known",
    kind=int,
    unit="vulnerabilities",
    asks="How many publicly known vulnerabilities do its components have?",
    combine=Combine.SUM,
)

IN_SERVICE = Fact(
    name="vulnerabilities.in_service",
    kind=int,
    unit="vulnerabilities",
    asks="How many publicly known vulnerabilities are in components that are needed "
    "beyond development?",
    combine=Combine.SUM,
)

EXPLOITED = Fact(
    name="vulnerabilities.exploited",
    kind=int,
    unit="vulnerabilities",
    asks="How many vulnerabilities of its components are known to be exploited (KEV)?",
    combine=Combine.SUM,
)

LIKELY = Fact(
    name="vulnerabilities.likely_exploited",
    kind=int,
    unit="vulnerabilities",
    asks="How many vulnerabilities of its components are among the 5 % most likely to "
    "be exploited (EPSS)?",
    combine=Combine.SUM,
)

MALICIOUS = Fact(
    name="vulnerabilities.malicious",
    kind=int,
    unit="components",
    asks="How many of its components were reported as made to do harm?",
    combine=Combine.SUM,
)

CRITICAL = Fact(
    name="vulnerabilities.critical",
    kind=int,
    unit="vulnerabilities",
    asks="How many vulnerabilities of its components are rated critical (CVSS 9 and "
    "more)?",
    combine=Combine.SUM,
)

HIGH = Fact(
    name="vulnerabilities.high",
    kind=int,
    unit="vulnerabilities",
    asks="How many vulnerabilities of its components are rated high (CVSS 7 to 8.9)?",
    combine=Combine.SUM,
)

UNRATED = Fact(
    name="vulnerabilities.unrated",
    kind=int,
    unit="vulnerabilities",
    asks="Of how many vulnerabilities of its components does no advisory at hand "
    "tell the severity?",
    combine=Combine.SUM,
)

FIXABLE = Fact(
    name="vulnerabilities.fixable",
    kind=int,
    unit="vulnerabilities",
    asks="For how many vulnerabilities of its components is a version named that is no "
    "longer affected?",
    combine=Combine.SUM,
)

UNDETERMINED = Fact(
    name="vulnerabilities.undetermined",
    kind=int,
    unit="vulnerabilities",
    asks="Of how many vulnerabilities could it not be told whether the versions of its "
    "components are affected?",
    combine=Combine.SUM,
)

SET_ASIDE = Fact(
    name="vulnerabilities.set_aside",
    kind=int,
    unit="vulnerabilities",
    asks="How many vulnerabilities of its components did the buyer set aside as not "
    "mattering here (VEX)?",
    combine=Combine.SUM,
)

CONTESTED = Fact(
    name="vulnerabilities.contested",
    kind=int,
    unit="vulnerabilities",
    asks="How many vulnerabilities of its components do not apply, as the supplier or "
    "the repository says (VEX)?",
    combine=Combine.SUM,
)

COUNTS = (
    *(KNOWN, IN_SERVICE, MALICIOUS, EXPLOITED, LIKELY, CRITICAL, HIGH, UNRATED),
    *(FIXABLE, UNDETERMINED, SET_ASIDE, CONTESTED),
)

ALL = (ADVISORIES_DATED, *COUNTS)
