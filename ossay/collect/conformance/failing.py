# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which criteria the checks found missed, of whichever tier."""

from collections.abc import Iterator, Mapping

from ossay.collect.conformance import facts
from ossay.collect.conformance.checks import CHECKS, listed
from ossay.model.accessibility import CRITERIA
from ossay.model.evidence import Answered, Observation

NOTHING_TO_CHECK = "there are no templates and no pages to check"


def failing(said: Mapping[str, Answered]) -> Iterator[Answered]:
    """
    Join what the checks found; a check that could not look adds nothing.

    Where none looked, nothing was found that a person's test would be held against:
    the question does not arise, and the reasons are told.
    """
    answers = [(check, said.get(check.failing)) for check in CHECKS]
    seen = [(c, a) for c, a in answers if isinstance(a, Observation)]
    if seen:
        found = {number for _, answer in seen for number in listed(answer)}
        yield facts.FAILING.found(
            tuple(number for number in CRITERIA if number in found),
            (item for check, answer in seen for item in check.items(answer)),
        )
        return
    whys = dict.fromkeys(filter(None, (c.why_not(a) for c, a in answers)))
    why = f"no check could look ({'; '.join(whys)})" if whys else NOTHING_TO_CHECK
    yield facts.FAILING.inapplicable(why)
