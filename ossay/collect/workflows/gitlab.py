# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Weaknesses of builds in the syntax of GitLab (.gitlab-ci.yml, and what it includes).

Looked at are the commands, images, variables and artefacts of every job, templates
included, where they are written; `extends` and `!reference` move them and change
nothing of it. What GitLab sets outside of the repository is not seen: which variables
are protected, what a job's token may do, whether proposals of forks run here.
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
        *("CI_COMMIT_MESSAGE", "CI_COMMIT_TITLE", "CI_COMMIT_DESCRIPTION"),
        *("CI_COMMIT_AUTHOR", "CI_COMMIT_REF_NAME", "CI_COMMIT_BRANCH"),
        *("CI_MERGE_REQUEST_TITLE", "CI_MERGE_REQUEST_DESCRIPTION"),
        *("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_MERGE_REQUEST_LABELS"),
        *("CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_NAME", "GITLAB_USER_NAME"),
    }
)
"""Variables whose text whoever proposes a change can choose (GitLab's reference)."""

_SCRIPTS = ("before_script", "script", "after_script")
_NO_JOBS = frozenset({"include", "stages", "variables", "workflow", "spec"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Include:
    """
    Settings that are taken from another file.

    Attributes:
        path: In this repository, perhaps with `*`; "" where it is kept elsewhere.
        what: How it is named there.
    """

    path: str
    what: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """
    What one file sets.

    Attributes:
        findings: Without paths.
        variables: Names and values that hold for all jobs, where they are text.
    """

    findings: tuple[Finding, ...] = ()
    images: tuple[Image, ...] = ()
    includes: tuple[Include, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()


def build_in(content: bytes) -> Build:
    """Return what the settings in *content* say."""
    document, places = _documents.read_yaml_with_lines(_without_head(content))
    if document is None:
        return Build()
    if not isinstance(document, dict):
        msg = "it holds no mapping, as settings of a build do"
        raise _documents.DocumentUnreadable(msg)
    lines = Lines(places=places, written=content.decode(errors="replace").splitlines())
    jobs = [((), document)] + [
        ((name,), job)
        for name, job in document.items()
        if isinstance(job, dict) and name not in _NO_JOBS
    ]
    findings: list[Finding] = []
    images: list[Image] = []
    includes = list(_includes(document.get("include"), ("include",), lines))
    shared = text_of(document.get("variables"))
    for place, job in jobs:
        findings += _of_job(job, place, lines, shared)
        images += _images(job, place, lines)
        if isinstance(trigger := job.get("trigger"), dict):
            named = trigger.get("include")
            includes += _includes(named, (*place, "trigger", "include"), lines)
    for name, entry in document.items():
        if name.startswith(".") and isinstance(entry, list):
            findings += _of_commands({"": entry}, (name,), lines, _STRANGERS)
    far = (each for each in includes if not each.path)
    findings += [f for each in far for f in _unpinned(each)]
    return Build(
        findings=tuple(sorted(set(findings))),
        images=tuple(images),
        includes=tuple(i for i in includes if not i.what.startswith(_TEMPLATE)),
        variables=tuple(sorted(shared.items())),
    )


def _without_head(content: bytes) -> bytes:
    """Leave the inputs out that stand before the settings, and keep line numbers."""
    head, line, rest = content.partition(b"\n---")
    if line and re.match(rb"(?:\s|#[^\n]*|---)*spec:", head):
        return b"\n" * (head.count(b"\n") + 1) + rest.lstrip(b"-")
    return content


def _of_job(
    job: Mapping[str, object],
    place: _documents.Path,
    lines: Lines,
    shared: Mapping[str, str],
) -> Iterator[Finding]:
    own = text_of(job.get("variables"))
    strangers = _told_by_strangers({**shared, **own})
    scripts = {name: job.get(name) for name in _SCRIPTS if name in job}
    yield from _of_commands(scripts, place, lines, strangers)
    yield from _of_variables(own, (*place, "variables"), lines)
    yield from _of_artefacts(job.get("artifacts"), (*place, "artifacts"), lines)
    for at, name in _named_images(job.get("services"), (*place, "services")):
        if _DOCKER_IN_DOCKER.search(name):
            yield Finding(
                path="",
                line=lines.of(at),
                rule="docker-in-docker",
                severity="medium",
                confidence="medium",
                what="docker inside of a job asks for a runner that gives its jobs "
                "the rights of the machine",
            )


def _told_by_strangers(variables: Mapping[str, str]) -> frozenset[str]:
    """Return the variables with text of strangers, those made of others included."""
    names = set(_STRANGERS)
    for _ in range(commands.MOST_ROUNDS):
        names |= {
            name
            for name, value in variables.items()
            if any(each in names for each in _VARIABLE.findall(value))
        }
    return frozenset(names)


def _of_commands(
    scripts: Mapping[str, object],
    place: _documents.Path,
    lines: Lines,
    strangers: frozenset[str],
) -> Iterator[Finding]:
    names = set(strangers)
    for key, script in scripts.items():
        entry = (*place, key) if key else place
        for number, (at, line) in enumerate(commands.lines_of(script)):
            if number >= commands.MOST_LINES:
                msg = f"it has more than {commands.MOST_LINES} lines of commands"
                raise _documents.DocumentUnreadable(msg)
            where = lines.of((*entry, *at), line)
            if name := commands.assigned(line, names):
                names.add(name)
            if commands.read_twice(line, names):
                yield Finding(
                    path="",
                    line=where,
                    rule="text-in-commands",
                    severity="high",
                    confidence="medium",
                    what="text that whoever proposes a change writes is read as a "
                    "command",
                )
            elif _INPUT.search(line[: commands.LONGEST_LINE]):
                yield Finding(
                    path="",
                    line=where,
                    rule="text-in-commands",
                    severity="low",
                    confidence="high",
                    what="an input of the settings becomes part of a command",
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


def _of_variables(
    variables: Mapping[str, str], place: _documents.Path, lines: Lines
) -> Iterator[Finding]:
    for name, value in variables.items():
        at = lines.of((*place, name))
        if name in ("CI_DEBUG_TRACE", "CI_DEBUG_SERVICES") and value == "true":
            yield Finding(
                path="",
                line=at,
                rule="printed-credentials",
                severity="high",
                confidence="high",
                what="all variables, keys included, are written into the log",
            )
        elif commands.is_key(name) and value and "$" not in value:
            yield Finding(
                path="",
                line=at,
                rule="credentials-in-settings",
                severity="medium",
                confidence="low",
                what="a variable that is named as a key has its value in the file",
            )


def _of_artefacts(
    artefacts: object, place: _documents.Path, lines: Lines
) -> Iterator[Finding]:
    if not isinstance(artefacts, dict) or artefacts.get("access", "all") != "all":
        return
    paths = artefacts.get("paths")
    for number, path in enumerate(paths if isinstance(paths, list) else ()):
        if not isinstance(path, str):
            continue
        everything = path.strip() in _EVERYTHING
        if everything or _KEY_FILE.search(path[: commands.LONGEST_LINE]):
            yield Finding(
                path="",
                line=lines.of((*place, "paths", number)),
                rule="credentials-in-artifacts",
                severity="medium" if everything else "high",
                confidence="low" if everything else "medium",
                what="all files of the job, its keys included, can be downloaded"
                if everything
                else "a file that is named as those with keys are can be downloaded",
            )


def _images(
    job: Mapping[str, object], place: _documents.Path, lines: Lines
) -> Iterator[Image]:
    for at, name in (
        *_named_images([job.get("image")], (*place, "image"), is_list=False),
        *_named_images(job.get("services"), (*place, "services")),
    ):
        yield Image(name=name, line=lines.of(at))


def _named_images(
    entries: object, place: _documents.Path, *, is_list: bool = True
) -> Iterator[tuple[_documents.Path, str]]:
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        name = entry.get("name") if isinstance(entry, dict) else entry
        if isinstance(name, str) and name.strip():
            yield (*place, number) if is_list else place, name.strip()


def _includes(named: object, place: _documents.Path, lines: Lines) -> Iterator[Include]:
    entries = named if isinstance(named, list) else [named]
    for number, entry in enumerate(entries):
        at = lines.of((*place, number) if isinstance(named, list) else place)
        if isinstance(entry, str):
            kind = "remote" if _ADDRESS.match(entry) else "local"
            entry = {kind: entry}
        if not isinstance(entry, dict):
            continue
        for kind in ("local", "remote", "project", "component", "template", "artifact"):
            if isinstance(value := entry.get(kind), str):
                yield _include(kind, value.strip(), entry, at)


def _include(kind: str, value: str, entry: Mapping[str, object], at: int) -> Include:
    if kind == "local":
        return Include(path=value.lstrip("/"), what=f"local {value}", line=at)
    if kind == "remote" and isinstance(entry.get("integrity"), str):
        value = f"{value} {entry['integrity']}"
    if kind == "project" and isinstance(entry.get("ref"), str):
        value = f"{value}@{entry['ref']}"
    return Include(path="", what=f"{kind} {value[:200]}", line=at)


def _unpinned(include: Include) -> Iterator[Finding]:
    kind = include.what.partition(" ")[0]
    if kind not in _PINNED or _PINNED[kind].search(include.what):
        return
    yield Finding(
        path="",
        line=include.line,
        rule="unpinned-include",
        severity="high" if kind == "remote" else "medium",
        confidence="high",
        what="settings of others are taken in that can change without a trace here",
    )


def scanner() -> Scanner[Build]:
    from ossay.codec import code_digest

    return Scanner(
        name="workflows.gitlab",
        version=code_digest([sys.modules[__name__], commands, _documents], ["pyyaml"]),
        kind=Build,
        scan=build_in,
        largest_bytes=_documents.LARGEST_YAML_BYTES,
    )


def is_gitlab(path: str) -> bool:
    """Tell whether *path* is where GitLab looks for the settings of a build."""
    return _SETTINGS.fullmatch(path) is not None


_SETTINGS = re.compile(r"\.gitlab-ci\.ya?ml|\.gitlab/ci/.+\.ya?ml")
_ADDRESS = re.compile(r"https?://")
_TEMPLATE = "template "
"""GitLab's own, which belong to the forge as what runs the jobs does."""
_PINNED = {
    "remote": re.compile(r" sha256-[\w+/=]{40,}$"),
    "project": re.compile(r"@[0-9a-f]{40}$"),
    "component": re.compile(r"@[0-9a-f]{40}$"),
}
_VARIABLE = re.compile(r"\$\{?(\w{1,100})")
_INPUT = re.compile(r"\$\[\[\s*inputs\.")
_DOCKER_IN_DOCKER = re.compile(r"(?:^|/)docker:[\w.-]{0,60}dind|(?:^|/)dind(?::|$)")
_EVERYTHING = frozenset(
    {".", "./", "*", "**", "**/*", "./*", "$CI_PROJECT_DIR", "${CI_PROJECT_DIR}"}
)
_KEY_FILE = re.compile(
    r"(?:^|/)(?:\.env(?:\.(?!example|sample|template|dist)\w{1,30})?|\.git/?(?:config)?|"
    r"\.npmrc|\.pypirc|\.netrc|\.docker/config\.json|id_(?:rsa|ed25519|ecdsa)|"
    r"[^/]{0,80}\.(?:pem|p12|pfx|jks|key))$"
)
