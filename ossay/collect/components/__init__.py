# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What the software brings with it: components of others, and how much is told."""

from collections import Counter
from collections.abc import Iterable, Iterator

from ossay.collect.components.listing import Components, components_of
from ossay.collect.components.reading import TOOLS
from ossay.model.collector import Collector, Given, Table
from ossay.model.components import Completeness, Component, Scope
from ossay.model.evidence import Answered, Combine, Fact, Item
from ossay.model.toolbox import ToolSilent

__all__ = ["COLLECTOR", "TOOLS", "Components", "components_of"]

TOTAL = Fact(
    name="components.total",
    kind=int,
    unit="components",
    asks="How many components of others does the software bring, each version counted "
    "once, those for tests and building it among them?",
    combine=Combine.SUM,
)
DIRECT = Fact(
    name="components.direct",
    kind=int,
    unit="components",
    asks="How many of the components does the software name itself?",
    combine=Combine.SUM,
)
RUNTIME = Fact(
    name="components.runtime",
    kind=int,
    unit="components",
    asks="How many components are needed to run the software, those of which no file "
    "tells when they are needed among them?",
    combine=Combine.SUM,
)
WITHOUT_VERSION = Fact(
    name="components.without_version",
    kind=int,
    unit="components",
    asks="Of how many components does no file fix the version?",
    combine=Combine.SUM,
)
WITHOUT_LICENCE = Fact(
    name="components.without_licence",
    kind=int,
    unit="components",
    asks="Of how many components does no file here tell the licence?",
    combine=Combine.SUM,
)
LICENCES = Fact(
    name="components.licences",
    kind=tuple,
    unit="SPDX expression",
    asks="Which licences do the components have that are needed to run the software, "
    "as their packages state them?",
    combine=Combine.UNION,
)
ECOSYSTEMS = Fact(
    name="components.ecosystems",
    kind=tuple,
    asks="From which ecosystems do the components come?",
    combine=Combine.UNION,
)
INCOMPLETE_ECOSYSTEMS = Fact(
    name="components.incomplete_ecosystems",
    kind=tuple,
    asks="Of which ecosystems do the files not tell all components, with versions?",
    combine=Combine.UNION,
)
UNREAD_FILES = Fact(
    name="components.unread_files",
    kind=int,
    unit="files",
    asks="How many files and folders may bring components that are not listed?",
    combine=Combine.SUM,
    unread="files and folders may bring components that are not listed",
)

FACTS = (
    *(TOTAL, DIRECT, RUNTIME, WITHOUT_VERSION, WITHOUT_LICENCE, LICENCES),
    *(ECOSYSTEMS, INCOMPLETE_ECOSYSTEMS, UNREAD_FILES),
)

COLUMNS = (
    *("purl", "ecosystem", "name", "version", "scope", "licence", "direct"),
    *("path", "found in"),
)

_TOLD = {True: "yes", False: "no", None: ""}


def collect(given: Given) -> Iterator[Answered | Table]:
    """Answer from the list; where it could not be made, all of it is open."""
    try:
        found = components_of(given)
    except ToolSilent as why:
        yield from (fact.unknown(str(why)) for fact in FACTS)
        return
    yield from _answers(found)
    yield table_of(found)


def _answers(found: Components) -> Iterator[Answered]:
    every = found.components
    missed = _missed(found)
    yield TOTAL.found(len(every), _by_file(every), missed=missed)
    direct = [c for c in every if c.direct]
    yield DIRECT.found(len(direct), _items(direct), missed=missed)
    running = [c for c in every if c.scope in _RUNNING]
    yield RUNTIME.found(len(running), _by_file(running), missed=missed)
    loose = [c for c in every if not c.version]
    yield WITHOUT_VERSION.found(len(loose), _items(loose), missed=missed)
    unlicensed = [c for c in every if not c.licence]
    yield WITHOUT_LICENCE.found(len(unlicensed), _by_file(unlicensed), missed=missed)
    yield _licences(running, missed)
    yield ECOSYSTEMS.found(
        tuple(told.ecosystem for told in found.ecosystems), missed=missed
    )
    partial = [
        told
        for told in found.ecosystems
        if told.completeness is not Completeness.LOCKFILE
    ]
    yield INCOMPLETE_ECOSYSTEMS.found(
        tuple(told.ecosystem for told in partial),
        (
            item
            for told in partial
            for item in (
                Item(subject=told.ecosystem, note=told.completeness.value),
                *told.why,
            )
        ),
        missed=missed,
    )
    yield UNREAD_FILES.found(len(found.left_out), found.left_out)


_RUNNING = (Scope.RUNTIME, Scope.UNKNOWN)


def _licences(running: list[Component], missed: str) -> Answered:
    """Answer with a lower bound: of most components only their packages tell."""
    counted = Counter(c.licence for c in running if c.licence)
    silent = sum(not c.licence for c in running)
    if silent:
        untold = f"of {silent} components no file here tells the licence"
        missed = f"{missed}; {untold}" if missed else untold
    return LICENCES.found(
        tuple(sorted(counted)),
        (
            Item(subject=licence, note=_so_many(number))
            for licence, number in counted.most_common()
        ),
        missed=missed,
    )


def _missed(found: Components) -> str:
    if not found.left_out:
        return ""
    first = found.left_out[0]
    return (
        f"{len(found.left_out)} files and folders may bring components that are not "
        f"listed, {first.subject} among them: {first.note}"
    )


def _items(components: Iterable[Component]) -> Iterator[Item]:
    for component in components:
        yield Item(subject=component.purl, note=component.found_in[0])


def _by_file(components: Iterable[Component]) -> list[Item]:
    """Return the files that name most, with how many each names."""
    counted = Counter(file for c in components for file in c.found_in)
    return [
        Item(subject=file, note=_so_many(number))
        for file, number in sorted(
            counted.items(), key=lambda each: (-each[1], each[0])
        )
    ]


def _so_many(number: int) -> str:
    return f"{number:,} component{'' if number == 1 else 's'}"


def table_of(found: Components) -> Table:
    """Return the whole list as a table."""
    return Table(
        name="components",
        columns=COLUMNS,
        rows=tuple(
            (
                c.purl,
                c.ecosystem,
                c.name,
                c.version,
                c.scope.value,
                c.licence,
                _TOLD[c.direct],
                " > ".join(c.path),
                "\n".join(c.found_in),
            )
            for c in found.components
        ),
    )


COLLECTOR = Collector(
    facts=FACTS,
    collect=collect,
    asks_tools=TOOLS,
    libraries=("license-expression", "packageurl-python", "packaging", "pyyaml"),
    rests_on=("licensing", "security"),
)
