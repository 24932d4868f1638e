# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Packs are read whole, or refused with every fault and its line."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ossay import codec
from ossay.model.policy import (
    Area,
    Ask,
    Equals,
    Example,
    Level,
    Mode,
    PolicyPack,
    Rule,
    Text,
)
from ossay.policy import PolicyError, check_together, load_pack, load_pack_file
from ossay.policy.faults import MOST
from tests.policy.texts import ASSISTED, FACTS, FIRST_RULE, HEAD, load, pack_of, rule

FULL = """\
name: flags
version: "1.10"
title: What we ask of flags
review_by: 2027-05-31
ci: [FLAG-1]
rules:
  - id: FLAG-1
    area: security
    title: There is a flag
    level: must
    mode: automatic
    criterion: {fact: t.flag, equals: true}
    basis: Flag Standard 1.0, clause 2
    remedy: >-
      Hoist a flag,
      and say why.
    fixed_by: the maintainers
    texts:
      fr: {title: Il y a un drapeau, remedy: Hissez un drapeau.}
      ar: {title: هناك علم}
    examples:
      passes: {t.flag: true}
      fails: {t.flag: false}
      missing: {}
  - id: FLAG-2
    area: documentation
    title: The flag is a good one
    level: should
    knock_out: true
    mode: assisted
    applies_when: {fact: t.flag, equals: true}
    criterion: {fact: answer, equals: true}
    inspired_by: common sense
    remedy: Sew another.
    fixed_by: the buyer
    ask: {who: flag officer, what: "Is it a good flag: true or false?"}
    examples:
      passes: {t.flag: true, answer: true}
      fails: {t.flag: true, answer: false}
      missing: {t.flag: true}
      does_not_apply: {t.flag: false}
"""


def faults_of(content: bytes) -> list[str]:
    """Return the faults of a pack, without the line that says whose they are."""
    with pytest.raises(PolicyError) as refused:
        load_pack(content, "flags.yaml", FACTS)
    head, *lines = str(refused.value).splitlines()
    assert head == "cannot use flags.yaml as a policy pack:"
    return [line.strip() for line in lines]


def test_a_pack_is_read_with_all_it_says() -> None:
    pack = load_pack(FULL.encode(), "flags.yaml", FACTS)

    assert pack == PolicyPack(
        name="flags",
        version="1.10",
        title="What we ask of flags",
        review_by=date(2027, 5, 31),
        ci=("FLAG-1",),
        rules=(
            Rule(
                id="FLAG-1",
                area=Area.SECURITY,
                title="There is a flag",
                level=Level.MUST,
                mode=Mode.AUTOMATIC,
                criterion=Equals(fact="t.flag", value=True),
                basis="Flag Standard 1.0, clause 2",
                remedy="Hoist a flag, and say why.",
                fixed_by="the maintainers",
                texts=(
                    Text(language="ar", title="هناك علم"),
                    Text(
                        language="fr",
                        title="Il y a un drapeau",
                        remedy="Hissez un drapeau.",
                    ),
                ),
                examples=(
                    Example(expect="passed", facts=(("t.flag", True),)),
                    Example(expect="failed", facts=(("t.flag", False),)),
                    Example(expect="undetermined", facts=()),
                ),
            ),
            Rule(
                id="FLAG-2",
                area=Area.DOCUMENTATION,
                title="The flag is a good one",
                level=Level.SHOULD,
                knock_out=True,
                mode=Mode.ASSISTED,
                applies_when=Equals(fact="t.flag", value=True),
                criterion=Equals(fact="answer", value=True),
                inspired_by="common sense",
                remedy="Sew another.",
                fixed_by="the buyer",
                ask=Ask(who="flag officer", what="Is it a good flag: true or false?"),
                examples=(
                    Example(expect="passed", facts=(("t.flag", True),), answer=True),
                    Example(expect="failed", facts=(("t.flag", True),), answer=False),
                    Example(expect="undetermined", facts=(("t.flag", True),)),
                    Example(expect="inapplicable", facts=(("t.flag", False),)),
                ),
            ),
        ),
    )


def test_the_same_pack_in_another_order_of_keys_has_the_same_digest() -> None:
    rules = rule(
        texts="{fr: {title: Drapeau}, ar: {title: علم}}",
        criterion="{any_of: [{fact: t.flag, equals: true}, {count: t.list, "
        "where: {fact: item, equals: a}, at_least: 1}]}",
        examples="{passes: {t.flag: true, t.list: []}, "
        "fails: {t.flag: false, t.list: []}, missing: {}}",
    )
    turned = rule(
        texts="{ar: {title: علم}, fr: {title: Drapeau}}",
        criterion="{any_of: [{equals: true, fact: t.flag}, {at_least: 1, "
        "where: {equals: a, fact: item}, count: t.list}]}",
        examples="{missing: {}, fails: {t.list: [], t.flag: false}, "
        "passes: {t.list: [], t.flag: true}}",
    )
    turned = "".join(reversed(turned.splitlines(keepends=True)))

    first, second = load(rules), load(turned)

    assert first == second
    assert codec.digest_of(first) == codec.digest_of(second)


