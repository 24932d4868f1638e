# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Conformance reports: found, read, and what may be rested on them."""

import json
from datetime import date

import pytest

from ossay.collect.conformance import finding
from ossay.collect.conformance.days import read_day
from ossay.collect.conformance.report import Level, level_of
from ossay.collect.conformance.tables import read_tables
from ossay.model.evidence import Gap, Inapplicable, Observation
from tests.collect.conformance.cases import (
    OF_2_1,
    component,
    document,
    notes,
    of,
    openacr,
    told,
    value,
)
from tests.collect.trees import DictTree


def test_an_openacr_report_is_found_by_content_and_what_it_claims_is_told() -> None:
    said = told(of({"docs/any-name.yml": openacr({"1.1.1": "partially-supports"})}))

    assert value(said["reports"]) == 1
    assert notes(said["reports"]) == ["OpenACR: Portal 2.1"]
    assert value(said["claimed"]) == tuple(n for n in OF_2_1 if n != "1.1.1")
    assert value(said["report_date"]) == date(2026, 1, 31)


def test_an_openacr_report_in_json_is_read_where_it_is_called_so() -> None:
    files = {"docs/openacr.json": json.dumps(document()), "acr.json": "{}"}

    assert value(told(of(files))["reports"]) == 1


def test_a_claim_is_told_with_the_line_it_stands_on() -> None:
    text = openacr()

    said = told(of({"acr.yaml": text}))

    items = {i.note: i.line for i in getattr(said["claimed"], "items", ())}
    assert "num: 1.4.3" in text.splitlines()[items["1.4.3"] - 1]


def test_a_report_that_lacks_nothing_may_be_credited() -> None:
    assert value(told(of({"acr.yaml": openacr()}))["creditable"]) is True


@pytest.mark.parametrize(
    ("report", "lacks"),
    [
        (openacr(author={"email": "a@example.org"}), "names no author"),
        (openacr(report_date="soon"), "states no day that could be read"),
        (openacr({"2.4.7": "not-evaluated"}), "leaves open: 2.4.7"),
        (openacr({"2.4.7": ""}), "leaves open: 2.4.7"),
        (
            openacr(title="DRAFT (machine evidence only): Portal"),
            "calls itself a draft",
        ),
        (
            openacr(product={"name": "Portal", "version": "1.9"}),
            "names version '1.9', and not the one assessed",
        ),
        (
            openacr(product={"name": "Portal"}),
            "names no version, and not the one assessed",
        ),
    ],
)
def test_a_report_that_lacks_something_is_not_credited(report: str, lacks: str) -> None:
    answer = told(of({"acr.yaml": report}))["creditable"]

    assert value(answer) is False
    assert notes(answer) == [lacks]


def test_rows_that_a_report_leaves_out_are_open() -> None:
    few = document()
    del few["chapters"]["success_criteria_level_aa"]

    answer = told(of({"acr.yaml": _yaml(few)}))["creditable"]

    assert value(answer) is False
    assert notes(answer)[0].startswith("leaves open: 1.2.4, 1.2.5")


def test_whether_a_report_is_of_the_version_is_open_where_a_branch_is_assessed() -> (
    None
):
    answer = told(of({"acr.yaml": openacr()}, tag=""))["creditable"]

    assert isinstance(answer, Gap)
    assert "is no tag with a version" in answer.why


def test_what_a_report_lacks_beside_is_told_where_a_branch_is_assessed() -> None:
    report = openacr(report_date="")

    assert value(told(of({"acr.yaml": report}, tag=""))["creditable"]) is False


@pytest.mark.parametrize(
    ("stated", "tag", "is_of_it"),
    [
        ("2.1", "v2.1.0", True),
        ("2", "v2.1.4", True),  # a report on 2 covers what came in its line
        ("2.1.0", "2.1", True),
        ("2.10", "v2.1", False),
        ("v2.1.4 (LTS)", "portal-2.1.4", True),
        ("all versions", "v2.1", False),
    ],
)
def test_versions_are_compared_number_by_number(
    stated: str, tag: str, is_of_it: bool
) -> None:
    report = openacr(product={"name": "Portal", "version": stated})

    answer = told(of({"acr.yaml": report}, tag=tag))["creditable"]

    assert value(answer) is is_of_it


