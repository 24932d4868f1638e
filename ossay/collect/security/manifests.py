# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which files ask for packages, and whether a lockfile fixes what they get."""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from ossay.collect._documents import DocumentUnreadable, read_json, read_yaml
from ossay.collect.security.ecosystems import (
    NPM,
    PYTHON,
    REQUIREMENTS,
    Ecosystem,
    ecosystem_of,
    is_exact,
)
from ossay.collect.security.places import View, is_set_aside
from ossay.model.evidence import Answered, Combine, Fact, Item
from ossay.model.tree import BlobUnreadable

MANIFESTS = Fact(
    name="security.manifests",
    kind=int,
    unit="files",
    asks="How many manifests of package managers are there, tests, examples and "
    "borrowed code left out?",
    combine=Combine.SUM,
)
MANIFESTS_WITHOUT_LOCKFILE = Fact(
    name="security.manifests_without_lockfile",
    kind=int,
    unit="files",
    asks="How many manifests that can have a lockfile have none?",
    combine=Combine.SUM,
)

NO_MANIFEST = "there is no manifest of a package manager"

MOST_PATTERNS = 500
"""Patterns of one workspace that are looked at."""


def answers(view: View) -> Iterator[Answered]:
    """
    Answer from names, and from the content of manifests that have no lockfile.

    Left out are tests, examples, templates and borrowed code. Only manifests that
    name packages, of package managers that know lockfiles, can lack one; for a
    library that is the custom.
    """
    found = manifests_of(view)
    yield MANIFESTS.found(
        len(found), (Item(subject=m.path, note=m.ecosystem.name) for m in found)
    )
    if not found:
        yield MANIFESTS_WITHOUT_LOCKFILE.inapplicable(NO_MANIFEST)
        return
    yield _without_lockfile(view, found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A manifest, and the package manager it is for."""

    path: str
    ecosystem: Ecosystem

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]


def manifests_of(view: View) -> list[Manifest]:
    """Return the files that ask for packages, in git's order."""
    found = []
    for path in view.own_paths:
        ecosystem = ecosystem_of(path)
        if ecosystem and not is_set_aside(path):
            found.append(Manifest(path=path, ecosystem=ecosystem))
    return found


def _without_lockfile(view: View, found: list[Manifest]) -> Answered:
    if not any(_can_have_a_lockfile(m) for m in found):
        none = "the package managers in use know no lockfiles"
        return MANIFESTS_WITHOUT_LOCKFILE.inapplicable(none)
    lacking, unclear = without_lockfile(view, found)
    if unclear:
        why = f"a manifest could not be judged: {unclear[0].note}"
        return MANIFESTS_WITHOUT_LOCKFILE.unknown(why, unclear)
    without = [Item(subject=m.path, note=_missing(m.ecosystem)) for m in lacking]
    return MANIFESTS_WITHOUT_LOCKFILE.found(len(without), without)


def without_lockfile(
    view: View, found: list[Manifest]
) -> tuple[list[Manifest], list[Item]]:
    """Return those that name packages no lockfile fixes, and those not judged."""
    locks = _Locks(view)
    without, unclear = [], []
    for manifest in filter(_can_have_a_lockfile, found):
        try:
            if locks.cover(manifest):
                continue
            if manifest.ecosystem.needs_lock(view.tree.read(manifest.path)):
                without.append(manifest)
        except (BlobUnreadable, DocumentUnreadable) as error:
            unclear.append(Item(subject=manifest.path, note=str(error)))
    return without, unclear


def _can_have_a_lockfile(manifest: Manifest) -> bool:
    return manifest.ecosystem.keeps_locks


def _missing(ecosystem: Ecosystem) -> str:
    if ecosystem.name == REQUIREMENTS:
        return "pip: not every requirement names one version"
    return f"{ecosystem.name}: no {' or '.join(ecosystem.locks)}"


class _Locks:
    """What the lockfiles of a tree cover; reads as little as will do."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.paths = frozenset(view.paths)
        self._patterns: dict[str, tuple[str, ...]] = {}

    def cover(self, manifest: Manifest) -> bool:
        """Tell whether a lockfile beside or above fixes what *manifest* gets."""
        if manifest.ecosystem.name == REQUIREMENTS:
            return self._is_fixed(manifest)
        if self._has_lock(manifest.folder, manifest.ecosystem):
            return True
        if manifest.ecosystem is PYTHON and self._is_frozen(manifest.folder):
            return True
        return any(
            self._has_lock(above, manifest.ecosystem)
            and self._takes_in(above, manifest)
            for above in _above(manifest.folder)
        )

    def _is_fixed(self, manifest: Manifest) -> bool:
        """Requirements are a lock themselves, or are the source of one (pip-tools)."""
        stem, _, ending = manifest.path.rpartition(".")
        if ending == "in":
            return f"{stem}.txt" in self.paths
        return is_exact(self.view.tree.read(manifest.path))

    def _is_frozen(self, folder: str) -> bool:
        """Tell whether requirements of exact versions stand beside a project."""
        frozen = _join(folder, "requirements.txt")
        if frozen not in self.paths:
            return False
        content = self.view.tree.read(frozen)
        return b"==" in content and is_exact(content)

    def _has_lock(self, folder: str, ecosystem: Ecosystem) -> bool:
        return any(_join(folder, name) in self.paths for name in ecosystem.locks)

    def _takes_in(self, above: str, manifest: Manifest) -> bool:
        """Tell whether the folder *above* is a workspace with *manifest* in it."""
        if manifest.ecosystem is NPM:
            inner = manifest.folder.removeprefix(f"{above}/" if above else "")
            return any(_matches(inner, p) for p in self._npm_workspaces(above))
        return any(
            text in self.view.tree.read(_join(above, name))
            for name, text in manifest.ecosystem.workspace
            if _join(above, name) in self.paths
        )

    def _npm_workspaces(self, folder: str) -> tuple[str, ...]:
        """Return the patterns that npm, Yarn, pnpm and Lerna find members by."""
        if folder not in self._patterns:
            patterns: list[str] = []
            for name, key in _NPM_WORKSPACES:
                path = _join(folder, name)
                if path in self.paths:
                    content = self.view.tree.read(path)
                    is_yaml = name.endswith(".yaml")
                    document = read_yaml(content) if is_yaml else read_json(content)
                    patterns += _patterns(document, key)
            self._patterns[folder] = tuple(patterns[:MOST_PATTERNS])
        return self._patterns[folder]


_NPM_WORKSPACES = (
    ("package.json", "workspaces"),
    ("pnpm-workspace.yaml", "packages"),
    ("lerna.json", "packages"),
)


def _patterns(document: object, key: str) -> list[str]:
    found = document.get(key) if isinstance(document, dict) else None
    if isinstance(found, dict):
        found = found.get("packages")
    entries = found if isinstance(found, list) else []
    return [p.removeprefix("./").rstrip("/") for p in entries if isinstance(p, str)]


def _matches(path: str, pattern: str) -> bool:
    """Tell whether a folder matches; only `**` reaches across several levels."""
    if "**" in pattern:
        return fnmatchcase(path, pattern)
    parts, patterns = path.split("/"), pattern.split("/")
    if len(parts) != len(patterns):
        return False
    return all(fnmatchcase(p, q) for p, q in zip(parts, patterns, strict=True))


def _above(folder: str) -> Iterator[str]:
    """Yield the folders around *folder*, nearest first, the top ("") last."""
    while folder:
        folder = folder.rpartition("/")[0]
        yield folder


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
