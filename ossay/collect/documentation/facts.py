# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The questions about what is written for newcomers, users and contributors."""

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
    asks="How long are its READMEs?",
    combine=Combine.SUM,
)
README_LANGUAGES = Fact(
    name="documentation.readme_languages",
    kind=tuple,
    asks="Which languages are its READMEs written in?",
    combine=Combine.UNION,
)
INSTALL_GUIDE = Fact(
    name="documentation.install_guide",
    kind=bool,
    asks="Does it say how to install the software?",
    combine=Combine.ANY,
)
USER_GUIDE = Fact(
    name="documentation.user_guide",
    kind=bool,
    asks="Does it say how to use the software?",
    combine=Combine.ANY,
)
CONTRIBUTING = Fact(
    name="documentation.contributing",
    kind=bool,
    asks="Does it say how to contribute?",
    combine=Combine.ANY,
)
CODE_OF_CONDUCT = Fact(
    name="documentation.code_of_conduct",
    kind=bool,
    asks="Is there a code of conduct?",
    combine=Combine.ANY,
)
CHANGE_LOG = Fact(
    name="documentation.change_log",
    kind=bool,
    asks="Is there a change log?",
    combine=Combine.ANY,
)
GOVERNANCE = Fact(
    name="documentation.governance",
    kind=bool,
    asks="Does it say who decides in the project?",
    combine=Combine.ANY,
)
PUBLICCODE_YML = Fact(
    name="documentation.publiccode_yml",
    kind=bool,
    asks="Is there a publiccode.yml for catalogues of public software?",
    combine=Combine.ANY,
)
PUBLICCODE_YML_VALID = Fact(
    name="documentation.publiccode_yml_valid",
    kind=bool,
    asks="Does the publiccode.yml hold all that its standard makes mandatory?",
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
