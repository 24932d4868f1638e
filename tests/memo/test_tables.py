# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Tables are handed out as CSV that runs nothing."""

import csv
import io

import pytest

from ossay.memo.tables import csv_of
from ossay.model.collector import Table


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def table(*rows: tuple[str, ...]) -> Table:
    return Table(name="components", columns=("purl", "found in"), rows=rows)


def test_a_table_is_read_back_as_it_was() -> None:
    rows = (("pkg:npm/%40a/b@1", 'a "quoted", file'), ("pkg:npm/ü@2", "one\ntwo"))

    assert read(csv_of(table(*rows))) == [["purl", "found in"], *map(list, rows)]


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_is_a_formula(begins: str) -> None:
    [_, row] = read(csv_of(table((f"{begins}HYPERLINK(1)", "a"))))

    assert row[0].startswith(f"'{begins}")


def test_a_spreadsheet_is_told_that_it_is_utf_8() -> None:
    assert csv_of(table()).startswith(b"\xef\xbb\xbf")


def test_the_same_table_gives_the_same_bytes() -> None:
    assert csv_of(table(("a", "b"))) == csv_of(table(("a", "b")))
