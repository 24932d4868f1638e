# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
On which terms contributions are taken, as far as the repository's own files say.

A service beside the repository may ask for more; that is seen in none of its files.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from ossay.codec import code_digest
from ossay.model.collector import Collector, Given
from ossay.model.evidence import Answered, Combine, Fact, Item
from ossay.model.tree import EntryKind, Scanner, Unreadable

SIGN_OFF_ASKED = Fact(
    name="stewardship.sign_off_asked",
    kind=bool,
    asks="Do files of the repository ask contributors to state, in each change, that "
    "they have the right to contribute it (Developer Certificate of Origin)?",
    combine=Combine.ALL,
)
AGREEMENT_ASKED = Fact(
    name="stewardship.contributor_agreement_asked",
    kind=bool,
    asks="Do files of the repository ask contributors for an agreement, which may let "
    "one party change the licence later (contributor licence agreement)?",
    combine=Combine.ANY,
)

_MEANT = re.compile(
    r"(?i)(?:(?:\.github|\.gitlab|\.gitea|\.forgejo|docs?)/)?"
    r"(?:contributing|readme|hacking|pull_request_template|dco|cla|\.clabot"
    r"|contributor[-_ ]licen[cs]e[-_ ]agreement)(?:\.\w{1,8})?"
    r"|(?:\.github|\.gitea|\.forgejo)/workflows/[^/]+\.ya?ml"
)
_DCO = re.compile(
    r"(?i)developer(?:'?s)?\s+certificate\s+of\s+origin|signed-off-by\b"
    r"|\bcommit\s+(?:-\w*s\b|--signoff)|\bsign(?:ed|ing)?[- ]off\s+(?:on\s+)?"
    r"(?:your|their|each|every|all|the)\s+commits?"
)
_CLA = re.compile(
    r"(?i:contributors?(?:'?s)?\s+(?:licen[cs]e\s+)?agreement|\bcla-assistant\b"
    r"|contributor-assistant/|\.clabot\b)|\bCLAs?\b"
)
_NOT = re.compile(r"(?i)\b(?:no|not|never|without|don't|doesn't|instead of)\b")
_LONGEST_LINE = 2_000
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The lines in which a file asks for a sign-off, or an agreement; 0 for none."""

    sign_off: int = 0
    agreement: int = 0


def collect(given: Given) -> Iterator[Answered]:
    """Answer by what is said where contributors look first."""
    entries = [e for e in given.tree.entries() if _MEANT.fullmatch(e.path)]
    linked = [e.path for e in entries if e.kind is EntryKind.SYMLINK]
    files = [e.path for e in entries if e.kind is not EntryKind.SYMLINK]
    sign_offs: list[Item] = []
    agreements: list[Item] = []
    unread = [Item(subject=p, note="a link, which is not followed") for p in linked]
    for path, asked in given.tree.scan(_scanner(), files):
        if isinstance(asked, Unreadable):
            unread.append(Item(subject=path, note=asked.why))
            continue
        if asked.sign_off:
            sign_offs.append(Item(subject=path, line=asked.sign_off))
        if asked.agreement:
            agreements.append(Item(subject=path, line=asked.agreement))
    yield _answer(SIGN_OFF_ASKED, sign_offs, unread)
    yield _answer(AGREEMENT_ASKED, agreements, unread)


def _answer(fact: Fact[bool], found: list[Item], unread: list[Item]) -> Answered:
    if unread and not found:
        return fact.unknown("files that may say so could not be read", unread)
    return fact.found(bool(found), found)


def _scanner() -> Scanner[Asked]:
    return Scanner(
        name="contribution_terms.asked",
        version=code_digest([sys.modules[__name__]]),
        kind=Asked,
        scan=asked_in,
        largest_bytes=_LARGEST,
    )


def asked_in(content: bytes) -> Asked:
    """Return where a text asks first; a line that says "no" or "not" asks nothing."""
    sign_off = agreement = 0
    for number, line in enumerate(content.decode(errors="replace").splitlines(), 1):
        text = line[:_LONGEST_LINE]
        if _NOT.search(text):
            continue
        sign_off = sign_off or (number if _DCO.search(text) else 0)
        agreement = agreement or (number if _CLA.search(text) else 0)
    return Asked(sign_off=sign_off, agreement=agreement)


COLLECTOR = Collector(facts=(SIGN_OFF_ASKED, AGREEMENT_ASKED), collect=collect)
