# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Weaknesses of builds by GitLab, Woodpecker and Forgejo, in files made here."""

from dataclasses import replace

import pytest

from ossay.collect import workflows
from ossay.collect._gathering import gather
from ossay.collect.workflows import commands
from ossay.model.collector import Table
from ossay.model.evidence import Answered, Gap, Observation
from ossay.model.toolbox import Toolbox
from ossay.sandbox.toolbox import Tools
from tests.collect.trees import DictTree, MemoryFacts, given

GITLAB = ".gitlab-ci.yml"
WOODPECKER = ".woodpecker.yml"
SOUND = "test:\n  image: debian:13\n  script:\n    - make test\n"
STEP = "steps:\n  - name: a\n    image: debian:13\n    commands:\n      - make test\n"


def answers_of(
    files: dict[str, str] | DictTree, toolbox: Toolbox | None = None
) -> tuple[dict[str, Answered], tuple[Table, ...]]:
    tree = files if isinstance(files, DictTree) else DictTree(files)
    asked = replace(given(tree), toolbox=toolbox)
    answered, tables = gather(workflows.COLLECTOR, asked)
    return {each.fact.removeprefix("workflows."): each for each in answered}, tables


def observed(answers: dict[str, Answered], name: str) -> Observation:
    answer = answers[name]
    assert isinstance(answer, Observation), answer
    return answer


def seen(files: dict[str, str]) -> set[tuple[str, str, int]]:
    """Return (rule, path, line) of each weakness."""
    _, (table,) = answers_of(files)
    return {(row[2], row[0], int(row[1])) for row in table.rows}


def script(line: str) -> dict[str, str]:
    return {GITLAB: f"test:\n  script:\n    - '{line.replace(chr(39), chr(39) * 2)}'\n"}


@pytest.mark.parametrize("files", [{GITLAB: SOUND}, {WOODPECKER: STEP}])
def test_a_build_without_weaknesses_is_not_cleared_of_what_is_set_elsewhere(
    files: dict[str, str],
) -> None:
    answers, (table,) = answers_of(files)

    assert table.rows == ()
    for name in ("text_of_strangers", "text_in_commands", "unpinned", "suppressed"):
        assert observed(answers, name).value == 0
        assert not observed(answers, name).missed
    for name in ("code_of_strangers", "dangerous", "excessive_permissions"):
        assert observed(answers, name).value == 0
        assert "kept elsewhere" in observed(answers, name).missed


@pytest.mark.parametrize(
    "line",
    [
        'eval "echo $CI_COMMIT_MESSAGE"',
        "eval deploy ${CI_COMMIT_TITLE}",
        'bash -c "deploy $CI_COMMIT_REF_NAME"',
        "sh -ec \"echo '$CI_MERGE_REQUEST_TITLE'\"",
        'ssh host "deploy $CI_COMMIT_BRANCH"',
        "python3 -c \"print('$CI_COMMIT_AUTHOR')\"",
        'echo "$CI_COMMIT_TITLE" | bash',
        'echo "$CI_COMMIT_TITLE" | xargs -n 1 sh',
        "$CI_COMMIT_TITLE",
        '. <(echo "$CI_COMMIT_TITLE")',
    ],
)
def test_text_of_strangers_that_a_shell_reads_again_is_told(line: str) -> None:
    answers, (table,) = answers_of(script(line))

    assert observed(answers, "text_of_strangers").value == 1
    assert observed(answers, "dangerous").value == 1
    ((path, number, rule, *_),) = table.rows
    assert (path, number, rule) == (GITLAB, "3", "text-in-commands")


@pytest.mark.parametrize(
    "line",
    [
        'echo "$CI_COMMIT_MESSAGE"',
        "echo $CI_COMMIT_TITLE > title.txt",
        "bash -c 'echo \"$CI_COMMIT_TITLE\"'",
        'bash -c "echo \\$CI_COMMIT_TITLE"',
        'eval "$(ssh-agent -s)"',
        'eval "$(ssh-agent -s)"; echo "$CI_COMMIT_TITLE"',
        'test "$CI_COMMIT_BRANCH" = main',
        'bash -c "deploy $CI_COMMIT_SHA"',
        'git push origin "$CI_COMMIT_REF_NAME"',
        'echo "$CI_COMMIT_TITLE" | sha256sum',
    ],
)
def test_text_that_a_shell_only_puts_in_its_place_is_no_weakness(line: str) -> None:
    assert seen(script(line)) == set()


