# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""People made numbers: who is one person, who is a program, who works for whom."""

import ipaddress
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

import idna

from ossay.source.ident import name_and_mail
from ossay.source.process import output
from ossay.source.repository import Repository
from ossay.source.words import words

_BOT_ENDINGS = ("[bot]", "-bot", "_bot", " bot")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,62})")
_NOBODYS = re.compile(
    r"^(?:|none|unknown|root|nobody|no-?reply|[^@]*@(?:|localhost.*|\(none\)))$"
)
_NAME_PART = re.compile(r"[^\W\d_][^\W\d_'’-]+")
_PLACEHOLDERS = frozenset(
    {"your name", "first last", "john doe", "jane doe", "no name", "unknown user"}
    | {"no author", "not committed yet"}
)
"""What stands where git was not told a name."""
_FORGE_NUMBER = re.compile(r"^\d+\+(?=[^@]*@users\.noreply\.)")
_CONTACT = re.compile(rb"[^<>\n\0]*<[^<>\n\0]*>")
_COUNTRY_LETTERS = 2
_LONGEST_DOMAIN = 253
_PRIVATE = frozenset(
    {"local", "localdomain", "localhost", "lan", "internal", "home", "corp", "test",
     "invalid", "example", "arpa", "intranet", "private", "none"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Author:
    """
    One way in which somebody signed, as far as stewardship needs to know it.

    Attributes:
        address: Stands for the mail address; for the name where that is nobody's.
        name: Stands for a full name; b"" for one that may be many people's.
    """

    address: bytes
    name: bytes
    organisation: str
    is_bot: bool


class Authors:
    """
    The authors of one history, after the .mailmap.

    Names and addresses stay in here: what leaves are their hashes under *key*.
    """

    def __init__(self, mapped: Mapping[bytes, bytes], key: bytes) -> None:
        self._mapped = mapped
        self._key = key
        self._known: dict[bytes, Author] = {}

    def author(self, contact: bytes) -> Author:
        """Return whom *contact* ("name <mail>", as committed) stands for."""
        known = self._known.get(contact)
        if known is None:
            known = self._known[contact] = self._met(contact)
        return known

    def _met(self, contact: bytes) -> Author:
        raw_name, raw_mail = name_and_mail(self._mapped.get(contact, contact))
        name = raw_name.decode(errors="replace").strip().lower()
        mail = raw_mail.decode(errors="replace").strip().lower()
        mail = _FORGE_NUMBER.sub("", mail)
        return Author(
            address=self._hash(name if _NOBODYS.match(mail) else mail),
            name=self._hash(name) if _is_full_name(name) else b"",
            organisation=organisation(mail),
            is_bot=is_bot(name, mail),
        )

    def _hash(self, text: str) -> bytes:
        return blake2b(text.encode(), key=self._key, digest_size=16).digest()


def people_among(authors: Mapping[int, Author]) -> dict[int, int]:
    """
    Return a number for each of *authors* that is the same for the same person.

    One address is one person, and so is one full name, under whatever addresses:
    counted twice, somebody who does most of the work would look like several.
    """
    same: dict[bytes, bytes] = {}

    def first(one: bytes) -> bytes:
        while (above := same.get(one, one)) != one:
            further = same.get(above, above)
            same[one] = further  # so that a long chain is walked once
            one = further
        return one

    for author in authors.values():
        if author.name:
            same[first(author.address)] = first(author.name)
    numbers: dict[bytes, int] = {}
    return {
        place: numbers.setdefault(first(author.address), len(numbers))
        for place, author in authors.items()
    }


def _is_full_name(name: str) -> bool:
    """Tell whether a name has a first and a last part; "ian" may be many."""
    return len(_NAME_PART.findall(name)) > 1 and name not in _PLACEHOLDERS


def mapped_by(
    repository: Repository, mailmap: str, contacts: Iterable[bytes]
) -> dict[bytes, bytes]:
    """
    Return what the mailmap in the blob *mailmap* makes of *contacts*.

    git itself reads the mailmap (gitmailmap(5)); it is the repository's own
    and may say anything.
    """
    well_formed = [c for c in contacts if _CONTACT.fullmatch(c)]
    if not mailmap or not well_formed:
        return {}
    said = output(
        *("check-mailmap", "--stdin"),
        folder=repository.folder,
        settings={"mailmap.blob": mailmap},
        told=b"".join(contact + b"\n" for contact in well_formed),
    )
    return dict(zip(well_formed, said.split(b"\n"), strict=False))


def is_bot(name: str, mail: str) -> bool:
    """Tell whether an author is a program, as far as name and address tell."""
    user = mail.partition("@")[0]
    if name.endswith(_BOT_ENDINGS) or user.endswith("[bot]"):
        return True
    return name.removesuffix("[bot]") in words("bots")


def organisation(mail: str) -> str:
    """
    Return the domain an organisation would register, out of a mail address.

    "" for public mail providers, forges' no-reply addresses, and whatever is no
    domain of the public internet. Without a list of public suffixes the last
    two labels are taken, or three where a country registers under the second.
    """
    domain = mail.rpartition("@")[2].strip("[]. ").lower()
    domain = _ascii(domain) if len(domain) <= _LONGEST_DOMAIN else ""
    labels = domain.split(".")
    if len(labels) < 2 or not all(map(_LABEL.fullmatch, labels)):
        return ""
    if labels[-1] in _PRIVATE or not labels[-1][0].isalpha() or _is_number(domain):
        return ""
    is_under_country = len(labels[-1]) == _COUNTRY_LETTERS and labels[-2] in words(
        "second_level"
    )
    own = ".".join(labels[-3:] if is_under_country else labels[-2:])
    return "" if {domain, own} & words("mail_providers") else own


def _ascii(domain: str) -> str:
    if domain.isascii():
        return domain
    try:
        return idna.encode(domain, uts46=True).decode()
    except (idna.IDNAError, UnicodeError):
        return ""


def _is_number(domain: str) -> bool:
    try:
        ipaddress.ip_address(domain)
    except ValueError:
        return False
    return True
