# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The real engine, asked what is known."""

import os
import signal

import pytest

from ossay.model.licences import Recognised, Recogniser, Speech
from ossay.model.tree import Unreadable
from ossay.sandbox.confinement import strongest
from ossay.sandbox.scancode import Limits, ScancodeRecogniser

pytestmark = pytest.mark.engine

# REUSE-IgnoreStart
MIT = """Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""
APACHE = """// Licensed under the Apache License, Version 2.0 (the "License");
// you may not use this file except in compliance with the License.
// You may obtain a copy of the License at
//
//     http://www.apache.org/licenses/LICENSE-2.0
//
// Unless required by applicable law or agreed to in writing, software
// distributed under the License is distributed on an "AS IS" BASIS,
// WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
// See the License for the specific language governing permissions and
// limitations under the License.
"""
GPL = """# This program is free software: you can redistribute it and/or modify
# it under the terms of the GNU General Public License as published by
# the Free Software Foundation, either version 3 of the License, or
# (at your option) any later version.
"""
CHANGED = """License

The Mtandao files are made available by the Mtandao Foundation under the Apache
License, Version 2.0 (the "License") and you may not use these files except in
compliance with the License. You may obtain a copy of the License at

http://www.apache.org/licenses/LICENSE-2.0

Unless required by applicable law or agreed to in writing, the Mtandao files are
distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND,
either express or implied. See the License for the specific language governing
permissions and limitations under the License.
"""
CUT = """Redistribution and use in source and binary forms, with or without
modification, are permitted provided that the following conditions are met:
"""
TAG = "# SPDX-License-Identifier: MIT OR Apache-2.0\n"
REFERENCE = "This file is part of the works.\nSee LICENSE file for full license.\n"
# REUSE-IgnoreEnd
PROSE = "The committee asked which license the vendors had chosen, and why.\n"
NOTHING = "def double(value):\n    return value * 2\n"
UNKNOWN = "You may copy this among yourselves, and hereby agree to be kind.\n"

KNOWN = {
    "mit": (MIT, ("MIT",), Speech.TEXT),
    "apache": (APACHE, ("Apache-2.0",), Speech.NOTICE),
    "gpl": (GPL, ("GPL-3.0-or-later",), Speech.NOTICE),
    "tag": (TAG, ("MIT OR Apache-2.0",), Speech.TAG),
    "reference": (
        REFERENCE,
        ("LicenseRef-scancode-unknown-license-reference",),
        Speech.REFERENCE,
    ),
    "prose": (PROSE, (), None),
    "nothing": (NOTHING, (), None),
}


def recognised(answer: Recognised | Unreadable) -> Recognised:
    assert isinstance(answer, Recognised), answer
    return answer


@pytest.mark.parametrize("name", KNOWN)
def test_known_texts_are_recognised(engine: ScancodeRecogniser, name: str) -> None:
    text, expressions, speech = KNOWN[name]

    [(_, answer)] = engine.licences([(name, text)])

    found = recognised(answer)
    assert found.expressions == expressions
    assert {match.speech for match in found.matches} == ({speech} - {None})
    assert not found.is_partial


def test_it_is_what_collectors_ask_for(engine: ScancodeRecogniser) -> None:
    recogniser: Recogniser = engine

    assert len(recogniser.version) == 64


def test_the_quick_way_is_the_one_in_use(engine: ScancodeRecogniser) -> None:
    list(engine.licences([("nothing", NOTHING)]))

    assert engine.warnings == []


def test_a_reference_names_the_file_it_refers_to(engine: ScancodeRecogniser) -> None:
    [(_, answer)] = engine.licences([("reference", REFERENCE)])

    [match] = recognised(answer).matches
    assert match.refers_to == ("LICENSE",)
    assert (match.first_line, match.last_line) == (2, 2)


def test_what_is_well_found_explains_a_weak_match_of_the_same_licence(
    engine: ScancodeRecogniser,
) -> None:
    pages = "@license https://www.gnu.org/licenses/agpl-3.0.html GNU Affero General"
    text = f"@package Addons\\Mteja\n{pages} Public License Version 3 (AGPL3)"

    [(_, answer)] = engine.licences([("header", text)])

    found = recognised(answer)
    assert found.expressions == ("AGPL-3.0-only",)
    assert min(match.coverage for match in found.matches) < 0.6
    assert max(match.coverage for match in found.matches) == 1.0
    assert not found.is_partial


def test_a_notice_with_other_words_is_told_from_a_piece_of_a_longer_text(
    engine: ScancodeRecogniser,
) -> None:
    answers = dict(engine.licences([("changed", CHANGED), ("cut", CUT)]))

    changed, cut = recognised(answers["changed"]), recognised(answers["cut"])
    assert changed.expressions == ("Apache-2.0",)
    assert changed.matches[0].coverage < 0.8
    assert not changed.is_partial
    assert cut.matches[0].coverage < 0.8
    assert cut.is_partial


def test_words_of_a_grant_that_no_rule_explains_are_partial(
    engine: ScancodeRecogniser,
) -> None:
    [(_, answer)] = engine.licences([("unknown", UNKNOWN)])

    assert recognised(answer) == Recognised(is_partial=True)


def test_answers_do_not_depend_on_their_order(engine: ScancodeRecogniser) -> None:
    texts = [(name, text) for name, (text, _, _) in KNOWN.items()]

    forwards = dict(engine.licences(texts))
    backwards = dict(engine.licences(reversed(texts)))

    assert forwards == backwards


def test_holders_follow_their_notice_and_authors_stand_apart(
    engine: ScancodeRecogniser,
) -> None:
    # REUSE-IgnoreStart
    text = (
        "Copyright (c) 2019-2021 Example Works Ltd.\n"
        "Copyright 2022 Exampleton Foundation\n"
        "Author: Jane Doe\n"
    )
    # REUSE-IgnoreEnd

    [(_, answer)] = engine.copyrights([("notices", text)])

    assert not isinstance(answer, Unreadable)
    assert [notice.holders for notice in answer.notices] == [
        ("Example Works Ltd.",),
        ("Exampleton Foundation",),
    ]
    assert [notice.first_line for notice in answer.notices] == [1, 2]
    assert answer.authors == ("Jane Doe",)


def test_text_that_is_no_text_is_answered_all_the_same(
    engine: ScancodeRecogniser,
) -> None:
    texts = [("lone", "\ud800 license"), ("empty", ""), ("nul", "a\0b")]

    answers = list(engine.licences(texts))

    assert [name for name, _ in answers] == ["lone", "empty", "nul"]
    assert all(isinstance(answer, Recognised) for _, answer in answers)


def test_a_text_that_takes_too_long_is_named_and_the_next_one_answered() -> None:
    """A list of licences, as software bills of material carry them, again and again."""
    listing = "\n".join(
        f"{name}: licensed under the {licence} license version {n}, free software {n}"
        for n in range(4000)
        for name, licence in (("left", "GNU GPL"), ("right", "BSD"), ("up", "zlib"))
    )

    with ScancodeRecogniser(limits=Limits(text_seconds=0.5)) as engine:
        answers = dict(engine.licences([("long", listing), ("tag", TAG)]))

    too_long = answers["long"]
    assert isinstance(too_long, Unreadable)
    assert "timed out" in too_long.why
    assert recognised(answers["tag"]).expressions == ("MIT OR Apache-2.0",)


def test_an_engine_that_is_killed_is_started_again() -> None:
    with ScancodeRecogniser() as engine:
        texts = engine.licences([("first", TAG), ("second", TAG), ("third", TAG)])
        first = next(texts)
        dialogue = engine._dialogue
        assert dialogue is not None
        os.killpg(dialogue.pid, signal.SIGKILL)
        rest = list(texts)

    answers = dict([first, *rest])
    assert list(answers) == ["first", "second", "third"]
    assert recognised(answers["third"]).expressions == ("MIT OR Apache-2.0",)


def test_the_engine_is_confined_and_keeps_out_of_everybodys_way(
    engine: ScancodeRecogniser,
) -> None:
    list(engine.licences([("nothing", NOTHING)]))

    dialogue = engine._dialogue
    assert dialogue is not None
    assert strongest() is not None
    assert os.getsid(dialogue.pid) == dialogue.pid
    assert os.getpriority(os.PRIO_PROCESS, dialogue.pid) >= 10
