# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Declared and detected licences are held against each other, never merged."""

from collections.abc import Iterable

import pytest

from ossay.collect.licensing.conclusion import answers
from ossay.collect.licensing.expressions import licences
from ossay.collect.licensing.licence_files import LicenceFile, LicenceFiles
from ossay.collect.licensing.manifests import Declaration
from ossay.collect.licensing.texts import LicenceText
from ossay.model.evidence import (
    Answered,
    Gap,
    Inapplicable,
    Item,
    Observation,
    SpdxExpression,
    Value,
)
from ossay.model.tree import Unreadable

GAP = "a gap"
MOOT = "inapplicable"


def declared(
    licence: str, path: str = "package.json", *, steps: int = 0, said: str = ""
) -> Declaration:
    known = SpdxExpression(licence) if licence else None
    return Declaration(path=path, said=said or licence, licence=known, steps=steps)


def holds(
    *texts: str,
    path: str = "LICENSE",
    addresses: tuple[str, ...] = (),
    other_words: int = 0,
    identifier: str = "",
) -> LicenceFile:
    found = LicenceText(texts=texts, addresses=addresses, other_words=other_words)
    return LicenceFile(path=path, identifier=identifier, found=found)


def unread(path: str = "LICENSE") -> LicenceFile:
    return LicenceFile(path=path, identifier="", found=Unreadable(why="it is a link"))


def root(*files: LicenceFile, parts: tuple[LicenceFile, ...] = ()) -> LicenceFiles:
    return LicenceFiles(whole=files, parts=parts, folder=(), deeper=())


def _base(identifier: str) -> tuple[str, ...]:
    if identifier.startswith("LicenseRef-"):
        return ()
    return (identifier.removesuffix("-or-later"),)


def reuse(*identifiers: str) -> LicenceFiles:
    folder = (
        holds(*_base(i), path=f"LICENSES/{i}.txt", identifier=i) for i in identifiers
    )
    return LicenceFiles(whole=(), parts=(), folder=tuple(folder), deeper=())


NOTHING = root()
SILENT = Declaration(path="package.json")


