# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
import gzip
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from ossay.memo import FORMATS, Content, render_html, render_markdown
from ossay.memo.rendering import _environment
from ossay.memo.speech import direction
from ossay.model.evidence import Item
from ossay.model.policy import AtMost
from ossay.model.snapshot import Chosen
from tests.memo import cases, hostile
from tests.memo.pages import Page

CASES = [
    cases.refused,
    cases.undecided,
    cases.not_yet,
    cases.conditional,
    cases.adoptable,
    hostile.memo,
]


@pytest.mark.parametrize("case", CASES)
def test_the_page_is_whole_and_needs_nothing_else(case: Callable[[], Content]) -> None:
    page = Page(render_html(case()))

    assert page.open_elements == []
    assert page.named("script", "link", "img", "iframe", "object", "form") == []
    assert not [
        a for _, attributes in page.elements for a in attributes if a[:2] == "on"
    ]
    assert "url(" not in page.html
    assert "@import" not in page.html


@pytest.mark.parametrize("case", CASES)
def test_headings_go_down_one_step_at_a_time(case: Callable[[], Content]) -> None:
    levels = [
        int(tag[1])
        for tag, _ in Page(render_html(case())).elements
        if tag[0] == "h" and tag[1:].isdigit()
    ]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("case", CASES)
def test_names_are_unique_and_links_within_lead_somewhere(
    case: Callable[[], Content],
) -> None:
    page = Page(render_html(case()))

    ids = [a["id"] for _, a in page.elements if "id" in a]
    wanted = {a["href"][1:] for a in page.named("a") if a["href"].startswith("#")}
    wanted |= {a["aria-labelledby"] for _, a in page.elements if "aria-labelledby" in a}
    assert len(ids) == len(set(ids))
    assert wanted <= set(ids)


@pytest.mark.parametrize("case", CASES)
def test_tables_have_captions_and_their_headers_a_scope(
    case: Callable[[], Content],
) -> None:
    page = Page(render_html(case()))

    assert len(page.named("caption")) == len(page.named("table"))
    assert {a.get("scope") for a in page.named("th")} <= {"row", "col"}


def test_links_lead_to_the_repository_at_the_commit_and_nowhere_else() -> None:
    page = Page(render_html(cases.refused()))

    outside = {a["href"] for a in page.named("a") if not a["href"].startswith("#")}
    server = f"https://github.com/example/permit-desk/blob/{'a' * 40}/"
    client = f"https://gitlab.com/example/desk/apps/-/blob/{'e' * 40}/"
    assert f"{server}SECURITY.md?plain=1#L7" in outside
    assert f"{client}apps/client/package.json#L5" in outside
    assert all("a" * 40 in url or "e" * 40 in url for url in outside)


def test_an_outcome_is_a_sign_and_a_word_and_never_a_colour_alone() -> None:
    html = render_html(cases.refused())

    marks = re.findall(r'<span class="mark [^"]+">(.*?)</span> ([^<]+)</span>', html)
    assert {(sign[-1], word) for sign, word in marks} == {
        ("✓", "Met"),
        ("✗", "Not met"),
        ("?", "Not known"),
        ("?", "Not looked at"),
        ("≈", "Waived"),
        ("–", "Does not apply"),
    }


def test_page_one_says_what_matters() -> None:
    text = Page(render_html(cases.refused())).text

    first, _, _ = text.partition("Findings")
    for said in (
        "Recommendation: Do not adopt",
        "Screening by machine alone: obstacles found.",
        "a named person has to confirm the facts behind",
        "Handle requests for building permits",
        "v4.2.1, the latest release; no version was asked for",
        "v4.2.0, as it was asked for",
        "Not looked at: the server example.org did not answer",
        "To do: Put the text of the licence into LICENSES/. By: the maintainers.",
        "accessibility officer People with disabilities can use it (ACC-1)",
        "client: the history of this part was cut off.",
        "The part translations was not looked at.",
        "officer-7 sees to it that it ends, on 31 March 2027 at the latest",
        "The rules Baseline were to be reviewed by 1 October 2026.",
    ):
        assert said in first


def test_a_use_that_nobody_named_is_not_made_up() -> None:
    asked = replace(cases.candidate([cases.server()]), use=None)

    memo = cases.memo([cases.server()], cases.pack(cases.LIC_1), asked=asked)

    assert "Intended use not stated" in Page(render_html(memo)).text
    assert "Intended use: not stated" in render_markdown(memo)


