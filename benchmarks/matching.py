# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Hold what ossay matches against a second evaluation of the same OSV records.

    python -m benchmarks.matching FOLDER

FOLDER has `PyPI.zip`, `Go.zip` and `crates.io.zip`, or any of them. ossay takes them in
and is asked about each package at each version that any record of it lists or names,
and at versions just beside those. The second evaluation shares no code with it: it
reads the JSON again, makes intervals of a record's events, compares with
`packaging.version` and `semantic_version`, and looks a version up in `versions[]`.
Every difference is written below the table; any is status 1. The page is
docs/advisories.md.
"""

import json
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import semantic_version
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from benchmarks import page
from benchmarks.advisories import PAGE
from ossay.advisories import take_in
from ossay.collect.vulnerabilities.matching import matches
from ossay.engine import Settings, Workshop
from ossay.model.components import Component, Purl

KINDS = {"PyPI": "pypi", "Go": "golang", "crates.io": "cargo"}
SHOWN = 20

EXPLAINED = {
    ("PYSEC-2021-114", "2.11.7-rc.1"): (
        "The record's events are not in the order of versions, and overlap: from 2.11 "
        "to 2.11.7, and from 0 to 2.11.6. Sorted, as the specification demands, the "
        "fix at 2.11.6 ends both; 2.11.6 itself is listed. 2.11.7-rc.1 was never "
        "published."
    ),
}
"""Differences that were looked into, and why ossay's answer stands."""

Asked = tuple[str, str]
"""A package's name and a version."""

Told = dict[Asked, dict[str, bool | None]]
"""Of each, which record affects it; None where that cannot be told."""

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """How the two sides compare in one ecosystem."""

    ecosystem: str
    records: int
    asked: int
    counts: Counter[str]
    differing: tuple[str, ...]
    explained: tuple[str, ...]


def main() -> None:
    """Compare, write the section of the page, and tell by status."""
    folder = Path(sys.argv[1])
    packs = [folder / f"{one}.zip" for one in KINDS if (folder / f"{one}.zip").exists()]
    rows = [_compared(path) for path in packs]
    lines = list(_page(rows))
    page.put("matching", lines, PAGE)
    print("\n".join(lines))
    for row in rows:
        print(*row.differing[:SHOWN], sep="\n")
    sys.exit(any(row.differing for row in rows))


def _compared(path: Path) -> Row:
    ecosystem = path.stem
    with zipfile.ZipFile(path) as pack:
        records = [json.loads(pack.read(name)) for name in pack.namelist()]
    gold = _gold(ecosystem, records)
    ours = _ours(path, KINDS[ecosystem], gold)
    listed = _listed(ecosystem, records)
    counts: Counter[str] = Counter()
    differing, explained = [], []
    for asked, truth in gold.items():
        said = ours[asked]
        for known_as in truth.keys() | said.keys():
            one, other = truth.get(known_as, False), said.get(known_as, False)
            is_listed = known_as in listed.get(asked, ())
            if one != other or (is_listed and not other):
                told = f"{known_as}, {' '.join(asked)}: {one}, ossay says {other}"
                why = EXPLAINED.get((known_as, asked[1]))
                differing.append(told) if why is None else explained.append(
                    f"{told}. {why}"
                )
            counts[_class(other, is_listed=is_listed)] += 1
    return Row(
        ecosystem=ecosystem,
        records=len(records),
        asked=len(gold),
        counts=counts,
        differing=tuple(differing),
        explained=tuple(explained),
    )


def _class(told: bool | None, *, is_listed: bool) -> str:
    if told is None:
        return "undetermined"
    if not told:
        return "missed" if is_listed else "outside"
    return "listed" if is_listed else "range"


def name_in(ecosystem: str, name: str) -> str:
    return canonicalize_name(name) if ecosystem == "PyPI" else name


def _entries(
    ecosystem: str, records: Iterable[Record]
) -> Iterator[tuple[Record, Record]]:
    for record in records:
        for entry in record.get("affected", ()):
            if entry.get("package", {}).get("ecosystem") == ecosystem:
                yield record, entry


def _listed(ecosystem: str, records: Iterable[Record]) -> dict[Asked, set[str]]:
    """Return the records, withdrawn ones aside, whose `versions[]` name a version."""
    found: dict[Asked, set[str]] = {}
    for record, entry in _entries(ecosystem, records):
        for version in () if "withdrawn" in record else entry.get("versions", ()):
            asked = name_in(ecosystem, entry["package"]["name"]), version
            found.setdefault(asked, set()).add(record["id"])
    return found


def _gold(ecosystem: str, records: list[Record]) -> Told:
    versions: dict[str, set[str]] = {}
    by_name: dict[str, list[tuple[Record, Record]]] = {}
    for record, entry in _entries(ecosystem, records):
        name = name_in(ecosystem, entry["package"]["name"])
        by_name.setdefault(name, []).append((record, entry))
        versions.setdefault(name, set()).update(_asked_of(entry))
    told: Told = {}
    for name, known in by_name.items():
        for version in versions[name]:
            told[name, version] = dict(affecting(ecosystem, version, known))
    return told


