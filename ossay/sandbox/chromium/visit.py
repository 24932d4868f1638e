# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
One page in the browser, and a world of our own beside its scripts.

What we run sees the same document and none of the page's scripts, which could answer
in place of an engine otherwise.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ossay.sandbox.chromium.serving import Source

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Dialog, Page, Request, Route

MOST_HOSTS = 100
MOST_MISSING = 50
LONGEST_HOST = 255


class Untested(Exception):
    """A page could not be tested; the message says why, as people read it."""


class Stuck(Untested):
    """A page that keeps the browser busy, which is of no more use."""


@dataclass(slots=True, kw_only=True)
class Visit:
    """
    A page that is open, and what came up while it was.

    Attributes:
        hosts: Of others, that it wanted to reach.
        missing: What it asked for of its own that was not there.
        lost: How many styles and scripts did not come, by kind.
        stopped: What it did that ends the test, if anything.
    """

    page: "Page"
    session: "CDPSession"
    world: int = 0
    requests: int = 0
    received_bytes: int = 0
    hosts: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)
    stopped: str = ""
    is_there: bool = False
    own_scripts: int = 0

    @classmethod
    def of(cls, page: "Page") -> "Visit":
        """Begin with an empty page."""
        visit = cls(page=page, session=page.context.new_cdp_session(page))
        visit.enter()
        return visit

    def enter(self) -> None:
        """Make a world of our own in the document that is shown now."""
        frame = self.session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        made = self.session.send(
            "Page.createIsolatedWorld", {"frameId": frame, "worldName": "ossay"}
        )
        self.world = made["executionContextId"]

    def run(self, script: str) -> Any:
        """Run *script* in our world and return its value, awaited."""
        said = self.session.send(
            "Runtime.evaluate",
            {
                "expression": script,
                "contextId": self.world,
                "awaitPromise": True,
                "returnByValue": True,
            },
        )
        self.check()
        if "exceptionDetails" in said:
            told = said["exceptionDetails"]
            what = told.get("exception", {}).get("description") or told.get("text", "")
            raise Untested(f"a check failed over it: {what.splitlines()[0][:200]}")
        return said["result"].get("value")

    def begin_without_scripts(self) -> None:
        """Make ready to open the page once more, as a browser without JavaScript."""
        self.session.send("Emulation.setScriptExecutionDisabled", {"value": True})
        self.is_there = False

    def picture(self) -> str:
        """Return what is to be seen of the page now."""
        # By itself: Playwright waits for what a page without movement never does.
        said = self.session.send(
            "Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True}
        )
        return str(said["data"])

    def check(self) -> None:
        """Raise `Untested` where the page did something that ends the test."""
        if self.stopped:
            raise Untested(self.stopped)

    def stop(self, why: str) -> None:
        """Note the first thing that ends the test."""
        self.stopped = self.stopped or why

    def listen(self, source: Source, handed: Mapping[str, str]) -> None:
        """Answer what the page asks for, and note what else it does."""
        # Playwright writes on the functions that it is handed: none may be a method.
        context = self.page.context
        context.on("page", lambda page: self._another_page(page))
        self.page.on("dialog", lambda dialog: self._dialog(dialog))
        self.page.on("download", lambda _: self.stop("it sends a file to keep"))
        self.page.on("crash", lambda _: self.stop("it brought the browser down"))
        context.route("**/*", self._router(source, handed))

    def _another_page(self, page: "Page") -> None:
        if page != self.page:
            self.stop("it opens another window")
            page.close()

    def _dialog(self, dialog: "Dialog") -> None:
        self.stop(f"it opens a dialog that has to be answered ({dialog.type})")
        dialog.dismiss()

    def _router(
        self, source: Source, handed: Mapping[str, str]
    ) -> Callable[["Route", "Request"], None]:
        def answer(route: "Route", request: "Request") -> None:
            if request.is_navigation_request() and not self._is_here(request):
                self.stop("it opens another window")
                route.abort()
                return
            if self._leads_away(request):
                self.stop(f"it leads its reader on to {_shown(request.url)}")
                route.abort()
                return
            if not _is_of(source.origin, request.url):
                self._note(self.hosts, _host_of(request.url), MOST_HOSTS)
                self.requests += 1
                self.lost[request.resource_type] += 1
                route.abort()
                return
            self.requests += 1
            if request.method != "GET":
                route.abort()
                return
            self._answered(route, request, source, handed)

        return answer

    def _answered(
        self,
        route: "Route",
        request: "Request",
        source: Source,
        handed: Mapping[str, str],
    ) -> None:
        reply = source.reply(request.url, handed)
        if reply.why or reply.elsewhere:
            self._note(self.hosts, reply.elsewhere, MOST_HOSTS)
            self._lost(request)
            route.abort()
            return
        if reply.status >= 400:
            self._lost(request)
        if request.resource_type == "script":
            self.own_scripts += 1
        self.received_bytes += len(reply.body)
        route.fulfill(status=reply.status, headers=reply.headers, body=reply.body)

    def _lost(self, request: "Request") -> None:
        self._note(self.missing, _path_of(request.url), MOST_MISSING)
        self.lost[request.resource_type] += 1

    def _is_here(self, request: "Request") -> bool:
        from playwright.sync_api import Error

        try:
            return request.frame.page == self.page
        except Error:
            return False  # of a window that is not there yet

    def _leads_away(self, request: "Request") -> bool:
        """Tell whether the page itself is to be another one now."""
        if not request.is_navigation_request() or request.frame.parent_frame:
            return False
        was, self.is_there = self.is_there, True
        return was

    def _note(self, among: list[str], what: str, most: int) -> None:
        if what and what not in among and len(among) < most:
            among.append(what)


def _is_of(origin: str, url: str) -> bool:
    return url == origin or url.startswith(f"{origin}/")


def _host_of(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return "an address that cannot be read"
    return "".join(c for c in host if c.isprintable())[:LONGEST_HOST]


def _path_of(url: str) -> str:
    return _shown(urlsplit(url).path)


def _shown(url: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in url)[:200]
