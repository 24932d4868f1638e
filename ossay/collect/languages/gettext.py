# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Catalogues of gettext (`.po`), and their templates (`.pot`)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ossay.collect.languages.messages import CatalogueUnreadable, Message


@dataclass(slots=True)
class _Entry:
    """An entry that is being read; `parts` are its keywords, in their order."""

    parts: dict[str, list[str]] = field(default_factory=dict)
    is_fuzzy: bool = False
    last: str = ""

    def said(self, keyword: str) -> str:
        return "".join(self.parts.get(keyword, ()))


def messages_in(content: bytes) -> Iterator[Message]:
    """
    Yield the messages; the header and what is obsolete are none.

    One that is fuzzy, or that lacks one of its plural forms, is not done, as
    `msgfmt --statistics` counts. The text stays escaped as it is written.
    """
    entry = _Entry()
    for number, line in enumerate(_decoded(content).split("\n"), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            if "msgstr" in entry.last or not line:
                yield from _finished(entry)
                entry = _Entry()
            entry.is_fuzzy |= line.startswith("#,") and "fuzzy" in line
        elif line.startswith('"') and line.endswith('"') and entry.last:
            entry.parts[entry.last].append(line[1:-1])
        elif found := _LINE.fullmatch(line):
            keyword, text = found.groups()
            if keyword in {"msgctxt", "msgid"} and "msgstr" in entry.last:
                yield from _finished(entry)
                entry = _Entry()
            entry.parts[keyword] = [text]
            entry.last = keyword
        else:
            raise CatalogueUnreadable(f"line {number} is none of a gettext catalogue")
    yield from _finished(entry)


def _finished(entry: _Entry) -> Iterator[Message]:
    source = entry.said("msgid")
    if not source:
        return
    plural = entry.said("msgid_plural")
    texts = [entry.said(k) for k in entry.parts if k.startswith("msgstr")]
    yield Message(
        id=f"{entry.said('msgctxt')}\x04{source}",
        text=texts[0] if texts else "",
        source=source,
        is_done=not entry.is_fuzzy and (not plural or all(texts)),
    )


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        named = _CHARSET.search(content, 0, 5_000)
        try:
            return content.decode(named[1].decode() if named else "latin-1")
        except (LookupError, UnicodeDecodeError):
            msg = f"it is not in the encoding that it names ({error.reason})"
            raise CatalogueUnreadable(msg) from error


_LINE = re.compile(r'(msgctxt|msgid|msgid_plural|msgstr(?:\[[0-9]\])?)\s{0,9}"(.*)"')
_CHARSET = re.compile(
    rb"(?i)charset=(?![A-Z0-9_-]{0,20}(?:idna|punycode))([A-Z0-9_-]{2,20})"
)
"""Not those of names of hosts, which take time that grows with the square."""
