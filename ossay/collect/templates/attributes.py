# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Attributes, by the names that HTML gives them, however a framework writes them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ossay.collect.templates.masking import FILL


@dataclass(frozen=True, slots=True)
class Meant:
    """
    What the name of an attribute stands for.

    Attributes:
        name: As HTML has it, in lower case; "" where it stands for none.
        is_bound: Whether what is written is code that makes the value.
        is_open: Whether it may set any other attribute as well.
        is_directive: Whether code is attached that may do anything to the element.
        fills: Whether it puts text into the element.
        way: Of a listener, what is said of how it listens (".stop", "ng-").
    """

    name: str
    is_bound: bool = False
    is_open: bool = False
    is_directive: bool = False
    fills: bool = False
    way: str = ""


@lru_cache(maxsize=4_000)
def meant(written: str) -> Meant:
    """Return what an attribute named *written* stands for, in any framework."""
    if FILL.search(written) or written.startswith(("{", "[%")):
        return Meant("", is_open=True)
    lower = written.lower()
    if lower in _OPEN:
        return Meant("", is_open=True)
    if lower in _FILLING or lower.startswith("x-text"):
        return Meant(lower, fills=True)
    for pattern in _CLICKS:
        if found := pattern.match(written):
            event, way = found["event"].lower(), found["way"] or ""
            return Meant(f"on{event}", is_bound=True, way=way)
    for pattern in _BOUND:
        if found := pattern.match(written):
            return Meant(_plain(found["name"].lower()), is_bound=True)
    if lower.startswith(("v-", "use:", "data-bind", "tal:", "th:", "t-att")):
        return Meant(lower, is_directive=lower not in _HARMLESS, is_open=False)
    if lower == "is":
        return Meant(lower, is_directive=True)  # a component takes the element over
    if lower in _RENAMED:
        return Meant(_RENAMED[lower])
    camel = written != lower and written[0].islower() and not lower.startswith("on")
    return Meant(_plain(lower), is_directive=camel and lower not in _CAMEL)


def _plain(name: str) -> str:
    name = name.removeprefix("attr.").removesuffix(".prop").removesuffix(".sync")
    name = name.removesuffix(".camel").removesuffix(".attr").partition("|")[0]
    return _RENAMED.get(name, name)


_OPEN = frozenset(
    {
        *("v-bind", "v-bind.prop", "v-bind.camel", "x-bind", "th:attr", "t-att"),
        *("tal:attributes", "data-th-attr", "ng-attr", "v-on", "th:object"),
    }
)
_FILLING = frozenset(
    {
        *("v-text", "v-html", "v-t", "[innerhtml]", "[innertext]", "[textcontent]"),
        *("ng-bind", "ng-bind-html", "data-ng-bind", "translate", "data-translate"),
        *("dangerouslysetinnerhtml", "th:text", "th:utext", "data-th-text", "x-html"),
        *(
            "tal:content",
            "t-esc",
            "t-out",
            "t-field",
            "t-raw",
            "data-i18n",
            "i18n-text",
        ),
        *("data-l10n-id", "ng-bind-template", "ng-message", "bind:innerhtml"),
        *("bind:textcontent", "bind:innertext", "[translate]", "transloco", "v-i18n"),
        *("innerhtml", ":innerhtml", ":textcontent", "v-translate", "ng-translate"),
        *("data-text", "v-safe-html", "v-sanitize", "v-dompurify-html", "jhitranslate"),
    }
)
"""Attributes by which code puts text into an element."""

_CLICKS = (
    re.compile(r"(?:@|v-on:|x-on:|on:)(?P<event>[A-Za-z]+)(?P<way>[.|][\w.|:-]*)?$"),
    re.compile(r"\((?P<event>[A-Za-z]+)(?P<way>\.[\w.]*)?\)$"),
    re.compile(r"(?:data-)?(?P<way>ng-)(?P<event>click|keydown|keyup|keypress)$"),
    re.compile(r"(?:th:)?on(?P<event>click|key(?:down|up|press))(?P<way>)$", re.I),
    re.compile(r"(?P<way>wire:|phx-)(?P<event>click|keydown|keyup)[\w.]*$"),
)
"""Of listeners: name of the event, and what stands around it."""

_BOUND = (
    re.compile(r"(?::|v-bind:|x-bind:|bind:)(?P<name>[\w.:-]+)$"),
    re.compile(r"\[\(?(?P<name>[\w.:-]+)\)?\]$"),
    re.compile(
        r"(?:data-)?(?:ng-attr-|ng-(?=(?:src|href|disabled|alt|value)$))(?P<name>[\w-]+)$"
    ),
    re.compile(
        r"(?:th:|data-th-|t-att-|t-attf-|bind-)(?P<name>alt|title|lang|for|id|role|tabindex|href|value|type|hidden|src|placeholder|(?:xml:)?lang|aria-[\w-]+)$"
    ),
    re.compile(r"\.(?P<name>\w+)$"),
    # A script puts the text there; Angular marks text that is there by "i18n-title".
    re.compile(
        r"(?:translate|data-(?:translate|i18n|l10n))-(?:attr-)?"
        r"(?P<name>alt|title|placeholder|aria-label)$"
    ),
)
_RENAMED = {
    "htmlfor": "for",
    "classname": "class",
    "httpequiv": "http-equiv",
    "arialabel": "aria-label",
    "arialabelledby": "aria-labelledby",
    "ariahidden": "aria-hidden",
    "xml:lang": "lang",
    "routerlink": "href",
    "ui-sref": "href",
    "ng-href": "href",
    "xlink:href": "href",
    "innerhtml": "v-html",
    "aria-label.attr": "aria-label",
}
_HARMLESS = frozenset(
    {
        *("v-if", "v-else", "v-else-if", "v-for", "v-show", "v-model", "v-once"),
        *("v-pre", "v-cloak", "v-memo", "v-slot", "v-is"),
    }
)
_CAMEL = frozenset(
    {
        *("viewbox", "preserveaspectratio", "tabindex", "readonly", "autocomplete"),
        *("autofocus", "maxlength", "minlength", "colspan", "rowspan", "srcset"),
        *("allowfullscreen", "frameborder", "strokewidth", "strokelinecap", "fillrule"),
        *("strokelinejoin", "cliprule", "defaultvalue", "defaultchecked", "inputmode"),
        *("crossorigin", "referrerpolicy", "autoplay", "playsinline", "charset"),
        *("spellcheck", "contenteditable", "datetime", "enctype", "novalidate"),
        *("cellpadding", "cellspacing", "suppresshydrationwarning", "encType"),
        *("usemap", "accesskey", "itemprop", "itemscope", "itemtype", "ngif"),
        *("formaction", "hreflang", "nomodule", "noshade", "nowrap", "valign"),
        *("bgcolor", "vspace", "hspace", "marginheight", "marginwidth"),
    }
)
"""Attributes of HTML that are written with capitals, too."""
