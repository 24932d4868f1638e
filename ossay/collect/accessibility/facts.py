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
FOR_BROWSERS = Fact(
    name="accessibility.for_browsers",
    kind=bool,
    asks="Are there signs that people use it in a browser?",
    combine=Combine.ANY,
    tier=Tier.SIGNAL,
)
STATEMENT = Fact(
    name="accessibility.statement",
    kind=bool,
    asks="Does the repository hold a document named as an accessibility statement, or "
    "name one in publiccode.yml?",
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
TESTS_IN_CI = Fact(
    name="accessibility.tests_in_ci",
    kind=bool,
    asks="Do the files of the CI name a tool that tests for accessibility?",
    combine=Combine.ANY,
    tier=Tier.SIGNAL,
)
TEST_CALLS = Fact(
    name="accessibility.test_calls",
    kind=bool,
    asks="Does code call a tool that tests for accessibility, which is more than to "
    "name it among the packages?",
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
PREFERENCES = Fact(
    name="accessibility.preferences",
    kind=tuple,
    asks="Which of the settings that people make on their devices does it heed "
    "(reduced motion, more contrast, forced colours, text size)?",
    combine=Combine.UNION,
    tier=Tier.SIGNAL,
)
ZOOM_BLOCKED = Fact(
    name="accessibility.zoom_blocked",
    kind=int,
    unit="places",
    asks="How many of its pages ask the browser to let nobody enlarge them?",
    combine=Combine.SUM,
    tier=Tier.SIGNAL,
)
FOCUS_OUTLINE_REMOVED = Fact(
    name="accessibility.focus_outline_removed",
    kind=int,
    unit="places",
    asks="How often do styles take away the outline that shows where the keyboard is, "
    "whether or not another sign takes its place?",
    combine=Combine.SUM,
    tier=Tier.SIGNAL,
)
SKIP_LINK = Fact(
    name="accessibility.skip_link",
    kind=bool,
    asks="Are there signs of a link that skips to the content of a page?",
    combine=Combine.ANY,
    tier=Tier.SIGNAL,
)
LIVE_REGIONS = Fact(
    name="accessibility.live_regions",
    kind=bool,
    asks="Are there signs that changes on a page are announced to screen readers?",
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
    FOR_BROWSERS,
    STATEMENT,
    CONFORMANCE_REPORT,
    TESTS,
    TESTS_IN_CI,
    TEST_CALLS,
    LINT,
    PREFERENCES,
    ZOOM_BLOCKED,
    FOCUS_OUTLINE_REMOVED,
    SKIP_LINK,
    LIVE_REGIONS,
    LANGUAGES,
    RIGHT_TO_LEFT,
    OFFLINE,
    LOW_BANDWIDTH,
)
