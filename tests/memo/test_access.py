# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What a memo says of who may be kept out, and of how far anybody looked."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from ossay.collect import declared_facts
from ossay.memo import (
    render_html,
    render_human,
    render_json,
    render_markdown,
    render_tests,
)
from ossay.memo.access import groups, is_drafted, minutes, sittings, touched
from ossay.memo.annexes import hindrances_in
from ossay.memo.blocks import Content, Place, WhyOpen
from ossay.model.accessibility import CRITERIA, ShutOut, Verdict
from ossay.model.judgement import Outcome, Screening
from ossay.model.policy import Ask, Mode, Rule
from tests.memo import barred, cases
from tests.memo.pages import Page
from tests.memo.test_wording import words, words_in

Render = Callable[[Content], str]

NOT_CONFORMANCE = "nothing here says that the software conforms to a standard"


def plain(text: str) -> str:
    """Return what is read of a memo in any format, in one line."""
    if text.startswith("<!doctype"):
        return Page(text).text
    return " ".join(re.sub(r"[`*\\]", "", text).split())


@pytest.mark.parametrize("render", [render_html, render_markdown, render_human])
class TestInEveryFormatForReaders:
    def test_ways_of_looking_are_told_apart(self, render: Render) -> None:
        text = plain(render(barred.whole()))

        order = [
            text.index(told)
            for told in (
                "Signs in the repository",
                "Checks of templates",
                "checked: 40",
                "files of the interface that no check here can read: 7",
                "Pages of the repository, opened in a browser",
                "opened and tested: 12",
                "not tested: 8",
                "The running software, opened in a browser",
                f"Nothing was looked at: {barred.NOT_GIVEN}.",
            )
        ]
        assert order == sorted(order)

    def test_what_may_fail_is_apart_from_what_fails(self, render: Render) -> None:
        text = plain(render(barred.whole()))

        assert re.search(r"\bfail: 3\W+may fail: 1\b", text)

    def test_why_nothing_was_looked_at_is_told_in_each_place(
        self, render: Render
    ) -> None:
        text = plain(render(barred.nothing_known()))

        for why in ("the files could not be read", barred.NO_BROWSER, barred.NOT_GIVEN):
            assert f"Nothing was looked at: {why}." in text

    def test_no_finding_is_no_conformance(self, render: Render) -> None:
        clean = barred.memo(
            barred.seen("templates.failing", 0), barred.seen("pages.failing", 0)
        )

        for memo in (clean, barred.whole(), barred.nothing_known()):
            assert NOT_CONFORMANCE in plain(render(memo))

    def test_criteria_that_no_machine_looks_at_are_left_to_people(
        self, render: Render
    ) -> None:
        text = plain(render(barred.whole()))

        assert "has 55 success criteria" in text
        assert "look at something of 3 of them (3 on pages of the repository)" in text
        assert "Of the other 52 no check used here can tell anything" in text

    def test_where_no_check_ran_no_criterion_was_looked_at(
        self, render: Render
    ) -> None:
        assert "No machine looked at any of them" in plain(
            render(barred.nothing_known())
        )

    def test_software_without_an_interface_gets_one_sentence(
        self, render: Render
    ) -> None:
        why = "no user interface was found here"
        text = plain(
            render(
                barred.memo(
                    barred.seen("accessibility.user_interface", False),
                    barred.inapplicable("templates.files", why),
                    barred.inapplicable("pages.tested", why),
                )
            )
        )

        assert "No pages, screens or windows of its own were found" in text
        assert "Checks of templates" not in text
        assert "Who may be kept out" not in text

    def test_no_word_of_it_where_nothing_was_asked(self, render: Render) -> None:
        text = plain(render(barred.memo(barred.seen("components.total", 2))))

        assert "Can everyone use it?" not in text


