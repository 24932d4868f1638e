# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What manifests without a lockfile name: what is asked for, not what is got."""

import re
from collections.abc import Callable, Iterable, Iterator

from ossay.collect._documents import read_json, read_toml
from ossay.collect.components.named import LONGEST_NAME, Named, purl_of, scope_in
from ossay.collect.components.requirements import named as named_by_requirements
from ossay.model.components import Scope

MOST_NAMED = 20_000
"""Packages of one manifest that are looked at."""

Reader = Callable[[str, bytes], Iterable[Named]]


def reader_of(ecosystem: str) -> tuple[str, Reader] | None:
    """Return the purl type of a package manager, and who reads its manifests."""
    return _READERS.get(ecosystem)


def _one(
    path: str, kind: str, name: str, version: str, scope: Scope, namespace: str = ""
) -> Named:
    told = version if _EXACT.fullmatch(version) else ""
    separator = ":" if kind == "maven" else "/"
    return Named(
        purl=purl_of(kind, name, told, namespace=namespace),
        ecosystem=kind,
        name=f"{namespace}{separator}{name}" if namespace else name,
        version=told,
        file=path,
        scope=scope_in(path, scope),
        direct=True,
    )


_EXACT = re.compile(r"v?\d{1,9}(?:\.\d{1,9}){2,3}(?:[-+][0-9A-Za-z.-]{1,100})?")
"""A whole version; of two numbers most package managers make a range."""


def _package_json(path: str, content: bytes) -> Iterator[Named]:
    document = _table(read_json(content))
    for key, scope in (
        ("dependencies", Scope.RUNTIME),
        ("optionalDependencies", Scope.RUNTIME),
        ("devDependencies", Scope.DEVELOPMENT),
    ):
        for name, version in _pairs(document.get(key)):
            if version.startswith(("file:", "link:", "workspace:", "portal:", ".")):
                continue  # the candidate's own
            namespace, _, last = name.rpartition("/")
            yield _one(path, "npm", last, version, scope, namespace)


def _composer_json(path: str, content: bytes) -> Iterator[Named]:
    document = _table(read_json(content))
    for key, scope in (
        ("require", Scope.RUNTIME),
        ("require-dev", Scope.DEVELOPMENT),
    ):
        for name, version in _pairs(document.get(key)):
            namespace, slash, last = name.rpartition("/")
            if slash:
                yield _one(path, "composer", last, version, scope, namespace)


def _pyproject(path: str, content: bytes) -> Iterator[Named]:
    document = _table(read_toml(content))
    project, tool = _table(document.get("project")), _table(document.get("tool"))
    poetry = _table(tool.get("poetry"))
    yield from named_by_requirements(
        path, _texts(project.get("dependencies")), Scope.RUNTIME
    )
    for extra in _table(project.get("optional-dependencies")).values():
        yield from named_by_requirements(path, _texts(extra), Scope.UNKNOWN)
    groups = _table(document.get("dependency-groups"))
    for group in groups.values():
        yield from named_by_requirements(path, _texts(group), Scope.DEVELOPMENT)
    wanted = [(_table(poetry.get("dependencies")), Scope.RUNTIME)]
    wanted.append((_table(poetry.get("dev-dependencies")), Scope.DEVELOPMENT))
    wanted += [
        (_table(_table(group).get("dependencies")), Scope.DEVELOPMENT)
        for group in _table(poetry.get("group")).values()
    ]
    for table, scope in wanted:
        names = [name for name in table if name.casefold() != "python"]
        yield from named_by_requirements(path, names, scope)


def _cargo(path: str, content: bytes) -> Iterator[Named]:
    document = _table(read_toml(content))
    for key, scope in (
        ("dependencies", Scope.RUNTIME),
        ("dev-dependencies", Scope.DEVELOPMENT),
        ("build-dependencies", Scope.BUILD),
    ):
        for name, wanted in _table(document.get(key)).items():
            more = _table(wanted)
            if "path" not in more and more.get("workspace") is not True:
                real = more.get("package")
                yield _one(path, "cargo", str(real or name), "", scope)


def _gemfile(path: str, content: bytes) -> Iterator[Named]:
    for found in _GEM.finditer(content[:LONGEST_SCRIPT].decode(errors="replace")):
        yield _one(path, "gem", found[1], "", Scope.UNKNOWN)


def _gradle(path: str, content: bytes) -> Iterator[Named]:
    """Read what stands there in words; what a program makes of it is not known."""
    text = content[:LONGEST_SCRIPT].decode(errors="replace")
    for found in _COORDINATES.finditer(text):
        how, group, name, version = found.groups()
        scope = Scope.DEVELOPMENT if "test" in how.casefold() else Scope.UNKNOWN
        yield _one(path, "maven", name, version or "", scope, group)


LONGEST_SCRIPT = 2_000_000

_GEM = re.compile(r"(?m)^[ \t]{0,40}gem[ (][ \t]{0,9}[\"']([\w.-]{1,200})[\"']")
_COORDINATES = re.compile(
    r"(?m)^[ \t]{0,60}([a-zA-Z]{0,60}(?:mplementation|api|ompile|ompileOnly|untimeOnly"
    r"|classpath|Processor|kapt|ksp))[ (]{1,3}(?:(?:enforcedP|p)latform\()?"
    r"[\"']([\w.-]{1,200}):([\w.-]{1,200})(?::([^\"'@:]{1,100}))?"
)


def _table(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _texts(value: object) -> list[str]:
    found = value if isinstance(value, list) else []
    return [text for text in found[:MOST_NAMED] if isinstance(text, str)]


def _pairs(value: object) -> Iterator[tuple[str, str]]:
    for name, version in list(_table(value).items())[:MOST_NAMED]:
        if name and len(name) <= LONGEST_NAME:
            yield name, version if isinstance(version, str) else ""


_READERS: dict[str, tuple[str, Reader]] = {
    "npm": ("npm", _package_json),
    "Composer": ("composer", _composer_json),
    "Python": ("pypi", _pyproject),
    "Cargo": ("cargo", _cargo),
    "Bundler": ("gem", _gemfile),
    "Gradle": ("maven", _gradle),
}
"""By the names that `ossay.collect.security.ecosystems` gives them."""
