# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A toolbox as one collector has it: the tools it named, and whether they answered."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from ossay.model.digest import Digest
from ossay.model.errors import OssayError
from ossay.model.evidence import Tool
from ossay.model.sites import Reach
from ossay.model.toolbox import Said, Toolbox, ToolSilent
from ossay.model.tree import Tree


class ToolNotNamed(OssayError):
    """A collector asks a tool that its results are not filed under."""


class Asking:
    """Passes questions on, and notes whether any is worth asking again."""

    def __init__(self, toolbox: Toolbox, names: Iterable[str]) -> None:
        self._toolbox = toolbox
        self._names = frozenset(names)
        self._is_settled = True

    def tool(self, name: str) -> Tool:
        """Return a tool's name and version; raise `ToolSilent` where it is not here."""
        return self._toolbox.tool(self._checked(name))

    def version(self, name: str) -> Digest:
        """Return the digest of all that a tool's answers depend on."""
        return self._toolbox.version(self._checked(name))

    def ask(self, name: str, question: str, tree: Tree, paths: Iterable[str]) -> Said:
        """Put one of the tool's questions."""
        with self._noting():
            return self._toolbox.ask(self._checked(name), question, tree, paths)

    def visit(self, name: str, question: str, words: bytes, reach: Reach) -> Said:
        """Put one of the tool's questions about a running site."""
        with self._noting():
            return self._toolbox.visit(self._checked(name), question, words, reach)

    def is_settled(self) -> bool:
        """Tell whether every tool asked so far would say the same another time."""
        return self._is_settled

    @contextmanager
    def _noting(self) -> Iterator[None]:
        try:
            yield
        except ToolSilent as error:
            self._is_settled &= not error.may_pass
            raise

    def _checked(self, name: str) -> str:
        if name not in self._names:
            raise ToolNotNamed(f"tool {name!r} is not among the collector's asks_tools")
        return name
