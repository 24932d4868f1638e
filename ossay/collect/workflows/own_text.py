# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Which text in commands only the project's own people can write.

The tool takes all text from outside a workflow for that of strangers. What somebody
types in who starts a workflow by hand, and names of branches and tags, come from
those who may change the repository.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ossay.collect.workflows.findings import Finding
from ossay.model.tree import Tree

# https://docs.github.com/actions/reference/contexts-reference: `github.event.inputs`
# is there for `workflow_dispatch` alone, `inputs` for `workflow_call` as well; the
# ref of a proposal is its number.
_BY_HAND = re.compile(r"github\.event\.inputs\.[\w-]+|github\.ref(?:_name)?")
_INPUTS = re.compile(r"inputs\.[\w-]+")
_INJECTION = "template-injection"
_CALLED = b"workflow_call"
_FOLDER = re.compile(r"\.(?:github|forgejo|gitea)/workflows/[^/]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnText:
    """
    Tells the text of a project's own people.

    Attributes:
        started_by_hand: Workflows that no other workflow can call, so that what they
            are given was typed in.
    """

    started_by_hand: frozenset[str]

    @classmethod
    def of(cls, tree: Tree, findings: Iterable[Finding]) -> "OwnText":
        """Look at the files in which text is handed in."""
        paths = {f.path for f in findings if _INPUTS.fullmatch(f.text)}
        return cls(
            started_by_hand=frozenset(
                path
                for path in paths
                if _FOLDER.fullmatch(path) and _CALLED not in tree.read(path)
            )
        )

    def is_text_of_its_people(self, finding: Finding) -> bool:
        """Tell whether nobody else can write what *finding* is about."""
        if finding.rule != _INJECTION:
            return False
        if _BY_HAND.fullmatch(finding.text):
            return True
        is_handed_in = _INPUTS.fullmatch(finding.text) is not None
        return is_handed_in and finding.path in self.started_by_hand
