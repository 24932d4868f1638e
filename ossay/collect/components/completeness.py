# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""How much of an ecosystem's components the files of a repository tell."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ossay.model.components import Completeness, Component
from ossay.model.evidence import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class EcosystemTold:
    """
    How much the repository tells of one ecosystem.

    Attributes:
        ecosystem: The type of its purls.
        files: Those that name its components.
        why: Each reason why not all is told, by file.
    """

    ecosystem: str
    completeness: Completeness
    files: tuple[str, ...]
    why: tuple[Item, ...] = ()


def told(
    components: Iterable[Component], reasons: Mapping[str, list[Item]]
) -> Iterator[EcosystemTold]:
    """
    Yield how much is told of each ecosystem.

    *reasons* are, by ecosystem, the files that do not tell all, and why.
    """
    by_kind: dict[str, list[Component]] = defaultdict(list)
    for component in components:
        by_kind[component.ecosystem].append(component)
    for kind in sorted({*by_kind, *reasons}):
        of_it = by_kind[kind]
        why = _not_settled(reasons.get(kind, []), of_it)
        loose = [c for c in of_it if not c.version]
        completeness = Completeness.LOCKFILE
        if why or kind in _NOT_TOLD_WITHIN:
            completeness = Completeness.MANIFEST_ONLY
        if loose:
            completeness = Completeness.VERSIONS_UNRESOLVED
        yield EcosystemTold(
            ecosystem=kind,
            completeness=completeness,
            files=tuple(sorted({file for c in of_it for file in c.found_in})),
            why=tuple(why),
        )


def _not_settled(why: list[Item], components: list[Component]) -> list[Item]:
    """Return the reasons, without files whose every wish a lockfile has settled."""
    doubtful = {item.subject for item in why}
    open_by_file: dict[str, list[bool]] = defaultdict(list)
    for component in components:
        is_open = doubtful.issuperset(component.found_in)
        for file in component.found_in:
            open_by_file[file].append(is_open)
    return [i for i in why if any(open_by_file[i.subject] or [True])]


_NOT_TOLD_WITHIN = frozenset({"docker", "githubactions"})
"""Ecosystems in which what a component brings along is told nowhere."""
