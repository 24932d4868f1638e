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
from ossay.collect.languages.documents import about_documents, read_documents
from ossay.collect.languages.measuring import measure
from ossay.collect.languages.sheets import find_sheets
from ossay.model.collector import Collector, Given, Table
from ossay.model.evidence import Answered


def collect(given: Given) -> Iterator[Answered | Table]:
    """Answer from catalogues, then from documents."""
    places = Places(given.tree)
    own = [path for path in given.tree.paths() if places.of(path) is Place.PRODUCT]
    found = find_sheets(given.tree, own)
    documents = read_documents(given.tree)
    measured = measure(given.tree, found, documents.language())
    yield from about_catalogues(found, measured)
    yield from about_wanted(given, found, measured)
    yield from about_documents(documents)


COLLECTOR = Collector(
    facts=facts.ALL,
    collect=collect,
    asks_languages=True,
    libraries=("pyphen", "pyyaml"),
    rests_on=("accessibility", "documentation"),
)
