# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A running instance in a real browser that can reach nothing else."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ossay.collect.site import COLLECTOR
from ossay.model.collector import Given, Table
from ossay.model.evidence import Answered, Gap, Observation
from ossay.model.sites import Site, SiteAtHand
from ossay.sandbox.toolbox import Tools
from ossay.source import Access, HttpReach
from tests.collect.trees import SNAPSHOT, DictTree
from tests.source.sites import Shown, WebSite, web_site

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Demo</title>
<link rel="stylesheet" href="/site.css"></head><body><main><h1>Demo</h1>
<p>Words to read. <a href="/help">Help for all</a> <a href="/logout">Leave the site</a>
<a href="/list?page=2">More of them</a> <a href="OTHER/x">Another place</a></p>
<img src="/logo.png" width="40" height="40">
<script>fetch('OTHER/collect').catch(() => 0); fetch('/order', {method: 'POST'})
.catch(() => 0)</script></main></body></html>"""


@pytest.fixture(scope="module")
def other() -> Iterator[WebSite]:
    with web_site({"/x": Shown(b"x")}) as running:
        yield running


@pytest.fixture(scope="module")
def site(other: WebSite) -> Iterator[WebSite]:
    page = PAGE.replace("OTHER", other.url).encode()
    with web_site(
        {
            "/": Shown(page),
            "/site.css": Shown(
                b"p { color: #bbb }", headers={"Content-Type": "text/css"}
            ),
            "/help": Shown(page.replace(b"<title>Demo</title>", b"")),
        }
    ) as running:
        yield running


def at(running: WebSite, *, is_open: bool = True) -> SiteAtHand:
    allowed = Site(
        part="whole",
        address=f"{running.url}/",
        owner="Ministry of Health",
        authorised_by="head of IT",
        until=date(2026, 6, 30),
    )
    access = Access(allowed_hosts=frozenset({running.host}))
    reach = HttpReach(allowed.address, access) if is_open else None
    return SiteAtHand(site=allowed, reach=reach, why="" if is_open else "it ended")


def said(
    found: SiteAtHand | None, tools: Tools | None
) -> tuple[dict[str, Answered], list[Table]]:
    given = Given(
        snapshot=SNAPSHOT,
        tree=DictTree({}),
        history=None,
        toolbox=tools,
        site=found,
    )
    told = list(COLLECTOR.collect(given))
    answers = {one.fact: one for one in told if not isinstance(one, Table)}
    assert answers.keys() == {fact.name for fact in COLLECTOR.facts}
    return answers, [one for one in told if isinstance(one, Table)]


@pytest.mark.browser
@pytest.mark.engine
def test_a_site_is_shown_and_nothing_beside_it_is_reached(
    site: WebSite, other: WebSite, tmp_path: Path
) -> None:
    answers, (table,) = said(at(site), Tools(kept=tmp_path / "kept"))

    found, tested = answers["site.found"], answers["site.tested"]
    assert isinstance(found, Observation)
    assert isinstance(tested, Observation)
    assert (found.value, tested.value) == (2, 2)
    assert "allowed by head of IT until 2026-06-30" in found.items[0].note
    failing = answers["site.failing_criteria"]
    assert isinstance(failing, Observation)
    assert {"1.1.1", "1.4.3", "2.4.2"} <= set(failing.value)  # type: ignore[arg-type] # a tuple
    assert {row[0] for row in table.rows} == {f"{site.url}/", f"{site.url}/help"}
    assert {method for method, _ in site.asked} == {"GET"}
    assert not {path for _, path in site.asked} & {"/logout", "/list?page=2", "/order"}
    assert other.asked == []


def test_without_a_site_every_question_is_open() -> None:
    answers, tables = said(None, None)

    assert all(isinstance(one, Gap) for one in answers.values())
    assert "--site" in str(answers["site.failing"])
    assert tables == []


def test_a_site_that_may_not_be_visited_is_not(site: WebSite) -> None:
    before = len(site.asked)

    answers, _ = said(at(site, is_open=False), None)

    gap = answers["site.found"]
    assert isinstance(gap, Gap)
    assert gap.why == "it ended"
    assert len(site.asked) == before


def test_a_machine_without_a_browser_says_so_of_each_page(site: WebSite) -> None:
    answers, _ = said(at(site), None)

    untested = answers["site.untested"]
    assert isinstance(untested, Observation)
    assert untested.value == 2
    assert isinstance(answers["site.failing"], Gap)


def test_a_site_that_does_not_answer_is_a_page_that_was_not_tested(
    tmp_path: Path,
) -> None:
    with web_site({}) as gone:
        found = at(gone)

    answers, _ = said(found, None)

    untested = answers["site.untested"]
    assert isinstance(untested, Observation)
    assert untested.value == 1
    assert not found.is_settled()
