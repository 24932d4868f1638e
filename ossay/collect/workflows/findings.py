# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What the tool for workflows said, read with suspicion."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from ossay.collect._handed import asked_path
from ossay.model.evidence import Item
from ossay.model.toolbox import Toolbox, ToolSilent
from ossay.model.tree import Entry, Scanner, Tree, Unreadable

T = TypeVar("T")

TOOL = "zizmor"
ALL = "findings"
LEFT = "findings that the candidate's settings leave"

MOST_ALONE = 100
"""Files that are asked about one by one where one of them cannot be read."""

LONGEST_TEXT = 200


_CONTEXT = re.compile(rb"(?<![\w./-])(?:forgejo|forge|gitea)\.(?=[a-z_]+\b)")
_ADDRESS = re.compile(rb"(?m)^(\s*(?:-\s+)?uses:\s*[\"']?)https?://[^/\s]+/")
_WORDS = {
    "dangerous-triggers": "a trigger that strangers can set off, with the rights of "
    "the project",
    "insecure-commands": "commands of the build that were withdrawn, since text could "
    "set variables by them",
}
"""For what the tool itself says in words that judge."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Finding:
    """
    One weakness of a workflow.

    Attributes:
        rule: The name of the kind of weakness ("template-injection"); the tool's
            where the tool tells of it.
        line: Counted from 1.
        what: In the tool's words, or in ours.
        text: The text that becomes part of a command, as the workflow names it
            ("github.event.issue.title"); "" where that is not what it is about.
    """

    path: str
    line: int
    rule: str
    severity: str
    confidence: str
    what: str
    text: str = ""

    def item(self) -> Item:
        """Return what an answer shows of it."""
        sure = f"severity {self.severity}, confidence {self.confidence}"
        note = f"{self.what} ({self.rule}; {sure})"
        return Item(subject=self.path, note=note, line=self.line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weakness:
    """A kind of weakness that is told here in our own words, wherever it is seen."""

    rule: str
    severity: str
    confidence: str
    what: str

    def at(self, line: int, path: str = "") -> Finding:
        """Return that it was seen in *line* (from 1)."""
        return Finding(
            path=path,
            line=line,
            rule=self.rule,
            severity=self.severity,
            confidence=self.confidence,
            what=self.what,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What was found, and the files of which nothing was heard, with reasons."""

    findings: tuple[Finding, ...]
    unread: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AsGitHub:
    """
    A tree in which workflows of Forgejo and Gitea are written as GitHub's are.

    They have names of their own for what a run is about (`forgejo.event`), and take
    actions from an address; the tool knows neither. Lines stay what they are.
    """

    tree: Tree

    def entries(self) -> tuple[Entry, ...]:
        return self.tree.entries()

    def paths(self) -> tuple[str, ...]:
        return self.tree.paths()

    def read(self, path: str) -> bytes:
        content = self.tree.read(path)
        if not is_of_other_forges(path):
            return content
        return _ADDRESS.sub(rb"\1", _CONTEXT.sub(b"github.", content))

    def scan(
        self, scanner: Scanner[T], paths: Iterable[str] | None = None
    ) -> Iterator[tuple[str, T | Unreadable]]:
        return self.tree.scan(scanner, paths)

    def is_settled(self) -> bool:
        return self.tree.is_settled()


def is_of_other_forges(path: str) -> bool:
    """Tell whether only Forgejo or Gitea looks for workflows at *path*."""
    return path.startswith((".forgejo/", ".gitea/"))


def heard(
    toolbox: Toolbox,
    tree: Tree,
    paths: Iterable[str],
    question: str,
    besides: Iterable[str] = (),
) -> Heard:
    """
    Return what the tool says of *paths*, having looked at *besides*.

    One file that it cannot read would silence it about all, so it is asked about
    each alone then.

    Raises:
        ToolSilent: It said nothing of any of them.
    """
    asked, aside = list(paths), list(besides)
    try:
        return _heard(toolbox, tree, asked, question, aside)
    except ToolSilent:
        toolbox.tool(TOOL)  # one that is not here is not asked again
        if not 1 < len(asked) <= MOST_ALONE:
            raise
    found: list[Finding] = []
    unread: list[Item] = []
    for path in asked:
        try:
            alone = _heard(toolbox, tree, [path], question, aside)
        except ToolSilent as error:
            unread.append(Item(subject=path, note=str(error)))
        else:
            found += alone.findings
            unread += alone.unread
    if len(unread) == len(asked):
        raise ToolSilent(unread[0].note)
    return Heard(findings=tuple(sorted(found)), unread=tuple(unread))


def _heard(
    toolbox: Toolbox, tree: Tree, paths: list[str], question: str, besides: list[str]
) -> Heard:
    said = toolbox.ask(TOOL, question, AsGitHub(tree=tree), [*paths, *besides])
    unread = [item for item in said.left_out if item.subject in paths]
    return Heard(
        findings=tuple(sorted(_findings(said.text, frozenset(paths)))),
        unread=tuple(unread),
    )


def _findings(text: bytes, paths: frozenset[str]) -> Iterator[Finding]:
    for each in json.loads(text):
        try:
            yield _finding(each, paths)
        except (KeyError, TypeError, IndexError, ValueError) as error:
            msg = f"{TOOL} told of a finding in a way that is not understood"
            raise ToolSilent(msg) from error


def _finding(each: dict[str, object], paths: frozenset[str]) -> Finding:
    locations = each["locations"]
    determinations = each["determinations"]
    if not isinstance(locations, list) or not isinstance(determinations, dict):
        raise TypeError
    kinds = [place["symbolic"]["kind"] for place in locations]
    place = locations[kinds.index("Primary") if "Primary" in kinds else 0]
    return Finding(
        path=asked_path(place["symbolic"]["key"]["Local"]["verbatim_path"], paths),
        line=int(place["concrete"]["location"]["start_point"]["row"]) + 1,
        rule=str(each["ident"])[:LONGEST_TEXT],
        severity=str(determinations["severity"]).casefold()[:LONGEST_TEXT],
        confidence=str(determinations["confidence"]).casefold()[:LONGEST_TEXT],
        what=_WORDS.get(str(each["ident"]), str(each["desc"])[:LONGEST_TEXT]),
        text=_text(place["symbolic"]),
    )


def _text(symbolic: dict[str, object]) -> str:
    """Return the expression that a finding points at, where it points at one."""
    kind = symbolic.get("feature_kind")
    part = kind.get("Subfeature") if isinstance(kind, dict) else None
    fragment = part.get("fragment") if isinstance(part, dict) else None
    raw = fragment.get("Raw") if isinstance(fragment, dict) else None
    return raw[:LONGEST_TEXT] if isinstance(raw, str) else ""
