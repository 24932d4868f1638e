# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Secrets are told by kind, path and line, and are themselves nowhere in what is told.

Those planted here are made up, and put together so that no scanner finds them here.
"""

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from ossay import codec
from ossay.collect import secrets
from ossay.collect._gathering import gather
from ossay.collect.secrets.fingerprints import fingerprint, salt_of
from ossay.collect.secrets.places import LEFT, SecretPlace
from ossay.model.collector import Table
from ossay.model.digest import Digest
from ossay.model.evidence import (
    Answered,
    Disclosure,
    Gap,
    Inapplicable,
    Item,
    Observation,
    Tool,
)
from ossay.model.toolbox import Said, Toolbox, ToolSilent
from ossay.model.tree import BlobFacts, Tree
from ossay.sandbox.kingfisher import FOUND, KINGFISHER, OTHERS
from ossay.sandbox.toolbox import Tools
from tests.collect.trees import DictTree, MemoryFacts, given
from tests.tools import NoVisits

TOKEN = "ghp_" + "aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xYz"
OTHER = "ghp_" + "zY3xW5vU7tS9rQ1pO3nM5lK7jI9hG1fE3dCb"
LINE = f'token = "{TOKEN}"'


@pytest.fixture(autouse=True)
def _compile_rules_once(ready_tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.Tools", partial(Tools, kept=ready_tools))


def answers_of(
    tree: DictTree, toolbox: Toolbox | None = None, memory: BlobFacts | None = None
) -> tuple[dict[str, Answered], tuple[Table, ...]]:
    asked = replace(
        given(tree), toolbox=toolbox or Tools(), memory=memory or MemoryFacts()
    )
    answered, tables = gather(secrets.COLLECTOR, asked)
    return {each.fact.removeprefix("secrets."): each for each in answered}, tables


def observed(answers: dict[str, Answered], name: str) -> Observation:
    answer = answers[name]
    assert isinstance(answer, Observation), answer
    return answer


@pytest.mark.engine
def test_secrets_are_found_and_are_nowhere_in_what_is_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    tree = DictTree(
        {
            "src/a.py": f"first = 1\n{LINE}\n",
            "src/b.py": LINE,
            "src/told.py": f'token = "{OTHER}"  # gitleaks:allow\n',
            "src/own.py": f'token = "{OTHER}"  # kingfisher:ignore\n',
            "tests/c.py": LINE,
            ".env.example": f"TOKEN={TOKEN}\n",
            "README.md": "nothing\n",
            ".gitignore": "src\n",
            ".ignore": "src\n",
            "kingfisher.yaml": "exclude: [src]\n",
        },
        unreadable={"src/missing.py": "not here"},
    )

    answers, (table,) = answers_of(tree)

    found = observed(answers, "found")
    assert [(i.subject, i.line) for i in found.items] == [
        ("src/a.py", 2),
        ("src/b.py", 1),
        ("src/own.py", 1),
        ("src/told.py", 1),
    ]
    assert found.missed
    aside = [item.subject for item in observed(answers, "set_aside").items]
    assert aside == [".env.example", "tests/c.py"]
    suppressed = [item.subject for item in observed(answers, "suppressed").items]
    assert suppressed == ["src/own.py", "src/told.py"]
    assert observed(answers, "unread_files").value == 1
    names = {row[0]: row[4] for row in table.rows}
    assert names["src/a.py"] == names["src/b.py"] == names["tests/c.py"] != ""
    assert names["src/a.py"] != names["src/own.py"] == names["src/told.py"]
    told = repr((answers, table, caplog.text))
    assert TOKEN[4:20] not in told
    assert OTHER[4:20] not in told


def finding(
    path: str = "/elsewhere/files/src/a.py", **changed: object
) -> dict[str, object]:
    """Return a finding in the shape of kingfisher 2.14.0."""
    return {
        "rule": {"name": "github-pat", "id": "betterleaks.github-pat"},
        "finding": {
            "snippet": TOKEN,
            "confidence": "high",
            "line": 2,
            "path": path,
            "validate_command": f"kingfisher validate {TOKEN}",
        }
        | changed,
    }


def report(*findings: dict[str, object], **summary: int) -> bytes:
    done = {"scan_failed": 0, "scan_partial": 0, "pending": 0} | summary
    return json.dumps({"findings": findings, "audit": {"summary": done}}).encode()


class Sayer(NoVisits):
    """A toolbox whose tool says one thing, or is not there."""

    def __init__(
        self,
        text: bytes | None,
        left: bytes | None = None,
        *,
        left_out: tuple[Item, ...] = (),
        version: str = "1",
    ) -> None:
        self._said = {LEFT: left}
        self._text = text
        self._left_out = left_out
        self._version = version
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def says(self, text: bytes) -> None:
        """Let it say *text* from now on."""
        self._text = text

    def tool(self, name: str) -> Tool:
        return Tool(name=name, version=self._version)

    def version(self, name: str) -> Digest:
        return Digest(f"{name} {self._version}")

    def ask(self, name: str, question: str, tree: Tree, paths: Iterable[str]) -> Said:
        self.asked.append((question, tuple(paths)))
        text = self._said.get(question, self._text)
        if text is None:
            raise ToolSilent(f"{name} is not installed", left_out=self._left_out)
        return Said(text=text, left_out=self._left_out)

    def is_settled(self) -> bool:
        return True


TREE = DictTree({"src/a.py": f"\n{LINE}\n", "src/b.py": "b"})


def test_nothing_found_is_zeros() -> None:
    answers, (table,) = answers_of(TREE, Sayer(report()))

    assert {observed(answers, name).value for name in answers} == {0}
    assert table.rows == ()


def test_a_place_is_told_with_its_kind_and_without_the_secret() -> None:
    answers, (table,) = answers_of(TREE, Sayer(report(finding())))

    (item,) = observed(answers, "found").items
    assert (item.subject, item.line) == ("src/a.py", 2)
    assert item.note.startswith("github-pat, confidence high, fingerprint ")
    assert table.rows[0][-1] == "restricted"
    assert TOKEN not in repr((answers, table))


def test_comments_are_asked_about_only_where_there_are_any() -> None:
    toolbox = Sayer(report(finding()))

    answers_of(TREE, toolbox)

    assert [question for question, _ in toolbox.asked] == ["places"]


def test_a_file_is_looked_at_once_for_as_long_as_it_stays_as_it_is() -> None:
    toolbox, memory = Sayer(report(finding())), MemoryFacts()
    answers_of(TREE, toolbox, memory)
    changed = DictTree({"src/a.py": f"\n{LINE}\n", "src/b.py": "c", "d.py": "b"})
    toolbox.says(report())

    answers, (table,) = answers_of(changed, toolbox, memory)

    assert toolbox.asked[-1] == ("places", ("d.py", "src/b.py"))
    assert observed(answers, "found").value == 1
    assert table.rows[0][0] == "src/a.py"


def test_where_nothing_is_new_the_tool_is_not_run() -> None:
    toolbox, memory = Sayer(report(finding())), MemoryFacts()
    first = answers_of(TREE, toolbox, memory)

    assert answers_of(TREE, toolbox, memory) == first
    assert len(toolbox.asked) == 1


def test_another_version_of_the_tool_looks_at_everything() -> None:
    memory = MemoryFacts()
    answers_of(TREE, Sayer(report(finding())), memory)
    newer = Sayer(report(), version="2")

    answers, _ = answers_of(TREE, newer, memory)

    assert newer.asked == [("places", ("src/a.py", "src/b.py"))]
    assert observed(answers, "found").value == 0


def test_a_file_that_could_not_be_read_is_asked_about_again() -> None:
    memory = MemoryFacts()
    left_out = (Item(subject="src/b.py", note="it is missing"),)
    answers_of(TREE, Sayer(report(finding()), left_out=left_out), memory)
    silent = Sayer(None, left_out=left_out)

    answers, _ = answers_of(TREE, silent, memory)

    assert silent.asked == [("places", ("src/b.py",))]
    assert observed(answers, "found").value == 1
    assert observed(answers, "found").missed
    assert observed(answers, "unread_files").value == 1


def test_where_no_file_at_all_could_be_read_everything_is_open() -> None:
    left_out = (Item(subject="src/a.py", note="it is missing"),)

    answers, _ = answers_of(TREE, Sayer(None, left_out=left_out))

    assert all(isinstance(each, Gap) for each in answers.values())


def test_what_is_remembered_does_not_hold_the_secret() -> None:
    memory = MemoryFacts()

    answers_of(TREE, Sayer(report(finding())), memory)

    assert any(b"github-pat" in kept for kept in memory.kept.values())
    assert not any(TOKEN[4:20].encode() in kept for kept in memory.kept.values())


def test_a_second_look_that_fails_leaves_open_only_what_it_would_tell() -> None:
    tree = DictTree({"src/a.py": f"\n{LINE} # kingfisher:ignore\n"})

    answers, _ = answers_of(tree, Sayer(report(finding()), left=None))

    assert observed(answers, "found").value == 1
    assert isinstance(answers["suppressed"], Gap)


@pytest.mark.parametrize(
    "text",
    [
        report(finding(snippet=None)),
        report(finding(line=TOKEN)),
        report(finding(confidence=TOKEN + "\n")),
        report(finding(path=f"/elsewhere/{TOKEN}")),
        report({"rule": {}, "finding": {}}),
        report({"rule": TOKEN}),
        report(scan_failed=1),
        report(scan_partial=1),
        report(pending=1),
        b'{"findings": [], "audit": {}}',
        b'{"findings": 3, "audit": []}',
    ],
)
def test_what_is_not_understood_or_not_whole_is_a_gap_without_the_secret(
    text: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    answers, tables = answers_of(TREE, Sayer(text))

    assert all(isinstance(each, Gap) for each in answers.values())
    assert tables == ()
    assert TOKEN not in repr(answers) + caplog.text


def test_a_missing_tool_leaves_all_facts_open_and_is_named() -> None:
    answers, _ = answers_of(TREE, Sayer(None))

    assert all(isinstance(each, Gap) for each in answers.values())
    assert "kingfisher is not installed" in str(answers["found"])


def test_without_tools_everything_is_open() -> None:
    answered, _ = gather(secrets.COLLECTOR, given(TREE))

    assert all(isinstance(each, Gap) for each in answered)


def test_without_files_the_questions_do_not_arise() -> None:
    answers, _ = answers_of(DictTree({}), Sayer(report()))

    assert all(isinstance(each, Inapplicable) for each in answers.values())


def test_evidence_of_one_register_stays_the_same_and_differs_from_anothers() -> None:
    def digest(memory: BlobFacts) -> str:
        answers, _ = answers_of(TREE, Sayer(report(finding())), memory)
        said = codec.to_json(observed(answers, "found"))
        return codec.digest_of_bytes(said)

    memory = MemoryFacts()

    assert digest(memory) == digest(memory)
    assert digest(memory) != digest(MemoryFacts())


def test_a_fingerprint_cannot_be_told_from_the_secret_alone() -> None:
    one, two = salt_of(MemoryFacts()), salt_of(MemoryFacts())

    assert one != two
    assert fingerprint(TOKEN, one) != fingerprint(TOKEN, two)
    assert fingerprint(TOKEN, one) != fingerprint(OTHER, one)


class SecondOfTwo(MemoryFacts):
    """A memory in which another process keeps its salt just before ours."""

    def keep(self, scanner: str, version: Digest, facts: Mapping[str, bytes]) -> None:
        super().keep(scanner, version, dict.fromkeys(facts, b"of another"))


def test_of_two_salts_made_at_once_the_first_is_everyones() -> None:
    assert salt_of(SecondOfTwo()) == b"of another"


@pytest.mark.parametrize(
    ("path", "is_set_aside"),
    [
        ("src/settings.py", False),
        ("ansible/README.md", False),
        ("config/latest.yml", False),
        ("src/testing-ground/key.pem", False),
        ("tests/key.pem", True),
        ("src/app.test.ts", True),
        ("src/test.utils.ts", True),
        (".env.example", True),
        (".env.test", True),
        ("config/settings.sample.yml", True),
        ("examples/a.py", True),
        ("vendor/lib/key.pem", True),
    ],
)
def test_tests_and_examples_are_told_apart(path: str, *, is_set_aside: bool) -> None:
    place = SecretPlace(path=path, line=1, rule="x", confidence="high", fingerprint="")

    assert place.is_set_aside is is_set_aside


def test_a_secret_is_never_tried_at_its_service() -> None:
    for question in KINGFISHER.questions.values():
        words = question.words(Path("/files"), Path("/scratch"))
        assert "--no-validate" in words
        assert "--no-update-check" in words
        assert FOUND in question.statuses


def test_a_file_with_any_comment_that_the_tool_heeds_is_looked_at_twice() -> None:
    for comment in (*OTHERS, "kingfisher:ignore"):
        assert any(each.decode() in comment for each in secrets.COMMENTS)


def test_places_of_secrets_are_told_to_nobody_else() -> None:
    named = {fact for fact in secrets.FACTS if fact.name != "secrets.unread_files"}

    assert {fact.disclosure for fact in named} == {Disclosure.RESTRICTED}
