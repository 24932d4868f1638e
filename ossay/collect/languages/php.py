# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Catalogues in PHP: the arrays are read as text, and nothing is ever run."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ossay.collect._documents import DEEPEST
from ossay.collect.languages.messages import (
    CatalogueUnreadable,
    Message,
    NoCatalogue,
    short,
)
from ossay.collect.languages.nested import SEPARATOR

COMPUTED = "\x00"
"""Stands for a text that only running the code would tell."""


class _Piece(NamedTuple):
    """A piece of code: a text, a variable, a name or a sign."""

    kind: str
    said: str


_END = _Piece("end", "")


def messages_in(content: bytes) -> list[Message]:
    """Return `'key' => 'text'` of arrays, and `$name['key'] = 'text'`."""
    text = content.decode("utf-8", "replace")
    if "<?" not in text[:1_000]:
        raise NoCatalogue
    reader = _Reader(pieces=_pieces(text))
    reader.read()
    if not reader.found and "=>" in text:
        raise NoCatalogue
    return reader.found


def _pieces(text: str) -> Iterator[_Piece]:
    for found in _PIECE.finditer(text):
        if (kind := found.lastgroup or "") != "comment":
            yield _Piece(kind, found[0])


@dataclass(slots=True)
class _Reader:
    """Goes through the pieces once; arrays in arrays take recursion, `DEEPEST` deep."""

    pieces: Iterator[_Piece]
    at: int = 0
    found: list[Message] = field(default_factory=list)
    _next: _Piece = field(init=False)

    def __post_init__(self) -> None:
        self._next = next(self.pieces, _END)

    def read(self) -> None:
        """Read what a file returns, and what it assigns to keys of a variable."""
        while self._next is not _END:
            taken = self._take()
            if taken.said == "return":
                self._value("", 0)
            elif taken.kind == "variable":
                self._assigned()

    def _take(self) -> _Piece:
        taken, self._next = self._next, next(self.pieces, _END)
        self.at += 1
        return taken

    def _assigned(self) -> None:
        path = ""
        while self._next.said == "[":
            self._take()
            path = short(f"{path}{SEPARATOR}{self._value('', DEEPEST) or ''}")
            self._take()
        if self._next.said == "=":
            self._take()
            said = self._value(path, 0)
            if said is not None and path:
                self.found.append(Message(id=path, text=said))

    def _value(self, path: str, depth: int) -> str | None:
        """Read a value: its text, or None for an array, whose messages are kept."""
        if self._next.said.lower() == "array":
            self._take()
            if self._next.said == "(":
                self._array(path, ")", depth)
                return None
        if self._next.said == "[":
            self._array(path, "]", depth)
            return None
        return self._text()

    def _array(self, path: str, closing: str, depth: int) -> None:
        if depth > DEEPEST:
            msg = f"its arrays are nested more than {DEEPEST} levels deep"
            raise CatalogueUnreadable(msg)
        self._take()
        count = 0
        while self._next.said != closing and self._next is not _END:
            start = self.at
            said = self._value(f"{path}{SEPARATOR}{count}", depth + 1)
            if self._next.said == "=>":
                self._take()
                key = short(f"{path}{SEPARATOR}{said or ''}")
                said = self._value(key, depth + 1)
            else:
                key = f"{path}{SEPARATOR}{count}"
                count += 1
            if said is not None:
                self.found.append(Message(id=key, text=said))
            if self._next.said == "," or self.at == start:
                self._take()
        self._take()

    def _text(self) -> str:
        """Read an expression up to where it ends; what is computed stands for text."""
        parts, inside = [], 0
        while self._next is not _END:
            piece = self._next
            if not inside and piece.said in _ENDS:
                break
            inside += (piece.said in _OPEN) - (piece.said in _CLOSED)
            if piece.kind == "text" and not inside:
                parts.append(_unquoted(piece.said))
            elif piece.kind in {"variable", "name"}:
                parts.append(COMPUTED)
            self._take()
        return "".join(parts)


def _unquoted(text: str) -> str:
    return text[1:-1]


_ENDS = frozenset({",", ";", "=>", "]", ")", "="})
_OPEN = frozenset({"[", "("})
_CLOSED = frozenset({"]", ")"})
_PIECE = re.compile(
    r"(?P<comment>/\*.*?(?:\*/|\Z)|//[^\n]*|\#(?!\[)[^\n]*)"
    r"|(?P<text>'[^'\\]*(?:\\.[^'\\]*)*(?:'|\\?\Z)|\"[^\"\\]*(?:\\.[^\"\\]*)*(?:\"|\\?\Z))"
    r"|(?P<variable>\$[A-Za-z_]\w*)|(?P<name>[A-Za-z_\\]\w*)"
    r"|(?P<sign>=>|[\[\](),;=.])",
    re.S,
)
