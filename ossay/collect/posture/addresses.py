# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Web addresses that a project states as its own, and whether they are encrypted."""

import re
from collections.abc import Iterator

from ossay.collect import _documents
from ossay.collect._documents import DocumentUnreadable
from ossay.collect.posture import facts
from ossay.collect.security.places import View
from ossay.model.evidence import Answered, Item
from ossay.model.tree import BlobUnreadable

FIELDS = {
    "package.json": ("homepage", "repository", "bugs", "repository.url", "bugs.url"),
    "composer.json": (
        *("homepage", "support.issues", "support.source", "support.docs"),
        *("support.forum", "support.wiki", "support.chat"),
    ),
    "codemeta.json": ("url", "codeRepository", "issueTracker", "readme"),
    "pyproject.toml": (
        "project.urls",
        "tool.poetry.homepage",
        "tool.poetry.repository",
    ),
    "Cargo.toml": (
        *("package.homepage", "package.repository", "package.documentation"),
        *("workspace.package.homepage", "workspace.package.repository"),
    ),
    "publiccode.yml": ("url", "landingURL", "roadmap"),
    "publiccode.yaml": ("url", "landingURL", "roadmap"),
}
"""Manifests at the top, and their fields for the project's own addresses."""


def answers(view: View) -> Iterator[Answered]:
    """Answer from manifests at the top of the repository, or of the part."""
    stated: list[tuple[str, str, str]] = []
    unread: list[Item] = []
    for path in view.paths:
        name = view.within(path)
        if name not in FIELDS:
            continue
        try:
            document = _read(name, view.tree.read(path))
        except (BlobUnreadable, DocumentUnreadable) as error:
            unread.append(Item(subject=path, note=str(error)))
            continue
        for field in FIELDS[name]:
            stated += [(path, field, url) for url in _urls(_at(document, field))]
    if unread:
        why = f"a manifest could not be read: {unread[0].note}"
        yield facts.ADDRESSES.unknown(why, unread)
        yield facts.UNENCRYPTED.unknown(why, unread)
        return
    items = [Item(subject=path, note=field) for path, field, _ in stated]
    yield facts.ADDRESSES.found(len(stated), items)
    if not stated:
        yield facts.UNENCRYPTED.inapplicable("no manifest states a web address")
        return
    plain = [
        Item(subject=path, note=field)
        for path, field, url in stated
        if _PLAIN.match(url)
    ]
    yield facts.UNENCRYPTED.found(len(plain), plain)


def _read(name: str, content: bytes) -> object:
    if name.endswith(".json"):
        return _documents.read_json(content)
    if name.endswith(".toml"):
        return _documents.read_toml(content)
    return _documents.read_yaml(content)


def _at(document: object, field: str) -> object:
    for key in field.split("."):
        document = document.get(key) if isinstance(document, dict) else None
    return document


def _urls(value: object) -> list[str]:
    values = value.values() if isinstance(value, dict) else (value,)
    return [v for v in values if isinstance(v, str) and _ADDRESS.match(v)]


_ADDRESS = re.compile(r"(?:git\+)?(?:https?|git|ssh|ftp)://", re.I)
_PLAIN = re.compile(r"(?:git\+)?(?:http|git|ftp)://(?!localhost\b)", re.I)
