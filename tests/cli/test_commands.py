# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Every command, used as its user would."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cases import GOOD, git, repository
from tests.cli.conftest import Ossay
from tests.memo.sarif_schema import faults


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return repository(tmp_path / "good", tag="v1.0")


def assessed(ossay: Ossay, *arguments: object) -> Any:
    said = ossay("assess", *arguments, "--json")
    assert said.status == 0, said.err
    return json.loads(said.out)


def test_assess_writes_the_memo_in_three_formats_and_two_sboms(
    ossay: Ossay, good: Path, tmp_path: Path
) -> None:
    [result] = assessed(ossay, good, "--need", "A register of births")

    names = {Path(path).name for path in result["written"]}
    sboms = {"sbom.spdx.json", "sbom.cdx.json"}
    assert names == {"memo.html", "memo.md", "memo.json", *sboms}
    memo = (tmp_path / "here" / "memo" / "memo.html").read_text()
    assert "A register of births" in memo
    assert "ada@office.example" not in memo


def test_a_released_file_is_handed_in_with_an_address(
    ossay: Ossay, good: Path, tmp_path: Path
) -> None:
    released = tmp_path / "good-1.0.tar"
    git(good, "archive", "-o", str(released), "HEAD")

    [result] = assessed(ossay, good, "--artefact", released)
    many = ossay("assess", good, good, "--artefact", released)
    keys_alone = ossay("assess", good, "--keys", released)

    memo = json.loads((tmp_path / "here" / "memo" / "memo.json").read_text())
    area = next(a for a in memo["figures"] if a["area"] == "artefact")
    told = {f["fact"]: f["seen"][0]["value"] for f in area["figures"]}
    assert result["judgement"]
    assert told["artefact.handed_in"] == 1
    assert told["artefact.traceable"] is True
    assert (many.status, keys_alone.status) == (2, 2)


def test_two_addresses_are_two_candidates(
    ossay: Ossay, good: Path, tmp_path: Path
) -> None:
    other = repository(tmp_path / "other")

    results = assessed(ossay, good, other)

    assert len({result["candidate"] for result in results}) == 2
    assert all(Path(result["written"][0]).exists() for result in results)


def test_a_product_file_is_one_candidate_of_several_parts(
    ossay: Ossay, good: Path, tmp_path: Path
) -> None:
    product = tmp_path / "product.yaml"
    product.write_text(
        "name: Births\nuse: network-service\nparts:\n"
        f"  - {{name: server, source: {good}, role: server}}\n"
        f"  - {{name: docs, source: {tmp_path}/gone, role: docs, required: false}}\n"
    )

    [result] = assessed(ossay, "--product", product)

    assert result["candidate"].startswith("births-")


def test_an_answer_settles_the_rule_that_asked(
    ossay: Ossay, good: Path, tmp_path: Path
) -> None:
    pack = json.loads(ossay("facts", "--json").out)
    assert any(fact["name"] == "licensing.osi_approved" for fact in pack)
    [result] = assessed(ossay, good)
    shown = json.loads(ossay("show", result["judgement"][:12], "--json").out)
    attested = next(r for r in shown["results"] if r["mode"] == "attested")
    answers = tmp_path / "answers.yaml"
    answers.write_text(
        f"answers:\n  - rule: {attested['rule_id']}\n    answer: true\n"
        "    ground: Seen by the office\n    given_by: officer-1\n"
        '    given_at: "2026-01-01T10:00:00+00:00"\n    holds_until: "2099-01-01"\n'
    )

    [again] = assessed(ossay, good, "--answers", answers)

    after = json.loads(ossay("show", again["judgement"][:12], "--json").out)
    outcomes = {r["rule_id"]: r["outcome"] for r in after["results"]}
    assert outcomes[attested["rule_id"]] == "passed"


def test_a_memo_can_be_written_again_in_any_format(ossay: Ossay, good: Path) -> None:
    [result] = assessed(ossay, good)

    said = ossay(
        "memo", result["judgement"][:10], "--out", "again", "--format", "sarif"
    )

    assert said.status == 0
    assert json.loads(Path("again/memo.sarif").read_text())["version"] == "2.1.0"


