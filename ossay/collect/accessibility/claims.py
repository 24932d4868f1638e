# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What statements on accessibility claim of themselves; nothing of it is checked."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from ossay.codec import code_digest
from ossay.collect._documents import DocumentUnreadable, read_yaml_with_lines
from ossay.model.evidence import Item
from ossay.model.tree import BlobUnreadable, Scanner, Tree, Unreadable

LARGEST_BYTES = 1_000_000
MOST_CLAIMS = 10
LONGEST_CLAIM = 200
PUBLICCODE = ("publiccode.yml", "publiccode.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A row or line of a statement, such as "Conformance status"."""

    about: str
    what: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """All that one statement claims in words that are usual for it."""

    found: tuple[Claim, ...]


def claims_in(content: bytes) -> Claims:
    """Return the claims of a statement in Markdown, from its table or its lines."""
    text = content.decode("utf-8", "replace")
    found: list[Claim] = []
    for number, line in enumerate(text.split("\n"), 1):
        said = _CLAIM.match(line[:_LONGEST_LINE])
        what = _plain(said["what"]) if said else ""
        if said and what and len(found) < MOST_CLAIMS:
            about = said["about"].lower()
            found.append(Claim(about=about, what=what, line=number))
    return Claims(found=tuple(found))


def claimed(tree: Tree, statements: list[Item], unread: list[Item]) -> Iterator[Item]:
    """Yield what the *statements* claim; what cannot be read goes to *unread*."""
    paths = [item.subject for item in statements if item.subject.endswith(_TEXTS)]
    for path, answer in tree.scan(SCAN_CLAIMS, paths):
        if isinstance(answer, Unreadable):
            unread.append(Item(subject=path, note=answer.why))
            continue
        for claim in answer.found:
            note = f"claimed, {claim.about}: {claim.what}"
            yield Item(subject=path, note=note, line=claim.line)


def named_in_publiccode(tree: Tree, unread: list[Item]) -> Iterator[Item]:
    """
    Yield what publiccode.yml says under "accessibility".

    The standard has no such key yet (0.7.0); it was proposed to it.
    """
    path = next((name for name in PUBLICCODE if name in tree.paths()), "")
    if not path:
        return
    try:
        document, lines = read_yaml_with_lines(tree.read(path))
    except (BlobUnreadable, DocumentUnreadable) as error:
        unread.append(Item(subject=path, note=str(error)))
        return
    said = document.get("accessibility") if isinstance(document, dict) else None
    texts = list(_texts(said))[:MOST_CLAIMS]
    if texts:
        note = f"claimed, accessibility: {'; '.join(texts)}"[:LONGEST_CLAIM]
        yield Item(subject=path, note=note, line=lines.get(("accessibility",), 0))


def _texts(said: object, about: str = "") -> Iterator[str]:
    """Yield what is said, with the keys before it; two levels are enough."""
    if isinstance(said, dict) and not about:
        for key, value in said.items():
            yield from _texts(value, f"{key} ")
    elif isinstance(said, list):
        yield from (f"{about}{each}" for each in said if isinstance(each, str))
    elif isinstance(said, str | int | float) and str(said):
        yield f"{about}{said}"


def _plain(text: str) -> str:
    """Return *text* without the marks of Markdown, cut short."""
    bare = _LINK.sub(r"\1", text).replace("*", "").replace("`", "")
    return bare.strip(" |\t\r_")[:LONGEST_CLAIM]


_LONGEST_LINE = 1_000
_TEXTS = (".md", ".mdx")
_CLAIM = re.compile(
    r"(?i)^\s{0,9}(?:[|*-]\s{0,9})?[*_]{0,2}(?P<about>target standards?"
    r"|conformance (?:status|level|target)|standards? targeted"
    r"|last (?:reviewed|updated|tested)|date of (?:last )?(?:review|assessment))"
    r"[*_]{0,2}\s{0,9}[|:]\s{0,9}[*_]{0,2}(?P<what>[^|]{1,400})"
)
_LINK = re.compile(r"\[([^\]]{1,200})\]\([^)]{0,300}\)")

SCAN_CLAIMS = Scanner(
    name="accessibility.claims",
    version=code_digest([sys.modules[__name__]]),
    kind=Claims,
    scan=claims_in,
    largest_bytes=LARGEST_BYTES,
)
