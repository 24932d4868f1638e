# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which files hold the interface, how each is read, and which no check reads."""

import re

from ossay.collect.templates.scanners import (
    SCAN_ANGULAR,
    SCAN_MARKUP,
    SCAN_SCRIPT,
    SCAN_SHEET,
    SCAN_SVELTE,
    SCAN_VUE,
    Checked,
)
from ossay.model.tree import Scanner


def scanner_for(path: str) -> Scanner[Checked] | None:
    """Return what reads *path*; None where it holds no interface, or no check does."""
    name = path.rpartition("/")[2]
    return _SCANNERS.get(name.rpartition(".")[2].lower()) if "." in name else None


def not_read(path: str) -> str:
    """Return what kind of form or screen *path* is that no check reads; "" if none."""
    found = _NOT_READ.search(path)
    if not found or not found.lastgroup:
        return ""
    return _KINDS[int(found.lastgroup[1:])][0]


def is_letter(path: str) -> bool:
    """Tell whether a template is for a letter to be mailed, or for paper."""
    return _LETTERS.search(path) is not None


_READ = (
    (
        SCAN_MARKUP,
        "ejs erb gohtml handlebars hbs htm html j2 jinja jinja2 liquid mustache njk "
        "nunjucks php phtml rhtml shtml tmpl tpl twig xhtml",
    ),
    (SCAN_VUE, "vue"),
    (SCAN_SVELTE, "svelte"),
    (SCAN_SCRIPT, "cjs js jsx mjs tsx"),
    (SCAN_ANGULAR, "mts ts"),
    (SCAN_SHEET, "css less pcss scss"),
)
_SCANNERS = {ending: scanner for scanner, names in _READ for ending in names.split()}

_KINDS = (
    ("Astro page", r"\.astro$"),
    ("Haml or Slim template", r"\.(?:haml|slim)$"),
    ("Java server page", r"\.(?:jspx?|tagx?|gsp|ftlh?|zul|vm)$"),
    ("page of the Template Toolkit", r"\.tt2?$"),
    ("Razor page", r"\.(?:cshtml|razor|aspx|ascx)$"),
    ("Phoenix template", r"\.(?:heex|leex|eex)$"),
    ("Pug template", r"\.(?:pug|jade)$"),
    ("Qt form", r"\.(?:qml|ui)$"),
    ("GTK form", r"\.(?:glade|blp)$"),
    ("XAML form", r"\.a?xaml$"),
    ("Apple storyboard", r"\.(?:storyboard|xib)$"),
    ("JavaFX form", r"\.fxml$"),
    ("Android layout", r"(?:^|/)res/layout[^/]{0,60}/[^/]{1,120}\.xml$"),
    ("Windows form", r"\.(?:dfm|lfm)$|\.Designer\.(?:cs|vb)$"),
)
_NOT_READ = re.compile("|".join(f"(?P<k{n}>{p})" for n, (_, p) in enumerate(_KINDS)))

_LETTERS = re.compile(
    r"(?i)(?:^|/)(?:e?-?mails?|mailers?|\w{1,40}_mailer|mail_templates|pdfs?)/"
    r"|(?:^|/)mailer\.[^/]{1,40}$"
    r"|(?:^|/)(?![^/]{0,80}(?<![a-z])(?:verify|change|confirm|update|edit|add|set|check|resend"
    r"|request|enter|send|your|forgot|invalid)[_-]e?-?mail\.)[^/]{1,80}[_-]e?-?mail\.html?$"
    r"|(?:^|/)e?-?mail[_-][^/]{0,80}template\.html?$"
    r"|\.mjml(?:\.[^/]{1,20})?$"
    r"|[._-](?:e?mail|pdf|txt|text|xml|json|js|yml|yaml|conf|sh|service|sql)"
    r"\.(?:erb|ejs|twig|j2|jinja2?|hbs|tmpl|tpl|njk|liquid|mustache)$"
)
