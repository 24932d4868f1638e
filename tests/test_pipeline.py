# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""From a repository to a memo, again, and after something changed."""

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import pytest

from ossay import pipeline, steps
from ossay.collect import licensing
from ossay.engine import InlineEngine, Workshop
from ossay.model.digest import Digest
from ossay.model.evidence import Evidence
from ossay.model.judgement import Advice, Judgement, Outcome, Reaudit, Recommendation
from ossay.model.people import Decision, DecisionOutcome, Signatory
from tests.cases import (
    GOOD,
    NOW,
    TODAY,
    assessed,
    commit,
    outcomes,
    part,
    repository,
    settings,
    workshop,
)


def test_a_repository_leads_to_a_judgement_and_its_memos(tmp_path: Path) -> None:
    source = repository(tmp_path / "good", tag="v1.0")

    with workshop(tmp_path / "home") as opened:
        digest = assessed(opened, part(source))
        judgement = opened.register.load(Judgement, digest)
        memos = opened.register.memos_of(digest)

    assert outcomes(judgement)["LIC-1"] is Outcome.PASSED
    assert {m.value.media_type for m in memos} >= {"text/html", "text/markdown"}


def test_the_same_commit_gives_the_same_judgement_in_another_office(
    tmp_path: Path,
) -> None:
    source = repository(tmp_path / "good")

    with workshop(tmp_path / "one") as opened:
        first = assessed(opened, part(source))
    with workshop(tmp_path / "two") as opened:
        second = assessed(opened, part(source))

    assert second == first


def test_assessing_again_reads_no_file_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = repository(tmp_path / "good")
    with workshop(tmp_path / "home") as opened:
        first = assessed(opened, part(source))
        monkeypatch.setattr("ossay.source.tree_of", _must_not_run)

        again = assessed(opened, part(source))

    assert again == first


def _must_not_run(*_arguments: object) -> NoReturn:
    raise AssertionError


def test_a_commit_with_the_same_tree_reads_history_and_no_file_again(
    tmp_path: Path,
) -> None:
    source = repository(tmp_path / "good")
    with workshop(tmp_path / "home") as opened:
        before = _evidence(opened, assessed(opened, part(source)))
        newer = commit(source, {})

        after = _evidence(opened, assessed(opened, part(source)))

    assert after.snapshot.commit == newer
    assert after.snapshot.tree == before.snapshot.tree
    assert after.annexes == before.annexes


def _evidence(opened: Workshop, judgement: str) -> Evidence:
    found = opened.register.judgement(judgement).value.parts[0].evidence_digest
    assert found is not None
    return opened.register.load(Evidence, found)


def test_without_a_list_of_files_there_is_no_sbom_and_no_advice_to_adopt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = repository(tmp_path / "good")
    broken = replace(licensing.COLLECTOR, collect=_must_not_run)
    monkeypatch.setattr(licensing, "COLLECTOR", broken)

    with workshop(tmp_path / "home") as opened:
        digest = assessed(opened, part(source))
        judgement = opened.register.load(Judgement, digest)
        documents = list(steps.documents(opened, digest))

    assert documents == []
    assert judgement.recommendation is Recommendation.CANNOT_DECIDE_YET


def test_a_product_is_judged_by_all_its_parts(tmp_path: Path) -> None:
    server = repository(tmp_path / "server")
    client = repository(tmp_path / "client", {"README.md": b"# Client\n"})

    with workshop(tmp_path / "home") as opened:
        alone = assessed(opened, part(server, "server"), name="p")
        both = assessed(
            opened, part(server, "server"), part(client, "client"), name="p"
        )
        of_one, of_two = (opened.register.judgement(d).value for d in (alone, both))

    assert outcomes(of_one)["LIC-2"] is Outcome.PASSED
    assert outcomes(of_two)["LIC-2"] is not Outcome.PASSED


def test_a_required_part_out_of_reach_leaves_the_decision_open(tmp_path: Path) -> None:
    server = repository(tmp_path / "server")
    gone = part(tmp_path / "gone", "client")

    with workshop(tmp_path / "home") as opened:
        digest = assessed(opened, part(server, "server"), gone, name="p")
        judgement = opened.register.load(Judgement, digest)

    assert judgement.recommendation is Recommendation.CANNOT_DECIDE_YET
    assert judgement.parts[1].evidence_digest is None
    assert "gone" in judgement.parts[1].why_not


def test_a_folder_of_a_monorepo_is_a_part_of_its_own(tmp_path: Path) -> None:
    mono = repository(
        tmp_path / "mono",
        {"LICENSE": GOOD["LICENSE"], "web/index.js": b"1;\n", "api/main.py": b"1\n"},
    )

    with workshop(tmp_path / "home") as opened:
        digest = assessed(opened, part(mono, "web", path="web"), name="p")
        files = _evidence(opened, digest)

    counted = {o.fact: o for o in files.observed}["contents.files"]
    assert getattr(counted, "value", None) == 1  # what lies in the folder


def test_a_folder_inside_a_work_tree_is_assessed_as_that_folder(
    tmp_path: Path,
) -> None:
    mono = repository(
        tmp_path / "mono", {"LICENSE": GOOD["LICENSE"], "web/index.js": b"1;\n"}
    )

    with workshop(tmp_path / "home") as opened:
        evidence = _evidence(opened, assessed(opened, part(mono / "web")))

    assert evidence.snapshot.path == "web"