@pytest.mark.parametrize(
    ("declarations", "files", "concluded", "matches"),
    [
        # The two agree, or the text alone speaks.
        ([declared("MIT")], root(holds("MIT")), "MIT", True),
        ([], root(holds("MIT")), "MIT", MOOT),
        ([SILENT], root(holds("MIT")), "MIT", MOOT),
        ([declared("MIT")], NOTHING, "MIT", MOOT),
        # A text says neither "only" nor "or later", neither "and" nor "or".
        (
            [declared("GPL-3.0-or-later")],
            root(holds("GPL-3.0")),
            "GPL-3.0-or-later",
            True,
        ),
        ([declared("GPL-3.0-only")], root(holds("GPL-3.0")), "GPL-3.0-only", True),
        ([declared("GPL-3.0-or-later")], root(holds("GPL-2.0")), GAP, False),
        ([], root(holds("GPL-3.0", "GPL-3.0-or-later")), "GPL-3.0", MOOT),
        (
            [declared("Apache-2.0 OR MIT")],
            root(
                holds("MIT", path="LICENSE-MIT"),
                holds("Apache-2.0", path="LICENSE-APACHE"),
            ),
            "Apache-2.0 OR MIT",
            True,
        ),
        (
            [],
            root(
                holds("MIT", path="LICENSE-MIT"),
                holds("Apache-2.0", path="LICENSE-APACHE"),
            ),
            GAP,
            MOOT,
        ),
        (
            [declared("GPL-2.0-only WITH Classpath-exception-2.0")],
            root(holds("GPL-2.0")),
            "GPL-2.0-only WITH Classpath-exception-2.0",
            True,
        ),
        # The LGPL builds on the GPL, whose text belongs beside it.
        (
            [declared("LGPL-3.0-or-later")],
            root(
                holds("GPL-3.0", path="COPYING"),
                holds("LGPL-3.0", path="COPYING.LESSER"),
            ),
            "LGPL-3.0-or-later",
            True,
        ),
        (
            [],
            root(
                holds("GPL-3.0", path="COPYING"),
                holds("LGPL-3.0", path="COPYING.LESSER"),
            ),
            "LGPL-3.0",
            MOOT,
        ),
        # They do not agree.
        ([declared("MIT")], root(holds("Apache-2.0")), GAP, False),
        ([declared("MIT")], root(holds("MIT", "CommonsClause")), GAP, False),
        ([declared("NONE")], root(holds("MIT")), GAP, False),
        ([declared("NONE")], NOTHING, "NONE", MOOT),
        # What is not known is not made up.
        ([], NOTHING, GAP, MOOT),
        ([], root(holds()), GAP, MOOT),
        ([declared("MIT")], root(holds()), GAP, GAP),
        ([], root(holds("MIT", other_words=200)), GAP, MOOT),
        ([declared("MIT")], root(holds("MIT", other_words=200)), "MIT", GAP),
        ([declared("ISC")], root(holds("MIT", other_words=200)), GAP, False),
        ([declared("MIT")], root(holds(addresses=("MIT",))), "MIT", GAP),
        ([declared("ISC")], root(holds(addresses=("MIT",))), GAP, False),
        ([], root(holds(addresses=("MIT",))), GAP, MOOT),
        ([], root(unread()), GAP, MOOT),
        ([declared("MIT")], root(unread()), GAP, GAP),
        ([declared("", said="Proprietary")], root(holds("MIT")), GAP, GAP),
        ([declared("", said="Proprietary")], NOTHING, GAP, GAP),
        ([declared("", said="BSD")], root(holds("BSD-3-Clause")), "BSD-3-Clause", GAP),
        (
            [Declaration(path="pom.xml", why_not="it is no XML")],
            root(holds("MIT")),
            GAP,
            GAP,
        ),
        # Manifests beside each other, and inside.
        ([declared("MIT"), declared("ISC", "pom.xml")], root(holds("MIT")), GAP, GAP),
        (
            [declared("MIT"), declared("ISC", "a/pom.xml", steps=1)],
            root(holds("MIT")),
            "MIT",
            True,
        ),
        (
            [SILENT, declared("MIT", "a/pom.xml", steps=1)],
            root(holds("MIT")),
            "MIT",
            True,
        ),
        (
            [
                declared("MIT", "a/pom.xml", steps=1),
                declared("ISC OR MIT", "b/pom.xml", steps=1),
            ],
            NOTHING,
            "MIT",
            MOOT,
        ),
        (
            [
                declared("ISC", "a/pom.xml", steps=1),
                declared("MIT", "pom.xml", steps=-1),
            ],
            NOTHING,
            "MIT",
            MOOT,
        ),
        # Projects that follow REUSE.
        ([], reuse("GPL-3.0-or-later"), "GPL-3.0-or-later", MOOT),
        ([], reuse("MIT", "CC-BY-4.0"), "CC-BY-4.0 AND MIT", MOOT),
        ([declared("EUPL-1.2")], reuse("EUPL-1.2", "CC0-1.0"), "EUPL-1.2", True),
        ([declared("ISC")], reuse("EUPL-1.2", "CC0-1.0"), GAP, False),
        ([], reuse("LicenseRef-City"), "LicenseRef-City", MOOT),
    ],
)
def test_a_licence_is_concluded_where_all_sources_agree(
    declarations: list[Declaration],
    files: LicenceFiles,
    concluded: str,
    matches: bool | str,
) -> None:
    found = _by_name(answers(declarations, files))

    assert _short(found["licensing.concluded_licence"]) == concluded
    assert _short(found["licensing.declared_matches_detected"]) == matches


def test_a_conflict_names_both_sides() -> None:
    found = _by_name(answers([declared("MIT")], root(holds("Apache-2.0"))))

    gap = found["licensing.concluded_licence"]
    assert isinstance(gap, Gap)
    assert gap.why == "what is declared is MIT, but the licence text is Apache-2.0"
    assert [i.subject for i in gap.items] == ["package.json", "LICENSE"]


def test_words_that_are_in_no_licence_are_pointed_at() -> None:
    text = LicenceText(texts=("MIT",), other_words=120, other_line=23)
    rider = LicenceFile(path="LICENSE", identifier="", found=text)

    found = _by_name(answers([], root(rider)))

    gap = found["licensing.detected_licence"]
    assert isinstance(gap, Gap)
    assert gap.why == (
        "LICENSE: it holds the text of MIT, and 120 words that are in no known licence"
    )
    assert gap.items[0].line == 23


@pytest.mark.parametrize(
    ("files", "there"),
    [
        (NOTHING, False),
        (root(holds("MIT")), True),
        (root(holds()), True),
        (reuse("MIT"), True),
        (root(unread()), GAP),
        (root(unread(), holds("MIT", path="COPYING")), True),
    ],
)
def test_a_licence_file_is_there_whatever_it_says(
    files: LicenceFiles, there: bool | str
) -> None:
    found = _by_name(answers([], files))

    assert _short(found["licensing.licence_file"]) == there


