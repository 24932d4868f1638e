# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The questions about licences and copyright."""

from typing import Any

from ossay.model.evidence import Combine, Fact, Worse

EXPRESSION = "SPDX expression"

LICENCE_FILE = Fact(
    name="licensing.licence_file",
    kind=bool,
    asks="Is there a file with the text of the licence?",
    combine=Combine.ALL,
)
DECLARED_LICENCE = Fact(
    name="licensing.declared_licence",
    kind=str,
    unit=EXPRESSION,
    asks="Which licence do the package manifests state?",
    combine=Combine.UNION,
)
DETECTED_LICENCE = Fact(
    name="licensing.detected_licence",
    kind=str,
    unit=EXPRESSION,
    asks="Which licence texts are in the licence files that speak for the whole?",
    combine=Combine.UNION,
)
CONCLUDED_LICENCE = Fact(
    name="licensing.concluded_licence",
    kind=str,
    unit=EXPRESSION,
    asks="Which licence does the software have, by its manifests and licence files?",
    combine=Combine.UNION,
)
DECLARED_MATCHES_DETECTED = Fact(
    name="licensing.declared_matches_detected",
    kind=bool,
    asks="Do the manifests and the licence texts name the same licence?",
    combine=Combine.ALL,
)
OSI_APPROVED = Fact(
    name="licensing.osi_approved",
    kind=bool,
    asks="Can it be used under terms that the Open Source Initiative approved?",
    combine=Combine.ALL,
)
FSF_LIBRE = Fact(
    name="licensing.fsf_libre",
    kind=bool,
    asks="Can it be used under terms that the Free Software Foundation calls free?",
    combine=Combine.ALL,
)
LICENCES_OF_PARTS = Fact(
    name="licensing.licences_of_parts",
    kind=tuple,
    asks="Which licence texts stand there for parts of it, or for what it is built of?",
    combine=Combine.UNION,
)
COVERED_FILES = Fact(
    name="licensing.covered_files",
    kind=int,
    unit="files",
    asks="How many files have to state licence and copyright by the REUSE rules?",
    combine=Combine.SUM,
)
FILES_WITHOUT_LICENCE = Fact(
    name="licensing.files_without_licence",
    kind=int,
    unit="files",
    asks="How many files do not state their licence in the way REUSE asks?",
    combine=Combine.SUM,
)
FILES_WITHOUT_COPYRIGHT = Fact(
    name="licensing.files_without_copyright",
    kind=int,
    unit="files",
    asks="How many files do not name a copyright holder in the way REUSE asks?",
    combine=Combine.SUM,
)
TAGGED_LICENCES = Fact(
    name="licensing.tagged_licences",
    kind=tuple,
    asks="Which licences do SPDX tags in and beside the files name?",
    combine=Combine.UNION,
)
INVALID_TAGS = Fact(
    name="licensing.invalid_tags",
    kind=tuple,
    asks="Which SPDX licence tags cannot be read as a licence expression?",
    combine=Combine.UNION,
)
BAD_LICENCES = Fact(
    name="licensing.bad_licences",
    kind=tuple,
    asks="Which licence identifiers are neither on the SPDX list nor explained?",
    combine=Combine.UNION,
)
MISSING_LICENCE_TEXTS = Fact(
    name="licensing.missing_licence_texts",
    kind=tuple,
    asks="Which licences are named in files, but have no text in LICENSES/?",
    combine=Combine.UNION,
)
UNUSED_LICENCE_TEXTS = Fact(
    name="licensing.unused_licence_texts",
    kind=tuple,
    asks="Which licence texts in LICENSES/ does no file name?",
    combine=Combine.UNION,
)
REUSE_COMPLIANT = Fact(
    name="licensing.reuse_compliant",
    kind=bool,
    asks="Does every file state licence and copyright by the REUSE rules?",
    combine=Combine.ALL,
)

