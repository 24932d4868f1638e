# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Can a newcomer find out what this is, how to run it and how to take part?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from ossay.collect._documents import DocumentUnreadable, read_yaml
from ossay.collect._headings import Document, read_document
from ossay.collect._languages import language_tag
from ossay.collect._words import SPOKEN, Topic, is_headed, is_named, stem
from ossay.collect._writing import writings
from ossay.collect.documentation import facts, publiccode
from ossay.model.collector import Collector, Given
from ossay.model.evidence import Answered, Fact, Item
from ossay.model.tree import BlobUnreadable, Tree

DEEPEST = 3
"""Folders below the documentation's own in which guides are looked for."""

LARGEST_README = 1_000_000
"""Bytes of a README that are read; what comes after no newcomer reads."""

_PROSE = frozenset(
    {"", ".md", ".markdown", ".mdx", ".rst", ".txt", ".adoc", ".asciidoc", ".org"}
    | {".html", ".htm", ".pdf", ".odt", ".docx", ".tex", ".textile", ".rdoc", ".pod"}
)
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")
_PUBLICCODE = ("publiccode.yml", "publiccode.yaml")
_MAIN_FOLDERS = frozenset({"", ".github", ".gitlab", ".gitea", ".forgejo"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Readme:
    """
    A README that was read.

    Attributes:
        languages: BCP 47 tags; empty if none could be told.
        unknown: What is known of the writing where its language is not.
    """

    path: str
    document: Document
    size_bytes: int
    languages: tuple[str, ...]
    unknown: str

    def can_be_judged(self) -> bool:
        """Tell whether there are words to judge its headings by."""
        return any(tag.split("-")[0] in SPOKEN for tag in self.languages)


def collect(given: Given) -> Iterator[Answered]:
    """Answer from the names of files, then from the headings of READMEs."""
    tree = given.tree
    texts = list(_texts(tree, given.snapshot.path))
    names = [path for path in texts if _is_readme(path)]
    readmes: list[Readme] = []
    unread: list[Item] = []
    for path in names:
        try:
            readmes.append(_read(tree, path))
        except BlobUnreadable as error:
            unread.append(Item(subject=path, note=str(error)))
    yield facts.README.found(bool(names), (Item(subject=path) for path in names))
    yield _bytes(readmes, unread)
    yield _languages(readmes, unread)
    looking = _Looking(texts=texts, readmes=readmes, unread=unread)
    yield looking.answer(facts.INSTALL_GUIDE, Topic.INSTALL)
    yield looking.answer(facts.USER_GUIDE, Topic.USAGE, linked=Topic.DOCUMENTATION)
    yield looking.answer(facts.CONTRIBUTING, Topic.CONTRIBUTING)
    yield looking.answer(facts.CODE_OF_CONDUCT, Topic.CONDUCT)
    yield looking.answer(facts.CHANGE_LOG, Topic.CHANGES)
    yield looking.answer(facts.GOVERNANCE, Topic.GOVERNANCE)
    yield from _publiccode(tree, given.snapshot.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looking:
    """Looks for a topic among names first, and then among headings and links."""

    texts: list[str]
    readmes: list[Readme]
    unread: list[Item]

    def answer(
        self, fact: Fact[bool], topic: Topic, linked: Topic | None = None
    ) -> Answered:
        found = [Item(subject=p) for p in self.texts if _is_about(topic, p)]
        found += self._headed(topic)
        if linked is not None:
            found += self._linked(topic, linked)
        if found:
            return fact.found(True, found)
        if self.unread:
            return fact.unknown("a README could not be read", self.unread)
        for readme in self.readmes:
            if not readme.can_be_judged():
                why = f"{readme.path} is in {_told(readme)}, which cannot be judged"
                return fact.unknown(why, [Item(subject=readme.path)])
        return fact.found(False)

    def _headed(self, topic: Topic) -> list[Item]:
        return [
            Item(subject=readme.path, note="a section", line=heading.line)
            for readme in self.readmes
            for heading in readme.document.headings
            if is_headed(topic, heading.text)
        ]

    def _linked(self, topic: Topic, linked: Topic) -> list[Item]:
        return [
            Item(subject=readme.path, note=f"points to {link.target}", line=link.line)
            for readme in self.readmes
            for link in readme.document.links
            if link.target.startswith("https://")
            and not link.target.lower().endswith(_PICTURES)
            and (is_named(linked, link.text) or is_headed(topic, link.text))
        ]


def _texts(tree: Tree, folder: str) -> Iterator[str]:
    """Yield the files where documentation is looked for: at the top, and in docs."""
    tops = {"", folder}
    for path in tree.paths():
        pure = PurePosixPath(path)
        if pure.suffix.lower() not in _PROSE:
            continue
        parent = "" if str(pure.parent) == "." else str(pure.parent)
        inside = parent.removeprefix(folder).lstrip("/") if folder else parent
        if parent in tops or inside in _MAIN_FOLDERS or _is_documentation(inside):
            yield path


def _is_documentation(folder: str) -> bool:
    top, *below = folder.split("/")
    return len(below) <= DEEPEST and is_named(Topic.DOCUMENTATION, top)


def _is_readme(path: str) -> bool:
    """Tell whether a file is a README of the whole, ``README.fr.md`` included."""
    pure = PurePosixPath(path)
    if len(pure.parts) > 2 and not _at_top(path):
        return False
    first = re.split(r"[._-]", pure.name, maxsplit=1)[0]
    return any(is_named(Topic.README, name) for name in (first, stem(path)))


def _at_top(path: str) -> bool:
    return "/" not in path


def _is_about(topic: Topic, path: str) -> bool:
    return is_named(topic, stem(path)) and not _is_readme(path)


def _read(tree: Tree, path: str) -> Readme:
    content = tree.read(path)
    document = read_document(content[:LARGEST_README])
    told = writings(document.prose)
    named = _language_in_name(path)
    spoken = [named] if named else [w.language for w in told if w.language]
    return Readme(
        path=path,
        document=document,
        size_bytes=len(content),
        languages=tuple(dict.fromkeys(spoken)),
        unknown="" if spoken or not told else str(told[0]),
    )


def _language_in_name(path: str) -> str | None:
    """Return the language that ``README.pt-BR.md`` or ``README_ja.md`` names."""
    inner = re.fullmatch(
        r"[^._-]+[._-]([A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?)(?:\.[A-Za-z]+)?",
        PurePosixPath(path).name,
    )
    if inner is None or f".{inner[1].lower()}" in _PROSE:
        return None
    return language_tag(inner[1])


def _told(readme: Readme) -> str:
    return ", ".join(readme.languages) or readme.unknown or "no words at all"


def _bytes(readmes: list[Readme], unread: list[Item]) -> Answered:
    if unread:
        return facts.README_BYTES.unknown("a README could not be read", unread)
    return facts.README_BYTES.found(sum(r.size_bytes for r in readmes))


def _languages(readmes: list[Readme], unread: list[Item]) -> Answered:
    fact: Fact[Any] = facts.README_LANGUAGES
    if not readmes and not unread:
        return fact.inapplicable("there is no README")
    spoken = {tag: r.path for r in readmes for tag in r.languages}
    open_ones = [r for r in readmes if r.unknown]
    if not spoken and (unread or open_ones):
        why = f"{open_ones[0].path} is in {open_ones[0].unknown}" if open_ones else ""
        return fact.unknown(why or "a README could not be read", unread)
    items = (Item(subject=path, note=tag) for tag, path in sorted(spoken.items()))
    complete = not unread and not open_ones
    return fact.found(tuple(sorted(spoken)), items, complete=complete)


def _publiccode(tree: Tree, folder: str) -> Iterator[Answered]:
    tops = ("", f"{folder}/") if folder else ("",)
    wanted = {top + name for top in tops for name in _PUBLICCODE}
    found = [path for path in tree.paths() if path in wanted]
    yield facts.PUBLICCODE_YML.found(bool(found), (Item(subject=p) for p in found))
    valid = facts.PUBLICCODE_YML_VALID
    if not found:
        yield valid.inapplicable("there is no publiccode.yml")
        return
    try:
        lacking = publiccode.missing(read_yaml(tree.read(found[0])))
    except (BlobUnreadable, DocumentUnreadable) as error:
        yield valid.unknown(f"{found[0]} could not be read: {error}")
        return
    items = [Item(subject=found[0], note=f"lacks {key}") for key in lacking]
    yield valid.found(not lacking, items)


COLLECTOR = Collector(facts=facts.ALL, collect=collect)
