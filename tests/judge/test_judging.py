# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""From findings to screening and recommendation."""

from datetime import timedelta

import pytest

from ossay.judge import judge, recommend, screen
from ossay.model.evidence import Gap
from ossay.model.judgement import Judgement, Looked, Outcome, Recommendation, Screening
from ossay.model.people import Answer, Waiver
from ossay.model.policy import ANSWER, Equals, Level, Mode, Rule
from tests.judge.cases import (
    FACTS,
    GAP,
    MOOT,
    TODAY,
    answer,
    answers,
    known,
    looked,
    missing,
    pack,
    rule,
    waiver,
    waivers,
)

YES = Equals(fact="t.flag", value=True)
SAID_YES = Equals(fact=ANSWER, value=True)


def judged(
    *parts: Looked,
    rules: tuple[Rule, ...],
    given: tuple[Answer, ...] = (),
    excepted: tuple[Waiver, ...] = (),
) -> Judgement:
    return judge(
        parts, [pack(*rules)], answers(*given), waivers(*excepted), FACTS, TODAY
    )


@pytest.mark.parametrize(
    ("level", "value", "recommendation"),
    [
        (Level.MUST, True, Recommendation.ADOPT),
        (Level.MUST, False, Recommendation.NOT_YET),
        (Level.MUST, GAP, Recommendation.CANNOT_DECIDE_YET),
        (Level.MUST, MOOT, Recommendation.ADOPT),
        (Level.SHOULD, False, Recommendation.ADOPT_WITH_CONDITIONS),
        (Level.SHOULD, GAP, Recommendation.ADOPT_WITH_CONDITIONS),
        (Level.MAY, False, Recommendation.ADOPT),
        (Level.MAY, GAP, Recommendation.ADOPT),
    ],
)
def test_the_recommendation_follows_the_worst_finding(
    level: Level, value: object, recommendation: Recommendation
) -> None:
    result = judged(looked(known(flag=value)), rules=(rule(YES, level=level),))

    assert result.recommendation is recommendation


@pytest.mark.parametrize(
    ("value", "recommendation"),
    [
        (True, Recommendation.ADOPT),
        (False, Recommendation.DO_NOT_ADOPT),
        (GAP, Recommendation.CANNOT_DECIDE_YET),
    ],
)
def test_a_failed_knock_out_rule_comes_before_everything(
    value: object, recommendation: Recommendation
) -> None:
    knock_out = rule(YES, level=Level.SHOULD, knock_out=True)

    assert (
        judged(looked(known(flag=value)), rules=(knock_out,)).recommendation
        is recommendation
    )


@pytest.mark.parametrize(
    ("value", "screening"),
    [
        (True, Screening.NO_OBSTACLE_FOUND),
        (False, Screening.OBSTACLES_FOUND),
        (GAP, Screening.COULD_NOT_LOOK),
    ],
)
def test_screening_tells_finding_nothing_from_not_looking(
    value: object, screening: Screening
) -> None:
    assert judged(looked(known(flag=value)), rules=(rule(YES),)).screening is screening


def test_screening_leaves_questions_for_people_out() -> None:
    asked = rule(SAID_YES, mode=Mode.ATTESTED)

    result = judged(looked(known()), rules=(asked,))

    assert result.screening is Screening.NO_OBSTACLE_FOUND
    assert result.recommendation is Recommendation.CANNOT_DECIDE_YET


def test_nothing_found_by_no_rules_at_all_is_no_obstacle() -> None:
    assert screen(()) is Screening.NO_OBSTACLE_FOUND
    assert recommend(()) is Recommendation.ADOPT


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        (answer(value=True), Outcome.PASSED),
        (answer(value=False), Outcome.FAILED),
        (
            answer(holds_until=TODAY - timedelta(days=1)),
            Outcome.UNDETERMINED,
        ),
    ],
)
def test_an_answer_counts_until_its_last_day(given: Answer, outcome: Outcome) -> None:
    asked = rule(SAID_YES, mode=Mode.ATTESTED)

    result = judged(looked(known()), rules=(asked,), given=(given,))

    assert result.findings[0].outcome is outcome


@pytest.mark.parametrize(
    ("value", "days_left", "outcome"),
    [
        (False, 0, Outcome.WAIVED),
        (GAP, 0, Outcome.WAIVED),
        (True, 0, Outcome.PASSED),
        (False, -1, Outcome.FAILED),
    ],
)
def test_a_waiver_covers_what_is_not_passed_until_its_last_day(
    value: object, days_left: int, outcome: Outcome
) -> None:
    excepted = waiver(expires_on=TODAY + timedelta(days=days_left))

    result = judged(looked(known(flag=value)), rules=(rule(YES),), excepted=(excepted,))

    assert result.findings[0].outcome is outcome


def test_a_waived_must_is_a_condition_and_no_obstacle() -> None:
    result = judged(looked(known(flag=False)), rules=(rule(YES),), excepted=(waiver(),))

    assert result.recommendation is Recommendation.ADOPT_WITH_CONDITIONS
    assert result.screening is Screening.NO_OBSTACLE_FOUND


@pytest.mark.parametrize(
    ("number", "outcome", "applies"),
    [
        (0, Outcome.INAPPLICABLE, False),
        (1, Outcome.FAILED, True),
        (GAP, Outcome.UNDETERMINED, None),
    ],
)
def test_a_rule_that_does_not_concern_the_software_is_inapplicable(
    number: object, outcome: Outcome, applies: bool | None
) -> None:
    conditional = rule(YES, applies_when=Equals(fact="t.number", value=1))

    result = judged(looked(known(flag=False, number=number)), rules=(conditional,))

    assert result.findings[0].outcome is outcome
    assert result.findings[0].applies is applies


def test_a_required_part_that_could_not_be_fetched_leaves_gaps() -> None:
    parts = (looked(known(flag=True), "server"), missing("client", required=True))

    result = judged(*parts, rules=(rule(YES),))

    finding = result.findings[0]
    assert finding.outcome is Outcome.UNDETERMINED
    assert result.recommendation is Recommendation.CANNOT_DECIDE_YET
    assert finding.because[1].part == "client"
    assert finding.because[1].answer == Gap(
        fact="t.flag", why="part 'client' could not be fetched"
    )


def test_an_optional_part_that_could_not_be_fetched_is_left_out_and_named() -> None:
    parts = (looked(known(flag=True), "server"), missing("docs", required=False))

    result = judged(*parts, rules=(rule(YES),))

    assert result.recommendation is Recommendation.ADOPT
    assert result.parts[1].evidence_digest is None
    assert result.parts[1].why_not == "the server did not answer"


@pytest.mark.parametrize("docs", [True, False, GAP])
def test_an_optional_part_is_shown_and_does_not_weigh(docs: object) -> None:
    server = looked(known(flag=True), "server")
    handbook = looked(known(flag=docs), "handbook", required=False)

    result = judged(server, handbook, rules=(rule(YES),))

    assert result.recommendation is Recommendation.ADOPT
    assert [ground.part for ground in result.findings[0].because] == [
        "server",
        "handbook",
    ]
