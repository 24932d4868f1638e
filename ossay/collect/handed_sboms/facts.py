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
FORMS = Fact(
    name="components.handed_sbom_forms",
    kind=tuple,
    asks="In which forms are the SBOMs that were handed in?",
    combine=Combine.UNION,
)
LISTED = Fact(
    name="components.handed_sbom_lists",
    kind=int,
    unit="components",
    asks="How many components do the SBOMs list that were handed in?",
    combine=Combine.SUM,
)
NTIA = Fact(
    name="components.handed_sbom_ntia_minimum",
    kind=bool,
    asks="Do the SBOMs that were handed in tell all that the NTIA's minimum elements "
    "ask for?",
    combine=Combine.ALL,
)
NOT_LISTED = Fact(
    name="components.not_in_handed_sbom",
    kind=int,
    unit="components",
    asks="How many components that are needed to run the software, by the files of "
    "the repository, does no SBOM list that was handed in?",
    combine=Combine.SUM,
)
OTHER_VERSIONS = Fact(
    name="components.handed_sbom_other_versions",
    kind=int,
    unit="components",
    asks="How many components do the SBOMs that were handed in list at another "
    "version than the files of the repository?",
    combine=Combine.SUM,
)
OTHER_LICENCES = Fact(
    name="components.handed_sbom_other_licences",
    kind=int,
    unit="components",
    asks="Of how many components do the SBOMs that were handed in tell another "
    "licence than the files of the repository?",
    combine=Combine.SUM,
)
NOT_FOUND = Fact(
    name="components.handed_sbom_not_found",
    kind=int,
    unit="components",
    asks="How many components do the SBOMs that were handed in list that no file of "
    "the repository names?",
    combine=Combine.SUM,
)
VULNERABILITIES = Fact(
    name="components.handed_sbom_vulnerabilities",
    kind=int,
    unit="vulnerabilities",
    asks="How many publicly known vulnerabilities do the components have that only "
    "an SBOM handed in names, or only it at that version?",
    combine=Combine.SUM,
)

QUESTIONS = Questions(
    there=HANDED,
    forms=FORMS,
    listed=LISTED,
    ntia=NTIA,
    not_listed=NOT_LISTED,
    other_versions=OTHER_VERSIONS,
    other_licences=OTHER_LICENCES,
    not_found=NOT_FOUND,
)

DETAILS = (*QUESTIONS.details, VULNERABILITIES)
