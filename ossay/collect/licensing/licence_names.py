# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Licences by the names and addresses that manifests use instead of identifiers."""

import re
from functools import cache

from ossay.collect.licensing.expressions import licences

_NAME_AND_ADDRESS = re.compile(r"([^<>]*)<([^<>]*)>")
_WORD = re.compile(r"[^\W_]+(?:\.\d+)*")
_FILLERS = frozenset({"the", "license", "licence", "version", "v", "software"})
_PARENTHESES = re.compile(r"\([^()]*\)")
_ENDING = re.compile(r"(?:\.(?:txt|html?|php|en)|/|/legalcode|/license)+$")


def by_name(said: str) -> str | None:
    """
    Return the identifier of the listed licence that *said* names; None if in doubt.

    Names are compared with those of the SPDX list by their words ("The Apache
    Software License, Version 2.0"), addresses with those that the list gives.
    """
    both = _NAME_AND_ADDRESS.fullmatch(said.strip())
    candidates = both.groups() if both is not None else (said,)
    for candidate in candidates:
        if candidate.lower().startswith(("http://", "https://")):
            found = _addresses().get(_address(candidate))
        else:
            # "Mozilla Public License 2.0 (MPL 2.0)": what is added may be a gloss.
            bare = _PARENTHESES.sub(" ", candidate)
            found = _names().get(_name(candidate)) or _names().get(_name(bare))
        if found:
            return found
    return None


def is_vaguely(said: str, identifier: str) -> bool:
    """Tell whether *said* begins the name of *identifier* ("BSD-3", "Apache")."""
    both = _NAME_AND_ADDRESS.fullmatch(said.strip())
    words = _name(both.group(1) if both is not None else said)
    whole = _name(identifier)
    return bool(words) and f"{whole} ".startswith(f"{words} ")


@cache
def _names() -> dict[str, str]:
    """Return identifiers by name; "" where several licences share one."""
    found: dict[str, str] = {}
    for identifier, licence in licences().items():
        if not licence["isDeprecatedLicenseId"]:
            name = _name(str(licence["name"]))
            for key in {name, name.removesuffix(" only"), _name(identifier)}:
                found[key] = (
                    "" if found.get(key, identifier) != identifier else identifier
                )
    return found


@cache
def _addresses() -> dict[str, str]:
    """Return identifiers by address; "" where several licences share one."""
    found: dict[str, str] = {}
    for identifier, licence in licences().items():
        if not licence["isDeprecatedLicenseId"]:
            named = (f"https://spdx.org/licenses/{identifier}", *licence["seeAlso"])
            for address in {_address(str(a)) for a in named}:
                known = found.get(address, identifier)
                found[address] = "" if known != identifier else identifier
    return found


def _name(text: str) -> str:
    """Return the words of a name that tell licences apart."""
    found = _WORD.findall(text.casefold())
    words = (_plain_number(w) for w in found if w not in _FILLERS)
    return " ".join(words)


def _plain_number(word: str) -> str:
    """Return "3" for "v3.0"; other words as they are."""
    number = word.removeprefix("v")
    return number.removesuffix(".0") if number[:1].isdigit() else word


def _address(text: str) -> str:
    """Return an address without what often differs: scheme, www, ending."""
    plain = text.strip().casefold().partition("://")[2].removeprefix("www.")
    return _ENDING.sub("", plain.partition("#")[0])
