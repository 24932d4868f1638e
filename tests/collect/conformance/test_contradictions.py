# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Claims of a report held against what checks of the same files found."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from ossay.collect import templates
from ossay.collect.conformance import measured
from ossay.collect.conformance.measured import Check
from ossay.model.accessibility import BARRIER_COLUMNS, Barrier, Verdict
from ossay.model.collector import Collector, Given, Table
from ossay.model.evidence import Answered, Gap, Observation, Tier
from tests.collect.conformance.cases import notes, of, openacr, told, value

PAGE = (
    "<!doctype html>\n<html lang=en>\n<head><title>Portal</title></head>\n"
    "<body>\n<img src=logo.png>\n</body>\n</html>\n"
)
"""A page whose image lacks its text alternative (1.1.1)."""


def test_a_criterion_that_is_claimed_and_found_missed_is_told_with_both_places() -> (
    None
):
    report = openacr()

    answer = told(of({"acr.yaml": report, "app/index.html": PAGE}))["contradicted"]

    assert value(answer) == ("1.1.1",)
    assert isinstance(answer, Observation)
    claim, place = answer.items
    assert (claim.subject, claim.note) == ("acr.yaml", "says that 1.1.1 is supported")
    assert "num: 1.1.1" in report.splitlines()[claim.line - 1]
    assert (place.subject, place.line) == ("app/index.html", 5)
    assert place.note.startswith("1.1.1, checks of templates, ")


def test_a_criterion_that_is_not_claimed_contradicts_nothing() -> None:
    report = openacr({"1.1.1": "partially-supports"})

    answer = told(of({"acr.yaml": report, "app/index.html": PAGE}))["contradicted"]

    assert value(answer) == ()


RULES = templates.COLLECTOR.facts


def checks(monkeypatch: pytest.MonkeyPatch, *said: Answered | Table) -> None:
    """Let templates be checked by what says *said*, and nothing else."""

    def collect(given: Given) -> Iterator[Answered | Table]:
        yield from said

    one = Check(
        tier=Tier.TEMPLATE,
        collector=Collector(facts=RULES, collect=collect),
        failing="templates.failing_criteria",
    )
    monkeypatch.setattr(measured, "CHECKS", (one,))


FAILING = next(f for f in RULES if f.name == "templates.failing_criteria")


def rows(*barriers: Barrier) -> Table:
    return Table(
        name="template-checks",
        columns=BARRIER_COLUMNS,
        rows=tuple(barrier.row() for barrier in barriers),
    )


SURE = Barrier(
    where="a.html", line=2, rule="contrast", criteria=("1.4.3",), verdict=Verdict.FAILS,
    what="too little contrast",
)  # fmt: skip


def test_what_a_check_is_not_sure_of_contradicts_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    doubted = replace(SURE, verdict=Verdict.MAYBE)
    checks(monkeypatch, FAILING.found(()), rows(doubted))

    assert value(told(of({"acr.yaml": openacr()}))["contradicted"]) == ()


def test_where_nothing_was_checked_it_is_open_whether_claims_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    checks(monkeypatch, FAILING.unknown("no file could be read"))

    answer = told(of({"acr.yaml": openacr()}))["contradicted"]

    assert isinstance(answer, Gap)
    assert "no file could be read" in answer.why


def test_checks_that_may_have_missed_some_leave_the_list_open_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = FAILING.found(("1.4.3",), missed="two files could not be read")
    checks(monkeypatch, found, rows(SURE))

    answer = told(of({"acr.yaml": openacr()}))["contradicted"]

    assert isinstance(answer, Observation)
    assert answer.value == ("1.4.3",)
    assert "two files could not be read" in answer.missed


def test_of_one_criterion_few_places_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [replace(SURE, line=line) for line in range(1, 100)]
    checks(monkeypatch, FAILING.found(("1.4.3",)), rows(*many))

    answer = told(of({"acr.yaml": openacr()}))["contradicted"]

    assert len(notes(answer)) == 1 + measured.PLACES
