# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What the tool for settings of containers and servers said, read with suspicion."""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from ossay.codec import canonical, code_digest, digest_of_bytes, from_json, to_json
from ossay.collect.misconfiguration import charts
from ossay.collect.misconfiguration.charts import without_needs
from ossay.model.collector import Given
from ossay.model.evidence import Item
from ossay.model.toolbox import Toolbox, ToolSilent
from ossay.model.tree import Entry, Scanner, Tree, Unreadable

T = TypeVar("T")

TOOL = "trivy"
QUESTION = "misconfiguration"
HELM = "helm"
TERRAFORM = "terraform"

_REMEMBERED = "misconfiguration.heard"

SEVERITIES = ("CRITICAL", "HIGH", "MEDIUM", "LOW", "UNKNOWN")
LONGEST_TEXT = 200
LARGEST_BYTES = 1_000_000

_MANIFEST = (
    re.compile(rb"(?m)^[\"']?apiVersion[\"']?:"),
    re.compile(rb"(?m)^[\"']?kind[\"']?:"),
)
_MANIFEST_SAYS = (b"apiVersion", b"kind")
_STACK_SAYS = (b"AWSTemplateFormatVersion", b"AWS::")
_STACK = re.compile(
    rb"(?m)^\s*(?:\{\s*)?[\"']?AWSTemplateFormatVersion[\"']?\s*:|"
    rb"^\s*[\"']?Type[\"']?\s*:\s*[\"']?AWS::\w+::\w"
)
_FAR = re.compile(
    rb"TemplateURL[\"']?\s*:(?!\s*[\"']?\.{0,2}/?[\w./-]{1,200}"
    rb"\.(?:ya?ml|json|template)[\"']?\s*[,}\r\n])|AWS::Include"
)
_IGNORE = re.compile(rb"(?i)(trivy|tfsec|cfsec):(?=ignore)")
"""Comments by which a file asks the tool to pass something over; none turns it off."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Finding:
    """One setting that the tool advises against; line 0 is the file as a whole."""

    path: str
    line: int
    rule: str
    severity: str
    what: str

    def item(self) -> Item:
        """Return what an answer shows of it."""
        note = f"{self.what} ({self.rule}; severity {self.severity.lower()})"
        return Item(subject=self.path, note=note, line=self.line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """
    What the tool said.

    Attributes:
        kinds: What it took each file or folder for that it named ("terraform").
        left_out: Files that it was not handed, with reasons.
    """

    findings: tuple[Finding, ...]
    kinds: tuple[tuple[str, str], ...]
    left_out: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """
    What a file's text shows at a glance.

    Attributes:
        is_manifest: Whether it has what each object of Kubernetes has.
        is_stack: Whether it has what each template of CloudFormation has.
        asks_to_ignore: Whether a comment asks the tool to pass something over.
        far_at: The line (from 1) where a stack takes in another template, or 0.
    """

    is_manifest: bool
    is_stack: bool
    asks_to_ignore: bool
    far_at: int


def _marks(content: bytes) -> Marks:
    """Look for words first: to find none takes a thirtieth of what patterns take."""
    is_stack = any(word in content for word in _STACK_SAYS) and bool(
        _STACK.search(content)
    )
    far = _FAR.search(content) if is_stack else None
    return Marks(
        is_manifest=all(word in content for word in _MANIFEST_SAYS)
        and all(each.search(content) for each in _MANIFEST),
        is_stack=is_stack,
        asks_to_ignore=b":ignore" in content.lower()
        and _IGNORE.search(content) is not None,
        far_at=content.count(b"\n", 0, far.start()) + 1 if far else 0,
    )


MARKS = Scanner(
    name="misconfiguration.marks",
    version=code_digest([sys.modules[__name__]]),
    kind=Marks,
    scan=_marks,
    largest_bytes=LARGEST_BYTES,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AsAsked:
    """
    A tree as the tool is handed it.

    Attributes:
        needy: Charts that need others which are not there; of that they say nothing.
        heeds: Whether comments that ask the tool to ignore something count.
    """

    tree: Tree
    needy: frozenset[str]
    heeds: bool

    def entries(self) -> tuple[Entry, ...]:
        return self.tree.entries()

    def paths(self) -> tuple[str, ...]:
        return self.tree.paths()

    def read(self, path: str) -> bytes:
        """Return a file; but for needy charts as long as it was, line by line."""
        content = self.tree.read(path)
        if path in self.needy:
            content = without_needs(content)
        return content if self.heeds else _IGNORE.sub(rb"\1;", content)

    def scan(
        self, scanner: Scanner[T], paths: Iterable[str] | None = None
    ) -> Iterator[tuple[str, T | Unreadable]]:
        return self.tree.scan(scanner, paths)

    def is_settled(self) -> bool:
        return self.tree.is_settled()


def heard(given: Given, tree: AsAsked, paths: Iterable[str]) -> Heard:
    """
    Return what the tool says of *paths*, or said of the same files before.

    Raises:
        ToolSilent: It said nothing of any of them, or what cannot be relied on.
    """
    if given.toolbox is None:
        raise ToolSilent(f"{TOOL}, which examines such settings, was not at hand")
    asked = sorted(set(paths))
    code = code_digest([sys.modules[__name__], charts], ["pyyaml"])
    version = digest_of_bytes(canonical([code, given.toolbox.version(TOOL)]))
    key = _key(tree, asked)
    if given.memory is not None:
        for kept in given.memory.known(_REMEMBERED, version, [key]).values():
            return from_json(Heard, kept)
    told = _heard(given.toolbox, tree, asked)
    if given.memory is not None and not told.left_out:
        given.memory.keep(_REMEMBERED, version, {key: to_json(told)})
    return told


def _key(tree: AsAsked, asked: list[str]) -> str:
    oids = {entry.path: entry.oid for entry in tree.entries()}
    files = [[path, oids.get(path, "")] for path in asked]
    return digest_of_bytes(canonical([files, sorted(tree.needy), tree.heeds]))


def _heard(toolbox: Toolbox, tree: AsAsked, asked: list[str]) -> Heard:
    said = toolbox.ask(TOOL, QUESTION, tree, asked)
    files = frozenset(asked)
    folders = {path.rpartition("/")[0] or "." for path in asked}
    kinds: dict[str, str] = {}
    findings: set[Finding] = set()
    try:
        for result in json.loads(said.text).get("Results") or []:
            path = result["Target"]
            if result["Class"] != "config" or not (path in files or path in folders):
                continue
            if path not in kinds or result["Type"] == HELM:
                kinds[path] = str(result["Type"])[:LONGEST_TEXT]
            if path in files:
                findings |= set(_findings(path, result.get("Misconfigurations") or []))
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as error:
        msg = f"{TOOL} said something of settings that cannot be read"
        raise ToolSilent(msg) from error
    return Heard(
        findings=tuple(sorted(findings)),
        kinds=tuple(sorted(kinds.items())),
        left_out=said.left_out,
    )


def _findings(path: str, told: list[dict[str, Any]]) -> Iterator[Finding]:
    for each in told:
        if each["Status"] != "FAIL":
            continue
        line = each.get("CauseMetadata", {}).get("StartLine", 0)
        if not isinstance(line, int) or each["Severity"] not in SEVERITIES:
            raise ValueError("a finding without place or severity")
        yield Finding(
            path=path,
            line=line,
            rule=str(each["ID"])[:LONGEST_TEXT],
            severity=each["Severity"],
            what=str(each["Title"])[:LONGEST_TEXT],
        )