@pytest.mark.parametrize(
    "text",
    [
        "variables:\n  WHAT: $CI_COMMIT_TITLE\n"
        'test:\n  script:\n    - make\n    - eval "$WHAT"\n',
        'test:\n  script:\n    - WHAT="x $CI_COMMIT_TITLE"\n    - make\n'
        '    - make\n    - eval "$WHAT"\n',
        "test:\n  script:\n    - |\n      make\n      make\n"
        '      eval "$CI_COMMIT_TITLE"\n',
        "test:\n  variables: {}\n  before_script: []\n  script: |\n    make\n"
        '    eval "$CI_COMMIT_TITLE"\n',
        '.x: &x\n  - make\n  - make\n  - make\n  - make\n  - eval "$CI_COMMIT_TITLE"\n',
        ".job:\n  script:\n    - make\n    - make\n    - make\n"
        '    - eval "$CI_COMMIT_TITLE"\n',
    ],
    ids=["variable", "assigned", "block", "one text", "anchor", "template"],
)
def test_text_of_strangers_is_followed_to_the_line_that_reads_it(text: str) -> None:
    assert seen({GITLAB: text}) == {("text-in-commands", GITLAB, 6)}


def test_references_anchors_and_inputs_are_read_where_they_are_written() -> None:
    text = (
        "spec:\n  inputs:\n    env: {}\n---\n"
        ".a: &a\n  script:\n    - eval $CI_COMMIT_TITLE\n"
        "one:\n  <<: *a\n"
        "two:\n  extends: .a\n"
        "three:\n  script:\n    - !reference [.a, script]\n"
        "four:\n  script:\n    - deploy $[[ inputs.env ]]\n"
    )

    answers, (table,) = answers_of({GITLAB: text})

    strangers = [row for row in table.rows if row[3] == "high"]
    assert {row[1] for row in strangers} <= {"7", "8", "9"}
    assert ("text-in-commands", GITLAB, 7) in seen({GITLAB: text})
    assert [row[1] for row in table.rows if row[3] == "low"] == ["17"]
    assert observed(answers, "unread_files").value == 0


def test_what_is_included_from_the_repository_is_read_too() -> None:
    files = {
        GITLAB: "include:\n  - local: /ci/a.yml\n  - local: 'ci/deep/**/*.yml'\n",
        "ci/a.yml": "include: ci/b.yml\n" + SOUND,
        "ci/b.yml": "include: [ci/a.yml, .gitlab-ci.yml]\n"
        "x:\n  image: node\n  script: make\n",
        "ci/deep/er/c.yml": "x:\n  image: node:latest\n  script: make\n",
        "ci/other.yml": "x:\n  image: ruby\n",
    }

    assert seen(files) == {
        ("unpinned-images", "ci/b.yml", 3),
        ("unpinned-images", "ci/deep/er/c.yml", 2),
    }


def test_an_included_file_that_is_not_there_makes_counts_lower_bounds() -> None:
    answers, _ = answers_of({GITLAB: "include: ci/gone.yml\n" + SOUND})

    (item,) = observed(answers, "unread_files").items
    assert item.subject == "ci/gone.yml"
    assert observed(answers, "text_of_strangers").missed


@pytest.mark.parametrize(
    ("include", "is_pinned"),
    [
        ("remote: https://example.org/x.yml", False),
        (f"{{remote: https://example.org/x.yml, integrity: sha256-{'A' * 43}=}}", True),
        ("{project: group/ci, file: x.yml}", False),
        ("{project: group/ci, file: x.yml, ref: main}", False),
        (f"{{project: group/ci, file: x.yml, ref: {'a' * 40}}}", True),
        ("component: example.org/group/ci/x@1.0", False),
        (f"component: example.org/group/ci/x@{'a' * 40}", True),
    ],
)
def test_what_is_included_from_elsewhere_was_not_examined(
    include: str, is_pinned: bool
) -> None:
    answers, _ = answers_of({GITLAB: f"include:\n  - {include}\n" + SOUND})

    assert observed(answers, "unpinned").value == int(not is_pinned)
    assert "kept elsewhere" in observed(answers, "text_of_strangers").missed


def test_templates_of_the_forge_itself_belong_to_the_forge() -> None:
    text = "include:\n  - template: Jobs/SAST.gitlab-ci.yml\n" + SOUND
    answers, _ = answers_of({GITLAB: text})

    assert observed(answers, "unpinned").value == 0
    assert not observed(answers, "text_of_strangers").missed


