# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Whether the tree holds a user interface that people see on a screen."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from ossay.collect._places import Place, place_by_name
from ossay.collect.accessibility.facts import FOR_BROWSERS, USER_INTERFACE
from ossay.collect.accessibility.looking import own_by_name
from ossay.collect.accessibility.marks import Kind
from ossay.collect.accessibility.roles import is_letter, is_native
from ossay.collect.accessibility.signals import SCAN_INTERFACES
from ossay.model.evidence import Answered, Item, Observation
from ossay.model.tree import EntryKind, Tree, Unreadable


def user_interface(tree: Tree) -> Answered:
    """
    Answer from the names of files; only if they tell nothing, from their content.

    What a submodule holds was not looked at: without another sign it is a gap,
    unless its folder is one for foreign code or tests.
    """
    own = own_by_name(tree)
    unread: list[Item] = []
    found = _by_names(own) or list(_by_content(tree, own, unread))
    if found:
        return USER_INTERFACE.found(True, found)
    unread += [
        Item(subject=e.path, note="a submodule, which was not fetched")
        for e in tree.entries()
        if e.kind is EntryKind.SUBMODULE
        and place_by_name(f"{e.path}/x") is Place.PRODUCT
    ]
    if unread:
        why = "no user interface was found, but not everything could be looked at"
        return USER_INTERFACE.unknown(why, unread)
    return USER_INTERFACE.found(False)


def for_browsers(tree: Tree, interface: Answered) -> Answered:
    """
    Answer by the kinds of files, for software whose *interface* is known.

    Where names tell of forms and windows alone, the content of files is looked at too:
    an app may come with pages that only templates or programs hold.
    """
    if not isinstance(interface, Observation):
        return FOR_BROWSERS.unknown(interface.why)
    if not interface.value:
        return FOR_BROWSERS.found(False)
    own = own_by_name(tree)
    if named := [item for item in _by_names(own) if _is_for_browsers(item)]:
        return FOR_BROWSERS.found(True, named)
    unread: list[Item] = []
    found = [i for i in _by_content(tree, own, unread) if _is_for_browsers(i)]
    if unread and not found:
        why = "no pages were found, but not everything could be looked at"
        return FOR_BROWSERS.unknown(why, unread)
    return FOR_BROWSERS.found(bool(found), found)


def _is_for_browsers(item: Item) -> bool:
    return item.note.partition(" (")[0] not in _WITHOUT_BROWSER


def _by_names(paths: Iterable[str]) -> list[Item]:
    """Return one item per kind of form, page or component that is among *paths*."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        found = _BY_NAME.search(path)
        if found and found.lastgroup and not is_letter(path):
            by_kind[_KINDS[int(found.lastgroup[1:])][0]].append(path)
    return [
        Item(subject=found[0], note=f"{kind} ({len(found)})")
        for kind, found in by_kind.items()
    ]


def _by_content(tree: Tree, paths: Iterable[str], unread: list[Item]) -> Iterator[Item]:
    """Yield files that build an interface in code, or hold the markup of pages."""
    native = [path for path in paths if is_native(path) and not is_letter(path)]
    for path, answer in tree.scan(SCAN_INTERFACES, native):
        if isinstance(answer, Unreadable):
            unread.append(Item(subject=path, note=answer.why))
            continue
        for signal in answer.found:
            if _tells(signal.kind, path):
                yield Item(subject=path, note=signal.seen, line=signal.line)
                break


def _tells(kind: Kind, path: str) -> bool:
    """
    Tell templates from programs, in which markup is rather written or parsed.

    PHP is both, so that it takes a whole page or a form.
    """
    match kind:
        case Kind.TOOLKIT:
            return True
        case Kind.MARKUP:
            return path.endswith(_TEMPLATES)
        case _:
            return path.endswith(_TEMPLATES) and not path.endswith(".php")


_TEMPLATES = tuple(
    f".{ending}"
    for ending in (
        *("ejs", "erb", "ftl", "gohtml", "handlebars", "hbs", "j2", "jinja", "jinja2"),
        *(
            "liquid",
            "mustache",
            "njk",
            "php",
            "tag",
            "templ",
            "tmpl",
            "tpl",
            "twig",
            "vm",
        ),
    )
)

_KINDS = (
    ("web pages", r"(?<!/package)(?<!/overview)\.(?:html?|xhtml)$"),
    ("Vue components", r"\.vue$"),
    ("Svelte components", r"\.svelte$"),
    ("React components", r"\.[jt]sx$"),
    ("Astro pages", r"\.astro$"),
    ("Ruby templates", r"\.(?:html\.erb|rhtml|haml|slim)$"),
    ("Java server pages", r"\.(?:jspx?|tagx?|gsp|ftlh|zul)$"),
    ("Razor pages", r"\.(?:cshtml|razor|aspx|ascx)$"),
    ("Blade templates", r"\.blade\.php$"),
    (
        "templates of pages",
        r"\.(?:html\.(?:twig|j2|njk|ejs|hbs|liquid)|heex|leex|phtml)$",
    ),
    ("Pug templates", r"\.(?:pug|jade)$"),
    ("Qt forms", r"\.(?:qml|ui)$"),
    ("GTK forms", r"\.(?:glade|blp)$"),
    ("XAML forms", r"\.a?xaml$"),
    ("Apple storyboards", r"\.(?:storyboard|xib)$"),
    ("JavaFX forms", r"\.fxml$"),
    ("Android layouts", r"(?:^|/)res/layout[^/]{0,60}/[^/]{1,120}\.xml$"),
    ("Windows forms", r"\.(?:dfm|lfm)$|\.Designer\.(?:cs|vb)$"),
)
_WITHOUT_BROWSER = frozenset(
    {
        *("Qt forms", "GTK forms", "XAML forms", "Apple storyboards", "JavaFX forms"),
        *("Android layouts", "Windows forms"),
        *("Swing", "JavaFX", "SWT", "Jetpack Compose", "Android views", "SwiftUI"),
        *("UIKit", "AppKit", "Tk", "Qt", "GTK", "wxWidgets", "Kivy", "Windows Forms"),
        *("WPF", "MAUI", "Avalonia", "Fyne", "egui"),
    }
)
"""Kinds of files, and toolkits, whose interface no browser shows."""

_BY_NAME = re.compile("|".join(f"(?P<k{n}>{p})" for n, (_, p) in enumerate(_KINDS)))
