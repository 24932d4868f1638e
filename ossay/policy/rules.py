# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A rule as a pack writes it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ossay.model.evidence import Fact
from ossay.model.policy import Area, Ask, Criterion, HasAnswer, Level, Mode, Rule, Text
from ossay.policy.criteria import Askable, read_criterion
from ossay.policy.document import Node, Scalar
from ossay.policy.examples import Tried, read_examples
from ossay.policy.faults import Faults
from ossay.policy.fields import Fields, as_whole, by_name, read_fields
from ossay.policy.nature import asks_a_person

FIELDS = (
    "id",
    "area",
    "title",
    "level",
    "knock_out",
    "mode",
    "applies_when",
    "criterion",
    "basis",
    "inspired_by",
    "remedy",
    "fixed_by",
    "ask",
    "texts",
    "examples",
)
"""Every field that a rule may have."""
_ID = re.compile(r"[A-Za-z][A-Za-z0-9]{0,11}([.-][A-Za-z0-9]{1,12}){1,4}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


def read_rule(
    node: Node, number: int, facts: Mapping[str, Fact[Any]], faults: Faults
) -> Rule:
    """Return the rule in *node*, the *number*-th of its pack."""
    faults = faults.within(_name_of(node, number))
    fields = read_fields(node, FIELDS, faults)
    askable = Askable.about(facts, faults, a_person_too="ask" in fields.nodes)
    so_far = len(faults.found)
    criterion = _criterion(fields, "criterion", askable)
    applies_when = (
        _criterion(fields, "applies_when", askable)
        if "applies_when" in fields.nodes
        else None
    )
    tried = Tried(
        criterion=criterion,
        applies_when=applies_when,
        sound=len(faults.found) == so_far,
        facts=facts,
        faults=faults,
    )
    rule = Rule(
        id=_id(fields),
        area=fields.choice("area", Area),
        title=fields.text("title"),
        level=fields.choice("level", Level),
        mode=fields.choice("mode", Mode),
        criterion=criterion,
        remedy=fields.text("remedy"),
        fixed_by=fields.text("fixed_by"),
        basis=fields.text("basis", ""),
        inspired_by=fields.text("inspired_by", ""),
        knock_out=fields.flag("knock_out", default=False),
        applies_when=applies_when,
        ask=_ask(fields),
        texts=tuple(_texts(fields)),
        examples=read_examples(fields, tried),
    )
    _check(rule, fields)
    if tried.sound:
        _check_mode(rule, fields)
    return rule


def _name_of(node: Node, number: int) -> str:
    """Return what to call a rule in messages before it is known to be sound."""
    entries = getattr(node, "entries", ())
    for key, value in entries:
        if isinstance(key, Scalar) and key.text == "id" and isinstance(value, Scalar):
            return f"rule {value.text}"
    return f"rule number {number}"


def _id(fields: Fields) -> str:
    rule_id = fields.text("id")
    if rule_id and not _ID.fullmatch(rule_id):
        fields.fault_at("id", f"the id {rule_id!r}", "letters, '-' and a number")
    return rule_id


def _criterion(fields: Fields, name: str, askable: Askable) -> Criterion:
    if name in fields.nodes:
        return read_criterion(fields.nodes[name], askable)
    fields.faults.add(fields.line, f"no {name!r}", "what has to hold")
    return HasAnswer()


def _ask(fields: Fields) -> Ask | None:
    if "ask" not in fields.nodes:
        return None
    names = ("who", "what", "steps", "minutes")
    asked = read_fields(fields.nodes["ask"], names, fields.faults)
    return Ask(
        who=asked.text("who"),
        what=asked.text("what"),
        steps=asked.texts("steps", "a list of steps"),
        minutes=_minutes(asked),
    )


def _minutes(asked: Fields) -> int:
    if "minutes" not in asked.nodes:
        return 0
    minutes = as_whole(asked.nodes["minutes"], asked.faults)
    if minutes < 1:
        asked.fault_at("minutes", f"{minutes} minutes", "one or more")
    return minutes


def _texts(fields: Fields) -> Iterator[Text]:
    if "texts" not in fields.nodes:
        return
    by_language = by_name(fields.nodes["texts"], fields.faults)
    for language, node in sorted(by_language.items()):
        if not _LANGUAGE.fullmatch(language):
            found = f"the language {language!r}"
            fields.faults.add(node.line, found, "a tag such as fr, ar or pt-BR")
        said = read_fields(node, ("title", "remedy", "ask"), fields.faults)
        yield Text(
            language=language,
            title=said.text("title"),
            remedy=said.text("remedy", ""),
            ask=said.text("ask", ""),
        )


def _check(rule: Rule, fields: Fields) -> None:
    """Note what no field is wrong by itself about, but the rule as a whole."""
    if not rule.basis and not rule.inspired_by:
        fields.fault_at("id", "neither 'basis' nor 'inspired_by'", "a source")
    elif rule.level is Level.MUST and not rule.basis:
        expected = "'basis', a clause that demands this very thing, or another level"
        fields.fault_at("level", "a must without 'basis'", expected)
    if rule.ask is None and rule.mode is not Mode.AUTOMATIC:
        expected = "'ask' with who and what"
        fields.fault_at("mode", f"mode {rule.mode.value} without 'ask'", expected)
    if rule.ask is None and rule.knock_out:
        expected = "'ask', for a named person confirms what knocks software out"
        fields.fault_at("knock_out", "a knock-out without 'ask'", expected)


def _check_mode(rule: Rule, fields: Fields) -> None:
    decides = asks_a_person(rule.criterion)
    if rule.mode is Mode.AUTOMATIC and decides and rule.ask is not None:
        found = "mode automatic where the answer of a person decides"
        fields.fault_at("mode", found, "assisted or attested")
    if rule.mode is not Mode.AUTOMATIC and not decides and rule.ask is not None:
        found = f"mode {rule.mode.value} where no answer decides"
        fields.fault_at("mode", found, "a criterion on the answer, or mode automatic")
