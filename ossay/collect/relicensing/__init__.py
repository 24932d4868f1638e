# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Was it, or were files of it, under another licence before?"""

from collections.abc import Iterator

from ossay.collect._period import why_uncountable, why_unsettled
from ossay.collect.licensing import COLLECTOR as LICENSING
from ossay.collect.relicensing.facts import (
    FORMER_LICENCES,
    LICENCE_CHANGED_ON,
    RELICENSED_FILES,
)
from ossay.model.collector import Collector, Given
from ossay.model.evidence import Answered

FACTS = (LICENCE_CHANGED_ON, FORMER_LICENCES, RELICENSED_FILES)


def collect(given: Given) -> Iterator[Answered]:
    """Answer from licence files at the top over time, and from changed files."""
    from ossay.collect.relicensing import stated_before, texts_before
    from ossay.collect.relicensing.versions import versions

    history, earlier = given.history, given.earlier
    why = why_uncountable(given)
    if why or history is None or earlier is None:
        why = why or "what files were like before was not looked at"
        yield from (fact.unknown(why) for fact in FACTS)
        return
    known = versions(history, given.snapshot)
    if why := why_unsettled(history):
        yield from (fact.unknown(why) for fact in FACTS)
        return
    yield from texts_before.answers(given, earlier, known)
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