def test_settings_that_the_build_itself_makes_were_not_examined() -> None:
    text = "a:\n  trigger:\n    include:\n      - artifact: made.yml\n        job: b\n"
    answers, _ = answers_of({GITLAB: text + SOUND})

    assert "artifact made.yml" in observed(answers, "text_of_strangers").missed


@pytest.mark.parametrize(
    ("image", "variables", "floats"),
    [
        ("node", {}, True),
        ("node:latest", {}, True),
        ("registry.example.org:5000/team/node", {}, True),
        ("node:22", {}, False),
        (f"node@sha256:{'a' * 64}", {}, False),
        ("node:$TAG", {"TAG": "22"}, False),
        ("node:${TAG}", {"TAG": "latest"}, True),
        ("node:$TAG", {}, None),
        ("$IMAGE", {"IMAGE": "node"}, True),
        ("$A", {"A": "$B", "B": "$A"}, None),
        ("$CI_REGISTRY_IMAGE/builder:latest", {}, False),
    ],
)
def test_an_image_floats_where_it_names_no_version(
    image: str, variables: dict[str, str], floats: bool | None
) -> None:
    assert commands.floats(image, variables) is floats


def test_an_image_that_something_else_names_makes_the_count_a_lower_bound() -> None:
    answers, _ = answers_of({GITLAB: "a:\n  image: $IMAGE\n  script: make\n"})

    assert observed(answers, "unpinned").value == 0
    assert observed(answers, "unpinned").missed
    assert not observed(answers, "text_in_commands").missed


def test_a_variable_of_another_file_names_an_image() -> None:
    files = {
        GITLAB: "variables:\n  IMAGE: node\ninclude: ci/a.yml\n",
        "ci/a.yml": "a:\n  image: $IMAGE\n  script: make\n",
    }

    assert seen(files) == {("unpinned-images", "ci/a.yml", 2)}


@pytest.mark.parametrize(
    ("job", "rule", "line"),
    [
        ("script: env\n", "printed-credentials", 2),
        ("script: [make, 'echo $DEPLOY_TOKEN']\n", "printed-credentials", 2),
        ("variables: {CI_DEBUG_TRACE: 'true'}\n", "printed-credentials", 2),
        ("variables: {CI_DEBUG_TRACE: true}\n", "printed-credentials", 2),
        ("variables:\n    API_TOKEN: abc123\n", "credentials-in-settings", 3),
        ("artifacts:\n    paths: [a, .env]\n", "credentials-in-artifacts", 3),
        ("artifacts:\n    paths: [.]\n", "credentials-in-artifacts", 3),
        ("artifacts:\n    paths: [certs/server.key]\n", "credentials-in-artifacts", 3),
        ("services: ['docker:27-dind']\n", "docker-in-docker", 2),
    ],
)
def test_keys_and_rights_that_are_given_away_are_told(
    job: str, rule: str, line: int
) -> None:
    assert seen({GITLAB: f"a:\n  {job}"}) == {(rule, GITLAB, line)}


@pytest.mark.parametrize(
    "job",
    [
        "script: 'echo $DEPLOY_TOKEN | docker login --password-stdin'\n",
        "script: 'echo $TOKEN_URL'\n",
        "variables:\n    API_TOKEN: $OTHER\n",
        "variables:\n    POSTGRES_PASSWORD: postgres\n",
        "variables:\n    API_TOKEN: ''\n",
        "artifacts:\n    paths: [dist/, .env.example]\n",
        "artifacts:\n    access: none\n    paths: [.]\n",
        "services: ['postgres:17']\n",
    ],
)
def test_what_only_looks_like_giving_keys_away_is_no_weakness(job: str) -> None:
    assert seen({GITLAB: f"a:\n  {job}"}) == set()


def test_text_of_strangers_in_a_step_of_woodpecker_is_told() -> None:
    text = STEP.replace("make test", "echo '${CI_COMMIT_MESSAGE}'")

    answers, _ = answers_of({WOODPECKER: text})

    (item,) = observed(answers, "text_of_strangers").items
    assert (item.subject, item.line) == (WOODPECKER, 5)
    assert "severity medium" in item.note


