# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What follows from where a file is: whose it is, and which licence files are near.

None of this is remembered by blob. The same bytes say "see LICENSE" in two folders
and mean two files.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import lru_cache

from ossay.collect.licensing.names import Scope, scope_of


class Origin(StrEnum):
    """Where a file comes from, as far as its place tells."""

    OWN = "own"
    VENDORED = "vendored"
    GENERATED = "generated"


_VENDORED_WORDS = """
    vendor vendors vendored _vendor node_modules bower_components jspm_packages
    third_party third-party thirdparty 3rdparty 3rd_party 3rd-party
    external externals extern deps dependencies site-packages dist-packages
    pods carthage godeps _godeps _workspace elm-stuff subprojects submodules
    wp-includes vendor_modules web_modules bundled contrib-libs
"""
VENDORED = frozenset(_VENDORED_WORDS.split())
"""Folders that hold the work of others, in the ecosystems that software comes from."""

_GENERATED_WORDS = """
    dist build out target obj generated __generated__ gen autogen _build
    .next .nuxt .output .gradle .mvn __pycache__ htmlcov coverage storybook-static
    public-build deriveddata cmake-build-debug cmake-build-release bazel-out
"""
GENERATED = frozenset(_GENERATED_WORDS.split())

_GENERATED_ENDINGS = (
    ".min.js",
    ".min.css",
    ".bundle.js",
    ".chunk.js",
    ".js.map",
    ".css.map",
    ".pb.go",
    ".pb.cc",
    ".pb.h",
    "_pb2.py",
    "_pb2_grpc.py",
    ".pb.swift",
    ".g.dart",
    ".freezed.dart",
    ".g.cs",
    ".designer.cs",
    ".generated.cs",
    ".generated.ts",
    ".generated.go",
    "_generated.go",
    "_string.go",
)

_TEXT_ENDINGS = (".txt", ".md", ".rst", ".html", ".adoc")


class Neighbourhood:
    """The files of a tree by folder, and what is near to what."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._names: defaultdict[str, list[str]] = defaultdict(list)
        for path in paths:
            folder, _, name = path.rpartition("/")
            self._names[folder].append(name)
        names = {name for inside in self._names.values() for name in inside}
        self._licences = {n for n in names if scope_of(n) is Scope.WHOLE}
        self._called: dict[str, Mapping[str, str]] = {}
        self._licensed_by: dict[str, tuple[str, ...]] = {}
        self._origins: dict[str, Origin] = {}

    def origin_of(self, path: str) -> Origin:
        """Tell where the file at *path* comes from, by its folders and its name."""
        folder, _, name = path.rpartition("/")
        origin = self._origins.get(folder) or self._origin_of(folder)
        if origin is Origin.OWN and _is_called_generated(name):
            return Origin.GENERATED
        return origin

    def _origin_of(self, folder: str) -> Origin:
        """Return where what lies in *folder* comes from; vendored work stays that."""
        above, _, last = folder.rpartition("/")
        origin = Origin.OWN
        if above:
            origin = self._origins.get(above) or self._origin_of(above)
        name = last.lower()
        if name in VENDORED:
            origin = Origin.VENDORED
        elif name in GENERATED and origin is Origin.OWN:
            origin = Origin.GENERATED
        self._origins[folder] = origin
        return origin

    def referred(self, path: str, name: str) -> str:
        """
        Return the file that *path* means by *name*; "" if there is none.

        It is the nearest of that name in the file's folder or those around it; as
        it is written, or else whatever the case and the ending.
        """
        wanted = name.replace("\\", "/").rpartition("/")[2]
        for folder in _outwards(path.rpartition("/")[0]):
            here = self._called_in(folder)
            for called in (wanted, *_also_called(wanted)):
                found = here.get(called, path)
                if found != path:
                    return found
        return ""

    def _called_in(self, folder: str) -> Mapping[str, str]:
        """Return the files in *folder* by all that each is called."""
        found = self._called.get(folder)
        if found is None:
            self._called[folder] = found = self._by_call(folder)
        return found

    def _by_call(self, folder: str) -> dict[str, str]:
        inside = f"{folder}/" if folder else ""
        found: dict[str, str] = {}
        # Of two that are called the same, the first one is meant.
        for name in sorted(self._names.get(folder, ()), reverse=True):
            for called in (*_also_called(name), name):
                found[called] = inside + name
        return found

    def licensed_by(self, path: str) -> tuple[str, ...]:
        """
        Return the licence files nearest to *path*, in its folder or those around it.

        The search for a vendored file ends at the folder of vendored work: the
        licence of the whole is not that of what others made.
        """
        folder = path.rpartition("/")[0]
        found = self._licensed_by.get(folder)
        return self._nearest(folder) if found is None else found

    def _nearest(self, folder: str) -> tuple[str, ...]:
        here = self._licences.intersection(self._names.get(folder, ()))
        inside = f"{folder}/" if folder else ""
        found = tuple(inside + name for name in sorted(here))
        above, _, name = folder.rpartition("/")
        if not found and folder and name.lower() not in VENDORED:
            known = self._licensed_by.get(above)
            found = self._nearest(above) if known is None else known
        self._licensed_by[folder] = found
        return found


@lru_cache(maxsize=16_384)  # the files of a tree share many names
def _is_called_generated(name: str) -> bool:
    return name.lower().endswith(_GENERATED_ENDINGS)


def _outwards(folder: str) -> Iterator[str]:
    """Yield *folder* and those around it, up to the root, which is ""."""
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]
    yield ""


def _also_called(name: str) -> tuple[str, ...]:
    """Return *name* in lower case, and without an ending of text."""
    lower = name.lower()
    if lower.endswith(_TEXT_ENDINGS):
        bare = lower.rpartition(".")[0]
        return (lower, bare) if bare else (lower,)
    return (lower,)
