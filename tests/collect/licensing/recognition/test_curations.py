# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What a person says of a passage holds wherever it stands, and says who said it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from ossay.collect.licensing.curations import (
    WITHDRAWN,
    CurationRefused,
    Curations,
    checked,
    in_force,
)
from ossay.collect.licensing.recognition.files import recognise
from ossay.collect.licensing.recognition.findings import FileFinding
from ossay.collect.licensing.recognition.fragments import MOST_FRAGMENTS
from ossay.collect.licensing.recognition.questions import NO_RECOGNISER
from ossay.model.licences import Speech
from ossay.model.people import Curation
from tests.collect.licensing.recognition.recognisers import Phrases
from tests.collect.licensing.texts import MIT
from tests.collect.trees import DictTree

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TODAY = NOON.date()

SAID = Curation(
    key="0" * 32,
    expression="ISC",
    because="the author wrote so in a letter",
    curated_by="a.diallo",
    curated_at=NOON,
)
BY = "curation by a.diallo, 2026-03-01: the author wrote so in a letter"

# REUSE-IgnoreStart
OWN = "// Licence: whoever finds a fault may use this as they like.\n"
ZLIB = "// This file is under the zlib licence, as all of it.\n"
CODE = "int x;\n" * 20
TAG = "SPDX-License-Identifier:"
# REUSE-IgnoreEnd


def known(
    files: dict[str, str], *said: Curation, on: date = TODAY
) -> dict[str, FileFinding]:
    """Return what is known of *files* where people *said* something."""
    found = recognise(DictTree(files), Phrases(), curations=in_force(said, on))
    return {one.path: one for one in found}


def key_in(text: str) -> str:
    """Return the key of the one passage in *text*."""
    [one] = recognise(DictTree({"a.c": text}))
    [left] = one.open
    return left.key


def stated(one: FileFinding) -> list[tuple[str, str]]:
    return [(s.expression, s.by) for s in one.statements]


def test_a_curation_settles_what_is_open_wherever_the_passage_recurs() -> None:
    said = replace(SAID, key=key_in(OWN))
    here = {"a.c": CODE + OWN, "b/c.py": OWN.replace("//", "#") + "x = 1\n" * 9}
    elsewhere = {"lib/z.c": "/* Copyright 2020 A */\n" + OWN}

    for files in (here, elsewhere):
        alone = recognise(DictTree(files))
        settled = recognise(DictTree(files), curations=in_force([said], TODAY))

        assert [one.open[0].why for one in alone] == [NO_RECOGNISER] * len(files)
        assert all(stated(one) == [("ISC", BY)] for one in settled)
        assert not any(one.open for one in settled)
        assert [one.curated[0].why_open for one in settled] == [NO_RECOGNISER] * len(
            files
        )


def test_the_lines_are_those_of_the_file() -> None:
    said = replace(SAID, key=key_in(OWN))

    [statement] = known({"a.c": CODE + OWN}, said)["a.c"].statements

    assert (statement.first_line, statement.last_line) == (21, 21)
    assert (statement.key, statement.speech) == (said.key, Speech.NOTICE)


def test_a_curation_overrules_the_recogniser_whose_word_stays_beside() -> None:
    said = replace(SAID, key=key_in(ZLIB))

    one = known({"a.c": ZLIB}, said)["a.c"]

    assert stated(one) == [("ISC", BY)]
    [curated] = one.curated
    assert [(s.expression, s.by) for s in curated.overruled] == [("Zlib", "rule-Zlib")]
    assert curated.curation == said
    assert curated.why_open == ""


def test_a_passage_that_a_person_says_states_nothing_states_nothing() -> None:
    said = replace(SAID, key=key_in(ZLIB), expression="NONE")

    one = known({"a.c": ZLIB}, said)["a.c"]

    assert not one.statements
    assert not one.open
    assert [s.expression for s in one.curated[0].overruled] == ["Zlib"]


def test_other_passages_and_tags_are_told_as_before() -> None:
    said = replace(SAID, key=key_in(OWN))

    one = known({"a.c": f"// {TAG} MIT\n{CODE}{OWN}{CODE}{ZLIB}"}, said)["a.c"]

    assert [s.expression for s in one.statements] == ["MIT", "ISC", "Zlib"]
    assert len(one.curated) == 1


def test_a_curated_passage_leaves_no_doubt_about_the_whole_file() -> None:
    text = "// a doubtful licence of some words\n"
    code = "int x;\n" * 40
    files = {"a.c": text + code}
    asked, settled = Phrases(), Phrases()
    said = replace(SAID, key=key_in(text))

    recognise(DictTree(files), asked)
    recognise(DictTree(files), settled, curations=in_force([said], TODAY))

    assert any("int x" in words for words in asked.asked)
    assert not any("int x" in words for words in settled.asked)


