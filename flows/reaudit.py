# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Look again at software in service whose review is due."""

from datetime import UTC, date, datetime

from prefect import flow, get_run_logger

from flows._engine import SIDE_BY_SIDE, opened_engine
from ossay import pipeline
from ossay.model.errors import OssayError


@flow(
    name="reaudit",
    task_runner=SIDE_BY_SIDE,
    persist_result=False,
    timeout_seconds=12 * 3600,
)
def reaudit(on: date | None = None) -> list[str]:
    """
    Re-audit everything that is due; return the digests of what was found.

    One that cannot be looked at does not keep the others from it: it stays due.
    """
    day = on or datetime.now(UTC).date()
    found = []
    with opened_engine() as engine:
        for candidate_id in pipeline.due(engine.workshop, day):
            try:
                found.append(pipeline.reaudit(candidate_id, engine, day))
            except OssayError as error:
                get_run_logger().error("%s: %s", candidate_id, error)
    return [str(digest) for digest in found]
