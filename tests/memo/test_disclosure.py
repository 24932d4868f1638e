# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What not everybody may be told of stands in no paper that everybody can read."""

import pytest

from ossay.memo.showing import Showing
from ossay.model.candidate import Part
from ossay.model.evidence import Combine, Disclosure, Fact, Item, Observation
from ossay.model.judgement import PartJudged

KEYS = {
    disclosure: Fact(
        name="secrets.found",
        kind=int,
        asks="At how many places is a key?",
        combine=Combine.SUM,
        disclosure=disclosure,
    )
    for disclosure in Disclosure
}
PLACE = Item(subject="deploy/key.pem", note="a private key", line=3)


def showing(fact: Fact[int], *, public: bool) -> Showing:
    part = Part(name="server", source_url="https://example.org/server.git")
    judged = PartJudged(part=part, evidence_digest=None, why_not="")
    return Showing(judged=judged, evidence=None, facts={fact.name: fact}, public=public)


@pytest.mark.parametrize("disclosure", list(Disclosure))
def test_in_a_memo_places_are_shown_with_who_may_be_told(
    disclosure: Disclosure,
) -> None:
    answer = KEYS[disclosure].found(1, [PLACE])

    seen = showing(KEYS[disclosure], public=False).seen(answer)

    assert [place.subject for place in seen.places] == ["deploy/key.pem"]
    assert seen.disclosure is disclosure


@pytest.mark.parametrize("disclosure", [Disclosure.AFTER_FIX, Disclosure.RESTRICTED])
def test_in_public_their_number_is_told_and_no_place(disclosure: Disclosure) -> None:
    answer = KEYS[disclosure].found(1, [PLACE])

    seen = showing(KEYS[disclosure], public=True).seen(answer)

    assert seen.places == ()
    assert (seen.value, seen.total) == (1, 1)


def test_in_public_a_gap_about_secrets_names_no_file_either() -> None:
    fact = KEYS[Disclosure.RESTRICTED]

    seen = showing(fact, public=True).seen(fact.unknown("too large", [PLACE]))

    assert seen.places == ()


def test_what_is_open_is_shown_in_public() -> None:
    fact = KEYS[Disclosure.OPEN]
    answer: Observation = fact.found(1, [PLACE])

    assert showing(fact, public=True).seen(answer).places != ()
