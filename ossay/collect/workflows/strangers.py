# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Which of the weaknesses that the tool sees strangers could make use of.

It takes all text from outside a workflow for theirs, and every workflow that they
can start for one that runs their code. What somebody types in who starts a workflow
by hand, and the project's own branches and tags, come from those who may change the
repository; and where no code is fetched, none of theirs can run.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ossay.collect.workflows.findings import Finding
from ossay.model.tree import Tree

_INJECTION = "template-injection"
_TRIGGERS = "dangerous-triggers"

# https://docs.github.com/actions/reference/contexts-reference: `github.event.inputs`
# is there for `workflow_dispatch` alone, `inputs` for `workflow_call` as well; the
# ref of a proposal is its number, its base a branch of the project.
_OWN_TEXT = re.compile(
    r"github\.event\.inputs\.[\w-]+|github\.(?:ref|ref_name|base_ref)"
    r"|github\.event\.pull_request\.base\.(?:ref|sha)"
)
_INPUTS = re.compile(r"inputs\.[\w-]+")
_CALLED = b"workflow_call"
_FOLDER = re.compile(r"\.(?:github|forgejo|gitea)/workflows/[^/]+")

_MAY_FETCH = re.compile(
    rb"(?i)checkout|clone|fetch|artifact|\b(?:git|gh|curl|wget|docker)\b"
    rb"|uses:\s*[\"']?\./|\.ya?ml@"
)
"""Ways to come by code: actions and commands, actions of its own, other workflows."""

_COMMENT = re.compile(rb"(?m)^[ \t]*#.*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Strangers:
    """
    Tells what strangers can reach.

    Attributes:
        started_by_hand: Workflows that no other workflow can call, so that what they
            are given was typed in.
        fetch_nothing: Workflows that strangers can start and that fetch no code.
    """

    started_by_hand: frozenset[str]
    fetch_nothing: frozenset[str]

    @classmethod
    def of(cls, tree: Tree, findings: Iterable[Finding]) -> "Strangers":
        """Look at the workflows of which that has to be told."""
        every = list(findings)
        given = {f.path for f in every if _INPUTS.fullmatch(f.text)}
        started = {f.path for f in every if f.rule == _TRIGGERS}
        return cls(
            started_by_hand=frozenset(
                path
                for path in given
                if _FOLDER.fullmatch(path) and _CALLED not in tree.read(path)
            ),
            fetch_nothing=frozenset(
                path
                for path in started
                if not _MAY_FETCH.search(_COMMENT.sub(b"", tree.read(path)))
            ),
        )

    def can_use(self, finding: Finding) -> bool:
        """Tell whether it cannot be ruled out that strangers make use of *finding*."""
        if finding.rule == _TRIGGERS:
            return finding.path not in self.fetch_nothing
        if finding.rule != _INJECTION:
            return True
        is_typed_in = (
            _INPUTS.fullmatch(finding.text) is not None
            and finding.path in self.started_by_hand
        )
        return not is_typed_in and _OWN_TEXT.fullmatch(finding.text) is None
