# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Licence texts are recognised, and words beside them are noticed."""

import pytest

from ossay.codec import from_json, to_json
from ossay.collect.licensing.texts import LicenceText, text_in
from tests.collect.licensing.texts import CC0, CC_BY, EUPL, MIT, RIDER


@pytest.mark.parametrize(
    ("text", "identifier"),
    [(MIT, "MIT"), (EUPL, "EUPL-1.2"), (CC0, "CC0-1.0"), (CC_BY, "CC-BY-4.0")],
)
def test_a_licence_is_known_by_its_text(text: str, identifier: str) -> None:
    found = text_in(text.encode())

    assert found.texts == (identifier,)
    assert found.is_known


def test_several_licences_in_one_file_are_all_found() -> None:
    found = text_in(f"{MIT}\n\n{CC0}".encode())

    assert found.texts == ("CC0-1.0", "MIT")


def test_words_that_are_in_no_licence_are_counted() -> None:
    found = text_in(f"{MIT}\n{RIDER}".encode())

    assert found.texts == ("MIT",)
    assert not found.is_known
    assert found.other_words > 30
    assert found.other_line == MIT.count("\n") + 3


def test_a_licence_named_by_its_address_is_no_text() -> None:
    found = text_in(b"See https://www.apache.org/licenses/LICENSE-2.0 for the terms.")

    assert found.texts == ()
    assert found.addresses == ("Apache-2.0",)


@pytest.mark.parametrize(
    "text", ["All rights reserved.", "Разрешается использовать программу.", ""]
)
def test_a_text_that_is_not_known_is_not_guessed(text: str) -> None:
    found = text_in(text.encode())

    assert found.texts == ()
    assert not found.is_known


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_the_encoding_does_not_matter(encoding: str) -> None:
    text = MIT.replace("City of", "Stadt Köln, ehemals").replace("\n", "\r\n")

    assert text_in(text.encode(encoding)).texts == ("MIT",)


def test_what_is_no_text_is_said_to_be_none() -> None:
    assert text_in(b"%PDF-1.7\n\0\x01\x02").why_not == "it is no plain text"


def test_a_pointer_of_git_lfs_is_known_for_one() -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 5\n"

    assert "Git LFS" in text_in(pointer).why_not


def test_the_answer_can_be_kept() -> None:
    found = text_in(f"{MIT}{RIDER}".encode())

    assert from_json(LicenceText, to_json(found)) == found
