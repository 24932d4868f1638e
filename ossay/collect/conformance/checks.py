# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which answers of other collectors tell of criteria that a check found missed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ossay.collect.pages.facts import PAGES, SITE
from ossay.collect.site import NOT_NAMED
from ossay.collect.templates.facts import FAILING_CRITERIA
from ossay.model.evidence import Answered, Gap, Item, Observation, Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """
    Checks of one kind.

    Attributes:
        failing: The fact that names what they found missed.
        unasked: Why they did not look where nobody asked for them; that is no reason
            to call an answer short.
    """

    tier: Tier
    failing: str
    unasked: str = ""

    def why_not(self, answer: Answered | None) -> str:
        """Return why they could not look though they were to; "" where they did."""
        if isinstance(answer, Gap) and answer.why != self.unasked:
            return f"{self.tier.value}: {answer.why}"
        return ""

    def items(self, answer: Observation) -> Iterator[Item]:
        """Yield the places that an answer shows, each with the kind of check."""
        for item in answer.items:
            yield replace(item, note=f"{item.note} ({self.tier.value})")


CHECKS = (
    Check(tier=Tier.TEMPLATE, failing=FAILING_CRITERIA.name),
    Check(tier=Tier.RENDERED, failing=PAGES.failing_criteria.name),
    Check(tier=Tier.RENDERED, failing=SITE.failing_criteria.name, unasked=NOT_NAMED),
)


def listed(answer: Observation) -> tuple[str, ...]:
    """Return the criteria that an answer names."""
    return answer.value if isinstance(answer.value, tuple) else ()
