# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What the bytes of a file say of licences and copyright, and what of it stays open.

The light ways come first: SPDX tags as REUSE reads them, and whole licence texts by
`licenseclassifier`. What they leave is cut into passages, of which the reading keeps
key and place, not the text: that is cut out again in the rare case that nobody knows
the key yet.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from itertools import islice

from ossay.codec import code_digest
from ossay.collect.licensing import checksums, expressions, tags, texts
from ossay.collect.licensing.expressions import is_listed, tag_ids
from ossay.collect.licensing.recognition import (
    cues,
    fragments,
    lists,
    notice_lines,
    wording,
)
from ossay.collect.licensing.recognition.cues import Hits, hits
from ossay.collect.licensing.recognition.fragments import (
    MOST_BYTES,
    MOST_FRAGMENTS,
    Passage,
    passages,
)
from ossay.collect.licensing.recognition.notice_lines import groups
from ossay.collect.licensing.recognition.wording import Wording, places
from ossay.collect.licensing.tags import FileTags
from ossay.model.tree import Scanner

SHORTEST_TEXT = 400
"""Characters; no licence text that `licenseclassifier` tells apart has fewer."""

HEAD_BYTES = 8_000
"""A file with a zero in its beginning is binary, as git has it."""

MOST_GROUPS = 200


