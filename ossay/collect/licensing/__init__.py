# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Under which licence is it, and does every file say so?

The libraries that read licences take 0.2 s to import, and every start of ossay
imports this package: what needs them is imported when it is asked.
"""

from collections.abc import Iterator

from ossay.collect.licensing.facts import ABOUT_FILES, ABOUT_THE_WHOLE
from ossay.model.collector import Collector, Given, Table
from ossay.model.evidence import Answered


def collect(given: Given) -> Iterator[Answered | Table]:
    """Answer from the manifests, the licence texts and the tags in files."""
    from ossay.collect.licensing import conclusion, files_answers
    from ossay.collect.licensing.licence_files import licence_files
    from ossay.collect.licensing.manifests import declarations
    from ossay.collect.licensing.notices import notices

    folder = given.snapshot.path
    declared = tuple(declarations(given.tree, folder))
    files = licence_files(given.tree, folder)
    elsewhere = tuple(notices(given.tree, folder))
    yield from conclusion.answers(declared, files, elsewhere)
    yield from files_answers.answers(given.tree, folder)


COLLECTOR = Collector(
    facts=(*ABOUT_THE_WHOLE, *ABOUT_FILES),
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
