# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What is asked of how a project is looked after, as documents and settings tell."""

from ossay.model.evidence import Combine, Fact


def _yes_no(name: str, asks: str, combine: Combine = Combine.ANY) -> Fact[bool]:
    return Fact(name=f"posture.{name}", kind=bool, asks=asks, combine=combine)


# ------------------------------------------------------- what documents speak of

DEFECT_GUIDE = _yes_no(
    "defect_guide",
    "Do documents or forms in the repository say how to report a defect?",
)
BUILD_GUIDE = _yes_no(
    "build_guide", "Does a document have a section on building it from its source?"
)
TEST_GUIDE = _yes_no(
    "test_guide", "Does a document for developers have a section on its tests?"
)
TEST_POLICY = _yes_no(
    "test_policy", "Do documents for contributors ask for tests with a change?"
)
CONTRIBUTION_RULES = _yes_no(
    "contribution_rules",
    "Does a document for contributors have a section on what a change has to meet?",
)
VERIFICATION_GUIDE = _yes_no(
    "verification_guide",
    "Do documents say how to verify a release: signature, checksum or attestation?",
)
SIGNER_IDENTITY = _yes_no(
    "signer_identity", "Do documents say by which key or identity releases are signed?"
)
SUPPORT_STATEMENT = _yes_no(
    "support_statement", "Do documents say which versions are supported?"
)
END_OF_SUPPORT = _yes_no(
    "end_of_support",
    "Do documents say which versions get no security updates any more?",
)
DEPENDENCY_POLICY = _yes_no(
    "dependency_policy",
    "Does a document have a section on how dependencies are chosen and kept?",
)
SECRETS_POLICY = _yes_no(
    "secrets_policy",
    "Does a document have a section on how keys and passwords are handled?",
)
PROMOTION_POLICY = _yes_no(
    "promotion_policy", "Does a document say how somebody becomes a maintainer?"
)
MEMBERS = _yes_no("members_list", "Is there a list of the maintainers?")
DISCUSSION = _yes_no(
    "discussion_channel", "Do documents name a place for public discussion?"
)
DESIGN = _yes_no(
    "design_documents", "Is there a document or section on architecture or design?"
)
INTERFACES = _yes_no(
    "interface_descriptions",
    "Is there a description of its interfaces, such as OpenAPI, or a section on them?",
)
ASSESSMENT = _yes_no(
    "security_assessment",
    "Is there a document or section on a security assessment, audit or threat model?",
)
THREATS = _yes_no(
    "threat_model",
    "Is there a document or section on a threat model or attack surface?",
)
SUBPROJECTS = _yes_no(
    "subprojects_list", "Does a document have a section on other repositories of it?"
)
ADVISORIES = _yes_no(
    "published_advisories",
    "Do documents name vulnerabilities found, or where they are?",
)
REMEDIATION = _yes_no(
    "remediation_policy",
    "Do documents speak of how, or how soon, known vulnerabilities are dealt with?",
)
BADGE = _yes_no(
    "best_practices_badge",
    "Does the README claim an OpenSSF Best Practices badge (claimed, not checked)?",
)
RESPONSE_TIME = _yes_no(
    "response_time", "Does the security policy name a time within which it is answered?"
)

# ------------------------------------------------------------- what is in the tree

FUZZING = _yes_no(
    "fuzzing", "Are there fuzz tests in the source, or does the build run some?"
)
SBOM_FILES = Fact(
    name="posture.sbom_files",
    kind=int,
    unit="files",
    asks="How many lists of components (SBOM) does the repository hold?",
    combine=Combine.SUM,
)
VEX_FILES = Fact(
    name="posture.vex_files",
    kind=int,
    unit="files",
    asks="How many statements on the exploitability of vulnerabilities (VEX) does the "
    "repository hold?",
    combine=Combine.SUM,
)
BRANCH_RULES = _yes_no(
    "branch_rules",
    "Do settings in the repository protect a branch (as stated there, not checked)?",
    Combine.ALL,
)
ADDRESSES = Fact(
    name="posture.stated_addresses",
    kind=int,
    unit="addresses",
    asks="How many web addresses of its own do manifests and publiccode.yml state?",
    combine=Combine.SUM,
)
UNENCRYPTED = Fact(
    name="posture.unencrypted_addresses",
    kind=int,
    unit="addresses",
    asks="How many web addresses that manifests and publiccode.yml state for it are "
    "without encryption?",
    combine=Combine.SUM,
)

# ------------------------------------------------------------ what the build calls

SAST = _yes_no("sast", "Does the build call a tool that looks for weaknesses (SAST)?")
SAST_ON_PROPOSALS = _yes_no(
    "sast_on_proposals",
    "Does a build for proposed changes call a tool that looks for weaknesses (SAST)?",
    Combine.ALL,
)
DEPENDENCY_CHECKS = _yes_no(
    "dependency_checks",
    "Does the build hold dependencies against known vulnerabilities (SCA)?",
)
DEPENDENCY_CHECKS_ON_PROPOSALS = _yes_no(
    "dependency_checks_on_proposals",
    "Does a build for proposed changes hold dependencies against known "
    "vulnerabilities (SCA)?",
    Combine.ALL,
)
SECRET_SCANNING = _yes_no(
    "secret_scanning",
    "Does the build, or a hook before a commit, call a tool that looks for secrets?",
    Combine.ALL,
)
SBOM_IN_BUILD = _yes_no(
    "sbom_in_build", "Does the build make a list of components (SBOM)?"
)
PUBLISHING = _yes_no(
    "publishing", "Does the build publish packages, images or releases?"
)
SIGNING_IN_BUILD = _yes_no(
    "signing_in_build", "Does the build sign what it makes, or attest where it is from?"
)
TESTS_ON_PROPOSALS = _yes_no(
    "tests_on_proposals",
    "Does a build for proposed changes run tests?",
    Combine.ALL,
)
