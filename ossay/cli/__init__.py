# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The command line: one module per command; each parses, calls and prints."""

import atexit
import gc
import sys
from importlib import import_module

import click

from ossay import __version__
from ossay.model.errors import OssayError

COMMANDS = {
    "adopt": "Record a decision, and what runs because of it.",
    "advisories": "Take in what is publicly known of flaws, and say what is there.",
    "artefact": "Tell whether a released file is what a commit holds.",
    "assess": "Assess software, from its address to a decision memo.",
    "check": "Check the repository that this CI job is about.",
    "curations": "Say what a passage states of a licence, and list what people said.",
    "doctor": "Say what works on this machine and what is missing.",
    "factpack": "Hand on what was recognised in files, signed, or take it in.",
    "facts": "List every question that ossay can ask.",
    "licences": "Tell what each file states of its licence.",
    "memo": "Write the memo of a judgement again, in any format.",
    "policy": "Check policy packs, and explain them in plain words.",
    "reaudit": "Look again at software in service.",
    "show": "Show a judgement in the terminal.",
}
"""Each is a module of this package; it is imported when it is called."""


class _Commands(click.Group):
    """Knows every command's line of help without importing it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        return sorted(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's
        cmd_name: str,
    ) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"{__name__}.{cmd_name}").command
        if not isinstance(command, click.Command):
            msg = f"command {cmd_name!r} is no command"
            raise TypeError(msg)
        return command

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's
        formatter: click.HelpFormatter,
    ) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ossay")
def ossay() -> None:
    """
    Open-source assay: from a repository's address to a decision memo.

    Exit status: 0 the work was done, whatever its result; 2 usage, a setting or a
    policy that cannot be meant; 3 nothing to assess; 73 cannot write; 75 a network
    or another failure that may pass; 1 any other error. Only "ossay check" speaks
    of the result; its help says how.
    """


NEW_OBJECTS = 100_000
"""So many more objects than before, and rubbish is looked for (gc.set_threshold)."""


def look_for_rubbish_seldom() -> None:
    """
    Spare a process that soon ends from looking for cycles among all that it made.

    Python looks after each 700 objects more, and several times more when it ends;
    each took a fifth of a second of one.
    """
    gc.set_threshold(NEW_OBJECTS)
    atexit.register(gc.freeze)


def main() -> None:
    """Run the command line; an expected error is its message and its exit status."""
    look_for_rubbish_seldom()
    try:
        ossay(prog_name="ossay")
    except OssayError as error:
        click.echo(f"ossay: {error}", err=True)
        sys.exit(error.status)
