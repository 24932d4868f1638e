# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The questions about licences and copyright."""

from typing import Any

from ossay.model.evidence import Combine, Fact

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
