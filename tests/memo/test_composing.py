# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from ossay import codec
from ossay.memo import FORMATS, Content, render
from ossay.memo.blocks import Question, Reason, Unsettled, WhyOpen
from ossay.model.candidate import Part
from ossay.model.digest import Filed
from ossay.model.evidence import Combine, Fact, Item
from ossay.model.judgement import Looked, Recommendation, Screening
from ossay.model.policy import Equals, Level
from ossay.model.snapshot import Chosen
from tests.memo import cases


@pytest.mark.parametrize(
    ("case", "recommendation", "decided_by"),
    [
        (cases.refused, Recommendation.DO_NOT_ADOPT, ("LIC-1",)),
        (cases.not_yet, Recommendation.NOT_YET, ("LIC-2", "SEC-1")),
        (cases.undecided, Recommendation.CANNOT_DECIDE_YET, ("LIC-1", "LIC-2")),
        (
            cases.conditional,
            Recommendation.ADOPT_WITH_CONDITIONS,
            ("LIC-3", "SEC-2", "ACC-1"),
        ),
        (cases.adoptable, Recommendation.ADOPT, ()),
    ],
)
def test_a_recommendation_names_the_rules_it_rests_on(
    case: Callable[[], Content],
    recommendation: Recommendation,
    decided_by: tuple[str, ...],
) -> None:
    verdict = case().verdict

    assert verdict.recommendation is recommendation
    assert verdict.decided_by == decided_by


@pytest.mark.parametrize(
    ("case", "screening", "obstacles"),
    [
        (cases.refused, Screening.OBSTACLES_FOUND, ("LIC-1", "LIC-2")),
        (cases.undecided, Screening.COULD_NOT_LOOK, ("LIC-1", "LIC-2")),
        (cases.adoptable, Screening.NO_OBSTACLE_FOUND, ()),
    ],
)
def test_a_screening_names_the_rules_it_rests_on(
    case: Callable[[], Content], screening: Screening, obstacles: tuple[str, ...]
) -> None:
    verdict = case().verdict

    assert verdict.screening is screening
    assert verdict.obstacles == obstacles


def test_a_failed_knock_out_has_to_be_confirmed_by_a_person() -> None:
    assert cases.refused().verdict.to_confirm == ("LIC-1",)
    assert cases.not_yet().verdict.to_confirm == ()


def test_what_nobody_answered_is_kept_apart_from_what_the_machine_could_not_see() -> (
    None
):
    memo = cases.refused()

    cut_off = Reason(part="client", why="the history of this part was cut off")
    lost = Reason(part="translations", why="part 'translations' could not be fetched")
    assert memo.for_people == (Question(who="accessibility officer", rules=("ACC-1",)),)
    assert memo.for_machine == (Unsettled(reasons=(cut_off, lost), rules=("STW-1",)),)


def test_a_list_that_may_lack_entries_is_no_gap_and_no_pass() -> None:
    rule = replace(
        cases.SEC_3, criterion=Equals(fact=cases.BINARIES.name, value=("x",))
    )

    memo = cases.memo([cases.server()], cases.pack(rule))

    assert memo.results[0].why_open is WhyOpen.COULD_NOT_LOOK
    reason = Reason(part="server", why="a file could not be read")
    assert memo.for_machine == (Unsettled(reasons=(reason,), rules=("SEC-3",)),)


def test_what_is_open_of_an_optional_part_is_no_reason() -> None:
    client = cases.client()
    optional = replace(client, part=replace(client.part, required=False))
    held = cases.pack(cases.STW_1)

    needed = cases.memo([cases.lost(), client], held)
    not_needed = cases.memo([cases.lost(), optional], held)

    assert [r.part for r in needed.for_machine[0].reasons] == ["translations", "client"]
    assert [r.part for r in not_needed.for_machine[0].reasons] == ["translations"]


def test_nobody_is_asked_what_may_not_arise() -> None:
    asking = replace(cases.ACC_3, applies_when=cases.ACC_2.applies_when)

    memo = cases.memo([cases.lost()], cases.pack(asking))

    assert memo.for_people == ()
    assert memo.results[0].why_open is WhyOpen.COULD_NOT_LOOK
    assert memo.for_machine[0].reasons[-1].part == "translations"


def test_rules_that_change_no_advice_ask_nothing_on_page_one() -> None:
    optional = replace(cases.ACC_3, level=Level.MAY)

    memo = cases.memo([cases.server()], cases.pack(optional), answers=())

    assert memo.for_people == ()
    assert memo.results[0].why_open is WhyOpen.NOBODY_ANSWERED


