# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Can everyone use the running instance, as a browser shows it?

Asked where somebody named one, with who allowed the visit. Its first page is opened and
a few that this one links to; nothing is sent but requests for them.
"""

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from ossay.collect.pages.answers import answers
from ossay.collect.pages.asking import QUESTION, TOOL, read
from ossay.collect.pages.facts import SITE
from ossay.collect.pages.reading import BESIDE
from ossay.model.collector import Collector, Given, Table
from ossay.model.evidence import Answered, Item
from ossay.model.sites import Fetched, Reach
from ossay.model.toolbox import ToolSilent

NOT_NAMED = (
    "no running instance was named; name one with --site, or as site of a part in the "
    "product file, with its owner's permission"
)

MOST_PAGES = 5
_MOST_LINKS = 500
_READ_CHARACTERS = 1_000_000

_DOES_SOMETHING = (
    *("logout", "log-out", "signout", "sign-out", "logoff", "delete", "remove"),
    *("unsubscribe", "download", "export", "cancel", "confirm", "reset", "api/"),
)
"""Words in an address that may do more than show a page."""


def collect(given: Given) -> Iterator[Answered | Table]:
    """Answer from the pages that were opened; without a site, the question is open."""
    at_hand = given.site
    if at_hand is None or at_hand.reach is None:
        why = NOT_NAMED if at_hand is None else at_hand.why
        yield from (fact.unknown(why) for fact in SITE.all)
        return
    pages = _pages_of(at_hand.reach, at_hand.site.address)
    site = at_hand.site
    allowed = f"run by {site.owner}; allowed by {site.authorised_by} until {site.until}"
    first, *others = pages
    seen = (Item(subject=first, note=allowed), *(Item(subject=one) for one in others))
    yield SITE.found.found(len(pages), seen, missed="only links of one page were taken")
    try:
        if given.toolbox is None:
            raise ToolSilent(f"{TOOL}, which shows pages, was not at hand")  # noqa: TRY301 - as if it said so
        said = given.toolbox.visit(
            TOOL, QUESTION, _words(at_hand.reach, pages), at_hand.reach
        )
        told = tuple(read(said, list(pages)))
    except ToolSilent as why:
        yield SITE.tested.found(0)
        yield SITE.untested.found(len(pages), (Item(subject=page) for page in pages))
        yield from (fact.unknown(str(why)) for fact in SITE.measured)
        return
    yield from answers(SITE, told, (), "site-pages")


def _words(reach: Reach, pages: tuple[str, ...]) -> bytes:
    """Return what is asked, as the tool's own part reads it."""
    asked = {
        "site": reach.origin,
        "pages": [{"page": page} for page in pages],
        "beside": sorted(BESIDE),
    }
    return json.dumps(asked).encode()


def _pages_of(reach: Reach, address: str) -> tuple[str, ...]:
    """Return the first page, and some that it links to on the same site."""
    first = reach.get(address)
    if first.status != 200 or "html" not in first.content_type:
        return (address,)
    links = (urljoin(first.url, link) for link in _links_in(first))
    wanted = (link for link in links if _shows_a_page(link, reach.origin))
    others = dict.fromkeys(link for link in wanted if link != first.url)
    return (address, *list(others)[: MOST_PAGES - 1])


def _shows_a_page(link: str, origin: str) -> bool:
    """Tell whether an address is of the site, and asks for nothing but a page."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    path = parts.path.lower()
    name = path.rpartition("/")[2]
    return (
        f"{parts.scheme}://{parts.netloc}" == origin
        and not parts.query
        and link.isascii()
        and link.isprintable()
        and ("." not in name or name.endswith((".html", ".htm", ".php", ".aspx")))
        and not any(word in path for word in _DOES_SOMETHING)
    )


def _links_in(page: Fetched) -> list[str]:
    reader = _Links()
    reader.feed(page.body.decode("utf-8", "replace")[:_READ_CHARACTERS])
    return reader.found


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        link = dict(attrs).get("href") if tag == "a" else None
        if link and len(self.found) < _MOST_LINKS:
            self.found.append(link.partition("#")[0])


COLLECTOR = Collector(
    facts=SITE.all,
    collect=collect,
    asks_tools=(TOOL,),
    asks_site=True,
    rests_on=("pages", "security"),
)
