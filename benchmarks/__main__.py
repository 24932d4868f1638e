# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Measure `ossay assess` and `reaudit` beside `reuse lint`; write it to docs/figures.md.

    python -m benchmarks REPOSITORY...

Each REPOSITORY is a local clone. CPU is user and system time of a process and its
children. *Cold* starts with empty caches at a repository that is there, and without
the licence engine, which `benchmarks.licences` measures; *start* is a run that
imports the modules which the measured run imported, and does nothing.
Runs and starts take turns, so that a machine whose speed drifts slows down both.
Of all runs the least counts, as for `timeit`: what else goes on adds to it.
"""

import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from benchmarks import page, sbom
from benchmarks.recognising import adopt_orphans
from benchmarks.whole import make_whole
from tests.source.server import serve

RUNS = 5
SHORT_RUNS = 15  # of a second or less, where one disturbance is a large part
TELLING_MODULES = """
import sys
from ossay.cli import ossay
ossay(sys.argv[1:], prog_name="ossay", standalone_mode=False)
print()
print(*(name for name in sys.modules if name != "__main__"))
"""
START = """
import sys
from contextlib import suppress
from importlib import import_module
from ossay.cli import look_for_rubbish_seldom
look_for_rubbish_seldom()  # as the run itself does
for name in sys.argv[1:]:
    with suppress(ImportError):  # a module that only exists within another one
        import_module(name)
"""
FETCH = """
import resource, sys
from pathlib import Path
from ossay.source import Access, Limits, fetch

def cpu():
    who = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    used = [resource.getrusage(w) for w in who]
    return sum(u.ru_utime + u.ru_stime for u in used)

