# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What each check looks for, and which success criteria that may miss."""

from dataclasses import dataclass

from ossay.model.accessibility import (
    Barrier,
    ShutOut,
    Verdict,
    shut_out_by,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """
    A check.

    Attributes:
        what: What is told of a place, in one sentence; what was seen may follow it.
        criteria: Numbers of success criteria; none where none asks for it.
        shuts_out: Whom it may keep out, where no criterion tells.
    """

    id: str
    what: str
    criteria: tuple[str, ...] = ()
    shuts_out: tuple[ShutOut, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """
    What a check found in one file.

    Attributes:
        rule: The id of the `Rule`.
        seen: What a reader is shown beside what the rule says; "" for nothing.
        count: How many places it stands for.
    """

    rule: str
    line: int
    verdict: Verdict
    seen: str = ""
    count: int = 1

    def at(self, path: str) -> Barrier:
        """Return it as a barrier in the file *path*."""
        rule = RULES[self.rule]
        return Barrier(
            where=path,
            line=self.line,
            rule=rule.id,
            criteria=rule.criteria,
            verdict=self.verdict,
            shuts_out=rule.shuts_out or shut_out_by(rule.criteria),
            what=f"{rule.what}: {self.seen}" if self.seen else rule.what,
            count=self.count,
        )


def fails_unless(is_unsure: bool) -> Verdict:
    """Return what is told of a place where something may be that was not seen."""
    return Verdict.MAYBE if is_unsure else Verdict.FAILS


def _rule(
    name: str, criteria: str, what: str, shuts_out: tuple[ShutOut, ...] = ()
) -> Rule:
    return Rule(
        id=name, what=what, criteria=tuple(criteria.split()), shuts_out=shuts_out
    )


_ALL = (
    _rule("image-alt", "1.1.1", "an image has no text alternative"),
    _rule("image-alt-filename", "1.1.1", "the text alternative names a file"),
    _rule("html-lang", "3.1.1", "the page does not say its language"),
    _rule("page-title", "2.4.2", "the page has no title"),
    _rule("frame-title", "4.1.2", "a frame has no title"),
    _rule("control-label", "1.3.1 4.1.2", "a field has no label"),
    _rule("button-name", "4.1.2", "a button has no name"),
    _rule("link-name", "2.4.4 4.1.2", "a link has no text"),
    _rule("link-text", "2.4.4", "the text of a link does not say where it leads"),
    _rule("click-no-keyboard", "2.1.1", "a click is heeded, and no key"),
    _rule("tabindex-positive", "2.4.3", "the order of the Tab key is set by a number"),
    _rule("aria-role", "4.1.2", "a role is none that ARIA knows"),
    _rule("heading-order", "1.3.1", "a level of headings is left out"),
    _rule("table-headers", "1.3.1", "a table has no header cells"),
    _rule("zoom-blocked", "1.4.4", "the page keeps people from enlarging it"),
    _rule("page-refresh", "2.2.1", "the page reloads or moves on by itself"),
    _rule("moving-text", "2.2.2", "text moves by itself"),
    _rule("autoplay", "1.4.2 2.2.2", "sound or film begins by itself"),
    _rule("video-captions", "1.2.2", "a film has no track of captions"),
    _rule("text-size-fixed", "1.4.4", "the size of text is fixed in pixels"),
    _rule("focus-outline", "2.4.7", "the mark of what has the focus is taken away"),
    _rule(
        "one-direction",
        "",
        "styles name left or right, which does not turn round for Arabic or Hebrew",
        (ShutOut.OTHER_LANGUAGE,),
    ),
)
RULES = {rule.id: rule for rule in _ALL}
