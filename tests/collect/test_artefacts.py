# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What was handed in answers for its own version; what cannot be told stays open."""

from dataclasses import replace

import pytest

from ossay.collect import artefacts, gather
from ossay.model.artefacts import Held, Inside, Signature, Signed, Traceable, Traced
from ossay.model.collector import Given, Table
from ossay.model.components import Completeness, Component, Purl
from ossay.model.digest import Digest
from ossay.model.evidence import Answered, Gap, Inapplicable, Item, Observation
from tests.collect.trees import DictTree, given

COMMIT = "c" * 40
TRACED = Traced(
    answer=Traceable.YES,
    why="every file that it holds is in the commit",
    same=3,
    moved=(),
    line_ends=(),
    differ=(),
    absent=(),
    made=(),
)
NOTHING = Inside(itself=(), contained=(), asked_for=(), completeness=(), left_out=())
HELD = Held(
    name="tool-1.0.tar.gz",
    digest=Digest("a" * 64),
    form="tar archive",
    commit=COMMIT,
    signature=Signature(state=Signed.GOOD, note="signed with the key AB", key="AB"),
    inside=NOTHING,
    traced=TRACED,
)
NO = replace(TRACED, answer=Traceable.NO, why="1 differs", differ=("tool/a.py",))
OPEN = replace(TRACED, answer=Traceable.CANNOT_TELL, why="1 absent", absent=("x.so",))


def asked(*held: Held) -> tuple[dict[str, Answered], tuple[Table, ...]]:
    offered: Given = replace(given(DictTree({})), released=held)
    answers, tables = gather(artefacts.COLLECTOR, offered)
    return {a.fact: a for a in answers}, tables


def value(answers: dict[str, Answered], fact: str) -> object:
    answer = answers[fact]
    return answer.value if isinstance(answer, Observation) else type(answer)


@pytest.mark.parametrize(
    ("held", "traceable"),
    [
        ((HELD,), True),
        ((HELD, replace(HELD, traced=NO)), False),
        ((HELD, replace(HELD, traced=OPEN)), Gap),
        ((replace(HELD, traced=OPEN), replace(HELD, traced=NO)), False),
        ((), Gap),
    ],
    ids=["all", "one is not", "one is open", "one is not, one is open", "none"],
)
def test_all_that_was_handed_in_has_to_be_traceable(
    held: tuple[Held, ...], traceable: object
) -> None:
    answers, _ = asked(*held)

    assert value(answers, "artefact.traceable") == traceable


@pytest.mark.parametrize(
    ("state", "signed"),
    [
        (Signed.GOOD, True),
        (Signed.BAD, False),
        (Signed.UNCHECKED, Gap),
        (Signed.NONE, Gap),
    ],
)
def test_a_signature_that_nobody_checked_is_no_pass(
    state: Signed, signed: object
) -> None:
    held = replace(HELD, signature=Signature(state=state, note="so it is"))

    assert value(asked(held)[0], "artefact.signed") == signed


def test_what_differs_is_named_inside_the_file(tmp_path: object) -> None:
    answers, _ = asked(replace(HELD, traced=NO))

    found = answers["artefact.traceable"]

    assert isinstance(found, Observation)
    assert found.items[1] == Item(
        subject="handed-in:tool-1.0.tar.gz!/tool/a.py",
        note="has other content in the commit",
    )


def test_what_was_handed_in_for_another_version_says_so_and_answers_nothing() -> None:
    answers, tables = asked(replace(HELD, commit="d" * 40, traced=None))

    open_one = answers["artefact.traceable"]

    assert value(answers, "artefact.handed_in") == 0
    assert isinstance(open_one, Gap)
    assert "of another version" in open_one.why
    assert "d" * 40 in open_one.items[0].note
    assert isinstance(answers["artefact.components"], Inapplicable)
    assert tables == ()


def test_components_are_counted_and_listed_and_what_may_bring_more_is_said() -> None:
    six = Component(
        purl=Purl("pkg:pypi/six@1.16"),
        ecosystem="pypi",
        name="six",
        version="1.16",
        found_in=("tool/_vendor/six-1.16.dist-info/METADATA",),
    )
    inside = replace(
        NOTHING,
        contained=(six,),
        completeness=(
            ("pypi", Completeness.LOCKFILE),
            ("npm", Completeness.MANIFEST_ONLY),
        ),
        left_out=(Item(subject="x.so", note="it is compiled"),),
    )

    answers, [table] = asked(replace(HELD, inside=inside))

    assert value(answers, "artefact.components") == 1
    assert value(answers, "artefact.incomplete_ecosystems") == ("npm",)
    assert value(answers, "artefact.unread") == 1
    counted = answers["artefact.components"]
    assert isinstance(counted, Observation)
    assert "may bring components that are not listed" in counted.missed
    assert table.rows[0][:2] == ("tool-1.0.tar.gz", "pkg:pypi/six@1.16")
