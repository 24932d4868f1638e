# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What one file of an interface loads from hosts of others, and what it can do."""

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ossay.codec import code_digest
from ossay.collect.inclusion import services
from ossay.collect.inclusion.services import service_of
from ossay.model.tree import Scanner

MOST_PLACES = 500
"""Addresses that are looked at in one file; that there are more is told."""

LARGEST_BYTES = 1_000_000
"""Larger files are bundles and data, and not written by hand."""


class What(StrEnum):
    """What is loaded."""

    SCRIPT = "script"
    STYLE = "style"
    FONT = "font"
    FRAME = "frame"
    IMAGE = "image"
    MEDIA = "sound or film"
    SERVICE = "named in code"
    """A service that is known: maps, counting of visits, riddles against robots."""
    CONNECTION = "connection made ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """
    One thing that a browser is told to fetch from another host.

    Attributes:
        host: In small letters, without a part that changes ("{s}.").
        address: As it is written, cut short.
        line: Counted from 1.
    """

    what: What
    host: str
    address: str
    line: int


class Ability(StrEnum):
    """What the software can do for those who read little, or have a slow line."""

    READS_ALOUD = "reads aloud"
    LISTENS = "takes spoken words"
    INSTALLABLE = "page names a web app manifest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A sign of an ability, and its line."""

    ability: Ability
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Loads:
    """
    Everything that one file loads from others, and signs of what it can do.

    Attributes:
        is_cut: Whether it holds more addresses than are looked at.
    """

    found: tuple[Load, ...] = ()
    signs: tuple[Sign, ...] = ()
    is_cut: bool = False


NOTHING = Loads()


def loads_in(content: bytes) -> Loads:
    """
    Return what *content*, of a page, template, style or script, loads from others.

    A link that somebody may follow is none, nor is an address that a program asks
    for data: only what the page itself cannot be shown without, or is shown with.
    """
    loads = Loads(
        found=tuple(_loads(content)),
        signs=tuple(_signs(content)),
        is_cut=sum(map(content.count, _CUES)) > MOST_PLACES,
    )
    return NOTHING if loads == NOTHING else loads


def signs_in(content: bytes) -> Loads:
    """Return the signs alone, for programs that make no pages."""
    signs = tuple(_signs(content))
    return Loads(signs=signs) if signs else NOTHING


def _signs(content: bytes) -> Iterator[Sign]:
    for ability, marks in _ABILITIES.items():
        for gate, pattern in marks:
            found = pattern.search(content) if gate in content else None
            if found and not _is_comment(content, found.start()):
                line = content.count(b"\n", 0, found.start()) + 1
                yield Sign(ability=ability, line=line)
                break


def _loads(content: bytes) -> Iterator[Load]:
    for at, begin in _addresses(content):
        host = _HOST.match(content, at)
        if not host or _NOBODYS.search(host["host"]):
            continue
        name = host["host"].decode("ascii").lower()
        address = _ADDRESS.match(content, begin)
        text = address[0].decode("utf-8", "replace") if address else name
        what = _what(content, begin, name, text)
        if what and not _is_comment(content, begin):
            line = content.count(b"\n", 0, begin) + 1
            yield Load(what=what, host=name, address=text, line=line)


