# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Which modules a file of Terraform calls, and whether it is whole.

The tool passes over, without a word, a file that it cannot read and a module that
is kept elsewhere. So both are looked for here, by the words of the language alone.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ossay.codec import code_digest
from ossay.collect import _documents
from ossay.model.tree import Scanner

LARGEST_BYTES = 1_000_000
LONGEST_SOURCE = 200

CHECKED = frozenset(
    {
        *("aws", "azurerm", "google", "github", "digitalocean", "openstack"),
        "nifcloud",
    }
)
"""
Providers that trivy 0.76 has checks for, of several kinds of what they set up.

The folders of checks that its program holds name them; a test asks it about each.
"""

CHECKED_KINDS = frozenset(
    {
        *("cloudstack_instance", "opc_compute_ip_address_reservation"),
        *("kubernetes_network_policy", "kubernetes_network_policy_v1"),
    }
)
"""All that it has checks for of some others: none for pods, none for `oci`."""

SET_UP_NOTHING = frozenset(
    {
        *("archive", "cloudinit", "external", "local", "null", "random", "template"),
        *("terraform", "time", "tls"),
    }
)
"""Providers that only work something out."""


_IN_TEXT = re.compile(r'\$\$\{|%%\{|\$\{|%\{|\\.|"|\n')
_IN_CODE = re.compile(r'[{}"]')
_PAIRS = {"{": "}", "[": "]", "(": ")"}
_TOKEN = re.compile(
    r"(?P<heredoc><<-?(?P<mark>\w{1,80})[ \t]*\r?\n)"
    r"|(?P<comment>(?:\#|//)[^\n]*|/\*(?s:.*?)(?:\*/|\Z))"
    r'|(?P<text>")'
    r"|(?P<open>[{\[(])|(?P<close>[}\])])"
    r"|(?P<word>[\w-]+|=|\n)|(?P<space>[ \t\r]+)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """
    A module that a file calls, and the line (from 1) that says so.

    Attributes:
        source: Where it is kept; "" where that is not plain text.
    """

    source: str
    line: int

    def is_beside(self) -> bool:
        """Tell whether it is kept in the same repository."""
        return self.source.startswith(("./", "../"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """
    What a file calls and sets up.

    Attributes:
        unchecked: Providers of what it sets up of which the tool knows nothing, each
            with the line (from 1) where it is first seen.
    """

    modules: tuple[Module, ...]
    unchecked: tuple[tuple[str, int], ...]


def read(content: bytes) -> Read:
    """
    Return what *content* calls and sets up, in Terraform's own syntax or in JSON.

    Raises:
        DocumentUnreadable: It is not whole: something that is opened is not closed.
    """
    if content.lstrip()[:1] == b"{":
        return _read_json(content)
    text = content.decode("utf-8-sig", errors="replace")
    found: list[Module] = []
    kinds: dict[str, int] = {}
    header: list[str] = []
    in_module = False
    key = ""
    for depth, word, line in _tokens(text):
        if depth == 0 and word == "{":
            in_module = header[:1] == ["module"]
            if header[:1] == ["resource"] and len(header) > 1:
                kinds.setdefault(header[1].strip('"'), line)
            if in_module:
                found.append(Module(source="", line=line))
        if depth == 0:
            header = [] if word in ("\n", "{", "}") else [*header[:3], word]
        if depth == 1 and in_module:
            if word == "\n":
                key = ""
            elif word.startswith('"') and key == "source=":
                source = "" if "${" in word else word.strip('"')[:LONGEST_SOURCE]
                found[-1] = Module(source=source, line=line)
            elif word.startswith('"') or word == "=" or word.isidentifier():
                key += word
    return Read(modules=tuple(found), unchecked=_unchecked(kinds))


def _unchecked(kinds: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for kind, line in kinds.items():
        provider = kind.partition("_")[0][:LONGEST_SOURCE]
        is_known = provider in CHECKED | SET_UP_NOTHING or kind in CHECKED_KINDS
        if not is_known:
            found.setdefault(provider, line)
    return tuple(found.items())


def _tokens(text: str) -> Iterator[tuple[int, str, int]]:
    """Yield words, texts, line ends and braces, the depth before each, and its line."""
    opened: list[str] = []
    line = 1
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            at += 1
            continue
        token, kind = found[0], found.lastgroup
        here, at = line, found.end()
        line += token.count("\n")
        if kind == "heredoc":
            end = re.compile(rf"(?m)^[ \t]*{re.escape(found['mark'])}[ \t]*\r?$")
            closed = end.search(text, at)
            if closed is None:
                raise _not_whole(here)
            line += text.count("\n", at, closed.end())
            at = closed.end()
            yield len(opened), '""', here
        elif kind == "text":
            at = _end_of_text(text, at, here)
            token = text[found.start() : at]
            line += token.count("\n")
            yield len(opened), token, here
        elif kind == "open":
            yield len(opened), token, here
            opened.append(_PAIRS[token])
            if len(opened) > _documents.DEEPEST:
                raise _documents.DocumentUnreadable("it is nested too deep")
        elif kind == "close":
            if not opened or opened.pop() != token:
                raise _not_whole(here)
            yield len(opened), token, here
        elif kind == "comment":
            if token.startswith("/*") and not token.endswith("*/"):
                raise _not_whole(here)
        elif kind != "space":
            yield len(opened), token, here
    if opened:
        raise _not_whole(line)


def _end_of_text(text: str, at: int, line: int) -> int:
    """Return where a quoted text ends; `${` within puts in what may be quoted, too."""
    around = ['"']
    while around:
        if len(around) > _documents.DEEPEST:
            raise _documents.DocumentUnreadable("it is nested too deep")
        found = (_IN_TEXT if around[-1] == '"' else _IN_CODE).search(text, at)
        if found is None or found[0] == "\n":
            raise _not_whole(line)
        at = found.end()
        if found[0] == around[-1]:
            around.pop()
        elif found[0] in ("${", "%{", "{"):
            around.append("}")
        elif found[0] == '"':
            around.append('"')
    return at


def _not_whole(line: int) -> _documents.DocumentUnreadable:
    msg = f"it is no whole Terraform file: line {line} does not fit what is open there"
    return _documents.DocumentUnreadable(msg)


def _read_json(content: bytes) -> Read:
    document = _documents.read_json(content)
    called = document.get("module") if isinstance(document, dict) else None
    blocks = called if isinstance(called, list) else [called]
    sources: list[object] = []
    for block in blocks:
        for module in block.values() if isinstance(block, dict) else ():
            each = module if isinstance(module, list) else [module]
            sources += (m.get("source") for m in each if isinstance(m, dict))
    modules = (
        Module(source=s[:LONGEST_SOURCE] if isinstance(s, str) else "", line=0)
        for s in sources
    )
    resources = document.get("resource") if isinstance(document, dict) else None
    kinds = {
        kind: 0
        for block in (resources if isinstance(resources, list) else [resources])
        for kind in (block if isinstance(block, dict) else {})
    }
    return Read(modules=tuple(modules), unchecked=_unchecked(kinds))


def is_terraform(path: str) -> bool:
    """Tell whether *path* sets something up by Terraform."""
    hidden = path.startswith(".terraform/") or "/.terraform/" in path
    return path.endswith((".tf", ".tf.json")) and not hidden


def has_values(path: str) -> bool:
    """Tell whether Terraform itself takes values from *path*."""
    name = path.rpartition("/")[2]
    return name.endswith((".auto.tfvars", ".auto.tfvars.json")) or name in (
        "terraform.tfvars",
        "terraform.tfvars.json",
    )


MODULES = Scanner(
    name="misconfiguration.modules",
    version=code_digest([sys.modules[__name__], _documents]),
    kind=Read,
    scan=read,
    largest_bytes=LARGEST_BYTES,
)
