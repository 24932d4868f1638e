# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What the checks say of one file."""

from ossay.collect.templates.files import scanner_for
from ossay.collect.templates.scanners import Checked
from ossay.model.tree import Scanner


def scanner(path: str) -> Scanner[Checked]:
    """Return what reads *path*."""
    found = scanner_for(path)
    assert found is not None
    return found


def seen(content: str, path: str = "a.html") -> list[tuple[str, str, int]]:
    """Return rule, verdict and line of all that is found in a file of this name."""
    checked = scanner(path).scan(content.encode())
    return [(f.rule, str(f.verdict), f.line) for f in checked.found]


def verdicts(rule: str, content: str, path: str = "a.html") -> list[str]:
    """Return what is said under *rule*, place by place."""
    return [verdict for name, verdict, _ in seen(content, path) if name == rule]
