# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Is there a build on a server (CI), and does it run the tests?"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from ossay.collect.security.places import View
from ossay.model.evidence import Answered, Combine, Fact, Item, Observation
from ossay.model.tree import Scanner, Unreadable

CI = Fact(
    name="security.ci",
    kind=bool,
    asks="Does the repository set up an automatic build (CI)?",
    combine=Combine.ALL,
)
TESTS_IN_CI = Fact(
    name="security.tests_in_ci",
    kind=bool,
    asks="Does the repository set up an automatic build that runs tests?",
    combine=Combine.ALL,
)

LARGEST_BYTES = 500_000
"""Longer settings and scripts are not read."""

LONGEST_LINE = 1_000
"""Characters of a line that are looked at."""

MOST_CALLS = 300
"""Paths that one settings file can name and that are followed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """
    What a CI settings file, or a script that it calls, does about tests.

    Attributes:
        runner_at: Line that calls a known test runner, counted from 1; 0 if none.
        named_at: Line that names a step after tests; 0 if none.
        elsewhere_at: Line that takes steps from another repository; 0 if none.
        calls: What may be paths of scripts.
    """

    runner_at: int
    named_at: int
    elsewhere_at: int
    calls: tuple[str, ...]


def answers(view: View) -> Iterator[Answered]:
    """Answer from the settings files of known systems, and the scripts they call."""
    there = view.presence(CI, is_ci, FOLDERS)
    yield there
    if isinstance(there, Observation) and there.value is True:
        yield _tests(view)
    elif isinstance(there, Observation):
        yield TESTS_IN_CI.found(False)
    else:
        yield TESTS_IN_CI.unknown("it is not known whether there is an automatic build")


def is_ci(path: str) -> bool:
    """Tell whether *path* is where a known CI system looks for its settings."""
    return _SETTINGS.fullmatch(path) is not None


def build_in(content: bytes) -> Build:
    """Return what settings or a script do about tests, comments left out."""
    runner_at = named_at = elsewhere_at = 0
    calls: dict[str, None] = {}
    lines = content.decode(errors="replace").splitlines()
    for number, whole in enumerate(lines, start=1):
        line = whole[:LONGEST_LINE]
        if line.lstrip().startswith(("#", "//")):
            continue
        if not _NO_TESTS.search(line):
            if not runner_at and _RUNNER.search(line) and not _NO_CALL.match(line):
                runner_at = number
            if not named_at and _NAMED.match(line):
                named_at = number
        if not elsewhere_at and _ELSEWHERE.search(line):
            elsewhere_at = number
        if len(calls) < MOST_CALLS:
            calls |= dict.fromkeys(_CALL.findall(line))
    return Build(
        runner_at=runner_at,
        named_at=named_at,
        elsewhere_at=elsewhere_at,
        calls=tuple(calls),
    )


def _tests(view: View) -> Answered:
    """
    Look into the settings, then into the scripts of this repository they call.

    Where no test was seen and steps come from elsewhere, tests may run there.
    """
    settings = _Look(view, view.matching(is_ci))
    if settings.tests:
        return TESTS_IN_CI.found(True, settings.tests)
    scripts = _Look(view, settings.called)
    if scripts.tests:
        return TESTS_IN_CI.found(True, scripts.tests)
    if unread := settings.unread + scripts.unread:
        return TESTS_IN_CI.unknown("a file of the build could not be read", unread)
    if settings.elsewhere:
        why = "no tests were seen, and steps are taken from another repository"
        return TESTS_IN_CI.unknown(why, settings.elsewhere)
    if view.part:
        why = f"no tests were seen, and scripts outside of {view.part!r} not looked at"
        return TESTS_IN_CI.unknown(why, (Item(subject=p) for p in settings.paths))
    return TESTS_IN_CI.found(False, (Item(subject=p) for p in settings.paths))


class _Look:
    """What was seen in some files of the build."""

    def __init__(self, view: View, paths: list[str]) -> None:
        self.paths = paths
        runners: list[Item] = []
        names: list[Item] = []
        self.elsewhere: list[Item] = []
        self.unread: list[Item] = []
        calls: dict[str, None] = {}
        for path, build in view.tree.scan(_scanner(), paths):
            if isinstance(build, Unreadable):
                self.unread.append(Item(subject=path, note=build.why))
                continue
            if at := build.runner_at:
                runners.append(Item(subject=path, note="calls a test runner", line=at))
            elif at := build.named_at:
                names.append(Item(subject=path, note="is named after tests", line=at))
            if build.elsewhere_at:
                self.elsewhere.append(Item(subject=path, line=build.elsewhere_at))
            calls |= dict.fromkeys(c.removeprefix("./") for c in build.calls)
        self.tests = [*runners, *names]
        self.called = [p for p in view.paths if p in calls and not is_ci(p)]


def _scanner() -> Scanner[Build]:
    from ossay.codec import code_digest

    return Scanner(
        name="security.build",
        version=code_digest([sys.modules[__name__]]),
        kind=Build,
        scan=build_in,
        largest_bytes=LARGEST_BYTES,
    )


_YAML = r"\.ya?ml"
_SETTINGS = re.compile(
    rf"\.(?:github|forgejo|gitea)/workflows/[^/]+{_YAML}|"
    rf"\.gitlab-ci{_YAML}|\.gitlab/ci/.+{_YAML}|\.circleci/config{_YAML}|"
    rf"\.travis{_YAML}|\.?appveyor{_YAML}|\.cirrus(?:{_YAML}|\.star)|"
    rf"(?:\.azure[^/]*/.*)?azure-pipelines[^/]*{_YAML}|\.(?:azure-?)?pipelines/.+{_YAML}|"
    rf"bitbucket-pipelines{_YAML}|\.drone(?:{_YAML}|\.star|\.jsonnet)|"
    rf"\.woodpecker(?:{_YAML}|/.+{_YAML})|\.buildkite/.+{_YAML}|"
    rf"\.semaphore/.+{_YAML}|buildspec[^/]*{_YAML}|cloudbuild[^/]*{_YAML}|"
    rf"\.build{_YAML}|\.builds/[^/]+{_YAML}|\.tekton/.+{_YAML}|\.?zuul{_YAML}|"
    rf"\.?zuul\.d/.+{_YAML}|bitrise{_YAML}|codemagic{_YAML}|\.prow{_YAML}|"
    rf"\.scrutinizer{_YAML}|screwdriver{_YAML}|wercker{_YAML}|shippable{_YAML}|"
    rf"\.onedev-buildspec{_YAML}|\.teamcity/.+\.kts?|"
    r"(?:[^/]+/)?Jenkinsfile(?:\.[^/]+)?|(?:[^/]+/)?[^/]+\.jenkinsfile"
)
FOLDERS = (
    ".github/workflows", ".forgejo/workflows", ".gitea/workflows", ".circleci",
    ".buildkite", ".woodpecker", ".semaphore", ".builds", ".tekton", ".teamcity",
)  # fmt: skip

_ELSEWHERE = re.compile(
    r"^\s{0,40}(?:-\s)?uses:\s{0,9}[\"']?[\w-]+/[^@\s]{1,200}/workflows/|@Library\(|"
    r"^\s{0,8}-\s(?:project|remote|component):\s|\btemplate:\s\S{1,200}@\w|"
    r"^\s{0,8}-?\s?template:\s[\w/-]{1,100}\.gitlab-ci|^orbs:"
)
_CALL = re.compile(
    r"(?<![\w./-])(?:[\w.-]{1,80}(?:/[\w.-]{1,80}){1,12}|[\w-]{1,60}\.(?:sh|ps1|bat|pl))"
)
_NO_TESTS = re.compile(
    r"skip[-.]?tests?|test\.skip|-x test\b|--no-tests?\b|"
    r"\b(?:pipx?3?|apt(?:-get)?|apk|dnf|yum|brew|gem|npm|pnpm|yarn|conda|cargo|uv|go)"
    r"\s[^&;|]{0,100}\b(?:install|add)\s[^&;|]{1,200}$|"
    r"\bname:\s[\"']?(?:install|set ?up|prepare|cache)\b(?!.{0,60}\brun\b)",
    re.I,
)
"""Tests that are left out, and test runners that are only installed."""
_NO_CALL = re.compile(
    r"\s{0,40}-?\s{0,9}(?:name|paths?|paths-ignore|key|restore-keys|description):"
)
"""Settings that call nothing: names of steps, paths to watch, keys of caches."""
_RUNNER = re.compile(
    r"\b(?:"
    r"py\.?test|tox|nox|nosetests|unittest|manage\.py test|"
    r"(?:npm|yarn|pnpm|bun|deno|lerna|turbo|nx|rush|ng)\b.{0,60}?\b(?:tests?|e2e)|"
    r"npm t|jest|vitest|mocha|karma start|cypress run|cypress-io/github-action|"
    r"playwright test|"
    r"g?make\b.{0,80}?(?:\b|-)(?:test|tests|check|distcheck)|ctest|meson test|"
    r"ninja.{0,40} test|cargo.{0,40} (?:test|nextest)|go test|gotestsum|"
    r"mvnw?\b.{0,80}?\b(?:test|verify|install|deploy)|"
    r"gradlew?\b.{0,80}?\b(?:test\w*|\w{1,40}Tests?|check|build)|ant test|"
    r"sbt\b.{0,40}test|"
    r"rake\b.{0,40}(?:test|spec)|rails test|rspec|cucumber|minitest|"
    r"phpunit|pest|codecept|artisan test|composer.{0,20} test|"
    r"dotnet test|vstest|mix test|rebar3.{0,10} (?:ct|eunit)|"
    r"swift test|xcodebuild\b.{0,200}?\btest|flutter test|dart test|"
    r"bats|shellspec|prove -|bazel.{0,40} test|zig build test|stack test|"
    r"cabal.{0,20} test|lein test|behave|robotframework|R CMD check|"
    r"(?:just|task|hatch|pdm|poe|invoke|poetry run|uv run) .{0,40}?tests?|"
    r"(?:run|do)[-_]?(?:all[-_]?)?tests?|tests?[\w-]{0,20}\.(?:sh|py|pl|ps1|bat|cmd)"
    r")\b"
)
_NAMED = re.compile(
    r"\s{0,40}-?\s{0,9}(?:name|stage|task|label|displayname)\s?[:(]"
    r".{0,80}?\b(?:tests?|testing|pruebas|testes)\b",
    re.I,
)
