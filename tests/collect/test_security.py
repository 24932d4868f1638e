# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What the tree shows of how a project guards itself."""

import dataclasses
from collections.abc import Mapping

import pytest

from ossay.codec import to_json
from ossay.collect import gather, security
from ossay.collect.security import ci, contact, keeping, policy
from ossay.collect.security.contact import Verdict, contact_in
from ossay.collect.security.places import is_set_aside, is_test_data
from ossay.model.evidence import Answered, Gap, Inapplicable, Item, Observation
from tests.collect.trees import DictTree, given

ENGLISH = "# Security\n\nTo report a vulnerability, write to security@example.org.\n"


def test_an_empty_tree_answers_every_question() -> None:
    seen = answers(DictTree({}))

    assert list(seen) == [f.name for f in security.COLLECTOR.facts]
    assert not [a for a in seen.values() if isinstance(a, Gap)]


def test_the_same_tree_gives_the_same_bytes() -> None:
    files = {"SECURITY.md": ENGLISH, "package.json": "{}", ".travis.yml": "a: b"}
    backwards = dict(reversed(files.items()))

    first, second = answers(DictTree(files)), answers(DictTree(backwards))

    assert to_json(tuple(first.values())) == to_json(tuple(second.values()))


def test_no_address_leaves_the_security_policy() -> None:
    seen = answers(DictTree({"SECURITY.md": ENGLISH}))

    assert b"security@example.org" not in to_json(tuple(seen.values()))
    assert seen["security.policy_contact"] == policy.POLICY_CONTACT.found(
        True, [Item(subject="SECURITY.md", note="a mail address", line=3)]
    )


@pytest.mark.parametrize(
    "path",
    [
        "SECURITY.md",
        "security",
        "Security.TXT",
        ".github/SECURITY.md",
        ".forgejo/SECURITY.rst",
        "docs/security.adoc",
        ".well-known/security.txt",
        "web/static/.well-known/security.txt",
        "SECURITY-INSIGHTS.yml",
        "SECURITY_POLICY.md",
        "docs/VULN-DISCLOSURE-POLICY.md",
        "SECURITY.zh-CN.md",
        "SECURITY.fr.md",
        "SEGURIDAD.md",
        "SEGURANCA.md",
        "SÉCURITÉ.md",
        "SECURITE.md",
        "Politique-de-securite.md",
        "SICHERHEIT.md",
        "SICUREZZA.md",
        "BEVEILIGING.md",
        "BEZPIECZEŃSTWO.md",
        "GÜVENLİK.md",
        "БЕЗОПАСНОСТЬ.md",
        "БЕЗПЕКА.md",
        "ΑΣΦΑΛΕΙΑ.md",
        "سياسة الأمان.md",
        "אבטחה.md",
        "सुरक्षा.md",
        "KEAMANAN.md",
        "USALAMA.md",
        "安全.md",
        "セキュリティ.md",
        "보안.md",
    ],
)
def test_a_security_policy_is_known_by_its_name(path: str) -> None:
    assert policy.is_policy(path)


@pytest.mark.parametrize(
    "path",
    [
        "src/security.md",
        "docs/security.py",
        "docs/web-security.rst",
        "security.yml",
        "docs/insecure.md",
        "SECURITY/README.md",
        "node_modules/a/SECURITY.md",
        "security.png",
    ],
)
def test_other_files_about_security_are_no_policy(path: str) -> None:
    assert not policy.is_policy(path)


def test_without_a_policy_there_is_no_contact_to_ask_for() -> None:
    seen = answers(DictTree({"README.md": ENGLISH}))

    assert seen["security.policy"] == policy.POLICY.found(False)
    assert isinstance(seen["security.policy_contact"], Inapplicable)


@pytest.mark.parametrize(
    "hidden",
    [
        {"symlinks": {"SECURITY.md": "policies/security.md"}},
        {"symlinks": {".github": "forge"}},
        {"submodules": [".github"]},
        {"submodules": ["docs"]},
    ],
)
def test_what_leads_elsewhere_may_hold_the_policy(hidden: dict[str, object]) -> None:
    seen = answers(DictTree({"a": ""}, **hidden))  # type: ignore[arg-type]

    assert isinstance(seen["security.policy"], Gap)
    assert isinstance(seen["security.policy_contact"], Gap)


