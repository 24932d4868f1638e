# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Places that were passed over, and are barriers: each came up once."""

import pytest

from ossay.collect.templates.files import not_read
from ossay.collect.templates.scanners import FOR_LETTERS, check_markup
from tests.collect.templates.seen import verdicts


@pytest.mark.parametrize(
    ("rule", "page"),
    [
        ("table-headers", "<TABLE><THEAD><TR><TD>a</TD></TR></THEAD></table>"),
        ("link-name", "<p><A href='/'><img alt='' src=a></a></p>"),
        ("control-label", "<p><label><input type=checkbox value=1></label></p>"),
        ("control-label", "<html><p><label for=a></label><input id=a></p>"),
        ("table-headers", "<table role=table><caption>A</caption><tr><td>a</table>"),
        ("table-headers", "<table><thead><tr><td>a</td><td><input {{ a }}></table>"),
        ("button-name", "<p><button translate=no><i class=x></i></button></p>"),
    ],
)
def test_what_only_looks_like_a_name_or_an_end_is_none(rule: str, page: str) -> None:
    assert verdicts(rule, page) == ["fails"]


@pytest.mark.parametrize(
    ("rule", "page"),
    [
        ("control-label", "<html><label for=a class=b></label><input id=a></html>"),
        ("table-headers", "<table summary=''><tr><td>a</td></tr></table>"),
        ("click-no-keyboard", "<ul><li role=menuitem (click)='a()'>A</li></ul>"),
        ("image-alt", "<img src=a {$attributes}>"),
        ("image-alt", "<img src=a [% attributes %]>"),
    ],
)
def test_what_may_be_filled_in_is_a_maybe(rule: str, page: str) -> None:
    assert verdicts(rule, page) == ["maybe"]


@pytest.mark.parametrize(
    "page",
    [
        "<p><label for=a></label><label>A <input id=a></label></p>",
        "<p><label for=a><x-text></x-text></label><input id=a></p>",
        "<p><x-label for=a></x-label><input id=a></p>",
        "<p><label for={{ a }}>A</label><input id='{{ a }}'></p>",
    ],
)
def test_a_label_may_stand_round_a_field_or_hold_a_component(page: str) -> None:
    assert verdicts("control-label", page) == []


def test_braces_in_a_script_before_a_template_cover_nothing_up_in_it() -> None:
    component = (
        "<script>\nconst a = '{{';\n</script>\n<template>\n<p><img src=a>{{ b }}</p>\n"
    )

    assert verdicts("image-alt", component, "a.vue") == ["fails"]


def test_a_page_that_reloads_is_seen_in_a_script() -> None:
    script = "a = <head><meta httpEquiv='refresh' content='30' /></head>;"

    assert verdicts("page-refresh", script, "a.jsx") == ["fails"]


def test_pages_of_the_template_toolkit_are_not_read() -> None:
    assert not_read("koha-tmpl/opac-tmpl/bootstrap/en/modules/opac-main.tt")


def test_a_page_that_speaks_to_programs_for_mail_is_counted_as_not_evaluated() -> None:
    page = b"<html><!--[if mso]><![endif]--><body><img src=a></body></html>"

    assert check_markup(page).not_evaluated == FOR_LETTERS
