# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Which languages it speaks to people, how completely, and how its documents read.

A catalogue that is complete may still be badly translated: that is for people to say.
"""

from collections.abc import Iterator

from ossay.collect._places import Place, Places
from ossay.collect.languages import facts
from ossay.collect.languages.answers import about_catalogues, about_wanted
from ossay.collect.languages.measuring import measure
from ossay.collect.languages.sheets import find_sheets
from ossay.model.collector import Collector, Given, Table
from ossay.model.evidence import Answered


def collect(given: Given) -> Iterator[Answered | Table]:
    """Answer from catalogues, then from documents."""
    places = Places(given.tree)
    own = [path for path in given.tree.paths() if places.of(path) is Place.PRODUCT]
    found = find_sheets(given.tree, own)
    measured = measure(given.tree, found)
    yield from about_catalogues(found, measured)
    yield from about_wanted(given, found, measured)
    yield facts.DOCUMENTATION.unknown("its documents were not read")
    yield facts.READING_GRADE.unknown("its documents were not read")


COLLECTOR = Collector(
    facts=facts.ALL,
    collect=collect,
    asks_languages=True,
    libraries=("pyyaml",),
    rests_on=("accessibility",),
)
