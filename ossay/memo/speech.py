# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Sentences, numbers and dates in the language of a memo."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from markupsafe import Markup, escape

ENGLISH = "en"

_RIGHT_TO_LEFT = frozenset(
    {"ar", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"}
)
"""Primary language subtags (BCP 47) whose usual script runs right to left."""

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def direction(language: str) -> str:
    """Return "rtl" or "ltr", as HTML's `dir` has it."""
    primary = language.partition("-")[0].lower()
    return "rtl" if primary in _RIGHT_TO_LEFT else "ltr"


@cache
def _pieces(sentence: str, *, marks: bool) -> tuple[list[str], list[str]]:
    """Return the text before, between and after `{names}`, and the names."""
    pieces = re.split(r"\{(\w+)\}", sentence)
    own = [str(escape(text)) if marks else text for text in pieces[::2]]
    return own, pieces[1::2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """
    Speaks one language in one format.

    Sentences are written in English, in the templates, with `{names}` for what is
    filled in. What *catalogue* does not translate is said in English, and where
    the format can say so it is marked as English (WCAG 2.2, 3.1.2).

    Attributes:
        catalogue: English sentences and what they are in `language`.
        finish: Makes a value safe for the format; see `ossay.memo.escapes`.
        code: Sets off what is no language.
        marks: Whether the format can mark the language of a passage.
    """

    language: str
    catalogue: Mapping[str, str]
    finish: Callable[[object], Markup]
    code: Callable[[object], Markup]
    marks: bool

    def say(self, sentence: str, /, **values: object) -> Markup:
        """Return *sentence* in this language, with *values* filled in, made safe."""
        said = self.say_plain(sentence, **values)
        return said if self._is_said(sentence) else self._english(said)

    def say_plain(self, sentence: str, /, **values: object) -> Markup:
        """Say it without marking the language: for titles and attributes."""
        translated = self.catalogue.get(sentence, sentence)
        (first, *rest), names = _pieces(translated, marks=self.marks)
        said = [first]
        for name, text in zip(names, rest, strict=True):
            said += [self.finish(values[name]), text]
        return Markup("".join(said))  # noqa: S704 - every piece is finished

    def count(self, number: int | float, one: str, many: str, /) -> Markup:
        """Return *one* or *many* with `{n}` filled in, as the number wants it."""
        return self.say(one if number == 1 else many, n=self.number(number))

    def tell(self, text: str) -> Markup:
        """
        Return a sentence of a pack, a fact or a gap: nothing is filled in.

        What stands between backticks is set off as code.
        """
        said = self.prose(self.catalogue.get(text, text))
        return said if self._is_said(text) else self._english(said)

    def prose(self, text: str) -> Markup:
        """Return *text*, made safe, with code between backticks set off."""
        pieces = text.split("`")
        if len(pieces) % 2 == 0 or len(pieces) == 1:
            return self.finish(text)
        return Markup(  # noqa: S704 - every piece is finished
            "".join(
                self.code(piece) if n % 2 else self.finish(piece)
                for n, piece in enumerate(pieces)
            )
        )

    def number(self, number: int | float) -> str:
        """Return *number* with its digits grouped, two decimals at most."""
        if isinstance(number, int) or number.is_integer():
            return f"{int(number):,}"
        return f"{number:,.2f}".rstrip("0")

    def day(self, day: date) -> Markup:
        """Return a date in words ("2 March 2026")."""
        month = self.say(_MONTHS[day.month - 1])
        return self.say("{day} {month} {year}", day=day.day, month=month, year=day.year)

    def _is_said(self, sentence: str) -> bool:
        is_english = self.language.partition("-")[0].lower() == ENGLISH
        return is_english or not self.marks or sentence in self.catalogue

    def _english(self, said: Markup) -> Markup:
        return Markup(f'<span lang="en" dir="ltr">{said}</span>')  # noqa: S704
