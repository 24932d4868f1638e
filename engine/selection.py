# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Which rules may stand in a text approximately: ScanCode's choice, made with arrays.

`licensedcode.match_set.compute_candidates` compares a text with each of 30,050 rules
in a Python loop. This counts, over lists of the rules that hold each token, what a
text shares with all rules at once, applies the same thresholds to the counts, ranks
the same way, and builds ScanCode's own tuples for the few that are left. Nothing may
differ, down to the last bit of a score: the order of two near-equal candidates decides
which rule a match is reported under.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np

from engine.index import Columns

NEAR_HALF = 1e-6

FIT_A_BYTE = 255

NEVER = 1 << 30
"""More words than any text has."""

Array = Any
"""A numpy array; numpy's own types are not in the environment of the checks."""


class Selection:
    """Chooses candidates for one index."""

    def __init__(self, index: Any, columns: Columns) -> None:
        from intbitset import intbitset
        from licensedcode.match_set import ScoresVector

        self._scores = ScoresVector
        self._set = intbitset
        self._index = index
        self._starts = columns["postings_start"].tolist()
        self._rids = columns["postings_rid"]
        self._rows = columns["common_rows"]
        self._row_of = {
            token: row for row, token in enumerate(columns["common_token"].tolist())
        }
        self._rule_starts = columns["rule_start"]
        self._rule_tokens = columns["rule_token"]
        self._rule_counts = columns["rule_count"]
        self._matchable = columns["matchable"].astype(bool)
        self._least_contained = np.array(columns["least_contained"])
        self._expression = columns["expression"]
        self._identifier = columns["identifier"]
        self._length = columns["length"]
        self._twentieths = columns["twentieths"]
        self._thresholds = {
            suffix: tuple(
                np.array(columns[f"{name}_{suffix}"])
                for name in ("least_high", "least", "length")
            )
            for suffix in ("sets", "counts")
        }
        least_high = np.maximum(self._thresholds["sets"][0], 1)
        self._least_high = np.where(self._matchable, least_high, NEVER)
        """How many legal words a rule has to share, first of all."""

    def compute_candidates(
        self,
        query_run: Any,
        idx: Any,
        matchable_rids: Any,
        top: int = 50,
        high_resemblance: bool = False,
        high_resemblance_threshold: float = 0.8,
        _use_bigrams: bool = False,
    ) -> list[Any]:
        """Return what ScanCode's function of this name returns."""
        if (
            idx is not self._index
            or matchable_rids is not idx.approx_matchable_rids
            or _use_bigrams
        ):
            msg = "candidates are chosen among all approximately matchable rules"
            raise ValueError(msg)
        counts = _matchable_tokens(query_run)
        if not counts:
            return []
        threshold = high_resemblance_threshold
        rids, shared = self._by_sets(counts)
        if not len(rids):
            return []
        length = self._thresholds["sets"][2][rids]
        twentieths = self._twentieths[shared]
        ranked = _Ranking(rids, shared, length, len(counts), threshold, twentieths)
        if high_resemblance:
            ranked = ranked.resembling()
        ranked = ranked.best(top * 10)

        rids, shared = self._by_counts(counts, ranked.rids)
        if not len(rids):
            return []
        length = self._thresholds["counts"][2][rids]
        twentieths = self._twentieths[shared]
        in_query = sum(counts.values())
        ranked = _Ranking(rids, shared, length, in_query, threshold, twentieths)
        if high_resemblance:
            ranked = ranked.resembling()
        ranked = ranked.without_twins(
            self._expression, self._length, self._identifier
        ).best(top)
        return [self._candidate(counts, *row) for row in ranked.rows()]

    def _by_sets(self, counts: Counter[int]) -> tuple[Array, Array]:
        """Return the rules that share enough tokens, and how many each shares."""
        high, low = self._split(counts)
        shared_high = self._shared(high)
        _, least, length = self._thresholds["sets"]
        rids = np.flatnonzero(shared_high >= self._least_high)
        if not len(rids):
            return rids, rids
        shared = (shared_high + self._shared(low))[rids]
        kept = (shared >= least[rids]) & self._is_contained(rids, shared / length[rids])
        return rids[kept], shared[kept]

    def _by_counts(self, counts: Counter[int], rids: Array) -> tuple[Array, Array]:
        """Do the same with how often each token occurs, for *rids* alone."""
        if not len(rids):
            return rids, rids
        shared_high, shared = self._shared_counts(counts, rids)
        least_high, least, length = self._thresholds["counts"]
        kept = (
            (shared_high > 0)
            & (shared_high >= least_high[rids])
            & (shared >= least[rids])
            & self._is_contained(rids, shared / length[rids])
        )
        return rids[kept], shared[kept]

    def _shared_counts(self, counts: Counter[int], rids: Array) -> tuple[Array, Array]:
        in_query = np.zeros(len(self._starts), np.int64)
        high, low = self._split(counts)
        for token in (*high, *low):
            in_query[token] = counts[token]
        starts = self._rule_starts[rids]
        lengths = self._rule_starts[rids + 1] - starts
        firsts = np.cumsum(lengths) - lengths
        places = np.repeat(starts - firsts, lengths) + np.arange(lengths.sum())
        tokens = self._rule_tokens[places]
        shared = np.minimum(self._rule_counts[places], in_query[tokens])
        shared_high = np.where(tokens < self._index.len_legalese, shared, 0)
        return np.add.reduceat(shared_high, firsts), np.add.reduceat(shared, firsts)

    def _is_contained(self, rids: Array, containment: Array) -> Array:
        least = self._least_contained[rids]
        return (least == 0) | (containment >= least)

    def _split(self, tokens: Iterable[int]) -> tuple[list[int], list[int]]:
        """Part legal words from others. Tokens that no rule holds share nothing."""
        legal = self._index.len_legalese
        known = [token for token in tokens if token < len(self._starts) - 1]
        return [t for t in known if t < legal], [t for t in known if t >= legal]

    def _shared(self, tokens: list[int]) -> Array:
        """Count for each rule how many of *tokens* it holds."""
        rows = [self._row_of[token] for token in tokens if token in self._row_of]
        pieces = [
            self._rids[self._starts[token] : self._starts[token + 1]]
            for token in tokens
            if token not in self._row_of
        ]
        shared = np.bincount(_joined(pieces), minlength=len(self._matchable))
        for first in range(0, len(rows), FIT_A_BYTE):
            total = np.zeros(len(self._matchable), np.uint8)
            for row in rows[first : first + FIT_A_BYTE]:
                np.add(total, self._rows[row], out=total)
            shared += total
        return shared

    def _candidate(
        self, counts: Counter[int], rounded: Any, full: Any, rid: int
    ) -> tuple[Any, int, Any, Any]:
        legal = self._index.high_postings_by_rid[rid]
        return (
            (self._scores(*rounded), self._scores(*full)),
            rid,
            self._index.rules_by_rid[rid],
            self._set([token for token in legal if token in counts]),
        )


