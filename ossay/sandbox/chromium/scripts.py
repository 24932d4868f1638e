# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What is run in a page, in a world apart from its own scripts."""

import json
from collections.abc import Iterable
from functools import cache

from ossay.sandbox.chromium import ACE, AXE

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

_PLACES = 5
"""Places that are named of one rule on one page; all are counted."""

_LONGEST = 200


@cache
def axe() -> str:
    """Return the first engine."""
    return AXE.read_text(encoding="utf-8")


@cache
def ace() -> str:
    """Return the second engine."""
    return ACE.read_text(encoding="utf-8")


AXE_RULES = f"""
Object.fromEntries(axe.getRules({list(TAGS)!r}).map(r => [r.ruleId, r.tags]))
"""

# preload: it would fetch media and styles; iframes: it would wait for each.
AXE_RUN = f"""
(async () => {{
  const told = await axe.run(document, {{
    preload: false, iframes: false, resultTypes: ["violations", "incomplete"],
    runOnly: {{type: "tag", values: {list(TAGS)!r}}},
  }});
  const short = text => String(text || "").slice(0, {_LONGEST});
  const of = list => list.map(rule => ({{
    id: rule.id, tags: rule.tags, help: short(rule.help), count: rule.nodes.length,
    places: rule.nodes.slice(0, {_PLACES}).map(n => short(n.target.join(" "))),
  }}));
  return {{violations: of(told.violations), incomplete: of(told.incomplete)}};
}})()
"""


def ace_rules(wanted: Iterable[str]) -> str:
    """Return what tells the points of WCAG that each rule *wanted* stands at."""
    return f"""
(() => {{
  {_only(wanted)}
  const found = {{}};
  for (const point of set.checkpoints) {{
    for (const rule of point.rules) {{
      (found[rule.id] = found[rule.id] || []).push(point.num);
    }}
  }}
  return found;
}})()
"""


def ace_run(wanted: Iterable[str]) -> str:
    """Return what has the page checked for the rules *wanted*."""
    return f"""
(async () => {{
  {_only(wanted)}
  const broke = new Set();
  // The engine takes a rule that breaks off for one that found nothing.
  console.error = (what, id) => {{
    if (what === "RULE EXCEPTION:") broke.add(id.replace(/[$][$]\\d+$/, ""));
  }};
  checker.addGuideline(set);
  const told = await checker.check(document, [set.id]);
  const short = text => String(text || "").slice(0, {_LONGEST});
  const rules = new Map();
  for (const one of told.results) {{
    if (one.value[1] === "PASS") continue;
    const key = one.ruleId + " " + one.reasonId;
    const is_sure = one.value[0] === "VIOLATION" && one.value[1] === "FAIL";
    const rule = rules.get(key) || {{
      id: one.ruleId, reason: one.reasonId, fails: is_sure, help: short(one.message),
      count: 0, places: [],
    }};
    rule.count += 1;
    if (rule.places.length < {_PLACES}) rule.places.push(short(one.path.dom));
    rules.set(key, rule);
  }}
  for (const id of broke) rules.set(id, {{
    id, reason: "broke", fails: false, count: 1, places: [],
    help: "This check broke off over the page",
  }});
  return [...rules.values()];
}})()
"""


def _only(wanted: Iterable[str]) -> str:
    """
    Return what makes a *checker*, and a *set* of the rules wanted.

    A rule runs where those that it depends on found nothing; they run with it.
    """
    return f"""
  const checker = new ace.Checker();
  const among = new Set();
  const take = id => {{
    if (among.has(id)) return;
    among.add(id);
    for (const before of checker.engine.getRule(id).dependencies || []) take(before);
  }};
  {json.dumps(sorted(wanted))}.forEach(take);
  const whole = checker.getGuidelines().find(one => one.id === "WCAG_2_2");
  const set = {{...whole, id: "ossay", checkpoints: whole.checkpoints.map(point => ({{
    ...point, rules: (point.rules || []).filter(rule => among.has(rule.id)),
  }}))}};
"""


SETTLED = """
Promise.race([
  document.fonts.ready.then(() => new Promise(done =>
    requestAnimationFrame(() => requestAnimationFrame(() => done(0))))),
  new Promise(done => setTimeout(() => done(0), 500)),
]).then(() => 0)
"""

