# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Weaknesses of workflows, as the real tool tells of files that are made here."""

import json
from collections.abc import Iterable
from dataclasses import replace

import pytest

from ossay.collect import workflows
from ossay.collect._gathering import gather
from ossay.model.collector import Table
from ossay.model.digest import Digest
from ossay.model.evidence import (
    Answered,
    Disclosure,
    Gap,
    Inapplicable,
    Observation,
    Tool,
)
from ossay.model.toolbox import Said, Toolbox, ToolSilent
from ossay.model.tree import Tree
from ossay.sandbox.toolbox import Tools
from tests.collect.trees import DictTree, given
from tests.tools import NoVisits

CI = ".github/workflows/ci.yml"
SOUND = """\
on: push
permissions: {}
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: make test
"""
DANGEROUS = """\
on: pull_request_target
jobs:
  greet:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: echo ${{ github.event.pull_request.title }}
"""
RULES_SEEN = {
    "dangerous-triggers": 1,
    "excessive-permissions": 3,
    "artipacked": 6,
    "unpinned-uses": 6,
    "template-injection": 7,
}


def answers_of(
    tree: DictTree, toolbox: Toolbox | None = None
) -> tuple[dict[str, Answered], tuple[Table, ...]]:
    asked = replace(given(tree), toolbox=toolbox or Tools())
    answered, tables = gather(workflows.COLLECTOR, asked)
    return {each.fact.removeprefix("workflows."): each for each in answered}, tables


def observed(answers: dict[str, Answered], name: str) -> Observation:
    answer = answers[name]
    assert isinstance(answer, Observation), answer
    return answer


@pytest.mark.engine
def test_a_workflow_without_weaknesses_gives_zeros() -> None:
    answers, (table,) = answers_of(DictTree({CI: SOUND}))

    values = {name: observed(answers, name).value for name in answers}
    assert values == dict.fromkeys(values, 0)
    assert not any(observed(answers, name).missed for name in answers)
    assert table.rows == ()


@pytest.mark.engine
@pytest.mark.parametrize(
    "path",
    [
        CI,
        ".github/workflows/ci.yaml",
        ".forgejo/workflows/a.yml",
        ".gitea/workflows/a.yml",
    ],
)
def test_each_weakness_is_told_with_its_path_and_line(path: str) -> None:
    answers, (table,) = answers_of(DictTree({path: DANGEROUS}))

    assert {(row[2], int(row[1])) for row in table.rows} == set(RULES_SEEN.items())
    assert observed(answers, "findings").value == len(RULES_SEEN)
    assert observed(answers, "dangerous").value == 2
    assert observed(answers, "excessive_permissions").value == 1
    assert observed(answers, "exposed_credentials").value == 1
    assert observed(answers, "suppressed").value == 0
    (unpinned,) = observed(answers, "unpinned").items
    assert (unpinned.subject, unpinned.line) == (path, 6)
    assert "unpinned-uses; severity high" in unpinned.note


@pytest.mark.engine
def test_text_that_only_the_project_writes_is_no_danger_but_is_told() -> None:
    text = SOUND.replace("make test", "echo ${{ steps.before.outputs.name }}")

    answers, (table,) = answers_of(DictTree({CI: text}))

    assert [row[2] for row in table.rows] == ["template-injection"]
    assert table.rows[0][3] in {"low", "informational"}
    assert observed(answers, "dangerous").value == 0


@pytest.mark.engine
def test_text_and_code_of_strangers_are_told_apart() -> None:
    answers, _ = answers_of(DictTree({CI: DANGEROUS}))

    assert observed(answers, "text_of_strangers").value == 1
    assert observed(answers, "code_of_strangers").value == 1
    assert observed(answers, "text_in_commands").value == 1


@pytest.mark.engine
def test_text_of_the_projects_own_people_is_not_that_of_strangers() -> None:
    text = SOUND.replace("make test", "echo ${{ steps.before.outputs.name }}")

    answers, _ = answers_of(DictTree({CI: text}))

    assert observed(answers, "text_of_strangers").value == 0
    assert observed(answers, "text_in_commands").value == 1


STARTED = "on: {workflow_dispatch: {inputs: {a: {type: string}}}}\n"
CALLED = "on: {workflow_call: {inputs: {a: {type: string}}}}\n"


@pytest.mark.engine
@pytest.mark.parametrize(
    ("starts", "text", "of_strangers"),
    [
        (STARTED, "inputs.a", 0),
        (STARTED, "github.event.inputs.a", 0),
        (STARTED, "github.ref_name", 0),
        (STARTED, "github.event.pull_request.base.ref", 0),
        (STARTED, "github.event.pull_request.head.ref", 1),
        (STARTED, "github.event.inputs.a || github.event.issue.title", 1),
        (STARTED, "github.head_ref", 1),
        (CALLED, "inputs.a", 1),
    ],
)
def test_what_is_typed_in_to_start_a_build_is_no_text_of_strangers(
    starts: str, text: str, of_strangers: int
) -> None:
    workflow = SOUND.replace("on: push\n", starts)
    workflow = workflow.replace("make test", f"echo ${{{{ {text} }}}}")

    answers, (table,) = answers_of(DictTree({CI: workflow}))

    assert observed(answers, "text_of_strangers").value == of_strangers
    assert observed(answers, "dangerous").value == of_strangers
    assert observed(answers, "text_in_commands").value == 1 + (" || " in text)
    within = table.columns.index("within reach of strangers")
    reached = [r for r in table.rows if r[2] == "template-injection"]
    assert ("yes" in {row[within] for row in reached}) == bool(of_strangers)


