# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The questions that checks of templates answer."""

from ossay.model.evidence import Combine, Fact, Tier

FILES = Fact(
    name="templates.files",
    kind=int,
    unit="files",
    asks="How many files with markup of the user interface were checked for barriers?",
    combine=Combine.SUM,
    tier=Tier.TEMPLATE,
)
NOT_EVALUATED = Fact(
    name="templates.not_evaluated",
    kind=int,
    unit="files",
    asks="How many files of the user interface are of a kind that was not checked for "
    "barriers?",
    combine=Combine.SUM,
    unread="files of the user interface are of a kind that is not checked for barriers",
    tier=Tier.TEMPLATE,
)
UNREAD_FILES = Fact(
    name="templates.unread_files",
    kind=int,
    unit="files",
    asks="How many files of the user interface could not be read?",
    combine=Combine.SUM,
    unread="files of the user interface could not be read",
    tier=Tier.TEMPLATE,
)
FAILING = Fact(
    name="templates.failing",
    kind=int,
    unit="places",
    asks="At how many places of the markup and the styles is there a barrier?",
    combine=Combine.SUM,
    tier=Tier.TEMPLATE,
)
MAYBE = Fact(
    name="templates.maybe",
    kind=int,
    unit="places",
    asks="At how many places of the markup and the styles may there be a barrier, so "
    "that a person has to look?",
    combine=Combine.SUM,
    tier=Tier.TEMPLATE,
)
FAILING_CRITERIA = Fact(
    name="templates.failing_criteria",
    kind=tuple,
    unit="success criteria (WCAG)",
    asks="Which success criteria does the markup or a style miss somewhere?",
    combine=Combine.UNION,
    tier=Tier.TEMPLATE,
)
MAYBE_CRITERIA = Fact(
    name="templates.maybe_criteria",
    kind=tuple,
    unit="success criteria (WCAG)",
    asks="Which success criteria may the markup or a style miss somewhere, so that a "
    "person has to look?",
    combine=Combine.UNION,
    tier=Tier.TEMPLATE,
)
TOUCHED_CRITERIA = Fact(
    name="templates.touched_criteria",
    kind=tuple,
    unit="success criteria (WCAG)",
    asks="At which success criteria do the checks of markup and styles look, in part?",
    combine=Combine.UNION,
    tier=Tier.TEMPLATE,
)

ALL = (
    FILES,
    NOT_EVALUATED,
    UNREAD_FILES,
    FAILING,
    MAYBE,
    FAILING_CRITERIA,
    MAYBE_CRITERIA,
    TOUCHED_CRITERIA,
)
