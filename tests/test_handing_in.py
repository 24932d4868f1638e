# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""From an SBOM that is handed in to what is said of it, now and the next time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ossay import codec, handing_in, papers, pipeline
from ossay.engine import InlineEngine, Workshop
from ossay.model.digest import Digest
from ossay.model.evidence import Answered, Evidence, Gap, Observation
from ossay.model.judgement import Judgement, Reaudit
from ossay.model.people import Signatory
from tests.advisories.packs import affects, pack, record, take
from tests.cases import GOOD, NOW, TODAY, commit, part, repository, workshop
from tests.collect.test_sboms import FROZEN, cdx, component

FILES = GOOD | {"requirements.txt": FROZEN.encode()}
LEFT, DEEP = component("left", "1.2.0"), component("deep", "2.1.0")
SINCE = {"introduced": "0"}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return repository(tmp_path / "portal", FILES, tag="v1.0")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Workshop]:
    with workshop(tmp_path / "home") as found:
        yield found


def document(
    folder: Path, *components: dict[str, Any], name: str = "bom.json", version: str = ""
) -> Path:
    about = {"type": "application", "name": "portal", "version": version}
    path = folder / name
    path.write_text(cdx(*components, metadata={"component": about}))
    return path


def entered(opened: Workshop, source: Path, ref: str = "") -> str:
    return pipeline.enter(
        opened, pipeline.candidate_of([part(source, ref=ref)], workshop=opened)
    )


def assessed(opened: Workshop, candidate: str, *files: Path) -> Digest:
    given = [("whole", path) for path in files]
    handed = handing_in.sboms(opened, given, "officer-7")
    engine = InlineEngine(opened, pause=lambda _: None)
    return pipeline.assess(candidate, engine, TODAY, sboms=handed)


def told(opened: Workshop, judgement: Digest, fact: str = "handed_sbom") -> Answered:
    looked = opened.register.load(Judgement, judgement).parts[0].evidence_digest
    assert looked is not None
    seen = opened.register.load(Evidence, looked).observed
    return next(answer for answer in seen if answer.fact == f"components.{fact}")


def value(answer: Answered) -> object:
    assert isinstance(answer, Observation), answer
    return answer.value


def test_what_is_handed_in_is_evidence_with_how_it_came_in(
    opened: Workshop, source: Path, tmp_path: Path
) -> None:
    digest = assessed(opened, entered(opened, source), document(tmp_path, LEFT))

    looked = opened.register.load(Judgement, digest).parts[0].evidence_digest
    assert looked is not None
    kept = codec.to_json(opened.register.load(Evidence, looked)).decode()
    assert value(told(opened, digest)) is True
    assert value(told(opened, digest, "not_in_handed_sbom")) == 1
    assert "handed in by officer-7 on 2026-03-01, SHA-256 " in kept
    assert "bom.json" in kept
    assert str(tmp_path / "bom.json") not in kept


def test_the_memo_says_how_to_come_to_it_again(
    opened: Workshop, source: Path, tmp_path: Path
) -> None:
    digest = assessed(opened, entered(opened, source), document(tmp_path, LEFT))

    memo = papers.memo_in(opened, digest, "markdown").decode()

    assert "--sbom bom.json" in memo


def test_it_stands_the_next_time_though_nobody_hands_it_in_again(
    opened: Workshop, source: Path, tmp_path: Path
) -> None:
    candidate = entered(opened, source)
    first = assessed(opened, candidate, document(tmp_path, LEFT))

    assert assessed(opened, candidate) == first


def test_the_same_document_again_is_no_news_whatever_the_day(
    opened: Workshop, source: Path, tmp_path: Path
) -> None:
    candidate, bom = entered(opened, source), document(tmp_path, LEFT)
    first = assessed(opened, candidate, bom)
    later = replace(opened, clock=lambda: NOW + timedelta(days=1))

    assert assessed(later, candidate, bom) == first


def test_what_is_handed_in_last_takes_the_place_of_what_was_before(
    opened: Workshop, source: Path, tmp_path: Path
) -> None:
    candidate = entered(opened, source)
    first = assessed(opened, candidate, document(tmp_path, LEFT))

    second = assessed(opened, candidate, document(tmp_path, LEFT, DEEP))
    back = assessed(opened, candidate, document(tmp_path, LEFT))

    assert value(told(opened, second, "not_in_handed_sbom")) == 0
    assert second != first == back


def test_several_are_one_list(opened: Workshop, source: Path, tmp_path: Path) -> None:
    files = (document(tmp_path, LEFT), document(tmp_path, DEEP, name="other.json"))

    digest = assessed(opened, entered(opened, source), *files)

    assert value(told(opened, digest, "not_in_handed_sbom")) == 0


