# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""In which languages the documents are, and how hard they are to read."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ossay.collect._languages import is_right_to_left
from ossay.collect.documentation.readmes import read_readmes
from ossay.collect.documentation.shelves import is_text, shelf_of
from ossay.collect.languages import facts
from ossay.collect.languages.reading import SCAN_READINGS, Reading, grade, lix
from ossay.model.evidence import Answered, Item
from ossay.model.tree import Tree, Unreadable

MOST_DOCUMENTS = 200
"""Documents that are read beside the READMEs."""
ENOUGH_WORDS = 100
"""Of prose, for a grade; Flesch took samples of that length."""

NO_DOCUMENTS = "there is neither a README nor another document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """
    The documents for users, the main README first.

    Attributes:
        unread: Those that could not be read, or that are more than are read.
    """

    read: Mapping[str, Reading]
    unread: tuple[Item, ...]

    def language(self) -> str:
        """Return the language of the README, the first of two; "" where it is open."""
        first = next(iter(self.read.values()), None)
        return first.languages[0] if first and first.languages else ""


def read_documents(tree: Tree) -> Documents:
    """Read READMEs, and what stands in folders of documentation for users."""
    readmes = [readme.path for readme in read_readmes(tree)]
    known = set(tree.paths())
    shelved = [p for p in tree.paths() if _is_for_users(p) and p not in readmes]
    chosen = [*(p for p in readmes if p in known), *shelved[:MOST_DOCUMENTS]]
    read: dict[str, Reading] = {}
    unread = []
    for path, one in tree.scan(SCAN_READINGS, chosen):
        if isinstance(one, Unreadable):
            unread.append(Item(subject=path, note=one.why))
        else:
            read[path] = one
    unread += [
        Item(subject=path, note=f"not read: more than {MOST_DOCUMENTS} documents")
        for path in shelved[MOST_DOCUMENTS:]
    ]
    return Documents(read=read, unread=tuple(unread))


def about_documents(documents: Documents) -> Iterator[Answered]:
    """Answer in which languages they are, and which grade those in English have."""
    if not documents.read and not documents.unread:
        yield facts.DOCUMENTATION.inapplicable(NO_DOCUMENTS)
        yield facts.READING_GRADE.inapplicable(NO_DOCUMENTS)
        return
    yield _languages(documents)
    yield _grade(documents)


def _languages(documents: Documents) -> Answered:
    by_language: dict[str, list[str]] = defaultdict(list)
    untold = []
    for path, one in documents.read.items():
        for tag in one.languages:
            by_language[tag].append(path)
        if not one.languages and one.script:
            untold.append(Item(subject=path, note=one.script))
    open_items = [*untold, *documents.unread]
    if not by_language:
        why = "the language of its documents could not be told"
        return facts.DOCUMENTATION.unknown(why, open_items)
    items = [
        Item(subject=paths[0], note=f"{tag}: {_count(paths)}")
        for tag, paths in sorted(by_language.items(), key=lambda pair: -len(pair[1]))
    ]
    missed = f"{len(open_items)} more could not be told or read" if open_items else ""
    return facts.DOCUMENTATION.found(
        tuple(sorted(by_language)), [*items, *open_items], missed=missed
    )


def _grade(documents: Documents) -> Answered:
    """Grade the English ones together; LIX of others stands beside, and no grade."""
    english = {
        path: one
        for path, one in documents.read.items()
        if one.languages == ("en",) and one.words
    }
    others = [
        Item(subject=path, note=f"{one.script}: LIX {lix(one)} ({one.words:,} words)")
        for path, one in documents.read.items()
        if one.languages[:1] not in {(), ("en",)}
        and one.words >= ENOUGH_WORDS
        and _is_latin(one)
    ]
    words = sum(one.words for one in english.values())
    if words < ENOUGH_WORDS:
        return facts.READING_GRADE.unknown(_why_not(documents, words), others)
    longest = sorted(english.items(), key=lambda pair: -pair[1].words)
    items = [
        Item(subject=path, note=f"grade {grade([one])} ({one.words:,} words)")
        for path, one in longest
        if one.words >= ENOUGH_WORDS
    ]
    return facts.READING_GRADE.found(
        grade(english.values()), [*items, *others], missed=_part_read(documents)
    )


def _part_read(documents: Documents) -> str:
    """Say of how many documents a part was read; "" where all were."""
    if not documents.unread:
        return ""
    read = len(documents.read)
    were = "was" if read == 1 else "were"
    return f"{read} of {read + len(documents.unread)} documents {were} read"


def _why_not(documents: Documents, words: int) -> str:
    names = dict.fromkeys(
        one.script
        for one in documents.read.values()
        if one.script and one.languages != ("en",)
    )
    if not words and names:
        said = ", ".join(list(names)[:3])
        return f"its documents are in {said}: a grade is known for English alone"
    if documents.unread and not words:
        return "its documents could not be read"
    return (
        f"its documents in English have {words} words of prose; a grade takes "
        f"{ENOUGH_WORDS}"
    )


def _is_latin(one: Reading) -> bool:
    """Tell whether LIX means anything: in other scripts words have other lengths."""
    language = one.languages[0]
    return not is_right_to_left(language) and language in _IN_LATIN


def _is_for_users(path: str) -> bool:
    return (
        "/" in path
        and not path.startswith(".")
        and shelf_of(path) is not None
        and is_text(path.rpartition("/")[2])
        and not path.endswith((".html", ".htm", ".tex", ".texi", ".txt", ".pod"))
        and not _FOR_OTHERS.search(path)
    )


def _count(paths: list[str]) -> str:
    return "1 document" if len(paths) == 1 else f"{len(paths)} documents"


_LATIN = """
af ca cs da de es et eu fi fr hr hu id it lt lv ms nb nl pl pt ro sk sl so sv sw tl tr
"""
_IN_LATIN = frozenset(_LATIN.split())
_FOR_OTHERS = re.compile(
    r"(?i)(?:^|/|[_-])(?:dev|develop(?:ers?|ment)?|contribut\w{0,8}|internals?|adrs?"
    r"|rfcs?|decisions|api|change-?logs?|changes|history|release-?notes?|releases"
    r"|licen[cs]es?|copying|code[_-]of[_-]conduct|governance|security)(?:[/_.-]|$)"
)
"""Documents for those who change the software, and papers that nobody learns from."""
