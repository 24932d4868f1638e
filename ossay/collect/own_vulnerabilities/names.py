# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Under which names software goes: its address, and what its own manifests say."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ossay.collect import _documents
from ossay.collect._documents import DocumentUnreadable
from ossay.model.evidence import Item
from ossay.model.packages import repository_key
from ossay.model.tree import BlobUnreadable, EntryKind, Tree

_MODULE = re.compile(rb"^module\s+\"?([^\s\"]+)\"?\s*$", re.MULTILINE)
_VERSION = re.compile(r"(?:refs/tags/)?(?:.*?[-_/])?v?(\d[0-9A-Za-z.+_-]*)")
_TAG = "refs/tags/"


class Name(NamedTuple):
    """
    A package that the software says it is.

    Attributes:
        ecosystem: As purls call it.
        is_address: Whether the name is the address of the repository itself.
        where: The manifest that says so.
    """

    ecosystem: str
    name: str
    is_address: bool
    where: str


def names_of(tree: Tree, folder: str, repository: str) -> Iterator[Name | Item]:
    """
    Yield the packages that manifests at the top of *folder* name.

    A manifest that cannot be read is an `Item`, with the reason. *repository* is the
    key of the repository's address.
    """
    kinds = {entry.path: entry.kind for entry in tree.entries()}
    for file, (ecosystem, read) in _MANIFESTS.items():
        path = f"{folder}/{file}" if folder else file
        if path not in kinds:
            continue
        if kinds[path] in (EntryKind.SYMLINK, EntryKind.SUBMODULE):
            yield Item(subject=path, note="it lies elsewhere")
            continue
        try:
            name = read(tree.read(path))
        except (BlobUnreadable, DocumentUnreadable) as error:
            yield Item(subject=path, note=str(error))
            continue
        if name:
            own = ecosystem == "golang" and _is_within(name, repository)
            yield Name(ecosystem, name, own, path)


def version_of(ref: str) -> str:
    """Return the version that a release tag names; "" for any other ref."""
    found = _VERSION.fullmatch(ref) if ref.startswith(_TAG) else None
    return found[1] if found else ""


def _is_within(module: str, repository: str) -> bool:
    """Tell whether a Go module is called by the address it is fetched from."""
    key = repository_key(module)
    return repository != "" and (key == repository or key.startswith(f"{repository}/"))


def _key(*way: str) -> Callable[[object], str]:
    def read(document: object) -> str:
        for key in way:
            document = document.get(key) if isinstance(document, dict) else None
        return document if isinstance(document, str) else ""

    return read


def _json(content: bytes) -> str:
    return _key("name")(_documents.read_json(content))


def _pyproject(content: bytes) -> str:
    document = _documents.read_toml(content)
    return _key("project", "name")(document) or _key("tool", "poetry", "name")(document)


def _cargo(content: bytes) -> str:
    return _key("package", "name")(_documents.read_toml(content))


def _go(content: bytes) -> str:
    found = _MODULE.search(content)
    return found[1].decode("ascii", "replace") if found else ""


_MANIFESTS: dict[str, tuple[str, Callable[[bytes], str]]] = {
    "package.json": ("npm", _json),
    "composer.json": ("composer", _json),
    "pyproject.toml": ("pypi", _pyproject),
    "Cargo.toml": ("cargo", _cargo),
    "go.mod": ("golang", _go),
}
