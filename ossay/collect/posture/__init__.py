# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""How the project is looked after, as its documents, settings and files tell."""

from collections.abc import Iterator

from ossay.collect.posture import addresses, builds, documents, facts, holdings
from ossay.collect.security import ci
from ossay.collect.security.places import View
from ossay.model.collector import Collector, Given
from ossay.model.evidence import Answered


def collect(given: Given) -> Iterator[Answered]:
    """Answer theme by theme, from the tree alone."""
    view = View.of(given)
    yield from documents.answers(view)
    yield from holdings.answers(view)
    yield from addresses.answers(view)
    tests = next(a for a in ci.answers(view) if a.fact == ci.TESTS_IN_CI.name)
    yield from builds.answers(view, tests)


COLLECTOR = Collector(
    facts=(
        *(fact for fact, _ in documents.SEARCHES),
        facts.RESPONSE_TIME,
        facts.FUZZING,
        facts.SBOM_FILES,
        facts.VEX_FILES,
        facts.BRANCH_RULES,
        facts.ADDRESSES,
        facts.UNENCRYPTED,
        facts.SAST,
        facts.SAST_ON_PROPOSALS,
        facts.DEPENDENCY_CHECKS,
        facts.DEPENDENCY_CHECKS_ON_PROPOSALS,
        facts.SECRET_SCANNING,
        facts.SBOM_IN_BUILD,
        facts.PUBLISHING,
        facts.SIGNING_IN_BUILD,
        facts.TESTS_ON_PROPOSALS,
    ),
    collect=collect,
    libraries=("pyyaml",),
    rests_on=("documentation", "security"),
)
