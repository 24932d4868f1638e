# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What is missed because it holds no cue: measured on a sample, so that it can be told.

A recogniser is asked only about what is near a cue. How much it would find elsewhere
is learnt by asking it about whole files without one, drawn at random.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from ossay.collect.licensing.recognition import reading
from ossay.collect.licensing.recognition.lists import is_called_a_list
from ossay.collect.licensing.recognition.reading import Kind, Reading
from ossay.model.licences import Recognised, Recogniser
from ossay.model.tree import BlobUnreadable, Tree

LARGEST_BYTES = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindSpot:
    """
    How many files without a cue speak of a licence all the same.

    Attributes:
        without_cue: Files of text that hold no cue, each content once.
        asked: How many of them were drawn and could be told.
        missed: Path and expression of those in which a licence was recognised.
    """

    without_cue: int
    asked: int
    missed: tuple[tuple[str, str], ...]


def blind_spot(tree: Tree, recogniser: Recogniser, sample: int, seed: int) -> BlindSpot:
    """Ask *recogniser* about so many files without a cue, those that *seed* draws."""
    paths = list(_without_cue(tree))
    drawn = drawn_of(paths, sample, seed)
    told = [
        (path, answer)
        for path, answer in recogniser.licences(_texts(tree, drawn))
        if isinstance(answer, Recognised)
    ]
    return BlindSpot(
        without_cue=len(paths),
        asked=len(told),
        missed=tuple((path, e) for path, one in told for e in one.expressions),
    )


def drawn_of(paths: list[str], sample: int, seed: int) -> list[str]:
    """Return those of *paths* that *seed* draws, whatever order they come in."""
    return Random(seed).sample(sorted(paths), min(sample, len(paths)))  # noqa: S311


def _without_cue(tree: Tree) -> Iterator[str]:
    entries = {e.path: e for e in tree.entries()}
    seen: set[str] = set()
    for path, one in tree.scan(reading.scanner()):
        entry = entries[path]
        if entry.oid in seen or (entry.size_bytes or 0) > LARGEST_BYTES:
            continue
        seen.add(entry.oid)
        if isinstance(one, Reading) and _says_nothing(path, one):
            yield path


def _says_nothing(path: str, one: Reading) -> bool:
    is_text = one.kind is Kind.TEXT and not is_called_a_list(path.rpartition("/")[2])
    return is_text and not one.fragments and not one.tags.licences


def _texts(tree: Tree, paths: list[str]) -> Iterator[tuple[str, str]]:
    for path in paths:
        try:
            yield path, reading.whole(tree.read(path)).text
        except BlobUnreadable:
            continue
