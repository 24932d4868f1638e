# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which tools the build on a server (CI) calls, and whether for proposed changes."""

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ossay.collect.posture import facts
from ossay.collect.posture.holdings import fuzz_tests
from ossay.collect.security.ci import FOLDERS, LARGEST_BYTES, LONGEST_LINE, is_ci
from ossay.collect.security.places import View
from ossay.model.evidence import Answered, Fact, Item, Observation
from ossay.model.tree import Scanner, Unreadable

HOOKS = frozenset({".pre-commit-config.yaml", ".pre-commit-config.yml", "lefthook.yml"})
"""Settings of hooks that run before a commit, where a tool may be named, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A kind of tool, the line (from 1) that calls it, and the word that shows it."""

    kind: str
    line: int
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """
    What a settings file calls.

    Attributes:
        proposed_at: Line that makes it run for changes that are proposed; 0 if none.
        elsewhere_at: Line that takes steps from another repository; 0 if none.
    """

    calls: tuple[Call, ...]
    proposed_at: int
    elsewhere_at: int


def build_in(content: bytes) -> Build:
    """Return the tools that the settings in *content* call, comments left out."""
    calls: dict[str, Call] = {}
    proposed_at = elsewhere_at = 0
    for number, whole in enumerate(
        content.decode(errors="replace").splitlines(), start=1
    ):
        line = whole[:LONGEST_LINE]
        if line.lstrip().startswith(("#", "//")):
            continue
        line = _REMARK.sub("", line)
        for kind, pattern in TOOLS.items() if not _NAME.match(line) else ():
            if kind not in calls and (found := pattern.search(line)):
                calls[kind] = Call(kind=kind, line=number, word=found[0].strip()[:60])
        if not proposed_at and _PROPOSED.search(line):
            proposed_at = number
        if not elsewhere_at and _ELSEWHERE.search(line):
            elsewhere_at = number
    return Build(
        calls=tuple(calls[kind] for kind in sorted(calls)),
        proposed_at=proposed_at,
        elsewhere_at=elsewhere_at,
    )


def answers(view: View, tests_in_ci: Answered) -> Iterator[Answered]:
    """Answer for each kind of tool; without a build, that no build calls it."""
    seen = _Seen(view)
    for fact, kind, proposed in (
        (facts.SAST, "sast", facts.SAST_ON_PROPOSALS),
        (facts.DEPENDENCY_CHECKS, "dependencies", facts.DEPENDENCY_CHECKS_ON_PROPOSALS),
    ):
        yield seen.calls(fact, kind)
        yield seen.calls(proposed, kind, proposed_only=True)
    for fact, kind in (
        (facts.SECRET_SCANNING, "secrets"),
        (facts.SBOM_IN_BUILD, "sbom"),
        (facts.PUBLISHING, "publishing"),
        (facts.SIGNING_IN_BUILD, "signing"),
    ):
        yield seen.calls(fact, kind)
    yield _tests(seen, tests_in_ci)
    yield _fuzzing(seen, view)


