# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
ScanCode's index in a form that is there at once: arrays, and rules read when wanted.

ScanCode unpickles 37,542 rules with their sets, multisets and automatons for every
start: 6.8 CPU-s and 1.1 GB. Made once at install from that very index, this form is
mapped into memory, and what a text does not touch is never read.

    python -m engine.index FOLDER
"""

import hashlib
import json
import pickle
import shutil
import sys
import tempfile
from array import array
from collections import defaultdict
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from engine.sequences import Sequences, Tokens, key_of, prefixes

SCANCODE = "32.5.0"
"""The only version whose insides this knows."""

RULES_KEPT = 4096
POSTINGS_KEPT = 1024

COMMON = 1500
"""A token in so many rules has a row with a place for each rule: adding that is
quicker than counting the rules one by one."""

PARTS = ("index.py", "selection.py", "sequences.py")
"""Sources on which the form depends."""


class IndexUnusable(Exception):
    """The index on disk is not one that this code can use."""


def scancode_version() -> str:
    """Return which ScanCode is installed."""
    return metadata.version("scancode-toolkit")


def made_by() -> str:
    """Return the digest of the code that writes and reads the index."""
    here = Path(__file__).parent
    sources = b"\0".join((here / part).read_bytes() for part in PARTS)
    return hashlib.sha256(sources).hexdigest()


# --- making ---------------------------------------------------------------------


def make(folder: Path) -> None:
    """Write the index to *folder*, from the one that ScanCode brings."""
    if scancode_version() != SCANCODE:
        msg = f"the index can be made of ScanCode {SCANCODE}, not {scancode_version()}"
        raise IndexUnusable(msg)
    from licensedcode.cache import get_cache

    cache = get_cache()
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(dir=folder.parent))
    _write_sequences(scratch, cache.index)
    _write_rules(scratch, cache.index)
    _write_thresholds(scratch, cache.index)
    _write_postings(scratch, cache.index)
    _write_licences(scratch, cache)
    (scratch / "made.json").write_text(
        json.dumps({"scancode": SCANCODE, "made_by": made_by()})
    )
    shutil.rmtree(folder, ignore_errors=True)
    scratch.rename(folder)


def _write_sequences(folder: Path, index: Any) -> None:
    rid_of = {key_of(tids): rid for rid, tids in enumerate(index.tids_by_rid)}
    keys = sorted(rid_of)
    (folder / "sequences.bin").write_bytes(b"".join(keys))
    np.save(folder / "sequences_end.npy", np.cumsum([len(key) for key in keys]))
    np.save(folder / "sequences_rid.npy", np.array([rid_of[key] for key in keys]))
    np.save(folder / "sequences_parent.npy", np.array(prefixes(keys)))
    place_of = {key: place for place, key in enumerate(keys)}
    places = [place_of[key_of(tids)] for tids in index.tids_by_rid]
    np.save(folder / "sequences_place.npy", np.array(places))


def _write_rules(folder: Path, index: Any) -> None:
    pickles = [pickle.dumps(rule, protocol=5) for rule in index.rules_by_rid]
    (folder / "rules.bin").write_bytes(b"".join(pickles))
    np.save(folder / "rules_end.npy", np.cumsum([len(text) for text in pickles]))


def _write_thresholds(folder: Path, index: Any) -> None:
    rules = index.rules_by_rid
    columns: dict[str, Any] = {
        "length": [rule.length for rule in rules],
        "expression": _ranks([rule.license_expression or "" for rule in rules]),
        "identifier": _ranks([rule.identifier for rule in rules]),
        "matchable": [rid in index.approx_matchable_rids for rid in range(len(rules))],
    }
    for suffix, unique in (("_sets", True), ("_counts", False)):
        columns |= {
            f"least_high{suffix}": [
                r.get_min_high_matched_length(unique) for r in rules
            ],
            f"least{suffix}": [r.get_min_matched_length(unique) for r in rules],
            f"length{suffix}": [max(1, r.get_length(unique)) for r in rules],
        }
    for name, column in columns.items():
        np.save(folder / f"{name}.npy", np.array(column, np.int32))
    longest = max(rule.length for rule in rules)
    rounded = [round(shared / 20, 1) for shared in range(longest + 1)]
    np.save(folder / "twentieths.npy", np.array(rounded, np.float64))
    contained = [rule._minimum_containment or 0.0 for rule in rules]
    np.save(folder / "least_contained.npy", np.array(contained, np.float64))


def _ranks(names: list[str]) -> list[int]:
    rank_of = {name: rank for rank, name in enumerate(sorted(set(names)))}
    return [rank_of[name] for name in names]


def _write_postings(folder: Path, index: Any) -> None:
    """Write which tokens a rule holds, and how often; which rules hold a token."""
    count = len(index.rules_by_rid)
    tokens, rids, counts = array("l"), array("l"), array("l")
    for rid in sorted(index.approx_matchable_rids):
        # ScanCode's own comparisons grow these defaultdicts by zero entries.
        mset = {tid: n for tid, n in index.msets_by_rid[rid].items() if n > 0}
        if len(mset) != len(index.sets_by_rid[rid]):
            msg = f"the set and the multiset of rule {rid} differ"
            raise IndexUnusable(msg)
        tokens.extend(mset)
        counts.extend(mset.values())
        rids.extend([rid] * len(mset))
    by_rule = np.array(rids)
    np.save(folder / "rule_start.npy", np.searchsorted(by_rule, np.arange(count + 1)))
    np.save(folder / "rule_token.npy", np.array(tokens, np.int32))
    np.save(folder / "rule_count.npy", np.array(counts, np.int32))

    order = np.argsort(np.array(tokens), kind="stable")
    by_token = np.array(tokens)[order]
    starts = np.searchsorted(by_token, np.arange(int(by_token[-1]) + 2))
    rids_of = by_rule[order].astype(np.int32)
    np.save(folder / "postings_start.npy", starts)
    np.save(folder / "postings_rid.npy", rids_of)
    common = np.flatnonzero(np.diff(starts) >= COMMON)
    rows = np.zeros((len(common), count), np.uint8)
    for row, token in enumerate(common.tolist()):
        rows[row, rids_of[starts[token] : starts[token + 1]]] = 1
    np.save(folder / "common_token.npy", common)
    np.save(folder / "common_rows.npy", rows)


def _write_licences(folder: Path, cache: Any) -> None:
    for licence in cache.db.values():
        licence.text = ""  # two thirds of it all, and read by no part of matching
    index = cache.index
    kept = {
        "db": cache.db,
        "licensing": cache.licensing,
        "spdx_symbols": cache.spdx_symbols,
        "unknown_spdx_symbol": cache.unknown_spdx_symbol,
        "dictionary": index.dictionary,
        "digit_only_tids": list(index.digit_only_tids),
        "len_legalese": index.len_legalese,
        "rid_by_hash": index.rid_by_hash,
    }
    (folder / "licences.pickle").write_bytes(pickle.dumps(kept, protocol=5))


# --- reading --------------------------------------------------------------------


class Columns:
    """The numbers of the index, by name, mapped from disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getitem__(self, name: str) -> Any:
        # A plain array: slices of numpy's own mapped kind cost ten times as much.
        return np.asarray(np.load(self._folder / f"{name}.npy", mmap_mode="r"))


