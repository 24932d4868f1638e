# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What stood in earlier commits is told by kind, path, line and commit, never itself.

Those planted here are made up, and put together so that no scanner finds them here.
"""

import json
import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ossay import source
from ossay.collect import secrets_before
from ossay.collect._gathering import gather
from ossay.collect.secrets_before import additions, searching
from ossay.collect.secrets_before.additions import gathered
from ossay.model.candidate import Part
from ossay.model.collector import Given, Table
from ossay.model.digest import Digest
from ossay.model.earlier import Brought, Stretch
from ossay.model.evidence import Answered, Disclosure, Gap, Item, Observation, Tool
from ossay.model.toolbox import Said, Toolbox, ToolSilent
from ossay.model.tree import BlobFacts, Tree
from ossay.sandbox.toolbox import Tools
from tests.collect.trees import MemoryFacts
from tests.source.repositories import commit, make_repository, run
from tests.tools import NoVisits

TOKEN = "ghp_" + "aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xYz"
OTHER = "ghp_" + "zY3xW5vU7tS9rQ1pO3nM5lK7jI9hG1fE3dCb"
LINE = f'token = "{TOKEN}"\n'.encode()
OTHER_LINE = f'token = "{OTHER}"\n'.encode()
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Grep(NoVisits):
    """A toolbox whose tool looks for tokens of one kind in what it is handed."""

    handed: list[dict[str, bytes]] = field(default_factory=list)
    left_out: tuple[Item, ...] = ()
    silent: str = ""

    def tool(self, name: str) -> Tool:
        return Tool(name=name, version="1")

    def version(self, name: str) -> Digest:
        return Digest(name)

    def ask(self, name: str, question: str, tree: Tree, paths: Iterable[str]) -> Said:
        if self.silent:
            raise ToolSilent(self.silent)
        sizes = {entry.path: entry.size_bytes for entry in tree.entries()}
        files = {path: tree.read(path) for path in paths}
        assert all(sizes[path] == len(text) for path, text in files.items())
        self.handed.append(files)
        findings = [
            {
                "rule": {"name": "github-pat"},
                "finding": {
                    "snippet": found,
                    "line": number,
                    "path": f"/files/{path}",
                    "confidence": "high",
                },
            }
            for path, text in files.items()
            for number, line in enumerate(text.decode().split("\n"), 1)
            for found in re.findall(r"ghp_\w{36}", line)
        ]
        summary = {"scan_failed": 0, "scan_partial": 0, "pending": 0}
        told = {"findings": findings, "audit": {"summary": summary}}
        return Said(text=json.dumps(told).encode(), left_out=self.left_out)

    def is_settled(self) -> bool:
        return True


def given(
    made: Path, toolbox: Toolbox, memory: BlobFacts | None = None, folder: str = ""
) -> Given:
    """Return what a collector is given about the branch main of *made*."""
    repository = source.open_in_place(made, made.parent / "ours")
    part = Part(name="whole", source_url="/somewhere", ref="main", path=folder)
    snapshot = source.take_snapshot(repository, part, NOW)
    memory = MemoryFacts() if memory is None else memory
    return Given(
        snapshot=snapshot,
        tree=source.tree_of(repository, snapshot, memory),
        history=source.history_of(repository, snapshot),
        earlier=source.earlier_of(repository, snapshot, memory),
        memory=memory,
        toolbox=toolbox,
        history_versions=1_000,
    )


def answers_of(asked: Given) -> tuple[dict[str, Answered], tuple[Table, ...]]:
    answered, tables = gather(secrets_before.COLLECTOR, asked)
    return {each.fact.removeprefix("secrets."): each for each in answered}, tables


def observed(answers: dict[str, Answered], name: str) -> Observation:
    answer = answers[name]
    assert isinstance(answer, Observation), answer
    return answer


def test_what_was_taken_out_is_told_with_the_commit_that_brought_it(
    tmp_path: Path,
) -> None:
    made = make_repository(tmp_path, {"a.py": b"1\n2\n3\n4\n5\n6\n"})
    brought = commit(made, {"a.py": b"1\n2\n3\n4\n5\n6\n" + LINE + b"7\n"})
    commit(made, {"a.py": b"1\n", "b.py": LINE, "tests/c.py": OTHER_LINE})
    commit(made, {"b.py": None, "tests/c.py": None})

    answers, (table,) = answers_of(given(made, Grep()))

    (item,) = observed(answers, "in_history").items
    assert (item.subject, item.line) == ("a.py", 7)
    assert f"with commit {brought[:12]}; in 1 other file too" in item.note
    assert "github-pat, confidence high, fingerprint " in item.note
    (aside,) = observed(answers, "in_history_set_aside").items
    assert aside.subject == "tests/c.py"
    assert observed(answers, "unsearched_commits").value == 0
    assert observed(answers, "in_history").missed == ""
    assert table.rows[0][:3] == ("a.py", "7", brought)
    assert TOKEN not in repr((answers, table))


def test_what_still_stands_in_a_file_is_told_of_the_files_and_not_here(
    tmp_path: Path,
) -> None:
    made = make_repository(tmp_path, {"a.py": LINE})
    commit(made, {"a.py": None, "moved.py": b"more\n" + LINE})

    answers, (table,) = answers_of(given(made, Grep()))

    assert observed(answers, "in_history").value == 0
    assert {row[-2] for row in table.rows} == {"yes"}


def test_a_later_commit_lets_only_what_it_brought_be_searched(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a.py": LINE, "b.py": b"b"})
    commit(made, {"a.py": b"nothing\n"})
    memory, grep = MemoryFacts(), Grep()
    before = answers_of(given(made, grep, memory))
    grep.handed.clear()

    assert answers_of(given(made, grep, memory)) == before
    assert grep.handed == []
    commit(made, {"b.py": b"b\n" + OTHER_LINE})
    commit(made, {"b.py": b"b"})
    answers, _ = answers_of(given(made, grep, memory))

    (handed,) = grep.handed  # the files are as they were
    assert list(handed) == ["0/b.py"]
    assert observed(answers, "in_history").value == 2


def deep(made: Path, versions: int, memory: MemoryFacts, grep: Grep) -> Given:
    return replace(given(made, grep, memory), history_versions=versions)


def test_a_long_history_is_searched_as_far_back_as_is_wanted(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"old.py": LINE})
    commit(made, {"old.py": b"1", "b.py": b"2"})
    commit(made, {"new.py": OTHER_LINE})
    commit(made, {"new.py": None})
    memory, grep = MemoryFacts(), Grep()

    one, _ = answers_of(deep(made, 1, memory, grep))
    commit(made, {"c.py": b"3"})
    two, _ = answers_of(deep(made, 1, memory, grep))
    handed = len(grep.handed)
    again, _ = answers_of(deep(made, 1, memory, grep))

    assert observed(one, "in_history").value == 1
    assert observed(one, "unsearched_commits").value == 2
    assert observed(one, "in_history").missed.startswith("2 of 4 commits")
    assert observed(two, "unsearched_commits").value == 2
    assert again == two
    assert len(grep.handed) == handed


@pytest.mark.parametrize("at_once", [1, 2, 25_000])
def test_further_back_only_what_is_missing_is_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    made = make_repository(tmp_path, {"old.py": LINE})
    commit(made, {"old.py": b"1", "b.py": b"2"})
    commit(made, {"new.py": OTHER_LINE})
    commit(made, {"new.py": None})
    monkeypatch.setattr(searching, "VERSIONS_AT_ONCE", at_once)
    memory, grep = MemoryFacts(), Grep()
    answers_of(deep(made, 1, memory, grep))

    before = len(grep.handed)
    further, _ = answers_of(deep(made, 1_000, memory, grep))
    anew = MemoryFacts()
    anew.kept.update(
        {key: kept for key, kept in memory.kept.items() if "salt" in key[0]}
    )
    whole, _ = answers_of(deep(made, 1_000, anew, Grep()))

    handed = b"".join(text for told in grep.handed[before:] for text in told.values())
    assert LINE.strip() in handed
    assert OTHER.encode() not in handed
    assert observed(further, "unsearched_commits").value == 0
    assert observed(further, "in_history").value == 2
    assert observed(further, "in_history").missed == ""
    assert observed(whole, "in_history") == observed(further, "in_history")


def test_where_no_history_is_to_be_searched_everything_is_open(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a.py": LINE})

    answers, _ = answers_of(deep(made, 0, MemoryFacts(), Grep()))

    assert all(isinstance(answer, Gap) for answer in answers.values())


def test_what_a_merge_brought_and_neither_side_had_is_found(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a": b"1"})
    commit(made, {"a": b"2"})
    run(made, "branch", "side", "main~1")
    run(made, "checkout", "-q", "side")
    (made / "side").write_text("x")
    run(made, "add", ".")
    run(made, "commit", "-q", "-m", "side")
    run(made, "checkout", "-q", "main")
    run(made, "merge", "-q", "--no-commit", "--no-ff", "side")
    (made / "a").write_bytes(LINE)
    run(made, "add", ".")
    run(made, "commit", "-q", "-m", "merged")
    commit(made, {"a": b"3"})

    answers, _ = answers_of(given(made, Grep()))

    assert observed(answers, "in_history").value == 1


def test_a_new_key_below_an_old_heading_is_handed_over_with_the_heading(
    tmp_path: Path,
) -> None:
    head, end = b"-----BEGIN KEY-----\n", b"-----END KEY-----\n"
    made = make_repository(tmp_path, {"k": b"x\n" * 9 + head + b"old\n" + end})
    commit(made, {"k": b"x\n" * 9 + head + b"new\n" + end})
    asked = given(made, Grep())
    assert asked.earlier is not None
    brought = asked.earlier.brought([Stretch(tips=(asked.snapshot.commit,))], 1, 1)
    assert isinstance(brought, Brought)

    added = gathered(asked.earlier, brought.versions)

    (text,) = added.files.values()
    assert head + b"new\n" + end in text
    assert b"old" not in text
    line = text[: text.index(b"new")].count(b"\n") + 1
    assert added.whence("0/k", line) == (brought.versions[0], 11)


@pytest.mark.parametrize("name", ["a\nb", "a\\b", "..x", "ü/a b.py", "x" * 200])
def test_files_of_any_name_are_searched(tmp_path: Path, name: str) -> None:
    made = make_repository(tmp_path, {"a": b"1"}, bare=True)
    written = f'"{name}"'.replace("\\", "\\\\").replace("\n", "\\n")
    commit(made, {written if set(name) & set("\n\\") else name: LINE})
    commit(made, {written if set(name) & set("\n\\") else name: b"nothing"})

    answers, _ = answers_of(given(made, Grep()))

    assert [i.subject for i in observed(answers, "in_history").items] == [name]


def test_what_was_a_file_and_is_a_folder_is_searched_as_both(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a": LINE})
    commit(made, {"a": None})
    commit(made, {"a/b": OTHER_LINE})
    commit(made, {"a/b": None})

    answers, _ = answers_of(given(made, Grep()))

    found = observed(answers, "in_history")
    assert {item.subject for item in found.items} == {"a", "a/b"}


def test_text_in_utf_16_is_searched_and_what_is_no_text_is_not(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a.txt": LINE.decode().encode("utf-16")})
    commit(made, {"a.txt": None, "b.bin": b"\0" + OTHER_LINE})
    commit(made, {"b.bin": None})

    answers, _ = answers_of(given(made, Grep()))

    found = [item.subject for item in observed(answers, "in_history").items]
    assert found == ["a.txt"]
    assert observed(answers, "unread_versions").value == 0


def test_what_is_too_large_or_missing_is_counted_and_nothing_is_complete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(additions, "LARGEST_VERSION", 1_000)
    made = make_repository(tmp_path, {"large": b"x" * 1_001, "missing": b"gone"})
    commit(made, {"large": None, "missing": None, "a.py": LINE})
    commit(made, {"a.py": b"nothing"})
    name = run(made, "rev-parse", "main~2:missing")
    lose(made, name)

    answers, _ = answers_of(given(made, Grep()))

    found = observed(answers, "in_history")
    assert found.value == 1
    assert found.missed == "earlier versions of files that could not be searched: 2"
    unread = [item.subject for item in observed(answers, "unread_versions").items]
    assert unread == ["large", "missing"]


def lose(made: Path, name: str) -> None:
    """Take an object away, as a partial clone does."""
    objects = made / ".git/objects"
    packs = [(pack, pack.read_bytes()) for pack in objects.glob("pack/*.pack")]
    for pack, _ in packs:
        pack.unlink()
        pack.with_suffix(".idx").unlink()
    for _, content in packs:
        run(made, "unpack-objects", "-q", told=content)
    (objects / name[:2] / name[2:]).unlink()


def test_more_text_than_is_gathered_at_once_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(additions, "MOST_TEXT", 5)
    made = make_repository(tmp_path, {"a": b"many letters", "b": b"more letters"})

    answers, _ = answers_of(given(made, Grep()))

    assert observed(answers, "unread_versions").value == 1
    assert observed(answers, "in_history").missed


def test_what_the_tool_could_not_be_handed_is_counted(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a": b"1"})
    grep = Grep(left_out=(Item(subject="0/a", note="no room"),))

    answers, _ = answers_of(given(made, grep))

    unread = [item.subject for item in observed(answers, "unread_versions").items]
    assert unread == ["a"]


def test_a_shallow_clone_leaves_everything_open(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a": LINE})
    commit(made, {"a": b"1"})
    run(tmp_path, "clone", "-q", "--depth=1", f"file://{made}", "shallow")

    answers, tables = answers_of(given(tmp_path / "shallow", Grep()))

    assert all(isinstance(each, Gap) for each in answers.values())
    assert tables == ()


@pytest.mark.parametrize("lacking", ["toolbox", "history", "earlier", "memory"])
def test_without_what_it_needs_everything_is_open(tmp_path: Path, lacking: str) -> None:
    asked = given(make_repository(tmp_path, {"a": b"1"}), Grep())

    answers, _ = answers_of(replace(asked, **{lacking: None}))  # type: ignore[arg-type] # may be None

    assert all(isinstance(each, Gap) for each in answers.values())


def test_a_tool_that_gives_no_answer_leaves_everything_open_and_nothing_is_kept(
    tmp_path: Path,
) -> None:
    made, memory = make_repository(tmp_path, {"a": LINE}), MemoryFacts()

    answers, _ = answers_of(given(made, Grep(silent="kingfisher fell over"), memory))

    assert answers["in_history"] == secrets_before.IN_HISTORY.unknown(
        "kingfisher fell over"
    )
    assert not any(name == "secrets.before" for name, *_ in memory.kept)


def test_of_a_part_only_the_history_of_its_folder_is_searched(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"in/a": LINE, "out/a": OTHER_LINE})
    commit(made, {"in/a": b"1", "out/a": b"1"})

    answers, _ = answers_of(given(made, Grep(), folder="in"))

    assert [i.subject for i in observed(answers, "in_history").items] == ["in/a"]


def test_nothing_that_is_told_may_be_shown_in_public() -> None:
    counts = {secrets_before.UNSEARCHED_COMMITS, secrets_before.UNREAD_VERSIONS}

    named = set(secrets_before.FACTS) - counts

    assert {fact.disclosure for fact in named} == {Disclosure.RESTRICTED}


@pytest.mark.engine
def test_the_real_tool_finds_what_was_taken_out_and_it_is_nowhere_in_what_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, ready_tools: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    made = make_repository(tmp_path, {"src/a.py": b"x = 1\n" + LINE})
    commit(made, {"src/a.py": b"x = 1\n"})
    memory = MemoryFacts()

    answers, (table,) = answers_of(given(made, Tools(kept=ready_tools), memory))

    (item,) = observed(answers, "in_history").items
    assert (item.subject, item.line) == ("src/a.py", 2)
    told = repr((answers, table, caplog.text, memory.kept))
    assert TOKEN[4:20] not in told
