# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What one searches the register for: candidates, judgements, decisions, memos."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from sqlite3 import IntegrityError

import pytest

from ossay.codec import as_digest, digest_of_bytes
from ossay.model.digest import Digest
from ossay.model.people import Decision
from ossay.register import NoSuchJudgement, NotFiled, Register
from ossay.register.columns import packed
from ossay.register.database import Database
from ossay.register.rows import add_once
from tests.register import values
from tests.register.values import CANDIDATE, TABLE, URL

ID = CANDIDATE.id


@pytest.fixture(autouse=True)
def _asked(register: Register) -> None:
    register.file(CANDIDATE)
    register.artefacts.put(TABLE)


def test_a_candidate_is_known_as_it_was_last_asked_about(register: Register) -> None:
    otherwise = replace(CANDIDATE, need="lend films", packs=("strict",))

    register.file(otherwise)
    assert register.candidate(ID) == otherwise

    register.file(CANDIDATE)
    assert register.candidate(ID) == CANDIDATE


def test_a_candidate_nobody_asked_about_is_unknown(register: Register) -> None:
    with pytest.raises(NotFiled, match="knows no candidate 'nothing-1'"):
        register.candidate("nothing-1")


def test_the_latest_snapshot_is_the_one_seen_last(register: Register) -> None:
    assert register.latest_snapshot(URL) is None

    for commit in "aba":  # a branch that was moved forward and back again
        filed = register.file(values.snapshot(commit))

        assert register.latest_snapshot(URL) == filed

    assert register.latest_snapshot(URL, "docs") is None


def test_evidence_leads_to_its_snapshot(register: Register) -> None:
    evidence = register.file(values.evidence("b"))

    assert register.snapshot_of(evidence.digest).value == values.snapshot("b")
    with pytest.raises(NotFiled):
        register.snapshot_of(digest_of_bytes(b"other"))


def test_the_latest_judgement_is_the_one_filed_last(register: Register) -> None:
    assert register.latest_judgement(ID) is None

    for day in (1, 2, 1):
        judged = values.judgement(date(2026, 3, day))
        filed = register.file_judgement(ID, judged)

        assert register.latest_judgement(ID) == filed


def test_a_judgement_leads_to_what_was_asked_for_then(register: Register) -> None:
    judged = register.file_judgement(ID, values.judgement())

    register.file(replace(CANDIDATE, need="lend films"))

    assert register.candidate_judged(judged.digest) == CANDIDATE


def test_a_judgement_is_of_a_candidate_that_was_asked_about(register: Register) -> None:
    with pytest.raises(NotFiled, match="knows no candidate"):
        register.file_judgement("nothing-1", values.judgement())

    loose = register.file(values.judgement())
    with pytest.raises(NotFiled, match="was filed for no candidate"):
        register.candidate_judged(loose.digest)


@pytest.mark.parametrize("digits", [6, 7, 13, 64])
def test_a_judgement_is_found_by_the_first_digits(
    register: Register, digits: int
) -> None:
    filed = register.file_judgement(ID, values.judgement())

    assert register.judgement(filed.digest[:digits]) == filed
    assert register.judgement(filed.digest[:digits].upper()) == filed


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("abcde", "6 to 64 hexadecimal digits"),
        ("", "6 to 64 hexadecimal digits"),
        ("latest", "6 to 64 hexadecimal digits"),
        ("a" * 65, "6 to 64 hexadecimal digits"),
        ("000000", "holds no judgement whose digest begins with '000000'"),
    ],
)
def test_a_name_that_leads_to_no_judgement_is_refused(
    register: Register, name: str, says: str
) -> None:
    register.file_judgement(ID, values.judgement())

    with pytest.raises(NoSuchJudgement, match=says) as error:
        register.judgement(name)

    assert error.value.status == 2


def test_a_name_that_leads_to_several_judgements_is_refused(
    register: Register, home: Path
) -> None:
    alike = [as_digest("abcdef" + last * 58) for last in "01"]
    beside = {"judged_on": "2026-09-01", "screening": "", "recommendation": ""}
    with Database(home / "register.db").writing() as connection:
        for digest in alike:
            add_once(connection, "judgements", {"digest": packed(digest), **beside})

    with pytest.raises(NoSuchJudgement, match="give more digits"):
        register.judgement("abcdef")


def test_a_memo_is_kept_in_each_language_and_the_newest_is_shown(
    register: Register,
) -> None:
    about = register.file_judgement(ID, values.judgement()).digest
    register.file_memo(values.memo(about, "old"))
    french = register.file_memo(values.memo(about, "Adopter.", "fr"))
    english = register.file_memo(values.memo(about, "Adopt."))

    assert register.memos_of(about) == (english, french)
    assert register.memos_of(digest_of_bytes(b"other")) == ()


def test_the_digest_of_a_memo_is_that_of_the_document(register: Register) -> None:
    about = register.file_judgement(ID, values.judgement()).digest

    filed = register.file_memo(values.memo(about, "Adopté."))

    assert filed.digest == digest_of_bytes("Adopté.".encode())
    assert register.artefacts.get(filed.digest) == "Adopté.".encode()


