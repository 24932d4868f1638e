# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What `Cargo.lock` names, all of it, and what the manifests beside it say of that.

Where trivy has a manifest it lists what it can reach from there, and loses what is
got from git or needed to build, with all that those bring along.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ossay.collect._documents import DocumentUnreadable, read_toml
from ossay.collect.components.named import (
    Named,
    fixed,
    folders_around,
    purl_of,
    scope_in,
    ways,
)
from ossay.model.components import Scope

LOCK = "Cargo.lock"
MANIFEST = "Cargo.toml"

_TABLES = {
    "dependencies": Scope.RUNTIME,
    "build-dependencies": Scope.BUILD,
    "dev-dependencies": Scope.DEVELOPMENT,
}

_NEED = (Scope.RUNTIME, Scope.UNKNOWN, Scope.BUILD, Scope.DEVELOPMENT)
"""What is reached in several ways has the first of these that fits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """
    One entry of a lockfile.

    Attributes:
        source: Where it is got from; "" for what is kept in the repository itself.
        needs: Each as the lockfile writes it: name, version and source, of which the
            last two are left out where the first tells enough.
    """

    name: str
    version: str
    source: str
    needs: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.name} {self.version} {self.source}"


def manifests_by_lock(paths: Iterable[str]) -> dict[str, list[str]]:
    """Return each lockfile among *paths*, with the manifests it is the nearest of."""
    named = [(path, path.rpartition("/")[2]) for path in paths]
    found: dict[str, list[str]] = {path: [] for path, name in named if name == LOCK}
    for path, name in named:
        if name == MANIFEST:
            around = (f"{folder}{LOCK}" for folder in folders_around(path))
            if lock := next((one for one in around if one in found), ""):
                found[lock].append(path)
    return found


def named_in_lock(
    path: str, content: bytes, manifests: Mapping[str, bytes]
) -> Iterator[Named]:
    """
    Yield what the lockfile at *path* names.

    *manifests* are those that it is the nearest lockfile of, by path; one that cannot
    be read leaves open when the packages are needed that it alone names.
    """
    packages = _packages(content)
    leads_to = _ways_on(packages)
    own = [package for package in packages if not package.source]
    starts = _named_by(own, leads_to, dict(_wishes(manifests)))
    is_direct = {key for package in own for key in leads_to[package.key]}
    by_key = {package.key: package for package in packages}
    outside = {key for key, package in by_key.items() if package.source}
    purls = {k: purl_of("cargo", by_key[k].name, by_key[k].version) for k in by_key}
    reached: dict[str, tuple[Scope, tuple[str, ...]]] = {}
    for scope in _NEED:
        # A package of the repository is passed through: what it needs is direct.
        for key, way in ways(starts[scope], leads_to):
            reached.setdefault(key, (scope, way))
    for key in sorted(outside):
        scope, way = reached.get(key, (Scope.UNKNOWN, ()))
        yield Named(
            purl=purls[key],
            ecosystem="cargo",
            name=by_key[key].name,
            version=by_key[key].version,
            file=path,
            scope=scope_in(path, scope),
            direct=key in is_direct if own else None,
            brought_by=tuple(purls[step] for step in way if step in outside),
        )


def _packages(content: bytes) -> list[Package]:
    document = read_toml(content)
    found = document if isinstance(document, dict) else {}
    listed = found.get("package", [])
    if not isinstance(listed, list):
        raise DocumentUnreadable(_NO_PACKAGES)
    root = [found["root"]] if "root" in found else []  # as it was until 2018
    return [_package(each) for each in [*root, *listed]]


_NO_PACKAGES = "its packages are not told as Cargo tells them"


def _package(raw: object) -> Package:
    told = raw if isinstance(raw, dict) else {}
    name, version, source = (told.get(k, "") for k in ("name", "version", "source"))
    needs = told.get("dependencies", [])
    is_told = isinstance(needs, list) and all(isinstance(n, str) for n in needs)
    if not (is_told and all(isinstance(x, str) for x in (name, version, source))):
        raise DocumentUnreadable(_NO_PACKAGES)
    if not name or (source and not fixed(version)):
        raise DocumentUnreadable(_NO_PACKAGES)
    return Package(name=name, version=version, source=source, needs=tuple(needs))


def _ways_on(packages: Iterable[Package]) -> dict[str, tuple[str, ...]]:
    """
    Return what each package needs, by keys.

    Raises:
        DocumentUnreadable: Words fit several packages: Cargo writes as many as tell
            one from the others, and of a package of the repository never a source.
    """
    every = list(packages)
    written: dict[str, set[str]] = defaultdict(set)
    for package in every:
        for words in _as_written(package):
            written[words].add(package.key)
    own = {one.key for one in every if not one.source}
    meant: dict[str, str] = {}
    for words, keys in written.items():
        fitting = keys if len(keys) == 1 else keys & own
        if len(fitting) == 1:
            [meant[words]] = fitting
    if any(n in written and n not in meant for one in every for n in one.needs):
        raise DocumentUnreadable(_NO_PACKAGES)
    return {
        one.key: tuple(sorted({meant[n] for n in one.needs if n in meant}))
        for one in every
    }


def _as_written(package: Package) -> Iterator[str]:
    """Yield the words by which others need a package."""
    short = f"{package.name} {package.version}"
    yield from (package.name, short)
    if package.source:
        yield f"{short} ({package.source})"
        yield f"{short} ({package.source.partition('#')[0]})"  # as of 2020, no commit


def _named_by(
    own: Iterable[Package],
    leads_to: Mapping[str, tuple[str, ...]],
    wishes: Mapping[str, Mapping[str, Scope]],
) -> Mapping[Scope, list[str]]:
    """Return what the repository's own packages need, by when they need it."""
    found: dict[Scope, list[str]] = {scope: [] for scope in _NEED}
    of_its_own = {package.key for package in own}
    for package in own:
        told = wishes.get(package.name, {})
        for key in leads_to[package.key]:
            if key not in of_its_own:
                found[told.get(key.split(" ")[0], Scope.UNKNOWN)].append(key)
    return {scope: sorted(set(keys)) for scope, keys in found.items()}


