# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Fix one commit of a repository: the one asked for, or the one to look at."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import PurePosixPath

from ossay.model.candidate import Part
from ossay.model.releases import latest_release
from ossay.model.snapshot import Chosen, Snapshot, SnapshotError
from ossay.model.tree import Unreadable
from ossay.source.ident import moment_of
from ossay.source.objects import (
    GitObject,
    Objects,
    ObjectUnreadable,
    header,
    name_in,
    tree_entries,
)
from ossay.source.refs import as_text
from ossay.source.repository import Repository
from ossay.source.tags import read_tags

_FULL = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_ABBREVIATED = re.compile(r"[0-9a-f]{7,63}")
_NAMED_AT_MOST = 5
_COMPARED_AT_MOST = 2_000
_FOLDER = b"40000"
_EMPTY = "it is empty: there is no commit yet; try again once there is one"


def take_snapshot(repository: Repository, part: Part, taken_at: datetime) -> Snapshot:
    """
    Fix the commit of *repository* that *part* asks for.

    With no ref it is, for a local work tree, what is checked out; else the
    latest release (`ossay.model.releases.latest_release` has the rule); else
    the default branch.
    """
    objects = Objects(repository)
    try:
        ref, commit, chosen = _choose(repository, objects, part)
        told = _read(objects, commit)
        tree = name_in(told.content, b"tree")
        path = _path(objects, repository, part, tree)
    finally:
        objects.close()
    return Snapshot(
        repository_url=repository.url,
        path=path,
        ref=ref,
        chosen=chosen,
        commit=commit,
        tree=tree,
        refs_digest=repository.refs_digest,
        shallow=repository.shallow,
        committed_at=moment_of(header(told.content, b"committer")),
        taken_at=taken_at.astimezone(UTC),
    )


def _choose(
    repository: Repository, objects: Objects, part: Part
) -> tuple[str, str, Chosen]:
    if part.ref:
        return (*_asked(repository, objects, part.ref), Chosen.ASKED)
    if repository.work_tree is not None:
        return (*_head(repository, objects), Chosen.CHECKED_OUT)
    project = PurePosixPath(repository.url).name.removesuffix(".git")
    names = filter(None, (PurePosixPath(part.path).name, part.name))
    tags = read_tags(repository, objects)
    tag = latest_release(tags, *names, project=project)
    if tag is not None:
        return f"refs/tags/{tag.name}", tag.commit, Chosen.LATEST_RELEASE
    return (*_head(repository, objects), Chosen.DEFAULT_BRANCH)


def _head(repository: Repository, objects: Objects) -> tuple[str, str]:
    """Return the branch that HEAD names and its commit, or the commit alone."""
    head = repository.head
    if not repository.refs:
        raise _refusal(repository, _EMPTY)
    if _FULL.fullmatch(head) and repository.work_tree is not None:
        return "", _commit(repository, objects, "HEAD", head)
    oid = repository.ref(head)
    if oid is None:
        why = f"its HEAD names {head!r}, which does not exist" if head else "none named"
        if _FULL.fullmatch(head):
            why = "its HEAD is a commit and no branch"
        why = f"it has no default branch ({why}); {_offer(repository)}"
        raise _refusal(repository, why)
    return head, _commit(repository, objects, head, oid)


def _asked(repository: Repository, objects: Objects, ref: str) -> tuple[str, str]:
    """Return full name and commit of *ref*: HEAD, a tag, branch or commit."""
    if not repository.refs:
        raise _refusal(repository, _EMPTY)
    if ref.startswith("-"):
        raise _refusal(repository, f"a ref does not begin with a dash, got {ref!r}")
    if ref == "HEAD":
        return _head(repository, objects)
    for name in (ref, f"refs/tags/{ref}", f"refs/heads/{ref}"):
        oid = repository.ref(name)
        if oid is not None:
            return name, _commit(repository, objects, name, oid)
    lower = ref.lower()
    if _FULL.fullmatch(lower) or _ABBREVIATED.fullmatch(lower):
        return "", _commit(repository, objects, ref, lower)
    raise _refusal(repository, f"there is no ref {ref!r}; {_offer(repository, ref)}")


def _commit(repository: Repository, objects: Objects, ref: str, oid: str) -> str:
    try:
        full = oid if _FULL.fullmatch(oid) else objects.commit_named(oid)
        return objects.commit_of(full)
    except ObjectUnreadable as error:
        msg = f"cannot assess {ref!r} of {repository.url}: {error}"
        raise SnapshotError(msg) from error


def _read(objects: Objects, commit: str) -> GitObject:
    found = objects.one(commit)
    if isinstance(found, Unreadable):
        raise SnapshotError(f"cannot read commit {commit}: {found.why}")
    return found


def _path(objects: Objects, repository: Repository, part: Part, tree: str) -> str:
    """Return the folder to look at, once it is known to be there."""
    named = PurePosixPath(part.path)
    if named.is_absolute() or ".." in named.parts:
        raise _refusal(repository, f"{part.path!r} leads out of the repository")
    whole = PurePosixPath(repository.inside) / named
    for depth, name in enumerate(whole.parts):
        folders = _named(objects, tree, _FOLDER)
        found = folders.get(name.encode())
        if found is None:
            above = "/".join(whole.parts[:depth])
            why = f"there is no folder {str(whole)!r} in it"
            raise _refusal(repository, f"{why}; {_like(name, folders, above)}")
        tree = found
    return "/".join(whole.parts)


def _like(name: str, folders: Iterable[bytes], above: str) -> str:
    """Name the folders below *above* that are called much like *name*."""
    names = [as_text(f) for f in folders][:_COMPARED_AT_MOST]
    close = get_close_matches(name[:100], names, _NAMED_AT_MOST)
    some = [str(PurePosixPath(above, other)) for other in close]
    if not some:
        return "check its spelling"
    return f"there is for example {', '.join(map(repr, some))}"


def top_file(objects: Objects, tree: str, name: bytes, at_most: int) -> str | None:
    """Return the blob of the file *name* directly in *tree*, if it can be read."""
    oid = _named(objects, tree, b"100").get(name)
    if oid is None or isinstance(objects.one(oid, at_most), Unreadable):
        return None
    return oid


def _named(objects: Objects, tree: str, mode: bytes) -> dict[bytes, str]:
    """Return what lies directly in *tree* and has such a mode, by name."""
    found = objects.one(tree)
    if isinstance(found, Unreadable):
        raise SnapshotError(f"cannot read folder {tree}: {found.why}")
    return {
        entry.name: entry.oid
        for entry in tree_entries(found.content, len(tree))
        if entry.mode.lstrip(b"0").startswith(mode)
    }


def _offer(repository: Repository, like: str = "") -> str:
    """Name some refs that do exist, those most like *like* first."""
    names = [*repository.branches, *repository.tags]
    close = (
        get_close_matches(like[:100], names[:_COMPARED_AT_MOST], _NAMED_AT_MOST)
        if like
        else []
    )
    rest = [n for n in (*repository.branches, *repository.tags[::-1]) if n not in close]
    some = [*close, *rest][:_NAMED_AT_MOST]
    return f"there are for example {', '.join(map(repr, some))}" if some else "none are"


def _refusal(repository: Repository, why: str) -> SnapshotError:
    return SnapshotError(f"cannot assess {repository.url}: {why}")
