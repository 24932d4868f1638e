# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What is asked of the flaws that are publicly known of the software itself."""

from ossay.model.evidence import Combine, Fact

KNOWN = Fact(
    name="own_vulnerabilities.known",
    kind=int,
    unit="vulnerabilities",
    asks="How many publicly known vulnerabilities does this version of the software "
    "itself have?",
    combine=Combine.SUM,
)

UNDETERMINED = Fact(
    name="own_vulnerabilities.undetermined",
    kind=int,
    unit="vulnerabilities",
    asks="Of how many could it not be told whether this version has them, or whether "
    "they are about this software?",
    combine=Combine.SUM,
)

LOOKED_UP_AS = Fact(
    name="own_vulnerabilities.looked_up_as",
    kind=tuple,
    asks="Under which names were vulnerabilities of the software itself looked up?",
    combine=Combine.UNION,
)

ALL = (KNOWN, UNDETERMINED, LOOKED_UP_AS)