def test_details_do_not_arise_where_there_is_no_report() -> None:
    said = told(of({"README.md": "# Portal\n"}))

    assert value(said["reports"]) == 0
    assert isinstance(said["creditable"], Inapplicable)


def test_a_report_that_only_a_person_can_read_leaves_its_details_open() -> None:
    files = {"docs/vpat-2.5.pdf": b"%PDF-1.7", "files/Portal.ACR.docx": b"PK"}

    said = told(of(files))

    assert value(said["reports"]) == 0
    assert value(said["unread_reports"]) == 2
    assert isinstance(said["creditable"], Gap)
    assert "a person" in said["creditable"].why


def test_a_file_that_cannot_be_read_is_no_absence() -> None:
    tree = DictTree({}, unreadable={"docs/acr.yaml": "its content is missing"})

    said = told(of(tree))

    assert isinstance(said["reports"], Gap)
    assert isinstance(said["claimed"], Gap)


def test_a_report_on_other_software_is_not_taken_for_one_on_this() -> None:
    report = openacr(product={"name": "Editor Deluxe", "version": "2.1"})

    said = told(of({"acr.yaml": report}))

    assert value(said["reports"]) == 1
    assert isinstance(said["claimed"], Gap)
    assert "other software" in said["claimed"].why


@pytest.mark.parametrize(
    ("product", "is_it"),
    [
        ("Portal", True),
        ("City Portal 2.1", True),
        ("CityPortal", True),
        ("portal.example.org", True),
        ("", True),  # whoever does not say means what it lies beside
        ("Accessibility Tool", True),
        ("Drupal", False),
        ("2.1 (LTS) of Drupal", False),
    ],
)
def test_a_report_is_about_software_whose_address_shares_a_word_of_its_name(
    product: str, is_it: bool
) -> None:
    report = openacr(product={"name": product, "version": "2.1"})

    answer = told(of({"acr.yaml": report}))["claimed"]

    assert isinstance(answer, Gap) is not is_it


@pytest.mark.parametrize(
    ("contact", "named"),
    [
        ("Ada Lovelace, Chief Engineer", True),
        ("acr@example.org", True),
        ("Portal Team", True),
        ("GitHub Issues", False),
        ("https://example.org/Portal/Issues", False),
        ("see below", False),
    ],
)
def test_a_contact_names_an_author_unless_it_is_a_tracker(
    contact: str, named: bool
) -> None:
    text = markdown().replace("**Company:** Testers Ltd", f"**Contact:** {contact}")

    assert value(told(of({"VPAT.md": text}))["creditable"]) is named


def test_a_report_may_name_its_product_in_its_heading_alone() -> None:
    rows = markdown().partition("\n\n")[2].partition("\n\n")[2]
    text = f"# VPAT 2.5: Drupal Accessibility Conformance Report\n\n{rows}"

    said = told(of({"VPAT.md": text}))

    assert notes(said["reports"]) == ["table in Markdown: Drupal"]
    assert isinstance(said["claimed"], Gap)


def test_tables_without_pipes_at_their_edges_are_read() -> None:
    text = markdown().replace("\n| ", "\n").replace(" |\n", "\n")

    assert value(told(of({"VPAT.md": text}))["claimed"]) == OF_2_1


def test_of_several_reports_that_on_the_version_assessed_counts() -> None:
    newer = openacr(
        {"1.1.1": "does-not-support"},
        product={"name": "Portal", "version": "3"},
        report_date="2026-05-01",
    )

    said = told(of({"a.yaml": openacr(), "b.yaml": newer}))

    assert value(said["reports"]) == 2
    assert value(said["report_date"]) == date(2026, 1, 31)


def test_examples_and_what_others_wrote_are_no_reports_of_the_software() -> None:
    said = told(
        of({"examples/acr.yaml": openacr(), "node_modules/x/acr.yaml": openacr()})
    )

    assert value(said["reports"]) == 0


def test_the_worst_that_is_said_of_what_people_work_with_counts() -> None:
    whole = document()
    row = whole["chapters"]["success_criteria_level_a"]["criteria"][0]
    row["components"] = [
        component("web", "supports"),
        component("electronic-docs", "does-not-support"),
        component("software", "not-applicable"),
        component("authoring-tool", "partially-supports"),
    ]

    said = told(of({"acr.yaml": _yaml(whole)}))

    assert "1.1.1" not in value(said["claimed"])  # type: ignore[operator]


