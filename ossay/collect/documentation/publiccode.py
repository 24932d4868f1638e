# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""publiccode.yml, against what the standard makes mandatory (version 0.7.0)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from ossay.collect._documents import (
    DocumentUnreadable,
    Path,
    read_yaml_with_lines,
)
from ossay.collect._languages import language_tag
from ossay.collect.documentation import facts
from ossay.model.evidence import Answered, Item
from ossay.model.tree import BlobUnreadable, Tree

NAMES = ("publiccode.yml", "publiccode.yaml")
"""The standard has the first; the second is met with, and taken for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """
    Something that is missing or not as the standard has it.

    Attributes:
        at: The keys that lead to it; it may not be there.
        what: Said without the value: a stranger wrote that.
    """

    at: Path
    what: str


def about_publiccode(tree: Tree) -> Iterator[Answered]:
    """Answer whether there is such a file, and whether it is complete."""
    path = next((name for name in NAMES if name in tree.paths()), "")
    yield facts.PUBLICCODE_YML.found(bool(path), where=path)
    fact = facts.PUBLICCODE_YML_VALID
    if not path:
        yield fact.inapplicable("there is no publiccode.yml")
        return
    try:
        document, lines = read_yaml_with_lines(tree.read(path))
    except BlobUnreadable as error:
        unread = [Item(subject=path, note=str(error))]
        yield fact.unknown(f"{path} could not be read", unread)
        return
    except DocumentUnreadable as error:
        yield fact.found(False, [Item(subject=path, note=str(error))])
        return
    items = [
        Item(subject=path, note=f"{_written(f.at)} {f.what}", line=_line(f.at, lines))
        for f in faults_of(document)
    ]
    yield fact.found(not items, items)


def faults_of(document: object) -> Iterator[Fault]:
    """Yield what keeps *document* from being a valid publiccode.yml."""
    if not isinstance(document, dict):
        yield Fault(at=(), what="holds no keys")
        return
    for key in ("publiccodeYmlVersion", "name"):
        yield from _text(document, (key,))
    yield from _address(document, ("url",))
    yield from _filled(document, ("platforms",))
    yield from _one_of(document, ("developmentStatus",), _STATUSES)
    yield from _one_of(document, ("softwareType",), _TYPES)
    yield from _descriptions(document)
    yield from _text(document, ("legal", "license"))
    yield from _maintenance(document)
    yield from _localisation(document)
    if "organisation" in document:
        yield from _text(document, ("organisation", "uri"))


def _descriptions(document: Mapping[str, object]) -> Iterator[Fault]:
    """In each language a short description; in one, at least, the rest of it."""
    texts = document.get("description")
    if not isinstance(texts, dict) or not texts:
        yield Fault(at=("description",), what=_MISSING)
        return
    for language, text in texts.items():
        at = ("description", language)
        if language_tag(language.partition("-")[0]) is None:
            yield Fault(at=at, what="is no language (BCP 47)")
        if isinstance(text, dict):
            yield from _length(text, at, "shortDescription", range(1, 151))
        else:
            yield Fault(at=at, what="holds no keys")
    written = [text for text in texts.values() if isinstance(text, dict)]
    if not any(text.get("longDescription") for text in written):
        yield Fault(at=("description",), what="has no longDescription in any language")
    if not any(text.get("features") for text in written):
        yield Fault(at=("description",), what="has no features in any language")
    for language, text in texts.items():
        if isinstance(text, dict) and text.get("longDescription"):
            at = ("description", language)
            yield from _length(text, at, "longDescription", range(150, 10_001))


def _maintenance(document: Mapping[str, object]) -> Iterator[Fault]:
    kind = _get(document, ("maintenance", "type"))
    yield from _one_of(document, ("maintenance", "type"), _MAINTENANCE)
    if kind in {"internal", "community"}:
        yield from _people(document, ("maintenance", "contacts"), ("name",))
    contractors = ("maintenance", "contractors")
    if kind == "contract":
        yield from _people(document, contractors, ("name", "until"))
    elif _get(document, contractors):
        yield Fault(at=contractors, what="must not be there unless type is contract")


def _localisation(document: Mapping[str, object]) -> Iterator[Fault]:
    ready = ("localisation", "localisationReady")
    value = _get(document, ready)
    if value is None:
        yield Fault(at=ready, what=_MISSING)
    elif str(value).lower() not in _YES_OR_NO:
        yield Fault(at=ready, what="must be true or false")
    at = ("localisation", "availableLanguages")
    yield from _filled(document, at)
    languages = _get(document, at)
    for place, language in enumerate(languages if isinstance(languages, list) else ()):
        if language_tag(str(language).partition("-")[0]) is None:
            yield Fault(at=(*at, place), what="is no language (BCP 47)")


def _people(
    document: Mapping[str, object], at: Path, keys: tuple[str, ...]
) -> Iterator[Fault]:
    listed = _get(document, at)
    if not isinstance(listed, list) or not listed:
        yield Fault(at=at, what=_MISSING)
        return
    for place, entry in enumerate(listed):
        for key in keys:
            if not isinstance(entry, dict) or not entry.get(key):
                yield Fault(at=(*at, place, key), what=_MISSING)


def _text(document: Mapping[str, object], at: Path) -> Iterator[Fault]:
    """A version without quotes is a number; it is let pass."""
    value = _get(document, at)
    if not isinstance(value, str | int | float) or not str(value).strip():
        yield Fault(at=at, what=_MISSING)


def _address(document: Mapping[str, object], at: Path) -> Iterator[Fault]:
    value = _get(document, at)
    if not value:
        yield Fault(at=at, what=_MISSING)
    elif not _URL.match(str(value)):
        yield Fault(at=at, what="is no address (URL)")


def _filled(document: Mapping[str, object], at: Path) -> Iterator[Fault]:
    value = _get(document, at)
    if not isinstance(value, str | list) or not value:
        yield Fault(at=at, what=_MISSING)


def _one_of(
    document: Mapping[str, object], at: Path, known: tuple[str, ...]
) -> Iterator[Fault]:
    value = _get(document, at)
    if value is None:
        yield Fault(at=at, what=_MISSING)
    elif value not in known:
        yield Fault(at=at, what=f"is none of: {', '.join(known)}")


def _length(
    text: Mapping[str, object], at: Path, key: str, allowed: range
) -> Iterator[Fault]:
    value = str(text.get(key) or "").strip()
    if not value:
        yield Fault(at=(*at, key), what=_MISSING)
    elif len(value) not in allowed:
        bounds = f"{allowed[0]} to {allowed[-1]}"
        yield Fault(at=(*at, key), what=f"has {len(value)} characters, not {bounds}")


def _get(document: object, at: Path) -> object:
    for key in at:
        if not isinstance(document, dict):
            return None
        document = cast("dict[object, object]", document).get(key)
    return document


def _written(at: Path) -> str:
    """Write a place as the standard does, the language of a text included."""
    return "/".join(str(part)[:60] for part in at) or "the file"


def _line(at: Path, lines: Mapping[Path, int]) -> int:
    """Return the line of what is there, or of the nearest thing around it."""
    for length in range(len(at), 0, -1):
        if line := lines.get(at[:length]):
            return line
    return 1


_MISSING = "is missing"
_YES_OR_NO = frozenset({"true", "false", "yes", "no", "on", "off"})
"""YAML 1.1, which the standard still allows, reads all of them as true or false."""
_URL = re.compile(r"(?:https?|git|ssh|svn)(?:\+\w{1,8})?://[^\s/]{1,253}")
_STATUSES = ("concept", "development", "beta", "stable", "obsolete")
_TYPES = (
    *("standalone/mobile", "standalone/iot", "standalone/desktop", "standalone/web"),
    *("standalone/backend", "standalone/other", "addon", "library"),
    "configurationFiles",
)
_MAINTENANCE = ("internal", "contract", "community", "none")
