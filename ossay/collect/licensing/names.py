# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which files are called licences, in the languages that software is written in."""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache


class Scope(StrEnum):
    """What a file that is called a licence speaks for."""

    WHOLE = "whole"
    PART = "part"


_LICENCE_WORDS = """
    license licence unlicense unlicence copying copyleft eula
    licencia llicencia lizentzia licenca licenza licenta lizenz licentie lisens
    licens lisenssi litsents licencija licenc licencja licenciu leyfi lisans
    lisensi lesen leseni giayphep
    лицензия ліцензія ліцэнзія лиценз лиценца лицензија άδεια αδεια
    رخصة ترخيص الرخصة الترخيص مجوز پروانه اجازت רישיון
    लाइसेंस লাইসেন্স உரிமம் ใบอนุญาต สัญญาอนุญาต ፈቃድ ლიცენზია լիցենզիա
    许可证 許可證 许可 許可 授权 授權 授权协议 ライセンス 使用許諾
    라이선스 라이센스 사용권
"""
_LICENCE = frozenset(_LICENCE_WORDS.split())
"""
"Licence" and what serves for it: English first, then the languages of Europe,
Africa and Asia, in the script they are written in; without accents.
"""

_LICENSING = frozenset({"licensing", "licences", "licenses", "copyright", "trademark"})
_NOTICE = frozenset({"notice", "notices"})

_FOR_A_PART_WORDS = """
    doc docs documentation data dataset assets artwork icons images media logo logos
    font fonts content contents example examples sample samples extra website
"""
_FOR_A_PART = frozenset(_FOR_A_PART_WORDS.split())
"""Words for what is under a licence of its own ("LICENSE-docs")."""

_FOR_OTHERS_WORDS = """
    3rd 3rdparty third thirdparty party vendor vendored vendors dependency
    dependencies deps bundled bundle notice notices contrib contributions
    contributor cla header headers template config checker check report list
"""
_FOR_OTHERS = frozenset(_FOR_OTHERS_WORDS.split())
"""Words for texts that are about other software, or no licence at all."""

_TEXT_SUFFIXES_WORDS = """
    txt md markdown mdown rst adoc asciidoc org html htm tex rtf pdf doc docx odt
"""
_TEXT_SUFFIXES = frozenset(_TEXT_SUFFIXES_WORDS.split())

_OTHER_SUFFIXES_WORDS = """
    py js cjs mjs ts jsx tsx vue java kt kts go rs rb c cc cpp h hpp cs php pl sh ps1
    json yml yaml toml xml csv tsv properties plist po pot mo svg png jpg jpeg gif ico
    css scss less sass lua swift dart scala ex exs erl hs ml gradle cmake in am license
    ejs hbs tpl j2 jinja bat cmd sql ipynb spdx sig asc
"""
_OTHER_SUFFIXES = frozenset(_OTHER_SUFFIXES_WORDS.split())
"""Files that end so hold code or data about licences."""

_LIKE_A_LICENCE = re.compile("|".join(sorted(_LICENCE)))
"""What a name holds, without separators, if one of its words is "licence"."""

_SEPARATORS = re.compile(r"[\s_.,&+()\[\]-]+")
_NUMBER = re.compile(r"(?<=[^\W\d])v?\d+$")
"""What may stand at the end of a word ("COPYING3", "COPYINGv2")."""


@lru_cache(maxsize=16_384)  # the files of a tree share many names
def scope_of(name: str) -> Scope | None:
    """
    Tell what a file called *name* is the licence of; None if it is called none.

    "LICENSE-MIT", "COPYING.LESSER" and "MIT-LICENSE.txt" are licences of the
    whole, "LICENSE-docs" is one of a part; notices and lists of authors are none.
    """
    stem, _, suffix = name.rpartition(".")
    if stem and suffix.lower() in _OTHER_SUFFIXES:
        return None
    if stem and suffix.lower() in _TEXT_SUFFIXES:
        name = stem
    if _LIKE_A_LICENCE.search(_SEPARATORS.sub("", _plain(name.casefold()))) is None:
        return None
    words = _words(name)
    if not any(word in _LICENCE for word in words) or any(
        word in _FOR_OTHERS for word in words
    ):
        return None
    return Scope.PART if any(word in _FOR_A_PART for word in words) else Scope.WHOLE


def is_notice(name: str) -> bool:
    """Tell whether a file called *name* holds notices ("NOTICE.md")."""
    stem, dot, suffix = name.rpartition(".")
    if dot and suffix.lower() not in _TEXT_SUFFIXES:
        return False
    return any(word in _NOTICE for word in _words(stem or suffix))


def speaks_of_licences(heading: str) -> bool:
    """Tell whether a section under *heading* is about licences."""
    return any(word in _LICENCE or word in _LICENSING for word in _words(heading))


def _words(name: str) -> list[str]:
    """Return the words of *name*, and all of it, in lower case, without accents."""
    words = _SEPARATORS.split(_plain(name.casefold()))
    return [*(_NUMBER.sub("", word) for word in words), "".join(words)]


def _plain(name: str) -> str:
    if name.isascii():
        return name
    parts = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in parts if not _is_accent(c))
    return unicodedata.normalize("NFC", plain)


def _is_accent(character: str) -> bool:
    """Tell whether it is a mark on a Latin, Greek or Cyrillic letter."""
    return "\u0300" <= character <= "\u036f"
