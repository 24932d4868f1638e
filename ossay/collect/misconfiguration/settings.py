# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What the tool for settings of containers said, read with suspicion."""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from ossay.codec import code_digest
from ossay.model.evidence import Item
from ossay.model.toolbox import Toolbox, ToolSilent
from ossay.model.tree import Entry, Scanner, Tree, Unreadable

T = TypeVar("T")

TOOL = "trivy"
QUESTION = "misconfiguration"

SEVERITIES = ("CRITICAL", "HIGH", "MEDIUM", "LOW", "UNKNOWN")
LONGEST_TEXT = 200
LARGEST_BYTES = 1_000_000

_MANIFEST = (
    re.compile(rb"(?m)^[\"']?apiVersion[\"']?:"),
    re.compile(rb"(?m)^[\"']?kind[\"']?:"),
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
    """What was found, and the files of which nothing was heard, with reasons."""

    findings: tuple[Finding, ...]
    unread: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """
    What a file's text shows at a glance.

    Attributes:
        is_manifest: Whether it has what each object of Kubernetes has.
        asks_to_ignore: Whether a comment asks the tool to pass something over.
    """

    is_manifest: bool
    asks_to_ignore: bool


def _marks(content: bytes) -> Marks:
    return Marks(
        is_manifest=all(each.search(content) for each in _MANIFEST),
        asks_to_ignore=_IGNORE.search(content) is not None,
    )


MARKS = Scanner(
    name="misconfiguration.marks",
    version=code_digest([sys.modules[__name__]]),
    kind=Marks,
    scan=_marks,
    largest_bytes=LARGEST_BYTES,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheeded:
    """A tree in which comments that ask the tool to ignore something do not count."""

    tree: Tree

    def entries(self) -> tuple[Entry, ...]:
        return self.tree.entries()

    def paths(self) -> tuple[str, ...]:
        return self.tree.paths()

    def read(self, path: str) -> bytes:
        """Return a file as long as it was, line by line."""
        return _IGNORE.sub(rb"\1;", self.tree.read(path))

    def scan(
        self, scanner: Scanner[T], paths: Iterable[str] | None = None
    ) -> Iterator[tuple[str, T | Unreadable]]:
        return self.tree.scan(scanner, paths)

    def is_settled(self) -> bool:
        return self.tree.is_settled()


def heard(toolbox: Toolbox, tree: Tree, paths: Iterable[str]) -> Heard:
    """
    Return what the tool says of *paths*.

    A file that it names nowhere was not understood, since it names those, too, in
    which it advises against nothing.

    Raises:
        ToolSilent: It said nothing of any of them, or what cannot be relied on.
    """
    asked = dict.fromkeys(paths)
    said = toolbox.ask(TOOL, QUESTION, tree, asked)
    named: dict[str, None] = {}
    findings: list[Finding] = []
    try:
        for result in json.loads(said.text).get("Results") or []:
            path = result["Target"]
            if path not in asked or result["Class"] != "config":
                continue
            named[path] = None
            findings += _findings(path, result.get("Misconfigurations") or [])
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as error:
        msg = f"{TOOL} said something of settings that cannot be read"
        raise ToolSilent(msg) from error
    left_out = {item.subject: item for item in said.left_out}
    unread = tuple(
        left_out.get(path) or Item(subject=path, note=f"{TOOL} did not understand it")
        for path in asked
        if path not in named
    )
    return Heard(findings=tuple(sorted(findings)), unread=unread)


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
