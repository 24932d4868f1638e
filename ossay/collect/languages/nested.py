# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Catalogues that are mappings in mappings: JSON of many makers, YAML of Rails, ARB."""

import re
from collections.abc import Iterator, Mapping

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
    yield from _in_mapping("", _without_root(document))


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


def _in_mapping(path: str, mapping: Mapping[str, object]) -> Iterator[Message]:
    for key, forms in _by_message(mapping).items():
        here = short(f"{path}{SEPARATOR}{key}")
        if len(forms) > 1:
            yield _plural(here, forms)
        else:
            yield from _in_value(here, forms[0])


def _by_message(mapping: Mapping[str, object]) -> dict[str, list[object]]:
    """Return values by key, those that are plural forms of one message together."""
    grouped: dict[str, list[object]] = {}
    for key, value in mapping.items():
        if key.startswith(("@", "//", "_comment")):
            continue
        stem = _FORM.sub("", key) if isinstance(value, str) else key
        is_form = stem != key and (
            (f"{stem}_other" in mapping and stem not in mapping)
            or f"{stem}_plural" in mapping
            or f"{stem}_1" in mapping
        )
        if not is_form and f"{key}_plural" not in mapping:
            stem = key
        grouped.setdefault(stem, []).append(value)
    return grouped


def _in_value(here: str, value: object) -> Iterator[Message]:
    match value:
        case str():
            yield Message(id=here, text=value)
        case None:
            yield Message(id=here, text="")
        case list():
            for place, entry in enumerate(value):
                yield from _in_value(f"{here}{SEPARATOR}{place}", entry)
        case dict() if value and value.keys() <= _CATEGORIES and "other" in value:
            yield _plural(here, list(value.values()))
        case dict():
            said = _beside_description(value)
            if said is None:
                yield from _in_mapping(here, value)
            else:
                yield Message(id=here, text=said)
        case _:
            pass


def _beside_description(value: Mapping[str, object]) -> str | None:
    """Return the text where it stands beside notes to translators."""
    for name in ("message", "string", "defaultMessage", "translation"):
        said = value.get(name)
        if isinstance(said, str) and value.keys() <= {name, *_NOTES}:
            return said
    return None


def _plural(here: str, forms: list[object]) -> Message:
    texts = [form for form in forms if isinstance(form, str)]
    return Message(
        id=here,
        text=texts[0] if texts else "",
        is_done=len(texts) == len(forms) and all(text.strip() for text in texts),
    )


_CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})
_FORM = re.compile(r"_(?:zero|one|two|few|many|other|plural|[0-9])$")
_NOTES = frozenset(
    {"description", "placeholders", "developer_comment", "character_limit"}
    | {"context", "comment", "notes", "id"}
)
