# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Catalogues that are tables (CSV): a row a message, a column a language."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from itertools import islice

from ossay.collect._languages import language_tag
from ossay.collect.languages.messages import CatalogueUnreadable, Message, NoCatalogue

MOST_CELLS = 400_000
"""Cells of one table; the longest of six had 9,300."""

_MOST_COLUMNS = 500
_LONGEST_HEAD = 20_000
_DELIMITERS = ",;\t"
_KEYS = frozenset({"id", "key", "keys", "string id"})
_NOTES = frozenset({"comment", "comments", "context", "description", "notes"})


def table_messages(content: bytes) -> tuple[str, Mapping[str, Iterator[Message]]]:
    """
    Return the source's language, and the messages of each language.

    A table is a catalogue where its head names a key, languages by their tags, and
    nothing but notes beside. The source is English, else the first language.
    """
    text = content.decode("utf-8-sig", "replace")
    delimiter, columns = _columns(text)
    if "\ufffd" in text and not _is_utf8(content):
        msg = "it is not in UTF-8"
        raise CatalogueUnreadable(msg)
    rows = _rows(text, delimiter)
    source = "en" if "en" in columns else next(iter(columns))
    at = columns[source]
    return source, {
        tag: _messages(rows, source=at, column=column)
        for tag, column in columns.items()
    }


def _columns(text: str) -> tuple[str, dict[str, int]]:
    """Return what parts the cells, and which column holds which language."""
    head = text[:_LONGEST_HEAD].partition("\n")[0]
    for delimiter in _DELIMITERS:
        key, *names = (cell.strip(' "\r') for cell in head.split(delimiter))
        tags = {n: language_tag(name) for n, name in enumerate(names, 1)}
        spoken = {tag: n for n, tag in tags.items() if tag}
        others = {names[n - 1].lower() for n, tag in tags.items() if not tag}
        if key.lower() in _KEYS and spoken and others <= _NOTES:
            if len(names) > _MOST_COLUMNS:
                break
            return delimiter, spoken
    raise NoCatalogue


def _rows(text: str, delimiter: str) -> list[Sequence[str]]:
    """Return all rows; a quote that stays open would swallow the rest unseen."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Sequence[str]] = []
    cells = 0
    try:
        width = len(next(reader))
        for row in islice(reader, MOST_CELLS):
            cells += max(width, len(row))
            if len(row) > width:
                msg = f"line {reader.line_num} has more cells than its head"
                raise CatalogueUnreadable(msg)
            if cells > MOST_CELLS:
                msg = f"it holds more than {MOST_CELLS:,} cells"
                raise CatalogueUnreadable(msg)
            rows.append((*row, *[""] * (width - len(row))))
    except csv.Error as error:
        msg = f"line {reader.line_num}: {error}"
        raise CatalogueUnreadable(msg) from error
    return rows


def _messages(
    rows: Sequence[Sequence[str]], *, source: int, column: int
) -> Iterator[Message]:
    """Yield what is said in one language of all that the source says."""
    for row in rows:
        if row[0].strip() and row[source].strip():
            yield Message(row[0], row[column], row[source])


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
