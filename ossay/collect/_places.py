# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which files are the software's own, and which are tests, examples or foreign."""

import re
from collections.abc import Iterator
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import lru_cache

from ossay.model.tree import BlobUnreadable, Tree


class Place(StrEnum):
    """What a path is there for, as far as the names of its folders tell."""

    PRODUCT = "product"
    TEST = "test"
    EXAMPLE = "example"
    DOCUMENTATION = "documentation"
    FOREIGN = "foreign"
    """Vendored or generated: others wrote it, or a program did."""


MOST_ATTRIBUTES = 200
"""Lines of .gitattributes that are heeded; the longest of 14 had 74."""

LONGEST_PATH = 1_024
MOST_FOLDERS = 100
"""Paths that are longer or deeper are foreign: no person named them."""


class Places:
    """
    Tells the place of each path of a tree.

    Folder names decide, and before them what the tree's own .gitattributes says
    (linguist-vendored, -generated, -documentation; github-linguist, overrides.md).
    """

    def __init__(self, tree: Tree) -> None:
        self._marks = list(_marks(tree))

    def of(self, path: str) -> Place:
        """Return the place of *path*; the last attribute that fits it wins."""
        for pattern, place in reversed(self._marks):
            if _is_sane(path) and _fits(pattern, path):
                return place or place_by_name(path, ignoring_foreign=True)
        return place_by_name(path)


def place_by_name(path: str, *, ignoring_foreign: bool = False) -> Place:
    """Return the place of *path* whatever the tree says of itself."""
    if not _is_sane(path):
        return Place.FOREIGN
    folder, _, name = path.rpartition("/")
    place = _of_folder(folder)
    if place is Place.FOREIGN and ignoring_foreign:
        return Place.PRODUCT
    if place is Place.PRODUCT:
        if not ignoring_foreign and _is_foreign_file(path):
            return Place.FOREIGN
        if _TEST_FILE.search(name):
            return Place.TEST
        if _STORY.search(name):
            return Place.EXAMPLE
    return place


def _is_foreign_file(path: str) -> bool:
    if path.endswith(_OF_SITES) and _BUILT.search(path):
        return True
    return _FOREIGN_FILE.search(path) is not None


def _is_sane(path: str) -> bool:
    return len(path) <= LONGEST_PATH and path.count("/") <= MOST_FOLDERS


def _marks(tree: Tree) -> Iterator[tuple[str, Place | None]]:
    if ".gitattributes" not in tree.paths():
        return
    try:
        lines = tree.read(".gitattributes").decode("utf-8", "replace").splitlines()
    except BlobUnreadable:
        return  # folder names still tell most of it
    for line in lines[:MOST_ATTRIBUTES]:
        pattern, *attributes = line.split()[:20] or [""]
        if pattern.count("*") > 6 or len(pattern) > 200:
            continue
        for attribute in attributes:
            name, _, value = attribute.lstrip("-!").partition("=")
            if name in _ATTRIBUTES:
                off = attribute[0] in "-!" or value == "false"
                yield pattern, None if off else _ATTRIBUTES[name]


def _fits(pattern: str, path: str) -> bool:
    """Match as gitignore(5) does, `**` included; no pattern ends in a slash."""
    if "/" not in pattern.rstrip("/"):
        return fnmatchcase(path.rpartition("/")[2], pattern)
    return _fits_parts(pattern.strip("/").split("/"), path.split("/"))


def _fits_parts(pattern: list[str], parts: list[str]) -> bool:
    """Let `**` swallow as many parts as it takes; at most six stars come here."""
    if not pattern:
        return not parts
    if pattern[0] == "**":
        if len(pattern) == 1:
            return bool(parts)
        return any(_fits_parts(pattern[1:], parts[n:]) for n in range(len(parts)))
    return (
        bool(parts)
        and fnmatchcase(parts[0], pattern[0])
        and _fits_parts(pattern[1:], parts[1:])
    )


