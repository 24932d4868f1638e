# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Can everyone use a running instance, as a browser shows it?

Asked only where its owner has allowed it, and never more than a reader does who opens
its pages.
"""

from collections.abc import Iterator

from ossay.collect.pages.facts import SITE
from ossay.model.collector import Collector, Given
from ossay.model.evidence import Answered

NOT_NAMED = "no address of a running instance was given"


def collect(_given: Given) -> Iterator[Answered]:
    """Answer from the pages of the instance; a gap where none was named."""
    yield from (fact.unknown(NOT_NAMED) for fact in SITE.all)


COLLECTOR = Collector(facts=SITE.all, collect=collect, rests_on=("pages",))
