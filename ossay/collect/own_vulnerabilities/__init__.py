# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which publicly known flaws does the software itself have, at this version?"""

from collections.abc import Iterator

from ossay.collect import vulnerabilities
from ossay.collect.own_vulnerabilities import facts
from ossay.model.collector import Collector, Given, Table
from ossay.model.evidence import Answered


def collect(given: Given) -> Iterator[Answered | Table]:
    """Look the software up by its address and by the names that it gives itself."""
    from ossay.collect.own_vulnerabilities.answers import NONE_HERE, answers

    if given.advisories is None or not given.advisories.packs():
        yield from (fact.unknown(NONE_HERE) for fact in facts.ALL)
        return
    yield from answers(given, given.advisories)


COLLECTOR = Collector(
    facts=facts.ALL,
    collect=collect,
    reads_history=True,
    asks_advisories=True,
    libraries=vulnerabilities.COLLECTOR.libraries,
    rests_on=("vulnerabilities", *vulnerabilities.COLLECTOR.rests_on),
)