@pytest.mark.engine
@pytest.mark.parametrize(
    ("step", "counts"),
    [
        ("uses: actions/checkout@v4", 1),
        ("uses: ./.github/actions/build", 1),
        ("uses: actions/download-artifact@v4", 1),
        ("run: gh pr checkout 1", 1),
        ("run: curl -O https://example.org/a.tgz", 1),
        ("run: git fetch origin pull/1/head", 1),
        ("uses: actions/labeler@v5", 0),
        ("run: echo thank you", 0),
        ("run: |\n          # no checkout here\n          echo thank you", 0),
    ],
)
def test_a_build_that_fetches_no_code_runs_none_of_strangers(
    step: str, counts: int
) -> None:
    workflow = SOUND.replace("on: push", "on: pull_request_target")
    workflow = workflow.replace("run: make test", step)

    answers, _ = answers_of(DictTree({CI: workflow}))

    assert observed(answers, "code_of_strangers").value == counts
    assert observed(answers, "findings").items


@pytest.mark.engine
def test_what_is_told_of_a_workflow_does_not_judge() -> None:
    answers, _ = answers_of(DictTree({CI: DANGEROUS}))

    notes = " ".join(item.note for item in observed(answers, "findings").items)
    assert "that strangers can set off" in notes
    assert "insecure" not in notes


def test_where_text_may_become_a_command_is_not_told_to_everybody() -> None:
    named = {fact.name: fact.disclosure for fact in workflows.FACTS}

    assert named["workflows.text_in_commands"] is Disclosure.AFTER_FIX


@pytest.mark.parametrize(
    "path",
    [
        *("Jenkinsfile", ".travis.yml", ".circleci/config.yml", ".drone.yml"),
        "azure-pipelines.yml",
    ],
)
def test_a_build_in_another_syntax_is_open(path: str) -> None:
    answers, _ = answers_of(DictTree({path: "test:\n"}))

    assert all(isinstance(each, Gap) for each in answers.values())


@pytest.mark.engine
def test_beside_a_build_in_another_syntax_none_is_not_none() -> None:
    answers, _ = answers_of(DictTree({CI: SOUND, "Jenkinsfile": "sh 'make'\n"}))

    assert observed(answers, "text_of_strangers").value == 0
    assert "Jenkinsfile" in observed(answers, "text_of_strangers").missed
    assert not observed(answers, "suppressed").missed


@pytest.mark.engine
def test_the_worst_is_shown_first() -> None:
    answers, _ = answers_of(DictTree({CI: DANGEROUS}))

    notes = [item.note for item in observed(answers, "findings").items]
    assert [n for n in notes if "severity high" in n] == notes[:3]


@pytest.mark.engine
def test_an_action_of_the_projects_own_is_examined_too() -> None:
    action = "name: x\nruns:\n  using: composite\n  steps:\n    - uses: a/b@v1\n"
    path = ".github/actions/build/action.yml"

    answers, _ = answers_of(DictTree({path: action}))

    (item,) = observed(answers, "unpinned").items
    assert (item.subject, item.line) == (path, 5)


@pytest.mark.engine
@pytest.mark.parametrize("where", ["zizmor.yml", ".github/zizmor.yml"])
def test_settings_of_the_candidate_hide_nothing_and_are_told(where: str) -> None:
    settings = "rules:\n" + "".join(f"  {r}:\n    disable: true\n" for r in RULES_SEEN)

    answers, (table,) = answers_of(DictTree({CI: DANGEROUS, where: settings}))

    assert observed(answers, "findings").value == len(RULES_SEEN)
    assert observed(answers, "suppressed").value == len(RULES_SEEN)
    assert {row[6] for row in table.rows} == {"yes"}


@pytest.mark.engine
def test_a_comment_of_the_candidate_hides_nothing_and_is_told() -> None:
    text = DANGEROUS.replace(
        "pull_request_target",
        "pull_request_target # zizmor: ignore[dangerous-triggers]",
    )

    answers, (table,) = answers_of(DictTree({CI: text, ".gitignore": ".github\n"}))

    assert observed(answers, "dangerous").value == 2
    (item,) = observed(answers, "suppressed").items
    assert "dangerous-triggers" in item.note
    assert [row[2] for row in table.rows if row[6] == "yes"] == ["dangerous-triggers"]


@pytest.mark.engine
def test_settings_that_are_no_settings_leave_open_only_what_they_would_hide() -> None:
    answers, (table,) = answers_of(
        DictTree({CI: DANGEROUS, ".github/zizmor.yml": "rules: ["})
    )

    assert observed(answers, "findings").value == len(RULES_SEEN)
    assert isinstance(answers["suppressed"], Gap)
    assert {row[6] for row in table.rows} == {""}


