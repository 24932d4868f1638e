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
    ABOUT_PACKAGES,
    ABOUT_STATEMENTS,
    ABOUT_THE_WHOLE,
    ABOUT_WHAT_IS_COMBINED,
)
from ossay.model.collector import Collector, Given, Table
from ossay.model.evidence import Answered


def collect(given: Given) -> Iterator[Answered | Table]:
    """Answer from manifests, licence texts, tags, and what a recogniser reads."""
    from ossay.collect.licensing import (
        combined_answers,
        files_answers,
        package_answers,
        stated_answers,
    )
    from ossay.collect.licensing.covered import annotated
    from ossay.collect.licensing.files_table import table
    from ossay.collect.licensing.package_licences import package_licences
    from ossay.collect.licensing.recognition.files import findings
    from ossay.collect.licensing.recognition.work import work_on
    from ossay.collect.licensing.whole import whole_of

    tree, folder = given.tree, given.snapshot.path
    whole = whole_of(tree, folder)
    yield from whole.answers

    work = work_on(tree, folder)
    read = annotated(tree, work.readings)
    yield from files_answers.answers(tree, folder, read)
    asked, memory = given.recogniser, given.memory
    found = findings(work, read, asked, memory, folder, given.curations)
    licences = whole.licences_of(found, tree)
    yield from stated_answers.answers(licences, whole, asked)
    yield from combined_answers.answers(licences, whole.concluded)
    yield table(tree, read.inside(folder), licences)
    packages = package_licences(whole.packages, licences)
    yield from package_answers.answers(packages, whole)
    if packages:
        yield package_answers.table(packages)


COLLECTOR = Collector(
    facts=(
        *ABOUT_THE_WHOLE,
        *ABOUT_FILES,
        *ABOUT_STATEMENTS,
        *ABOUT_WHAT_IS_COMBINED,
        *ABOUT_PACKAGES,
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
