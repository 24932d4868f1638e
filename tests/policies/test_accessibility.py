# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What accessibility demands, who can answer it, and that no machine says yes."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ossay import judge
from ossay.collect import concluded, declared_facts
from ossay.collect.templates.rules import RULES as TEMPLATE_RULES
from ossay.model.accessibility import CRITERIA
from ossay.model.evidence import Answered, Gap, Inapplicable, Observation, Value
from ossay.model.judgement import Outcome
from ossay.model.people import Answer
from ossay.model.policy import Level, Mode, PolicyPack, Rule
from ossay.policy import load_pack
from ossay.policy.nature import asks_a_person, facts_in

ROOT = Path(__file__).parents[2]
FACTS = declared_facts()
EDITION = "EN 301 549 V3.2.1"
CONTENT = {
    name: (ROOT / "policies" / f"{name}.yaml").read_bytes()
    for name in ("accessibility", "inclusion")
}
PACKS = {
    name: load_pack(content, f"{name}.yaml", FACTS) for name, content in CONTENT.items()
}
RULES = {rule.id: rule for rule in PACKS["accessibility"].rules}
EVERY_RULE = [rule for pack in PACKS.values() for rule in pack.rules]
PAGE = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
TODAY = date(2026, 11, 2)
FAILING = "conformance.failing"
OF_2_1 = [number for number, c in CRITERIA.items() if c.since != "2.2"]
OF_2_2 = [number for number, c in CRITERIA.items() if c.since == "2.2"]


def said(rule: Rule, *, yes: bool) -> Answer:
    return Answer(
        rule_id=rule.id,
        value=yes,
        ground="record 2026/114",
        given_by="t.haddad",
        given_at=datetime(2026, 11, 1, tzinfo=UTC),
        holds_until=TODAY,
    )


def known(facts: Mapping[str, Value]) -> dict[str, Answered]:
    return {name: Observation(fact=name, value=value) for name, value in facts.items()}


def by_machine(*checks: Answered) -> dict[str, Answered]:
    """Return what is known of software for browsers once checks have spoken."""
    more = (*checks, *concluded(checks))
    return {a.fact: a for a in more} | known({"accessibility.for_browsers": True})


# ------------------------------------------------------------- what is demanded


def test_each_criterion_of_wcag_2_1_is_a_must_with_the_clause_that_demands_it() -> None:
    for number in OF_2_1:
        rule = RULES[f"EN-9.{number}"]

        assert rule.level is Level.MUST
        assert rule.basis == f"{EDITION}, clause {CRITERIA[number].clause()}"
        assert f"criterion {number}, level {CRITERIA[number].level}" in rule.inspired_by


def test_what_only_wcag_2_2_has_is_a_should_that_no_clause_demands() -> None:
    for number in OF_2_2:
        rule = RULES[f"WCAG-{number}"]

        assert rule.level is Level.SHOULD
        assert rule.basis == ""
        assert rule.inspired_by.startswith(
            f"WCAG 2.2 (2023), success criterion {number}"
        )


def test_every_clause_that_demands_something_has_its_rule_or_its_question() -> None:
    chapters = json.loads(CATALOGUE.read_bytes())["chapters"]
    clauses = {
        clause
        for name, chapter in chapters.items()
        if name.startswith("en_301_549_")
        for clause in chapter["criteria"]
    }
    cited = {c for r in RULES.values() for c in clauses_in(r.basis or r.inspired_by)}

    assert len(clauses) > 100
    assert {c for c in clauses - DEMAND_NOTHING if not is_under(c, cited)} == set()
    assert {f"9.{number}" for number in (*OF_2_1, "4.1.1")} <= cited
    assert {"9.6", "10.1", "10.4", "11.1", "11.4"} <= cited


CATALOGUE = ROOT / "policies" / "openacr" / "catalogue.json"
"""Lists the clauses that VPAT asks about, those on web pages left to WCAG."""

DEMAND_NOTHING = {"6.5.1", "6.6", "10.0", "11.0", "12.1", "12.2"}
"""Clauses that only inform or advise, and headings."""


