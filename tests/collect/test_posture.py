# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What documents, settings and files show of how a project is looked after."""

import dataclasses

import pytest

from ossay.collect import gather, posture
from ossay.collect.posture.builds import build_in
from ossay.model.evidence import Answered, Gap, Inapplicable, Observation, Value
from tests.collect.trees import DictTree, given

README = "# Rain\n\nRain tells the farmers of a district when it is going to rain.\n"
ON_PROPOSALS = "on: pull_request\njobs:\n  all:\n    steps:\n"
ON_PUSH = "on: push\njobs:\n  all:\n    steps:\n"
WORKFLOW = ".github/workflows/ci.yml"

SPOKEN = {
    "defect_guide": ("README.md", "## Reporting bugs\n\nTell us.\n"),
    "build_guide": ("README.md", "## Building from source\n\nRun make.\n"),
    "test_guide": ("CONTRIBUTING.md", "## 2.1 Running the tests\n\nRun pytest.\n"),
    "test_policy": ("CONTRIBUTING.md", "A new feature\nmust come with tests.\n"),
    "contribution_rules": ("CONTRIBUTING.md", "## Coding style\n\nShort lines.\n"),
    "verification_guide": ("docs/install.md", "    gpg --verify rain.asc rain.tgz\n"),
    "signer_identity": ("SECURITY.md", "Signing key fingerprint: see below.\n"),
    "support_statement": ("SECURITY.md", "## Supported versions\n\nOnly 2.x.\n"),
    "end_of_support": ("SUPPORT.md", "Version 1 is no longer maintained.\n"),
    "dependency_policy": ("CONTRIBUTING.md", "## Adding dependencies\n\nAsk first.\n"),
    "secrets_policy": ("docs/development/x.md", "# Managing secrets\n\nIn a vault.\n"),
    "promotion_policy": ("GOVERNANCE.md", "## Becoming a maintainer\n\nBy vote.\n"),
    "members_list": ("README.md", "## Maintainers\n\nTwo offices.\n"),
    "discussion_channel": ("README.md", "Write to https://lists.example.org/rain .\n"),
    "design_documents": ("README.md", "## Architecture\n\nThree parts.\n"),
    "interface_descriptions": ("README.md", "## REST API\n\nOne path.\n"),
    "security_assessment": ("SECURITY.md", "## Security audit\n\nOf 2025.\n"),
    "threat_model": ("docs/security/rain.md", "# Threat model\n\nStrangers.\n"),
    "subprojects_list": ("README.md", "## Related repositories\n\nRain app.\n"),
    "published_advisories": ("CHANGELOG.md", "Fixes CVE-2024-12345.\n"),
    "remediation_policy": ("SECURITY.md", "## Vulnerability management\n\nWeekly.\n"),
    "best_practices_badge": (
        "README.md",
        "[b](https://www.bestpractices.dev/projects/63)\n",
    ),
    "response_time": ("SECURITY.md", "We reply to a report\nwithin 5 working days.\n"),
}
"""For each question, a document that answers it."""

CALLED = {
    "sast": "      - uses: github/codeql-action/analyze@v3\n",
    "dependency_checks": "      - run: pip-audit\n",
    "secret_scanning": "      - run: gitleaks detect\n",
    "sbom_in_build": "      - uses: anchore/sbom-action@v0\n",
    "publishing": "      - run: npm publish\n",
    "signing_in_build": "      - uses: actions/attest-build-provenance@v2\n",
    "fuzzing": "      - uses: google/clusterfuzzlite/actions/run_fuzzers@v1\n",
}
"""For each question about the build, a step that answers it."""


@pytest.mark.parametrize("name", SPOKEN)
def test_a_document_answers(name: str) -> None:
    path, text = SPOKEN[name]

    answer = answers({"README.md": README, path: README + text})[name]

    assert isinstance(answer, Observation)
    assert answer.value is True
    assert {item.subject for item in answer.items} == {path}
    assert all(item.line > 3 for item in answer.items)


@pytest.mark.parametrize("name", sorted(SPOKEN.keys() - {"response_time"}))
def test_documents_that_say_nothing_of_it_answer_no(name: str) -> None:
    assert value(answers({"README.md": README})[name]) is False


@pytest.mark.parametrize("name", sorted(SPOKEN.keys() - {"best_practices_badge"}))
def test_a_document_that_cannot_be_read_leaves_it_open(name: str) -> None:
    tree = DictTree({"README.md": README}, unreadable={"SECURITY.md": "it is missing"})

    assert isinstance(answers_of(tree)[name], Gap)


