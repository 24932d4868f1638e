# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The tags of a repository, followed to the commits they lead to."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from ossay.model.history import Tag
from ossay.model.tree import Unreadable
from ossay.source.ident import moment_of
from ossay.source.objects import GitObject, Objects, header, name_in
from ossay.source.repository import Repository

_KIND = "refs/tags/"
_DEEPEST_TAG = 10
_SIGNATURE = re.compile(
    rb"^(?:-----BEGIN (?:PGP SIGNATURE|PGP MESSAGE|SSH SIGNATURE|SIGNED MESSAGE)-----"
    rb"|gpgsig(?:-sha256)? )",
    re.MULTILINE,
)


@dataclass(slots=True)
class _Open:
    """A tag that was not yet followed to its commit."""

    name: str
    oid: str
    tagged_at: datetime | None = None
    is_annotated: bool = False
    is_signed: bool = False


def read_tags(repository: Repository, objects: Objects) -> tuple[Tag, ...]:
    """
    Return every tag that leads to a commit, newest first.

    Tags on files and folders, and those whose objects are missing (a shallow
    clone), are left out. A signature is seen, not checked. While a process runs,
    tags of which nothing was missing are read once: several collectors ask.
    """
    try:
        return _all_of(repository)
    except _SomeMissing as found:
        objects.has_failed = True
        return found.tags


class _SomeMissing(Exception):
    """An object was missing or damaged, and may be there the next time."""

    def __init__(self, tags: tuple[Tag, ...]) -> None:
        self.tags = tags


@lru_cache(maxsize=4)
def _all_of(repository: Repository) -> tuple[Tag, ...]:
    objects = Objects(repository)
    left = [
        _Open(name.removeprefix(_KIND), oid)
        for name, oid in repository.refs
        if name.startswith(_KIND)
    ]
    closed: list[Tag] = []
    for _ in range(_DEEPEST_TAG):
        if not left:
            break
        left = _one_step(left, objects, closed)
    tags = tuple(sorted(closed, key=lambda t: (t.tagged_at, t.name), reverse=True))
    if objects.has_failed:
        raise _SomeMissing(tags)
    return tags


def _one_step(left: list[_Open], objects: Objects, closed: list[Tag]) -> list[_Open]:
    """Follow each tag by one object; return those that led to another tag."""
    by_oid: dict[str, list[_Open]] = {}
    for tag in left:
        by_oid.setdefault(tag.oid, []).append(tag)
    further: list[_Open] = []
    for oid, it in objects.many(filter(None, by_oid)):
        if isinstance(it, Unreadable):
            continue
        if it.kind == "commit":
            closed += (_closed(tag, it) for tag in by_oid[oid])
        elif it.kind == "tag":
            further += (_followed(tag, it) for tag in by_oid[oid])
    return further


def _followed(tag: _Open, it: GitObject) -> _Open:
    """Return *tag* one step further; the outermost object tells date and signature."""
    leads_on = header(it.content, b"type") in {b"commit", b"tag"}
    tag.oid = name_in(it.content, b"object") if leads_on else ""
    if not tag.is_annotated:
        tagger = header(it.content, b"tagger")
        tag.tagged_at = moment_of(tagger) if tagger else None
        tag.is_annotated = True
        tag.is_signed = bool(_SIGNATURE.search(it.content))
    return tag


def _closed(tag: _Open, it: GitObject) -> Tag:
    return Tag(
        name=tag.name,
        commit=tag.oid,
        tagged_at=tag.tagged_at or moment_of(header(it.content, b"committer")),
        is_annotated=tag.is_annotated,
        is_signed=tag.is_signed,
    )
