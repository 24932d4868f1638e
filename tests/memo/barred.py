# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Memos on software that people see and operate, however much of it was looked at."""

from collections.abc import Iterable
from dataclasses import replace

from ossay.memo.annexes import hindrances_in
from ossay.memo.blocks import Content, Place, Seen, State
from ossay.memo.showing import Showing
from ossay.model.accessibility import BARRIER_COLUMNS, Barrier, ShutOut, Verdict
from ossay.model.collector import Table
from ossay.model.evidence import Value
from ossay.model.judgement import PartJudged
from ossay.model.snapshot import Chosen
from tests.memo import cases, supplied

NO_BROWSER = "no browser was found; install Debian's package chromium"
NOT_GIVEN = "no address of a running instance was given"


def seen(
    fact: str, value: Value | None, *places: Place, why: str = "", missed: str = ""
) -> Seen:
    """Return an answer to a fact; without a value a gap, for *why*."""
    return Seen(
        part="server",
        fact=fact,
        asks=f"What about {fact}?",
        unit="",
        state=State.OPEN if value is None else State.ANSWERED,
        value=value,
        why=why or missed,
        places=places,
        total=len(places),
        complete=not missed,
    )


def inapplicable(fact: str, why: str) -> Seen:
    return replace(seen(fact, None, why=why), state=State.DOES_NOT_ARISE)


def gaps(why: str, area: str, *facts: str) -> tuple[Seen, ...]:
    return tuple(seen(f"{area}.{fact}", None, why=why) for fact in facts)


def barrier(
    where: str,
    rule: str,
    verdict: Verdict,
    *criteria: str,
    who: tuple[ShutOut, ...] = (ShutOut.BLIND,),
    what: str = "an image has no text alternative",
    count: int = 1,
    line: int = 0,
) -> Barrier:
    return Barrier(
        where=where,
        line=line,
        rule=rule,
        criteria=criteria,
        verdict=verdict,
        shuts_out=who,
        what=what,
        count=count,
    )


def table(name: str, barriers: Iterable[Barrier]) -> Table:
    rows = tuple(one.row() for one in barriers)
    return Table(name=name, columns=BARRIER_COLUMNS, rows=rows)


def showing() -> Showing:
    """Return the part that every barrier here is in."""
    at = cases.snapshot(cases.SERVER, Chosen.ASKED, "refs/tags/v1")
    looked = cases.looked(cases.SERVER, at)
    assert looked.evidence is not None
    return Showing(
        judged=PartJudged(part=cases.SERVER, evidence_digest=None, why_not=""),
        evidence=looked.evidence.value,
        facts={},
    )


def memo(*answers: Seen, **tables: Iterable[Barrier]) -> Content:
    """Return a memo of one part; *tables* by name, with "_" for "-"."""
    return replace(
        cases.conditional(),
        figures=supplied.figures(answers),
        hindrances=tuple(
            hindrances_in(showing(), table(name.replace("_", "-"), barriers))
            for name, barriers in tables.items()
        ),
    )


MOTOR = (ShutOut.BLIND, ShutOut.MOTOR)
LONG = "a-folder-with-a-name-that-goes-on-and-on-" * 3 + "/page.html"

IN_TEMPLATES = (
    barrier("src/List.vue", "image-alt", Verdict.FAILS, "1.1.1", line=7),
    barrier("src/Tree.vue", "image-alt", Verdict.FAILS, "1.1.1", line=9, count=2),
    barrier(
        *("src/Form.vue", "label", Verdict.MAYBE, "1.3.1", "3.3.2"),
        who=(ShutOut.BLIND, ShutOut.COGNITIVE),
        what="a field has no label that was seen",
        line=31,
    ),
)
ON_PAGES = (
    barrier(
        *(LONG, "color-contrast", Verdict.FAILS, "1.4.3"),
        who=(ShutOut.LOW_VISION,),
        what="text is too pale on its ground",
        count=12,
    ),
    barrier(
        *("docs/index.html", "target-size", Verdict.MAYBE, "2.5.8"),
        who=(ShutOut.MOTOR,),
        what="a target may be too small",
    ),
)


def whole() -> Content:
    """Return a memo for which every way of looking saw something."""
    return memo(
        seen("accessibility.user_interface", True),
        seen("accessibility.statement", False),
        seen("accessibility.tests", True),
        seen("templates.files", 40),
        seen("templates.not_evaluated", 7),
        seen("templates.unread_files", 0),
        seen("templates.failing", 3),
        seen("templates.maybe", 1),
        seen("pages.found", 20),
        seen("pages.tested", 12),
        seen("pages.untested", 8),
        seen("pages.failing", 12),
        seen("pages.open", 1),
        seen("pages.touched_criteria", ("1.1.1", "1.4.3", "2.5.8")),
        seen("pages.without_scripts", True),
        seen("pages.heaviest_bytes", 3_210_000),
        seen("pages.other_hosts", ("fonts.example.com",)),
        *gaps(NOT_GIVEN, "site", "found", "tested", "failing", "open", "fits_320"),
        seen("languages.wanted", ("sw", "fr")),
        seen("languages.wanted_short", ("sw",)),
        seen("languages.reading_grade", None, why="its documentation is in French"),
        seen("conformance.claimed", ("1.1.1", "1.4.3")),
        seen("conformance.contradicted", ("1.4.3",)),
        template_checks=IN_TEMPLATES,
        rendered_pages=ON_PAGES,
    )


def nothing_known() -> Content:
    """Return a memo for which nobody could look at anything."""
    return memo(
        seen("accessibility.user_interface", None, why="a submodule was not fetched"),
        *gaps("the files could not be read", "templates", "files", "failing", "maybe"),
        *gaps(NO_BROWSER, "pages", "found", "tested", "failing", "heaviest_bytes"),
        *gaps(NOT_GIVEN, "site", "found", "tested", "failing", "heaviest_bytes"),
        *gaps("nobody named a language", "languages", "wanted", "wanted_short"),
    )
