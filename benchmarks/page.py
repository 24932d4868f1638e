# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""docs/figures.md: each benchmark writes a section of its own, and no other."""

from collections.abc import Iterable
from pathlib import Path

FIGURES = Path("docs/figures.md")
_TITLE = "# Figures\n"


def put(section: str, lines: Iterable[str], page: Path = FIGURES) -> None:
    """Put *lines* in place of *section* of *page*; a new one comes last."""
    begin, end = f"<!-- {section} -->\n", f"<!-- end of {section} -->\n"
    text = page.read_text(encoding="utf-8") if page.exists() else _TITLE
    before, found, rest = text.partition(begin)
    _, closed, after = rest.partition(end)
    if found and not closed:
        msg = f"{page}: {begin.strip()!r} has no {end.strip()!r}"
        raise ValueError(msg)
    if not found:
        before = text.rstrip("\n") + "\n\n"
    body = "\n".join(lines).strip("\n")
    page.write_text(f"{before}{begin}\n{body}\n\n{end}{after}", encoding="utf-8")
