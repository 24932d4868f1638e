# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Weaknesses of builds in the syntax of Woodpecker (.woodpecker.yml, .woodpecker/).

Woodpecker puts `${NAME}` into the settings as text before anything reads them, so
that within a command it becomes part of the command. What its server sets is not
seen: which secrets which events get, whose proposals wait for a person.
"""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from functools import partial

from ossay.collect import _documents
from ossay.collect.workflows import build, commands
from ossay.collect.workflows.build import Build, Image
from ossay.collect.workflows.commands import Reader, text_of
from ossay.collect.workflows.findings import Finding, Weakness

_STRANGERS = frozenset(
    {
        *("CI_COMMIT_MESSAGE", "CI_COMMIT_SOURCE_BRANCH", "CI_COMMIT_REFSPEC"),
        *("CI_COMMIT_AUTHOR", "CI_COMMIT_AUTHOR_EMAIL", "CI_COMMIT_REF"),
        *("CI_PREV_COMMIT_MESSAGE", "CI_PREV_COMMIT_SOURCE_BRANCH"),
        *("CI_PREV_COMMIT_AUTHOR", "CI_PREV_COMMIT_AUTHOR_EMAIL"),
        *("CI_PIPELINE_FILES", "CI_COMMIT_PULL_REQUEST_TITLE"),
    }
)
"""Variables whose text whoever proposes a change can choose (Woodpecker's list)."""

_OWN_PEOPLE = frozenset(
    {
        *("CI_COMMIT_TAG", "CI_COMMIT_BRANCH", "CI_COMMIT_TARGET_BRANCH"),
        *("CI_COMMIT_PULL_REQUEST_LABELS", "CI_PIPELINE_DEPLOY_TARGET"),
        *("CI_PIPELINE_DEPLOY_TASK", "CI_COMMIT_PULL_REQUEST_MILESTONE"),
    }
)

_SETTINGS = re.compile(r"\.woodpecker(?:\.ya?ml|/.+\.ya?ml)")
_PUT_IN = re.compile(r"(?<!\$)\$\{(\w{1,100})[^}]{0,200}\}")

_PUT_IN_BY_STRANGERS = Weakness(
    rule="text-in-commands",
    severity="high",
    confidence="high",
    what="text that whoever proposes a change writes becomes part of a command",
)
_READ_TWICE = replace(_PUT_IN_BY_STRANGERS, confidence="medium")
_PUT_IN_BY_OWN_PEOPLE = Weakness(
    rule="text-in-commands",
    severity="low",
    confidence="high",
    what="the name of a tag or branch becomes part of a command",
)
_PRIVILEGED = Weakness(
    rule="privileged",
    severity="high",
    confidence="high",
    what="a step asks for the rights of the machine that it runs on",
)
_SECRET = Weakness(
    rule="secrets-for-proposals",
    severity="medium",
    confidence="low",
    what="a step that runs for proposals, too, asks for a secret",
)


def build_in(content: bytes) -> Build:
    """Return what the settings in *content* say."""
    document, lines = build.opened(content)
    if document is None:
        raise _documents.DocumentUnreadable("it says nothing")
    reader = Reader(lines=lines)
    for_proposals = _is_for_proposals(document.get("when"))
    findings: set[Finding] = set()
    images: list[Image] = []
    for place, step in _steps(document):
        findings |= set(_of_step(step, place, reader, for_proposals=for_proposals))
        if isinstance(image := step.get("image"), str) and image.strip():
            at = lines.of((*place, "image"))
            images.append(Image(name=image.strip(), line=at))
    return Build(findings=tuple(sorted(findings)), images=tuple(images))


def _steps(
    document: Mapping[str, object],
) -> Iterator[tuple[_documents.Path, Mapping[str, object]]]:
    for kind in ("clone", "steps", "pipeline", "services"):
        held = document.get(kind)
        named = (
            held.items()
            if isinstance(held, dict)
            else enumerate(held if isinstance(held, list) else ())
        )
        for name, step in named:
            if isinstance(step, dict):
                yield (kind, name), step


def _of_step(
    step: Mapping[str, object],
    place: _documents.Path,
    reader: Reader,
    *,
    for_proposals: bool,
) -> Iterator[Finding]:
    lines = reader.lines
    for_proposals = for_proposals and _is_for_proposals(step.get("when"))
    secrets = list(_secrets(step, place))
    if step.get("privileged") is True:
        yield _PRIVILEGED.at(lines.of((*place, "privileged")))
    if secrets and for_proposals:
        yield _SECRET.at(lines.of(secrets[0]))
    variables = text_of(step.get("environment"))
    yield from commands.keys_in(variables, (*place, "environment"), lines)
    is_harmless = for_proposals and not secrets
    severity = "medium" if is_harmless else "high"
    scripts = [((*place, "commands"), step.get("commands"))]
    of_text = partial(_of_text, severity=severity)
    yield from reader.weaknesses(scripts, _STRANGERS, of_text)


def _of_text(line: str, strangers: Set[str], *, severity: str) -> Weakness | None:
    put_in = set(_PUT_IN.findall(line))
    if put_in & _STRANGERS:
        return replace(_PUT_IN_BY_STRANGERS, severity=severity)
    if commands.read_twice(line, strangers):
        return replace(_READ_TWICE, severity=severity)
    return _PUT_IN_BY_OWN_PEOPLE if put_in & _OWN_PEOPLE else None


def _secrets(
    step: Mapping[str, object], place: _documents.Path
) -> Iterator[_documents.Path]:
    """Yield where a step asks for a secret."""
    if step.get("secrets"):
        yield (*place, "secrets")
    for kind in ("environment", "settings"):
        held: list[tuple[_documents.Path, object]] = [((*place, kind), step.get(kind))]
        while held:
            at, value = held.pop()
            if isinstance(value, dict) and "from_secret" in value:
                yield at
            elif isinstance(value, dict):
                held += [((*at, name), each) for name, each in value.items()]
            elif isinstance(value, list):
                held += [((*at, n), each) for n, each in enumerate(value)]


def _is_for_proposals(when: object) -> bool:
    """Tell whether conditions let something run for proposed changes."""
    if isinstance(when, list):
        return not when or any(_is_for_proposals(each) for each in when)
    events = when.get("event") if isinstance(when, dict) else None
    if isinstance(events, dict):
        excluded = _names(events.get("exclude"))
        events = events.get("include")
        if any(name.startswith("pull_request") for name in excluded):
            return False
    named = _names(events)
    return not named or any(name.startswith("pull_request") for name in named)


def _names(named: object) -> list[str]:
    listed = named if isinstance(named, list) else [named]
    return [name for name in listed if isinstance(name, str)]


def is_woodpecker(path: str) -> bool:
    """Tell whether *path* is where Woodpecker looks for the settings of a build."""
    return _SETTINGS.fullmatch(path) is not None
