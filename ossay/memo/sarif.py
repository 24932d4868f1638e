# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Findings for code scanners: SARIF 2.1.0 (OASIS, 2020; "§" below is its numbering).

By default only what somebody has to see to becomes a result. Code scanning on
GitHub ignores `kind`, so that a rule that is met would show as an alert, and it
rejects a whole file for one result without a location (microsoft/PSRule#955,
github/codeql-action#2459). A finding about no file in particular is therefore
placed at the root of its part.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from ossay.memo.blocks import (
    Content,
    NotLookedAt,
    Place,
    Result,
    Source,
    State,
    WhyOpen,
)
from ossay.memo.escapes import as_address, visible
from ossay.model.judgement import Outcome
from ossay.model.policy import Level

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
    "sarif-schema-2.1.0.json"
)

MOST_RESULTS = 5_000
"""GitHub shows no more (its documentation on SARIF results that exceed limits)."""

_KINDS = {
    Outcome.PASSED: "pass",
    Outcome.FAILED: "fail",
    Outcome.UNDETERMINED: "open",
    Outcome.INAPPLICABLE: "notApplicable",
    Outcome.WAIVED: "fail",
}
_LEVELS = {Level.MUST: "error", Level.SHOULD: "warning", Level.MAY: "note"}
_TO_SEE_TO = frozenset({Outcome.FAILED, Outcome.UNDETERMINED})

_SENTENCES = {
    Outcome.PASSED: "Met: {title}.",
    Outcome.FAILED: "Not met: {title}. {remedy}",
    Outcome.UNDETERMINED: "Not known: {title}. {why}",
    Outcome.INAPPLICABLE: "Does not apply: {title}.",
    Outcome.WAIVED: "Waived: {title}. {reason}",
}
_WORDS = {
    "at place": "{sentence} Seen here: {note}.",
    "nobody answered": "Nobody has answered yet. To be asked: {who}. {what}",
    "could not look": "The machine could not tell: {why}.",
    "not settled": "What was seen does not settle it.",
    "help": "{remedy} By: {who}.",
    "basis": "{title}. Demanded by {source}.",
    "inspired": "{title}. Suggested by {source}.",
    "cut": "{n} further results are left out. The memo has them.",
    "files": "The files of {part} at commit {commit}.",
    "gap": "Not looked at in {part}, because {why}: {asks}",
    "short": "May be short for {part}, because {why}: {asks}",
}

_Json = dict[str, Any]


def render_sarif(content: Content, *, every_kind: bool = False) -> str:
    """
    Return the findings as a SARIF log.

    With *every_kind*, rules that are met, waived or do not apply are results too,
    for readers that honour `kind` and `suppressions` (§3.27.9, §3.27.23).
    """
    return json.dumps(_log(content, every_kind=every_kind), indent=2) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sighting:
    """
    One result in one place.

    Attributes:
        source: None where nothing at all was looked at.
        place: None where it is about no file in particular.
        base: What its path is relative to.
    """

    result: Result
    source: Source | None
    place: Place | None
    base: str


def _log(content: Content, *, every_kind: bool) -> _Json:
    sightings = [
        sighting
        for result in sorted(content.results, key=_weight)
        if every_kind or result.outcome in _TO_SEE_TO
        for sighting in _sightings(result, content.sources)
    ]
    shown, left_out = sightings[:MOST_RESULTS], len(sightings[MOST_RESULTS:])
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(content)},
                "automationDetails": {"id": _category(content)},
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": _roots(content.sources),
                "versionControlProvenance": list(_provenance(content.sources)),
                "invocations": [
                    {
                        "executionSuccessful": True,
                        "toolExecutionNotifications": [
                            *_notifications(content.not_looked_at),
                            *_cut(left_out),
                        ],
                    }
                ],
                "results": _results(shown, content),
                "properties": {
                    "judgement": content.reproduction.judgement,
                    "screening": content.verdict.screening.value,
                    "recommendation": content.verdict.recommendation.value,
                },
            }
        ],
    }


def _weight(result: Result) -> tuple[bool, list[str]]:
    """Sort failures first, then by level, so that what is cut weighs least."""
    level = list(_LEVELS).index(result.level)
    return result.outcome is not Outcome.FAILED, [str(level)]


def _sightings(result: Result, sources: tuple[Source, ...]) -> Iterator[_Sighting]:
    by_name = {source.name: source for source in sources}
    base = _bases(sources)
    against = [s for s in result.seen if s.state is State.ANSWERED and not s.as_wanted]
    places = dict.fromkeys((s.part, p) for s in against for p in s.places if p.path)
    if result.outcome is Outcome.FAILED and places:
        for part, place in places:
            yield _Sighting(
                result=result, source=by_name[part], place=place, base=base[part]
            )
        return
    parts = [s.part for s in (against if result.outcome is Outcome.FAILED else [])]
    parts += [s.part for s in result.seen] + list(base)
    at = next((part for part in parts if part in base), None)
    yield _Sighting(
        result=result,
        source=None if at is None else by_name[at],
        place=None,
        base=_ROOT if at is None else base[at],
    )


_ROOT = "%SRCROOT%"


def _bases(sources: tuple[Source, ...]) -> dict[str, str]:
    """Name the roots of the parts that were looked at (§3.4.4)."""
    return {
        source.name: _ROOT if len(sources) == 1 else f"%{source.name.upper()}%"
        for source in sources
        if not source.why_not
    }


def _results(sightings: Iterable[_Sighting], content: Content) -> list[_Json]:
    index = {result.rule_id: n for n, result in enumerate(content.results)}
    times: Counter[tuple[str, ...]] = Counter()
    written = []
    for sighting in sightings:
        same = _identity(sighting)
        times[same] += 1
        written.append(
            _result(sighting, index[sighting.result.rule_id])
            | {"partialFingerprints": _fingerprint(same, times[same])}
        )
    return written


