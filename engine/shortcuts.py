# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What ScanCode computes over and over, computed once; no answer differs by it.

Each run of a text asks for the positions that are still open in it, and walks over
those of the whole text. Each word of a notice is tried against 600 expressions, and
each of the 413 rules of the grammar of notices is tried on all of them, from labels
that are joined anew for each rule. Sets of positions are made to lists and back to
count what two of them share.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from engine.recognition import leave_out_needless_work

WORDS_KEPT = 20_000
LONGEST_KEPT = 100
"""Characters of a word whose label is kept: longer ones do not come again."""


def take_shortcuts() -> None:
    """Let ScanCode work with all that is quicker, its answers being the same."""
    leave_out_needless_work()
    _look_at_runs_alone()
    _compare_spans_as_sets()
    _label_words_once()
    _try_rules_that_may_apply()


def _look_at_runs_alone() -> None:
    from intbitset import intbitset
    from licensedcode.query import QueryRun

    def positions(run: Any, of_query: Any) -> Any:
        return of_query & intbitset(range(run.start, run.end + 1))

    # As with ScanCode, an empty set is asked for again: there may be more by then.
    def low(run: Any) -> Any:
        if not run._low_matchables:
            run._low_matchables = positions(run, run.query.low_matchables)
        return run._low_matchables

    def high(run: Any) -> Any:
        if not run._high_matchables:
            run._high_matchables = positions(run, run.query.high_matchables)
        return run._high_matchables

    QueryRun.low_matchables = property(low)
    QueryRun.high_matchables = property(high)


def _compare_spans_as_sets() -> None:
    from intbitset import intbitset
    from licensedcode.spans import Span

    scancodes_own, scancodes_distance = Span.__init__, Span.distance_to

    def init(span: Any, *args: Any) -> None:
        if len(args) == 1 and isinstance(args[0], intbitset):
            span._set = intbitset(args[0])
        elif len(args) == 1 and isinstance(args[0], Span):
            span._set = intbitset(args[0]._set)
        else:
            scancodes_own(span, *args)

    def distance_to(span: Any, other: Any) -> Any:
        own, others = span._set, other._set
        if not own or not others:
            return scancodes_distance(span, other)
        if own[-1] < others[0]:
            return others[0] - own[-1]
        if own[0] > others[-1]:
            return own[0] - others[-1]
        return 0 if own & others else own[0] - others[-1]

    def overlap(span: Any, other: Any) -> int:
        return len(span._set & other._set)

    Span.__init__ = init
    Span.distance_to = distance_to
    Span.overlap = overlap


def _label_words_once() -> None:
    from pygmars.lex import Lexer

    def lex_tokens(
        lexer: Any,
        tokens: Iterable[Any],
        trace: bool = False,  # noqa: ARG001 - it is called with it
    ) -> Iterator[Any]:
        label_of = _labels_by(lexer)
        for token in tokens:
            label = label_of(token.value)
            if label is not None:
                token.label = label
            yield token

    Lexer.lex_tokens = lex_tokens


def _labels_by(lexer: Any) -> Callable[[str], str | None]:
    """Return the function that tells labels, which is kept with its *lexer*."""
    kept: Callable[[str], str | None] | None = getattr(lexer, "label_of", None)
    if kept is None:
        matchers = lexer._matchers

        def label_of(word: str) -> str | None:
            return next((label for matches, label in matchers if matches(word)), None)

        known = lru_cache(maxsize=WORDS_KEPT)(label_of)
        kept = lexer.label_of = lambda word: (
            known(word) if len(word) <= LONGEST_KEPT else label_of(word)
        )
    return kept


def _try_rules_that_may_apply() -> None:
    from pygmars.parse import Parser, ParseString
    from pygmars.tree import Tree

    def parse(parser: Any, tree: Any) -> Any:
        if not tree:
            msg = f"Cannot parse empty tree: {tree!r}"
            raise ValueError(msg)
        if not isinstance(tree, Tree):
            tree = Tree(parser._root_label, tree)
        text, labels = _labels(tree)
        for _ in range(parser._loop):
            for rule, needed, mark in _rules(parser):
                if any(labels.isdisjoint(some) for some in needed):
                    continue
                marked = mark(text).replace("{}", "")
                if marked != text:
                    parsed = ParseString(tree, validate=parser._validate)
                    parsed._parse_string = marked
                    tree = parsed.to_tree(rule.label)
                    text, labels = _labels(tree)
        return tree

    Parser.parse = parse


def _labels(tree: Any) -> tuple[str, set[str]]:
    labels = [piece.label for piece in tree]
    return "".join(f"<{label}>" for label in labels), set(labels)


Rules = list[tuple[Any, tuple[frozenset[str], ...], Callable[[str], str]]]


def _rules(parser: Any) -> Rules:
    """Return rules, the labels that each needs, and what marks where it applies."""
    kept: Rules | None = getattr(parser, "rules_that_need", None)
    if kept is None:
        kept = parser.rules_that_need = [
            (rule, tuple(needed(rule.pattern)), rule._transformer)
            for rule in parser.rules
        ]
    return kept


_ELEMENT = re.compile(r"<([^<>]*)>\s*([?*+{]?)|([(|)])")
_PLAIN = re.compile(r"[A-Z0-9|-]+")


def needed(pattern: str) -> Iterator[frozenset[str]]:
    """
    Yield labels of which one has to be there for *pattern* of a rule to apply.

    What is in parentheses or may be left out is not needed; of what is no plain list
    of labels nothing is said.
    """
    found: list[frozenset[str]] = []
    depth = 0
    for element in _ELEMENT.finditer("".join(pattern.split())):
        labels, quantifier, bracket = element.groups()
        if bracket == "|" and not depth:
            return
        depth += {"(": 1, ")": -1}.get(bracket, 0)
        is_needed = not bracket and not depth and quantifier in {"", "+"}
        if is_needed and _PLAIN.fullmatch(labels):
            found.append(frozenset(labels.split("|")))
    yield from found
