# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""One browser, and what it is asked of one page after the other."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ossay.sandbox.chromium import looking, scripts
from ossay.sandbox.chromium.driver import ASKED
from ossay.sandbox.chromium.serving import Source, source_of
from ossay.sandbox.chromium.visit import Stuck, Untested, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Error

ARGUMENTS = (
    *("--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
    *("--disable-domain-reliability", "--disable-client-side-phishing-detection"),
    "--js-flags=--max-old-space-size=1024",
)
"""
The sandbox around it has no network; that it does not try saves time.

A page whose scripts fill the memory (MB) goes down alone, before all are ended.
"""


def main() -> None:
    """Say the rules that are looked for, and then what was seen of each page asked."""
    from playwright.sync_api import sync_playwright

    program, files = sys.argv[1], Path(sys.argv[2])
    asked = json.loads((files / ASKED).read_text(encoding="utf-8"))
    source, beside = source_of(files, asked), asked["beside"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            args=list(ARGUMENTS),
            # Chromium's own sandbox would need rights that this one takes away.
            chromium_sandbox=False,
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
        )
        _say(rules(browser, beside))
        for line in sys.stdin:
            _say(tested(browser, source, {**json.loads(line), "beside": beside}))


def _say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def rules(browser: "Browser", beside: list[str]) -> dict[str, Any]:
    """Return what the engines look for, as they say themselves."""
    with _blank(browser) as visit:
        visit.run(scripts.axe() + ";0")
        visit.run(scripts.ace() + ";globalThis.ace = ace;0")
        return {
            "axe": visit.run(scripts.AXE_RULES),
            "ace": visit.run(scripts.ace_rules(beside)),
        }


@contextmanager
def _blank(browser: "Browser") -> Iterator[Visit]:
    context = browser.new_context()
    try:
        yield Visit.of(context.new_page())
    finally:
        context.close()


def tested(browser: "Browser", source: Source, asked: dict[str, Any]) -> dict[str, Any]:
    """Return what was seen of one page, or why it was not tested."""
    from playwright.sync_api import Error

    page = asked["page"]
    try:
        return {"page": page, **looking.look(browser, source, asked)}
    except Stuck as why:
        return {"page": page, "why": str(why), "is_late": True}
    except Untested as why:
        return {"page": page, "why": str(why)}
    except Error as error:
        return {"page": page, "why": f"the browser could not go on: {_short(error)}"}


def _short(error: "Error") -> str:
    return (error.message.strip().splitlines() or ["?"])[0][:200]
