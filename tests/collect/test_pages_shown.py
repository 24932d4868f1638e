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

HOSTILE = {
    "loops": page("<script>while (true) {}</script>"),
    "asks": page("<script>alert('a')</script><p>text</p>"),
    "prompts": page("<script>prompt('a')</script><p>text</p>"),
    "leaves": page("<script>location = 'https://far.example/'</script><p>text</p>"),
    "refreshes": page(
        "<p>a</p>", "<title>A</title><meta http-equiv=refresh content='0;url=b.html'>"
    ),
    "opens": page("<script>window.open('b.html')</script><p>text</p>"),
    "empty": page("<div id=root></div><script src=gone.js></script>"),
}

TREE = DictTree(
    {
        "clean.html": CLEAN,
        "broken/a.html": page("".join(list(BROKEN.values())[::2])),
        "broken/b.html": page("".join(list(BROKEN.values())[1::2])),
        **{f"whole/{name}.html": text for name, text in WHOLE.items()},
        **{f"hostile/{name}.html": text for name, text in HOSTILE.items()},
        "more/moves.html": MOVES,
        "more/scripted.html": SCRIPTED,
        "more/far.html": FAR,
        "more/secret.html": SECRET,
        "more/forges.html": FORGES,
    }
)


@pytest.fixture(scope="module")
def shown() -> dict[str, Seen]:
    """Return what was seen of every page, asked once."""
    asked = replace(given(TREE), toolbox=Tools())
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
        ("empty", "it shows nothing, and '/hostile/gone.js' is not there"),
    ],
)
def test_a_page_that_does_not_let_itself_be_tested_says_why(
    shown: dict[str, Seen], name: str, why: str
) -> None:
    one = shown[f"hostile/{name}.html"]

    assert not one.is_tested
    assert why in one.untested


def test_a_page_that_asks_for_a_password_is_not_tested_as_a_whole(
    shown: dict[str, Seen],
) -> None:
    assert "asks for a password" in shown["more/secret.html"].untested


def test_a_page_cannot_answer_in_place_of_an_engine(shown: dict[str, Seen]) -> None:
    assert "image-alt" in rules(shown["more/forges.html"], Verdict.FAILS)


def test_hosts_of_others_are_named_and_not_reached(shown: dict[str, Seen]) -> None:
    assert shown["more/far.html"].hosts == ("far.example",)
    assert "scripts that it asks for were not there" in shown["more/far.html"].lacks


def test_what_moves_and_what_needs_scripts_is_told(shown: dict[str, Seen]) -> None:
    assert shown["more/moves.html"].moving == 1
    assert not shown["more/scripted.html"].without_scripts


def test_a_page_that_is_known_with_all_it_is_handed_starts_no_browser() -> None:
    class Counting(Tools):
        asked = 0

        def ask(self, *args: Any) -> Any:
            Counting.asked += 1
            return super().ask(*args)

    tree, memory = DictTree({"index.html": CLEAN}), MemoryFacts()
    for _ in range(2):
        asked = replace(given(tree), toolbox=Counting(), memory=memory)
        answers = [a for a in COLLECTOR.collect(asked) if isinstance(a, Observation)]
        tested = next(a for a in answers if a.fact == "pages.tested")
        assert tested.value == 1

    assert Counting.asked == 1


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
