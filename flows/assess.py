# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Assess one candidate that stands on the register."""

from datetime import UTC, date, datetime

from prefect import flow

from flows._engine import SIDE_BY_SIDE, opened_engine
from ossay import handing_in, pipeline


@flow(
    name="assess",
    task_runner=SIDE_BY_SIDE,
    persist_result=False,
    timeout_seconds=4 * 3600,
)
def assess(
    candidate_id: str,
    judged_on: date | None = None,
    sboms: tuple[str, ...] = (),
    artefacts: tuple[str, ...] = (),
    languages: tuple[str, ...] = (),
    sites: tuple[str, ...] = (),
) -> str:
    """
    Assess a candidate from clone to memo; return the judgement's digest.

    *sboms*, *artefacts* and *sites* are digests of what was handed in with it
    (`ossay.handing_in`); of sites those alone are visited that this server's settings
    name. *languages* are those that its users need (ar, pt-BR); where none are given,
    those that were named before.
    """
    needed = handing_in.languages(languages)
    with opened_engine() as engine:
        day = judged_on or datetime.now(UTC).date()
        return pipeline.assess(
            candidate_id,
            engine,
            day,
            sboms=sboms,
            artefacts=artefacts,
            sites=sites,
            languages=needed,
        )
