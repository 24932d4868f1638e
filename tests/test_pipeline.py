# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""From a repository to a memo, again, and after something changed."""

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NoReturn, ParamSpec, TypeVar

import pytest

from ossay import papers, pipeline, sbom_papers
from ossay.collect import licensing
from ossay.engine import InlineEngine, Step, Workshop
from ossay.memo import sbom_checking
from ossay.model.candidate import Part
from ossay.model.digest import Digest
from ossay.model.errors import OssayError
from ossay.model.evidence import Answered, Evidence, Gap, Inapplicable, Observation
from ossay.model.judgement import Advice, Judgement, Outcome, Reaudit, Recommendation
from ossay.model.people import (
    Answer,
    Decision,
    DecisionOutcome,
    Signatory,
    Waiver,
)
from ossay.source import CloneRefused, Repository, open_in_place
from tests.cases import (
    GOOD,
    NOW,
    TODAY,
    assessed,
    commit,
    git,
    outcomes,
    part,
    repository,
    settings,
    workshop,
)
from tests.hardship import as_nobody

P = ParamSpec("P")
R = TypeVar("R")


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


def test_what_steps_hand_on_is_what_another_run_reads(tmp_path: Path) -> None:
    """Down to the kind of each number: memos are made of it."""
    source = repository(tmp_path / "good")
    with workshop(tmp_path / "home") as opened:
        digest = assessed(opened, part(source))
        told = _all_about(opened, digest)

    with workshop(tmp_path / "home") as opened:
        assert _all_about(opened, digest) == told


def _all_about(opened: Workshop, digest: Digest) -> tuple[str, ...]:
    judgement = opened.register.load(Judgement, digest)
    evidence = [p.evidence_digest for p in judgement.parts if p.evidence_digest]
    loaded = [opened.register.load(Evidence, one) for one in evidence]
    content = papers.content_of(opened, digest)
    return tuple(map(repr, (judgement, loaded, content)))


def _must_not_run(*_arguments: object) -> NoReturn:
    raise AssertionError


def test_the_same_question_again_is_answered_with_what_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = repository(tmp_path / "good")
    with workshop(tmp_path / "home") as opened:
        first = assessed(opened, part(source))
        before = _written(opened, first)
        for busy in ("judge.judge", "memo.render", "memo.sbom.head"):
            monkeypatch.setattr(f"ossay.{busy}", _must_not_run)

        again = assessed(opened, part(source))

        assert again == first
        assert _written(opened, again) == before


def test_judged_on_another_day_what_was_seen_has_the_same_sboms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = repository(tmp_path / "good")
    with workshop(tmp_path / "home") as opened:
        first = assessed(opened, part(source))
        before = dict(sbom_papers.documents(opened, first))
        for busy in ("sbom.head", "cyclonedx.document"):
            monkeypatch.setattr(f"ossay.memo.{busy}", _must_not_run)

        later = assessed(opened, part(source), on=TODAY + timedelta(days=1))

        assert later != first
        assert dict(sbom_papers.documents(opened, later)) == before


def _written(opened: Workshop, judgement: Digest) -> dict[str, bytes]:
    memos = papers.memos(opened, judgement, ["html", "markdown", "json"])
    return dict([*memos, *sbom_papers.documents(opened, judgement)])


def test_every_input_of_a_judgement_leads_to_another_when_it_changes(
    tmp_path: Path,
) -> None:
    source = repository(tmp_path / "good")
    answer = Answer(
        rule_id="STW-5",
        value=True,
        ground="tried it",
        given_by="p1",
        given_at=NOW,
        holds_until=TODAY,
    )
    with workshop(tmp_path / "home") as opened:
        candidate = pipeline.candidate_of([part(source)], workshop=opened)
        engine = InlineEngine(opened)
        waiver = Waiver(
            rule_id="LIC-5",
            scope=candidate.id,
            reason="an old product",
            owner="p1",
            granted_by="p2",
            expires_on=TODAY,
        )

        def judged(on: date = TODAY, **said: Any) -> Digest:
            pipeline.enter(opened, candidate, **said)
            return pipeline.look(candidate.id, engine, on)

        digests = [
            judged(),
            judged(TODAY + timedelta(days=1)),
            judged(answers=[answer]),
            judged(waivers=[waiver]),
        ]
        commit(source, {"new.py": b"pass\n"})
        digests.append(judged())

    assert len(set(digests)) == len(digests)


