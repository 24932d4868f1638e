# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""How hard a document is to read, told from the length of its words and sentences."""

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ossay.codec import code_digest
from ossay.collect import _headings, _writing
from ossay.collect._headings import read_document
from ossay.collect._writing import writings
from ossay.model.tree import Scanner

if TYPE_CHECKING:
    from pyphen import Pyphen

LARGEST_BYTES = 2_000_000
FEWEST_WORDS = 6
"""Paragraphs and entries of lists with fewer words are labels, not sentences."""
MOST_WORDS = 50_000
LONG_LETTERS = 7
"""Letters from which LIX calls a word long (Björnsson, 1968)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """
    What a document's prose is made of.

    Attributes:
        languages: BCP 47 tags, the most used script first; none could be told if empty.
        script: Its script where the language could not be told, for a reader.
        syllables: Of English alone; 0 otherwise.
    """

    languages: tuple[str, ...]
    script: str
    words: int
    sentences: int
    syllables: int
    long_words: int


def reading_of(content: bytes) -> Reading:
    """Return the counts over paragraphs and entries of lists; no code, no tables."""
    prose = read_document(content).prose
    told = writings(prose)
    languages = tuple(writing.language for writing in told if writing.language)
    words, sentences = [], 0
    for paragraph in _paragraphs(prose.split("\n")):
        found = _WORD.findall(paragraph)
        if len(found) >= FEWEST_WORDS:
            words += found
            sentences += _sentences(paragraph)
        if len(words) > MOST_WORDS:
            break
    is_english = languages[:1] == ("en",)
    return Reading(
        languages=languages,
        script=" and ".join(str(writing) for writing in told),
        words=len(words),
        sentences=sentences,
        syllables=sum(map(syllables, words)) if is_english else 0,
        long_words=sum(len(word) >= LONG_LETTERS for word in words),
    )


def grade(readings: Iterable[Reading]) -> float:
    """Return the grade of English texts together (Kincaid and others, 1975)."""
    counted = list(readings)
    words = sum(one.words for one in counted)
    sentences = sum(one.sentences for one in counted)
    spoken = sum(one.syllables for one in counted)
    return round(0.39 * words / sentences + 11.8 * spoken / words - 15.59, 1)


def lix(one: Reading) -> int:
    """Return LIX, which needs no syllables: 25 is easy, 55 is hard."""
    return round(one.words / one.sentences + 100 * one.long_words / one.words)


@lru_cache(maxsize=50_000)
def syllables(word: str) -> int:
    """
    Return the syllables of an English word.

    Patterns of hyphenation leave out what no printer would break ("o-pen"), groups
    of vowels what is spoken apart ("cre-ate"): whichever finds more.
    """
    plain = word.lower()[:40]
    spoken = _SILENT.sub("", plain) if len(plain) > 2 else plain
    groups = len(_VOWELS.findall(spoken))
    broken: str = _patterns().inserted(plain)
    return max(1, groups, broken.count("-") + 1 - plain.count("-"))


@cache
def _patterns() -> "Pyphen":
    import pyphen

    return pyphen.Pyphen(lang="en_US")


def _paragraphs(lines: Iterable[str]) -> Iterator[str]:
    open_lines: list[str] = []
    for line in lines:
        entry = _ENTRY.match(line)
        if not line.strip() or entry or _NO_PROSE.match(line):
            yield _plain(open_lines)
            open_lines = [line[entry.end() :]] if entry else []
        elif open_lines or not line.startswith(("    ", "\t")):
            open_lines.append(line.strip())
    yield _plain(open_lines)


def _plain(lines: list[str]) -> str:
    return _MARKS.sub(" ", _IMAGE.sub(" ", " ".join(lines)))


def _sentences(paragraph: str) -> int:
    parts = _END.split(paragraph)
    return max(1, sum(len(_WORD.findall(part)) > 2 for part in parts))


_WORD = re.compile(r"[^\W\d_][^\W_]*(?:['’-][^\W_]+)*")
_END = re.compile(r"(?<=[.!?:…])\s+")
_ENTRY = re.compile(r"\s{0,12}(?:[-*+•]|[0-9]{1,3}[.)])\s+")
_NO_PROSE = re.compile(
    r"\s{0,3}(?:#|={1,6}\s|\||\.\. |:::|\+[-=]|!\[|<|[-=~^*_]{3,}\s*$)"
)
_IMAGE = re.compile(r"!\[[^\]\[]{0,300}\]?")
_MARKS = re.compile(r"[*_~\[\]{}|\\]+")
_VOWELS = re.compile(r"[aeiouyàáâäèéêëìíîïòóôöùúûü]+")
_SILENT = re.compile(
    r"(?<![aeiouyl])e$|(?<=[aeiouy]l)e$|(?<![aeiouydt])e(?=d$)|e(?=ly$)"
)

SCAN_READINGS = Scanner(
    name="languages.readings",
    version=code_digest([_headings, _writing, sys.modules[__name__]], ("pyphen",)),
    kind=Reading,
    scan=reading_of,
    largest_bytes=LARGEST_BYTES,
)
