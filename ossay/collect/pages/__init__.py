# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Can everyone use the pages that the repository brings, as a browser shows them?

Asked of static HTML: built documentation, examples, demonstrations. What a machine
does not find may still be there, and what it could not decide is never a pass.
"""

from collections.abc import Iterator

from ossay.collect.pages.answers import answers
from ossay.collect.pages.asking import TOOL, seen
from ossay.collect.pages.facts import PAGES
from ossay.collect.pages.finding import find
from ossay.collect.security.places import View
from ossay.model.collector import Collector, Given, Table
from ossay.model.evidence import Answered, Item
from ossay.model.toolbox import ToolSilent

NO_PAGES = "the repository holds no page that a browser could show as it is"


def collect(given: Given) -> Iterator[Answered | Table]:
    """Answer from the pages that were tested; without any, nothing arises."""
    view = View.of(given)
    found = find(given.tree, view.own_paths)
    if not found.pages and found.unread:
        why = "no file that may be a page could be read"
        yield from (fact.unknown(why, found.unread) for fact in PAGES.all)
        return
    missed = f"{len(found.unread)} files could not be read" if found.unread else ""
    firsts = (Item(subject=page) for page in found.pages)
    yield PAGES.found.found(len(found.pages), firsts, missed=missed)
    if not found.pages:
        yield from (fact.inapplicable(NO_PAGES) for fact in PAGES.all[1:])
        return
    try:
        pages = seen(given, found.chosen)
    except ToolSilent as why:
        not_tested = (Item(subject=page) for page in found.pages)
        yield PAGES.tested.found(0)
        yield PAGES.untested.found(len(found.pages), not_tested)
        yield from (fact.unknown(str(why)) for fact in PAGES.measured)
        return
    left = (*found.left, *found.unread)
    yield from answers(PAGES, pages, left, "rendered-pages")


COLLECTOR = Collector(
    facts=PAGES.all, collect=collect, asks_tools=(TOOL,), rests_on=("security",)
)
