# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""From who allowed a visit to whether there is one, today and another day."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from ossay import gathering, handing_in, pipeline, steps
from ossay.engine import InlineEngine, Settings, Workshop
from ossay.handing_in import SiteRefused
from ossay.model.digest import Digest
from ossay.model.sites import Site, SiteAtHand
from ossay.model.snapshot import Snapshot
from ossay.policy import PolicyError, load_product
from ossay.source import Access, CloneRefused
from tests.cases import NOW, TODAY, part, repository, settings
from tests.source.sites import Shown, WebSite, web_site

ALLOWED = Site(
    part="whole",
    address="https://demo.example.org",
    owner="Ministry of Health",
    authorised_by="head of IT",
    until=date(2026, 6, 30),
)


@pytest.fixture
def shown() -> Iterator[WebSite]:
    with web_site({"/": Shown(b"<!doctype html><title>Demo</title>")}) as running:
        yield running


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    return settings(tmp_path / "home")


Open = Callable[..., Workshop]


@pytest.fixture
def opened() -> Iterator[Open]:
    """Open workshops, so many days after today."""
    with ExitStack() as stack:

        def opens(found: Settings, days: int = 0) -> Workshop:
            now = NOW + timedelta(days=days)
            return stack.enter_context(Workshop.open(found, clock=lambda: now))

        yield opens


def open_to(found: Settings, site: WebSite) -> Settings:
    return replace(found, access=Access(allowed_hosts=frozenset({site.host})))


def at_hand(workshop: Workshop, source: Path, *sites: Site) -> SiteAtHand | None:
    handed = handing_in.sites(workshop, sites)
    engine = InlineEngine(workshop, pause=lambda _: None)
    candidate = pipeline.candidate_of([part(source)], workshop=workshop)
    taken = engine.step(steps.take, pipeline.enter(workshop, candidate), "whole", "")
    engine.step(steps.note_sites, "whole", taken, *handed)
    return gathering.site_of(workshop, workshop.register.load(Snapshot, Digest(taken)))


def test_a_site_is_at_hand_with_who_allowed_it(
    opened: Open, home: Settings, tmp_path: Path, shown: WebSite
) -> None:
    source = repository(tmp_path / "portal")
    workshop = opened(open_to(home, shown))

    found = at_hand(workshop, source, replace(ALLOWED, address=shown.url))

    assert found is not None
    assert found.reach is not None
    assert found.site.authorised_by == "head of IT"
    assert found.reach.get(f"{shown.url}/").status == 200


def test_it_is_remembered_and_ends_with_the_permission(
    opened: Open, home: Settings, tmp_path: Path, shown: WebSite
) -> None:
    source = repository(tmp_path / "portal")
    allowed = replace(ALLOWED, address=shown.url, until=TODAY)
    at_hand(opened(open_to(home, shown)), source, allowed)

    again = at_hand(opened(open_to(home, shown)), source)
    lapsed = at_hand(opened(open_to(home, shown), days=1), source)

    assert again is not None
    assert again.reach is not None
    assert lapsed is not None
    assert lapsed.reach is None
    assert lapsed.why.endswith("ended on 2026-03-01")
    assert shown.asked == []


def test_a_site_of_another_part_is_none_of_this_one(
    opened: Open, home: Settings, tmp_path: Path
) -> None:
    source = repository(tmp_path / "portal")

    assert at_hand(opened(home), source, replace(ALLOWED, part="app")) is None


def test_a_server_visits_those_alone_that_its_settings_name(
    opened: Open, home: Settings, tmp_path: Path, shown: WebSite
) -> None:
    source = repository(tmp_path / "portal")
    allowed = replace(ALLOWED, address=shown.url)
    at_hand(opened(open_to(home, shown)), source, allowed)
    server = replace(open_to(home, shown), local_paths=False)
    workshop = opened(open_to(home, shown))
    snapshot = _snapshot(workshop, source)

    kept_off = gathering.site_of(replace(workshop, settings=server), snapshot)
    named = replace(server, site_hosts=frozenset({shown.host}))
    let_in = gathering.site_of(replace(workshop, settings=named), snapshot)

    assert kept_off is not None
    assert kept_off.reach is None
    assert "OSSAY_SITE_HOSTS does not name it" in kept_off.why
    assert let_in is not None
    assert let_in.reach is not None


def _snapshot(workshop: Workshop, source: Path) -> Snapshot:
    candidate = pipeline.candidate_of([part(source)], workshop=workshop)
    entered = pipeline.enter(workshop, candidate)
    taken = InlineEngine(workshop).step(steps.take, entered, "whole", "")
    return workshop.register.load(Snapshot, Digest(taken))


def test_answers_of_one_day_are_not_those_of_the_next(
    opened: Open, home: Settings, tmp_path: Path
) -> None:
    source = repository(tmp_path / "portal")
    at_hand(opened(home), source, ALLOWED)

    known = [
        gathering.site_known(workshop, _snapshot(workshop, source))
        for workshop in (opened(home), opened(home), opened(home, days=1))
    ]

    assert known[0] == known[1]
    assert known[0] != known[2]


@pytest.mark.parametrize(
    ("site", "why"),
    [
        (replace(ALLOWED, owner=""), "the owner has to be named"),
        (replace(ALLOWED, authorised_by=" "), "who allowed it has to be named"),
        (replace(ALLOWED, authorised_by="jo@example.org"), "is an e-mail address"),
        (replace(ALLOWED, owner="x\x1b[31m"), "has to be named"),
        (replace(ALLOWED, until=date(2026, 2, 28)), "the permission ended on"),
    ],
)
def test_a_permission_that_does_not_hold_is_refused(
    opened: Open, home: Settings, site: Site, why: str
) -> None:
    with pytest.raises(SiteRefused, match=why):
        handing_in.sites(opened(home), [site])


@pytest.mark.parametrize(
    "address",
    [
        *("http://demo.example.org", "https://me:pw@demo.example.org"),
        *("https://demo.example.org/?token=1", "ssh://demo.example.org"),
    ],
)
def test_an_address_that_ossay_does_not_go_to_is_refused(
    opened: Open, home: Settings, address: str
) -> None:
    with pytest.raises(CloneRefused):
        handing_in.sites(opened(home), [replace(ALLOWED, address=address)])


PRODUCT = b"""
name: Portal
use: deploy-internally
parts:
  - name: app
    source: https://example.org/app
    site:
      address: https://demo.example.org
      owner: Ministry of Health
      allowed_by: head of IT
      until: 2026-06-30
"""


def test_a_product_file_names_the_site_of_a_part() -> None:
    (site,) = load_product(PRODUCT, "product.yaml").sites

    assert site == replace(ALLOWED, part="app")


def test_a_site_without_a_last_day_is_a_fault_with_its_line() -> None:
    without = PRODUCT.replace(b"      until: 2026-06-30\n", b"")

    with pytest.raises(PolicyError, match="until"):
        load_product(without, "product.yaml")
