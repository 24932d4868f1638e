# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What checks of templates found is told by place, and what was not read is named."""

from ossay.collect import gather
from ossay.collect.templates import COLLECTOR, TABLE
from ossay.model.collector import Table
from ossay.model.evidence import Answered, Item, Observation
from tests.collect.trees import DictTree, given


def told(tree: DictTree) -> tuple[dict[str, Answered], Table]:
    said, (table,) = gather(COLLECTOR, given(tree))
    return {a.fact.removeprefix("templates."): a for a in said}, table


def test_what_fails_is_told_by_place_and_criterion() -> None:
    said, table = told(DictTree({"a.html": "<p>\n<img src=x>", "b.html": "<p>ok"}))

    assert table.name == TABLE
    assert [(r[0], r[1], r[2], r[4]) for r in table.rows] == [
        ("a.html", "2", "image-alt", "fails")
    ]
    failing, files = said["failing"], said["files"]
    assert isinstance(failing, Observation)
    assert isinstance(files, Observation)
    assert (failing.value, files.value) == (1, 2)
    assert failing.items == (
        Item(subject="a.html", note="an image has no text alternative", line=2),
    )
    criteria = said["failing_criteria"]
    assert isinstance(criteria, Observation)
    assert criteria.value == ("1.1.1",)


def test_a_file_that_could_not_be_read_is_counted_and_makes_counts_a_lower_bound() -> (
    None
):
    said, _ = told(DictTree({"a.html": "<p>ok"}, unreadable={"b.html": "is damaged"}))

    unread, failing = said["unread_files"], said["failing"]
    assert isinstance(unread, Observation)
    assert isinstance(failing, Observation)
    assert (unread.value, failing.value) == (1, 0)
    assert failing.missed


def test_tests_examples_and_code_of_others_are_set_apart() -> None:
    page = "<img src=x>"
    files = (
        "tests/a.html",
        "examples/a.html",
        "vendor/a.html",
        "app/user_mailer/a.erb",
        "app/views/layouts/mailer.html.erb",
    )
    said, table = told(DictTree(dict.fromkeys(files, page)))

    assert table.rows == ()
    assert isinstance(said["files"], Observation)
    assert said["files"].value == 0


def test_criteria_that_checks_look_at_are_told_where_a_file_was_checked() -> None:
    checked, _ = told(DictTree({"a.html": "<p>ok"}))
    without, _ = told(DictTree({"a.py": ""}))

    touched = checked["touched_criteria"]
    assert isinstance(touched, Observation)
    assert "1.1.1" in touched.value  # type: ignore[operator]  # a tuple
    assert "1.2.6" not in touched.value  # type: ignore[operator]
    assert not isinstance(without["touched_criteria"], Observation)


def test_a_button_in_a_link_gives_it_its_name() -> None:
    named = '<a href="/back"><input type="button" value="Back"></a>'
    nameless = '<a href="/back"><input type="image" src="back.png"></a>'

    _, table = told(DictTree({"a.html": named, "b.html": nameless}))

    assert [(r[0], r[2]) for r in table.rows if r[2] == "link-name"] == [
        ("b.html", "link-name")
    ]


def test_each_criterion_is_told_with_one_place_that_says_its_number() -> None:
    said, _ = told(DictTree({"a.html": "<img src=x><img src=y>"}))

    criteria = said["failing_criteria"]
    assert isinstance(criteria, Observation)
    assert criteria.items == (
        Item(
            subject="a.html",
            note="1.1.1: an image has no text alternative, one of 2 places",
            line=1,
        ),
    )


def test_an_element_that_a_component_takes_over_may_have_a_label() -> None:
    page = '<p><input is="emby-input" type="text" label="A"><input type="text"></p>'

    _, table = told(DictTree({"a.html": page}))

    assert [r[4] for r in table.rows if r[2] == "control-label"] == ["maybe", "fails"]
