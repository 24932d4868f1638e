# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What each package inside declares, holds and states, and where these differ."""

import json
from dataclasses import replace

import pytest

from ossay.collect import gather
from ossay.collect.licensing import COLLECTOR, package_answers
from ossay.collect.licensing.manifests import MOST_MANIFESTS
from ossay.collect.licensing.package_answers import COLUMNS
from ossay.collect.licensing.whole import whole_of
from ossay.model.evidence import Answered, Gap, Inapplicable, Observation
from tests.collect.licensing.recognition.recognisers import Phrases
from tests.collect.licensing.texts import CC0, MIT
from tests.collect.trees import DictTree, given

Files = dict[str, str]

GPL_NOTICE = "/* This file is\n * under the GPL licence\n */\n"


def manifest(licence: str = "") -> str:
    stated = {"license": licence} if licence else {}
    return json.dumps({"name": "p", **stated})


WHOLE = {"LICENSE": MIT, "package.json": manifest("MIT")}


def looked(files: Files) -> tuple[dict[str, Answered], dict[str, dict[str, str]]]:
    """Return the answers by fact, and the rows of the table by folder."""
    asked = replace(given(DictTree(files)), recogniser=Phrases())
    answers, tables = gather(COLLECTOR, asked)
    rows = [
        dict(zip(COLUMNS, row, strict=True))
        for table in tables
        if table.name == "packages"
        for row in table.rows
    ]
    return (
        {a.fact.removeprefix("licensing."): a for a in answers},
        {row["folder"]: row for row in rows},
    )


def value(answer: Answered) -> object:
    assert isinstance(answer, Observation), answer
    return answer.value


def notes(answer: Answered) -> list[tuple[str, str]]:
    assert isinstance(answer, Observation), answer
    return [(item.subject, item.note) for item in answer.items]


@pytest.mark.parametrize(
    ("package", "concluded", "basis"),
    [
        ({"package.json": manifest("ISC")}, "ISC", "manifest"),
        (
            {"package.json": manifest("MIT"), "LICENSE": MIT},
            "MIT",
            "manifest and licence file",
        ),
        ({"package.json": manifest(), "COPYING": CC0}, "CC0-1.0", "licence file"),
        ({"package.json": manifest()}, "MIT", "project"),
        ({"package.json": manifest("MIT AND (ISC OR MIT)")}, "MIT", "manifest"),
    ],
)
def test_a_package_has_the_licence_that_is_nearest_to_it(
    package: Files, concluded: str, basis: str
) -> None:
    inside = {f"lib/{name}": content for name, content in package.items()}

    found, rows = looked({**WHOLE, "lib/a.js": "1\n", **inside})

    assert value(found["packages"]) == 1
    assert (rows["lib"]["concluded"], rows["lib"]["basis"]) == (concluded, basis)
    assert value(found["packages_in_conflict"]) == 0
    assert value(found["packages_undetermined"]) == 0
    assert value(found["packages_under_others"]) == (
        () if concluded == "MIT" else (concluded,)
    )


@pytest.mark.parametrize(
    ("package", "why", "conflict"),
    [
        (
            {"package.json": manifest("ISC"), "LICENSE": CC0},
            "declared is ISC, but lib/LICENSE holds CC0-1.0",
            "declared is ISC, and the licence text is CC0-1.0",
        ),
        (
            {"package.json": manifest("ISC"), "composer.json": manifest("Zlib")},
            "its manifests disagree: Zlib, ISC",
            "its manifests declare Zlib and ISC",
        ),
        (
            {"package.json": manifest("ask the mayor")},
            "lib/package.json states 'ask the mayor', which is not on the SPDX list",
            "",
        ),
        ({"package.json": "{"}, "lib/package.json could not be read", ""),
        (
            {"package.json": manifest("ISC"), "LICENSE": "Ask the mayor.\n" * 30},
            "it was not made out which licence lib/LICENSE holds",
            "",
        ),
    ],
)
def test_what_differs_or_is_not_understood_settles_nothing(
    package: Files, why: str, conflict: str
) -> None:
    inside = {f"lib/{name}": content for name, content in package.items()}

    found, rows = looked({**WHOLE, "lib/a.js": "1\n", **inside})

    assert rows["lib"]["concluded"] == ""
    assert rows["lib"]["open"].startswith(why)
    assert rows["lib"]["conflicts"] == conflict
    assert value(found["packages_undetermined"]) == 1
    others = found["packages_under_others"]
    assert isinstance(others, Observation)
    assert others.missed == "of 1 of 1 packages it is not settled"
    assert isinstance(found["compatible"], Gap)


