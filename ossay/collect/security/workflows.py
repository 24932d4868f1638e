# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Actions of other people that workflows run, and whether a commit pins them."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from ossay.collect import _documents
from ossay.collect.security.places import View
from ossay.model.evidence import Answered, Combine, Fact, Item
from ossay.model.tree import Scanner, Unreadable

ACTIONS_USED = Fact(
    name="security.actions_used",
    kind=int,
    unit="steps",
    asks="How many steps of the build run code of others (actions)?",
    combine=Combine.SUM,
)
UNPINNED_ACTIONS = Fact(
    name="security.unpinned_actions",
    kind=int,
    unit="steps",
    asks="How many steps of the build run code of others that can change without a "
    "trace here?",
    combine=Combine.SUM,
)

FOLDERS = tuple(
    f"{forge}/{folder}"
    for forge in (".github", ".forgejo", ".gitea")
    for folder in ("workflows", "actions")
)
LONGEST_NAME = 120
"""Characters of an action's name that an answer repeats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One `uses:` with code from elsewhere, and its line (0 behind an alias)."""

    what: str
    line: int

    def is_pinned(self) -> bool:
        """
        Tell whether it names a commit or an image by its digest.

        Short commit names are none: they are as easily forged as a tag.
        """
        return _PINNED.fullmatch(self.what) is not None


def answers(view: View) -> Iterator[Answered]:
    """Answer from the workflows, and from the actions that the repository holds."""
    paths = view.matching(runs_actions)
    uses: list[tuple[str, Use]] = []
    unread: list[Item] = []
    for path, found in view.tree.scan(_scanner(), paths):
        if isinstance(found, Unreadable):
            unread.append(Item(subject=path, note=found.why))
        else:
            uses += [(path, use) for use in found]
    unsure = _why_unsure(view, unread)
    if unsure:
        yield ACTIONS_USED.unknown(*unsure)
        yield UNPINNED_ACTIONS.unknown(*unsure)
        return
    yield ACTIONS_USED.found(len(uses), (_item(path, use) for path, use in uses))
    unpinned = [(path, use) for path, use in uses if not use.is_pinned()]
    if uses:
        items = (_item(path, use) for path, use in unpinned)
        yield UNPINNED_ACTIONS.found(len(unpinned), items)
    else:
        yield UNPINNED_ACTIONS.inapplicable("no step of the build runs code of others")


def runs_actions(path: str) -> bool:
    """Tell whether *path* is a workflow, or the description of an action."""
    return _WORKFLOW.fullmatch(path) is not None


def uses_in(content: bytes) -> tuple[Use, ...]:
    """Return what the workflow or action in *content* runs from elsewhere."""
    document, lines = _documents.read_yaml_with_lines(content)
    found = {
        Use(what=uses.strip(), line=lines.get((*path, "uses"), 0))
        for path, step in _steps(document)
        if isinstance(uses := step.get("uses"), str) and not uses.startswith((".", "$"))
    }
    return tuple(sorted(found, key=lambda use: (use.line, use.what)))


def _steps(document: object) -> Iterator[tuple[_documents.Path, dict[str, object]]]:
    """Yield each job and step with its place: both may run code from elsewhere."""
    if not isinstance(document, dict):
        return
    jobs = document.get("jobs")
    holders: list[tuple[_documents.Path, object]] = [(("runs",), document.get("runs"))]
    if isinstance(jobs, dict):
        holders += [(("jobs", name), job) for name, job in jobs.items()]
    for place, holder in holders:
        if not isinstance(holder, dict):
            continue
        yield place, holder
        steps = holder.get("steps")
        for number, step in enumerate(steps if isinstance(steps, list) else ()):
            if isinstance(step, dict):
                yield (*place, "steps", number), step


def _why_unsure(view: View, unread: list[Item]) -> tuple[str, list[Item]] | None:
    if unread:
        return f"a workflow could not be judged: {unread[0].note}", unread
    return view.why_unsure(runs_actions, FOLDERS)


def _item(path: str, use: Use) -> Item:
    return Item(subject=path, note=use.what[:LONGEST_NAME], line=use.line)


def _scanner() -> Scanner[tuple[Use, ...]]:
    from ossay.codec import code_digest

    return Scanner(
        name="security.actions",
        version=code_digest([sys.modules[__name__], _documents], ["pyyaml"]),
        kind=tuple[Use, ...],
        scan=uses_in,
        largest_bytes=_documents.LARGEST_YAML_BYTES,
    )


_WORKFLOW = re.compile(
    r"\.(?:github|forgejo|gitea)/(?:workflows/[^/]+\.ya?ml|actions/(?:.+/)?action\.ya?ml)"
    r"|action\.ya?ml"
)
_PINNED = re.compile(
    r"docker://[^@\s]+@sha256:[0-9a-f]{64}|[^@\s]+@(?:[0-9a-f]{40}|[0-9a-f]{64})", re.I
)
