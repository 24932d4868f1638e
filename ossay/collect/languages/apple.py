# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Catalogues of Apple: `.strings`, and string catalogues (`.xcstrings`)."""

import re
from collections.abc import Iterator, Mapping

from ossay.collect.languages.messages import CatalogueUnreadable, Message, NoCatalogue


def messages_in(content: bytes) -> Iterator[Message]:
    """Yield the messages of a `.strings` file."""
    text = _decoded(content)
    at = 0
    while at < len(text):
        found = _PIECE.match(text, at)
        if not found:
            line = text.count("\n", 0, at) + 1
            raise CatalogueUnreadable(f"line {line} is none of a strings file")
        if found["key"] is not None:
            yield Message(id=found["key"].strip('"'), text=found["text"][1:-1])
        at = found.end()


def string_catalogue(document: object) -> tuple[str, dict[str, list[Message]]]:
    """Return the source language, and the messages of each language."""
    strings = document.get("strings") if isinstance(document, dict) else None
    if not isinstance(document, dict) or not isinstance(strings, dict):
        raise NoCatalogue
    source_language = str(document.get("sourceLanguage", "en"))
    by_language: dict[str, list[Message]] = {source_language: []}
    for key, entry in strings.items():
        if not isinstance(entry, dict) or entry.get("shouldTranslate") is False:
            continue
        if entry.get("extractionState") == "stale" or not key.strip():
            continue
        localizations = entry.get("localizations")
        said = localizations if isinstance(localizations, dict) else {}
        units = {tag: list(_units(one)) for tag, one in said.items()}
        written = units.get(source_language) or [("translated", key)]
        source = written[0][1]
        by_language[source_language].append(Message(key, source, source))
        for tag, forms in units.items():
            if tag != source_language and forms:
                done = all(s == "translated" and t.strip() for s, t in forms)
                one = Message(key, forms[0][1], source, done)
                by_language.setdefault(tag, []).append(one)
    return source_language, by_language


def _units(localization: object) -> Iterator[tuple[str, str]]:
    """Yield state and text of each form, whatever it varies by."""
    if not isinstance(localization, dict):
        return
    unit = localization.get("stringUnit")
    if isinstance(unit, dict):
        yield str(unit.get("state", "")), str(unit.get("value", ""))
    for name in ("variations", "substitutions"):
        varied = localization.get(name)
        for one in varied.values() if isinstance(varied, Mapping) else ():
            yield from _in_variation(one)


def _in_variation(variation: object) -> Iterator[tuple[str, str]]:
    if isinstance(variation, dict):
        if "stringUnit" in variation or "variations" in variation:
            yield from _units(variation)
        else:
            for form in variation.values():
                yield from _units(form)


def _decoded(content: bytes) -> str:
    if content.startswith(b"bplist"):
        raise CatalogueUnreadable("it is compiled, and not as it was written")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"it is neither in UTF-8 nor in UTF-16 ({error.reason})"
        raise CatalogueUnreadable(msg) from error


_QUOTED = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_PIECE = re.compile(
    r"\s+|//[^\n]*|/\*.*?\*/"
    rf"|(?P<key>{_QUOTED}|[\w.-]+)\s*=\s*(?P<text>{_QUOTED})\s*;"
    rf"|{_QUOTED}\s*;",
    re.S,
)