@pytest.mark.parametrize("render", [render_html, render_markdown])
class TestWhereThereIsRoom:
    def test_a_barrier_is_told_with_its_place_criterion_and_clause(
        self, render: Render
    ) -> None:
        text = plain(render(barred.whole()))

        assert "An image has no text alternative. 3 places in templates" in text
        assert "src/Tree.vue:9" in text
        assert "WCAG 1.1.1, Non-text Content (EN 301 549, clause 9.1.1.1)." in text

    def test_what_only_the_newest_edition_asks_for_has_no_clause(
        self, render: Render
    ) -> None:
        text = plain(render(barred.whole()))

        told = "WCAG 2.5.8, Target Size (Minimum) (not in EN 301 549 V3.2.1)."
        assert told in text

    def test_a_place_links_to_its_line(self, render: Render) -> None:
        text = render(barred.whole())

        link = f"https://github.com/example/permit-desk/blob/{'a' * 40}/src/Tree.vue#L9"
        assert link in text

    def test_for_whom_no_check_looks_that_is_said(self, render: Render) -> None:
        text = plain(render(barred.whole()))

        deaf = text.partition("Deaf and hard-of-hearing people")[2][:70]
        assert "no check for it" in deaf

    def test_tables_with_every_place_are_named(self, render: Render) -> None:
        text = plain(render(barred.whole()))

        assert "the file template-checks.csv beside this memo" in text
        assert "the file rendered-pages.csv beside this memo" in text
        assert "site-pages.csv" not in text

    def test_questions_left_open_are_told_once_for_each_reason(
        self, render: Render
    ) -> None:
        text = plain(render(barred.whole()))

        assert "1 question stayed open: its documentation is in French." in text
        assert "What about languages.reading_grade?" not in text

    def test_what_it_tells_is_not_told_again(self, render: Render) -> None:
        text = plain(render(barred.whole()))

        assert text.count("What about pages.other_hosts?") == 1
        assert "What about pages.touched_criteria?" not in text

    def test_that_pages_were_opened_is_no_secret(self, render: Render) -> None:
        nobody = "No page was opened in a browser"

        assert nobody not in plain(render(barred.whole()))
        assert nobody in plain(render(barred.nothing_known()))

    def test_a_running_system_that_was_visited_is_told(self, render: Render) -> None:
        visited = barred.memo(
            barred.seen("site.tested", 3), barred.seen("site.failing", 0)
        )

        text = plain(render(visited))

        assert "Pages of a running system were opened" in text
        assert "No running system was touched" not in text
        assert "no running system was touched" not in text

    def test_who_allowed_the_visit_is_told_with_the_last_day(
        self, render: Render
    ) -> None:
        allowed = "run by <b>Ministry</b>; allowed by head of IT until 2026-06-30"
        address = "https://demo.example.org/"
        at = Place(subject=address, path="", line=0, note=allowed, url="")

        text = plain(render(barred.memo(barred.seen("site.found", 3, at))))

        assert "Ministry" in text
        assert "allowed by head of IT until 2026-06-30" in text


def test_json_has_every_kind_of_barrier() -> None:
    told = render_json(barred.whole())

    assert '"rule": "label"' in told
    assert '"verdict": "maybe"' in told


def test_an_answer_of_several_parts_names_them() -> None:
    whole = barred.whole()
    [area] = [a for a in whole.figures if a.area == "templates"]
    [files] = [f for f in area.figures if f.fact == "templates.files"]
    two = replace(files, seen=(*files.seen, replace(files.seen[0], part="client")))
    figures = tuple(
        replace(a, figures=(two,)) if a.area == "templates" else a
        for a in whole.figures
    )
    content = replace(cases.refused(), figures=figures, hindrances=whole.hindrances)

    text = plain(render_markdown(content))

    assert "checked: server: 40; client: 40" in text


def test_counts_keep_what_fails_and_what_may_apart() -> None:
    showing_all = barred.whole()

    [blind, *_] = groups(showing_all.hindrances, showing_all.figures)

    assert blind.who is ShutOut.BLIND
    cell = blind.cells["template-checks"]
    assert (cell.fails, cell.maybe, cell.is_looked_for) == (3, 1, True)