def test_a_policy_beside_a_link_is_a_policy() -> None:
    tree = DictTree({"docs/SECURITY.md": ENGLISH}, symlinks={"SECURITY.md": "docs/x"})

    assert _value(answers(tree)["security.policy"]) is True


def test_of_a_folder_only_what_stands_around_it_unseen_is_open() -> None:
    tree = DictTree({"README.md": "", "server/main.c": "", "server/go.mod": ""})

    seen = answers(tree, part="server")

    for fact in ("security.policy", "security.policy_contact", "security.code_owners"):
        assert isinstance(seen[fact], Gap), fact
    assert "not docs, doc, documentation" in str(seen["security.policy"])
    assert seen["security.dependency_update_tool"] == (
        keeping.DEPENDENCY_UPDATE_TOOL.found(False)
    )
    assert seen["security.ci"] == ci.CI.found(False)
    assert _value(seen["security.actions_used"]) == 0


@pytest.mark.parametrize(
    "path", ["SECURITY.md", ".github/SECURITY.md", "server/docs/SECURITY.md"]
)
def test_a_folder_has_its_own_policy_or_that_of_the_whole(path: str) -> None:
    seen = answers(DictTree({path: ENGLISH}), part="server")

    assert _value(seen["security.policy"]) is True
    assert _value(seen["security.policy_contact"]) is True


def test_scripts_around_a_folder_may_run_its_tests() -> None:
    tree = DictTree({".github/workflows/ci.yml": "steps:\n- run: ci/all.sh\n"})

    assert isinstance(answers(tree, part="server")["security.tests_in_ci"], Gap)


def test_a_policy_that_cannot_be_read_leaves_its_contact_open() -> None:
    seen = answers(DictTree({}, unreadable={"SECURITY.md": "it is missing"}))

    gap = seen["security.policy_contact"]
    assert _value(seen["security.policy"]) is True
    assert isinstance(gap, Gap)
    assert gap.items == (Item(subject="SECURITY.md", note="it is missing"),)


def test_one_policy_with_a_contact_is_enough() -> None:
    tree = DictTree(
        {"SECURITY.md": ENGLISH}, unreadable={".github/SECURITY.md": "it is missing"}
    )

    seen = answers(tree)["security.policy_contact"]

    assert _value(seen) is True


@pytest.mark.parametrize(
    ("text", "note", "line"),
    [
        (ENGLISH, "a mail address", 3),
        (
            "Report vulnerabilities: security [at] example [dot] org",
            "a mail address",
            1,
        ),
        ("Report a vulnerability:\nsecurity at example dot org", "a mail address", 2),
        ("Contact: https://example.org/report\nExpires: 2027-01-01", "RFC 9116", 1),
        ("Open https://github.com/a/b/security/advisories/new", "confidential", 1),
        ("We reward findings: https://hackerone.com/example", "confidential", 1),
        (
            'Report a security issue with the "Report a vulnerability" button.',
            "confidential reports on the forge",
            1,
        ),
        ("See https://example.org/security-policy", "a link", 1),
        (
            "## Vulnerabilities\n\nPlease report them with\n[our form](https://a.org/f).",
            "a link",
            4,
        ),
        ("Bitte melden Sie Schwachstellen an cert@amt.example.", "a mail", 1),
        ("Informe de vulnerabilidades a seguridad@ejemplo.example", "a mail", 1),
        ("Signalez une faille à securite@exemple.example", "a mail", 1),
        ("Relate vulnerabilidades para seguranca@exemplo.example", "a mail", 1),
        ("Segnalare vulnerabilità a sicurezza@esempio.example", "a mail", 1),
        ("Meld kwetsbaarheden via https://voorbeeld.example/meld", "a link", 1),
        ("Zgłoś podatność: bezp@przyklad.example", "a mail", 1),
        ("Сообщите об уязвимости: sec@primer.example", "a mail", 1),
        ("Повідомте про вразливість: sec@pryklad.example", "a mail", 1),
        ("يرجى الإبلاغ عن الثغرات إلى aman@mithal.example", "a mail", 1),
        ("कृपया भेद्यता की रिपोर्ट करें: suraksha@udaharan.example", "a mail", 1),
        ("Laporkan kerentanan ke aman@contoh.example", "a mail", 1),
        ("Ripoti udhaifu kwa usalama@mfano.example", "a mail", 1),
        ("请将漏洞报告发送至 anquan@lizi.example", "a mail", 1),
        ("脆弱性は sec@rei.example まで報告してください", "a mail", 1),
        ("취약점은 sec@yesi.example 로 신고해 주세요", "a mail", 1),
        ("Güvenlik açığını bildirin: guvenlik@ornek.example", "a mail", 1),
    ],
)
def test_a_policy_names_a_contact(text: str, note: str, line: int) -> None:
    seen = contact_in(text)

    assert seen.verdict is Verdict.NAMED
    assert note in seen.note
    assert seen.line == line


