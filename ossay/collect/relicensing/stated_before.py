# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Files that state another licence than in the version before.

Compared is what stands in a file itself. Files that were moved are not followed, and
those that stated none, or state none now, are not counted.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ossay.codec import canonical, digest_of, digest_of_bytes, from_json, to_json
from ossay.collect import version_of
from ossay.collect._places import Places
from ossay.collect.licensing.distance import is_inside
from ossay.collect.licensing.file_licences import is_known
from ossay.collect.licensing.met import counted
from ossay.collect.licensing.recognition.findings import FileFinding
from ossay.collect.licensing.recognition.licences import licences_of
from ossay.collect.licensing.recognition.neighbourhood import Neighbourhood
from ossay.collect.licensing.recognition.questions import licences_by
from ossay.collect.licensing.recognition.reading import Kind
from ossay.collect.licensing.recognition.statements import BY_TAG
from ossay.collect.licensing.recognition.work import work_of
from ossay.collect.licensing.stating import (
    VAGUE,
    doubts_in,
    parts_of,
    stated_in,
    together,
)
from ossay.collect.licensing.whose import DELIVERED, Whose, whose
from ossay.collect.relicensing.facts import RELICENSED_FILES
from ossay.collect.relicensing.versions import Version
from ossay.model.collector import Given
from ossay.model.earlier import Earlier
from ossay.model.evidence import Answered, Item, Observation
from ossay.model.people import Curation
from ossay.model.tree import Tree, Unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """
    What a file states for itself.

    Attributes:
        line: Where it begins to.
        is_doubtful: Whether it may state more than is known.
    """

    expression: str
    line: int
    is_doubtful: bool

    @property
    def named(self) -> frozenset[str]:
        """The licences that it names: "see LICENSE" is none of them."""
        return frozenset(parts_of(self.expression)) - {VAGUE}


_REMEMBERED = "relicensing.stated_before"


def answer(given: Given, earlier: Earlier, before: Version) -> Answered:
    """
    Answer by what stands in files that changed since the version *before*.

    Many commits have the same files: what two states of them led to is remembered,
    unless something stayed open, which another try or a fact pack may settle.
    """
    heard, memory = given.recogniser, given.memory
    snapshot = given.snapshot
    asked = digest_of_bytes(
        canonical(
            [
                *(before.commit, before.name, before.on.isoformat()),
                *(snapshot.tree, snapshot.path),
                "" if heard is None else heard.version,
                digest_of(tuple(given.curations.values()), tuple[Curation, ...]),
            ]
        )
    )
    code = version_of("relicensing")
    kept = {} if memory is None else memory.known(_REMEMBERED, code, [asked])
    if asked in kept:
        return from_json(Answers, kept[asked])[0]
    found = _answer(given, earlier, before)
    is_certain = isinstance(found, Observation) and not found.missed
    if memory is not None and is_certain and given.tree.is_settled():
        memory.keep(_REMEMBERED, code, {asked: to_json((found,), Answers)})
    return found


Answers = tuple[Answered, ...]


def _answer(given: Given, earlier: Earlier, before: Version) -> Answered:
    changed = earlier.changed_since(before.commit)
    if isinstance(changed, Unreadable):
        why = f"{before.name} could not be read: {changed.why}"
        return RELICENSED_FILES.unknown(why)
    if not changed:
        return RELICENSED_FILES.found(0)
    still_there = frozenset(given.tree.paths())
    inside = (
        entry.path
        for entry in changed
        if entry.path in still_there and is_inside(entry.path, given.snapshot.path)
    )
    delivered = dict(_delivered(inside, Places(given.tree)))
    old = earlier.holding(e for e in changed if e.path in delivered)
    was = dict(_told(old, delivered, given))
    now = dict(_told(given.tree, delivered, given))
    doubtful = [p for p in was if p in now and _is_open(was[p], now[p])]
    items = list(_differing(was, now, before))
    missed = (
        f"{counted(len(doubtful))} that changed since {before.name} may state more "
        "about licences than could be read"
        if doubtful
        else ""
    )
    if missed and not items:
        return RELICENSED_FILES.unknown(missed)
    return RELICENSED_FILES.found(len(items), items, missed=missed)


def _differing(
    was: Mapping[str, Told], now: Mapping[str, Told], before: Version
) -> Iterator[Item]:
    for path, old in was.items():
        new = now.get(path)
        if new is None or _is_open(old, new):
            continue
        if old.named and new.named and old.named != new.named:
            said = f"{new.expression}; in {before.name} of {before.on}"
            note = f"{said} it was {old.expression}"
            yield Item(subject=path, note=note, line=new.line)


def _is_open(old: Told, new: Told) -> bool:
    return old.is_doubtful or new.is_doubtful


def _delivered(
    paths: Iterable[str], places: Places
) -> Iterator[tuple[str, FileFinding]]:
    """Yield the files that go into the software, of which nothing was read yet."""
    around = Neighbourhood(())
    for path in paths:
        bare = FileFinding(path=path, kind=Kind.TEXT, origin=around.origin_of(path))
        if whose(bare, places) in DELIVERED:
            yield path, bare


def _told(
    tree: Tree, files: Mapping[str, FileFinding], given: Given
) -> Iterator[tuple[str, Told]]:
    """Yield what each of *files* states as it is in *tree*."""
    work = work_of(tree, files)
    asked = licences_by(given.recogniser)
    told = licences_of(work, asked, given.memory, given.curations)
    for path, said in told.items():
        if work.kinds[path] is not Kind.LIST:
            yield (
                path,
                _of(
                    replace(
                        files[path],
                        kind=work.kinds[path],
                        statements=said.statements,
                        open=said.open,
                        unread=_unread(work.readings[path]),
                    )
                ),
            )


def _of(finding: FileFinding) -> Told:
    tagged = [s for s in finding.statements if s.by == BY_TAG]
    known = [s for s in tagged if is_known(s.expression)]
    own = stated_in(finding, Whose.OWN)
    lines = [*(s.first_line for s in known), *(s.line for s in own)]
    named = [*(s.expression for s in known), *(s.expression for s in own)]
    return Told(
        expression=together(named) if named else "",
        line=min(lines, default=0),
        is_doubtful=any(doubts_in(finding, Whose.OWN)),
    )


def _unread(one: object) -> str:
    return one.why if isinstance(one, Unreadable) else ""