def test_the_last_answer_and_waiver_of_a_rule_count(register: Register) -> None:
    no = replace(values.ANSWER, value=False)
    why = replace(values.ANSWER, rule_id="ACC-1", value="because")
    longer = replace(values.WAIVER, expires_on=date(2027, 1, 1))

    register.file_answers(ID, (values.ANSWER, why))
    register.file_answers(ID, (no,))
    register.file_waivers(ID, (values.WAIVER,))
    register.file_waivers(ID, (longer,))

    assert register.answers_for(ID) == (why, no)
    assert register.waivers_for(ID) == (longer,)
    assert register.answers_for("nothing-1") == ()


def test_all_that_people_said_of_a_passage_is_kept_in_its_order(
    register: Register,
) -> None:
    otherwise = replace(values.CURATION, expression="MIT", curated_by="officer-9")

    register.file_curations((values.CURATION,))
    register.file_curations((otherwise, otherwise))
    register.file_curations((values.CURATION,))

    said = (values.CURATION, otherwise, values.CURATION)
    assert register.curations() == said


def _decide(
    register: Register, review_on: date, where: str = "City", candidate: str = ID
) -> Decision:
    judged = register.file_judgement(candidate, values.judgement())
    decision = values.decision(judged.digest, review_on)
    adoption = replace(values.adoption(decision, where), candidate_id=candidate)
    register.record_decision(decision, adoption)
    return decision


def test_what_is_due_comes_by_review_date(register: Register) -> None:
    register.file(values.another())
    late = _decide(register, date(2027, 5, 1))
    soon = _decide(register, date(2027, 1, 1), candidate=values.another().id)

    first, second = register.adoptions()

    assert (first.review_on, second.review_on) == (soon.review_on, late.review_on)
    assert register.adoptions(date(2027, 1, 1)) == (first,)
    assert register.adoptions(date(2026, 12, 31)) == ()


def test_a_new_decision_takes_the_place_of_the_old_one(register: Register) -> None:
    _decide(register, date(2027, 1, 1))
    _decide(register, date(2027, 1, 1), where="Village")
    renewed = _decide(register, date(2028, 1, 1))

    assert register.adoption_of(ID) == values.adoption(renewed, "City")
    assert [(a.where, a.review_on.year) for a in register.adoptions()] == [
        ("Village", 2027),
        ("City", 2028),
    ]


def test_the_decision_on_a_judgement_is_the_one_that_was_signed_last(
    register: Register,
) -> None:
    first = _decide(register, date(2027, 1, 1))
    judged = register.file_judgement(ID, values.judgement()).digest
    [signed] = first.signatories
    again = replace(signed, signed_at=values.later(signed.signed_at))
    last = replace(first, signatories=(again,))
    register.record_decision(last)

    assert register.decision_on(judged) == last
    assert register.decision_on(Digest("0" * 64)) is None


def test_recording_an_old_decision_again_changes_nothing(register: Register) -> None:
    _decide(register, date(2027, 1, 1))
    renewed = _decide(register, date(2028, 1, 1))

    _decide(register, date(2027, 1, 1))

    assert register.adoptions() == (values.adoption(renewed, "City"),)


def test_what_is_not_in_service_is_no_adoption(register: Register) -> None:
    judged = register.file_judgement(ID, values.judgement())

    register.record_decision(values.decision(judged.digest))

    with pytest.raises(NotFiled, match="is not in service anywhere"):
        register.adoption_of(ID)


def test_a_decision_and_its_adoption_are_kept_together_or_not_at_all(
    register: Register,
) -> None:
    judged = register.file_judgement(ID, values.judgement())
    decision = values.decision(judged.digest)
    unknown = replace(values.adoption(decision), candidate_id="nothing-1")

    with pytest.raises(IntegrityError):
        register.record_decision(decision, unknown)

    assert register.adoptions() == ()
    with pytest.raises(NotFiled):
        register.load(Decision, values.adoption(decision).decision)


def test_sboms_handed_in_for_a_commit_come_before_those_for_another(
    register: Register,
) -> None:
    one, other = values.snapshot("a"), values.snapshot("b")
    first, second = values.handed("1"), values.handed("2")

    assert register.sboms_for(one) == ("", ())
    register.file_sboms(one, [first])
    assert register.sboms_for(other) == (one.commit, (first,))
    register.file_sboms(other, [second, first])

    assert register.sboms_for(one) == (one.commit, (first,))
    assert register.sboms_for(other) == (other.commit, (second, first))
    assert register.sboms_for(replace(one, path="docs")) == ("", ())


def test_the_same_sboms_again_are_those_that_came_first(register: Register) -> None:
    at, first = values.snapshot("a"), values.handed("1")
    register.file_sboms(at, [first])

    register.file_sboms(at, [replace(first, handed_by="officer-8")])

    assert register.sboms_for(at) == (at.commit, (first,))
