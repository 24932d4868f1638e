# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Reads elements in JavaScript and TypeScript (JSX), and tells a `Page` of them.

No grammar of the language is needed: strings, comments, patterns and braces are
followed, and a "<" where an expression may begin begins an element. What is open stands
in a stack, so that no depth of a file is too much, and nothing is read twice.
"""

import re
from dataclasses import dataclass, field
from enum import Enum, auto

from ossay.collect.templates.reading import Attribute, Page

OPEN_ATTRIBUTE = "v-bind"
"""A name that stands for any attributes (`attributes.meant`)."""

AROUND = "Attribute"
"""Stands for the component that is handed elements as an attribute."""


MOST_CODE = 4_000
"""Characters of code in braces that are kept; each may hold all the others."""

FAR = 200
"""Characters of space after a comment within which an element still follows it."""


class _In(Enum):
    CODE = auto()
    TEXT = auto()
    """Between the backticks of a template literal."""
    TAG = auto()
    CHILDREN = auto()


@dataclass(slots=True)
class _Frame:
    """
    What is being read.

    Attributes:
        begun: Where it begins.
        depth: Of code, how many braces are open in it.
        name: Of an element, as written; of code in a tag, that of the attribute.
        had: Of code, whether there was an element in it.
    """

    kind: _In
    begun: int
    depth: int = 0
    name: str = ""
    had: bool = False
    attributes: list[Attribute] = field(default_factory=list)


def read_script(source: str, page: Page) -> None:
    """Tell *page* of all elements in *source*."""
    _Script(source, page).read()


class _Script:
    """A file while it is read."""

    def __init__(self, source: str, page: Page) -> None:
        self._text = source
        self._page = page
        self._frames = [_Frame(_In.CODE, 0)]
        self._ends = {e[1]: e.start() for e in _ENDS.finditer(source)}
        self._no_pattern_before = 0
        self._comments = (-1, -1)

    def read(self) -> None:
        """Read on till the end."""
        at: int | None = 0
        steps = {
            _In.CODE: self._code,
            _In.TEXT: self._literal,
            _In.TAG: self._tag,
            _In.CHILDREN: self._children,
        }
        while at is not None:
            at = steps[self._frames[-1].kind](at)

    # ------------------------------------------------------------------ code

    def _code(self, at: int) -> int | None:
        """Read code up to the next character that matters, and beyond it."""
        found = _CODE.search(self._text, at)
        if not found:
            return None
        at, sign = found.start(), found[0]
        frame = self._frames[-1]
        if sign in {'"', "'"}:
            return self._after_string(at)
        if sign == "`":
            self._frames.append(_Frame(_In.TEXT, at))
        elif sign == "{":
            frame.depth += 1
        elif sign == "}":
            if frame.depth or len(self._frames) == 1:
                frame.depth = max(0, frame.depth - 1)
            else:
                self._frames.pop()
                self._end_code(frame, at)
        elif sign == "/":
            return self._after_slash(at)
        elif self._is_element(at):
            return self._begin_element(at)
        return at + 1

    def _after_string(self, at: int) -> int:
        """A string ends on its line; what does not is none."""
        text, quote = self._text, self._text[at]
        end = at + 1
        while found := _STRING_END.search(text, end):
            if found[0] == quote:
                return found.end()
            if found[0] == "\n":
                return found.end()
            end = found.end()
        return len(text)

    def _after_slash(self, at: int) -> int:
        text = self._text
        if text.startswith("//", at):
            end = text.find("\n", at)
            return self._after_comment(at, len(text) if end < 0 else end)
        if text.startswith("/*", at):
            end = text.find("*/", at + 2)
            return self._after_comment(at, len(text) if end < 0 else end + 2)
        if at < self._no_pattern_before or not self._may_begin(at):
            return at + 1
        return self._after_pattern(at)

    def _after_comment(self, at: int, end: int) -> int:
        """Take note of a comment, so that what follows may begin as if it were none."""
        self._comments = (self._before_comments(at), end)
        return end

    def _before_comments(self, at: int) -> int:
        """Return where comments begin that end just before *at*; *at* if none does."""
        begin, end = self._comments
        is_near = 0 <= end <= at <= end + FAR
        return begin if is_near and not self._text[end:at].strip() else at

    def _after_pattern(self, at: int) -> int:
        """Return where a regular expression ends; one that ends on no line is none."""
        end, in_class = at + 1, False
        while found := _PATTERN.search(self._text, end):
            sign, end = found[0], found.end()
            if sign == "\n":
                break
            if sign == "[":
                in_class = True
            elif sign == "]":
                in_class = False
            elif sign == "/" and not in_class:
                return end
        self._no_pattern_before = end
        return at + 1

    def _may_begin(self, at: int) -> bool:
        """Tell whether an expression may begin at *at*, by what stands before."""
        at = self._before_comments(at)
        before = self._text[max(0, at - 60) : at].rstrip()
        if not before:
            return True
        last = before[-1]
        if last in "(,=?:[{;&|!\n":
            return True
        if last == ">":
            return before.endswith("=>")
        if last == "/":
            return before.endswith("*/")
        return _BEFORE.search(before) is not None

    # -------------------------------------------------------------- literals

    def _literal(self, at: int) -> int | None:
        found = _LITERAL.search(self._text, at)
        if not found:
            return None
        if found[0] == "`":
            self._frames.pop()
        elif found[0] == "${":
            self._frames.append(_Frame(_In.CODE, found.end()))
        return found.end()

    # -------------------------------------------------------------- elements

    def _is_element(self, at: int) -> bool:
        found = _ELEMENT.match(self._text, at)
        if not found or not self._may_begin(at):
            return False
        if found["generic"]:
            return False
        name = found["name"] or ""
        return found["closed"] is None or self._ends_later(name, found.end())

    def _ends_later(self, name: str, at: int) -> bool:
        """Tell whether `</name` follows, and this is no parameter of a type."""
        return self._ends.get(name, -1) >= at

    def _begin_element(self, at: int) -> int:
        found = _NAME.match(self._text, at + 1)
        name = found[0] if found else ""
        frame = self._frames[-1]
        if frame.kind is _In.CODE:
            if frame.name and not frame.had:
                self._page.open(AROUND, [], at, closes=False)
            frame.had = True
        self._frames.append(_Frame(_In.TAG, at, name=name))
        return at + 1 + len(name)

    def _tag(self, at: int) -> int | None:
        """Read the next attribute of a tag, or its end."""
        text, frame = self._text, self._frames[-1]
        if found := _SPACE.match(text, at):
            at = found.end()
        if text.startswith("/>", at):
            self._frames.pop()
            if frame.name:
                self._page.open(frame.name, frame.attributes, frame.begun, closes=True)
            return at + 2
        if text.startswith(">", at):
            frame.kind = _In.CHILDREN
            if frame.name:
                self._page.open(frame.name, frame.attributes, frame.begun, closes=False)
            return at + 1
        if text.startswith("{", at):
            self._frames.append(_Frame(_In.CODE, at + 1, name=OPEN_ATTRIBUTE))
            return at + 1
        if found := _TYPE.match(text, at):
            return found.end()
        if found := _ATTRIBUTE.match(text, at):
            return self._attribute(found)
        if at >= len(text):
            return None
        self._frames.pop()  # it was no element
        return at

    def _attribute(self, found: "re.Match[str]") -> int:
        text, attributes = self._text, self._frames[-1].attributes
        name, at = found["name"], found.end()
        if not found["equals"]:
            attributes.append((name, "", False))
            return at
        sign = text[at : at + 1]
        if sign in {'"', "'"}:
            end = text.find(sign, at + 1)
            end = len(text) if end < 0 else end
            attributes.append((name, text[at + 1 : end], False))
            return end + 1
        if sign == "{":
            self._frames.append(_Frame(_In.CODE, at + 1, name=name))
            return at + 1
        attributes.append((name, "", True))
        return at

    def _end_code(self, code: _Frame, at: int) -> None:
        """Take note of code in braces that ended before *at*."""
        inside = self._text[code.begun : min(at, code.begun + MOST_CODE)]
        around = self._frames[-1]
        if around.kind is _In.TAG:
            if code.had:
                self._page.close(AROUND)
            if code.name == OPEN_ATTRIBUTE and not _SPREAD.match(inside):
                return  # a comment
            around.attributes.append((code.name, inside, True))
        elif around.kind is _In.CHILDREN:
            if found := _WORDS.fullmatch(inside.strip()):
                self._page.text(found[2])
            elif _COMMENTS.sub("", inside).strip():
                self._page.code(may_be_text=not code.had)
                if _CHILDREN.fullmatch(inside):
                    self._page.handed()

    def _children(self, at: int) -> int | None:
        """Read what is between the tags of an element."""
        text, frame = self._text, self._frames[-1]
        found = _CHILD.search(text, at)
        if not found:
            return None
        if found.start() > at:
            self._page.text(text[at : found.start()])
        at = found.start()
        if found[0] == "{":
            self._frames.append(_Frame(_In.CODE, at + 1))
            return at + 1
        if text.startswith("</", at):
            end = text.find(">", at)
            if frame.name:
                self._page.close(frame.name)
            self._frames.pop()
            return len(text) if end < 0 else end + 1
        if _ELEMENT.match(text, at):
            return self._begin_element(at)
        return at + 1


_CODE = re.compile(r"[\"'`{}/<]")
_STRING_END = re.compile(r"(?s)\\.|[\"'\n]")
_PATTERN = re.compile(r"\\[^\n]|[\[\]/\n]")
_LITERAL = re.compile(r"(?s)\\.|`|\$\{")
_BEFORE = re.compile(
    r"(?<![\w$.])(?:return|default|yield|case|else|await|do|typeof|void|in|of)$"
)
_ELEMENT = re.compile(
    r"<(?:(?P<name>[A-Za-z_$][\w$.:-]*)(?P<generic>\s*,|\s+extends\b)?(?P<closed>\s*>)?"
    r"|(?=>))"
)
_ENDS = re.compile(r"</([A-Za-z_$][\w$.:-]*)")
_NAME = re.compile(r"[A-Za-z_$][\w$.:-]*")
_SPACE = re.compile(r"(?:\s|/\*(?:[^*]|\*(?!/)){0,1000}\*/|//[^\n]{0,1000}\n)+")
_TYPE = re.compile(r"<[^<>(){}\n]{1,200}>")
_ATTRIBUTE = re.compile(r"(?P<name>[A-Za-z_$@][\w$:.-]*)(?P<equals>\s*=\s*)?")
_CHILD = re.compile(r"[<{]")
_SPREAD = re.compile(r"\s*\.\.\.")
_CHILDREN = re.compile(
    r"\s*(?:this\.)?(?:props\.)?(?:children|\w{0,60}(?i:button|link))\s*"
)
_COMMENTS = re.compile(r"(?s)/\*.*?(?:\*/|\Z)|//[^\n]*")
_WORDS = re.compile(r"(['\"])([^'\"\\\n]*)\1")
