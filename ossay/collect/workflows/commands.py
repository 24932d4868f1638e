# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What single lines of a build's commands do with text, keys and images."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from ossay.collect._documents import DocumentUnreadable, Path
from ossay.collect.workflows.build import Lines
from ossay.collect.workflows.findings import Finding, Weakness

LONGEST_NAME = 120
"""Characters of the name of an image that an answer repeats."""

LONGEST_LINE = 2_000
"""Characters of one command; a file with a longer one is not read."""

MOST_LINES = 20_000
"""Lines of commands in one file, each alias counted with all it stands for."""

MOST_ROUNDS = 3
"""How often a variable is followed to another one."""

MOST_READINGS = 20
"""How often one command reads text again; beyond, it reads all of the line."""

PRINTED = Weakness(
    rule="printed-credentials",
    severity="medium",
    confidence="low",
    what="a key, or all variables, are written into the log",
)
KEY_IN_SETTINGS = Weakness(
    rule="credentials-in-settings",
    severity="medium",
    confidence="low",
    what="a variable that is named as a key has its value in the file",
)

_VARIABLE = re.compile(r"\$(?:\{(\w{1,100})[^}]{0,200}\}|(\w{1,100}))")
_AGAIN = re.compile(
    r"(?<![\w./-])(?:eval|(?:ba|da|z|k|a)?sh(?:\s+-[a-z]{1,9}){0,5}?\s+-[a-z]{0,9}c|"
    r"su\s[^;&|]{0,60}?-c|ssh|python3?\s+-c|node\s+-e|perl\s+-[a-z]{0,5}e|ruby\s+-e|"
    r"php\s+-r|(?:source|\.)\s+<\(\s*(?:echo|printf))(?=\s)"
)
_PIPED = re.compile(
    r"(?:echo|printf)(\s[^|]{1,1000}+)\|\s*(?:sudo\s+|xargs\s[^|;&]{0,60}?)?"
    r"(?:ba|da|z|k|a)?sh\b"
)
_COMMAND = re.compile(r"\s*[\"']?\$(?:\{(\w{1,100})\}|(\w{1,100}))(?:\W|$)")
_ASSIGNMENT = re.compile(r"\s*(?:export\s+|readonly\s+|local\s+)?(\w{1,100})=(.*)")
_ALL_VARIABLES = re.compile(
    r"(?:printenv|env|export|declare -[px]{1,2})(?:\s*\|\s*sort)?"
)
_ECHO = re.compile(r"(?:echo|printf)\s([^|><]{1,1000})$")
_KEY = re.compile(
    r"(?i)(?:^|_)(?:token|passw(?:or)?d|pass|secret|api_?key|private_?key|"
    r"access_?key|credentials?)(?:$|_)"
)
# Places and names of keys, and those of databases that last as long as the job.
_NO_KEY = re.compile(
    r"(?i)_(?:id|file|path|url|name|user|length|expir\w{1,10}|header|type|variable)$|"
    r"^(?:postgres|pg|mysql|mariadb|mongo|redis|rabbitmq|minio|sa)_?"
)
_OWN_IMAGE = re.compile(
    r"\$\{?CI_(?:REGISTRY_IMAGE|PROJECT_\w{1,40}|DEPENDENCY_PROXY_\w{1,40})\b|"
    r"\$\{?CI_REGISTRY\}?/\$\{?CI_PROJECT_"
)


@dataclass(slots=True)
class Reader:
    """
    Reads the commands of one file, up to a limit for all of them.

    An alias is one line of the file, and may stand for thousands: what a file says is
    not bounded by its size.
    """

    lines: Lines
    left: int = MOST_LINES

    def weaknesses(
        self,
        scripts: Iterable[tuple[Path, object]],
        strangers: Set[str],
        of_text: Callable[[str, Set[str]], Weakness | None],
    ) -> Iterator[Finding]:
        """
        Yield the weaknesses of a job's *scripts*, each of which is given its place.

        Args:
            strangers: Variables whose text strangers choose when the job begins.
            of_text: Tells what a line does with the text of such variables.

        Raises:
            DocumentUnreadable: There is more than is looked at.
        """
        names = set(strangers)
        for place, script in scripts:
            for at, line in lines_of(script):
                self._count(line)
                if name := assigned(line, names):
                    names.add(name)
                weak = (of_text(line, names), PRINTED if prints_keys(line) else None)
                for each in filter(None, weak):
                    yield each.at(self.lines.of((*place, *at), line))

    def _count(self, line: str) -> None:
        self.left -= 1
        if self.left < 0:
            msg = f"it has more than {MOST_LINES:,} lines of commands, aliases followed"
            raise DocumentUnreadable(msg)
        if len(line) > LONGEST_LINE:
            msg = f"one of its commands has more than {LONGEST_LINE:,} characters"
            raise DocumentUnreadable(msg)


