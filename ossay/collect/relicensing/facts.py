# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The questions about licences that were others before."""

from datetime import date

from ossay.model.evidence import Combine, Fact, Worse

LICENCE_CHANGED_ON = Fact(
    name="licensing.licence_changed_on",
    kind=date,
    asks=(
        "When did the version come out in which the licence files at the top last "
        "changed from one licence to another?"
    ),
    combine=Combine.WORST,
)
FORMER_LICENCES = Fact(
    name="licensing.former_licences",
    kind=tuple,
    asks=(
        "Which licences did the licence files at the top hold in earlier versions, "
        "and hold no more?"
    ),
    combine=Combine.UNION,
)
RELICENSED_FILES = Fact(
    name="licensing.relicensed_files",
    kind=int,
    unit="files",
    asks="How many files state another licence than in the version before?",
    combine=Combine.WORST,
    worse=Worse.HIGHER,
)
RELICENSINGS = Fact(
    name="licensing.relicensings",
    kind=int,
    unit="changes",
    asks=(
        "How many changes to the main line of development replaced the licence in "
        "the licence files at the top by another?"
    ),
    combine=Combine.WORST,
    worse=Worse.HIGHER,
)
RELICENSED_ON = Fact(
    name="licensing.relicensed_on",
    kind=date,
    asks=(
        "When did a change to the main line of development last replace the licence "
        "in the licence files at the top by another?"
    ),
    combine=Combine.WORST,
)
LEFT_OPEN_SOURCE = Fact(
    name="licensing.left_open_source",
    kind=bool,
    asks=(
        "Did a change of the licence files at the top ever leave no open-source "
        "licence where there had been one?"
    ),
    combine=Combine.ANY,
)

MAIN_LINE_FACTS = (RELICENSINGS, RELICENSED_ON, LEFT_OPEN_SOURCE)
