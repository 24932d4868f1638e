# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What the tree shows of slow lines, old devices and people who read little.

Signals only: a design system may be used badly, a page may load more when it runs,
and whether somebody who reads little finds the way is for people to say.
"""

from collections.abc import Iterator

from ossay.collect._places import Places
from ossay.collect.inclusion import facts
from ossay.collect.inclusion.assets import assets_bytes
from ossay.model.collector import Collector, Given, Table
from ossay.model.evidence import Answered


def collect(given: Given) -> Iterator[Answered | Table]:
    """Answer from names, sizes and what the software's own files say."""
    places = Places(given.tree)
    yield assets_bytes(given.tree, places)


COLLECTOR = Collector(facts=facts.ALL, collect=collect)
