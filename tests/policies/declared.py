# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The facts that packs may name, until every collector declares its own."""

from datetime import date
from typing import Any

from ossay.model.evidence import Combine, Fact

_KINDS: dict[type, str] = {
    bool: """
        licensing.licence_file licensing.declared_matches_detected
        licensing.osi_approved licensing.fsf_libre licensing.reuse_compliant
        security.policy security.policy_contact security.dependency_update_tool
        security.code_owners security.ci security.tests_in_ci
        security.release_signed accessibility.user_interface
        accessibility.statement accessibility.conformance_report
        accessibility.tests accessibility.lint accessibility.right_to_left
        accessibility.offline accessibility.low_bandwidth documentation.readme
        documentation.install_guide documentation.user_guide
        documentation.contributing documentation.code_of_conduct
        documentation.change_log documentation.publiccode_yml
        documentation.publiccode_yml_valid documentation.governance
        """,
    int: """
        contents.files contents.submodules contents.symlinks contents.lfs_pointers
        contents.unreadable_files contents.odd_names licensing.covered_files
        licensing.files_without_licence licensing.files_without_copyright
        security.actions_used security.unpinned_actions security.manifests
        security.manifests_without_lockfile security.binaries
        stewardship.commits_last_year stewardship.contributors_last_year
        stewardship.absence_factor stewardship.organisations_last_year
        stewardship.newcomers_last_year stewardship.releases_last_two_years
        stewardship.median_days_between_releases documentation.readme_bytes
        """,
    str: """
        licensing.declared_licence licensing.detected_licence
        licensing.concluded_licence stewardship.latest_release
        """,
    date: """
        stewardship.first_commit_on stewardship.last_commit_on
        stewardship.latest_release_on
        """,
    tuple: """
        licensing.bad_licences licensing.missing_licence_texts
        licensing.unused_licence_texts licensing.tagged_licences
        accessibility.languages documentation.readme_languages
        """,
}

FACTS: dict[str, Fact[Any]] = {
    name: Fact(name=name, kind=kind, asks=f"What of {name}?", combine=Combine.WORST)
    for kind, names in _KINDS.items()
    for name in names.split()
}
