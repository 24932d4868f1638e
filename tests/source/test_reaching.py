# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
import socket
from collections.abc import Iterator

import pytest

from ossay.source import Access, CloneRefused, HttpReach, reaching, read_site
from tests.source.sites import Shown, WebSite, web_site

PAGE = b"<!doctype html><title>Portal</title>"


@pytest.fixture
def site() -> Iterator[WebSite]:
    with web_site({"/": Shown(PAGE)}) as running:
        yield running


def reach(site: WebSite, path: str = "/") -> HttpReach:
    return HttpReach(f"{site.url}{path}", Access(allowed_hosts=frozenset({site.host})))


def to(site: WebSite, where: str) -> Shown:
    return Shown(status=302, headers={"Location": where})


def test_a_page_of_the_site_is_got_with_no_cookie_and_no_credential(
    site: WebSite,
) -> None:
    site.pages["/"].headers["Set-Cookie"] = "session=1"
    way = reach(site)

    found = [way.get(f"{site.url}/") for _ in range(2)]

    assert [(one.status, one.body) for one in found] == [(200, PAGE)] * 2
    assert found[0].content_type == "text/html"
    assert all(method == "GET" for method, _ in site.asked)
    told = {name.lower() for heard in site.heard for name in heard}
    assert not told & {"cookie", "authorization", "referer"}
    assert way.is_settled()


def test_a_private_address_is_visited_only_where_the_operator_names_it(
    site: WebSite,
) -> None:
    with pytest.raises(CloneRefused, match="plain http"):
        HttpReach(site.url, Access())
    with pytest.raises(CloneRefused, match="not a public address"):
        HttpReach("https://localhost/", Access())
    assert site.asked == []


@pytest.mark.parametrize(
    "url", ["ssh://git@example.org/x", "demo:x", "file:///etc/passwd", "/etc", ""]
)
def test_what_is_no_address_of_a_site_is_refused(url: str) -> None:
    with pytest.raises(CloneRefused):
        read_site(url, Access())


def test_redirects_are_followed_within_the_site_and_named_beyond_it(
    site: WebSite,
) -> None:
    with web_site({"/": Shown(PAGE)}) as other:
        site.pages["/here"] = to(site, "/")
        site.pages["/away"] = to(site, f"{other.url}/")
        site.pages["/round"] = to(site, "/round")
        way = reach(site)

        assert way.get(f"{site.url}/here").url == f"{site.url}/"
        assert way.get(f"{site.url}/away").elsewhere == "127.0.0.1"
        assert "redirects" in way.get(f"{site.url}/round").why
        assert other.asked == []


@pytest.mark.parametrize("sign", ["@127.0.0.1:1/", ".example.org/", "1/"])
def test_an_address_that_begins_like_the_site_is_not_of_it(
    site: WebSite, sign: str
) -> None:
    found = reach(site).get(f"{site.url}{sign}")

    assert found.elsewhere
    assert site.asked == []


def test_the_name_is_looked_up_once(
    site: WebSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that a name server that answers differently later leads nowhere."""
    way = reach(site)

    def changed(*_args: object, **_more: object) -> list[object]:
        raise AssertionError

    monkeypatch.setattr(reaching, "vet", changed)

    assert way.get(f"{site.url}/").status == 200


def test_an_answer_that_is_too_large_or_breaks_off_is_none(
    site: WebSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reaching, "LARGEST_ANSWER_BYTES", 100)
    site.pages["/large"] = Shown(b"x" * 101)
    site.pages["/short"] = Shown(b"x" * 10, says_bytes=20)
    way = reach(site)

    large = way.get(f"{site.url}/large")

    assert (large.status, large.body) == (0, b"")
    assert "larger than" in large.why
    assert "broke off" in way.get(f"{site.url}/short").why
    assert not way.is_settled()


def test_no_line_can_be_smuggled_into_a_request(site: WebSite) -> None:
    found = reach(site).get(f"{site.url}/a\r\nX-Smuggled: 1")

    assert "no address may" in found.why
    assert site.asked == []


def test_a_visit_has_an_end(site: WebSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaching, "MOST_REQUESTS", 2)
    way = reach(site)

    found = [way.get(f"{site.url}/") for _ in range(3)]

    assert [one.status for one in found] == [200, 200, 0]
    assert "requests" in found[2].why


def test_a_server_that_is_gone_is_told_and_asked_again_another_time() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{unused.getsockname()[1]}"
    way = HttpReach(f"http://{host}/", Access(allowed_hosts=frozenset({host})))

    assert "nobody answers" in way.get(f"http://{host}/").why
    assert not way.is_settled()
