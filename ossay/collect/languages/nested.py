# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Catalogues that are mappings in mappings: JSON of many makers, YAML of Rails, ARB."""

import re
from collections.abc import Collection, Iterator, Mapping

from ossay.collect._languages import language_tag
from ossay.collect.languages.messages import Message, NoCatalogue, short

SEPARATOR = "\x1f"


def messages_in(document: object) -> Iterator[Message]:
    """
    Yield the messages of a document; what is no text is none.

    A root that names only the language is passed over. Plural forms, whether keys
    of a mapping (Rails) or endings of keys (i18next), are one message.
    """
    if not isinstance(document, dict):
        raise NoCatalogue
    # One generator with a stack: a message passed up through one for each level
    # of the document takes twice as long.
    waiting = _inside("", _without_root(document))
    while waiting:
        here, value = waiting.pop()
        match value:
            case str():
                yield Message(here, value)
            case None:
                yield Message(here, "")
            case _Forms():
                yield _plural(here, value)
            case list():
                places = reversed(range(len(value)))
                waiting += [(f"{here}{SEPARATOR}{n}", value[n]) for n in places]
            case dict() if value and value.keys() <= _CATEGORIES and "other" in value:
                yield _plural(here, value.values())
            case dict():
                said = _beside_description(value)
                if said is None:
                    waiting += _inside(here, value)
                else:
                    yield Message(here, said)


def language_in(document: object) -> str:
    """Return the language that the root of a document names; "" if it does not."""
    if isinstance(document, dict):
        if len(document) == 1:
            [root] = document
            return language_tag(root) or ""
        if isinstance(named := document.get("@@locale"), str):
            return language_tag(named) or ""
    return ""


def _without_root(document: dict[str, object]) -> dict[str, object]:
    if len(document) == 1:
        [(root, inside)] = document.items()
        if isinstance(inside, dict) and language_tag(root):
            return inside
    return document


class _Forms(tuple[object, ...]):
    """The plural forms of one message."""

    __slots__ = ()


def _inside(path: str, mapping: Mapping[str, object]) -> list[tuple[str, object]]:
    """Return what a mapping holds, the last first, plural forms together."""
    grouped: dict[str, list[object]] = {}
    for key, value in mapping.items():
        if not key.startswith(_NOTES_BEFORE):
            is_form = "_" in key and isinstance(value, str)
            stem = _stem(key, mapping) if is_form else key
            grouped.setdefault(stem, []).append(value)
    found = [
        (short(f"{path}{SEPARATOR}{key}"), _Forms(of) if len(of) > 1 else of[0])
        for key, of in grouped.items()
    ]
    found.reverse()
    return found


def _stem(key: str, mapping: Mapping[str, object]) -> str:
    """Return what *key* is a plural form of, or the key where it is none."""
    stem = _FORM.sub("", key)
    is_form = stem != key and (
        (f"{stem}_other" in mapping and stem not in mapping)
        or f"{stem}_plural" in mapping
        or f"{stem}_1" in mapping
    )
    return stem if is_form or f"{key}_plural" in mapping else key


def _beside_description(value: Mapping[str, object]) -> str | None:
    """Return the text where it stands beside notes to translators."""
    for name in ("message", "string", "defaultMessage", "translation"):
        said = value.get(name)
        if isinstance(said, str) and value.keys() <= {name, *_NOTES}:
            return said
    return None


def _plural(here: str, forms: Collection[object]) -> Message:
    texts = [form for form in forms if isinstance(form, str)]
    return Message(
        id=here,
        text=texts[0] if texts else "",
        is_done=len(texts) == len(forms) and all(text.strip() for text in texts),
    )


_NOTES_BEFORE = ("@", "//", "_comment")
_CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})
_FORM = re.compile(r"_(?:zero|one|two|few|many|other|plural|[0-9])$")
_NOTES = frozenset(
    {"description", "placeholders", "developer_comment", "character_limit"}
    | {"context", "comment", "notes", "id"}
)
