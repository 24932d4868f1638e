# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""How many requirements of the OSPS Baseline are answered, and in which way."""

import re
from collections import Counter
from pathlib import Path

import pytest

from ossay.collect import declared_facts
from ossay.model.policy import Level, Mode, Rule
from ossay.policy import load_pack_file
from ossay.policy.nature import asks_a_person, facts_in

ROOT = Path(__file__).parents[2]
FACTS = declared_facts()
PACK = load_pack_file(ROOT / "policies" / "osps-baseline.yaml", FACTS)
PAGE = (ROOT / "docs" / "osps.md").read_text(encoding="utf-8")

REQUIREMENTS = {
    Level.MUST: """
        AC-01.01 AC-02.01 AC-03.01 AC-03.02 BR-01.01 BR-01.03 BR-03.01 BR-03.02
        BR-07.01 DO-01.01 DO-02.01 GV-02.01 GV-03.01 LE-02.01 LE-02.02 LE-03.01
        LE-03.02 QA-01.01 QA-01.02 QA-02.01 QA-04.01 QA-05.01 QA-05.02 VM-02.01
    """,
    Level.SHOULD: """
        AC-04.01 BR-02.01 BR-04.01 BR-05.01 BR-06.01 DO-06.01 DO-07.01 GV-01.01
        GV-01.02 GV-03.02 LE-01.01 QA-03.01 QA-06.01 SA-01.01 SA-02.01 SA-03.01
        VM-01.01 VM-03.01 VM-04.01
    """,
    Level.MAY: """
        AC-04.02 BR-01.04 BR-02.02 BR-07.02 DO-03.01 DO-03.02 DO-04.01 DO-05.01
        GV-04.01 QA-02.02 QA-04.02 QA-06.02 QA-06.03 QA-07.01 SA-03.02 VM-04.02
        VM-05.01 VM-05.02 VM-05.03 VM-06.01 VM-06.02
    """,
}
"""The active requirements of version 2026.02.19, by the lowest level they belong to."""

MATURITY = {Level.MUST: "1", Level.SHOULD: "2", Level.MAY: "3"}
WORD = {
    Mode.AUTOMATIC: "answered",
    Mode.ASSISTED: "assisted",
    Mode.ATTESTED: "attested",
}


def test_every_requirement_has_one_rule_at_its_level() -> None:
    told = {
        level: [f"OSPS-{name}" for name in names.split()]
        for level, names in REQUIREMENTS.items()
    }
    found = {level: [r.id for r in PACK.rules if r.level is level] for level in told}

    assert found == told
    assert len(PACK.rules) == 64


def test_every_rule_rests_on_the_requirement_that_it_is_called_after() -> None:
    assert all(
        rule.basis == f"OSPS Baseline 2026.02.19, {rule.id}" for rule in PACK.rules
    )


@pytest.mark.parametrize("rule", PACK.rules, ids=lambda rule: rule.id)
def test_the_way_a_rule_is_answered_is_what_its_criterion_asks(rule: Rule) -> None:
    of_facts = bool(facts_in(rule.criterion))

    assert of_facts is (rule.mode is not Mode.ATTESTED)
    assert asks_a_person(rule.criterion) is (rule.mode is not Mode.AUTOMATIC)


def test_a_fact_alone_never_fails_what_a_person_may_know_better() -> None:
    assisted = [rule for rule in PACK.rules if rule.mode is Mode.ASSISTED]

    failing = [e for r in assisted for e in r.examples if e.expect == "failed"]

    assert len(failing) >= len(assisted)
    assert all(example.answer is False for example in failing)


def test_coverage_is_what_the_page_says(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [row(name, level) for level, name in MATURITY.items()]
    total = Counter(WORD[rule.mode] for rule in PACK.rules)

    with capsys.disabled():
        print(f"\nOSPS Baseline, 64 requirements: {dict(total)}")  # noqa: T201 - is asked for

    assert total["answered"] >= 25
    assert total["assisted"] >= 29
    assert [*rows, line("all", total)] == re.findall(
        r"^\| (?:\d|all) \|.*$", PAGE, re.M
    )


def test_the_page_names_what_only_a_person_knows() -> None:
    listed = re.findall(r"^\* `(OSPS-[\w.-]+)`", PAGE, re.M)

    assert listed == [rule.id for rule in PACK.rules if rule.mode is Mode.ATTESTED]


def test_every_fact_that_the_page_names_is_one() -> None:
    prefixes = "|".join({name.partition(".")[0] for name in FACTS})
    named = set(re.findall(rf"`((?:{prefixes})\.[a-z_]+)`", PAGE))

    assert named
    assert named <= FACTS.keys()


def row(name: str, level: Level) -> str:
    return line(name, Counter(WORD[r.mode] for r in PACK.rules if r.level is level))


def line(name: str, counted: Counter[str]) -> str:
    cells = [str(counted[word]) for word in WORD.values()]
    return f"| {name} | {' | '.join(cells)} |"
