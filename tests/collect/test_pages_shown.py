# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Pages made for it, in a real browser in its sandbox: all of them in one batch.

On each but the clean one something is broken, or it does not let itself be tested.
"""

from dataclasses import replace
from typing import Any

import pytest

from ossay.collect.pages import COLLECTOR
from ossay.collect.pages.asking import seen
from ossay.collect.pages.finding import find
from ossay.collect.pages.reading import Seen
from ossay.model.accessibility import Verdict
from ossay.model.collector import Table
from ossay.model.evidence import Gap, Observation
from ossay.sandbox.toolbox import Tools
from tests.collect.trees import DictTree, MemoryFacts, given

pytestmark = [pytest.mark.browser, pytest.mark.engine]


def page(body: str, head: str = "<title>A page</title>", lang: str = " lang=en") -> str:
    width = '<meta name=viewport content="width=device-width">'
    whole = f"<!doctype html><html{lang}><head>{width}{head}</head>"
    return f"{whole}<body>{body}</body></html>"


CLEAN = page(
    "<header><h1>Forms</h1></header><nav aria-label=Main><ul>"
    "<li><a href=a.html>Permits of the town</a></li></ul></nav><main><h2>Ask</h2>"
    "<form><label for=n>Name</label> <input id=n autocomplete=name> "
    "<button>Send</button></form><table><caption>Fees</caption><tr><th scope=col>Kind"
    "<th scope=col>Fee<tr><th scope=row>Permit<td>3</table></main>"
    "<footer><p>The town</p></footer>"
)

BROKEN = {
    "image-alt": '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    "input-image-alt": "<input type=image src=x.png>",
    "svg-img-alt": "<svg role=img width=30 height=30></svg>",
    "role-img-alt": "<div role=img>&nbsp;x</div>",
    "object-alt": "<object data=x.svg width=9 height=9></object>",
    "area-alt": '<img alt=m usemap="#m" src=x.png><map name=m><area href=x></map>',
    "color-contrast": "<p style='color:#999;background:#fff'>Hardly to be read</p>",
    "label": "<input type=text>",
    "select-name": "<select><option>a</select>",
    "button-name": "<button></button>",
    "input-button-name": "<input type=button>",
    "link-name": "<a href=x></a>",
    "link-in-text-block": "<p style='color:#000'>Some words before the link and "
    "<a href=x style='color:#222;text-decoration:none'>the link itself</a> and "
    "more words after it in the very same block of text</p>",
    "frame-title": "<iframe srcdoc=x></iframe>",
    "list": "<ul><p>no item</p></ul>",
    "listitem": "<div><li>an item</li></div>",
    "definition-list": "<dl><p>none</p></dl>",
    "dlitem": "<div><dt>term</dt></div>",
    "td-headers-attr": "<table><tr><th id=h1>a<tr><td headers=none>b</table>",
    "valid-lang": "<p lang=xx-none>abc</p>",
    "autocomplete-valid": "<label>N<input autocomplete=nonsense></label>",
    "aria-roles": "<div role=nonsense>a</div>",
    "aria-valid-attr": "<p aria-nonsense=1>a</p>",
    "aria-valid-attr-value": "<p aria-live=nonsense>a</p>",
    "aria-required-attr": "<div role=slider aria-label=s tabindex=0></div>",
    "aria-required-children": "<div role=list>"
    "<span role=heading aria-level=2>a</span></div>",
    "aria-required-parent": "<div role=tab tabindex=0>a</div>",
    "aria-allowed-attr": "<h2 aria-checked=true>a</h2>",
    "aria-hidden-focus": "<div aria-hidden=true><button>a</button></div>",
    "aria-command-name": "<div role=button tabindex=0></div>",
    "aria-input-field-name": "<div role=textbox tabindex=0></div>",
    "aria-toggle-field-name": "<div role=checkbox aria-checked=true tabindex=0></div>",
    "aria-meter-name": "<div role=meter aria-valuenow=1></div>",
    "aria-progressbar-name": "<div role=progressbar aria-valuenow=1></div>",
    "aria-tooltip-name": "<div role=tooltip style='height:9px'></div>",
    "nested-interactive": "<div role=button tabindex=0>a<a href=x>b</a></div>",
    "blink": "<blink>a</blink>",
    "marquee": "<marquee>a</marquee>",
    "avoid-inline-spacing": "<p style='letter-spacing:0.1px!important'>abc def</p>",
    "summary-name": "<details><summary></summary>a</details>",
    "server-side-image-map": "<a href=x><img ismap alt=a src=x.png></a>",
    "target-size": "<div><button style='width:9px;height:9px;padding:0'>a</button>"
    "<button style='width:9px;height:9px;padding:0'>b</button></div>",
    "scrollable-region-focusable": "<div "
    "style='height:20px;width:90px;overflow:scroll'>"
    "<p style='height:900px'>a</p></div>",
    "table_headers_exists": "<table border=1><tr><td>Kind<td>Fee<tr><td>Permit<td>3"
    "<tr><td>Card<td>4</table>",
    "aria_eventhandler_role_valid": "<div onclick='go()'>Press</div>",
    "widget_tabbable_exists": "<div role=button onclick='go()'>Press</div>",
    "error_message_exists": "<label>N"
    "<input aria-invalid=true aria-errormessage=none></label>",
    "reflow-320": "<div style='width:900px'>wide text</div>",
    "focus-not-seen": "<a href=x style='outline:none'>a link without a sign</a>",
}
"""By rule, what breaks it; all of it is a part of two pages."""

WHOLE = {
    "html-has-lang": page("<p>a</p>", lang=""),
    "html-lang-valid": page("<p>a</p>", lang=" lang=nonsense-x"),
    "document-title": page("<p>a</p>", head=""),
    "meta-viewport": page(
        "<p>a</p>", "<title>A</title><meta name=viewport content='user-scalable=no'>"
    ),
    "meta-refresh": page(
        "<p>a</p>", "<title>A</title><meta http-equiv=refresh content='900'>"
    ),
    "keyboard-trap": page(
        "<a href=a>one</a><textarea aria-label=t id=t></textarea><a href=b>two</a>"
        "<script>t.addEventListener('keydown', e => e.preventDefault())</script>"
    ),
}

MOVES = page(
    "<style>@keyframes m{to{margin-left:9px}} p{animation:m 1s infinite}"
    "</style><p>a</p>"
)
SCRIPTED = page("<script>document.body.append('x'.repeat(99))</script>")
FAR = page("<script src=https://far.example/x.js></script><p>some text</p>")
SECRET = page("<form><label>P<input type=password></label></form>")
FORGES = page(
    "<img src=none.png><p>text</p><script>Object.defineProperty(window, 'axe', {value:"
    "{run: async () => ({violations: [], incomplete: []}), getRules: () => []}})"
    "</script>"
)

# The second engine looks for rules in what is imported for some media, and throws.
BREAKS = page("<style>@import 'none.css' screen;</style><p>some text</p>")
TURNS = page(
    "<style>@media (min-width: 9px) { span { transform: rotate(90deg) } }</style>"
    "<p>some text <span>&gt;</span></p>"
)

DATE = page(
    "<main><h1>Day</h1><label for=d>Day</label> <input type=date id=d> "
    "<button>Send</button></main>"
)
SCROLLS = page(
    "<main><h1>Code</h1><pre style='height:20px;width:90px;overflow:scroll'>"
    "a\nb\nc\nd some words that are wide</pre></main>"
)
LONG_WORD = page(f"<main><h1>Long</h1><p>{'word' * 40}</p></main>")
MIRRORED = page(
    "<main dir=rtl><h1>Wide</h1><div style='width:900px'>words</div></main>",
    lang=" lang=ar dir=rtl",
)
OFF_EDGE = page(
    "<main><h1>Menu</h1><p>words</p><div style='position:absolute;left:100%;top:0;"
    "width:99px'>A menu</div></main>",
    "<title>A</title><style>html{overflow-x:hidden}</style>",
)
EMPTY_EDGE = page(
    "<style>p::after{content:'';position:absolute;left:600px;width:9px;height:9px}"
    "</style><p>words</p>"
)
UNMADE = page(
    "<p style='color:#999;background:#fff'>Hardly to be read</p><my-menu>a</my-menu>"
)
UNSTYLED = page(
    "<p style='color:#999;background:#fff'>Hardly to be read</p><textarea></textarea>"
    "<script src=https://far.example/styles.js></script>"
)
UNTRANSLATED = page(
    "<p>text</p><button data-l10n-id=go></button><script src=gone.js></script>"
)
PART = "<!doctype html><html><head></head><body><img src=a.png><p>a</p></body></html>"
DRAWN = page(
    "<canvas id=c width=90 height=90></canvas>"
    "<script>c.getContext('2d').fillRect(0, 0, 9, 9)</script>"
)
SENDS_ON = page(
    "<p>some text</p><script>1</script>",
    "<title>A</title><noscript><meta http-equiv=refresh content='0;url=b.html'>"
    "</noscript>",
)
HOST = page(
    "<p>text</p><div id=h></div><script>h.attachShadow({mode: 'open'}).innerHTML = "
    "'<button style=\"outline:none\">Go</button>'</script>"
)
BLURS = page(
    "<a href=a>one</a> <a href=b id=b>two</a> <a href=c style='outline:none'>three</a>"
    "<script>b.addEventListener('focus', () => b.blur())</script>"
)

HOSTILE = {
    "hides": page("<p>text</p><form name=scripts></form><script>1</script>"),
    "asks": page("<script>alert('a')</script><p>text</p>"),
    "prompts": page("<script>prompt('a')</script><p>text</p>"),
    "leaves": page("<script>location = 'https://far.example/'</script><p>text</p>"),
    "refreshes": page(
        "<p>a</p>", "<title>A</title><meta http-equiv=refresh content='0;url=b.html'>"
    ),
    "opens": page("<script>window.open('b.html')</script><p>text</p>"),
    "empty": page("<div id=root></div><script src=gone.js></script>"),
    "swells": page(
        "<p>a</p><script>all = []; for (;;) all.push(Array(2e7).fill(all))</script>"
    ),
    "loops": page("<script>while (true) {}</script>"),  # the last: it ends the browser
}

TREE = DictTree(
    {
        "clean.html": CLEAN,
        "broken/a.html": page("".join(list(BROKEN.values())[::2])),
        "broken/b.html": page("".join(list(BROKEN.values())[1::2])),
        **{f"whole/{name}.html": text for name, text in WHOLE.items()},
        "more/moves.html": MOVES,
        "more/scripted.html": SCRIPTED,
        "more/far.html": FAR,
        "more/secret.html": SECRET,
        "more/forges.html": FORGES,
        "more/breaks.html": BREAKS,
        "more/turns.html": TURNS,
        "more/date.html": DATE,
        "more/scrolls.html": SCROLLS,
        "more/blurs.html": BLURS,
        "more/host.html": HOST,
        "more/long-word.html": LONG_WORD,
        "more/mirrored.html": MIRRORED,
        "more/off-edge.html": OFF_EDGE,
        "more/empty-edge.html": EMPTY_EDGE,
        "more/unmade.html": UNMADE,
        "more/unstyled.html": UNSTYLED,
        "more/untranslated.html": UNTRANSLATED,
        "more/part.html": PART,
        "more/drawn.html": DRAWN,
        "more/sends-on.html": SENDS_ON,
        **{f"hostile/{name}.html": text for name, text in HOSTILE.items()},
    }
)


@pytest.fixture(scope="module")
def memory() -> MemoryFacts:
    return MemoryFacts()


@pytest.fixture(scope="module")
def shown(memory: MemoryFacts) -> dict[str, Seen]:
    """Return what was seen of every page, asked once."""
    asked = replace(given(TREE), toolbox=Tools(), memory=memory)
    return {one.page: one for one in seen(asked, TREE.paths())}


def rules(one: Seen, verdict: Verdict | None = None) -> set[str]:
    return {b.rule for b in one.barriers if verdict in (None, b.verdict)}


@pytest.mark.parametrize("rule", BROKEN)
def test_each_rule_that_is_broken_is_found(shown: dict[str, Seen], rule: str) -> None:
    name = "ab"[list(BROKEN).index(rule) % 2]

    assert rule in rules(shown[f"broken/{name}.html"])


@pytest.mark.parametrize("rule", WHOLE)
def test_what_a_whole_page_lacks_is_found(shown: dict[str, Seen], rule: str) -> None:
    assert rule in rules(shown[f"whole/{rule}.html"], Verdict.FAILS)


def test_nothing_is_found_on_a_page_that_is_in_order(shown: dict[str, Seen]) -> None:
    clean = shown["clean.html"]

    assert (clean.is_tested, clean.untested, clean.barriers) == (True, "", ())
    assert clean.without_scripts
    assert clean.fits_320
    assert clean.is_walked


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("loops", "within"),
        ("asks", "opens a dialog that has to be answered (alert)"),
        ("prompts", "opens a dialog that has to be answered (prompt)"),
        ("leaves", "it leads its reader on to https://far.example/"),
        ("refreshes", "it leads its reader on to http://localhost/hostile/b.html"),
        ("opens", "it opens another window"),
        ("hides", "a name on it stands in for what a document has: 'scripts'"),
        ("empty", "it shows nothing, and '/hostile/gone.js' is not there"),
    ],
)
def test_a_page_that_does_not_let_itself_be_tested_says_why(
    shown: dict[str, Seen], name: str, why: str
) -> None:
    one = shown[f"hostile/{name}.html"]

    assert not one.is_tested
    assert why in one.untested


def test_a_page_that_fills_the_memory_goes_down_alone(shown: dict[str, Seen]) -> None:
    assert not shown["hostile/swells.html"].is_tested
    assert shown["clean.html"].is_tested


def test_a_page_that_asks_for_a_password_is_not_tested_as_a_whole(
    shown: dict[str, Seen],
) -> None:
    assert "asks for a password" in shown["more/secret.html"].untested


def test_a_page_cannot_answer_in_place_of_an_engine(shown: dict[str, Seen]) -> None:
    assert "image-alt" in rules(shown["more/forges.html"], Verdict.FAILS)


def test_a_check_that_broke_off_is_open_and_no_pass(shown: dict[str, Seen]) -> None:
    broken = rules(shown["more/breaks.html"], Verdict.MAYBE)

    assert "element_orientation_unlocked" in broken


def test_what_is_turned_at_some_width_is_not_said_to_hold_the_page_upright(
    shown: dict[str, Seen],
) -> None:
    assert not rules(shown["more/turns.html"], Verdict.FAILS)


def test_the_parts_of_a_date_are_no_trap(shown: dict[str, Seen]) -> None:
    date = shown["more/date.html"]

    assert (date.traps, date.is_walked, rules(date)) == (0, True, set())


def test_a_walk_past_what_is_inside_of_an_element_is_not_a_whole_one(
    shown: dict[str, Seen],
) -> None:
    assert not shown["more/host.html"].is_walked


def test_a_script_that_takes_the_keyboard_away_does_not_end_the_walk(
    shown: dict[str, Seen],
) -> None:
    assert "focus-not-seen" in rules(shown["more/blurs.html"], Verdict.FAILS)


def test_what_scrolls_is_open_as_not_every_browser_leads_the_keyboard_there(
    shown: dict[str, Seen],
) -> None:
    one = shown["more/scrolls.html"]

    assert "scrollable-region-focusable" in rules(one, Verdict.MAYBE)
    assert not rules(one, Verdict.FAILS)


@pytest.mark.parametrize(
    ("name", "what"),
    [("long-word", 'text "wordword'), ("mirrored", 'div "words"')],
)
def test_a_page_is_wide_by_its_text_and_on_the_side_where_it_is_read_to(
    shown: dict[str, Seen], name: str, what: str
) -> None:
    one = shown[f"more/{name}.html"]

    assert not one.fits_320
    assert what in next(b.what for b in one.barriers if b.rule == "reflow-320")


def test_what_is_beyond_an_edge_that_cuts_it_off_is_for_a_person_to_tell(
    shown: dict[str, Seen],
) -> None:
    one = shown["more/off-edge.html"]

    assert rules(one, Verdict.MAYBE) >= {"reflow-320"}
    assert not rules(one, Verdict.FAILS)


def test_a_page_that_is_wide_by_nothing_that_is_seen_does_not_fit_and_is_open(
    shown: dict[str, Seen],
) -> None:
    one = shown["more/empty-edge.html"]

    assert not one.fits_320
    assert rules(one, Verdict.MAYBE) >= {"reflow-320"}


@pytest.mark.parametrize("name", ["unmade", "unstyled"])
def test_how_a_page_looks_is_open_where_its_elements_or_styles_are_not_made(
    shown: dict[str, Seen], name: str
) -> None:
    one = shown[f"more/{name}.html"]

    assert not one.is_styled
    assert "color-contrast" in rules(one, Verdict.MAYBE)
    assert not rules(one, Verdict.FAILS)


def test_a_name_that_a_script_puts_in_for_each_language_is_open_without_it(
    shown: dict[str, Seen],
) -> None:
    one = shown["more/untranslated.html"]

    assert "button-name" in rules(one, Verdict.MAYBE)
    assert not rules(one, Verdict.FAILS)


def test_what_may_be_a_part_of_a_page_need_not_say_its_title_and_language(
    shown: dict[str, Seen],
) -> None:
    one = shown["more/part.html"]

    assert rules(one, Verdict.MAYBE) >= {"html-has-lang", "document-title"}
    assert rules(one, Verdict.FAILS) == {"image-alt"}


@pytest.mark.parametrize("name", ["drawn", "sends-on"])
def test_what_is_drawn_or_elsewhere_is_not_shown_without_scripts(
    shown: dict[str, Seen], name: str
) -> None:
    one = shown[f"more/{name}.html"]

    assert one.is_tested
    assert not one.without_scripts


def test_hosts_of_others_are_named_and_not_reached(shown: dict[str, Seen]) -> None:
    assert shown["more/far.html"].hosts == ("far.example",)
    assert "scripts that it asks for were not there" in shown["more/far.html"].lacks


def test_what_moves_and_what_needs_scripts_is_told(shown: dict[str, Seen]) -> None:
    assert shown["more/moves.html"].moving == 1
    assert not shown["more/scripted.html"].without_scripts


def test_a_page_that_is_known_with_all_it_is_handed_starts_no_browser(
    shown: dict[str, Seen], memory: MemoryFacts
) -> None:
    class Silent(Tools):
        def ask(self, *_words: Any) -> Any:
            pytest.fail("the browser was asked")

    known = DictTree({"clean.html": CLEAN})

    again = replace(given(known), toolbox=Silent(), memory=memory)
    answers = [a for a in COLLECTOR.collect(again) if isinstance(a, Observation)]

    assert shown["clean.html"].is_tested
    assert next(a.value for a in answers if a.fact == "pages.tested") == 1


def test_without_a_browser_the_answers_are_gaps_that_say_how_to_get_one() -> None:
    tools = Tools(left_out={"chromium": "no browser is here"})
    asked = replace(given(DictTree({"a.html": CLEAN})), toolbox=tools)
    answers = list(COLLECTOR.collect(asked))

    by_fact = {a.fact: a for a in answers if not isinstance(a, Table)}
    untested = by_fact["pages.untested"]
    assert isinstance(untested, Observation)
    assert untested.value == 1
    failing = by_fact["pages.failing"]
    assert isinstance(failing, Gap)
    assert failing.why == "no browser is here"


def test_a_page_of_fifty_megabytes_is_untested_and_says_so() -> None:
    tree = DictTree({"a.html": CLEAN, "large.html": CLEAN + " " * 50_000_000})

    found = find(tree, tree.paths())

    assert found.pages == ("a.html",)
    assert [item.subject for item in found.unread] == ["large.html"]
