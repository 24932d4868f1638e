# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What an SBOM names beyond the files of the repository, held against advisories.

It stands beside what is known of the components found, and changes nothing of it.
"""

from collections.abc import Iterator

from ossay.collect.components import Components
from ossay.collect.handed_sboms.facts import VULNERABILITIES
from ossay.collect.sboms.answering import Found
from ossay.collect.sboms.comparing import named_by, only_listed
from ossay.collect.vulnerabilities.answers import NONE_HERE, item_of
from ossay.collect.vulnerabilities.claims import claims
from ossay.collect.vulnerabilities.coverage import covering_packs, missing
from ossay.collect.vulnerabilities.flaws import flaws
from ossay.collect.vulnerabilities.matching import matches
from ossay.model.collector import Given
from ossay.model.evidence import Answered

_FILES_UNKNOWN = "it is not known which components the files of the repository name"


def vulnerabilities_beyond(
    found: Found, given: Given, here: Components | None, unread: str
) -> Answered:
    """Answer with a lower bound, unless each of them could be held against all."""
    advisories = given.advisories
    covering = covering_packs(advisories.packs()) if advisories else {}
    if advisories is None or not covering:
        return VULNERABILITIES.unknown(NONE_HERE)
    if here is None:
        return VULNERABILITIES.unknown(_FILES_UNKNOWN)
    listed = [one for sbom in found.read for one in sbom.listed]
    beyond = only_listed(listed, here)
    said = (*claims(given.tree), *advisories.statements())
    url = given.snapshot.repository_url
    known = flaws(matches(beyond, advisories), advisories, said, url)

    def short() -> Iterator[str]:
        if unread:
            yield unread
        if nameless := sum(not named_by(one)[0] for one in listed):
            yield f"{nameless:,} of those listed have no package URL"
        yield from missing({one.ecosystem for one in beyond}, covering, given.snapshot)
        if undecided := sum(not f.is_certain and not f.is_set_aside for f in known):
            yield f"{undecided:,} undetermined"

    those = [flaw for flaw in known if flaw.counts]
    return VULNERABILITIES.found(
        len(those), map(item_of, those), missed="; ".join(short())
    )
