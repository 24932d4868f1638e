# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of a commit, and of a line in it, on forges whose pages we know."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, quote, urlsplit

_SAFE = "/~-._"
_RENDERED = re.compile(
    r"(?i)\.(?:adoc|asciidoc|creole|ipynb|markdown|md|mdown|mediawiki|mkdn?|org|pod"
    r"|rdoc|rst|svg|textile|wiki)$"
)
"""Documents that forges show as readers see them."""
_QUERY = re.compile(r"[?#].*", re.DOTALL)
_PASSWORD = re.compile(r"^([a-z+]+://[^/:@]*):[^/@]*@")
_HTTP_USER = re.compile(r"^(https?://)[^/@]*@")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pages:
    """
    How a forge names what it shows; each field is filled in by `str.format`.

    Attributes:
        source: Lets it show the lines of a document that it would render, which
            have no anchors then (github.blog/changelog/2021-06-30, gitea#20437).
    """

    commit: str
    file: str
    line: str = "#L{line}"
    source: str = ""


_GITHUB = _Pages(
    commit="/tree/{commit}", file="/blob/{commit}/{path}", source="?plain=1"
)
_GITLAB = _Pages(
    commit="/-/tree/{commit}", file="/-/blob/{commit}/{path}", source="?plain=1"
)
_FORGEJO = _Pages(
    commit="/src/commit/{commit}",
    file="/src/commit/{commit}/{path}",
    source="?display=source",
)
_BITBUCKET = _Pages(
    commit="/src/{commit}", file="/src/{commit}/{path}", line="#lines-{line}"
)
_SOURCEHUT = _Pages(commit="/tree/{commit}", file="/tree/{commit}/item/{path}")

_BY_HOST = {
    "github.com": _GITHUB,
    "gitlab.com": _GITLAB,
    "codeberg.org": _FORGEJO,
    "bitbucket.org": _BITBUCKET,
    "git.sr.ht": _SOURCEHUT,
}
_BY_FIRST_LABEL = {"gitlab": _GITLAB, "gitea": _FORGEJO, "forgejo": _FORGEJO}
"""Self-hosted forges are mostly called by the name of their software."""


def link_to_commit(repository_url: str, commit: str) -> str:
    """Return where the forge shows *commit*; "" if we do not know its pages."""
    return _link(repository_url, lambda pages: pages.commit.format(commit=commit))


def link_to_line(repository_url: str, commit: str, path: str, line: int) -> str:
    """Return where the forge shows *line* of *path* (0: all of it), or ""."""

    def page(pages: _Pages) -> str:
        source = pages.source if _RENDERED.search(path) else ""
        at = source + pages.line.format(line=line) if line else ""
        return pages.file.format(commit=commit, path=quote(path, safe=_SAFE)) + at

    # Shown bytes that were no UTF-8 ("\xff") are not what the forge would look for.
    return "" if "\\x" in path else _link(repository_url, page)


def without_credentials(url: str) -> str:
    """Return *url* as it may be printed: no password, no query, no name on https."""
    shown = _QUERY.sub("", url)
    return _HTTP_USER.sub(r"\1", _PASSWORD.sub(r"\1@", shown))


def _link(repository_url: str, page: Callable[[_Pages], str]) -> str:
    found = _forge_of(repository_url)
    return "" if found is None else f"{found[0]}{page(found[1])}"


@lru_cache(maxsize=64)
def _forge_of(repository_url: str) -> tuple[str, _Pages] | None:
    """Return where a forge shows a repository, and how it names its pages."""
    parts = urlsplit(repository_url)
    pages = _pages_of(parts)
    if pages is None:
        return None
    repository = quote(parts.path.rstrip("/").removesuffix(".git"), safe=_SAFE + "%")
    host = parts.netloc.rpartition("@")[2]
    return f"https://{host}{repository}", pages


def _pages_of(parts: SplitResult) -> _Pages | None:
    host = parts.hostname or ""
    if parts.scheme != "https" or not host.isascii():
        return None
    return _BY_HOST.get(host) or _BY_FIRST_LABEL.get(host.partition(".")[0])
