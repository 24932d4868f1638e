# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What is in a tree, the odd ones included."""

import dataclasses

import pytest

from ossay.collect import contents, gather
from ossay.model.evidence import Gap, Item, Observation
from ossay.model.tree import LARGEST_BYTES
from tests.collect.trees import DictTree, given

POINTER = (
    "version https://git-lfs.github.com/spec/v1\n"
    "oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\n"
    "size 12345\n"
)
EXTENDED = POINTER.replace("oid", f"ext-0-foo sha256:{'a' * 64}\next-1-b x\noid", 1)


def test_files_links_and_submodules_are_counted_apart() -> None:
    tree = DictTree(
        {"a": "1", "run.sh": "2"},
        executable=["run.sh"],
        symlinks={"link": "a", "loop": "loop"},
        submodules=["vendor/lib"],
        unreadable={"gone.bin": "missing"},
    )

    seen = _answers(tree)

    assert seen["contents.files"].value == 3
    assert seen["contents.symlinks"].items == (
        Item(subject="link"),
        Item(subject="loop"),
    )
    assert seen["contents.submodules"].items == (
        Item(subject="vendor/lib", note=f"commit {'5' * 40}"),
    )


MODULES = """\
[submodule "lib"]
\tpath = vendor/lib
\turl = https://user:secret@example.org/lib.git
[submodule "odd"]
  URL = "../odd.git"
  path = "vendor/odd"
; [submodule "none"]
[submodule "lost"]
\turl = https://example.org/lost.git
"""


def test_submodules_are_named_with_their_addresses() -> None:
    tree = DictTree(
        {".gitmodules": MODULES}, submodules=["vendor/lib", "vendor/odd", "vendor/x"]
    )

    found = _answers(tree)["contents.submodules"]

    commit = "5" * 40
    assert found.items == (
        Item(
            subject="vendor/lib",
            note=f"kept at https://example.org/lib.git, commit {commit}",
        ),
        Item(subject="vendor/odd", note=f"kept at ../odd.git, commit {commit}"),
        Item(subject="vendor/x", note=f"commit {commit}"),
    )


def test_submodules_are_named_although_nobody_can_tell_their_addresses() -> None:
    tree = DictTree(
        {}, submodules=["vendor/lib"], unreadable={".gitmodules": "missing"}
    )

    found = _answers(tree)["contents.submodules"]

    assert found.items[0].note == f"commit {'5' * 40}"


def test_an_empty_tree_has_none_of_it() -> None:
    assert {a.value for a in _answers(DictTree({})).values()} == {0}


def test_a_missing_and_a_too_large_file_are_named() -> None:
    large = b"\0" * (LARGEST_BYTES + 1)
    tree = DictTree({"a": "1", "large": large}, unreadable={"gone": "missing"})

    found = _answers(tree)["contents.unreadable_files"]

    assert found.value == 2
    assert [i.subject for i in found.items] == ["gone", "large"]
    assert "20,000,001 bytes" in found.items[1].note


@pytest.mark.parametrize(
    ("content", "is_pointer"),
    [
        (POINTER, True),
        (POINTER.replace("\n", "\r\n"), True),
        (EXTENDED, True),
        (POINTER.replace("sha256", "md5"), False),
        ("see " + POINTER, False),
        ("version https://git-lfs.github.com/spec/v1\n" + "x" * 120, False),
    ],
)
def test_a_pointer_of_git_lfs_is_known_by_what_it_says(
    content: str, is_pointer: bool
) -> None:
    assert contents.is_lfs_pointer(content.encode()) is is_pointer


def test_only_files_that_may_be_pointers_are_read() -> None:
    tree = DictTree(
        {
            "LICENSE": POINTER,
            "short.txt": "x" * 99,
            "long.txt": "x" * 201,
            "just.txt": "x" * 200,
        }
    )

    found = _answers(tree)["contents.lfs_pointers"]

    assert found.items == (Item(subject="LICENSE"),)
    assert {path for _, path in tree.scanned} == {"LICENSE", "just.txt"}


def test_attributes_tell_where_longer_pointers_may_be() -> None:
    tree = DictTree(
        {
            ".gitattributes": "*.psd filter=lfs diff=lfs merge=lfs -text\n*.py text\n",
            "a.psd": EXTENDED,
            "b.py": EXTENDED,
        }
    )

    found = _answers(tree)["contents.lfs_pointers"]

    assert found.items == (Item(subject="a.psd"),)


def test_a_lost_attributes_file_may_name_any_file() -> None:
    tree = DictTree({"a.psd": EXTENDED}, unreadable={".gitattributes": "missing"})

    assert _answers(tree)["contents.lfs_pointers"].value == 1


def test_a_small_file_that_cannot_be_read_leaves_the_pointers_open() -> None:
    class Damaged(DictTree):
        def read(self, path: str) -> bytes:
            return super().read("is damaged" if path == "b" else path)

    answers, _ = gather(
        contents.COLLECTOR, given(Damaged({"a": POINTER, "b": "x" * 150}))
    )

    gap = next(a for a in answers if a.fact == "contents.lfs_pointers")
    assert isinstance(gap, Gap)
    assert [i.subject for i in gap.items] == ["b"]


@pytest.mark.parametrize(
    ("path", "note"),
    [
        ("cr\rlf", "holds the control character U+000D"),
        ("a\x85b", "holds the control character U+0085"),
        ("invoice\u202egnp.exe", "holds U+202E, which turns the direction of writing"),
        ("ad\u200bmin", "holds U+200B, which is not visible"),
        ("tag\U000e0041", "holds U+E0041, which is not visible"),
    ],
)
def test_names_that_deceive_are_named(path: str, note: str) -> None:
    found = _answers(DictTree({"plain": "", path: ""}))["contents.odd_names"]

    assert found.items == (Item(subject=path, note=note),)


def test_names_that_are_no_utf8_are_named() -> None:
    tree = DictTree({"caf\\xe9": "", "café": ""}, not_utf8=["caf\\xe9"])

    found = _answers(tree)["contents.odd_names"]

    assert found.items == (Item(subject="caf\\xe9", note="is not valid UTF-8"),)


def test_names_that_only_differ_in_case_are_named() -> None:
    tree = DictTree({"LICENSE": "", "license": "", "Straße": ""}, symlinks={"ß": "x"})

    found = _answers(tree)["contents.odd_names"]

    assert [(i.subject, i.note) for i in found.items] == [
        ("LICENSE", "differs from 'license' in upper and lower case only"),
        ("license", "differs from 'LICENSE' in upper and lower case only"),
    ]


@pytest.mark.parametrize(
    "path", ["قائمة\u200cها", "क्\u200dष", "日本語", "ñandú", "a b"]
)
def test_names_in_any_script_are_not_odd(path: str) -> None:
    assert _answers(DictTree({path: ""}))["contents.odd_names"].value == 0


def test_of_a_folder_only_what_lies_in_it_counts() -> None:
    tree = DictTree({"README.md": "", "server/main.c": "", "servers.txt": ""})
    whole = given(tree)
    snapshot = dataclasses.replace(whole.snapshot, path="server")

    answers, _ = gather(
        contents.COLLECTOR, dataclasses.replace(whole, snapshot=snapshot)
    )

    assert answers[0] == contents.FILES.found(1)


def _answers(tree: DictTree) -> dict[str, Observation]:
    answers, _ = gather(contents.COLLECTOR, given(tree))
    return {a.fact: a for a in answers if isinstance(a, Observation)}
