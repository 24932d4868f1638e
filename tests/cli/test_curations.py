# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A person says what a passage states; it holds wherever the passage stands."""

import json
from pathlib import Path

import pytest

from tests.cases import commit, repository
from tests.cli.conftest import Ossay
from tests.cli.test_bad_input import assert_said

OWN = "// Licence: whoever finds a fault may use this as they like.\n"
CODE = "int x;\n" * 20
WHO = ("--by", "a.diallo", "--because", "the author said so")


@pytest.fixture
def first(tmp_path: Path) -> Path:
    return repository(tmp_path / "first", {"a.c": (CODE + OWN).encode()})


@pytest.fixture
def second(tmp_path: Path) -> Path:
    files = {"deep/b.c": (CODE * 2 + OWN + CODE).encode()}
    return repository(tmp_path / "second", files)


def licences(ossay: Ossay, source: Path, *more: str) -> str:
    said = ossay("licences", source, "--light", *more)
    assert said.status == 0, said.err
    return said.out


def open_key(ossay: Ossay, source: Path) -> str:
    [one] = json.loads(licences(ossay, source, "--json"))
    [left] = one["open"]
    return str(left["key"])


def test_a_passage_that_is_open_is_found_read_and_settled_in_two_repositories(
    ossay: Ossay, first: Path, second: Path
) -> None:
    before = licences(ossay, first, "--files")
    key = before.split("key ")[1].strip()
    text = licences(ossay, first, "--passage", key)

    said = ossay("curations", "add", key, "isc", *WHO)

    assert "line 21: open" in before
    assert text.splitlines() == [f"    21  {OWN.strip()}", "a.c, line 21"]
    assert (said.status, said.out) == (0, f"{key}: ISC\n")
    for source, path, line in ((first, "a.c", 21), (second, "deep/b.c", 41)):
        about, detail = licences(ossay, source, "--files").splitlines()
        assert about == f"{path}: ISC"
        assert detail.startswith(f"    line {line}: ISC by curation by a.diallo, ")
        assert detail.endswith(f": the author said so, key {key}")


def test_it_holds_in_later_revisions_and_its_text_can_still_be_read(
    ossay: Ossay, first: Path
) -> None:
    key = open_key(ossay, first)
    ossay("curations", "add", key, "ISC", *WHO)
    commit(first, {"c/d.c": ("int y;\n" * 9 + OWN).encode()})

    assert "c/d.c: ISC" in licences(ossay, first, "--files")
    assert "c/d.c, line 10" in licences(ossay, first, "--passage", key)


def test_the_later_of_two_people_counts_and_both_stay_on_the_list(
    ossay: Ossay, first: Path
) -> None:
    key = open_key(ossay, first)
    ossay("curations", "add", key, "ISC", *WHO)

    said = ossay("curations", "add", key, "MIT", "--by", "b.okoro", "--because", "no")

    assert "a.c: MIT" in licences(ossay, first, "--files")
    assert "in place of ISC, curation by a.diallo" in said.out
    listed = json.loads(ossay("curations", "list", "--json").out)
    assert [(c["expression"], c["holds"]) for c in listed] == [
        ("ISC", False),
        ("MIT", True),
    ]
    assert "ISC (holds no longer)" in ossay("curations", "list").out


def test_what_was_withdrawn_is_open_again_and_stays_on_the_list(
    ossay: Ossay, first: Path
) -> None:
    key = open_key(ossay, first)
    ossay("curations", "add", key, "ISC", *WHO)

    said = ossay("curations", "withdraw", key, "--by", "b.okoro", "--because", "forged")

    assert said.out.startswith("withdrawn: ISC, curation by a.diallo")
    assert "a.c: states none; no recogniser" in licences(ossay, first, "--files")
    listed = ossay("curations", "list").out
    assert f"{key}  withdrawn" in listed
    assert ": forged" in listed


def test_what_has_lapsed_is_refused(ossay: Ossay) -> None:
    said = ossay("curations", "add", "0" * 32, "ISC", *WHO, "--until", "2020-01-01")

    assert said.status == 2
    assert "expected a day that is not over" in said.err


def test_a_curation_that_is_no_expression(ossay: Ossay) -> None:
    key = "0" * 32

    assert_said(
        ossay("curations", "add", key, "the usual", *WHO),
        2,
        f"cannot take 'the usual' for passage {key}: 'the usual' is no SPDX "
        "expression; expected an SPDX expression, or NONE if it states no licence",
    )


def test_a_curation_without_a_reason(ossay: Ossay) -> None:
    key = "0" * 32

    assert_said(
        ossay("curations", "add", key, "ISC", "--by", "a.diallo", "--because", " "),
        2,
        f"cannot take 'ISC' for passage {key} without a reason; say in 1 to 2,000 "
        "characters what it rests on",
    )
    assert ossay("curations", "list").out == ""


def test_nothing_to_withdraw(ossay: Ossay) -> None:
    key = "0" * 32

    assert_said(
        ossay("curations", "withdraw", key, *WHO),
        2,
        f"cannot withdraw what was said of passage {key}: nothing holds; "
        "'ossay curations list' shows what does",
    )


def test_a_passage_that_is_not_there(ossay: Ossay, first: Path) -> None:
    said = ossay("licences", first, "--light", "--passage", "0" * 32)

    assert said.status == 2
    assert "there is no passage with the key" in said.err