@lru_cache(maxsize=20_000)
def _of_folder(folder: str) -> Place:
    if not folder:
        return Place.PRODUCT
    parent, _, last = folder.rpartition("/")
    place = _of_folder(parent)
    if place is Place.FOREIGN:
        return place
    here = last.casefold()
    if here in _FOREIGN:
        return Place.FOREIGN
    if place is not Place.PRODUCT:
        return place
    if _TEST.search(last):
        return Place.TEST
    if here in _EXAMPLES:
        return Place.EXAMPLE
    # Deeper down, `documentation` is rather a part of the software.
    depth = folder.count("/")
    documents = _DOCUMENTATION if depth < 2 else _DOCUMENTATION & _ANYWHERE
    return Place.DOCUMENTATION if here in documents else Place.PRODUCT


_ATTRIBUTES = {
    "linguist-vendored": Place.FOREIGN,
    "linguist-generated": Place.FOREIGN,
    "linguist-documentation": Place.DOCUMENTATION,
}
_FOREIGN = frozenset(
    {
        ".venv",
        ".yarn",
        "3rd-party",
        "3rd_party",
        "3rdparty",
        "_vendor",
        "bower_components",
        "carthage",
        "deps",
        "dist",
        "extern",
        "externals",
        "jspm_packages",
        "node_modules",
        "pods",
        "site-packages",
        "third-party",
        "third_party",
        "thirdparty",
        "vendor",
        "vendored",
        "vendors",
        "venv",
    }
)
_DOCUMENTATION = frozenset(
    {
        "_site",
        "apidoc",
        "apidocs",
        "coverage",
        "doc",
        "docs",
        "documentation",
        "documentacion",
        "documentação",
        "dokumentation",
        "dokumentacja",
        "документация",
        "htmlcov",
        "javadoc",
        "文档",
    }
)
_ANYWHERE = frozenset({"apidocs", "doc", "docs", "htmlcov", "javadoc"})
_EXAMPLES = frozenset(
    {
        ".storybook",
        "demo",
        "demos",
        "example",
        "examples",
        "playground",
        "sample",
        "samples",
        "stories",
        "storybook",
    }
)
_TEST = re.compile(
    r"(?i)^(?:tests?|specs?|__tests__|e2e|cypress|playwright|fixtures?|__fixtures__"
    r"|test-?data|test_data|mocks?|__mocks__|unittests?)$"
    r"|[-_.](?:tests?|specs?|e2e|fixtures)$|^tests?[-_.]"
    r"|^ui-?tests?(?:[-_.]|$)|^(?:android|shared)test$"
)
_TEST_FILE = re.compile(
    r"(?i)[._-](?:tests?|specs?|e2e)\.[a-z0-9.]{1,12}$|^test_[^/]{1,200}\.py$"
    r"|\.cy\.[cm]?[jt]sx?$"
    r"|(?-i:[a-z]Tests?\.(?:java|kt|cs|php|swift|scala|groovy)$)"
)
_BUILT = re.compile(
    r"[.-][0-9a-f]{16,64}\.(?:js|mjs|css|html?)$"
    r"|/[A-Za-z][\w.-]{0,60}-v?[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}/"
)
"""A hash in the name, which a build put there, or a folder with a version."""
_OF_SITES = (".js", ".mjs", ".css", ".html", ".htm")
_STORY = re.compile(r"\.stories\.(?:[cm]?[jt]sx?|mdx|svelte|vue)$")
"""Storybook's: a component shown by itself."""
_LIBRARIES = (
    r"(?:jquery|jqueryui|bootstrap|font-?awesome|modernizr|tailwind|tinymce|ckeditor"
    r"|datatables|select2|pdf\.?js|mathjax|leaflet|openlayers)"
)
_FOREIGN_FILE = re.compile(
    r"(?i)[.-](?:min|bundle|pack)\.(?:js|mjs|cjs|css)$|\.generated\.|\.g\.dart$"
    rf"|(?:^|/){_LIBRARIES}(?:[-._][^/]{{0,60}})?/[^\n]{{1,300}}\.(?:js|css|html?)$"
    rf"|(?:^|/){_LIBRARIES}"
    r"(?:[-.](?:[0-9][-.\w]{0,20}|rtl|ui|bundle|all|slim|custom)){0,3}\.(?:js|css)$"
)
