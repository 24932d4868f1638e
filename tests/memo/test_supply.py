# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What a memo says of components and of what is known to be wrong with them."""

import gzip
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ossay.collect import declared_facts
from ossay.memo import render_html, render_markdown
from ossay.memo.annexes import flaws_in
from ossay.memo.blocks import (
    Content,
    Figure,
    Figures,
    Place,
    Seen,
    State,
    WhyOpen,
)
from ossay.memo.coverage import Came, coverage
from ossay.model.collector import Table
from ossay.model.evidence import Value
from ossay.model.judgement import Outcome
from ossay.model.policy import Level
from tests.memo import cases, supplied
from tests.memo.pages import Page
from tests.memo.test_wording import words, words_in

Render = Callable[[Content], str]

COLUMNS = (
    *("component", "advisory", "aliases", "priority", "severity", "fixed in"),
    *("path", "disposition", "summary"),
)


def plain(text: str) -> str:
    """Return what is read of HTML or Markdown."""
    if text.startswith("<!doctype"):
        return Page(text).text
    return re.sub(r"[`*\\]", "", text)


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

    def test_a_priority_is_counted_with_those_for_which_a_mended_version_is_named(
        self, render: Render
    ) -> None:
        text = plain(render(supplied.memo()))

        assert text.index("exploited") < text.index("high")
        assert re.search(r"high\D{1,20}6\D{1,40}0\b", text)

    def test_who_names_a_component_is_told(self, render: Render) -> None:
        text = plain(render(supplied.memo()))

        assert "Brought in by: the software itself, which names it" in text
        assert "Brought in by: pkg:npm/left-pad@1, pkg:npm/b@2" in text
        assert "Brought in by: the files do not tell" in text

    def test_none_seen_is_no_zero_where_there_may_be_some(self, render: Render) -> None:
        text = plain(render(supplied.memo()))

        assert "known to be exploited (KEV)? none seen" in text
        assert "do its components have? at least 8" in text
        assert "does not mean that there is none: no advisories here of gem" in text

    def test_licences_of_components_are_counted(self, render: Render) -> None:
        text = plain(render(supplied.memo()))

        assert re.search(r"MIT\W{1,3}2\D{1,20}1\b", text)
        assert re.search(r"not told by any file here\W{1,3}1\D{1,20}1\b", text)

    def test_changes_of_the_licence_are_told_with_day_commit_and_people(
        self, render: Render
    ) -> None:
        text = plain(render(supplied.memo()))

        said = text[text.index("Changes of its licence") :]
        assert "20 March 2024" in said
        assert "000000000000" in said
        assert "770 people had made changes by then" in said
        assert "1 person had made changes by then" in said
        assert said.index("BSD-3-Clause") < said.index("SSPL-1.0, with other words")
        assert said.index("20 March 2024") < said.index("22 March 2009")

    def test_each_check_says_how_far_the_files_show_it(self, render: Render) -> None:
        text = plain(render(supplied.memo()))

        said = text[text.index("check by check") :]
        assert re.search(r"Branch-Protection\W*Rules .*?not to be seen in a copy", said)
        assert "such tests in the files: no" in said
        assert "state such rules: not known (nothing was at hand)" in said
        assert "places of these and like kinds: 1 place" in said

    def test_what_a_check_tells_is_not_told_again(self, render: Render) -> None:
        text = plain(render(supplied.memo()))

        assert "Are there fuzz tests" not in text

    def test_the_baseline_is_counted_by_what_it_asks_for(self, render: Render) -> None:
        of_it = "Security Baseline, and what they came to"

        assert of_it in plain(render(supplied.memo()))
        assert of_it not in plain(render(cases.conditional()))

    def test_why_a_check_may_have_missed_something_is_said_once(
        self, render: Render
    ) -> None:
        why = "the other build was not read"
        answers = [
            supplied.seen(f"workflows.{one}", 0, missed=why)
            for one in ("text_of_strangers", "code_of_strangers")
        ]

        text = plain(render(supplied.memo(*answers)))

        assert "text of strangers that may run: none seen" in text
        assert text.count(why) == 1

    def test_without_advisories_the_memo_says_that_none_were_asked(
        self, render: Render
    ) -> None:
        told = "No database of known vulnerabilities was asked."

        assert told in render(memo(dated=None))
        assert told not in render(memo(LOG4J))


def test_a_memo_with_places_for_few_says_so() -> None:
    assert "take them out before you hand it on" in render_html(supplied.memo())
    assert "take them out before" not in render_html(cases.conditional())


def test_the_checks_are_those_of_the_documentation_and_rest_on_facts() -> None:
    written = (Path(__file__).parents[2] / "docs" / "osps.md").read_text()
    table = written.split("## Scorecard's checks")[1].split("## ")[0]
    rows = [row.split("|") for row in table.splitlines() if row.startswith("| ")][2:]

    documented = {
        row[1].strip(): set(re.findall(r"`([a-z_]+\.[a-z_]+)`", row[3])) for row in rows
    }
    printed = {
        name: set(facts) for name, _, _, facts in words_in("memo/posture.j2", "CHECKS")
    }

    assert printed == documented
    assert set().union(*printed.values()) <= set(declared_facts())


@pytest.mark.parametrize(
    ("outcome", "why", "came"),
    [
        (Outcome.PASSED, None, Came.MET),
        (Outcome.FAILED, None, Came.NOT_MET),
        (Outcome.UNDETERMINED, WhyOpen.NOBODY_ANSWERED, Came.ASKED),
        (Outcome.UNDETERMINED, WhyOpen.COULD_NOT_LOOK, Came.NOT_KNOWN),
        (Outcome.UNDETERMINED, WhyOpen.NOT_SETTLED, Came.NOT_KNOWN),
        (Outcome.WAIVED, None, Came.WAIVED),
        (Outcome.INAPPLICABLE, None, Came.DOES_NOT_APPLY),
    ],
)
def test_what_a_person_has_to_say_is_kept_apart_from_what_is_not_known(
    outcome: Outcome, why: WhyOpen | None, came: Came
) -> None:
    of_it = cases.conditional().results[0]
    one = replace(of_it, outcome=outcome, why_open=why, pack="a", level=Level.MUST)

    counted = coverage([one, replace(one, pack="b")], "a")

    assert {c: n.total() for c, n in counted.items() if n} == {came: 1}
    assert counted[came][Level.MUST] == 1
    assert coverage([one], "c") == {}


def test_there_are_words_for_what_a_rule_came_to() -> None:
    assert words("CAME") == {came.value for came in Came}


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

    assert "handed in" not in render(replace(memo(), figures=(area,)))