FILLER = "This text says at some length how we build software and why. " * 8


@pytest.mark.parametrize(
    "text",
    [
        "",
        "TBD",
        FILLER,
        FILLER + "We take vulnerabilities seriously.",
        "Copyright 2026 Ada Example <ada@example.org>\n" + FILLER,
        # A forge's own draft, as nobody filled it in.
        "# Security Policy\n\n## Supported Versions\n\nUse this section to tell people "
        "about which versions of your project are\ncurrently being supported with "
        "security updates.\n\n| Version | Supported |\n| ------- | ------ |\n| 5.1.x | "
        ":white_check_mark: |\n\n## Reporting a Vulnerability\n\nUse this section to "
        "tell people how to report a vulnerability.\n\nTell them where to go, how "
        "often they can expect to get an update on a\nreported vulnerability, what to "
        "expect if the vulnerability is accepted or\ndeclined, etc.\n",
        "Report a vulnerability at https://github.com/a/b/issues\n" + FILLER,
        "We report which CVE a vulnerability has.\nSee https://cve.org\n" + FILLER,
        "Wir nehmen Schwachstellen ernst. " + FILLER,
        "Nous prenons la sécurité au sérieux et nous y pensons dans tout ce que nous "
        "faisons pour les utilisateurs. " * 9,
        "For offers contact sales@example.org about vulnerability reports.\n" + FILLER,
    ],
)
def test_a_policy_names_no_contact(text: str) -> None:
    assert contact_in(text).verdict is Verdict.NOT_NAMED


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "የደህንነት ጉዳዮችን እንዴት ሪፖርት ማድረግ እንደሚቻል ይህ ሰነድ ያብራራል።",
            "a language in Ethiopic script",
        ),
        ("უსაფრთხოების საკითხების შესახებ შეტყობინება", "Georgian"),
        ("নিরাপত্তা সমস্যা সম্পর্কে আমাদের জানান দয়া করে", "Bengali"),
        (
            "Xavfsizlik masalalari haqida bizga xabar bering iltimos rahmat",
            "a language in Latin script",
        ),
    ],
)
def test_a_language_without_words_here_leaves_the_contact_open(
    text: str, language: str
) -> None:
    gap = answers(DictTree({"SECURITY.md": text}))["security.policy_contact"]

    assert isinstance(gap, Gap)
    assert language in gap.why


@pytest.mark.parametrize(
    "text",
    ["a" * 300_000, "@" * 300_000, "a@" * 150_000, "report " * 50_000, "\n" * 300_000,
     "x@" + "a." * 150_000, "https://" * 40_000, "漏" * 300_000],
)  # fmt: skip
def test_a_hostile_policy_is_read_to_its_end(text: str) -> None:
    assert contact_in(text).verdict in Verdict


@pytest.mark.parametrize(
    ("path", "tool"),
    [
        (".github/dependabot.yml", "Dependabot"),
        (".github/dependabot.yaml", "Dependabot"),
        ("renovate.json", "Renovate"),
        (".github/renovate.json5", "Renovate"),
        (".gitlab/renovate.json", "Renovate"),
        (".forgejo/renovate.json", "Renovate"),
        (".renovaterc", "Renovate"),
        (".pyup.yml", "PyUp"),
        (".scala-steward.conf", "Scala Steward"),
        (".github/.scala-steward.conf", "Scala Steward"),
    ],
)
def test_a_tool_for_updates_is_known_by_its_settings(path: str, tool: str) -> None:
    seen = answers(DictTree({path: ""}))["security.dependency_update_tool"]

    assert seen == keeping.DEPENDENCY_UPDATE_TOOL.found(
        True, [Item(subject=path, note=tool)]
    )


