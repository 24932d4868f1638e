# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Of what the project's documents speak: told by their headings, and by set phrases."""

import re
import sys
from dataclasses import dataclass

from ossay.collect import _headings, _writing
from ossay.collect._headings import Link, read_document
from ossay.collect._writing import writings
from ossay.model.tree import Scanner

LARGEST_BYTES = 1_000_000
MOST_CHARACTERS = 400_000
LONGEST_HEADING = 200
"""Characters of a heading that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A topic that a document speaks of, and the line (from 1) that shows it."""

    topic: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """
    What a document speaks of.

    Attributes:
        strange: The language it is in, where ossay has no words for that one.
        elsewhere_at: Line that points to documentation elsewhere; 0 if none.
    """

    sayings: tuple[Saying, ...]
    strange: str
    elsewhere_at: int


def said_in(content: bytes) -> Said:
    """Return what a document in light markup speaks of; comments say nothing."""
    document = read_document(content)
    first: dict[str, int] = {}
    for heading in document.headings:
        text = _NUMBER.sub("", heading.text.casefold().strip(" *_`:#"))[
            :LONGEST_HEADING
        ]
        for topic, pattern in HEADINGS.items():
            if topic not in first and pattern.search(text):
                first[topic] = heading.line
    text = content.decode("utf-8-sig", errors="replace")[:MOST_CHARACTERS].casefold()
    text = _DRAFT.sub("", _without_comments(text))
    prose = _WRAPPED.sub(" ", text)
    for topic, pattern in LINES.items():
        if topic not in first and (found := pattern.search(prose)):
            first[topic] = text.count("\n", 0, found.start()) + 1
    written = writings(document.prose)
    is_strange = bool(written) and all(w.language != "en" for w in written)
    return Said(
        sayings=tuple(Saying(topic=t, line=n) for t, n in sorted(first.items())),
        strange=str(written[0]) if is_strange else "",
        elsewhere_at=next(
            (
                link.line
                for link in document.links
                if _SITE.match(link.target) or _names_a_manual(link)
            ),
            0,
        ),
    )