def test_folders_of_this_machine_are_for_the_command_line_only(tmp_path: Path) -> None:
    source = repository(tmp_path / "good")
    elsewhere = replace(settings(tmp_path / "home"), local_paths=False)

    with (
        Workshop.open(elsewhere, clock=lambda: NOW) as opened,
        pytest.raises(pipeline.LocalPathRefused, match="from the command line only"),
    ):
        assessed(opened, part(source))


def test_adopted_software_is_kept_until_something_changes(tmp_path: Path) -> None:
    source = repository(tmp_path / "good", tag="v1.0")
    with workshop(tmp_path / "home") as opened:
        candidate = _adopted(opened, source)
        engine = InlineEngine(opened)

        first = pipeline.reaudit(candidate, engine, TODAY)
        unchanged = opened.register.load(Reaudit, first)
        commit(source, {"LICENSE": b"All rights reserved. No use without a fee.\n"})
        commit(source, {}, tag="v2.0")
        second = pipeline.reaudit(candidate, engine, TODAY + timedelta(days=1))
        changed = opened.register.load(Reaudit, second)
        offered = opened.register.load(Judgement, changed.offered)

    assert unchanged.changes == ()
    assert unchanged.advice in {Advice.KEEP, Advice.KEEP_WITH_MEASURES}
    assert changed.advice is unchanged.advice
    assert outcomes(offered)["LIC-2"] is not Outcome.PASSED


def _adopted(opened: Workshop, source: Path) -> str:
    digest = assessed(opened, part(source, ref="v1.0"))
    return pipeline.adopt(
        opened,
        digest,
        pipeline.Deployment(deployed="v1.0", where="", since=TODAY, local_changes=""),
        signatory=Signatory(person="head-1", role="head of office", signed_at=NOW),
        because="It does what we need.",
        conditions=(),
        review_on=TODAY,
        against_recommendation=True,
    ).candidate_id


def _decided(
    opened: Workshop, digest: Digest, *conditions: str, against: bool = False
) -> Decision:
    adoption = pipeline.adopt(
        opened,
        digest,
        pipeline.Deployment(deployed="v1.0", where="", since=TODAY, local_changes=""),
        signatory=Signatory(person="head-1", role="head of office", signed_at=NOW),
        because="It does what we need.",
        conditions=conditions,
        review_on=TODAY,
        against_recommendation=against,
    )
    return opened.register.load(Decision, adoption.decision)


def test_who_adopts_on_conditions_accepts_those_of_the_memo(tmp_path: Path) -> None:
    source = repository(tmp_path / "good", tag="v1.0")
    with workshop(tmp_path / "home") as opened:
        digest = assessed(opened, part(source, ref="v1.0"))
        taken = _decided(opened, digest)
        own = _decided(opened, digest, "Train the staff")
        none = _decided(opened, digest, against=True)

    assert taken.outcome is DecisionOutcome.ADOPT_WITH_CONDITIONS
    assert (
        "DOC-4: The repository explains how others can contribute" in taken.conditions
    )
    assert not taken.against_recommendation
    assert own.conditions == ("Train the staff",)
    assert none.outcome is DecisionOutcome.ADOPT
    assert none.against_recommendation


def test_a_memo_shows_the_decision_that_was_taken_on_it(tmp_path: Path) -> None:
    source = repository(tmp_path / "good", tag="v1.0")
    with workshop(tmp_path / "home") as opened:
        digest = assessed(opened, part(source, ref="v1.0"))
        before = steps.content_of(opened, digest).decision
        decision = _decided(opened, digest)
        after = steps.content_of(opened, digest).decision

    assert before is None
    assert after == decision


def test_a_decision_against_the_recommendation_has_to_be_said(tmp_path: Path) -> None:
    source = repository(tmp_path / "bare", {"main.c": b"int main;\n"})
    with workshop(tmp_path / "home") as opened:
        digest = assessed(opened, part(source))

        with pytest.raises(pipeline.AgainstAdvice, match="--against-recommendation"):
            pipeline.adopt(
                opened,
                digest,
                pipeline.Deployment(
                    deployed="main", where="", since=TODAY, local_changes=""
                ),
                signatory=Signatory(person="h", role="", signed_at=NOW),
                because="",
                conditions=(),
                review_on=TODAY,
                against_recommendation=False,
            )


def test_what_is_due_comes_from_the_register(tmp_path: Path) -> None:
    source = repository(tmp_path / "good", tag="v1.0")
    with workshop(tmp_path / "home") as opened:
        candidate = _adopted(opened, source)

        assert pipeline.due(opened, TODAY) == (candidate,)
        assert pipeline.due(opened, TODAY - timedelta(days=1)) == ()


def test_an_assessment_does_not_import_prefect(tmp_path: Path) -> None:
    import subprocess

    source = repository(tmp_path / "good")
    script = (
        "import sys; from pathlib import Path; from tests.cases import *\n"
        f"with workshop(Path({str(tmp_path / 'home')!r})) as opened:\n"
        f"    assessed(opened, part(Path({str(source)!r})))\n"
        "assert 'prefect' not in sys.modules\n"
    )

    subprocess.run([sys.executable, "-c", script], check=True)
