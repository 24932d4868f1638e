# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
YAML as text, lists and fields with line numbers, and nothing guessed.

Plain YAML turns `no` into a truth value, `1.10` into 1.1 and `2026-01-01` into
a date, keeps the last of two equal keys and lets a file of ten lines unfold to
gigabytes. Here a word stays a word until the reader that knows what belongs in
its place takes it; anchors, aliases and tags are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from ossay.policy.faults import Faults

LARGEST_BYTES = 1_000_000
DEEPEST = 24
"""Levels of nesting; the packs that ship with ossay need nine."""

_SHOWN = 60

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """One piece of text; *plain* if it stands without quotes."""

    line: int
    text: str
    plain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list."""

    line: int
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """Named fields in the order of the file; a name may stand there twice."""

    line: int
    entries: tuple[tuple[Node, Node], ...]


Node = Scalar | Items | Entries


def read_document(content: bytes, faults: Faults) -> Node:
    """
    Return the one document in *content*; an empty file has no fields.

    Raises `PolicyError` for what no reader could go on after: text that is no
    UTF-8 or no YAML, a file too large or too deep, anchors, aliases and tags.
    """
    root = None
    try:
        if len(content) > LARGEST_BYTES:
            faults.add(1, "a file too large", f"{LARGEST_BYTES:,} bytes at most")
        else:
            root = _read(content.decode("utf-8-sig"), faults)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        faults.add(line, f"the byte {content[error.start]:#x}", "text in UTF-8")
    except yaml.YAMLError as error:
        _not_yaml(error, faults)
    except _TooDeep as error:
        faults.add(error.args[0], "deep nesting", f"{DEEPEST} levels at most")
    faults.settle()
    return root or Entries(line=1, entries=())


def shown(node: Node) -> str:
    """Return what stands there, short enough for a message."""
    match node:
        case Scalar(text="", plain=True):
            return "nothing"
        case Scalar(text=text):
            return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
        case Items(items=items):
            return f"a list of {len(items)}" if items else "an empty list"
        case Entries(entries=entries):
            names = ", ".join(shown(name) for name, _ in entries[:4])
            return f"the fields {names}" if entries else "no fields"


def guessed_kind(node: Scalar) -> str:
    """
    Return what YAML 1.1 would take the text for, where that is not text.

    Other programs that read the file do that, so ossay asks for quotes.
    """
    if not node.plain:
        return ""
    tag = _Loader("").resolve(yaml.ScalarNode, node.text, (True, False))
    return _GUESSED.get(tag.rpartition(":")[2], "")


_GUESSED = {
    "bool": "yes or no",
    "int": "a number",
    "float": "a number",
    "null": "nothing",
    "merge": "an instruction",
    "value": "an instruction",
    "timestamp": "a date",
}


def _read(text: str, faults: Faults) -> Node | None:
    events = yaml.parse(text, Loader=_Loader)
    root = None
    for event in events:
        if not isinstance(event, yaml.NodeEvent):
            continue
        if root is not None:
            faults.add(_line(event), "a second document", "one document")
            break
        root = _node(event, events, faults, 0)
    return root


def _node(
    event: yaml.Event, events: Iterator[yaml.Event], faults: Faults, depth: int
) -> Node:
    line = _line(event)
    if depth > DEEPEST:
        raise _TooDeep(line)
    _refuse_marks(event, line, faults)
    match event:
        case yaml.SequenceStartEvent():
            items = tuple(_until(yaml.SequenceEndEvent, events, faults, depth))
            return Items(line=line, items=items)
        case yaml.MappingStartEvent():
            flat = list(_until(yaml.MappingEndEvent, events, faults, depth))
            pairs = zip(flat[::2], flat[1::2], strict=True)
            return Entries(line=line, entries=tuple(pairs))
        case yaml.ScalarEvent():
            return Scalar(line=line, text=event.value, plain=not event.style)
        case _:
            return Scalar(line=line, text="", plain=False)


def _until(
    end: type[yaml.Event], events: Iterator[yaml.Event], faults: Faults, depth: int
) -> Iterator[Node]:
    while not isinstance(event := next(events), end):
        yield _node(event, events, faults, depth + 1)


def _refuse_marks(event: yaml.Event, line: int, faults: Faults) -> None:
    match event:
        case yaml.AliasEvent(anchor=str(name)):
            faults.add(line, f"the alias *{name}", "what it stands for, in full")
        case yaml.NodeEvent(anchor=str(name)):
            faults.add(line, f"the anchor &{name}", "no anchors")
    match event:
        case yaml.ScalarEvent(tag=str(tag)) | yaml.CollectionStartEvent(tag=str(tag)):
            faults.add(line, f"the tag {tag}", "no tags")


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark is not None else 1


class _TooDeep(Exception):
    """Lists and fields are nested deeper than `DEEPEST`; args: the line."""


def _not_yaml(error: yaml.YAMLError, faults: Faults) -> None:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark is not None else 1
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    faults.add(
        line, problem, "YAML; text that has ': ', '#' or '\"' in it needs quotes"
    )
