# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Whether a project, or files of it, were under another licence before."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from ossay import collect
from ossay.collect.relicensing import COLLECTOR, main_line
from ossay.model.candidate import Part
from ossay.model.collector import Given
from ossay.model.earlier import Step
from ossay.model.evidence import Answered, Gap, Inapplicable, Observation
from ossay.model.licences import Recogniser
from ossay.model.tree import Entry, Unreadable
from ossay.source import (
    earlier_of,
    history_of,
    open_in_place,
    take_snapshot,
    tree_of,
)
from ossay.source.earlier import EarlierFiles
from tests.collect.licensing.recognition.recognisers import Phrases
from tests.collect.licensing.texts import CC0, CC_BY, MIT
from tests.collect.trees import MemoryFacts
from tests.source.repositories import (
    FIRST_DAY,
    Files,
    commit,
    make_repository,
    run,
    tag,
    write_commit,
)

Top = tuple[str, tuple[Entry, ...] | Unreadable]

NOW = datetime(2026, 1, 1, tzinfo=UTC)
MIT_FILE, CC0_FILE = MIT.encode(), CC0.encode()
GPL, ISC = b"// under the gpl licence\nint x;\n", b"// under the isc licence\nint x;\n"


def looked(
    made: Path,
    ref: str = "main",
    recogniser: Recogniser | None = None,
    facts: MemoryFacts | None = None,
) -> dict[str, Answered]:
    """Return the answers about *made* by fact."""
    repository = open_in_place(made, made.parent / "ours")
    part = Part(name="whole", source_url="/somewhere", ref=ref)
    snapshot = take_snapshot(repository, part, NOW)
    facts = MemoryFacts() if facts is None else facts
    given = Given(
        snapshot=snapshot,
        tree=tree_of(repository, snapshot, facts),
        history=history_of(repository, snapshot),
        recogniser=recogniser,
        memory=facts,
        earlier=earlier_of(repository, snapshot, facts),
    )
    answers, _ = collect.gather(COLLECTOR, given)
    return {a.fact.removeprefix("licensing."): a for a in answers}


def released(folder: Path, *versions: tuple[str, Files]) -> Path:
    """Return a repository with these versions, a day between each."""
    made = make_repository(folder, versions[0][1])
    tag(made, versions[0][0])
    for name, files in versions[1:]:
        commit(made, files)
        tag(made, name)
    return made


def value(answer: Answered) -> object:
    assert isinstance(answer, Observation), answer
    return answer.value


def notes(answer: Answered) -> Sequence[tuple[str, str]]:
    assert isinstance(answer, Observation), answer
    return [(item.subject, item.note) for item in answer.items]


def test_a_change_of_the_licence_text_is_told_with_the_versions_around_it(
    tmp_path: Path,
) -> None:
    made = released(
        tmp_path,
        ("v1.0", {"LICENSE": MIT_FILE, "a.c": b"1"}),
        ("v1.1", {"a.c": b"2"}),
        ("v2.0", {"LICENSE": None, "COPYING": CC0_FILE}),
        ("v2.1", {"a.c": b"3"}),
    )

    found = looked(made)

    assert value(found["licence_changed_on"]) == date(2024, 1, 3)
    assert notes(found["licence_changed_on"]) == [
        (
            "refs/tags/v2.0",
            "up to version v1.1 of 2024-01-02 the licence files held MIT; from "
            "version v2.0 of 2024-01-03 on they hold CC0-1.0",
        )
    ]
    assert value(found["former_licences"]) == ("MIT",)


def test_versions_that_are_kept_up_after_a_change_are_no_second_one(
    tmp_path: Path,
) -> None:
    made = released(
        tmp_path,
        ("v1.0", {"LICENSE": MIT_FILE}),
        ("v2.0", {"LICENSE": CC0_FILE}),
        ("v1.1", {"LICENSE": MIT_FILE}),
        ("v2.1", {"LICENSE": CC0_FILE}),
    )

    answer = looked(made)["licence_changed_on"]

    assert len(notes(answer)) == 1
    assert "up to version v1.1 of 2024-01-03" in notes(answer)[0][1]


