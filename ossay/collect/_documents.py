# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
JSON, YAML, TOML and XML that strangers wrote, read without trusting them.

What comes out is plain (dict, list, text, numbers, True, False, None; dates from
TOML; elements from XML) and bounded in size and depth, so that a caller may walk
through it by recursion. What cannot be read raises `DocumentUnreadable`, whose
message ends a sentence like "package.json could not be judged: ...".

Parsers are imported where they are used: together they take 30 ms, and most
collectors need one of them or none.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ossay.model.errors import OssayError

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    import yaml

LARGEST_BYTES = 8_000_000
"""Longer JSON, TOML and XML is refused; the longest of 31 lockfiles had 1.7 MB."""

LARGEST_YAML_BYTES = 2_000_000
"""YAML takes fifteen times as long to read as JSON."""

DEEPEST = 100
"""Levels of nesting; the deepest of 613 manifests and settings had 10."""

MOST_NODES = 1_000_000
"""Values in one YAML document, each alias counted with all it stands for."""

LONG_TEXT = 100
"""Characters that count as one value more: an alias repeats text, too."""

Path = tuple[str | int, ...]
"""Keys and positions that lead from the root of a document to a value."""


class DocumentUnreadable(OssayError):
    """A file is not the JSON, YAML, TOML or XML that its name promises."""


def read_json(content: bytes) -> object:
    """Return what JSON *content* says; of a key that comes twice, the last."""
    _refuse_large(content, LARGEST_BYTES)
    try:
        document = json.loads(content.decode("utf-8-sig"))
        if b"\\u" in content:
            json.dumps(document, ensure_ascii=False).encode()
    except RecursionError:
        raise DocumentUnreadable(_TOO_DEEP) from None
    except ValueError as error:
        msg = f"it is no valid JSON ({_short(error)})"
        raise DocumentUnreadable(msg) from error
    return _shallow(document)


def read_toml(content: bytes) -> object:
    """Return what TOML *content* says."""
    import tomllib

    _refuse_large(content, LARGEST_BYTES)
    # tomllib takes time that grows with the square of a dotted key's length.
    if any(line.split(b"=")[0].count(b".") > DEEPEST for line in content.splitlines()):
        raise DocumentUnreadable(_TOO_DEEP)
    try:
        document = tomllib.loads(content.decode("utf-8-sig"))
    except RecursionError:
        raise DocumentUnreadable(_TOO_DEEP) from None
    except ValueError as error:
        msg = f"it is no valid TOML ({_short(error)})"
        raise DocumentUnreadable(msg) from error
    return _shallow(document)


def read_xml(content: bytes) -> "ET.Element":
    """
    Return the root element of XML *content*, names as ElementTree writes them.

    A document type may be named, and is not fetched; one that declares anything
    itself is refused, since that is where entities multiply.
    """
    from xml.etree import ElementTree as ET
    from xml.parsers import expat

    _refuse_large(content, LARGEST_BYTES)
    if _declares_nothing(content):
        return _read_plain_xml(content)
    builder = ET.TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    open_elements = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal open_elements
        open_elements += 1
        if open_elements > DEEPEST:
            raise DocumentUnreadable(_TOO_DEEP)
        named = {_qualified(key): value for key, value in attributes.items()}
        builder.start(_qualified(name), named)

    def end(name: str) -> None:
        nonlocal open_elements
        open_elements -= 1
        builder.end(_qualified(name))

    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _refuse_own_declarations
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        msg = f"it is no valid XML ({_short(error)})"
        raise DocumentUnreadable(msg) from error
    return builder.close()


def _declares_nothing(content: bytes) -> bool:
    """
    Tell whether XML can be read without watching for declarations: ten times as fast.

    They could hide only in an encoding that is none of ASCII's.
    """
    head = content[:1_000]
    named = _XML_ENCODING.search(head)
    if b"\0" in content or (named and named[1].lower() not in {b"utf-8", b"us-ascii"}):
        return False
    types = content.count(b"<!DOCTYPE")
    return b"<!ENTITY" not in content and types == len(_PLAIN_DOCTYPE.findall(head))


