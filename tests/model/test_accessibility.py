# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
from collections import Counter

from ossay import collect
from ossay.model.accessibility import (
    BARRIER_COLUMNS,
    CRITERIA,
    Barrier,
    ShutOut,
    Verdict,
    by_criterion,
    shut_out_by,
)
from ossay.model.evidence import Item, Tier


def test_there_are_55_criteria_of_level_a_and_aa_and_six_came_with_2_2() -> None:
    """WCAG 2.2 has 31 of level A and 24 of AA; "What's New in WCAG 2.2" has six."""
    assert Counter(c.level for c in CRITERIA.values()) == {"A": 31, "AA": 24}
    new = {number for number, c in CRITERIA.items() if c.since == "2.2"}
    assert new == {"2.4.11", "2.5.7", "2.5.8", "3.2.6", "3.3.7", "3.3.8"}
    assert sum(c.since != "2.2" for c in CRITERIA.values()) == 49
    assert "4.1.1" not in CRITERIA


def test_a_criterion_knows_its_clause_and_whom_it_is_for() -> None:
    assert CRITERIA["1.4.10"].clause() == "9.1.4.10"
    assert shut_out_by(("2.1.1", "1.4.3")) == (
        *(ShutOut.BLIND, ShutOut.LOW_VISION),
        ShutOut.MOTOR,
    )
    assert all(c.shuts_out for c in CRITERIA.values())


def test_a_barrier_is_a_row_of_its_table() -> None:
    barrier = Barrier(
        where="a.html",
        line=3,
        rule="img-alt",
        criteria=("1.1.1",),
        verdict=Verdict.FAILS,
        shuts_out=shut_out_by(("1.1.1",)),
        what="an image has no text alternative",
    )

    row = dict(zip(BARRIER_COLUMNS, barrier.row(), strict=True))

    assert row == {
        "where": "a.html",
        "line": "3",
        "rule": "img-alt",
        "criteria": "1.1.1",
        "verdict": "fails",
        "shuts out": "blind",
        "what": "an image has no text alternative",
        "places": "1",
    }


def test_each_fact_about_accessibility_says_its_tier() -> None:
    facts = collect.declared_facts()

    assert all(f.tier for n, f in facts.items() if n.startswith("accessibility."))
    assert {f.tier for f in facts.values()} >= {Tier.SIGNAL}


def test_of_each_criterion_one_place_is_told_and_how_many_there_are() -> None:
    def barrier(where: str, *criteria: str, count: int = 1) -> Barrier:
        return Barrier(
            where=where,
            rule="r",
            criteria=criteria,
            verdict=Verdict.FAILS,
            what="something is missing",
            count=count,
        )

    items = by_criterion(
        [barrier("a", "4.1.2"), barrier("b", "1.1.1", "4.1.2", count=2), barrier("c")]
    )

    assert list(items) == [
        Item(subject="b", note="1.1.1: something is missing, one of 2 places"),
        Item(subject="a", note="4.1.2: something is missing, one of 3 places"),
    ]
