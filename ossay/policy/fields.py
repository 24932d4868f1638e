# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The named fields of one entry, and the values that can stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

from ossay.policy.document import Entries, Items, Node, Scalar, guessed_kind, shown
from ossay.policy.faults import Faults, hint, one_of

E = TypeVar("E", bound=StrEnum)

_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

A_DATE = "a date, such as 2027-05-31"
A_MOMENT = "a date, or a moment with its offset, such as 2026-11-02T09:30:00+03:00"
_NO_DAY = date.max
"""Stands in for a date that could not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """
    The fields of one entry, by name.

    Whatever is missing or of another kind is a fault, and something stands in
    for it, as `Faults` explains.
    """

    line: int
    nodes: Mapping[str, Node]
    faults: Faults

    def text(self, name: str, default: str | None = None) -> str:
        """Return some text; *default* where the field may be left out."""
        if (node := self._node(name, "some text", default)) is None:
            return default or ""
        return as_text(node, self.faults)

    def flag(self, name: str, *, default: bool | None = None) -> bool:
        """Return yes or no; *default* where the field may be left out."""
        if (node := self._node(name, "true or false", default)) is None:
            return bool(default)
        return as_flag(node, self.faults)

    def day(self, name: str) -> date:
        """Return a date."""
        node = self._node(name, A_DATE, None)
        return _NO_DAY if node is None else as_day(node, self.faults)

    def moment(self, name: str) -> datetime:
        """Return a moment."""
        if (node := self._node(name, A_MOMENT, None)) is None:
            return datetime.min.replace(tzinfo=UTC)
        return as_moment(node, self.faults)

    def choice(self, name: str, kind: type[E], default: E | None = None) -> E:
        """Return a member of *kind*; *default* where the field may be left out."""
        words = one_of(kind)
        if (node := self._node(name, words, default)) is None:
            return default or next(iter(kind))
        if isinstance(node, Scalar) and node.text in set(kind):
            return kind(node.text)
        self.faults.add(node.line, shown(node), words)
        return next(iter(kind))

    def items(self, name: str, what: str) -> tuple[Node, ...]:
        """Return the entries of a list that has at least one."""
        node = self._node(name, what, None)
        if isinstance(node, Items) and node.items:
            return node.items
        if node is not None:
            self.faults.add(node.line, f"{shown(node)} in {name!r}", what)
        return ()

    def texts(self, name: str, what: str) -> tuple[str, ...]:
        """Return the texts of a list; none where the field is left out."""
        if name not in self.nodes:
            return ()
        found: dict[str, None] = {}
        for node in self.items(name, what):
            text = as_text(node, self.faults)
            if text in found:
                self.faults.add(node.line, f"{shown(node)} twice", "each entry once")
            found[text] = None
        return tuple(found)

    def fault_at(self, name: str, found: str, expected: str) -> None:
        """Note a fault where the field stands, or where it should."""
        line = self.nodes[name].line if name in self.nodes else self.line
        self.faults.add(line, found, expected)

    def _node(self, name: str, expected: str, default: object) -> Node | None:
        if name not in self.nodes and default is None:
            self.faults.add(self.line, f"no {name!r}", expected)
        return self.nodes.get(name)


def read_fields(node: Node, names: Iterable[str], faults: Faults) -> Fields:
    """Return the fields of *node*; a name that is not one of *names* is a fault."""
    known = tuple(names)
    nodes = by_name(node, faults)
    for name in (n for n in nodes if n not in known):
        near = hint(name, known)
        line = nodes[name].line
        faults.add(line, f"unknown field {name!r}{near}", one_of(known))
    return Fields(line=node.line, nodes=nodes, faults=faults)


def by_name(node: Node, faults: Faults) -> dict[str, Node]:
    """Return what stands in *node* under each name; a name given twice is a fault."""
    if not isinstance(node, Entries):
        faults.add(node.line, shown(node), "fields, each as 'name: value'")
        return {}
    nodes: dict[str, Node] = {}
    for key, value in node.entries:
        name = as_text(key, faults)
        if name in nodes:
            faults.add(key.line, f"{name!r} a second time", "each name once")
        nodes.setdefault(name, value)
    return nodes


def as_text(node: Node, faults: Faults) -> str:
    """Return *node* as text; a number or truth value must stand in quotes for it."""
    if not isinstance(node, Scalar) or not node.text.strip():
        faults.add(node.line, shown(node), "some text")
        return ""
    guessed = guessed_kind(node)
    if guessed and not (guessed == "a date" and _DAY.fullmatch(node.text)):
        found = f"{node.text} without quotes, which other programs read as {guessed}"
        faults.add(node.line, found, f'quotes, "{node.text}", if the text is meant')
    return node.text.strip()


def as_flag(node: Node, faults: Faults) -> bool:
    """Return *node* as yes or no."""
    if isinstance(node, Scalar) and node.plain and node.text in {"true", "false"}:
        return node.text == "true"
    faults.add(node.line, shown(node), "true or false, without quotes")
    return False


def as_whole(node: Node, faults: Faults) -> int:
    """Return *node* as a whole number."""
    if isinstance(node, Scalar) and node.plain and _WHOLE.fullmatch(node.text):
        return int(node.text)
    faults.add(node.line, shown(node), "a whole number")
    return 0


def as_number(node: Node, faults: Faults) -> float:
    """Return *node* as a number."""
    if isinstance(node, Scalar) and node.plain and _NUMBER.fullmatch(node.text):
        return float(node.text)
    faults.add(node.line, shown(node), "a number")
    return 0


def as_day(node: Node, faults: Faults) -> date:
    """Return *node* as a date."""
    try:
        if isinstance(node, Scalar) and _DAY.fullmatch(node.text):
            return date.fromisoformat(node.text)
    except ValueError:
        pass  # the 31st of February
    faults.add(node.line, shown(node), A_DATE)
    return _NO_DAY


def as_moment(node: Node, faults: Faults) -> datetime:
    """Return *node* as a moment; a date alone is the beginning of that day, UTC."""
    text = node.text if isinstance(node, Scalar) else ""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is not None and _DAY.fullmatch(text):
        return moment.replace(tzinfo=UTC)
    if moment is None or moment.tzinfo is None:
        faults.add(node.line, shown(node), A_MOMENT)
        return datetime.min.replace(tzinfo=UTC)
    return moment
