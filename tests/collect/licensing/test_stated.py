# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What the files of a tree state, what follows from it, and what stays open."""

from dataclasses import replace

import pytest

from ossay.collect import gather
from ossay.collect.licensing import COLLECTOR
from ossay.collect.licensing.curations import BY_PERSON
from ossay.collect.licensing.files_table import COLUMNS
from ossay.collect.licensing.recognition.findings import Statement
from ossay.collect.licensing.stating import HEAD_LINES, counts, is_within
from ossay.model.evidence import Answered, Gap, Inapplicable, Observation
from ossay.model.licences import Recogniser, Speech
from tests.collect.licensing.recognition.recognisers import Phrases
from tests.collect.licensing.texts import MIT
from tests.collect.trees import DictTree, given

Files = dict[str, str]

GPL_NOTICE = "/* This file is\n * under the GPL licence\n */\n"
# REUSE-IgnoreStart
TAGGED = "# SPDX-License-Identifier: MIT\n"
# REUSE-IgnoreEnd


def looked(
    files: Files, recogniser: Recogniser | None
) -> tuple[dict[str, Answered], dict[str, dict[str, str]]]:
    """Return the answers by fact, and the rows of the table by path."""
    asked = replace(given(DictTree(files)), recogniser=recogniser)
    answers, [table, *_] = gather(COLLECTOR, asked)
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in table.rows]
    return (
        {a.fact.removeprefix("licensing."): a for a in answers},
        {row["path"]: row for row in rows},
    )


def read(files: Files) -> dict[str, Answered]:
    return looked(files, Phrases())[0]


def value(answer: Answered) -> object:
    assert isinstance(answer, Observation), answer
    return answer.value


def places(answer: Answered) -> list[tuple[str, int]]:
    assert not isinstance(answer, Inapplicable)
    return [(item.subject, item.line) for item in answer.items]


def test_a_file_under_another_licence_than_the_whole_is_named_with_its_line() -> None:
    found = read({"LICENSE": MIT, "a.py": TAGGED, "src/b.c": GPL_NOTICE})

    assert value(found["stated_licences"]) == ("GPL-2.0-only", "MIT")
    assert value(found["stated_matches_concluded"]) is False
    assert places(found["stated_matches_concluded"]) == [("src/b.c", 2)]


def test_a_tag_is_found_again_however_it_is_written() -> None:
    # REUSE-IgnoreStart
    tag = "# SPDX-License-Identifier: MIT AND ISC\n"
    # REUSE-IgnoreEnd
    found = read({"LICENSE": MIT, "a.py": f"#\n{tag}"})

    assert value(found["stated_licences"]) == ("ISC AND MIT",)
    assert places(found["stated_matches_concluded"]) == [("a.py", 2)]


def test_the_list_of_compatible_licences_is_quoted_with_its_date() -> None:
    found = read({"LICENSE": MIT, "src/b.c": GPL_NOTICE})

    assert value(found["compatible"]) is False
    assert value(found["incompatible_licences"]) == ("GPL-2.0-only",)
    against = found["incompatible_licences"]
    assert isinstance(against, Observation)
    [item] = against.items
    assert "the list says 'No' (OSADL's list of 20" in item.note


def test_what_the_list_does_not_say_is_open_and_not_compatible() -> None:
    city = "/* This is\n * under the city licence\n */\n"

    found = read({"LICENSE": MIT, "a.c": city})

    assert isinstance(found["compatible"], Gap)
    assert value(found["incompatible_licences"]) == ()
    assert value(found["undetermined_licences"]) == ("LicenseRef-scancode-city",)
    assert value(found["unlisted_licences"]) == ("LicenseRef-scancode-city",)


def test_a_licence_goes_together_with_itself() -> None:
    found = read({"LICENSE": MIT, "a.py": TAGGED, "b.py": "pass\n"})

    assert value(found["compatible"]) is True
    assert value(found["stated_matches_concluded"]) is True


def test_a_text_that_says_no_version_is_the_licence_that_files_name_in_full() -> None:
    notice = "/* under the GPL licence */\n"
    manifest = '{"license": "GPL-2.0"}'

    found = read({"package.json": manifest, "a.c": notice})

    assert value(found["concluded_licence"]) == "GPL-2.0"
    assert value(found["compatible"]) is True
    assert value(found["stated_matches_concluded"]) is True


