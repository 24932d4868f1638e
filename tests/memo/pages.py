# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""An HTML memo taken apart, for tests that look at its structure."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = dict[str, str]

_VOID = frozenset({"meta", "link", "br", "hr", "img", "input"})
_BLOCKS = frozenset({"td", "th", "li", "p", "h1", "h2", "h3", "h4", "div", "title"})


@dataclass
class Page(HTMLParser):
    """Every element with its attributes, in order, and all text outside of style."""

    html: str
    elements: list[tuple[str, Attributes]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    open_elements: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in _VOID:
            self.open_elements.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open_elements.pop() == tag
        self.texts.append(" " if tag in _BLOCKS else "")

    def handle_data(self, data: str) -> None:
        if self.open_elements and self.open_elements[-1] != "style":
            self.texts.append(data)

    def named(self, *tags: str) -> list[Attributes]:
        return [attributes for tag, attributes in self.elements if tag in tags]

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())
