# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Code of others that the build runs, and whether a commit pins it."""

import pytest

from ossay.collect import gather, security
from ossay.collect.security import workflows
from ossay.collect.security.workflows import Use, uses_in
from ossay.model.evidence import Answered, Gap, Inapplicable, Item, Observation
from tests.collect.trees import DictTree, given

SHA = "8ade135a41bc03ea155e62e844d188df1ea18608"

WORKFLOW = f"""\
on: [push]
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - name: pinned
        uses: "actions/setup-node@{SHA}"  # v4.0.0
      - uses: ./.github/actions/local
      - run: |
          uses: not/an-action@v1
      - {{uses: docker://alpine:3.20, with: {{uses: no/action@v1}}}}
  reuse:
    uses: org/ci/.github/workflows/test.yml@main
"""


def test_steps_and_jobs_that_run_code_of_others_are_found_with_their_lines() -> None:
    assert uses_in(WORKFLOW.encode()) == (
        Use(what="actions/checkout@v4", line=6),
        Use(what=f"actions/setup-node@{SHA}", line=8),
        Use(what="docker://alpine:3.20", line=12),
        Use(what="org/ci/.github/workflows/test.yml@main", line=14),
    )


def test_what_no_commit_pins_is_counted_and_shown() -> None:
    path = ".github/workflows/ci.yml"

    used, unpinned = _answers(DictTree({path: WORKFLOW}))

    assert isinstance(used, Observation)
    assert used.value == 4
    assert isinstance(unpinned, Observation)
    assert unpinned.value == 3
    assert unpinned.items[0] == Item(subject=path, note="actions/checkout@v4", line=6)


@pytest.mark.parametrize(
    ("what", "is_pinned"),
    [
        (f"actions/checkout@{SHA}", True),
        (f"actions/checkout@{SHA.upper()}", True),
        (f"actions/cache/save@{SHA}", True),
        (f"actions/checkout@{'a' * 64}", True),
        (f"https://code.forgejo.org/actions/checkout@{SHA}", True),
        (f"docker://alpine@sha256:{'a' * 64}", True),
        (f"docker://ghcr.io/org/image:3@sha256:{'a' * 64}", True),
        ("actions/checkout@v4", False),
        ("actions/checkout@v4.1.7", False),
        ("actions/checkout@main", False),
        ("actions/checkout", False),
        (f"actions/checkout@{SHA[:7]}", False),
        (f"actions/checkout@{SHA}0", False),
        (f"actions/checkout@v4-{SHA}", False),
        ("docker://alpine", False),
        ("docker://alpine:3.20", False),
        ("docker://alpine@sha256:abc", False),
        ("org/repo@${{ inputs.ref }}", False),
    ],
)
def test_only_a_full_commit_or_a_digest_pins(what: str, is_pinned: bool) -> None:
    assert Use(what=what, line=1).is_pinned() is is_pinned


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        (".github/workflows/ci.yml", True),
        (".github/workflows/ci.yaml", True),
        (".forgejo/workflows/ci.yml", True),
        (".gitea/workflows/ci.yaml", True),
        (".github/actions/setup/action.yml", True),
        ("action.yml", True),
        (".github/workflows/nested/ci.yml", False),
        (".github/workflows/ci.yml.j2", False),
        ("docs/.github/workflows/ci.yml", False),
        ("{{cookiecutter.name}}/.github/workflows/ci.yml", False),
        (".github/dependabot.yml", False),
    ],
)
def test_workflows_stand_where_a_forge_runs_them(path: str, counts: bool) -> None:
    assert workflows.runs_actions(path) is counts


def test_the_steps_of_an_action_of_the_repository_count() -> None:
    action = "runs:\n  using: composite\n  steps:\n    - uses: a/b@v1\n"

    used, _ = _answers(DictTree({".github/actions/x/action.yml": action}))

    assert used == workflows.ACTIONS_USED.found(
        1,
        [Item(subject=".github/actions/x/action.yml", note="a/b@v1", line=4)],
    )


def test_a_step_behind_an_alias_is_counted_once() -> None:
    text = (
        "jobs:\n  a:\n    steps:\n      - &out\n        uses: a/b@v1\n"
        "  c:\n    steps:\n      - *out\n      - *out\n"
    )

    used, _ = _answers(DictTree({".github/workflows/ci.yml": text}))

    assert isinstance(used, Observation)
    assert {i.note for i in used.items} == {"a/b@v1"}


def test_without_workflows_nothing_can_be_unpinned() -> None:
    used, unpinned = _answers(DictTree({"README.md": ""}))

    assert used == workflows.ACTIONS_USED.found(0)
    assert isinstance(unpinned, Inapplicable)


@pytest.mark.parametrize(
    "text",
    [
        "jobs: [",
        "a: &a [*b]",
        "[" * 5_000,
        "a: " + "{a: " * 500,
        "\x00",
        b"\xff\xfe\xfd",
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(
            f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n"
            for n in range(9)
        ),
    ],
)
def test_a_workflow_that_cannot_be_read_leaves_both_questions_open(
    text: str | bytes,
) -> None:
    tree = DictTree(
        {".github/workflows/a.yml": text, ".github/workflows/b.yml": WORKFLOW}
    )

    for gap in _answers(tree):
        assert isinstance(gap, Gap)
        assert [i.subject for i in gap.items] == [".github/workflows/a.yml"]


@pytest.mark.parametrize("text", ["", "[]", "jobs: 3", "jobs: {a: [x]}", "runs: text"])
def test_yaml_of_another_shape_runs_nothing(text: str) -> None:
    used, _ = _answers(DictTree({".github/workflows/a.yml": text}))

    assert used == workflows.ACTIONS_USED.found(0)


@pytest.mark.parametrize(
    "link", [".github", ".github/workflows", ".github/workflows/ci.yml", ".gitea"]
)
def test_workflows_behind_a_link_leave_both_questions_open(link: str) -> None:
    tree = DictTree({"action.yml": WORKFLOW}, symlinks={link: "elsewhere"})

    for gap in _answers(tree):
        assert isinstance(gap, Gap)
        assert [i.subject for i in gap.items] == [link]


def test_a_workflow_whose_content_is_missing_leaves_both_questions_open() -> None:
    tree = DictTree({}, unreadable={".github/workflows/ci.yml": "it is missing"})

    assert all(isinstance(a, Gap) for a in _answers(tree))


def test_what_an_answer_repeats_of_an_action_is_short() -> None:
    text = f"jobs: {{a: {{uses: {'x' * 50_000}}}}}"

    used, _ = _answers(DictTree({".github/workflows/a.yml": text}))

    assert isinstance(used, Observation)
    assert len(used.items[0].note) == workflows.LONGEST_NAME


def _answers(tree: DictTree) -> list[Answered]:
    names = {workflows.ACTIONS_USED.name, workflows.UNPINNED_ACTIONS.name}
    answers, _ = gather(security.COLLECTOR, given(tree))
    return [a for a in answers if a.fact in names]
