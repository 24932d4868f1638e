# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Can strangers make the project's own build do what they want?

Workflows in the syntax of GitHub Actions, which Forgejo and Gitea read, too, are what
zizmor looks at; what the project's settings and comments would have left out is told
like the rest, and counted. Settings of GitLab and Woodpecker are read here, and heed
no such comment. What these two keep outside of the repository makes counts lower
bounds.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ossay.collect.security.ci import is_ci
from ossay.collect.security.places import View
from ossay.collect.security.workflows import FOLDERS, runs_actions
from ossay.collect.workflows import elsewhere
from ossay.collect.workflows.elsewhere import Builds
from ossay.collect.workflows.findings import (
    ALL,
    LEFT,
    TOOL,
    Finding,
    Heard,
    heard,
    is_of_other_forges,
)
from ossay.collect.workflows.strangers import Strangers
from ossay.model.collector import Collector, Given, Table
from ossay.model.evidence import Answered, Combine, Disclosure, Fact, Item
from ossay.model.toolbox import Toolbox, ToolSilent

FINDINGS = Fact(
    name="workflows.findings",
    kind=int,
    unit="places",
    asks="At how many places of the settings of the build is a weakness seen?",
    combine=Combine.SUM,
    disclosure=Disclosure.AFTER_FIX,
)
DANGEROUS = Fact(
    name="workflows.dangerous",
    kind=int,
    unit="places",
    asks="At how many places may text or code of strangers run in the build with the "
    "project's own rights?",
    combine=Combine.SUM,
    disclosure=Disclosure.AFTER_FIX,
)
TEXT_OF_STRANGERS = Fact(
    name="workflows.text_of_strangers",
    kind=int,
    unit="places",
    asks="At how many places may text that strangers write, such as the title of a "
    "proposal, run as a command of the build?",
    combine=Combine.SUM,
    disclosure=Disclosure.AFTER_FIX,
)
CODE_OF_STRANGERS = Fact(
    name="workflows.code_of_strangers",
    kind=int,
    unit="places",
    asks="At how many places may a build that strangers can start, with the project's "
    "own rights, fetch code of theirs?",
    combine=Combine.SUM,
    disclosure=Disclosure.AFTER_FIX,
)
TEXT_IN_COMMANDS = Fact(
    name="workflows.text_in_commands",
    kind=int,
    unit="places",
    asks="At how many places does text from outside, that of the project's own people "
    "included, become part of a command of the build?",
    combine=Combine.SUM,
    disclosure=Disclosure.AFTER_FIX,
)
EXCESSIVE_PERMISSIONS = Fact(
    name="workflows.excessive_permissions",
    kind=int,
    unit="places",
    asks="At how many places does a workflow have more rights than it is seen to need?",
    combine=Combine.SUM,
)
EXPOSED_CREDENTIALS = Fact(
    name="workflows.exposed_credentials",
    kind=int,
    unit="places",
    asks="At how many places does a workflow hand on or leave behind a key or password "
    "more widely than it has to?",
    combine=Combine.SUM,
    disclosure=Disclosure.AFTER_FIX,
)
UNPINNED = Fact(
    name="workflows.unpinned",
    kind=int,
    unit="places",
    asks="At how many places does a workflow run an action or image of others that can "
    "change without a trace here?",
    combine=Combine.SUM,
)
SUPPRESSED = Fact(
    name="workflows.suppressed",
    kind=int,
    unit="places",
    asks="How many weaknesses of the build's workflows do the project's own settings "
    "and comments pass over?",
    combine=Combine.SUM,
    disclosure=Disclosure.AFTER_FIX,
)
UNREAD_FILES = Fact(
    name="workflows.unread_files",
    kind=int,
    unit="files",
    asks="How many workflows could not be examined?",
    combine=Combine.SUM,
    unread="workflows could not be examined",
)