def test_vendored_code_is_named_as_such_and_is_held_against_the_whole() -> None:
    files = {
        "LICENSE": MIT,
        "a.py": TAGGED,
        "vendor/x/LICENSE": MIT.replace("City", "Town"),
        "vendor/x/x.c": "int x;\n",
        "vendor/y/y.c": GPL_NOTICE,
        "vendor/z/z.c": "int z;\n",
    }

    found, rows = looked(files, Phrases())

    assert value(found["stated_licences"]) == ("MIT",)
    assert value(found["stated_matches_concluded"]) is True
    assert set(value(found["licences_of_others"])) == {  # type: ignore[call-overload]
        "GPL-2.0-only",
        "MIT",
        "no licence found",
    }
    assert value(found["incompatible_licences"]) == ("GPL-2.0-only",)
    assert (rows["vendor/x/x.c"]["concluded"], rows["vendor/x/x.c"]["basis"]) == (
        "MIT",
        "licence file",
    )
    assert rows["vendor/z/z.c"]["basis"] == "none"


def test_a_licence_file_that_nobody_recognised_is_not_taken_for_none() -> None:
    city = "Whoever asks the city in writing may use this licence as agreed.\n" * 9
    files = {"LICENSE": MIT, "vendor/x/LICENSE": city, "vendor/x/x.c": "int x;\n"}

    found, rows = looked(files, Phrases())

    why = "1 file lies under a licence that was not made out (vendor/x/LICENSE)"
    for fact in ("compatible", "network_copyleft"):
        answer = found[fact]
        assert isinstance(answer, Gap)
        assert why in answer.why
    assert value(found["licences_of_others"]) == ("licence not made out",)
    assert rows["vendor/x/x.c"]["concluded"] == ""


def test_manifests_that_disagree_leave_it_open_what_goes_together() -> None:
    files = {
        "LICENSE": MIT,
        "package.json": '{"license": "MIT"}',
        "lib/package.json": '{"license": "ISC"}',
        "lib/composer.json": '{"license": "GPL-2.0-only"}',
        "lib/a.js": "let x;\n",
    }

    found = read(files)

    assert isinstance(found["compatible"], Gap)


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "po/de.po",
        "bom.csv",
        "texts.json",
        "tests/test_it.py",
        "examples/a.py",
        "docs/a.c",
        ".github/a.py",
    ],
)
def test_what_speaks_about_licences_or_is_not_delivered_states_none(path: str) -> None:
    found = read({"LICENSE": MIT, "a.py": TAGGED, path: GPL_NOTICE})

    assert value(found["stated_licences"]) == ("MIT",)
    assert value(found["stated_matches_concluded"]) is True


@pytest.mark.parametrize(
    ("content", "stated"),
    [
        ("# the name of the BSD licence\n", ("BSD-3-Clause",)),
        ("#\n" * HEAD_LINES + "# the name of the BSD licence\n", ()),
        (TAGGED + "\n\nx = 'the name of the BSD licence'\n", ("MIT",)),
        ("#\n" * HEAD_LINES + "# it is under the zlib licence\n", ("Zlib",)),
        (TAGGED + "#\n" * HEAD_LINES + "x = 'under the zlib licence'\n", ("MIT",)),
        (TAGGED + "# partly under the zlib licence\n", ("MIT", "Zlib")),
        ("# there is no warranty of licence\n", ()),
        ("# under some GPL licence\n# under the GPL licence\n", ("GPL-2.0-only",)),
        ("# see LICENSE for more\n", ()),
    ],
)
def test_a_name_counts_in_the_head_of_a_file_and_a_notice_anywhere(
    content: str, stated: tuple[str, ...]
) -> None:
    found = read({"LICENSE": MIT, "a.py": content})

    assert value(found["stated_licences"]) == stated


def test_a_reference_to_no_file_names_a_licence_that_nobody_knows() -> None:
    text = "# under the zlib licence\n# see LICENSE for more\n"

    known = read({"LICENSE": MIT, "a.py": text})
    unknown = read({"a.py": text})

    assert value(known["unlisted_licences"]) == ()
    assert value(unknown["stated_licences"]) == ("Zlib",)


def test_tag_and_notice_that_differ_are_both_taken_to_hold() -> None:
    _, rows = looked({"LICENSE": MIT, "a.c": TAGGED + GPL_NOTICE}, Phrases())

    row = rows["a.c"]
    assert row["licences"] == "MIT"
    assert (row["stated"], row["lines"], row["by"]) == (
        "GPL-2.0-only",
        "3",
        "rule-GPL-2.0-only",
    )
    assert (row["concluded"], row["basis"]) == (
        "GPL-2.0-only AND MIT",
        "annotated and stated",
    )


