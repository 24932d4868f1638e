# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What checks of all tiers found missed, joined without adding anything up."""

from collections.abc import Iterator, Mapping

import pytest

from ossay.collect import concluded, declared_facts
from ossay.collect._gathering import conclude
from ossay.model.collector import Collector
from ossay.model.evidence import (
    Answered,
    Combine,
    Fact,
    Gap,
    Inapplicable,
    Item,
    Observation,
)

FAILING = "conformance.failing"
TEMPLATES = "templates.failing_criteria"
PAGES = "pages.failing_criteria"
SITE = "site.failing_criteria"


def seen(fact: str, *numbers: str) -> Observation:
    items = tuple(Item(subject=f"{n}.html", note=f"{n}: broken") for n in numbers)
    return Observation(fact=fact, value=numbers, items=items, total=len(items))


def gap(fact: str, why: str) -> Gap:
    return Gap(fact=fact, why=why)


def moot(fact: str) -> Inapplicable:
    return Inapplicable(fact=fact, why="there are none")


def failing(*said: Answered) -> Answered:
    return next(a for a in concluded(said) if a.fact == FAILING)


def test_what_any_check_found_is_named_once_and_each_place_says_by_which_kind() -> None:
    answer = failing(
        seen(TEMPLATES, "4.1.2", "1.1.1"), seen(PAGES, "1.1.1"), moot(SITE)
    )

    assert isinstance(answer, Observation)
    assert answer.value == ("1.1.1", "4.1.2")
    assert [(i.subject, i.note) for i in answer.items] == [
        ("4.1.2.html", "4.1.2: broken (checks of templates)"),
        ("1.1.1.html", "1.1.1: broken (checks of templates)"),
        ("1.1.1.html", "1.1.1: broken (rendered pages)"),
    ]


def test_a_check_that_could_not_look_adds_nothing() -> None:
    answer = failing(seen(TEMPLATES, "1.1.1"), gap(PAGES, "no browser"))

    assert isinstance(answer, Observation)
    assert answer.value == ("1.1.1",)


def test_where_no_check_could_look_there_is_nothing_to_hold_a_test_against() -> None:
    answer = failing(gap(TEMPLATES, "unreadable"), gap(PAGES, "no browser"))

    assert answer == Inapplicable(
        fact=FAILING,
        why="no check could look (checks of templates: unreadable; rendered pages: "
        "no browser)",
    )


@pytest.mark.parametrize("site", [moot(SITE), gap(SITE, "no address was given")])
def test_where_there_is_nothing_to_check_the_question_does_not_arise(
    site: Answered,
) -> None:
    answer = failing(moot(TEMPLATES), moot(PAGES), site)

    assert isinstance(answer, Inapplicable)


def test_what_follows_is_declared_as_a_fact() -> None:
    assert FAILING in declared_facts()


def test_what_cannot_be_concluded_is_a_gap() -> None:
    def breaks(_said: Mapping[str, Answered]) -> Iterator[Answered]:
        yield fact.found(1 // 0 == 1)

    fact = Fact(name="t.flag", kind=bool, asks="Is it?", combine=Combine.ANY)
    broken = Collector(
        facts=(), collect=lambda _: iter(()), concludes=(fact,), conclude=breaks
    )

    assert conclude(broken, {}) == (
        fact.unknown("the collector failed: integer division or modulo by zero"),
    )
