# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Which languages it speaks to people, how completely, and how its documents read.

A catalogue that is complete may still be badly translated: that is for people to say.
"""

from collections.abc import Iterator

from ossay.collect._places import Place, Places
from ossay.collect.accessibility.catalogues import find_catalogues
from ossay.collect.languages import facts
from ossay.model.collector import Collector, Given, Table
from ossay.model.evidence import Answered

NOT_COUNTED = "the messages in its catalogues were not counted"
NOBODY_SAID = (
    "nobody said which languages the users need; name them with --language, "
    "or as languages in the product file"
)


def collect(given: Given) -> Iterator[Answered | Table]:
    """Answer from the names of catalogues."""
    places = Places(given.tree)
    own = [p for p in given.tree.paths() if places.of(p) is Place.PRODUCT]
    catalogues = find_catalogues(own)
    count = sum(map(len, catalogues.by_language.values())) + len(catalogues.unnamed)
    yield facts.CATALOGUES.found(count)
    for fact in (facts.COMPLETE, facts.USABLE, facts.WANTED_SHORT, facts.BROKEN):
        yield fact.unknown(NOT_COUNTED)
    yield facts.WANTED.unknown(NOBODY_SAID)
    yield facts.DOCUMENTATION.unknown("its documents were not read")
    yield facts.READING_GRADE.unknown("its documents were not read")


COLLECTOR = Collector(
    facts=facts.ALL,
    collect=collect,
    rests_on=("accessibility",),
)
