# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""`ossay licences`, used as its user would."""

import json
from pathlib import Path

import pytest

from tests.cases import repository
from tests.cli.conftest import Ossay

LICENCES = Path(__file__).parents[2] / "LICENSES"

# REUSE-IgnoreStart
NOTICE = (
    "/* This program is free software; you can redistribute it and/or modify\n"
    " * it under the terms of the GNU General Public License as published by\n"
    " * the Free Software Foundation; either version 2 of the License, or\n"
    " * (at your option) any later version.\n"
    " */\n"
    "int main;\n"
)
FILES = {
    "LICENSE": (LICENCES / "EUPL-1.2.txt").read_bytes(),
    "tagged.py": b"# SPDX-License-Identifier: EUPL-1.2\n",
    "notice.c": NOTICE.encode(),
    "plain.c": b"int nothing;\n",
}
TAGGED = b"// SPDX-License-Identifier: MIT\n"
# REUSE-IgnoreEnd


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    return repository(tmp_path / "mixed", FILES)


def test_without_an_engine_a_notice_stays_open_and_is_not_taken_for_silence(
    ossay: Ossay, mixed: Path
) -> None:
    said = ossay("licences", mixed, "--light", "--files")

    told = dict(line.split(": ", 1) for line in said.out.splitlines())
    assert said.status == 0, said.err
    assert told["LICENSE"].startswith("EUPL-1.2")
    assert told["tagged.py"] == "EUPL-1.2"
    assert told["plain.c"] == "states none"
    assert told["notice.c"].startswith("states none; no recogniser of licences")


@pytest.mark.engine
def test_with_the_engine_the_notice_is_read_and_remembered(
    ossay: Ossay, mixed: Path
) -> None:
    first = ossay("licences", mixed)
    again = ossay("licences", mixed)

    lines = [line.split(maxsplit=1) for line in first.out.splitlines()]
    assert first.status == 0, first.err
    assert ["1", "GPL-2.0-or-later"] in lines
    assert ["2", "EUPL-1.2"] in lines
    assert ["1", "state no licence"] in lines
    assert ["0", "hold something that could not be read"] in lines
    assert again.out == first.out


def test_programs_get_each_statement_with_its_lines(ossay: Ossay, mixed: Path) -> None:
    said = ossay("licences", mixed, "--light", "--json")

    found = {one["path"]: one for one in json.loads(said.out)}
    [statement] = found["tagged.py"]["statements"]
    assert statement["expression"] == "EUPL-1.2"
    assert statement["first_line"] == 1
    assert found["notice.c"]["open"][0]["first_line"] == 1


def test_a_light_run_says_that_no_recogniser_was_at_hand(
    ossay: Ossay, mixed: Path
) -> None:
    assessed = ossay("assess", mixed, "--light")
    checked = ossay("check", mixed, "--light", "--format", "markdown")

    assert assessed.status == 0, assessed.err
    for memo in (Path("memo/memo.md").read_text(), checked.out):
        assert "No recogniser of licences was at hand" in memo
        assert "notice.c:1` no recogniser of licences is at hand" in memo


@pytest.mark.engine
def test_a_memo_with_the_engine_names_the_file_that_differs_with_its_line(
    ossay: Ossay, mixed: Path
) -> None:
    said = ossay("assess", mixed)

    memo = Path("memo/memo.md").read_text()
    assert said.status == 0, said.err
    assert "A recogniser read the notices inside files." in memo
    assert "notice.c:1` GPL-2.0-or-later" in memo


def test_the_notice_is_written_as_text_and_as_html(
    ossay: Ossay, mixed: Path, tmp_path: Path
) -> None:
    text = ossay("licences", mixed, "--light", "--attribution", "txt")
    out = tmp_path / "papers" / "notice.html"
    html = ossay("licences", mixed, "--light", "--attribution", "html", "--out", out)

    assert text.status == 0, text.err
    assert text.out.startswith("Licences and copyright notices of mixed\n")
    assert "European Union Public Licence" in text.out
    assert str(tmp_path) not in text.out
    assert html.out == f"{out}\n"
    assert out.read_text().startswith("<!doctype html>")


def test_the_list_and_the_tree_have_every_file(ossay: Ossay, mixed: Path) -> None:
    listed = ossay("licences", mixed, "--light", "--list").out.splitlines()
    tree = ossay("licences", mixed, "--light", "--tree").out

    assert listed[0].split("\t") == ["path", "concluded", "declared", "copyright"]
    assert {line.split("\t")[0] for line in listed[1:]} == {f"./{n}" for n in FILES}
    assert tree.startswith("./  (3 files)\n    EUPL-1.2: plain.c, tagged.py\n")
    assert "    NOASSERTION: notice.c\n" in tree
    assert "In notice.c, a passage about licences could not be read." in tree


def test_a_notice_for_the_folder_that_one_looks_at(
    ossay: Ossay, tmp_path: Path
) -> None:
    files = {f"app/{name}": content for name, content in FILES.items()}
    other = {"b.c": TAGGED}
    source = repository(tmp_path / "two", files | other)

    tree = ossay("licences", source, "--light", "--path", "app", "--tree").out

    assert "MIT" not in tree
    assert "EUPL-1.2" in tree


def test_one_output_at_a_time(ossay: Ossay, mixed: Path) -> None:
    said = ossay("licences", mixed, "--light", "--list", "--tree")

    assert said.status == 2
    assert "--list and --tree are outputs of their own; choose one" in said.err


def test_a_file_for_the_notice_that_cannot_be_written(
    ossay: Ossay, mixed: Path, tmp_path: Path
) -> None:
    out = tmp_path / "file" / "notice.txt"
    out.parent.touch()

    said = ossay("licences", mixed, "--light", "--tree", "--out", out)

    assert said.status == 73
    assert said.err.startswith(f"ossay: cannot write '{out}': ")


def test_packages_that_differ_are_named(ossay: Ossay, tmp_path: Path) -> None:
    made = repository(
        tmp_path / "made",
        {
            "package.json": b'{"license": "MIT"}',
            "a/package.json": b'{"license": "MIT"}',
            "b/package.json": b'{"license": "MIT"}',
            "c/package.json": b'{"license": "ISC"}',
        },
    )

    lines = ossay("licences", made, "--light").out.splitlines()

    assert lines[-4:] == [
        "3 packages inside",
        "        2  MIT",
        "        1  ISC",
        "           c/package.json: ISC (manifest)",
    ]