@pytest.mark.parametrize(
    ("line", "strangers", "told"),
    [
        ("echo $CI_COMMIT_MESSAGE", 0, 0),
        ("echo $${CI_COMMIT_MESSAGE}", 0, 0),
        ("eval $CI_COMMIT_MESSAGE", 1, 1),
        ("echo ${CI_COMMIT_SOURCE_BRANCH##*/}", 1, 1),
        ("echo ${CI_COMMIT_TAG}", 0, 1),
        ("echo ${CI_COMMIT_SHA}", 0, 0),
    ],
)
def test_woodpecker_puts_in_as_text_what_stands_in_braces(
    line: str, strangers: int, told: int
) -> None:
    answers, _ = answers_of({WOODPECKER: STEP.replace("make test", line)})

    assert observed(answers, "text_of_strangers").value == strangers
    assert observed(answers, "text_in_commands").value == told


def test_a_step_with_the_rights_of_the_machine_is_told() -> None:
    text = STEP + "    privileged: true\n"

    answers, _ = answers_of({".woodpecker/a.yaml": text})

    (item,) = observed(answers, "excessive_permissions").items
    assert (item.subject, item.line) == (".woodpecker/a.yaml", 6)


ASKS = "    environment:\n      TOKEN:\n        from_secret: token\n"


@pytest.mark.parametrize(
    ("more", "whole", "is_told"),
    [
        (ASKS, "", True),
        ("    secrets: [token]\n", "", True),
        ("    settings:\n      a: [{b: {from_secret: token}}]\n", "", True),
        (ASKS + "    when:\n      event: [push, pull_request]\n", "", True),
        (ASKS + "    when:\n      - event: push\n      - branch: main\n", "", True),
        (ASKS + "    when:\n      event: push\n", "", False),
        (ASKS + "    when:\n      - event: [tag, cron]\n", "", False),
        (ASKS + "    when:\n      event: {exclude: pull_request}\n", "", False),
        (ASKS, "when:\n  event: tag\n", False),
        ("", "", False),
    ],
)
def test_a_secret_in_a_step_that_runs_for_proposals_is_told(
    more: str, whole: str, is_told: bool
) -> None:
    answers, _ = answers_of({WOODPECKER: whole + STEP + more})

    assert observed(answers, "exposed_credentials").value == int(is_told)


def test_steps_by_name_and_images_behind_aliases_are_read() -> None:
    text = (
        "variables:\n  - &image node\nsteps:\n  a:\n    image: *image\n"
        "services:\n  db:\n    image: postgres:17\n"
    )

    assert seen({WOODPECKER: text}) == {("unpinned-images", WOODPECKER, 5)}


@pytest.mark.engine
@pytest.mark.parametrize("name", ["forgejo", "forge", "gitea", "github"])
def test_each_forge_has_its_own_name_for_the_text_of_strangers(name: str) -> None:
    text = (
        "on: pull_request_target\njobs:\n  a:\n    runs-on: docker\n    steps:\n"
        "      - uses: https://code.forgejo.org/actions/checkout@v4\n"
        f"      - run: echo ${{{{ {name}.event.pull_request.title }}}}\n"
    )

    answers, (table,) = answers_of({".forgejo/workflows/a.yml": text}, Tools())

    assert observed(answers, "text_of_strangers").items[0].line == 7
    assert observed(answers, "code_of_strangers").value == 1
    assert ("artipacked", "6") in {(row[2], row[1]) for row in table.rows}


@pytest.mark.engine
def test_what_a_workflow_of_forgejo_says_of_rights_may_not_be_heeded() -> None:
    text = (
        "on: push\npermissions: {}\njobs:\n  a:\n    runs-on: docker\n"
        "    steps:\n      - run: make\n"
    )

    answers, _ = answers_of({".forgejo/workflows/a.yml": text}, Tools())

    assert observed(answers, "excessive_permissions").value == 0
    assert observed(answers, "excessive_permissions").missed
    assert not observed(answers, "text_of_strangers").missed


@pytest.mark.engine
def test_weaknesses_of_two_systems_are_counted_together() -> None:
    files = {
        ".github/workflows/a.yml": "on: push\npermissions: {}\njobs:\n  a:\n"
        "    runs-on: x\n    steps:\n      - uses: a/b@v1\n",
        GITLAB: "a:\n  image: node\n  script: make\n",
    }

    answers, _ = answers_of(files, Tools())

    assert {i.subject for i in observed(answers, "unpinned").items} == set(files)


def test_a_missing_tool_is_no_matter_where_it_has_nothing_to_read() -> None:
    answers, _ = answers_of({GITLAB: SOUND})

    assert not any(isinstance(each, Gap) for each in answers.values())


def test_a_missing_tool_leaves_open_what_two_systems_answer_together() -> None:
    answers, _ = answers_of({GITLAB: SOUND, ".github/workflows/a.yml": "on: push\n"})

    assert all(isinstance(each, Gap) for each in answers.values())