@pytest.mark.parametrize(
    ("review_by", "out_of_date"),
    [
        (None, False),
        (cases.TODAY, False),
        (date(2026, 11, 22), True),
    ],
)
def test_a_pack_is_out_of_date_after_its_review_date(
    review_by: date | None, *, out_of_date: bool
) -> None:
    memo = cases.memo([cases.server()], cases.pack(cases.LIC_1, review_by=review_by))

    assert memo.asked.packs[0].out_of_date is out_of_date


def test_every_gap_is_listed_whether_or_not_a_rule_asked() -> None:
    memo = cases.memo([cases.server()], cases.pack(cases.LIC_1))

    reasons = [gap.why for gap in memo.not_looked_at]
    assert reasons == [
        "a file could not be read",
        "the guide is written in Khmer, which ossay cannot judge",
    ]
    assert memo.not_looked_at[0].short == (cases.BINARIES.asks,)
    assert memo.not_looked_at[1].asks == (cases.GUIDE.asks,)


def test_what_a_count_says_was_not_looked_into_is_listed() -> None:
    modules = Fact(
        name="contents.submodules",
        kind=int,
        asks="How many folders are kept elsewhere?",
        combine=Combine.SUM,
        unread="folders are kept in other repositories",
    )
    facts = {**cases.FACTS, modules.name: modules}
    seen = modules.found(1, [Item(subject="3rdparty/lib", note="kept at x")])

    one = cases.memo([cases.server(seen)], cases.pack(cases.LIC_1), facts=facts)
    none = cases.memo(
        [cases.server(modules.found(0))], cases.pack(cases.LIC_1), facts=facts
    )

    listed = one.not_looked_at[0]
    assert (listed.why, listed.asks) == ("folders are kept in other repositories", ())
    assert [place.path for place in listed.places] == ["3rdparty/lib"]
    assert all(gap.why != modules.unread for gap in none.not_looked_at)


def test_a_fact_that_nobody_declares_any_more_is_called_by_its_name() -> None:
    fewer = {name: f for name, f in cases.FACTS.items() if f is not cases.GUIDE}

    memo = cases.memo([cases.server()], cases.pack(cases.LIC_1), facts=fewer)

    documentation = next(f for f in memo.figures if f.area == "documentation")
    assert [f.asks for f in documentation.figures] == [
        cases.README.asks,
        "documentation.user_guide",
    ]


def test_only_answers_that_speak_against_a_rule_are_put_down_to_it() -> None:
    memo = cases.refused()

    seen = {s.part: s.as_wanted for s in memo.results[0].seen}
    assert seen == {"server": True, "client": False, "translations": False}


def test_what_tells_that_a_rule_applies_does_not_speak_against_it() -> None:
    screens = cases.HAS_SCREENS.found(True, where="src/App.vue")
    at = cases.snapshot(cases.SERVER, Chosen.ASKED, "refs/tags/v1")
    mirrored = cases.RIGHT_TO_LEFT.found(False)
    memo = cases.memo(
        [cases.looked(cases.SERVER, at, mirrored, screens)], cases.pack(cases.ACC_2)
    )

    assert {s.fact: s.as_wanted for s in memo.results[0].seen} == {
        cases.RIGHT_TO_LEFT.name: False,
        cases.HAS_SCREENS.name: True,
    }


def test_tags_and_commits_are_no_files() -> None:
    commit = "a1" * 20
    at = cases.snapshot(cases.SERVER, Chosen.LATEST_RELEASE, "refs/tags/v4.2.1")
    looked = cases.looked(
        cases.SERVER,
        at,
        cases.CONTRIBUTORS.found(
            11,
            [Item(subject="refs/tags/v4.2.1"), Item(subject=commit)],
        ),
        cases.DECLARED.found("MIT", where="LICENSE"),
    )

    memo = cases.memo([looked], cases.pack(cases.LIC_1))

    places = {
        place.subject: place.url.rpartition("/permit-desk/")[2]
        for area in memo.figures
        for figure in area.figures
        for seen in figure.seen
        for place in seen.places
    }
    assert places == {
        "v4.2.1": "",
        commit[:12]: f"tree/{commit}",
        "LICENSE": f"blob/{at.commit}/LICENSE",
    }


@pytest.mark.parametrize("form", ["html", "markdown", "human"])
def test_page_one_says_who_has_to_read_what_and_what_is_to_be_done(form: str) -> None:
    written = FORMATS[form].render(cases.unrecognised())

    first = re.sub(r"\(<[^>]*>\)|<[^>]*>|[`*\\\[\]]", "", written).partition(
        "Findings"
    )[0]
    page_one = " ".join(first.split())
    machine = page_one.partition("What the machine could not settle")[2]
    for said in ("procurement lawyer", "LIC-9", "pom.xml:31", "LICENSE:364"):
        assert said in page_one
    for said in (
        "The licence text is MPL-2.0, and 322 words are in no known licence.",
        "pom.xml:31",
        "LICENSE:364",
        "To do: Publish every part under a licence",
        "By: the maintainers.",
    ):
        assert said in machine


