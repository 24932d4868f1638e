# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Measure taking in 300,000 advisories, and holding 10,000 components against them.

    python -m benchmarks.advisories

The advisories are written for the purpose, as long as those of osv.dev are on
average (1.3 kB), in archives of four ecosystems; half of the components are packages
that several advisories speak of. CPU is user and system time of a process of its own;
memory is the most that it had. A tenth of the advisories is taken in first: memory is
flat where ten times as many need as much. The page is docs/advisories.md.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import page
from ossay.collect.vulnerabilities.matching import matches
from ossay.model.components import Component, Purl
from ossay.register import Register

PAGE = Path("docs/advisories.md")

ECOSYSTEMS = {"npm": "npm", "PyPI": "pypi", "Maven": "maven", "Go": "golang"}
ADVISORIES = 300_000
PACKAGES = 150_000
COMPONENTS = 10_000
RUNS = 5


def main() -> None:
    """Measure, and write the section of the page."""
    if sys.argv[1:2] == ["--match"]:
        print(json.dumps(_match(Path(sys.argv[2]))))
        return
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "small"), Path(folder, "large")
        _make(small, ADVISORIES // 10)
        _make(large, ADVISORIES)
        few = _take(small, Path(folder, "few"))
        many = _take(large, Path(folder, "many"))
        size = Path(folder, "many", "register.db").stat().st_size
        runs = [_matched(Path(folder, "many")) for _ in range(RUNS)]
    best = min(runs, key=lambda run: run["cpu"])
    lines = [
        "## Speed",
        "",
        f"Made by `python -m benchmarks.advisories` on {datetime.now(UTC):%Y-%m-%d};",
        f"{os.cpu_count()} cores, load average {os.getloadavg()[2]:.1f}.",
        "CPU seconds of a process of its own.",
        "",
        "| what | CPU s | bar | memory, MB |",
        "| --- | --- | --- | --- |",
        f"| take in {ADVISORIES // 10:,} advisories | {few[0]:.1f} | | {few[1]} |",
        f"| take in {ADVISORIES:,} advisories | {many[0]:.1f} | 60 | {many[1]} |",
        f"| hold {COMPONENTS:,} components against them, least of {RUNS} runs "
        f"| {best['cpu']:.2f} | 1 | {best['memory']} |",
        "",
        f"The register takes {size // 1_000_000:,} MB. Held against each other were "
        f"{best['candidates']:,} rows; {best['found']:,} components are affected, "
        f"and {best['open']:,} undetermined.",
    ]
    page.put("speed", lines, PAGE)
    print("\n".join(lines))


def _make(folder: Path, count: int) -> None:
    """Write archives of *count* advisories, the same each time."""
    chance = random.Random(1)  # noqa: S311 - no secret
    for ecosystem in ECOSYSTEMS:
        path = folder / ecosystem / "all.zip"
        path.parent.mkdir(parents=True)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
            for number in range(count // len(ECOSYSTEMS)):
                record = _record(ecosystem, number, chance)
                made.writestr(f"{record['id']}.json", json.dumps(record))


def _record(ecosystem: str, number: int, chance: random.Random) -> dict[str, Any]:
    package = chance.randrange(PACKAGES // len(ECOSYSTEMS))
    major = chance.randrange(1, 9)
    events = [{"introduced": "0"}, {"fixed": f"{major}.{chance.randrange(20)}.1"}]
    if number % 3 == 0:
        later = {"introduced": f"{major + 1}.0.0"}, {"fixed": f"{major + 1}.4.0"}
        events += later
    known_as = f"{ecosystem.upper()}-2026-{number}"
    return {
        "schema_version": "1.6.0",
        "id": known_as,
        "modified": "2026-01-02T03:04:05Z",
        "published": "2026-01-01T00:00:00Z",
        "aliases": [f"CVE-2026-{len(ecosystem)}{number:06}"],
        "summary": f"A flaw in package {package}",
        "details": f"What goes wrong in package {package}, at length. " * 12,
        "severity": [
            {
                "type": "CVSS_V3",
                "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N",
            }
        ],
        "affected": [
            {
                "package": {"ecosystem": ecosystem, "name": _name(ecosystem, package)},
                "ranges": [{"type": "ECOSYSTEM", "events": events}],
            }
        ],
        "references": [
            {"type": "WEB", "url": f"https://example.org/advisories/{known_as}"}
        ],
    }


def _name(ecosystem: str, package: int) -> str:
    forms = {
        "Maven": "org.example.{}:core",
        "Go": "example.org/{}",
        "npm": "@example/{}",
    }
    return forms.get(ecosystem, "package-{}").format(package)


def _take(folder: Path, home: Path) -> tuple[float, int]:
    """Return CPU seconds and megabytes of taking in all under *folder*."""
    program = """
import os, resource, sys
from ossay import cli
sys.argv = ["ossay", "advisories", "import", sys.argv[1], "--dated", "2026-03-01"]
cli.ossay(standalone_mode=False)
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)
"""
    told = subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        check=True,
        capture_output=True,
        text=True,
        env={"OSSAY_HOME": str(home), "PATH": "/usr/bin:/bin"},
    )
    cpu, memory = told.stdout.splitlines()[-1].split()
    return float(cpu), int(memory)


def _matched(home: Path) -> dict[str, Any]:
    """Return what a process of its own measured."""
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.advisories", "--match", str(home)],
        check=True,
        capture_output=True,
        text=True,
    )
    said: dict[str, Any] = json.loads(told.stdout)
    return said


def _components() -> Iterator[Component]:
    chance = random.Random(2)  # noqa: S311 - no secret
    for number in range(COMPONENTS):
        osv_name, kind = list(ECOSYSTEMS.items())[number % len(ECOSYSTEMS)]
        package = chance.randrange(2 * PACKAGES // len(ECOSYSTEMS))
        version = f"{chance.randrange(1, 12)}.{chance.randrange(20)}.{number % 7}"
        name = _name(osv_name, package)
        yield Component(
            purl=Purl(f"pkg:{kind}/{name}@{version}"),
            ecosystem=kind,
            name=name,
            version=version,
        )


def _match(home: Path) -> dict[str, Any]:
    """Hold the components against the register in *home*, from opening it on."""
    components = list(_components())
    began = time.process_time()
    with Register.open(home) as register:
        found = list(matches(components, register.advisories))
    cpu = time.process_time() - began
    with Register.open(home) as register:
        from ossay.collect.vulnerabilities.matching import package_of

        about = register.advisories.about(map(package_of, components))
        candidates = sum(len(entries) for _, entries in about)
    certain = sum(match.is_certain for match in found)
    return {
        "cpu": cpu,
        "candidates": candidates,
        "found": certain,
        "open": len(found) - certain,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


if __name__ == "__main__":
    main()