def test_adopted_software_is_reaudited_when_it_is_due(ossay: Ossay, good: Path) -> None:
    [result] = assessed(ossay, good)
    adopted = ossay(
        "adopt",
        result["judgement"][:12],
        *("--deployed", "v1.0", "--by", "head-1", "--because", "It does what we need."),
        *("--review-on", "2026-06-01", "--against-recommendation"),
    )

    early = ossay("reaudit", "--due", "--on", "2026-05-31")
    due = ossay("reaudit", "--due", "--on", "2026-06-01", "--json")

    assert adopted.status == 0, adopted.err
    assert early.out == "nothing is due\n"
    [found] = json.loads(due.out)
    assert found["candidate_id"] == result["candidate"]
    assert found["advice"] in {"keep", "keep-with-measures"}


def test_a_reaudit_says_what_to_do(ossay: Ossay, good: Path) -> None:
    [result] = assessed(ossay, good)
    ossay(
        *("adopt", result["judgement"][:12], "--deployed", "v1.0", "--by", "head-1"),
        *("--because", "It fits.", "--review-on", "2026-06-01", "--where", "Register"),
    )
    git(good, "rm", "-q", "LICENSE")
    git(good, "commit", "-q", "-m", "no licence any more")

    said = " ".join(ossay("reaudit", "--on", "2030-01-01").out.split())

    assert said.startswith("good: Keep, with measures ")
    for part in (
        "In service: v1.0 at Register, since",
        "What runs: good, v1.0, commit",
        "On offer: good, main, commit",
        "By the rules today: Not yet.",
        "STW-1: People worked on it in the last year, or it is small: Met → Not met",
        "To do: Run a test suite in the CI",
        "ossay memo ",
    ):
        assert part in said


def test_an_adoption_names_the_conditions_and_the_memo_shows_who_decided(
    ossay: Ossay, good: Path
) -> None:
    [result] = assessed(ossay, good)

    adopted = ossay(
        *("adopt", result["judgement"][:12], "--deployed", "v1.0", "--by", "head-1"),
        *("--role", "Head of office", "--because", "It fits."),
        *("--review-on", "2026-06-01"),
    )
    ossay("memo", result["judgement"][:12], "--out", "d", "--format", "markdown")

    assert "on condition: DOC-4: The repository explains how" in adopted.out
    memo = Path("d/memo.md").read_text(encoding="utf-8")
    assert "## Decision: Adopt with conditions" in memo
    assert "Head of office: head-1" in memo


def test_a_mail_address_is_no_id_of_a_person(ossay: Ossay) -> None:
    said = ossay(
        *("adopt", "abcdef12", "--deployed", "v1", "--by", "a@example.org"),
        *("--because", "x", "--review-on", "2026-06-01"),
    )

    assert said.status == 2
    assert "mail addresses are not kept" in said.err


@pytest.mark.parametrize("form", ["human", "markdown", "json", "sarif"])
def test_check_judges_head_in_every_format(ossay: Ossay, good: Path, form: str) -> None:
    said = ossay("check", good, "--format", form)

    assert said.status in {0, 11, 12}
    assert said.out


def test_check_asks_for_the_languages_that_users_need(ossay: Ossay, good: Path) -> None:
    asked = ("check", good, "--light", "--pack", "inclusion", "--format", "markdown")

    named, unnamed = ossay(*asked, "--language", "SWA"), ossay(*asked)
    refused = ossay(*asked, "--language", "Swahili")

    assert "as the buyer says? **Swahili (sw)**" in named.out
    assert "as the buyer says? **" not in unnamed.out
    assert refused.status == 2
    assert "BCP 47" in refused.err


def test_check_writes_valid_sarif(ossay: Ossay, tmp_path: Path) -> None:
    odd = {"main.c": b"int main;\n", "100% [ü] #1.py": b"print('hello')\n"}
    source = repository(tmp_path / "bare", odd)

    said = ossay("check", source, "--format", "sarif")

    assert said.status == 11
    assert '"uri": "100%25%20%5B%C3%BC%5D%20%231.py"' in said.out
    assert faults(said.out) == []


