# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What languages are called, for readers who do not know their tags."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

NAMES = Path(__file__).with_name("language-names.json")
"""English names of Unicode CLDR (Babel 2.19), without what is there in brackets."""


def language_name(tag: str) -> tuple[str, ...]:
    """
    Return a language's English name, then those of its script and region.

    Nothing where one of them is not known: half a name would be another language's.
    """
    language, *rest = tag.split("-")
    kinds = ("scripts" if len(part) == 4 else "regions" for part in rest)
    named = [
        _names()["languages"].get(language, ""),
        *(_names()[kind].get(p, "") for kind, p in zip(kinds, rest, strict=True)),
    ]
    return tuple(named) if all(named) else ()


def tag_before(note: str) -> str:
    """Return the tag of a known language that *note* begins with ("sw: 57 %")."""
    tag, colon, _ = note.partition(": ")
    return tag if colon and language_name(tag) else ""


@cache
def _names() -> Mapping[str, Mapping[str, str]]:
    names: Mapping[str, Mapping[str, str]] = json.loads(NAMES.read_text("utf-8"))
    return names
