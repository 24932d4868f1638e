# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What design.md section 6 asks of the baseline in particular."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ossay import judge
from ossay.collect import declared_facts
from ossay.model.evidence import Answered, Inapplicable, Observation, Value
from ossay.model.judgement import Finding, Outcome, Recommendation, Screening
from ossay.model.people import Answer
from ossay.model.policy import Area, Criterion, Level, Mode, OneOf, Rule
from ossay.policy import load_pack_file
from ossay.policy.nature import facts_in, parts_of

FACTS = declared_facts()
BASELINE = load_pack_file(
    Path(__file__).parents[2] / "policies" / "baseline.yaml", FACTS
)
RULES = {rule.id: rule for rule in BASELINE.rules}

TODAY = date(2026, 11, 2)

PREFIXES = {
    Area.LICENSING: "LIC-",
    Area.SECURITY: "SEC-",
    Area.ACCESSIBILITY: "ACC-",
    Area.STEWARDSHIP: "STW-",
    Area.DOCUMENTATION: "DOC-",
}


def asked(rule: Rule) -> set[str]:
    """Return every fact that decides *rule*."""
    criteria: list[Criterion] = [rule.criterion]
    if rule.applies_when is not None:
        criteria.append(rule.applies_when)
    return {fact for criterion in criteria for fact in facts_in(criterion)}


def answered(rule_id: str, *, value: bool) -> Answer:
    """Return what a person said of a rule."""
    return Answer(
        rule_id=rule_id,
        value=value,
        ground="seen",
        given_by="a.diallo",
        given_at=datetime(2026, 11, 1, tzinfo=UTC),
        holds_until=date(2027, 11, 1),
    )


def recommended(
    facts: dict[str, Value], answers: dict[str, Answer] | None = None
) -> tuple[Recommendation, Screening]:
    """Return what the baseline says of a product about which *facts* are known."""
    known: dict[str, Answered] = {
        name: Observation(fact=name, value=value) for name, value in facts.items()
    }
    findings = [
        Finding(
            rule=rule,
            pack="baseline",
            outcome=judge.outcome(rule, known, (answers or {}).get(rule.id), TODAY),
            because=(),
        )
        for rule in BASELINE.rules
    ]
    return judge.recommend(findings), judge.screen(findings)


SOUND: dict[str, Value] = {
    "licensing.licence_file": True,
    "licensing.osi_approved": True,
    "documentation.readme": True,
}
UNLISTED = SOUND | {"licensing.osi_approved": False, "licensing.fsf_libre": False}
CLOSED = UNLISTED | {"licensing.concluded_licence": "Elastic-2.0"}


def test_all_five_areas_are_covered_by_rules_with_their_prefix() -> None:
    assert {rule.area for rule in BASELINE.rules} == set(Area)
    assert all(r.id.startswith(PREFIXES[r.area]) for r in BASELINE.rules)


def test_a_must_is_automatic_and_there_are_few() -> None:
    musts = [rule for rule in BASELINE.rules if rule.level is Level.MUST]

    assert {rule.mode for rule in musts} == {Mode.AUTOMATIC}
    assert len(musts) <= 5


def test_licences_in_every_file_are_a_should() -> None:
    complete = {"licensing.files_without_licence", "licensing.files_without_copyright"}

    levels = {rule.level for rule in BASELINE.rules if asked(rule) & complete}

    assert levels == {Level.SHOULD}


def test_activity_is_never_a_must_and_its_thresholds_know_age_or_size() -> None:
    sizes = {"contents.files", "stewardship.first_commit_on"}
    active = [
        rule
        for rule in BASELINE.rules
        if any(fact.startswith("stewardship.") for fact in asked(rule))
    ]

    assert active
    for rule in active:
        assert rule.level is not Level.MUST
        assert asked(rule) & sizes, rule.id


def test_a_ci_job_judges_what_the_tree_shows() -> None:
    automatic = {rule.id for rule in BASELINE.rules if rule.mode is Mode.AUTOMATIC}
    of_history = {
        rule.id
        for rule in BASELINE.rules
        if any(fact.startswith("stewardship.") for fact in asked(rule))
        or "security.release_signed" in asked(rule)
    }

    assert set(BASELINE.ci) == automatic - of_history