_SHARED = """
  const short = text => String(text || "").slice(0, 200);
  const name = element => {
    if (element.id) return short("#" + element.id);
    const tag = element.localName;
    const said = (element.getAttribute("aria-label") || element.textContent || "")
      .trim().replace(/\\s+/g, " ").slice(0, 40);
    return short(said ? `${tag} "${said}"` : tag);
  };
  const shown = element => {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) return false;
    return !element.checkVisibility || element.checkVisibility(
      {checkVisibilityCSS: true, checkOpacity: false});
  };
"""

# A form or a picture called "body" is what `document.body` gives, to all who ask.
HIDDEN = """
(() => {
  const all = Document.prototype.querySelectorAll;
  const said = (one, kind) => Element.prototype.getAttribute.call(one, kind) || "";
  for (const one of all.call(document, "form,img,iframe,embed,object")) {
    const name = said(one, "name");
    const id = name || one.localName === "object" ? said(one, "id") : "";
    const hiding = [name, id].find(word => word && word in Document.prototype);
    if (hiding) return hiding.slice(0, 100);
  }
  return "";
})()
"""

ABOUT = f"""
(() => {{
  {_SHARED}
  const body = document.body;
  const hidden = body ? [...body.querySelectorAll("noscript")] : [];
  const without = hidden.reduce(
    (sum, one) => sum + (shown(one) ? one.innerText.trim().length : 0), 0);
  const text = body ? body.innerText.trim().length : 0;
  const pictures = [...document.querySelectorAll("img,svg,canvas,video,object,input")];
  const secret = [...document.querySelectorAll("input[type=password]")];
  const typed = /^(module|text\\/(java|ecma)script|application\\/(java|ecma)script|)$/i;
  return {{
    title: short(document.title), language: short(document.documentElement.lang),
    text: Math.max(0, text - without),
    pictures: pictures.filter(shown).length,
    canvases: pictures.filter(one => one.localName === "canvas" && shown(one)).length,
    asks_password: secret.some(shown),
    frames: document.querySelectorAll("iframe,frame").length,
    undefined: document.querySelectorAll(":not(:defined)").length,
    sheets: document.styleSheets.length,
    translated: !!document.querySelector(
      "[data-l10n-id],[data-i18n],[data-i18n-key],[data-translate],[data-localize]"),
    viewport: !!document.querySelector("meta[name=viewport]"),
    scripts: [...document.scripts].filter(s => typed.test(s.type)).length,
  }};
}})()
"""

# Over five seconds, or for ever (WCAG 2.2, 2.2.2): the sign of a wait is over soon.
MOVING = f"""
(() => {{
  {_SHARED}
  const found = new Map();
  for (const one of document.getAnimations()) {{
    const element = one.effect && one.effect.target;
    if (one.playState !== "running" || !element || !shown(element)) continue;
    const timing = one.effect.getComputedTiming();
    if (!(timing.activeDuration > 5000)) continue;
    found.set(element, name(element));
  }}
  for (const element of document.querySelectorAll("marquee,blink")) {{
    if (shown(element)) found.set(element, name(element));
  }}
  for (const element of document.querySelectorAll("video[autoplay]")) {{
    if (shown(element) && !element.paused) found.set(element, name(element));
  }}
  return {{count: found.size, places: [...found.values()].slice(0, 5)}};
}})()
"""

