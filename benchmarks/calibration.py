# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Hold packs against real products, and write what came of it to docs/calibration.md.

    python -m benchmarks.calibration [--pack NAME]... REPOSITORY...

Each REPOSITORY is a local clone; its latest release is assessed. Without --pack it is
the baseline. Each pack has a section of its own, and so has the list of products.
"""

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import page
from ossay import pipeline
from ossay.engine import InlineEngine, Settings, Workshop
from ossay.model.evidence import Evidence
from ossay.model.judgement import Finding, Judgement, Outcome
from ossay.model.policy import Level
from ossay.sandbox.toolbox import Tools

PAGE = Path("docs/calibration.md")
SIGNS = {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "failed",
    Outcome.UNDETERMINED: "open",
    Outcome.INAPPLICABLE: "n/a",
}


def main() -> None:
    """Assess every repository named and write the tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--pack", action="append", default=[])
    asked.add_argument("repository", nargs="+")
    words = asked.parse_args()
    packs: Sequence[str] = words.pack or ["baseline"]
    given = [Path(name).resolve() for name in words.repository]
    home = Path(os.environ.get("OSSAY_HOME") or tempfile.mkdtemp(prefix="ossay-"))
    settings = Settings.read({"OSSAY_HOME": str(home)}, local_paths=True)
    today = datetime.now(UTC).date()
    toolbox = Tools(kept=home / "tools")
    with Workshop.open(settings, toolbox=toolbox) as workshop:
        judged = {}
        for path in given:
            name = _name(path)
            part = pipeline.part_given(str(path), "")
            candidate = pipeline.candidate_of(
                [part], packs=packs, workshop=workshop, name=name
            )
            entered = pipeline.enter(workshop, candidate)
            digest = pipeline.look(entered, InlineEngine(workshop), today)
            judged[name] = workshop.register.load(Judgement, digest)
            print(name, judged[name].recommendation.value, file=sys.stderr)
        refs = {name: _ref(workshop, j) for name, j in judged.items()}
    for pack in packs:
        page.put(pack, _rules(pack, judged), PAGE)
    page.put(f"products of {' '.join(packs)}", _products(judged, refs), PAGE)


def _name(path: Path) -> str:
    return path.parent.name if path.name in {"repo", ".git"} else path.stem


def _ref(workshop: Workshop, judgement: Judgement) -> str:
    digest = judgement.parts[0].evidence_digest
    if digest is None:
        return "not looked at"
    snapshot = workshop.register.load(Evidence, digest).snapshot
    return f"{snapshot.ref.removeprefix('refs/tags/')} ({snapshot.commit[:10]})"


def _rules(pack: str, judged: Mapping[str, Judgement]) -> Iterator[str]:
    first = next(iter(judged.values()))
    yield f"## The pack `{pack}`"
    yield ""
    yield f"Made on {first.judged_on} by `python -m benchmarks.calibration`: how each"
    yield f"rule of `{pack}` splits {len(judged)} public products, without answers from"
    yield "people, and without advisories. A *must* that fails for more than a fifth of"
    yield "them is marked (!)."
    yield ""
    yield "| rule | level | mode | passed | failed | open | n/a |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for number, finding in enumerate(first.findings):
        if finding.pack == pack:
            yield _row(finding, [j.findings[number].outcome for j in judged.values()])


def _row(finding: Finding, outcomes: Sequence[Outcome]) -> str:
    split = Counter(SIGNS[outcome] for outcome in outcomes)
    rule = finding.rule
    is_hard = split["failed"] > len(outcomes) / 5 and rule.level is Level.MUST
    cells = [
        f"{rule.id} {rule.title}{' (!)' if is_hard else ''}",
        *(rule.level.value, rule.mode.value),
        *(str(split[sign]) for sign in SIGNS.values()),
    ]
    return f"| {' | '.join(cells)} |"


def _products(
    judged: Mapping[str, Judgement], refs: Mapping[str, str]
) -> Iterator[str]:
    yield "## Products that these packs were held against"
    yield ""
    yield "| product | ref | screening | recommendation |"
    yield "| --- | --- | --- | --- |"
    for name, j in judged.items():
        told = f"{j.screening.value} | {j.recommendation.value}"
        yield f"| {name} | {refs[name]} | {told} |"


if __name__ == "__main__":
    main()
