# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ossay.memo import render_markdown
from tests.memo import cases


def tokens() -> list[Token]:
    return MarkdownIt("commonmark").parse(render_markdown(cases.refused()))


def depths() -> dict[str, int]:
    """Return how many lists deep each line of a list stands."""
    depth, found = 0, {}
    for token in tokens():
        depth += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        if token.type == "inline" and depth:
            found[token.content] = depth
    return found


def starting(text: str) -> int:
    return next(depth for line, depth in depths().items() if line.startswith(text))


def test_places_stand_under_the_question_they_answer() -> None:
    assert starting("How many files state no licence?") == 1
    assert starting("[`src/permits/fees.py`]") == 2


def test_what_has_to_be_put_right_says_what_to_do_and_who() -> None:
    assert starting("✗ **Not met**: The text of the licence") == 1
    assert starting("Is the text of the licence in the repository? client: **no**") == 2
    assert starting("To do: Put the text of the licence into `LICENSES/`") == 2


def test_what_has_to_be_put_right_says_where_it_was_seen() -> None:
    first, _, _ = render_markdown(cases.refused()).partition("## Findings")

    assert "[`apps/client/package.json:5`]" in first


def test_headings_go_down_one_step_at_a_time() -> None:
    levels = [int(token.tag[1]) for token in tokens() if token.type == "heading_open"]

    assert levels[:2] == [1, 2]
    assert all(b <= a + 1 for a, b in pairwise(levels))
