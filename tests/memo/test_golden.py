# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
import json
from pathlib import Path

import pytest

from ossay.memo import FORMATS, render, render_json
from tests.memo import cases
from tests.memo.golden import rendered


@pytest.mark.parametrize(
    ("path", "text"), list(rendered()), ids=lambda value: getattr(value, "name", "")
)
def test_a_memo_reads_as_it_did(path: Path, text: str) -> None:
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", list(FORMATS))
def test_rendering_twice_gives_the_same_bytes(form: str) -> None:
    assert render(cases.refused(), form) == render(cases.refused(), form)


@pytest.mark.parametrize("form", list(FORMATS))
def test_a_memo_says_which_judgement_it_reports(form: str) -> None:
    memo = cases.refused()

    written = render(memo, form)

    assert written.about == memo.reproduction.judgement
    assert written.about in written.body
    assert written.language == "en"


def test_json_holds_all_of_the_content_in_ascii() -> None:
    document = json.loads(render_json(cases.refused()))

    assert document["schema"] == "ossay.memo/1"
    assert document["verdict"]["recommendation"] == "do-not-adopt"
    assert len(document["results"]) == len(cases.RULES)
    assert document["results"][0]["seen"][0]["value"] is True
    assert render_json(cases.refused()).isascii()
