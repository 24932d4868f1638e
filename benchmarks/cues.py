# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Derive the cues of licences from ScanCode's rules, and write them into the package.

    python -m benchmarks.cues REPOSITORY...

Runs where ScanCode is installed. Each REPOSITORY is a git directory whose files stand
for what ordinary text is: a phrase that many of them hold tells nothing. The phrases
written by hand stay; of those derived before none does.
"""

import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path
from random import Random

from ossay.collect.licensing.recognition.cues import (
    DATA,
    GAP,
    Cue,
    cues_of,
    data,
    whole,
)

FILE = Path("ossay/collect/licensing/recognition") / DATA
LONG = 10
"""Words; a rule that has more must have a cue."""

SAMPLE = 6_000
LARGEST_BYTES = 100_000
MOST_COMMON = 0.0004
"""Share of ordinary files that may hold a derived phrase."""

LONGEST_PHRASE = 4
_WORDS = re.compile(rb"[^\W_]+", re.ASCII)
_GAP = re.compile(GAP)


def main() -> None:
    """Derive, measure, write."""
    rules = list(_rules())
    by_hand = [c for c in cues_of({**data(), "derived": []}) if not c.is_copyright]
    lacking = _without(rules, by_hand)
    derived = sorted(_derive([t for t in lacking if _length(t) > LONG], rules))
    left = _without(rules, [*by_hand, *map(Cue, derived)])
    lengths = Counter(_band(text) for text in left)
    bands = {f"without_cue_{band}": lengths[band] for band in _BANDS}
    _write(derived, {"rules": len(rules), **bands})


def _rules() -> Iterator[bytes]:
    """Yield the text of each rule that finds something; some say what to pass over."""
    from licensedcode.models import get_rules

    for rule in get_rules():
        if not rule.is_false_positive:
            yield rule.text.encode()


def _without(rules: Iterable[bytes], cues: Iterable[Cue]) -> list[bytes]:
    pattern = whole(cues)
    return [text for text in rules if pattern.search(text) is None]


def _length(text: bytes) -> int:
    return len(re.findall(r"\w+", text.decode()))


_BANDS = ("of_3_words", "of_10_words", "longer")


def _band(text: bytes) -> str:
    words = _length(text)
    return _BANDS[(words > 3) + (words > LONG)]


def _derive(texts: list[bytes], rules: Iterable[bytes]) -> Iterator[str]:
    """
    Yield phrases, the one that most of *texts* hold first, until none is left.

    Of those that as many hold, the one that most of all *rules* hold: it is of the
    language of licences, and not of one of them.
    """
    holding: defaultdict[str, set[int]] = defaultdict(set)
    for number, text in enumerate(texts):
        for phrase in _phrases(text):
            holding[phrase].add(number)
    common = _common(holding)
    legal = Counter(p for text in rules for p in _phrases(text) if p in holding)
    left = set(range(len(texts)))
    usable = {p: held for p, held in holding.items() if common[p] <= MOST_COMMON}
    while left and usable:
        best = min(usable, key=lambda p: (-len(usable[p] & left), -legal[p], p))
        if not usable[best] & left:
            return
        yield best
        left -= usable.pop(best)


def _phrases(text: bytes) -> set[str]:
    """Return the runs of words in *text* that a cue would find."""
    lower = text.lower()
    words = [(m.start(), m.end()) for m in _WORDS.finditer(lower)]
    found: set[str] = set()
    for first in range(len(words)):
        end = words[first][1]
        phrase = lower[words[first][0] : end].decode()
        if len(phrase) > len("licence"):
            found.add(f"<{phrase}>")
        for start, after in words[first + 1 : first + LONGEST_PHRASE]:
            if _GAP.fullmatch(lower, end, start) is None:
                break
            phrase += " " + lower[start:after].decode()
            end = after
            found.add(f"<{phrase}>")
    return found


def _common(phrases: Iterable[str]) -> dict[str, float]:
    """Return in which share of ordinary files each phrase is."""
    wanted = set(phrases)
    counts: Counter[str] = Counter()
    sample = list(_sample())
    for content in sample:
        counts.update(_phrases(content) & wanted)
    return {phrase: counts[phrase] / len(sample) for phrase in wanted}


def _sample() -> Iterator[bytes]:
    """Yield text files of the repositories, drawn at random, the same each time."""
    places = [
        (repository, line.split()[2])
        for repository in sys.argv[1:]
        for line in _git(repository, "ls-tree", "-r", "HEAD").splitlines()
    ]
    for repository, name in Random(1).sample(sorted(places), k=SAMPLE):  # noqa: S311
        content = _git(repository, "cat-file", "blob", name.decode())
        if b"\0" not in content and len(content) <= LARGEST_BYTES:
            yield content


def _git(repository: str, *arguments: str) -> bytes:
    command = ["git", "--git-dir", repository, *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, check=False).stdout


def _write(derived: list[str], coverage: dict[str, int]) -> None:
    """Write *derived* after the line that says so; what is above it stays."""
    kept = FILE.read_text(encoding="utf-8").partition("# Derived")[0]
    lines = [
        "# Derived by benchmarks/cues.py; not to be changed by hand.",
        "derived = [",
        *(f'    "{phrase}",' for phrase in derived),
        "]",
        "",
        "[made]",
        f'scancode = "{metadata.version("scancode-toolkit")}"',
        *(f"{name} = {count}" for name, count in sorted(coverage.items())),
        "",
    ]
    FILE.write_text(kept + "\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
