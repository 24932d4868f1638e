# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
SBOMs that somebody hands in, read more strictly than those of a repository.

Whoever hands one in is there to be told: what could be meant in two ways is refused.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ossay.collect import _documents
from ossay.collect._documents import LARGEST_BYTES, DocumentUnreadable
from ossay.collect.sboms.reading import FormNotRead, Sbom, read
from ossay.model.errors import OssayError

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

LARGEST = LARGEST_BYTES

_FORM = re.compile(r"SPDX 2\.[0-3]|CycloneDX 1\.[0-7]")
_FORMS = "SPDX 2.0 to 2.3 and CycloneDX 1.0 to 1.7"
_TAGS = re.compile(rb"^[ \t]*SPDXVersion:", re.MULTILINE)
_MARK = b"\xef\xbb\xbf"
_ONCE = frozenset({"components", "dependencies", "metadata", "name", "purl", "version"})
"""Elements of CycloneDX that nothing has two of."""


class NoSbom(OssayError):
    """What was handed in is no SBOM that can be read; the message says why."""


def read_handed(name: str, content: bytes) -> Sbom:
    """
    Return the SBOM in a file, whatever it is called; it goes by *name*.

    Raises:
        NoSbom: It is none, or of a form that is not read, or says a thing twice.
    """
    if len(content) > LARGEST:
        msg = f"it is larger than {LARGEST:,} bytes, which is the most that is read"
        raise NoSbom(msg)
    kind = _kind(content)
    try:
        _require_once(kind, content)
        found = read(f"{name}.{kind}", content)
    except (FormNotRead, DocumentUnreadable) as error:
        raise NoSbom(str(error)) from error
    if found is None:
        msg = "it is neither SPDX nor CycloneDX"
        raise NoSbom(msg)
    if not _FORM.fullmatch(found.form):
        msg = f"it calls itself {found.form!r}; {_FORMS} are read"
        raise NoSbom(msg)
    if not found.listed and "vulnerabilities" in found.document:
        msg = (
            "it tells of vulnerabilities and lists no component (VEX); "
            "take it in with 'ossay advisories import'"
        )
        raise NoSbom(msg)
    return Sbom(
        path=name, form=found.form, listed=found.listed, document=found.document
    )


def _kind(content: bytes) -> str:
    """Return by what it begins with how a file is to be read."""
    begun = content.removeprefix(_MARK).lstrip()
    if not begun:
        msg = "it is empty"
        raise NoSbom(msg)
    if begun[:1] in b"{[":
        return "json"
    if begun[:1] == b"<":
        return "xml"
    return "spdx" if _TAGS.search(begun) else "yaml"


def _require_once(kind: str, content: bytes) -> None:
    """Refuse what says a thing twice: which of the two counts, nobody knows."""
    match kind:
        case "json":
            _read_json_once(content)
        case "xml":
            twice = _twice_in_xml(_documents.read_xml(content))
            _refuse(twice, "element")
        case "yaml":
            _documents.read_yaml(content)  # it bounds size and depth
            _refuse(_twice_in_yaml(content), "key")
        case _:
            pass  # of tags, reading tells


def _read_json_once(content: bytes) -> None:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            _refuse(_repeated(key for key, _ in pairs), "key")
        return made

    def refuse(constant: str) -> None:
        msg = f"it is no valid JSON ({constant} is no number)"
        raise NoSbom(msg)

    _documents.read_json(content)  # it bounds size and depth
    json.loads(
        content.decode("utf-8-sig"), object_pairs_hook=once, parse_constant=refuse
    )


def _twice_in_xml(root: "ET.Element") -> Iterator[str]:
    for element in root.iter():
        names = (child.tag.rpartition("}")[2] for child in element)
        yield from _repeated(name for name in names if name in _ONCE)


def _twice_in_yaml(content: bytes) -> Iterator[str]:
    import yaml

    nodes = [yaml.compose(content, Loader=yaml.CSafeLoader)]
    seen: set[int] = set()
    while nodes:
        node = nodes.pop()
        if id(node) in seen:
            continue  # an alias leads to what was looked at
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            yield from _repeated(str(key.value) for key, _ in node.value)
            nodes += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            nodes += node.value


def _repeated(names: Iterable[str]) -> list[str]:
    return [name for name, number in Counter(names).items() if number > 1]


def _refuse(twice: Iterable[str], what: str) -> None:
    for name in twice:
        msg = f"it has the {what} {name[:60]!r} twice in one place"
        raise NoSbom(msg)
