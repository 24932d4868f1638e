# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Chromium: shows pages, in which two engines look for barriers.

It has no network: what a page asks for is answered from the files that were handed
in. The engines (`engines/`) are those that their makers publish, byte for byte.
"""

from pathlib import Path

from ossay.model.evidence import Guard
from ossay.sandbox.adapter import Adapter, Driven, Question, is_json_object
from ossay.sandbox.running import Limits

ENGINES = Path(__file__).parent / "engines"

AXE = ENGINES / "axe.min.js"
"""axe-core 4.14.1 (https://github.com/dequelabs/axe-core), MPL-2.0."""

ACE = ENGINES / "ace.js"
"""accessibility-checker-engine 4.0.34 (https://github.com/IBMa/equal-access)."""

_PLACES = (
    "/usr/lib/chromium/chromium",  # Debian, Alpine
    "/usr/lib64/chromium-browser/chromium-browser",  # Fedora
    "/usr/lib/chromium-browser/chromium-browser",
)


def _words(files: Path, scratch: Path) -> tuple[str, ...]:
    return (str(files), str(scratch))


CHROMIUM = Adapter(
    name="chromium",
    purpose="shows pages, in which barriers are looked for",
    questions={
        "pages": Question(
            words=_words, is_answer=lambda text: is_json_object(text, "pages", "rules")
        ),
    },
    oldest="120.0.0",
    limits=Limits(
        cpu_seconds=600.0,
        wall_seconds=900.0,
        memory_bytes=4_000_000_000,  # what its processes share is counted for each
    ),
    places=_PLACES,
    absent="no browser is here to show pages: install the package chromium "
    "(Debian: apt install chromium)",
    driven=Driven(
        module="ossay.sandbox.chromium.driver",
        libraries=("playwright",),
        absent="pages cannot be shown: Playwright is not installed (make pages, or "
        "the extra `pages`)",
        shipped={
            AXE: "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c",
            ACE: "1fd7c18b2aa5ba3ec0444a275e2e08e2823c317316c6613d1c273d2a688760fa",
        },
        reads=("/etc/fonts", "/etc/alternatives"),
    ),
    # A page that breaks out of the browser finds nobody's files.
    needs=frozenset({Guard.FILES, Guard.NETWORK}),
    sees_processes=True,
)
