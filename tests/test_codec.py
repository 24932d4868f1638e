# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Values survive being written down, and their digests say what they mean."""

import json
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ossay import codec
from ossay.codec import CodecError
from ossay.model.evidence import Evidence, Gap, Observation
from ossay.model.policy import AllOf, AtMost, Count, Days, Equals, HasAnswer, Not, Rule
from tests.judge.cases import DAY, FLAG, known, looked, rule

EVERYTHING = AllOf(
    criteria=(
        Equals(fact="t.flag", value=True),
        Equals(fact="t.word", value="2026-01-01"),
        AtMost(fact="t.day", limit=Days(days=3)),
        AtMost(fact="t.number", limit=3),
        Count(fact="t.words", where=Not(criterion=HasAnswer()), at_most=3),
    )
)


def test_a_rule_comes_back_as_it_was() -> None:
    original = rule(EVERYTHING, applies_when=HasAnswer())

    assert codec.from_json(Rule, codec.to_json(original)) == original


def test_a_date_comes_back_as_a_date_and_text_that_looks_like_one_as_text() -> None:
    day = Observation(fact="t.day", value=date(2026, 1, 1))
    text = replace(day, value="2026-01-01")

    assert codec.from_json(Observation, codec.to_json(day)) == day
    assert codec.from_json(Observation, codec.to_json(text)) == text
    assert codec.digest_of(day) != codec.digest_of(text)


def test_a_digest_does_not_depend_on_when_somebody_looked() -> None:
    filed = looked(known(flag=True)).evidence
    assert filed is not None
    later = replace(filed.value, collected_at=datetime(2030, 1, 1, tzinfo=UTC))

    assert codec.digest_of(later) == filed.digest
    assert codec.to_json(later) != codec.to_json(filed.value)


def test_evidence_with_answers_and_gaps_comes_back_as_it_was() -> None:
    filed = looked(
        {FLAG.name: FLAG.found(True, where="README"), DAY.name: DAY.unknown("shallow")}
    ).evidence
    assert filed is not None

    again = codec.from_json(Evidence, codec.to_json(filed.value))

    assert again == filed.value
    assert isinstance(again.observed[1], Gap)


@pytest.mark.parametrize(
    ("document", "text"),
    [
        ({"b": 1.0, "a": [True, None]}, '{"a":[true,null],"b":1}'),
        ({"é": "\u2028", "n": 0.1}, '{"n":0.1,"é":"\u2028"}'),
        ([], "[]"),
        (1.0, "1"),
        ([1.0, "a", 1.0, [1.0, {}], 1.0, {"a": 1.0, "b": 1.0}], None),
        ([1.0, None, 1.0, True, 1.0, False, 1.0, -1.0, 1e22, 1.0, 0.5], None),
        (["8.0, x", "2.0]", "1.0,2", "e+1,"], None),
    ],
)
def test_canonical_json_is_sorted_short_and_unescaped(
    document: object, text: str | None
) -> None:
    written = codec.canonical(document).decode()

    assert written == (text or json.dumps(whole(document), separators=(",", ":")))


def whole(document: object) -> object:
    """Return *document* with integers for floats that are whole."""
    match document:
        case list():
            return [whole(one) for one in document]
        case dict():
            return {key: whole(one) for key, one in document.items()}
        case float() if document == int(document):
            return int(document)
        case _:
            return document


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        codec.canonical({"a": float("nan")})


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"fact": "a"}', b'{"fact": "a", "why": "b", "c": 1}'],
)
def test_a_document_of_another_shape_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(CodecError, match="cannot read Gap"):
        codec.from_json(Gap, content)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (tuple[str, ...], ()),
        (tuple[str, ...], ("a", "b")),
        (tuple[int, ...], (1, 2)),
        (tuple[tuple[int, ...], ...], ((1,), ())),
        (tuple[Gap, ...], (Gap(fact="a", why="b"),)),
        (codec.Rows, (("a", "b"), ("c",))),
    ],
)
def test_a_tuple_comes_back_as_it_was(kind: Any, value: object) -> None:
    assert codec.from_json(kind, codec.to_json(value, kind)) == value


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (tuple[str, ...], b"5"),
        (tuple[int, ...], b'["a"]'),
        (tuple[Gap, ...], b'[{"why": "b"}]'),
        (codec.Rows, b"[[1]]"),
    ],
)
def test_what_is_no_such_tuple_is_refused(kind: Any, content: bytes) -> None:
    with pytest.raises(CodecError):
        codec.from_json(kind, content)


def test_a_moment_without_its_offset_is_refused() -> None:
    filed = looked({}).evidence
    assert filed is not None
    naive = codec.to_json(filed.value).replace(b"+00:00", b"")

    with pytest.raises(CodecError, match="cannot read Evidence"):
        codec.from_json(Evidence, naive)


@pytest.mark.parametrize("text", ["", "abc", "G" * 64, "A" * 64])
def test_only_a_sha_256_is_a_digest(text: str) -> None:
    with pytest.raises(CodecError, match="64 lower-case hexadecimal"):
        codec.as_digest(text)


def test_changed_code_or_another_library_version_changes_the_code_digest(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    def module(source: str) -> ModuleType:
        made = ModuleType("made")
        file = tmp_path_factory.mktemp("m") / "made.py"
        file.write_text(source)
        made.__file__ = str(file)
        return made

    data = tmp_path_factory.mktemp("data")
    (data / "words.txt").write_text("licence")
    first = codec.code_digest([module("a = 1")])

    assert codec.code_digest([module("a = 1")]) == first
    assert codec.code_digest([module("a = 2")]) != first
    assert codec.code_digest([module("a = 1")], ["cattrs"]) != first
    assert codec.code_digest([module("a = 1")], folders=[data]) != first


def test_installing_another_version_changes_the_digest_of_what_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path), "/nowhere"])
    (tmp_path / "some-1.0.dist-info").mkdir()
    first = codec.digest_of_installed()

    (tmp_path / "some-1.0.dist-info").rename(tmp_path / "some-1.1.dist-info")

    assert codec.digest_of_installed() != first