def clauses_in(cited: str) -> set[str]:
    """Return the clauses of the standard in a basis: "5.5 to 5.7 and 8"."""
    _, _, listed = cited.partition(EDITION)
    found = set(re.findall(r"\d+(?:\.\d+)*", listed))
    for chapter, first, last in re.findall(r"(\d+)\.(\d+) to \d+\.(\d+)", listed):
        found |= {f"{chapter}.{n}" for n in range(int(first), int(last) + 1)}
    return found


def is_under(clause: str, cited: set[str]) -> bool:
    numbers = clause.split(".")
    return any(".".join(numbers[:n]) in cited for n in range(1, len(numbers) + 1))


def test_another_edition_changes_labels_and_nothing_else() -> None:
    newer = CONTENT["accessibility"].replace(EDITION.encode(), b"EN 301 549 V4.1.1")

    pack = load_pack(newer, "accessibility.yaml", FACTS)

    assert EDITION not in PACKS["inclusion"].title
    assert sum(EDITION in rule.basis for rule in RULES.values()) > 50
    for before, after in zip(RULES.values(), pack.rules, strict=True):
        relabelled = replace(before, basis=after.basis, inspired_by=after.inspired_by)
        assert relabelled == after


def test_no_program_names_an_edition() -> None:
    named = re.compile(r"EN.?301.?549.{0,3}V\d")
    naming = [
        path.name
        for path in (ROOT / "ossay").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if named.search(line) and '"' in line
    ]

    assert naming == []


def test_inclusion_is_demanded_by_no_law_so_nothing_there_is_a_must() -> None:
    assert {rule.level for rule in PACKS["inclusion"].rules} == {
        Level.SHOULD,
        Level.MAY,
    }


# ------------------------------------------------------------- who answers it


@pytest.mark.parametrize("number", [*OF_2_1, *OF_2_2])
def test_a_machine_fails_a_criterion_and_a_person_alone_says_that_it_is_met(
    number: str,
) -> None:
    rule = RULES.get(f"EN-9.{number}") or RULES[f"WCAG-{number}"]
    found = known({"accessibility.for_browsers": True, FAILING: (number,)})
    not_found = known({"accessibility.for_browsers": True, FAILING: ("0.0.0",)})

    def outcome(seen: Mapping[str, Answered], *, yes: bool | None) -> Outcome:
        answer = None if yes is None else said(rule, yes=yes)
        return judge.outcome(rule, seen, answer, TODAY)

    assert {outcome(found, yes=yes) for yes in (None, True, False)} == {Outcome.FAILED}
    assert outcome(not_found, yes=None) is Outcome.UNDETERMINED
    assert outcome(not_found, yes=True) is Outcome.PASSED
    assert outcome(not_found, yes=False) is Outcome.FAILED


TEMPLATES = Observation(fact="templates.failing_criteria", value=("1.1.1",))
NO_BROWSER = Gap(fact="pages.failing_criteria", why="no browser")
NO_PAGES = Inapplicable(fact="pages.failing_criteria", why="there are none")
NATIVE = Gap(fact="templates.failing_criteria", why="none could be checked")


@pytest.mark.parametrize(
    "checks",
    [(TEMPLATES, NO_BROWSER), (TEMPLATES, NO_PAGES), (NATIVE, NO_BROWSER)],
    ids=["no browser", "no pages", "no check could look"],
)
def test_what_no_check_looked_at_is_open_until_a_person_tested_it(
    checks: tuple[Answered, ...],
) -> None:
    rule, seen = RULES["EN-9.1.4.3"], by_machine(*checks)

    assert judge.outcome(rule, seen, None, TODAY) is Outcome.UNDETERMINED
    assert judge.outcome(rule, seen, said(rule, yes=True), TODAY) is Outcome.PASSED
    assert judge.outcome(rule, seen, said(rule, yes=False), TODAY) is Outcome.FAILED