def _result(sighting: _Sighting, rule_index: int) -> _Json:
    result = sighting.result
    kind = _KINDS[result.outcome]
    written: _Json = {
        "ruleId": result.rule_id,
        "ruleIndex": rule_index,
        "kind": kind,
        "level": _LEVELS[result.level] if kind == "fail" else "none",
        "message": {"text": _message(sighting)},
        "locations": [{"physicalLocation": _location(sighting)}],
    }
    if result.outcome is Outcome.WAIVED and result.waiver is not None:
        written["suppressions"] = [
            {
                "kind": "external",
                "status": "accepted",
                "justification": _plain(result.waiver.reason),
            }
        ]
    if sighting.place is not None and sighting.place.url:
        written["hostedViewerUri"] = str(as_address(sighting.place.url))
    return written


def _message(sighting: _Sighting) -> str:
    result = sighting.result
    waiver = result.waiver
    sentence = _SENTENCES[result.outcome].format(
        title=_plain(result.title),
        remedy=_plain(result.remedy),
        why=_why_open(result),
        reason="" if waiver is None else _plain(waiver.reason),
    )
    if sighting.place is None or not sighting.place.note:
        return sentence
    return _WORDS["at place"].format(
        sentence=sentence, note=_plain(sighting.place.note)
    )


def _why_open(result: Result) -> str:
    if result.why_open is WhyOpen.NOBODY_ANSWERED and result.ask is not None:
        return _WORDS["nobody answered"].format(
            who=_plain(result.ask.who), what=_plain(result.ask.what)
        )
    whys = dict.fromkeys(s.why for s in result.seen if s.state is State.OPEN)
    words = _WORDS["could not look" if whys else "not settled"]
    return words.format(why=_plain("; ".join(whys)))


def _location(sighting: _Sighting) -> _Json:
    """Say where, by the path from the root of the repository (§3.29)."""
    source, place = sighting.source, sighting.place
    path = (source.path if source else "") if place is None else place.path
    location: _Json = {
        "artifactLocation": {
            "uri": _relative(path),
            "uriBaseId": sighting.base,
        }
    }
    if place is not None and place.line:
        location["region"] = {"startLine": place.line}
    return location


def _identity(sighting: _Sighting) -> tuple[str, ...]:
    """Name a sighting by what stays when lines move."""
    part = sighting.source.name if sighting.source else ""
    place = sighting.place
    where = ("", "") if place is None else (place.path, place.note)
    return (sighting.result.rule_id, part, *where)


def _fingerprint(same: tuple[str, ...], times: int) -> _Json:
    named = "\0".join((*same, str(times))).encode("utf-8", "surrogatepass")
    return {"ossayFinding/v1": hashlib.sha256(named).hexdigest()}


def _driver(content: Content) -> _Json:
    return {
        "name": "ossay",
        "version": content.reproduction.ossay_version,
        "rules": [_rule(result) for result in content.results],
    }


def _rule(result: Result) -> _Json:
    source = result.basis or result.inspired_by
    words = _WORDS["basis" if result.basis else "inspired"] if source else "{title}."
    full = words.format(title=_plain(result.title), source=_plain(source))
    help_text = _WORDS["help"].format(
        remedy=_plain(result.remedy), who=_plain(result.fixed_by)
    )
    return {
        "id": result.rule_id,
        "shortDescription": {"text": _plain(result.title)},
        "fullDescription": {"text": full},
        "help": {"text": help_text},
        "defaultConfiguration": {"level": _LEVELS[result.level]},
        "properties": {
            "tags": [result.area.value, result.level.value, result.mode.value]
        },
    }


def _category(content: Content) -> str:
    """Name runs that follow each other (§3.17.3); the last slash leaves no run id."""
    return "/".join(["ossay", *(pack.name for pack in content.asked.packs), ""])


def _roots(sources: tuple[Source, ...]) -> _Json:
    base = _bases(sources)
    return {
        base[source.name]: {
            "description": {
                "text": _WORDS["files"].format(
                    part=_plain(source.name), commit=source.commit
                )
            }
        }
        for source in sources
        if source.name in base
    }


def _provenance(sources: tuple[Source, ...]) -> Iterator[_Json]:
    base = _bases(sources)
    for source in sources:
        if source.name in base and "://" in source.repository:
            yield {
                "repositoryUri": str(as_address(source.repository)),
                "revisionId": source.commit,
                "mappedTo": {"uriBaseId": base[source.name]},
            }


def _notifications(gaps: Iterable[NotLookedAt]) -> Iterator[_Json]:
    for gap in gaps:
        for words, asks in (("gap", gap.asks), ("short", gap.short)):
            if asks:
                text = _WORDS[words].format(
                    part=_plain(gap.part),
                    why=_plain(gap.why),
                    asks=_plain(" ".join(asks)),
                )
                yield {"level": "warning", "message": {"text": text}}


def _cut(left_out: int) -> Iterator[_Json]:
    if left_out:
        text = _WORDS["cut"].format(n=f"{left_out:,}")
        yield {"level": "warning", "message": {"text": text}}


def _relative(path: str) -> str:
    return quote(path, safe="/~", errors="replace") or "."


def _plain(text: str) -> str:
    """Keep *text* from being read as a link or a placeholder (§3.11.5, §3.11.6)."""
    shown = visible(text).rstrip()
    for mark in "\\[]":
        shown = shown.replace(mark, f"\\{mark}")
    return shown.replace("{", "{{").replace("}", "}}")