KINDS = {
    DANGEROUS: frozenset(
        {
            *("bot-conditions", "cache-poisoning", "dangerous-triggers", "github-env"),
            *("insecure-commands", "template-injection", "unsound-condition"),
            *("unsound-contains", "unsound-ternary", "text-in-commands"),
        }
    ),
    TEXT_OF_STRANGERS: frozenset({"template-injection", "text-in-commands"}),
    CODE_OF_STRANGERS: frozenset({"dangerous-triggers"}),
    TEXT_IN_COMMANDS: frozenset({"template-injection", "text-in-commands"}),
    EXCESSIVE_PERMISSIONS: frozenset({"excessive-permissions", "privileged"}),
    EXPOSED_CREDENTIALS: frozenset(
        {
            *("artipacked", "github-app", "hardcoded-container-credentials"),
            *("overprovisioned-secrets", "secrets-inherit", "unredacted-secrets"),
            *("credentials-in-artifacts", "credentials-in-settings"),
            *("printed-credentials", "secrets-for-proposals"),
        }
    ),
    UNPINNED: frozenset({"unpinned-images", "unpinned-include", "unpinned-uses"}),
}
"""Which rules, the tool's and ours, answer which question; `FINDINGS` counts all."""

SET_ELSEWHERE = frozenset({DANGEROUS, CODE_OF_STRANGERS, EXCESSIVE_PERMISSIONS})
"""What GitLab and Woodpecker decide by settings outside of the repository, too."""

SEVERE = frozenset({"medium", "high"})
"""Text that only the project's own people can write is of lesser severity."""

_WORST_FIRST = {"high": 0, "medium": 1, "low": 2, "informational": 3}

FACTS = (FINDINGS, *KINDS, SUPPRESSED, UNREAD_FILES)

_ENDINGS = ("yml", "yaml")
SETTINGS = tuple(
    f"{folder}zizmor.{ending}" for folder in ("", ".github/") for ending in _ENDINGS
)


