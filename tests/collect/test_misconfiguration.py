# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Settings of containers, as the real tool tells of files that are made here."""

import json
from collections.abc import Iterable
from dataclasses import replace

import pytest

from ossay.collect import misconfiguration
from ossay.collect._gathering import gather
from ossay.model.collector import Table
from ossay.model.digest import Digest
from ossay.model.evidence import Answered, Gap, Inapplicable, Observation, Tool
from ossay.model.toolbox import Said, Toolbox, ToolSilent
from ossay.model.tree import Tree
from ossay.sandbox.toolbox import Tools
from tests.collect.trees import DictTree, given
from tests.tools import NoVisits

SOUND = """\
FROM alpine:3.22
USER 1000
HEALTHCHECK CMD true
"""
AS_ROOT = "FROM alpine:latest\nUSER root\n"
POD = """\
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:latest
      securityContext:
        privileged: true
"""


def answers_of(
    tree: DictTree, toolbox: Toolbox | None = None
) -> tuple[dict[str, Answered], tuple[Table, ...]]:
    asked = replace(given(tree), toolbox=toolbox or Tools())
    answered, tables = gather(misconfiguration.COLLECTOR, asked)
    return {each.fact.partition(".")[2]: each for each in answered}, tables


def observed(answers: dict[str, Answered], name: str) -> Observation:
    answer = answers[name]
    assert isinstance(answer, Observation), answer
    return answer


class Saying(NoVisits):
    """A toolbox that says what it was given, or falls silent."""

    def __init__(self, *texts: bytes | ToolSilent) -> None:
        self.texts = list(texts)

    def tool(self, name: str) -> Tool:
        return Tool(name=name, version="1")

    def version(self, name: str) -> Digest:
        return Digest(name)

    def ask(self, name: str, question: str, tree: Tree, paths: Iterable[str]) -> Said:
        text = self.texts.pop(0)
        if isinstance(text, ToolSilent):
            raise text
        return Said(text=text)

    def is_settled(self) -> bool:
        return True


@pytest.mark.engine
def test_a_sound_dockerfile_gives_zeros() -> None:
    answers, (table,) = answers_of(DictTree({"Dockerfile": SOUND}))

    values = {name: observed(answers, name).value for name in answers}
    assert values == dict.fromkeys(values, 0)
    assert not any(observed(answers, name).missed for name in answers)
    assert table.rows == ()


@pytest.mark.engine
def test_settings_are_told_with_path_and_line() -> None:
    answers, (table,) = answers_of(
        DictTree({"web/Dockerfile": AS_ROOT, "deploy/pod.yaml": POD})
    )

    assert observed(answers, "as_root").value == 2
    assert observed(answers, "floating_images").value == 2
    (privileged,) = observed(answers, "privileged").items
    assert (privileged.subject, privileged.line) == ("deploy/pod.yaml", 7)
    assert observed(answers, "suppressed").value == 0
    assert len(table.rows) == observed(answers, "findings").value


@pytest.mark.engine
def test_comments_of_the_candidate_hide_nothing_and_are_counted() -> None:
    plain, _ = answers_of(DictTree({"Dockerfile": "# note\n" + AS_ROOT}))
    hiding = "# Trivy:ignore:*\n" + AS_ROOT
    hiding = hiding.replace("Trivy", "trivy")
    answers, _ = answers_of(DictTree({"Dockerfile": hiding}))

    for name in ("findings", "severe", "as_root", "floating_images"):
        assert observed(answers, name).value == observed(plain, name).value
    assert observed(plain, "suppressed").value == 0
    (hidden,) = observed(answers, "suppressed").items
    assert "DS-0001" in hidden.note


@pytest.mark.engine
def test_settings_files_of_the_candidate_hide_nothing() -> None:
    files = {
        "Dockerfile": AS_ROOT,
        ".trivyignore": "DS-0001\nDS-0002\n",
        "trivy.yaml": "severity: [CRITICAL]\nscan: {skip-files: [Dockerfile]}\n",
    }
    answers, _ = answers_of(DictTree(files))

    assert observed(answers, "as_root").value == 1
    assert observed(answers, "floating_images").value == 1


@pytest.mark.engine
def test_a_manifest_that_is_not_understood_makes_counts_lower_bounds() -> None:
    template = "apiVersion: v1\nkind: Pod\nspec: {{ .Values.spec }\n"
    answers, _ = answers_of(
        DictTree({"Dockerfile": SOUND, "chart/templates/pod.yaml": template})
    )

    (unread,) = observed(answers, "unread_files").items
    assert unread.subject == "chart/templates/pod.yaml"
    assert observed(answers, "findings").missed


def test_without_files_for_containers_nothing_of_it_arises() -> None:
    answers, tables = answers_of(DictTree({"README.md": "", "ci.yml": "on: push\n"}))

    assert tables == ()
    assert observed(answers, "set_aside").value == 0
    del answers["set_aside"]
    assert all(isinstance(each, Inapplicable) for each in answers.values())


def test_a_dockerfile_that_is_not_to_be_had_is_a_gap() -> None:
    tree = DictTree({"Dockerfile": SOUND}, unreadable={"Dockerfile": "it is missing"})
    answers, _ = answers_of(tree)

    assert all(isinstance(each, Gap) for each in answers.values())


@pytest.mark.parametrize(
    "said",
    [
        ToolSilent("trivy is not here"),
        b'{"SchemaVersion": 2, "Results": [{"Target": "Dockerfile"}]}',
        b'{"SchemaVersion": 2, "Results": 7}',
        json.dumps(
            {
                "Results": [
                    {
                        "Target": "Dockerfile",
                        "Class": "config",
                        "Misconfigurations": [{"Status": "FAIL", "Severity": "MILD"}],
                    }
                ]
            }
        ).encode(),
    ],
)
def test_a_silent_or_strange_tool_leaves_gaps(said: bytes | ToolSilent) -> None:
    answers, tables = answers_of(DictTree({"Dockerfile": SOUND}), Saying(said))

    assert tables == ()
    assert len(answers) == len(misconfiguration.FACTS)
    assert observed(answers, "set_aside").value == 0
    del answers["set_aside"]
    assert all(isinstance(each, Gap) for each in answers.values())


def test_files_that_the_tool_does_not_name_were_not_examined() -> None:
    nothing = Saying(b'{"SchemaVersion": 2}')
    answers, _ = answers_of(DictTree({"Dockerfile": SOUND}), nothing)

    assert observed(answers, "unread_files").value == 1
    assert observed(answers, "findings").missed


def test_what_is_passed_over_is_a_gap_where_the_second_answer_fails() -> None:
    first = json.dumps(
        {"Results": [{"Target": "Dockerfile", "Class": "config", "Type": "dockerfile"}]}
    ).encode()
    toolbox = Saying(first, ToolSilent("trivy took too long"))
    answers, _ = answers_of(
        DictTree({"Dockerfile": "# trivy:ignore:*\n" + SOUND}), toolbox
    )

    assert observed(answers, "findings").value == 0
    assert isinstance(answers["suppressed"], Gap)
