# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Each check tells what fails, what is fine, and what a person has to look at."""

import pytest

from ossay.collect.templates.rules import RULES
from tests.collect.templates.seen import seen, verdicts

NEVER = ""
"""Stands where a check, by what it looks at, says no such thing."""

CASES = (
    (
        "image-alt",
        "<img src=a.png>",
        '<img src=a.png alt=""><img src=b.png alt="{{ name }}">',
        "<img {{ attributes }}>",
    ),
    ("image-alt-filename", NEVER, '<img alt="A map">', '<img alt="IMG_1.png">'),
    ("html-lang", "<html><p>a", "<html lang=fr><p>a", "<html {{ attributes }}><p>a"),
    (
        "page-title",
        "<html lang=fr><head><meta charset=utf-8></head><p>Welcome</html>",
        "<html lang=fr><head><title>A</title></head></html>",
        "<html lang=fr><head>{% block head %}{% endblock %}</head><p>Welcome</html>",
    ),
    (
        "frame-title",
        "<iframe src=a></iframe>",
        "<iframe src=a title=Map></iframe>",
        "<iframe src=a {{ attributes }}></iframe>",
    ),
    (
        "control-label",
        "<p><input name=a></p>",
        "<p><label for=a>A</label><input id=a></p>",
        '<p><input name=a placeholder="Your name"></p>',
    ),
    (
        "button-name",
        "<button><i class=icon></i></button>",
        "<button>{{ save }}</button>",
        "<button><x-icon></x-icon></button>",
    ),
    (
        "link-name",
        '<a href="/"><img src=a alt=""></a>',
        '<a href="/">Home</a>',
        '<a href="/"><x-logo></x-logo></a>',
    ),
    (
        "link-text",
        NEVER,
        '<a href="/fees">Fees</a>',
        '<a href="/fees">Click here</a>',
    ),
    (
        "click-no-keyboard",
        '<div onclick="go()">Go</div>',
        '<button onclick="go()">Go</button>',
        '<div onclick="go()" tabindex=0>Go</div>',
    ),
    ("tabindex-positive", NEVER, "<p tabindex=0>a", "<p tabindex=3>a"),
    ("aria-role", "<p role=buton>a", "<p role=button>a", NEVER),
    ("heading-order", NEVER, "<h1>A</h1><h2>B</h2>", "<h1>A</h1><h3>B</h3>"),
    (
        "table-headers",
        "<table><caption>A</caption><tr><td>1</td></tr></table>",
        "<table><tr><th>A</th></tr><tr><td>1</td></tr></table>",
        "<table><tr><td>1</td></tr></table>",
    ),
    (
        "zoom-blocked",
        '<meta name=viewport content="width=device-width, user-scalable=no">',
        '<meta name=viewport content="width=device-width, maximum-scale=5">',
        NEVER,
    ),
    (
        "page-refresh",
        "<meta http-equiv=refresh content=30>",
        '<meta http-equiv=refresh content="0; url=/">',
        '<meta http-equiv=refresh content="{{ seconds }}">',
    ),
    ("moving-text", "<marquee>a</marquee>", "<p>a</p>", NEVER),
    (
        "autoplay",
        NEVER,
        "<video src=a autoplay muted></video>",
        "<video src=a autoplay></video>",
    ),
    (
        "video-captions",
        NEVER,
        "<video src=a><track kind=captions src=b></video>",
        "<video src=a></video>",
    ),
    (
        "text-size-fixed",
        NEVER,
        "<style>body { font-size: 1rem }</style>",
        "<style>body { font-size: 12px }</style>",
    ),
    (
        "focus-outline",
        "<style>:focus { outline: none }</style>",
        "<style>a:focus { outline: none; border: 1px solid }</style>",
        "<style>.menu a { outline: none }</style>",
    ),
    (
        "one-direction",
        NEVER,
        "<style>p { margin-inline-start: 1em }</style>",
        "<style>p { margin-left: 1em }</style>",
    ),
)


def test_every_check_has_its_cases() -> None:
    assert {rule for rule, *_ in CASES} == set(RULES)


@pytest.mark.parametrize(("rule", "fails", "fine", "maybe"), CASES)
def test_a_check_tells_what_fails_from_what_is_fine_and_what_may_be(
    rule: str, fails: str, fine: str, maybe: str
) -> None:
    assert verdicts(rule, fine) == []
    if fails != NEVER:
        assert verdicts(rule, fails) == ["fails"]
    if maybe != NEVER:
        assert verdicts(rule, maybe) == ["maybe"]


KINDS = (
    (
        "a.vue",
        "<template>\n  <p>\n    <img\n      src='a'\n    >\n  </p>\n</template>\n",
        3,
    ),
    (
        "a.jsx",
        "const a = () => (\n  <p>\n    <img\n      src={a}\n    />\n  </p>\n);\n",
        3,
    ),
    ("a.svelte", "{#if a}\n\n<img\n  src={a}\n>\n{/if}\n", 3),
    ("a.component.ts", "@Component({ template: `\n\n<img\n [src]='a'>` })\n", 3),
    ("a.html.erb", "<%# one\n  two %>\n<img\n src='<%= a %>'>\n", 3),
    ("a.html.twig", "{# one\n two #}\n<img src='a'>\n", 3),
    ("a.html.j2", "{% set a =\n 'b' %}\n<img src='{{ a }}'>\n", 3),
    ("a.blade.php", "<?php\n$a = 1; ?>\n<img src='{{ $a }}'>\n", 3),
    ("a.html", "<!-- one\n two -->\n<img src=a>\n", 3),
)


@pytest.mark.parametrize(("path", "content", "line"), KINDS)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_place_has_the_line_where_its_tag_begins_in_every_kind_of_file(
    path: str, content: str, line: int, ends: str
) -> None:
    written = content.replace("\n", ends)

    assert [f for f in seen(written, path) if f[0] == "image-alt"] == [
        ("image-alt", "fails", line)
    ]


def test_a_place_in_the_styles_of_a_component_has_the_line_in_its_file() -> None:
    component = "<template>\n<p>a</p>\n</template>\n\n<style>\n:focus { outline: 0 }\n"

    assert seen(component, "a.vue") == [("focus-outline", "fails", 6)]
