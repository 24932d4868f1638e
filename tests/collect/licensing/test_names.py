# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Licence files are found by their names, in many languages."""

import pytest

from ossay.collect.licensing.names import Scope, scope_of


@pytest.mark.parametrize(
    "name",
    [
        "LICENSE",
        "license.md",
        "LICENCE.txt",
        "LICENSE-MIT",
        "LICENSE.APACHE",
        "MIT-LICENSE.txt",
        "GPL_LICENSE",
        "COPYING",
        "COPYING.LESSER",
        "COPYING3",
        "COPYINGv2",
        "UNLICENSE",
        "LICENSE.pdf",
        "LICENCIA.md",
        "LIZENZ.txt",
        "LICENZA",
        "LICENÇA.md",
        "LICENCJA",
        "Lisans",
        "LISENSI",
        "leseni.txt",
        "ЛИЦЕНЗИЯ",
        "Ліцензія.md",
        "ΑΔΕΙΑ.txt",
        "Άδεια",
        "许可证",
        "許可證.txt",
        "ライセンス.md",
        "라이선스",
        "رخصة",
        "الترخيص.txt",
        "लाइसेंस",
        "লাইসেন্স",
        "Giấy phép.txt",
    ],
)
def test_a_licence_is_known_by_its_name(name: str) -> None:
    assert scope_of(name) is Scope.WHOLE


@pytest.mark.parametrize(
    "name", ["LICENSE-docs", "LICENSE.data.txt", "font-license.txt", "LICENSE-extra"]
)
def test_some_licences_are_for_a_part(name: str) -> None:
    assert scope_of(name) is Scope.PART


@pytest.mark.parametrize(
    "name",
    [
        "NOTICE",
        "AUTHORS",
        "COPYRIGHT",
        "README.md",
        "license.py",
        "License.cpp",
        "license-config.json",
        "license-header.txt",
        "LICENSE-3RD-PARTY.txt",
        "third-party-licence.md",
        "LICENSES.md",
        "LICENSE.license",
        "licensed.txt",
        "",
    ],
)
def test_other_files_are_none(name: str) -> None:
    assert scope_of(name) is None
