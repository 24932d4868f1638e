# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which publicly known flaws do the components have that the software brings?"""

from collections.abc import Iterator

from ossay.collect import components
from ossay.collect.components import TOOLS, Components, components_of
from ossay.collect.vulnerabilities import facts
from ossay.model.collector import Collector, Given, Table
from ossay.model.components import Completeness
from ossay.model.evidence import Answered
from ossay.model.toolbox import ToolSilent

NOT_OFFERED = "no advisories were offered to hold its components against"


_FEWER = {
    Completeness.MANIFEST_ONLY: "the files name no more of {kinds} than the software "
    "asks for itself",
    Completeness.VERSIONS_UNRESOLVED: "the files do not tell all versions of {kinds}",
}


def collect(given: Given) -> Iterator[Answered | Table]:
    """Hold the components against the advisories at hand."""
    from ossay.collect.vulnerabilities.answers import answers
    from ossay.collect.vulnerabilities.claims import claims

    if given.advisories is None:
        yield from (fact.unknown(NOT_OFFERED) for fact in facts.ALL)
        return
    try:
        found = components_of(given)
    except ToolSilent as why:
        yield from (fact.unknown(str(why)) for fact in facts.ALL)
        return
    said = (*claims(given.tree), *given.advisories.statements())
    yield from answers(
        found.components,
        tuple(_short(found)),
        given.advisories,
        said,
        given.snapshot,
    )


def _short(found: Components) -> Iterator[str]:
    """Yield why the list of components may lack some, or their versions."""
    for degree in Completeness:
        kinds = [t.ecosystem for t in found.ecosystems if t.completeness is degree]
        if kinds and degree in _FEWER:
            yield _FEWER[degree].format(kinds=", ".join(kinds))
    if found.left_out:
        yield f"{len(found.left_out):,} of the files that name components not read"


COLLECTOR = Collector(
    facts=facts.ALL,
    collect=collect,
    asks_tools=TOOLS,
    asks_advisories=True,
    libraries=(*components.COLLECTOR.libraries, "cvss", "univers"),
    rests_on=("components", *components.COLLECTOR.rests_on),
)