# Excepted are parts that need two dimensions (1.4.10): tables, pictures, code, maps.
# Text reaches out of elements that fit. Where the page cuts off what is beyond its
# edge, a person has to tell a menu that waits there from content that is lost.
NARROW = f"""
(() => {{
  {_SHARED}
  const page = document.scrollingElement || document.documentElement;
  const width = document.documentElement.clientWidth;
  const excepted = "table,img,svg,video,canvas,iframe,object,embed,pre,code,math";
  const way = element => getComputedStyle(element).overflowX;
  const cuts = [document.documentElement, document.body].some(
    one => ["hidden", "clip"].includes(way(one)));
  scrollTo({{left: -9999, behavior: "instant"}});
  const is_mirrored = scrollX < 0;
  scrollTo({{left: 0, behavior: "instant"}});
  const beyond = box => box.width > 0 && box.height > 0
    && (is_mirrored ? -box.left : box.right - width) > 1;
  const kept = from => {{
    for (let up = from; up && up !== document.body; up = up.parentElement) {{
      if (way(up) !== "visible") return true;
    }}
    return false;
  }};
  const wide = [], may = [];
  const put = (among, what) => {{
    if (among.length < 5 && !among.includes(what)) among.push(what);
  }};
  const texts = () => {{
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (walker.nextNode()) {{
      const text = walker.currentNode, owner = text.parentElement;
      if (!text.data.trim()) continue;
      range.selectNodeContents(text);
      if (!beyond(range.getBoundingClientRect())) continue;
      if (!shown(owner) || kept(owner)) continue;
      const said = text.data.trim().replace(/\\s+/g, " ").slice(0, 40);
      put(owner.closest(excepted) ? may : wide, `text "${{said}}"`);
    }}
  }};
  const is_wide = page.scrollWidth > width + 1;
  if (is_wide || cuts) {{
    for (const element of document.body.querySelectorAll("*")) {{
      if (!beyond(element.getBoundingClientRect())) continue;
      if (!shown(element) || kept(element.parentElement)) continue;
      const is_excepted = element.closest(excepted) || element.querySelector(excepted);
      put(is_excepted ? may : wide, name(element));
    }}
    if (!wide.length) texts();
  }}
  return {{
    width: page.scrollWidth, cuts, places: cuts ? [] : wide,
    excepted: cuts ? [...wide, ...may] : may,
    is_unnamed: is_wide && !cuts && !wide.length && !may.length,
  }};
}})()
"""

# What looks different is held against how it looks without the keyboard on it.
BEGIN_WALK = f"""
(() => {{
  {_SHARED}
  const still = document.createElement("style");
  still.textContent =
    "*,*::before,*::after{{transition:none!important;animation:none!important}}";
  document.documentElement.append(still);
  const kinds = ["outlineStyle", "outlineWidth", "outlineColor", "outlineOffset",
    "boxShadow", "borderTopStyle", "borderTopColor", "borderTopWidth",
    "borderBottomStyle", "borderBottomColor", "borderBottomWidth", "borderLeftColor",
    "backgroundColor", "backgroundImage", "color", "textDecorationLine", "opacity",
    "transform", "filter", "fontWeight", "clipPath", "left", "top", "width", "height"];
  const look = element => {{
    const all = [];
    for (const part of [null, "::before", "::after"]) {{
      const style = getComputedStyle(element, part);
      const none = style.outlineStyle === "none";
      for (const kind of kinds) {{
        if (none && kind.startsWith("outline") && kind !== "outlineStyle") continue;
        all.push(style[kind]);
      }}
    }}
    return all.join("|");
  }};
  if (document.activeElement) document.activeElement.blur();
  const reach = "a[href],area[href],button,input,select,textarea,summary,iframe,"
    + "[tabindex],[contenteditable],audio[controls],video[controls]";
  const stops = [...document.querySelectorAll(reach)].filter(
    element => element.tabIndex >= 0 && !element.disabled && shown(element));
  const numbers = new Map(), before = new Map();
  for (const element of stops.slice(0, 400)) {{
    numbers.set(element, numbers.size);
    before.set(element, look(element));
  }}
  let last = null;
  globalThis.ossayBlur = () => {{
    last = document.activeElement; if (last) last.blur(); return 0;
  }};
  globalThis.ossayRefocus = () => {{
    if (last) last.focus({{preventScroll: true}}); return 0;
  }};
  globalThis.ossayStep = () => {{
    const at = document.activeElement;
    if (!at || at === document.body || at === document.documentElement) return null;
    const known = before.has(at);
    if (!numbers.has(at)) numbers.set(at, numbers.size);
    return {{
      number: numbers.get(at), name: name(at),
      differs: known ? before.get(at) !== look(at) : false,
      is_host: !!at.shadowRoot,
      is_frame: ["iframe", "frame", "object", "embed"].includes(at.localName)
        || !!at.shadowRoot,
      takes_text: at.isContentEditable || at.localName === "textarea"
        || (at.localName === "input" && !["button", "submit", "reset", "checkbox",
          "radio", "range", "color", "file", "image"].includes(at.type)),
    }};
  }};
  scrollTo(0, 0);
  return stops.length;
}})()
"""

STEP = "ossayStep()"
BLUR = "ossayBlur()"
REFOCUS = "ossayRefocus()"
