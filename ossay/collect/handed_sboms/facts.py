# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What is asked of SBOMs that somebody handed in."""

from ossay.collect.sboms.answering import Questions
from ossay.model.evidence import Combine, Fact

HANDED = Fact(
    name="components.handed_sbom",
    kind=bool,
    asks="Was a list of its components (SBOM) handed in that is about this version?",
    combine=Combine.ANY,
)
QUESTIONS = Questions.of(HANDED, "the SBOMs that were handed in")

VULNERABILITIES = Fact(
    name="components.handed_sbom_vulnerabilities",
    kind=int,
    unit="vulnerabilities",
    asks="How many publicly known vulnerabilities do the components have that only "
    "an SBOM handed in names, or only it at that version?",
    combine=Combine.SUM,
)

DETAILS = (*QUESTIONS.details, VULNERABILITIES)
