# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which software of others a released file brings, and which it asks for."""

from collections import defaultdict
from collections.abc import Iterable

from ossay.artefacts.inside.archived import note_archives
from ossay.artefacts.inside.binaries import read_binaries
from ossay.artefacts.inside.installed import TOOL, read_installed
from ossay.artefacts.inside.jars import read_jars
from ossay.artefacts.inside.named import Found, joined
from ossay.artefacts.inside.packages import read_packages
from ossay.artefacts.unpacking import Artefact
from ossay.model.artefacts import Inside
from ossay.model.components import Completeness, Component
from ossay.model.evidence import Item
from ossay.model.toolbox import Toolbox

__all__ = ["TOOL", "components_inside"]


def components_inside(artefact: Artefact, name: str, toolbox: Toolbox | None) -> Inside:
    """Return what the released file called *name* brings with it."""
    found = Found()
    read_packages(artefact, found)
    read_jars(artefact, name, found)
    read_installed(artefact, toolbox, found)
    read_binaries(artefact, found)
    note_archives(artefact, found)
    found.left_out += [Item(subject=n, note=why) for n, why in artefact.left_out]
    own = {each.purl for each in found.own}
    contained = joined(n for n in found.named if n.is_inside and n.purl not in own)
    there = {(c.ecosystem, c.name) for c in contained}
    asked = joined(
        n for n in found.named if not n.is_inside and (n.ecosystem, n.name) not in there
    )
    return Inside(
        itself=tuple(sorted(own)),
        contained=contained,
        asked_for=asked,
        completeness=_completeness(contained, asked),
        left_out=tuple(
            sorted(set(found.left_out), key=lambda item: (item.subject, item.note))
        ),
    )


def _completeness(
    contained: Iterable[Component], asked: Iterable[Component]
) -> tuple[tuple[str, Completeness], ...]:
    """
    Return how much is told of each ecosystem.

    What a package asks for asks for more, which is told nowhere inside.
    """
    found: dict[str, set[Completeness]] = defaultdict(set)
    for component in contained:
        found[component.ecosystem].add(
            Completeness.LOCKFILE
            if component.version
            else Completeness.VERSIONS_UNRESOLVED
        )
    for component in asked:
        found[component.ecosystem].add(
            Completeness.MANIFEST_ONLY
            if component.version
            else Completeness.VERSIONS_UNRESOLVED
        )
    order = list(Completeness)
    return tuple(
        (kind, max(told, key=order.index)) for kind, told in sorted(found.items())
    )
