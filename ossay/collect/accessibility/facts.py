# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The questions about accessibility and inclusion that a tree can answer."""

from ossay.model.evidence import Combine, Fact, Tier

USER_INTERFACE = Fact(
    name="accessibility.user_interface",
    kind=bool,
    asks="Does the repository hold pages, screens or windows that people use?",
    combine=Combine.ANY,
    tier=Tier.SIGNAL,
)
STATEMENT = Fact(
    name="accessibility.statement",
    kind=bool,
    asks="Does the repository hold a document named as an accessibility statement?",
    combine=Combine.ANY,
    tier=Tier.SIGNAL,
)
CONFORMANCE_REPORT = Fact(
    name="accessibility.conformance_report",
    kind=bool,
    asks="Does the repository hold an accessibility conformance report (VPAT, ACR, "
    "OpenACR)?",
    combine=Combine.ANY,
    tier=Tier.SIGNAL,
)
TESTS = Fact(
    name="accessibility.tests",
    kind=bool,
    asks="Do the tests or the CI name a tool that tests for accessibility?",
    combine=Combine.ANY,
    tier=Tier.SIGNAL,
)
LINT = Fact(
    name="accessibility.lint",
    kind=bool,
    asks="Do the settings of a lint switch rules for accessibility on?",
    combine=Combine.ANY,
    tier=Tier.SIGNAL,
)
LANGUAGES = Fact(
    name="accessibility.languages",
    kind=tuple,
    unit="language tags (BCP 47)",
    asks="For which languages are there message catalogues?",
    combine=Combine.UNION,
    tier=Tier.SIGNAL,
)
RIGHT_TO_LEFT = Fact(
    name="accessibility.right_to_left",
    kind=bool,
    asks="Are there signs that it is made for languages written from right to left?",
    combine=Combine.ANY,
    tier=Tier.SIGNAL,
)
OFFLINE = Fact(
    name="accessibility.offline",
    kind=bool,
    asks="Are there signs that it works, or keeps data, without a connection?",
    combine=Combine.ANY,
    tier=Tier.SIGNAL,
)
LOW_BANDWIDTH = Fact(
    name="accessibility.low_bandwidth",
    kind=bool,
    asks="Are there signs that somebody watches how much it sends, or of another "
    "way in than the web, such as text messages?",
    combine=Combine.ANY,
    tier=Tier.SIGNAL,
)

ALL = (
    USER_INTERFACE,
    STATEMENT,
    CONFORMANCE_REPORT,
    TESTS,
    LINT,
    LANGUAGES,
    RIGHT_TO_LEFT,
    OFFLINE,
    LOW_BANDWIDTH,
)
