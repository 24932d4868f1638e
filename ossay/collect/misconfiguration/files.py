# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The files that set up containers and servers, and which of them were examined."""

import posixpath
import re
from collections.abc import Collection
from dataclasses import dataclass, field

from ossay.collect._places import Place, place_by_name
from ossay.collect.components.images import is_dockerfile
from ossay.collect.misconfiguration.charts import Chart, charts_of
from ossay.collect.misconfiguration.settings import (
    HELM,
    MARKS,
    TERRAFORM,
    TOOL,
    Heard,
)
from ossay.collect.misconfiguration.terraform import (
    MODULES,
    has_values,
    is_terraform,
)
from ossay.collect.security.places import View
from ossay.model.evidence import Item
from ossay.model.tree import Unreadable

_STACK = re.compile(
    r"(?i)\.template(?:\.json)?$|(?:^|[/._-])(?:cfn|cloudformation|stacks?)"
    r"(?:[._-][^/]*|/[^/]*)?\.json$"
)


@dataclass(slots=True)
class Files:
    """
    What there is to examine.

    Attributes:
        alone: Files that are understood by themselves.
        charts: Those of the software's own.
        terraform: Files of Terraform.
        values: Files that Terraform takes values from.
        calls: Folders of Terraform, and those that they call as modules.
        ignoring: Files with comments that ask the tool to pass something over.
        far: Where a file takes in what is kept elsewhere.
        unchecked: Where something is set up that the tool has no checks for.
        aside: Files of tests and examples.
    """

    alone: list[str] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    terraform: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    calls: dict[str, set[str]] = field(default_factory=dict)
    ignoring: list[str] = field(default_factory=list)
    far: list[Item] = field(default_factory=list)
    unchecked: list[Item] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    unread: list[Item] = field(default_factory=list)

    @property
    def asked(self) -> list[str]:
        """The files of which each ought to be examined."""
        templates = [path for chart in self.charts for path in chart.templates]
        return [*self.alone, *self.terraform, *templates]

    @property
    def handed(self) -> list[str]:
        """The files that the tool needs for that."""
        parts = [path for chart in self.charts for path in chart.paths]
        return [*self.alone, *self.terraform, *self.values, *parts]

    @property
    def needy(self) -> frozenset[str]:
        """The files by which charts say that they need others which are not there."""
        return frozenset(item.subject for chart in self.charts for item in chart.far)

    def again(self) -> frozenset[str]:
        """Return the files to ask about once more, with their comments heeded."""
        ignoring = set(self.ignoring)
        again = ignoring & set(self.alone)
        if not ignoring.isdisjoint(self.terraform):
            again.update(self.terraform, self.values)
        for chart in self.charts:
            if not ignoring.isdisjoint(chart.paths):
                again.update(chart.paths)
        return frozenset(again)

    def not_examined(
        self, told: Heard, among: Collection[str] | None = None
    ) -> list[Item]:
        """Return the files, or those of them in *among*, that the tool passed over."""
        kinds = dict(told.kinds)
        left_out = {item.subject: item for item in told.left_out}
        read = self._read_folders(kinds)
        passed = [
            *(path for path in self.alone if path not in kinds),
            *(path for path in self.terraform if _folder(path) not in read),
        ]
        why = dict.fromkeys(passed, f"{TOOL} did not understand it")
        for chart in self.charts:
            is_made = any(kinds.get(path) == HELM for path in chart.templates)
            note = (
                "with the values of its own chart it sets nothing up"
                if is_made
                else f"{TOOL} could not put its chart together"
            )
            why |= {path: note for path in chart.templates if path not in kinds}
        return [
            left_out.get(path) or Item(subject=path, note=note)
            for path, note in why.items()
            if among is None or path in among
        ]

    def _read_folders(self, kinds: dict[str, str]) -> set[str]:
        """Return the folders that the tool named, and those called as modules."""
        left = [
            _folder(p) if is_terraform(p) else "" if p == "." else p
            for p, kind in kinds.items()
            if kind == TERRAFORM
        ]
        reached = set(left)
        while left:
            for called in self.calls.get(left.pop(), set()) - reached:
                reached.add(called)
                left.append(called)
        return reached


def files_of(view: View) -> Files:
    """Return what of *view* sets something up."""
    files = Files()
    charts, unread = charts_of(view)
    in_charts: set[str] = set()
    for chart in charts:
        in_charts |= set(chart.paths)
        if _is_aside(f"{chart.folder}Chart.yaml"):
            files.aside += chart.templates
        else:
            files.charts.append(chart)
            files.far += chart.far
    files.unread += (item for item in unread if not _is_aside(item.subject))
    alone = [p for p in view.own_paths if may_set_up(p) and p not in in_charts]
    _sort(view, [p for p in alone if not _is_aside(p)], files)
    tests = Files()
    _sort(view, [p for p in alone if _is_aside(p)], tests)
    files.aside += [*tests.alone, *tests.terraform]
    if files.terraform:
        files.values = [p for p in view.own_paths if has_values(p) and not _is_aside(p)]
    _note_comments(view, files)
    _follow(view, files)
    files.unread = list({item.subject: item for item in files.unread}.values())
    return files


def may_set_up(path: str) -> bool:
    """Tell whether *path* may set up containers or servers, by its name."""
    return (
        is_dockerfile(path)
        or is_terraform(path)
        or path.endswith((".yaml", ".yml"))
        or _STACK.search(path) is not None
    )


def _sort(view: View, paths: list[str], files: Files) -> None:
    for path, marks in view.tree.scan(MARKS, paths):
        if isinstance(marks, Unreadable):
            files.unread.append(Item(subject=path, note=marks.why))
            continue
        if is_terraform(path):
            files.terraform.append(path)
        elif is_dockerfile(path) or marks.is_manifest or marks.is_stack:
            files.alone.append(path)
        else:
            continue
        if marks.asks_to_ignore:
            files.ignoring.append(path)
        if marks.far_at:
            note = "a template of CloudFormation"
            files.far.append(Item(subject=path, note=note, line=marks.far_at))


def _note_comments(view: View, files: Files) -> None:
    parts = [path for chart in files.charts for path in chart.paths]
    for path, marks in view.tree.scan(MARKS, parts):
        if isinstance(marks, Unreadable):
            files.unread.append(Item(subject=path, note=marks.why))
        elif marks.asks_to_ignore:
            files.ignoring.append(path)


def _follow(view: View, files: Files) -> None:
    """Note which folders of Terraform call which, and what they take from afar."""
    folders = {_folder(path) for path in files.terraform}
    whole: list[str] = []
    for path, said in view.tree.scan(MODULES, files.terraform):
        if isinstance(said, Unreadable):
            files.unread.append(Item(subject=path, note=said.why))
            continue
        files.unchecked += (
            Item(subject=path, note=provider, line=line)
            for provider, line in said.unchecked
        )
        whole.append(path)
        here = _folder(path)
        for module in said.modules:
            called = posixpath.normpath(posixpath.join(here, module.source))
            called = "" if called == "." else called
            if module.is_beside() and called in folders:
                files.calls.setdefault(here, set()).add(called)
            else:
                note = f"module {module.source}".strip()
                files.far.append(Item(subject=path, note=note, line=module.line))
    files.terraform = whole


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _is_aside(path: str) -> bool:
    return place_by_name(path) in (Place.TEST, Place.EXAMPLE, Place.FOREIGN)
