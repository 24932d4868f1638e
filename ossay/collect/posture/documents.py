# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Answers from what documents speak of, and what stays open where they say nothing."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ossay.collect.documentation.shelves import is_text
from ossay.collect.posture import facts
from ossay.collect.posture.sayings import SCAN_SAYINGS, Said
from ossay.collect.security.places import FORGE_FOLDERS, View, is_set_aside
from ossay.collect.security.policy import is_policy
from ossay.model.evidence import Answered, Fact, Item
from ossay.model.tree import Unreadable

MOST_DOCUMENTS = 400
"""Documents that are opened, those at the top first."""

FORMS = re.compile(
    r"(?i)(?:\.github|\.gitea|\.forgejo)/issue_template"
    r"(?:\.md|/(?![^/]*(?:config|feature|question|idea|release))[^/]+\.(?:md|ya?ml))|"
    r"\.gitlab/issue_templates/[^/]+\.md|(?:docs/)?issue_template\.md"
)
OPENAPI = re.compile(
    r"(?i)(?:.*/)?(?:(?:openapi|swagger|asyncapi)[\w.-]*\.(?:ya?ml|json)|"
    r"[^/]+\.(?:graphqls|wsdl|raml)|(?:schema|api)\.(?:graphql|proto)|"
    r"man/(?:.*/)?[^/]+\.[1-8]|(?:docs?|documentation)/(?:.*/)?api/.+\.(?:md|rst|adoc|"
    r"html))"
)
MEMBERS_FILES = re.compile(
    r"(?i)(?:(?:docs|\.github)/)?(?:maintainers|committers|owners|core[-_]team|team)"
    r"(?:\.(?:md|rst|txt|adoc|ya?ml))?"
)
DESIGN_FILES = re.compile(
    r"(?i)(?:.*/)?(?:(?:architecture|design)(?:[-_][\w-]+)?\.(?:md|rst|adoc|txt|pdf)|"
    r"(?:adr|adrs|decisions|architecture)/[^/]+\.(?:md|rst|adoc))"
)
THREAT_FILES = re.compile(
    r"(?i)(?:.*/)?(?:threat[-_]?model\w*|attack[-_]surface)\.(?:md|rst|adoc|txt|pdf|"
    r"json)"
)
ASSESSMENT_FILES = re.compile(
    r"(?i)(?:.*/)?(?:(?:security[-_]?)?(?:self[-_]assessment|audit(?:[-_]report)?s?|"
    r"pentest)(?:[-_][\w-]+)?|security[-_]assessment[\w-]*)\.(?:md|rst|adoc|txt|pdf)"
)
VERIFICATION_FILES = re.compile(
    r"(?i)(?:docs?/)?(?:verify|verification|verifying)(?:[-_]releases?)?\.(?:md|rst|"
    r"txt)"
)
SUPPORT_FILES = re.compile(
    r"(?i)(?:(?:docs|\.github)/)?support[-_]policy\.(?:md|rst|txt)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """
    How a question is looked up.

    Attributes:
        topics: Any of these that a document speaks of answers it.
        where: Which documents count.
        files: Files whose names alone answer it.
    """

    topics: tuple[str, ...]
    where: "re.Pattern[str]"
    files: "re.Pattern[str] | None" = None


_ENDING = r"(?:[-_.][\w-]+)?(?:\.\w{1,8})?"
_SHELF = r"(?:(?:docs?|documentation|\.github|\.gitlab|\.gitea|\.forgejo)/)?"
_README = re.compile(rf"(?i){_SHELF}readme{_ENDING}")
_MAKERS = re.compile(
    rf"(?i){_SHELF}(?:readme|contribut\w*|develop\w*|hacking|build\w*|install\w*|"
    r"testing|tests?|coding\w*|style\w*|code[-_]style|agents|submitting\w*|dco|cla|"
    r"(?:pull|merge)_request_template|getting[-_ ]?started|local\w*|setup|dependenc\w*|"
    rf"maintain\w*|governance|community){_ENDING}|"
    r"(?:docs?|documentation|\.gitlab|\.github)/(?:[^/]+/){0,2}?(?:contribut\w*|dev|"
    r"develop\w*|internals?|community|governance|(?:pull|merge)_request_templates?|"
    r"maintain\w*|hacking)/.+"
)
"""Documents for those who change the software."""
_RELEASERS = re.compile(
    rf"(?i){_SHELF}(?:readme|security\w*|[\w-]*(?:vuln\w*|disclosure)[\w-]*|support\w*|"
    r"verif\w*|install\w*|download\w*|releas\w*|maintenance|versioning|versions?|"
    rf"governance|threat\w*|signing|provenance|supply[-_]?chain){_ENDING}|"
    r"(?:docs?|documentation)/(?:[^/]+/){0,2}?(?:security|releases?|support|"
    r"maintenance|"
    r"governance|community|policies)/.+"
)
"""Documents on releases, their support and their security; logs of changes are not."""
_ANYBODY = re.compile(f"{_MAKERS.pattern}|{_RELEASERS.pattern[4:]}|[^/]+", re.I)
SEARCHES: tuple[tuple[Fact[bool], Search], ...] = (
    (facts.DEFECT_GUIDE, Search(topics=("defect",), where=_ANYBODY, files=FORMS)),
    (facts.BUILD_GUIDE, Search(topics=("build",), where=_MAKERS)),
    (facts.TEST_GUIDE, Search(topics=("tests",), where=_MAKERS)),
    (facts.TEST_POLICY, Search(topics=("test policy",), where=_MAKERS)),
    (facts.CONTRIBUTION_RULES, Search(topics=("contribution rules",), where=_MAKERS)),
    (
        facts.VERIFICATION_GUIDE,
        Search(topics=("verification",), where=_RELEASERS, files=VERIFICATION_FILES),
    ),
    (facts.SIGNER_IDENTITY, Search(topics=("signer",), where=_RELEASERS)),
    (
        facts.SUPPORT_STATEMENT,
        Search(topics=("support",), where=_RELEASERS, files=SUPPORT_FILES),
    ),
    (facts.END_OF_SUPPORT, Search(topics=("end of support",), where=_RELEASERS)),
    (facts.DEPENDENCY_POLICY, Search(topics=("dependencies",), where=_ANYBODY)),
    (facts.SECRETS_POLICY, Search(topics=("secrets",), where=_ANYBODY)),
    (facts.PROMOTION_POLICY, Search(topics=("promotion",), where=_ANYBODY)),
    (facts.MEMBERS, Search(topics=("members",), where=_ANYBODY, files=MEMBERS_FILES)),
    (facts.DISCUSSION, Search(topics=("discussion",), where=_ANYBODY)),
    (facts.DESIGN, Search(topics=("design",), where=_ANYBODY, files=DESIGN_FILES)),
    (facts.INTERFACES, Search(topics=("interface",), where=_ANYBODY, files=OPENAPI)),
    (
        facts.ASSESSMENT,
        Search(
            topics=("assessment", "threats"), where=_RELEASERS, files=ASSESSMENT_FILES
        ),
    ),
    (
        facts.THREATS,
        Search(topics=("threats",), where=_RELEASERS, files=THREAT_FILES),
    ),
    (facts.SUBPROJECTS, Search(topics=("subprojects",), where=_ANYBODY)),
    (facts.ADVISORIES, Search(topics=("advisories",), where=_ANYBODY)),
    (facts.REMEDIATION, Search(topics=("remediation", "thresholds"), where=_ANYBODY)),
    (facts.BADGE, Search(topics=("badge",), where=_README)),
)


def answers(view: View) -> Iterator[Answered]:
    """Answer each question from names of files and from what documents speak of."""
    shelf = _Shelf(view)
    for fact, search in SEARCHES:
        yield shelf.answer(fact, search)
    yield _response_time(view, shelf)


class _Shelf:
    """What the documents of a tree speak of, and why that may not be all."""

    def __init__(self, view: View) -> None:
        self._view = view
        documents = [p for p in view.paths if is_shelved(p, view)]
        documents.sort(key=lambda p: (p.count("/"), p))
        self.said: dict[str, Said] = {}
        unread: list[Item] = []
        for path, said in view.tree.scan(SCAN_SAYINGS, documents[:MOST_DOCUMENTS]):
            if isinstance(said, Unreadable):
                unread.append(Item(subject=path, note=said.why))
            else:
                self.said[path] = said
        self._unread = unread
        self.unsure = self._why_unsure(unread, len(documents) - MOST_DOCUMENTS)

    def answer(self, fact: Fact[bool], search: Search) -> Answered:
        files, where = search.files, search.where
        named = [
            Item(subject=p)
            for p in self._view.paths
            if files and files.fullmatch(p) and not is_set_aside(p)
        ]
        spoken = self.spoken(
            search.topics,
            lambda p: (
                where.fullmatch(self._view.within(p))
                and (fact is facts.ADVISORIES or not _LOG.fullmatch(p))
            ),
        )
        if found := [*named, *spoken]:
            return fact.found(True, found)
        if fact is facts.BADGE and not self._unread:
            return fact.found(False)
        return fact.unknown(*self.unsure) if self.unsure else fact.found(False)

    def spoken(
        self, topics: tuple[str, ...], is_meant: Callable[[str], object]
    ) -> list[Item]:
        """Return where documents that are meant speak of one of *topics*."""
        return [
            Item(subject=path, line=saying.line)
            for path, said in self.said.items()
            if is_meant(path)
            for saying in said.sayings
            if saying.topic in topics
        ]

    def _why_unsure(
        self, unread: list[Item], left: int
    ) -> tuple[str, list[Item]] | None:
        if unread:
            return f"a document could not be read: {unread[0].note}", unread
        if left > 0:
            return f"{left} documents were not opened", []
        strange = [
            Item(subject=path, note=said.strange)
            for path, said in self.said.items()
            if said.strange and _README.fullmatch(path)
        ]
        if strange:
            why = f"ossay has no words for {strange[0].note}, in which documents are"
            return why, strange
        elsewhere = [
            Item(subject=path, line=said.elsewhere_at)
            for path, said in self.said.items()
            if said.elsewhere_at and _README.fullmatch(self._view.within(path))
            if "/" not in self._view.within(path)
        ]
        if elsewhere:
            why = "the README points to documentation elsewhere, which was not opened"
            return why, elsewhere
        return self._view.why_unsure(_never, (*FORGE_FOLDERS, "docs"))


def is_shelved(path: str, view: View) -> bool:
    """Tell whether *path* is a document about the whole, or about the part."""
    inner = view.within(path)
    if not (_ANYBODY.fullmatch(path) or _ANYBODY.fullmatch(inner)):
        return False
    return is_text(path.rpartition("/")[2]) and not _NOT_MEANT.fullmatch(path)


def _response_time(view: View, shelf: _Shelf) -> Answered:
    policies = [p for p in view.paths if is_policy(p) or is_policy(view.within(p))]
    fact = facts.RESPONSE_TIME
    if not policies:
        return fact.inapplicable("the repository holds no security policy")
    found = shelf.spoken(("response time",), lambda p: p in policies)
    if found:
        return fact.found(True, found)
    unread = [Item(subject=p) for p in policies if p not in shelf.said]
    strange = [
        Item(subject=p, note=shelf.said[p].strange)
        for p in policies
        if p in shelf.said and shelf.said[p].strange
    ]
    if unread or strange:
        return fact.unknown("the security policy could not be judged", unread + strange)
    return fact.found(False, [Item(subject=p) for p in policies])


def _never(_path: str) -> bool:
    return False


_LOG = re.compile(
    r"(?i)(?:.*/)?(?:change\w*|history|news|release[-_]?notes?|whatsnew)\b[^/]*|"
    r".*/(?:release[-_]?notes|changes|changelogs?|whatsnew|news)/.*"
)
"""Logs of changes: what they speak of was once, and they tell of vulnerabilities."""
_NOT_MEANT = re.compile(
    r"(?i)(?:.*/)?(?:licen[cs]es?|copying|copyright|notice|requirements|cmakelists|"
    r"robots)"
    r"(?:[-_.].*)?"
)
