# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Code of template languages, covered up so that only markup is left to read.

What is covered keeps its length and its line ends, so that places stay what they were.
What prints something is covered by `PRINTS`, what only decides by `DECIDES`.
"""

import re

PRINTS = "\ue000"
DECIDES = "\ue001"
BLANK = "\ue002"
"""Of comments; no code, and no text either."""

FILL = re.compile("[\ue000-\ue002]")

LONGEST_CODE = 2_000
"""Characters between braces; what is longer is a script that has two in a row."""


def mask(text: str) -> str:
    """Return *text* with all code of template languages covered up."""
    text = FILL.sub(" ", text)
    parts: list[str] = []
    begin, lasts = 0, dict[str, int]()
    found = _OPENING.search(text)
    while found:
        at = found.start()
        opener = next((o for o in _CLOSERS if text.startswith(o, at)), "")
        end = _end(text, at, opener, lasts) if opener else -1
        if end < 0:
            run = _RUN.match(text, at)
            found = _OPENING.search(text, run.end() - 3 if run else at + 1)
            continue
        code = text[at:end]
        parts += (text[begin:at], covered(code, _fill(code, opener)))
        begin = end
        found = _OPENING.search(text, end)
    parts.append(text[begin:])
    return "".join(parts)


def _end(text: str, at: int, opener: str, lasts: dict[str, int]) -> int:
    """
    Return where the code that begins at *at* ends; -1 where it does not.

    Where the last end of a kind is, is looked up once, or a file of beginnings alone
    would be searched to its end for each.
    """
    closer = _CLOSERS[opener]
    if closer not in lasts:
        lasts[closer] = text.rfind(closer)
    is_php = opener in _OF_PHP
    if lasts[closer] < at + len(opener):
        return len(text) if is_php else -1
    if is_php:
        return _end_of_php(text, at + len(opener))
    is_long = opener in _COMMENTS or opener.startswith("<")
    limit = len(text) if is_long else at + LONGEST_CODE
    end = text.find(closer, at + len(opener), limit)
    return end + len(closer) if end >= 0 else -1


def _end_of_php(text: str, at: int) -> int:
    """Return where PHP ends; what looks like its end in a text of it is none."""
    for found in _PHP_SIGNS.finditer(text, at):
        if found[0] == "?>":
            return found.end()
    return len(text)


def _fill(code: str, opener: str) -> str:
    if opener in _COMMENTS:
        return BLANK
    if opener in _OUTPUTS:
        return PRINTS
    inside = code[len(opener) : len(opener) + 80].lstrip("-~+= \t\r\n")
    return DECIDES if _DECIDING[opener].match(inside) else PRINTS


def covered(code: str, fill: str) -> str:
    """Return as much *fill* as there is *code*, on as many lines."""
    if "\n" not in code:
        return fill * len(code)
    return "\n".join(fill * len(line) for line in code.split("\n"))


_CLOSERS = {
    "{{!--": "--}}",
    "{{!": "}}",
    "{{--": "--}}",
    "{{{": "}}}",
    "{{": "}}",
    "{#": "#}",
    "{%": "%}",
    "{!!": "!!}",
    "<%--": "--%>",
    "<%#": "%>",
    "<%=": "%>",
    "<%-": "%>",
    "<%": "%>",
    "<?php": "?>",
    "<?=": "?>",
    "<? ": "?>",
    "<?\n": "?>",
}
"""Ends by beginnings, of which a longer one goes before those it begins with."""

_OPENING = re.compile(r"\{[{%#!]|<[%?]")
_RUN = re.compile(r"\{{5,}")
"""More braces than any template language has in a row."""
_OF_PHP = frozenset({"<?php", "<?=", "<? ", "<?\n"})
_PHP_SIGNS = re.compile(
    r"(?s)\?>|'(?:[^'\\]++|\\.)*+'?|\"(?:[^\"\\]++|\\.)*+\"?|/\*.*?(?:\*/|\Z)"
    r"|(?://|#(?!\[))[^\n]*?(?=\?>|\n|\Z)"
    r"|<<<[ \t]{0,9}(?P<quote>['\"]?)(?P<end>\w{1,80})(?P=quote)\r?\n"
    r".*?(?:(?<=\n)[ \t]{0,80}(?P=end)\b|\Z)"
)
"""An end of PHP, and its texts and comments, in which there is none."""
_COMMENTS = frozenset({"{{!--", "{{!", "{{--", "{#", "<%--", "<%#"})
_OUTPUTS = frozenset({"{{{", "{!!", "<%=", "<?="})
_PHP = re.compile(
    r"(?i)(?:if|else|elseif|endif|for|foreach|endfor|endforeach|while|endwhile|switch"
    r"|case|default|break|endswitch|declare|use|namespace|require|include)\b|\}|//|/\*|#"
    r"|\$[\w>\[\]'\"-]+\s*=(?!=)|\?>|defined\b|die\b|exit\b|global\b"
)
_DECIDING = {
    "{%": re.compile(
        r"(?:if|elif|elsif|elseif|else|endif|unless|endunless|case|when|endcase|for"
        r"|endfor|empty|set|assign|with|endwith|load|import|from|autoescape"
        r"|endautoescape|spaceless|endspaceless|comment|endcomment|verbatim"
        r"|endverbatim|raw|endraw|endblock|endmacro|endcall|endfilter|apply|endapply"
        r"|trans_default_domain|cache|endcache|ifequal|endifequal|do|extends|capture"
        r"|endcapture|csrf_token)\b"
    ),
    "{{": re.compile(r"[#/^]\s*(?:if|each|unless|with|let|in)\b|/|else\b|end\b|if\b"),
    "<%": re.compile(r"(?s).*"),
    "<%-": re.compile(r"(?:if|else|elsif|end|for|while|unless|case|when|\})\b|\}"),
    "<?php": _PHP,
    "<? ": _PHP,
    "<?\n": _PHP,
}
"""What only decides, by how the code begins after its opening."""