def test_what_fails_comes_before_what_may_and_a_few_are_told() -> None:
    many = [
        barred.barrier("a.html", f"rule-{n}", verdict, "1.1.1", count=n + 1)
        for n in range(5)
        for verdict in Verdict
    ]
    content = barred.memo(barred.seen("templates.failing", 15), template_checks=many)

    [blind, *_] = groups(content.hindrances, content.figures)

    assert [one.told.rule for one in blind.worst] == ["rule-4", "rule-3", "rule-2"]
    assert {one.told.verdict for one in blind.worst} == {Verdict.FAILS}


def test_the_example_is_where_it_stands_for_most() -> None:
    content = barred.whole()

    [images, _] = content.hindrances[0].seen

    assert images.place.subject == "src/Tree.vue"
    assert images.places == 3


def test_criteria_that_are_none_of_level_a_or_aa_do_not_count() -> None:
    content = barred.memo(
        barred.seen("pages.touched_criteria", ("4.1.1", "1.4.3", "1.2.6"))
    )

    assert touched(content.figures, "pages") == ["1.4.3"]


DRAFT = "lies the draft of a conformance report"


@pytest.mark.parametrize("render", [render_html, render_markdown])
def test_a_draft_is_told_of_where_there_is_one(render: Render) -> None:
    pages = barred.seen("pages.failing", 2)
    document = barred.memo(barred.seen("accessibility.user_interface", False), pages)

    assert DRAFT in plain(render(barred.whole()))
    assert DRAFT in plain(render(barred.memo(pages)))
    assert DRAFT not in plain(render(document))


def test_each_part_counts_for_itself_whether_there_is_a_draft() -> None:
    library = barred.seen("accessibility.user_interface", False)
    pages = replace(barred.seen("pages.failing", 2), part="client")

    assert is_drafted(barred.memo(library, pages).figures)
    assert not is_drafted(barred.memo(library).figures)


def test_where_it_is_not_known_what_checks_look_at_none_is_said_to_be_seen() -> None:
    content = barred.memo(barred.seen("pages.failing", 0), rendered_pages=[])

    text = plain(render_markdown(content))

    assert (
        "Deaf and hard-of-hearing people on pages of the repository: no check" in text
    )
    assert "none seen" not in text.partition("Who may be kept out")[2]


def test_a_barrier_without_a_criterion_is_told_all_the_same() -> None:
    slow = barred.barrier(
        *("index.html", "weight", Verdict.FAILS),
        who=(ShutOut.SLOW_LINE,),
        what="the page is heavy",
    )
    content = barred.memo(barred.seen("pages.failing", 0), rendered_pages=[slow])

    text = plain(render_markdown(content))

    assert "People with a slow line or an old device on pages of the" in text
    assert "The page is heavy. 1 place" in text


@pytest.mark.parametrize(("table", "kind"), [("WHO", ShutOut), ("VERDICTS", Verdict)])
def test_there_are_words_for_everybody(table: str, kind: type[ShutOut]) -> None:
    assert words(table) == {one.value for one in kind}


def test_every_criterion_can_be_told() -> None:
    rows = [
        barred.barrier("a.html", number, Verdict.FAILS, number) for number in CRITERIA
    ]
    of = hindrances_in(barred.showing(), barred.table("template-checks", rows))

    assert {one.criteria[0] for one in of.seen} == set(CRITERIA)


def test_what_the_page_tells_of_is_asked_and_stands_there_once() -> None:
    asked = {name for name, fact in declared_facts().items() if fact.tier}

    told = words_in("memo/looks.j2", "TOLD")

    assert set(told) - asked == set()
    assert len(told) == len(set(told))


def test_a_barrier_is_told_at_length_once() -> None:
    both = barred.barrier("a.html", "name", Verdict.FAILS, "4.1.2", who=barred.MOTOR)
    content = barred.memo(barred.seen("templates.failing", 1), template_checks=[both])

    text = plain(render_markdown(content))

    assert text.count("WCAG 4.1.2") == 1
    assert "1 place in templates; see above." in text


TEST = Ask(
    who="somebody who uses a screen reader",
    what="Can a form be sent?",
    steps=("Start the screen reader.", "Fill in the form."),
    minutes=20,
)


