# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What the tree shows of care for those who use the software.

Signals only: a test that is named may fail, a rule may be switched off elsewhere, a
catalogue may be empty. Whether people can use the software is for people to say.
"""

from collections.abc import Iterator

from ossay.collect.accessibility import answers, facts
from ossay.collect.accessibility.interface import for_browsers, user_interface
from ossay.collect.accessibility.looking import look
from ossay.model.collector import Collector, Given
from ossay.model.evidence import Answered, Observation

NO_INTERFACE = (
    "no user interface was found here; one that is kept elsewhere has to be assessed "
    "as a part"
)


def collect(given: Given) -> Iterator[Answered]:
    """
    Answer from names and from what the software's own files say.

    Where no interface was found, a sign that is absent is inapplicable, and one
    that is there is told all the same.
    """
    interface = user_interface(given.tree)
    yield interface
    yield for_browsers(given.tree, interface)
    has_none = isinstance(interface, Observation) and interface.value is False
    seen = look(given.tree)
    for answer in answers.all_of(given.tree, seen):
        yield _or_inapplicable(answer) if has_none else answer


def _or_inapplicable(answer: Answered) -> Answered:
    if isinstance(answer, Observation) and not answer.value:
        fact = next(f for f in facts.ALL if f.name == answer.fact)
        return fact.inapplicable(NO_INTERFACE)
    return answer


COLLECTOR = Collector(facts=facts.ALL, collect=collect)