def test_what_all_of_a_file_states_goes_by_the_name_of_its_blob() -> None:
    text = "You may do as you like.\n" + "\n" * 9 + "Be it under the ISC licence.\n"
    text += "word\n\n" * 40
    files = {"COPYING": text, "sub/COPYING": text, "a.c": ZLIB}
    [statement] = known(files)["COPYING"].statements
    said = replace(SAID, key=statement.key, expression="Zlib OR ISC")

    found = known(files, said)

    assert len(statement.key) == 40
    for path in ("COPYING", "sub/COPYING"):
        assert [s.expression for s in found[path].statements] == ["Zlib OR ISC"]
        assert [s.expression for s in found[path].curated[0].overruled] == ["ISC"]
    assert [s.expression for s in found["a.c"].statements] == ["Zlib"]


def test_a_passage_within_a_file_that_is_read_whole_goes_by_its_key() -> None:
    code = "int x;\n" * 60
    doubt = "// a doubtful licence\n"
    said = replace(SAID, key=key_in(ZLIB))

    one = known({"a.c": f"{doubt}{code}{ZLIB}"}, said)["a.c"]

    assert stated(one) == [("ISC", BY)]
    assert [s.expression for s in one.curated[0].overruled] == ["Zlib"]


def test_a_person_who_reads_all_of_a_file_settles_what_was_too_much_to_read() -> None:
    passage = "// licence number {}\n" + "int x;\n" * 12
    text = "".join(passage.format(n) for n in range(MOST_FRAGMENTS + 5))
    tree = DictTree({"a.c": text})
    [entry] = tree.entries()
    said = replace(SAID, key=entry.oid)

    [before] = recognise(tree, Phrases())
    [after] = recognise(tree, Phrases(), curations=in_force([said], TODAY))

    assert before.unread
    assert not after.unread
    assert stated(after) == [("ISC", BY)]


def test_a_licence_text_can_be_curated() -> None:
    files = {"LICENSE": MIT}
    [statement] = known(files)["LICENSE"].statements
    said = replace(SAID, key=statement.key, expression="MIT OR ISC")

    assert stated(known(files, said)["LICENSE"]) == [("MIT OR ISC", BY)]


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ((SAID,), "ISC"),
        ((SAID, replace(SAID, expression="MIT", curated_by="b.okoro")), "MIT"),
        ((SAID, replace(SAID, expression=WITHDRAWN)), None),
        ((replace(SAID, holds_until=date(2026, 2, 28)),), None),
        ((replace(SAID, holds_until=TODAY),), "ISC"),
        # What was set aside does not come back by itself.
        ((SAID, replace(SAID, expression="MIT", holds_until=date(2026, 2, 1))), None),
        ((SAID, replace(SAID, expression=WITHDRAWN), SAID), "ISC"),
    ],
)
def test_the_last_word_on_a_passage_counts_while_it_holds(
    said: tuple[Curation, ...], stands: str | None
) -> None:
    held: Curations = in_force(said, TODAY)

    assert [one.expression for one in held.values()] == ([stands] if stands else [])


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"expression": "GPL for ever"}, "expected an SPDX expression, or NONE"),
        ({"expression": "NoSuch-1.0"}, "neither on the SPDX list nor a LicenseRef-"),
        ({"expression": ""}, "it has 0 characters"),
        ({"because": " \n"}, "without a reason"),
        ({"because": "x" * 2_001}, "in 1 to 2,000 characters"),
        ({"curated_by": ""}, "expected an id without spaces"),
        ({"curated_by": "Ada Diallo"}, "expected an id without spaces"),
        ({"curated_by": "ada@office.example"}, "cannot take an e-mail address for"),
        ({"key": "LICENSE"}, "no passage has the key 'LICENSE'"),
        ({"holds_until": date(2026, 2, 28)}, "expected a day that is not over"),
    ],
)
def test_what_cannot_be_meant_is_refused(wrong: dict[str, str], says: str) -> None:
    with pytest.raises(CurationRefused, match=says) as error:
        checked(replace(SAID, **wrong))  # type: ignore[arg-type] # wrong on purpose

    assert error.value.status == 2
    assert "ada@" not in str(error.value)


def test_what_is_said_is_kept_as_spdx_writes_it_and_on_one_line() -> None:
    said = replace(SAID, expression="mit or (ISC)", because="a\n  letter")

    kept = checked(said)

    assert kept.expression == "ISC OR MIT"
    assert kept.because == "a letter"
    assert checked(replace(SAID, expression="NONE")).expression == "NONE"
    assert checked(replace(SAID, expression="LicenseRef-own")).expression
