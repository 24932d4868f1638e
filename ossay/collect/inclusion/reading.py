# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which files are read for which question, and what was in them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ossay.collect._places import Place, Places
from ossay.collect.accessibility.looking import readable
from ossay.collect.accessibility.roles import (
    Role,
    is_letter,
    is_of_pages,
    may_speak,
    role_of,
)
from ossay.collect.accessibility.signals import SCAN_BUDGETS, Signals
from ossay.collect.inclusion.assets import SHIPPED, is_aside
from ossay.collect.inclusion.loading import SCAN_LOADS, SCAN_SIGNS, Loads
from ossay.collect.inclusion.stated import (
    SCAN_BROWSERS_TOLD,
    SCAN_BROWSERSLIST,
    SCAN_STATED,
    Stated,
)
from ossay.model.evidence import Item
from ossay.model.tree import Scanner, Tree, Unreadable

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """
    What the software's own files say.

    Attributes:
        own: Paths of all of them.
        may_be_pages: Those that are pages or templates by their names.
        sheets: Style sheets that are shipped, those of others included.
        interface: What pages, templates, styles, scripts and programs load and show;
            files that load and show nothing are left out.
        stated: What manifests and settings state, likewise.
        budgets: Limits to how much is sent, in manifests, settings and CI files.
        unread: Files of the interface that could not be read.
        unread_settings: Manifests and settings that could not be read.
        unread_texts: Documents on browsers that could not be read.
    """

    own: tuple[str, ...]
    may_be_pages: tuple[str, ...]
    sheets: tuple[str, ...]
    interface: Mapping[str, Loads]
    stated: Mapping[str, Stated]
    budgets: Mapping[str, Signals]
    unread: tuple[Item, ...]
    unread_settings: tuple[Item, ...]
    unread_texts: tuple[Item, ...]

    def has_pages(self) -> bool:
        """Tell whether anything of it is shown by a browser."""
        return bool(self.may_be_pages) or self.has_components()

    def has_components(self) -> bool:
        """Tell whether programs put pages together out of parts."""
        return any(path.endswith(_COMPONENTS) for path in self.own)


def read(tree: Tree, places: Places) -> Read:
    """Read what is worth it; tests, examples, documentation and others' are left."""
    own = [
        e.path
        for e in readable(tree)
        if places.of(e.path) is Place.PRODUCT and not is_aside(e.path)
    ]
    pages = [p for p in own if is_of_pages(p) and not is_letter(p)]
    is_android = any(path.endswith("AndroidManifest.xml") for path in own)
    programs = [p for p in own if may_speak(p) and _draws(p, is_android=is_android)]
    settings = [p for p in own if _is_setting(p)]
    listed = [p for p in own if _BROWSERSLIST.search(p)]
    told = [path for path in tree.paths() if _TELLS_OF_BROWSERS.search(path)]
    unread: list[Item] = []
    unread_settings: list[Item] = []
    unread_texts: list[Item] = []
    return Read(
        own=tuple(own),
        may_be_pages=tuple(
            p for p in pages if p.endswith(_MARKUP) and not _NO_PAGE.search(p)
        ),
        sheets=tuple(
            path
            for path in tree.paths()
            if path.endswith((".css", ".scss")) and places.of(path) in SHIPPED
        ),
        interface={
            **_of(tree, SCAN_LOADS, pages, unread),
            **_of(tree, SCAN_SIGNS, programs, unread),
        },
        stated={
            **_of(tree, SCAN_STATED, settings, unread_settings),
            **_of(tree, SCAN_BROWSERSLIST, listed, unread_settings),
            **_of(tree, SCAN_BROWSERS_TOLD, told, unread_texts),
        },
        budgets=_of(tree, SCAN_BUDGETS, _with_budgets(tree, own), unread_settings),
        unread=tuple(dict.fromkeys(unread)),
        unread_settings=tuple(dict.fromkeys(unread_settings)),
        unread_texts=tuple(dict.fromkeys(unread_texts)),
    )


def how_many(unread: Sequence[Item]) -> str:
    """Return how many files there are, in words."""
    return "a file" if len(unread) == 1 else f"{len(unread)} files"


def not_read(unread: Sequence[Item]) -> str:
    """Say why an answer may be short; "" where everything was read."""
    return f"{how_many(unread)} could not be read" if unread else ""


def _of(
    tree: Tree, scanner: Scanner[T], paths: Iterable[str], unread: list[Item]
) -> dict[str, T]:
    found = {}
    empty = scanner.scan(b"")
    for path, answer in tree.scan(scanner, paths):
        if isinstance(answer, Unreadable):
            unread.append(Item(subject=path, note=answer.why))
        elif answer != empty:
            found[path] = answer
    return found


def _draws(path: str, *, is_android: bool) -> bool:
    """Tell whether a program may speak to its users: Java does so on Android."""
    return is_android or not path.endswith((".java", ".kt"))


def _is_setting(path: str) -> bool:
    name = path.rpartition("/")[2]
    return role_of(path) is Role.MANIFEST or _SETTINGS.search(name) is not None


def _with_budgets(tree: Tree, own: Iterable[str]) -> list[str]:
    """Return what may hold a limit; files of the CI stand in no place of their own."""
    ci = [path for path in tree.paths() if role_of(path) is Role.CI]
    roles = {Role.MANIFEST, Role.CHECKS}
    return ci + [
        path
        for path in own
        if role_of(path) in roles or _BUNDLER.search(path.rpartition("/")[2])
    ]


_MARKUP = (
    *(".htm", ".html", ".xhtml", ".erb", ".haml", ".slim", ".php", ".phtml", ".twig"),
    *(".njk", ".hbs", ".handlebars", ".mustache", ".ejs", ".liquid", ".j2", ".jinja"),
    *(".jinja2", ".jsp", ".jspx", ".ftl", ".ftlh", ".vm", ".gsp", ".cshtml", ".heex"),
    *(".eex", ".tmpl", ".tpl", ".gohtml", ".pug", ".jade", ".astro"),
)
_NO_PAGE = re.compile(
    r"(?i)/(?:package|overview)\.html$|(?:^|[/_-])e?mail(?:er)?(?:[_.-][^/]{0,80})?$"
)
"""Java's descriptions of packages, and letters by the names of their files."""
_COMPONENTS = (".jsx", ".tsx", ".vue", ".svelte")
_SETTINGS = re.compile(
    r"(?i)\.gradle(?:\.kts)?$|\.versions\.toml$|^AndroidManifest\.xml$|^config\.xml$"
    r"|^gradle\.properties$|^(?:versions|dependencies|config|androidconfig)\w{0,20}\.kts?$"
    r"|^(?:vite|astro|svelte|nuxt)\.config\.[cm]?[jt]s$|^app\.(?:json|config\.[jt]s)$"
)
_TELLS_OF_BROWSERS = re.compile(
    r"(?i)^(?:docs?/)?(?:readme|(?:supported-)?browsers?(?:[-_]support)?)\.(?:md|rst|adoc)$"
)
_BROWSERSLIST = re.compile(r"(?:^|/)\.?browserslist(?:rc)?$")
_BUNDLER = re.compile(
    r"(?i)^(?:webpack|vue|next|rollup|rspack)[\w.-]{0,40}\.[cm]?[jt]s$"
)
