# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A collector asks the tools that it named, and one that failed is asked again."""

from collections.abc import Iterable

import pytest

from ossay.collect import Asking
from ossay.collect._asking import ToolNotNamed
from ossay.model.digest import Digest
from ossay.model.evidence import Tool
from ossay.model.toolbox import Said, ToolSilent
from ossay.model.tree import Tree
from tests.collect.trees import DictTree
from tests.tools import NoVisits

TREE = DictTree({})


class OneTool(NoVisits):
    """A toolbox with one tool, which answers, or fails in a way that may pass."""

    def __init__(self, *, fails: bool = False, may_pass: bool = False) -> None:
        self._fails = fails
        self._may_pass = may_pass

    def tool(self, name: str) -> Tool:
        return Tool(name=name, version="1.0")

    def version(self, name: str) -> Digest:
        return Digest(name)

    def ask(self, name: str, question: str, tree: Tree, paths: Iterable[str]) -> Said:
        if self._fails:
            raise ToolSilent("it failed", may_pass=self._may_pass)
        return Said(text=question.encode())

    def is_settled(self) -> bool:
        return True


def test_a_tool_that_is_not_named_is_not_asked() -> None:
    asking = Asking(OneTool(), ["trivy"])

    with pytest.raises(ToolNotNamed, match="'zizmor'"):
        asking.ask("zizmor", "workflows", TREE, [])
    with pytest.raises(ToolNotNamed):
        asking.version("zizmor")
    with pytest.raises(ToolNotNamed):
        asking.tool("zizmor")


def test_what_a_tool_says_is_handed_on() -> None:
    asking = Asking(OneTool(), ["trivy"])

    assert asking.ask("trivy", "components", TREE, []).text == b"components"
    assert asking.tool("trivy").version == "1.0"
    assert asking.is_settled()


@pytest.mark.parametrize("may_pass", [True, False])
def test_answers_are_settled_unless_a_failure_may_pass(*, may_pass: bool) -> None:
    asking = Asking(OneTool(fails=True, may_pass=may_pass), ["trivy"])

    with pytest.raises(ToolSilent):
        asking.ask("trivy", "components", TREE, [])

    assert asking.is_settled() is not may_pass
