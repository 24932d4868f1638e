# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Guides, rules and logs: known by names of files, headings and links."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ossay.collect._headings import Heading, Link
from ossay.collect._words import Topic, is_headed, is_named, plain_words, stem
from ossay.collect.documentation import facts
from ossay.collect.documentation.outlines import SCAN_OUTLINES, Outline
from ossay.collect.documentation.readmes import Readme
from ossay.collect.documentation.shelves import is_document, is_text, shelf_of
from ossay.model.evidence import Answered, Fact, Item
from ossay.model.tree import Tree, Unreadable

MOST_DOCUMENTS = 400
"""Documents that are opened when neither names nor the README tell."""

TITLES = 2
"""Headings at the start of a document that may say what all of it is about."""


def about_guides(tree: Tree, readmes: tuple[Readme, ...]) -> Iterator[Answered]:
    """Answer what names, the README and, if need be, other documents tell."""
    paths = [e.path for e in tree.entries() if shelf_of(e.path) is not None]
    for fact, topic in _PLAIN.items():
        found = [*_by_names(topic, paths), *_in_readmes(topic, readmes, paths)]
        if topic is Topic.CONTRIBUTING and not found:
            found += _for_developers(topic, tree, paths)
        yield _answer(fact, found, _unjudged(readmes))
    for fact, topic in _GUIDES.items():
        yield _guide(fact, topic, tree, readmes, paths)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    """Why a question stays open, and the documents that keep it so."""

    why: str
    items: tuple[Item, ...]


def _answer(fact: Fact[bool], found: list[Item], unjudged: _Open | None) -> Answered:
    if found:
        return fact.found(True, dict.fromkeys(found))
    if unjudged:
        return fact.unknown(unjudged.why, unjudged.items)
    return fact.found(False)


def _guide(
    fact: Fact[bool],
    topic: Topic,
    tree: Tree,
    readmes: tuple[Readme, ...],
    paths: list[str],
) -> Answered:
    """
    Look for a guide, further and further away.

    A pointer from the README to documentation elsewhere answers for a user guide,
    with a note that it was not opened. It leaves open whether that documentation
    tells how to install, unless its words say so.
    """
    found = [*_by_names(topic, paths), *_in_readmes(topic, readmes, paths)]
    elsewhere = list(_pointers(readmes))
    if topic is Topic.USAGE:
        found += elsewhere
    if found:
        return _answer(fact, found, None)
    found, unread = _in_documents(topic, tree, paths)
    unjudged = _unjudged(readmes)
    if not found and not unjudged and elsewhere:
        why = "the README points to documentation elsewhere, which was not opened"
        unjudged = _Open(why=why, items=tuple(elsewhere))
    if not found and not unjudged and unread:
        why = "there are documents that could not be judged"
        unjudged = _Open(why=why, items=tuple(unread))
    return _answer(fact, found, unjudged)


def _by_names(topic: Topic, paths: Iterable[str]) -> Iterator[Item]:
    """Yield documents named so, and the first in each folder named so."""
    folders = set()
    for path in paths:
        *above, name = path.split("/")
        if is_document(name) and is_named(topic, stem(name)):
            yield Item(subject=path)
        elif is_document(name) or (topic in _FRAGMENTS and not _IMAGE.search(name)):
            folder = _named_folder(topic, above)
            if folder and folder not in folders:
                folders.add(folder)
                yield Item(subject=path, note=f"in a folder named {folder!r}")


def _named_folder(topic: Topic, above: list[str]) -> str | None:
    """Return the folder of *above* that is named so; `docs/user/` is for users."""
    for depth, part in enumerate(above):
        if is_named(topic, stem(part)):
            return part
        if depth == 1 and part in _FOLDERS.get(topic, ()):
            return part
    return None


