# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which reader reads which file, and what is kept of each."""

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ossay.codec import code_digest
from ossay.collect import _documents, _languages, _writing
from ossay.collect._documents import (
    LARGEST_YAML_BYTES,
    DocumentUnreadable,
    read_json,
    read_xml,
    read_yaml,
)
from ossay.collect._languages import language_tag
from ossay.collect._writing import writings
from ossay.collect.languages import (
    apple,
    fluent,
    gettext,
    markup,
    messages,
    nested,
    php,
    properties,
    tabular,
)
from ossay.collect.languages.messages import (
    Catalogue,
    CatalogueUnreadable,
    Message,
    NoCatalogue,
    Section,
    section,
)
from ossay.model.tree import Scanner

LARGEST_BYTES = 8_000_000
"""Larger catalogues are not read, of YAML less; the largest of 900 had 1.1 MB."""

MOST_PROSE = 20_000
"""Characters of messages from which their language is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """
    A kind of catalogue.

    Attributes:
        name: As a reader is told.
        scanner: What is kept of a file.
        written: In which languages the source texts of a file are written.
    """

    name: str
    scanner: Scanner[Catalogue]
    written: Scanner[tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """The messages of a file by language, "" where only its name tells it."""

    by_language: Mapping[str, Iterable[Message]]
    source_language: str = ""
    holds_source: bool = False


def format_of(path: str) -> Format | None:
    """Return what kind of catalogue *path* is, by its ending; None for another."""
    return _BY_ENDING.get(path.rpartition(".")[2].lower())


def is_read(path: str) -> bool:
    """Tell whether there is a reader for such a catalogue."""
    return format_of(path) is not None


def _kept(read: Callable[[bytes], _Read]) -> Callable[[bytes], Catalogue]:
    def scan(content: bytes) -> Catalogue:
        try:
            done = read(content)
            sections = tuple(_sections(done))
        except NoCatalogue:
            return Catalogue(is_one=False)
        except (CatalogueUnreadable, DocumentUnreadable) as why:
            return Catalogue(broken=str(why))
        return Catalogue(
            sections=sections,
            source_language=done.source_language,
            holds_source=done.holds_source,
        )

    return scan


def _sections(done: _Read) -> Iterable[Section]:
    for language, said in done.by_language.items():
        yield section(said, language)


def _written(read: Callable[[bytes], _Read]) -> Callable[[bytes], tuple[str, ...]]:
    def scan(content: bytes) -> tuple[str, ...]:
        done, texts, length = read(content), [], 0
        for message in (m for said in done.by_language.values() for m in said):
            text = message.text if message.source is None else message.source
            texts.append(text)
            length += len(text)
            if length > MOST_PROSE:
                break
        told = writings(". ".join(texts)[:MOST_PROSE])
        return tuple(w.language for w in told if w.language)

    return scan


def _gettext(content: bytes) -> _Read:
    return _Read(by_language={"": gettext.messages_in(content)}, holds_source=True)


def _properties(content: bytes) -> _Read:
    return _Read(by_language={"": properties.messages_in(content)})


def _nested(document: object) -> _Read:
    said = nested.messages_in(document)
    return _Read(by_language={nested.language_in(document): said})


def _json(content: bytes) -> _Read:
    return _nested(read_json(content))


def _yaml(content: bytes) -> _Read:
    return _nested(read_yaml(content))


def _strings(content: bytes) -> _Read:
    return _Read(by_language={"": apple.messages_in(content)})


def _xcstrings(content: bytes) -> _Read:
    source, said = apple.string_catalogue(read_json(content))
    return _Read(
        by_language={language_tag(tag) or "": said[tag] for tag in said},
        source_language=language_tag(source) or "",
        holds_source=True,
    )


def _stringsdict(content: bytes) -> _Read:
    return _Read(by_language={"": markup.stringsdict_messages(read_xml(content))})


def _android(content: bytes) -> _Read:
    return _Read(by_language={"": markup.android_messages(read_xml(content))})


def _resx(content: bytes) -> _Read:
    return _Read(by_language={"": markup.resx_messages(read_xml(content))})


def _xliff(content: bytes) -> _Read:
    root = read_xml(content)
    target, source = markup.xliff_languages(root)
    return _Read(
        by_language={target: markup.xliff_messages(root)},
        source_language=source,
        holds_source=True,
    )


def _qt(content: bytes) -> _Read:
    if b"<TS" not in content[:1_000]:
        raise NoCatalogue  # TypeScript has the same ending
    root = read_xml(content)
    return _Read(
        by_language={language_tag(root.get("language", "")) or "": _in_qt(root)},
        source_language=language_tag(root.get("sourcelanguage", "en")) or "",
        holds_source=True,
    )


_in_qt = markup.qt_messages


def _fluent(content: bytes) -> _Read:
    return _Read(by_language={"": fluent.messages_in(content)})


def _csv(content: bytes) -> _Read:
    source, said = tabular.table_messages(content)
    return _Read(by_language=said, source_language=source, holds_source=True)


def _php(content: bytes) -> _Read:
    return _Read(by_language={"": php.messages_in(content)})


def _format(
    name: str, read: Callable[[bytes], _Read], largest_bytes: int = LARGEST_BYTES
) -> Format:
    slug = name.lower().replace(" ", "-")
    return Format(
        name=name,
        scanner=Scanner(
            name=f"languages.{slug}",
            version=_VERSION,
            kind=Catalogue,
            scan=_kept(read),
            largest_bytes=largest_bytes,
        ),
        written=Scanner(
            name=f"languages.written.{slug}",
            version=_VERSION,
            kind=tuple[str, ...],
            scan=_written(read),
            largest_bytes=largest_bytes,
        ),
    )


_VERSION = code_digest(
    [
        *(_documents, _languages, _writing, messages, apple, fluent, gettext, markup),
        *(nested, php, properties, tabular, sys.modules[__name__]),
    ],
    ("pyyaml",),
)
QT = _format("Qt Linguist", _qt)
_BY_ENDING = {
    "po": _format("gettext", _gettext),
    "pot": _format("gettext", _gettext),
    "properties": _format("Java properties", _properties),
    "json": _format("JSON", _json),
    "arb": _format("ARB", _json),
    **dict.fromkeys(("yml", "yaml"), _format("YAML", _yaml, LARGEST_YAML_BYTES)),
    "strings": _format("Apple strings", _strings),
    "stringsdict": _format("Apple plural forms", _stringsdict),
    "xcstrings": _format("Apple string catalogue", _xcstrings),
    "xml": _format("Android strings", _android),
    "resx": _format("RESX", _resx),
    **dict.fromkeys(("xlf", "xliff"), _format("XLIFF", _xliff)),
    "ts": QT,
    "ftl": _format("Fluent", _fluent),
    "php": _format("PHP arrays", _php),
    "csv": _format("CSV", _csv),
}
