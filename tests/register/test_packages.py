# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""An advisory finds the snapshots that have a component without looking at them."""

from dataclasses import replace

from ossay.codec import digest_of, to_json
from ossay.model.collector import Table
from ossay.model.digest import Digest
from ossay.model.evidence import Annex
from ossay.register import Register
from tests.register.values import TABLE, evidence

COLUMNS = ("purl", "ecosystem", "name", "version", "scope")


def file_with(
    register: Register, commit: str, *components: tuple[str, str, str]
) -> Digest:
    """File evidence of a snapshot with *components*; return the snapshot's digest."""
    rows = tuple((f"pkg:{e}/{n}@{v}", e, n, v, "runtime") for e, n, v in components)
    table = Table(name="components", columns=COLUMNS, rows=rows)
    digest = register.artefacts.put(to_json(table))
    annex = Annex(
        name="components",
        digest=digest,
        media_type="application/json",
        rows=len(rows),
    )
    about = evidence()
    snapshot = replace(about.snapshot, commit=commit)
    register.file(replace(about, snapshot=snapshot, annexes=(annex,)))
    return digest_of(snapshot)


def test_snapshots_are_found_by_component_and_version(register: Register) -> None:
    one = file_with(register, "a" * 40, ("pypi", "Django", "4.1"), ("npm", "x", "1.0"))
    two = file_with(register, "b" * 40, ("pypi", "django", "4.1"))
    three = file_with(register, "c" * 40, ("pypi", "django", "5.2"))

    assert register.snapshots_with(("pypi", "django")) == {
        "4.1": tuple(sorted((one, two))),
        "5.2": (three,),
    }
    assert register.snapshots_with(("npm", "x")) == {"1.0": (one,)}
    assert register.snapshots_with(("npm", "django")) == {}


def test_a_component_without_a_version_is_found_too(register: Register) -> None:
    one = file_with(register, "a" * 40, ("maven", "org.example:core", ""))

    assert register.snapshots_with(("maven", "org.example:core")) == {"": (one,)}


def test_filing_the_same_evidence_again_adds_nothing(register: Register) -> None:
    for _ in range(2):
        one = file_with(register, "a" * 40, ("npm", "x", "1.0"), ("npm", "x", "1.0"))

    assert register.snapshots_with(("npm", "x")) == {"1.0": (one,)}


def test_other_tables_do_not_count_as_components(register: Register) -> None:
    register.artefacts.put(TABLE)
    register.file(evidence())

    assert register.snapshots_with(("pypi", "a.py")) == {}
