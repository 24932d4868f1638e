# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""An assessment with the licence engine, without it, and with one that fails."""

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import cast

import pytest

from ossay import gathering, papers, pipeline, sbom_papers, shipped, steps
from ossay.codec import digest_of, digest_of_bytes
from ossay.collect.licensing.recognition.remembered import Remembered
from ossay.engine import InlineEngine, Workshop
from ossay.model.collector import Collector, Given
from ossay.model.digest import Digest
from ossay.model.evidence import (
    Answered,
    Combine,
    Evidence,
    Fact,
    Gap,
    Inapplicable,
    Observation,
    Tool,
)
from ossay.model.judgement import Judgement, Recommendation
from ossay.model.licences import Recogniser
from ossay.model.people import Curation
from ossay.sandbox.confinement import LIMITS_ONLY
from ossay.sandbox.scancode import LOCK, Limits, ScancodeRecogniser, _locked
from tests.cases import GOOD, NOW, TODAY, part, repository, settings
from tests.collect.licensing.recognition.recognisers import Phrases

# REUSE-IgnoreStart
GPL = """/* This program is free software; you can redistribute it and/or modify
 * it under the terms of the GNU General Public License as published by
 * the Free Software Foundation; version 2 of the License.
 *
 * Copyright (C) 2019 Grace Hopper
 */
int main;
"""
# REUSE-IgnoreEnd
MIXED = {
    **GOOD,
    "server/notice.c": GPL.encode(),
    "vendor/zip/zip.c": b"/* It is\n * under the zlib licence\n */\n",
}
GREETING = json.dumps(
    {
        "ready": {
            "scancode": _locked(shipped.engine() / LOCK),
            "why_plain": "",
            "selftest_cpu_seconds": 0.1,
        }
    }
)
NOTHING = json.dumps(
    {"id": 1, "answer": {"expressions": [], "matches": [], "is_partial": False}}
)
SABOTAGE = {
    "cannot start": ["echo no such library >&2", "exit 3"],
    "dies in mid-run": [f"echo '{GREETING}'", "read line", f"echo '{NOTHING}'"],
    "answers garbage": [f"echo '{GREETING}'", "while read line; do echo no; done"],
}
ORDER = list(Recommendation)
"""From the one that speaks most for adoption."""


@contextmanager
def workshop(home: Path, recogniser: Recogniser | None) -> Iterator[Workshop]:
    with Workshop.open(settings(home), lambda: NOW, recogniser) as opened:
        yield opened


def judged(opened: Workshop, source: Path) -> Judgement:
    candidate = pipeline.candidate_of([part(source)], workshop=opened)
    pipeline.enter(opened, candidate)
    digest = pipeline.look(candidate.id, InlineEngine(opened), TODAY)
    return opened.register.load(Judgement, digest)


def evidence_of(opened: Workshop, judgement: Judgement) -> Evidence:
    found = judgement.parts[0].evidence_digest
    assert found is not None
    return opened.register.load(Evidence, found)


def about_licences(evidence: Evidence) -> dict[str, Answered]:
    return {
        answer.fact.removeprefix("licensing."): answer
        for answer in evidence.observed
        if answer.fact.startswith("licensing.")
    }


def broken(folder: Path, script: list[str]) -> ScancodeRecogniser:
    """Return a recogniser whose engine is a shell script."""
    python = folder / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("\n".join(["#!/bin/sh", *script, ""]))
    python.chmod(0o755)
    (python.parents[1] / "ready").touch()
    return ScancodeRecogniser(
        folder, confinement=LIMITS_ONLY, limits=Limits(text_seconds=0.5)
    )


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    return repository(tmp_path / "mixed", MIXED)


