# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Flaws in components: advisories of one flaw joined, in order of priority.

What was made to do harm comes first, then what is known to be exploited, what is
likely to be, and then by severity. One whose severity nobody told comes before the
medium ones.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter

from ossay.collect.vulnerabilities.matching import Match
from ossay.collect.vulnerabilities.severity import Scored, worst
from ossay.collect.vulnerabilities.versions import order_of
from ossay.model.advisories import Advisories, Advisory, Exploited, Likelihood
from ossay.model.components import Component, Scope
from ossay.model.packages import repository_key
from ossay.model.vex import Speaker, Statement, Status

LIKELY = 0.95
"""Percentile of EPSS from which a flaw is called likely to be exploited."""


_MALICIOUS = "MAL-"
"""How ids of OpenSSF's list of malicious packages begin (osv.dev)."""


class Priority(StrEnum):
    """What to look at first; first first."""

    MALICIOUS = "malicious"
    EXPLOITED = "exploited"
    LIKELY = "likely to be exploited"
    CRITICAL = "critical"
    HIGH = "high"
    UNKNOWN = "unknown"
    MEDIUM = "medium"
    LOW = "low"


_RANK = {priority: rank for rank, priority in enumerate(Priority)}

_TRUST = {speaker: rank for rank, speaker in enumerate(Speaker)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """
    One flaw in one component, whatever the number of advisories about it.

    Attributes:
        ids: The advisories that speak of the component, sorted.
        names: All names of the flaw.
        is_certain: Whether the component is affected; else that cannot be told.
        fixed: The version that is no longer affected; "" where none is named.
        said: What people said of it, the word that counts first.
    """

    component: Component
    ids: tuple[str, ...]
    names: tuple[str, ...]
    summary: str
    is_certain: bool
    fixed: str
    scored: Scored
    exploited: Exploited | None
    likelihood: Likelihood | None
    said: tuple[Statement, ...]

    @property
    def priority(self) -> Priority:
        """Return what decides when to look at it."""
        if self.is_malicious:
            return Priority.MALICIOUS
        if self.exploited is not None:
            return Priority.EXPLOITED
        if self.likelihood is not None and self.likelihood.percentile >= LIKELY:
            return Priority.LIKELY
        return Priority(self.scored.severity.value)

    @property
    def is_malicious(self) -> bool:
        """Whether the package itself was reported as made to do harm."""
        return any(name.startswith(_MALICIOUS) for name in self.names)

    @property
    def is_set_aside(self) -> bool:
        """Whether the buyer said that it does not matter here; nobody else may."""
        return any(
            one.speaker is Speaker.BUYER and _denies(one) for one in self.said[:1]
        )

    @property
    def is_contested(self) -> bool:
        """Whether the supplier or the repository says that it does not matter."""
        return not self.is_set_aside and any(map(_denies, self.said))

    @property
    def counts(self) -> bool:
        """Whether it is one of the known ones."""
        return self.is_certain and not self.is_set_aside

    @property
    def is_in_service(self) -> bool:
        """Whether the component is needed beyond development, as far as is told."""
        return self.component.scope not in (Scope.DEVELOPMENT, Scope.BUILD)

    @property
    def disposition(self) -> str:
        """Return where it stands, in words."""
        stands = "open" if self.is_certain else "undetermined"
        if not self.said:
            return stands
        first = self.said[0]
        why = f": {first.why}" if first.why else ""
        if self.is_set_aside:
            return f"set aside by the buyer, {first.status.value}{why}"
        return f"{stands}; the {first.speaker.value} says {first.status.value}{why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of flaws by their names, asked for once."""

    names: Mapping[str, frozenset[str]]
    records: Mapping[str, Advisory]
    exploited: Mapping[str, Exploited]
    likelihoods: Mapping[str, Likelihood]
    said: Sequence[Statement]
    here: str

    @classmethod
    def of(
        cls,
        ids: Iterable[str],
        advisories: Advisories,
        said: Sequence[Statement],
        repository_url: str,
    ) -> "_Known":
        names = {one: advisories.names_of(one) for one in sorted(set(ids))}
        every = sorted({name for known in names.values() for name in known})
        return cls(
            names=names,
            records=advisories.records(every),
            exploited=advisories.exploited(every),
            likelihoods=advisories.likelihoods(every),
            said=said,
            here=repository_key(repository_url),
        )

    def flaw(self, those: Sequence[Match]) -> Flaw:
        """Join what advisories of one flaw say of one component."""
        component = those[0].component
        ids = sorted({match.advisory for match in those})
        names = sorted({name for one in ids for name in self.names[one]})
        standing = [
            self.records[name]
            for name in (*ids, *names)
            if name in self.records and not self.records[name].withdrawn
        ]
        own = [v for m in those for entry in m.entries for v in entry.severity]
        certain = [match for match in those if match.is_certain]
        likely = [self.likelihoods[n] for n in names if n in self.likelihoods]
        return Flaw(
            component=component,
            ids=tuple(ids),
            names=tuple(names),
            summary=next((one.summary for one in standing if one.summary), ""),
            is_certain=bool(certain),
            fixed=_fixed(component, certain),
            scored=worst([*own, *(v for one in standing for v in one.severity)]),
            exploited=next(
                (self.exploited[n] for n in names if n in self.exploited), None
            ),
            likelihood=max(likely, key=attrgetter("percentile"), default=None),
            said=self._about(component, frozenset(names)),
        )

    def _about(
        self, component: Component, names: frozenset[str]
    ) -> tuple[Statement, ...]:
        """Return what was said; the buyer's last word first, a claim last."""
        those = [
            one
            for one in reversed(self.said)
            if not names.isdisjoint(one.names) and _is_about(one, component, self.here)
        ]
        return tuple(sorted(those, key=lambda one: _TRUST[one.speaker]))


def flaws(
    found: Iterable[Match],
    advisories: Advisories,
    said: Sequence[Statement],
    repository_url: str,
) -> tuple[Flaw, ...]:
    """
    Join *found* by flaw and component; the most pressing first.

    Args:
        said: What people said of flaws, the last word last.
        repository_url: Of the software that has the components.
    """
    every = list(found)
    known = _Known.of((m.advisory for m in every), advisories, said, repository_url)
    joined: dict[tuple[str, str], list[Match]] = {}
    for match in every:
        key = match.component.purl, min(known.names[match.advisory])
        joined.setdefault(key, []).append(match)
    return tuple(sorted(map(known.flaw, joined.values()), key=_pressing))


def _pressing(flaw: Flaw) -> tuple[object, ...]:
    likely = flaw.likelihood.percentile if flaw.likelihood else 0.0
    return (
        not flaw.counts,
        _RANK[flaw.priority],
        -likely,
        -(flaw.scored.score or 0.0),
        flaw.component.purl,
        flaw.ids,
    )


def _fixed(component: Component, certain: Sequence[Match]) -> str:
    """Return the version with which all advisories of the flaw are past."""
    fixed = [match.fixed for match in certain]
    if not fixed or "" in fixed:
        return ""
    return max(fixed, key=order_of(component.ecosystem))


def _denies(said: Statement) -> bool:
    return said.status in (Status.NOT_AFFECTED, Status.FIXED)


def _is_about(said: Statement, component: Component, here: str) -> bool:
    """
    Tell whether a statement is about a component of the software that is assessed.

    A document in the repository need not say which software it is about; one that
    was handed in must name it, or the component as a product of its own.
    """
    is_here = said.speaker is Speaker.REPOSITORY or _address(said.product) == here
    if said.components:
        is_named = any(_names(purl, component) for purl in said.components)
        return is_named and (is_here or _names(said.product, component))
    return is_here or _names(said.product, component)


def _names(purl: str, component: Component) -> bool:
    """Tell whether *purl* is that of a component; without a version, of any."""
    named, own = _bare(purl), _bare(component.purl)
    return named in (own, own.rpartition("@")[0] if component.version else own)


def _bare(purl: str) -> str:
    """Return a purl without qualifiers, its scope spelt as people spell it."""
    return purl.partition("?")[0].partition("#")[0].replace("%40", "@")


def _address(product: str) -> str:
    """Return how the repository that a product is would be looked up."""
    for forge in ("github", "gitlab", "bitbucket"):
        if product.startswith(f"pkg:{forge}/"):
            host = "bitbucket.org" if forge == "bitbucket" else f"{forge}.com"
            name = product.removeprefix(f"pkg:{forge}/").partition("@")[0]
            return repository_key(f"{host}/{name.partition('?')[0]}")
    return repository_key(product)