BOMB = "".join(
    f"x{n}: &x{n} [{', '.join([f'*x{n - 1}' if n else 'lol'] * 9)}]\n"
    for n in range(12)
)


@pytest.mark.parametrize(
    "bad",
    [
        BOMB,
        "a: " + "[" * 5_000,
        "- a\n- b\n",
        "a: [1",
        "a: *gone\n",
        "a:\n  script: " + "x" * 2_100_000,
        "? [a, b]\n: c\n",
    ],
    ids=["bomb", "deep", "list", "broken", "alias", "large", "key"],
)
@pytest.mark.parametrize("path", [GITLAB, WOODPECKER])
def test_settings_that_cannot_be_read_are_gaps(path: str, bad: str) -> None:
    answers, tables = answers_of({path: bad})

    assert tables == ()
    assert all(isinstance(each, Gap) for each in answers.values())


LINES = "a: &a |\n" + "  make\n" * 4_000


@pytest.mark.parametrize(
    ("path", "bad"),
    [
        (GITLAB, f"a:\n  script:\n    - make{' ' * 3_000}; eval $CI_COMMIT_TITLE\n"),
        (GITLAB, LINES + "".join(f"j{n}:\n  script: *a\n" for n in range(9))),
        (
            GITLAB,
            "variables:\n"
            + "".join(f"  v{n}: $a\n" for n in range(1_000))
            + "".join(f"j{n}:\n  variables: {{b: c}}\n" for n in range(300)),
        ),
        (
            WOODPECKER,
            LINES
            + "steps:\n"
            + "".join(f"  s{n}:\n    commands: *a\n" for n in range(9)),
        ),
    ],
    ids=["long", "many lines", "many variables", "many lines of woodpecker"],
)
def test_commands_beyond_what_is_looked_at_are_gaps(path: str, bad: str) -> None:
    answers, tables = answers_of({path: bad})

    assert tables == ()
    assert all(isinstance(each, Gap) for each in answers.values())


def test_a_command_that_reads_again_and_again_is_looked_at_to_its_end() -> None:
    assert seen(script("eval a; " * 100 + "eval $CI_COMMIT_TITLE"))


@pytest.mark.parametrize("path", [GITLAB, WOODPECKER])
def test_one_file_that_cannot_be_read_makes_counts_lower_bounds(path: str) -> None:
    folder = {GITLAB: ".gitlab/ci/b.yml", WOODPECKER: ".woodpecker/b.yml"}[path]
    sound = {GITLAB: SOUND, WOODPECKER: STEP}[path]

    answers, _ = answers_of({path: sound, folder: BOMB})

    assert observed(answers, "unread_files").value == 1
    assert observed(answers, "text_of_strangers").missed


@pytest.mark.parametrize("path", [GITLAB, WOODPECKER, ".gitlab/ci", ".woodpecker"])
def test_settings_behind_a_link_are_gaps(path: str) -> None:
    answers, _ = answers_of(DictTree({}, symlinks={path: "/etc/passwd"}))

    assert all(isinstance(each, Gap) for each in answers.values())


def test_a_key_that_comes_twice_and_a_foreign_tag_run_nothing() -> None:
    text = (
        "a: !!python/object/apply:os.system ['touch /tmp/owned']\n"
        "b:\n  script: make\nb:\n  script: env\n"
    )

    assert seen({GITLAB: text}) == {("printed-credentials", GITLAB, 5)}


def test_includes_that_go_round_or_have_no_end_come_to_an_end() -> None:
    files = {GITLAB: "include: ci/0.yml\n" + SOUND}
    for n in range(400):
        files[f"ci/{n}.yml"] = f"include: [ci/{n + 1}.yml, .gitlab-ci.yml]\n"

    answers, _ = answers_of(files)

    assert observed(answers, "unread_files").value == 1
    assert "more than 150" in observed(answers, "unread_files").items[0].note


def test_patterns_with_many_stars_are_not_followed() -> None:
    files = {GITLAB: f"include: '{'*a' * 30}'\n" + SOUND, "a" * 400: ""}

    answers, _ = answers_of(files)

    assert observed(answers, "text_of_strangers").missed


def test_files_that_did_not_change_are_not_read_again() -> None:
    memory = MemoryFacts()
    answers_of(DictTree({GITLAB: SOUND, WOODPECKER: STEP}, facts=memory))
    again = DictTree({GITLAB: SOUND, WOODPECKER: STEP}, facts=memory)

    answers_of(again)

    assert again.scanned == []
