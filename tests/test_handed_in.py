# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A released file that is handed in is evidence of the version it is of."""

import subprocess
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ossay import artefacts, codec, gathering, handing_in, papers, pipeline
from ossay.artefacts import take_in
from ossay.engine import InlineEngine, Workshop
from ossay.model.digest import Digest
from ossay.model.evidence import Answered, Evidence, Gap, Observation
from ossay.model.judgement import Judgement, Outcome, Reaudit
from ossay.model.people import Signatory
from tests.cases import GOOD, NOW, TODAY, commit, outcomes, part, repository, workshop


def packed(source: Path, name: str = "good-1.0.tar.gz", ref: str = "HEAD") -> Path:
    """Return what git packs of a version."""
    made = source.parent / name
    prefix = "--prefix=good-1.0/"
    command = ["git", "-C", str(source), "archive", prefix, "-o", str(made), ref]
    subprocess.run(command, check=True)
    return made


def assessed(
    opened: Workshop,
    source: Path,
    *files: Path,
    on: date = TODAY,
) -> Digest:
    candidate = pipeline.candidate_of(
        [part(source, ref="v1.0")], workshop=opened, packs=("supply-chain",)
    )
    entered = pipeline.enter(opened, candidate)
    handed = handing_in.released(opened, files)
    return pipeline.assess(entered, InlineEngine(opened), on, artefacts=handed)


def answers(opened: Workshop, judgement: Digest) -> dict[str, Answered]:
    [judged] = opened.register.load(Judgement, judgement).parts
    assert judged.evidence_digest is not None
    evidence = opened.register.load(Evidence, judged.evidence_digest)
    return {a.fact: a for a in evidence.observed}


def outcome(opened: Workshop, judgement: Digest, rule: str = "SUP-14") -> Outcome:
    return outcomes(opened.register.load(Judgement, judgement))[rule]


def test_a_release_that_is_what_the_version_holds_meets_the_rule(
    tmp_path: Path,
) -> None:
    source = repository(tmp_path / "good", tag="v1.0")
    file = packed(source)

    with workshop(tmp_path / "home") as opened:
        before = assessed(opened, source)
        after = assessed(opened, source, file)
        memo = papers.memo_in(opened, after, "markdown").decode()

        assert outcome(opened, before) is Outcome.UNDETERMINED
        assert outcome(opened, after) is Outcome.PASSED
    assert "## Released files that were handed in" in memo
    assert "good-1.0.tar.gz" in memo
    assert "--artefact good-1.0.tar.gz" in memo
    assert str(tmp_path) not in memo


def test_a_release_that_differs_from_the_version_is_named(tmp_path: Path) -> None:
    source = repository(tmp_path / "good", tag="v1.0")
    commit(source, {"main.py": b"print('another')\n"})
    file = packed(source)

    with workshop(tmp_path / "home") as opened:
        found = answers(opened, assessed(opened, source, file))

    told = found["artefact.traceable"]
    assert isinstance(told, Observation)
    assert told.value is False


def test_neither_the_file_nor_the_way_to_it_is_kept(tmp_path: Path) -> None:
    source = repository(tmp_path / "good", tag="v1.0")
    file = packed(source)

    with workshop(tmp_path / "home") as opened:
        released = take_in(file, None, NOW)
        judgement = assessed(opened, source, file)
        memo = papers.memo_in(opened, judgement, "json").decode()
    file.unlink()
    with workshop(tmp_path / "home") as opened:
        again = assessed(opened, source)

    assert again == judgement
    assert released.name == "good-1.0.tar.gz"
    assert released.digest in memo


