# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Released files that were handed in, and what is known of them."""

from dataclasses import dataclass
from enum import StrEnum

from ossay.model.components import Completeness, Component, Purl
from ossay.model.digest import Digest
from ossay.model.evidence import Item
from ossay.model.tree import Entry


class Traceable(StrEnum):
    """Whether what was released is what the commit holds."""

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """
    A released file held against a commit.

    Paths are those in the archive, sorted.

    Attributes:
        why: The answer in one sentence.
        same: How many files have the content that the commit has there, or, where
            the archive leaves out folders above ("src/"), below a folder.
        moved: Files whose content the commit has at another path alone.
        line_ends: Files whose content differs from the commit's in line ends alone.
        differ: Files that the commit has with other content.
        absent: Files whose content the commit does not have, and no such path either.
        made: Files that packing adds.
    """

    answer: Traceable
    why: str
    same: int
    moved: tuple[str, ...]
    line_ends: tuple[str, ...]
    differ: tuple[str, ...]
    absent: tuple[str, ...]
    made: tuple[str, ...]


class Signed(StrEnum):
    """What is known of the signature on a released file."""

    GOOD = "good"
    BAD = "bad"
    UNCHECKED = "not checked"
    NONE = "none found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """
    What was found.

    Attributes:
        note: One sentence for a reader.
        key: Fingerprint of the key or certificate that a good signature is of, else
            "".
    """

    state: Signed
    note: str
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """
    What a released file brings with it, as far as what is inside tells.

    Attributes:
        itself: The purls that it says it is; none where nothing tells.
        contained: Packages that are inside, each once, by purl.
        asked_for: Packages that are installed along with it, those inside left out.
        completeness: How much is told of each ecosystem, by name.
        left_out: What may bring components that are not listed, and why.
    """

    itself: tuple[Purl, ...]
    contained: tuple[Component, ...]
    asked_for: tuple[Component, ...]
    completeness: tuple[tuple[str, Completeness], ...]
    left_out: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """
    The files inside, by name and content; enough to hold them against a commit.

    Attributes:
        form: What the released file is ("Python wheel").
        commit: The commit that it says it was made of; "" where it names none.
        algorithm: That of the object names of its entries.
        entries: What is inside, sorted by path.
        unix: Object names of files as they would be with the line ends of Unix, by
            path; of those alone that have others.
        settings: The texts of each `setup.cfg`, to which setuptools adds.
        left_out: Names of what is inside and was not unpacked, each with the reason.
    """

    form: str
    commit: str
    algorithm: str
    entries: tuple[Entry, ...]
    unix: tuple[tuple[str, str], ...]
    settings: tuple[tuple[str, str], ...]
    left_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """
    A released file as it was handed in; the file itself is not kept.

    Attributes:
        name: The file's name, without the way to it.
        digest: SHA-256 of the file; of `index.json` where it is a folder.
    """

    name: str
    digest: Digest
    listing: Listing
    signature: Signature
    inside: Inside


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """
    A released file, beside the commit that is looked at.

    Attributes:
        commit: The commit that it was handed in for.
        traced: None where another commit is looked at: it is of another version.
    """

    name: str
    digest: Digest
    form: str
    commit: str
    signature: Signature
    inside: Inside
    traced: Traced | None
