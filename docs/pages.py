# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Write the reference pages from the code: facts, rules and commands."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from ossay import cli, collect, policy, shipped
from ossay.model.policy import PolicyPack

REFERENCE = Path(__file__).parent / "reference"
MADE = "<!-- Made by docs/pages.py; do not edit. -->\n"


def pages() -> Iterator[tuple[str, str]]:
    """Yield each page's name and text."""
    yield "facts.md", _facts()
    yield "commands.md", _commands()
    for name in shipped.pack_names():
        facts = collect.declared_facts()
        pack = policy.load_pack(shipped.pack_bytes(name), f"{name}.yaml", facts)
        yield f"pack-{name}.md", _pack(pack)


def _facts() -> str:
    rows = [
        f"| `{f.name}` | {f.kind.__name__} | {f.unit} | {f.combine.value} "
        f"| {f.tier.value if f.tier else ''} | {f.asks} |"
        for f in collect.declared_facts().values()
    ]
    head = (
        "| fact | kind | unit | over parts | tier | question |\n" + "| --- " * 6 + "|"
    )
    by = "\n".join(f"- `{name}`" for name in collect.collectors())
    return f"# Facts\n\nCollectors:\n\n{by}\n\n{head}\n" + "\n".join(rows) + "\n"


def _pack(pack: PolicyPack) -> str:
    rules = "\n\n".join(f"```text\n{policy.describe(rule)}\n```" for rule in pack.rules)
    return f"# {pack.title}\n\nPack `{pack.name}`, version {pack.version}.\n\n{rules}\n"


def _commands() -> str:
    settings = cli.ossay.context_settings
    root = click.Context(cli.ossay, info_name="ossay", **settings)
    root.max_content_width = 79
    helps = [f"```text\n{cli.ossay.get_help(root)}\n```"]
    for name in cli.COMMANDS:
        command = cli.ossay.get_command(root, name)
        assert command is not None  # noqa: S101 - it is in the table
        context = click.Context(command, info_name=name, parent=root)
        context.max_content_width = 79
        helps.append(f"## ossay {name}\n\n```text\n{command.get_help(context)}\n```")
    return "# Commands\n\n" + "\n\n".join(helps) + "\n"


def main() -> None:
    """Write the pages; with ``--check`` only tell whether they are up to date."""
    stale = []
    for name, text in pages():
        path = REFERENCE / name
        if not path.exists() or path.read_text() != MADE + text:
            stale.append(name)
        if "--check" not in sys.argv:
            REFERENCE.mkdir(exist_ok=True)
            path.write_text(MADE + text)
    if stale and "--check" in sys.argv:
        sys.exit(f"docs/reference is out of date ({', '.join(stale)}); run: make docs")


if __name__ == "__main__":
    main()
