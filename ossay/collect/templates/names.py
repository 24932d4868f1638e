# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Names of elements, attributes and roles; data, no code."""

_HTML_WORDS = """
a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound
big blink blockquote body br button canvas caption center cite code col colgroup data
datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure
font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe
image img input ins kbd label legend li link main map mark marquee menu menuitem meta
meter nav nobr noframes noscript object ol optgroup option output p param picture pre
progress q rb rp rt rtc ruby s samp script search section select slot small source
span strike strong style sub summary sup table tbody td template textarea tfoot th
thead time title tr track tt u ul var video wbr xmp
"""
HTML = frozenset(_HTML_WORDS.split())
_DRAWING_WORDS = """
svg g path circle ellipse line polygon polyline rect text tspan textpath defs use
symbol marker mask pattern clippath lineargradient radialgradient stop filter desc
metadata foreignobject animate animatetransform animatemotion set switch view math mi
mn mo mrow msup msub mfrac msqrt mtext semantics annotation feblend fecolormatrix
fecomposite feflood fegaussianblur femerge femergenode feoffset fedropshadow fefunca
fecomponenttransfer
"""
DRAWING = frozenset(_DRAWING_WORDS.split())
_VOID_WORDS = """
area base basefont bgsound br col embed frame hr image img input link meta param
source track wbr
"""
VOID = frozenset(_VOID_WORDS.split())
_NEVER_FOCUSED_WORDS = """
article aside b dd div dl dt em figure footer h1 h2 h3 h4 h5 h6 header i img li main
nav ol p section small span strong svg table tbody td tfoot th thead tr ul
"""
NEVER_FOCUSED = frozenset(_NEVER_FOCUSED_WORDS.split())
"""Elements that no key reaches, unless an attribute says so."""

_ROLES_WORDS = """
alert alertdialog application article banner blockquote button caption cell checkbox
code columnheader combobox comment complementary contentinfo definition deletion
dialog directory document emphasis feed figure form generic graphics-document
graphics-object graphics-symbol grid gridcell group heading image img insertion link
list listbox listitem log main mark marquee math menu menubar menuitem
menuitemcheckbox menuitemradio meter navigation none note option paragraph
presentation progressbar radio radiogroup region row rowgroup rowheader scrollbar
search searchbox sectionfooter sectionheader separator slider spinbutton status strong
subscript suggestion superscript switch tab table tablist tabpanel term textbox time
timer toolbar tooltip tree treegrid treeitem
"""
ROLES = frozenset(_ROLES_WORDS.split())
"""Of WAI-ARIA 1.3 and its module for drawings; those for books begin with "doc-"."""

_OPERATED_WORDS = """
button checkbox combobox link listbox menuitem menuitemcheckbox menuitemradio option
radio searchbox slider spinbutton switch tab textbox treeitem
"""
OPERATED = frozenset(_OPERATED_WORDS.split())
"""Roles of what people operate."""

BY_ITSELF = frozenset({"button", "checkbox", "link", "switch"})
"""Roles that are operated each by itself, and not as one of a group."""