def _addresses(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield where a host's name begins, and where the address around it does."""
    places = 0
    for cue in _CUES:
        at = content.find(cue)
        while at >= 0 and places < MOST_PLACES:
            places += 1
            after = at + len(cue)
            if cue != b"://":
                yield after, after - 2
            elif content.startswith(b"https", max(0, at - 5)):
                yield after, at - 5
            elif content.startswith(b"http", max(0, at - 4)):
                yield after, at - 4
            at = content.find(cue, after)


def _what(content: bytes, begin: int, host: str, address: str) -> What | None:
    before = content[max(0, begin - _LONGEST_TAG) : begin]
    attribute = _ATTRIBUTE.search(before[-_LONGEST_NAME:])
    what: What | None = None
    if attribute:
        name = attribute["name"].decode().lower()
        tag = _tag(before)
        if tag:
            what = _of_tag(tag, name, content, begin, address)
        elif name.endswith((".src", ".href")):
            what = _by_ending(address)
    elif _SRCSET.search(before):
        what = What.IMAGE
    elif _STYLE_ADDRESS.search(before[-_LONGEST_NAME:]):
        what = _by_ending(address) or What.IMAGE
    elif _IMPORT.search(before[-_LONGEST_NAME:]):
        what = What.STYLE if b"@import" in before[-_LONGEST_NAME:] else What.SCRIPT
    elif _KEY.search(before[-_LONGEST_NAME:]):
        what = _by_ending(address)
    if what is None and before.endswith((b'"', b"'", b"`")) and not _is_link(before):
        return What.SERVICE if service_of(host, address) else None
    return what


def _tag(before: bytes) -> str:
    """Return the name of the tag that is open at the end of *before*, or ""."""
    at = len(before)
    for _ in range(_MOST_ANGLES):
        at = before.rfind(b"<", 0, at)
        if at < 0:
            return ""
        if name := _TAG_NAME.match(before, at):
            inside = _NO_END.sub(b"", before[at:])
            return "" if b">" in inside else name["name"].decode().lower()
    return ""


def _of_tag(
    tag: str, attribute: str, content: bytes, begin: int, address: str
) -> What | None:
    plain = attribute.rpartition(":")[2].strip("[]@.").removeprefix("data-")
    plain = plain.removeprefix("ng-").removeprefix("attr.")
    if tag == "link" and plain == "href":
        end = content.find(b">", begin, begin + _LONGEST_TAG)
        start = content.rfind(b"<", 0, begin)
        whole = content[start : end if end > 0 else begin + _LONGEST_TAG]
        return _of_link(whole, address)
    if plain in {"href", "src"} and tag in {"image", "use", "feimage"}:
        return What.IMAGE
    if plain == "poster" and tag == "video":
        return What.IMAGE
    if plain == "data" and tag == "object":
        return What.FRAME
    if plain != "src":
        return None
    if tag in _TAGS:
        return _TAGS[tag]
    return What.IMAGE if tag.endswith(("img", "image")) else _by_ending(address)


def _of_link(whole: bytes, address: str) -> What | None:
    rel = _REL.search(whole)
    words = rel["rel"].decode("ascii", "replace").lower().split() if rel else []
    if "stylesheet" in words or "import" in words:
        return What.STYLE
    if {"preconnect", "dns-prefetch"} & set(words):
        return What.CONNECTION
    if {"preload", "prefetch", "modulepreload"} & set(words):
        return _by_ending(address) or What.SCRIPT
    if any("icon" in word for word in words):
        return What.IMAGE
    return _by_ending(address) if not words else None


def _by_ending(address: str) -> What | None:
    if "fonts.googleapis.com/" in address:
        return What.STYLE
    path = re.split(r"[?#\"'`)\s]", address, maxsplit=1)[0]
    return _ENDINGS.get(path.rpartition(".")[2].lower())


def _is_comment(content: bytes, begin: int) -> bool:
    """Tell whether *begin* stands in what a program or browser passes over."""
    start = content.rfind(b"\n", 0, begin) + 1
    line = content[start:begin].lstrip()
    if line.startswith((b"//", b"*", b"# ", b"-# ", b"/ ")):
        return True
    window = content[max(0, begin - _LONGEST_COMMENT) : begin]
    return any(
        window.rfind(opens) > window.rfind(closes) for opens, closes in _COMMENTS
    )


def _is_link(before: bytes) -> bool:
    """Tell whether an address is for somebody to follow, or names a licence."""
    return _LINK.search(before[-_LONGEST_NAME:]) is not None


_COMMENTS = (
    (b"<!--", b"-->"),
    (b"/*", b"*/"),
    (b"{#", b"#}"),
    (b"{{!", b"}}"),
    (b"<%#", b"%>"),
    (b"<%--", b"--%>"),
)
_LONGEST_TAG = 1_500
_LONGEST_NAME = 80
_LONGEST_COMMENT = 3_000
_MOST_ANGLES = 8
_CUES = (b"://", b'"//', b"'//", b"(//", b"`//", b"=//")
_HOST = re.compile(
    rb"(?:\$?\{{1,2}[^{}\s]{1,40}\}{1,2}\.)?"
    rb"(?P<host>(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.){1,8}[A-Za-z]{2,24})"
    rb"(?=[:/\"'`?#)\s&]|\Z)"
)
_NOBODYS = re.compile(
    rb"(?i)(?:^|\.)example\.(?:com|org|net)$|\.(?:example|invalid|test|local|localhost)$"
)
"""Hosts that are never anybody's (RFC 2606)."""
_ADDRESS = re.compile(rb"[^\s\"'`<>)]{1,200}")
_ATTRIBUTE = re.compile(
    rb"(?P<name>[\w:.@\[\]-]{1,40})\s{0,3}=\s{0,3}\{?\s{0,3}[\"'`]{0,2}\s{0,3}$"
)
_SRCSET = re.compile(rb"(?i)srcset\s{0,3}=\s{0,3}[\"'][^\"'<>]{0,1000}$")
_STYLE_ADDRESS = re.compile(rb"(?i)url\(\s{0,3}[\"']?$")
_IMPORT = re.compile(
    rb"(?:@import|\bfrom|\bimport|import\(|importScripts\()\s{0,3}[\"'`]$"
)
_KEY = re.compile(rb"\b(?:src|href)[\"']?\s{0,3}:\s{0,3}[\"'`]$")
_LINK = re.compile(
    rb"(?i)(?:href|to|xmlns|action)[\"']?\s{0,3}[=:]\s{0,3}\{?[\"'`]?$"
    rb"|(?:open|openURL|navigate)\(\s{0,3}[\"'`]$"
)
_TAG_NAME = re.compile(rb"<(?P<name>[A-Za-z][\w.-]{0,40})")
_NO_END = re.compile(rb"<%[^>]{0,300}%>|<\?[^>]{0,300}\?>|[-=]>")
_REL = re.compile(rb"(?i)\brel\s{0,3}=\s{0,3}\{?[\"']?(?P<rel>[a-z][a-z -]{0,60})")
_TAGS = {
    "script": What.SCRIPT,
    "iframe": What.FRAME,
    "frame": What.FRAME,
    "embed": What.FRAME,
    "img": What.IMAGE,
    "input": What.IMAGE,
    "video": What.MEDIA,
    "audio": What.MEDIA,
    "source": What.MEDIA,
    "track": What.MEDIA,
}
_ENDINGS = {
    **dict.fromkeys(("js", "mjs"), What.SCRIPT),
    "css": What.STYLE,
    **dict.fromkeys(("eot", "otf", "ttf", "woff", "woff2"), What.FONT),
    **dict.fromkeys(
        ("avif", "gif", "ico", "jpeg", "jpg", "png", "svg", "webp"), What.IMAGE
    ),
    **dict.fromkeys(("mp3", "mp4", "ogg", "webm"), What.MEDIA),
}

_ABILITIES: Mapping[Ability, tuple[tuple[bytes, "re.Pattern[bytes]"], ...]] = {
    Ability.READS_ALOUD: (
        (b"peechSynthesis", re.compile(rb"\b[sS]peechSynthesis(?:Utterance)?\b")),
        (b"TextToSpeech", re.compile(rb"\bTextToSpeech\b(?!\s{0,3}[\"':])")),
        (b"AVSpeechSynthesizer", re.compile(rb"AVSpeechSynthesizer")),
        (b"expo-speech", re.compile(rb"[\"']expo-speech[\"']")),
        (b"flutter_tts", re.compile(rb"package:flutter_tts/")),
        (b"-native-tts", re.compile(rb"[\"']react-native-tts[\"']")),
    ),
    Ability.LISTENS: (
        (b"peechRecognition", re.compile(rb"\b(?:webkit)?SpeechRecognition\b")),
        (b"SpeechRecognizer", re.compile(rb"\bSpeechRecognizer\b")),
        (b"RECOGNIZE_SPEECH", re.compile(rb"ACTION_RECOGNIZE_SPEECH")),
        (b"speech_to_text", re.compile(rb"package:speech_to_text/")),
    ),
    Ability.INSTALLABLE: (
        (b"manifest", re.compile(rb"(?i)<link[^>]{0,300}\brel=[\"']?manifest\b")),
    ),
}


def _scanner(name: str, scan: Callable[[bytes], Loads]) -> Scanner[Loads]:
    return Scanner(
        name=f"inclusion.{name}",
        version=code_digest([services, sys.modules[__name__]]),
        kind=Loads,
        scan=scan,
        largest_bytes=LARGEST_BYTES,
    )


SCAN_LOADS = _scanner("loads", loads_in)
SCAN_SIGNS = _scanner("signs", signs_in)
