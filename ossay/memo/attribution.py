# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
The texts and copyright notices to pass on with the software, as HTML and plain text.

What a licence asks to be passed on is passed on whole: no list of holders is cut,
and no text. Only the files that a licence was found in are shown in part.
"""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from ossay.memo.ink import HTML, PLAIN, Ink
from ossay.memo.rendering import UNTRANSLATED, fill_in, speech_in
from ossay.memo.speech import ENGLISH

SHOWN_FILES = 20

_WIDTH = 79
_TAB = 8
_RULE = "-" * _WIDTH


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """
    A text to pass on as it is.

    Attributes:
        path: Where it was found; "" where it comes from a list of licences.
        listed: What that list is called.
    """

    text: str
    path: str = ""
    listed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceUse:
    """
    One licence, and what under it is to be passed on.

    Attributes:
        id: Its identifier, with an exception where there is one.
        name: Its name on the SPDX list; "" where it is on none.
        texts: Every wording that was found, since many name their holders.
        holders: Copyright notices as they were found, each once.
        files: Files under it, as many as are known by path.
        total_files: How many files are under it.
    """

    id: str
    name: str = ""
    texts: tuple[Passage, ...] = ()
    holders: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    total_files: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """
    All that has to be passed on with a snapshot.

    Attributes:
        name: What the software is called.
        source: Address of the repository.
        version: The commit, or what stands for it.
        notices: Texts that a licence asks to be passed on beside its own (the
            NOTICE file of Apache-2.0, 4(d)).
        without_licence: Files of which no licence is known.
        gaps: Why else something may be missing, each a sentence.
    """

    name: str
    source: str
    version: str
    licences: tuple[LicenceUse, ...] = ()
    notices: tuple[Passage, ...] = ()
    without_licence: int = 0
    gaps: tuple[str, ...] = ()

    @property
    def without_text(self) -> int:
        """How many licences are named and have no text."""
        return sum(not one.texts for one in self.licences)

    @property
    def is_complete(self) -> bool:
        """Whether something was found, and nothing is known to be missing."""
        missing = self.without_text or self.without_licence or self.gaps
        return bool(self.licences) and not missing


def attribution_html(
    attribution: Attribution,
    language: str = ENGLISH,
    catalogue: Mapping[str, str] = UNTRANSLATED,
) -> str:
    """Return the notice as one HTML file that needs nothing else and no script."""
    return _written("html", HTML, attribution, language, catalogue)


def attribution_text(attribution: Attribution) -> str:
    """Return the notice as plain text."""
    text = _written("txt", PLAIN, attribution, ENGLISH, UNTRANSLATED)
    return text.rstrip("\n") + "\n"


def _written(
    suffix: str,
    ink: Ink,
    attribution: Attribution,
    language: str,
    catalogue: Mapping[str, str],
) -> str:
    return fill_in(
        f"attribution/attribution.{suffix}.j2",
        ink,
        speech_in(ink, language, catalogue),
        None,
        of=attribution,
        lines=_lines,
        wrapped=_wrapped,
        RULE=_RULE,
        SHOWN_FILES=SHOWN_FILES,
    )


def _lines(text: str) -> list[str]:
    """Return *text* by lines, as they stand, without empty ones around them."""
    lines = text.removeprefix("\ufeff").expandtabs(_TAB).splitlines()
    trimmed = [line.rstrip() for line in lines]
    return "\n".join(trimmed).strip("\n").split("\n")


def _wrapped(sentence: Markup) -> Markup:
    return Markup(textwrap.fill(str(sentence), _WIDTH))  # noqa: S704 - not HTML