def test_a_decision_shows_who_signed_it_and_when() -> None:
    text = Page(render_html(cases.conditional())).text

    assert "Decision: Adopt with conditions" in text
    assert "Because: It meets the need of all 40 municipalities" in text
    assert "Chief information officer cio-1 24 November 2026 (2026-11-24)" in text
    assert "Decided by" not in text


def test_a_decision_against_the_advice_says_so() -> None:
    decision = cases.conditional().decision
    assert decision is not None

    memo = cases.memo(
        [cases.client()],
        cases.pack(cases.LIC_2),
        decision=replace(decision, against_recommendation=True),
    )

    assert "goes further than the recommendation" in Page(render_html(memo)).text


def test_of_many_places_some_are_shown_and_the_rest_counted() -> None:
    many = [Item(subject=f"src/{n}.py", line=n + 1) for n in range(1200)]
    found = cases.UNMARKED.found(1200, many)
    at = cases.snapshot(cases.SERVER, Chosen.DEFAULT_BRANCH, "refs/heads/main")
    looked = cases.looked(cases.SERVER, at, found)

    page = Page(render_html(cases.memo([looked], cases.pack(cases.LIC_3))))

    assert "How many files state no licence? 1,200 files" in page.text
    assert "src/9.py:10" in page.text
    assert "src/10.py:11" not in page.text
    assert "and 1,190 more" in page.text


def test_a_memo_of_sixty_rules_with_all_their_places_weighs_under_30_kb() -> None:
    facts, rules, answers = {}, [], []
    for n in range(60):
        fact = replace(cases.UNMARKED, name=f"licensing.t{n}", asks=f"How many of {n}?")
        facts[fact.name] = fact
        answers.append(
            fact.found(
                50, [Item(subject=f"src/{n}/{i * 7919 % 997:x}.py") for i in range(50)]
            )
        )
        rules.append(
            replace(
                cases.LIC_3,
                id=f"T-{n}",
                criterion=AtMost(fact=fact.name, limit=0),
            )
        )
    at = cases.snapshot(cases.SERVER, Chosen.DEFAULT_BRANCH, "refs/heads/main")
    looked = cases.looked(cases.SERVER, at, *answers)

    html = render_html(cases.memo([looked], cases.pack(*rules), facts=facts))

    assert len(gzip.compress(html.encode())) < 30_000


@pytest.mark.parametrize(
    ("language", "runs"),
    [("en", "ltr"), ("ar", "rtl"), ("ar-EG", "rtl"), ("fa", "rtl"), ("sw", "ltr")],
)
def test_a_language_knows_its_direction(language: str, runs: str) -> None:
    assert direction(language) == runs


ARABIC = {
    "Recommendation: {advice}": "التوصية: {advice}",
    "Do not adopt": "عدم الاعتماد",
    "a contact": "جهة اتصال",
}


def test_another_language_is_spoken_where_it_is_known() -> None:
    page = Page(render_html(cases.refused(), "ar", ARABIC))

    assert page.named("html") == [{"lang": "ar", "dir": "rtl"}]
    assert "التوصية: عدم الاعتماد" in page.text
    assert "نص الترخيص موجود في المستودع" in page.text


def test_what_is_not_translated_is_marked_as_english() -> None:
    html = render_html(cases.refused(), "ar", ARABIC)

    assert (
        '<span lang="en" dir="ltr">What was asked and what was assessed</span>' in html
    )
    assert '<span lang="en" dir="ltr">Every file states its licence</span>' in html
    assert 'lang="en"' not in render_html(cases.refused()).partition("<body>")[2]


def test_no_attribute_or_title_holds_markup_in_another_language() -> None:
    page = Page(render_html(cases.refused(), "ar", ARABIC))

    assert not [v for _, a in page.elements for v in a.values() if "<" in v]
    assert "<title>Permit Desk: عدم الاعتماد" in page.html


def test_templates_kept_ready_change_nothing_that_is_written(tmp_path: Path) -> None:
    prepared = tmp_path / "templates"
    case = cases.conditional()
    plain = [form.render(case) for form in FORMATS.values()]

    first = [form.render(case, prepared=prepared) for form in FORMATS.values()]
    _environment.cache_clear()
    again = [form.render(case, prepared=prepared) for form in FORMATS.values()]

    assert first == again == plain
    assert len(list(prepared.iterdir())) == 3


def test_without_room_to_keep_templates_the_memo_is_written_all_the_same(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").write_bytes(b"")
    no_folder = tmp_path / "file" / "templates"

    assert render_html(cases.conditional(), prepared=no_folder)
