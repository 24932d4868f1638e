# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A page that was late once is asked again, and no page is asked for ever."""

import time
from pathlib import Path
from typing import Any

import pytest

from ossay.sandbox.chromium import driver


class Slow:
    """A worker in whose first life one page is late, and for which another never is."""

    lives = 0
    share = 0.1
    asked: list[str]

    def __init__(self, *_where: object) -> None:
        type(self).lives += 1
        self.is_up = True
        self._page = ""
        self._said_rules = False

    def ask(self, page: dict[str, Any]) -> None:
        self._page = page["page"]
        self.asked.append(self._page)

    def said(self, _seconds: float) -> dict[str, Any]:
        if not self._said_rules:
            self._said_rules = True
            return {"axe": {}}
        if self._page == "always" or (
            self._page == "once" and self.asked.count("once") == 1
        ):
            raise driver.Late("nothing was said")
        return {"page": self._page, "title": "seen"}

    def computed_seconds(self) -> float:
        return self.share * time.monotonic()

    def end(self) -> None:
        pass


@pytest.fixture(autouse=True)
def _slow(monkeypatch: pytest.MonkeyPatch) -> None:
    Slow.lives, Slow.asked, Slow.share = 0, [], 0.1
    monkeypatch.setattr(driver, "Worker", Slow)


def test_a_page_that_was_late_is_asked_once_more_after_the_others() -> None:
    pages = [{"page": name} for name in ("once", "good", "always")]

    said = driver.test("chromium", Path("f"), Path("s"), {"pages": pages})

    told = {one["page"]: one for one in said["pages"]}
    assert told["once"]["title"] == told["good"]["title"] == "seen"
    assert "was not done within" in told["always"]["why"]
    assert Slow.asked == ["once", "good", "always", "once", "always"]
    assert said["rules"] == {"axe": {}}


def test_a_page_that_is_late_by_itself_is_asked_once() -> None:
    Slow.share = 0.9

    said = driver.test("chromium", Path("f"), Path("s"), {"pages": [{"page": "once"}]})

    assert "was not done within" in said["pages"][0]["why"]
    assert Slow.asked == ["once"]


def test_where_no_page_is_late_the_browser_is_started_once() -> None:
    pages = [{"page": name} for name in ("good", "better")]

    said = driver.test("chromium", Path("f"), Path("s"), {"pages": pages})

    assert [one["page"] for one in said["pages"]] == ["good", "better"]
    assert Slow.lives == 1


def test_what_was_seen_is_told_where_no_time_is_left_for_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(driver, "ALL_SECONDS", -1.0)
    pages = [{"page": name} for name in ("good", "better")]

    said = driver.test("chromium", Path("f"), Path("s"), {"pages": pages})

    assert [one["why"] for one in said["pages"]] == [driver.NO_TIME] * 2
