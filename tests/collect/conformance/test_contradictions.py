# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Claims of a report held against what checks of the same files found."""

from typing import Any

from ossay.collect import concluded, gather, templates
from ossay.collect.conformance import COLLECTOR
from ossay.collect.site import NOT_NAMED
from ossay.model.accessibility import CRITERIA
from ossay.model.collector import Given
from ossay.model.evidence import Answered, Gap, Inapplicable, Item, Observation
from tests.collect.conformance.cases import notes, of, openacr, value

PAGE = (
    "<!doctype html>\n<html lang=en>\n<head><title>Portal</title></head>\n"
    "<body>\n<img src=logo.png>\n</body>\n</html>\n"
)
"""A page whose image lacks its text alternative (1.1.1)."""


def contradicted(given: Given, *others: Answered) -> Answered:
    """Return the answer that follows from a report and what *others* said."""
    said, _ = gather(COLLECTOR, given)
    return next(
        answer
        for answer in concluded([*said, *others])
        if answer.fact == "conformance.contradicted"
    )


def with_templates(files: dict[str, str]) -> Answered:
    given = of(files)
    said, _ = gather(templates.COLLECTOR, given)
    return contradicted(given, *said)


def test_a_criterion_that_is_claimed_and_found_missed_is_told_with_both_places() -> (
    None
):
    report = openacr()

    answer = with_templates({"acr.yaml": report, "app/index.html": PAGE})

    assert value(answer) == ("1.1.1",)
    assert isinstance(answer, Observation)
    claim, place = answer.items
    assert (claim.subject, claim.note) == ("acr.yaml", "says that 1.1.1 is supported")
    assert "num: 1.1.1" in report.splitlines()[claim.line - 1]
    assert (place.subject, place.line) == ("app/index.html", 5)
    assert place.note.startswith("1.1.1: ")
    assert place.note.endswith("(checks of templates)")


def test_a_criterion_that_is_not_claimed_contradicts_nothing() -> None:
    report = openacr({"1.1.1": "partially-supports"})

    answer = with_templates({"acr.yaml": report, "app/index.html": PAGE})

    assert value(answer) == ()


def test_what_a_check_is_not_sure_of_contradicts_nothing() -> None:
    spread = PAGE.replace("<img src", "<img {{ attributes }} src")

    answer = with_templates({"acr.yaml": openacr(), "app/index.html": spread})

    assert value(answer) == ()


def seen(fact: str, *numbers: str, **more: Any) -> Observation:
    items = tuple(Item(subject=f"{n}.html", note=f"{n}: too faint") for n in numbers)
    return Observation(fact=fact, value=numbers, items=items, **more)


TEMPLATES, PAGES, SITE = (
    f"{k}.failing_criteria" for k in ("templates", "pages", "site")
)
REPORT = {"acr.yaml": openacr()}


def test_where_nothing_was_checked_it_is_open_whether_claims_hold() -> None:
    answer = contradicted(
        of(REPORT),
        Gap(fact=TEMPLATES, why="no file could be read"),
        Gap(fact=PAGES, why="there is no browser"),
        Gap(fact=SITE, why=NOT_NAMED),
    )

    assert isinstance(answer, Gap)
    assert "no file could be read" in answer.why
    assert "there is no browser" in answer.why
    assert NOT_NAMED not in answer.why


def test_where_there_is_nothing_to_check_claims_stay_open() -> None:
    answer = contradicted(
        of(REPORT), Inapplicable(fact=TEMPLATES, why="there are none")
    )

    assert isinstance(answer, Gap)
    assert "no templates and no pages" in answer.why


def test_a_check_that_could_not_look_leaves_the_list_open_ended() -> None:
    answer = contradicted(
        of(REPORT),
        seen(TEMPLATES, "1.4.3", missed="two files could not be read"),
        Gap(fact=PAGES, why="there is no browser"),
    )

    assert isinstance(answer, Observation)
    assert answer.value == ("1.4.3",)
    assert "two files could not be read" in answer.missed
    assert "there is no browser" in answer.missed


def test_a_site_that_was_named_and_not_visited_leaves_it_open_ended_too() -> None:
    templates = seen(TEMPLATES, "1.1.1")
    gone = Gap(fact=SITE, why="the server did not answer")

    asked = contradicted(of(REPORT), templates, gone)
    unasked = contradicted(of(REPORT), templates, Gap(fact=SITE, why=NOT_NAMED))

    assert isinstance(asked, Observation)
    assert isinstance(unasked, Observation)
    assert "the server did not answer" in asked.missed
    assert not unasked.missed


def test_checks_of_all_kinds_count_and_each_place_names_its_kind() -> None:
    answer = contradicted(
        of(REPORT), seen(TEMPLATES, "1.1.1"), seen(PAGES, "1.4.3"), seen(SITE, "1.4.3")
    )

    assert value(answer) == ("1.1.1", "1.4.3")
    assert notes(answer) == [
        "says that 1.1.1 is supported",
        "1.1.1: too faint (checks of templates)",
        "says that 1.4.3 is supported",
        "1.4.3: too faint (rendered pages)",
        "1.4.3: too faint (rendered pages)",
    ]


def test_without_a_report_there_is_nothing_to_contradict() -> None:
    answer = contradicted(of({"README.md": "x"}), seen(TEMPLATES, "1.4.3"))

    assert isinstance(answer, Inapplicable)


def test_a_report_that_only_a_person_can_read_is_not_said_to_be_contradicted() -> None:
    answer = contradicted(of({"vpat.pdf": b"%PDF"}), seen(TEMPLATES, "1.4.3"))

    assert isinstance(answer, Gap)


def test_of_more_claims_than_are_shown_the_last_is_told_without_its_line() -> None:
    report = openacr(dict.fromkeys(CRITERIA, "supports"))

    answer = contradicted(of({"acr.yaml": report}), seen(TEMPLATES, "4.1.3"))

    assert isinstance(answer, Observation)
    assert (answer.items[0].subject, answer.items[0].line) == ("acr.yaml", 0)
    assert answer.items[0].note == "says that 4.1.3 is supported"
