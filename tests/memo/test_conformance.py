# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The draft of a conformance report: what it says, and what it never says."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any

import jsonschema  # type: ignore[import-untyped] # it brings no types
import pytest
import yaml
from markdown_it import MarkdownIt

from ossay import shipped
from ossay.collect import declared_facts
from ossay.collect.conformance.openacr import read_openacr
from ossay.memo import openacr
from ossay.memo.conformance import (
    PLACES,
    Draft,
    draft,
    render_draft,
    render_request,
)
from ossay.memo.showing import Showing
from ossay.model.accessibility import BARRIER_COLUMNS, CRITERIA, Barrier, Verdict
from ossay.model.collector import Table
from ossay.model.evidence import Answered, Item, Tool
from ossay.model.judgement import Finding, Outcome, PartJudged
from ossay.model.people import Answer
from ossay.model.snapshot import Chosen
from tests.memo import cases, hostile

FACTS = declared_facts()
FILES = FACTS["templates.files"]
TODAY = date(2026, 11, 28)
ALT = Barrier(
    where="app/a.html",
    line=3,
    rule="img-alt",
    criteria=("1.1.1",),
    verdict=Verdict.FAILS,
    what="an image says nothing to those who cannot see it",
)
MAYBE = replace(
    ALT,
    rule="control-label",
    criteria=("1.3.1", "4.1.2"),
    verdict=Verdict.MAYBE,
    what="a field may have no label",
)


def table(*barriers: Barrier, name: str = "template-checks") -> Table:
    return Table(
        name=name,
        columns=BARRIER_COLUMNS,
        rows=tuple(barrier.row() for barrier in barriers),
    )


def made(
    *tables: Table,
    seen: Sequence[Answered] = (FILES.found(12),),
    findings: Sequence[Finding] = (),
    named: str = "Permit Desk",
) -> Draft:
    found = of(*tables, seen=seen, findings=findings, named=named)
    assert found is not None
    return found


def of(
    *tables: Table,
    seen: Sequence[Answered],
    findings: Sequence[Finding] = (),
    named: str = "Permit Desk",
) -> Draft | None:
    at = cases.snapshot(cases.SERVER, Chosen.ASKED, "refs/tags/v1")
    looked = cases.looked(cases.SERVER, at, *seen)
    assert looked.evidence is not None
    tools = (Tool(name="ossay", version="9.9"), Tool(name="axe-core", version="4.14.1"))
    evidence = replace(looked.evidence.value, tools=tools)
    judged = PartJudged(part=cases.SERVER, evidence_digest=None, why_not="")
    showing = Showing(judged=judged, evidence=evidence, facts=FACTS)
    return draft(showing, named, tables, findings, TODAY, {"ossay", "axe-core"})


def written(made: Draft) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(openacr.openacr(made))
    return read


