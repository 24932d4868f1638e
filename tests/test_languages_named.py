# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The languages that a buyer names go with the candidate, and with no other."""

from datetime import timedelta
from pathlib import Path

import pytest

from flows import assess as assess_flow
from ossay import handing_in, pipeline
from ossay.engine import InlineEngine, Workshop
from ossay.model.digest import Digest
from ossay.model.evidence import Answered, Evidence, Gap, Observation
from ossay.model.judgement import Judgement, Reaudit
from ossay.model.people import Signatory
from tests.cases import GOOD, NOW, TODAY, commit, part, repository, workshop

SPOKEN = {
    **GOOD,
    "index.html": b"<html lang='en'><title>Births</title>",
    "i18n/en.json": b'{"a": "Open the file", "b": "Close"}',
    "i18n/ar.json": '{"a": "افتح الملف", "b": "إغلاق"}'.encode(),
}


def short(opened: Workshop, judgement: Digest) -> Answered:
    [judged] = opened.register.load(Judgement, judgement).parts
    assert judged.evidence_digest is not None
    evidence = opened.register.load(Evidence, judged.evidence_digest)
    return next(a for a in evidence.observed if a.fact == "languages.wanted_short")


def assessed(
    opened: Workshop, source: Path, *languages: str, name: str = ""
) -> tuple[str, Digest]:
    candidate = pipeline.candidate_of(
        [part(source)], workshop=opened, name=name, languages=languages
    )
    entered = pipeline.enter(opened, candidate)
    return entered, pipeline.assess(entered, InlineEngine(opened), TODAY)


def test_what_was_seen_for_one_buyer_does_not_answer_another(tmp_path: Path) -> None:
    source = repository(tmp_path / "spoken", SPOKEN)

    with workshop(tmp_path / "home") as opened:
        _, nobody = assessed(opened, source)
        _, arabic = assessed(opened, source, "ar", name="For Sudan")
        _, both = assessed(opened, source, "ar", "sw", name="For Kenya")
        _, again = assessed(opened, source, "ar", name="For Sudan")

        assert isinstance(short(opened, nobody), Gap)
        told = short(opened, arabic), short(opened, both)
    assert isinstance(told[0], Observation)
    assert isinstance(told[1], Observation)
    assert (told[0].value, told[1].value) == ((), ("sw",))
    assert again == arabic


def test_they_are_remembered_when_it_is_looked_at_again(tmp_path: Path) -> None:
    source = repository(tmp_path / "spoken", SPOKEN, tag="v1.0")

    with workshop(tmp_path / "home") as opened:
        entered, judgement = assessed(opened, source, "ar", "sw")
        deployment = pipeline.Deployment(
            deployed="v1.0", where="register office", since=TODAY, local_changes=""
        )
        pipeline.adopt(
            opened,
            judgement,
            deployment,
            signatory=Signatory(person="p-7", role="head of office", signed_at=NOW),
            because="It was tried.",
            conditions=[],
            review_on=TODAY + timedelta(days=365),
            against_recommendation=True,
        )
        files = {"i18n/sw.json": b'{"a": "Fungua faili", "b": "Funga"}'}
        commit(source, files, tag="v2.0")
        found = pipeline.reaudit(entered, InlineEngine(opened), TODAY)
        audit = opened.register.load(Reaudit, found)

        runs, offered = short(opened, audit.running), short(opened, audit.offered)
    assert isinstance(runs, Observation)
    assert isinstance(offered, Observation)
    assert (runs.value, offered.value) == (("sw",), ())


def test_a_flow_may_name_them_for_a_candidate_that_was_entered(tmp_path: Path) -> None:
    source = repository(tmp_path / "spoken", SPOKEN)

    with workshop(tmp_path / "home") as opened:
        entered, _ = assessed(opened, source)
        engine = InlineEngine(opened)
        named = pipeline.assess(entered, engine, TODAY, languages=("sw",))
        later = pipeline.assess(entered, engine, TODAY)

        told = short(opened, named)
        kept = opened.register.candidate(entered).languages
    assert "languages" in assess_flow.assess.parameters.properties
    assert isinstance(told, Observation)
    assert told.value == ("sw",)
    assert kept == ("sw",)
    assert later == named


def test_tags_are_spelt_as_bcp_47_spells_them_and_each_is_kept_once() -> None:
    assert handing_in.languages(["SWA", "pt_br", " ar ", "sw"]) == ("sw", "pt-BR", "ar")


@pytest.mark.parametrize("said", ["Arabic", "", "xx", "ar,sw", "a" * 5_000])
def test_what_is_no_language_is_refused_in_one_sentence(said: str) -> None:
    with pytest.raises(handing_in.LanguageRefused) as refused:
        handing_in.languages([said])

    assert refused.value.status == 2
    assert "BCP 47" in str(refused.value)
    assert len(str(refused.value)) < 300
