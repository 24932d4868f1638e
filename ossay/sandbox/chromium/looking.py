# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What is looked at on one page: two engines, and probes for what they do not see."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ossay.sandbox.chromium import keyboard, scripts
from ossay.sandbox.chromium.serving import Source
from ossay.sandbox.chromium.visit import Stuck, Untested, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

LOAD_SECONDS = 12.0
"""A page that is not there by then is said not to finish."""

WIDTH, HEIGHT = 1280, 900
NARROW = 320
"""WCAG 2.2, 1.4.10: 320 CSS pixels, which is 1280 at 400 %."""

ENOUGH_SHARE = 0.5
"""Of the text, without JavaScript, to say that the content is there."""


def look(browser: "Browser", source: Source, asked: dict[str, Any]) -> dict[str, Any]:
    """
    Return what was seen of a page.

    Raises:
        Untested: It does not let itself be tested; the message says how.
    """
    address, why = _where(source, asked)
    if why:
        raise Untested(why)
    context = _context(browser)
    try:
        handed: Mapping[str, str] = asked.get("handed", {})
        visit = Visit.of(context.new_page())
        visit.listen(source, handed)
        _open(visit, address)
        said = _seen(visit, asked)
        visit.check()
        said["without_scripts"] = _shows_without_scripts(visit, address, said)
    except Stuck:
        raise  # to close it would take as long again; the browser is ended
    except BaseException:
        context.close()
        raise
    context.close()
    return said


def _where(source: Source, asked: dict[str, Any]) -> tuple[str, str]:
    """Return the address of a page once it sends nobody on; or why there is none."""
    address = source.address_of(asked)
    if "handed" in asked:
        return address, ""
    reply = source.reply(address, {})
    if reply.elsewhere:
        return "", f"it leads its reader on to {reply.elsewhere}"
    if reply.why:
        return "", reply.why
    if reply.status == 401:
        return "", "it asks for a password before it shows anything"
    if reply.status >= 400:
        return "", f"the server answers with status {reply.status}"
    return reply.url, ""


def _context(browser: "Browser") -> "BrowserContext":
    return browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT},
        service_workers="block",
        accept_downloads=False,
        bypass_csp=True,
        locale="en-US",
    )


def _open(visit: Visit, address: str) -> None:
    from playwright.sync_api import Error, TimeoutError

    try:
        visit.page.goto(address, wait_until="load", timeout=LOAD_SECONDS * 1000)
    except TimeoutError as error:
        visit.check()
        msg = f"it did not finish loading within {LOAD_SECONDS:.0f} s"
        raise Stuck(msg) from error
    except Error as error:
        visit.check()
        first = error.message.splitlines()[0][:200]
        raise Untested(f"it could not be opened: {first}") from error
    visit.enter()
    visit.run(scripts.SETTLED)


def _seen(visit: Visit, asked: dict[str, Any]) -> dict[str, Any]:
    if hidden := visit.run(scripts.HIDDEN):
        raise Untested(f"a name on it stands in for what a document has: {hidden!r}")
    about = visit.run(scripts.ABOUT)
    if not about["text"] and not about["pictures"]:
        lacks = f", and {visit.missing[0]!r} is not there" if visit.missing else ""
        raise Untested(f"it shows nothing{lacks}")
    loaded = {
        "requests": visit.requests,
        "bytes": visit.received_bytes,
        "hosts": sorted(visit.hosts),
        "missing": sorted(visit.missing),
        "lost_styles": visit.lost["stylesheet"],
        "lost_scripts": visit.lost["script"],
    }
    visit.run(scripts.axe() + ";0")
    visit.run(scripts.ace() + ";globalThis.ace = ace;0")
    said = {
        **about,
        "loaded": loaded,
        "axe": visit.run(scripts.AXE_RUN),
        "ace": visit.run(scripts.ace_run(asked["beside"])),
        "moving": _moving(visit),
        "narrow": _narrow(visit),
    }
    said["keyboard"] = keyboard.walk(visit)
    return said


def _moving(visit: Visit) -> Any:
    visit.page.emulate_media(reduced_motion="reduce")
    visit.run(scripts.SETTLED)
    return visit.run(scripts.MOVING)


def _narrow(visit: Visit) -> Any:
    visit.page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    visit.run(scripts.SETTLED)
    seen = visit.run(scripts.NARROW)
    visit.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    return seen


def _shows_without_scripts(visit: Visit, address: str, said: dict[str, Any]) -> bool:
    """Open the page anew without JavaScript, and tell whether its content is there."""
    if not said["scripts"] and not visit.own_scripts:
        return True
    visit.begin_without_scripts()
    try:
        _open(visit, address)
        bare = visit.run(scripts.ABOUT)
    except Stuck:
        raise
    except Untested:
        return False  # it sends its reader elsewhere, or does not let itself be read
    if said["text"]:
        return bool(bare["text"] >= said["text"] * ENOUGH_SHARE)
    pictures = bare["pictures"] - bare["canvases"]  # nobody draws on these
    return bool(pictures >= said["pictures"] * ENOUGH_SHARE)