def test_what_asks_for_no_packages_needs_no_tool_for_updates() -> None:
    seen = answers(DictTree({"README.md": ENGLISH}))

    answer = seen["security.dependency_update_tool"]
    assert isinstance(answer, Inapplicable)


@pytest.mark.parametrize(
    ("manifest", "expected"),
    [
        ('{"renovate": {"extends": ["x"]}}', True),
        ('{"devDependencies": {"renovate": "1"}}', False),
        ("[]", False),
        ('{"name": ', None),
        ("[" * 100_000, None),
    ],
)
def test_renovate_may_be_set_up_in_the_manifest(
    manifest: str, expected: bool | None
) -> None:
    seen = answers(DictTree({"package.json": manifest}))

    answer = seen["security.dependency_update_tool"]
    assert getattr(answer, "value", None) is expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("CODEOWNERS", True),
        (".github/CODEOWNERS", True),
        (".gitlab/CODEOWNERS", True),
        ("docs/CODEOWNERS", True),
        ("OWNERS", True),
        ("src/CODEOWNERS", False),
    ],
)
def test_code_owners_stand_where_a_forge_looks(path: str, expected: bool) -> None:
    seen = answers(DictTree({path: "* @a"}))["security.code_owners"]

    assert _value(seen) is expected


@pytest.mark.parametrize(
    "path",
    [
        ".github/workflows/ci.yml",
        ".forgejo/workflows/ci.yaml",
        ".gitlab-ci.yml",
        ".travis.yml",
        ".circleci/config.yml",
        "Jenkinsfile",
        "ci/Jenkinsfile.release",
        "azure-pipelines.yml",
        "azure-pipelines-nightly.yaml",
        "appveyor.yml",
        ".appveyor.yml",
        ".drone.yml",
        ".woodpecker.yml",
        ".woodpecker/test.yaml",
        "bitbucket-pipelines.yml",
        ".cirrus.yml",
        ".buildkite/pipeline.yml",
        ".semaphore/semaphore.yml",
        ".build.yml",
        ".builds/debian.yml",
        ".tekton/build.yaml",
        "cloudbuild.yaml",
        "buildspec.yml",
    ],
)
def test_an_automatic_build_is_known_by_its_settings(path: str) -> None:
    seen = answers(DictTree({path: "script: pytest"}))

    assert seen["security.ci"] == ci.CI.found(True, where=path)
    assert _value(seen["security.tests_in_ci"]) is True


@pytest.mark.parametrize(
    "line",
    [
        "- run: pytest -q",
        "script: tox -e py311",
        "run: npm test",
        "run: npm run test:unit",
        "run: yarn workspace web test",
        "run: pnpm -r test",
        "- make check",
        "- make -C build test-ci",
        "run: cargo test --all",
        "run: go test ./...",
        "run: ./mvnw -B verify",
        "sh 'mvn clean install'",
        "./gradlew --no-daemon testDebugUnitTest",
        "./gradlew build",
        "bundle exec rake spec",
        "bin/rails test",
        "vendor/bin/phpunit",
        "php artisan test",
        "dotnet test -c Release",
        "mix test",
        "ctest --output-on-failure",
        "./runtest --verbose",
        "perl tests/runtests.pl -a",
        "name: Run the unit tests",
        "stage: test",
        "stage('Tests') {",
        "- name: Executar testes",
        "python manage.py test",
        "run: pip install tox && tox",
        "- name: Install and run the tests",
    ],
)
def test_a_build_that_runs_tests_is_known_by_what_it_calls(line: str) -> None:
    build = ci.build_in(f"a: b\n{line}\n".encode())

    assert 2 in {build.runner_at, build.named_at}


@pytest.mark.parametrize(
    "line",
    [
        "# pytest",
        "  // npm test",
        "run: mvn install -DskipTests",
        "run: ./gradlew build -x test",
        "run: test -f file",
        "run: npm run build",
        "name: Publish the latest image",
        "run: make docs",
        "- name: Install tox",
        "run: pip install 'tox<4'",
        "sudo apt-get -y install bats",
        "- name: Set up the test database",
        """paths: '["package.json", "test/conditional/test_licenses.sh"]'""",
        "path: ${{ github.workspace }}/.tox/py3.9",
        "key: ${{ runner.os }}-tox-py3.9",
    ],
)
def test_a_build_that_only_builds_runs_no_tests(line: str) -> None:
    build = ci.build_in(line.encode())

    assert (build.runner_at, build.named_at) == (0, 0)