def test_what_does_not_apply_to_a_component_takes_nothing_from_another() -> None:
    whole = document()
    row = whole["chapters"]["success_criteria_level_a"]["criteria"][0]
    row["components"] = [
        component("web", "supports"),
        component("software", "not-applicable"),
    ]

    said = told(of({"acr.yaml": _yaml(whole)}))

    assert "1.1.1" in value(said["claimed"])  # type: ignore[operator]


def test_catalogues_of_criteria_are_no_reports() -> None:
    catalogue = "chapters:\n  - id: success_criteria_level_a\n    criteria: []\n"

    assert value(told(of({"catalog.yaml": catalogue}))["reports"]) == 0


HEAD = (
    "# Portal Accessibility Conformance Report\n\n"
    "**Name of Product/Version:** Portal 2.1\n"
    "**Report Date:** 31 January 2026\n"
    "**Company:** Testers Ltd\n\n"
)


def markdown(levels: dict[str, str] | None = None) -> str:
    said = dict.fromkeys(OF_2_1, "Supports") | (levels or {})
    rows = "".join(
        f"| **{number} Name** (Level A) | {level} | N/A |\n"
        for number, level in said.items()
    )
    return f"{HEAD}| Criteria | Conformance Level | Remarks |\n|---|---|---|\n{rows}"


def test_a_table_in_markdown_is_read_with_what_stands_above_it() -> None:
    said = told(of({"VPAT.md": markdown({"2.1.1": "Partially Supports"})}))

    assert notes(said["reports"]) == ["table in Markdown: Portal 2.1"]
    assert value(said["claimed"]) == tuple(n for n in OF_2_1 if n != "2.1.1")
    assert value(said["creditable"]) is True
    assert value(said["report_date"]) == date(2026, 1, 31)


def test_words_that_are_no_level_leave_a_row_open() -> None:
    said = told(of({"VPAT.md": markdown({"2.1.1": "Mostly fine"})}))

    assert "2.1.1" not in value(said["claimed"])  # type: ignore[operator]
    assert notes(said["creditable"]) == ["leaves open: 2.1.1"]


def test_a_table_in_html_is_read_and_so_are_levels_for_components() -> None:
    rows = "".join(
        f'<tr id="{number}"><td><a href="x">{number} Name</a>\n</td><td><ul>'
        "<li><strong>Web</strong>: <p>Supports</p></li>"
        "<li><strong>Electronic Documents</strong>: <p>Not Applicable</p></li>"
        "</ul></td><td>N/A</td></tr>\n"
        for number in OF_2_1
    )
    page = f"<h2>Name of Product/Version</h2>\n<p>Portal 2.1</p>\n<table>{rows}</table>"

    said = told(of({"docs/vpat.html": page}))

    assert notes(said["reports"]) == ["table in HTML: Portal 2.1"]
    assert value(said["claimed"]) == OF_2_1


def test_a_report_in_prose_is_for_a_person() -> None:
    said = told(of({"VPAT.md": "# VPAT\n\nPortal supports 1.1.1 in most places.\n"}))

    assert value(said["unread_reports"]) == 1
    assert notes(said["unread_reports"]) == [
        "named as a conformance report; no table of criteria and levels could be "
        "read in it"
    ]


def test_a_table_of_numbers_with_few_levels_is_no_report() -> None:
    text = "| 1.1.1 | Supports |\n| 1.2.1 | Supports |\n| 1.4.3 | 12 |\n"

    assert read_tables(text, "a table") is None


def test_a_statement_that_names_a_standard_declares_it_and_is_no_report() -> None:
    text = "# Accessibility\n\nWe commit to **WCAG 2.2 Level AA** and EN 301 549.\n"

    said = told(of({"ACCESSIBILITY.md": text}))

    assert value(said["reports"]) == 0
    assert value(said["declared"]) == ("EN 301 549", "WCAG 2.2 AA")
    assert [i.line for i in getattr(said["declared"], "items", ())] == [3, 3]


