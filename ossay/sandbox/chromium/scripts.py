# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What is run in a page, in a world apart from its own scripts."""

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

ACE_RULES = """
(() => {
  const found = {};
  const set = new ace.Checker().rulesets.find(one => one.id === "WCAG_2_2");
  for (const point of set.checkpoints) {
    for (const rule of point.rules || []) {
      (found[rule.id] = found[rule.id] || []).push(point.num);
    }
  }
  return found;
})()
"""

ACE_RUN = f"""
(async () => {{
  const told = await new ace.Checker().check(document, ["WCAG_2_2"]);
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
  return [...rules.values()];
}})()
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
    asks_password: secret.some(shown),
    frames: document.querySelectorAll("iframe,frame").length,
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
NARROW = f"""
(() => {{
  {_SHARED}
  const page = document.scrollingElement || document.documentElement;
  const width = document.documentElement.clientWidth;
  const excepted = "table,img,svg,video,canvas,iframe,object,embed,pre,code,math";
  const scrolls = element => {{
    for (let up = element.parentElement; up && up !== document.body;
         up = up.parentElement) {{
      const way = getComputedStyle(up).overflowX;
      if (way !== "visible") return true;
    }}
    return false;
  }};
  const wide = [], may = [];
  if (page.scrollWidth > width + 1) {{
    for (const element of document.body.querySelectorAll("*")) {{
      if (element.getBoundingClientRect().right <= width + 1) continue;
      if (!shown(element) || scrolls(element)) continue;
      const among = element.closest(excepted) || element.querySelector(excepted)
        ? may : wide;
      if (among.length < 5) among.push(name(element));
    }}
  }}
  return {{width: page.scrollWidth, places: wide, excepted: may}};
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
