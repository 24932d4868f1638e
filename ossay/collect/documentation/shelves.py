# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Where documents stand, and which files are documents."""

import re
from functools import lru_cache

from ossay.collect._words import Topic, is_named

TEXTS = frozenset(
    {
        *("adoc", "asciidoc", "htm", "html", "markdown", "md", "mdown", "mdx", "mkd"),
        *("org", "pod", "qmd", "rdoc", "rst", "tex", "texi", "textile", "txt", "wiki"),
    }
)
"""Endings of documents whose headings can be read."""

BINDERS = frozenset({"doc", "docx", "epub", "odp", "ods", "odt", "pdf", "pptx", "rtf"})
"""Endings of documents that are not read."""


def is_document(name: str) -> bool:
    """
    Tell whether *name* is a document's.

    A name without an ending is one in capitals ("INSTALL"), or in letters that
    have none; `install` is rather a program.
    """
    ending = _ending(name)
    if ending:
        return ending in TEXTS or ending in BINDERS
    return name == name.upper() and not name.startswith(".")


def is_text(name: str) -> bool:
    """Tell whether the headings of a document so named can be read."""
    return is_document(name) and _ending(name) not in BINDERS


def without_ending(name: str) -> str:
    """Return *name* without the ending of a document."""
    ending = _ending(name)
    known = ending in TEXTS or ending in BINDERS
    return name[: -len(ending) - 1] if known else name


@lru_cache(maxsize=2_000)
def is_shelf(folder: str) -> bool:
    """Tell whether documents about the whole repository stand in *folder*."""
    return folder in _SHELVES or (
        "/" not in folder and is_named(Topic.DOCUMENTATION, folder)
    )


def shelf_of(path: str) -> str | None:
    """Return the shelf that *path* stands on or below; None if on none."""
    if "/" not in path:
        return ""
    top = path.partition("/")[0]
    return top if is_shelf(top) else None


def _ending(name: str) -> str:
    found = _ENDING.search(name)
    return found[1].lower() if found else ""


_SHELVES = frozenset({"", ".github", ".gitlab", ".gitea", ".forgejo", "man"})
_ENDING = re.compile(r"(?<=.)\.([A-Za-z0-9]{1,8})$")
