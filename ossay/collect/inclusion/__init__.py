# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What the tree shows of slow lines, old devices and people who read little.

Signals only: a design system may be used badly, a page may load more when it runs,
and whether somebody who reads little finds the way is for people to say.
"""

from collections.abc import Iterator

from ossay.collect._places import Places
from ossay.collect.accessibility import NO_INTERFACE
from ossay.collect.accessibility.interface import user_interface
from ossay.collect.inclusion import facts, signs
from ossay.collect.inclusion.assets import assets_bytes
from ossay.collect.inclusion.devices import android_min_sdk, browsers
from ossay.collect.inclusion.hosts import other_hosts
from ossay.collect.inclusion.reading import read
from ossay.collect.inclusion.weights import NO_PAGES, heaviest_page_bytes
from ossay.model.collector import Collector, Given, Table
from ossay.model.evidence import Answered, Gap, Observation


def collect(given: Given) -> Iterator[Answered | Table]:
    """
    Answer from names, sizes and what the software's own files say.

    Where no interface was found, a sign that is absent is inapplicable, and one
    that is there is told all the same.
    """
    interface = user_interface(given.tree)
    has_none = isinstance(interface, Observation) and interface.value is False
    for answer in _answers(given):
        if has_none and not isinstance(answer, Table) and _is_absent(answer):
            fact = next(f for f in facts.ALL if f.name == answer.fact)
            yield fact.inapplicable(NO_INTERFACE)
        else:
            yield answer


def _is_absent(answer: Answered) -> bool:
    if isinstance(answer, Gap):
        return answer.why == NO_PAGES
    return isinstance(answer, Observation) and not answer.value


def _answers(given: Given) -> Iterator[Answered | Table]:
    tree = given.tree
    places = Places(tree)
    seen = read(tree, places)
    yield signs.design_systems(seen)
    yield from heaviest_page_bytes(tree, seen)
    yield assets_bytes(tree, places)
    yield from other_hosts(seen)
    yield android_min_sdk(seen)
    yield browsers(seen)
    yield signs.performance_budget(seen)
    yield signs.installable(seen)
    yield signs.speech(seen)
    yield signs.easy_language(seen)


COLLECTOR = Collector(facts=facts.ALL, collect=collect, rests_on=("accessibility",))
