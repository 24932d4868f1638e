# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Hold what ossay says of real repositories against a second evaluation.

    python -m benchmarks.known FOLDER REPOSITORY...

FOLDER has archives of OSV records (`PyPI.zip`, `Go.zip`, `crates.io.zip`). Each
REPOSITORY is a local clone, of which the head is taken. Of ecosystems that FOLDER has,
`benchmarks.matching` says which records affect each component. Of the others, records
are written for each component: one up to its version, one before it, and one that
lists it; the first and the last affect it. Any difference is status 1.
"""

import json
import sys
import tempfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from benchmarks import page
from benchmarks.advisories import PAGE
from benchmarks.matching import KINDS, Record, affecting, name_in
from ossay import codec, gathering, pipeline, steps
from ossay.advisories import take_in
from ossay.collect.vulnerabilities.versions import order_of
from ossay.engine import Settings, Workshop
from ossay.model.candidate import Part
from ossay.model.collector import Table
from ossay.model.digest import Digest
from ossay.model.packages import PURL_TYPES
from ossay.sandbox.toolbox import Tools

OSV_NAMES = {kind: osv_name for osv_name, kind in PURL_TYPES.items()}
SHOWN = 10
WAYS = ("UPTO", "BEFORE", "LISTED")
"""What is written about a component: up to its version, before it, and that one."""
DATED = date(2026, 8, 21)

Rows = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Compared:
    """How the two sides compare on the components of one repository."""

    name: str
    components: Counter[str]
    real: Counter[str]
    written: Counter[str]
    differing: tuple[str, ...]


def main() -> None:
    """Compare, write the section of the page, and tell by status."""
    folder, *sources = (Path(given).resolve() for given in sys.argv[1:])
    records = {kind: _records(folder / f"{name}.zip") for name, kind in KINDS.items()}
    rows = [_compared(folder, source, records) for source in sources]
    lines = list(_page(rows))
    page.put("repositories", lines, PAGE)
    print("\n".join(lines))
    for row in rows:
        print(*row.differing[:SHOWN], sep="\n")
    sys.exit(any(row.differing for row in rows))


def _records(path: Path) -> list[Record]:
    with zipfile.ZipFile(path) as pack:
        return [json.loads(pack.read(name)) for name in pack.namelist()]


def _compared(
    folder: Path, source: Path, records: Mapping[str, Sequence[Record]]
) -> Compared:
    with tempfile.TemporaryDirectory() as home:
        settings = Settings.read({"OSSAY_HOME": home}, local_paths=True)
        with Workshop.open(settings, toolbox=Tools()) as workshop:
            snapshot = _snapshot(workshop, source)
            components = _table(workshop, "components", snapshot)
            for name in KINDS:
                take_in(workshop, folder / f"{name}.zip", f"{name}.zip", DATED)
            written = Path(home, "written")
            written.mkdir()
            _write(written, [c for c in components if c["ecosystem"] not in records])
            if any(written.iterdir()):
                take_in(workshop, written, "written for the purpose", DATED)
            said = _table(workshop, "vulnerabilities", snapshot)
    expected = dict(_expected(components, records))
    told: dict[str, dict[str, bool]] = defaultdict(dict)
    for row in said:
        for name in (row["advisory"], *row["aliases"].split("\n")):
            told[row["component"]][name] = row["disposition"] != "undetermined"
    real, invented = Counter[str](), Counter[str]()
    differing = []
    for component, truth in expected.items():
        for known_as, verdict in truth.items():
            counts = invented if known_as.startswith("WRITTEN") else real
            counts["affected" if verdict else "undetermined"] += 1
            if told[component].get(known_as) is not verdict:
                differing.append(f"{component}: not {verdict} by {known_as}")
    of_others = {_id_of(which, c) for c in components for which in WAYS}
    for row in said:
        names = {row["advisory"], *row["aliases"].split("\n")}
        own = expected.get(row["component"], {}).keys()
        if names.isdisjoint(own) and not of_others & names - set(_own(row, components)):
            differing.append(f"{row['component']}: {row['advisory']} is ossay's alone")
    return Compared(
        name=source.parent.name if source.name == "repo" else source.name,
        components=Counter(c["ecosystem"] for c in components),
        real=real,
        written=invented,
        differing=tuple(differing),
    )


def _own(row: Mapping[str, str], components: Iterable[dict[str, str]]) -> Iterator[str]:
    """Yield the ids of records that were written about the component of a row."""
    for component in components:
        if component["purl"] == row["component"]:
            yield from (_id_of(which, component) for which in WAYS)


def _snapshot(workshop: Workshop, source: Path) -> str:
    whole = Part(name="whole", source_url=str(source), ref="HEAD")
    candidate = pipeline.candidate_of([whole], workshop=workshop)
    pipeline.enter(workshop, candidate)
    return steps.take(workshop, candidate.id, "whole", "")


def _table(workshop: Workshop, collector: str, snapshot: str) -> Rows:
    artefacts = workshop.register.artefacts
    said = artefacts.get(Digest(gathering.gather(workshop, collector, snapshot)))
    gathered = codec.from_json(gathering.Gathered, said)
    if not gathered.annexes:
        sys.exit(f"{collector} of {snapshot} made no table: {gathered.observed[0]}")
    table = codec.from_json(Table, artefacts.get(gathered.annexes[0].digest))
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def _write(folder: Path, components: Iterable[dict[str, str]]) -> None:
    """Write three records about each component, in an archive of its ecosystem."""
    archives: dict[str, dict[str, Any]] = defaultdict(dict)
    for component in components:
        osv_name = OSV_NAMES.get(component["ecosystem"])
        if osv_name is not None:
            for record in _written(osv_name, component):
                archives[osv_name][f"{record['id']}.json"] = record
    for osv_name, those in archives.items():
        with zipfile.ZipFile(folder / f"{osv_name}.zip", "w") as made:
            for name, record in those.items():
                made.writestr(name, json.dumps(record))


def _written(osv_name: str, component: dict[str, str]) -> Iterator[Record]:
    version = component["version"] or "1.0.0"
    begun = {"introduced": "0"}
    about = (
        _ranged(begun, {"last_affected": version}),
        _ranged(begun, {"fixed": version}),
        {"versions": [version]},
    )
    for which, said in zip(WAYS, about, strict=True):
        package = {"ecosystem": osv_name, "name": component["name"]}
        yield {
            "id": _id_of(which, component),
            "modified": "2026-01-02T03:04:05Z",
            "affected": [{"package": package, **said}],
        }


def _ranged(*events: dict[str, str]) -> Record:
    return {"ranges": [{"type": "ECOSYSTEM", "events": list(events)}]}


def _id_of(which: str, component: Mapping[str, str]) -> str:
    about = json.dumps([component[k] for k in ("ecosystem", "name", "version")])
    return f"WRITTEN-{which}-{codec.digest_of_bytes(about.encode())[:16]}"


def _expected(
    components: Iterable[dict[str, str]], records: Mapping[str, Sequence[Record]]
) -> Iterator[tuple[str, dict[str, bool]]]:
    """Yield which records affect a component (True), or may (False)."""
    by_name: dict[tuple[str, str], list[tuple[Record, Record]]] = defaultdict(list)
    for osv_name, kind in KINDS.items():
        for record in records[kind]:
            for entry in record.get("affected", ()):
                name = name_in(osv_name, entry["package"]["name"])
                by_name[kind, name].append((record, entry))
    written: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    every = list(components)
    for component in every:
        written[component["ecosystem"], component["name"]].append(component)
    names = {kind: osv_name for osv_name, kind in KINDS.items()}
    for component in every:
        kind, version = component["ecosystem"], component["version"]
        if kind in records:
            osv_name = names[kind]
            known = by_name[kind, name_in(osv_name, component["name"])]
            verdicts = dict(affecting(osv_name, version, known)) if version else {}
            if not version:
                verdicts = {r["id"]: None for r, _ in known if "withdrawn" not in r}
            yield component["purl"], {k: v is True for k, v in verdicts.items()}
        elif kind in OSV_NAMES:
            yield component["purl"], dict(_by_hand(component))


def _by_hand(component: dict[str, str]) -> Iterator[tuple[str, bool]]:
    """Yield what records that were written about a component must come to."""
    version = component["version"]
    is_placed = bool(version) and order_of(component["ecosystem"])(version) is not None
    yield _id_of("LISTED", component), bool(version)
    yield _id_of("UPTO", component), is_placed
    if not is_placed:
        yield _id_of("BEFORE", component), False


def _page(rows: Sequence[Compared]) -> Iterator[str]:
    today = datetime.now(UTC).date()
    yield "## Held against it on real repositories"
    yield ""
    yield f"Made by `python -m benchmarks.known FOLDER REPOSITORY...` on {today}."
    yield "Pairs of a component and a record that affects it, or may (*open*). *Real*:"
    yield "the records of PyPI, Go and crates.io, of 2024 and 2026: they say nothing of"
    yield "today. *Written* are three records about each component of other ecosystems,"
    yield "made for the purpose."
    yield ""
    yield "| repository | components | real | open | written | open | differing |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for row in rows:
        kinds = ", ".join(f"{n:,} {kind}" for kind, n in row.components.most_common())
        yield (
            f"| {row.name} | {kinds} | {row.real['affected']:,} "
            f"| {row.real['undetermined']:,} | {row.written['affected']:,} "
            f"| {row.written['undetermined']:,} | {len(row.differing):,} |"
        )


if __name__ == "__main__":
    main()