def untested(*rules: Rule) -> Content:
    """A memo of rules that nobody has answered, and that rest on one answer."""
    judged = cases.memo([cases.server()], cases.pack(*rules), answers=())
    ground = barred.seen("accessibility.user_interface", True)
    return replace(
        judged,
        results=tuple(
            replace(
                result,
                outcome=Outcome.UNDETERMINED,
                why_open=WhyOpen.NOBODY_ANSWERED,
                seen=(ground,),
            )
            for result in judged.results
        ),
    )


def test_what_people_have_to_test_is_told_in_steps_by_who_sits_down() -> None:
    asked = replace(cases.ACC_1, id="ACC-7", ask=TEST)
    other = replace(cases.ACC_1, id="ACC-8", ask=replace(TEST, minutes=5, steps=()))

    text = plain(render_tests(untested(asked, other)))

    assert "somebody who uses a screen reader: 2 tests, about 25 minutes" in text
    place = text.index("Can a form be sent?", text.index("2 tests, about 25"))
    assert place < text.index("Start the screen reader.") < text.index("Fill in the")


def test_a_sheet_of_tests_says_which_version_they_are_for() -> None:
    memo = untested(replace(cases.ACC_3, ask=TEST))

    text = plain(render_tests(memo))

    assert memo.asked.name in text
    assert memo.sources[0].commit[:12] in text


@pytest.mark.parametrize("render", [render_html, render_markdown])
def test_the_memo_tells_who_has_to_test_and_where_the_steps_are(
    render: Render,
) -> None:
    text = plain(render(untested(replace(cases.ACC_3, ask=TEST))))

    assert "somebody who uses a screen reader: 1 test, about 20 minutes" in text
    assert "the file tests.html beside this memo" in text
    assert "Start the screen reader." not in text


@pytest.mark.parametrize("render", [render_html, render_markdown])
def test_tests_that_rest_on_the_same_are_told_together(render: Render) -> None:
    rules = [replace(cases.ACC_3, id=f"ACC-{n}", ask=TEST) for n in (7, 8, 9)]
    whole = untested(*rules)
    other = barred.seen("accessibility.offline", False)
    results = (*whole.results[:2], replace(whole.results[2], seen=(other,)))

    text = plain(render(replace(whole, results=results)))

    assert text.count("What about accessibility.user_interface?") == 1
    assert text.count("What about accessibility.offline?") == 1
    assert "2 rules that nobody has tested yet" in text
    for rule in rules:
        assert rule.id in text.partition("2 rules that nobody")[2] or rule.id == "ACC-9"


@pytest.mark.parametrize("render", [render_html, render_markdown])
def test_of_a_list_a_rule_is_told_its_own_entry_and_how_many_others(
    render: Render,
) -> None:
    asked = cases.memo([cases.server()], cases.pack(cases.LIC_2), waivers=())
    missed = replace(
        barred.seen("conformance.failing", ("1.1.1", "2.1.1", "4.1.2")),
        about=("2.1.1",),
    )
    [result] = asked.results

    text = plain(render(replace(asked, results=(replace(result, seen=(missed,)),))))

    assert "What about conformance.failing? 2.1.1 and 2 others" in text
    assert "4.1.2" not in text


@pytest.mark.parametrize("render", [render_html, render_markdown])
def test_a_grade_of_a_part_of_the_documents_is_no_lower_bound(render: Render) -> None:
    fact = declared_facts()["languages.reading_grade"]
    told = barred.seen(fact.name, 10.5, missed="202 of 350 documents were read")

    text = plain(render(barred.memo(replace(told, unit=fact.unit))))

    assert "10.5 years of school (Flesch-Kincaid) (of what was read: 202 of" in text
    assert "at least 10.5" not in text


