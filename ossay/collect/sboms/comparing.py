# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What SBOMs list, held against what the files of a repository name."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ossay.collect.components import Components
from ossay.collect.components.named import purl_of
from ossay.collect.licensing.expressions import ExpressionRefused, expression
from ossay.collect.sboms.reading import Listed
from ossay.model.components import Completeness, Component, Scope
from ossay.model.evidence import Item

_RUNNING = (Scope.RUNTIME, Scope.UNKNOWN)

SELDOM_LISTED = frozenset({"docker", "githubactions"})
"""What a project is made with rather than of; SBOMs leave it out."""


_LONGEST = 1_000
"""Characters of a purl; no package has a longer one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """
    Where SBOMs and the files of a repository differ.

    Attributes:
        not_listed: Components needed to run the software, with a version, of which
            no SBOM tells; an item's note is the file that names it.
        other_versions: Those that are listed, and with other versions alone.
        other_licences: Those that are listed at their version, and whose package
            states another licence by the files here than by the list.
        not_found: What is listed and named by no file, of the ecosystems of which
            the files tell all.
        without_version: How many are listed, and no version of them.
        by_licence: How many of those listed at their version have a licence that
            both tell; None where none is listed at its version.
        not_comparable: How many of those listed could not be looked for: no purl, or
            of an ecosystem of which the files do not tell all.
    """

    not_listed: tuple[Item, ...]
    other_versions: tuple[Item, ...]
    other_licences: tuple[Item, ...]
    not_found: tuple[Item, ...]
    without_version: int
    by_licence: int | None
    not_comparable: int


def compare(listed: Iterable[Listed], found: Components) -> Compared:
    """Hold what is *listed* against what was *found*."""
    known = _Known.of(listed)
    not_listed, other_versions, other_licences = [], [], []
    without_version, by_licence = 0, None
    for component in filter(_is_expected, found.components):
        versions = known.versions_of(component)
        if versions is None:
            item = Item(subject=component.purl, note=component.found_in[0])
            not_listed.append(item)
        elif not versions:
            without_version += 1
        elif plain(component.version) not in versions:
            told = ", ".join(sorted(versions)[:5])[:200]
            other_versions.append(Item(subject=component.purl, note=f"listed: {told}"))
        else:
            licences = known.licences_of(component)
            by_licence = (by_licence or 0) + bool(licences)
            if licences and component.licence not in licences:
                listed_as, here = ", ".join(licences)[:100], component.licence[:100]
                note = f"listed: {listed_as}; here: {here}"
                other_licences.append(Item(subject=component.purl, note=note))
    not_found, not_comparable = _beyond(known, found)
    return Compared(
        not_listed=tuple(not_listed),
        other_versions=tuple(other_versions),
        other_licences=tuple(other_licences),
        not_found=not_found,
        without_version=without_version,
        by_licence=by_licence,
        not_comparable=not_comparable,
    )


def _beyond(known: "_Known", found: Components) -> tuple[tuple[Item, ...], int]:
    """Return what no file names, and how many could not be looked for."""
    told_whole = {
        told.ecosystem
        for told in found.ecosystems
        if told.completeness is Completeness.LOCKFILE
    } - SELDOM_LISTED
    named = {key for c in found.components if (key := _key(c.purl)[0])}
    comparable = [
        (key, purl)
        for key, purl in known.purls.items()
        if key.partition("/")[0] in told_whole
    ]
    not_found = (Item(subject=p) for key, p in sorted(comparable) if key not in named)
    others = len(known.purls) - len(comparable)
    return tuple(not_found), others + len(known.by_name)


def same_versions(listed: Iterable[Listed], found: Components) -> tuple[int, int, int]:
    """
    Return how many components are listed at the version found, of how many.

    Those are how many are listed, of the ecosystems found, and how many were found.
    """
    kinds = {component.ecosystem for component in found.components}
    named = map(named_by, listed)
    told = {(key, v) for key, v in named if key.partition("/")[0] in kinds}
    here = {
        (_key(component.purl)[0], plain(component.version))
        for component in found.components
        if component.version
    }
    return len(here & told), len(told), len(here)


def only_listed(listed: Iterable[Listed], found: Components) -> tuple[Component, ...]:
    """Return what is *listed*, by a purl, at a version that no file names."""
    here = {(_key(c.purl)[0], plain(c.version)) for c in found.components}
    named = {key for key, _ in here}
    those: dict[tuple[str, str], Component] = {}
    for one in listed:
        key, version = named_by(one)
        is_here = (key, version) in here if version else key in named
        if key and not is_here:
            those.setdefault((key, version), _as_component(one))
    return tuple(those.values())


def named_by(one: Listed) -> tuple[str, str]:
    """Return what an entry names, and the version; "" where no purl tells it."""
    key, version = _key(one.purl)
    return key, plain(version or one.version)


def _as_component(one: Listed) -> Component:
    from packageurl import PackageURL

    read = PackageURL.from_string(one.purl)
    version = read.version or one.version
    between = ":" if read.type == "maven" else "/"
    whole = f"{read.namespace}{between}{read.name}" if read.namespace else read.name
    return Component(
        purl=purl_of(read.type, read.name, version, namespace=read.namespace or ""),
        ecosystem=read.type,
        name=whole,
        version=version,
    )


def _is_expected(component: Component) -> bool:
    return (
        component.version != ""
        and component.scope in _RUNNING
        and component.ecosystem not in SELDOM_LISTED
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """
    What is listed, by what it is called.

    Attributes:
        by_key: The versions of those with a purl.
        by_name: The versions of those without, by each of their names.
        purls: One of the purls of each of the former.
        licences: What is said of the licence of each of them, by version.
    """

    by_key: dict[str, set[str]]
    by_name: dict[str, set[str]]
    purls: dict[str, str]
    licences: dict[tuple[str, str], set[str]]

    @classmethod
    def of(cls, listed: Iterable[Listed]) -> "_Known":
        found = cls(defaultdict(set), defaultdict(set), {}, defaultdict(set))
        for one in listed:
            key, version = _key(one.purl)
            versions = {plain(v) for v in (version, one.version) if v}
            if key:
                found.by_key[key] |= versions
                found.purls.setdefault(key, one.purl)
                if one.licence:
                    for each in versions:
                        found.licences[key, each].add(one.licence)
            else:
                for name in filter(None, one.names):
                    found.by_name[name.casefold()] |= versions
        return found

    def versions_of(self, component: Component) -> set[str] | None:
        """Return the versions listed, empty where untold; None if it is not there."""
        key, name = _key(component.purl)[0], component.name.casefold()
        if key in self.by_key:
            return self.by_key[key]
        return self.by_name.get(name)

    def licences_of(self, component: Component) -> list[str]:
        """Return what is listed of its licence; none unless both tell it readably."""
        key = _key(component.purl)[0]
        said = sorted(self.licences.get((key, plain(component.version)), ()))
        read = [_expression(one) for one in said[:_MOST_LICENCES]]
        return read if component.licence and "" not in read else []


_MOST_LICENCES = 5
"""What is said of one component's licence; more is no news."""


def _expression(said: str) -> str:
    try:
        return expression(said)
    except ExpressionRefused:
        return ""


@lru_cache(maxsize=50_000)
def _key(purl: str) -> tuple[str, str]:
    """Return what a purl names, whatever the version, and that; "" if it is none."""
    from packageurl import PackageURL

    if len(purl) > _LONGEST:
        return "", ""
    try:
        read = PackageURL.from_string(purl)
    except ValueError:
        return "", ""
    parts = (read.type, read.namespace or "", read.name)
    return "/".join(parts).casefold(), read.version or ""


def plain(version: str) -> str:
    """Return a version without the letter that Go's have and some tools drop."""
    return version[1:] if version[:1] == "v" and version[1:2].isdigit() else version