def in_a_folder(folder: str) -> Content:
    part = Part(name="whole", source_url=folder)
    at = cases.snapshot(part, Chosen.CHECKED_OUT, "refs/heads/main")
    gap = cases.GUIDE.unknown(f"the file {folder}/guide.md was locked")
    missing = Looked(
        part=Part(name="client", source_url=f"{folder}-client"),
        evidence=None,
        why_not=f"cannot open {folder}-client: no such folder",
    )
    return cases.memo(
        [cases.looked(part, at, gap), missing], cases.pack(cases.LIC_1, cases.DOC_1)
    )


@pytest.mark.parametrize("form", ["html", "markdown", "human"])
def test_page_one_counts_the_places_to_be_read_that_it_does_not_name(form: str) -> None:
    at = cases.snapshot(cases.SERVER, Chosen.ASKED, "refs/tags/v1")
    texts = [Item(subject=f"LICENSES/{name}.txt") for name in "ABCDE"]
    unsettled = cases.OPEN_LICENCE.unknown("there are five texts", texts)
    memo = cases.memo(
        [cases.looked(cases.SERVER, at, unsettled)], cases.pack(cases.LIC_1)
    )

    page_one = FORMATS[form].render(memo).partition("Findings")[0]

    assert "LICENSES/C.txt" in page_one
    assert "LICENSES/D.txt" not in page_one
    assert "and 2 more" in page_one


@pytest.mark.parametrize("form", ["html", "markdown", "human"])
def test_of_a_folder_the_latest_release_is_the_one_it_holds(form: str) -> None:
    part = Part(name="whole", source_url="/srv/copies/desk")
    at = cases.snapshot(part, Chosen.LATEST_RELEASE, "refs/tags/v4.2.1")
    memo = cases.memo([cases.looked(part, at)], cases.pack(cases.LIC_1))

    written = " ".join(FORMATS[form].render(memo).split())

    assert "the latest release that this folder holds" in written


def test_also_seen_comes_with_its_places() -> None:
    written = FORMATS["markdown"].render(cases.refused())

    _, _, also_seen = written.partition("## Also seen")
    assert "docs/guide.md" in also_seen.partition("## Method")[0]


@pytest.mark.parametrize("form", list(FORMATS))
def test_a_folder_of_the_assessing_machine_is_shown_by_its_bare_name(
    form: str,
) -> None:
    memo = in_a_folder("/home/a.officer/secret-project/desk")

    written = render(memo, form).body

    assert "officer/" not in written
    assert "secret-project" not in written
    assert "desk" in written


def test_a_command_that_reproduces_the_findings_names_the_commit_and_the_day() -> None:
    memo = cases.memo([cases.server()], cases.pack(cases.LIC_1), answers=(), waivers=())

    assert memo.reproduction.command == (
        f"ossay assess https://github.com/example/permit-desk --ref {'a' * 40} "
        "--pack baseline --judged-on 2026-11-23"
    )
    assert memo.reproduction.answers is None
    assert memo.reproduction.waivers is None


def test_a_command_leaves_out_the_recogniser_where_there_was_none() -> None:
    memo = cases.memo([cases.client()], cases.pack(cases.LIC_1), answers=(), waivers=())

    assert " --light " in memo.reproduction.command


def test_a_command_names_the_files_of_what_people_said() -> None:
    memo = cases.memo([cases.server()], cases.pack(cases.LIC_1))

    assert memo.reproduction.command.endswith(
        "--answers answers.yaml --waivers waivers.yaml"
    )


def test_a_command_is_quoted_for_the_shell() -> None:
    part = Part(name="whole", source_url="https://example.org/$(reboot)")
    at = cases.snapshot(part, Chosen.DEFAULT_BRANCH, "refs/heads/main")

    memo = cases.memo([cases.looked(part, at)], cases.pack(cases.LIC_1))

    assert "'https://example.org/$(reboot)'" in memo.reproduction.command


def later(looked: Looked) -> Looked:
    """Return the same evidence, read and collected at another time."""
    assert looked.evidence is not None
    moment = datetime(2027, 1, 1, tzinfo=UTC)
    evidence = replace(
        looked.evidence.value,
        snapshot=replace(looked.evidence.value.snapshot, taken_at=moment),
        collected_at=moment,
    )
    filed = Filed(digest=codec.digest_of(evidence), value=evidence)
    return replace(looked, evidence=filed)


def test_a_memo_does_not_depend_on_when_somebody_looked() -> None:
    parts = [cases.server()]
    asked = replace(
        cases.candidate(parts), requested_at=datetime(2027, 1, 1, tzinfo=UTC)
    )

    now = cases.memo(parts, cases.pack(*cases.RULES))
    then = cases.memo([later(parts[0])], cases.pack(*cases.RULES), asked=asked)

    assert then == now
