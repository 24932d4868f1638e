# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What is known of a file's licence: who says so, where, and what stays open."""

from dataclasses import dataclass

from ossay.collect.licensing.annotations import Said
from ossay.collect.licensing.recognition.neighbourhood import Origin
from ossay.collect.licensing.recognition.reading import Kind
from ossay.model.licences import Holding, Speech
from ossay.model.people import Curation


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """
    A file that a statement refers to.

    Attributes:
        name: As the statement has it.
        path: The file that it means here; "" if there is none.
        expressions: What is stated in that file.
    """

    name: str
    path: str
    expressions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """
    One place in a file that names a licence.

    Attributes:
        expression: SPDX expression. Of a licence text, that of the text: a text
            says neither "only" nor "or later".
        by: What told it: "SPDX tag", "licenseclassifier", the recogniser's rules, or
            a person ("curation by ...").
        coverage: Share of the rule's words that were found, the least of several.
        key: Of the wording that it was told from; the name of the blob if that was
            all of the file, and "" if it is a tag.
    """

    expression: str
    speech: Speech
    first_line: int
    last_line: int
    by: str
    coverage: float = 1.0
    key: str = ""
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A passage of which it is not known what it says, and why not."""

    first_line: int
    last_line: int
    key: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Curated:
    """
    A passage of which a person says what it states, in place of all else.

    Attributes:
        overruled: What else was told of it.
        why_open: Why it was not known what it says; "" if it was.
    """

    first_line: int
    last_line: int
    curation: Curation
    overruled: tuple[Statement, ...] = ()
    why_open: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFinding:
    """
    What is known of the licence of one file.

    Attributes:
        statements: What the file itself says. One that lists the licences of
            others states none.
        open: Passages that may say more.
        curated: Passages of which a person says what they state.
        said: What counts for it by the rules of REUSE, in it or elsewhere.
        holdings: Copyright notices, as a recogniser reads them.
        open_notices: Lines that may name holders and were not read.
        licensed_by: The nearest licence files.
        unread: Why more may be said than is known; "" if that is all.
    """

    path: str
    kind: Kind
    origin: Origin
    statements: tuple[Statement, ...] = ()
    open: tuple[Open, ...] = ()
    curated: tuple[Curated, ...] = ()
    said: tuple[Said, ...] = ()
    holdings: tuple[Holding, ...] = ()
    open_notices: tuple[Open, ...] = ()
    licensed_by: tuple[str, ...] = ()
    unread: str = ""