@pytest.mark.parametrize("harm", SABOTAGE)
def test_an_engine_that_fails_leaves_gaps_and_never_speaks_for_adoption(
    tmp_path: Path, mixed: Path, harm: str
) -> None:
    with (
        broken(tmp_path / "engine", SABOTAGE[harm]) as engine,
        workshop(tmp_path / "broken", engine) as opened,
    ):
        judgement = judged(opened, mixed)
        found = about_licences(evidence_of(opened, judgement))
    with workshop(tmp_path / "whole", Phrases()) as opened:
        whole = judged(opened, mixed)

    tags, compatible = found["tagged_licences"], found["compatible"]
    assert isinstance(tags, Observation)
    assert tags.value == ("EUPL-1.2",)
    assert isinstance(compatible, Gap)
    assert "nobody read" in compatible.why
    assert ORDER.index(judgement.recommendation) >= ORDER.index(whole.recommendation)


def test_what_an_engine_failed_at_is_asked_again_and_judged_again(
    tmp_path: Path, mixed: Path
) -> None:
    home = tmp_path / "home"
    with (
        broken(tmp_path / "engine", SABOTAGE["cannot start"]) as engine,
        workshop(home, engine) as opened,
    ):
        failed = judged(opened, mixed)

    with workshop(home, _with_version_of(engine)) as opened:
        mended = judged(opened, mixed)
        found = about_licences(evidence_of(opened, mended))

    assert mended != failed
    vendored = found["licences_of_others"]
    assert isinstance(vendored, Observation)
    assert vendored.value == ("Zlib",)


def _with_version_of(engine: ScancodeRecogniser) -> Recogniser:
    class Mended(Phrases):
        @property
        def version(self) -> Digest:
            return engine.version

    return Mended()


def test_what_was_judged_without_an_engine_is_judged_again_with_one(
    tmp_path: Path, mixed: Path
) -> None:
    home, asked = tmp_path / "home", Phrases()
    with workshop(home, None) as opened:
        first = judged(opened, mixed)
        before = about_licences(evidence_of(opened, first))
        again = judged(opened, mixed)
    with workshop(home, asked) as opened:
        later = judged(opened, mixed)
        after = about_licences(evidence_of(opened, later))
        tools = {tool.name for tool in evidence_of(opened, later).tools}
        so_often = len(asked.asked)
        judged(opened, mixed)

    assert again == first != later
    assert getattr(before["licences_of_others"], "value", None) == ("no licence found",)
    assert getattr(after["licences_of_others"], "value", None) == ("Zlib",)
    assert "Phrases" in tools
    assert len(asked.asked) == so_often > 0


def test_what_a_person_says_of_a_passage_is_in_the_next_judgement(
    tmp_path: Path, mixed: Path
) -> None:
    with workshop(tmp_path / "home", None) as opened:
        first = judged(opened, mixed)
        engine = InlineEngine(opened)
        seen = pipeline.licences(opened, part(mixed), engine)
        [key] = {
            p.key for f in seen.files if f.path.startswith("server/") for p in f.open
        }
        said = Curation(
            key=key,
            expression="GPL-2.0-only",
            because="it is the notice of version 2",
            curated_by="a.diallo",
            curated_at=NOW,
        )
        pipeline.curate(opened, said)

        later = judged(opened, mixed)

        before = about_licences(evidence_of(opened, first))["stated_licences"]
        after = about_licences(evidence_of(opened, later))["stated_licences"]
    assert "GPL-2.0-only" not in getattr(before, "value", ())
    assert isinstance(after, Observation)
    assert "GPL-2.0-only" in cast("tuple[str, ...]", after.value)


def test_what_nobody_can_be_asked_is_judged_once(tmp_path: Path, mixed: Path) -> None:
    """Answers out of a fact pack stand as they are until another pack comes."""
    others = Remembered(
        version=digest_of_bytes(b"1"), tool=Tool(name="Phrases", version="1")
    )
    with workshop(tmp_path / "home", others) as opened:
        first = judged(opened, mixed)
        candidate = pipeline.candidate_of([part(mixed)], workshop=opened)
        asked = (candidate.id, TODAY.isoformat(), "")
        snapshot = evidence_of(opened, first).snapshot

        known = steps.judged_before(opened, *asked, digest_of(snapshot))

    assert known == digest_of(first)


