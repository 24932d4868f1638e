# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Rows of judgements, whom they are about, and the documents written of them."""

from collections.abc import Sequence
from sqlite3 import Connection
from typing import NamedTuple

from ossay.model.digest import Digest
from ossay.model.errors import OssayError
from ossay.model.judgement import Judgement, Recommendation, Screening
from ossay.model.memo import Memo
from ossay.register.columns import on, packed, unpacked
from ossay.register.rows import add_if_news, add_once, latest

SHORTEST_NAME = 6
"""Digits that a shortened digest needs."""

_DIGITS = 64

_VERDICT = "SELECT screening, recommendation FROM judgements WHERE digest = ?"

_NAMED = "SELECT digest FROM judgements WHERE digest BETWEEN ? AND ? LIMIT 2"

_MEMOS = """
    SELECT language, media_type, artefact FROM memos WHERE seq IN (
        SELECT max(seq) FROM memos WHERE judgement = ? GROUP BY language, media_type
    ) ORDER BY language, media_type
"""


class KeptMemo(NamedTuple):
    """Where the newest document in a language and form is."""

    language: str
    media_type: str
    artefact: Digest


class NoSuchJudgement(OssayError):
    """A judgement was asked for by a name that leads to none, or to several."""

    status = 2


def enter(connection: Connection, digest: Digest, judgement: Judgement) -> None:
    """Add a judgement."""
    add_once(
        connection,
        "judgements",
        {
            "digest": packed(digest),
            "judged_on": on(judgement.judged_on),
            "screening": judgement.screening,
            "recommendation": judgement.recommendation,
        },
    )


def enter_judging(
    connection: Connection, candidate_id: str, request: Digest, judgement: Digest
) -> None:
    """Say that this judgement is the candidate's now."""
    add_if_news(
        connection,
        "judgings",
        {"candidate_id": candidate_id},
        {"request": packed(request), "judgement": packed(judgement)},
    )


def latest_of(connection: Connection, candidate_id: str) -> Digest | None:
    """Return the digest of the judgement that was made last."""
    about = {"candidate_id": candidate_id}
    row = latest(connection, "judgings", about, "judgement")
    return None if row is None else unpacked(row[0])


def request_of(connection: Connection, judgement: Digest) -> Digest | None:
    """Return the digest of the candidate as it was asked about for *judgement*."""
    about = {"judgement": packed(judgement)}
    row = latest(connection, "judgings", about, "request")
    return None if row is None else unpacked(row[0])


def verdict_of(
    connection: Connection, judgement: Digest
) -> tuple[Screening, Recommendation] | None:
    """Return screening and recommendation of a judgement, if it is filed."""
    row = connection.execute(_VERDICT, (packed(judgement),)).fetchone()
    if row is None:
        return None
    screening, recommendation = row
    return Screening(screening), Recommendation(recommendation)


def named(connection: Connection, name: str) -> Digest:
    """Return the digest that begins with *name*."""
    begins = name.lower()
    if not SHORTEST_NAME <= len(begins) <= _DIGITS or set(begins) - set(
        "0123456789abcdef"
    ):
        msg = (
            f"a judgement is named by {SHORTEST_NAME} to {_DIGITS} hexadecimal digits "
            f"of its digest, got {name!r}"
        )
        raise NoSuchJudgement(msg)
    between = [bytes.fromhex(begins.ljust(_DIGITS, digit)) for digit in "0f"]
    found = connection.execute(_NAMED, between)
    return _only(name, [unpacked(digest) for (digest,) in found])


def _only(name: str, found: Sequence[Digest]) -> Digest:
    match found:
        case [digest]:
            return digest
        case []:
            msg = f"the register holds no judgement whose digest begins with {name!r}"
        case _:
            msg = f"several judgements' digests begin with {name!r}; give more digits"
    raise NoSuchJudgement(msg)


def enter_memo(connection: Connection, memo: Memo, artefact: Digest) -> None:
    """Add a document, if it differs from the one before."""
    add_if_news(
        connection,
        "memos",
        {
            "judgement": packed(memo.about),
            "language": memo.language,
            "media_type": memo.media_type,
        },
        {"artefact": packed(artefact)},
    )


def memos_of(connection: Connection, judgement: Digest) -> Sequence[KeptMemo]:
    """Return the newest document in each language and form."""
    rows = connection.execute(_MEMOS, (packed(judgement),))
    return [
        KeptMemo(language, media_type, unpacked(artefact))
        for language, media_type, artefact in rows
    ]
