# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
A template while it is read: which elements are open, and what checks said so far.

It is told of tags and text one after the other and keeps no tree, so that what it
takes grows with the size of a file, however deep its elements stand.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from ossay.collect.templates.attributes import meant
from ossay.collect.templates.elements import Content, Element, html_name, is_hidden
from ossay.collect.templates.masking import DECIDES, FILL, PRINTS
from ossay.collect.templates.names import OPERATED, VOID
from ossay.collect.templates.rules import Found
from ossay.model.accessibility import Verdict

Attribute = tuple[str, str, bool]
"""Name and value as written, and whether the value is code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What is asked of each element when it begins and when it ended, and at last."""

    begun: "Callable[[Page, Element], None]"
    ended: "Callable[[Page, Element], None]"
    done: "Callable[[Page], None]"


MOST_OF_A_RULE = 50
"""Places of one rule in one file that are told one by one; the last stands for more."""

MOST_LABELS = 5_000
"""Times that a file may speak of labels, and each is looked at."""

MOST_ELEMENTS = 50_000
"""A file with more was made by a program; the largest of 24,000 had 9,000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Click:
    """
    What heeds a click and, as far as it was seen, no key.

    Attributes:
        code: What it does, as written.
        is_unsure: Whether what is not seen may heed a key.
    """

    element: Element
    code: str
    is_unsure: bool


class TooManyElements(Exception):
    """A file holds more elements than people write."""


class Page:
    """
    A template, or a part of one, while it is read.

    Args:
        source: All of the file, for the lines of what is found.
        checks: What is asked of it.
        has_components: Whether a capital begins the name of a component.
        hands_down: Whether the outermost element is given what its users set on the
            component, as Vue does.
    """

    def __init__(
        self,
        source: str,
        checks: Checks,
        *,
        has_components: bool = False,
        hands_down: bool = False,
    ) -> None:
        self._source = source
        self.has_components = has_components
        self._hands_down = hands_down
        self._checks = checks
        self._lines: list[int] | None = None
        self._stack: list[Element] = []
        self._open = Counter[str]()
        self._found: dict[tuple[str, Verdict], list[Found]] = {}
        self.elements = 0
        self.components = 0
        self.labels: list[Element] = []
        self.labels_by_code = False
        self.has_label_code = _has_label_code(source)
        self.unlabelled: list[Element] = []
        self.untitled: list[Element] = []
        self.has_title_code = _TITLE_CODE.search(source) is not None
        self.clicks: list[Click] = []
        self.operated = set[str]()
        self.is_whole = False
        self.unspoken: list[Element] = []
        self.moves_on = False
        self.may_move_on = False
        self.heading = 0
        self.styles: list[tuple[str, int]] = []

    # ------------------------------------------------------------------ told

    def open(
        self, written: str, attributes: list[Attribute], at: int, *, closes: bool
    ) -> None:
        """Take note of an element that begins at *at*."""
        written = self._name(written)
        element = self._element(written, attributes, at)
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise TooManyElements
        if not element.name:
            self.components += 1
        self._checks.begun(self, element)
        if closes or element.name in VOID:
            self._end(element, is_closed=True)
            return
        self._stack.append(element)
        self._open[written] += 1

    def close(self, written: str) -> None:
        """Take note of the end of an element; one that is not open has none."""
        written = self._name(written)
        if not self._open[written]:
            return
        while self._stack:
            element = self._pop()
            is_it = element.written == written
            self._end(element, is_closed=is_it or element.name in _LEFT_OPEN)
            if is_it:
                return

    def text(self, text: str) -> None:
        """Take note of text in the innermost element."""
        if not self._stack:
            return
        element = self._stack[-1]
        content = _content_of(text)
        if content:
            element.has_text = True
            element.content = max(element.content, content)
        if text and not text.isspace():
            element.is_empty = False
            if DECIDES not in text and PRINTS not in text:
                element.words.append(text[:80])
            else:
                element.words.append(FILL.sub(PRINTS, text[:80]))

    def code(self, *, may_be_text: bool) -> None:
        """Take note of code in the innermost element, which may make text."""
        if self._stack:
            element = self._stack[-1]
            element.is_empty = False
            element.has_text = element.has_text or may_be_text
            new = Content.NAMED if may_be_text else Content.UNKNOWN
            element.content = max(element.content, new)
            element.words.append(PRINTS)

    def handed(self) -> None:
        """Take note that others hand in what is shown here; it may be operated."""
        if self._stack:
            self._stack[-1].has_control = True

    def comment(self, text: str) -> None:
        """Take note of a comment, in whose place a program may put parts of a head."""
        if self._stack and self._stack[-1].name == "head" and _PUT_IN.search(text):
            self._stack[-1].is_open = True

    def raw(self, text: str, at: int) -> None:
        """Take note of what stands in an element that has no markup in it."""
        if not self._stack:
            return
        if self._stack[-1].name == "style":
            self.styles.append((text, at))
        elif self._stack[-1].name in {"title", "textarea"}:
            self.text(text)
        elif _MOVES_ON.search(text):
            self.may_move_on = True

    def end_part(self) -> None:
        """Let the next element stand outside of all that are still open."""
        while self._stack:
            self._end(self._pop(), is_closed=False)
        self.heading = 0

    def finish(self) -> tuple[Found, ...]:
        """Return all that was found, in the order of lines."""
        self.end_part()
        self._checks.done(self)
        found = [each for kind in self._found.values() for each in kind]
        return tuple(sorted(found, key=lambda f: (f.line, f.rule)))

    # ------------------------------------------------------------------ asked

    def report(
        self, rule: str, at: int, verdict: Verdict, seen: str = "", count: int = 1
    ) -> None:
        """Take note of what a check found at *at*."""
        kind = self._found.setdefault((rule, verdict), [])
        if len(kind) < MOST_OF_A_RULE:
            kind.append(
                Found(
                    rule=rule,
                    line=self.line(at),
                    verdict=verdict,
                    seen=" ".join(seen.split())[:60],
                    count=count,
                )
            )
            return
        kind[-1] = replace(kind[-1], count=kind[-1].count + count)

    def line(self, at: int) -> int:
        """Return the line of the character at *at*, from 1."""
        if self._lines is None:
            self._lines = [m.end() for m in re.finditer("\n", self._source)]
        return bisect_right(self._lines, at) + 1

    # ---------------------------------------------------------------- inside

    def _name(self, written: str) -> str:
        return written if self.has_components else written.lower()

    def _element(self, written: str, attributes: list[Attribute], at: int) -> Element:
        parent = self._stack[-1] if self._stack else None
        element = Element(
            written=written,
            name=html_name(written, has_components=self.has_components),
            attributes={},
            at=at,
            parent=parent,
        )
        for name, value, is_code in attributes:
            _set(element, name, value, is_code=is_code)
        element.is_hidden = is_hidden(element)
        if parent:
            element.level = parent.level + 1
            element.is_hidden = element.is_hidden or parent.is_hidden
            name = parent.name
            element.label = parent if name == "label" else parent.label
            element.table = parent if name == "table" else parent.table
            element.film = parent if name == "video" else parent.film
            element.head = parent if name == "head" else parent.head
            if not parent.name and parent.written.lower() not in _PASSIVE:
                element.custom = 1
            elif parent.custom:
                element.custom = parent.custom + 1
        elif self._hands_down:
            element.is_open = True
        return element

    def _pop(self) -> Element:
        element = self._stack.pop()
        self._open[element.written] -= 1
        return element

    def _end(self, element: Element, *, is_closed: bool) -> None:
        if is_closed:
            self._checks.ended(self, element)
        parent = element.parent
        if parent is None:
            return
        parent.is_empty = False
        parent.content = max(parent.content, _handed_up(element))
        if len(parent.words) < 20:
            parent.words += element.words[:10]
        if element.has_control or _is_control(element):
            parent.has_control = True
        if element.has_component or _may_be_operated(element):
            parent.has_component = True


def _set(element: Element, written: str, code: str, *, is_code: bool) -> None:
    what = meant(written)
    if what.is_open:
        element.is_open = True
        return
    if what.is_directive:
        element.is_directed = True
    if what.name == "translate" and code in {"no", "yes"}:
        return  # of HTML, and not the one that puts a text in
    if what.fills:
        element.content = Content.NAMED
        element.is_empty = False
        element.has_control = "html" in what.name  # links may be in it
        return
    value: str | None = code
    is_kept = what.name == "style" or what.name.startswith("on")
    if (is_code or what.is_bound) and not is_kept:
        value = _literal(code)
    if what.name in _LOOKS:
        element.looks += f" {code[:200]}"
    if value is None and what.name == "class" and "class" in element.attributes:
        return  # what is written out stands beside what code makes
    element.attributes[what.name] = value
    if what.way:
        element.attributes[f"{what.name} {what.way}"] = ""


def _literal(code: str) -> str | None:
    """Return the value of code that is a literal alone."""
    found = _LITERAL.fullmatch(code.strip())
    return (found[1] or found[2] or found[3] or "") if found else None


def _content_of(text: str) -> Content:
    if text.isspace() or not text:
        return Content.NOTHING
    if "@" in text or "}" in text:
        text = _FLOW.sub(" ", text)
    if PRINTS in text:
        return Content.NAMED
    if FILL.search(text):
        text = FILL.sub("", text)
    return Content.NOTHING if not _SOUNDED.search(text) else Content.NAMED


def _handed_up(element: Element) -> Content:
    """Return what an element that ended is to the one around it."""
    name = element.name
    if element.is_hidden or name in _SILENT:
        return Content.NOTHING
    if name == "slot":
        return Content.NAMED
    if element.may_say("aria-label", "aria-labelledby", "title"):
        return Content.NAMED
    if name in {"img", "area", "input"} and element.may_say("alt"):
        return Content.NAMED
    if name == "input" and not _is_button(element):
        return Content.NOTHING
    if name == "input" and element.may_say("value"):
        return Content.NAMED
    if not name:
        if element.content is Content.NAMED and "icon" in element.written.lower():
            return Content.UNKNOWN
        if element.written.lower() in _PASSED_ON:
            return Content.NAMED
        return max(element.content, Content.UNKNOWN)
    if element.is_open:
        return max(element.content, Content.UNKNOWN)
    return element.content


def _is_button(field: Element) -> bool:
    kind = field.attributes.get("type", "")
    return kind is None or kind.lower() in {"button", "submit", "reset"}


def _is_control(element: Element) -> bool:
    name = element.name
    if name == "slot" or element.written.lower() in _PASSED_ON:
        return True
    if name == "a":
        return element.has("href")
    if name in {"button", "input", "select", "textarea", "summary"}:
        return element.text("type") != "hidden"
    if not name:
        return "button" in element.written.lower() or "link" in element.written.lower()
    return element.text("role") in OPERATED and element.has("tabindex")


def _has_label_code(source: str) -> bool:
    """Tell whether a helper may write a label; of very many, one does."""
    for number, found in enumerate(_LABEL.finditer(source)):
        before = source[max(0, found.start() - 85) : found.start()]
        if number == MOST_LABELS or _LABEL_CODE.search(before):
            return True
    return False


def _may_be_operated(element: Element) -> bool:
    return not element.name and not _PICTURES.search(element.written)


_PICTURES = re.compile(r"(?i)icon|svg|im(?:g|age)|avatar|spinner|trans|message|text")
"""Parts of the names of components that nobody operates."""
_TITLE_CODE = re.compile(
    r"\bexport\s{1,9}(?:const|(?:async\s{1,9})?function)\s{1,9}"
    r"(?:metadata|generateMetadata)\b"
)
"""Next.js: a layout gives the title of its pages beside its markup."""
_PUT_IN = re.compile(r"(?i)\b(?:app|ssr|helmet|head|title|meta|inject|outlet)\b")
_LABEL = re.compile(r"[lL]abel")
_LABEL_CODE = re.compile(
    r"(?:<%=?|\{\{|\{%|\{!!|<\?(?:=|php))[^\n]{0,60}(?<![\w-])\w{0,20}\Z"
)
"""A helper that may write a label."""

_MOVES_ON = re.compile(
    r"(?<![\w$-])location(?:(?:\.href)?\s{0,9}=(?!=)|\.(?:replace|assign)\()"
)
"""Of a script that sends people to another page."""

_LOOKS = frozenset({"class", "id", "ngclass"})
_LEFT_OPEN = frozenset(
    {*("li", "dt", "dd", "p", "option", "thead", "tbody", "tfoot", "tr", "td", "th")}
)
"""Elements whose end HTML lets people leave out."""

_LITERAL = re.compile(r"'([^'\\]*)'|\"([^\"\\]*)\"|(-?[0-9]+|true|false)")
_CONDITION = r"\([^()\n]{0,300}\)"
for _ in range(3):  # so deep do calls stand in one another
    _CONDITION = rf"\((?:[^()\n]|{_CONDITION}){{0,300}}\)"
_FLOW = re.compile(
    r"@(?:if|else|elseif|for|switch|case|default|empty|defer|placeholder|loading|error"
    r"|let|endif|foreach|endforeach|endfor|unless|endunless|isset|endisset|endempty"
    r"|csrf|method|php|endphp|auth|endauth|guest|endguest|can|endcan|endswitch|break"
    r"|section|endsection|push|endpush|once|endonce)\b(?:\s{1,9}if\b)?"
    rf"(?:\s{{0,9}}{_CONDITION})?(?:\s{{0,9}}\{{)?|[{{}}]"
)
"""Of Angular and Blade: what only decides."""
_SOUNDED = re.compile(r"\S")
_SILENT = frozenset({"script", "style", "option", "noscript", "head"})
_PASSIVE = frozenset(
    {
        *("template", "transition", "transition-group", "keep-alive", "teleport"),
        *("ng-container", "ng-template", "router-view", "fragment", "suspense"),
        *("transitiongroup", "keepalive", "react.fragment", "svelte:fragment"),
        *("svelte:head", "svelte:body", "client-only", "trans"),
    }
)
"""Of frameworks: what shows nothing of its own around what it holds."""
_PASSED_ON = frozenset({"ng-content", "ng-container", "ng-template", "yield"})
"""Where what others hand in is shown."""
