# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which files hold the interface, and which of them can be checked."""

import re
from enum import StrEnum
from functools import lru_cache


class Kind(StrEnum):
    """How a file is read."""

    MARKUP = "markup"
    UNREADABLE = "unreadable"


@lru_cache(maxsize=20_000)
def _by_ending(ending: str) -> Kind | None:
    return Kind.MARKUP if ending in _MARKUP else None


def kind_of(path: str) -> Kind | None:
    """Return how *path* is read; None where it holds no interface."""
    return _by_ending(path.rpartition(".")[2].lower())


def is_letter(path: str) -> bool:
    """Tell whether a template is for a letter to be mailed."""
    return _LETTERS.search(path) is not None


_MARKUP_WORDS = """
ejs erb handlebars hbs htm html j2 jinja jinja2 liquid mustache njk nunjucks php phtml
rhtml shtml tpl twig xhtml
"""
_MARKUP = frozenset(_MARKUP_WORDS.split())
_LETTERS = re.compile(
    r"(?i)(?:^|/)(?:e?-?mails?|mailers?|\w{1,40}_mailer|mail_templates)/"
)