def test_a_recogniser_that_knows_more_is_asked_again(
    tmp_path: Path, mixed: Path
) -> None:
    home, newer = tmp_path / "home", Phrases(name=b"2")
    with workshop(home, Phrases()) as opened:
        judged(opened, mixed)

    with workshop(home, newer) as opened:
        judged(opened, mixed)

    assert newer.asked


@pytest.mark.engine
def test_the_engine_reads_what_tags_and_texts_do_not_say(
    tmp_path: Path, mixed: Path
) -> None:
    with (
        ScancodeRecogniser() as engine,
        workshop(tmp_path / "home", engine) as opened,
    ):
        candidate = pipeline.candidate_of([part(mixed)], workshop=opened)
        pipeline.enter(opened, candidate)
        digest = pipeline.assess(candidate.id, InlineEngine(opened), TODAY)
        judgement = opened.register.load(Judgement, digest)
        found = about_licences(evidence_of(opened, judgement))
        memo = papers.memo_in(opened, digest, "html").decode()
        document = dict(sbom_papers.documents(opened, digest))[sbom_papers.SBOM]

    stated, differing = found["stated_licences"], found["stated_matches_concluded"]
    assert isinstance(stated, Observation)
    assert stated.value == ("EUPL-1.2", "GPL-2.0-only")
    assert isinstance(differing, Observation)
    assert [(i.subject, i.line) for i in differing.items] == [("server/notice.c", 1)]
    assert "server/notice.c" in memo
    files = {f["fileName"]: f for f in json.loads(document)["files"]}
    assert files["./server/notice.c"]["licenseInfoInFiles"] == ["GPL-2.0-only"]
    assert "Grace Hopper" in files["./server/notice.c"]["copyrightText"]


@pytest.mark.engine
def test_an_engine_that_is_killed_is_started_again_and_nothing_is_lost(
    tmp_path: Path, mixed: Path
) -> None:
    with ScancodeRecogniser() as engine:
        list(engine.licences([("a", "MIT License")]))
        assert engine._dialogue is not None
        os.killpg(engine._dialogue.pid, signal.SIGKILL)
        engine._dialogue._process.wait()

        with workshop(tmp_path / "home", engine) as opened:
            found = about_licences(evidence_of(opened, judged(opened, mixed)))

    assert not isinstance(found["stated_licences"], Inapplicable | Gap)
    assert found["stated_licences"].value == ("EUPL-1.2", "GPL-2.0-only")


def test_collectors_that_ask_a_recogniser_have_it_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = repository(tmp_path / "made", GOOD)
    fact = Fact(name="t.one", kind=bool, asks="One?", combine=Combine.ALL)
    said: list[str] = []

    with workshop(tmp_path / "home", Phrases()) as opened:
        candidate = pipeline.candidate_of([part(source)], workshop=opened)
        pipeline.enter(opened, candidate)
        snapshot = steps.take(opened, candidate.id, part(source).name, "")
        other = Thread(target=lambda: gathering.gather(opened, "second", snapshot))

        def first(_: Given) -> Iterator[Answered]:
            other.start()
            other.join(timeout=0.5)  # it is done by then, if nothing holds it up
            said.append("first")
            yield fact.found(True)

        def second(_: Given) -> Iterator[Answered]:
            said.append("second")
            yield fact.found(True)

        asking = {
            name: Collector(facts=(fact,), collect=collect, asks_recogniser=True)
            for name, collect in (("first", first), ("second", second))
        }
        monkeypatch.setattr("ossay.collect.collector", asking.__getitem__)
        monkeypatch.setattr("ossay.collect.version_of", lambda _: Digest("0" * 64))
        gathering.gather(opened, "first", snapshot)
        other.join()

    assert said == ["first", "second"]
