# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
import os
from pathlib import Path

import pytest

from ossay.codec import digest_of_bytes
from ossay.register import Register
from ossay.register.database import Database

ONE, TWO = digest_of_bytes(b"version 1"), digest_of_bytes(b"version 2")


def _oids(count: int, length: int = 20) -> list[str]:
    return [os.urandom(length).hex() for _ in range(count)]


@pytest.mark.parametrize(
    "facts",
    [b"[]", b"", b"x", b"\x78\x9c no stream", b'{"a":1}' * 1_000, os.urandom(5_000)],
)
def test_facts_come_back_as_they_were(register: Register, facts: bytes) -> None:
    [oid] = _oids(1)

    register.blob_facts.keep("licences", ONE, {oid: facts})

    assert register.blob_facts.known("licences", ONE, [oid]) == {oid: facts}


def test_only_what_was_asked_for_and_is_kept_is_known(register: Register) -> None:
    kept, other, unknown = _oids(3)
    register.blob_facts.keep("licences", ONE, {kept: b"1", other: b"2"})

    known = register.blob_facts.known("licences", ONE, [unknown, kept, kept])

    assert known == {kept: b"1"}


@pytest.mark.parametrize("count", [0, 1, 999, 1_000, 1_001, 5_003])
def test_any_number_of_blobs_can_be_asked_for(register: Register, count: int) -> None:
    facts = {oid: oid.encode() for oid in _oids(count)}
    register.blob_facts.keep("licences", ONE, facts)

    assert register.blob_facts.known("licences", ONE, facts) == facts


def test_names_of_all_hash_functions_live_side_by_side(register: Register) -> None:
    """Blobs go by SHA-1 or SHA-256, passages of them by BLAKE2b-128."""
    lengths = (20, 32, 16)
    facts = dict.fromkeys((name for n in lengths for name in _oids(20, n)), b"[]")
    register.blob_facts.keep("licences", ONE, facts)

    assert register.blob_facts.known("licences", ONE, facts) == facts


@pytest.mark.parametrize("asked", [("licences", TWO), ("links", ONE)])
def test_another_scanner_or_version_knows_nothing(
    register: Register, asked: tuple[str, object]
) -> None:
    [oid] = _oids(1)
    register.blob_facts.keep("licences", ONE, {oid: b"[]"})

    assert register.blob_facts.known(*asked, [oid]) == {}  # type: ignore[arg-type]


def test_the_first_facts_of_a_blob_stand(register: Register) -> None:
    old, new = _oids(2)
    register.blob_facts.keep("licences", ONE, {old: b"1"})

    register.blob_facts.keep("licences", ONE, {old: b"2", new: b"2"})

    known = register.blob_facts.known("licences", ONE, [old, new])
    assert known == {old: b"1", new: b"2"}


def test_they_are_there_for_the_next_run(home: Path) -> None:
    [oid] = _oids(1)
    with Register.open(home) as register:
        register.blob_facts.keep("licences", ONE, {oid: b"[]"})

    with Register.open(home) as register:
        assert register.blob_facts.known("licences", ONE, [oid]) == {oid: b"[]"}


def test_a_blob_takes_little_more_room_than_its_name_and_facts(home: Path) -> None:
    facts = dict.fromkeys(_oids(5000), b"x" * 100)

    with Register.open(home) as register:
        register.blob_facts.keep("licences", ONE, facts)

    database = Database(home / "register.db")
    with database.reading() as connection:
        [pages] = connection.execute("PRAGMA page_count").fetchone()
    assert pages * 4_096 / len(facts) < 2 * (20 + 100)
