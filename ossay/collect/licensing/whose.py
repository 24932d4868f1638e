# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Whose a file is, and what it is there for, as the questions about licences ask."""

import re
from enum import StrEnum
from functools import lru_cache

from ossay.collect._places import Place, Places
from ossay.collect.licensing.annotation_files import REUSE_TOML
from ossay.collect.licensing.names import is_notice, scope_of
from ossay.collect.licensing.recognition.findings import FileFinding
from ossay.collect.licensing.recognition.neighbourhood import Origin

LICENCE_TEXTS = "LICENSES"
"""Folder of the texts that REUSE asks for."""


class Whose(StrEnum):
    """What a file is to the software that it lies in."""

    OWN = "own"
    PROSE = "prose"
    """Documents, translations, data: they speak about the licences of anything."""
    ASIDE = "aside"
    """Tests, examples, documentation, settings of tools: not what is delivered."""
    VENDORED = "vendored"
    GENERATED = "generated"
    LICENCE = "licence"
    """It is called a licence: it holds a text, which is that of others."""


DELIVERED = frozenset({Whose.OWN, Whose.VENDORED, Whose.GENERATED})
"""What goes into the software, as far as names of folders and files tell."""


def whose(finding: FileFinding, places: Places) -> Whose:
    """Tell whose the file of *finding* is."""
    if holds_a_licence(finding.path):
        return Whose.LICENCE
    if is_prose(finding.path):
        return Whose.PROSE
    if _is_hidden(finding.path) or finding.path.rpartition("/")[2] == REUSE_TOML:
        return Whose.ASIDE
    if finding.origin is Origin.GENERATED:
        return Whose.GENERATED
    place = places.of(finding.path)
    if finding.origin is Origin.VENDORED or place is Place.FOREIGN:
        return Whose.VENDORED
    return Whose.OWN if place is Place.PRODUCT else Whose.ASIDE


def holds_a_licence(path: str) -> bool:
    """Tell whether the file at *path* is there for the text of a licence."""
    folder, _, name = path.rpartition("/")
    return scope_of(name) is not None or folder.rpartition("/")[2] == LICENCE_TEXTS


_PROSE = re.compile(
    r"(?i)\.(?:md|mdx|markdown|mdown|rst|adoc|asciidoc|txt|text|rtf|org|pod|tex|texi"
    r"|texinfo|po|pot|xlf|xliff|pdf|docx?|odt|[1-9]|csv|tsv|json)$"
)
_LISTS = re.compile(r"(?i)^(?:cmakelists|requirements[^/]*|meson_options)\.txt$")
_PROSE_NAMES = frozenset(
    {
        "authors",
        "changelog",
        "changes",
        "contributing",
        "contributors",
        "copyright",
        "credits",
        "history",
        "install",
        "maintainers",
        "news",
        "readme",
        "releasenotes",
        "thanks",
        "todo",
    }
)


def is_prose(path: str) -> bool:
    """Tell whether the file at *path* is a document, a translation or data."""
    return _is_called_prose(path.rpartition("/")[2])


@lru_cache(maxsize=16_384)  # the files of a tree share many names
def _is_called_prose(name: str) -> bool:
    if _LISTS.search(name):
        return False
    return (
        _PROSE.search(name) is not None
        or name.lower() in _PROSE_NAMES
        or is_notice(name)
    )


def _is_hidden(path: str) -> bool:
    return path.startswith(".") or "/." in path
