# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Components held against advisories: what is known of each, under which names."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ossay.collect.vulnerabilities.ranges import fixed_in, is_affected
from ossay.collect.vulnerabilities.versions import order_of
from ossay.model.advisories import Advisories, Affected, Package
from ossay.model.components import Component
from ossay.model.packages import package_key


class Match(NamedTuple):
    """
    A component that an advisory speaks of.

    Attributes:
        entries: What it says of the package; those that hit, or those that may.
        is_certain: Whether the component is affected; else that cannot be told.
        fixed: The version that is no longer affected; "" where none is named.
    """

    component: Component
    advisory: str
    entries: tuple[Affected, ...]
    is_certain: bool
    fixed: str


def package_of(component: Component) -> Package:
    """Return what a component is looked up by."""
    return component.ecosystem, package_key(component.ecosystem, component.name)


def matches(components: Iterable[Component], advisories: Advisories) -> Iterator[Match]:
    """Yield what is known of *components*, and what may concern them."""
    by_package: dict[Package, list[Component]] = {}
    for component in components:
        by_package.setdefault(package_of(component), []).append(component)
    for package, entries in advisories.about(by_package):
        by_advisory: dict[str, list[Affected]] = {}
        for entry in entries:
            by_advisory.setdefault(entry.advisory, []).append(entry)
        for component in by_package[package]:
            for advisory, said in by_advisory.items():
                if (match := _match(component, advisory, said)) is not None:
                    yield match


def _match(
    component: Component, advisory: str, entries: Sequence[Affected]
) -> Match | None:
    hit, open_ones = [], []
    for entry in entries:
        told = _told(component, entry)
        if told:
            hit.append(entry)
        elif told is None:
            open_ones.append(entry)
    if not hit and not open_ones:
        return None
    fixed = _last(component, hit)
    return Match(component, advisory, tuple(hit or open_ones), bool(hit), fixed)


def _told(component: Component, entry: Affected) -> bool | None:
    """
    Tell whether an entry concerns a component; None where that cannot be told.

    Of which release of a distribution a component is, no file of a repository says.
    """
    if not component.version:
        return None
    told = is_affected(component.version, entry, order_of(component.ecosystem))
    return None if told and entry.release else told


def _last(component: Component, hit: Sequence[Affected]) -> str:
    """Return the version with which the last of the entries that hit is past."""
    order = order_of(component.ecosystem)
    fixed = [fixed_in(component.version, entry, order) for entry in hit]
    return "" if "" in fixed else max(fixed, key=order, default="")
