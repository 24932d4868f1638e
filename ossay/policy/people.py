# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Answers and waivers, as people hand them in."""

import re
from collections.abc import Iterable, Sequence

from ossay.model.people import Answer, Waiver
from ossay.model.policy import ANSWER, Equals, PolicyPack, Rule
from ossay.policy.criteria import read_value
from ossay.policy.document import read_document
from ossay.policy.faults import Faults, PolicyError, hint, refusal
from ossay.policy.fields import Fields, read_fields
from ossay.policy.nature import parts_of

_ANSWERS = "people's answers"
_WAIVERS = "waivers"
_PERSON = re.compile(r"\w[\w.-]{0,63}")


def load_answers(content: bytes, source_name: str) -> tuple[Answer, ...]:
    """Return the answers in *content*; raise `PolicyError` with every fault."""
    faults = Faults(source=source_name, purpose=_ANSWERS)
    names = ("rule", "answer", "ground", "given_by", "given_at", "holds_until")
    entries = _entries(content, "answers", names, faults)
    answers = tuple(_answer(entry) for entry in entries)
    _refuse_twins(((a.rule_id,) for a in answers), entries, "answer")
    faults.settle()
    return answers


def load_waivers(content: bytes, source_name: str) -> tuple[Waiver, ...]:
    """Return the waivers in *content*; raise `PolicyError` with every fault."""
    faults = Faults(source=source_name, purpose=_WAIVERS)
    names = ("rule", "scope", "reason", "owner", "granted_by", "expires_on")
    entries = _entries(content, "waivers", names, faults)
    waivers = tuple(_waiver(entry) for entry in entries)
    _refuse_twins(((w.rule_id, w.scope) for w in waivers), entries, "waiver")
    faults.settle()
    return waivers


def check_people(
    packs: Sequence[PolicyPack], answers: Iterable[Answer], waivers: Iterable[Waiver]
) -> None:
    """
    Raise `PolicyError` if an answer or a waiver cannot count for any rule.

    A slip in an id would otherwise go unseen, and "yes" in quotes would be
    held against a rule that asks for true.
    """
    rules = {rule.id: rule for pack in packs for rule in pack.rules}
    wrong = []
    for answer in answers:
        if fault := _unfit(answer, rules.get(answer.rule_id)):
            near = "" if answer.rule_id in rules else hint(answer.rule_id, rules)
            wrong.append(f"answer to rule {answer.rule_id}: {fault}{near}")
    for waiver in waivers:
        if waiver.rule_id not in rules:
            near = hint(waiver.rule_id, rules)
            wrong.append(f"waiver of rule {waiver.rule_id}: {_NO_RULE}{near}")
    if wrong:
        raise PolicyError(refusal("these answers and waivers with these packs", wrong))


_NO_RULE = "no pack has it; expected the id of a rule"


def _entries(
    content: bytes, kind: str, names: Sequence[str], faults: Faults
) -> tuple[Fields, ...]:
    root = read_fields(read_document(content, faults), (kind,), faults)
    nodes = root.items(kind, f"a list of {kind}")
    entries = []
    for number, node in enumerate(nodes, start=1):
        about = faults.within(f"{kind.removesuffix('s')} number {number}")
        entries.append(read_fields(node, names, about))
    return tuple(entries)


def _answer(fields: Fields) -> Answer:
    value: bool | str = ""
    if "answer" in fields.nodes:
        read = read_value(fields.nodes["answer"], (bool, str), fields.faults)
        value = read if isinstance(read, bool | str) else ""
    else:
        fields.fault_at("answer", "no 'answer'", "true, false or some text")
    answer = Answer(
        rule_id=fields.text("rule"),
        value=value,
        ground=fields.text("ground"),
        given_by=_person(fields, "given_by"),
        given_at=fields.moment("given_at"),
        holds_until=fields.day("holds_until"),
    )
    if answer.holds_until < answer.given_at.date():
        found = f"an answer that holds until {answer.holds_until}"
        fields.fault_at("holds_until", found, "a day after it was given")
    return answer


def _waiver(fields: Fields) -> Waiver:
    return Waiver(
        rule_id=fields.text("rule"),
        scope=fields.text("scope"),
        reason=fields.text("reason"),
        owner=_person(fields, "owner"),
        granted_by=_person(fields, "granted_by"),
        expires_on=fields.day("expires_on"),
    )


def _person(fields: Fields, name: str) -> str:
    """Return the id of a person."""
    given = fields.text(name)
    if "@" in given:
        found = f"an e-mail address in {name!r}"
        expected = "the person's id, for what is kept here cannot be taken back"
        fields.fault_at(name, found, expected)
    elif given and not _PERSON.fullmatch(given):
        found = f"{given!r} in {name!r}"
        fields.fault_at(name, found, "an id without spaces, such as a.diallo")
    return given


def _refuse_twins(
    keys: Iterable[tuple[str, ...]], entries: Iterable[Fields], kind: str
) -> None:
    seen: set[tuple[str, ...]] = set()
    for key, entry in zip(keys, entries, strict=True):
        if key in seen:
            found = f"a second {kind} for {' and '.join(map(repr, key))}"
            entry.fault_at("rule", found, f"one {kind}")
        seen.add(key)


def _unfit(answer: Answer, rule: Rule | None) -> str:
    """Return why *answer* can do nothing for *rule*, or ""."""
    if rule is None:
        return _NO_RULE
    if rule.ask is None:
        return "the rule asks nobody; expected no answer"
    wanted = {
        type(part.value)
        for part in parts_of(rule.criterion)
        if isinstance(part, Equals) and part.fact == ANSWER
    }
    if wanted and type(answer.value) not in wanted:
        expected = "true or false" if bool in wanted else "text"
        return f"{answer.value!r}; expected {expected}"
    return ""
