# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Weaknesses of builds in the syntax of Woodpecker (.woodpecker.yml, .woodpecker/).

Woodpecker puts `${NAME}` into the settings as text before anything reads them, so
that within a command it becomes part of the command. What its server sets is not
seen: which secrets which events get, whose proposals wait for a person.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ossay.collect import _documents
from ossay.collect.workflows import commands
from ossay.collect.workflows.commands import Image, Lines, text_of
from ossay.collect.workflows.findings import Finding
from ossay.model.tree import Scanner

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """What one file sets; findings are without paths."""

    findings: tuple[Finding, ...]
    images: tuple[Image, ...]


def build_in(content: bytes) -> Build:
    """Return what the settings in *content* say."""
    document, places = _documents.read_yaml_with_lines(content)
    if not isinstance(document, dict):
        msg = "it holds no mapping, as settings of a build do"
        raise _documents.DocumentUnreadable(msg)
    lines = Lines(places=places, written=content.decode(errors="replace").splitlines())
    for_proposals = _is_for_proposals(document.get("when"))
    findings: list[Finding] = []
    images: list[Image] = []
    for place, step in _steps(document):
        findings += _of_step(step, place, lines, for_proposals=for_proposals)
        if isinstance(image := step.get("image"), str) and image.strip():
            at = lines.of((*place, "image"))
            images.append(Image(name=image.strip(), line=at))
    return Build(findings=tuple(sorted(set(findings))), images=tuple(images))


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
    lines: Lines,
    *,
    for_proposals: bool,
) -> Iterator[Finding]:
    for_proposals = for_proposals and _is_for_proposals(step.get("when"))
    secrets = list(_secrets(step, place))
    if step.get("privileged") is True:
        yield Finding(
            path="",
            line=lines.of((*place, "privileged")),
            rule="privileged",
            severity="high",
            confidence="high",
            what="a step asks for the rights of the machine that it runs on",
        )
    if secrets and for_proposals:
        yield Finding(
            path="",
            line=lines.of(secrets[0]),
            rule="secrets-for-proposals",
            severity="medium",
            confidence="low",
            what="a step that runs for proposals, too, asks for a secret",
        )
    variables = text_of(step.get("environment"))
    for name, value in variables.items():
        if commands.is_key(name) and value and "$" not in value:
            yield Finding(
                path="",
                line=lines.of((*place, "environment", name)),
                rule="credentials-in-settings",
                severity="medium",
                confidence="low",
                what="a variable that is named as a key has its value in the file",
            )
    is_harmless = for_proposals and not secrets
    yield from _of_commands(step, place, lines, "medium" if is_harmless else "high")


def _of_commands(
    step: Mapping[str, object], place: _documents.Path, lines: Lines, severity: str
) -> Iterator[Finding]:
    names = set(_STRANGERS)
    for number, (at, line) in enumerate(commands.lines_of(step.get("commands"))):
        if number >= commands.MOST_LINES:
            msg = f"it has more than {commands.MOST_LINES} lines of commands"
            raise _documents.DocumentUnreadable(msg)
        where = lines.of((*place, "commands", *at), line)
        put_in = set(_PUT_IN.findall(line[: commands.LONGEST_LINE]))
        if name := commands.assigned(line, names):
            names.add(name)
        if put_in & _STRANGERS or commands.read_twice(line, names):
            yield Finding(
                path="",
                line=where,
                rule="text-in-commands",
                severity=severity,
                confidence="high" if put_in & _STRANGERS else "medium",
                what="text that whoever proposes a change writes becomes part of a "
                "command",
            )
        elif put_in & _OWN_PEOPLE:
            yield Finding(
                path="",
                line=where,
                rule="text-in-commands",
                severity="low",
                confidence="high",
                what="the name of a tag or branch becomes part of a command",
            )
        if commands.prints_keys(line):
            yield Finding(
                path="",
                line=where,
                rule="printed-credentials",
                severity="medium",
                confidence="low",
                what="a key, or all variables, are written into the log",
            )


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


def scanner() -> Scanner[Build]:
    from ossay.codec import code_digest

    return Scanner(
        name="workflows.woodpecker",
        version=code_digest([sys.modules[__name__], commands, _documents], ["pyyaml"]),
        kind=Build,
        scan=build_in,
        largest_bytes=_documents.LARGEST_YAML_BYTES,
    )


def is_woodpecker(path: str) -> bool:
    """Tell whether *path* is where Woodpecker looks for the settings of a build."""
    return _SETTINGS.fullmatch(path) is not None


_SETTINGS = re.compile(r"\.woodpecker(?:\.ya?ml|/.+\.ya?ml)")
_PUT_IN = re.compile(r"(?<!\$)\$\{(\w{1,100})[^}]{0,200}\}")
