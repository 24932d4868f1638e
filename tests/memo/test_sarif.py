# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ossay.memo import Content, render_sarif
from ossay.memo.sarif import MOST_RESULTS
from ossay.model.evidence import Item, Observation
from ossay.model.judgement import Looked
from ossay.model.policy import AnyOf, Equals, Level
from ossay.model.snapshot import Chosen
from tests.memo import cases, hostile
from tests.memo.golden import FOLDER
from tests.memo.sarif_schema import OASIS, faults


def run_of(memo: Content, *, every_kind: bool = False) -> dict[str, Any]:
    run: dict[str, Any] = json.loads(render_sarif(memo, every_kind=every_kind))["runs"][
        0
    ]
    return run


CASES = [
    cases.refused,
    cases.undecided,
    cases.not_yet,
    cases.conditional,
    cases.adoptable,
    hostile.memo,
]


@pytest.mark.parametrize("every_kind", [False, True])
@pytest.mark.parametrize("case", CASES)
def test_a_log_is_valid_sarif(case: Callable[[], Content], *, every_kind: bool) -> None:
    assert faults(render_sarif(case(), every_kind=every_kind)) == []


@pytest.mark.parametrize(
    "path", sorted(FOLDER.glob("*.sarif")), ids=lambda path: path.name
)
def test_a_golden_log_is_valid_sarif(path: Path) -> None:
    assert faults(path.read_text()) == []


def test_a_log_names_the_schema_that_it_is_held_against() -> None:
    assert json.loads(render_sarif(cases.refused()))["$schema"] == OASIS["id"]


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"rating": 5}, "'rating' was unexpected"),
        ({"level": "high"}, "'high' is not one of"),
        ({"hostedViewerUri": "https://x.example/100% sure"}, "is not a 'uri'"),
    ],
)
def test_the_schema_refuses_what_sarif_does_not_know(
    said: dict[str, object], fault: str
) -> None:
    log = json.loads(render_sarif(cases.refused()))
    log["runs"][0]["results"][0] |= said

    assert fault in "".join(faults(json.dumps(log)))


@pytest.mark.parametrize("case", CASES)
def test_a_result_has_what_is_asked_for_beyond_the_schema(
    case: Callable[[], Content],
) -> None:
    run = run_of(case(), every_kind=True)

    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert result["locations"]  # or GitHub rejects the whole log
        assert result["message"]["text"].strip()
        assert rules[result["ruleIndex"]] == result["ruleId"]  # §3.27.6
        assert (result["kind"] == "fail") == (result["level"] != "none")  # §3.27.10


def test_addresses_in_a_log_hold_only_what_an_address_may() -> None:
    run = run_of(hostile.memo(), every_kind=True)

    addresses = [p["repositoryUri"] for p in run["versionControlProvenance"]]
    addresses += [
        r["hostedViewerUri"] for r in run["results"] if "hostedViewerUri" in r
    ]
    addresses += [
        r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for r in run["results"]
    ]
    assert addresses
    assert all(re.fullmatch(r"[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+", a) for a in addresses)


def test_each_outcome_is_a_kind_and_only_failures_have_a_level() -> None:
    results = run_of(cases.refused(), every_kind=True)["results"]

    assert {r["ruleId"]: (r["kind"], r["level"]) for r in results} == {
        "LIC-1": ("fail", "error"),
        "LIC-2": ("fail", "error"),
        "LIC-3": ("fail", "warning"),
        "SEC-1": ("pass", "none"),
        "SEC-2": ("fail", "warning"),
        "ACC-1": ("open", "none"),
        "ACC-2": ("notApplicable", "none"),
        "ACC-3": ("pass", "none"),
        "STW-1": ("open", "none"),
        "DOC-1": ("pass", "none"),
        "DOC-2": ("pass", "none"),
    }


def test_a_code_scanner_is_told_of_what_somebody_has_to_see_to() -> None:
    results = run_of(cases.refused())["results"]

    assert [r["ruleId"] for r in results] == [
        "LIC-1",
        "LIC-2",
        "LIC-3",
        "LIC-3",
        "ACC-1",
        "STW-1",
    ]


@pytest.mark.parametrize(
    ("level", "written"),
    [(Level.MUST, "error"), (Level.SHOULD, "warning"), (Level.MAY, "note")],
)
def test_levels_are_error_warning_and_note(level: Level, written: str) -> None:
    rule = replace(cases.LIC_2, level=level)

    memo = cases.memo([cases.client()], cases.pack(rule))

    assert run_of(memo)["results"][0]["level"] == written


def test_a_waived_rule_is_a_failure_that_somebody_accepted() -> None:
    results = run_of(cases.refused(), every_kind=True)["results"]

    waived = next(r for r in results if r["ruleId"] == "SEC-2")
    assert waived["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "Lockfiles are being introduced with release 4.3",
        }
    ]