def test_a_pack_comes_back_whole_from_the_register() -> None:
    pack = load_pack(FULL.encode(), "flags.yaml", FACTS)

    assert codec.from_json(PolicyPack, codec.to_json(pack)) == pack


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"colour": "red"}, "unknown field 'colour'; expected one of: id, area,"),
        ({"remdy": "x"}, "unknown field 'remdy' (did you mean 'remedy'?)"),
        ({"title": ""}, "no 'title'; expected some text"),
        ({"title": "~"}, "~ without quotes, which other programs read as nothing"),
        ({"title": "[a]"}, "a list of 1; expected some text"),
        ({"title": "no"}, 'expected quotes, "no", if the text is meant'),
        ({"remedy": '""'}, "''; expected some text"),
        ({"id": "1"}, "1 without quotes"),
        ({"id": "flag number one"}, "the id 'flag number one'; expected letters"),
        ({"area": "flags"}, "'flags'; expected one of: licensing, security,"),
        ({"level": "blocker"}, "'blocker'; expected one of: must, should, may"),
        ({"mode": "magic"}, "'magic'; expected one of: automatic, assisted, attested"),
        ({"knock_out": "yes"}, "'yes'; expected true or false, without quotes"),
        ({"basis": ""}, "neither 'basis' nor 'inspired_by'; expected a source"),
        (
            {"basis": "", "inspired_by": "a book", "level": "must"},
            "a must without 'basis'; expected 'basis', a clause that demands",
        ),
        ({"mode": "assisted"}, "mode assisted without 'ask'; expected 'ask' with who"),
        ({"mode": "attested"}, "mode attested without 'ask'; expected 'ask' with who"),
        ({"knock_out": "true"}, "a knock-out without 'ask'; expected 'ask', for a"),
        (ASSISTED | {"ask": ""}, "a criterion on the answer; expected an 'ask'"),
        (ASSISTED | {"ask": "{who: me}"}, "no 'what'; expected some text"),
        (
            ASSISTED | {"ask": "{who: me, what: So?, steps: []}"},
            "an empty list in 'steps'; expected a list of steps",
        ),
        (
            ASSISTED | {"ask": "{who: me, what: So?, minutes: 0}"},
            "0 minutes; expected one or more",
        ),
        (
            ASSISTED | {"ask": "{who: me, what: So?, minutes: soon}"},
            "'soon'; expected a whole number",
        ),
        (
            ASSISTED | {"mode": "automatic"},
            "mode automatic where the answer of a person decides; expected assisted",
        ),
        (
            {"mode": "assisted", "ask": "{who: me, what: So?}"},
            "mode assisted where no answer decides; expected a criterion on the",
        ),
        ({"criterion": ""}, "no 'criterion'; expected what has to hold"),
        ({"criterion": "{fact: t.number, at_most: 2.x}"}, "'2.x'; expected a number"),
        ({"applies_when": "{fact: t.falg, equals: true}"}, "unknown fact 't.falg'"),
        ({"texts": "{no: {title: Flagg}}"}, "no without quotes, which other programs"),
        ({"texts": "{french: {title: X}}"}, "the language 'french'; expected a tag"),
        ({"texts": "{fr: {remedy: X}}"}, "no 'title'; expected some text"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(
    changes: dict[str, str], fault: str
) -> None:
    faults = faults_of(pack_of(rule(**changes)))

    assert any(fault in line for line in faults), faults
    assert all(line.startswith("flags.yaml:") for line in faults)


@pytest.mark.parametrize("changes", [ASSISTED, ASSISTED | {"mode": "attested"}])
def test_a_rule_may_ask_a_person(changes: dict[str, str]) -> None:
    pack = load(rule(**changes))

    assert pack.rules[0].ask == Ask(who="flag officer", what="Is it a good flag?")


def test_a_person_is_told_the_steps_of_a_test_and_how_long_it_takes() -> None:
    ask = "{who: me, what: So?, steps: [Look up., Look down.], minutes: 5}"

    pack = load(rule(**(ASSISTED | {"ask": ask})))

    assert pack.rules[0].ask == Ask(
        who="me", what="So?", steps=("Look up.", "Look down."), minutes=5
    )


def test_norwegian_is_a_language_when_quoted() -> None:
    pack = load(rule(texts="{'no': {title: Det er et flagg}}"))

    assert pack.rules[0].texts == (Text(language="no", title="Det er et flagg"),)


def test_all_faults_are_listed_at_once_in_the_order_of_lines() -> None:
    bad = rule(level="blocker", criterion="{fact: t.flog, equals: true}")
    twin = rule(title="Another", fixed_by="")

    faults = faults_of(pack_of(bad, twin, head=HEAD.replace('"1.0"', "1.0")))

    second = FIRST_RULE + bad.count("\n")
    assert faults == [
        "flags.yaml:2: 1.0 without quotes, which other programs read as a number; "
        'expected quotes, "1.0", if the text is meant',
        f"flags.yaml:{FIRST_RULE + 3}: rule FLAG-1: 'blocker'; "
        "expected one of: must, should, may",
        f"flags.yaml:{FIRST_RULE + 5}: rule FLAG-1: unknown fact 't.flog' "
        "(did you mean 't.flag'?); expected a fact that `ossay facts` lists",
        f"flags.yaml:{second}: rule FLAG-1: no 'fixed_by'; expected some text",
        f"flags.yaml:{second}: rule FLAG-1: a second rule with this id, "
        f"after line {FIRST_RULE}; expected each id once",
    ]


def test_a_file_that_is_something_else_altogether_is_soon_refused() -> None:
    faults = faults_of(b"rules:\n" + b"  - a\n" * 100_000)

    assert len(faults) == MOST + 1
    assert faults[-1] == "and perhaps more; these come first"


def test_a_key_given_twice_is_refused_at_the_second() -> None:
    content = pack_of(RULE_TWICE)

    assert faults_of(content) == [
        f"flags.yaml:{FIRST_RULE + 4}: rule FLAG-1: 'level' a second time; "
        "expected each name once"
    ]


RULE_TWICE = rule().replace("level: should\n", "level: should\nlevel: may\n")


def test_a_rule_without_id_is_called_by_its_number() -> None:
    faults = faults_of(pack_of(rule(), rule(id="")))

    assert "rule number 2: no 'id'; expected some text" in faults[0]


@pytest.mark.parametrize(
    ("head", "fault"),
    [
        (f"ci: [FLAG-2]\n{HEAD}", "unknown rule 'FLAG-2' in 'ci' (did you mean"),
        (f"ci: [FLAG-1, FLAG-1]\n{HEAD}", "'FLAG-1' twice; expected each entry once"),
        (f"ci: FLAG-1\n{HEAD}", "'FLAG-1' in 'ci'; expected a list of ids of rules"),
        (f"review_by: soon\n{HEAD}", "'soon'; expected a date, such as 2027-05-31"),
        (f"licence: CC0-1.0\n{HEAD}", "unknown field 'licence'"),
        (HEAD.replace("name: flags\n", ""), "no 'name'; expected some text"),
    ],
)
def test_a_pack_that_cannot_be_meant_is_refused(head: str, fault: str) -> None:
    faults = faults_of(pack_of(rule(), head=head))

    assert any(fault in line for line in faults), faults


def test_a_ci_job_can_ask_no_person() -> None:
    faults = faults_of(pack_of(rule(**ASSISTED), head=f"ci: [FLAG-1]\n{HEAD}"))

    assert faults == [
        "flags.yaml:1: rule FLAG-1 in 'ci', which needs a person; "
        "expected automatic rules"
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "no 'rules'; expected a list of rules"),
        (b"- a\n- b\n", "a list of 2; expected fields, each as 'name: value'"),
        (HEAD.encode(), "nothing in 'rules'; expected a list of rules"),
        (HEAD.encode() + b"  - just words\n", "rule number 1: 'just words'; expected"),
    ],
)
def test_a_file_that_is_no_pack_is_refused(content: bytes, fault: str) -> None:
    faults = faults_of(content)

    assert any(fault in line for line in faults), faults


