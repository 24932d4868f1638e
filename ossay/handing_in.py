# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What somebody hands in beside the address: looked into once, and kept by digest.

That are SBOMs of a buyer or a supplier, files that were released, and the address of
a running instance with the permission to visit it. An assessment is told the digests,
and notes for which version they came in. The languages that a buyer names are checked
here, and kept with the candidate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ossay.model.errors import OssayError
from ossay.model.sboms import HandedSbom
from ossay.model.sites import Site

if TYPE_CHECKING:
    from ossay.artefacts import Expected
    from ossay.engine import Workshop
    from ossay.model.digest import Digest

_LONGEST_NAME = 100


class SiteRefused(OssayError):
    """A running instance may not be visited on what was said; the message says why."""

    status = 2


class SbomRefused(OssayError):
    """What was handed in is no SBOM, or cannot be kept; the message says why."""

    status = 2


class LanguageRefused(OssayError):
    """What was named is no language."""

    status = 2


def languages(named: Sequence[str]) -> tuple[str, ...]:
    """Return language tags as BCP 47 spells them, each once; refuse what is none."""
    if not named:
        return ()
    from ossay.collect import language_tag  # few name any

    tags = []
    for name in named:
        tag = language_tag(name.strip())
        if tag is None:
            msg = (
                f"cannot look for the language {name[:_LONGEST_NAME]!r}: it is no "
                "language tag (BCP 47) that is known here; give one such as ar, sw, "
                "pt-BR or zh-Hant"
            )
            raise LanguageRefused(msg)
        tags.append(tag)
    return tuple(dict.fromkeys(tags))


def sboms(
    workshop: Workshop, files: Sequence[tuple[str, Path]], by: str
) -> tuple[Digest, ...]:
    """
    Keep SBOMs, all or none; return the digests of the `HandedSbom`s.

    *files* are the names of parts, and the file that is handed in for each; *by* is
    the id of who hands them in, "" where nobody said.
    """
    if files and "@" in by:
        msg = "cannot note an e-mail address as who handed in an SBOM; give an id"
        raise SbomRefused(msg)
    contents = [_content(path) for _, path in files]
    register = workshop.register
    on = workshop.clock().date()
    kept = []
    for (part, path), content in zip(files, contents, strict=True):
        handed = HandedSbom(
            part=part,
            name=_name(path),
            digest=register.artefacts.put(content),
            handed_by=by,
            handed_on=on,
        )
        kept.append(register.file(handed).digest)
    return tuple(kept)


def released(
    workshop: Workshop,
    files: Sequence[Path],
    keys: Path | None = None,
    expected: Expected | None = None,
) -> tuple[Digest, ...]:
    """
    Look into released files; keep what is known of them and return its digests.

    *keys* are those that may sign them, and *expected* who is to.
    """
    if not files:
        return ()
    from ossay.artefacts import take_in

    now, toolbox = workshop.clock(), workshop.toolbox
    known = [
        take_in(file, toolbox, now, keys=keys, expected=expected) for file in files
    ]
    return tuple(workshop.register.file(one).digest for one in known)


def sites(workshop: Workshop, given: Sequence[Site]) -> tuple[Digest, ...]:
    """
    Keep who allowed which running instances to be visited; return the digests.

    Nothing is visited yet.

    Raises:
        SiteRefused: A permission lapsed, or does not say whose it is.
        CloneRefused: ossay does not go to such an address.
    """
    from ossay.source import read_site

    today, access = workshop.clock().date(), workshop.settings.access
    kept = []
    for site in given:
        _check_permission(site, today)
        address = read_site(site.address, access).url
        kept.append(workshop.register.file(replace(site, address=address)).digest)
    return tuple(kept)


def _check_permission(site: Site, today: date) -> None:
    """Raise `SiteRefused` where a permission does not hold, or says too little."""
    about = f"cannot visit {site.address[:80]!r}"
    named = (("the owner", site.owner), ("who allowed it", site.authorised_by))
    for what, said in named:
        if not said.strip() or not said.isprintable() or len(said) > _LONGEST_NAME:
            msg = f"{about}: {what} has to be named in 1 to {_LONGEST_NAME} letters"
            raise SiteRefused(msg)
        if "@" in said:
            msg = f"{about}: {what} is an e-mail address; give a role or an id"
            raise SiteRefused(msg)
    if site.until < today:
        msg = f"{about}: the permission ended on {site.until}; ask its owner again"
        raise SiteRefused(msg)


def _content(path: Path) -> bytes:
    # It takes a while to import, and few hand in any.
    from ossay.collect.sboms.handed import LARGEST, NoSbom, read_handed

    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        read_handed(_name(path), content)
    except OSError as error:
        msg = f"cannot take the SBOM {str(path)!r}: {error.strerror or error}"
        raise SbomRefused(msg) from error
    except NoSbom as why:
        msg = f"cannot take the SBOM {str(path)!r}: {why}; nothing was kept"
        raise SbomRefused(msg) from why
    return content


def _name(path: Path) -> str:
    """Return what a file is called, as it may be printed; never the way to it."""
    said = path.name.encode(errors="replace").decode()
    return "".join(c if c.isprintable() else "?" for c in said)[:_LONGEST_NAME]
