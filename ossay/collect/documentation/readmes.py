# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""READMEs: where they are, which is the main one, and in which languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ossay.collect._languages import language_tag
from ossay.collect._words import Topic, is_named, language_named
from ossay.collect.documentation import facts
from ossay.collect.documentation.outlines import SCAN_OUTLINES, Outline
from ossay.collect.documentation.shelves import is_shelf, without_ending
from ossay.model.evidence import Answered, Item
from ossay.model.tree import BlobUnreadable, Entry, EntryKind, Tree, Unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class Readme:
    """
    A README.

    Attributes:
        language: As its name says ("README.fr.md", "LISEZMOI"); "" if it does not.
        outline: What it says in short, or why it could not be read.
    """

    path: str
    language: str
    outline: Outline | Unreadable


def read_readmes(tree: Tree) -> tuple[Readme, ...]:
    """Return the READMEs of the tree, the main one first."""
    found = sorted(_found(tree), key=lambda pair: _rank(pair[0].path, pair[1]))
    languages = {entry.path: language for entry, language in found}
    files = [e.path for e, _ in found if e.kind is not EntryKind.SYMLINK]
    scanned = tree.scan(SCAN_OUTLINES, files)
    outlines = dict(scanned)
    link = Unreadable(why="it is a symbolic link, which was not followed")
    return tuple(
        Readme(path=path, language=language, outline=outlines.get(path, link))
        for path, language in languages.items()
    )


def about_readmes(tree: Tree, readmes: tuple[Readme, ...]) -> Iterator[Answered]:
    """Answer whether there is a README, how long it is and in which languages."""
    yield facts.README.found(bool(readmes), [Item(subject=r.path) for r in readmes])
    if not readmes:
        absent = "there is no README"
        yield facts.README_BYTES.inapplicable(absent)
        yield facts.README_LANGUAGES.inapplicable(absent)
        return
    yield _bytes(tree, readmes[0])
    yield _languages(readmes)


def _found(tree: Tree) -> Iterator[tuple[Entry, str]]:
    for entry in tree.entries():
        if entry.kind is not EntryKind.SUBMODULE and entry.path.count("/") <= _DEEPEST:
            folder, _, name = entry.path.rpartition("/")
            language = _as_readme(name)
            if language is not None and _may_stand_in(folder, language):
                yield entry, language


def _may_stand_in(folder: str, language: str) -> bool:
    """A README of a folder of translations may say its language there."""
    if "/" not in folder and is_shelf(folder):
        return True
    above, _, last = folder.rpartition("/")
    tag = language_tag(last)
    for_translations = last.lower() in _TRANSLATIONS
    known = is_shelf(above) if above else for_translations
    return known and (for_translations or tag is not None) and bool(language or tag)


def _as_readme(name: str) -> str | None:
    """Return the language that a README's name says, or ""; None if it is none."""
    bare = without_ending(name)
    if is_named(Topic.README, bare):
        named = language_named(Topic.README, bare)
        return "" if named in {"en", None} else str(named)
    found = _SUFFIXED.fullmatch(bare)
    if not found or not is_named(Topic.README, found[1]):
        return None
    spelt = found[2].lower()
    if bare == name and spelt in _PROGRAMS:
        return None
    return language_tag(_COUNTRIES.get(spelt, found[2]))


def _rank(path: str, language: str) -> tuple[int, bool, int, str]:
    folder = path.rpartition("/")[0]
    ending = path.rpartition(".")[2].lower()
    place = 0 if not folder else 1 if folder.startswith(".") else 2
    return place, bool(language), 0 if ending in _MARKUP else 1, path


def _bytes(tree: Tree, main: Readme) -> Answered:
    try:
        size = len(tree.read(main.path))
    except BlobUnreadable as error:
        unread = [Item(subject=main.path, note=str(error))]
        return facts.README_BYTES.unknown("the README could not be read", unread)
    return facts.README_BYTES.found(size, where=main.path)


def _languages(readmes: tuple[Readme, ...]) -> Answered:
    told: set[str] = set()
    items: list[Item] = []
    untold: list[Item] = []
    for readme in readmes:
        languages, note = _language_of(readme)
        told.update(languages)
        item = Item(subject=readme.path, note=note)
        (items if languages else untold).append(item)
    if told:
        missed = "the language of a README could not be told" if untold else ""
        return facts.README_LANGUAGES.found(
            tuple(sorted(told)), (*items, *untold), missed=missed
        )
    why = f"the README is in {untold[0].note}"
    if isinstance(readmes[0].outline, Unreadable):
        why = "the README could not be read"
    return facts.README_LANGUAGES.unknown(why, untold)


def _language_of(readme: Readme) -> tuple[list[str], str]:
    """Return the languages of a README: its text tells them, else its name."""
    if isinstance(readme.outline, Unreadable):
        by_name = [readme.language] if readme.language else []
        return by_name, readme.outline.why
    written = readme.outline.writings
    if languages := [w.language for w in written if w.language]:
        return languages, " and ".join(str(w) for w in written)
    if readme.language:
        return [readme.language], "as its name says"
    scripts = " and ".join(str(w) for w in written)
    return [], scripts or "no words at all"


_DEEPEST = 3
_MARKUP = frozenset(
    {"md", "markdown", "mdown", "mkd", "rst", "adoc", "asciidoc", "org"}
)
_TRANSLATIONS = frozenset(
    {"i18n", "l10n", "lang", "languages", "locales", "readme", "readmes"}
    | {"translations", "translation"}
)
_SUFFIXED = re.compile(
    r"(.{2,30}?)[._-]([A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_][A-Za-z]{2})?)"
)
_PROGRAMS = frozenset({"am", "cs", "in", "mk", "ml", "sh", "so", "ts"})
"""Languages that are rather the ending of a program, where a name ends in them."""
_COUNTRIES = {"cn": "zh", "jp": "ja", "kr": "ko", "ua": "uk", "cz": "cs", "gr": "el"}
"""Countries that stand for their language in the names of READMEs."""
