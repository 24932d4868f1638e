# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Cues are found the same whichever way they are looked for."""

import hashlib
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ossay.collect.licensing.recognition import cues as module
from ossay.collect.licensing.recognition.cues import (
    MOST_HITS,
    NO_HITS,
    Cue,
    Hits,
    cues,
    data,
    hits_by_scan,
    hits_by_word,
    hyperscan_scan,
    make_ready,
    whole,
)
from tests.collect.licensing.texts import CC_BY, EUPL, MIT
from tests.collect.trees import MemoryFacts

# REUSE-IgnoreStart
needs_hyperscan = pytest.mark.skipif(
    hyperscan_scan() is None, reason="hyperscan is not installed here"
)

PIECES = st.sampled_from(
    [
        *(cue.phrase.strip("<>") for cue in cues()),
        *(
            " ",
            "\n",
            "\n * ",
            "-",
            "x",
            "_",
            "é",
            ".",
            "\0",
            "MIT",
            "Copyright (c) 2020",
        ),
    ]
)


def by_scan(content: bytes) -> Hits:
    scan = hyperscan_scan()
    assert scan is not None
    return hits_by_scan(content, scan)


@pytest.mark.parametrize(
    ("text", "is_cue"),
    [
        ("Licensed under", True),
        ("LICENCE", True),
        ("this is public\n * domain", True),
        ("public  domain", True),
        ("under MIT.", True),
        ("limited, submit, smith", False),
        ("as is", True),
        ("as_is", False),
        ("has is", False),
        ("Лицензия", True),
        ("ЛИЦЕНЗИЯ", True),
        ("本软件的许可证", True),
        ("رخصة البرنامج", True),
        ("ライセンス", True),
        ("nothing about it", False),
        ("", False),
    ],
)
def test_cues_of_licences_are_whole_words_where_that_matters(
    text: str, is_cue: bool
) -> None:
    assert bool(hits_by_word(text.encode()).licence) is is_cue


@pytest.mark.parametrize(
    ("text", "is_cue"),
    [
        ("Copyright", True),
        ("© City", True),
        ("(c) 2020", True),
        ("if (f(c) 2", False),
        ("&copy; X", True),
        ("free(c);", False),
    ],
)
def test_cues_of_copyright_are_told_apart(text: str, is_cue: bool) -> None:
    found = hits_by_word(text.encode())

    assert bool(found.copyright) is is_cue
    assert not found.licence


@needs_hyperscan
@settings(deadline=None)  # the machine may be busy
@given(st.lists(PIECES, max_size=40))
def test_both_ways_find_the_same_cues(pieces: list[str]) -> None:
    content = "".join(pieces).encode()

    assert by_scan(content) == hits_by_word(content)


@needs_hyperscan
@settings(deadline=None)  # the machine may be busy
@given(st.binary(max_size=300))
def test_both_ways_find_the_same_cues_in_any_bytes(content: bytes) -> None:
    assert by_scan(content) == hits_by_word(content)


@needs_hyperscan
@pytest.mark.parametrize("text", [MIT, EUPL, CC_BY, MIT.upper(), "licence " * 60_000])
def test_both_ways_find_the_same_cues_in_licences(text: str) -> None:
    content = text.encode()

    assert by_scan(content) == hits_by_word(content)


@pytest.fixture
def _as_in_a_new_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(module, "_ready", [])
    hyperscan_scan.cache_clear()
    yield
    hyperscan_scan.cache_clear()


def fails_to_compile() -> None:
    msg = "they were compiled before"
    raise AssertionError(msg)


@needs_hyperscan
@pytest.mark.usefixtures("_as_in_a_new_process")
def test_what_was_compiled_before_finds_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    memory = MemoryFacts()
    make_ready(memory)
    monkeypatch.setattr(module, "_ready", [])
    hyperscan_scan.cache_clear()
    monkeypatch.setattr(module, "_compiled", fails_to_compile)

    make_ready(memory)

    assert by_scan(EUPL.encode()) == hits_by_word(EUPL.encode())


@needs_hyperscan
@pytest.mark.usefixtures("_as_in_a_new_process")
@pytest.mark.parametrize("harm", ["empty", "cut off", "another byte", "no expressions"])
def test_what_was_compiled_and_is_damaged_is_compiled_anew(
    monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    memory = MemoryFacts()
    make_ready(memory)
    [(key, kept)] = memory.kept.items()
    nothing = b"no expressions"
    memory.kept[key] = {
        "empty": b"",
        "cut off": kept[:-1],
        "another byte": kept[:1_000] + bytes([kept[1_000] ^ 1]) + kept[1_001:],
        "no expressions": hashlib.sha256(nothing).digest() + nothing,
    }[harm]
    monkeypatch.setattr(module, "_ready", [])
    hyperscan_scan.cache_clear()

    make_ready(memory)

    assert by_scan(EUPL.encode()) == hits_by_word(EUPL.encode())


@pytest.mark.usefixtures("_as_in_a_new_process")
def test_where_hyperscan_does_not_work_nothing_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    memory = MemoryFacts()
    monkeypatch.setattr(module, "_compiled", lambda: None)

    make_ready(memory)

    assert not memory.kept
    assert hyperscan_scan() is None


def test_a_file_that_is_all_cues_is_not_read_to_the_end() -> None:
    found = hits_by_word(b"licence\n" * 500_000)

    assert not found.is_complete
    assert len(found.licence) == MOST_HITS


def test_what_holds_no_cue_is_told_at_once() -> None:
    assert hits_by_word(b"int main(void)") is NO_HITS


def test_the_shipped_cues_have_the_form_that_is_read() -> None:
    phrases = [cue.phrase for cue in cues()]

    assert len(phrases) == len(set(phrases)) > 100
    assert all(phrase.strip("<> ") and "  " not in phrase for phrase in phrases)
    # Of what has two cases, only ASCII is looked for in both.
    assert all(
        p == "".join(c.lower() if c.isascii() else c for c in p) for p in phrases
    )


def test_no_long_rule_is_without_a_cue() -> None:
    made = data()["made"]

    assert made["rules"] > 36_000
    assert made["without_cue_longer"] == 0
    assert made["without_cue_of_10_words"] + made["without_cue_of_3_words"] < 1_000


def test_one_expression_stands_for_all_cues() -> None:
    pattern = whole([Cue("<mit>"), Cue("public domain")])

    assert pattern.search(b"the MIT one")
    assert pattern.search(b"Public\n# Domain")
    assert not pattern.search(b"limited domain")


# REUSE-IgnoreEnd
