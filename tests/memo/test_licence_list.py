# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Every file is one line, whatever it is called."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ossay.memo.licence_list import COLUMNS, FileLicences, licence_list
from tests.memo import hostile


def cells(file: FileLicences) -> list[str]:
    _, line = licence_list([file])
    return line.removesuffix("\n").split("\t")


def test_a_file_is_listed_with_its_licences_and_holders() -> None:
    file = FileLicences(
        path="src/a.py",
        concluded="MIT",
        declared=("MIT",),
        copyrights=("© 2020 Ana Souza", "© 2021 بلدية المدينة"),
    )

    assert "".join(licence_list([file])) == (
        "path\tconcluded\tdeclared\tcopyright\n"
        "./src/a.py\tMIT\tMIT\t© 2020 Ana Souza; © 2021 بلدية المدينة\n"
    )


def test_where_nothing_is_known_no_claim_is_made() -> None:
    assert cells(FileLicences(path="a"))[1:] == ["NOASSERTION"] * 3


@pytest.mark.parametrize(
    ("declared", "written"),
    [
        (("MIT OR ISC",), "MIT OR ISC"),
        (("MIT OR ISC", "0BSD"), "0BSD AND (MIT OR ISC)"),
        (("MIT", "MIT", "0BSD"), "0BSD AND MIT"),
    ],
)
def test_several_expressions_of_one_file_all_hold(
    declared: tuple[str, ...], written: str
) -> None:
    assert cells(FileLicences(path="a", declared=declared))[2] == written


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula(start: str) -> None:
    text = f"{start}HYPERLINK(1)"
    file = FileLicences(path=text, concluded=text, declared=(text,), copyrights=(text,))

    assert {cell[0] for cell in cells(file)} == {".", "'"}


def test_nothing_that_acts_on_a_screen_is_listed() -> None:
    text = hostile.TEXT
    file = FileLicences(path=text, concluded=text, declared=(text,), copyrights=(text,))

    written = "".join(licence_list([file]))

    assert not hostile.ACTIVE & set(written)
    assert written.count("\n") == 2


@given(st.text(st.characters(codec=None)), st.text(st.characters(codec=None)))
def test_any_file_is_one_line_of_all_columns(path: str, said: str) -> None:
    file = FileLicences(path=path, concluded=said, declared=(said,), copyrights=(said,))

    written = "".join(licence_list([file]))

    assert len(written.splitlines()) == 2
    assert len(cells(file)) == len(COLUMNS)
    written.encode()


def test_a_list_is_written_as_it_is_read() -> None:
    read = []

    def files() -> Iterator[FileLicences]:
        for n in range(50_000):
            read.append(n)
            yield FileLicences(path=f"file-{n}", declared=("MIT",))

    lines = licence_list(files())

    assert next(lines).startswith("path")
    assert read == []
    assert next(lines).startswith("./file-0\t")
    assert read == [0]
    assert sum(1 for _ in lines) == 49_999