class _Seen:
    """The builds of a tree, and why some may not have been seen."""

    def __init__(self, view: View) -> None:
        self.builds: dict[str, Build] = {}
        unread: list[Item] = []
        wanted = view.matching(_is_wanted)
        for path, build in view.tree.scan(_scanner(), wanted):
            if isinstance(build, Unreadable):
                unread.append(Item(subject=path, note=build.why))
            else:
                self.builds[path] = build
        self.unsure = view.why_unsure(_is_wanted, FOLDERS)
        if unread:
            self.unsure = ("a file of the build could not be read", unread)
        elif not self.unsure and (far := list(self._elsewhere())):
            why = "steps are taken from another repository, which may hold it"
            self.unsure = (why, far)

    def calls(
        self, fact: Fact[bool], kind: str, *, proposed_only: bool = False
    ) -> Answered:
        """Answer whether a build calls a tool of *kind*."""
        found = self._with(kind, self.is_proposed if proposed_only else None)
        if found:
            return fact.found(True, found)
        if self.unsure:
            return fact.unknown(*self.unsure)
        if proposed_only and (not_told := self._with(kind, self.is_set_elsewhere)):
            return fact.unknown(_NOT_TOLD, not_told)
        return fact.found(False)

    def is_proposed(self, path: str) -> bool:
        """
        Tell whether the build in *path* runs for changes before they are taken in.

        Some systems do so unless told otherwise (their manuals).
        """
        if path in HOOKS:
            return False
        at = self.builds[path].proposed_at
        return at > 0 or _UNLESS_TOLD.match(path) is not None

    def is_set_elsewhere(self, path: str) -> bool:
        """Tell whether it is set outside of the repository when *path* runs."""
        return not (self.is_proposed(path) or path in HOOKS or _BY_EVENTS.match(path))

    def _with(
        self, kind: str, is_meant: Callable[[str], bool] | None = None
    ) -> list[Item]:
        return [
            Item(subject=path, note=call.word, line=call.line)
            for path, build in self.builds.items()
            for call in build.calls
            if call.kind == kind and (is_meant is None or is_meant(path))
        ]

    def _elsewhere(self) -> Iterator[Item]:
        for path, build in self.builds.items():
            if build.elsewhere_at:
                yield Item(subject=path, line=build.elsewhere_at)


def _tests(seen: _Seen, tests: Answered) -> Answered:
    """Answer from where tests were seen; a script tells nothing of when it runs."""
    fact = facts.TESTS_ON_PROPOSALS
    if not isinstance(tests, Observation):
        return fact.unknown("it is not known whether the build runs tests")
    if tests.value is not True:
        return fact.found(False)
    at = [i for i in tests.items if i.subject in seen.builds]
    proposed = [i for i in at if seen.is_proposed(i.subject)]
    if proposed:
        return fact.found(True, proposed)
    if len(at) < tests.total or any(seen.is_set_elsewhere(i.subject) for i in at):
        return fact.unknown(_NOT_TOLD, tests.items)
    return fact.found(False, at)


def _fuzzing(seen: _Seen, view: View) -> Answered:
    found, unread = fuzz_tests(view)
    if found:
        return facts.FUZZING.found(True, found)
    called = seen.calls(facts.FUZZING, "fuzzing")
    if unread and isinstance(called, Observation) and not called.value:
        return facts.FUZZING.unknown("a test could not be read", unread)
    return called


def _is_wanted(path: str) -> bool:
    return is_ci(path) or path in HOOKS


def _scanner() -> Scanner[Build]:
    from ossay.codec import code_digest

    return Scanner(
        name="posture.builds",
        version=code_digest([sys.modules[__name__]]),
        kind=Build,
        scan=build_in,
        largest_bytes=LARGEST_BYTES,
    )