@pytest.mark.engine
@pytest.mark.parametrize("form", ["human", "markdown", "json", "sarif"])
def test_check_tells_that_there_are_secrets_and_not_where(
    ossay: Ossay, tmp_path: Path, form: str
) -> None:
    token = "ghp_" + "aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xYz"  # made up
    files = {"src/settings.py": f'a = 1\ntoken = "{token}"\n'.encode()}
    source = repository(tmp_path / "keyed", files)

    [result] = assessed(ossay, source, "--pack", "osps-baseline")
    memo = Path(result["written"][0]).with_name("memo.json").read_text()
    said = ossay("check", source, "--pack", "osps-baseline", "--format", form)

    [letter] = [Path(p) for p in result["written"] if "confidential" in p]
    text = letter.read_text()
    assert ", fingerprint " in memo
    assert ", fingerprint " not in said.out
    assert "src/settings.py:2" in text
    assert "confidential-report" not in said.out
    assert token not in memo + said.out + text
    assert letter.stat().st_mode & 0o777 == 0o600


def test_check_says_when_there_are_uncommitted_changes(
    ossay: Ossay, good: Path
) -> None:
    (good / "main.py").write_text("print('changed')\n")

    assert "uncommitted changes" in ossay("check", good).err


def test_check_finds_obstacles_where_there_is_no_licence(
    ossay: Ossay, tmp_path: Path
) -> None:
    bare = repository(tmp_path / "bare", {"main.c": b"int main;\n"})

    assert ossay("check", bare).status == 11


def test_check_in_a_shallow_clone_judges_rules_over_the_tree(
    ossay: Ossay, good: Path, tmp_path: Path
) -> None:
    (good / "more.txt").write_bytes(b"more\n")
    git(good, "add", "-A")
    git(good, "commit", "-q", "-m", "more")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{good}", "shallow")

    chosen = ossay("check", tmp_path / "shallow", "--format", "json")
    everything = ossay("check", tmp_path / "shallow", "--format", "json", "--all")

    assert "history is cut off" in chosen.err
    few, many = (json.loads(said.out)["results"] for said in (chosen, everything))
    assert len(few) < len(many)
    assert not any(rule["area"] == "stewardship" for rule in few)


def test_check_imports_no_prefect(ossay: Ossay, good: Path) -> None:
    script = (
        "import sys; from ossay import cli\n"
        f"sys.argv = ['ossay', 'check', {str(good)!r}]\n"
        "try: cli.main()\n"
        "except SystemExit: pass\n"
        "sys.exit('prefect' in sys.modules)\n"
    )

    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)


def test_what_a_run_made_is_not_searched_for_cycles_when_it_ends() -> None:
    script = (
        "import atexit, gc; from ossay.cli import look_for_rubbish_seldom; "
        "atexit.register(lambda: print(gc.get_freeze_count() > 0)); "  # comes last
        "look_for_rubbish_seldom()"
    )

    ran = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )

    assert ran.stdout == "True\n"


def test_packs_are_checked_and_explained(ossay: Ossay) -> None:
    checked = ossay("policy", "check")
    explained = ossay("policy", "explain", "baseline", "LIC-1")

    assert checked.status == 0, checked.err
    assert "no fault" in checked.out
    assert "LIC-1" in explained.out


def test_facts_are_listed_with_their_questions(ossay: Ossay) -> None:
    assert "licensing.osi_approved (bool)" in ossay("facts").out


def test_the_doctor_says_what_is_there_and_under_which_licence(ossay: Ossay) -> None:
    told = ossay("doctor").out

    assert "git version" in told
    assert "GPL-3.0-or-later" in told


def test_no_artefact_of_an_assessment_names_a_contributor(
    ossay: Ossay, tmp_path: Path
) -> None:
    source = repository(tmp_path / "good", GOOD)

    assessed(ossay, source, "--format", "html", "--format", "json", "--format", "sarif")

    for path in Path("memo").iterdir():
        assert b"ada@office.example" not in path.read_bytes(), path