def rows(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what each row says of each component, chapter and number before it."""
    return {
        f"{name} {row['num']}": {
            part["name"]: part["adherence"] for part in row["components"]
        }
        for name, chapter in report["chapters"].items()
        for row in chapter["criteria"]
    }


def levels(report: dict[str, Any]) -> set[str]:
    return {said["level"] for row in rows(report).values() for said in row.values()}


def test_the_draft_is_valid_by_the_schema_of_openacr() -> None:
    folder = shipped.folder("policies/openacr")
    schema = json.loads((folder / "openacr-0.1.0.json").read_bytes())

    report = written(made(table(ALT, MAYBE)))

    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.Draft7Validator(schema).validate(report)
    assert report["catalog"] == "2.5-edition-wcag-2.2-508-eu-en"


def test_what_the_schema_does_not_allow_is_not_handed_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(openacr, "_document", lambda *_: {"title": 3})

    with pytest.raises(openacr.DraftNotValid, match='"product" is a required'):
        openacr.openacr(made(table(ALT)))


def test_it_has_every_row_of_the_catalogue_and_none_is_claimed() -> None:
    report = written(made(table(ALT, MAYBE)))

    assert len(rows(report)) == 344
    assert levels(report) == {"not-evaluated"}
    assert set(CRITERIA) <= {name.split()[1] for name in rows(report)}


def test_it_says_that_it_is_a_draft_of_a_program_about_one_commit() -> None:
    report = written(made(table(ALT)))

    title = "DRAFT (machine evidence only, not a conformance claim): Permit Desk"
    assert report["title"] == title
    assert report["product"] == {
        "name": "Permit Desk",
        "version": "a" * 40,
        "description": "",
    }
    assert report["author"]["name"].endswith("(a program)")
    assert "vendor" not in report
    assert report["report_date"] == "2026-11-28"


def test_it_names_its_tools_and_that_nobody_tried_the_software() -> None:
    methods = written(made(table(ALT)))["evaluation_methods_used"]

    assert "No assistive technology was used" in methods
    assert "axe-core `4.14.1`" in methods


def test_findings_go_into_the_remarks_with_rule_number_and_place() -> None:
    many = [replace(ALT, line=line) for line in range(1, 9)]

    report = rows(written(made(table(*many, MAYBE))))

    notes = report["success_criteria_level_a 1.1.1"]["web"]["notes"]
    assert "rule `img-alt`" in notes
    assert "8 places fail" in notes
    assert "`app/a.html:1`" in notes
    assert f"and {8 - PLACES} more" in notes
    doubted = report["success_criteria_level_a 4.1.2"]["web"]["notes"]
    assert "1 place that a person has to look at" in doubted
    assert "notes" not in report["success_criteria_level_a 1.1.1"]["software"]


def test_a_table_that_is_not_there_is_said_not_to_have_been_looked_at() -> None:
    no_browser = FACTS["pages.tested"].unknown("there is no browser")

    report = written(made(table(ALT), seen=(FILES.found(12), no_browser)))

    assert "Templates, read and not rendered: 12 looked at" in report["notes"]
    not_looked = "in a browser: not looked at (there is no browser)"
    assert not_looked in report["notes"]
    assert "running instance, in a browser: not looked at" in report["notes"]


def test_pages_that_no_browser_showed_are_not_said_to_be_nothing() -> None:
    seen = (
        FILES.found(12),
        FACTS["pages.tested"].found(0),
        FACTS["pages.untested"].found(3),
        FACTS["pages.failing"].unknown("there is no browser"),
    )

    notes = written(made(table(ALT), seen=seen))["notes"]

    assert "in a browser: not looked at (there is no browser); 3 not" in notes


def test_pages_that_were_tested_in_part_were_looked_at() -> None:
    seen = (
        FACTS["pages.tested"].found(0),
        FACTS["pages.untested"].found(1),
        FACTS["pages.failing"].found(1),
    )

    of_one = made(table(ALT, name="rendered-pages"), seen=seen)

    assert of_one.is_worth_finishing
    assert "in a browser: none looked at to its end; 1 not" in written(of_one)["notes"]


def test_criteria_that_checks_look_at_are_counted_whichever_way_they_looked() -> None:
    seen = (
        FILES.found(12),
        FACTS["templates.touched_criteria"].found(("1.1.1", "1.3.1")),
        FACTS["pages.tested"].found(2),
        FACTS["pages.touched_criteria"].found(("1.1.1", "1.4.3", "4.1.1")),
    )

    of_both = made(table(ALT), table(name="rendered-pages"), seen=seen)

    for text in (written(of_both)["notes"], render_draft(of_both)):
        assert "at something of 3 of them" in text
        assert "2 in templates, 2 on pages of the repository" in text
        assert "Of the other 52 no check used here can tell anything" in text


def test_where_a_person_tested_it_is_not_said_that_programs_were_alone() -> None:
    alone, together = made(table(ALT)), made(table(ALT), findings=[NO])

    for text in (render_draft(alone), written(alone)["evaluation_methods_used"]):
        assert "no person tried the software" in text
    for text in (render_draft(together), written(together)["evaluation_methods_used"]):
        assert "no person tried the software" not in text
        assert "persons of the buyer's office" in text
    assert "every level" not in written(together)["notes"]


def test_how_much_was_left_out_is_told() -> None:
    seen = (
        FILES.found(12),
        FACTS["templates.not_evaluated"].found(30),
        FACTS["templates.unread_files"].found(1),
    )

    assert "12 looked at; 31 not" in written(made(table(ALT), seen=seen))["notes"]


def answered(value: bool | str, basis: str, outcome: Outcome) -> Finding:
    answer = Answer(
        rule_id="ACC-KEYBOARD",
        value=value,
        ground="tried with the keyboard alone",
        given_by="tester-7",
        given_at=datetime(2026, 11, 2, 9, tzinfo=UTC),
        holds_until=date(2027, 11, 2),
    )
    rule = replace(cases.ACC_1, id="ACC-KEYBOARD", basis=basis, inspired_by="")
    return Finding(rule=rule, pack="x", outcome=outcome, because=(), answer=answer)


NO = answered(False, "EN 301 549 V3.2.1, clause 9.2.1.1", Outcome.FAILED)


def test_what_a_person_found_missed_is_partially_supported() -> None:
    report = rows(written(made(table(ALT), findings=[NO])))

    said = report["success_criteria_level_a 2.1.1"]["web"]
    assert said["level"] == "partially-supports"
    assert "tried with the keyboard alone" in said["notes"]
    assert "2 November 2026" in said["notes"]
    assert "tester-7" not in said["notes"]
    assert report["success_criteria_level_a 3.2.1"]["web"] == {"level": "not-evaluated"}


def inspired(finding: Finding, by: str) -> Finding:
    return replace(finding, rule=replace(finding.rule, inspired_by=by))


@pytest.mark.parametrize(
    "basis",
    [
        "WCAG 2.2 (2023), success criterion 2.4.11, level AA",
        "EN 301 549 V4.1.0, clauses 9.1.1.1 and 9.2.4.11",
    ],
)
def test_a_criterion_is_named_by_its_clause_or_by_its_number(basis: str) -> None:
    asked = inspired(answered(False, "", Outcome.FAILED), basis)

    report = rows(written(made(table(ALT), findings=[asked])))

    said = report["success_criteria_level_aa 2.4.11"]["web"]
    assert said["level"] == "partially-supports"


@pytest.mark.parametrize(
    "finding",
    [
        answered(True, "EN 301 549 V3.2.1, clause 9.2.1.1", Outcome.PASSED),
        answered(False, "EN 301 549 V3.2.1, clause 11.2.1.1", Outcome.FAILED),
        answered(False, "EN 301 549 V3.2.1", Outcome.FAILED),
        answered(False, "EN 301 549 V3.2.1, clauses 4.1.2 and 9.6", Outcome.FAILED),
        inspired(answered(False, "our own experience", Outcome.FAILED), "WCAG 2.1.1"),
        answered(False, "EN 301 549 V3.2.1, clause 9.2.1.1", Outcome.WAIVED),
        answered("mostly", "WCAG 2.1.1", Outcome.FAILED),
        replace(NO, answer=None),
    ],
)
def test_nothing_else_that_people_say_sets_a_level(finding: Finding) -> None:
    assert levels(written(made(table(ALT), findings=[finding]))) == {"not-evaluated"}


def test_read_as_a_report_it_claims_nothing_and_may_not_be_credited() -> None:
    report = read_openacr(openacr.openacr(made(table(ALT), findings=[NO])))

    assert report is not None
    assert report.is_draft
    assert set(report.open_criteria()) == set(CRITERIA)


def test_the_same_evidence_gives_the_same_bytes() -> None:
    assert openacr.openacr(made(table(ALT))) == openacr.openacr(made(table(ALT)))


def test_where_nothing_was_looked_at_there_is_no_draft_worth_finishing() -> None:
    assert made(table(ALT)).is_worth_finishing
    assert not made(table(), seen=(FILES.found(0),)).is_worth_finishing
    assert not made(seen=()).is_worth_finishing


def test_software_without_an_interface_has_no_draft() -> None:
    none = FACTS["accessibility.user_interface"].found(False)

    assert of(table(ALT), seen=(FILES.found(1), none)) is None


def test_the_readable_draft_lists_every_criterion_in_the_order_of_wcag() -> None:
    text = render_draft(made(table(ALT), findings=[NO]))

    heads = [line.split()[1] for line in text.splitlines() if line.startswith("### ")]
    assert sorted(heads) == sorted(CRITERIA)
    assert "This is not a conformance report." in text
    assert "EN 301 549, clause 9.2.1.1. Level: partially supports." in text
    assert "clause 9.1.1.1. Level: not evaluated." in text
    assert "clause 9.1.2.1. Level: not evaluated. No machine finding." in text


def report_facts(**values: Answered) -> tuple[Answered, ...]:
    none = FACTS["conformance.reports"].found(0)
    return (FILES.found(12), *({"reports": none} | values).values())


def test_a_request_says_that_no_report_was_found_and_what_is_asked() -> None:
    text = render_request(made(table(ALT), seen=report_facts()))

    assert "We found no accessibility conformance report" in text
    assert "nothing was sent" in text
    assert "`openacr.yaml`" in text


def test_a_request_repeats_what_a_report_lacks_and_where_checks_differ() -> None:
    at = [Item(subject="acr.yaml", note="OpenACR: Permit Desk 4")]
    claim = Item(subject="acr.yaml", note="says that 1.1.1 is supported", line=9)
    place = Item(subject="app/a.html", note="1.1.1, img-alt", line=3)
    lacks = [Item(subject="acr.yaml", note="names no author")]
    seen = report_facts(
        reports=FACTS["conformance.reports"].found(1, at),
        creditable=FACTS["conformance.creditable"].found(False, lacks),
        contradicted=FACTS["conformance.contradicted"].found(
            ("1.1.1",), [claim, place]
        ),
    )

    text = render_request(made(table(ALT), seen=seen))

    assert "names no author" in text
    assert "acr.yaml:9" in text
    assert "says that 1.1.1 is supported" in text
    assert "app/a.html:3" in text
    assert "We do not know which of them is right" in text


def test_with_a_report_that_may_be_credited_there_is_nothing_to_ask() -> None:
    good = FACTS["conformance.creditable"].found(True)
    differs = FACTS["conformance.contradicted"].found(
        ("1.1.1",), [Item(subject="acr.yaml")]
    )

    assert not made(table(ALT), seen=report_facts(c=good)).leaves_questions
    assert made(table(ALT), seen=report_facts(c=good, d=differs)).leaves_questions
    assert made(table(ALT), seen=report_facts()).leaves_questions


EVIL = replace(ALT, where=hostile.TEXT, rule=hostile.TEXT, what=hostile.TEXT, line=1)
ATTACKED = {
    "openacr.yaml": lambda made: openacr.openacr(made).decode(),
    "draft": render_draft,
    "request": render_request,
}


def attacked() -> Draft:
    evil = replace(NO, answer=replace(NO.answer, ground=hostile.TEXT))  # type: ignore[type-var]
    seen = (
        FILES.found(1),
        FACTS["pages.tested"].unknown(hostile.TEXT),
        FACTS["conformance.reports"].found(
            1, [Item(subject=hostile.TEXT, note=hostile.TEXT)]
        ),
        FACTS["conformance.creditable"].found(
            False, [Item(subject=hostile.TEXT, note=hostile.TEXT)]
        ),
        FACTS["conformance.contradicted"].found(
            ("1.1.1",), [Item(subject=hostile.TEXT, note=hostile.TEXT, line=2)]
        ),
    )
    return made(table(EVIL), seen=seen, findings=[evil], named=hostile.TEXT)


@pytest.mark.parametrize("paper", ATTACKED)
def test_what_strangers_wrote_acts_on_nobodys_screen(paper: str) -> None:
    text = ATTACKED[paper](attacked())

    assert not hostile.ACTIVE & set(text)


@pytest.mark.parametrize("paper", ["draft", "request"])
def test_what_strangers_wrote_is_no_markup_in_markdown(paper: str) -> None:
    page = MarkdownIt("commonmark").enable("table").render(ATTACKED[paper](attacked()))

    assert_inert(page)


def test_what_strangers_wrote_changes_nothing_in_yaml_but_the_text_it_is() -> None:
    report = written(attacked())

    assert rows(report).keys() == rows(written(made(table(ALT)))).keys()
    assert set(report) == set(written(made(table(ALT))))
    remarks = [
        report["notes"],
        report["evaluation_methods_used"],
        rows(report)["success_criteria_level_a 1.1.1"]["web"]["notes"],
        rows(report)["success_criteria_level_a 2.1.1"]["web"]["notes"],
    ]
    for text in remarks:  # tools show them as Markdown
        assert_inert(MarkdownIt("commonmark").enable("table").render(text))


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.addresses: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.addresses |= {value or "" for key, value in attrs if key == "href"}


def assert_inert(page: str) -> None:
    seen = _Elements()
    seen.feed(page)
    allowed = {"a", "br", "code", "em", "h1", "h2", "h3", "hr", "li", "ol", "p"}
    assert seen.names <= allowed | {"pre", "strong", "ul"}
    assert all(url.startswith("https://github.com/") for url in seen.addresses)