def test_the_judgement_made_last_is_the_latest_even_when_it_was_made_before(
    tmp_path: Path,
) -> None:
    source = repository(tmp_path / "good")
    with workshop(tmp_path / "home") as opened:
        candidate = pipeline.candidate_of([part(source)], workshop=opened)
        engine = InlineEngine(opened)
        pipeline.enter(opened, candidate)
        first = pipeline.look(candidate.id, engine, TODAY)
        later = pipeline.look(candidate.id, engine, TODAY + timedelta(days=1))

        again = pipeline.look(candidate.id, engine, TODAY)

        latest = opened.register.latest_judgement(candidate.id)

    assert later != again == first
    assert latest is not None
    assert latest.digest == first


def test_what_a_collector_failed_at_is_looked_at_and_judged_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = repository(tmp_path / "good")
    broken = replace(licensing.COLLECTOR, collect=_must_not_run)
    with workshop(tmp_path / "home") as opened:
        with monkeypatch.context() as patched:
            patched.setattr(licensing, "COLLECTOR", broken)
            failed = assessed(opened, part(source))

        mended = assessed(opened, part(source))

        before, after = (opened.register.load(Judgement, d) for d in (failed, mended))

    assert outcomes(before)["LIC-1"] is Outcome.UNDETERMINED
    assert outcomes(after)["LIC-1"] is Outcome.PASSED


def test_a_clone_that_is_gone_is_made_again(tmp_path: Path) -> None:
    source = repository(tmp_path / "good")
    with workshop(tmp_path / "home") as opened:
        first = assessed(opened, part(source))
        shutil.rmtree(opened.clones)

        again = assessed(opened, part(source))

        assert list(opened.clones.iterdir())
    assert again == first


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


def test_software_that_grew_out_of_the_same_commit_is_compared_once_it_is_here(
    tmp_path: Path,
) -> None:
    first = repository(tmp_path / "first")
    fork = shutil.copytree(first, tmp_path / "fork")
    commit(first, {"fixed.txt": b"1"})

    with workshop(tmp_path / "home") as opened:
        alone = _evidence(opened, assessed(opened, part(fork)))
        assessed(opened, part(first))
        judged = assessed(opened, part(fork))
        known = _evidence(opened, judged)
        again = assessed(opened, part(fork))

    missing = "stewardship.upstream_changes_missing"
    assert isinstance(_about(alone)[missing], Inapplicable)
    behind = _about(known)[missing]
    assert isinstance(behind, Observation)
    assert behind.value == 1
    assert again == judged


def test_a_submodule_is_no_reason_to_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = repository(tmp_path / "good")
    entry = f"160000,{'1' * 40},vendored"
    git(source, "update-index", "--add", "--cacheinfo", entry)
    git(source, "commit", "-q", "-m", "add a submodule")
    with workshop(tmp_path / "home") as opened:
        first = assessed(opened, part(source))
        monkeypatch.setattr("ossay.source.tree_of", _must_not_run)

        again = assessed(opened, part(source))

    assert again == first


def _stored(source: Path, name: str) -> Path:
    """Return the file that holds the object *name*, for the test to write to."""
    oid = git(source, "rev-parse", name)
    path = source / ".git" / "objects" / oid[:2] / oid[2:]
    path.chmod(0o644)
    return path


def _lost(stored: Path) -> None:
    stored.unlink()


