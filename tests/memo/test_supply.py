# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What a memo says of components and of what is known to be wrong with them."""

import gzip
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from ossay.memo import flaws_in, render_html, render_markdown
from ossay.memo.blocks import Content, Figure, Figures, Place, Seen, State
from ossay.model.collector import Table
from ossay.model.evidence import Value
from tests.memo import cases

Render = Callable[[Content], str]

COLUMNS = (
    *("component", "advisory", "aliases", "priority", "severity", "fixed in"),
    *("path", "disposition", "summary"),
)

LOG4J = (
    *("pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1", "GHSA-jfh8-c2jp-5v3q"),
    *("CVE-2021-44228", "exploited", "critical 10.0", "2.15.0"),
    *("pkg:maven/a/b@1\npkg:maven/c/d@2", "open", "Code from afar is run"),
)
UNKNOWN = (
    *("pkg:npm/left-pad@1.0.0", "GHSA-x", "", "unknown", "unknown", "", ""),
    *("undetermined", ""),
)
NASTY = (
    *("pkg:npm/<script>alert(1)</script>@1", "GHSA-y", "", "low", "low 2.0", "{{7*7}}"),
    *("", "open", "![x](http://example.org/track.png) [click](javascript:1)"),
)


def seen(fact: str, value: Value | None, *places: Place) -> Seen:
    return Seen(
        part="server",
        fact=fact,
        asks=f"What about {fact}?",
        unit="",
        state=State.OPEN if value is None else State.ANSWERED,
        value=value,
        why="" if value is not None else "nothing was at hand",
        places=places,
        total=len(places),
        complete=True,
    )


def figures(area: str, *answers: Seen) -> Figures:
    return Figures(
        area=area,
        figures=tuple(
            Figure(fact=a.fact, asks=a.asks, in_results=False, seen=(a,))
            for a in answers
        ),
    )


def memo(*rows: tuple[str, ...], dated: date | None = date(2026, 8, 21)) -> Content:
    table = Table(name="vulnerabilities", columns=COLUMNS, rows=rows)
    pack = Place(
        subject="osv.dev (npm)", path="", line=0, note=f"{dated}, 5e1f", url=""
    )
    return replace(
        cases.conditional(),
        flaws=(flaws_in("server", table),),
        figures=(
            figures("components", seen("components.total", 2)),
            figures(
                "vulnerabilities",
                seen("vulnerabilities.advisories_dated", dated, pack),
                seen("vulnerabilities.known", None if dated is None else len(rows)),
            ),
        ),
    )


@pytest.mark.parametrize("render", [render_html, render_markdown])
class TestInEitherFormat:
    def test_a_flaw_is_told_with_its_fix_and_what_brings_it_in(
        self, render: Render
    ) -> None:
        text = render(memo(LOG4J))

        for said in ("GHSA-jfh8-c2jp-5v3q", "CVE-2021-44228", "2.15.0", "exploited"):
            assert said in text
        assert text.index("pkg:maven/a/b@1") < text.index("pkg:maven/c/d@2")

    def test_unknown_severity_is_not_called_low(self, render: Render) -> None:
        text = render(memo(UNKNOWN))

        assert "Severity: unknown." in text
        assert "that does not mean low" in text
        assert "undetermined" in text

    def test_the_pack_of_advisories_is_named_with_day_and_digest(
        self, render: Render
    ) -> None:
        text = render(memo(LOG4J))

        assert "osv.dev (npm)" in text
        assert "5e1f" in text

    def test_what_nothing_is_known_of_is_said_once(self, render: Render) -> None:
        content = replace(
            memo(),
            figures=(
                figures(
                    "vulnerabilities",
                    seen("vulnerabilities.advisories_dated", None),
                    seen("vulnerabilities.known", None),
                ),
            ),
        )

        text = render(content)

        assert text.count("nothing was at hand") == 1
        assert "What about vulnerabilities.known" not in text.replace("\\", "")

    def test_without_advisories_the_memo_says_that_none_were_asked(
        self, render: Render
    ) -> None:
        told = "No database of known vulnerabilities was asked."

        assert told in render(memo(dated=None))
        assert told not in render(memo(LOG4J))


def test_nothing_that_a_lockfile_or_an_advisory_says_becomes_part_of_the_page() -> None:
    html, markdown = render_html(memo(NASTY)), render_markdown(memo(NASTY))

    assert "<script>alert" not in html
    assert "<img" not in html
    assert "![x](http" not in markdown
    assert "](javascript:" not in markdown.replace("\\]", "")
    assert "{{7*7}}" in html


def test_a_thousand_flaws_leave_the_page_light() -> None:
    rows = [
        (
            f"pkg:npm/a{n}@1",
            f"GHSA-{n}",
            "",
            "low",
            "low 2.0",
            "2",
            "",
            "open",
            "x" * 80,
        )
        for n in range(1_000)
    ]

    html = render_html(memo(*rows))

    assert len(gzip.compress(html.encode())) < 30_000
    assert "970" in html


HANDED = Place(subject="bom.json", path="", line=0, note="handed in", url="")


@pytest.mark.parametrize("render", [render_html, render_markdown])
def test_what_was_handed_in_stands_apart_from_what_the_files_tell(
    render: Render,
) -> None:
    area = figures(
        "components",
        seen("components.total", 2),
        seen("components.handed_sbom", True, HANDED),
        seen("components.handed_sbom_lists", 3),
    )

    whole = render(replace(memo(), figures=(area,))).replace("\\_", "_")

    heading = "What was handed in about its components"
    before, _, after = whole.partition(heading)
    assert "components.total" in before
    assert "components.handed_sbom" not in before
    assert "components.handed_sbom_lists" in after
    assert "bom.json" in after


@pytest.mark.parametrize("render", [render_html, render_markdown])
def test_where_nothing_was_handed_in_nothing_is_said_of_it(render: Render) -> None:
    moot = replace(
        seen("components.handed_sbom_lists", None), state=State.DOES_NOT_ARISE
    )
    area = figures(
        "components",
        seen("components.total", 2),
        seen("components.handed_sbom", False),
        moot,
    )

    assert "handed" not in render(replace(memo(), figures=(area,)))