def _without_comments(text: str) -> str:
    """Return *text* without comments of HTML, all lines where they were."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find("-->", start)
        end = len(text) if end < 0 else end + 3
        kept += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end
    return "".join((*kept, text[at:]))


def _names_a_manual(link: Link) -> bool:
    return link.target.startswith("http") and _MANUAL.search(link.text) is not None


def _words(*alternatives: str) -> "re.Pattern[str]":
    return re.compile("|".join(alternatives), re.M)


_TIME = (
    r"\b(?:within|in|under|every|up to|at most|after|a maximum of|less than|of)"
    r"(?: the| about| approximately| next| maximum| \w{1,9})?"
    r" \(?(?:\d{1,3}|one|two|three|four|five|seven|ten|fourteen|thirty|ninety|a few)"
    r"(?:\)|[ -–]{1,3}\d{1,3})?[ -]"
    r"(?:business |working |calendar )?(?:hours?|days?|weeks?|months?)\b"
)

HEADINGS = {
    "defect": _words(
        r"\b(?:report|submit|fil|rais|open|creat|log)(?:e|ing|ting)?\b"
        r"(?! a security| security| vulnerab).{0,30}\b(?:bug|issue|defect|problem)s?\b",
        r"^(?:found |bug reports?|bugs?|issues?)(?: a bug| and .{1,30}|"
        r" reporting)?\??$",
        r"\b(?:bug|issue) (?:report|track)(?:s|er|ers|ing)?\b",
    ),
    "build": _words(
        r"^(?:how to )?(?:build|building|compile|compiling|compilation)"
        r"(?: (?:and|&|it|on|for|with|in|from|the|your|a|an|this|locally|instructions?|"
        r"guide|steps?|process|requirements|environment|prerequisites|"
        r"dependencies|source|project|code)\b.{0,60})?$",
        r"\bfrom sources?\b",
        r"\b(?:dev(?:eloper|elopment)?|local) (?:set ?up|environment|installation)\b",
        r"\bset(?:ting)? ?up .{0,30}\bdev(?:elopment)?\b",
    ),
    "tests": _words(
        r"^(?:how to )?(?:(?:run|running|execute|executing|launch|launching) )?"
        r"(?:the |all |our |your |unit |automated |integration |end.to.end |e2e )*"
        r"(?:tests?|testing|test suite)(?: (?:locally|suite|instructions?|"
        r"and .{1,40}))?$",
    ),
    "contribution rules": _words(
        r"\b(?:cod(?:e|ing)|contribution|commit(?: message)?|pull request|"
        r"merge request|"
        r"patch|pr) "
        r"(?:styles?|standards?|conventions?|requirements?|guidelines?|rules|"
        r"checklist)\b",
        r"\b(?:style ?guide|commit messages?|definition of done)\b",
        r"\b(?:submit|creat|open|mak|prepar)(?:e|ing|ting)? (?:a |your )?"
        r"(?:pull|merge) requests?\b",
    ),
    "verification": _words(
        r"\bverify(?:ing)? .{0,40}\b(?:release|signature|artifact|artefact|download|"
        r"image|binar|provenance|checksum|integrity)",
        r"\b(?:release|signature|artifact|image|checksum|provenance) verification\b",
    ),
    "support": _words(
        r"\bsupported (?:versions?|releases?|branches)\b",
        r"\b(?:version|release|security|long.term|maintenance) support\b",
        r"\bsupport (?:polic|period|lifecycle|life cycle|schedule|window|timeline)",
    ),
    "end of support": _words(
        r"\bend.of.(?:life|support|maintenance)\b|\beol\b",
        r"\bunsupported versions?\b|\bsupported versions?\b",
    ),
    "dependencies": _words(
        r"\bdependenc(?:y|ies) (?:management|polic|updat|upgrad|select|review|track)",
        r"\b(?:managing|updating|adding|upgrading|selecting) (?:new |the )?dependenc",
        r"\b(?:third.party|external) (?:dependenc|librar|packages)",
    ),
    "secrets": _words(
        r"\b(?:secrets?|credentials?)\b.{0,30}\b(?:manag|polic|handl|rotat|stor)",
        r"\b(?:managing|handling|storing|rotating) .{0,20}(?:secrets?|credentials?)\b",
    ),
    "promotion": _words(
        r"\b(?:becoming|become|becomes|adding|nominat\w{1,5}|elect\w{0,4}|new|add) "
        r"(?:a |an |new )?(?:core )?"
        r"(?:maintainer|committer|member|reviewer|approver|core team|collaborator)s?\b",
        r"\b(?:contributor|membership|maintainer) (?:ladder|process|nomination|"
        r"promotion)",
    ),
    "members": _words(
        r"^(?:the |our |current |project |core |lead )*(?:maintainers?|committers?|"
        r"team members|core team|developers and maintainers|"
        r"technical steering committee)"
        r"(?: list)?$",
    ),
    "discussion": _words(
        r"^(?:community(?: .{1,30})?|discussions?|mailing lists?|forums?|chat|slack|"
        r"irc|"
        r"discord|matrix|gitter|zulip|get(?:ting)? (?:help|in touch|support)|"
        r"communication(?: channels?)?|contact(?: us)?|support|questions?\??)$",
    ),
    "design": _words(
        r"\b(?:architecture|system design|design (?:document|overview|doc|decisions?)|"
        r"how it works|technical overview)\b",
    ),
    "interface": _words(
        r"^(?:rest |http |web |public |graphql |json |external )*(?:api|apis|"
        r"interfaces?)"
        r"(?: (?:reference|documentation|docs|overview|guide|endpoints))?$",
        r"^(?:command.line (?:interface|options|arguments)|cli(?: .{1,20})?|"
        r"endpoints)$",
    ),
    "assessment": _words(
        r"\bsecurity (?:self.)?(?:assessment|audit|review|analysis|"
        r"model)",
        r"\bthreat (?:model|analysis|landscape)|\bpenetration test",
    ),
    "threats": _words(r"\bthreat (?:model|analysis)|\battack surface"),
    "subprojects": _words(
        r"^(?:(?:our|related|other|sister|sub) ?)?"
        r"(?:repositories|repos|sub.?projects|related projects)$",
        r"\b(?:list of|related|other) (?:repositories|repos|codebases|sub.?projects)\b",
    ),
    "remediation": _words(
        r"\b(?:vulnerabilit(?:y|ies)|dependency|security) (?:management|remediation|"
        r"patching|triage)(?: polic| process)?",
        r"\b(?:remediation|patching) (?:polic|process|time|sla)",
    ),
}
"""Words in headings, after numbers in front; in lower case."""

LINES = {
    "defect": _words(
        r"\b(?:report|file|open|submit|raise|create|log|found|encounter|run into|know)"
        r"\w{0,4}\b(?!.{0,80}(?:vulnerab|security)).{0,120}"
        r"(?:/issues\b(?!/\d)|\bissue tracker|\bbug tracker|bugzilla|/jira|launchpad)",
    ),
    "test policy": _words(
        r"\b(?:add|includ(?:e|ing)|writ(?:e|ing)|provid(?:e|ing)|accompanied|"
        r"updat(?:e|ing)|contain)"
        r" (?:by |also |any |new |or |and |update |updated |the |some |proper |"
        r"relevant |appropriate |necessary |corresponding |unit |automated |"
        r"regression )*"
        r"(?:tests?|test cases|test coverage|specs)\b"
        r"(?=.{0,80}\b(?:chang|featur|fix|contribut|function|patch|bug))",
        r"\b(?:chang|featur|fix|contribution|pull request|merge request|patch|"
        r"pr)\w{0,3}\b"
        r".{0,80}\b(?:must|should|need\w? to|requires?|have to|be sure to|make sure)\b"
        r".{0,40}\b(?:(?:add|includ|com|accompan|writ|provid|updat|"
        r"have)\w{0,5}\b.{0,30}"
        r"\b(?:tests?|test coverage|test cases)\b|be (?:tested|covered)\b)",
    ),
    "verification": _words(
        r"\b(?:cosign|slsa-verifier|gpg2?|minisign|sq|signify)\b.{0,40}"
        r"\b(?:--)?verify(?:-blob|-attestation|-artifact|-image)?\b",
        r"\bgh attestation verify\b|\bsha(?:256|512)sum (?:-c|--check)\b|"
        r"\bshasum .{0,20}(?:-c|--check)\b|\bhelm .{0,40}--verify\b",
    ),
    "signer": _words(
        r"--certificate-(?:identity|oidc-issuer)|--signer-workflow|"
        r"\b(?:gpg|pgp|signing) ?key.{0,40}\bfingerprint|\bfingerprint\b.{0,40}\bkey\b|"
        r"\b(?:gpg|pgp|key).{0,60}\b(?:[0-9a-f]{4} {0,2}){10}\b|"
        r"\bgpg\b.{0,40}--recv-keys?",
    ),
    "end of support": _words(
        r"\bend.of.(?:life|support|maintenance)\b|\bno longer (?:be )?"
        r"(?:supported|maintained|receiv)|\bsecurity (?:fixes|updates|patches)\b.{0,60}"
        r"\b(?:until|months|years|only|latest|last|versions?)\b",
    ),
    "support": _words(
        r"\b(?:only|we|are|is) (?:the )?(?:latest|last|most recent)\b.{0,60}"
        r"\b(?:support|maintain|security)",
        r"\b(?:supported|maintained) (?:for|until)\b.{0,40}"
        r"\b(?:months?|years?|release|20\d\d)",
    ),
    "discussion": _words(
        r"https?://[^\s)>\"']{0,100}/discussions\b|groups\.google\.com/|"
        r"https?://(?:[\w-]{1,60}\.)?(?:slack\.com|discord\.(?:gg|com)|gitter\.im|"
        r"zulipchat\.com|matrix\.to|discourse\.\w)|"
        r"https?://(?:lists?|forum|forums|discuss|community|talk)\.[\w.-]{3,80}|"
        r"\birc\.(?:libera|oftc|freenode)|\bmailing list\b",
    ),
    "advisories": _words(
        r"/security/advisories\b(?!/new)|\bcve-\d{4}-\d{4,7}\b|\bghsa-[\w-]{14}\b"
    ),
    "badge": _words(
        r"bestpractices\.(?:coreinfrastructure\.org|dev)/(?:en/)?projects/\d"
    ),
    "thresholds": _words(
        r"\b(?:vulnerabilit|cve|critical|high.severity|security (?:issue|finding)s?)"
        r".{0,80}\b(?:within|in|under|before)\b.{0,20}\b(?:\d{1,3} "
        r"(?:business |working |calendar )?(?:hours?|days?|weeks?)|release)",
    ),
    "response time": _words(
        r"\b(?:respon|repl|acknowledg|confirm|triag|address|resol|fix|patch|updat|"
        r"disclos|hear |get back|contact|follow|assess|inform|publish)"
        rf"[^\n]{{0,120}}{_TIME}",
        rf"{_TIME}[^\n]{{0,80}}\b(?:respon|repl|acknowledg|triag|fix|patch|disclos)",
    ),
}
"""Set phrases in a line, code included; in lower case."""

_WRAPPED = re.compile(r"(?<=[^\n])\n(?=[^\n\s#>*-])")
"""A line break within a paragraph; the blank that takes its place keeps lengths."""
_NUMBER = re.compile(r"^[\d.\s\W]{0,12}")
_DRAFT = re.compile(r"^.*use this section to tell people.*$", re.M)
_SITE = re.compile(
    r"https?://(?:docs?\.|[\w.-]{1,80}(?:\.readthedocs\.|/docs?(?:/|$)|/documentation|"
    r"/wiki\b|/(?:[\w/-]{0,80}/)?contribut))"
)
_MANUAL = re.compile(
    r"(?i)\b(?:docs?|documentation|manual|handbook|wiki|user guide|guides)\b"
)


def _version() -> Scanner[Said]:
    from ossay.codec import code_digest

    return Scanner(
        name="posture.sayings",
        version=code_digest([_headings, _writing, sys.modules[__name__]]),
        kind=Said,
        scan=said_in,
        largest_bytes=LARGEST_BYTES,
    )


SCAN_SAYINGS = _version()
