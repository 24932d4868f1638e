# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Drafts of conformance reports, from a repository to the files beside the memo."""

from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from ossay import conformance_papers, pipeline
from ossay.engine import InlineEngine, Workshop
from ossay.memo import conformance
from ossay.model.digest import Digest
from ossay.model.evidence import Evidence
from ossay.papers import looked_at, memo_in, sheets
from tests.cases import GOOD, TODAY, assessed, git, part, repository, workshop
from tests.collect.conformance.cases import openacr

PAGE = (
    b"<!doctype html>\n<html lang=en>\n<head><title>Desk</title></head>\n"
    b"<body>\n<img src=logo.png>\n<form><button>Send</button></form>\n</body></html>\n"
)
WITH_PAGE = {**GOOD, "app/views/index.html": PAGE}


def papers(shop: Workshop, digest: Digest) -> Mapping[str, str]:
    return {
        name: text.decode() for name, text in conformance_papers.drafts(shop, digest)
    }


def test_software_with_pages_gets_a_draft_and_a_request(tmp_path: Path) -> None:
    source = repository(tmp_path / "desk", WITH_PAGE)

    with workshop(tmp_path / "home") as shop:
        written = papers(shop, assessed(shop, part(source), name="Permit Desk"))

    names = {"openacr.yaml", "openacr-draft.md", "accessibility-request.md"}
    assert set(written) == names
    report = yaml.safe_load(written["openacr.yaml"])
    assert report["title"].endswith("Permit Desk")
    assert "`app/views/index.html:5`" in written["openacr.yaml"]
    assert "app/views/index.html:5" in written["openacr-draft.md"]


def test_a_draft_is_made_once_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = repository(tmp_path / "desk", WITH_PAGE)

    with workshop(tmp_path / "home") as shop:
        digest = assessed(shop, part(source), name="Permit Desk")
        first = papers(shop, digest)
        monkeypatch.delattr(conformance, "draft")
        again = papers(shop, digest)

    assert again == first


def test_software_that_nobody_looks_at_gets_none(tmp_path: Path) -> None:
    source = repository(tmp_path / "library")

    with workshop(tmp_path / "home") as shop:
        assert papers(shop, assessed(shop, part(source))) == {}


def test_each_part_has_a_draft_of_its_own(tmp_path: Path) -> None:
    one = repository(tmp_path / "one", WITH_PAGE)
    two = repository(tmp_path / "two", {**WITH_PAGE, "more.txt": b"more\n"})

    with workshop(tmp_path / "home") as shop:
        written = papers(
            shop, assessed(shop, part(one, "one"), part(two, "two"), name="Permit Desk")
        )

    assert {"one.openacr.yaml", "two.openacr.yaml"} <= set(written)
    title = yaml.safe_load(written["two.openacr.yaml"])["title"]
    assert title.endswith("Permit Desk, two")


def test_one_tree_under_another_tag_is_asked_again(tmp_path: Path) -> None:
    files = {**GOOD, "acr.yaml": openacr().encode()}
    source = repository(tmp_path / "portal", files, tag="v2.1")
    git(source, "tag", "v3.0")

    with workshop(tmp_path / "home") as shop:
        credited = [
            creditable(shop, assessed(shop, part(source, ref=tag)))
            for tag in ("v2.1", "v3.0")
        ]

    assert credited == [True, False]


def creditable(shop: Workshop, digest: Digest) -> object:
    [seen] = looked_at(shop, digest).values()
    for answer in shop.register.load(Evidence, seen).observed:
        if answer.fact == "conformance.creditable":
            return getattr(answer, "value", answer)
    return None


def test_the_tests_that_people_have_to_make_are_a_file_beside_the_memo(
    tmp_path: Path,
) -> None:
    source = repository(tmp_path / "desk", WITH_PAGE)

    with workshop(tmp_path / "home") as shop:
        candidate = pipeline.candidate_of(
            [part(source)], workshop=shop, packs=["accessibility"]
        )
        entered = pipeline.enter(shop, candidate)
        engine = InlineEngine(shop, pause=lambda _: None)
        digest = pipeline.assess(entered, engine, TODAY)
        [(name, text)] = sheets(shop, digest)
        memo = memo_in(shop, digest, "html").decode()

    assert name == "tests.html"
    assert "Right: " in text.decode()
    assert "Right: " not in memo
    assert 'href="tests.html#test-EN-9-1-3-1"' in memo


def test_where_nobody_has_to_test_anything_there_is_no_such_file(
    tmp_path: Path,
) -> None:
    source = repository(tmp_path / "lib", GOOD)

    with workshop(tmp_path / "home") as shop:
        digest = assessed(shop, part(source))

        assert list(sheets(shop, digest)) == []