def keys_in(
    variables: Mapping[str, str], place: Path, lines: Lines
) -> Iterator[Finding]:
    """Yield where one of the *variables* at *place* has the value of a key."""
    for name, value in variables.items():
        if is_key(name) and value and "$" not in value:
            yield KEY_IN_SETTINGS.at(lines.of((*place, name)))


def text_of(variables: object) -> dict[str, str]:
    """Return those of a job's *variables* that have a text, number or truth value."""
    named = variables if isinstance(variables, dict) else {}
    told = {
        name: value.get("value") if isinstance(value, dict) else value
        for name, value in named.items()
    }
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in told.items()
        if isinstance(value, str | int | float)
    }


def read_twice(line: str, names: Set[str]) -> bool:
    """
    Tell whether a command reads the value of one of the variables *names* again.

    A shell puts a value in its place and does not read it as a command, unless that
    is the command, or it is told to (`eval`), or hands it to another shell or
    interpreter as its text.
    """
    again = [found.end() for found in _AGAIN.finditer(line)]
    if len(again) > MOST_READINGS:
        return any((one or other) in names for one, other in _VARIABLE.findall(line))
    read = [line[end:] for end in again]
    read += [piped[1] for piped in _PIPED.finditer(line)]
    command = _COMMAND.match(line)
    return (command is not None and (command[1] or command[2]) in names) or any(
        name in names for text in read for name in _put_in(text)
    )


def assigned(line: str, names: Set[str]) -> str:
    """Return the variable that a command gives the value of one of *names*, or ""."""
    found = _ASSIGNMENT.match(line)
    if found and not names.isdisjoint(_put_in(found[2])):
        return found[1]
    return ""


def prints_keys(line: str) -> bool:
    """Tell whether a command writes a key, or all variables, into the build's log."""
    line = line.strip()
    if _ALL_VARIABLES.fullmatch(line):
        return True
    found = _ECHO.match(line)
    return found is not None and any(is_key(n) for n in _put_in(found[1]))


def is_key(name: str) -> bool:
    """Tell whether a variable is named as those for keys and passwords are."""
    return _KEY.search(name[:200]) is not None and not _NO_KEY.search(name[:200])


def floats(image: str, variables: Mapping[str, str]) -> bool | None:
    """
    Tell whether *image* is another one each time its makers publish.

    Held to be so is what names no version, or the latest, as zizmor does; an image
    of the project's own is not one of others. None where a variable tells that has
    its value elsewhere.
    """
    for _ in range(MOST_ROUNDS):
        image = _VARIABLE.sub(
            lambda v: variables.get(v[1] or v[2], v[0]), image[:LONGEST_LINE]
        )
    if "@sha256:" in image or _OWN_IMAGE.match(image):
        return False
    tag = image.rpartition("/")[2].partition(":")[2]
    if tag and "$" not in tag:
        return tag.casefold() in {"latest", "nightly", "edge", "main", "master"}
    return None if "$" in image else not tag


def lines_of(commands: object) -> Iterator[tuple[tuple[int, ...], str]]:
    """Yield each line of *commands*, and the positions that lead to its entry."""
    if isinstance(commands, str):
        yield from (((), line) for line in commands.splitlines())
    elif isinstance(commands, list):
        for number, entry in enumerate(commands):
            for place, line in lines_of(entry):
                yield (number, *place), line


def _put_in(text: str) -> Iterator[str]:
    """Yield the variables that a shell puts into *text*, up to the command's end."""
    quote = ""
    at = 0
    while at < len(text):
        char = text[at]
        if char == "\\" and quote != "'":
            at += 2
            continue
        if char in "'\"" and quote in ("", char):
            quote = "" if quote else char
        elif not quote and char in ";&|":
            return
        elif char == "$" and quote != "'" and (found := _VARIABLE.match(text, at)):
            yield found[1] or found[2]
        at += 1