def test_a_pack_says_until_when_it_was_thought_through() -> None:
    assert BASELINE.review_by == date(2027, 5, 31)


def test_every_basis_names_a_version_that_can_be_looked_up() -> None:
    known = (
        "Standard for Public Code 0.8.0, ",
        "OSPS Baseline 2026.02.19, OSPS-",
        "DPG Standard 1.1.7, indicator ",
        "REUSE 3.3, ",
        "publiccode.yml 0.7.0, ",
        "OpenSSF Best Practices Badge, ",
        "AgID guidelines on acquisition and reuse of software for public "
        "administrations, 2019, annex ",
    )

    strays = [
        (rule.id, clause)
        for rule in BASELINE.rules
        for clause in filter(None, rule.basis.split("; "))
        if not clause.startswith(known)
    ]

    assert not strays


@pytest.mark.parametrize(
    ("facts", "recommendation", "screening"),
    [
        (SOUND, Recommendation.ADOPT_WITH_CONDITIONS, Screening.NO_OBSTACLE_FOUND),
        (
            SOUND | {"documentation.readme": False},
            Recommendation.NOT_YET,
            Screening.OBSTACLES_FOUND,
        ),
        (CLOSED, Recommendation.NOT_YET, Screening.OBSTACLES_FOUND),
        (
            UNLISTED | {"licensing.concluded_licence": "curl"},
            Recommendation.ADOPT_WITH_CONDITIONS,
            Screening.NO_OBSTACLE_FOUND,
        ),
        (UNLISTED, Recommendation.CANNOT_DECIDE_YET, Screening.COULD_NOT_LOOK),
        ({}, Recommendation.CANNOT_DECIDE_YET, Screening.COULD_NOT_LOOK),
    ],
)
def test_what_a_machine_alone_can_see_leads_to(
    facts: dict[str, Value], recommendation: Recommendation, screening: Screening
) -> None:
    assert recommended(facts) == (recommendation, screening)


@pytest.mark.parametrize(
    ("value", "recommendation"),
    [(False, Recommendation.DO_NOT_ADOPT), (True, Recommendation.NOT_YET)],
)
def test_software_is_knocked_out_only_by_what_a_named_person_confirmed(
    *, value: bool, recommendation: Recommendation
) -> None:
    answers = {"LIC-3": answered("LIC-3", value=value)}

    assert [rule.id for rule in BASELINE.rules if rule.knock_out] == ["LIC-3"]
    assert recommended(CLOSED, answers)[0] is recommendation


def test_the_lawyer_is_asked_about_what_no_list_settles() -> None:
    lists = [
        {part for part in parts_of(RULES[rule_id].criterion) if isinstance(part, OneOf)}
        for rule_id in ("LIC-2", "LIC-3")
    ]

    assert lists[0] == lists[1]
    assert len(lists[0]) == 1


def test_software_of_which_all_is_well_is_recommended() -> None:
    answers = {
        rule.id: answered(rule.id, value=rule.id != "ACC-5")
        for rule in BASELINE.rules
        if rule.ask is not None
    }
    good: dict[str, Value] = {}
    for rule in BASELINE.rules:
        good |= next(dict(e.facts) for e in rule.examples if e.expect == "passed")
    good |= {"accessibility.statement": True, "stewardship.last_commit_on": TODAY}
    known: dict[str, Answered] = {
        name: Observation(fact=name, value=value) for name, value in good.items()
    }

    outcomes = {
        rule.id: judge.outcome(rule, known, answers.get(rule.id), TODAY)
        for rule in BASELINE.rules
    }

    assert set(outcomes.values()) == {Outcome.PASSED}
    assert recommended(good, answers)[0] is Recommendation.ADOPT


def test_software_that_is_not_young_and_has_no_release_has_none_of_late() -> None:
    known: dict[str, Answered] = {
        "stewardship.releases_last_two_years": Observation(
            fact="stewardship.releases_last_two_years", value=0
        ),
        "stewardship.latest_release_on": Inapplicable(
            fact="stewardship.latest_release_on", why="there is none"
        ),
        "stewardship.first_commit_on": Observation(
            fact="stewardship.first_commit_on", value=date(2019, 3, 1)
        ),
    }

    assert judge.outcome(RULES["STW-2"], known, None, TODAY) is Outcome.FAILED