def _matchable_tokens(query_run: Any) -> Counter[int]:
    """Count the tokens still to be matched; none where no legal word is among them."""
    if not query_run.is_matchable(include_low=False):
        return Counter()  # ScanCode would choose, and its caller throw the choice away
    matchables = query_run.matchables
    return Counter(
        tid for position, tid in query_run.tokens_with_pos() if position in matchables
    )


class _Ranking:
    """Candidates and their scores, as columns of equal length."""

    def __init__(
        self,
        rids: Array,
        shared: Array,
        length: Array,
        in_query: int,
        threshold: float,
        twentieths: Array,
    ) -> None:
        self.rids = rids
        self._threshold = threshold
        self._shared = shared
        self._twentieths = twentieths
        self._resemblance = shared / (in_query + length - shared)
        self._containment = shared / length
        # Python's power, not numpy's: the same last bit as ScanCode's.
        self._amplified = np.array(
            [value**2 for value in self._resemblance.tolist()], np.float64
        )
        self._rounded: tuple[Array, Array, Array, Array] | None = None

    def _only(self, places: Array) -> "_Ranking":
        kept = _Ranking.__new__(_Ranking)
        kept._threshold = self._threshold
        kept.rids = self.rids[places]
        kept._shared = self._shared[places]
        kept._twentieths = self._twentieths[places]
        kept._resemblance = self._resemblance[places]
        kept._containment = self._containment[places]
        kept._amplified = self._amplified[places]
        kept._rounded = None
        if self._rounded is not None:
            one, two, three, four = self._rounded
            kept._rounded = (one[places], two[places], three[places], four[places])
        return kept

    def resembling(self) -> "_Ranking":
        """Keep those that resemble the text closely, before and after rounding."""
        return self._only(
            (self._resemblance >= self._threshold)
            & (_rounded(self._resemblance) >= self._threshold)
        )

    def _rounded_scores(self) -> tuple[Array, Array, Array, Array]:
        if self._rounded is None:
            self._rounded = (
                _rounded(self._resemblance) >= self._threshold,
                _rounded(self._containment),
                _rounded(self._amplified),
                self._twentieths,
            )
        return self._rounded

    def _full_scores(self) -> tuple[Array, Array, Array, Array]:
        return (
            self._resemblance >= self._threshold,
            self._containment,
            self._amplified,
            self._shared,
        )

    def best(self, count: int) -> "_Ranking":
        """Keep the first *count*, in order: rounded scores, full scores, rule."""
        keys = (*self._rounded_scores(), *self._full_scores(), self.rids)
        return self._only(np.lexsort(keys[::-1])[::-1][:count])

    def without_twins(
        self, expression: Array, length: Array, identifier: Array
    ) -> "_Ranking":
        """
        Keep the best of those that say the same licence with the same rounded scores.

        Twins are of the same length too. As ScanCode's `filter_dupes` does.
        """
        expression, length = expression[self.rids], length[self.rids]
        group = (expression, *self._rounded_scores(), length)
        order = np.lexsort(
            (*(*group, *self._full_scores(), identifier[self.rids])[::-1],)
        )
        if not len(order):
            return self
        differs = np.zeros(len(order) - 1, bool)
        for key in group:
            differs |= key[order][1:] != key[order][:-1]
        return self._only(order[np.append(differs, True)])

    def rows(self) -> Iterable[tuple[Any, Any, int]]:
        """Return rounded scores, full scores and rule, as Python's own numbers."""
        return zip(
            zip(*(key.tolist() for key in self._rounded_scores()), strict=True),
            zip(*(key.tolist() for key in self._full_scores()), strict=True),
            self.rids.tolist(),
            strict=True,
        )


def _joined(pieces: list[Array]) -> Array:
    return np.concatenate(pieces) if pieces else np.zeros(0, np.int32)


def _rounded(values: Array) -> Array:
    """
    Round to one decimal as Python does.

    Python rounds the exact binary value, `np.round` multiplies first: near a half
    they differ.
    """
    tenfold = values * 10
    rounded = np.rint(tenfold) / 10
    near = np.flatnonzero(np.abs(tenfold - np.floor(tenfold) - 0.5) < NEAR_HALF)
    rounded[near] = [round(value, 1) for value in values[near].tolist()]
    return rounded


_SCANCODES_OWN: list[Any] = []


def install(selection: Selection) -> None:
    """Let ScanCode choose its candidates this way."""
    import licensedcode.match_set

    if not _SCANCODES_OWN:
        _SCANCODES_OWN.append(licensedcode.match_set.compute_candidates)
    licensedcode.match_set.compute_candidates = selection.compute_candidates


def uninstall() -> None:
    """Let ScanCode choose its own way again."""
    import licensedcode.match_set

    if _SCANCODES_OWN:
        licensedcode.match_set.compute_candidates = _SCANCODES_OWN[0]
