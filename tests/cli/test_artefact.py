# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""`ossay artefact`, used as its user would."""

import json
import subprocess
from pathlib import Path

from tests.artefacts.making import tar_of, written
from tests.cases import repository
from tests.cli.conftest import Ossay

FILES = {"README.md": b"# Tool\n", "src/tool.py": b"print(1)\n"}


def test_what_git_packs_is_traced_to_the_commit(ossay: Ossay, tmp_path: Path) -> None:
    tool = repository(tmp_path / "tool", FILES)
    packed = tmp_path / "tool.tar.gz"
    subprocess.run(
        [
            "git",
            "-C",
            str(tool),
            "archive",
            "--prefix=tool/",
            "-o",
            str(packed),
            "HEAD",
        ],
        check=True,
    )

    said = ossay("artefact", packed, tool)

    assert said.status == 0
    assert "Traceable to that commit: yes;" in said.out
    assert "Signature: none found;" in said.out


def test_a_changed_file_is_named_with_its_hostile_name_made_visible(
    ossay: Ossay, tmp_path: Path
) -> None:
    name = "src/\u202etool.py"
    tool = repository(tmp_path / "tool", {**FILES, name: b"1"})
    packed = written(tmp_path / "tool.tar", tar_of({**FILES, name: b"2"}))

    said = ossay("artefact", packed, tool)
    told = json.loads(ossay("artefact", packed, tool, "--json").out)

    assert "Traceable to that commit: no;" in said.out
    assert "\u202e" not in said.out
    assert told["traceable"]["differ"] == [name]


def test_what_is_no_archive_is_refused_in_one_line(
    ossay: Ossay, tmp_path: Path
) -> None:
    tool = repository(tmp_path / "tool", FILES)

    said = ossay("artefact", written(tmp_path / "notes.txt", b"words"), tool)

    assert said.status == 3
    assert said.err.count("\n") == 1
    assert "notes.txt" in said.err


def test_components_are_listed_and_a_name_that_is_no_utf_8_is_shown(
    ossay: Ossay, tmp_path: Path
) -> None:
    tool = repository(tmp_path / "tool", FILES)
    metadata = b"Name: tool\nVersion: 1.0\nRequires-Dist: idna==3.4\n"
    packed = written(
        tmp_path / "tool-1.0.tar",
        tar_of({"tool-1.0/PKG-INFO": metadata, "tool-1.0/caf\udce9": b"1"}),
    )

    said = ossay("artefact", packed, tool)
    told = json.loads(ossay("artefact", packed, tool, "--json").out)

    assert said.status == 0
    assert "How much is told of components: pypi: manifest only" in said.out
    assert "Components asked for: 1\n    pkg:pypi/idna@3.4" in said.out
    assert told["components"]["itself"] == ["pkg:pypi/tool@1.0"]
