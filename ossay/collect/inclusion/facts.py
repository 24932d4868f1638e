# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The questions about lines, devices and readers that a tree can answer."""

from ossay.model.evidence import Combine, Fact, Tier, Worse

DESIGN_SYSTEMS = Fact(
    name="inclusion.design_systems",
    kind=tuple,
    asks="Which design systems and libraries of components do its pages and screens "
    "use, well or badly?",
    combine=Combine.UNION,
    tier=Tier.SIGNAL,
)
HEAVIEST_PAGE_BYTES = Fact(
    name="inclusion.heaviest_page_bytes",
    kind=int,
    unit="bytes",
    asks="How much does the heaviest of its pages load of the files that are in the "
    "repository, before compression?",
    combine=Combine.WORST,
    worse=Worse.HIGHER,
    tier=Tier.SIGNAL,
)
ASSETS_BYTES = Fact(
    name="inclusion.assets_bytes",
    kind=int,
    unit="bytes",
    asks="How large are the images, fonts, sounds and films that it ships, together?",
    combine=Combine.SUM,
    tier=Tier.SIGNAL,
)
OTHER_HOSTS = Fact(
    name="inclusion.other_hosts",
    kind=tuple,
    unit="names of hosts",
    asks="From which hosts of others do its own pages load scripts, styles, fonts, "
    "frames or images?",
    combine=Combine.UNION,
    tier=Tier.SIGNAL,
)
ANDROID_MIN_SDK = Fact(
    name="inclusion.android_min_sdk",
    kind=int,
    unit="API level",
    asks="Which version of Android does a device need at least?",
    combine=Combine.WORST,
    worse=Worse.HIGHER,
    tier=Tier.SIGNAL,
)
BROWSERS = Fact(
    name="inclusion.browsers",
    kind=tuple,
    asks="For which browsers does it say that it is made?",
    combine=Combine.UNION,
    tier=Tier.SIGNAL,
)
PERFORMANCE_BUDGET = Fact(
    name="inclusion.performance_budget",
    kind=bool,
    asks="Do settings of the build or of checks limit how much it sends?",
    combine=Combine.ANY,
    tier=Tier.SIGNAL,
)
INSTALLABLE = Fact(
    name="inclusion.installable",
    kind=bool,
    asks="Do its pages say how they can be installed on a device as an app?",
    combine=Combine.ANY,
    tier=Tier.SIGNAL,
)
SPEECH = Fact(
    name="inclusion.speech",
    kind=bool,
    asks="Are there signs that it reads texts aloud, or takes spoken words?",
    combine=Combine.ANY,
    tier=Tier.SIGNAL,
)
EASY_LANGUAGE = Fact(
    name="inclusion.easy_language",
    kind=bool,
    asks="Are there pages or texts named as written in easy language?",
    combine=Combine.ANY,
    tier=Tier.SIGNAL,
)

ALL = (
    DESIGN_SYSTEMS,
    HEAVIEST_PAGE_BYTES,
    ASSETS_BYTES,
    OTHER_HOSTS,
    ANDROID_MIN_SDK,
    BROWSERS,
    PERFORMANCE_BUDGET,
    INSTALLABLE,
    SPEECH,
    EASY_LANGUAGE,
)