def test_files_that_state_another_licence_than_their_package_are_a_conflict() -> None:
    files = {
        **WHOLE,
        "lib/package.json": manifest("MIT"),
        "lib/src/a.c": GPL_NOTICE,
        "lib/vendor/x/b.c": GPL_NOTICE,
        "lib/test/c.c": GPL_NOTICE,
    }

    found, rows = looked(files)

    row = rows["lib"]
    assert (row["declared"], row["text"], row["concluded"]) == ("MIT", "", "MIT")
    assert (row["stated"], row["vendored"]) == ("GPL-2.0-only (1)",) * 2
    assert notes(found["packages_in_conflict"]) == [
        ("lib/package.json", "1 file of it states GPL-2.0-only (lib/src/a.c:2)")
    ]


def test_a_manifest_that_names_the_licence_of_the_whole_vaguely_agrees_with_it() -> (
    None
):
    vague = manifest("CC0 <https://example.org/LICENSE>")

    found, rows = looked(
        {"LICENSE": CC0, "package.json": manifest("CC0-1.0"), "lib/package.json": vague}
    )

    assert (rows["lib"]["concluded"], rows["lib"]["basis"]) == ("CC0-1.0", "project")
    assert value(found["packages_undetermined"]) == 0


def test_what_is_in_the_public_domain_contradicts_no_package() -> None:
    files = {
        **WHOLE,
        "lib/package.json": manifest("MIT"),
        "lib/a.c": "// in the public domain by licence\n",
    }

    found, rows = looked(files)

    assert rows["lib"]["stated"] == "LicenseRef-scancode-public-domain (1)"
    assert value(found["packages_in_conflict"]) == 0


def test_a_file_belongs_to_the_innermost_package() -> None:
    files = {
        **WHOLE,
        "a/package.json": manifest("ISC"),
        "a/x.c": "1\n",
        "a/b/package.json": manifest(),
        "a/b/c/y.c": GPL_NOTICE,
    }

    _, rows = looked(files)

    assert (rows["a"]["files"], rows["a/b"]["files"]) == ("2", "2")
    assert (rows["a"]["stated"], rows["a/b"]["stated"]) == ("", "GPL-2.0-only (1)")
    assert rows["a/b"]["basis"] == "package around it"
    assert rows["a/b"]["concluded"] == "ISC"


def test_without_packages_there_is_nothing_to_ask_about_them() -> None:
    found, rows = looked(WHOLE)

    assert rows == {}
    assert value(found["packages"]) == 0
    assert isinstance(found["packages_in_conflict"], Inapplicable)


def test_words_that_nobody_read_leave_it_open_whether_files_agree() -> None:
    slow = "/* This slow file is\n * under the GPL licence */\n"

    found, _ = looked({**WHOLE, "lib/package.json": manifest("MIT"), "lib/a.c": slow})

    answer = found["packages_in_conflict"]
    assert isinstance(answer, Gap)
    assert answer.why == "1 of 1 packages hold words about licences that nobody read"


def test_packages_beyond_those_that_are_read_are_not_said_to_agree() -> None:
    many = {f"p{n}/package.json": manifest("MIT") for n in range(MOST_MANIFESTS + 1)}

    found, _ = looked({"LICENSE": MIT, **many})

    number = found["packages"]
    assert isinstance(number, Observation)
    assert (number.value, bool(number.missed)) == (MOST_MANIFESTS, True)
    assert isinstance(found["packages_in_conflict"], Gap)


def test_where_manifests_were_left_unread_no_package_is_no_answer() -> None:
    whole = replace(whole_of(DictTree({}), ""), manifests=MOST_MANIFESTS)

    number, *others = package_answers.answers((), whole)

    assert isinstance(number, Observation)
    assert number.missed
    assert others
    assert all(isinstance(answer, Gap) for answer in others)
