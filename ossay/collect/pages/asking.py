# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What the browser says of pages, or said of the same before."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ossay.codec import canonical, code_digest, digest_of_bytes, from_json, to_json
from ossay.collect.pages import reading
from ossay.collect.pages.handing import ASKED, FILES, AsAsked, Handing, handings, key_of
from ossay.collect.pages.reading import BESIDE, NoAnswer, Seen, read_page
from ossay.model.collector import Given
from ossay.model.toolbox import Said, ToolSilent

TOOL = "chromium"
QUESTION = "pages"

_REMEMBERED = "pages.seen"


def seen(given: Given, pages: tuple[str, ...]) -> tuple[Seen, ...]:
    """
    Return what there is to be seen of *pages*, in their order.

    Only those are opened of which nothing is known: a page that is the same, with all
    that it is handed, shows the same.

    Raises:
        ToolSilent: The browser is not here, or told nothing of any page.
    """
    if given.toolbox is None:
        raise ToolSilent(f"{TOOL}, which shows pages, was not at hand")
    oids = {entry.path: entry.oid for entry in given.tree.entries()}
    handed = {one.page: one for one in handings(given.tree, pages)}
    keys = {page: key_of(one, oids) for page, one in handed.items()}
    version = digest_of_bytes(
        canonical([code_digest([reading]), given.toolbox.version(TOOL)])
    )
    memory = given.memory
    known: Mapping[str, bytes] = {}
    if memory is not None:
        known = memory.known(_REMEMBERED, version, keys.values())
    found = {
        page: from_json(Seen, known[key]) for page, key in keys.items() if key in known
    }
    asked = tuple(handed[page] for page in pages if page not in found)
    if asked:
        new = {one.page: one for one in _asked(given, asked)}
        found |= new
        if memory is not None:
            told: dict[str, bytes] = {
                keys[page]: to_json(one) for page, one in new.items() if one.is_tested
            }
            memory.keep(_REMEMBERED, version, told)
    else:
        given.toolbox.tool(TOOL)  # its absence is told even where all is known
    return tuple(_of(page, found[page]) for page in pages)


def _of(page: str, one: Seen) -> Seen:
    """Return what was seen of a page like it, for the one at *page*."""
    if one.page == page:
        return one
    barriers = tuple(replace(barrier, where=page) for barrier in one.barriers)
    return replace(one, page=page, barriers=barriers)


def _asked(given: Given, pages: tuple[Handing, ...]) -> Iterator[Seen]:
    assert given.toolbox is not None  # noqa: S101 - looked at before
    tree = AsAsked(tree=given.tree, pages=pages, beside=BESIDE)
    said = given.toolbox.ask(TOOL, QUESTION, tree, tree.paths())
    yield from read(said, [one.page for one in pages])


def read(said: Said, pages: list[str]) -> Iterator[Seen]:
    """Read what was said of *pages*; one that nothing was said of is untested."""
    left_out = {
        item.subject.removeprefix(f"{FILES}/"): item.note for item in said.left_out
    }
    if ASKED in left_out:
        raise ToolSilent(f"{TOOL} could not be asked: {left_out[ASKED]}")
    try:
        answer = json.loads(said.text)
        answers = {one["page"]: one for one in answer["pages"]}
        rules = answer["rules"]
    except (ValueError, LookupError, TypeError) as error:
        raise ToolSilent(f"{TOOL} said something that is no answer") from error
    for page in pages:
        yield _seen(page, answers.get(page), rules, left_out.get(page, ""))


def _seen(
    page: str, said: Mapping[str, Any] | None, rules: Mapping[str, Any], left_out: str
) -> Seen:
    if left_out or said is None:
        why = left_out or "nothing was said of it"
        return Seen(page=page, untested=why)
    try:
        return read_page(page, said, rules)
    except NoAnswer as why:
        return Seen(page=page, untested=str(why))
