# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Under which licence is it, and does every file say so?

The libraries that read licences take 0.2 s to import, and every start of ossay
imports this package: what needs them is imported when it is asked.
"""

from collections.abc import Iterator

from ossay.collect.licensing.facts import (
    ABOUT_FILES,
    ABOUT_STATEMENTS,
    ABOUT_THE_WHOLE,
    ABOUT_WHAT_IS_COMBINED,
    CONCLUDED_LICENCE,
)
from ossay.model.collector import Collector, Given, Table
from ossay.model.evidence import Answered, Observation


def collect(given: Given) -> Iterator[Answered | Table]:
    """Answer from manifests, licence texts, tags, and what a recogniser reads."""
    from ossay.collect._places import Places
    from ossay.collect.licensing import (
        combined_answers,
        conclusion,
        files_answers,
        stated_answers,
    )
    from ossay.collect.licensing.covered import annotated
    from ossay.collect.licensing.file_licences import Around, file_licences
    from ossay.collect.licensing.files_table import table
    from ossay.collect.licensing.licence_files import licence_files
    from ossay.collect.licensing.manifests import declarations
    from ossay.collect.licensing.notices import notices
    from ossay.collect.licensing.packages import packages
    from ossay.collect.licensing.recognition.files import findings
    from ossay.collect.licensing.recognition.work import work_on

    tree, folder = given.tree, given.snapshot.path
    declared = tuple(declarations(tree, folder))
    texts = licence_files(tree, folder)
    whole = tuple(conclusion.answers(declared, texts, tuple(notices(tree, folder))))
    yield from whole
    concluded = next(a for a in whole if a.fact == CONCLUDED_LICENCE.name)
    inside = packages(declared)

    work = work_on(tree, folder)
    read = annotated(tree, work.readings)
    yield from files_answers.answers(tree, folder, read)
    asked, memory = given.recogniser, given.memory
    found = findings(work, read, asked, memory, folder, given.curations)
    around = Around(
        whole=frozenset(f.path for f in texts.counting),
        concluded=str(concluded.value) if isinstance(concluded, Observation) else "",
        packages=inside,
    )
    licences = tuple(file_licences(found, around, Places(tree)))
    yield from stated_answers.answers(licences, concluded, inside, given.recogniser)
    yield from combined_answers.answers(licences, concluded)
    yield table(tree, read.inside(folder), licences)


COLLECTOR = Collector(
    facts=(
        *ABOUT_THE_WHOLE,
        *ABOUT_FILES,
        *ABOUT_STATEMENTS,
        *ABOUT_WHAT_IS_COMBINED,
    ),
    collect=collect,
    asks_recogniser=True,
    libraries=(
        "charset-normalizer",
        "license-expression",
        "licenseclassifier",
        "python-debian",
        "pyyaml",
        "reuse",
    ),
    data=("policies/licences",),
)