def test_what_one_check_found_stands_while_another_could_not_look() -> None:
    rule, seen = RULES["EN-9.1.1.1"], by_machine(TEMPLATES, NO_BROWSER)

    assert judge.outcome(rule, seen, said(rule, yes=True), TODAY) is Outcome.FAILED


def test_no_rule_rests_on_what_may_be_a_barrier_or_could_not_be_decided() -> None:
    asked = {fact for rule in EVERY_RULE for fact in facts_in(rule.criterion)}

    assert not [fact for fact in asked if re.search(r"maybe|open|untested", fact)]


@pytest.mark.parametrize("rule", EVERY_RULE, ids=lambda rule: rule.id)
def test_taking_an_answer_away_never_makes_a_rule_pass_or_not_apply(rule: Rule) -> None:
    for example in rule.examples:
        on = example.judged_on or TODAY
        answer = (
            said(rule, yes=example.answer) if isinstance(example.answer, bool) else None
        )
        seen = known(dict(example.facts))
        full = judge.outcome(rule, seen, answer, on)
        poorer = [
            judge.outcome(rule, {f: a for f, a in seen.items() if f != gone}, kept, on)
            for gone in ("", *seen)
            for kept in {answer, None}
        ]

        good = {Outcome.PASSED, Outcome.INAPPLICABLE}
        assert all(outcome is full for outcome in poorer if outcome in good)


@pytest.mark.parametrize("rule", EVERY_RULE, ids=lambda rule: rule.id)
def test_the_way_a_rule_is_answered_is_what_its_criterion_asks(rule: Rule) -> None:
    of_facts = bool(facts_in(rule.criterion))

    assert of_facts is (rule.mode is not Mode.ATTESTED)
    assert asks_a_person(rule.criterion) is (rule.mode is not Mode.AUTOMATIC)


@pytest.mark.parametrize("rule", EVERY_RULE, ids=lambda rule: rule.id)
def test_whoever_is_asked_is_told_the_steps_what_is_right_and_how_long(
    rule: Rule,
) -> None:
    if rule.ask is None:
        return

    steps = rule.ask.steps
    assert 2 <= len(steps) <= 5
    assert max(len(step.split()) for step in steps) <= 45
    assert any("Right: " in step for step in steps)
    assert rule.ask.minutes >= 1
    assert "true or false" in " ".join(rule.ask.what.split())


# ------------------------------------------------------------- what the page says


def sessions(pack: PolicyPack) -> dict[str, tuple[int, int]]:
    """Return of each role how many questions it gets, and how many minutes."""
    by_role: dict[str, list[int]] = {}
    for rule in pack.rules:
        if rule.ask is not None:
            by_role.setdefault(rule.ask.who, []).append(rule.ask.minutes)
    return {who: (len(each), sum(each)) for who, each in by_role.items()}


def test_the_sessions_and_their_minutes_are_what_the_page_says() -> None:
    rows = [
        f"| {who} | {count} | {minutes} |"
        for pack in PACKS.values()
        for who, (count, minutes) in sessions(pack).items()
    ]

    assert rows == re.findall(r"^\| [^|]+ \| \d+ \| \d+ \|$", PAGE, re.M)


def test_coverage_is_what_the_page_says(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        f"| `{name}` | {' | '.join(str(counted[mode]) for mode in Mode)} | {total} |"
        for name, pack in PACKS.items()
        for counted in [Counter(rule.mode for rule in pack.rules)]
        for total in [len(pack.rules)]
    ]
    by_templates = {n for r in TEMPLATE_RULES.values() for n in r.criteria}

    with capsys.disabled():
        for row in rows:
            print(f"\n{row}", end="")  # noqa: T201 - is asked for
        print(  # noqa: T201 - is asked for
            f"\nOf {len(OF_2_1)} clauses on web pages, a check of templates can fail "
            f"{len(by_templates & set(OF_2_1))}; no machine passes any."
        )

    assert rows == re.findall(r"^\| `\w+` \| \d+ \| .*$", PAGE, re.M)
