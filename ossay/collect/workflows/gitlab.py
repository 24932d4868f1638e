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
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace

from ossay.collect import _documents
from ossay.collect.workflows import build, commands
from ossay.collect.workflows.build import Build, Image, Include, Lines
from ossay.collect.workflows.commands import Reader, text_of
from ossay.collect.workflows.findings import Finding, Weakness

LONGEST_PATH = 4_096
"""Characters of the path of an artefact that are looked at (Linux knows no longer)."""

MOST_VARIABLES = 200_000
"""Variables that are followed, those for all jobs counted with each job."""

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

_READ_TWICE = Weakness(
    rule="text-in-commands",
    severity="high",
    confidence="medium",
    what="text that whoever proposes a change writes is read as a command",
)
_INPUT_IN_COMMAND = Weakness(
    rule="text-in-commands",
    severity="low",
    confidence="high",
    what="an input of the settings becomes part of a command",
)
_ALL_PRINTED = Weakness(
    rule="printed-credentials",
    severity="high",
    confidence="high",
    what="all variables, keys included, are written into the log",
)
_DOCKER = Weakness(
    rule="docker-in-docker",
    severity="medium",
    confidence="medium",
    what="docker inside of a job asks for a runner that gives its jobs the rights of "
    "the machine",
)
_ALL_FILES = Weakness(
    rule="credentials-in-artifacts",
    severity="medium",
    confidence="low",
    what="all files of the job, its keys included, can be downloaded",
)
_A_KEY_FILE = Weakness(
    rule="credentials-in-artifacts",
    severity="high",
    confidence="medium",
    what="a file that is named as those with keys are can be downloaded",
)
_INCLUDED = Weakness(
    rule="unpinned-include",
    severity="medium",
    confidence="high",
    what="settings of others are taken in that can change without a trace here",
)


def build_in(content: bytes) -> Build:
    """Return what the settings in *content* say."""
    document, lines = build.opened(_without_head(content))
    if document is None:
        return Build()
    jobs = [((), document)] + [
        ((name,), job)
        for name, job in document.items()
        if isinstance(job, dict) and name not in _NO_JOBS
    ]
    images: list[Image] = []
    includes = list(_includes(document.get("include"), ("include",), lines))
    for place, job in jobs:
        images += _images(job, place, lines)
        if isinstance(trigger := job.get("trigger"), dict):
            named = trigger.get("include")
            includes += _includes(named, (*place, "trigger", "include"), lines)
    shared = text_of(document.get("variables"))
    reader = Reader(lines=lines)
    findings = {*_of_jobs(jobs, shared, reader), *_of_lists(document, reader)}
    findings |= {f for each in includes for f in _unpinned(each)}
    return Build(
        findings=tuple(sorted(findings)),
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


def _of_jobs(
    jobs: Iterable[tuple[_documents.Path, Mapping[str, object]]],
    shared: Mapping[str, str],
    reader: Reader,
) -> Iterator[Finding]:
    for_all = _told_by_strangers(shared)
    followed = 0
    for place, job in jobs:
        own = text_of(job.get("variables"))
        followed += len(for_all) + (len(shared) + len(own) if own else 0)
        if followed > MOST_VARIABLES:
            msg = f"it has more than {MOST_VARIABLES:,} variables, job by job"
            raise _documents.DocumentUnreadable(msg)
        strangers = _told_by_strangers({**shared, **own}) if own else for_all
        scripts = [((*place, name), job.get(name)) for name in _SCRIPTS]
        yield from reader.weaknesses(scripts, strangers, _of_text)
        yield from _of_variables(own, (*place, "variables"), reader.lines)
        artefacts = job.get("artifacts")
        yield from _of_artefacts(artefacts, (*place, "artifacts"), reader.lines)
        for at, name in _named_images(job.get("services"), (*place, "services")):
            if _DOCKER_IN_DOCKER.search(name):
                yield _DOCKER.at(reader.lines.of(at))


def _of_lists(document: Mapping[str, object], reader: Reader) -> Iterator[Finding]:
    """Yield what is seen in commands that stand by themselves, to be referred to."""
    for name, entry in document.items():
        if name.startswith(".") and isinstance(entry, list):
            yield from reader.weaknesses([((name,), entry)], _STRANGERS, _of_text)


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


def _of_text(line: str, strangers: Set[str]) -> Weakness | None:
    if commands.read_twice(line, strangers):
        return _READ_TWICE
    return _INPUT_IN_COMMAND if _INPUT.search(line) else None


def _of_variables(
    variables: Mapping[str, str], place: _documents.Path, lines: Lines
) -> Iterator[Finding]:
    yield from commands.keys_in(variables, place, lines)
    for name in ("CI_DEBUG_TRACE", "CI_DEBUG_SERVICES"):
        if variables.get(name) == "true":
            yield _ALL_PRINTED.at(lines.of((*place, name)))


def _of_artefacts(
    artefacts: object, place: _documents.Path, lines: Lines
) -> Iterator[Finding]:
    if not isinstance(artefacts, dict) or artefacts.get("access", "all") != "all":
        return
    paths = artefacts.get("paths")
    for number, path in enumerate(paths if isinstance(paths, list) else ()):
        at = (*place, "paths", number)
        if not isinstance(path, str):
            continue
        if path.strip() in _EVERYTHING:
            yield _ALL_FILES.at(lines.of(at))
        elif _KEY_FILE.search(path[:LONGEST_PATH]):
            yield _A_KEY_FILE.at(lines.of(at))


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
    severity = "high" if kind == "remote" else "medium"
    yield replace(_INCLUDED, severity=severity).at(include.line)


def is_gitlab(path: str) -> bool:
    """Tell whether *path* is where GitLab looks for the settings of a build."""
    return _SETTINGS.fullmatch(path) is not None