def test_what_came_after_the_version_that_is_looked_at_does_not_count(
    tmp_path: Path,
) -> None:
    made = released(
        tmp_path,
        ("v1.0", {"LICENSE": MIT_FILE}),
        ("v1.1", {"a.c": b"1"}),
        ("v2.0", {"LICENSE": CC0_FILE}),
    )

    found = looked(made, "v1.1")

    assert isinstance(found["licence_changed_on"], Inapplicable)
    assert value(found["former_licences"]) == ()


def test_without_releases_the_last_state_of_each_year_is_looked_at(
    tmp_path: Path,
) -> None:
    made = make_repository(tmp_path, {"LICENSE": MIT_FILE})
    commit(made, {"LICENSE": CC0_FILE}, at=FIRST_DAY + timedelta(days=500))

    answer = looked(made)["licence_changed_on"]

    assert value(answer) == (FIRST_DAY + timedelta(days=500)).date()
    assert "up to the state of 2024-01-01" in notes(answer)[0][1]


def test_a_text_that_was_not_made_out_is_neither_a_change_nor_none(
    tmp_path: Path,
) -> None:
    made = released(
        tmp_path,
        ("v1.0", {"LICENSE": b"Ask the mayor for leave.\n" * 20}),
        ("v1.1", {"LICENSE": MIT_FILE}),
    )

    found = looked(made)

    answer = found["licence_changed_on"]
    assert isinstance(answer, Gap)
    assert "version v1.0: LICENSE: no known licence text" in answer.why
    former = found["former_licences"]
    assert isinstance(former, Observation)
    assert (former.value, bool(former.missed)) == ((), True)


TERMS = b"\n\nAdditional terms: nobody may offer the software for money.\n" * 9


def test_words_beside_a_text_that_came_later_leave_it_open_what_changed(
    tmp_path: Path,
) -> None:
    made = released(
        tmp_path,
        ("v1.0", {"LICENSE": MIT_FILE}),
        ("v1.1", {"LICENSE": MIT_FILE + TERMS}),
    )

    found = looked(made)

    answer = found["licence_changed_on"]
    assert isinstance(answer, Gap)
    assert "version v1.1" in answer.why
    former = found["former_licences"]
    assert isinstance(former, Observation)
    assert (former.value, bool(former.missed)) == ((), True)


def test_words_beside_a_text_that_were_always_there_are_no_change(
    tmp_path: Path,
) -> None:
    made = released(
        tmp_path,
        ("v1.0", {"LICENSE": MIT_FILE + TERMS}),
        ("v1.1", {"a.c": b"1"}),
    )

    found = looked(made)

    assert isinstance(found["licence_changed_on"], Inapplicable)
    assert value(found["former_licences"]) == ()


def test_a_notice_in_a_licence_file_is_read_where_no_text_is_recognised(
    tmp_path: Path,
) -> None:
    made = released(
        tmp_path,
        ("v1.0", {"LICENSE.md": b"These files are under the zlib licence.\n"}),
        ("v1.1", {"LICENSE.md": b"All files are under the isc licence.\n"}),
    )

    assert value(looked(made, recogniser=Phrases())["former_licences"]) == ("Zlib",)
    assert isinstance(looked(made)["licence_changed_on"], Gap)


def test_reuse_texts_stand_for_the_whole_where_no_other_licence_file_does(
    tmp_path: Path,
) -> None:
    made = released(
        tmp_path,
        ("v1.0", {"LICENSE": MIT_FILE}),
        ("v1.1", {"LICENSE": None, "LICENSES/CC0-1.0.txt": CC0_FILE}),
    )

    assert value(looked(made)["former_licences"]) == ("MIT",)


# REUSE-IgnoreStart
TAGGED = b"// SPDX-License-Identifier: MIT\nint x;\n"
# REUSE-IgnoreEnd