url, folder, host = sys.argv[1:]
before = cpu()
access = Access(allowed_hosts=frozenset([host]))
fetch(url, Path(folder), access=access, limits=Limits())
print(cpu() - before)
"""
IDENTITY = {
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@example.org",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """
    What it took to bring a repository here over http on loopback, checks included.

    Attributes:
        left_out: Files that the copy served lacks, since the one measured on does.
    """

    cpu: float
    objects: int
    bytes: int
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """
    CPU seconds on one repository; those with a state unchanged are beyond start.

    Attributes:
        start: Of an assessment with head unchanged.
        cold: Without what foreign tools take, which run confined.
        tools: What those take in a cold run; their own rules are ready.
    """

    name: str
    files: int
    start: float
    cold: float
    tools: float
    reuse_lint: float
    head_unchanged: float
    tree_unchanged: float
    reaudit_head_unchanged: float
    reaudit_tree_unchanged: float
    fetched: Fetched

    @property
    def ratio(self) -> float:
        """Return how many times the CPU of `reuse lint` a cold assessment takes."""
        return self.cold / self.reuse_lint


BARS: tuple[tuple[str, float, Callable[[Row], float]], ...] = (
    ("Cold, as a multiple of `reuse lint`", 3, lambda row: row.ratio),
    ("Start", 0.6, lambda row: row.start),
    ("Assess, head unchanged", 0.1, lambda row: row.head_unchanged),
    ("Assess, tree unchanged", 0.5, lambda row: row.tree_unchanged),
    ("Re-audit, head unchanged", 0.1, lambda row: row.reaudit_head_unchanged),
    ("Re-audit, tree unchanged", 0.5, lambda row: row.reaudit_tree_unchanged),
)


def main() -> None:
    """Measure every repository named and write the table."""
    adopt_orphans()
    rows = [_measure(Path(given).resolve()) for given in sys.argv[1:]]
    if not rows:
        sys.exit("name one or more local clones to measure on")
    lines = list(_page(rows))
    print("\n".join(lines))
    page.put("assessing", lines)


def _measure(repository: Path) -> Row:
    with tempfile.TemporaryDirectory() as made:
        scratch = Path(made)
        whole, home = scratch / "whole.git", scratch / "home"
        left_out = make_whole(repository, whole)
        files = _run("git", "-C", str(whole), "ls-tree", "-r", "--name-only", "HEAD")
        lint = _least(lambda: _lint(whole, scratch / "tree"))
        fetched = measure_fetching(whole, scratch / "clone.git", left_out)
        release(whole, 0)
        colds = [_assess(whole, home) for _ in range(RUNS)]
        releases = iter(range(1, 1_000))

        def release_again() -> None:
            release(whole, next(releases))

        asked = ("assess", *_asked(whole))
        _cpu(_ossay(*asked), home)  # asks the licence engine, where there is one
        head_unchanged, start = _beyond_start(asked, home)
        tree_unchanged, _ = _beyond_start(asked, home, release_again)
        again = ("reaudit", _adopted(whole, home))
        _cpu(_ossay(*again), home)  # looks at what is on offer for the first time
        reaudit_head_unchanged, _ = _beyond_start(again, home)
        reaudit_tree_unchanged, _ = _beyond_start(again, home, release_again)
    return Row(
        name=repository.parent.name if repository.name == "repo" else repository.name,
        files=files.count("\n"),
        start=start,
        cold=min(own for own, _ in colds),
        tools=min(tools for _, tools in colds),
        reuse_lint=lint,
        head_unchanged=head_unchanged,
        tree_unchanged=tree_unchanged,
        reaudit_head_unchanged=reaudit_head_unchanged,
        reaudit_tree_unchanged=reaudit_tree_unchanged,
        fetched=fetched,
    )


def _lint(whole: Path, tree: Path) -> float:
    shutil.rmtree(tree, ignore_errors=True)
    _run("git", "clone", "-q", "--shared", str(whole), str(tree))
    reuse = str(Path(sys.executable).with_name("reuse"))
    return _cpu([reuse, "--root", str(tree), "lint", "--json"], check=False)


def measure_fetching(whole: Path, clone: Path, left_out: int) -> Fetched:
    """Serve *whole*, let ossay fetch it to *clone*, and tell what that took."""
    with serve(whole.parent) as server:
        (host,) = server.access.allowed_hosts
        url = server.url(whole.name)
        cpu = _run(sys.executable, "-c", FETCH, url, str(clone), host)
    told = _run("git", "-C", str(clone), "count-objects", "-v").splitlines()
    counted = {name: int(n) for name, _, n in (line.partition(": ") for line in told)}
    return Fetched(
        cpu=float(cpu),
        objects=counted["count"] + counted["in-pack"],
        bytes=(counted["size"] + counted["size-pack"]) * 1024,
        left_out=left_out,
    )


def _beyond_start(
    arguments: Sequence[str], home: Path, before: Callable[[], None] = lambda: None
) -> tuple[float, float]:
    """Return what `ossay` *arguments* takes beyond start, and start, both least."""
    before()
    settings = os.environ | {"OSSAY_HOME": str(home)}
    told = subprocess.run(
        [sys.executable, "-c", TELLING_MODULES, *arguments],
        env=settings,
        check=True,
        capture_output=True,
        text=True,
    )
    modules = told.stdout.splitlines()[-1].split()
    runs, starts = [], []
    for _ in range(SHORT_RUNS):
        before()
        runs.append(_cpu(_ossay(*arguments), home))
        starts.append(_cpu([sys.executable, "-c", START, *modules]))
    return min(runs) - min(starts), min(starts)


def release(whole: Path, number: int) -> None:
    """Make a commit of the same tree the newest, and a release."""
    at = ["git", "-C", str(whole)]
    made = subprocess.run(
        [*at, "commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "same tree"],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | IDENTITY,
    )
    _run(*at, "update-ref", "HEAD", made.stdout.strip())
    _run(*at, "tag", f"v9999.{number}")


def _assess(whole: Path, home: Path) -> tuple[float, float]:
    """Assess with empty caches; return what ossay took, and what foreign tools did."""
    tools = home.with_name("tools")
    if (home / "tools").is_dir():
        shutil.rmtree(tools, ignore_errors=True)
        (home / "tools").rename(tools)
    shutil.rmtree(home, ignore_errors=True)
    if tools.is_dir():
        home.mkdir()
        tools.rename(home / "tools")
    own = _cpu(_ossay("assess", *_asked(whole), "--light"), home)
    before = _used()
    _wait_for_orphans()
    return own, _used() - before


def _wait_for_orphans() -> None:
    """Wait for those that confined tools left to this process (`adopt_orphans`)."""
    with suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _asked(whole: Path) -> tuple[str, ...]:
    return str(whole), "--out", str(whole.with_name("memo"))


def _adopted(whole: Path, home: Path) -> str:
    """Adopt what was assessed last; return the candidate's id."""
    [result] = _json(_ossay("assess", *_asked(whole), "--json"), home)
    deployed = _run("git", "-C", str(whole), "rev-parse", "HEAD").strip()
    _json(
        _ossay(
            *("adopt", result["judgement"], "--deployed", deployed, "--by", "office"),
            *("--because", "to be measured", "--against-recommendation", "--json"),
            *("--review-on", datetime.now(UTC).date().isoformat()),
        ),
        home,
    )
    return str(result["candidate"])