def _in_readmes(
    topic: Topic, readmes: Iterable[Readme], paths: Iterable[str]
) -> Iterator[Item]:
    known = frozenset(paths)
    for readme in readmes:
        if isinstance(readme.outline, Outline):
            for heading in readme.outline.headings:
                if is_headed(topic, heading.text):
                    yield _section(readme.path, heading)
            for link in readme.outline.links:
                if is_headed(topic, link.text) and _leads_somewhere(link, known):
                    yield _pointer(readme.path, link)


def _for_developers(topic: Topic, tree: Tree, paths: Iterable[str]) -> Iterator[Item]:
    """Yield the first section about *topic* of each document for developers."""
    names = {p: p.rpartition("/")[2] for p in paths if _FOR_DEVELOPERS.search(p)}
    texts = [p for p, name in names.items() if is_text(name)][:MOST_DOCUMENTS]
    for path, outline in tree.scan(SCAN_OUTLINES, texts):
        headings = outline.headings if isinstance(outline, Outline) else ()
        if said := next((h for h in headings if is_headed(topic, h.text)), None):
            yield _section(path, said)


def _in_documents(
    topic: Topic, tree: Tree, paths: Iterable[str]
) -> tuple[list[Item], list[Item]]:
    """Return documents whose title tells, and those that could not be judged."""
    documents = [
        path
        for path in paths
        if "/" in path
        and not path.startswith(".")
        and not _FOR_DEVELOPERS.search(path)
        and is_document(path.rpartition("/")[2])
    ]
    texts = [p for p in documents if is_text(p.rpartition("/")[2])][:MOST_DOCUMENTS]
    found, unread = [], []
    for path, outline in tree.scan(SCAN_OUTLINES, texts):
        if isinstance(outline, Unreadable):
            unread.append(Item(subject=path, note=outline.why))
            continue
        titles = outline.headings[:TITLES]
        if said := next((h for h in titles if is_named(topic, h.text)), None):
            found.append(_section(path, said))
        elif language := outline.why_not_judged():
            unread.append(Item(subject=path, note=f"in {language}"))
    seen = set(texts)
    unread += [
        Item(subject=path, note="a kind of document that is not read")
        for path in documents
        if path not in seen and not is_text(path.rpartition("/")[2])
    ]
    return found, unread


def _unjudged(readmes: Iterable[Readme]) -> _Open | None:
    """Say why READMEs leave open what their sections are about."""
    items = []
    for readme in readmes:
        if isinstance(readme.outline, Unreadable):
            items.append(Item(subject=readme.path, note=readme.outline.why))
        elif language := readme.outline.why_not_judged():
            items.append(Item(subject=readme.path, note=f"in {language}"))
    if not items:
        return None
    why = f"the sections of a README could not be judged: it is {items[0].note}"
    if items[0].note and not items[0].note.startswith("in "):
        why = "a README could not be read"
    return _Open(why=why, items=tuple(items))


def _pointers(readmes: Iterable[Readme]) -> Iterator[Item]:
    """Yield links to documentation on another site."""
    for readme in readmes:
        if isinstance(readme.outline, Outline):
            title = readme.outline.headings[0].text if readme.outline.headings else ""
            for link in readme.outline.links:
                if _leads_to_documentation(link, title):
                    yield _pointer(readme.path, link)


def _leads_to_documentation(link: Link, title: str) -> bool:
    """
    Tell by the words of a link, by its path or by its host.

    Sites that host the documentation of many say whose it is: it has to be that of
    the software the README is about. So it has to be where a link's words are the
    name of what it leads to.
    """
    host = _HOST.match(link.target)
    if not host or not _leaves(link) or _FOR_OTHERS.search(link.text + link.target):
        return False
    about, words = plain_words(title).replace(" ", ""), link.text[:80]
    if hosted := _HOSTED.match(host[1]):
        return hosted[1].lower() in about
    name = plain_words(words).replace(" ", "")
    if about and name in host[1].lower().split(".") and name not in about:
        return False
    return bool(
        is_named(Topic.DOCUMENTATION, words)
        or is_named(Topic.USAGE, words)
        or _DOCUMENTATION_HOST.search(host[1])
        or _DOCUMENTATION_PATH.search(link.target)
    )