class Kind(StrEnum):
    """What a file is, as far as its bytes tell."""

    TEXT = "text"
    BINARY = "binary"
    LIST = "list"
    POINTER = "pointer"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """
    A passage that may speak of a licence.

    Attributes:
        key: The hash of its wording, which is all that a recogniser is given.
        places: Where the lines of the wording are in the file (`wording.places`).
        last_line: The last of them.
        texts: Identifiers of the licence texts that were recognised in it.
        is_settled: Whether these are all that it says.
        is_foreign: Whether most of its letters are not Latin.
    """

    key: str
    places: tuple[int, ...]
    last_line: int
    texts: tuple[str, ...] = ()
    is_settled: bool = False
    is_foreign: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Lines that may name copyright holders; key and places as of a `Fragment`."""

    key: str
    places: tuple[int, ...]
    last_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """
    What one blob says.

    Attributes:
        is_generated: Whether it says that a program wrote it.
        is_minified: Whether its lines are too long to be written by hand.
        is_whole: Whether its one fragment is all of it.
        unread: Why more may be said than is known; "" if that is all.
    """

    tags: FileTags
    kind: Kind = Kind.TEXT
    fragments: tuple[Fragment, ...] = ()
    groups: tuple[Group, ...] = ()
    is_generated: bool = False
    is_minified: bool = False
    is_whole: bool = False
    unread: str = ""


@cache
def scanner() -> Scanner[Reading]:
    """Return the scanner that reads files."""
    return Scanner(
        name="licensing.reading",
        version=code_digest(
            [
                sys.modules[__name__],
                *(cues, fragments, lists, notice_lines, wording),
                *(expressions, tags, texts),
            ],
            ["licenseclassifier", *tags.LIBRARIES],
            [cues.place()],
        ),
        kind=Reading,
        scan=reading_of,
        besides=checksums.scanner(),
        make_ready=cues.make_ready,
    )


def reading_of(content: bytes) -> Reading:
    """Return what *content* says."""
    if tags.is_pointer(content):
        return Reading(tags=tags.tags_of(content, None), kind=Kind.POINTER)
    found = hits(content)
    if found is cues.NO_HITS and not tags.may_speak(content):
        kind = Kind.BINARY if _is_binary(content) else Kind.TEXT
        return Reading(tags=tags.tags_of(content, None), kind=kind)
    text = tags.as_utf8(content)
    stated = tags.tags_of(content, text)
    if text is None or _is_binary(text):
        return Reading(tags=stated, kind=Kind.BINARY)
    if text is not content:
        found = hits(text)
    return _reading(text, found, stated)


def cut(content: bytes) -> Iterator[Passage]:
    """Yield the passages that the reading of *content* has the keys of, and others."""
    text = tags.as_utf8(content)
    if text is not None:
        yield from _few(passages(text, hits(text).licence))


def cut_groups(content: bytes) -> Iterator[Wording]:
    """Yield the groups that the reading of *content* has the keys of."""
    text = tags.as_utf8(content)
    if text is not None:
        yield from islice(groups(text, _notices(text, hits(text))), MOST_GROUPS)


def whole(content: bytes) -> Wording:
    """Return the wording of all of *content*, which is text."""
    text = tags.as_utf8(content) or b""
    numbers = fragments.cue_lines(text, hits(text).licence)
    return fragments.whole(text, numbers).wording


def _reading(text: bytes, found: Hits, stated: FileTags) -> Reading:
    noted = tuple(
        Group(key=g.key, places=places(g.lines), last_line=g.lines[-1])
        for g in islice(groups(text, _notices(text, found)), MOST_GROUPS)
    )
    is_list = lists.is_list(text, len(found.licence))
    all_cut = [] if is_list else list(passages(text, found.licence))
    kept = list(_few(iter(all_cut)))
    told = frozenset(filter(is_told, stated.licences))
    return Reading(
        tags=stated,
        kind=Kind.LIST if is_list else Kind.TEXT,
        fragments=tuple(_fragment(p.wording) for p in kept if not _is_told(p, told)),
        groups=noted,
        is_generated=_is_generated(text),
        is_minified=_is_minified(text),
        is_whole=any(p.is_whole for p in kept),
        unread=_unread(found, len(kept) < len(all_cut) or any(p.is_cut for p in kept)),
    )


# REUSE-IgnoreStart
_NO_NOTICE = (
    *(b"ight notice", b"ight holder", b"ight owner", b"ight law"),
    *(b"IGHT NOTICE", b"IGHT HOLDER", b"IGHT OWNER", b"IGHT LAW"),
)
"""What follows in texts of licences; "copyright" there names nobody."""
# REUSE-IgnoreEnd


_MARK = b"(c)"
_NAME = re.compile(rb"[ \t]+(?:[A-Z]|[\xc3-\xf4])")
"""A letter that begins a name, or one that is not ASCII (in UTF-8, its first byte)."""


def _notices(text: bytes, found: Hits) -> list[int]:
    return [end for end in found.copyright if _may_name(text, end)]


def _may_name(text: bytes, end: int) -> bool:
    """Tell whether a holder may be named after *end*; "(c)" is a variable, too."""
    if text[max(0, end - len(_MARK)) : end].lower() == _MARK:
        return _NAME.match(text, end) is not None
    return not text.startswith(_NO_NOTICE, end)


def _unread(found: Hits, is_cut_short: bool) -> str:
    if not found.is_complete or is_cut_short:
        return "it speaks of licences at more places than are read in one file"
    return ""


def _few(all_cut: Iterator[Passage]) -> Iterator[Passage]:
    """Yield as many as are read of one file."""
    size = 0
    for number, passage in enumerate(all_cut):
        size += len(passage.wording.text)
        if number and (number >= MOST_FRAGMENTS or size > MOST_BYTES):
            return
        yield passage


def _fragment(words: Wording) -> Fragment:
    known = _known(words.text)
    return Fragment(
        key=words.key,
        places=places(words.lines),
        last_line=words.lines[-1] if words.lines else 0,
        texts=known[0],
        is_settled=known[1],
        is_foreign=_is_foreign(words.text),
    )


def _is_foreign(text: str) -> bool:
    if text.isascii():
        return False
    letters = sum(map(str.isalpha, text))
    return sum(c.isalpha() and c < _AFTER_LATIN for c in text) * 2 < letters


_AFTER_LATIN = "\u0250"


_TERMS = re.compile(r"warrant|liab|redistribut|permission|grant", re.IGNORECASE)


@lru_cache(maxsize=4_096)  # a project has one notice in a thousand files
def _known(text: str) -> tuple[tuple[str, ...], bool]:
    """
    Return the licence texts in *text*, and whether it says nothing else.

    What is on no list of SPDX has other names elsewhere: somebody else is asked too.
    """
    if len(text) < SHORTEST_TEXT or _TERMS.search(text) is None:
        return (), False
    found = texts.recognised(text)
    return found.texts, found.is_known and all(map(is_listed, found.texts))


@lru_cache(maxsize=1_024)
def is_told(value: str) -> bool:
    """Tell whether *value*, of an SPDX tag, leaves no question."""
    named = tag_ids(value)
    return bool(named) and all(map(is_listed, named or ()))


# REUSE-IgnoreStart
_TAG = re.compile(
    r"SPDX-License-Identifier:[ \t]*(.*?)[ \t]*(?:\*+/|-->|[\"'*#}\]-]+)?\Z"
)
# REUSE-IgnoreEnd


def _is_told(passage: Passage, told: frozenset[str]) -> bool:
    """Tell whether SPDX tags say all that there are cues of in *passage*."""
    if not told:
        return False
    cued = set(passage.cue_lines)
    words = passage.wording
    said = zip(words.lines, words.text.split("\n"), strict=True)
    return all(_is_tag(text, told) for number, text in said if text and number in cued)


def _is_tag(text: str, told: frozenset[str]) -> bool:
    found = _TAG.search(text)
    return found is not None and found.group(1) in told


def _is_binary(content: bytes) -> bool:
    return b"\0" in content[:HEAD_BYTES] and not content.startswith(tags.WIDE_MARKS)


_GENERATED_WITHIN = 2_000
_GENERATED = (
    b"@generated",
    b"generated by",
    b"generated from",
    b"generated file",
    b"generated code",
    b"do not edit",
    b"do not modify",
    b"autogenerated",
    b"auto-generated",
    b"machine-generated",
)


def _is_generated(text: bytes) -> bool:
    head = text[:_GENERATED_WITHIN].lower()
    return any(words in head for words in _GENERATED)


_MINIFIED_FROM = 5_000
_LONG_ON_AVERAGE = 400


def _is_minified(text: bytes) -> bool:
    return len(text) > _MINIFIED_FROM and (
        len(text) > _LONG_ON_AVERAGE * (text.count(b"\n") + 1)
    )
