# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What one page, and one style sheet, names to be loaded together with it."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from html import unescape
from itertools import chain, islice
from urllib.parse import unquote

from ossay.codec import code_digest
from ossay.model.tree import Scanner

LARGEST_BYTES = 3_000_000
MOST_NAMED = 500


class Part(StrEnum):
    """What kind of file is named."""

    SCRIPT = "script"
    STYLE = "style"
    IMAGE = "image"
    FRAME = "frame"
    FONT = "font"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """
    A file that is named.

    Attributes:
        address: Without query and fragment; "" where code of a template makes it up.
        family: Of a font, which it belongs to: of each, one file is counted.
    """

    part: Part
    address: str
    family: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """
    What a file names.

    Attributes:
        is_page: Whether it is a whole page, and no part of one.
        is_made: Whether code in it, of a template, puts more into the page.
        is_cut: Whether it names more than is looked at.
    """

    named: tuple[Named, ...] = ()
    is_page: bool = False
    is_made: bool = False
    is_cut: bool = False


NOTHING = Page()


def page_in(content: bytes) -> Page:
    """Return what a page names; nothing of what is only a part of one."""
    if not _WHOLE.search(content, 0, _HEAD):
        return NOTHING
    plain = _without(content, b"<!--", b"-->")
    every = chain(_of_tags(plain), _of_styles(plain, only_imports=True))
    named, is_cut = _first(every)
    return Page(
        named=named,
        is_page=True,
        is_cut=is_cut,
        is_made=_MADE.search(plain) is not None or _is_filled(plain, named),
    )


def _is_filled(content: bytes, named: Iterable[Named]) -> bool:
    """Tell whether a build adds the scripts that fill the page."""
    has_scripts = any(each.part is Part.SCRIPT for each in named)
    return not has_scripts and _FILLED.search(content) is not None


def style_in(content: bytes) -> Page:
    """Return what a style sheet names: other sheets, and fonts."""
    plain = _without(content, b"/*", b"*/")
    named, is_cut = _first(_of_styles(plain, only_imports=False))
    return Page(named=named, is_cut=is_cut) if named else NOTHING


def _first(every: Iterable[Named]) -> tuple[tuple[Named, ...], bool]:
    """Return as many as are looked at, and whether there are more."""
    named = tuple(islice(every, MOST_NAMED + 1))
    return named[:MOST_NAMED], len(named) > MOST_NAMED


def _without(content: bytes, opens: bytes, closes: bytes) -> bytes:
    """Return *content* without comments; one that never ends goes to the end."""
    kept = []
    at = 0
    while (begin := content.find(opens, at)) >= 0:
        kept.append(content[at:begin])
        end = content.find(closes, begin + len(opens))
        if end < 0:
            return b"".join(kept)
        at = end + len(closes)
    return b"".join((*kept, content[at:]))


def _of_tags(content: bytes) -> Iterator[Named]:
    for tag in _TAG.finditer(content):
        name = tag["name"].decode().lower()
        said = {
            each["key"].decode().lower(): (each["value"] or b"").strip(b"\"'")
            for each in _SAID.finditer(tag["rest"])
        }
        part, key = _part_of(name, said)
        if part and key in said:
            yield Named(part=part, address=_address(said[key]))


def _part_of(name: str, said: dict[str, bytes]) -> tuple[Part | None, str]:
    match name:
        case "script":
            is_other = (
                said.get("type", b"").lower() in _NO_SCRIPTS or "nomodule" in said
            )
            return (None if is_other else Part.SCRIPT), "src"
        case "img" | "input":
            return Part.IMAGE, "src"
        case "iframe" | "frame":
            return Part.FRAME, "src"
        case _:
            words = said.get("rel", b"").lower().split()
            if said.get("media", b"").strip().lower() == b"print":
                return None, ""
            if b"stylesheet" in words and b"alternate" not in words:
                return Part.STYLE, "href"
            if b"icon" in words:
                return Part.IMAGE, "href"
            return None, ""


def _of_styles(content: bytes, *, only_imports: bool) -> Iterator[Named]:
    """Fonts in a style sheet alone, images in none: rules may fit nothing shown."""
    for found in _IMPORT.finditer(content):
        yield Named(part=Part.STYLE, address=_address(found["address"]))
    for face in () if only_imports else _FACE.finditer(content):
        family = _FAMILY.search(face[0])
        of = (
            family["family"].strip(b"\"' ").decode("utf-8", "replace") if family else ""
        )
        for url in _URL.finditer(face[0]):
            if not url["address"].startswith(b"data:"):
                address = _address(url["address"])
                yield Named(part=Part.FONT, address=address, family=of or "?")


def _address(raw: bytes) -> str:
    """Return what a browser asks for; of template code, the one name it has."""
    if _CODE.search(raw):
        names = _NAME_IN_CODE.findall(raw)
        return names[0].decode("utf-8", "replace") if len(names) == 1 else ""
    text = unescape(raw.decode("utf-8", "replace")).strip()
    return unquote(re.split(r"[?#]", text, maxsplit=1)[0])


_HEAD = 5_000
_WHOLE = re.compile(rb"(?i)<html[\s>]|<!doctype html|<head[\s>]")
_MADE = re.compile(rb"<%|<\?(?:php|=)|\{%|\{\{|\[\[|\bth:[a-z]")
_FILLED = re.compile(
    rb"(?i)<[a-z]{1,20}(?:-[a-z]{1,20}){1,4}[\s>]|\bid=[\"']?(?:root|app|application)\b"
)
"""What scripts fill: an element of an application, or a place that is named for it."""
_TAG = re.compile(
    rb"(?i)<(?P<name>script|link|img|input|iframe|frame)"
    rb"(?P<rest>\s(?:[^<>%?]|[%?](?!>)|[%?]>|<[%?]){0,3000})"
)
_SAID = re.compile(
    rb"(?P<key>[A-Za-z-]{2,20})(?:\s{0,5}=\s{0,5}"
    rb"(?P<value>\"[^\"]{0,2000}\"|'[^']{0,2000}'|[^\s>\"']{1,2000})|(?=[\s>/]|$))"
)
_NO_SCRIPTS = frozenset(
    {b"application/json", b"application/ld+json", b"importmap", b"text/template"}
    | {b"text/x-template", b"text/x-handlebars-template", b"text/ng-template"}
)
_IMPORT = re.compile(
    rb"(?i)@import\s{1,5}(?:url\(\s{0,5})?[\"']?(?P<address>[^\s\"');]{1,500})"
)
_FACE = re.compile(rb"(?i)@font-face\s{0,5}\{[^{}]{0,5000}\}")
_FAMILY = re.compile(rb"(?i)font-family\s{0,3}:\s{0,3}(?P<family>[^;}]{1,100})")
_URL = re.compile(rb"(?i)url\(\s{0,3}[\"']?(?P<address>[^\s\"')?#]{1,500})")
_CODE = re.compile(rb"<%|<\?|\{%|\{\{|\$\{|@\{|#\{")
_NAME_IN_CODE = re.compile(rb"[\"']([\w@./-]{1,200}\.[a-z0-9]{2,5})[\"']")


def _scanner(name: str, scan: Callable[[bytes], Page]) -> Scanner[Page]:
    return Scanner(
        name=f"inclusion.{name}",
        version=code_digest([sys.modules[__name__]]),
        kind=Page,
        scan=scan,
        largest_bytes=LARGEST_BYTES,
    )


SCAN_PAGE = _scanner("page", page_in)
SCAN_STYLE = _scanner("style", style_in)