@pytest.mark.parametrize(
    "readme",
    [
        README + "See the [documentation](https://rain.example.org/manual).\n",
        README + "See [how to help][h].\n\n[h]: https://example.org/contributing/\n",
        "# Pluie\n\nPluie dit aux gens du district quand il va pleuvoir, et où.\n",
    ],
    ids=["documentation elsewhere", "a guide elsewhere", "another language"],
)
def test_silence_proves_nothing_where_more_may_be_said(readme: str) -> None:
    seen = answers({"README.md": readme})

    assert isinstance(seen["build_guide"], Gap)
    assert isinstance(seen["threat_model"], Gap)


def test_a_guide_to_using_the_software_says_nothing_of_how_it_is_made() -> None:
    pages = {
        "docs/tutorial/tests.md": "# Testing\n\nYour app must have tests to change.\n",
        "docs/lifecycle.md": "# Application life cycle\n\nSupported versions: all.\n",
        "docs/web-security.md": "# Security considerations\n\nEscape text.\n",
    }

    seen = answers({"README.md": README} | pages)

    for name in (
        "test_guide",
        "test_policy",
        "support_statement",
        "security_assessment",
    ):
        assert value(seen[name]) is False


@pytest.mark.parametrize(
    "text",
    [
        "Before you commit larger changes, be sure to run the test suite.\n",
        "Some features require Perl, and the tests need pytest.\n",
        "All tests must pass before a pull request can be merged.\n",
    ],
)
def test_to_run_the_tests_is_not_to_add_some(text: str) -> None:
    assert value(answers({"CONTRIBUTING.md": README + text})["test_policy"]) is False


def test_a_document_named_after_verifying_tells_how() -> None:
    seen = answers({"README.md": README, "docs/VERIFY.md": "# How\n\nSo.\n"})

    assert value(seen["verification_guide"]) is True


def test_a_draft_of_the_forge_and_a_comment_say_nothing() -> None:
    text = "<!-- A fix must come with tests. -->\n"

    assert value(answers({"CONTRIBUTING.md": README + text})["test_policy"]) is False


def test_a_comment_that_does_not_end_hides_what_follows_and_costs_no_more() -> None:
    text = README + "<!-- " * 60_000 + "\nA fix must come with tests.\n"

    assert value(answers({"CONTRIBUTING.md": text})["test_policy"]) is False


def test_without_a_policy_no_time_for_an_answer_arises() -> None:
    assert isinstance(answers({"README.md": README})["response_time"], Inapplicable)


def test_a_time_that_is_about_something_else_is_no_time_for_an_answer() -> None:
    text = README + "Tell nobody of it until 7 days have gone by.\n"

    assert value(answers({"SECURITY.md": text})["response_time"]) is False


@pytest.mark.parametrize("name", CALLED)
def test_a_step_of_the_build_answers(name: str) -> None:
    seen = answers({WORKFLOW: ON_PROPOSALS + CALLED[name]})

    answer = seen[name]
    assert isinstance(answer, Observation)
    assert answer.value is True
    assert [(i.subject, i.line) for i in answer.items] == [(WORKFLOW, 5)]


@pytest.mark.parametrize("name", CALLED)
def test_a_build_that_calls_no_such_tool_answers_no(name: str) -> None:
    step = f"      - run: make  # once {CALLED[name].strip()}\n"

    assert value(answers({WORKFLOW: ON_PROPOSALS + step})[name]) is False
    assert value(answers({})[name]) is False


@pytest.mark.parametrize("name", CALLED)
def test_steps_from_another_repository_leave_it_open(name: str) -> None:
    workflow = "jobs:\n  all:\n    uses: rain/ways/.github/workflows/all.yml@v1\n"

    assert isinstance(answers({WORKFLOW: workflow})[name], Gap)


@pytest.mark.parametrize("name", CALLED)
def test_settings_that_cannot_be_read_leave_it_open(name: str) -> None:
    tree = DictTree({}, unreadable={WORKFLOW: "it is missing"})

    assert isinstance(answers_of(tree)[name], Gap)


@pytest.mark.parametrize("name", ["sast", "dependency_checks"])
@pytest.mark.parametrize(
    ("path", "head", "expected"),
    [
        (WORKFLOW, ON_PROPOSALS, True),
        (WORKFLOW, ON_PUSH, False),
        (".gitlab-ci.yml", "test:\n", True),
        ("Jenkinsfile", "stage('all')\n", None),
    ],
)
def test_whether_it_runs_for_proposed_changes(
    name: str, path: str, head: str, expected: Value | None
) -> None:
    seen = answers({path: head + CALLED[name]})

    assert value(seen[name]) is True
    assert value(seen[f"{name}_on_proposals"]) is expected


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (WORKFLOW, ON_PROPOSALS + "      - run: pytest\n", True),
        (WORKFLOW, ON_PUSH + "      - run: pytest\n", False),
        (WORKFLOW, ON_PROPOSALS + "      - run: make docs\n", False),
        (".travis.yml", "script: pytest\n", True),
        ("Jenkinsfile", "sh 'pytest'\n", None),
    ],
)
def test_tests_on_proposed_changes(
    path: str, text: str, expected: Value | None
) -> None:
    assert value(answers({path: text})["tests_on_proposals"]) is expected


