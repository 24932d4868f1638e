# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Patterns match what they match in reuse, whatever strangers write into them."""

from debian.copyright import globs_to_re
from hypothesis import given
from hypothesis import strategies as st
from reuse.global_licensing import AnnotationsItem

from ossay.collect.licensing.globs import LONGEST_PATH, bounded, matches

GLOBS = st.lists(
    st.sampled_from(["a", "b", "/", "*", "**", "a/", ".", "[", "|", "\\*"]),
    min_size=1,
    max_size=8,
).map("".join)
PATHS = st.text("ab/.[|*", max_size=10)


@given(GLOBS, PATHS)
def test_a_pattern_matches_what_it_does_in_reuse(glob: str, path: str) -> None:
    theirs = AnnotationsItem(paths={glob})._paths_regex

    ours = bounded([theirs.pattern[2:-2]])

    assert matches(ours, path) is bool(theirs.match(path))


@given(st.lists(st.sampled_from(["a", "/", "*", "?", "."]), max_size=8), PATHS)
def test_a_pattern_of_dep5_matches_what_it_does_there(
    parts: list[str], path: str
) -> None:
    theirs = globs_to_re(["".join(parts)])

    assert matches(bounded([theirs.pattern]), path) is bool(theirs.fullmatch(path))


def test_many_wildcards_and_a_long_path_take_no_time() -> None:
    for glob in ("**a" * 20 + "b", "*a" * 30 + "b", "**a*a*a*a" * 6 + "b"):
        translated = AnnotationsItem(paths={glob})._paths_regex.pattern[2:-2]

        assert not matches(bounded([translated]), "a" * LONGEST_PATH)


def test_a_path_too_long_matches_nothing() -> None:
    assert not matches(bounded([".*"]), "a" * (LONGEST_PATH + 1))


def test_one_of_several_patterns_is_enough() -> None:
    either = bounded(["a", "b.*"])

    assert matches(either, "bc")
    assert not matches(either, "ac")