def test_files_that_state_another_licence_than_before_are_named(
    tmp_path: Path,
) -> None:
    first: Files = {
        "a.c": GPL,
        "b.c": GPL,
        "c.c": GPL,
        "d.c": b"int x;\n",
        "e.c": TAGGED,
        "tests/f.c": GPL,
        "vendor/x/g.c": GPL,
        "old.c": GPL,
        "see.c": GPL,
    }
    second: Files = {
        "a.c": ISC,
        "b.c": GPL + b"int y;\n",
        "c.c": b"int x;\n",
        "d.c": ISC,
        "e.c": TAGGED.replace(b"MIT", b"ISC"),
        "tests/f.c": ISC,
        "vendor/x/g.c": ISC,
        "old.c": None,
        "see.c": GPL + b"// see LICENSE for more\n",
        "new.c": ISC,
    }
    made = released(tmp_path, ("v1.0", first), ("v1.1", second))

    answer = looked(made, recogniser=Phrases())["relicensed_files"]

    was = "ISC; in version v1.0 of 2024-01-01 it was"
    assert notes(answer) == [
        ("a.c", f"{was} GPL-2.0-only"),
        ("e.c", f"{was} MIT"),
        ("vendor/x/g.c", f"{was} GPL-2.0-only"),
    ]
    assert value(answer) == 3


@pytest.mark.parametrize("recogniser", [None, Phrases()])
def test_what_nobody_read_leaves_it_open_whether_it_was_relicensed(
    tmp_path: Path, recogniser: Recogniser | None
) -> None:
    slow = b"// a slow text under the gpl licence\n"
    made = released(tmp_path, ("v1.0", {"a.c": slow}), ("v1.1", {"a.c": slow + b"1"}))

    answer = looked(made, recogniser=recogniser)["relicensed_files"]

    assert isinstance(answer, Gap)
    assert "1 file that changed since version v1.0" in answer.why


def test_what_versions_held_is_looked_up_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = released(
        tmp_path,
        ("v1.0", {"LICENSE": MIT_FILE}),
        ("v1.1", {"LICENSE": CC0_FILE}),
    )
    facts = MemoryFacts()
    before = looked(made, facts=facts)
    asked: list[str] = []
    as_it_is = EarlierFiles.top_files

    def counting(self: EarlierFiles, commits: Iterable[str]) -> Iterator[Top]:
        asked.extend(wanted := list(commits))
        return as_it_is(self, wanted)

    monkeypatch.setattr(EarlierFiles, "top_files", counting)

    assert looked(made, facts=facts) == before
    assert asked == []


def test_two_states_of_the_files_are_compared_once_unless_something_stays_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = released(tmp_path, ("v1.0", {"a.c": GPL}), ("v1.1", {"a.c": ISC}))
    facts = MemoryFacts()
    open_without = looked(made, facts=facts)["relicensed_files"]
    told = looked(made, recogniser=Phrases(), facts=facts)["relicensed_files"]
    compared: list[str] = []
    as_it_is = EarlierFiles.changed_since

    def counting(self: EarlierFiles, before: str) -> tuple[Entry, ...] | Unreadable:
        compared.append(before)
        return as_it_is(self, before)

    monkeypatch.setattr(EarlierFiles, "changed_since", counting)

    again = looked(made, recogniser=Phrases(), facts=facts)["relicensed_files"]
    assert again == told
    assert compared == []
    assert looked(made, facts=facts)["relicensed_files"] == open_without
    commit(made, {"a.c": GPL + b"int y;\n"})
    grown = looked(made, recogniser=Phrases(), facts=facts)["relicensed_files"]
    assert grown == looked(made, recogniser=Phrases())["relicensed_files"]
    assert compared


def test_a_first_version_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    made = released(tmp_path, ("v1.0", {"LICENSE": MIT_FILE}))

    found = looked(made)

    for name in ("licence_changed_on", "former_licences", "relicensed_files"):
        assert isinstance(found[name], Inapplicable)
    assert value(found["relicensings"]) == 0


def test_the_commit_that_replaced_the_licence_is_told_between_releases(
    tmp_path: Path,
) -> None:
    made = make_repository(tmp_path, {"LICENSE": MIT_FILE, "a.c": b"1"})
    commit(made, {"a.c": b"2"}, author="Bob Builder <bob@home.example.com>")
    commit(made, {"LICENSE": MIT_FILE + b"\n"})
    commit(made, {"LICENSE": None})
    changed = commit(made, {"COPYING": CC0_FILE})
    commit(made, {"a.c": b"3"})

    found = looked(made)

    assert value(found["relicensings"]) == 1
    assert value(found["relicensed_on"]) == date(2024, 1, 5)
    assert notes(found["relicensings"]) == [
        (
            changed,
            "on 2024-01-05 CC0-1.0 came for MIT; 2 people had made changes by then",
        )
    ]
    assert value(found["left_open_source"]) is False