def _wishes(
    manifests: Mapping[str, bytes],
) -> Iterator[tuple[str, Mapping[str, Scope]]]:
    """Yield each package of the repository, and when it needs what it names."""
    read = {path: _table(found) for path, found in _read(manifests)}
    workspaces = (_table(document.get("workspace")) for document in read.values())
    shared = [named for w in workspaces if (named := _table(w.get("dependencies")))]
    for path, document in read.items():
        name = _table(document.get("package")).get("name")
        if not isinstance(name, str):
            continue
        found: dict[str, Scope] = {}
        targets = [document, *_table(document.get("target")).values()]
        for table in map(_table, targets):
            for kind, scope in _TABLES.items():
                for wish, more in _table(table.get(kind)).items():
                    for real in _real_names(wish, _table(more), shared):
                        told = scope_in(path, scope)
                        found[real] = min(found.get(real, told), told, key=_NEED.index)
        yield name, found


def _real_names(
    wish: str, more: Mapping[str, object], shared: Iterable[Mapping[str, object]]
) -> Iterator[str]:
    """Yield the package that a wish is for, which may go by another name here."""
    known = [more, *(_table(s.get(wish)) for s in shared if more.get("workspace"))]
    renamed = [real for one in known if isinstance(real := one.get("package"), str)]
    yield from renamed or [wish]


def _read(manifests: Mapping[str, bytes]) -> Iterator[tuple[str, object]]:
    for path, content in manifests.items():
        try:
            yield path, read_toml(content)
        except DocumentUnreadable:
            continue  # what it alone names has the scope "unknown"


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
