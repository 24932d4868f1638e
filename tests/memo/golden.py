# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
The golden memos and notices: what small, fixed values look like in each format.

`python -m tests.memo.golden` writes them again; read what changed before you
commit it.
"""

from collections.abc import Iterator
from pathlib import Path

from ossay.memo import FORMATS
from ossay.memo.attribution import attribution_html, attribution_text
from tests.memo import attributions, cases

FOLDER = Path(__file__).parent / "golden"

CASES = {"refused": cases.refused, "conditional": cases.conditional}


def rendered() -> Iterator[tuple[Path, str]]:
    """Yield each golden file, and what it should hold."""
    for name, case in CASES.items():
        for form in FORMATS.values():
            yield FOLDER / f"{name}{form.suffix}", form.render(case())
    yield FOLDER / "attribution.html", attribution_html(attributions.CITY_FORMS)
    yield FOLDER / "attribution.txt", attribution_text(attributions.CITY_FORMS)


if __name__ == "__main__":
    for path, text in rendered():
        path.write_text(text, encoding="utf-8")