def _leaves(link: Link) -> bool:
    """Tell whether a link leads to another site that is worth telling of."""
    host = _HOST.match(link.target)
    return bool(
        host
        and host[1].lower().removeprefix("www.") not in _FOREIGN
        and not _ADDRESS.search(link.target)
        and not _IMAGE.search(link.target)
    )


def _leads_somewhere(link: Link, known: frozenset[str]) -> bool:
    """Tell whether a link leaves the page: to another site, or to a file there is."""
    if _HOST.match(link.target):
        return _leaves(link)
    target = re.sub(r"^(?:\./|/)|[#?].*$", "", link.target)
    return bool(target) and (
        target in known or any(p.startswith(f"{target.rstrip('/')}/") for p in known)
    )


def _section(path: str, heading: Heading) -> Item:
    quoted = "" if "@" in heading.text else f" {heading.text[:80]!r}"
    return Item(subject=path, note=f"section{quoted}", line=heading.line)


def _pointer(path: str, link: Link) -> Item:
    target = link.target[:200]
    opened = ", which was not opened" if _HOST.match(target) else ""
    return Item(subject=path, note=f"points to {target}{opened}", line=link.line)


_PLAIN = {
    facts.CONTRIBUTING: Topic.CONTRIBUTING,
    facts.CODE_OF_CONDUCT: Topic.CONDUCT,
    facts.CHANGE_LOG: Topic.CHANGES,
    facts.GOVERNANCE: Topic.GOVERNANCE,
}
_GUIDES = {facts.INSTALL_GUIDE: Topic.INSTALL, facts.USER_GUIDE: Topic.USAGE}
_FOLDERS = {Topic.USAGE: frozenset({"user", "users"})}
_FRAGMENTS = frozenset({Topic.CHANGES})
"""Topics whose folders may hold files of any kind, such as `changelog.d/`."""

_HOST = re.compile(r"https?://([\w.-]{1,253})(?=[/:?#]|$)")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.\w")
_HOSTED = re.compile(r"(?i)([\w-]{1,60})\.(?:readthedocs\.(?:io|org)|gitbook\.io)$")
_DOCUMENTATION_HOST = re.compile(
    r"(?i)^(?:docs?|documentation|wiki|manual|handbook|help|guide|aide|ayuda)\."
)
_DOCUMENTATION_PATH = re.compile(
    r"(?i)/(?:docs?|documentation|documentacion|manuals?|handbook|user-?guides?|wiki)"
    r"(?=[/?#]|$)"
)
_IMAGE = re.compile(r"(?i)\.(?:png|jpe?g|gif|svg|webp)$")
_FOR_DEVELOPERS = re.compile(
    r"(?i)(?:^|[/_-])(?:dev|develop(?:ers?|ment)?|contribut\w{0,8}|internals?|adr|rfcs?"
    r"|decisions|api)(?:[/_.-]|$)"
)
_FOR_OTHERS = re.compile(r"(?i)develop|\bapi\b|contribut|shields\.io|badge|/actions/|@")
"""Documentation for those who change the software, and what is no documentation."""

_OF_TOOLS = """
cloud.google.com composer.github.io developer.mozilla.org developers.google.com
docs.ansible.com docs.aws.amazon.com docs.cypress.io docs.djangoproject.com
docs.docker.com docs.github.com docs.gitlab.com docs.google.com docs.gradle.org
docs.microsoft.com
docs.npmjs.com docs.oracle.com docs.pytest.org docs.python.org docs.rs
docs.spring.io docs.travis-ci.com en.wikipedia.org git-scm.com help.github.com
help.heroku.com kubernetes.io laravel.com learn.microsoft.com maven.apache.org
nodejs.org reactjs.org semver.org spring.io vuejs.org wikipedia.org
"""
_FOREIGN = frozenset(_OF_TOOLS.split())
"""Documentation of tools, to which READMEs point too."""
