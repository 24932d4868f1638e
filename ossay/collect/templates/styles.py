# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Style sheets (CSS, SCSS, Less): focus that is not seen, text that is not enlarged."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ossay.model.accessibility import Verdict

Report = Callable[[str, int, Verdict, str, int], None]
"""Takes the rule, the place, the verdict, what was seen, and how many places."""

DEEPEST = 40
MOST_SELECTOR = 400


@dataclass(slots=True)
class _Block:
    """Declarations between braces: property, value and place."""

    selector: str
    declared: list[tuple[str, str, int]] = field(default_factory=list)
    takes_in: bool = False


def check_styles(text: str, offset: int, report: Report) -> None:
    """Check a style sheet, which stands at *offset* in its file."""
    removed: list[tuple[str, int]] = []
    marks_focus = False
    sided: list[int] = []
    minds_direction = _DIRECTION.search(text) is not None
    for block in _blocks(_plain(text)):
        names = {name for name, _, _ in block.declared}
        if _FOCUS.search(block.selector) and _is_marked(block):
            marks_focus = True
        for name, value, at in block.declared:
            if name in _OUTLINES and _NONE.match(value):
                if not _is_replaced(block, names):
                    removed.append((block.selector, at))
            elif name == "font-size" and _is_of_page(block.selector):
                if _PIXELS.match(value):
                    report("text-size-fixed", offset + at, Verdict.MAYBE, value, 1)
            elif not minds_direction and _is_sided(name, value):
                sided.append(at)
    for selector, at in removed:
        sure = not marks_focus and _is_for_all(selector)
        if marks_focus and not _FOCUS.search(selector):
            continue
        verdict = Verdict.FAILS if sure else Verdict.MAYBE
        report("focus-outline", offset + at, verdict, selector, 1)
    if sided:
        report("one-direction", offset + sided[0], Verdict.MAYBE, "", len(sided))


def _plain(text: str) -> str:
    """Blank out comments, texts and what is put in, all of which may hold braces."""
    return _NOISE.sub(_blank, text)


def _blank(found: "re.Match[str]") -> str:
    told = found[0]
    fill = "x" if told[0] in "#@" else " "
    if "\n" not in told:
        return fill * len(told)
    return "\n".join(fill * len(line) for line in told.split("\n"))


def _blocks(text: str) -> Iterator[_Block]:
    """Yield each block when it ends, with its selector as nesting makes it."""
    stack: list[_Block] = [_Block("")]
    begin = 0
    for found in _SIGNS.finditer(text):
        sign, at = found[0], found.start()
        if sign == "{":
            selector = " ".join(text[begin:at][-MOST_SELECTOR:].split())
            stack.append(_Block(_nested(stack[-1].selector, selector)))
            if len(stack) > DEEPEST:
                return
        else:
            _declare(stack[-1], text[begin:at], begin)
            if sign == "}" and len(stack) > 1:
                yield stack.pop()
        begin = at + 1


def _nested(around: str, selector: str) -> str:
    if selector.startswith("@") or not around or around.startswith("@"):
        return around if selector.startswith("@") and around else selector
    if "&" in selector:
        return selector.replace("&", around)[-MOST_SELECTOR:]
    return f"{around} {selector}"[-MOST_SELECTOR:]


def _declare(block: _Block, text: str, begin: int) -> None:
    name, colon, value = text.partition(":")
    if not colon:
        if _TAKEN_IN.search(text):
            block.takes_in = True
        return
    at = begin + len(text) - len(text.lstrip())
    block.declared.append((name.strip().lower(), value.strip().lower()[:200], at))


def _is_marked(block: _Block) -> bool:
    """Tell whether a block makes the focus seen."""
    return block.takes_in or any(
        (name.startswith(_MARKS) or name in _OUTLINES) and not _NONE.match(value)
        for name, value, _ in block.declared
    )


def _is_replaced(block: _Block, names: set[str]) -> bool:
    """Tell whether the outline is taken away for another mark, or for no key."""
    selector = block.selector
    if _NO_KEY.search(selector) or not selector:
        return True
    if _FOCUS.search(selector):
        return _is_marked(block)
    return bool(names & {"-webkit-tap-highlight-color"}) and not _PLAIN.search(selector)


def _is_for_all(selector: str) -> bool:
    return any(_ALL.fullmatch(part.strip()) for part in selector.split(","))


def _is_of_page(selector: str) -> bool:
    return any(part.strip() in _PAGE for part in selector.split(","))


def _is_sided(name: str, value: str) -> bool:
    if name in {"text-align", "float"}:
        return value.startswith(("left", "right"))
    return _SIDED.fullmatch(name) is not None


_NOISE = re.compile(
    r"(?s)/\*.*?(?:\*/|\Z)|(?<!:)//[^\n]*|\"(?:[^\"\\\n]|\\.){0,500}\""
    r"|'(?:[^'\\\n]|\\.){0,500}'|url\([^)\n]{0,300}\)|[#@]\{[^}\n]{0,300}\}"
)
_SIGNS = re.compile(r"[{};]")
_OUTLINES = frozenset({"outline", "outline-width", "outline-style"})
_NONE = re.compile(r"(?:none|0(?:px)?)\s*(?:!important)?$|0 none|none 0")
_FOCUS = re.compile(r":focus")
_NO_KEY = re.compile(
    r":focus:not\(|:not\(:focus-visible\)|tabindex=|:active(?!.*:focus)|:hover$|\bmain\b"
    r"|::-moz-focus-inner|:-moz-focusring|\bh[1-6]:focus|dialog|modal|:disabled"
)
"""Where no key puts the focus, or a rule for keys alone is meant to follow."""
_MARKS = (
    *("box-shadow", "border", "background", "text-decoration", "color", "fill"),
    *("stroke", "transform", "filter", "opacity", "--tw-ring", "outline-color"),
)
_TAKEN_IN = re.compile(r"@include|@extend|@apply|\.[\w-]+\s*\(|^\s*\.[\w-]+\s*$")
_PLAIN = re.compile(r"(?:^|[\s,])(?:a|button|input|select|textarea|\*)(?:[\s,:]|$)")
_ALL = re.compile(
    r"\*|(?:\*|a|button|input|select|textarea|summary)?:focus(?:-visible)?"
)
_PAGE = frozenset({"html", "body", ":root", "p"})
_PIXELS = re.compile(r"[0-9.]+px")
_DIRECTION = re.compile(r"\[dir|:dir\(|\.rtl\b|/\*\s*rtl:")
_SIDED = re.compile(r"(?:margin|padding|border)-(?:left|right)(?:-\w+)?")