def test_a_place_counts_from_the_root_of_the_repository() -> None:
    result = run_of(cases.refused())["results"][0]

    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {
                    "uri": "apps/client/package.json",
                    "uriBaseId": "%CLIENT%",
                },
                "region": {"startLine": 5},
            }
        }
    ]


def test_a_failure_about_no_file_is_placed_at_the_root_of_its_part() -> None:
    result = run_of(cases.refused())["results"][1]

    place = result["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "apps/client", "uriBaseId": "%CLIENT%"}
    }


def test_a_line_that_is_not_known_is_no_region() -> None:
    memo = cases.memo([cases.server()], cases.pack(cases.LIC_3))

    places = [r["locations"][0]["physicalLocation"] for r in run_of(memo)["results"]]
    assert ["region" in place for place in places] == [False, True]
    assert places[0]["artifactLocation"]["uriBaseId"] == "%SRCROOT%"


def unmarked(*items: Item, total: int | None = None) -> Content:
    at = cases.snapshot(cases.SERVER, Chosen.DEFAULT_BRANCH, "refs/heads/main")
    answer = Observation(
        fact=cases.UNMARKED.name,
        value=len(items) if total is None else total,
        items=items,
        total=len(items) if total is None else total,
    )
    looked: Looked = cases.looked(cases.SERVER, at, answer)
    return cases.memo([looked], cases.pack(cases.LIC_3))


def prints(memo: Content) -> list[str]:
    return [
        r["partialFingerprints"]["ossayFinding/v1"] for r in run_of(memo)["results"]
    ]


def test_fingerprints_stay_when_lines_move() -> None:
    before = unmarked(Item(subject="a.py", note="no tag", line=3))
    after = unmarked(Item(subject="a.py", note="no tag", line=90))

    assert prints(before) == prints(after)


def test_fingerprints_tell_places_apart() -> None:
    memo = unmarked(
        Item(subject="a.py", note="no tag", line=3),
        Item(subject="a.py", note="no tag", line=9),
        Item(subject="a.py", note="odd tag", line=3),
        Item(subject="b.py", note="no tag", line=3),
    )

    assert len(set(prints(memo))) == 4


def test_a_log_holds_no_more_results_than_are_shown_and_says_so() -> None:
    memo = unmarked(*(Item(subject=f"{n}.py") for n in range(MOST_RESULTS + 7)))

    run = run_of(memo)

    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert len(run["results"]) == MOST_RESULTS
    assert notes[-1]["message"]["text"].startswith("7 further results are left out")


def test_what_could_not_be_looked_at_is_a_notification() -> None:
    notes = run_of(cases.refused())["invocations"][0]["toolExecutionNotifications"]

    texts = [note["message"]["text"] for note in notes]
    assert any("because the history of this part was cut off" in t for t in texts)


def test_an_address_with_a_bare_percent_sign_is_still_an_address() -> None:
    part = replace(cases.SERVER, source_url="https://github.com/example/100%")
    at = cases.snapshot(part, Chosen.DEFAULT_BRANCH, "refs/heads/main")
    unmarked = cases.UNMARKED.found(1, [Item(subject="a.py", line=1)])
    memo = cases.memo([cases.looked(part, at, unmarked)], cases.pack(cases.LIC_3))

    log = render_sarif(memo)

    assert faults(log) == []
    assert [r["hostedViewerUri"] for r in run_of(memo)["results"]] == [
        f"https://github.com/example/100%25/blob/{'a' * 40}/a.py#L1"
    ]


def test_a_log_says_which_commit_it_is_about() -> None:
    assert run_of(cases.adoptable())["versionControlProvenance"] == [
        {
            "repositoryUri": "https://github.com/example/permit-desk",
            "revisionId": "a" * 40,
            "mappedTo": {"uriBaseId": "%SRCROOT%"},
        }
    ]


def test_an_open_result_gives_each_reason_once() -> None:
    open_twice = (
        cases.OPEN_LICENCE.unknown("it is not settled which licence it is under"),
        cases.DECLARED.unknown("pom.xml and LICENSE differ"),
        cases.TEXT_PRESENT.unknown("pom.xml and LICENSE differ"),
    )
    rule = replace(
        cases.LIC_1,
        criterion=AnyOf(
            criteria=tuple(
                Equals(fact=fact.name, value=value)
                for fact, value in (
                    (cases.OPEN_LICENCE, True),
                    (cases.DECLARED, "MIT"),
                    (cases.TEXT_PRESENT, True),
                )
            )
        ),
    )
    at = cases.snapshot(cases.SERVER, Chosen.ASKED, "refs/tags/v1")
    memo = cases.memo([cases.looked(cases.SERVER, at, *open_twice)], cases.pack(rule))

    message = run_of(memo)["results"][0]["message"]["text"]

    assert message.count("it is not settled which licence it is under") == 1
    assert message.count("pom.xml and LICENSE differ") == 1
