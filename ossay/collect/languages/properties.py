# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Catalogues of Java (`.properties`)."""

import re
from collections.abc import Iterator

from ossay.collect.languages.messages import Message


def messages_in(content: bytes) -> Iterator[Message]:
    """
    Yield the messages, as java.util.Properties reads them.

    UTF-8, as Java does from version 9 on, else Latin-1, as it did before.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    for line in _logical_lines(text):
        key, said = _parted(line)
        if key:
            yield Message(id=_plain(key), text=_plain(said))


def _logical_lines(text: str) -> Iterator[str]:
    """Join lines that end in an odd number of backslashes to the next."""
    parts: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = line.lstrip(" \t\f")
        if not parts and (not line or line[0] in "#!"):
            continue
        slashes = len(line) - len(line.rstrip("\\"))
        parts.append(line[:-1] if slashes % 2 else line)
        if not slashes % 2:
            yield "".join(parts)
            parts = []
    if parts:
        yield "".join(parts)


def _parted(line: str) -> tuple[str, str]:
    found = _KEY.match(line)
    if not found:
        return "", ""
    rest = line[found.end() :].lstrip(" \t\f")
    if rest[:1] in {"=", ":"}:
        rest = rest[1:].lstrip(" \t\f")
    return found[0], rest


def _plain(text: str) -> str:
    return _ESCAPED.sub(_unescaped, text) if "\\" in text else text


def _unescaped(found: "re.Match[str]") -> str:
    if found[1]:
        return chr(int(found[1], 16))
    return _LETTERS.get(found[2], found[2])


_KEY = re.compile(r"(?=[^=: \t\f])[^\\=: \t\f]*(?:\\.[^\\=: \t\f]*)*")
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "f": "\f"}