def _read_plain_xml(content: bytes) -> "ET.Element":
    from xml.etree import ElementTree as ET

    try:
        root = ET.fromstring(content)  # noqa: S314 - it declares nothing
    except (ET.ParseError, ValueError, LookupError) as error:
        msg = f"it is no valid XML ({_short(error)})"
        raise DocumentUnreadable(msg) from error
    level = [root]
    for _ in range(DEEPEST):
        level = [child for element in level for child in element]
        if not level:
            return root
    raise DocumentUnreadable(_TOO_DEEP)


def read_yaml(content: bytes) -> object:
    """
    Return what YAML *content* says, by the core schema of YAML 1.2.

    So `on`, `no` and `12:30` are text, and dates stay text. Keys that are no
    text are written as text ("1", "true"). Tags of an application (`!Ref`) are
    passed over. Of a key that comes twice, the last counts. None is an empty
    document; several documents in one file are refused.
    """
    return _read_yaml(content, _YamlBuilder(wants_lines=False)).document


def read_yaml_with_lines(content: bytes) -> tuple[object, Mapping[Path, int]]:
    """
    Return what `read_yaml` returns, and the line of each key and list entry.

    What stands behind an alias has no lines at the alias' own place.
    """
    builder = _read_yaml(content, _YamlBuilder())
    return builder.document, builder.lines


def _read_yaml(content: bytes, builder: "_YamlBuilder") -> "_YamlBuilder":
    import yaml

    _refuse_large(content, LARGEST_YAML_BYTES)
    takers = builder.takers()
    try:
        parser = yaml.CSafeLoader(content)
        while (event := parser.get_event()) is not None:
            if take := takers.get(type(event)):
                take(event)
    except (yaml.YAMLError, ValueError) as error:
        msg = f"it is no valid YAML ({_short(error)})"
        raise DocumentUnreadable(msg) from error
    return builder


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end was not yet seen."""

    value: dict[str, object] | list[object]
    path: Path
    begun: "yaml.NodeEvent"
    key: str | None = None
    merged: list[object] = field(default_factory=list)
    nodes: int = 1
    height: int = 1


@dataclass(slots=True)
class _YamlBuilder:
    """
    Builds the document from the parser's events, without recursion.

    PyYAML's own constructor multiplies merge keys before anyone can count them,
    and reads `no` as false.
    """

    wants_lines: bool = True
    document: object = None
    lines: dict[Path, int] = field(default_factory=dict)
    _documents: int = 0
    _open: list[_Open] = field(default_factory=list)
    _known: dict[str, tuple[object, int, int]] = field(default_factory=dict)

    def takers(self) -> "Mapping[type[yaml.Event], Callable[[Any], None]]":
        """Return what is done with each kind of event; the others say nothing."""
        import yaml

        return {
            yaml.ScalarEvent: self._take_scalar,
            yaml.MappingStartEvent: lambda event: self._begin({}, event),
            yaml.SequenceStartEvent: lambda event: self._begin([], event),
            yaml.MappingEndEvent: self._finish,
            yaml.SequenceEndEvent: self._finish,
            yaml.AliasEvent: self._place_again,
            yaml.DocumentStartEvent: self._begin_document,
        }

    def _begin_document(self, _: "yaml.DocumentStartEvent") -> None:
        self._documents += 1
        if self._documents > 1:
            msg = "it holds several YAML documents; one was expected"
            raise DocumentUnreadable(msg)

    def _take_scalar(self, event: "yaml.ScalarEvent") -> None:
        text = event.value
        value = _scalar(text) if event.implicit[0] else text
        self._place(value, event, event.anchor, 1 + len(text) // LONG_TEXT)

    def _begin(
        self, value: dict[str, object] | list[object], event: "yaml.NodeEvent"
    ) -> None:
        if len(self._open) >= DEEPEST:
            raise DocumentUnreadable(_TOO_DEEP)
        path: Path = ()
        if self._open and self.wants_lines:
            around = self._open[-1]
            here = len(around.value) if around.key is None else around.key
            path = (*around.path, here)
        self._open.append(_Open(value=value, path=path, begun=event))

    def _finish(self, _: "yaml.CollectionEndEvent") -> None:
        done = self._open.pop()
        value: object = done.value
        if done.merged and isinstance(done.value, dict):
            value = _with_merged(done.value, done.merged)
        self._place(value, done.begun, done.begun.anchor, done.nodes, done.height)

    def _place_again(self, event: "yaml.AliasEvent") -> None:
        anchor = str(event.anchor)
        if anchor not in self._known:
            msg = (
                f"its alias {anchor!r} (line {_line(event)}) names nothing that "
                "came before"
            )
            raise DocumentUnreadable(msg)
        value, nodes, height = self._known[anchor]
        self._place(value, event, None, nodes, height)

    def _place(
        self,
        value: object,
        event: "yaml.NodeEvent",
        anchor: str | None,
        nodes: int,
        height: int = 0,
    ) -> None:
        if anchor is not None:
            self._known[anchor] = (value, nodes, height)
        if not self._open:
            self.document = value
            return
        around = self._open[-1]
        around.nodes += nodes
        if around.nodes > MOST_NODES:
            msg = f"it stands for more than {MOST_NODES:,} values, aliases followed"
            raise DocumentUnreadable(msg)
        if height >= around.height:
            around.height = height + 1
            if len(self._open) + height > DEEPEST:
                raise DocumentUnreadable(_TOO_DEEP)
        if self.wants_lines:
            self._note_line(around, value, event)
        _put(around, value, event)

    def _note_line(self, around: _Open, value: object, event: "yaml.NodeEvent") -> None:
        if isinstance(around.value, list):
            self.lines[*around.path, len(around.value)] = _line(event)
        elif around.key is None:
            self.lines[*around.path, _key(value, event)] = _line(event)


def _put(around: _Open, value: object, event: "yaml.NodeEvent") -> None:
    if isinstance(around.value, list):
        around.value.append(value)
    elif around.key is None:
        around.key = value if isinstance(value, str) else _key(value, event)
    else:
        if around.key == "<<":
            around.merged.extend(value if isinstance(value, list) else [value])
        else:
            around.value[around.key] = value
        around.key = None


def _line(event: "yaml.Event") -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _key(value: object, event: "yaml.Event") -> str:
    if isinstance(value, dict | list):
        msg = f"a key in line {_line(event)} is a mapping or a list; text was expected"
        raise DocumentUnreadable(msg)
    return value if isinstance(value, str) else json.dumps(value)


def _with_merged(own: dict[str, object], merged: Iterable[object]) -> object:
    """Add what `<<` names; own keys win, then earlier sources before later ones."""
    whole: dict[str, object] = {}
    for source in merged:
        if isinstance(source, dict):
            whole |= {k: v for k, v in source.items() if k not in whole}
    return whole | own


_CONSTANTS: Mapping[str, object] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}|0o[0-7]{1,20}|0x[0-9a-fA-F]{1,16}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?")


def _scalar(text: str) -> object:
    """Resolve plain text by the core schema (YAML 1.2.2, 10.3.2); no inf, no nan."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] not in "-+.0123456789" or len(text) > 40:
        return text
    if _INTEGER.fullmatch(text):
        return int(text, 0) if text.startswith(("0o", "0x")) else int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


