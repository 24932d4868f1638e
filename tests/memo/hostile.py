# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A judgement in which every text that a stranger can choose is an attack."""

from dataclasses import replace

from ossay.memo import Content
from ossay.model.candidate import Part, Role
from ossay.model.evidence import Combine, Fact, Item
from ossay.model.judgement import Looked
from ossay.model.snapshot import Chosen
from tests.memo import barred, cases

TEXT = (
    "</style></title><script>alert(1)</script><img src=x onerror=alert(1)>"
    "[click](https://evil.example)![](https://evil.example/x.png)"
    "`x` | y {{ 7*7 }} {% raw %} %(name)s {0} {name} %n \u202egpj.exe\u202c\u200b"
    "\x1b[31m\x00\n\n# heading\r\n- item\n<!-- \" ' -->"
)
"""Markup of every format we write, and characters that act on a screen."""

ACTIVE = frozenset("\x1b\x00\u202e\u202c\u200b")


def memo() -> Content:
    """Return a memo in which everything a stranger can choose is `TEXT`."""
    part = Part(
        name=TEXT,
        source_url=f"https://github.com/o/{TEXT}",
        role=Role.WHOLE,
        path=TEXT,
        ref=TEXT,
    )
    lost = Part(name=f"lost {TEXT}", source_url=f"https://u:p@example.org/{TEXT}")
    at = cases.snapshot(part, Chosen.ASKED, f"refs/heads/{TEXT}", shallow=True)
    items = [
        Item(subject=TEXT, note=TEXT, line=3),
        Item(subject=f"pkg:npm/{TEXT}"),
        Item(subject=f"https://evil.example/{TEXT}"),
        Item(subject=f"javascript:alert(1)//{TEXT}"),
    ]
    names = Fact(
        name="documentation.names",
        kind=str,
        asks="What is it called?",
        combine=Combine.UNION,
    )
    parts = [
        cases.looked(
            part,
            at,
            cases.DECLARED.found(TEXT, items),
            cases.OPEN_LICENCE.found(False, items),
            cases.BINARIES.found(
                (TEXT, TEXT), items, missed="a file could not be read"
            ),
            cases.UNMARKED.unknown(TEXT, items),
            cases.TEXT_PRESENT.inapplicable(TEXT),
            cases.STATEMENT.found(True, items),
            names.found(TEXT, items),
        ),
        Looked(part=lost, evidence=None, why_not=TEXT),
    ]
    asked = replace(
        cases.candidate(parts), name=TEXT, need=TEXT, requested_by=TEXT, id=TEXT
    )
    judged = cases.memo(
        parts,
        cases.pack(*cases.RULES),
        answers=(replace(cases.ANSWER, value=TEXT, ground=TEXT, given_by=TEXT),),
        waivers=(replace(cases.WAIVER, reason=TEXT, owner=TEXT, granted_by=TEXT),),
        facts=cases.FACTS | {names.name: names},
        asked=asked,
    )
    barriers = barred.memo(
        barred.seen("pages.failing", 1),
        barred.seen("pages.other_hosts", (TEXT,)),
        barred.seen("site.found", None, why=TEXT),
        rendered_pages=[replace(barred.ON_PAGES[0], where=TEXT, rule=TEXT, what=TEXT)],
    )
    return replace(
        judged,
        figures=(*judged.figures, *barriers.figures),
        hindrances=barriers.hindrances,
    )