def test_the_line_of_a_test_runner_is_better_evidence_than_a_name() -> None:
    tree = DictTree(
        {
            ".github/workflows/docker.yml": "name: Test the image\n",
            ".github/workflows/tests.yml": "name: Tests\nrun: |\n  pytest\n",
        }
    )

    assert answers(tree)["security.tests_in_ci"] == ci.TESTS_IN_CI.found(
        True,
        [
            Item(
                subject=".github/workflows/tests.yml",
                note="calls a test runner",
                line=3,
            ),
            Item(
                subject=".github/workflows/docker.yml",
                note="is named after tests",
                line=1,
            ),
        ],
    )


def test_scripts_that_the_build_calls_are_looked_into() -> None:
    tree = DictTree(
        {
            ".github/workflows/ci.yml": "steps:\n- run: ./.ci/run all\n",
            ".ci/run": "#!/bin/sh\nset -e\npytest\n",
            "other.sh": "pytest",
        }
    )

    seen = answers(tree)["security.tests_in_ci"]

    item = Item(subject=".ci/run", note="calls a test runner", line=3)
    assert seen == ci.TESTS_IN_CI.found(True, [item])


def test_without_a_build_no_tests_run_in_it() -> None:
    seen = answers(DictTree({"tests/test_a.py": ""}))

    assert seen["security.ci"] == ci.CI.found(False)
    assert seen["security.tests_in_ci"] == ci.TESTS_IN_CI.found(False)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".github/workflows/ci.yml", "  uses: org/ci/.github/workflows/a.yml@main"),
        (".gitlab-ci.yml", "include:\n  - project: group/ci\n    file: a.yml"),
        (".circleci/config.yml", "setup: true\norbs:\n  build: org/build@1"),
        ("Jenkinsfile", "@Library('shared') _\nstandardBuild()"),
    ],
)
def test_tests_may_run_in_steps_that_are_kept_elsewhere(path: str, text: str) -> None:
    gap = answers(DictTree({path: text}))["security.tests_in_ci"]

    assert isinstance(gap, Gap)
    assert "another repository" in gap.why
    assert gap.items[0].subject == path


def test_a_build_that_cannot_be_read_leaves_its_tests_open() -> None:
    tree = DictTree({".travis.yml": "a: b"}, unreadable={".drone.yml": "it is missing"})

    seen = answers(tree)

    gap = seen["security.tests_in_ci"]
    assert _value(seen["security.ci"]) is True
    assert isinstance(gap, Gap)
    assert gap.items == (Item(subject=".drone.yml", note="it is missing"),)


@pytest.mark.parametrize(
    ("path", "for_tests", "set_aside"),
    [
        ("tests/data/a", True, True),
        ("src/test/resources/a", True, True),
        ("pkg/__tests__/a", True, True),
        ("my-e2e-tests/a", True, True),
        ("node_modules/a/package.json", False, True),
        ("third_party/a", False, True),
        ("docs/examples/a", False, True),
        ("{{cookiecutter.name}}/setup.py", False, True),
        ("latest/a", False, False),
        ("contest/a", False, False),
        ("test.py", False, False),
        ("src/special/a", False, False),
    ],
)
def test_folders_for_tests_and_borrowed_code_are_known(
    path: str, for_tests: bool, set_aside: bool
) -> None:
    assert is_test_data(path) is for_tests
    assert is_set_aside(path) is set_aside


def test_the_words_of_a_contact_are_all_in_lower_case() -> None:
    patterns = (contact._VULNERABILITY, contact._REPORT, contact._CONFIDENTIAL)

    assert all(p.pattern == p.pattern.casefold() for p in patterns)


def answers(tree: DictTree, part: str = "") -> Mapping[str, Answered]:
    """Return what the collector answers about *tree*, by fact."""
    what = given(tree)
    snapshot = dataclasses.replace(what.snapshot, path=part)
    what = dataclasses.replace(what, snapshot=snapshot)
    return {a.fact: a for a in gather(security.COLLECTOR, what)[0]}


def _value(answer: Answered) -> object:
    return answer.value if isinstance(answer, Observation) else answer
