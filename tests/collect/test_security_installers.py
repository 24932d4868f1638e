# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Commands that run what comes from the network are told from those that keep it."""

import pytest

from ossay.collect import gather, security
from ossay.collect.security.installers import installers_in
from ossay.model.evidence import Observation
from tests.collect.trees import DictTree, given

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    "command",
    [
        "RUN curl -sSL https://example.org/install.sh | sh",
        "curl https://example.org/i.sh?a=1&b=2 | sudo -E bash -s -- --yes",
        "wget -qO- https://example.org/i.gz | gunzip | /bin/bash",
        "- run: curl -fsSL https://example.org/i.py | python3 -",
        'sh -c "$(curl -fsSL https://example.org/i.sh)"',
        "bash <(curl -s https://example.org/i.sh)",
        "source <(curl -s https://example.org/i.sh)",
        'eval "$(wget -O- https://example.org/i.sh)"',
        "curl https://example.org/i.sh \\\n  | sh",
        "irm https://example.org/i.ps1 | iex",
        "iex ((New-Object Net.WebClient).DownloadString('https://example.org/i'))",
    ],
)
def test_what_runs_what_it_gets_is_seen(command: str) -> None:
    (found,) = installers_in(f"first\n{command}\n".encode())

    assert (found.line, found.is_fixed) == (2, False)


@pytest.mark.parametrize(
    "command",
    [
        "curl -o i.sh https://example.org/i.sh && sha256sum -c i.sum && sh i.sh",
        "curl https://example.org/a.json | jq .version",
        "curl -LO https://example.org/i.sh; cat other | sh",
        "curl https://example.org/a.tar.gz | tar xz",
        "# curl https://example.org/i.sh | sh",
        "echo curl",
        "cat install.sh | sh",
        "curl https://example.org/a | shasum -c",
    ],
)
def test_what_keeps_it_or_does_not_run_it_is_none(command: str) -> None:
    assert installers_in(command.encode()) == ()


def test_a_long_command_is_looked_at_to_its_end() -> None:
    packages = "".join(f"      package-{n} \\\n" for n in range(200))
    begun = f"RUN apt-get install \\\n{packages}"
    text = f"{begun}  && curl https://example.org/i.sh | sh \\\n  && true\n"
    padded = f"{' ' * 5_000}curl https://example.org/i.sh | sh\n"

    assert len(installers_in(text.encode())) == 1
    assert len(installers_in(padded.encode())) == 1


@pytest.mark.parametrize("between", [" && ", "; ", " \\\n  && "])
def test_an_address_beside_a_commit_s_is_not_a_commit_s(between: str) -> None:
    fixed = f"curl https://example.org/x/{COMMIT}/i.sh | sh"
    floating = "curl https://example.org/i.sh | sh"

    (both,) = installers_in(f"RUN {floating}{between}{fixed}\n".encode())
    (alone,) = installers_in(f"RUN make{between}{fixed}\n".encode())

    assert (both.is_fixed, alone.is_fixed) == (False, True)


def test_places_are_told_by_what_they_are_for() -> None:
    piped = "curl https://example.org/i.sh | sh\n"
    fixed = f"curl https://example.org/x/{COMMIT}/i.sh | sh\n"
    tree = DictTree(
        {
            "Dockerfile": f"FROM x\nRUN {piped}",
            ".gitlab-ci.yml": f"a:\n  script:\n    - {piped}",
            "bin/get.sh": fixed,
            "README.md": f"Install:\n\n    {piped}",
            "tests/Dockerfile": f"RUN {piped}",
            "src/a.py": f"'{piped}'",
        }
    )

    answered, _ = gather(security.COLLECTOR, given(tree))

    places = {
        answer.fact: [(item.subject, item.line) for item in answer.items]
        for answer in answered
        if isinstance(answer, Observation) and "piped" in answer.fact
    }
    assert places == {
        "security.piped_installers": [(".gitlab-ci.yml", 3), ("Dockerfile", 2)],
        "security.fixed_piped_installers": [("bin/get.sh", 1)],
        "security.piped_installers_in_documents": [("README.md", 3)],
    }


def test_a_file_that_cannot_be_read_makes_the_count_a_lower_bound() -> None:
    tree = DictTree({}, unreadable={"a.sh": "it is missing"})

    answered, _ = gather(security.COLLECTOR, given(tree))

    (answer,) = [a for a in answered if a.fact == "security.piped_installers"]
    assert isinstance(answer, Observation)
    assert answer.missed


def test_a_hostile_line_takes_no_time() -> None:
    assert installers_in(b"curl " + b"| a" * 100_000 + b"\n" + b"curl " * 100_000) == ()
    assert installers_in(b"curl\\\n" * 100_000) == ()
