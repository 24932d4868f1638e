# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What a tree shows of lines, devices and readers is told, and nothing read into it."""

from collections.abc import Mapping

from ossay.collect._gathering import gather
from ossay.collect.inclusion import COLLECTOR
from ossay.model.evidence import Answered, Observation
from tests.collect.trees import DictTree, given

Files = Mapping[str, str | bytes]


def answers(tree: DictTree) -> dict[str, Answered]:
    said, _ = gather(COLLECTOR, given(tree))
    return {answer.fact.removeprefix("inclusion."): answer for answer in said}


def answer(fact: str, files: Files) -> Answered:
    return answers(DictTree(files))[fact]


def value_of(answer: Answered) -> object:
    assert isinstance(answer, Observation), answer
    return answer.value


# -------------------------------------------------------------------- assets


def test_images_fonts_and_films_are_added_up_and_the_largest_of_each_kind_named() -> (
    None
):
    said = answer(
        "assets_bytes",
        {
            "a.png": b"1" * 10,
            "static/vendor/b.SVG": b"1" * 30,
            "c.woff2": b"1" * 5,
            "d.js": b"1" * 1_000,
            "docs/e.png": b"1" * 100,
            "tests/f.png": b"1" * 100,
            "examples/g.mp4": b"1" * 100,
        },
    )

    assert isinstance(said, Observation)
    assert said.value == 45
    assert [(item.subject, item.note) for item in said.items] == [
        ("c.woff2", "fonts: 5 bytes in 1 file, this being the largest (5)"),
        (
            "static/vendor/b.SVG",
            "images: 40 bytes in 2 files, this being the largest (30)",
        ),
    ]
