# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Hold the baseline against real products, and write docs/calibration.md.

    python -m benchmarks.calibration REPOSITORY...

Each REPOSITORY is a local clone; its latest release is assessed.
"""

import os
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from ossay import pipeline
from ossay.engine import InlineEngine, Settings, Workshop
from ossay.model.evidence import Evidence
from ossay.model.judgement import Judgement, Outcome

PAGE = Path("docs/calibration.md")
SIGNS = {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "failed",
    Outcome.UNDETERMINED: "open",
    Outcome.INAPPLICABLE: "n/a",
}


def main() -> None:
    """Assess every repository named and write the table."""
    given = [Path(name).resolve() for name in sys.argv[1:]]
    home = Path(os.environ.get("OSSAY_HOME") or tempfile.mkdtemp(prefix="ossay-"))
    settings = Settings.read({"OSSAY_HOME": str(home)}, local_paths=True)
    today = datetime.now(UTC).date()
    with Workshop.open(settings) as workshop:
        judged = {}
        for path in given:
            name = _name(path)
            part = pipeline.part_given(str(path), "")
            candidate = pipeline.candidate_of([part], workshop=workshop, name=name)
            entered = pipeline.enter(workshop, candidate)
            digest = pipeline.look(entered, InlineEngine(workshop), today)
            judged[name] = workshop.register.load(Judgement, digest)
            print(name, judged[name].recommendation.value, file=sys.stderr)
        refs = {name: _ref(workshop, j) for name, j in judged.items()}
    PAGE.write_text(_page(judged, refs))


def _name(path: Path) -> str:
    return path.parent.name if path.name in {"repo", ".git"} else path.stem


def _ref(workshop: Workshop, judgement: Judgement) -> str:
    digest = judgement.parts[0].evidence_digest
    if digest is None:
        return "not looked at"
    snapshot = workshop.register.load(Evidence, digest).snapshot
    return f"{snapshot.ref.removeprefix('refs/tags/')} ({snapshot.commit[:10]})"


def _page(judged: dict[str, Judgement], refs: dict[str, str]) -> str:
    first = next(iter(judged.values()))
    rules = [
        "| rule | level | mode | passed | failed | open | n/a |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for number, finding in enumerate(first.findings):
        split = Counter(SIGNS[j.findings[number].outcome] for j in judged.values())
        counts = " | ".join(str(split[sign]) for sign in SIGNS.values())
        rule = finding.rule
        told = f"{rule.id} {rule.title} | {rule.level.value} | {rule.mode.value}"
        rules.append(f"| {told} | {counts} |")
    products = [
        "| product | ref | screening | recommendation |",
        "| --- | --- | --- | --- |",
    ]
    products += [
        f"| {name} | {refs[name]} | {j.screening.value} | {j.recommendation.value} |"
        for name, j in judged.items()
    ]
    head = (
        f"# Calibration of the baseline\n\nMade on {first.judged_on} by "
        "`python -m benchmarks.calibration REPOSITORY...`: how each rule splits "
        f"{len(judged)} public products, without answers from people.\n"
    )
    return "\n".join([head, *rules, "", *products, ""])


if __name__ == "__main__":
    main()
