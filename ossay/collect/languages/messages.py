# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What is kept of a catalogue: which messages it holds, and how far each has come."""

import re
import struct
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple
from zlib import crc32

MOST_MESSAGES = 200_000
"""Messages of one catalogue; the longest of 900 had 5,000."""

LONG_WORDS = 3
"""
Words from which a message that reads as its source is not a translation.

"Email", "Menu" or a name are often right as they are; sentences are not.
"""
LONG_SIGNS = 8
"""The same for scripts without spaces: characters."""


PLACE_MARK = "crwdns"
"""How texts begin that Crowdin writes to find places on screen, named as Acholi."""


LONGEST_ID = 1_000
"""Characters of what a message is called by; its digest stands for a longer one."""


class CatalogueUnreadable(Exception):
    """A catalogue is not what its name promises; the message says why."""


class NoCatalogue(Exception):
    """A file is something else that has the name of a catalogue."""


class Message(NamedTuple):
    """
    One message, in one language.

    Attributes:
        id: What it is called by in every language.
        text: "" where it is not translated.
        source: Its text in the source language, where the same file holds it.
        is_done: False where its translator or a tool marked it as not done.
    """

    id: str
    text: str
    source: str | None = None
    is_done: bool = True


class Kept(NamedTuple):
    """What is remembered of a message: digests, not texts."""

    text: int
    is_there: bool
    is_same: bool
    """As its source, where the same file holds that."""
    is_long: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """
    The messages of one language in a file.

    Attributes:
        language: As the file says; "" where only its name tells.
        packed: The messages; `unpacked` reads them.
    """

    language: str
    packed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """
    A message catalogue in short.

    Attributes:
        sections: One for each language; none where it could not be read.
        source_language: As the file says; "" where it does not.
        holds_source: Whether each message stands beside its source text.
        broken: Why it is no catalogue, though it should be one; "" where it is.
        is_one: False for files of another kind that share the name.
    """

    sections: tuple[Section, ...] = ()
    source_language: str = ""
    holds_source: bool = False
    broken: str = ""
    is_one: bool = True


def section(messages: Iterable[Message], language: str = "") -> Section:
    """Return the messages of one language as they are kept; of an id, the last."""
    records = {}
    for message in messages:
        records[_digest(message.id)] = _record(message)
        if len(records) > MOST_MESSAGES:
            msg = f"it holds more than {MOST_MESSAGES:,} messages"
            raise CatalogueUnreadable(msg)
    packed = b"".join(_PACKED.pack(key, *record) for key, record in records.items())
    return Section(language=language, packed=b64encode(packed).decode())


def count_of(one: Section) -> int:
    """Return how many messages a section holds, without unpacking them."""
    padding = one.packed[-2:].count("=")
    return (len(one.packed) // 4 * 3 - padding) // _PACKED.size


def unpacked(one: Section) -> Mapping[bytes, Kept]:
    """Return the messages of a section by the digest of what they are called."""
    return {
        key: Kept(text, bool(flags & 1), bool(flags & 2), bool(flags & 4))
        for key, text, flags in _PACKED.iter_unpack(b64decode(one.packed))
    }


def short(name: str) -> str:
    """Return *name*, or what stands for it where thousands of ids may repeat it."""
    return name if len(name) <= LONGEST_ID else _digest(name).hex()


def _record(message: Message) -> tuple[int, int]:
    text, source = message.text, message.source
    is_there = (
        bool(text.strip()) and message.is_done and not text.startswith(PLACE_MARK)
    )
    is_same = source is not None and text == source
    flags = is_there | is_same << 1 | _is_long(text if source is None else source) << 2
    return crc32(text.encode("utf-8", "surrogatepass")), flags


def _digest(name: str) -> bytes:
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=6).digest()


def _is_long(text: str) -> bool:
    if len(text) < LONG_SIGNS or (text.isascii() and text.count(" ") < 2):
        return False
    plain = _PLACEHOLDER.sub(" ", text[:200])
    words = _WORD.findall(plain)
    if len(words) >= LONG_WORDS:
        return True
    return not text.isascii() and len(_IDEOGRAM.findall(plain)) >= LONG_SIGNS


_PACKED = struct.Struct(">6sIB")
_PLACEHOLDER = re.compile(
    r"%\([^()]{0,60}\)[a-z]|\{\{[^{}]{0,80}\}\}|\{[^{}]{0,80}\}|%[0-9]?\$?[a-z@]"
    r"|<[^<>]{0,200}>|&[a-z]{2,8};|https?://\S{1,300}|\\[ntr]"
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_IDEOGRAM = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]")
