# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Foreign tools that look at a candidate's files, and what they said of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from ossay.model.digest import Digest
from ossay.model.errors import OssayError
from ossay.model.evidence import Item, Tool
from ossay.model.sites import Reach
from ossay.model.tree import Tree


class ToolSilent(OssayError):
    """
    A tool could not be asked, or gave no answer that can be relied on.

    The message is one sentence that names the tool; it is fit for a gap.

    Attributes:
        may_pass: Whether the same question may be answered another time.
        left_out: Where no file at all could be handed to it, each with the reason.
    """

    def __init__(
        self, why: str, *, may_pass: bool = False, left_out: tuple[Item, ...] = ()
    ) -> None:
        super().__init__(why)
        self.may_pass = may_pass
        self.left_out = left_out


class ToolNotChosen(ToolSilent):
    """ossay does not bring the tool along, and no setting says to take it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """
    What a tool said of the files that it was handed.

    Attributes:
        text: What it wrote to its standard output, whole.
        left_out: Files that it was asked about and not handed, each with the reason.
    """

    text: bytes
    left_out: tuple[Item, ...] = ()


class Toolbox(Protocol):
    """The foreign tools of this machine, by name ("trivy"); each runs confined."""

    def tool(self, name: str) -> Tool:
        """Return a tool, and how it is kept in; raise `ToolSilent` if it is not run."""

    def version(self, name: str) -> Digest:
        """Return the digest of all that a tool's answers depend on, its absence too."""

    def ask(self, name: str, question: str, tree: Tree, paths: Iterable[str]) -> Said:
        """
        Put one of the tool's known questions about files of *tree*.

        Raises:
            ToolSilent: It is missing, was refused, failed, took too long or too much,
                or said more than it may.
        """

    def visit(self, name: str, question: str, words: bytes, reach: Reach) -> Said:
        """
        Put one of the tool's known questions about a running site.

        *words* say what is asked, and *reach* is the tool's only way out.

        Raises:
            ToolSilent: As with `ask`.
        """

    def is_settled(self) -> bool:
        """Tell whether every tool asked so far would say the same another time."""
