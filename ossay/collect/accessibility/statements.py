# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Accessibility statements and conformance reports, known by their names."""

import re
from collections.abc import Iterable, Iterator

from ossay.collect._places import Place, place_by_name
from ossay.collect._words import Topic, is_named, plain_words, stem
from ossay.model.evidence import Item

_DOCUMENTS = frozenset(
    {
        *("adoc", "asciidoc", "doc", "docx", "htm", "html", "md", "mdx", "odt", "org"),
        *("pdf", "rst", "tex", "txt"),
    }
)
_PAGES = frozenset(
    {
        *(
            "astro",
            "cshtml",
            "ejs",
            "erb",
            "ftl",
            "haml",
            "hbs",
            "jsp",
            "jsx",
            "liquid",
        ),
        *("njk", "php", "pug", "razor", "svelte", "tsx", "twig", "vm", "vue", "xhtml"),
    }
)
_NEAR = 2
_PAGES_FOLDER = re.compile(
    r"(?i)(?:^|/)(?:pages|views|screens|routes|templates|paginas|sites)/[^/]{1,120}$"
)
_SHEETS = frozenset({"xls", "xlsx", "ods"})
_DATA = _SHEETS | {"json", "yaml", "yml"}


def statements(paths: Iterable[str]) -> Iterator[Item]:
    """
    Yield what is named as a statement on accessibility, in 36 languages.

    The bare word counts at the root ("Barrierefreiheit.md"), in capitals near it
    ("site/ACCESSIBILITY.md") and as a page of the software
    ("pages/Accessibilité.tsx"): elsewhere it names guides for developers, and parts.
    """
    for path in paths:
        if _is_statement(path):
            yield Item(subject=path, note="named as an accessibility statement")


def reports(paths: Iterable[str]) -> Iterator[Item]:
    """Yield what is named as a report by the VPAT, an ACR or an audit."""
    for path in paths:
        if _is_report(path):
            yield Item(subject=path, note="named as a conformance report")


def _is_statement(path: str) -> bool:
    ending = _ending(path)
    if ending not in _DOCUMENTS | _PAGES or place_by_name(path) in _NOT_HERE:
        return False
    name = stem(path)
    if not is_named(Topic.ACCESSIBILITY_STATEMENT, name):
        return False
    # German and Finnish say it whole in one word; the bare one is never enough.
    says_it_whole = is_named(Topic.ACCESSIBILITY_STATEMENT, f"{name} x")
    return says_it_whole or _stands_out(path, ending)


def _stands_out(path: str, ending: str) -> bool:
    if ending in _PAGES:
        return _PAGES_FOLDER.search(path) is not None
    depth = path.count("/")
    return depth == 0 or (depth <= _NEAR and path.rpartition("/")[2][:2].isupper())


def _is_report(path: str) -> bool:
    ending = _ending(path)
    if ending not in _DOCUMENTS | _DATA or place_by_name(path) in _NOT_HERE:
        return False
    words = plain_words(stem(path))
    if ending in _DATA - _SHEETS:
        return words == "openacr"  # of any other name, the content tells
    if re.search(r"\b(?:vpat[0-9]{0,3}|openacr)\b", words):
        return True
    if re.search(r"\bacr\b", words):
        return ending in _DOCUMENTS and "/" not in path.removeprefix("docs/")
    about = plain_words(path)
    return bool(
        re.search(r"conformance report|conformance statement|audit", words)
        and re.search(r"accessib|\ba11y\b|\bwcag\b|\brgaa\b|barrierefrei", about)
    )


def _ending(path: str) -> str:
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""


_NOT_HERE = frozenset({Place.FOREIGN, Place.TEST, Place.EXAMPLE})
