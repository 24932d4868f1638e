# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Where each kind of package manifest states the licence."""

import configparser
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from ossay.collect._documents import (
    DocumentUnreadable,
    read_json,
    read_toml,
    read_xml,
    read_yaml,
)

LONGEST_STATEMENT = 200
MOST_STATEMENTS = 20
"""What is kept of statements that go on; they are shown in memos."""

_NO_LICENCE = "NONE"
"""What SPDX writes where it is known that nothing is granted (SPDX 2.3, 7.13)."""

_CLASSIFIER = "License :: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """
    What a manifest says.

    Attributes:
        said: Expressions, names or addresses of licences to choose from; empty if
            it says nothing, or only where the text is.
        quoted: How the manifest itself puts it, where that differs.
    """

    said: tuple[str, ...] = ()
    quoted: str = ""


SILENCE = Statement()


def package_json(content: bytes) -> Statement:
    """`license`, or `licenses` of old (docs.npmjs.com, package.json)."""
    document = _mapping(read_json(content))
    stated = document.get("license") or document.get("licenses")
    said = [_name_in(one, "type") for one in _as_list(stated)]
    if said == ["UNLICENSED"]:
        return Statement(said=(_NO_LICENCE,), quoted="UNLICENSED")
    return _said(s for s in said if not s.upper().startswith("SEE LICEN"))


def composer_json(content: bytes) -> Statement:
    """`license`; a list is a choice (getcomposer.org, schema)."""
    said = [_text(one) for one in _as_list(_mapping(read_json(content)).get("license"))]
    if said == ["proprietary"]:
        return Statement(said=(_NO_LICENCE,), quoted="proprietary")
    return _said(_without_parentheses(s) for s in said)


def codemeta_json(content: bytes) -> Statement:
    """`license`, an address or a schema.org `CreativeWork` (codemeta 3.0)."""
    stated = _as_list(_mapping(read_json(content)).get("license"))
    return _said(_name_in(one, "url", "@id", "name") for one in stated)


def pyproject_toml(content: bytes) -> Statement:
    """`project.license` (PEP 639, PEP 621) or Poetry's, else trove classifiers."""
    document = _mapping(read_toml(content))
    project = _mapping(document.get("project"))
    poetry = _mapping(_mapping(document.get("tool")).get("poetry"))
    stated = project.get("license") or poetry.get("license")
    text = _text(_mapping(stated).get("text")) if isinstance(stated, dict) else stated
    classifiers = project.get("classifiers") or poetry.get("classifiers")
    return _python(_text(text), [_text(c) for c in _as_list(classifiers)])


def setup_cfg(content: bytes) -> Statement:
    """`license` of the metadata, else trove classifiers (setuptools)."""
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(_decoded(content))
    except configparser.Error as error:
        msg = f"it is no valid configuration ({str(error).splitlines()[0]})"
        raise DocumentUnreadable(msg) from error
    classifiers = parser.get("metadata", "classifiers", fallback="")
    return _python(
        parser.get("metadata", "license", fallback=""), classifiers.splitlines()
    )


def setup_py(content: bytes) -> Statement:
    """`license` of `setup()`, else trove classifiers, as plain text; it is not run."""
    lines = [line[:400] for line in _decoded(content).splitlines()]
    code = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
    stated = _SETUP_LICENCE.search(code)
    classifiers = [found[2] for found in _PYTHON_CLASSIFIER.finditer(code)]
    return _python(stated[2] if stated else "", classifiers)


def cargo_toml(content: bytes) -> Statement:
    """`package.license`, or the workspace's (doc.rust-lang.org/cargo, manifest)."""
    document = _mapping(read_toml(content))
    package = _mapping(document.get("package"))
    workspace = _mapping(_mapping(document.get("workspace")).get("package"))
    stated = _text(package.get("license")) or _text(workspace.get("license"))
    # A slash is how "OR" was written before 2018.
    return _said([stated.replace("/", " OR ")], quoted=stated)


def pom_xml(content: bytes) -> Statement:
    """`licenses`, of which one may choose (maven.apache.org/pom.html)."""
    root = read_xml(content)
    said = []
    for licence in root.findall("{*}licenses/{*}license"):
        name = (licence.findtext("{*}name") or "").strip()
        url = (licence.findtext("{*}url") or "").strip()
        said.append(f"{name} <{url}>" if name and url else name or url)
    quoted = said[0].partition(" <")[0] if said else ""
    return _said(said, quoted=quoted)


def publiccode_yml(content: bytes) -> Statement:
    """`legal.license` (yml.publiccode.tools, 0.4)."""
    legal = _mapping(_mapping(read_yaml(content)).get("legal"))
    return _said([_text(legal.get("license"))])


def citation_cff(content: bytes) -> Statement:
    """`license`; a list is a choice (Citation File Format 1.2.0)."""
    stated = _mapping(read_yaml(content)).get("license")
    return _said(_text(one) for one in _as_list(stated))


def gemspec(content: bytes) -> Statement:
    """`license` or `licenses`, where given as plain text; Ruby is not run."""
    for line in _decoded(content).splitlines():
        match = _GEM_LICENCE.match(line[:400])
        if match is not None:
            return _said(_RUBY_TEXT.findall(match.group(1)))
    return SILENCE


_SETUP_LICENCE = re.compile(r"""(?<![\w.])license\s?=\s?(["'])([^"'\n]{1,200})\1""")
_PYTHON_CLASSIFIER = re.compile(r"""(["'])(License :: [^"'\n]{1,200})\1""")
_GEM_LICENCE = re.compile(r"\s*\w+\.licenses?\s*=(.*)")
_RUBY_TEXT = re.compile(r"""["']([^"'#]+)["'](?:\.freeze)?""")


def _python(licence: str, classifiers: Iterable[str]) -> Statement:
    """Prefer the field, unless it holds all of a licence's text."""
    licence = licence.strip()
    if licence and "\n" not in licence:
        return _said([licence])
    stated = [c.strip() for c in classifiers if c.strip().startswith(_CLASSIFIER)]
    names = [c.rpartition(" :: ")[2] for c in stated]
    said = [n for n in names if n not in {"OSI Approved", "License"}]
    return _said(said)


def _said(said: Iterable[str], quoted: str = "") -> Statement:
    cut = (one.strip()[:LONGEST_STATEMENT] for one in said)
    kept = tuple(islice(dict.fromkeys(filter(None, cut)), MOST_STATEMENTS))
    return Statement(said=kept, quoted=quoted[:LONGEST_STATEMENT]) if kept else SILENCE


def _decoded(content: bytes) -> str:
    return content.decode("utf-8-sig", errors="replace")


def _mapping(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _as_list(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _name_in(value: object, *keys: str) -> str:
    """Return *value*, or what it says under the first of *keys* that it has."""
    found = (_text(_mapping(value).get(key)) for key in keys)
    return _text(value) or next(filter(None, found), "")


def _without_parentheses(text: str) -> str:
    outer = text.startswith("(") and text.endswith(")") and text.count("(") == 1
    return text[1:-1] if outer else text