class Pieces:
    """A file of pieces, mapped from disk."""

    def __init__(self, path: Path, ends: Any) -> None:
        self._bytes = memoryview(np.memmap(path, np.uint8, "r"))
        self._ends = [0, *ends.tolist()]

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, position: int) -> bytes:
        return bytes(self._bytes[self._ends[position] : self._ends[position + 1]])

    def __iter__(self) -> Iterator[bytes]:
        return map(self.__getitem__, range(len(self)))


class Rules:
    """Stands in for the list of rules; reads each when asked, and keeps the recent."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._kept: dict[int, Any] = {}

    def __len__(self) -> int:
        return len(self._pieces)

    def __getitem__(self, rid: int) -> Any:
        rule = self._kept.get(rid)
        if rule is None:
            if len(self._kept) >= RULES_KEPT:
                self._kept.pop(next(iter(self._kept)))
            rule = pickle.loads(self._pieces[rid])  # noqa: S301 - written by `make`
            self._kept[rid] = rule
        return rule


class Postings:
    """Stands in for the rules' positions of legal words; made when asked."""

    def __init__(self, tokens: Tokens, len_legalese: int) -> None:
        self._tokens = tokens
        self._len_legalese = len_legalese
        self._kept: dict[int, dict[int, list[int]]] = {}

    def __getitem__(self, rid: int) -> dict[int, list[int]]:
        postings = self._kept.get(rid)
        if postings is None:
            if len(self._kept) >= POSTINGS_KEPT:
                self._kept.pop(next(iter(self._kept)))
            found: defaultdict[int, list[int]] = defaultdict(list)
            for position, token in enumerate(self._tokens[rid]):
                if token < self._len_legalese:
                    found[token].append(position)
            postings = self._kept[rid] = dict(found)
        return postings


def read(folder: Path) -> tuple[Any, Columns]:
    """Return ScanCode's cache, standing on the index in *folder*, and its numbers."""
    made = json.loads((folder / "made.json").read_text())
    if made != {"scancode": scancode_version(), "made_by": made_by()}:
        msg = "the index was made by another version"
        raise IndexUnusable(msg)
    from intbitset import intbitset
    from licensedcode.cache import LicenseCache
    from licensedcode.index import LicenseIndex

    columns = Columns(folder)
    kept = pickle.loads((folder / "licences.pickle").read_bytes())  # noqa: S301 - ours
    keys = list(Pieces(folder / "sequences.bin", columns["sequences_end"]))
    index = LicenseIndex()
    index.dictionary = kept["dictionary"]
    index.len_legalese = kept["len_legalese"]
    index.digit_only_tids = intbitset(kept["digit_only_tids"])
    index.rid_by_hash = kept["rid_by_hash"]
    index.tids_by_rid = Tokens(keys, columns["sequences_place"].tolist())
    index.rules_by_rid = Rules(Pieces(folder / "rules.bin", columns["rules_end"]))
    index.high_postings_by_rid = Postings(index.tids_by_rid, index.len_legalese)
    index.rules_automaton = Sequences(
        keys,
        columns["sequences_rid"].tolist(),
        columns["sequences_parent"].tolist(),
    )
    index.optimized = True
    cache = LicenseCache(
        db=kept["db"],
        index=index,
        licensing=kept["licensing"],
        spdx_symbols=kept["spdx_symbols"],
        unknown_spdx_symbol=kept["unknown_spdx_symbol"],
    )
    return cache, columns


def uninstall() -> None:
    """Let ScanCode load its own index, when it next needs one."""
    install(None)


def install(cache: Any) -> None:
    """Let ScanCode use *cache* wherever it asks for its own."""
    import licensedcode.cache

    licensedcode.cache._LICENSE_CACHE = cache


def main() -> None:
    """Make the index, and see that plain ScanCode answers the self-test as stored."""
    make(Path(sys.argv[1]))
    from engine import selftest

    if failed := selftest.failures():
        sys.exit(f"plain ScanCode answers otherwise than stored: {', '.join(failed)}")


if __name__ == "__main__":
    main()
