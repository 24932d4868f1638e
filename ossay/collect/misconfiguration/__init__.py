# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
How are the software's containers and servers set up?

Asked of Dockerfiles, of objects of Kubernetes, and of Helm charts, Terraform and
CloudFormation. Comments by which a file asks the tool to pass something over do not
count; what they would have hidden is told like the rest, and counted. What tests and
examples set up does not run, and is left aside.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ossay.collect.misconfiguration.files import Files, files_of, may_set_up
from ossay.collect.misconfiguration.settings import (
    SEVERITIES,
    TOOL,
    AsAsked,
    Finding,
    heard,
)
from ossay.collect.security.places import View
from ossay.model.collector import Collector, Given, Table
from ossay.model.evidence import Answered, Combine, Disclosure, Fact, Item
from ossay.model.toolbox import ToolSilent

FINDINGS = Fact(
    name="misconfiguration.findings",
    kind=int,
    unit="places",
    asks="At how many places of files that set up containers and servers does trivy "
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
    asks="How many files that may set up containers or servers could not be examined?",
    combine=Combine.SUM,
    unread="files that may set up containers or servers could not be examined",
)
SET_ASIDE = Fact(
    name="misconfiguration.set_aside",
    kind=int,
    unit="files",
    asks="How many files of tests and examples that may set up containers or servers "
    "were left aside?",
    combine=Combine.SUM,
)

KINDS = {
    AS_ROOT: frozenset({"DS-0002", "KSV-0012"}),
    PRIVILEGED: frozenset({"KSV-0017"}),
    FLOATING_IMAGES: frozenset({"DS-0001", "KSV-0013"}),
}
"""Which of the tool's rules answer which question; `FINDINGS` counts all of them."""

_WAYS_IN = frozenset({"DS-0004", "DS-0031"})
"""Of the tool's rules for Dockerfiles those on more than how to write them well."""


FACTS = (FINDINGS, SEVERE, *KINDS, SUPPRESSED, UNREAD_FILES, SET_ASIDE)
_TOLD = FACTS[:-1]


def collect(given: Given) -> Iterator[Answered | Table]:
    """Answer from the files that set something up; without any, nothing arises."""
    view = View.of(given)
    files = files_of(view)
    unread = [*files.unread, *view.hidden(may_set_up, ())]
    aside = (Item(subject=path) for path in files.aside)
    if not files.asked and unread:
        why = "no file that may set up containers or servers could be examined"
        yield from (fact.unknown(why, unread) for fact in FACTS)
    elif not files.asked:
        why = "the repository holds no file that sets up containers or servers"
        yield from (fact.inapplicable(why) for fact in _TOLD)
        yield SET_ASIDE.found(len(files.aside), aside)
    else:
        yield from _answers(given, view, files, unread)
        yield SET_ASIDE.found(len(files.aside), aside)


def _answers(
    given: Given, view: View, files: Files, unread: list[Item]
) -> Iterator[Answered | Table]:
    tree = AsAsked(tree=view.tree, needy=files.needy, heeds=False)
    try:
        told = heard(given, tree, files.handed)
    except ToolSilent as why:
        yield from (fact.unknown(str(why)) for fact in _TOLD)
        return
    unread = [*files.not_examined(told), *unread]
    missed = ""
    if unread:
        missed = (
            f"files that may set up containers or servers not examined: {len(unread)}"
        )
    elif files.far:
        far = files.far[0]
        missed = f"{far.subject} takes in what is kept elsewhere ({far.note})"
    elif files.unchecked:
        named = ", ".join(sorted({item.note for item in files.unchecked})[:5])
        missed = f"{TOOL} has no checks for what is set up by Terraform with: {named}"
    yield _found(FINDINGS, told.findings, missed)
    severe = [f for f in told.findings if f.severity in SEVERITIES[:2]]
    yield _found(SEVERE, severe, missed)
    for fact, rules in KINDS.items():
        yield _found(fact, [f for f in told.findings if f.rule in rules], missed)
    passed_over: list[Finding] | None = None
    try:
        passed_over = _passed_over(given, tree, files, told.findings, unread)
        yield _found(SUPPRESSED, passed_over, missed)
    except ToolSilent as error:
        gap = f"it could not be told what the project passes over: {error}"
        yield SUPPRESSED.unknown(gap)
    yield UNREAD_FILES.found(len(unread), unread)
    yield _table(told.findings, passed_over)


def _passed_over(
    given: Given,
    tree: AsAsked,
    files: Files,
    findings: Iterable[Finding],
    unread: list[Item],
) -> list[Finding]:
    """Return what is missing where the comments of the files count."""
    again = files.again()
    if not again:
        return []
    left = heard(given, replace(tree, heeds=True), again)
    before = {item.subject for item in unread}
    if lost := [i for i in files.not_examined(left, again) if i.subject not in before]:
        msg = f"{TOOL} did not examine {lost[0].subject} a second time"
        raise ToolSilent(msg)
    gone = Counter(f for f in findings if f.path in again)
    return sorted((gone - Counter(left.findings)).elements())


def _found(fact: Fact[int], findings: Iterable[Finding], missed: str) -> Answered:
    seen = sorted(findings, key=lambda f: SEVERITIES.index(f.severity))
    return fact.found(len(seen), (f.item() for f in seen), missed=missed)


def _table(findings: Iterable[Finding], passed_over: list[Finding] | None) -> Table:
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
            for each in findings
        ),
    )


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
