# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The images that containers are built from, as Dockerfiles name them."""

import re

from ossay.collect.components.named import Named, purl_of, scope_in
from ossay.model.components import Scope

DOCKERFILE = re.compile(
    r"(?i)(?:.*/)?(?:(?:Dockerfile|Containerfile)(?:[.-][\w.-]+)?|[\w.-]+\.Dockerfile)"
)

MOST_LINES = 20_000
LONGEST_LINE = 2_000

_ARG = re.compile(r"(?i)\s*ARG\s+(\w+)=[\"']?([^\s\"']*)")
_FROM = re.compile(
    r"(?i)\s*FROM\s+(?:--\S+\s+)*[\"']?([^\s\"']+)[\"']?(?:\s+AS\s+(\S+))?"
)
_VARIABLE = re.compile(r"\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))")
_PLAIN = re.compile(r"[\w./:-]{1,300}")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")

_DOCKER_HUB = frozenset({"docker.io", "index.docker.io", "registry-1.docker.io"})
_EMPTY = "scratch"


def is_dockerfile(path: str) -> bool:
    """Tell whether *path* says how an image is built."""
    return DOCKERFILE.fullmatch(path) is not None


def images_in(path: str, content: bytes) -> tuple[Named, ...]:
    """
    Return the images that the Dockerfile at *path* begins with.

    What the last stage rests on is what runs; the others are there to build it.
    """
    lines = content.decode(errors="replace").splitlines()[:MOST_LINES]
    arguments: dict[str, str] = {}
    stages: dict[str, str] = {}
    last = ""
    found: dict[str, None] = {}
    for line in lines:
        line = line[:LONGEST_LINE]
        if given := _ARG.match(line):
            arguments.setdefault(given[1], given[2])
        elif begun := _FROM.match(line):
            image = _filled(begun[1], arguments)
            last = stages.get(image.casefold(), image)
            found[last] = None
            if begun[2]:
                stages[begun[2].casefold()] = last
    named = (
        _named(path, image, Scope.RUNTIME if image == last else Scope.BUILD)
        for image in found
        if image != _EMPTY
    )
    return tuple(filter(None, named))


def _is_for_tests(path: str) -> bool:
    return _FOR_TESTS.search(path.rpartition("/")[2][:200]) is not None


_FOR_TESTS = re.compile(r"(?i)(?:^|[._-])(?:tests?|dev|devel|ci|e2e|debug)(?:[._-]|$)")


def _filled(image: str, arguments: dict[str, str]) -> str:
    """Return *image* with variables for which the file itself has a value."""

    def value(found: re.Match[str]) -> str:
        name = found[1] or found[3]
        return arguments.get(name) or found[2] or found[0]

    return _VARIABLE.sub(value, image)[:LONGEST_LINE]


def _named(path: str, image: str, scope: Scope) -> Named | None:
    told, _, is_open = image.partition("$")
    named, _, digest = told.partition("@")
    if is_open:  # the tag, or all of it, is told when it is built
        named = named.rstrip(":")
    if not _PLAIN.fullmatch(named):
        return None
    where, _, last = named.rpartition("/")
    last, _, tag = last.partition(":")
    host, _, rest = where.partition("/")
    if "." in host or ":" in host or host == "localhost":
        where = rest
    else:
        host = ""
    if not last:
        return None
    version = digest if _DIGEST.fullmatch(digest) else tag
    version = "" if version.casefold() == "latest" or is_open else version
    if host in _DOCKER_HUB:
        host = ""
    more = {"repository_url": host} if host else {}
    namespace = where or ("" if host else "library")
    return Named(
        purl=purl_of("docker", last, version, namespace=namespace, **more),
        ecosystem="docker",
        name="/".join(filter(None, (host, where, last))),
        version=version,
        file=path,
        scope=Scope.DEVELOPMENT if _is_for_tests(path) else scope_in(path, scope),
        direct=True,
    )
