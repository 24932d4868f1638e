# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Answers and waivers: dated, grounded, and signed by an id."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from ossay.model.people import Answer, Waiver
from ossay.policy import PolicyError, check_people, load_answers, load_waivers
from tests.policy.texts import ASSISTED, load, rule

ANSWER = {
    "rule": "FLAG-1",
    "answer": "true",
    "ground": "Seen on the roof.",
    "given_by": "a.diallo",
    "given_at": "2026-11-02",
    "holds_until": "2027-11-02",
}
WAIVER = {
    "rule": "FLAG-1",
    "scope": "District health register",
    "reason": "The wind is too strong until spring.",
    "owner": "programme-office",
    "granted_by": "m.okafor",
    "expires_on": "2027-03-31",
}


def text_of(kind: str, *entries: dict[str, str]) -> bytes:
    lines = [f"{kind}:"]
    for entry in entries:
        fields = [f"{name}: {value}" for name, value in entry.items()]
        lines += [f"  - {fields[0]}", *(f"    {field}" for field in fields[1:])]
    return "\n".join(lines).encode()


def test_answers_are_read() -> None:
    content = text_of(
        "answers",
        ANSWER,
        ANSWER
        | {
            "rule": "FLAG-2",
            "answer": "blue and white",
            "given_at": "2026-11-02T09:30:00+03:00",
        },
    )

    answers = load_answers(content, "answers.yaml")

    assert answers == (
        Answer(
            rule_id="FLAG-1",
            value=True,
            ground="Seen on the roof.",
            given_by="a.diallo",
            given_at=datetime(2026, 11, 2, tzinfo=UTC),
            holds_until=date(2027, 11, 2),
        ),
        Answer(
            rule_id="FLAG-2",
            value="blue and white",
            ground="Seen on the roof.",
            given_by="a.diallo",
            given_at=datetime(2026, 11, 2, 9, 30, tzinfo=timezone(timedelta(hours=3))),
            holds_until=date(2027, 11, 2),
        ),
    )


def test_waivers_are_read() -> None:
    waivers = load_waivers(text_of("waivers", WAIVER), "waivers.yaml")

    assert waivers == (
        Waiver(
            rule_id="FLAG-1",
            scope="District health register",
            reason="The wind is too strong until spring.",
            owner="programme-office",
            granted_by="m.okafor",
            expires_on=date(2027, 3, 31),
        ),
    )


@pytest.mark.parametrize("field", ["reason", "owner", "granted_by", "expires_on"])
def test_a_waiver_that_nobody_answers_for_until_a_day_is_refused(field: str) -> None:
    content = text_of("waivers", {n: v for n, v in WAIVER.items() if n != field})

    with pytest.raises(PolicyError, match=rf"waivers\.yaml:2: .*no '{field}'"):
        load_waivers(content, "waivers.yaml")


@pytest.mark.parametrize("field", list(ANSWER))
def test_an_answer_without_one_of_its_fields_is_refused(field: str) -> None:
    content = text_of("answers", {n: v for n, v in ANSWER.items() if n != field})

    with pytest.raises(PolicyError, match=rf"answers\.yaml:2: .*no '{field}'"):
        load_answers(content, "answers.yaml")


@pytest.mark.parametrize("field", ["owner", "granted_by"])
def test_an_e_mail_address_is_no_id_of_a_person(field: str) -> None:
    content = text_of("waivers", WAIVER | {field: "amina@example.org"})

    with pytest.raises(PolicyError) as refused:
        load_waivers(content, "waivers.yaml")

    assert f"an e-mail address in '{field}'; expected the person's id, for" in str(
        refused.value
    )
    assert "amina" not in str(refused.value)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"given_by": "Amina Diallo"}, "expected an id without spaces, such as"),
        ({"given_by": "a@b.example"}, "an e-mail address in 'given_by'"),
        ({"given_at": "yesterday"}, "'yesterday'; expected a date, or a moment"),
        ({"given_at": "2026-11-02T09:30:00"}, "expected a date, or a moment with its"),
        ({"holds_until": "2026-11-01"}, "an answer that holds until 2026-11-01"),
        ({"holds_until": "for ever"}, "'for ever'; expected a date"),
        ({"answer": "yes"}, "yes without quotes, which other programs read as yes"),
        ({"answer": "{a: b}"}, "the fields 'a'; expected some text"),
        ({"mood": "good"}, "unknown field 'mood'"),
    ],
)
def test_an_answer_that_cannot_be_meant_is_refused(
    changes: dict[str, str], fault: str
) -> None:
    with pytest.raises(PolicyError) as refused:
        load_answers(text_of("answers", ANSWER | changes), "answers.yaml")

    assert fault in str(refused.value)
    assert "answer number 1" in str(refused.value)
    assert len(str(refused.value).splitlines()) == 2


def test_one_rule_has_one_answer() -> None:
    with pytest.raises(PolicyError, match="a second answer for 'FLAG-1'"):
        load_answers(text_of("answers", ANSWER, ANSWER), "answers.yaml")


def test_one_rule_may_be_waived_for_two_products() -> None:
    other = WAIVER | {"scope": "Library catalogue"}

    assert len(load_waivers(text_of("waivers", WAIVER, other), "w.yaml")) == 2
    with pytest.raises(PolicyError, match="a second waiver for 'FLAG-1' and 'Library"):
        load_waivers(text_of("waivers", WAIVER, other, other), "w.yaml")


def test_answers_and_waivers_fit_the_rules_that_they_are_for() -> None:
    pack = load(rule(**ASSISTED))
    answers = load_answers(text_of("answers", ANSWER), "a.yaml")
    waivers = load_waivers(text_of("waivers", WAIVER), "w.yaml")

    check_people([pack], answers, waivers)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"rule": "FLAG-7"}, "answer to rule FLAG-7: no pack has it"),
        ({"rule": "FLAG-2"}, "answer to rule FLAG-2: the rule asks nobody"),
        ({"answer": '"yes"'}, "answer to rule FLAG-1: 'yes'; expected true or false"),
    ],
)
def test_an_answer_that_would_count_for_nothing_is_refused(
    changes: dict[str, str], fault: str
) -> None:
    pack = load(rule(**ASSISTED), rule(id="FLAG-2"))
    answers = load_answers(text_of("answers", ANSWER | changes), "a.yaml")

    with pytest.raises(PolicyError) as refused:
        check_people([pack], answers, [])

    assert fault in str(refused.value)


def test_a_waiver_of_a_rule_that_no_pack_has_is_refused() -> None:
    waivers = load_waivers(text_of("waivers", WAIVER | {"rule": "FLAG-11"}), "w.yaml")

    with pytest.raises(PolicyError, match=r"waiver of rule FLAG-11: .*'FLAG-1'\?"):
        check_people([load(rule())], [], waivers)
