# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What has to be passed on is written whole, and nothing in it acts."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ossay.memo.attribution import (
    SHOWN_FILES,
    Attribution,
    LicenceUse,
    Passage,
    attribution_html,
    attribution_text,
)
from tests.memo import attributions, hostile
from tests.memo.attributions import CITY_FORMS, HOSTILE, MIT
from tests.memo.pages import Page

Writer = Callable[[Attribution], str]
WRITERS: list[Writer] = [attribution_html, attribution_text]

USE = LicenceUse(id="MIT", texts=(Passage(text=MIT),))


def of(*licences: LicenceUse) -> Attribution:
    return Attribution(
        name="x", source="https://example.org/x", version="1", licences=licences
    )


@pytest.mark.parametrize("write", WRITERS)
def test_every_holder_and_every_line_of_a_text_is_there(write: Writer) -> None:
    holders = tuple(f"© 2020 Holder {n}" for n in range(500))

    written = write(of(replace(USE, holders=holders)))

    assert all(
        f"{holder}\n" in written.replace("</bdi></li>", "") for holder in holders
    )
    plain = written.replace("&#34;", '"').splitlines()
    lines = {line.strip() for line in plain}
    assert {line.strip() for line in MIT.splitlines()} <= lines


@pytest.mark.parametrize("write", WRITERS)
def test_files_are_shown_in_part_and_counted_in_full(write: Writer) -> None:
    files = tuple(f"file-{n:05}" for n in range(1_000))

    written = write(of(replace(USE, files=files, total_files=50_000)))

    assert written.count("file-") == SHOWN_FILES
    assert f"and {50_000 - SHOWN_FILES:,} more" in written


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize(
    ("attribution", "said"),
    [
        (of(replace(USE, texts=())), "Of 1 licence the text was not found."),
        (replace(of(USE), without_licence=7), "Of 7 files the licence is not known"),
        (replace(of(USE), gaps=("It was too large.",)), "It was too large."),
        (replace(of(USE), licences=()), "No licence was found."),
    ],
)
def test_a_notice_says_what_it_lacks(
    write: Writer, attribution: Attribution, said: str
) -> None:
    written = write(attribution)

    assert not attribution.is_complete
    assert "This notice is not complete" in written
    assert said in written


@pytest.mark.parametrize("write", WRITERS)
def test_a_complete_notice_does_not_say_that_it_is_not(write: Writer) -> None:
    assert of(USE).is_complete
    assert "not complete" not in write(of(USE))


@pytest.mark.parametrize("write", WRITERS)
def test_nothing_that_acts_on_a_screen_is_written(write: Writer) -> None:
    written = write(HOSTILE)

    assert not hostile.ACTIVE & set(written)
    assert not set("\x0c\x85\u2028\r") & set(written)
    written.encode()


def test_html_has_no_element_that_our_template_does_not_write() -> None:
    page = Page(attribution_html(HOSTILE))

    ours = {tag for tag, _ in Page(attribution_html(CITY_FORMS)).elements}
    assert {tag for tag, _ in page.elements} <= ours
    assert "<script>alert(1)</script>" in page.text
    assert [a for a in page.named("a") if not a["href"].startswith("#")] == []


def test_names_in_html_stand_apart_from_the_text_around_them() -> None:
    html = attribution_html(CITY_FORMS)

    assert "<li><bdi>© 2021–2024 بلدية المدينة</bdi></li>" in html
    assert "<h1>Licences and copyright notices of <bdi>City Forms</bdi></h1>" in html


def test_in_plain_text_nothing_quoted_begins_at_the_margin() -> None:
    frame = attribution_text(
        replace(
            HOSTILE,
            licences=(replace(HOSTILE.licences[0], texts=(), holders=(), files=()),),
            notices=(),
        )
    )

    written = attribution_text(HOSTILE)

    at_margin = {
        line for line in written.splitlines() if line[:1] not in ("", " ", "-")
    }
    ours = {line for line in frame.splitlines() if line}
    ours |= {"Copyright", "Files", "Further notices"}
    rest = at_margin - ours
    assert {line[:6] for line in rest} <= {"From `"}
    assert written.splitlines().count("-" * 79) == 2


def test_a_notice_in_another_language_runs_its_way() -> None:
    html = attribution_html(CITY_FORMS, "ar", attributions.ARABIC)

    assert '<html lang="ar" dir="rtl">' in html
    assert "<h3>الملفات</h3>" in html
    assert '<span lang="en" dir="ltr">Copyright</span>' in html


@given(st.text(st.characters(codec=None)), st.text(max_size=80))
def test_any_text_can_be_passed_on(text: str, name: str) -> None:
    passages = (Passage(text=text),)
    attribution = of(replace(USE, name=name, texts=passages, holders=(name, text)))

    Page(attribution_html(attribution))
    attribution_html(attribution).encode()
    attribution_text(attribution).encode()