TOOLS = {
    "fuzzing": re.compile(
        r"\bcifuzz\b|clusterfuzz|oss-fuzz|\bcargo[ +]fuzz\b|\bgo test\b.{0,80}-fuzz|"
        r"^\s{0,40}(?:-\s)?uses:.{0,120}fuzz",
        re.I,
    ),
    "sast": re.compile(
        r"github/codeql-action/(?:init|analyze)|\bsonar(?:cloud|qube|source|"
        r"-scanner)\b|"
        r"\bsonar:sonar\b|\bsemgrep\b|\bopengrep\b|\bbandit\b|\bgosec\b|\bbrakeman\b|"
        r"\bpysa\b|\bqodana\b|\bsnyk code\b|\bpsalm\b.{0,40}taint|security-code-scan|"
        r"\bspotbugs\b|\bcoverity\b|\bflawfinder\b|\bnjsscan\b|\bmobsfscan\b|"
        r"/sast\.(?:latest\.)?gitlab-ci\.ya?ml|\bcppcheck\b|\bclang-tidy\b|"
        r"\bhadolint\b",
        re.I,
    ),
    "dependencies": re.compile(
        r"actions/dependency-review-action|\bosv-scanner\b|\bpip-audit\b|"
        r"\bsafety check\b|"
        r"\b(?:npm|yarn|pnpm)(?: npm)? audit\b|\bgovulncheck\b|\bcargo[ -](?:audit|"
        r"deny)\b|"
        r"\bbundle(?:r-|r? exec bundle-?)?audit\b|\bbundler-audit\b|\bcomposer audit\b|"
        r"\btrivy\b|\bgrype\b|\bsnyk test\b|snyk/actions|\bdependency-check\b|"
        r"dependency-scanning\.(?:latest\.)?gitlab-ci|\bnancy\b|\bdotnet list .{0,40}"
        r"--vulnerable",
        re.I,
    ),
    "secrets": re.compile(
        r"\bgitleaks\b|\btrufflehog\b|\bdetect-secrets\b|\bggshield\b|\bgit-secrets\b|"
        r"\bkingfisher\b|\btalisman\b|secret-detection\.(?:latest\.)?gitlab-ci|"
        r"\bdetect-private-key\b|\bwhispers\b",
        re.I,
    ),
    "sbom": re.compile(
        r"\bcyclonedx\b|\banchore/sbom-action|\bsyft\b|\bspdx-sbom-generator\b|"
        r"\bsbom-tool\b|\battest-sbom\b|--sbom\b|\bsbom: true\b|\bsbomasm\b|"
        r"\bkoas? sbom\b",
        re.I,
    ),
    "publishing": re.compile(
        r"\b(?:npm|yarn(?: npm)?|pnpm|lerna|changeset) publish\b|"
        r"gh-action-pypi-publish|"
        r"\btwine upload\b|\bpoetry publish\b|\buv publish\b|\bflit publish\b|"
        r"\bcargo publish\b|\bgem push\b|rubygems/release-gem|\bgoreleaser\b|"
        r"\bmvnw?\b.{0,80}\bdeploy\b|\bgradlew?\b.{0,80}\bpublish|"
        r"\bdotnet nuget push\b|"
        r"docker/build-push-action|\bdocker (?:image )?push\b|\bdocker/metadata-action|"
        r"\bsemantic-release\b|softprops/action-gh-release|ncipollo/release-action|"
        r"\bgh release (?:create|upload)\b|\bhelm push\b|chart-releaser-action|"
        r"\brelease-cli\b|\bjreleaser\b|\bsbt\b.{0,40}\bpublish",
        re.I,
    ),
    "signing": re.compile(
        r"actions/attest(?:-build-provenance|-sbom)?@|\bcosign (?:sign|attest)|"
        r"sigstore/gh-action|slsa-github-generator|\bgpg2?\b.{0,60}"
        r"(?:--detach-sig|--clearsign|--armor --sign|-ab\b)|\bminisign\b|"
        r"npm publish.{0,80}--provenance|\bgpg_?sign|\bdpkg-sig\b|\brpm(?:sign|"
        r" --addsign)|"
        r"crazy-max/ghaction-import-gpg",
        re.I,
    ),
}
"""Words by which each kind of tool is called (manuals of the tools; Scorecard's)."""

_NAME = re.compile(r"\s{0,40}(?:-\s)?(?:name|description|title):")
"""What is called so calls nothing by that."""
_REMARK = re.compile(r"\s#\s.{0,400}$")
_PROPOSED = re.compile(
    r"\bpull_request(?:_target)?\b|\bmerge_group\b|\bmerge_request_event\b|"
    r"\bmerge_requests?\b|\bpull-requests:"
)
_NOT_TOLD = "the files do not tell whether it runs for proposed changes"
_UNLESS_TOLD = re.compile(
    r"\.gitlab-ci|\.gitlab/ci/|\.circleci/|\.travis|\.?appveyor|\.cirrus|\.drone"
)
_BY_EVENTS = re.compile(r"\.(?:github|forgejo|gitea)/workflows/|\.woodpecker")
_ELSEWHERE = re.compile(
    r"^\s{0,40}(?:-\s)?uses:\s{0,9}[\"']?[\w-]+/[^@\s]{1,200}/workflows/|@Library\(|"
    r"^\s{0,8}-\s(?:project|remote|component):\s|^orbs:"
)