def test_minutes_are_not_added_up_where_one_test_has_none() -> None:
    judged = cases.memo(
        [cases.server()],
        cases.pack(
            replace(cases.ACC_3, id="ACC-8", ask=TEST),
            replace(cases.ACC_3, id="ACC-9", ask=replace(TEST, minutes=0)),
        ),
        answers=(),
    )

    [one] = sittings(judged.results)

    assert (len(one.results), minutes(one.results)) == (2, 0)


@pytest.mark.parametrize("render", [render_html, render_markdown, render_human])
def test_tests_with_steps_are_one_line_of_page_one(render: Render) -> None:
    asked = replace(cases.ACC_3, id="ACC-8", title="It can be heard", ask=TEST)
    memo = cases.memo([cases.server()], cases.pack(asked), answers=())

    text = plain(render(memo))

    assert "somebody who uses a screen reader: 1 test, about 20 minutes" in text
    assert text.count("Can a form be sent?") <= 1


def test_the_list_of_sheets_is_told_apart_from_what_was_assessed() -> None:
    memo = untested(replace(cases.ACC_3, ask=TEST))

    text = plain(render_tests(memo))

    commit, sheet = text.index(memo.sources[0].commit[:12]), text.index("1 test")
    assert commit < text.index("Who tests what") < sheet


def test_page_one_and_findings_lead_to_the_steps() -> None:
    rules = [replace(cases.ACC_3, id=f"ACC-{n}", ask=TEST) for n in (7, 8)]
    memo = untested(*rules)

    page, sheets = Page(render_html(memo)), Page(render_tests(memo))

    links = {a["href"] for a in page.named("a")}
    ids = {attributes.get("id", "") for _, attributes in page.elements}
    steps = {attributes.get("id", "") for _, attributes in sheets.elements}
    led = {link.partition("#")[2] for link in links if link.startswith("tests.html#")}
    assert {"who-1", "test-ACC-7", "test-ACC-8"} == led
    assert led <= steps
    assert {link[1:] for link in links if link.startswith("#")} <= ids


@pytest.mark.parametrize("render", [render_html, render_markdown])
def test_each_language_that_the_buyer_named_is_told_with_how_much_is_there(
    render: Render,
) -> None:
    places = [
        Place(subject=f"{tag}.json", path="", line=0, note=f"{tag}: 71 %", url="")
        for tag in ("sw", "fr", "ar", "km", "ti", "yo")
    ]
    short = barred.seen("languages.wanted_short", ("sw",), *places)
    in_a_rule = replace(
        barred.memo(short).figures[0].figures[0], in_results=True, seen=(short,)
    )
    content = barred.memo(short)
    figures = tuple(replace(area, figures=(in_a_rule,)) for area in content.figures)

    text = plain(render(replace(content, figures=figures)))

    assert [one.note in text for one in places] == [True] * 6


@pytest.mark.parametrize("render", [render_html, render_markdown])
def test_what_percents_of_languages_are_of_is_said(render: Render) -> None:
    with_some = barred.memo(barred.seen("languages.catalogues", 2))
    without = barred.memo(barred.seen("languages.catalogues", 0))

    assert "in the file catalogues.csv beside" in plain(render(with_some))
    assert "are in no catalogue, and not counted." in plain(render(with_some))
    assert "catalogues.csv" not in plain(render(without))


@pytest.mark.parametrize("render", [render_html, render_markdown, render_human])
def test_a_screening_that_leaves_out_what_failed_says_so(render: Render) -> None:
    assisted = replace(cases.LIC_2, mode=Mode.ASSISTED, ask=TEST)
    content = cases.memo([cases.client()], cases.pack(assisted), waivers=())
    failed = content.verdict.screening is Screening.NO_OBSTACLE_FOUND and content.to_fix

    assert failed
    assert "leaves out rules that a person has to look at" in plain(render(content))
    assert "leaves out rules" not in plain(render(cases.adoptable()))


def test_languages_are_part_of_how_to_reproduce_a_memo() -> None:
    asked = replace(cases.candidate([cases.server()]), languages=("sw", "pt-BR"))

    memo = cases.memo([cases.server()], cases.pack(cases.LIC_1), asked=asked)

    assert "--language sw --language pt-BR" in memo.reproduction.command