@pytest.mark.parametrize(
    "tree",
    [
        DictTree({}, unreadable={"ACCESSIBILITY.md": "it is missing"}),
        DictTree({}, unreadable={"publiccode.yml": "it is missing"}),
        DictTree({"ACCESSIBILITY.md": b"WCAG 2.2 AA\n" * 90_000}),
        DictTree({"docs/accessibility-statement.pdf": b"%PDF-1.7"}),
    ],
)
def test_where_a_statement_was_not_read_there_may_be_more(tree: DictTree) -> None:
    answer = told(of(tree))["declared"]

    assert isinstance(answer, Observation)
    assert answer.missed == "files that may name standards and were not read: 1"


def test_what_publiccode_yml_declares_is_told() -> None:
    text = (
        "publiccodeYmlVersion: '0.7'\n"
        "it:\n  conforme:\n    lineeGuidaDesign: true\n"
        "accessibility:\n  - standard: WCAG 2.1\n    level: AA\n"
    )

    said = told(of({"publiccode.yml": text}))

    assert value(said["declared"]) == (
        "Italian guidelines on accessibility (L. 4/2004)",
        "WCAG 2.1 AA",
    )


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Supports", Level.SUPPORTS),
        ("✅ **Supports**", Level.SUPPORTS),
        ("Supports with Exceptions", Level.PARTIALLY),
        ("N/A", Level.NOT_APPLICABLE),
        ("does-not-support", Level.DOES_NOT),
        ("Supports / Does not support", None),
        ("Supports in Firefox", None),
        ("Yes", None),
        ("", None),
    ],
)
def test_a_level_is_one_of_the_terms_and_nothing_else(
    text: str, level: Level | None
) -> None:
    assert level_of(text) is level


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023-05-12", date(2023, 5, 12)),
        ("May 12, 2023", date(2023, 5, 12)),
        ("12th of nothing", None),
        ("25 February 2026", date(2026, 2, 25)),
        ("Sept. 2024", date(2024, 9, 1)),
        ("8/31/2021", date(2021, 8, 31)),
        ("31.08.2021", date(2021, 8, 31)),
        ("5/12/2023", date(2023, 5, 12)),
        ("2023-02-31", None),
        ("99/99/2023", None),
    ],
)
def test_days_are_read_as_people_write_them(text: str, day: date | None) -> None:
    assert read_day(text) == day


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "content",
    [
        f"{BOMB}chapters: *i\nx: success_criteria_level_a\n",
        "chapters: {success_criteria_level_a: " + "[" * 5_000 + "]" * 5_000 + "}",
        "chapters:\n  success_criteria_level_a:\n    criteria: &c\n      - *c\n",
        "chapters: success_criteria_level_a\x00\n",
        "chapters:\n  success_criteria_level_a: {}\n---\nsecond: document\n",
        "# " + "x" * 20_000_000 + "\nchapters: {success_criteria_level_a: {}}\n",
    ],
    ids=["anchors", "deep", "itself", "zero", "two", "large"],
)
def test_a_hostile_report_is_said_to_be_for_people(content: str) -> None:
    said = told(of({"acr.yaml": content}))

    opened = said["reports"] if isinstance(said["reports"], Gap) else said["creditable"]
    assert isinstance(opened, Gap)


def test_values_of_other_kinds_than_expected_are_no_claims() -> None:
    report = {
        "product": ["Portal"],
        "author": "me",
        "report_date": 20260131,
        "catalog": {"a": 1},
        "chapters": {
            "success_criteria_level_a": {
                "criteria": [
                    "1.1.1",
                    {"num": 1.1},
                    {"num": "1.1.1", "components": {"web": "supports"}},
                    {"num": "1.2.1", "components": ["web", {"adherence": "supports"}]},
                ]
            },
            "success_criteria_level_aa": {"criteria": "1.4.3"},
        },
    }

    said = told(of({"acr.yaml": _yaml(report)}))

    assert value(said["reports"]) == 1
    assert value(said["claimed"]) == ()
    assert value(said["creditable"]) is False


def test_a_long_row_without_end_takes_no_longer_than_it_has_bytes() -> None:
    text = "<tr>" * 100_000 + "<td" * 50_000 + "| " * 100_000

    assert read_tables(text, "a table") is None


def test_more_documents_than_are_read_are_for_people() -> None:
    files = {f"docs/vpat-{number:03}.md": markdown() for number in range(60)}

    said = told(of(files))

    assert value(said["reports"]) == finding.MOST
    assert value(said["unread_reports"]) == 10


def _yaml(whole: object) -> str:
    import yaml

    return yaml.safe_dump(whole, sort_keys=False)