def test_files_are_held_against_the_version_anew_when_the_code_that_does_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = repository(tmp_path / "good", tag="v1.0")
    kept = codec.code_digest

    def changed(modules: Iterable[ModuleType], *more: Any) -> Digest:
        listed = list(modules)
        return Digest("0" * 64) if artefacts in listed else kept(listed, *more)

    with workshop(tmp_path / "home") as opened:
        judgement = assessed(opened, source, packed(source))
        [judged] = opened.register.load(Judgement, judgement).parts
        assert judged.evidence_digest is not None
        seen = opened.register.load(Evidence, judged.evidence_digest).snapshot
        before = gathering.asked_about(opened, "artefacts", seen)
        again = gathering.asked_about(opened, "artefacts", seen)
        monkeypatch.setattr(codec, "code_digest", changed)
        after = gathering.asked_about(opened, "artefacts", seen)

    assert again == before
    assert after[1] != before[1]


def test_a_second_handing_in_takes_the_place_of_the_first(tmp_path: Path) -> None:
    """Proves that a wrong file does not stick to a version."""
    source = repository(tmp_path / "good", tag="v1.0")
    right = packed(source)
    commit(source, {"main.py": b"print('another')\n"})
    wrong = packed(source, "wrong.tar.gz")

    with workshop(tmp_path / "home") as opened:
        first = assessed(opened, source, wrong)
        second = assessed(opened, source, right)
        third = assessed(opened, source, right, wrong)

        told = [
            answers(opened, judgement)["artefact.traceable"]
            for judgement in (first, second, third)
        ]
    assert [t.value for t in told if isinstance(t, Observation)] == [False, True, False]


def test_a_reaudit_keeps_what_was_handed_in_for_what_runs_and_says_so_of_the_other(
    tmp_path: Path,
) -> None:
    source = repository(tmp_path / "good", tag="v1.0")
    file = packed(source)
    with workshop(tmp_path / "home") as opened:
        judgement = assessed(opened, source, file)
        pipeline.adopt(
            opened,
            judgement,
            pipeline.Deployment(
                deployed="v1.0", where="here", since=TODAY, local_changes=""
            ),
            signatory=Signatory(person="p-1", role="head", signed_at=NOW),
            because="it serves",
            conditions=(),
            review_on=TODAY + timedelta(days=365),
            against_recommendation=True,
        )
        candidate = opened.register.candidate_judged(judgement).id
        commit(source, {"main.py": b"print('another')\n"}, tag="v2.0")

        digest = pipeline.reaudit(candidate, InlineEngine(opened), TODAY)
        found = opened.register.load(Reaudit, digest)
        runs = answers(opened, found.running)["artefact.traceable"]
        offered = answers(opened, found.offered)["artefact.traceable"]

    assert isinstance(runs, Observation)
    assert runs.value is True
    assert isinstance(offered, Gap)
    assert "of another version" in offered.why
    assert [i.subject for i in offered.items] == ["handed-in:good-1.0.tar.gz"]


def test_a_product_of_several_parts_is_asked_of_which_one_it_is(tmp_path: Path) -> None:
    source = repository(tmp_path / "good", tag="v1.0")

    with workshop(tmp_path / "home") as opened:
        handed = handing_in.released(opened, [packed(source)])
        parts = [part(source, "one"), part(source, "two")]
        candidate = pipeline.candidate_of(parts, workshop=opened, name="both")
        entered = pipeline.enter(opened, candidate)

        with pytest.raises(pipeline.WhichPart, match="there are 2"):
            pipeline.assess(entered, InlineEngine(opened), TODAY, artefacts=handed)


def test_a_wheel_asks_for_components_that_are_handed_out_as_a_table(
    tmp_path: Path,
) -> None:
    files = {
        **GOOD,
        "PKG-INFO": b"Name: good\nVersion: 1.0\nRequires-Dist: idna==3.4\n",
    }
    source = repository(tmp_path / "good", files, tag="v1.0")

    with workshop(tmp_path / "home") as opened:
        judgement = assessed(opened, source, packed(source))
        tables = dict(papers.tables(opened, judgement))
        memo = papers.memo_in(opened, judgement, "html").decode()

    assert b"pkg:pypi/idna@3.4" in tables["artefact-components.csv"]
    assert "artefact-components.csv" in memo
