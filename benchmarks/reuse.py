# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Hold what ossay says of conformance with REUSE against `reuse lint --json`.

    python -m benchmarks.reuse REPOSITORY...

Each REPOSITORY is a local clone, of which the HEAD is taken; files that a partial
clone lacks are left out on both sides. Prints a table of the counts of both, writes
below it which files and licences are counted by one side alone, and ends with status 1
if there are any. CPU is user and system time of a process and its children from start
to end: ours reads all that ossay reads of licences, not only the tags of REUSE.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.whole import head_without_missing
from ossay.collect.licensing.conformance import Conformance, conformance
from ossay.collect.licensing.covered import annotated
from ossay.collect.licensing.recognition.work import work_on
from ossay.model.candidate import Part
from ossay.source import open_in_place, take_snapshot, tree_of
from tests.source.memory import Memory

ENCODINGS = {"REUSE_ENCODING_MODULE": "charset_normalizer"}
"""The one that ossay has, too: libmagic takes some files for other encodings."""

AS_THEY_ARE = "* -text -ident -filter -working-tree-encoding\n"
"""Attributes: a checkout of the very bytes that are in the blobs."""

SHOWN = 5

Names = Mapping[str, frozenset[str]]
"""What is counted, by what it is counted as."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What both sides count in one repository, and their CPU seconds."""

    name: str
    ours: Names
    theirs: Names
    cpu: float
    cpu_of_lint: float

    def differing(self) -> Iterator[tuple[str, str, str]]:
        """Yield (what is counted, by whom alone, what)."""
        for what in self.theirs:
            for name in sorted(self.ours[what] - self.theirs[what]):
                yield what, "ossay", name
            for name in sorted(self.theirs[what] - self.ours[what]):
                yield what, "reuse", name


def main() -> None:
    """Compare, or count what ossay finds in one repository."""
    if sys.argv[1:2] == ["--ours"]:
        found = names_in(found_in(Path(sys.argv[2])))
        print(json.dumps({what: sorted(names) for what, names in found.items()}))
        return
    rows = [_measure(Path(given).resolve()) for given in sys.argv[1:]]
    if not rows:
        sys.exit("name one or more local clones to compare on")
    print("\n".join(_page(rows)))
    sys.exit(any(True for row in rows for _ in row.differing()))


def found_in(repository: Path) -> Conformance:
    """Return what ossay finds in the head of *repository*, with nothing remembered."""
    with tempfile.TemporaryDirectory() as made:
        opened = open_in_place(repository, Path(made) / "ours")
        part = Part(name="whole", source_url=str(repository), ref="HEAD")
        snapshot = take_snapshot(opened, part, datetime.now(UTC))
        tree = tree_of(opened, snapshot, Memory())
        read = annotated(tree, work_on(tree, "").readings)
        if read.why_not:
            sys.exit(f"{repository}: {read.why_not}")
        return conformance(tree.entries(), read.files)


def names_in(found: Conformance) -> Names:
    """Return what ossay counts, under the names of this benchmark."""
    texts = [t for t in found.texts.values() if t.identifier in found.bad]
    notes = {(i.subject, i.note) for i in found.obstacles}
    counted = {
        "files": {f.path for f in found.files},
        "without licence": {i.subject for i in found.without_licence[0]},
        "without copyright": {i.subject for i in found.without_copyright[0]},
        "used": set(found.used),
        "missing": set(found.missing),
        "unused": set(found.unused),
        "bad": {t.identifier for t in texts},
        "deprecated": {p for p, note in notes if "deprecated" in note},
        "without suffix": {p for p, note in notes if "suffix" in note},
        "compliant": set() if found.obstacles else {"yes"},
        "unread": {i.subject for i in found.unread},
    }
    return {what: frozenset(names) for what, names in counted.items()}


def names_by_lint(lint: Mapping[str, Any], root: Path) -> Names:
    """Return what `reuse lint --json` counts in the folder *root*, likewise."""
    fault, summary = lint["non_compliant"], lint["summary"]

    def inside(paths: list[str]) -> frozenset[str]:
        return frozenset(Path(p).relative_to(root).as_posix() for p in paths)

    return {
        "files": frozenset(e["path"].removeprefix("./") for e in lint["files"]),
        "without licence": inside(fault["missing_licensing_info"]),
        "without copyright": inside(fault["missing_copyright_info"]),
        "used": frozenset(summary["used_licenses"]),
        "missing": frozenset(fault["missing_licenses"]),
        "unused": frozenset(fault["unused_licenses"]),
        "bad": frozenset(fault["bad_licenses"]),
        "deprecated": frozenset(
            f"LICENSES/{i}.txt" for i in fault["deprecated_licenses"]
        ),
        "without suffix": frozenset(
            f"LICENSES/{i}" for i in fault["licenses_without_extension"]
        ),
        "compliant": frozenset({"yes"} if summary["compliant"] else ()),
        "unread": inside(fault["read_errors"]),
    }


def _measure(repository: Path) -> Row:
    with tempfile.TemporaryDirectory() as made:
        head, tree = Path(made) / "head.git", Path(made) / "tree"
        head_without_missing(repository, head)
        _check_out(head, tree)
        reuse = [str(Path(sys.executable).with_name("reuse")), "--root", str(tree)]
        lint, cpu_of_lint = _told([*reuse, "lint", "--json"])
        this = [sys.executable, "-m", "benchmarks.reuse", "--ours", str(head)]
        found, cpu = _told(this)
        return Row(
            name=repository.parent.name if repository.name == "repo" else head.name,
            ours={what: frozenset(names) for what, names in found.items()},
            theirs=names_by_lint(lint, tree),
            cpu=cpu,
            cpu_of_lint=cpu_of_lint,
        )


def _check_out(head: Path, tree: Path) -> None:
    clone = ["git", "clone", "-q", "--shared", "--no-checkout", str(head), str(tree)]
    subprocess.run(clone, check=True)
    (tree / ".git/info/attributes").write_text(AS_THEY_ARE)
    checkout = ["git", "-C", str(tree), "-c", "core.autocrlf=false", "checkout", "-q"]
    subprocess.run(checkout, check=True)


def _told(command: list[str]) -> tuple[dict[str, Any], float]:
    """Return the JSON that *command* prints, and its CPU seconds."""
    before = _used()
    settings = os.environ | ENCODINGS
    done = subprocess.run(command, env=settings, stdout=subprocess.PIPE, check=False)
    if not done.stdout:
        sys.exit(f"{command} ended with {done.returncode}")
    return json.loads(done.stdout), _used() - before


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _page(rows: list[Row]) -> Iterator[str]:
    counted = list(rows[0].theirs)
    yield f"| repository | {' | '.join(counted)} | CPU-s | share of lint's |"
    yield f"{'| --- ' * (len(counted) + 3)}|"
    for row in rows:
        counts = (f"{len(row.ours[w])} / {len(row.theirs[w])}" for w in counted)
        cpu = f"{row.cpu:.2f} / {row.cpu_of_lint:.2f}"
        share = f"{row.cpu / row.cpu_of_lint:.0%}"
        yield f"| {row.name} | {' | '.join(counts)} | {cpu} | {share} |"
    for row in rows:
        for what in counted:
            alone = [d for d in row.differing() if d[0] == what]
            for _, whose, name in alone[:SHOWN]:
                yield f"{row.name}: {what}, by {whose} alone: {name}"
            if len(alone) > SHOWN:
                yield f"{row.name}: {what}: {len(alone) - SHOWN} more"


if __name__ == "__main__":
    main()
