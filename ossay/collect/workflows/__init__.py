# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Can strangers make the project's own build do what they want?

Asked of workflows in the syntax of GitHub Actions, which Forgejo and Gitea read, too.
What the project's settings and comments would have left out is told like the rest,
and counted.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from ossay.collect.security.ci import is_ci
from ossay.collect.security.places import View
from ossay.collect.security.workflows import FOLDERS, runs_actions
from ossay.collect.workflows.findings import ALL, LEFT, TOOL, Finding, Heard, heard
from ossay.collect.workflows.strangers import Strangers
from ossay.model.collector import Collector, Given, Table
from ossay.model.evidence import Answered, Combine, Disclosure, Fact, Item
from ossay.model.toolbox import Toolbox, ToolSilent

FINDINGS = Fact(
    name="workflows.findings",
    kind=int,
    unit="places",
    asks="At how many places of the build's workflows does zizmor see a weakness?",
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
            *("unsound-contains", "unsound-ternary"),
        }
    ),
    TEXT_OF_STRANGERS: frozenset({"template-injection"}),
    CODE_OF_STRANGERS: frozenset({"dangerous-triggers"}),
    TEXT_IN_COMMANDS: frozenset({"template-injection"}),
    EXCESSIVE_PERMISSIONS: frozenset({"excessive-permissions"}),
    EXPOSED_CREDENTIALS: frozenset(
        {
            *("artipacked", "github-app", "hardcoded-container-credentials"),
            *("overprovisioned-secrets", "secrets-inherit", "unredacted-secrets"),
        }
    ),
    UNPINNED: frozenset({"unpinned-images", "unpinned-uses"}),
}
"""Which of the tool's rules answer which question; `FINDINGS` counts all of them."""

SEVERE = frozenset({"medium", "high"})
"""Text that only the project's own people can write is of lesser severity."""

_WORST_FIRST = {"high": 0, "medium": 1, "low": 2, "informational": 3}

FACTS = (FINDINGS, *KINDS, SUPPRESSED, UNREAD_FILES)

_ENDINGS = ("yml", "yaml")
SETTINGS = tuple(
    f"{folder}zizmor.{ending}" for folder in ("", ".github/") for ending in _ENDINGS
)


def collect(given: Given) -> Iterator[Answered | Table]:
    """Answer from the workflows; without any, nothing of it arises."""
    view = View.of(given)
    paths = view.matching(runs_actions)
    builds = view.matching(is_ci)
    others = [Item(subject=p) for p in builds if not runs_actions(p)]
    if hidden := view.why_unsure(runs_actions, FOLDERS):
        yield from (fact.unknown(*hidden) for fact in FACTS)
    elif not paths and others:
        why = f"{TOOL} does not read the settings of this build"
        yield from (fact.unknown(why, others) for fact in FACTS)
    elif not paths:
        why = "the repository holds no workflow in the syntax of GitHub Actions"
        yield from (fact.inapplicable(why) for fact in FACTS)
    elif given.toolbox is None:
        why = f"{TOOL}, which examines workflows, was not at hand"
        yield from (fact.unknown(why) for fact in FACTS)
    else:
        yield from _answers(given.toolbox, view, paths, others)


def _answers(
    toolbox: Toolbox, view: View, paths: list[str], others: list[Item]
) -> Iterator[Answered | Table]:
    try:
        told = heard(toolbox, view.tree, paths, ALL)
    except ToolSilent as why:
        yield from (fact.unknown(str(why)) for fact in FACTS)
        return
    yield _found(FINDINGS, told.findings, told, others)
    strangers = Strangers.of(view.tree, told.findings)
    for fact, rules in KINDS.items():
        of_kind = [f for f in told.findings if f.rule in rules]
        if fact in (DANGEROUS, TEXT_OF_STRANGERS, CODE_OF_STRANGERS):
            of_kind = [f for f in of_kind if f.severity in SEVERE]
            of_kind = [f for f in of_kind if strangers.can_use(f)]
        yield _found(fact, of_kind, told, others)
    passed_over: list[Finding] | str
    try:
        passed_over = _passed_over(toolbox, view, paths, told)
    except ToolSilent as error:
        passed_over = f"it could not be told what the project passes over: {error}"
    if isinstance(passed_over, str):
        yield SUPPRESSED.unknown(passed_over)
    else:
        yield _found(SUPPRESSED, passed_over, told, [])
    yield UNREAD_FILES.found(len(told.unread), told.unread)
    yield _table(told, passed_over, strangers)


def _found(
    fact: Fact[int], findings: Iterable[Finding], told: Heard, others: list[Item]
) -> Answered:
    """Count, at least: what other systems build by was not examined."""
    seen = sorted(findings, key=lambda f: _WORST_FIRST.get(f.severity, 0))
    missed = ""
    if told.unread:
        missed = f"workflows could not be examined: {len(told.unread)}"
    elif others:
        missed = f"{TOOL} does not read {others[0].subject}, by which is built, too"
    return fact.found(len(seen), (f.item() for f in seen), missed=missed)


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
    told: Heard, passed_over: list[Finding] | str, strangers: Strangers
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
            for each in told.findings
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
