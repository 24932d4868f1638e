# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What manifests and settings state: design systems, browsers, versions of Android."""

import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from ossay.codec import code_digest
from ossay.collect import _headings
from ossay.collect._headings import read_document
from ossay.collect.inclusion import systems
from ossay.collect.inclusion.systems import systems_named_in
from ossay.model.tree import Scanner

LARGEST_BYTES = 1_000_000
MOST_BROWSERS = 100
MOST_VERSIONS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing that is stated, and the line."""

    what: str
    line: int
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """
    Everything that one file states; what it means depends on what the file is.

    Attributes:
        systems: Design systems, each with the package that brings it.
        browsers: What a key "browserslist", or a target of the build, says.
        android: Least versions of Android's API.
        takes_android: Whether the version is said to be another's, as Flutter's.
        is_android: Whether it builds something for Android at all.
    """

    systems: tuple[Said, ...] = ()
    browsers: tuple[Said, ...] = ()
    android: tuple[Said, ...] = ()
    takes_android: bool = False
    is_android: bool = False


NOTHING = Stated()


def stated_in(content: bytes) -> Stated:
    """Return what a manifest, or settings of a build, states."""
    stated = Stated(
        systems=tuple(
            Said(what=system, by=name, line=line)
            for system, name, line in systems_named_in(content)
        ),
        browsers=tuple(_browsers(content))[:MOST_BROWSERS],
        android=tuple(_android(content))[:MOST_VERSIONS],
        takes_android=_TAKEN.search(content) is not None,
        is_android=_IS_ANDROID.search(content) is not None,
    )
    return NOTHING if stated == NOTHING else stated


def browsers_listed_in(content: bytes) -> Stated:
    """Return what a file of Browserslist lists for production."""
    said = tuple(_listed(content))[:MOST_BROWSERS]
    return Stated(browsers=said) if said else NOTHING


def browsers_told_in(content: bytes) -> Stated:
    """Return the lines that name browsers, under a heading on which it is made for."""
    said = tuple(islice(_told(content), _MOST_LINES))
    return Stated(browsers=said) if said else NOTHING


def _told(content: bytes) -> Iterator[Said]:
    headings = read_document(content).headings
    lines = content.decode("utf-8", "replace").splitlines()
    ends = [heading.line - 1 for heading in headings[1:]] + [len(lines)]
    for heading, end in zip(headings, ends, strict=False):
        if _ON_BROWSERS.search(heading.text):
            under = lines[heading.line : min(end, heading.line + _MOST_LINES)]
            for number, line in enumerate(under, heading.line + 1):
                if _BROWSER.search(line, 0, _LONGEST_LINE):
                    yield Said(what=_plain(line[:_LONGEST_LINE]), line=number)


def _plain(line: str) -> str:
    """Return a line without the marks of Markdown, cut short."""
    bare = _LINK.sub(r"\1", line).replace("*", "").replace("`", "").strip(" |-\t")
    return bare if len(bare) <= _LONGEST_QUERY else bare[: _LONGEST_QUERY - 1] + "…"


def _listed(content: bytes) -> Iterator[Said]:
    """Leave out what is only for those who develop it ("[development]")."""
    is_meant = True
    for number, line in enumerate(content.decode("utf-8", "replace").split("\n"), 1):
        text = line.partition("#")[0].strip()
        if text.startswith("["):
            is_meant = not _DEVELOPMENT.search(text)
        elif text and is_meant and len(text) <= _LONGEST_QUERY:
            yield Said(what=text, line=number)


def _browsers(content: bytes) -> Iterator[Said]:
    if (at := content.find(b'"browserslist"')) >= 0:
        line = content.count(b"\n", 0, at) + 1
        for query in _of_manifest(content):
            yield Said(what=query, line=line)
    for found in _TARGET.finditer(content):
        line = content.count(b"\n", 0, found.start()) + 1
        for target in _QUOTED.findall(found["targets"]):
            yield Said(what=target.decode(), line=line)


def _of_manifest(content: bytes) -> Iterator[str]:
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return
    listed = document.get("browserslist") if isinstance(document, dict) else None
    if isinstance(listed, dict):
        listed = [
            query
            for name, queries in listed.items()
            if not _DEVELOPMENT.search(str(name))
            for query in (queries if isinstance(queries, list) else [queries])
        ]
    if not isinstance(listed, list):
        listed = [listed]
    for query in listed:
        if isinstance(query, str) and 0 < len(query) <= _LONGEST_QUERY:
            yield query


def _android(content: bytes) -> Iterator[Said]:
    for found in _MIN_SDK.finditer(content):
        line_start = content.rfind(b"\n", 0, found.start()) + 1
        if not content[line_start : found.start()].lstrip().startswith(_COMMENTS):
            line = content.count(b"\n", 0, found.start()) + 1
            yield Said(what=found["level"].decode(), line=line)


_LONGEST_QUERY = 200
_MOST_LINES = 20
_LONGEST_LINE = 1_000
_ON_BROWSERS = re.compile(
    r"(?i)browsers?\b.{0,60}\b(?:support|compatib|requirement)"
    r"|\b(?:supported|required|minimum|compatible)\b.{0,60}\bbrowsers?\b"
    r"|unterstützte browser|navigateurs (?:supportés|pris en charge|compatibles)"
    r"|navegadores (?:soportados|compatibles|suportados)|browser supportati"
)
_BROWSER = re.compile(
    r"\b(?:Chrome|Chromium|Firefox|Safari|Edge|Internet Explorer|IE ?[0-9]{1,2}"
    r"|Opera|Samsung Internet)\b"
)
_LINK = re.compile(r"\[([^\]]{1,200})\]\([^)]{0,300}\)")
_COMMENTS = (b"//", b"#", b"*", b"<!--")
_DEVELOPMENT = re.compile(r"(?i)dev|test|ssr|modern")
_TARGET = re.compile(
    rb"(?<![\w.])target:\s{0,3}(?P<targets>\[[^\]]{1,300}\]"
    rb"|[\"'](?:es\d{1,4}|(?:chrome|firefox|safari|edge|ios)\d{1,3}(?:\.\d{1,2})?)[\"'])"
)
_QUOTED = re.compile(rb"[\"']([a-z]{2,10}\d{1,4}(?:\.\d{1,2})?)[\"']")
_MIN_SDK = re.compile(
    rb"(?i)(?<![a-z])(?:compose|android|app|default|project|global)?[-_.]?min[-_]?sdk"
    rb"(?:[-_]?version)?(?:[-_]?(?:int|level))?"
    rb"[\"']?(?:\s{1,3}value)?(?:\s{0,8}(?:=|:|\(|\.set\()\s{0,8}|\s{1,8})[\"']?"
    rb"(?P<level>[1-9]\d?)(?![\d.])"
)
_TAKEN = re.compile(rb"min_?[sS]dk(?:Version)?\s{0,3}(?:=\s{0,3}|\(?\s{0,3})flutter\.")
_IS_ANDROID = re.compile(
    rb"com\.android\.application|<uses-sdk|android-minSdkVersion"
    rb"|plugins\.android\.application|libs\.plugins\.android"
)


def _scanner(name: str, scan: Callable[[bytes], Stated]) -> Scanner[Stated]:
    return Scanner(
        name=f"inclusion.{name}",
        version=code_digest([systems, _headings, sys.modules[__name__]]),
        kind=Stated,
        scan=scan,
        largest_bytes=LARGEST_BYTES,
    )


SCAN_STATED = _scanner("stated", stated_in)
SCAN_BROWSERS_TOLD = _scanner("browsers_told", browsers_told_in)
SCAN_BROWSERSLIST = _scanner("browserslist", browsers_listed_in)
