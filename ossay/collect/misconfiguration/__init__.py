# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
How are the software's containers built, and set up to run?

Asked of Dockerfiles and of objects of Kubernetes written in YAML. Comments by which a
file asks the tool to pass something over do not count; what they would have hidden
is told like the rest, and counted.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from ossay.collect.components.images import is_dockerfile
from ossay.collect.misconfiguration.settings import (
    MARKS,
    SEVERITIES,
    TOOL,
    Finding,
    Heard,
    Unheeded,
    heard,
)
from ossay.collect.security.places import View
from ossay.model.collector import Collector, Given, Table
from ossay.model.evidence import Answered, Combine, Disclosure, Fact, Item
from ossay.model.toolbox import Toolbox, ToolSilent
from ossay.model.tree import Unreadable

FINDINGS = Fact(
    name="misconfiguration.findings",
    kind=int,
    unit="places",
    asks="At how many places of Dockerfiles and of manifests of Kubernetes does trivy "
    "advise against a setting?",
    combine=Combine.SUM,
    disclosure=Disclosure.AFTER_FIX,
)
SEVERE = Fact(
    name="misconfiguration.severe",
    kind=int,
    unit="places",
    asks="At how many places does trivy call a setting of high or critical severity?",
    combine=Combine.SUM,
    disclosure=Disclosure.AFTER_FIX,
)
AS_ROOT = Fact(
    name="misconfiguration.as_root",
    kind=int,
    unit="places",
    asks="At how many places is a container not kept from running as root?",
    combine=Combine.SUM,
)
PRIVILEGED = Fact(
    name="misconfiguration.privileged",
    kind=int,
    unit="places",
    asks="At how many places is a container given the rights of its host machine?",
    combine=Combine.SUM,
    disclosure=Disclosure.AFTER_FIX,
)
FLOATING_IMAGES = Fact(
    name="misconfiguration.floating_images",
    kind=int,
    unit="places",
    asks="At how many places is an image named that is another one each time its "
    "makers publish?",
    combine=Combine.SUM,
)
SUPPRESSED = Fact(
    name="misconfiguration.suppressed",
    kind=int,
    unit="places",
    asks="How many places that trivy advises against do the project's own comments "
    "pass over?",
    combine=Combine.SUM,
    disclosure=Disclosure.AFTER_FIX,
)
UNREAD_FILES = Fact(
    name="misconfiguration.unread_files",
    kind=int,
    unit="files",
    asks="How many files that may set up containers could not be examined?",
    combine=Combine.SUM,
    unread="files that may set up containers could not be examined",
)

KINDS = {
    AS_ROOT: frozenset({"DS-0002", "KSV-0012"}),
    PRIVILEGED: frozenset({"KSV-0017"}),
    FLOATING_IMAGES: frozenset({"DS-0001", "KSV-0013"}),
}
"""Which of the tool's rules answer which question; `FINDINGS` counts all of them."""

FACTS = (FINDINGS, SEVERE, *KINDS, SUPPRESSED, UNREAD_FILES)


def collect(given: Given) -> Iterator[Answered | Table]:
    """Answer from the files that set up containers; without any, nothing arises."""
    view = View.of(given)
    asked, ignoring, unread = _files(view)
    elsewhere = view.hidden(_may_set_up, ())
    unread += [item for item in elsewhere if _may_set_up(item.subject)]
    if not asked and unread:
        why = "no file that may set up containers could be examined"
        yield from (fact.unknown(why, unread) for fact in FACTS)
    elif not asked:
        why = "the repository holds no Dockerfile and no manifest of Kubernetes"
        yield from (fact.inapplicable(why) for fact in FACTS)
    elif given.toolbox is None:
        why = f"{TOOL}, which examines settings of containers, was not at hand"
        yield from (fact.unknown(why) for fact in FACTS)
    else:
        yield from _answers(given.toolbox, view, asked, ignoring, unread)


def _may_set_up(path: str) -> bool:
    return is_dockerfile(path) or path.endswith((".yaml", ".yml"))


