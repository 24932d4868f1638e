# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Where bytes may speak of a licence or a copyright, told in one pass.

A cue is a word or a phrase. `hyperscan` looks for all of them at once; where it is
not installed, the words of each cue are looked for first, and its expression only in
what holds them. Both find the same places: no cue can match in two ways that end at
one place, nor overlap itself.
"""

import hashlib
import platform
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ossay.codec import code_digest
from ossay.model.tree import BlobFacts

MOST_HITS = 20_000
"""
Cues that are looked at in one file, as they end. In 29,000 files of ten projects the
most were 327; four megabytes of nothing but cues would have half a million.
"""

GAP = rb"[\s*#/;>%!|-]+"
"""What may stand between two words of a phrase: also a new line of a comment."""

DATA = "cues.toml"


@dataclass(frozen=True, slots=True)
class Cue:
    """
    A word or phrase that text about licences has.

    Attributes:
        phrase: In lower case. A blank is a `GAP`; "<" and ">" at its ends stand for
            the beginning and the end of a word, else it may be a part of one.
        is_copyright: Whether it speaks of who holds a copyright, not of a licence.
    """

    phrase: str
    is_copyright: bool = False

    @property
    def pattern(self) -> bytes:
        """Return an expression for it, to be matched whatever the case."""
        # Before what is no letter, the same is said the other way round: "<(c)".
        start = rb"\b" if self.words[0][:1].isalnum() else rb"\B"
        return (start if self.begins_a_word else b"") + self.body

    @property
    def body(self) -> bytes:
        """Return the expression without what has to be before it."""
        joined = GAP.join(_literal(word) for word in self.words)
        return joined + (rb"\b" if self.phrase.endswith(">") else b"")

    @property
    def begins_a_word(self) -> bool:
        """Whether no letter or digit may stand before it."""
        return self.phrase.startswith("<")

    @property
    def words(self) -> tuple[str, ...]:
        """What has to be there, one after the other."""
        bare = self.phrase.removeprefix("<").removesuffix(">")
        return tuple(bare.split(" "))


@dataclass(frozen=True, slots=True)
class Hits:
    """
    The places of the cues in some bytes.

    Attributes:
        licence: Where cues of licences end, in order, each place once.
        copyright: Where cues of copyright end, likewise.
        is_complete: False if there are more than `MOST_HITS`.
    """

    licence: tuple[int, ...] = ()
    copyright: tuple[int, ...] = ()
    is_complete: bool = True


NO_HITS = Hits()


def hits(content: bytes) -> Hits:
    """Return where the cues in *content* are, by the fastest way there is here."""
    return _way()(content)


def hits_by_scan(content: bytes, scan: Callable[..., Any]) -> Hits:
    """Return the cues that hyperscan's *scan* finds."""
    found: list[tuple[int, int]] = []

    def note(cue: int, _start: int, end: int, _flags: int, _context: object) -> bool:
        found.append((end, cue))
        return len(found) > MOST_HITS

    # Telling it to stop raises an exception of hyperscan's own.
    try:
        scan(content, match_event_handler=note)
    except _scan_ended():
        pass
    return _hits(found) if found else NO_HITS


def hits_by_word(content: bytes) -> Hits:
    """Return the cues in *content* with nothing but Python."""
    lower = content.lower()
    words = frozenset(lower.translate(_BETWEEN_WORDS).split())
    found: list[tuple[int, int]] = []
    for number, search in enumerate(_searches()):
        if search.whole <= words and all(part in lower for part in search.parts):
            ends = _ends(search.body, lower, begins_a_word=search.begins_a_word)
            found.extend((end, number) for end, _ in zip(ends, _ENOUGH, strict=False))
    return _hits(found) if found else NO_HITS


def _ends(
    body: "re.Pattern[bytes]", lower: bytes, *, begins_a_word: bool
) -> Iterator[int]:
    # An expression that begins with a boundary is searched for ten times as slowly.
    for match in body.finditer(lower):
        start = match.start()
        if not begins_a_word or not start or lower[start - 1] not in _WORD_BYTES:
            yield match.end()


_WORD_BYTES = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789_")
_BETWEEN_WORDS = bytes(b if b in _WORD_BYTES else ord(" ") for b in range(256))
_ENOUGH = range(MOST_HITS + 1)


def _hits(found: list[tuple[int, int]]) -> Hits:
    """Sort places by what the cue at them is about."""
    found.sort()
    is_complete = len(found) <= MOST_HITS
    about = _about_copyright()
    # Of those that end at the last place there may be more.
    kept = found if is_complete else [f for f in found if f[0] < found[MOST_HITS][0]]
    return Hits(
        licence=tuple(dict.fromkeys(end for end, n in kept if not about[n])),
        copyright=tuple(dict.fromkeys(end for end, n in kept if about[n])),
        is_complete=is_complete,
    )


@cache
def _about_copyright() -> tuple[bool, ...]:
    return tuple(cue.is_copyright for cue in cues())


@cache
def cues() -> tuple[Cue, ...]:
    """Return all cues, in the order of the file that they are kept in."""
    return tuple(cues_of(data()))


