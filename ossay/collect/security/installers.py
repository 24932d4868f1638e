# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which commands hand what comes from the network straight to an interpreter."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from ossay.collect.security.ci import LARGEST_BYTES, is_ci
from ossay.collect.security.places import View, is_set_aside
from ossay.model.evidence import Answered, Combine, Fact, Item
from ossay.model.tree import Scanner, Unreadable

PIPED = Fact(
    name="security.piped_installers",
    kind=int,
    unit="places",
    asks="At how many places does the build, a container file or a script run what it "
    "gets from the network without keeping it first, from an address whose content "
    "can change?",
    combine=Combine.SUM,
)
"""
`curl … | sh` and its kin; whether what came is what was meant cannot be checked.

What is kept in a file and held against a checksum before it is run is none of them.
"""
PIPED_FIXED = Fact(
    name="security.fixed_piped_installers",
    kind=int,
    unit="places",
    asks="At how many such places does the address name a commit, so that what it "
    "gives stays the same?",
    combine=Combine.SUM,
)
PIPED_IN_DOCUMENTS = Fact(
    name="security.piped_installers_in_documents",
    kind=int,
    unit="places",
    asks="At how many places do documents tell people to run what comes from the "
    "network without keeping it first?",
    combine=Combine.SUM,
)

FACTS = (PIPED, PIPED_FIXED, PIPED_IN_DOCUMENTS)


_SCRIPT = re.compile(
    r"(?i)(?:.*/)?(?:(?:Dockerfile|Containerfile)(?:[.-][\w.-]+)?|[\w.-]+\.Dockerfile|"
    r"Vagrantfile|(?:GNU)?Makefile|justfile|[^/]+\.(?:sh|bash|zsh|ksh|ps1|mk))"
)
_DOCUMENT = re.compile(
    r"(?i)(?:.*/)?(?:README|INSTALL|[^/]+\.(?:md|rst|adoc|asciidoc))"
)
_INTERPRETER = (
    r"(?:/(?:\w{1,40}/){1,6})?(?:(?:ba|z|da|k|a|fi)?sh|python[\d.]*|perl|ruby|node)\b"
)
_SUDO = r"(?:(?:sudo|env)\s+(?:(?:-\w+|\w+=\S{0,100})\s+){0,5})?"
_FETCHES = re.compile(
    r"(?i)\b(?:curl|wget|fetch|iwr|irm|Invoke-WebRequest|Invoke-RestMethod|"
    r"DownloadString)\b"
)
_GET = r"\b(?:curl|wget|fetch)\s[^|]{1,800}+"
_RUNS = (
    re.compile(rf"{_GET}(?:\|[^|&]{{1,200}}){{0,2}}\|\s{{0,20}}{_SUDO}{_INTERPRETER}"),
    re.compile(
        rf"(?:{_INTERPRETER}|\beval|\bsource|(?:^|\s)\.)\s(?:-\w+\s+){{0,3}}"
        r"[\"']?(?:\$\(|<\(|`)\s{0,9}(?:curl|wget|fetch)\s"
    ),
    re.compile(
        r"(?i)\b(?:iwr|irm|Invoke-WebRequest|Invoke-RestMethod|DownloadString)\b"
        r"[^|;]{1,400}\|\s{0,20}(?:iex|Invoke-Expression)\b"
    ),
    re.compile(
        r"(?i)\b(?:iex|Invoke-Expression)\b[\s(&\"'$]{1,20}[^|;]{0,100}"
        r"\b(?:iwr|irm|Invoke-WebRequest|Invoke-RestMethod|DownloadString)\b"
    ),
)
"""Ways to run what comes, within one command of those that `_SEPARATOR` divides."""
_SEPARATOR = re.compile(r"&&|\|\||;")
_COMMIT = re.compile(r"https?://\S{1,300}/[0-9a-f]{40}(?:[0-9a-f]{24})?/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Installer:
    """
    A command that runs what it gets.

    Attributes:
        line: Where it begins, counted from 1.
        is_fixed: Whether the address names a commit; where several commands stand
            in one, that of each.
    """

    line: int
    is_fixed: bool


Installers = tuple[Installer, ...]


def answers(view: View) -> Iterator[Answered]:
    """Answer from builds, container files, scripts and documents, tests left out."""
    asked = [p for p in view.matching(_is_wanted) if not is_set_aside(p)]
    run: list[Item] = []
    fixed: list[Item] = []
    told: list[Item] = []
    unread: list[Item] = []
    for path, found in view.tree.scan(_scanner(), asked):
        if isinstance(found, Unreadable):
            unread.append(Item(subject=path, note=found.why))
            continue
        for each in found:
            place = Item(subject=path, line=each.line)
            if _is_document(path):
                told.append(place)
            else:
                (fixed if each.is_fixed else run).append(place)
    missed = f"files could not be read: {len(unread)}" if unread else ""
    for fact, items in ((PIPED, run), (PIPED_FIXED, fixed), (PIPED_IN_DOCUMENTS, told)):
        yield fact.found(len(items), items, missed=missed)


def installers_in(content: bytes) -> Installers:
    """Return the commands in *content* that run what they get, remarks left out."""
    found: list[Installer] = []
    for line, command in _commands(content.decode(errors="replace")):
        if _FETCHES.search(command) and (run := [*_run(command)]):
            is_fixed = all(_COMMIT.search(part) for part in run)
            found.append(Installer(line=line, is_fixed=is_fixed))
    return tuple(found)


def _run(command: str) -> Iterator[str]:
    """Yield those of several commands in one that run what they get."""
    for part in _SEPARATOR.split(command):
        if any(pattern.search(part) for pattern in _RUNS):
            yield part


def _commands(text: str) -> Iterator[tuple[int, str]]:
    """Yield each line with those it goes on in, and its number."""
    begun: list[str] = []
    line = 0
    for number, part in enumerate(text.splitlines(), start=1):
        if part.lstrip().startswith(("#", "//")):
            continue
        line = line if begun else number
        begun.append(part.rstrip())
        if begun[-1].endswith(("\\", "`")):
            begun[-1] = begun[-1][:-1] + " "
            continue
        yield line, "".join(begun)
        begun = []
    if begun:
        yield line, "".join(begun)


def _is_wanted(path: str) -> bool:
    return is_ci(path) or _SCRIPT.fullmatch(path) is not None or _is_document(path)


def _is_document(path: str) -> bool:
    return _DOCUMENT.fullmatch(path) is not None


def _scanner() -> Scanner[Installers]:
    from ossay.codec import code_digest

    return Scanner(
        name="security.installers",
        version=code_digest([sys.modules[__name__]]),
        kind=Installers,
        scan=installers_in,
        largest_bytes=LARGEST_BYTES,
    )
