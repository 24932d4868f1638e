# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Can a newcomer find out what this is, how to run it and how to take part?

Presence only: that a section is headed "Installation" says nothing of what it says.
"""

from collections.abc import Iterator

from ossay.collect.documentation import facts
from ossay.collect.documentation.guides import about_guides
from ossay.collect.documentation.publiccode import about_publiccode
from ossay.collect.documentation.readmes import about_readmes, read_readmes
from ossay.model.collector import Collector, Given
from ossay.model.evidence import Answered


def collect(given: Given) -> Iterator[Answered]:
    """Answer from names of files, then from headings and links of the README."""
    readmes = read_readmes(given.tree)
    yield from about_readmes(given.tree, readmes)
    yield from about_guides(given.tree, readmes)
    yield from about_publiccode(given.tree)


COLLECTOR = Collector(facts=facts.ALL, collect=collect)
