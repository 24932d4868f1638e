# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""How a part, its answers and their places are shown: links, and discretion."""

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, assert_never

from ossay import codec
from ossay.memo.blocks import Place, Reproduction, Seen, Source, State
from ossay.memo.grounds import about, asks, entries_about, is_as_wanted
from ossay.memo.links import link_to_commit, link_to_line, without_credentials
from ossay.model.candidate import Candidate, Part
from ossay.model.digest import Digest, Filed
from ossay.model.evidence import (
    HANDED_IN,
    Answered,
    Disclosure,
    Evidence,
    Fact,
    Gap,
    Inapplicable,
    Item,
    Observation,
    Tool,
)
from ossay.model.judgement import Judgement, PartJudged
from ossay.model.policy import Rule
from ossay.model.snapshot import Snapshot

SHORT = 12
"""Digits of a commit's name that are shown; enough for any repository today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """
    A judged part with its evidence at hand; None where there is none.

    Attributes:
        public: Whether anybody may read it: it leaves out places that not all may
            be told of (`Disclosure`).
    """

    judged: PartJudged
    evidence: Evidence | None
    facts: Mapping[str, Fact[Any]]
    public: bool = False

    @classmethod
    def of(
        cls,
        judged: PartJudged,
        evidence: Mapping[Digest, Evidence],
        facts: Mapping[str, Fact[Any]],
        *,
        public: bool = False,
    ) -> "Showing":
        digest = judged.evidence_digest
        found = None if digest is None else evidence[digest]
        return cls(judged=judged, evidence=found, facts=facts, public=public)

    @property
    def name(self) -> str:
        return self.judged.part.name

    @property
    def snapshot(self) -> Snapshot | None:
        return None if self.evidence is None else self.evidence.snapshot

    @property
    def observed(self) -> tuple[Answered, ...]:
        return () if self.evidence is None else self.evidence.observed

    @property
    def tools(self) -> tuple[Tool, ...]:
        return () if self.evidence is None else self.evidence.tools

    def seen(self, answer: Answered, rule: Rule | None = None) -> Seen:
        """Return *answer* as a memo shows it, where it is for a rule as its ground."""
        fact = self.facts.get(answer.fact)
        items = () if isinstance(answer, Inapplicable) else answer.items
        found = answer if isinstance(answer, Observation) else None
        total = len(items) if found is None else found.total
        if found is not None and rule is not None:
            items = about(rule.criterion, found)
            total = total if items == found.items else len(items)
        disclosure = Disclosure.OPEN if fact is None else fact.disclosure
        shown = () if self.public and disclosure is not Disclosure.OPEN else items
        return Seen(
            part=self.name,
            fact=answer.fact,
            asks=answer.fact if fact is None else fact.asks,
            unit="" if fact is None else fact.unit,
            state=_state(answer),
            value=None if found is None else found.value,
            why=self.discreet(
                answer.missed if isinstance(answer, Observation) else answer.why
            ),
            places=tuple(map(self.place, shown)),
            total=total,
            complete=found is None or not found.missed,
            about=()
            if found is None or rule is None
            else entries_about(rule.criterion, found),
            disclosure=disclosure,
            as_wanted=rule is not None
            and (
                not asks(rule.criterion, answer.fact)
                or is_as_wanted(rule.criterion, answer)
            ),
        )

    def unread(self, answer: Answered) -> str:
        """Return what *answer* says was not looked into; "" for nothing."""
        fact = self.facts.get(answer.fact)
        counted = answer.value if isinstance(answer, Observation) else 0
        return fact.unread if fact is not None and counted else ""

    def place(self, item: Item) -> Place:
        """Return *item* with its address on the forge, where it has one."""
        at, subject = self.snapshot, item.subject
        path, url, is_commit = "", "", _COMMIT.fullmatch(subject) is not None
        if not is_commit and _is_path(subject):
            path = subject
            url = (
                link_to_line(at.repository_url, at.commit, path, item.line)
                if at
                else ""
            )
        elif at is not None and is_commit:
            url = link_to_commit(at.repository_url, subject)
        return Place(
            subject=subject[:SHORT] if is_commit else _without_prefix(subject),
            path=path,
            line=item.line,
            note=item.note,
            url=url,
        )

    def discreet(self, text: str) -> str:
        """Return *text* without the way to a folder of the assessing machine."""
        for url in _addresses(self.judged.part, self.snapshot):
            if url in text:
                text = text.replace(url, _shown(url))
        return text


def source(showing: Showing) -> Source:
    """Return a part as page one lists it."""
    part, at = showing.judged.part, showing.snapshot
    url = part.source_url if at is None else at.repository_url
    return Source(
        name=part.name,
        role=part.role,
        required=part.required,
        repository=_shown(url),
        is_folder=_is_folder(url),
        path=part.path,
        asked_ref=part.ref,
        chosen=None if at is None else at.chosen,
        ref="" if at is None else at.ref,
        commit="" if at is None else at.commit,
        commit_url="" if at is None else link_to_commit(at.repository_url, at.commit),
        tree="" if at is None else at.tree,
        committed_on=None if at is None else at.committed_at.date(),
        shallow=at is not None and at.shallow,
        evidence=showing.judged.evidence_digest,
        annexes=() if showing.evidence is None else showing.evidence.annexes,
        why_not=showing.discreet(showing.judged.why_not),
    )


def reproduction(
    judgement: Filed[Judgement],
    candidate: Candidate,
    parts: Sequence[Showing],
    ossay_version: str,
) -> Reproduction:
    """
    Return how to come to the same findings again.

    A product of several parts is described by a file, which names them.
    """
    answers = _unless_empty(judgement.value.answers_digest)
    waivers = _unless_empty(judgement.value.waivers_digest)
    words = ["ossay", "assess", *_what_to_assess(parts)]
    for pack in candidate.packs:
        words += ["--pack", pack]
    words += ["--light"] if _were_read_lightly(parts) else []
    words += ["--judged-on", judgement.value.judged_on.isoformat()]
    words += ["--answers", "answers.yaml"] if answers else []
    words += ["--waivers", "waivers.yaml"] if waivers else []
    if len(parts) == 1:
        for language in candidate.languages:
            words += ["--language", language]
        for option, fact in _HANDED.items():
            for name in _handed_in(parts, fact):
                words += [option, name]
    return Reproduction(
        ossay_version=ossay_version,
        command=shlex.join(words),
        judgement=judgement.digest,
        answers=answers,
        waivers=waivers,
    )


def _were_read_lightly(parts: Sequence[Showing]) -> bool:
    """Tell whether no recogniser read what files state of their licences."""
    told = [a for part in parts for a in part.observed if a.fact == _NOTICES_READ]
    return bool(told) and all(isinstance(a, Observation) and not a.value for a in told)


_NOTICES_READ = "licensing.notices_read"


def _handed_in(parts: Sequence[Showing], fact: str) -> list[str]:
    """Return what the files were called that were handed in, as *fact* names them."""
    answers = [a for part in parts for a in part.observed if a.fact == fact]
    return [
        item.subject.removeprefix(HANDED_IN)
        for answer in answers
        if not isinstance(answer, Inapplicable)
        for item in answer.items
    ]


_HANDED = {"--sbom": "components.handed_sbom", "--artefact": "artefact.handed_in"}


def _unless_empty(digest: Digest) -> Digest | None:
    return None if digest == codec.digest_of((), tuple[()]) else digest


def _what_to_assess(parts: Sequence[Showing]) -> list[str]:
    if len(parts) > 1:
        return ["--product", "product.yaml"]
    part, at = parts[0].judged.part, parts[0].snapshot
    url = part.source_url if at is None else at.repository_url
    address = f"./{_shown(url)}" if _is_folder(url) else _shown(url)
    ref = part.ref if at is None else at.commit
    return [address, "--ref", ref] if ref else [address]


def _state(answer: Answered) -> State:
    match answer:
        case Observation():
            return State.ANSWERED
        case Gap():
            return State.OPEN
        case Inapplicable():
            return State.DOES_NOT_ARISE
        case _:
            assert_never(answer)


def _is_path(subject: str) -> bool:
    """Tell a path from a purl, an address, a tag and what was handed in."""
    return "://" not in subject and not subject.startswith(("pkg:", _TAGS, HANDED_IN))


def _without_prefix(subject: str) -> str:
    return subject.removeprefix(_TAGS).removeprefix(HANDED_IN)


_TAGS = "refs/tags/"
_COMMIT = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")


def _is_folder(url: str) -> bool:
    return url.startswith("/")


def _shown(url: str) -> str:
    if _is_folder(url):
        return PurePosixPath(url).name or "/"
    return without_credentials(url)


def _addresses(part: Part, at: Snapshot | None) -> tuple[str, ...]:
    """Return the addresses of a part, the longest first so that none is left over."""
    urls = {part.source_url} if at is None else {part.source_url, at.repository_url}
    return tuple(sorted(urls, key=len, reverse=True))