@pytest.mark.engine
@pytest.mark.parametrize("bad", ["jobs: [1", "on: push\njobs:\n  a:\n    x: y\n", ""])
def test_a_workflow_that_cannot_be_read_makes_counts_lower_bounds(bad: str) -> None:
    tree = DictTree({CI: DANGEROUS, ".github/workflows/bad.yml": bad})
    tools = Tools()

    answers, _ = answers_of(tree, tools)

    assert tools.is_settled()  # or it would be asked again in each assessment
    assert observed(answers, "findings").value == len(RULES_SEEN)
    assert observed(answers, "findings").missed
    assert observed(answers, "unpinned").missed
    (item,) = observed(answers, "unread_files").items
    assert item.subject == ".github/workflows/bad.yml"


@pytest.mark.engine
def test_where_no_workflow_can_be_read_nothing_is_answered() -> None:
    answers, tables = answers_of(DictTree({CI: "jobs: [1"}))

    assert all(isinstance(each, Gap) for each in answers.values())
    assert tables == ()


@pytest.mark.engine
def test_a_workflow_that_is_missing_from_the_clone_is_no_pass() -> None:
    tree = DictTree({CI: SOUND}, unreadable={".github/workflows/b.yml": "not here"})

    answers, _ = answers_of(tree)

    assert observed(answers, "dangerous").missed
    assert observed(answers, "unread_files").value == 1


def test_without_a_build_the_questions_do_not_arise() -> None:
    answers, tables = answers_of(DictTree({"README.md": "x"}))

    assert all(isinstance(each, Inapplicable) for each in answers.values())
    assert tables == ()


def test_a_folder_of_workflows_that_is_a_link_is_a_gap() -> None:
    answers, _ = answers_of(DictTree({}, symlinks={".github/workflows": "/etc"}))

    assert all(isinstance(each, Gap) for each in answers.values())


def test_without_tools_everything_is_open() -> None:
    answered, _ = gather(workflows.COLLECTOR, given(DictTree({CI: SOUND})))

    assert all(isinstance(each, Gap) for each in answered)


class Sayer(NoVisits):
    """A toolbox whose tool says one thing, or is not there."""

    def __init__(self, text: bytes | None) -> None:
        self._text = text

    def tool(self, name: str) -> Tool:
        if self._text is None:
            raise ToolSilent(f"{name} is not installed")
        return Tool(name=name, version="1")

    def version(self, name: str) -> Digest:
        return Digest(name)

    def ask(self, name: str, question: str, tree: Tree, paths: Iterable[str]) -> Said:
        self.tool(name)
        return Said(text=self._text or b"")

    def is_settled(self) -> bool:
        return True


def test_a_missing_tool_leaves_all_facts_open_and_is_named() -> None:
    tree = DictTree({CI: SOUND, ".github/workflows/b.yml": SOUND})

    answers, _ = answers_of(tree, Sayer(None))

    assert all(isinstance(each, Gap) for each in answers.values())
    assert "zizmor is not installed" in str(answers["dangerous"])


@pytest.mark.parametrize(
    "change",
    [
        {"locations": []},
        {"locations": [{"symbolic": {"kind": "Primary", "key": {"Remote": {}}}}]},
        {"locations": 3},
        {"determinations": {}},
        {"determinations": None},
    ],
)
def test_a_finding_that_is_not_understood_is_a_gap(change: dict[str, object]) -> None:
    answers, _ = answers_of(
        DictTree({CI: SOUND}), Sayer(json.dumps([said() | change]).encode())
    )

    assert all(isinstance(each, Gap) for each in answers.values())


def test_a_finding_about_a_file_that_nobody_asked_about_is_a_gap() -> None:
    text = json.dumps([said("/elsewhere/other.yml")]).encode()

    answers, _ = answers_of(DictTree({CI: SOUND}), Sayer(text))

    assert isinstance(answers["findings"], Gap)


def said(path: str = f"/somewhere/files/{CI}") -> dict[str, object]:
    """Return a finding in the shape of zizmor 1.32.0."""
    return {
        "ident": "unpinned-uses",
        "desc": "unpinned action reference",
        "determinations": {"confidence": "High", "severity": "High"},
        "locations": [
            {
                "symbolic": {
                    "kind": "Primary",
                    "key": {"Local": {"verbatim_path": path}},
                },
                "concrete": {"location": {"start_point": {"row": 5, "column": 1}}},
            }
        ],
    }


def test_the_shape_that_the_tests_spoil_is_understood() -> None:
    answers, _ = answers_of(DictTree({CI: SOUND}), Sayer(json.dumps([said()]).encode()))

    (item,) = observed(answers, "unpinned").items
    assert (item.subject, item.line) == (CI, 6)


def test_what_could_be_made_use_of_is_told_first_to_those_who_can_mend_it() -> None:
    classes = {fact.name: fact.disclosure for fact in workflows.FACTS}

    assert classes["workflows.dangerous"] is Disclosure.AFTER_FIX
    assert classes["workflows.unpinned"] is Disclosure.OPEN