def test_the_name_of_a_step_calls_nothing() -> None:
    assert not build_in(
        b"jobs:\n  a:\n    steps:\n      - name: CodeQL, pip-audit\n"
    ).calls


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".clusterfuzzlite/Dockerfile", "FROM x\n"),
        ("fuzz/fuzz_targets/parse.rs", "fuzz_target!(f);\n"),
        ("src/parse_fuzzer.cc", "int f();\n"),
        ("parse_test.go", "package x\n\nfunc FuzzParse(f *testing.F) {\n}\n"),
    ],
)
def test_fuzz_tests_are_seen(path: str, text: str) -> None:
    assert value(answers({path: text})["fuzzing"]) is True


def test_fuzz_tests_of_borrowed_code_are_not_the_projects_own() -> None:
    assert (
        value(answers({"vendor/x/parse_fuzzer.cc": "int f();\n"})["fuzzing"]) is False
    )


def test_lists_of_components_are_known_by_content() -> None:
    seen = answers(
        {
            "sbom.json": '{"bomFormat": "CycloneDX", "components": []}',
            "rain.spdx": "SPDXVersion: SPDX-2.3\n",
            "old/bom.json": "{}",
            ".vex/rain.json": '{"@context": "https://openvex.dev/ns/v0.2.0"}',
        }
    )

    assert value(seen["sbom_files"]) == 2
    assert value(seen["vex_files"]) == 1


def test_none_are_none_and_what_cannot_be_read_is_open() -> None:
    none = answers({})
    unread = answers_of(DictTree({}, unreadable={"sbom.json": "it is missing"}))

    assert value(none["sbom_files"]) == 0
    assert value(none["vex_files"]) == 0
    assert isinstance(unread["sbom_files"], Gap)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".asf.yaml", "github:\n  protected_branches:\n    main: {}\n"),
        (".github/settings.yml", "branches:\n  - name: main\n"),
    ],
)
def test_rules_for_branches_can_be_stated_here(path: str, text: str) -> None:
    assert value(answers({path: text})["branch_rules"]) is True


def test_rules_for_branches_that_the_forge_keeps_are_open() -> None:
    assert isinstance(answers({})["branch_rules"], Gap)
    assert isinstance(answers({".asf.yaml": "a: [b\n"})["branch_rules"], Gap)


def test_addresses_without_encryption_are_counted() -> None:
    manifest = """{"homepage": "http://rain.example.org",
        "repository": {"url": "git+https://git.example.org/rain"},
        "bugs": {"url": "https://git.example.org/rain/bugs"}}"""

    seen = answers({"package.json": manifest, "sub/package.json": manifest})

    assert value(seen["stated_addresses"]) == 5
    assert value(seen["unencrypted_addresses"]) == 1


def test_where_no_address_is_stated_none_can_lack_encryption() -> None:
    seen = answers({"package.json": "{}"})

    assert value(seen["stated_addresses"]) == 0
    assert isinstance(seen["unencrypted_addresses"], Inapplicable)


def test_a_manifest_that_cannot_be_read_leaves_addresses_open() -> None:
    seen = answers({"package.json": "{"})

    assert isinstance(seen["stated_addresses"], Gap)
    assert isinstance(seen["unencrypted_addresses"], Gap)


def test_a_part_of_a_repository_has_documents_of_its_own() -> None:
    tree = DictTree({"apps/rain/README.md": README + "## Building\n\nRun make.\n"})
    part = dataclasses.replace(
        given(tree),
        snapshot=dataclasses.replace(given(tree).snapshot, path="apps/rain"),
    )

    found, _ = gather(posture.COLLECTOR, part)

    by_name = {a.fact: a for a in found}
    assert value(by_name["posture.build_guide"]) is True
    assert isinstance(by_name["posture.threat_model"], Gap)


def answers(files: dict[str, str]) -> dict[str, Answered]:
    return answers_of(DictTree(files))


def answers_of(tree: DictTree) -> dict[str, Answered]:
    """Return every answer by the name of its fact, without what all begin with."""
    found, _ = gather(posture.COLLECTOR, given(tree))
    assert not [a for a in found if isinstance(a, Gap) and "collector" in a.why]
    return {answer.fact.removeprefix("posture."): answer for answer in found}


def value(answer: Answered) -> Value | None:
    return answer.value if isinstance(answer, Observation) else None
