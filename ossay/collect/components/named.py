# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""One naming of a component in one file, before namings of the same one are joined."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from ossay.collect._places import Place, place_by_name
from ossay.collect.licensing.expressions import ExpressionRefused, expression
from ossay.model.components import Component, Purl, Scope

LONGEST_NAME = 300
LONGEST_VERSION = 200
"""Longer ones are no names or versions of any package; they are cut."""

LONGEST_WAY = 100
"""Steps. Ways along a chain take room that grows with the square of its length."""

_ASIDE = frozenset({Place.TEST, Place.EXAMPLE, Place.DOCUMENTATION})

_NEED = (Scope.RUNTIME, Scope.UNKNOWN, Scope.BUILD, Scope.DEVELOPMENT)
"""Of several scopes the first counts: what runs, or may, is needed whatever else is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """
    A component as one file names it; fields as `Component` has them.

    Attributes:
        licences: What the file says, one of which may be chosen.
        brought_by: The purls on the way to it.
    """

    purl: Purl
    ecosystem: str
    name: str
    version: str
    file: str
    scope: Scope = Scope.UNKNOWN
    licences: tuple[str, ...] = ()
    direct: bool | None = None
    brought_by: tuple[Purl, ...] = ()


def purl_of(
    kind: str, name: str, version: str = "", *, namespace: str = "", **more: str
) -> Purl:
    """Return the canonical purl of a package; raise `ValueError` where none can be."""
    from packageurl import PackageURL

    made = PackageURL(
        type=kind,
        namespace=namespace[:LONGEST_NAME] or None,
        name=name[:LONGEST_NAME],
        version=version[:LONGEST_VERSION] or None,
        qualifiers=more or None,
    )
    return Purl(made.to_string())


def scope_in(path: str, scope: Scope) -> Scope:
    """
    Return *scope*, unless *path* is there for tests, examples or documentation.

    Hidden folders (`.github`, `.devcontainer`) are for those who work on the software.
    """
    is_aside = place_by_name(path) in _ASIDE or (path.startswith(".") and "/" in path)
    return Scope.DEVELOPMENT if is_aside else scope


def joined(named: Iterable[Named]) -> tuple[Component, ...]:
    """
    Return each component once, in the order of purls.

    Where one file wishes for a package and another, beside it or above, fixes its
    version, that is one component.
    """
    by_purl: dict[Purl, list[Named]] = {}
    fixed_by_name: dict[tuple[str, str], list[Named]] = {}
    for each in named:
        by_purl.setdefault(each.purl, []).append(each)
        if each.version:
            fixed_by_name.setdefault((each.ecosystem, each.name), []).append(each)
    for purl, namings in list(by_purl.items()):
        others = fixed_by_name.get((namings[0].ecosystem, namings[0].name), ())
        if namings[0].version or not others:
            continue
        for wish in namings:
            for answer in [one for one in others if _is_beside(one.file, wish.file)]:
                by_purl[answer.purl].append(replace(wish, purl=answer.purl))
        left = [
            w for w in namings if not any(_is_beside(o.file, w.file) for o in others)
        ]
        if left:
            by_purl[purl] = left
        else:
            del by_purl[purl]
    return tuple(_component(by_purl[purl]) for purl in sorted(by_purl))


def folders_around(path: str) -> Iterator[str]:
    """Yield the folder of *path* and those around it: "a/b/", "a/", ""."""
    folder = path
    while folder:
        folder = folder.rpartition("/")[0]
        yield f"{folder}/" if folder else ""


def _is_beside(lock: str, file: str) -> bool:
    """Tell whether *lock* is in the folder of *file*, or in one around it."""
    folder = lock.rpartition("/")[0]
    return file.startswith(f"{folder}/") if folder else True


def _component(namings: list[Named]) -> Component:
    first = namings[0]
    is_direct = _is_direct(namings)
    scope = min((n.scope for n in namings), key=_NEED.index)
    return Component(
        purl=first.purl,
        ecosystem=first.ecosystem,
        name=first.name,
        version=first.version,
        scope=scope,
        licence=next(filter(None, (_licence(n.licences) for n in namings)), ""),
        found_in=tuple(sorted({n.file for n in namings})),
        direct=is_direct,
        path=() if is_direct else _shortest(namings, scope),
    )


def _is_direct(namings: list[Named]) -> bool | None:
    told = {n.direct for n in namings}
    if True in told:
        return True
    return False if told == {False} else None


def _shortest(namings: list[Named], scope: Scope) -> tuple[Purl, ...]:
    """Return the shortest way to it; one by which it is needed most, if there is."""
    ways = [(n.scope is not scope, len(n.brought_by), n.brought_by) for n in namings]
    return min((way for way in ways if way[2]), default=(True, 0, ()))[2]


@lru_cache(maxsize=4_096)
def _licence(said: tuple[str, ...]) -> str:
    """Return the SPDX expression of what is *said*; "" where there is none."""
    known = [text for text in map(_expression, said) if text]
    if len(known) != len(said):
        return ""  # to leave one of several out would say something else
    return str(_expression(" OR ".join(f"({text})" for text in known)))


@lru_cache(maxsize=4_096)
def _expression(text: str) -> str:
    try:
        return str(expression(text))
    except ExpressionRefused:
        return ""


_ONE_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_!~-]{0,199}")
_MANY = frozenset({"latest", "release", "master", "main", "head", "x"})


def fixed(version: str) -> str:
    """Return the version that a file tells; "" where it is a range or a wish."""
    told = version.strip()
    if not _ONE_VERSION.fullmatch(told) or told.casefold() in _MANY:
        return ""
    return told


def ways(
    starts: Iterable[str], leads_to: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """
    Yield what can be reached from *starts*, with the shortest way to each.

    One of more than `LONGEST_WAY` steps is left untold (`()`).
    """
    seen = dict.fromkeys(starts, ())
    queue: list[tuple[str, tuple[str, ...], int]] = [(start, (), 0) for start in seen]
    for here, way, steps in queue:
        yield here, way
        onward = (*way, here) if steps < LONGEST_WAY else ()
        for there in leads_to.get(here, ()):
            if there not in seen:
                seen[there] = ()
                queue.append((there, onward, steps + 1))