@pytest.mark.parametrize(
    ("declarations", "files", "osi", "fsf"),
    [
        ([declared("BUSL-1.1 OR MIT")], NOTHING, True, True),
        ([], root(holds("BUSL-1.1")), False, False),
        ([], reuse("MIT", "CC0-1.0"), False, True),
        ([], reuse("LicenseRef-City"), GAP, GAP),
        ([], NOTHING, GAP, GAP),
        ([declared("NONE")], NOTHING, False, False),
    ],
)
def test_the_lists_of_osi_and_fsf_are_asked_about_the_concluded_licence(
    declarations: list[Declaration],
    files: LicenceFiles,
    osi: bool | str,
    fsf: bool | str,
) -> None:
    found = _by_name(answers(declarations, files))

    assert _short(found["licensing.osi_approved"]) == osi
    assert _short(found["licensing.fsf_libre"]) == fsf


@pytest.mark.parametrize(
    ("declarations", "files", "osi", "fsf"),
    [
        (
            [declared("CC0-1.0 AND GPL-3.0-or-later", "pyproject.toml")],
            NOTHING,
            "on the list: GPL-3.0-or-later; not on the list: CC0-1.0",
            "on the list: CC0-1.0, GPL-3.0-or-later",
        ),
        (
            [declared("GPL-2.0-only WITH Classpath-exception-2.0", "pyproject.toml")],
            NOTHING,
            "on the list: GPL-2.0-only",
            "on the list: GPL-2.0-only",
        ),
        (
            [declared("NONE", "pyproject.toml")],
            NOTHING,
            "no licence is granted",
            "no licence is granted",
        ),
    ],
)
def test_what_the_lists_say_of_each_licence_is_put_down_to_where_it_is_stated(
    declarations: list[Declaration], files: LicenceFiles, osi: str, fsf: str
) -> None:
    found = _by_name(answers(declarations, files))

    for fact, note in (("osi_approved", osi), ("fsf_libre", fsf)):
        answer = found[f"licensing.{fact}"]
        assert isinstance(answer, Observation)
        assert answer.items == (Item(subject="pyproject.toml", note=note),)


def test_terms_added_to_a_licence_are_named_with_what_the_manifest_says() -> None:
    text = LicenceText(texts=("MPL-2.0",), other_words=322, other_line=364)
    rider = LicenceFile(path="LICENSE", identifier="", found=text)
    said = declared("", "pom.xml", said="MPL 2.0 with Healthcare Disclaimer")

    found = _by_name(answers([said], root(rider)))

    concluded, matches = (
        found["licensing.concluded_licence"],
        found["licensing.declared_matches_detected"],
    )
    assert isinstance(concluded, Gap)
    assert concluded.why == (
        "pom.xml states 'MPL 2.0 with Healthcare Disclaimer', which is not on the "
        "SPDX list; the licence text is MPL-2.0, and not all is known of LICENSE: it "
        "holds the text of MPL-2.0, and 322 words that are in no known licence"
    )
    assert [(i.subject, i.line) for i in concluded.items] == [
        ("pom.xml", 0),
        ("LICENSE", 364),
    ]
    assert isinstance(matches, Gap)
    assert [i.subject for i in matches.items] == ["pom.xml"]


def test_licences_of_parts_are_shown_and_do_not_count() -> None:
    docs = holds("CC-BY-4.0", path="LICENSE-docs")

    found = _by_name(answers([], root(holds("MIT"), parts=(docs,))))

    detected = found["licensing.detected_licence"]
    assert isinstance(detected, Observation)
    assert detected.value == "MIT"
    assert [i.subject for i in detected.items] == ["LICENSE", "LICENSE-docs"]


def test_words_of_strangers_come_without_mail_addresses() -> None:
    said = declared("", said="ask jane@example.org")

    found = _by_name(answers([said], NOTHING))

    assert "example.org" not in repr(found)


def test_licences_too_many_for_one_expression_are_a_gap() -> None:
    many = [i for i in sorted(licences()) if "GPL" not in i][:60]
    found = _by_name(answers([], reuse(*many)))
    compound = [declared(f"{i} OR MIT", f"{i}/package.json", steps=1) for i in many]
    stated = _by_name(answers(compound, NOTHING))

    for answer in (
        found["licensing.detected_licence"],
        found["licensing.concluded_licence"],
        stated["licensing.declared_licence"],
    ):
        assert isinstance(answer, Gap)
        assert answer.why == "there are 60 licences, too many for one expression"
    assert isinstance(found["licensing.osi_approved"], Gap)


def _by_name(given: Iterable[Answered]) -> dict[str, Answered]:
    return {answer.fact: answer for answer in given}


def _short(answer: Answered) -> Value:
    match answer:
        case Observation(value=value):
            return value
        case Gap():
            return GAP
        case Inapplicable():
            return MOOT
