# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What a file is for, by its name: the same words mean different things in each."""

import re
from enum import StrEnum
from functools import lru_cache


class Role(StrEnum):
    """What is looked for in a file, and what finding it there means."""

    CI = "CI file"
    MANIFEST = "package manifest"
    LINT = "settings of a lint"
    CHECKS = "settings of checks"
    YAML = "YAML document"
    CODE = "code"


SETTINGS = frozenset({Role.CI, Role.MANIFEST, Role.LINT, Role.CHECKS, Role.YAML})


def role_of(path: str) -> Role | None:
    """Return what *path* is for; None where nothing is looked for."""
    if _CI.search(path):
        return Role.CI
    name = path.rpartition("/")[2]
    if name == "AndroidManifest.xml":
        return Role.CODE
    return _by_name(name) if "." in name or name in _BARE else None


def is_native(path: str) -> bool:
    """Tell whether such a file may name a toolkit, or hold the markup of pages."""
    return path.rpartition(".")[2].lower() in _NATIVE


def is_of_pages(path: str) -> bool:
    """Tell whether such a file is a page, a template, a style or a script."""
    return path.rpartition(".")[2].lower() in _OF_PAGES


def is_program(path: str) -> bool:
    """Tell whether such a file is a program, and neither a page nor its script."""
    return path.rpartition(".")[2].lower() in _PROGRAMS


def may_speak(path: str) -> bool:
    """Tell whether such a program may draw an interface on a device, and speak."""
    return path.rpartition(".")[2].lower() in _DRAWING


def is_letter(path: str) -> bool:
    """Tell whether *path* is a letter to be mailed: it is read, but no interface."""
    return "mail" in path.lower() and _LETTERS.search(path) is not None


@lru_cache(maxsize=20_000)
def _by_name(name: str) -> Role | None:
    for role, pattern in _NAMES.items():
        if pattern.search(name):
            return role
    ending = name.rpartition(".")[2].lower()
    if ending in {"yml", "yaml"}:
        return Role.YAML
    return Role.CODE if ending in _CODE else None


_LETTERS = re.compile(
    r"(?i)(?:^|/)(?:e?-?mails?|mailers?|\w{1,40}_mailer|(?:e-?)?mails?[-_]?templates?)/"
    r"|(?:^|/)_?mailer(?:[._-][^/]{0,60})?$"
)
"""By folders, and by the layout that letters have in common."""
_CI = re.compile(
    r"^\.github/workflows/[^/]{1,200}\.ya?ml$|^\.circleci/|^\.gitlab/ci/"
    r"|^\.gitlab-ci\.ya?ml$|^\.travis\.yml$|^azure-pipelines[^/]{0,60}\.ya?ml$"
    r"|^bitbucket-pipelines\.yml$|^Jenkinsfile|^\.drone\.yml$|^\.woodpecker"
    r"|^\.cirrus\.yml$|^appveyor\.yml$|^buildspec\.yml$|^\.forgejo/workflows/"
)
_NAMES = {
    Role.MANIFEST: re.compile(
        r"^(?:package|bower|composer)\.json$|^Gemfile$|\.gemspec$|^Pipfile$"
        r"|^requirements[^/]{0,60}\.(?:txt|in)$|^(?:pyproject|Cargo)\.toml$"
        r"|^setup\.(?:py|cfg)$|^build\.gradle(?:\.kts)?$|\.versions\.toml$|^pom\.xml$"
        r"|^pubspec\.yaml$|\.(?:cs|fs|vb)proj$|^Directory\.Packages\.props$"
        r"|^Podfile$|^Package\.swift$|^mix\.exs$|^(?:deps\.edn|project\.clj)$"
    ),
    Role.LINT: re.compile(
        r"(?i)^\.?eslint(?:rc)?(?:[.-][^/]{0,60})?(?:\.(?:js|cjs|mjs|ts|json|ya?ml))?$"
        r"|^biome\.jsonc?$|^\.?stylelint(?:rc|\.config)?(?:\.[a-z]{2,4})?$"
        r"|^\.erb[-_]lint\.yml$|^lint\.xml$|^\.djlintrc$|^\.markuplintrc"
        r"|^\.template-lintrc|^\.pre-commit-config\.yaml$"
    ),
    Role.CHECKS: re.compile(
        r"(?i)^(?:angular|project|workspace)\.json$|^\.?lighthouse(?:rc)?(?:\.|-|$)"
        r"|^\.?(?:performance-)?budgets?\.json$|^\.size-limit|^bundlesize\.config\."
        r"|^\.?bundlewatch|^\.?pa11y(?:ci)?(?:[.-]|$)|^\.?axe(?:rc|\.config)"
    ),
}
_BARE = frozenset({"Gemfile", "Podfile", "Pipfile", "Jenkinsfile"})

_PAGES = """
astro aspx blp cjs css cshtml cts eex ejs erb ftl ftlh gohtml gsp haml handlebars hbs
heex htm html j2 jade jinja jinja2 js jsp jspx jsx less liquid mjs mts mustache njk
pcss php phtml pug qml razor sass scss slim styl svelte tag templ tmpl tpl ts tsx twig
ui vm vue xhtml zul
"""
_IN_PROGRAMS = "cc cpp cs cxx dart java kt kts m mm py rb swift"
_PROGRAMS = frozenset(_IN_PROGRAMS.split())
_DRAWING = frozenset(("dart", "java", "kt", "m", "mm", "swift"))
_OF_PAGES = frozenset(_PAGES.split())
_CODE = _OF_PAGES | _PROGRAMS

_WITH_MARKUP = """
cjs cts ejs erb ftl gohtml handlebars hbs j2 jinja jinja2 js liquid mjs mts mustache njk
php phtml tag templ tmpl tpl ts twig vm xml
"""
_WITH_TOOLKITS = "c cc cpp cs cxx dart go h hh hpp java kt m mm py r rs swift"
_NATIVE = frozenset(_WITH_MARKUP.split() + _WITH_TOOLKITS.split())