def _asked_of(entry: Record) -> Iterator[str]:
    """Yield versions to ask about: those that a record has, and their neighbours."""
    yield from entry.get("versions", ())
    yield from ("0.0.1", "999.0.0", "no version")
    for one in entry.get("ranges", ()):
        for event in one["events"] if one["type"] != "GIT" else ():
            for version in event.values():
                if version != "0":
                    yield from (version, f"{version}-rc.1", _next(version))


def _next(version: str) -> str:
    """Return the version after one that ends in a number."""
    head, _, last = version.rpartition(".")
    return f"{head}.{int(last) + 1}" if last.isascii() and last.isdigit() else version


def affecting(
    ecosystem: str, version: str, known: Iterable[tuple[Record, Record]]
) -> Iterator[tuple[str, bool | None]]:
    verdicts: dict[str, list[bool | None]] = {}
    for record, entry in known:
        if "withdrawn" not in record:
            verdict = _is_affected(ecosystem, version, entry)
            verdicts.setdefault(record["id"], []).append(verdict)
    for known_as, those in verdicts.items():
        if any(those):
            yield known_as, True
        elif None in those:
            yield known_as, None


def _is_affected(ecosystem: str, version: str, entry: Record) -> bool | None:
    if version in entry.get("versions", ()):
        return True
    at = _placed(ecosystem, version)
    ranges = [one for one in entry.get("ranges", ()) if one["type"] != "GIT"]
    if at is None or not (ranges or entry.get("versions")):
        return None
    if not ranges:
        return any(_placed(ecosystem, one) == at for one in entry["versions"])
    verdicts = [_is_within(ecosystem, at, one) for one in ranges]
    return True if any(verdicts) else None if None in verdicts else False


def _is_within(ecosystem: str, at: Any, one: Record) -> bool | None:
    """
    Tell whether a version is in one of the intervals that events make.

    An interval goes from where a flaw was introduced to the next end in the order of
    the record. RustSec writes empty ones (introduced and fixed at the same version).
    """
    open_since: list[Any] = []
    hit = False
    for event in one["events"]:
        for mark, version in event.items():
            placed = None if version == "0" else _placed(ecosystem, version)
            if placed is None and version != "0":
                return None
            if mark == "introduced":
                open_since.append(placed)
                continue
            begun = any(since is None or at >= since for since in open_since)
            hit |= begun and (at <= placed if mark == "last_affected" else at < placed)
            open_since = []
    return hit or any(since is None or at >= since for since in open_since)


@cache
def _placed(ecosystem: str, version: str) -> Any:
    try:
        if ecosystem == "PyPI":
            return Version(version.partition("+")[0])
        bare = version.removeprefix("v").partition("+")[0]
        return semantic_version.Version(bare).precedence_key
    except (InvalidVersion, ValueError):
        return None


def _ours(path: Path, kind: str, asked: Iterable[Asked]) -> Told:
    components = [
        Component(
            purl=Purl(f"pkg:{kind}/{name}@{version}"),
            ecosystem=kind,
            name=name,
            version=version,
        )
        for name, version in asked
    ]
    told: Told = {(one.name, one.version): {} for one in components}
    with tempfile.TemporaryDirectory() as home:
        settings = Settings.read({"OSSAY_HOME": home}, local_paths=True)
        with Workshop.open(settings) as workshop:
            take_in(workshop, path, path.name, date(2026, 8, 21))
            for match in matches(components, workshop.register.advisories):
                one = match.component
                verdict = True if match.is_certain else None
                told[one.name, one.version][match.advisory] = verdict
    return told


def _page(rows: Sequence[Row]) -> Iterator[str]:
    today = datetime.now(UTC).date()
    yield "## Held against a second evaluation"
    yield ""
    yield f"Made by `python -m benchmarks.matching FOLDER` on {today}."
    yield "Each row counts pairs of a record and a version of its package."
    yield "*Listed*: affected, and in `versions[]`. *Range only*: affected by a range"
    yield "and not listed, as its list is older or there is none. *Missed*: listed, and"
    yield "not found."
    yield "*Differing*: the second evaluation says otherwise, and nobody said why."
    yield ""
    yield (
        "| records of | records | packages at a version | listed | range only "
        "| undetermined | missed | differing | explained |"
    )
    yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    for row in rows:
        numbers = (
            *(row.records, row.asked, row.counts["listed"], row.counts["range"]),
            *(row.counts["undetermined"], row.counts["missed"]),
            *(len(row.differing), len(row.explained)),
        )
        yield f"| {row.ecosystem} | " + " | ".join(f"{n:,}" for n in numbers) + " |"
    yield ""
    yield from (f"- {told}" for row in rows for told in row.explained)


if __name__ == "__main__":
    main()
