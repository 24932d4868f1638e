# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Helm charts, and what they need from elsewhere.

The tool puts a chart together from its templates and its own values, and passes over
one that it cannot: where a chart that it needs is not among the files, say. So what a
chart takes in from elsewhere is left out of what the tool is handed, and told.
"""

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from ossay.codec import code_digest
from ossay.collect import _documents
from ossay.collect.security.places import View
from ossay.model.evidence import Item
from ossay.model.tree import Scanner, Unreadable

LARGEST_BYTES = 200_000
LONGEST_NAME = 120


_NEEDS = re.compile(rb"(?m)^dependencies:[^\n]*\n?(?:[ \t#-][^\n]*\n?|\r?\n)*")
_CHARTS = re.compile(r"(?:(?<=/)|^)charts/(?=.)")
_PART = re.compile(
    r"(?:charts/[^/]+/){0,9}"
    r"(?:Chart\.yaml|requirements\.yaml|values\.yaml|(?:templates|crds)/.+)"
)
_TEMPLATE = re.compile(r"(?:^|/)(?:templates|crds)/(?:.+/)?[^_/][^/]*\.ya?ml$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """
    A chart that is no part of another one.

    Attributes:
        folder: Ends with "/", or is "" at the top.
        paths: The files that it is put together from.
        far: Charts that it needs and that are kept elsewhere.
    """

    folder: str
    paths: tuple[str, ...]
    far: tuple[Item, ...]

    @property
    def templates(self) -> tuple[str, ...]:
        """The files of which each may set something up."""
        return tuple(p for p in self.paths if _TEMPLATE.search(p))


def charts_of(view: View) -> tuple[list[Chart], list[Item]]:
    """Return the charts of *view*, and the files that tell of one and are unread."""
    named = [p for p in view.own_paths if _is_named(p, "Chart.yaml")]
    needing = [
        p
        for p in view.own_paths
        if _is_named(p, "Chart.yaml") or _is_named(p, "requirements.yaml")
    ]
    folders = {p.removesuffix("Chart.yaml") for p in named}
    tops = sorted(f for f in folders if folders.isdisjoint(_around(f)))
    far: dict[str, list[Item]] = {}
    unread: list[Item] = []
    there = set(view.own_paths)
    for path, needs in view.tree.scan(NEEDS, needing):
        folder = path.rpartition("/")[0]
        folder = f"{folder}/" if folder else ""
        if folder not in folders:
            continue
        if isinstance(needs, Unreadable):
            unread.append(Item(subject=path, note=needs.why))
            continue
        far[path] = [
            Item(subject=path, note=f"chart {name}"[:LONGEST_NAME])
            for name in needs
            if f"{folder}charts/{name}/Chart.yaml" not in there
        ]
    paths = sorted(view.own_paths)
    return [_chart(paths, top, far) for top in tops], unread


def _chart(paths: list[str], folder: str, far: dict[str, list[Item]]) -> Chart:
    end = bisect_right(paths, folder, key=lambda path: path[: len(folder)])
    inside = paths[bisect_left(paths, folder) : end]
    return Chart(
        folder=folder,
        paths=tuple(p for p in inside if _PART.fullmatch(p[len(folder) :])),
        far=tuple(item for p in inside for item in far.get(p, ())),
    )


def _around(folder: str) -> Iterator[str]:
    """Yield the folders of charts that *folder* would be a part of, if they are."""
    for found in _CHARTS.finditer(folder):
        yield folder[: found.start()]


def _is_named(path: str, name: str) -> bool:
    return path == name or path.endswith(f"/{name}")


def needs_in(content: bytes) -> tuple[str, ...]:
    """Return the names of the charts that a chart needs."""
    document = _documents.read_yaml(content)
    listed = document.get("dependencies") if isinstance(document, dict) else None
    return tuple(_names(listed))


def _names(listed: object) -> Iterator[str]:
    for each in listed if isinstance(listed, list) else ():
        name = each.get("name") if isinstance(each, dict) else None
        if isinstance(name, str):
            yield name


def without_needs(content: bytes) -> bytes:
    """Return what a chart says of itself but for what it needs."""
    return _NEEDS.sub(b"", content)


NEEDS = Scanner(
    name="misconfiguration.charts",
    version=code_digest([sys.modules[__name__], _documents], ["pyyaml"]),
    kind=tuple[str, ...],
    scan=needs_in,
    largest_bytes=LARGEST_BYTES,
)
