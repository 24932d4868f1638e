# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Rows of judgements, whom they are about, and the documents written of them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select

from ossay.model.digest import Digest
from ossay.model.errors import OssayError
from ossay.model.judgement import Judgement, Recommendation, Screening
from ossay.model.memo import Memo
from ossay.register.rows import add_if_news, add_once, latest
from ossay.register.tables import JUDGEMENTS, JUDGINGS, MEMOS

SHORTEST_NAME = 6
"""Digits that a shortened digest needs."""

_DIGITS = 64


class NoSuchJudgement(OssayError):
    """A judgement was asked for by a name that leads to none, or to several."""

    status = 2


def enter(connection: Connection, digest: Digest, judgement: Judgement) -> None:
    """Add a judgement."""
    add_once(
        connection,
        JUDGEMENTS,
        {
            "digest": digest,
            "judged_on": judgement.judged_on,
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
        JUDGINGS,
        {"candidate_id": candidate_id},
        {"request": request, "judgement": judgement},
    )


def latest_of(connection: Connection, candidate_id: str) -> Digest | None:
    """Return the digest of the judgement that was made last."""
    row = latest(connection, JUDGINGS, {"candidate_id": candidate_id})
    return None if row is None else row.judgement


def request_of(connection: Connection, judgement: Digest) -> Digest | None:
    """Return the digest of the candidate as it was asked about for *judgement*."""
    row = latest(connection, JUDGINGS, {"judgement": judgement})
    return None if row is None else row.request


def verdict_of(
    connection: Connection, judgement: Digest
) -> tuple[Screening, Recommendation] | None:
    """Return screening and recommendation of a judgement, if it is filed."""
    table = JUDGEMENTS.c
    row = connection.execute(
        select(table.screening, table.recommendation).where(table.digest == judgement)
    ).first()
    if row is None:
        return None
    return Screening(row.screening), Recommendation(row.recommendation)


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
    first, last = begins.ljust(_DIGITS, "0"), begins.ljust(_DIGITS, "f")
    found = connection.scalars(
        select(JUDGEMENTS.c.digest)
        .where(JUDGEMENTS.c.digest.between(first, last))
        .limit(2)
    ).all()
    return _only(name, found)


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
        MEMOS,
        {
            "judgement": memo.about,
            "language": memo.language,
            "media_type": memo.media_type,
        },
        {"artefact": artefact},
    )


def memos_of(connection: Connection, judgement: Digest) -> Sequence[Row[Any]]:
    """Return the row of the newest document in each language and form."""
    newest = (
        select(func.max(MEMOS.c.seq))
        .where(MEMOS.c.judgement == judgement)
        .group_by(MEMOS.c.language, MEMOS.c.media_type)
    )
    return connection.execute(
        select(MEMOS)
        .where(MEMOS.c.seq.in_(newest))
        .order_by(MEMOS.c.language, MEMOS.c.media_type)
    ).all()