_FOLDERS = (*FOLDERS, ".gitlab/ci", ".woodpecker")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What was heard of workflows, and read of other builds."""

    told: Heard
    workflows: list[str]
    builds: Builds
    others: list[Item]

    @property
    def findings(self) -> list[Finding]:
        return sorted([*self.told.findings, *self.builds.findings])

    @property
    def unread(self) -> list[Item]:
        return [*self.told.unread, *self.builds.unread]

    def missed(self, fact: Fact[int]) -> str:
        """Return why there may be more than was seen, or ""."""
        builds = self.builds
        if self.unread:
            return f"workflows could not be examined: {len(self.unread)}"
        if self.others:
            return (
                f"nothing here reads {self.others[0].subject}, by which is built, too"
            )
        if builds.far:
            named = builds.far[0]
            return f"{named.subject} takes in what is kept elsewhere ({named.note})"
        if fact in SET_ELSEWHERE and builds.paths:
            return f"{builds.systems} decides part of it by settings kept elsewhere"
        if fact == UNPINNED and builds.unnamed:
            return f"images named by settings kept elsewhere: {len(builds.unnamed)}"
        if fact == EXCESSIVE_PERMISSIONS and any(
            is_of_other_forges(path) for path in self.workflows
        ):
            return "not every version of Forgejo and Gitea heeds what is said of rights"
        return ""


def collect(given: Given) -> Iterator[Answered | Table]:
    """Answer from the workflows; without any, nothing of it arises."""
    view = View.of(given)
    paths = view.matching(runs_actions)
    is_build = view.matching(is_ci)
    others = [
        Item(subject=p) for p in is_build if not runs_actions(p) and not _is_read(p)
    ]
    if hidden := view.why_unsure(_is_read, _FOLDERS):
        yield from (fact.unknown(*hidden) for fact in FACTS)
        return
    builds = elsewhere.builds_of(view)
    if not paths and not builds.paths and others:
        why = "nothing here reads the settings of this build"
        yield from (fact.unknown(why, others) for fact in FACTS)
    elif not paths and not builds.paths:
        why = "the repository holds no settings of a build"
        yield from (fact.inapplicable(why) for fact in FACTS)
    elif not paths and len(builds.unread) == len(builds.paths):
        why = f"the settings of the build could not be read: {builds.unread[0].note}"
        yield from (fact.unknown(why, builds.unread) for fact in FACTS)
    elif paths and given.toolbox is None:
        why = f"{TOOL}, which examines workflows, was not at hand"
        yield from (fact.unknown(why) for fact in FACTS)
    else:
        yield from _answers(given.toolbox, view, paths, builds, others)


def _is_read(path: str) -> bool:
    return runs_actions(path) or elsewhere.is_read(path)


def _answers(
    toolbox: Toolbox | None,
    view: View,
    paths: list[str],
    builds: Builds,
    others: list[Item],
) -> Iterator[Answered | Table]:
    told = Heard(findings=(), unread=())
    passed_over: list[Finding] | str = []
    if paths and toolbox is not None:
        try:
            told = heard(toolbox, view.tree, paths, ALL)
        except ToolSilent as why:
            yield from (fact.unknown(str(why)) for fact in FACTS)
            return
        try:
            passed_over = _passed_over(toolbox, view, paths, told)
        except ToolSilent as error:
            passed_over = f"it could not be told what the project passes over: {error}"
    seen = _Seen(told=told, workflows=paths, builds=builds, others=others)
    yield _found(FINDINGS, seen.findings, seen.missed(FINDINGS))
    strangers = Strangers.of(view.tree, told.findings)
    for fact, rules in KINDS.items():
        of_kind = [f for f in seen.findings if f.rule in rules]
        if fact in (DANGEROUS, TEXT_OF_STRANGERS, CODE_OF_STRANGERS):
            of_kind = [f for f in of_kind if f.severity in SEVERE]
            of_kind = [f for f in of_kind if strangers.can_use(f)]
        yield _found(fact, of_kind, seen.missed(fact))
    if isinstance(passed_over, str):
        yield SUPPRESSED.unknown(passed_over)
    else:
        missed = ""
        if told.unread:
            missed = f"workflows could not be examined: {len(told.unread)}"
        yield _found(SUPPRESSED, passed_over, missed)
    yield UNREAD_FILES.found(len(seen.unread), seen.unread)
    yield _table(seen.findings, passed_over, strangers)


def _found(fact: Fact[int], findings: Iterable[Finding], missed: str) -> Answered:
    worst = sorted(findings, key=lambda f: _WORST_FIRST.get(f.severity, 0))
    return fact.found(len(worst), (f.item() for f in worst), missed=missed)


def _passed_over(
    toolbox: Toolbox, view: View, paths: list[str], told: Heard
) -> list[Finding] | str:
    """Return what is missing where the project's settings hold, or why none can."""
    if hidden := view.hidden(lambda path: path in SETTINGS, ()):
        return f"the project's settings for {TOOL} lie elsewhere: {hidden[0].note}"
    if not told.findings:
        return []
    read = {item.subject for item in told.unread}
    asked = [path for path in paths if path not in read]
    own = view.matching(lambda path: path in SETTINGS)
    left = heard(toolbox, view.tree, asked, LEFT, own)
    if left.unread:
        return f"{TOOL} did not examine {left.unread[0].subject} a second time"
    gone = Counter(told.findings) - Counter(left.findings)
    return sorted(gone.elements())


def _table(
    findings: list[Finding], passed_over: list[Finding] | str, strangers: Strangers
) -> Table:
    suppressed = set() if isinstance(passed_over, str) else set(passed_over)
    return Table(
        name="workflows",
        columns=(
            *("path", "line", "rule", "severity", "confidence", "what"),
            *("suppressed by the candidate", "disclosure", "within reach of strangers"),
        ),
        rows=tuple(
            (
                *(each.path, str(each.line), each.rule, each.severity),
                *(each.confidence, each.what),
                "" if isinstance(passed_over, str) else _yes(each in suppressed),
                _disclosure(each),
                _yes(strangers.can_use(each)),
            )
            for each in findings
        ),
    )


def _disclosure(finding: Finding) -> str:
    """Return the class of its kind; one of no kind may be made use of, too."""
    kinds = [fact for fact, rules in KINDS.items() if finding.rule in rules]
    return (kinds[0] if kinds else FINDINGS).disclosure.value


def _yes(is_so: object) -> str:
    return "yes" if is_so else "no"


COLLECTOR = Collector(
    facts=FACTS,
    collect=collect,
    asks_tools=(TOOL,),
    rests_on=("security",),
)
