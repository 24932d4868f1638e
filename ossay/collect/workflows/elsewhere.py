# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The builds that no foreign tool reads: those of GitLab and of Woodpecker."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from ossay.collect import _documents
from ossay.collect.security.places import View
from ossay.collect.workflows import build, commands, findings, gitlab, woodpecker
from ossay.collect.workflows.build import Build, Image, Include
from ossay.collect.workflows.findings import Finding, Weakness
from ossay.model.evidence import Item
from ossay.model.tree import Scanner, Unreadable

MOST_FILES = 150
"""Files that one build may be put together from (GitLab's own limit)."""

MOST_STARS = 4

_PARTS = re.compile(r"\*\*/?|\*|[^*]+").findall
_PATTERNS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*"}
_FLOATING = Weakness(
    rule="unpinned-images",
    severity="high",
    confidence="high",
    what="an image is another one each time its makers publish",
)


@dataclass(slots=True)
class Builds:
    """
    What was seen in the settings of such builds.

    Attributes:
        paths: Of the files that were looked at, those unread included.
        unread: Files that could not be looked at, with reasons.
        far: Settings that are taken from another repository or made on the way.
        unnamed: Images that something outside of the files names.
    """

    findings: list[Finding] = field(default_factory=list)
    paths: dict[str, None] = field(default_factory=dict)
    unread: list[Item] = field(default_factory=list)
    far: list[Item] = field(default_factory=list)
    unnamed: list[Item] = field(default_factory=list)

    @property
    def systems(self) -> str:
        """The names of the systems, as a sentence has them."""
        named = {"Woodpecker": False, "GitLab": False}
        for path in self.paths:
            named["Woodpecker" if woodpecker.is_woodpecker(path) else "GitLab"] = True
        return " and ".join(sorted(name for name, is_used in named.items() if is_used))


def is_read(path: str) -> bool:
    """Tell whether *path* is where such a build is set up."""
    return gitlab.is_gitlab(path) or woodpecker.is_woodpecker(path)


def builds_of(view: View) -> Builds:
    """Return what the settings in *view* say, those that they take in included."""
    found = Builds()
    _read_gitlab(view, found)
    paths = view.matching(woodpecker.is_woodpecker)
    for path, sets in _read(view, "woodpecker", woodpecker.build_in, paths, found):
        _judge_images(path, sets.images, {}, found)
    found.findings.sort()
    return found


def _read_gitlab(view: View, found: Builds) -> None:
    """Read the settings and, as GitLab does, all that they include."""
    variables: dict[str, str] = {}
    images: list[tuple[str, tuple[Image, ...]]] = []
    left = view.matching(gitlab.is_gitlab)
    while left:
        if len(found.paths) + len(left) > MOST_FILES:
            room = max(0, MOST_FILES - len(found.paths))
            why = f"more than {MOST_FILES} files are put together"
            found.unread += (Item(subject=path, note=why) for path in left[room:])
            left = left[:room]
        wanted: dict[str, None] = {}
        for path, sets in _read(view, "gitlab", gitlab.build_in, left, found):
            images.append((path, sets.images))
            variables |= {n: v for n, v in sets.variables if n not in variables}
            for include in sets.includes:
                wanted |= dict.fromkeys(_followed(view, path, include, found))
        left = [path for path in wanted if path not in found.paths]
    for path, named in images:
        _judge_images(path, named, variables, found)


def _read(
    view: View,
    system: str,
    build_in: Callable[[bytes], Build],
    paths: Iterable[str],
    found: Builds,
) -> Iterator[tuple[str, Build]]:
    """Yield what each file sets, its findings taken over into *found*."""
    from ossay.codec import code_digest

    read_by = [sys.modules[build_in.__module__], build, commands, findings, _documents]
    scanner = Scanner(
        name=f"workflows.{system}",
        version=code_digest(read_by, ["pyyaml"]),
        kind=Build,
        scan=build_in,
        largest_bytes=_documents.LARGEST_YAML_BYTES,
    )
    for path, sets in view.tree.scan(scanner, paths):
        found.paths[path] = None
        if isinstance(sets, Unreadable):
            found.unread.append(Item(subject=path, note=sets.why))
            continue
        found.findings += (replace(each, path=path) for each in sets.findings)
        yield path, sets


def _followed(view: View, path: str, include: Include, found: Builds) -> Iterator[str]:
    """Yield the files of this repository that *include* means."""
    here = Item(subject=path, note=include.what, line=include.line)
    if not include.path or "$" in include.path:
        found.far.append(here)
    elif "*" not in include.path:
        if include.path in view.paths:
            yield include.path
        else:
            why = f"is taken in by {path}, and is not among the files that were seen"
            found.paths[include.path] = None
            found.unread.append(Item(subject=include.path, note=why))
    elif include.path.count("*") > MOST_STARS:
        found.far.append(here)
    else:
        fits = re.compile(
            "".join(_PATTERNS.get(p, re.escape(p)) for p in _PARTS(include.path))
        )
        yield from view.matching(lambda each: fits.fullmatch(each) is not None)


def _judge_images(
    path: str, images: tuple[Image, ...], variables: dict[str, str], found: Builds
) -> None:
    for image in images:
        floats = commands.floats(image.name, variables)
        if floats is None:
            note = image.name[: commands.LONGEST_NAME]
            found.unnamed.append(Item(subject=path, note=note, line=image.line))
        elif floats:
            found.findings.append(_FLOATING.at(image.line, path))
