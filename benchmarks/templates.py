# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Hold checks of templates against linters for Vue, React, Angular and HTML.

    python -m benchmarks.templates PEER REPOSITORY...

Each REPOSITORY is a local clone. PEER is a copy of benchmarks/templates-peer outside
of this repository, in which `npm ci --ignore-scripts` was run. What the linters read
is written into a scratch folder: a candidate's own settings are code, and neither they
nor directives in comments are heeded. Two findings agree if they are of one rule and
of one file, and at most `NEAR` lines apart. docs/templates.md explains differences.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ossay.collect.templates.files import scanner_for
from ossay.collect.templates.looking import look
from ossay.model.accessibility import Verdict
from tests.collect.trees import DictTree

NEAR = 1
MINUTES = 20

# Options are those under which a peer asks what ossay asks, and no more.
RULES: dict[str, tuple[str, list[object]]] = {
    "vuejs-accessibility/alt-text": ("image-alt", [{"elements": ["img"]}]),
    "vuejs-accessibility/iframe-has-title": ("frame-title", []),
    "vuejs-accessibility/form-control-has-label": ("control-label", []),
    "vuejs-accessibility/anchor-has-content": ("link-name", []),
    "vuejs-accessibility/click-events-have-key-events": ("click-no-keyboard", []),
    "vuejs-accessibility/aria-role": ("aria-role", []),
    "vuejs-accessibility/tabindex-no-positive": ("tabindex-positive", []),
    "vuejs-accessibility/no-distracting-elements": ("moving-text", []),
    "vuejs-accessibility/media-has-caption": ("video-captions", []),
    "jsx-a11y/alt-text": ("image-alt", [{"elements": ["img"]}]),
    "jsx-a11y/iframe-has-title": ("frame-title", []),
    "jsx-a11y/html-has-lang": ("html-lang", []),
    "jsx-a11y/control-has-associated-label": (
        "control-label",
        [{"ignoreElements": ["a", "button", "td", "th", "tr"], "depth": 9}],
    ),
    "jsx-a11y/anchor-has-content": ("link-name", []),
    "jsx-a11y/click-events-have-key-events": ("click-no-keyboard", []),
    "jsx-a11y/aria-role": ("aria-role", [{"ignoreNonDOM": True}]),
    "jsx-a11y/tabindex-no-positive": ("tabindex-positive", []),
    "jsx-a11y/no-distracting-elements": ("moving-text", []),
    "jsx-a11y/media-has-caption": ("video-captions", []),
    "@angular-eslint/template/alt-text": ("image-alt", []),
    "@angular-eslint/template/click-events-have-key-events": ("click-no-keyboard", []),
    "@angular-eslint/template/interactive-supports-focus": ("click-no-keyboard", []),
    "@angular-eslint/template/elements-content <a>": ("link-name", []),
    "@angular-eslint/template/elements-content <button>": ("button-name", []),
    "@angular-eslint/template/no-positive-tabindex": ("tabindex-positive", []),
    "@angular-eslint/template/no-distracting-elements": ("moving-text", []),
    "html/wcag/h37": ("image-alt", []),
    "html/wcag/h36": ("image-alt", []),
    "html/area-alt": ("image-alt", []),
    "html/input-missing-label": ("control-label", []),
    "html/text-content": ("button-name", []),
    "html/wcag/h30": ("link-name", []),
    "html/meta-refresh": ("page-refresh", []),
    "html/heading-level": (
        "heading-order",
        [{"allowMultipleH1": True, "minInitialRank": "any"}],
    ),
    "html/element-required-attributes <html> lang": ("html-lang", []),
    "html/element-required-attributes <iframe> title": ("frame-title", []),
    "html/element-required-content <head>": ("page-title", []),
    "html/empty-title": ("page-title", []),
    "html/no-abstract-role": ("aria-role", []),
}
"""
What is asked of the peers: their rule, ours of the same sense, and its options.

A rule that says more is asked of one element, and of one attribute of it, alone.
"""

Place = tuple[str, str, int]
"""Rule of ossay, path, line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The two answers on the files of one repository."""

    name: str
    commit: str
    files: int
    seconds: float
    ours: dict[Place, Verdict]
    theirs: frozenset[Place]
    unreadable: int


def main() -> None:
    """Print agreement for every repository, by rule, and where it ends."""
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    peer = Path(sys.argv[1]).resolve()
    held = [_hold(peer, Path(name).resolve()) for name in sys.argv[2:]]
    print("\n".join(_lines(held)))


