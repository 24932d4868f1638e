# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Organisations and programs are told by address and name."""

import pytest

from ossay.source import people


@pytest.mark.parametrize(
    ("mail", "organisation"),
    [
        ("ada@moh.go.ke", "moh.go.ke"),
        ("ada@dev.moh.go.ke", "moh.go.ke"),
        ("ADA@Mail.Acme.IO", "acme.io"),
        ("ada@cs.ox.ac.uk", "ox.ac.uk"),
        ("ada@digital.service.gov.uk", "service.gov.uk"),
        ("ada@fsfe.org", "fsfe.org"),
        ("ada@mail.vub.be", "vub.be"),
        ("ada@bücher.de", "xn--bcher-kva.de"),
        ("ada@gmail.com", ""),
        ("ada@yahoo.co.uk", ""),
        ("ada@mail.ru", ""),
        ("ada@163.com", ""),
        ("1234+ada@users.noreply.github.com", ""),
        ("ada@noreply.codeberg.org", ""),
        ("ada@ada-laptop", ""),
        ("ada@localhost.localdomain", ""),
        ("ada@host.local", ""),
        ("ada@(none)", ""),
        ("ada@192.168.1.1", ""),
        ("ada@[192.168.1.1]", ""),
        ("ada", ""),
        ("", ""),
        ("ada@", ""),
        ("ada@@evil@b..c", ""),
        ("ada@" + "x" * 3_000 + ".com", ""),
    ],
)
def test_an_organisation_is_the_domain_it_would_register(
    mail: str, organisation: str
) -> None:
    assert people.organisation(mail) == organisation


@pytest.mark.parametrize(
    ("author", "is_bot"),
    [
        ("dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>", True),
        ("Renovate Bot <bot@renovateapp.com>", True),
        ("renovate[bot] <29139614+renovate[bot]@users.noreply.github.com>", True),
        ("github-actions <actions@github.com>", True),
        ("GitHub Actions <actions@github.com>", True),
        ("Weblate <noreply@weblate.org>", True),
        ("Hosted Weblate <hosted@weblate.org>", True),
        ("acme-release-bot <x@acme.example.com>", True),
        ("pre-commit-ci[bot] <x@y.example.com>", True),
        ("Transifex <x@y.example.com>", True),
        ("Ada Example <ada@work.example.com>", False),
        ("Abbott <abbott@work.example.com>", False),
        ("Robot Fan <fan@work.example.com>", False),
        ("Renovate Muster <r@work.example.com>", False),
    ],
)
def test_programs_are_told_by_their_names(author: str, is_bot: bool) -> None:
    name, _, mail = author.lower().rstrip(">").partition(" <")

    assert people.is_bot(name, mail) is is_bot