def _ossay(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "ossay", *arguments]


def _json(command: list[str], home: Path) -> Any:
    settings = os.environ | {"OSSAY_HOME": str(home)}
    done = subprocess.run(command, env=settings, check=True, capture_output=True)
    return json.loads(done.stdout)


def _least(measure: Callable[[], float]) -> float:
    return min(measure() for _ in range(RUNS))


def _cpu(command: list[str], home: Path | None = None, *, check: bool = True) -> float:
    _wait_for_orphans()
    before = _used()
    settings = os.environ | ({"OSSAY_HOME": str(home)} if home else {})
    done = subprocess.run(command, env=settings, capture_output=True, check=False)
    if check and done.returncode != 0:
        sys.exit(f"{command} ended with {done.returncode}: {done.stderr.decode()}")
    return _used() - before


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _page(rows: list[Row]) -> Iterator[str]:
    commit = _run("git", "describe", "--always", "--dirty").strip()
    versions = ", ".join(
        f"{name} {metadata.version(name)}"
        for name in ("reuse", "spdx-tools", "sqlalchemy")
    )
    git = _run("git", "version").strip()
    yield from (
        "## Assessing and re-auditing",
        "",
        f"Made on {datetime.now(UTC).date()} at commit {commit} by",
        "`python -m benchmarks REPOSITORY...`.",
        f"Python {platform.python_version()}, {versions}, {git};",
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}.",
        f"CPU seconds, the least of {RUNS} runs; with a state unchanged, and of start,",
        f"of {SHORT_RUNS}.",
        f"Load average {os.getloadavg()[2]:.1f} in the last quarter of an hour.",
        "Cold is without the licence engine and without a search of earlier commits",
        "for secrets (`--light`), and without foreign tools (trivy, zizmor,",
        "kingfisher), which have a column of their own; what they make of their own",
        "rules, once a machine, is ready.",
        "With head or tree unchanged they are beyond start; a tree is unchanged where",
        "an empty commit was made and released since.",
        "",
    )
    yield from _speed(rows)
    yield from _fetching(rows)
    yield from sbom.lines()
    yield ""


def _speed(rows: list[Row]) -> Iterator[str]:
    yield (
        "| repository | files | start (bar 0.6) | assess, cold | foreign tools |"
        " reuse lint |"
        " ratio (bar 3) |"
        " assess, head unchanged (bar 0.1) | assess, tree unchanged (bar 0.5) |"
        " reaudit, head unchanged (bar 0.1) | reaudit, tree unchanged (bar 0.5) |"
    )
    yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    for r in rows:
        yield (
            f"| {r.name} | {r.files:,} | {r.start:.2f} | {r.cold:.2f} | "
            f"{r.tools:.2f} | "
            f"{r.reuse_lint:.2f} | {r.ratio:.2f} | {r.head_unchanged:.2f} | "
            f"{r.tree_unchanged:.2f} | {r.reaudit_head_unchanged:.2f} | "
            f"{r.reaudit_tree_unchanged:.2f} |"
        )
    yield ""
    for what, bar, figure in BARS:
        met = sum(figure(row) <= bar for row in rows)
        yield f"{what}, bar {bar}: met on {met} of {len(rows)}.  "
    yield ""


def _fetching(rows: list[Row]) -> Iterator[str]:
    yield from (
        "Fetching: CPU seconds of `ossay.source.fetch` for all branches and tags with",
        "their history, over http on loopback, one run; git's checks (fsckObjects) are",
        "in it, the server's own work is not. A repository that was no whole one was",
        "served without the files it lacks.",
        "",
        "| repository | objects | MB | fetched | files it was served without |",
        "| --- | --- | --- | --- | --- |",
    )
    for r in rows:
        yield (
            f"| {r.name} | {r.fetched.objects:,} | {r.fetched.bytes / 1e6:.0f} | "
            f"{r.fetched.cpu:.2f} | {r.fetched.left_out} |"
        )
    yield ""


if __name__ == "__main__":
    main()
