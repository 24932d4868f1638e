# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which tags of a repository are releases, and which one is the latest."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache

from ossay.model.history import Tag

_VERSION = re.compile(
    r"(?P<series>.*?)(?P<v>(?:^|(?<=[^0-9A-Za-z]))v(?:er)?[._-]?)?"
    r"(?<![0-9])(?<![0-9][._-])(?P<numbers>\d{1,9}(?:[._-]\d{1,9}){0,6})"
    r"(?P<rest>|[.+_-]?[A-Za-z+][0-9A-Za-z.+_-]{0,40})",
    re.ASCII,
)
_FINAL = re.compile(
    r"(?P<word>[._-]?(?:final|ga|release|rel|stable|lts))?"
    r"(?:[._-]?(?:sp|p|pl|patch|post|r|rev|hf|hotfix)[._-]?(?P<patch>\d{1,9}))?"
    r"(?P<letter>[a-z])?"
    r"(?:\+[0-9a-z.-]*|[._-]v\d{8}|[._-](?:final|ga|release))?",
    re.ASCII,
)
_SERIES_FILLERS = re.compile(r"\b(?:release|releases|rel|version|ver|v|tag|tags)\b")
_EARLY = re.compile(
    r"(?<![a-z])(?:"
    r"after|alpha|archive|backup|before|beta|branch|build|canary|candidate|ci|"
    r"daily|deploy|dev|devel|draft|edge|experimental|insider|merge|milestone|"
    r"nightly|old|pre|prerelease|preview|qa|rc|snapshot|staging|test|testing|tmp|"
    r"unstable|weekly"
    r")(?![a-z])"
)
"""Words before a version that make it no release, or none yet."""

_LONGEST = 100
_ONE_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """
    A tag read as a version.

    Attributes:
        series: What stands before the version, such as a package of a monorepo,
            or "".
        order: Compares as the versions do.
    """

    tag: Tag
    series: str
    order: tuple[tuple[int, ...], int, str]


def latest_release(tags: Iterable[Tag], *names: str, project: str = "") -> Tag | None:
    """
    Return the latest release among *tags*, or None where there is none.

    It is the highest version among those of `own_releases` of the year that ended
    with the newest one. The year keeps out a slip of the pen ("4.1.2.3" for "2.41.2.3")
    and numbers of an older scheme ("2019.1" before "3.0"), and lets maintenance
    of an older line not pass for the latest. Alphas, betas, release candidates,
    nightly builds and words nobody can rank are no releases. Age plays no part:
    a newest release from years ago is still the latest one, and the date it
    carries tells its tale. Whether the default branch contains it plays none
    either, since releases are made on branches of their own.
    """
    dated = own_releases(tags, *names, project=project)
    if not dated:
        return None
    newest = max(release.tag.tagged_at for release in dated)
    return max(
        (r for r in dated if newest - r.tag.tagged_at <= _ONE_YEAR),
        key=lambda r: (r.order, r.tag.tagged_at, r.tag.name),
    ).tag


def own_releases(
    tags: Iterable[Tag], *names: str, project: str = ""
) -> tuple[Release, ...]:
    """
    Return the releases of the software itself, packages beside it left out.

    Where tags of several series are mixed (``server/v2.0``, ``client/v7.1``),
    the series that one of *names* names is taken; else the tags without one;
    else the series with the most tags. A tag that begins with the *project*'s own
    name ("curl-8_9_1") counts as one without.
    """
    read = [release for tag in tags if (release := read_release(tag))]
    own = _normal(project)
    found = [replace(r, series="") if r.series == own else r for r in read]
    series = _series(found, names) if found else ""
    return tuple(r for r in found if r.series == series)


def _series(found: list[Release], names: tuple[str, ...]) -> str:
    sizes = Counter(release.series for release in found)
    for name in (*map(_normal, names), ""):
        if name in sizes:
            return name
    return max(sizes, key=lambda series: (sizes[series], series))


@lru_cache(maxsize=8_192)  # several collectors ask about the same tags
def read_release(tag: Tag) -> Release | None:
    """Return *tag* as a release, or None if its name is no final version."""
    name = tag.name
    if len(name) > _LONGEST:
        return None
    found = _VERSION.fullmatch(name.lower().replace("refs/tags/", ""))
    if found is None:
        return None
    numbers = [int(n) for n in re.split(r"[._-]", found["numbers"])]
    rest = _FINAL.fullmatch(found["rest"])
    series = _normal(found["series"])
    if rest is None or _EARLY.search(series):
        return None
    if len(numbers) == 1 and not (rest["word"] or _is_marked(found)):
        return None
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers.pop()
    order = (tuple(numbers), int(rest["patch"] or 0), rest["letter"] or "")
    return Release(tag=tag, series=series, order=order)


def _is_marked(found: re.Match[str]) -> bool:
    """Tell whether one number alone is meant for a version ("v12", "release-3")."""
    return bool(found["v"]) or bool(_SERIES_FILLERS.search(found["series"]))


def _normal(series: str) -> str:
    words = re.sub(r"[^a-z0-9]+", " ", series.lower())
    return " ".join(_SERIES_FILLERS.sub(" ", words).split())