def _files(view: View) -> tuple[list[str], list[str], list[Item]]:
    """Return the files to ask about, those with comments that ignore, those unread."""
    paths = [path for path in view.own_paths if _may_set_up(path)]
    asked: list[str] = []
    ignoring: list[str] = []
    unread: list[Item] = []
    for path, marks in view.tree.scan(MARKS, paths):
        if isinstance(marks, Unreadable):
            unread.append(Item(subject=path, note=marks.why))
        elif is_dockerfile(path) or marks.is_manifest:
            asked.append(path)
            if marks.asks_to_ignore:
                ignoring.append(path)
    return asked, ignoring, unread


def _answers(
    toolbox: Toolbox,
    view: View,
    asked: list[str],
    ignoring: list[str],
    unread: list[Item],
) -> Iterator[Answered | Table]:
    try:
        told = heard(toolbox, Unheeded(tree=view.tree), asked)
    except ToolSilent as why:
        yield from (fact.unknown(str(why)) for fact in FACTS)
        return
    told = Heard(findings=told.findings, unread=(*told.unread, *unread))
    yield _found(FINDINGS, told.findings, told)
    severe = [f for f in told.findings if f.severity in SEVERITIES[:2]]
    yield _found(SEVERE, severe, told)
    for fact, rules in KINDS.items():
        yield _found(fact, [f for f in told.findings if f.rule in rules], told)
    passed_over: list[Finding] | None = None
    try:
        passed_over = _passed_over(toolbox, view, ignoring, told)
        yield _found(SUPPRESSED, passed_over, told)
    except ToolSilent as error:
        gap = f"it could not be told what the project passes over: {error}"
        yield SUPPRESSED.unknown(gap)
    yield UNREAD_FILES.found(len(told.unread), told.unread)
    yield _table(told, passed_over)


def _passed_over(
    toolbox: Toolbox, view: View, ignoring: list[str], told: Heard
) -> list[Finding]:
    """Return what is missing where the comments of the files *ignoring* count."""
    unread = {item.subject for item in told.unread}
    again = [path for path in ignoring if path not in unread]
    if not again:
        return []
    left = heard(toolbox, view.tree, again)
    if left.unread:
        msg = f"{TOOL} did not examine {left.unread[0].subject} a second time"
        raise ToolSilent(msg)
    before = Counter(f for f in told.findings if f.path in again)
    return sorted((before - Counter(left.findings)).elements())


def _found(fact: Fact[int], findings: Iterable[Finding], told: Heard) -> Answered:
    seen = sorted(findings, key=lambda f: SEVERITIES.index(f.severity))
    missed = ""
    if told.unread:
        missed = f"files that may set up containers not examined: {len(told.unread)}"
    return fact.found(len(seen), (f.item() for f in seen), missed=missed)


def _table(told: Heard, passed_over: list[Finding] | None) -> Table:
    suppressed = set(passed_over or ())
    return Table(
        name="misconfiguration",
        columns=(
            *("path", "line", "rule", "severity", "what"),
            *("suppressed by the candidate", "disclosure"),
        ),
        rows=tuple(
            (
                *(each.path, str(each.line or ""), each.rule, each.severity.lower()),
                each.what,
                "" if passed_over is None else "yes" if each in suppressed else "no",
                _disclosure(each),
            )
            for each in told.findings
        ),
    )


_WAYS_IN = frozenset({"DS-0004", "DS-0031"})
"""Of the tool's rules for Dockerfiles those on more than how to write them well."""


def _disclosure(finding: Finding) -> str:
    """Return the class of its kind; one of no kind may be made use of, too."""
    if finding.rule.startswith("DS-") and finding.rule not in _WAYS_IN:
        return Disclosure.OPEN.value
    kinds = [fact for fact, rules in KINDS.items() if finding.rule in rules]
    return (kinds[0] if kinds else FINDINGS).disclosure.value


COLLECTOR = Collector(
    facts=FACTS,
    collect=collect,
    asks_tools=(TOOL,),
    rests_on=("components", "security"),
)
