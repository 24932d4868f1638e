# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What was released is traced to a commit by the content of each file."""

from pathlib import Path

import pytest

from ossay.artefacts import trace, unpack
from ossay.model.artefacts import Traceable, Traced
from tests.artefacts.making import Files, member, tar_of, written, zip_of
from tests.collect.trees import DictTree

COMMIT = "c" * 40
HELD = {
    "README.md": b"# Tool\n",
    "src/tool.py": b"print(1)\n",
    "setup.cfg": b"[metadata]\nname = tool\n",
}


def traced(tmp_path: Path, packed: bytes, held: Files = HELD) -> Traced:
    artefact = unpack(written(tmp_path / "released", packed))
    return trace(artefact.listing(), COMMIT, DictTree(dict(held)))


def below(folder: str, files: Files) -> dict[str, bytes]:
    return {f"{folder}/{name}": content for name, content in files.items()}


def test_an_archive_of_the_commit_is_traced(tmp_path: Path) -> None:
    result = traced(tmp_path, tar_of(below("tool-1.0", HELD)))

    assert (result.answer, result.same) == (Traceable.YES, 3)


def test_a_part_of_the_commit_is_traced_too(tmp_path: Path) -> None:
    result = traced(tmp_path, tar_of({"src/tool.py": HELD["src/tool.py"]}))

    assert result.answer is Traceable.YES


def test_a_file_with_other_content_is_named_and_the_answer_is_no(
    tmp_path: Path,
) -> None:
    changed = {**HELD, "src/tool.py": b"print(2)\n"}

    result = traced(tmp_path, tar_of(below("tool-1.0", changed)))

    assert result.answer is Traceable.NO
    assert result.differ == ("tool-1.0/src/tool.py",)


def test_a_file_that_the_commit_lacks_leaves_it_open(tmp_path: Path) -> None:
    result = traced(tmp_path, tar_of({**HELD, "configure": b"#!/bin/sh\n"}))

    assert result.answer is Traceable.CANNOT_TELL
    assert result.absent == ("configure",)


def test_content_of_another_file_at_a_path_of_the_commit_is_no_match(
    tmp_path: Path,
) -> None:
    """Proves that a file of the commit cannot stand in for another one."""
    held = {**HELD, "tests/evil.py": b"import os\n"}
    swapped = {**held, "src/tool.py": held["tests/evil.py"]}

    result = traced(tmp_path, tar_of(below("tool-1.0", swapped)), held)

    assert result.answer is Traceable.NO
    assert result.differ == ("tool-1.0/src/tool.py",)


def test_a_file_of_the_commit_under_a_new_name_leaves_it_open(tmp_path: Path) -> None:
    held = {**HELD, "tests/evil.py": b"import os\n"}

    result = traced(
        tmp_path, tar_of({**held, "sitecustomize.py": b"import os\n"}), held
    )

    assert result.answer is Traceable.CANNOT_TELL
    assert result.moved == ("sitecustomize.py",)


def test_folders_above_may_be_left_out(tmp_path: Path) -> None:
    wheel = {"tool.py": HELD["src/tool.py"]}

    assert traced(tmp_path, zip_of(wheel)).answer is Traceable.YES


def test_a_package_of_a_folder_is_held_against_that_folder(tmp_path: Path) -> None:
    folder = "packages/tool/"
    held = {
        "README.md": b"# All of it\n",
        "package.json": b'{"private": true}',
        f"{folder}README.md": b"# Tool\n",
        f"{folder}package.json": b'{"name": "tool"}',
        f"{folder}index.js": b"1\n",
    }
    inside = {n.removeprefix(folder): c for n, c in held.items() if folder in n}

    same = traced(tmp_path, tar_of(below("package", inside)), held)
    changed = {**inside, "index.js": b"2\n"}
    other = traced(tmp_path, tar_of(below("package", changed)), held)

    assert (same.answer, same.same) == (Traceable.YES, 3)
    assert (other.answer, other.differ) == (Traceable.NO, ("package/index.js",))


def test_a_link_that_the_commit_does_not_have_leaves_it_open(tmp_path: Path) -> None:
    result = traced(tmp_path, tar_of(HELD, member("lib", b"2", "/")))

    assert result.answer is Traceable.CANNOT_TELL
    assert result.absent == ("lib",)


def test_a_link_is_no_file_with_the_same_words(tmp_path: Path) -> None:
    held = {**HELD, "where": b"README.md"}

    result = traced(tmp_path, tar_of(HELD, member("where", b"2", "README.md")), held)

    assert result.answer is Traceable.NO


def test_other_line_ends_are_told_and_do_not_count(tmp_path: Path) -> None:
    released = {**HELD, "README.md": b"# Tool\r\n"}

    result = traced(tmp_path, zip_of(released))

    assert result.answer is Traceable.YES
    assert result.line_ends == ("README.md",)


def test_what_packing_adds_does_not_count(tmp_path: Path) -> None:
    wheel = {"tool.py": HELD["src/tool.py"], "tool-1.dist-info/WHEEL": b"Wheel: 1\n"}

    result = traced(tmp_path, zip_of(wheel))

    assert result.answer is Traceable.YES
    assert result.made == ("tool-1.dist-info/WHEEL",)


@pytest.mark.parametrize(
    ("written_cfg", "answer"),
    [
        (b"[metadata]\nname = tool\n\n[egg_info]\ntag_build = \n", Traceable.YES),
        (b"[metadata]\nname = other\n\n[egg_info]\n", Traceable.NO),
        (b"\xff", Traceable.NO),
    ],
)
def test_setuptools_may_add_its_section_and_no_more(
    tmp_path: Path, written_cfg: bytes, answer: Traceable
) -> None:
    released = {**HELD, "setup.cfg": written_cfg, "PKG-INFO": b"Name: tool\n"}

    assert traced(tmp_path, tar_of(below("tool-1", released))).answer is answer


def test_a_commit_that_the_archive_names_itself_has_to_be_this_one(
    tmp_path: Path,
) -> None:
    this = traced(tmp_path, zip_of(HELD, COMMIT.encode()))
    other = traced(tmp_path, zip_of(HELD, b"d" * 40))

    assert (this.answer, other.answer) == (Traceable.YES, Traceable.NO)
    assert "d" * 40 in other.why


def test_names_by_different_hashes_are_not_compared(tmp_path: Path) -> None:
    """Proves that a repository of another kind is never one with other files."""
    artefact = unpack(written(tmp_path / "released", tar_of(HELD)))

    result = trace(artefact.listing(), "c" * 64, DictTree(dict(HELD)))

    assert result.answer is Traceable.CANNOT_TELL
    assert result.differ == ()


def test_what_could_not_be_unpacked_leaves_it_open(tmp_path: Path) -> None:
    packed = tar_of({**HELD, "../evil": b""})

    assert traced(tmp_path, packed).answer is Traceable.CANNOT_TELL


def test_an_archive_of_links_alone_leaves_it_open(tmp_path: Path) -> None:
    packed = tar_of({}, member("link", b"2", "README.md"))

    assert traced(tmp_path, packed).answer is Traceable.CANNOT_TELL
