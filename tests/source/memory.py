# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A `BlobFacts` that is a dict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ossay.model.digest import Digest


@dataclass
class Memory:
    """
    Remembers results, and what it was asked and told.

    Attributes:
        asked: How many object names each call of `known` named.
        told: How many results each call of `keep` brought.
    """

    facts: dict[tuple[str, Digest, str], bytes] = field(default_factory=dict)
    asked: list[int] = field(default_factory=list)
    told: list[int] = field(default_factory=list)

    def known(
        self, scanner: str, version: Digest, oids: Iterable[str]
    ) -> Mapping[str, bytes]:
        """Return the results kept for those of *oids* that have one."""
        names = list(oids)
        self.asked.append(len(names))
        keys = ((scanner, version, oid) for oid in names)
        return {key[2]: self.facts[key] for key in keys if key in self.facts}

    def keep(self, scanner: str, version: Digest, facts: Mapping[str, bytes]) -> None:
        """Remember results."""
        self.told.append(len(facts))
        self.facts |= {(scanner, version, oid): fact for oid, fact in facts.items()}
