# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ossay.codec import digest_of, digest_of_bytes
from ossay.model.candidate import Candidate
from ossay.model.evidence import Evidence, Observation
from ossay.model.judgement import Judgement
from ossay.model.people import Adoption, Answer, Decision, Waiver
from ossay.model.policy import PolicyPack
from ossay.model.snapshot import Snapshot
from ossay.register import NotFiled, Register
from tests.register import values
from tests.register.values import NOON, TABLE, later

NOTHING = digest_of_bytes(b"never filed")


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (values.CANDIDATE, Candidate),
        (values.snapshot(), Snapshot),
        (values.evidence(), Evidence),
        (values.PACK, PolicyPack),
        (values.judgement(), Judgement),
        ((values.ANSWER,), tuple[Answer, ...]),
        ((), tuple[Waiver, ...]),
        ((values.WAIVER, values.WAIVER), tuple[Waiver, ...]),
    ],
)
def test_a_value_is_filed_under_its_digest_and_read_back(
    register: Register, value: Any, kind: Any
) -> None:
    register.artefacts.put(TABLE)

    filed = register.file(value, kind)

    assert filed.digest == digest_of(value, kind)
    assert filed.value == value
    assert register.load(kind, filed.digest) == value


def test_a_value_is_there_for_the_next_run(home: Path) -> None:
    with Register.open(home) as register:
        filed = register.file(values.judgement())

    with Register.open(home) as register:
        assert register.load(Judgement, filed.digest) == filed.value


def test_a_whole_number_is_the_same_kind_for_who_filed_it_and_the_next(
    register: Register,
) -> None:
    """Written as 1, a share of 1.0 comes back as 1."""
    register.artefacts.put(TABLE)
    share = Observation(fact="t.share", value=1.0)

    filed = register.file(replace(values.evidence(), observed=(share,)))

    [read] = register.load(Evidence, filed.digest).observed
    assert repr(read) == repr(replace(share, value=1))


def test_the_first_clock_reading_stands(register: Register) -> None:
    first = register.file(values.snapshot(taken_at=NOON))

    again = register.file(values.snapshot(taken_at=later(NOON)))

    assert again == first
    assert register.load(Snapshot, first.digest).taken_at == NOON


def test_filing_again_writes_no_artefact(register: Register, home: Path) -> None:
    register.artefacts.put(TABLE)
    register.file(values.evidence(collected_at=NOON))
    before = sorted((home / "artefacts").rglob("*"))

    register.file(values.evidence(collected_at=later(NOON)))

    assert sorted((home / "artefacts").rglob("*")) == before


def test_a_kind_is_part_of_the_name(register: Register) -> None:
    digest = register.file((), tuple[Answer, ...]).digest

    with pytest.raises(NotFiled, match="no tuple of Waiver is filed under"):
        register.load(tuple[Waiver, ...], digest)


def test_what_was_never_filed_is_not_read_as_nothing(register: Register) -> None:
    with pytest.raises(NotFiled, match=f"no Evidence is filed under {NOTHING}"):
        register.load(Evidence, NOTHING)


def test_evidence_needs_its_annexes_kept_first(register: Register) -> None:
    with pytest.raises(NotFiled, match="annex 'files'"):
        register.file(values.evidence())


def test_a_lost_artefact_is_made_again_by_filing_the_value(
    register: Register, home: Path
) -> None:
    filed = register.file(values.snapshot(taken_at=NOON))
    for file in (home / "artefacts").glob("??/*"):
        file.unlink()

    register.file(values.snapshot(taken_at=later(NOON)))

    assert register.load(Snapshot, filed.digest).taken_at == later(NOON)


def test_a_decision_and_what_runs_because_of_it_are_values_too(
    register: Register,
) -> None:
    register.file(values.CANDIDATE)
    judged = register.file_judgement(values.CANDIDATE.id, values.judgement())
    decision = values.decision(judged.digest)
    adoption = values.adoption(decision)

    filed = register.record_decision(decision, adoption)

    assert register.load(Decision, filed.digest) == decision
    assert register.load(Adoption, digest_of(adoption)) == adoption
