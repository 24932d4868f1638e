# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What pip's requirements name: a lock where versions are exact, else wishes."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ossay.collect._documents import read_json
from ossay.collect.components.named import Named, purl_of, scope_in
from ossay.model.components import Scope

if TYPE_CHECKING:
    from packaging.requirements import Requirement

LONGEST_REQUIREMENT = 1_000
MOST_REQUIREMENTS = 20_000

_FOR_DEVELOPMENT = re.compile(r"(?i)(?:dev|test|lint|doc|ci|qa|typing|build)")


def named_in_requirements(path: str, content: bytes) -> tuple[Named, ...]:
    """Return the packages that the requirements at *path* name."""
    text = content.decode(errors="replace").replace("\\\r\n", " ").replace("\\\n", " ")
    lines = (line.partition(" #")[0].strip() for line in text.splitlines())
    wanted = [
        line.partition(" --")[0]
        for line in lines
        if line and not line.startswith(("#", "-", ".", "/"))
    ]
    stem = path.rpartition("/")[2]
    scope = Scope.DEVELOPMENT if _FOR_DEVELOPMENT.search(stem[:100]) else Scope.UNKNOWN
    direct = None if b"# via" in content else True  # pip-tools lists all of them
    return tuple(named(path, wanted[:MOST_REQUIREMENTS], scope, direct=direct))


def named_for_development(path: str, pipfile_lock: bytes) -> tuple[Named, ...]:
    """Return what a lockfile of Pipenv has for development, which trivy leaves out."""
    document = read_json(pipfile_lock)
    develop = document.get("develop") if isinstance(document, dict) else None
    wanted = [
        f"{name}{version if isinstance(version, str) else ''}"
        for name, told in (develop if isinstance(develop, dict) else {}).items()
        for version in [told.get("version") if isinstance(told, dict) else ""]
    ]
    return tuple(
        named(path, wanted[:MOST_REQUIREMENTS], Scope.DEVELOPMENT, direct=None)
    )


def named(
    path: str, requirements: Iterable[str], scope: Scope, *, direct: bool | None = True
) -> Iterator[Named]:
    """Yield the packages that *requirements* (PEP 508) name; others are passed by."""
    from packaging.requirements import InvalidRequirement, Requirement
    from packaging.utils import canonicalize_name

    for text in requirements:
        try:
            wanted = Requirement(text[:LONGEST_REQUIREMENT])
        except InvalidRequirement:
            continue
        name = canonicalize_name(wanted.name)
        version = exact_version(wanted)
        yield Named(
            purl=purl_of("pypi", name, version),
            ecosystem="pypi",
            name=name,
            version=version,
            file=path,
            scope=scope_in(path, scope),
            direct=direct,
        )


def exact_version(wanted: "Requirement") -> str:
    """Return the one version that satisfies a requirement; "" where others do."""
    for each in wanted.specifier:
        if each.operator in {"==", "==="} and not each.version.endswith(".*"):
            return each.version
    return ""
