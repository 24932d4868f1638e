# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Do keys or passwords of services stand in the files?

What is found is told by kind, path, line and a salted fingerprint. Nothing is ever
tried at a service; whether a secret is in use, its owners have to tell. Comments of
the candidate that tell scanners to look away are not heeded, and counted.
"""

from collections.abc import Iterable, Iterator

from ossay.collect.secrets.places import ALL, LEFT, TOOL, Looked, SecretPlace, look
from ossay.collect.security.places import View
from ossay.model.collector import Collector, Given, Table
from ossay.model.evidence import Answered, Combine, Disclosure, Fact
from ossay.model.toolbox import Toolbox, ToolSilent
from ossay.model.tree import BlobFacts

FOUND = Fact(
    name="secrets.found",
    kind=int,
    unit="places",
    asks="At how many places of the files does something stand that looks like a key "
    "or password of a service, tests and examples left aside?",
    combine=Combine.SUM,
    disclosure=Disclosure.RESTRICTED,
)
SET_ASIDE = Fact(
    name="secrets.set_aside",
    kind=int,
    unit="places",
    asks="At how many places of tests, examples and the code of others does something "
    "stand that looks like a key or password of a service?",
    combine=Combine.SUM,
    disclosure=Disclosure.RESTRICTED,
)
SUPPRESSED = Fact(
    name="secrets.suppressed",
    kind=int,
    unit="places",
    asks="At how many places that look like a key or password does a comment of the "
    "project tell scanners to look away?",
    combine=Combine.SUM,
    disclosure=Disclosure.RESTRICTED,
)
UNREAD_FILES = Fact(
    name="secrets.unread_files",
    kind=int,
    unit="files",
    asks="How many files could not be searched for keys and passwords?",
    combine=Combine.SUM,
    unread="files could not be searched for keys and passwords",
)

FACTS = (FOUND, SET_ASIDE, SUPPRESSED, UNREAD_FILES)

COMMENTS = (
    *(b"kingfisher:", b"gitleaks:allow", b"trufflehog:ignore"),
    b"pragma: allowlist secret",
)
"""One of these is in a file that tells scanners to look away."""


def collect(given: Given) -> Iterator[Answered | Table]:
    """Answer from all files of the part that is assessed."""
    view = View.of(given)
    if not view.own_paths:
        why = "the repository holds no file"
        yield from (fact.inapplicable(why) for fact in FACTS)
    elif given.toolbox is None:
        why = f"{TOOL}, which looks for secrets, was not at hand"
        yield from (fact.unknown(why) for fact in FACTS)
    else:
        yield from _answers(given.toolbox, view, given.memory)


def _answers(
    toolbox: Toolbox, view: View, memory: BlobFacts | None
) -> Iterator[Answered | Table]:
    try:
        looked = look(toolbox, view.tree, view.own_paths, ALL, memory)
    except ToolSilent as why:
        yield from (fact.unknown(str(why)) for fact in FACTS)
        return
    yield _found(FOUND, [p for p in looked.places if not p.is_set_aside], looked)
    yield _found(SET_ASIDE, [p for p in looked.places if p.is_set_aside], looked)
    passed_over: list[SecretPlace] | None = None
    try:
        passed_over = _passed_over(toolbox, view, looked, memory)
    except ToolSilent as error:
        why_not = f"it could not be told what the project passes over: {error}"
        yield SUPPRESSED.unknown(why_not)
    else:
        yield _found(SUPPRESSED, passed_over, looked)
    yield UNREAD_FILES.found(len(looked.unread), looked.unread)
    yield _table(looked, passed_over)


def _found(fact: Fact[int], places: Iterable[SecretPlace], looked: Looked) -> Answered:
    seen = list(places)
    missed = ""
    if looked.unread:
        missed = f"files could not be searched: {len(looked.unread)}"
    return fact.found(len(seen), (p.item() for p in seen), missed=missed)


def _passed_over(
    toolbox: Toolbox, view: View, looked: Looked, memory: BlobFacts | None
) -> list[SecretPlace]:
    """Return what is missing where the project's comments are heeded."""
    paths = sorted({place.path for place in looked.places})
    marked = [path for path in paths if _has_comment(view.tree.read(path))]
    if not marked:
        return []
    left = look(toolbox, view.tree, marked, LEFT, memory)
    gone = {place for place in looked.places if place.path in marked}
    return sorted(gone - set(left.places))


def _has_comment(content: bytes) -> bool:
    lower = content.lower()
    return any(comment in lower for comment in COMMENTS)


def _table(looked: Looked, passed_over: list[SecretPlace] | None) -> Table:
    told = {True: "yes", False: "no"}
    return Table(
        name="secrets",
        columns=(
            *("path", "line", "rule", "confidence", "fingerprint", "set aside"),
            *("suppressed by the candidate", "disclosure"),
        ),
        rows=tuple(
            (
                *(each.path, str(each.line), each.rule, each.confidence),
                *(each.fingerprint, told[each.is_set_aside]),
                "" if passed_over is None else told[each in passed_over],
                FOUND.disclosure.value,
            )
            for each in looked.places
        ),
    )


COLLECTOR = Collector(
    facts=FACTS,
    collect=collect,
    asks_tools=(TOOL,),
    rests_on=("security",),
)
