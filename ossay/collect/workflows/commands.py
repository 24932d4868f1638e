# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What single lines of a build's commands do with text, keys and images."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ossay.collect._documents import Path

LONGEST_NAME = 120
"""Characters of the name of an image that an answer repeats."""

LONGEST_LINE = 2_000
"""Characters of one command that are looked at."""

MOST_LINES = 5_000
"""Lines of commands of one job that are looked at."""

LONGEST_ENTRY = 500
"""Lines of one entry in which a command is looked for."""

MOST_ROUNDS = 3
"""How often a variable is followed to another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An image that a job runs in, as it is written there, and the line (from 1)."""

    name: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """
    The lines (from 1) where the values of a document are written.

    Attributes:
        places: Of each key and list entry.
        written: The document's text, line by line.
    """

    places: Mapping[Path, int]
    written: Sequence[str]

    def of(self, place: Path, text: str = "") -> int:
        """
        Return the line of what is at *place*, or of *text* within it.

        What an alias stands for is where the alias is.
        """
        while place and place not in self.places:
            place = place[:-1]
        line = self.places.get(place, 1)
        if text.strip():
            for number in range(line, min(line + LONGEST_ENTRY, len(self.written) + 1)):
                if text.strip() in self.written[number - 1]:
                    return number
        return line


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


def read_twice(line: str, names: Iterable[str]) -> bool:
    """
    Tell whether a command reads the value of one of the variables *names* again.

    A shell puts a value in its place and does not read it as a command, unless that
    is the command, or it is told to (`eval`), or hands it to another shell or
    interpreter as its text.
    """
    wanted = frozenset(names)
    line = line[:LONGEST_LINE]
    read = [line[again.end() :] for again in _AGAIN.finditer(line)]
    read += [piped[1] for piped in _PIPED.finditer(line)]
    command = _COMMAND.match(line)
    return (command is not None and (command[1] or command[2]) in wanted) or any(
        name in wanted for text in read for name in _put_in(text)
    )


def assigned(line: str, names: Iterable[str]) -> str:
    """Return the variable that a command gives the value of one of *names*, or ""."""
    found = _ASSIGNMENT.match(line[:LONGEST_LINE])
    if found and frozenset(names) & set(_put_in(found[2])):
        return found[1]
    return ""


def prints_keys(line: str) -> bool:
    """Tell whether a command writes a key, or all variables, into the build's log."""
    line = line[:LONGEST_LINE].strip()
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


_VARIABLE = re.compile(r"\$(?:\{(\w{1,100})[^}]{0,200}\}|(\w{1,100}))")
_AGAIN = re.compile(
    r"(?<![\w./-])(?:eval|(?:ba|da|z|k|a)?sh(?:\s+-[a-z]{1,9}){0,5}?\s+-[a-z]{0,9}c|"
    r"su\s[^;&|]{0,60}?-c|ssh|python3?\s+-c|node\s+-e|perl\s+-[a-z]{0,5}e|ruby\s+-e|"
    r"php\s+-r|(?:source|\.)\s+<\(\s*(?:echo|printf))(?=\s)"
)
_PIPED = re.compile(
    r"(?:echo|printf)(\s[^|]{1,1000})\|\s*(?:sudo\s+|xargs\s[^|;&]{0,60}?)?"
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
_NO_KEY = re.compile(
    r"(?i)_(?:id|file|path|url|name|user|length|expir\w{1,10}|header|type|variable)$|"
    r"^(?:postgres|pg|mysql|mariadb|mongo|redis|rabbitmq|minio|sa)_?"
)
"""Places and names of keys, and those of databases that last as long as the job."""
_OWN_IMAGE = re.compile(
    r"\$\{?CI_(?:REGISTRY_IMAGE|PROJECT_\w{1,40}|DEPENDENCY_PROXY_\w{1,40})\b|"
    r"\$\{?CI_REGISTRY\}?/\$\{?CI_PROJECT_"
)
