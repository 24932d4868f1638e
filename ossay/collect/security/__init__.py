# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""How the project guards itself: what the tree shows without running any of it."""

from collections.abc import Iterator

from ossay.collect.security import (
    binaries,
    ci,
    installers,
    keeping,
    manifests,
    policy,
    workflows,
)
from ossay.collect.security.places import View
from ossay.model.collector import Collector, Given
from ossay.model.evidence import Answered


def collect(given: Given) -> Iterator[Answered]:
    """Answer theme by theme, from the tree alone."""
    view = View.of(given)
    for theme in (policy, keeping, workflows, manifests, binaries, ci, installers):
        yield from theme.answers(view)


COLLECTOR = Collector(
    facts=(
        policy.POLICY,
        policy.POLICY_CONTACT,
        keeping.DEPENDENCY_UPDATE_TOOL,
        keeping.CODE_OWNERS,
        workflows.ACTIONS_USED,
        workflows.UNPINNED_ACTIONS,
        manifests.MANIFESTS,
        manifests.MANIFESTS_WITHOUT_LOCKFILE,
        binaries.BINARIES,
        ci.CI,
        ci.TESTS_IN_CI,
        *installers.FACTS,
    ),
    collect=collect,
    libraries=("pyyaml",),
)
