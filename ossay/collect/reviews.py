# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Whether changes are recorded, and came in through a second step.

A commit does not tell who reviewed it. That a change came into the main line by a
merge, or that a forge made the commit on somebody's click, shows that it was
proposed first: that is *derived*, and says nothing of whether anybody looked.
"""

from collections.abc import Iterator

from ossay.collect._period import YEAR, why_uncountable, why_unsettled
from ossay.model.collector import Collector, Given
from ossay.model.evidence import Answered, Combine, Fact, Worse
from ossay.model.history import History

RECORDED_CHANGES = Fact(
    name="posture.recorded_changes",
    kind=int,
    unit="changes",
    asks="How many changes led to this version, each recorded with author and date?",
    combine=Combine.WORST,
    worse=Worse.LOWER,
)
PROPOSED_SHARE = Fact(
    name="posture.proposed_share_last_year",
    kind=float,
    unit="share",
    asks="Which share of the steps of the main line in the year up to this version "
    "were merges, or made by the forge (derived: somebody may have reviewed them)?",
    combine=Combine.WORST,
    worse=Worse.LOWER,
)
FACTS = (RECORDED_CHANGES, PROPOSED_SHARE)


def collect(given: Given) -> Iterator[Answered]:
    """Count the history, and look at the steps of a year of its main line."""
    why = why_uncountable(given)
    if why or given.history is None:
        yield from (fact.unknown(why) for fact in FACTS)
        return
    changes = given.history.count()
    steps = _steps(given.history, given)
    if unread := why_unsettled(given.history):
        yield from (fact.unknown(unread) for fact in FACTS)
        return
    yield RECORDED_CHANGES.found(changes)
    if steps:
        yield PROPOSED_SHARE.found(sum(steps) / len(steps))
    else:
        yield PROPOSED_SHARE.inapplicable("nobody made a change in that year")


def _steps(history: History, given: Given) -> list[bool]:
    """Return, of each step of the year that a person made, whether it was proposed."""
    start = given.snapshot.committed_at - YEAR
    recent = {commit.name: commit for commit in history.since(start)}
    found = []
    for name in history.main_line():
        commit = recent.pop(name, None)
        if commit is not None and not commit.is_bot:
            found.append(commit.is_merge or commit.is_by_forge)
        if not recent:
            break
    return found


COLLECTOR = Collector(facts=FACTS, collect=collect, reads_history=True)
