# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The software itself held against advisories: by its address, and by its names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from ossay.collect.own_vulnerabilities import ancestry, facts
from ossay.collect.own_vulnerabilities.names import Name, names_of, version_of
from ossay.collect.vulnerabilities.coverage import covering_packs, missing
from ossay.collect.vulnerabilities.flaws import Flaw, flaws
from ossay.collect.vulnerabilities.matching import Match
from ossay.collect.vulnerabilities.ranges import fixed_in, is_affected
from ossay.collect.vulnerabilities.versions import order_of
from ossay.model.advisories import Advisories, Affected
from ossay.model.collector import Given
from ossay.model.components import Component, Purl
from ossay.model.evidence import Answered, Item
from ossay.model.packages import GIT, package_key, repository_key

NONE_HERE = (
    "there are no advisories here to hold the software against; "
    "take some in with `ossay advisories import`"
)

_NOT_TOLD = "it could not be told whether they concern this version"

_UNCONFIRMED = (
    "no advisory at hand speaks of this repository, and that the software goes under "
    "the name that it gives itself was not confirmed"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _LookedUp:
    """
    What advisories say of the software.

    Attributes:
        repository: The key of its address; "" for a folder.
        unread: Manifests that may name it, and could not be read.
        is_confirmed: Whether an advisory, or its own name, ties it to its address.
        missed: Why advisories may lack some.
    """

    repository: str
    names: tuple[Name, ...]
    unread: tuple[Item, ...]
    matches: tuple[Match, ...]
    is_confirmed: bool
    missed: tuple[str, ...]


def answers(given: Given, advisories: Advisories) -> Iterator[Answered]:
    """Answer from what advisories say of the address, and of names."""
    found = _look_up(given, advisories)
    joined = flaws(found.matches, advisories, (), given.snapshot.repository_url)
    known = [flaw for flaw in joined if flaw.is_certain]
    doubtful = [flaw for flaw in joined if not flaw.is_certain]
    unread = [f"{one.subject} could not be read: {one.note}" for one in found.unread]
    open_ones = [f"of {len(doubtful)} {_NOT_TOLD}"] if doubtful else []
    may_lack = "; ".join(unread)
    if found.is_confirmed or known:
        missed = "; ".join((*unread, *found.missed, *open_ones))
        yield facts.KNOWN.found(len(known), map(_item, known), missed=missed)
    else:
        may_lack = _UNCONFIRMED
        yield facts.KNOWN.unknown(_UNCONFIRMED, map(_item, doubtful))
    yield facts.UNDETERMINED.found(len(doubtful), map(_item, doubtful), missed=may_lack)
    address = [found.repository] if found.repository else []
    yield facts.LOOKED_UP_AS.found(
        (*address, *(f"{name.ecosystem}: {name.name}" for name in found.names)),
        [Item(subject=name.where, note=name.name) for name in found.names],
        missed="; ".join(unread),
    )


def _look_up(given: Given, advisories: Advisories) -> _LookedUp:
    repository = _address(given.snapshot.repository_url)
    told = list(names_of(given.tree, given.snapshot.path, repository))
    names = [one for one in told if isinstance(one, Name)]
    covering = covering_packs(advisories.packs())
    by_address = _entries(advisories, GIT, repository) if repository else []
    matches = list(_by_address(given, repository, by_address, advisories))
    is_confirmed = bool(by_address)
    for name in names:
        entries = _entries(advisories, name.ecosystem, name.name)
        is_own = name.is_address or _speak_of(entries, repository, advisories)
        is_confirmed |= is_own and (bool(entries) or name.ecosystem in covering)
        matches += _by_name(given, name, entries, is_own=is_own)
    used = {name.ecosystem for name in names} or set(covering)
    return _LookedUp(
        repository=repository,
        names=tuple(names),
        unread=tuple(one for one in told if isinstance(one, Item)),
        matches=tuple(matches),
        is_confirmed=is_confirmed,
        missed=tuple(missing(used, covering, given.snapshot)),
    )


def _address(url: str) -> str:
    """Return the key of a repository; "" for a folder, which nobody else knows."""
    return repository_key(url) if "://" in url else ""


def _entries(advisories: Advisories, ecosystem: str, name: str) -> list[Affected]:
    key = name if ecosystem == GIT else package_key(ecosystem, name)
    found = advisories.about([(ecosystem, key)])
    return [entry for _, entries in found for entry in entries]


def _by_address(
    given: Given,
    repository: str,
    entries: Sequence[Affected],
    advisories: Advisories,
) -> Iterator[Match]:
    """
    Decide ranges of commits by what the history holds.

    A fix that was made anew on another branch is no commit that an advisory names.
    Where its versions say that this release is past it, it is not known.
    """
    by_entry = [(entry, ancestry.ranges_of(entry, repository)) for entry in entries]
    named = ancestry.commits_in(one for _, ranges in by_entry for one in ranges)
    history = given.history
    past = None
    if history is not None and history.is_complete():
        past = history.among(named)
    component = _itself(given, "generic", repository)
    for entry, ranges in by_entry:
        told = None
        if past is not None:
            told = ancestry.is_affected(given.snapshot.commit, ranges, past)
            if told and _is_past(component.version, entry.advisory, advisories):
                told = None
        if told is not False:
            yield Match(component, entry.advisory, (entry,), bool(told), "")


def _is_past(version: str, advisory: str, advisories: Advisories) -> bool:
    """Tell whether an advisory's versions of packages say that *version* is past it."""
    record = advisories.records([advisory]).get(advisory)
    if record is None or not version:
        return False
    told = [
        is_affected(version, entry, order_of(ecosystem))
        for (ecosystem, _), entry in record.affected
        if ecosystem != GIT
    ]
    return bool(told) and not any(one is not False for one in told)


def _by_name(
    given: Given, name: Name, entries: Sequence[Affected], *, is_own: bool
) -> Iterator[Match]:
    """Decide ranges of versions by the release that is looked at."""
    component = _itself(given, name.ecosystem, name.name)
    order = order_of(name.ecosystem)
    version = component.version
    for entry in entries:
        told = is_affected(version, entry, order) if version else None
        if told is not False:
            fixed = fixed_in(version, entry, order) if told else ""
            is_certain = bool(told) and is_own
            yield Match(component, entry.advisory, (entry,), is_certain, fixed)


def _itself(given: Given, ecosystem: str, name: str) -> Component:
    """Return the software as advisories speak of packages."""
    version = version_of(given.snapshot.ref)
    purl = f"pkg:{ecosystem}/{quote(name, safe='/')}" + (
        f"@{version}" if version else ""
    )
    return Component(
        purl=Purl(purl), ecosystem=ecosystem, name=name, version=version, direct=True
    )


def _speak_of(
    entries: Sequence[Affected], repository: str, advisories: Advisories
) -> bool:
    """Tell whether advisories on a package name this repository themselves."""
    if not repository:
        return False
    if any(ancestry.ranges_of(entry, repository) for entry in entries):
        return True
    records = advisories.records(sorted({entry.advisory for entry in entries}))
    marks = (f'//{repository}"', f"//{repository}/", f"//{repository}.git")
    return any(
        mark in record.document.decode("utf-8", "replace").lower()
        for record in records.values()
        for mark in marks
    )


def _item(flaw: Flaw) -> Item:
    fixed = f"fixed in {flaw.fixed}" if flaw.fixed else "no fixed version is named"
    return Item(
        subject=flaw.component.purl,
        note=f"{', '.join(flaw.ids)}; {flaw.priority.value}; {fixed}",
    )