@pytest.mark.parametrize("version", ["", "1.0"])
def test_a_reaudit_keeps_it_for_its_version_and_says_so_of_another(
    opened: Workshop, source: Path, tmp_path: Path, version: str
) -> None:
    candidate = entered(opened, source, "v1.0")
    bom = document(tmp_path, LEFT, DEEP, version=version)
    digest = assessed(opened, candidate, bom)
    _adopt(opened, digest)
    commit(source, {"requirements.txt": b"left==2.0\n    # via portal\n"}, tag="v2.0")
    commit(source, {"more.txt": b"1"})

    found = pipeline.reaudit(candidate, InlineEngine(opened), TODAY)

    looks = opened.register.load(Reaudit, Digest(found))
    assert value(told(opened, looks.running)) is True
    offered = told(opened, looks.offered)
    assert isinstance(offered, Gap)
    assert "does not count here: it " in offered.why
    assert ("version '1.0'" if version else "no version") in offered.why


def test_one_for_the_next_version_counts_once_that_is_assessed(
    opened: Workshop, source: Path, tmp_path: Path
) -> None:
    early = assessed(
        opened, entered(opened, source, "v1.0"), document(tmp_path, LEFT, version="2.0")
    )
    commit(source, {"requirements.txt": b"left==1.2.0\n    # via portal\n"})
    commit(source, {}, tag="v2.0")

    later = assessed(opened, entered(opened, source, "v2.0"))

    assert isinstance(told(opened, early), Gap)
    assert value(told(opened, later)) is True


def test_what_it_names_beyond_the_files_is_held_against_advisories(
    opened: Workshop, source: Path, tmp_path: Path
) -> None:
    flawed = [record("PYSEC-1", affects("PyPI", "ghost", SINCE))]
    flawed.append(record("PYSEC-2", affects("PyPI", "left", SINCE)))
    take(opened, pack(tmp_path / "PyPI" / "all.zip", *flawed), TODAY)
    candidate = entered(opened, source)
    before = assessed(opened, candidate)

    after = assessed(
        opened, candidate, document(tmp_path, LEFT, DEEP, component("ghost", "1"))
    )

    beyond = told(opened, after, "handed_sbom_vulnerabilities")
    assert isinstance(beyond, Observation)
    assert (beyond.value, beyond.missed) == (1, "")
    assert beyond.items[0].subject == "pkg:pypi/ghost@1"
    assert _known(opened, after) == _known(opened, before)


@pytest.mark.parametrize(
    ("odd", "missed"),
    [
        ({"name": "nameless"}, "1 of those listed have no package URL"),
        ({"name": "c", "purl": "pkg:deb/c@1"}, "no advisories here of deb"),
        ({"name": "ghost", "purl": "pkg:pypi/ghost"}, "1 undetermined"),
    ],
)
def test_what_could_not_be_held_against_them_is_no_zero(
    opened: Workshop, source: Path, tmp_path: Path, odd: dict[str, Any], missed: str
) -> None:
    flawed = record("PYSEC-1", affects("PyPI", "ghost", SINCE))
    take(opened, pack(tmp_path / "PyPI" / "all.zip", flawed), TODAY)

    digest = assessed(opened, entered(opened, source), document(tmp_path, LEFT, odd))

    beyond = told(opened, digest, "handed_sbom_vulnerabilities")
    assert getattr(beyond, "missed", "") == missed


def test_without_advisories_what_is_known_of_them_is_open(
    opened: Workshop, source: Path, tmp_path: Path
) -> None:
    digest = assessed(opened, entered(opened, source), document(tmp_path, LEFT))

    assert isinstance(told(opened, digest, "handed_sbom_vulnerabilities"), Gap)


def test_of_several_one_that_is_refused_lets_nothing_be_kept(
    opened: Workshop, tmp_path: Path
) -> None:
    good, bad = document(tmp_path, LEFT), tmp_path / "bad.json"
    bad.write_text("{}")

    with pytest.raises(handing_in.SbomRefused, match="nothing was kept"):
        handing_in.sboms(opened, [("whole", good), ("whole", bad)], "")

    folder = opened.settings.home / "artefacts"
    assert [one for one in folder.rglob("*") if one.is_file()] == []


def test_who_hands_it_in_is_an_id(opened: Workshop, tmp_path: Path) -> None:
    with pytest.raises(handing_in.SbomRefused, match="give an id"):
        handing_in.sboms(
            opened, [("whole", document(tmp_path, LEFT))], "ada@office.example"
        )


def _known(opened: Workshop, judgement: Digest) -> list[Answered]:
    looked = opened.register.load(Judgement, judgement).parts[0].evidence_digest
    assert looked is not None
    seen = opened.register.load(Evidence, looked).observed
    return [answer for answer in seen if answer.fact.startswith("vulnerabilities.")]


def _adopt(opened: Workshop, judgement: Digest) -> None:
    pipeline.adopt(
        opened,
        judgement,
        pipeline.Deployment(deployed="v1.0", where="", since=TODAY, local_changes=""),
        signatory=Signatory(person="head-1", role="head of office", signed_at=NOW),
        because="It does what we need.",
        conditions=(),
        review_on=TODAY,
        against_recommendation=True,
    )
