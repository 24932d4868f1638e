# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Where something stands that looks like a secret; the secret itself goes no further.

Nothing that is raised here may quote what the tool said.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from ossay.collect._handed import asked_path
from ossay.collect.secrets.fingerprints import fingerprint
from ossay.collect.security.places import is_set_aside
from ossay.model.evidence import Item
from ossay.model.toolbox import Toolbox, ToolSilent
from ossay.model.tree import Tree

TOOL = "kingfisher"
ALL = "places"
LEFT = "places that the candidate's comments leave"

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class SecretPlace:
    """
    One place that looks like a secret.

    Attributes:
        line: Counted from 1.
        rule: The tool's name of the kind of secret ("github-pat").
        confidence: How sure the tool is, in its words.
        fingerprint: What the secret is called; "" where there is no salt.
    """

    path: str
    line: int
    rule: str
    confidence: str
    fingerprint: str

    @property
    def is_set_aside(self) -> bool:
        """Whether it stands in a test, an example, or in what others wrote."""
        return is_set_aside(self.path) or _EXAMPLE.search(self.path) is not None

    def item(self) -> Item:
        """Return what an answer shows of it."""
        called = f", fingerprint {self.fingerprint}" if self.fingerprint else ""
        note = f"{self.rule}, confidence {self.confidence}{called}"
        return Item(subject=self.path, note=note, line=self.line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was found, and the files that were not looked into, with reasons."""

    places: tuple[SecretPlace, ...]
    unread: tuple[Item, ...]


def look(
    toolbox: Toolbox,
    tree: Tree,
    paths: Iterable[str],
    question: str,
    salt: bytes | None,
) -> Looked:
    """
    Return the places that the tool tells of.

    Raises:
        ToolSilent: It gave no answer, or one that is not understood.
    """
    asked = list(paths)
    said = toolbox.ask(TOOL, question, tree, asked)
    known = frozenset(asked)
    try:
        told = json.loads(said.text)
        summary = told["audit"]["summary"]
        undone = summary["scan_failed"] + summary["scan_partial"] + summary["pending"]
        places = {_place(each, known, salt) for each in told["findings"]}
    except (KeyError, TypeError, ValueError, AttributeError):
        msg = f"{TOOL} told of its findings in a way that is not understood"
        raise ToolSilent(msg) from None
    if undone:
        raise ToolSilent(f"{TOOL} did not come to the end of the files")
    return Looked(places=tuple(sorted(places)), unread=said.left_out)


def _place(
    each: dict[str, dict[str, object]], known: frozenset[str], salt: bytes | None
) -> SecretPlace:
    found = each["finding"]
    line = found["line"]
    secret = found["snippet"]
    if not isinstance(line, int) or not isinstance(secret, str):
        raise TypeError
    return SecretPlace(
        path=asked_path(str(found["path"]), known),
        line=line,
        rule=_word(each["rule"]["name"]),
        confidence=_word(found["confidence"]),
        fingerprint=fingerprint(secret, salt) if salt else "",
    )


def _word(said: object) -> str:
    """Return a word of the tool's own; anything else might be of the secret."""
    if not isinstance(said, str) or not _WORD.fullmatch(said):
        raise ValueError("no word of the tool's")
    return said


_WORD = re.compile(rf"[A-Za-z0-9][A-Za-z0-9 ._()/+&,'-]{{0,{LONGEST_NAME}}}")

_EXAMPLE = re.compile(
    r"(?i)[.-](?:example|sample|template|tmpl|dist)(?:\.\w+)?$"
    r"|(?:^|[/._-])tests?[._-][^/]*$|[._-]tests?$"
)
"""Files to be copied and filled in (".env.example"), and those that help tests."""