def _hold(peer: Path, repository: Path) -> Held:
    files = _files(repository)
    began = time.process_time()
    looked = look(DictTree(files))
    seconds = time.process_time() - began
    read = {item.subject for item in looked.checked}
    theirs, unreadable = _peers(peer, {path: files[path] for path in read})
    asked = {ours for ours, _ in RULES.values()}
    return Held(
        name=repository.parent.name if repository.name == "repo" else repository.name,
        commit=_git(repository, "rev-parse", "--short", "HEAD").decode().strip(),
        files=len(read),
        seconds=seconds,
        ours={
            (b.rule, b.where, b.line): b.verdict
            for b in looked.barriers
            if b.rule in asked and b.where in read
        },
        theirs=theirs,
        unreadable=unreadable,
    )


def _files(repository: Path) -> dict[str, bytes]:
    """Return what is in the head of a clone; of what no check reads, the name alone."""
    listed = _git(repository, "ls-tree", "-r", "-z", "--long", "HEAD").split(b"\0")
    files = dict[str, bytes]()
    wanted = list[tuple[str, bytes, int]]()
    for line in filter(None, listed):
        about, _, name = line.partition(b"\t")
        mode, kind, oid, size = about.split()
        path = name.decode(errors="surrogateescape")
        if kind != b"blob" or mode == b"120000" or not size.isdigit():
            continue
        files[path] = b""
        if scanner_for(path) or path.endswith(".gitattributes"):
            wanted.append((path, oid, int(size)))
    given = b"\n".join(oid for _, oid, _ in wanted)
    told, at = _git(repository, "cat-file", "--batch", given=given), 0
    for path, _, length in wanted:
        begin = told.index(b"\n", at) + 1
        at = begin + length + 1
        files[path] = told[begin : at - 1]
    return files


def _git(repository: Path, *words: str, given: bytes = b"") -> bytes:
    command = ["git", "-C", str(repository), *words]
    return subprocess.run(command, input=given, capture_output=True, check=True).stdout


def _peers(peer: Path, files: dict[str, bytes]) -> tuple[frozenset[Place], int]:
    """Return what the linters find in *files*, and how many they cannot read."""
    rules = json.dumps({name: options for name, (_, options) in RULES.items()})
    with tempfile.TemporaryDirectory() as made:
        for path, content in files.items():
            place = Path(made, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        command = ["node", str(peer / "lint.mjs"), made, rules]
        done = subprocess.run(
            command, capture_output=True, check=True, timeout=60 * MINUTES, cwd=peer
        )
    told = json.loads(done.stdout)
    unreadable = {each["path"] for each in told if each["rule"] == "unreadable"}
    places = {
        (RULES[each["rule"]][0], each["path"], each["line"])
        for each in told
        if each["rule"] != "unreadable"
    }
    return frozenset(places), len(unreadable)


def _agreed(held: Held) -> dict[Place, Place]:
    """Return, by a place of the peers, the place of ours that is the same."""
    free, pairs = set(held.ours), {}
    for place in sorted(held.theirs):
        rule, path, line = place
        near = [(rule, path, line + away) for away in (0, *range(-NEAR, NEAR + 1))]
        if same := next((one for one in near if one in free), None):
            free.discard(same)
            pairs[place] = same
    return pairs


def _lines(held: list[Held]) -> Iterator[str]:
    yield (
        "| repository | commit | files | CPU-s | both | ossay only | peer only "
        "| unread by peer |"
    )
    yield "| --- " * 8 + "|"
    counts = Counter[tuple[str, str]]()
    apart = list[str]()
    for one in held:
        pairs = _agreed(one)
        ours = set(one.ours) - set(pairs.values())
        theirs = one.theirs - set(pairs)
        counts.update(
            (place[0], f"both, {one.ours[place]}") for place in pairs.values()
        )
        counts.update((place[0], f"ossay only, {one.ours[place]}") for place in ours)
        counts.update((place[0], "peer only") for place in theirs)
        for who, places in (("ossay", ours), ("peer", theirs)):
            apart += [
                f"{who} {rule} {one.ours.get((rule, path, line), '-')} "
                f"{one.name}:{path}:{line}"
                for rule, path, line in sorted(places)
            ]
        yield (
            f"| {one.name} | {one.commit} | {one.files:,} | {one.seconds:.2f} "
            f"| {len(pairs)} | {len(ours)} | {len(theirs)} | {one.unreadable} |"
        )
    columns = [f"{who}, {v}" for who in ("both", "ossay only") for v in Verdict]
    columns.append("peer only")
    yield ""
    yield f"| rule | {' | '.join(columns)} |"
    yield "| --- " * (1 + len(columns)) + "|"
    for rule in sorted({rule for rule, _ in counts}):
        told = " | ".join(str(counts[rule, column]) for column in columns)
        yield f"| {rule} | {told} |"
    yield ""
    yield from apart


if __name__ == "__main__":
    main()
