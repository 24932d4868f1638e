# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The questions about documentation that a tree can answer."""

from ossay.model.evidence import Combine, Fact

README = Fact(
    name="documentation.readme",
    kind=bool,
    asks="Does the repository introduce itself in a README?",
    combine=Combine.ANY,
)
README_BYTES = Fact(
    name="documentation.readme_bytes",
    kind=int,
    unit="bytes",
    asks="How long is the main README?",
    combine=Combine.SUM,
)
README_LANGUAGES = Fact(
    name="documentation.readme_languages",
    kind=tuple,
    unit="language tags (BCP 47)",
    asks="In which languages is the README written?",
    combine=Combine.UNION,
)
INSTALL_GUIDE = Fact(
    name="documentation.install_guide",
    kind=bool,
    asks="Does the repository hold a guide to installing it, or point to one?",
    combine=Combine.ANY,
)
USER_GUIDE = Fact(
    name="documentation.user_guide",
    kind=bool,
    asks="Does the repository hold a guide to using it, or point to one?",
    combine=Combine.ANY,
)
CONTRIBUTING = Fact(
    name="documentation.contributing",
    kind=bool,
    asks="Do the README or other documents say how others can contribute?",
    combine=Combine.ANY,
)
CODE_OF_CONDUCT = Fact(
    name="documentation.code_of_conduct",
    kind=bool,
    asks="Is there a code of conduct, or does the README point to one?",
    combine=Combine.ANY,
)
CHANGE_LOG = Fact(
    name="documentation.change_log",
    kind=bool,
    asks="Is there a log of what changed from version to version, or does the README "
    "point to one?",
    combine=Combine.ANY,
)
GOVERNANCE = Fact(
    name="documentation.governance",
    kind=bool,
    asks="Is there a document or a section of the README on who decides, or on who "
    "the maintainers are?",
    combine=Combine.ANY,
)
PUBLICCODE_YML = Fact(
    name="documentation.publiccode_yml",
    kind=bool,
    asks="Does the repository describe itself in a publiccode.yml?",
    combine=Combine.ANY,
)
PUBLICCODE_YML_VALID = Fact(
    name="documentation.publiccode_yml_valid",
    kind=bool,
    asks="Does the publiccode.yml have what the standard makes mandatory?",
    combine=Combine.ALL,
)

ALL = (
    README,
    README_BYTES,
    README_LANGUAGES,
    INSTALL_GUIDE,
    USER_GUIDE,
    CONTRIBUTING,
    CODE_OF_CONDUCT,
    CHANGE_LOG,
    GOVERNANCE,
    PUBLICCODE_YML,
    PUBLICCODE_YML_VALID,
)
