# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Did keys or passwords of services stand in the files of earlier commits?

Whoever has the history can read what was taken out of the files. Looked into are the
lines that came with the commits which led to the one assessed, in text files of at
most 4 MB. Not looked into are messages of commits and tags, other branches,
binary files, and what the tool passes over by its name, lock files for one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ossay.collect._period import day_of
from ossay.collect.secrets.places import ALL, TOOL, look
from ossay.collect.secrets_before.searching import PastPlace, Searched, searched
from ossay.collect.security.places import View
from ossay.model.collector import Collector, Given, Table
from ossay.model.evidence import Answered, Combine, Disclosure, Fact, Item
from ossay.model.toolbox import ToolSilent
from ossay.model.tree import Unreadable

IN_HISTORY = Fact(
    name="secrets.in_history",
    kind=int,
    unit="keys or passwords",
    asks="How many different things that look like a key or password of a service "
    "came with earlier commits, stand in no file now and can still be read by whoever "
    "has the history, tests and examples left aside?",
    combine=Combine.SUM,
    disclosure=Disclosure.RESTRICTED,
)
"""
The same thing at many places counts once.

Its fingerprint is made with the salt of the register, so evidence of two registers
differs where something was found. That is meant: many passwords are short, and could
be told by trying from a digest without a salt that stands in a memo.
"""
IN_HISTORY_SET_ASIDE = Fact(
    name="secrets.in_history_set_aside",
    kind=int,
    unit="keys or passwords",
    asks="How many different things that look like a key or password of a service "
    "came with earlier commits to tests, examples or the code of others alone, and "
    "stand in no file now?",
    combine=Combine.SUM,
    disclosure=Disclosure.RESTRICTED,
)
UNSEARCHED_COMMITS = Fact(
    name="secrets.unsearched_commits",
    kind=int,
    unit="commits",
    asks="How many commits, the older ones, were not searched for keys and passwords?",
    combine=Combine.SUM,
    unread="commits were not searched for keys and passwords",
)
UNREAD_VERSIONS = Fact(
    name="secrets.unread_versions",
    kind=int,
    unit="versions of files",
    asks="How many earlier versions of text files could not be searched for keys and "
    "passwords, being missing or too large?",
    combine=Combine.SUM,
    unread="earlier versions of files could not be searched for keys and passwords",
)

FACTS = (IN_HISTORY, IN_HISTORY_SET_ASIDE, UNSEARCHED_COMMITS, UNREAD_VERSIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastSecret:
    """
    One secret that came with a commit.

    Attributes:
        places: Where it stood, the oldest first; one for each path.
        is_there: Whether it stands in a file of the snapshot.
    """

    places: tuple[PastPlace, ...]
    is_there: bool

    @property
    def is_set_aside(self) -> bool:
        """Whether it never stood but in tests, examples and what others wrote."""
        return all(each.place.is_set_aside for each in self.places)

    def item(self) -> Item:
        """Return what an answer shows of it."""
        first = self.places[0]
        others = len(self.places) - 1
        more = f"; in {others:,} other {_files(others)} too" if others else ""
        shown = first.place.item()
        came = f"came on {day_of(first.committed_at)} with commit {first.commit[:12]}"
        return Item(
            subject=shown.subject,
            note=f"{shown.note}; {came}{more}",
            line=shown.line,
        )


def _files(count: int) -> str:
    return "file" if count == 1 else "files"


def collect(given: Given) -> Iterator[Answered | Table]:
    """Answer from what the commits that led to the snapshot added."""
    if why := _why_not(given):
        yield from (fact.unknown(why) for fact in FACTS)
        return
    try:
        yield from _answers(given)
    except ToolSilent as error:
        yield from (fact.unknown(str(error)) for fact in FACTS)


def _why_not(given: Given) -> str:
    if given.toolbox is None:
        return f"{TOOL}, which looks for secrets, was not at hand"
    if given.history is None or given.earlier is None or given.memory is None:
        return "the history of the repository was not looked at"
    if not given.history_versions:
        return "earlier commits were not to be searched for keys and passwords"
    if given.snapshot.shallow or not given.history.is_complete():
        return (
            "the history is not complete where the repository was read from (a "
            "shallow clone)"
        )
    return ""


def _answers(given: Given) -> Iterator[Answered | Table]:
    toolbox, history, earlier = given.toolbox, given.history, given.earlier
    memory, view = given.memory, View.of(given)
    assert toolbox and history and earlier and memory  # noqa: S101, PT018 -- _why_not
    depth = given.history_versions
    known = searched(toolbox, history, earlier, memory, view.part, depth)
    if isinstance(known, Unreadable):
        why = f"the commits could not be looked through: {known.why}"
        yield from (fact.unknown(why) for fact in FACTS)
        return
    now = look(toolbox, view.tree, view.own_paths, ALL, memory)
    there = {place.fingerprint for place in now.places}
    secrets = _secrets(known, there)
    gone = [secret for secret in secrets if not secret.is_there]
    missed = "; ".join(_missed(known))
    for fact, is_aside in ((IN_HISTORY, False), (IN_HISTORY_SET_ASIDE, True)):
        counted = [each for each in gone if each.is_set_aside is is_aside]
        items = [secret.item() for secret in counted]
        yield fact.found(len(counted), items, missed=missed)
    yield UNSEARCHED_COMMITS.found(known.commits_left)
    unread = (Item(subject=path) for path in known.unread_paths)
    yield UNREAD_VERSIONS.found(known.unread, unread)
    yield _table(secrets)


def _secrets(known: Searched, there: set[str]) -> list[PastSecret]:
    """Return what was found, the same secret at all its places once."""
    by_name: dict[str, list[PastPlace]] = {}
    for each in known.places:
        by_name.setdefault(each.place.fingerprint, []).append(each)
    return [
        PastSecret(places=tuple(found), is_there=name in there)
        for name, found in by_name.items()
    ]


def _missed(known: Searched) -> Iterator[str]:
    if known.commits_left:
        of = known.commits + known.commits_left
        yield (
            f"{known.commits_left:,} of {of:,} commits, the older ones, were not "
            "searched"
        )
    if known.unread:
        yield f"earlier versions of files that could not be searched: {known.unread:,}"
    if known.dropped:
        yield f"places beyond those that are listed: {known.dropped:,}"


def _table(secrets: list[PastSecret]) -> Table:
    told = {True: "yes", False: "no"}
    return Table(
        name="secrets-in-history",
        columns=(
            *("path", "line", "commit", "committed on", "rule", "confidence"),
            *("fingerprint", "set aside", "stands in a file now", "disclosure"),
        ),
        rows=tuple(
            (
                *(each.place.path, str(each.place.line), each.commit),
                *(str(day_of(each.committed_at)), each.place.rule),
                *(each.place.confidence, each.place.fingerprint),
                *(told[each.place.is_set_aside], told[secret.is_there]),
                IN_HISTORY.disclosure.value,
            )
            for secret in secrets
            for each in secret.places
        ),
    )


COLLECTOR = Collector(
    facts=FACTS,
    collect=collect,
    reads_history=True,
    searches_history=True,
    asks_tools=(TOOL,),
    rests_on=("secrets", "security"),
)