_TOO_DEEP = f"it is nested more than {DEEPEST} levels deep"


_XML_ENCODING = re.compile(rb"""<\?xml[^<>]{1,100}encoding=["']([A-Za-z0-9_-]{1,40})""")
_PLAIN_DOCTYPE = re.compile(
    rb"""<!DOCTYPE\s(?:[^<>\[\]"']|"[^<>\[\]"]{0,200}"|'[^<>\[\]']{0,200}'){1,300}>"""
)
"""Without declarations of its own: no `>` in a quoted name ends it early."""


def _refuse_large(content: bytes, limit: int) -> None:
    if len(content) > limit:
        msg = f"it has {len(content):,} bytes; {limit:,} at most are read"
        raise DocumentUnreadable(msg)


def _shallow(document: object) -> object:
    """Return *document* if walking through it by recursion is safe."""
    level: list[object] = [document]
    for _ in range(DEEPEST + 1):
        level = [child for node in level for child in _children(node)]
        if not level:
            return document
    raise DocumentUnreadable(_TOO_DEEP)


def _children(node: object) -> Iterable[object]:
    if isinstance(node, dict):
        return node.values()
    return node if isinstance(node, list) else ()


def _qualified(name: str) -> str:
    return "{" + name if "}" in name else name


def _refuse_own_declarations(
    _name: str, _system: str | None, _public: str | None, has_own: int
) -> None:
    if has_own:
        msg = "it declares a document type of its own, which can hide entities"
        raise DocumentUnreadable(msg)


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:160]
