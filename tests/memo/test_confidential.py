# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What those who look after the software's security are told, and nobody else."""

from dataclasses import replace

import pytest

from ossay.collect import declared_facts
from ossay.memo.confidential import PLACES, confidential, render_confidential
from ossay.memo.showing import Showing
from ossay.model.collector import Table
from ossay.model.evidence import Answered, Combine, Disclosure, Fact, Item
from ossay.model.judgement import PartJudged
from ossay.model.snapshot import Chosen
from tests.memo import cases

FACTS = declared_facts()
SECRETS = (
    *("path", "line", "rule", "confidence", "fingerprint", "set aside"),
    *("suppressed by the candidate", "disclosure"),
)
WORKFLOWS = (
    *("path", "line", "rule", "severity", "confidence", "what"),
    *("suppressed by the candidate", "disclosure", "within reach of strangers"),
)
CI = ".github/workflows/ci.yml"


def showing(*observed: Answered) -> Showing:
    at = cases.snapshot(cases.SERVER, Chosen.ASKED, "refs/tags/v1")
    looked = cases.looked(cases.SERVER, at, *observed)
    judged = PartJudged(part=cases.SERVER, evidence_digest=None, why_not="")
    assert looked.evidence is not None
    return Showing(judged=judged, evidence=looked.evidence.value, facts=FACTS)


def letter(*tables: Table, seen: tuple[Answered, ...] = ()) -> str:
    return render_confidential(confidential(showing(*seen), tables))


def weak(
    path: str = CI,
    line: int = 7,
    rule: str = "template-injection",
    severity: str = "high",
    *more: str,
) -> tuple[str, ...]:
    rest = more or ("high", "code injection", "no", "after fix", "yes")
    return (path, str(line), rule, severity, *rest)


def workflows(*rows: tuple[str, ...]) -> Table:
    return Table(name="workflows", columns=WORKFLOWS, rows=rows)


KEY = Table(
    name="secrets",
    columns=SECRETS,
    rows=(
        (
            *("deploy/key.pem", "3", "PEM Private Key", "high", "5e1f"),
            *("no", "no", "restricted"),
        ),
        (
            *("tests/key.pem", "1", "PEM Private Key", "high", "77aa"),
            *("yes", "no", "restricted"),
        ),
    ),
)
POLICY = FACTS["security.policy"]
CONTACT = FACTS["security.policy_contact"]
NAMED = (
    POLICY.found(True, where="SECURITY.md"),
    CONTACT.found(True, [Item(subject="SECURITY.md", note="a mail address", line=9)]),
)


def test_a_letter_says_what_where_at_which_commit_how_to_check_and_until_when() -> None:
    text = letter(KEY, workflows(weak()), seen=NAMED)

    assert f"{CI}:7" in text
    assert "deploy/key.pem:3" in text
    assert f"git show {'a' * 40}:FILE" in text
    assert "What we suggest: Hand the text to the command as an environment" in text
    assert "Until it is mended, where it is stays between you and us" in text
    assert "We make public at no time" in text
    assert "Not for publication." in text


def test_the_contact_is_pointed_to_and_not_repeated() -> None:
    text = letter(KEY, seen=NAMED)

    assert "SECURITY.md:9" in text
    assert "CSIRT" not in text


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ((), "no security contact was found"),
        (
            (POLICY.found(False), CONTACT.inapplicable("there is no policy")),
            "no security contact was found",
        ),
        (
            (POLICY.found(True, where="S.md"), CONTACT.unknown("it is a picture")),
            "is not known (it is a picture)",
        ),
    ],
)
def test_without_a_contact_it_says_what_the_officer_can_do(
    answers: tuple[Answered, ...], said: str
) -> None:
    text = letter(KEY, seen=answers)

    assert said in text
    assert "/.well-known/security.txt" in text
    assert "CSIRT" in text


def test_examples_and_what_is_rated_low_are_counted_and_not_told() -> None:
    out_of_reach = ("high", "code injection", "no", "after fix", "no")
    text = letter(
        KEY,
        workflows(
            weak(line=11, severity="low"), weak(CI, 12, "x", "high", *out_of_reach)
        ),
    )

    assert "tests/key.pem" not in text
    assert "is 1 place of the same kinds in tests" in text
    assert "are 2 places that the programs themselves rate low" in text
    assert CI not in text


def test_what_everybody_may_be_told_of_is_in_no_letter() -> None:
    open_to_all = weak(CI, 7, "unpinned-uses", "high", "high", "x", "no", "open", "yes")

    same = FACTS["workflows.dangerous"].found(1, [Item(subject=CI, line=7)])

    found = confidential(showing(same), [workflows(open_to_all)])

    assert found.concerns == ()


def test_places_that_an_answer_alone_tells_of_are_told_too() -> None:
    fact = Fact(
        name="secrets.in_history",
        kind=int,
        asks="At how many places of earlier versions is a key?",
        combine=Combine.SUM,
        disclosure=Disclosure.RESTRICTED,
    )
    shown = showing(fact.found(2, [Item(subject="old.pem"), Item(subject="b.pem")]))
    with_fact = replace(shown, facts={**FACTS, fact.name: fact})

    text = render_confidential(confidential(with_fact, [KEY]))

    assert "At how many places of earlier versions is a key?" in text
    assert "old.pem" in text


def test_places_of_one_file_stand_together_and_a_thousand_do_not_fill_the_letter() -> (
    None
):
    text = letter(workflows(*(weak(line=n) for n in range(1, 1001))))

    assert text.count(CI + "`") == 1
    assert f"and {1000 - PLACES} more" in text
    assert len(text) < 20_000


def test_nothing_that_a_repository_says_becomes_part_of_the_letter() -> None:
    path = "a`](javascript:1) ![x](http://example.org/t.png)\n# <b>"
    text = letter(workflows(weak(path, 3, "<script>", "high")))

    assert "\n# <b>" not in text
    assert "rule `<script>`" in text
    assert "`` a`](javascript:1) ![x](http://example.org/t.png) # <b>:3 ``" in text


def test_the_same_evidence_gives_the_same_letter() -> None:
    assert letter(KEY, workflows(weak())) == letter(KEY, workflows(weak()))
