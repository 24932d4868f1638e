# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A snapshot's files: read without checkout, scanned once, told when unreadable."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ossay.codec import digest_of_bytes
from ossay.model.candidate import Part
from ossay.model.tree import (
    BlobFacts,
    BlobUnreadable,
    EntryKind,
    Scanner,
    Tree,
    Unreadable,
    read_each,
)
from ossay.source import open_in_place, take_snapshot, tree_of
from tests.source.memory import Memory
from tests.source.repositories import (
    Executable,
    Files,
    Submodule,
    Symlink,
    commit,
    make_repository,
    run,
    write_commit,
    write_object,
    write_tree,
)

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def opened(made: Path, memory: Memory | None = None, path: str = "") -> Tree:
    """Open the tree of the branch main of *made*."""
    repository = open_in_place(made, made.parent / "ours")
    part = Part(name="whole", source_url="/somewhere", ref="main", path=path)
    snapshot = take_snapshot(repository, part, NOW)
    return tree_of(repository, snapshot, memory or Memory())


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What the scanner of these tests finds."""

    letters: int
    first: str


class Letters:
    """Counts letters, and how often it was called."""

    def __init__(self) -> None:
        self.seen: list[bytes] = []

    def __call__(self, content: bytes) -> Counted:
        self.seen.append(content)
        if content.startswith(b"BAD"):
            msg = "no good"
            raise ValueError(msg)
        return Counted(letters=len(content), first=content[:1].decode())


def scanner(scan: Letters, largest_bytes: int = 1_000) -> Scanner[Counted]:
    return Scanner(
        name="letters",
        version=digest_of_bytes(b"1"),
        kind=Counted,
        scan=scan,
        largest_bytes=largest_bytes,
    )


def scanned(
    tree: Tree, by: Scanner[Counted], paths: Iterable[str] | None = None
) -> list[tuple[str, Counted | Unreadable]]:
    return [(path, answer) for path, answer in tree.scan(by, paths)]


def test_every_kind_of_entry_is_told_apart(tmp_path: Path) -> None:
    made = make_repository(
        tmp_path,
        {
            "a.txt": b"text",
            "bin/run": Executable(b"#!/bin/sh\n"),
            "LICENSE": Symlink(b"/etc/passwd"),
            "vendor/lib": Submodule(),
        },
        bare=True,
    )

    tree = opened(made)

    assert [(e.path, e.kind, e.size_bytes) for e in tree.entries()] == [
        ("LICENSE", EntryKind.SYMLINK, 11),
        ("a.txt", EntryKind.FILE, 4),
        ("bin/run", EntryKind.EXECUTABLE, 10),
        ("vendor/lib", EntryKind.SUBMODULE, None),
    ]
    assert tree.paths() == ("a.txt", "bin/run")
    assert tree.read("bin/run") == b"#!/bin/sh\n"


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("LICENSE", "symbolic link"),
        ("out", "symbolic link"),
        ("loop", "symbolic link"),
        ("vendor/lib", "submodule"),
        ("nothing", "no such file"),
        ("a.txt/", "no such file"),
        ("./a.txt", "no such file"),
        ("../ours/HEAD", "no such file"),
        ("docs", "no such file"),
        ("", "no such file"),
    ],
)
def test_what_is_no_file_is_not_read(tmp_path: Path, path: str, why: str) -> None:
    made = make_repository(
        tmp_path,
        {
            "a.txt": b"text",
            "docs/b.txt": b"",
            "LICENSE": Symlink(b"/etc/passwd"),
            "out": Symlink(b"../../etc/shadow"),
            "loop": Symlink(b"loop"),
            "vendor/lib": Submodule(),
        },
        bare=True,
    )
    tree = opened(made)

    with pytest.raises(BlobUnreadable, match=why):
        tree.read(path)
    ((asked, answer),) = scanned(tree, scanner(Letters()), [path])

    assert asked == path
    assert isinstance(answer, Unreadable)
    assert why in answer.why


def test_an_lfs_pointer_is_the_small_text_that_it_is(tmp_path: Path) -> None:
    pointer = (
        b"version https://git-lfs.github.com/spec/v1\n"
        b"oid sha256:" + b"1" * 64 + b"\nsize 12345\n"
    )
    made = make_repository(
        tmp_path, {"LICENSE": pointer, ".gitattributes": b"LICENSE filter=lfs\n"}
    )

    assert opened(made).read("LICENSE") == pointer


def test_each_blob_is_scanned_once_however_many_paths_it_has(tmp_path: Path) -> None:
    made = make_repository(
        tmp_path, {"a": b"same", "b": b"other", "c/d": b"same"}, bare=True
    )
    letters, memory = Letters(), Memory()

    answers = scanned(opened(made, memory), scanner(letters))

    same = Counted(letters=4, first="s")
    assert answers == [
        ("a", same),
        ("b", Counted(letters=5, first="o")),
        ("c/d", same),
    ]
    assert letters.seen == [b"same", b"other"]
    assert (memory.asked, memory.told) == ([2], [2])


def test_what_is_remembered_is_not_read_again(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a": b"one", "b": b"two"}, bare=True)
    memory = Memory()
    before = scanned(opened(made, memory), scanner(Letters()))
    commit(made, {"b": b"three", "c": b"one"})
    letters = Letters()

    answers = dict(scanned(opened(made, memory), scanner(letters)))

    assert letters.seen == [b"three"]
    assert answers["a"] == answers["c"] == dict(before)["a"]


def test_a_new_version_of_a_scanner_looks_at_everything_again(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a": b"one"}, bare=True)
    memory, letters = Memory(), Letters()
    tree = opened(made, memory)
    scanned(tree, scanner(Letters()))
    newer = Scanner(
        name="letters", version=digest_of_bytes(b"2"), kind=Counted, scan=letters
    )

    scanned(tree, newer)

    assert letters.seen == [b"one"]


def test_a_scanner_that_fails_leaves_that_file_unreadable_and_unremembered(
    tmp_path: Path,
) -> None:
    made = make_repository(
        tmp_path, {"a": b"BAD", "b": b"good", "c": b"BAD"}, bare=True
    )
    memory, letters = Memory(), Letters()
    tree = opened(made, memory)

    answers = dict(scanned(tree, scanner(letters)))
    scanned(tree, scanner(letters))

    assert answers["a"] == answers["c"]
    assert isinstance(answers["a"], Unreadable)
    assert "letters failed: ValueError('no good')" in answers["a"].why
    assert letters.seen == [b"BAD", b"good", b"BAD"]


def test_answers_come_in_the_order_asked(tmp_path: Path) -> None:
    files = {f"{number:03}": b"%d" % number for number in range(50)}
    made = make_repository(tmp_path, files, bare=True)
    tree, memory = opened(made), Memory()
    some = ["040", "001", "nothing", "020", "001"]
    backwards = tree.paths()[::-1]

    answers = scanned(tree, scanner(Letters()), some)
    scanned(opened(made, memory), scanner(Letters()), some)
    every = scanned(opened(made, memory), scanner(Letters()), backwards)

    assert [path for path, _ in answers] == some
    assert answers[1] == answers[4] == ("001", Counted(letters=1, first="1"))
    assert [path for path, _ in every] == list(backwards)
    assert all(
        a == Counted(letters=len(str(int(p))), first=str(int(p))[0]) for p, a in every
    )


def test_a_caller_who_stops_early_keeps_what_was_found(tmp_path: Path) -> None:
    files = {f"{number:04}": b"%d" % number for number in range(2_000)}
    made = make_repository(tmp_path, files, bare=True)
    memory = Memory()
    answers = opened(made, memory).scan(scanner(Letters()))
    for _ in range(700):
        next(answers)

    answers.close()  # type: ignore[attr-defined]

    assert memory.told == [500, 200]


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a": b"x" * 1_001, "b": b"x" * 1_000}, bare=True)

    answers = dict(scanned(opened(made), scanner(Letters(), largest_bytes=1_000)))

    assert answers["a"] == Unreadable(why="it has 1001 bytes, more than 1000")
    assert isinstance(answers["b"], Counted)


def test_what_no_other_time_will_change_is_settled(tmp_path: Path) -> None:
    kinds: Files = {"link": Symlink(b"a"), "module": Submodule(), "a": b"x" * 1_001}
    tree = opened(make_repository(tmp_path, kinds, bare=True))

    scanned(tree, scanner(Letters()), ["link", "module", "a", "nothing"])

    assert tree.is_settled()


def test_megabytes_of_zeros_in_a_few_kilobytes_are_not_read(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"small": b"1"}, bare=True)
    zeros = tmp_path / "zeros"
    with zeros.open("wb") as file:
        file.truncate(50_000_000)
    oid = run(made, "-c", "core.compression=1", "hash-object", "-w", str(zeros))
    zeros.unlink()
    write_commit(made, write_tree(made, [(b"100644", b"zeros", oid)]))
    tree = opened(made)

    with pytest.raises(BlobUnreadable, match="50000000 bytes"):
        tree.read("zeros")
    ((_, answer),) = scanned(tree, scanner(Letters()))

    assert isinstance(answer, Unreadable)


def damage(made: Path, oid: str, how: str) -> None:
    """Spoil the loose object *oid*."""
    path = made / "objects" / oid[:2] / oid[2:]
    path.chmod(0o644)
    content = path.read_bytes()
    match how:
        case "gone":
            path.unlink()
        case "junk":
            path.write_bytes(b"junk")
        case "empty":
            path.write_bytes(b"")
        case "cut":
            path.write_bytes(content[: len(content) // 2])
        case "spoilt":
            path.write_bytes(content[:-20] + bytes(20))
        case "another":
            other = write_object(made, "blob", b"y" * 20_000)
            path.write_bytes((made / "objects" / other[:2] / other[2:]).read_bytes())


@pytest.mark.parametrize("how", ["gone", "junk", "empty", "cut", "spoilt", "another"])
def test_a_damaged_blob_is_unreadable_and_the_rest_is_read(
    tmp_path: Path, how: str
) -> None:
    made = make_repository(tmp_path, bare=True)
    noise = bytes(range(256)) * 80
    blobs = [write_object(made, "blob", b"%d" % n + noise) for n in range(5)]
    entries = [(b"100644", b"%d.txt" % n, oid) for n, oid in enumerate(blobs)]
    write_commit(made, write_tree(made, entries))
    damage(made, blobs[2], how)
    tree, memory = opened(made), Memory()
    tree.entries()
    at_first = tree.is_settled()

    answers = dict(scanned(tree, scanner(Letters(), largest_bytes=100_000)))
    again = dict(scanned(opened(made, memory), scanner(Letters(), 100_000)))

    bad = [path for path, answer in answers.items() if isinstance(answer, Unreadable)]
    assert bad == ["2.txt"]
    assert again == answers
    assert (("letters", digest_of_bytes(b"1"), blobs[2]) in memory.facts) is False
    with pytest.raises(BlobUnreadable, match=r"cannot read '2\.txt'"):
        tree.read("2.txt")
    assert tree.read("3.txt") == b"3" + noise
    assert at_first is (how in {"cut", "spoilt", "another"})  # its size is still known
    assert not tree.is_settled()


def test_files_can_be_read_in_any_order_and_again(
    tmp_path: Path,
) -> None:
    made = make_repository(tmp_path, {"a": b"1", "b": b"2", "c": b"3"}, bare=True)
    tree = opened(made)

    contents = [tree.read(path) for path in ("a", "b", "c", "a")]

    assert contents == [b"1", b"2", b"3", b"1"]


@pytest.mark.parametrize("how", ["gone", "spoilt", "another"])
def test_many_files_are_read_as_one_by_one(tmp_path: Path, how: str) -> None:
    noise = bytes(range(256)) * 80
    files = {f"{n}.txt": b"%d" % n + noise for n in range(4)}
    made = make_repository(tmp_path, {**files, "up": Symlink(b"..")}, bare=True)
    damage(made, write_object(made, "blob", files["1.txt"]), how)
    tree = opened(made)
    asked = ["2.txt", "1.txt", "up", "nothing", "0.txt", "2.txt"]

    many = list(read_each(tree, asked))

    assert many[0] == many[5] == files["2.txt"]
    assert many[4] == files["0.txt"]
    for path, content in zip(asked[1:4], many[1:4], strict=True):
        assert isinstance(content, Unreadable)
        with pytest.raises(BlobUnreadable) as one:
            tree.read(path)
        assert content.why == str(one.value)
    assert not tree.is_settled()


def test_a_part_of_a_monorepo_sees_its_folder_and_what_applies_to_it(
    tmp_path: Path,
) -> None:
    made = make_repository(
        tmp_path,
        {
            path: path.encode()
            for path in (
                ".github/workflows/ci.yml",
                ".reuse/dep5",
                ".editorconfig",
                "LICENSE",
                "LICENSES/MIT.txt",
                "README.md",
                "apps/README.md",
                "apps/client/index.js",
                "apps/server/LICENSE",
                "apps/server/src/main.py",
                "apps/server-tools/x.py",
                "apps/.hidden/x",
                "docs/index.md",
            )
        },
        bare=True,
    )

    tree = opened(made, path="apps/server")

    assert tree.paths() == (
        ".editorconfig",
        ".github/workflows/ci.yml",
        ".reuse/dep5",
        "LICENSE",
        "LICENSES/MIT.txt",
        "README.md",
        "apps/README.md",
        "apps/server/LICENSE",
        "apps/server/src/main.py",
    )
    assert tree.read("apps/server/src/main.py") == b"apps/server/src/main.py"
    with pytest.raises(BlobUnreadable, match="no such file"):
        tree.read("docs/index.md")


def test_names_that_are_no_utf8_or_hard_to_see_are_kept_apart(tmp_path: Path) -> None:
    made = make_repository(tmp_path, bare=True)
    names = [
        b"COM1",
        b"LICENSE",
        b"a\nb",
        b"aux.",
        b"license",
        b"x\xe2\x80\xaetxt.exe",
        b"\xe9t\xe9.txt",
        b"\xff",
    ]
    entries = [(b"100644", n, write_object(made, "blob", n)) for n in sorted(names)]
    write_commit(made, write_tree(made, entries))

    tree = opened(made)

    assert tree.paths() == (
        "COM1",
        "LICENSE",
        "a\nb",
        "aux.",
        "license",
        "x\u202etxt.exe",
        "\\xe9t\\xe9.txt",
        "\\xff",
    )
    assert [e.path for e in tree.entries() if not e.is_utf8] == [
        "\\xe9t\\xe9.txt",
        "\\xff",
    ]
    assert tree.read("\\xff") == b"\xff"
    assert tree.read("license") == b"license"


def test_sha256_trees_are_read(tmp_path: Path) -> None:
    made = make_repository(
        tmp_path, {"a/b": b"1", "c": b"2"}, bare=True, object_format="sha256"
    )

    tree = opened(made)

    assert [(p, tree.read(p)) for p in tree.paths()] == [("a/b", b"1"), ("c", b"2")]


def test_what_two_scanners_ask_of_a_blob_is_read_once(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a": b"one", "b": b"BAD"}, bare=True)
    letters, others, memory = Letters(), Letters(), Memory()
    other = Scanner(
        name="others", version=digest_of_bytes(b"1"), kind=Counted, scan=others
    )
    both = replace(scanner(letters), besides=other)

    scanned(opened(made, memory), both)
    answers = dict(scanned(opened(made, memory), other, ["a"]))

    assert others.seen == letters.seen == [b"one", b"BAD"]
    assert answers == {"a": Counted(letters=3, first="o")}


def test_files_of_which_the_same_is_known_share_one_answer(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a": b"one", "b": b"our"}, bare=True)
    memory = Memory()
    scanned(opened(made, memory), scanner(Letters()))

    (_, first), (_, second) = scanned(opened(made, memory), scanner(Letters()))

    assert first is second


def test_a_scanner_is_made_ready_only_for_what_is_to_be_read(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a": b"one"}, bare=True)
    memory, ready = Memory(), list[BlobFacts]()
    by = replace(scanner(Letters()), make_ready=ready.append)

    scanned(opened(made, memory), by)
    scanned(opened(made, memory), by)

    assert ready == [memory]
