# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Where something stands that looks like a secret; the secret itself goes no further.

Nothing that is raised here may quote what the tool said.
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from ossay.codec import canonical, code_digest, digest_of_bytes, from_json, to_json
from ossay.collect._handed import asked_path
from ossay.collect.secrets import fingerprints
from ossay.collect.secrets.fingerprints import fingerprint, salt_of
from ossay.collect.security.places import is_set_aside
from ossay.model.digest import Digest
from ossay.model.evidence import Item
from ossay.model.toolbox import Toolbox, ToolSilent
from ossay.model.tree import BlobFacts, Tree

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


Places = tuple[SecretPlace, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was found, and the files that were not looked into, with reasons."""

    places: Places
    unread: tuple[Item, ...]


def look(
    toolbox: Toolbox,
    tree: Tree,
    paths: Iterable[str],
    question: str,
    memory: BlobFacts | None,
) -> Looked:
    """
    Return the places that the tool tells of.

    What it said of a content at a path is remembered, so that only files are handed
    to it that it did not see before. Its rules look at paths, too: it passes over
    lock files, for one.

    Raises:
        ToolSilent: It gave no answer, or one that is not understood.
    """
    asked = list(paths)
    oids = {entry.path: entry.oid for entry in tree.entries()}
    names = {path: _name(path, oids[path]) for path in asked}
    known_as, version = f"secrets.{question}", _version(toolbox, question)
    kept = {} if memory is None else memory.known(known_as, version, names.values())
    places = {p for text in set(kept.values()) for p in from_json(Places, text)}
    new = [path for path in asked if names[path] not in kept]
    if not new:
        return Looked(places=tuple(sorted(places)), unread=())
    salt = None if memory is None else salt_of(memory)
    try:
        found, unread = told_places(toolbox, tree, new, question, salt)
    except ToolSilent as error:
        if not kept or not error.left_out:
            raise
        found, unread = {}, error.left_out
    if memory is not None:
        seen = set(new) - {item.subject for item in unread}
        facts = {names[path]: tuple(sorted(found[path])) for path in sorted(seen)}
        told = {name: to_json(each, Places) for name, each in facts.items()}
        memory.keep(known_as, version, told)
    places.update(*found.values())
    return Looked(places=tuple(sorted(places)), unread=unread)


def _version(toolbox: Toolbox, question: str) -> Digest:
    """Return the digest of what a place's telling depends on, its file aside."""
    code = code_digest([fingerprints, sys.modules[__name__]])
    return digest_of_bytes(canonical([question, toolbox.version(TOOL), code]))


def _name(path: str, oid: str) -> str:
    """Return the name that a content at a path has in the memory."""
    return hashlib.sha256(f"{oid} {path}".encode()).hexdigest()


def told_places(
    toolbox: Toolbox, tree: Tree, paths: list[str], question: str, salt: bytes | None
) -> tuple[dict[str, set[SecretPlace]], tuple[Item, ...]]:
    """
    Return the places in each of *paths*, and which of those were not read.

    Raises:
        ToolSilent: The tool gave no answer, or one that is not understood.
    """
    found: dict[str, set[SecretPlace]] = {path: set() for path in paths}
    said = toolbox.ask(TOOL, question, tree, paths)
    try:
        told = json.loads(said.text)
        summary = told["audit"]["summary"]
        undone = summary["scan_failed"] + summary["scan_partial"] + summary["pending"]
        for each in told["findings"]:
            place = _place(each, found.keys(), salt)
            found[place.path].add(place)
    except (KeyError, TypeError, ValueError, AttributeError):
        msg = f"{TOOL} told of its findings in a way that is not understood"
        raise ToolSilent(msg) from None
    if undone:
        raise ToolSilent(f"{TOOL} did not come to the end of the files")
    return found, said.left_out


def _place(
    each: dict[str, dict[str, object]], known: AbstractSet[str], salt: bytes | None
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