def _cut_short(stored: Path) -> None:
    """Leave what a disk with a bad block gives: the beginning of a file."""
    stored.write_bytes(stored.read_bytes()[: stored.stat().st_size // 2])


@pytest.mark.parametrize("harm", [_lost, _cut_short])
def test_a_file_that_could_not_be_read_is_asked_for_again(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    source = repository(tmp_path / "good")
    stored = _stored(source, "HEAD:LICENSE")
    whole = stored.read_bytes()
    harm(stored)
    with workshop(tmp_path / "home") as opened:
        before = _about(_evidence(opened, assessed(opened, part(source))))
        stored.write_bytes(whole)

        after = _about(_evidence(opened, assessed(opened, part(source))))

    fact = "licensing.detected_licence"
    assert isinstance(before[fact], Gap)
    assert isinstance(after[fact], Observation)


def test_a_tag_that_could_not_be_read_is_asked_for_again(tmp_path: Path) -> None:
    source = repository(tmp_path / "good")
    git(source, "tag", "-a", "-m", "first", "v1.0")
    stored = _stored(source, "v1.0")
    whole = stored.read_bytes()
    _lost(stored)
    with workshop(tmp_path / "home") as opened:
        before = _about(_evidence(opened, assessed(opened, part(source))))
        stored.write_bytes(whole)

        after = _about(_evidence(opened, assessed(opened, part(source))))

    fact = "stewardship.latest_release"
    assert isinstance(before[fact], Gap)
    assert isinstance(after[fact], Observation)


def _about(evidence: Evidence) -> dict[str, Answered]:
    return {answer.fact: answer for answer in evidence.observed}


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
        documents = list(sbom_papers.documents(opened, digest))

    assert sbom_papers.SBOM not in dict(documents)
    assert judgement.recommendation is Recommendation.CANNOT_DECIDE_YET


def test_an_sbom_that_is_not_valid_is_not_handed_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = repository(tmp_path / "good")
    monkeypatch.setattr(
        "ossay.memo.sbom._relationship",
        lambda one, kind, _: {
            "spdxElementId": one,
            "relationshipType": kind,
            "relatedSpdxElement": "SPDXRef-nowhere",
        },
    )

    with workshop(tmp_path / "home") as opened:
        digest = assessed(opened, part(source))
        with pytest.raises(sbom_papers.DocumentNotValid, match="SPDXRef-nowhere"):
            list(sbom_papers.documents(opened, digest))


def test_a_list_of_files_found_right_is_not_held_against_the_standard_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = repository(tmp_path / "good")
    asked: list[bytes] = []
    validate = sbom_checking.validate

    def watched(document: bytes) -> tuple[str, ...]:
        asked.append(document)
        return validate(document)

    monkeypatch.setattr(sbom_checking, "validate", watched)
    with workshop(tmp_path / "home") as opened:
        list(sbom_papers.documents(opened, assessed(opened, part(source))))
        commit(source, {})
        again = assessed(opened, part(source))
        written = dict(sbom_papers.documents(opened, again))[sbom_papers.SBOM]

    files = [len(json.loads(document)["files"]) for document in asked]
    assert files[0] > files[1] == 0
    assert validate(written) == ()


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


def test_the_release_that_was_chosen_is_the_one_evidence_calls_the_latest(
    tmp_path: Path,
) -> None:
    mono = repository(tmp_path / "mono", {"client/a.js": b"1;\n"}, tag="client/v7.1")
    commit(mono, {"server/a.py": b"1\n"}, tag="server/v2.0")
    commit(mono, {}, tag="server/v2.1")
    git(tmp_path, "clone", "-q", "--bare", str(mono), "bare.git")

    with workshop(tmp_path / "home") as opened:
        client = part(tmp_path / "bare.git", "web", path="client")
        evidence = _evidence(opened, assessed(opened, client))

    told = {o.fact: o for o in evidence.observed}["stewardship.latest_release"]
    assert evidence.snapshot.ref == "refs/tags/client/v7.1"
    assert getattr(told, "value", None) == "client/v7.1"


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


@pytest.mark.parametrize("address", ["file:///etc", "ext::sh -c id", "fd::7", "etc"])
def test_no_address_leads_to_a_folder_of_this_machine(
    tmp_path: Path, address: str
) -> None:
    elsewhere = replace(settings(tmp_path / "home"), local_paths=False)

    with (
        Workshop.open(elsewhere, clock=lambda: NOW) as opened,
        pytest.raises(CloneRefused, match="cannot go to") as told,
    ):
        assessed(opened, Part(name="whole", source_url=address))

    assert told.value.status == 2


def test_a_folder_that_we_may_not_enter_is_left_for_those_who_read_it(
    memory: Path,
) -> None:
    memory.chmod(0)

    with as_nobody():
        named = pipeline.part_given(str(memory / "made"), "")

    memory.chmod(0o755)
    assert named.source_url == str(memory / "made")


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


def test_both_looks_of_a_reaudit_are_at_one_clone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = repository(tmp_path / "good", tag="v1.0")
    fetched: list[Path] = []

    def watched(path: Path, folder: Path) -> Repository:
        fetched.append(path)
        return open_in_place(path, folder)

    with workshop(tmp_path / "home") as opened:
        candidate = _adopted(opened, source)
        commit(source, {"new.txt": b""}, tag="v2.0")
        monkeypatch.setattr("ossay.source.open_in_place", watched)

        found = pipeline.reaudit(candidate, InlineEngine(opened), TODAY)

        looks = opened.register.load(Reaudit, Digest(found))
        running = _evidence(opened, looks.running).snapshot
        offered = _evidence(opened, looks.offered).snapshot
    assert fetched == [source]
    assert [running.ref, offered.ref] == ["refs/tags/v1.0", "refs/heads/main"]


def test_a_clone_that_was_damaged_is_fetched_again_for_another_ref(
    tmp_path: Path,
) -> None:
    source = repository(tmp_path / "good", tag="v1.0")
    with workshop(tmp_path / "home") as opened:
        assessed(opened, part(source))
        [clone] = opened.clones.iterdir()
        (clone / "objects/info/alternates").unlink()

        again = assessed(opened, part(source, ref="main"))

        assert _evidence(opened, again).snapshot.ref == "refs/heads/main"


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
        before = papers.content_of(opened, digest).decision
        decision = _decided(opened, digest)
        after = papers.content_of(opened, digest).decision

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


def test_an_assessment_that_finds_nothing_new_imports_no_collector(
    tmp_path: Path,
) -> None:
    import subprocess

    source, home = repository(tmp_path / "good"), tmp_path / "home"
    with workshop(home) as opened:
        first = assessed(opened, part(source))
    script = (
        "import sys; from pathlib import Path; from tests.cases import *\n"
        f"with workshop(Path({str(home)!r})) as opened:\n"
        f"    print(assessed(opened, part(Path({str(source)!r}))))\n"
        "from ossay.collect import _modules\n"
        "ours = _modules(sys.modules['ossay.collect'], shared=False)\n"
        "print(*{f'ossay.collect.{name}' for name in ours} & set(sys.modules))\n"
    )

    told = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )

    assert told.stdout.split() == [first]


class Attentive(InlineEngine):
    """Remembers what each step was given, and what it returned."""

    def __init__(self, workshop: Workshop) -> None:
        super().__init__(workshop)
        self.passed: list[object] = []

    def step(self, run: Step[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        returned = super().step(run, *args, **kwargs)
        self.passed += [args, kwargs, returned]
        return returned


def test_ids_and_digests_travel_between_steps_however_many_files(
    tmp_path: Path,
) -> None:
    many = {f"src/module_{n}.py": b"print()\n" for n in range(300)}
    source = repository(tmp_path / "large", GOOD | many)

    with workshop(tmp_path / "home") as opened:
        entered = pipeline.enter(
            opened, pipeline.candidate_of([part(source)], workshop=opened)
        )
        engine = Attentive(opened)
        judged = pipeline.assess(entered, engine, TODAY)

    assert judged in engine.passed
    assert max(len(json.dumps(passed)) for passed in engine.passed) < 2_000


def test_where_it_is_not_known_how_a_history_began_no_kin_is_not_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> str:
        raise OssayError("an object is damaged")

    monkeypatch.setattr("ossay.source.first_commit_of", fails)

    with workshop(tmp_path / "home") as opened:
        digest = assessed(opened, part(repository(tmp_path / "good")))
        [looked] = opened.register.load(Judgement, digest).parts
        assert looked.evidence_digest is not None
        seen = opened.register.load(Evidence, looked.evidence_digest).observed

    [told] = [one for one in seen if one.fact == "stewardship.shared_history"]
    assert isinstance(told, Gap)
