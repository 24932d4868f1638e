# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Can everyone use the pages that the repository brings, as a browser shows them?

Asked of static HTML: built documentation, examples, demonstrations. What a machine
does not find may still be there, and what it could not decide is never a pass.
"""

from collections.abc import Iterator

from ossay.collect.pages.facts import PAGES
from ossay.collect.pages.finding import find
from ossay.collect.security.places import View
from ossay.model.collector import Collector, Given, Table
from ossay.model.evidence import Answered

NO_PAGES = "the repository holds no page that a browser could show as it is"


def collect(given: Given) -> Iterator[Answered | Table]:
    """Answer from the pages that were tested; without any, nothing arises."""
    view = View.of(given)
    found = find(given.tree, view.own_paths)
    if not found.pages and found.unread:
        why = "no file that may be a page could be read"
        yield from (fact.unknown(why, found.unread) for fact in PAGES.all)
        return
    yield PAGES.found.found(len(found.pages))
    if not found.pages:
        yield from (fact.inapplicable(NO_PAGES) for fact in PAGES.all[1:])
        return
    yield from (fact.unknown("no browser was started") for fact in PAGES.all[1:])


COLLECTOR = Collector(facts=PAGES.all, collect=collect, rests_on=("security",))
