# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What a memo says of licences, and for the use that is planned."""

import re
from dataclasses import replace
from datetime import date

import pytest
from jinja2 import Environment, FileSystemLoader

from ossay import collect, shipped
from ossay.collect.licensing.facts import ABOUT_PACKAGES, PACKAGES
from ossay.collect.licensing.knowledge import Category
from ossay.collect.relicensing.facts import LICENCE_CHANGED_ON
from ossay.memo import Content, render_html, render_markdown
from ossay.model.candidate import Use
from ossay.model.evidence import Answered, Item
from ossay.model.snapshot import Chosen
from tests.memo import cases

WORDS = (
    Environment(loader=FileSystemLoader(shipped.templates()), autoescape=True)
    .get_template("memo/words.j2")
    .module
)


def section(memo: Content) -> str:
    """Return the section on licences, in Markdown."""
    written = render_markdown(memo)
    found = re.search(r"\n## Licences in short\n.*?(?=\n## )", written, re.DOTALL)
    assert found is not None
    return found[0]


def memo(use: Use | None, *answers: Answered) -> Content:
    """Return a memo on one part about whose licences *answers* is known."""
    at = cases.snapshot(cases.SERVER, Chosen.LATEST_RELEASE, "refs/tags/v1", commit="a")
    found = cases.memo([cases.looked(cases.SERVER, at, *answers)], cases.pack())
    return replace(found, asked=replace(found.asked, use=use))


def test_a_recogniser_is_named_with_how_well_it_was_measured() -> None:
    text = section(cases.refused())

    assert "server: A recogniser read the notices inside files." in text
    assert "the same for 19 of 20 files, measured on 2026-11-20" in text


def test_that_there_was_no_recogniser_is_said() -> None:
    text = section(cases.refused())

    assert "client: No recogniser of licences was at hand" in text


def test_files_that_differ_are_named_with_their_line() -> None:
    for written in (render_html(cases.refused()), render_markdown(cases.refused())):
        assert "src/barcode.c:7" in written.partition("Licences in short")[2]


def test_a_change_of_licence_is_told_in_a_sentence() -> None:
    note = "up to version 1 the licence files held MIT; from version 2 on they hold ISC"
    changed = LICENCE_CHANGED_ON.found(
        date(2024, 7, 29), [Item(subject="refs/tags/2", note=note)]
    )

    text = section(memo(None, changed))

    assert f"What the licence files at the top hold has changed: {note}." in text
    assert "Compared over time were the licence files at the top" in text


def test_without_packages_no_more_is_said_of_them() -> None:
    none = "there is no manifest of a package in a folder below"
    about = [f.inapplicable(none) for f in ABOUT_PACKAGES if f is not PACKAGES]
    found = memo(None, PACKAGES.found(0), *about)

    for written in (render_html(found), render_markdown(found)):
        assert "What its packages say" in written
        assert none not in written


@pytest.mark.parametrize("use", Use)
@pytest.mark.parametrize("kind", Category)
def test_every_kind_of_licence_means_something_for_every_use(
    use: Use, kind: Category
) -> None:
    text = section(memo(use, cases.KIND_OF_LICENCE.found(kind.value)))

    assert "Intended use: " in text
    assert " licence" in text.partition("Intended use: ")[2].lower()
    assert "A person with legal knowledge has to confirm it." in text


def test_where_the_kind_is_open_nothing_is_said_of_what_it_means() -> None:
    text = section(
        memo(Use.EMBED_IN_CITIZEN_APP, cases.KIND_OF_LICENCE.unknown("it is not known"))
    )

    assert "it is not known what it means for this use" in text
    assert "commonly" not in text


def test_without_a_use_nothing_is_said_of_what_it_means() -> None:
    text = section(memo(None, cases.KIND_OF_LICENCE.found("Permissive")))

    assert "No intended use was stated" in text


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (cases.ASKS_USERS.found(True), "is on a list of those that may ask"),
        (cases.ASKS_USERS.found(False), "None of the licences seen is on the list"),
        (cases.ASKS_USERS.unknown("nobody read it"), "is not known"),
    ],
)
def test_of_a_service_it_is_said_whether_its_users_may_ask_for_the_source(
    answer: Answered, said: str
) -> None:
    kind = cases.KIND_OF_LICENCE.found("Copyleft")

    text = section(memo(Use.NETWORK_SERVICE, kind, answer))

    assert said in text


def test_every_answer_that_has_a_place_in_the_section_is_one_that_is_asked() -> None:
    tables = [facts for _, facts in vars(WORDS)["LICENCES"]]
    named = {fact for facts in tables for fact in facts}
    named |= {*vars(WORDS)["PLACES_OF"], *vars(WORDS)["IN_SENTENCES"]}

    assert named <= set(collect.declared_facts())
