# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""One naming of a component inside a released file, and namings joined."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from ossay.model.components import Component, Purl, Scope
from ossay.model.evidence import Item

LONGEST_NAME = 300
LONGEST_VERSION = 200
LONGEST_LICENCE = 200
"""Longer ones are no names, versions or expressions of any package."""

_NAMESPACED = frozenset({"composer", "golang", "maven", "npm"})
"""Ecosystems in which the namespace is a part of the name."""


class NotNamed(ValueError):
    """What should name a package does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """
    A package that a file inside names; fields as `Component` has them.

    Attributes:
        is_inside: Whether it is inside itself, and not only asked for.
    """

    purl: Purl
    ecosystem: str
    name: str
    version: str
    file: str
    is_inside: bool = True
    scope: Scope = Scope.UNKNOWN
    licence: str = ""


@dataclass(slots=True)
class Found:
    """
    What the readers found so far.

    Attributes:
        own: Packages that the released file says it is itself.
        left_out: What may bring components that are not listed, and why.
    """

    named: list[Named] = field(default_factory=list)
    own: list[Named] = field(default_factory=list)
    left_out: list[Item] = field(default_factory=list)

    def leave_out(self, path: str, why: str) -> None:
        """Note that components may be missing because of *path*."""
        self.left_out.append(Item(subject=path, note=why))


def package(
    kind: str,
    name: str,
    version: str = "",
    *,
    file: str,
    namespace: str = "",
    qualifiers: dict[str, str] | None = None,
    is_inside: bool = True,
    scope: Scope = Scope.UNKNOWN,
    licence: str = "",
) -> Named:
    """Return the naming of a package; raise `NotNamed` where that is none."""
    from packageurl import PackageURL

    if not 0 < len(name) <= LONGEST_NAME or len(namespace) > LONGEST_NAME:
        msg = "it names a package by no name, or by one that is too long"
        raise NotNamed(msg)
    if len(version) > LONGEST_VERSION:
        msg = f"it gives {name[:40]!r} a version that is too long"
        raise NotNamed(msg)
    try:
        made = PackageURL(
            type=kind,
            namespace=namespace or None,
            name=name,
            version=version or None,
            qualifiers=qualifiers or None,
        ).to_string()
    except ValueError as error:
        msg = "it names a package as none can be named"
        raise NotNamed(msg) from error
    called = f"{namespace}{':' if kind == 'maven' else '/'}{name}"
    return Named(
        purl=Purl(made),
        ecosystem=kind,
        name=called if namespace and kind in _NAMESPACED else name,
        version=version,
        file=file,
        is_inside=is_inside,
        scope=scope,
        licence=_expression(licence),
    )


def joined(named: Iterable[Named]) -> tuple[Component, ...]:
    """Return each package once, by purl."""
    by_purl: dict[Purl, list[Named]] = {}
    for each in named:
        by_purl.setdefault(each.purl, []).append(each)
    return tuple(
        Component(
            purl=purl,
            ecosystem=namings[0].ecosystem,
            name=namings[0].name,
            version=namings[0].version,
            scope=next(
                (n.scope for n in namings if n.scope is Scope.RUNTIME),
                namings[0].scope,
            ),
            licence=next((n.licence for n in namings if n.licence), ""),
            found_in=tuple(sorted({n.file for n in namings})),
            direct=None if namings[0].is_inside else True,
        )
        for purl, namings in sorted(by_purl.items())
    )


@lru_cache(maxsize=4_096)
def _expression(said: str) -> str:
    """Return an SPDX expression; "" for free text, which most packages have."""
    from license_expression import ExpressionError, get_spdx_licensing

    if not said or len(said) > LONGEST_LICENCE:
        return ""
    try:
        return str(get_spdx_licensing().parse(said, validate=True))
    except ExpressionError:
        return ""