def test_a_change_on_a_branch_counts_when_it_is_merged_and_once(
    tmp_path: Path,
) -> None:
    made = make_repository(tmp_path, {"LICENSE": MIT_FILE, "a.c": b"1"})
    run(made, "branch", "side")
    commit(made, {"LICENSE": CC0_FILE}, branch="side")
    main = commit(made, {"a.c": b"2"})
    side, tree = run(made, "rev-parse", "side", "side^{tree}").split()
    merge = write_commit(made, tree, parents=[main, side])

    found = looked(made)

    assert [subject for subject, _ in notes(found["relicensings"])] == [merge]


def test_a_licence_under_a_name_of_its_own_is_followed(tmp_path: Path) -> None:
    made = released(
        tmp_path,
        ("v1.0", {"LICENSE-new[1]*.txt": MIT_FILE}),
        ("v1.1", {"LICENSE-new[1]*.txt": CC0_FILE}),
    )

    assert value(looked(made)["relicensings"]) == 1


def test_what_was_looked_through_before_is_not_looked_through_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_repository(tmp_path, {"LICENSE": MIT_FILE, "a.c": b"1"})
    commit(made, {"LICENSE": CC0_FILE})
    facts = MemoryFacts()
    looked(made, facts=facts)
    last = run(made, "rev-parse", "main")
    commit(made, {"a.c": b"2"})
    asked: list[str] = []
    as_it_is = EarlierFiles.steps_that_touched

    def counting(
        self: EarlierFiles, names: Iterable[str], since: str
    ) -> tuple[Step, ...] | Unreadable:
        asked.append(since)
        return as_it_is(self, names, since)

    monkeypatch.setattr(EarlierFiles, "steps_that_touched", counting)
    again = looked(made, facts=facts)
    anew = looked(made)

    assert asked == [last, ""]
    assert again == anew


def test_a_main_line_that_does_not_explain_its_licence_files_is_a_gap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = released(tmp_path, ("v1.0", {"LICENSE": MIT_FILE}))
    monkeypatch.setattr(EarlierFiles, "steps_that_touched", lambda *_: ())

    found = looked(made)

    for name in ("relicensings", "relicensed_on", "left_open_source"):
        assert isinstance(found[name], Gap)


def test_other_words_beside_a_closed_licence_may_be_an_open_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_repository(tmp_path, {"LICENSE": CC_BY.encode()})
    changed = commit(made, {"LICENSE": MIT_FILE})
    closed = {"CC-BY-4.0": True, "MIT": False}
    monkeypatch.setattr(main_line, "is_open", closed.__getitem__)

    left = looked(made)["left_open_source"]
    (elsewhere := tmp_path / "elsewhere").mkdir()
    other = make_repository(elsewhere, {"LICENSE": CC_BY.encode()})
    beside = commit(other, {"LICENSE": MIT_FILE + TERMS})
    open_left = looked(other)["left_open_source"]

    assert value(left) is True
    assert [subject for subject, _ in notes(left)] == [changed]
    assert isinstance(open_left, Gap)
    assert [item.subject for item in open_left.items] == [beside]


@pytest.mark.parametrize(
    ("licence", "is_one"),
    [
        ("MIT", True),
        ("CC0-1.0", True),
        ("AGPL-3.0-only", True),
        ("SSPL-1.0", False),
        ("BUSL-1.1", False),
        ("Elastic-2.0", False),
        ("LicenseRef-of-our-own", None),
    ],
)
def test_open_licences_are_told_from_those_that_are_not(
    licence: str, is_one: bool | None
) -> None:
    assert main_line.is_open(licence) is is_one


def test_a_shallow_clone_leaves_gaps(tmp_path: Path) -> None:
    made = released(
        tmp_path,
        ("v1.0", {"LICENSE": MIT_FILE}),
        ("v1.1", {"LICENSE": CC0_FILE}),
    )
    address = f"file://{made}"
    run(tmp_path, "clone", "--quiet", "--depth=1", "--branch=main", address, "shallow")

    answers = looked(tmp_path / "shallow")

    assert all(isinstance(a, Gap) for a in answers.values())
    assert len(answers) == len(COLLECTOR.facts)