def test_a_package_inside_has_the_licence_of_its_manifest() -> None:
    manifest = '{"name": "p", "license": "ISC"}'
    files = {"LICENSE": MIT, "p/package.json": manifest, "p/src/a.js": "1\n"}

    found, rows = looked(files, Phrases())

    assert value(found["licences_of_packages"]) == ("ISC",)
    assert places(found["licences_of_packages"]) == [("p/package.json", 1)]
    assert (rows["p/src/a.js"]["concluded"], rows["p/src/a.js"]["basis"]) == (
        "ISC",
        "package",
    )


def test_a_licence_text_is_named_where_it_is_and_states_nothing_for_others() -> None:
    found, rows = looked({"LICENSE": MIT, "a.py": "pass\n"}, Phrases())

    assert rows["LICENSE"]["stated"] == "MIT"
    assert (rows["LICENSE"]["concluded"], rows["LICENSE"]["basis"]) == ("", "none")
    assert value(found["stated_licences"]) == ()
    assert rows["a.py"]["basis"] == "project"


def test_files_that_no_licence_covers_are_counted() -> None:
    found = read({"a.py": TAGGED, "b.py": "pass\n", "README.md": "# It\n"})

    assert value(found["files_without_any_licence"]) == 1
    assert places(found["files_without_any_licence"]) == [("b.py", 0)]


@pytest.mark.parametrize("of_whole", [True, False])
def test_a_licence_that_may_ask_for_the_source_is_found_wherever_it_is(
    *, of_whole: bool
) -> None:
    agpl = "/* under the AGPL licence */\n"
    manifest = '{"license": "AGPL-3.0-or-later"}'

    found = read(
        {"package.json": manifest}
        if of_whole
        else {"LICENSE": MIT, "vendor/a/a.c": agpl}
    )

    assert value(found["network_copyleft"]) is True


OPEN = (
    "stated_licences",
    "distinct_licences",
    "unlisted_licences",
    "licences_not_osi_approved",
    "incompatible_licences",
    "undetermined_licences",
)


@pytest.mark.parametrize("recogniser", [None, Phrases()])
def test_what_nobody_read_is_never_taken_for_nothing(
    recogniser: Recogniser | None,
) -> None:
    slow = "/* This slow file is\n * under the GPL licence */\n"

    found, rows = looked({"LICENSE": MIT, "a.py": TAGGED, "b.c": slow}, recogniser)

    for fact in OPEN:
        answer = found[fact]
        assert isinstance(answer, Observation)
        assert "1 file holds words about licences that nobody read" in answer.missed
    for fact in ("stated_matches_concluded", "compatible", "network_copyleft"):
        assert isinstance(found[fact], Gap), fact
    assert value(found["undetermined_files"]) == 1
    assert places(found["undetermined_files"]) == [("b.c", 1)]
    assert rows["b.c"]["open"]
    assert value(found["notices_read"]) is (recogniser is not None)


def test_what_tags_settle_needs_no_recogniser() -> None:
    found = looked({"LICENSE": MIT, "a.py": TAGGED}, None)[0]

    assert value(found["stated_licences"]) == ("MIT",)
    assert value(found["stated_matches_concluded"]) is True
    assert value(found["undetermined_files"]) == 0
    assert value(found["notices_read"]) is False


@pytest.mark.parametrize(
    ("stated", "whole", "is_text", "within"),
    [
        ("MIT", "MIT OR Apache-2.0", False, True),
        ("GPL-2.0-or-later", "GPL-2.0-only", False, False),
        ("GPL-2.0-or-later", "GPL-2.0", False, True),
        ("GPL-2.0-or-later", "GPL-2.0-only", True, True),
        ("GPL-1.0-or-later", "GPL-3.0-only", False, True),
        ("GPL-1.0-or-later", "MIT", False, False),
        ("MIT AND ISC", "MIT", False, False),
        ("no expression (", "MIT", False, False),
    ],
)
def test_a_statement_is_within_the_whole_where_all_its_licences_are(
    stated: str,
    whole: str,
    is_text: bool,
    within: bool,
) -> None:
    assert is_within(stated, whole, is_text=is_text) is within


def test_what_a_person_says_of_a_passage_counts_wherever_it_stands() -> None:
    said = Statement(
        expression="ISC",
        speech=Speech.REFERENCE,
        first_line=HEAD_LINES + 1,
        last_line=HEAD_LINES + 1,
        by=f"{BY_PERSON} a.diallo, 2026-03-03: the author said so",
    )

    assert counts(said, is_tagged=True, is_prose=True)
    assert not counts(replace(said, by="a rule"), is_tagged=False, is_prose=True)
