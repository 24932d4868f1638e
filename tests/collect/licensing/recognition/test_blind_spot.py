# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""How much is missed for want of a cue is measured, not guessed."""

from ossay.collect.licensing.recognition.blind_spot import blind_spot, drawn_of
from tests.collect.licensing.recognition.recognisers import PHRASES, Phrases
from tests.collect.licensing.texts import HEADER
from tests.collect.trees import DictTree

FILES: dict[str, bytes | str] = {
    "a.c": "int x;\n",
    "b.c": "int y;\n",
    "copy-of-b.c": "int y;\n",
    "missed.c": "// secret phrase\n",
    "cue.c": "// under the zlib licence\n",
    "tag.py": HEADER,
    "binary": b"\0secret phrase",
    "yarn.lock": "secret phrase\n",
}


def test_files_without_a_cue_are_asked_about() -> None:
    recogniser = Phrases()
    PHRASES["secret phrase"] = PHRASES["under the isc licence"]
    try:
        found = blind_spot(DictTree(FILES), recogniser, sample=10, seed=1)
    finally:
        del PHRASES["secret phrase"]

    assert found.without_cue == found.asked == 3
    assert found.missed == (("missed.c", "ISC"),)


def test_what_could_not_be_told_does_not_count_as_asked() -> None:
    found = blind_spot(DictTree({"a.c": "slow\n"}), Phrases(), sample=10, seed=1)

    assert (found.without_cue, found.asked) == (1, 0)


def test_a_seed_draws_the_same_files_whatever_their_order() -> None:
    paths = [f"{n}.c" for n in range(100)]

    drawn = drawn_of(paths, 10, seed=3)

    assert len(set(drawn)) == 10
    assert drawn == drawn_of(paths[::-1], 10, seed=3)
    assert drawn != drawn_of(paths, 10, seed=4)