def test_a_pack_file_that_is_not_there_is_an_error_of_the_person_who_named_it(
    tmp_path: Path,
) -> None:
    with pytest.raises(PolicyError, match="No such file or directory") as refused:
        load_pack_file(tmp_path / "flags.yaml", FACTS)

    assert refused.value.status == 2


def test_a_pack_file_is_read_from_its_path(tmp_path: Path) -> None:
    path = tmp_path / "flags.yaml"
    path.write_text(FULL)

    assert load_pack_file(path, FACTS).name == "flags"


def test_two_packs_with_one_rule_id_cannot_be_used_together() -> None:
    ours, theirs = load(rule()), load(rule(), head=HEAD.replace("flags", "theirs"))

    with pytest.raises(PolicyError) as refused:
        check_together([ours, theirs])

    assert "rule FLAG-1: in 'flags' and in 'theirs'" in str(refused.value)


def test_one_pack_named_twice_is_refused() -> None:
    with pytest.raises(PolicyError, match="pack 'flags' twice"):
        check_together([load(rule()), load(rule())])


def test_packs_that_share_nothing_go_together() -> None:
    theirs = load(rule(id="FLAG-2"), head=HEAD.replace("flags", "theirs"))

    check_together([load(rule()), theirs])


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_is_written_into_a_pack_it_is_read_or_refused(
    data: st.DataObject,
) -> None:
    lines = FULL.splitlines()
    number = data.draw(st.integers(0, len(lines) - 1))
    word = st.sampled_from(["", "no", "{", "]", "- 1", "{}", "[]", "~", "1.10", "&a"])
    lines[number] = data.draw(
        st.one_of(
            word.map(lambda w: lines[number].partition(":")[0] + ": " + w),
            word,
            st.text(max_size=8),
        )
    )

    try:
        pack = load_pack("\n".join(lines).encode(), "flags.yaml", FACTS)
    except PolicyError as refused:
        assert "flags.yaml:" in str(refused)  # noqa: PT017 - either outcome is right
    else:
        assert isinstance(pack, PolicyPack)
