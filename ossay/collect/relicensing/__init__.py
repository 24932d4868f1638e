# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Was it, or were files of it, under another licence before?"""

from collections.abc import Iterator

from ossay.collect._period import why_uncountable, why_unsettled
from ossay.collect.licensing import COLLECTOR as LICENSING
from ossay.collect.relicensing.facts import (
    FORMER_LICENCES,
    LICENCE_CHANGED_ON,
    MAIN_LINE_FACTS,
    RELICENSED_FILES,
)
from ossay.model.collector import Collector, Given, Table
from ossay.model.evidence import Answered
from ossay.model.tree import Unreadable

FACTS = (LICENCE_CHANGED_ON, FORMER_LICENCES, RELICENSED_FILES, *MAIN_LINE_FACTS)


def collect(given: Given) -> Iterator[Answered | Table]:
    """Answer from licence files at the top over time, and from changed files."""
    from ossay.collect.relicensing import main_line, stated_before, texts_before
    from ossay.collect.relicensing.held import held_in, tops_of
    from ossay.collect.relicensing.versions import versions

    history, earlier, memory = given.history, given.earlier, given.memory
    why = why_uncountable(given)
    if why or history is None or earlier is None:
        why = why or "what files were like before was not looked at"
        yield from (fact.unknown(why) for fact in FACTS)
        return
    known = versions(history, given.snapshot)
    if why := why_unsettled(history):
        yield from (fact.unknown(why) for fact in FACTS)
        return
    tops = tops_of(earlier, [v.commit for v in (*known.before, known.this)], memory)
    steps = main_line.steps_of(history, earlier, memory, main_line.names_in(tops))
    if not isinstance(steps, Unreadable):
        tops = {**tops_of(earlier, [s.commit for s in steps], memory), **tops}
    held = held_in(given, earlier, tops)
    yield from texts_before.answers(known, held)
    yield from main_line.answers(history, steps, held, known.this)
    if not known.before:
        none = "there is no version before this one to compare it with"
        yield RELICENSED_FILES.inapplicable(none)
        return
    yield stated_before.answer(given, earlier, known.before[-1])


COLLECTOR = Collector(
    facts=FACTS,
    collect=collect,
    reads_history=True,
    asks_recogniser=True,
    libraries=LICENSING.libraries,
    rests_on=("licensing", "releases"),
    data=LICENSING.data,
)
