# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A memo with all that one may say of components, checks and changes of licence."""

from collections.abc import Iterable
from dataclasses import replace

from ossay.collect import declared_facts
from ossay.memo.annexes import flaws_in, licence_mix_in, relicensings_in
from ossay.memo.blocks import Content, Figure, Figures, Place, Seen, State
from ossay.memo.showing import Showing
from ossay.model.collector import Table
from ossay.model.evidence import Value
from ossay.model.judgement import PartJudged
from ossay.model.snapshot import Chosen
from tests.memo import cases

COMPONENTS = (
    *("purl", "ecosystem", "name", "version", "scope", "licence", "direct"),
    *("path", "found in"),
)
VULNERABILITIES = (
    *("component", "advisory", "aliases", "priority", "severity", "fixed in"),
    *("path", "disposition", "summary"),
)
RELICENSINGS = ("on", "commit", "from", "to", "people until then")

CHANGES = (
    ("2024-03-20", "0" * 40, "BSD-3-Clause", "SSPL-1.0, with other words", "770"),
    ("2009-03-22", "1" * 40, "<b>Old</b>", "BSD-3-Clause", "1"),
)


def component(
    name: str, licence: str, scope: str = "runtime", direct: str = "yes"
) -> tuple[str, ...]:
    purl = f"pkg:npm/{name}@1"
    return (purl, "npm", name, "1", scope, licence, direct, "", "package-lock.json")


def components(*rows: tuple[str, ...]) -> Table:
    return Table(name="components", columns=COMPONENTS, rows=rows)


def flaw(purl: str, priority: str, fixed: str = "2", path: str = "") -> tuple[str, ...]:
    return (
        *(purl, "GHSA-x", "CVE-1", priority, "high 8.0", fixed, path),
        *("open", "a stranger can stop it"),
    )


def flaws(*rows: tuple[str, ...]) -> Table:
    return Table(name="vulnerabilities", columns=VULNERABILITIES, rows=rows)


def relicensings() -> Table:
    return Table(name="relicensings", columns=RELICENSINGS, rows=CHANGES)


def seen(fact: str, value: Value | None, *places: Place, missed: str = "") -> Seen:
    """Return an answer to a fact as it is declared; a gap without a value."""
    declared = declared_facts()[fact]
    return Seen(
        part="server",
        fact=fact,
        asks=declared.asks,
        unit=declared.unit,
        state=State.OPEN if value is None else State.ANSWERED,
        value=value,
        why=missed or ("" if value is not None else "nothing was at hand"),
        places=places,
        total=len(places),
        complete=not missed,
        disclosure=declared.disclosure,
    )


def figures(answers: Iterable[Seen]) -> tuple[Figures, ...]:
    """Return *answers* by the area of their facts."""
    by_area: dict[str, list[Figure]] = {}
    for a in answers:
        one = Figure(fact=a.fact, asks=a.asks, in_results=False, seen=(a,))
        by_area.setdefault(a.fact.partition(".")[0], []).append(one)
    return tuple(Figures(area=a, figures=tuple(f)) for a, f in by_area.items())


WEAK = Place(
    subject=".github/workflows/ci.yml",
    path=".github/workflows/ci.yml",
    line=7,
    note="code injection",
    url="",
)


def memo(*answers: Seen) -> Content:
    """Return a memo with long tables of one part, and *answers* besides."""
    listed = components(
        component("left-pad", "MIT"),
        component("right-pad", "MIT", "development"),
        component("a-name-that-goes-on-and-on-" * 3, "LicenseRef-" + "very-long-" * 6),
        component("silent", ""),
    )
    weak = flaws(
        flaw("pkg:npm/left-pad@1", "exploited"),
        *(flaw(f"pkg:npm/silent-{n}@1", "high", "") for n in range(6)),
        flaw("pkg:npm/right-pad@1", "low", "2", "pkg:npm/left-pad@1\npkg:npm/b@2"),
    )
    at = cases.snapshot(cases.SERVER, Chosen.ASKED, "refs/tags/v1")
    looked = cases.looked(cases.SERVER, at)
    assert looked.evidence is not None
    showing = Showing(
        judged=PartJudged(part=cases.SERVER, evidence_digest=None, why_not=""),
        evidence=looked.evidence.value,
        facts={},
    )
    every = (
        seen("components.total", 4),
        seen("vulnerabilities.known", 8, missed="no advisories here of gem"),
        seen("vulnerabilities.exploited", 0, missed="no advisories here of gem"),
        seen("workflows.dangerous", 1, WEAK),
        seen("posture.fuzzing", False),
        seen("posture.branch_rules", None),
        seen("licensing.relicensings", 2),
        *answers,
    )
    usual = cases.conditional()
    of_the_baseline = replace(
        usual.results[0], rule_id="OSPS-LE-02.01", pack="osps-baseline"
    )
    return replace(
        usual,
        results=(*usual.results, of_the_baseline),
        figures=figures(every),
        flaws=(flaws_in("server", weak, listed),),
        licence_mixes=(licence_mix_in("server", listed),),
        relicensings=tuple(relicensings_in(showing, relicensings())),
    )
