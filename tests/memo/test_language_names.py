# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Languages are told by name, with the tag that a program needs beside it."""

from dataclasses import replace

import pytest

from ossay.collect import declared_facts
from ossay.memo import render_html, render_markdown
from ossay.memo.blocks import Content, Place
from ossay.memo.language_names import language_name, tag_before
from tests.memo import barred
from tests.memo.test_access import Render, plain


def languages(*tags: str, note: str = "") -> Content:
    place = Place(subject="a.po", path="", line=0, note=note, url="")
    told = replace(
        barred.seen("languages.complete", tags, *([place] if note else [])),
        unit=declared_facts()["languages.complete"].unit,
    )
    return barred.memo(told)


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("sw", ("Swahili",)),
        ("pt-BR", ("Portuguese", "Brazil")),
        ("es-419", ("Spanish", "Latin America")),
        ("sr-Latn-RS", ("Serbian", "Latin", "Serbia")),
        ("my-MM", ("Burmese", "Myanmar")),
        ("ca-valencia", ()),
        ("xx", ()),
        ("", ()),
    ],
)
def test_a_language_is_called_by_its_name_script_and_region(
    tag: str, name: tuple[str, ...]
) -> None:
    assert language_name(tag) == name


@pytest.mark.parametrize("render", [render_html, render_markdown])
def test_a_list_of_languages_has_names_and_tags(render: Render) -> None:
    text = plain(render(languages("ar", "pt-BR", "ca-valencia")))

    assert "Arabic (ar), Portuguese (Brazil, pt-BR), ca-valencia" in text.replace(
        "\\", ""
    )


@pytest.mark.parametrize("render", [render_html, render_markdown])
def test_a_place_of_a_language_begins_with_its_name(render: Render) -> None:
    text = plain(render(languages("sw", note="sw: 57 % (1 of 2 messages)")))

    assert "Swahili (sw): 57 % (1 of 2 messages)" in text


def test_names_are_said_in_the_language_of_the_memo() -> None:
    catalogue = {"Portuguese": "portugais", "Brazil": "Brésil"}

    text = plain(render_html(languages("pt-BR"), "fr", catalogue))

    assert "portugais (Brésil, pt-BR)" in text


@pytest.mark.parametrize(
    ("note", "tag"),
    [("sw: 57 %", "sw"), ("to be read: a", ""), ("no", ""), ("grade 9.1", "")],
)
def test_only_a_tag_before_a_colon_is_one(note: str, tag: str) -> None:
    assert tag_before(note) == tag


def ladder(
    complete: tuple[str, ...], usable: tuple[str, ...], why: str = ""
) -> Content:
    """A memo that tells which languages are at 90 percent, and which at 70."""
    unit = declared_facts()["languages.complete"].unit
    return barred.memo(
        replace(barred.seen("languages.complete", complete, missed=why), unit=unit),
        replace(barred.seen("languages.usable", usable, missed=why), unit=unit),
    )


MANY = ("ar", "de", "fr", "sw")


@pytest.mark.parametrize("render", [render_html, render_markdown])
def test_of_a_longer_list_only_what_is_not_in_the_one_above_is_told(
    render: Render,
) -> None:
    text = plain(render(ladder(MANY, (*MANY, "ka"), why="one could not be read")))

    assert text.count("Arabic (ar)") == 1
    told = "the 4 above, and Georgian (ka) (there may be more: one could not be read)"
    assert told in text


@pytest.mark.parametrize(
    ("complete", "usable", "told"),
    [
        (MANY, MANY, "the 4 above"),
        (("ar",), ("ar", "sw"), "Arabic (ar), Swahili (sw)"),
        (MANY, ("ar", "de", "fr", "ka"), "Arabic (ar), German (de), French (fr), G"),
    ],
)
def test_a_list_is_told_whole_where_it_is_short_or_lacks_what_is_above(
    complete: tuple[str, ...], usable: tuple[str, ...], told: str
) -> None:
    text = plain(render_html(ladder(complete, usable)))

    assert told in text.partition("What about languages.usable?")[2]