NOTICES_READ = Fact(
    name="licensing.notices_read",
    kind=bool,
    asks="Were licence notices inside files read by a recogniser?",
    combine=Combine.ALL,
)
RECOGNISER_AGREEMENT = Fact(
    name="licensing.recogniser_agreement",
    kind=float,
    unit="share",
    asks="Of which share of files does the recogniser say the same as plain ScanCode?",
    combine=Combine.WORST,
)
STATED_LICENCES = Fact(
    name="licensing.stated_licences",
    kind=tuple,
    asks="Which licences do the project's own files state, most files first?",
    combine=Combine.UNION,
)
DISTINCT_LICENCES = Fact(
    name="licensing.distinct_licences",
    kind=int,
    unit="licences",
    asks="How many different licences do files state, those by others included?",
    combine=Combine.WORST,
    worse=Worse.HIGHER,
)
STATED_MATCHES_CONCLUDED = Fact(
    name="licensing.stated_matches_concluded",
    kind=bool,
    asks="Do the project's own files state the licence that was concluded for it?",
    combine=Combine.ALL,
)
FILES_WITHOUT_ANY_LICENCE = Fact(
    name="licensing.files_without_any_licence",
    kind=int,
    unit="files",
    asks="How many of its own source files have no licence, in them or around them?",
    combine=Combine.SUM,
)
UNDETERMINED_FILES = Fact(
    name="licensing.undetermined_files",
    kind=int,
    unit="files",
    asks="How many source files hold words about licences that could not be read?",
    combine=Combine.SUM,
)
UNLISTED_LICENCES = Fact(
    name="licensing.unlisted_licences",
    kind=tuple,
    asks=(
        "Which licences do files state that are on no list and not known to be open?"
    ),
    combine=Combine.UNION,
)
LICENCES_NOT_OSI_APPROVED = Fact(
    name="licensing.licences_not_osi_approved",
    kind=tuple,
    asks=(
        "Which listed licences do the project's own files state that the Open Source "
        "Initiative has not approved?"
    ),
    combine=Combine.UNION,
)
LICENCES_OF_PACKAGES = Fact(
    name="licensing.licences_of_packages",
    kind=tuple,
    asks="Which licences do manifests in folders below declare for their packages?",
    combine=Combine.UNION,
)
PACKAGES = Fact(
    name="licensing.packages",
    kind=int,
    unit="packages",
    asks="How many packages lie in folders below, by their manifests?",
    combine=Combine.SUM,
)
PACKAGES_UNDER_OTHERS = Fact(
    name="licensing.packages_under_others",
    kind=tuple,
    asks="Which licences have packages inside that the whole does not have?",
    combine=Combine.UNION,
)
PACKAGES_IN_CONFLICT = Fact(
    name="licensing.packages_in_conflict",
    kind=int,
    unit="packages",
    asks=(
        "Of how many packages inside do manifest, licence file and source files name "
        "different licences?"
    ),
    combine=Combine.SUM,
)
PACKAGES_UNDETERMINED = Fact(
    name="licensing.packages_undetermined",
    kind=int,
    unit="packages",
    asks="Of how many packages inside is it not settled which licence they have?",
    combine=Combine.SUM,
)
LICENCES_OF_OTHERS = Fact(
    name="licensing.licences_of_others",
    kind=tuple,
    asks="Which licences has the code of others that lies among the source?",
    combine=Combine.UNION,
)
COMPATIBLE = Fact(
    name="licensing.compatible",
    kind=bool,
    asks=(
        "May all that files state go into a work under the concluded licence, by "
        "OSADL's list?"
    ),
    combine=Combine.ALL,
)
INCOMPATIBLE_LICENCES = Fact(
    name="licensing.incompatible_licences",
    kind=tuple,
    asks=(
        "Of which licences in files does OSADL's list say that they may not go into "
        "a work under the concluded licence?"
    ),
    combine=Combine.UNION,
)
UNDETERMINED_LICENCES = Fact(
    name="licensing.undetermined_licences",
    kind=tuple,
    asks=(
        "Of which licences in files does OSADL's list not say whether they may go "
        "into a work under the concluded licence?"
    ),
    combine=Combine.UNION,
)
LICENCE_CATEGORY = Fact(
    name="licensing.licence_category",
    kind=str,
    asks="Of what kind is the concluded licence, in ScanCode's words?",
    combine=Combine.UNION,
)
NETWORK_COPYLEFT = Fact(
    name="licensing.network_copyleft",
    kind=bool,
    asks=(
        "Is a licence of the software on a list of licences that may ask for the "
        "source to be offered to users over a network?"
    ),
    combine=Combine.ANY,
)

ABOUT_THE_WHOLE: tuple[Fact[Any], ...] = (
    LICENCE_FILE,
    DECLARED_LICENCE,
    DETECTED_LICENCE,
    CONCLUDED_LICENCE,
    DECLARED_MATCHES_DETECTED,
    OSI_APPROVED,
    FSF_LIBRE,
    LICENCES_OF_PARTS,
)
ABOUT_FILES: tuple[Fact[Any], ...] = (
    COVERED_FILES,
    FILES_WITHOUT_LICENCE,
    FILES_WITHOUT_COPYRIGHT,
    TAGGED_LICENCES,
    INVALID_TAGS,
    BAD_LICENCES,
    MISSING_LICENCE_TEXTS,
    UNUSED_LICENCE_TEXTS,
    REUSE_COMPLIANT,
)
ABOUT_STATEMENTS: tuple[Fact[Any], ...] = (
    NOTICES_READ,
    RECOGNISER_AGREEMENT,
    STATED_LICENCES,
    DISTINCT_LICENCES,
    STATED_MATCHES_CONCLUDED,
    FILES_WITHOUT_ANY_LICENCE,
    UNDETERMINED_FILES,
    UNLISTED_LICENCES,
    LICENCES_NOT_OSI_APPROVED,
    LICENCES_OF_OTHERS,
)
ABOUT_PACKAGES: tuple[Fact[Any], ...] = (
    PACKAGES,
    PACKAGES_UNDER_OTHERS,
    PACKAGES_IN_CONFLICT,
    PACKAGES_UNDETERMINED,
    LICENCES_OF_PACKAGES,
)
ABOUT_WHAT_IS_COMBINED: tuple[Fact[Any], ...] = (
    COMPATIBLE,
    INCOMPATIBLE_LICENCES,
    UNDETERMINED_LICENCES,
    LICENCE_CATEGORY,
    NETWORK_COPYLEFT,
)