def cues_of(document: dict[str, Any]) -> Iterator[Cue]:
    """Yield the cues that *document*, the content of the file, names."""
    for phrase in (*document["licence"], *document["derived"]):
        yield Cue(str(phrase))
    for phrase in document["copyright"]:
        yield Cue(str(phrase), is_copyright=True)


@cache
def data() -> dict[str, Any]:
    """Return the file of cues: the phrases, where they come from, what they cover."""
    return tomllib.loads(place().read_text(encoding="utf-8"))


def place() -> Path:
    """Return where that file is."""
    return Path(str(resources.files(__package__))) / DATA


def whole(cues: Iterable[Cue]) -> "re.Pattern[bytes]":
    """Return one expression for all of *cues*: whether there is one, not where."""
    return re.compile(b"|".join(c.pattern for c in cues), re.IGNORECASE)


def _literal(word: str) -> bytes:
    """
    Write *word* byte by byte: hyperscan takes no raw UTF-8 without being told, and
    letters outside of ASCII have one case in the phrases.
    """
    return b"".join(
        re.escape(bytes([b])) if b < 0x80 else b"\\x%02x" % b for b in word.encode()
    )


@dataclass(frozen=True, slots=True)
class _Search:
    """
    How one cue is looked for without hyperscan.

    Attributes:
        whole: Words that have to be there as words of their own.
        parts: What has to be there, be it a part of a word.
    """

    whole: frozenset[bytes]
    parts: tuple[bytes, ...]
    body: "re.Pattern[bytes]"
    begins_a_word: bool


@cache
def _searches() -> tuple[_Search, ...]:
    return tuple(map(_search, cues()))


def _search(cue: Cue) -> _Search:
    words = tuple(word.encode() for word in cue.words)
    is_whole = cue.phrase.startswith("<") and cue.phrase.endswith(">")
    is_whole = is_whole and all(set(word) <= _WORD_BYTES for word in words)
    return _Search(
        whole=frozenset(words if is_whole else ()),
        parts=() if is_whole else words,
        # What is searched is in lower case already, as far as ASCII goes.
        body=re.compile(cue.body),
        begins_a_word=cue.begins_a_word,
    )


@cache
def _way() -> Callable[[bytes], Hits]:
    scan = hyperscan_scan()
    return hits_by_word if scan is None else lambda content: hits_by_scan(content, scan)


@cache
def hyperscan_scan() -> Callable[..., Any] | None:
    """Return hyperscan's function for the cues; None where it does not work."""
    database = _ready[0] if _ready else _compiled()
    return None if database is None else database.scan


_ready: list[Any] = []
"""The expressions as a memory had them, or gets them."""


def make_ready(memory: BlobFacts) -> None:
    """
    Take the expressions out of *memory* as they were compiled there before.

    To compile them takes as long as to look through a hundred megabytes.
    """
    if _ready or find_spec("hyperscan") is None:
        return
    version = code_digest([sys.modules[__name__]], ["hyperscan"], [place()])
    name = _processor()
    kept = memory.known(COMPILED, version, [name]).get(name)
    database = None if kept is None else _unpacked(kept)
    if database is None:
        database = _compiled()
        if database is None:
            return
        memory.keep(COMPILED, version, {name: _packed(database)})
    _ready.append(database)


COMPILED = "licensing.cues"
"""What the compiled expressions are kept under, as the name of a scanner."""

_CHECKED = hashlib.sha256().digest_size


def _compiled() -> Any | None:
    """Return the expressions compiled by hyperscan; None where it does not work."""
    try:
        import hyperscan
    except ImportError:
        return None
    database = hyperscan.Database()
    patterns = [cue.pattern for cue in cues()]
    try:
        database.compile(
            expressions=patterns,
            ids=list(range(len(patterns))),
            elements=len(patterns),
            flags=hyperscan.HS_FLAG_CASELESS,
        )
    except hyperscan.error:  # the processor is too old for it
        return None
    return database


def _packed(database: Any) -> bytes:
    import hyperscan

    content = hyperscan.dumpb(database)
    return hashlib.sha256(content).digest() + content


def _unpacked(kept: bytes) -> Any | None:
    """Return what `_packed` made of it; None if it is damaged, or does not work."""
    import hyperscan

    content = kept[_CHECKED:]
    if hashlib.sha256(content).digest() != kept[:_CHECKED]:
        return None
    try:
        database = hyperscan.loadb(content, hyperscan.HS_MODE_BLOCK)
        database.scratch = hyperscan.Scratch(database)
    except hyperscan.error:
        return None
    return database


def _processor() -> str:
    """Return a name for the kind of processor: code for one may be none for another."""
    told = Path("/proc/cpuinfo")
    lines = told.open().readlines(4_000) if told.exists() else []
    can = [line for line in lines if line.startswith(("flags", "Features"))]
    named = "\n".join([platform.machine(), *can[:1]]).encode()
    return hashlib.blake2b(named, digest_size=16).hexdigest()


def _scan_ended() -> type[Exception]:
    import hyperscan

    ended: type[Exception] = hyperscan.ScanTerminated
    return ended
