# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What ossay knows of a foreign tool: where it is, how it is asked, what answers."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ossay.model.evidence import Guard
from ossay.sandbox.running import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """
    One thing that a tool is asked.

    Attributes:
        words: The words after the program's name, given the folder of the files and
            the one that it may write to.
        statuses: Exit statuses with which it has answered.
        refusal: What it complains where the files are at fault: asked about the same
            files, it would say so again. "" if it does not tell that.
        is_answer: Whether what it said has the shape of an answer. An answer says
            that it is one even where nothing was found.
    """

    words: Callable[[Path, Path], tuple[str, ...]]
    is_answer: Callable[[bytes], bool]
    statuses: frozenset[int] = frozenset({0})
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Driven:
    """
    How a program is asked that answers no question by itself.

    A part of ossay speaks to it, which the same Python runs in the same sandbox.

    Attributes:
        module: That part; it gets the program's path before the words of a question.
        libraries: Distributions that it needs.
        absent: What to say where one of them is not installed.
        shipped: Files of others that ossay brings for it, each with its SHA-256.
        reads: Files of the system that the program wants to see, where they are.
    """

    module: str
    libraries: tuple[str, ...]
    absent: str
    shipped: Mapping[Path, str]
    reads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapter:
    """
    A foreign tool.

    Attributes:
        name: What evidence calls it, and the name of its program on PATH.
        purpose: What it does, as people read it ("lists components").
        questions: What it may be asked, by name.
        distribution: What it is installed by; "" if ossay brings none along.
        file: The end of the program's path in that distribution.
        oldest: The first version whose answers are understood, where ossay brings
            none along; else one from PATH is as new as the one that is installed.
        refused: Versions that are never run, each with the reason.
        environment: What it is told besides where it may write.
        limits: What one question may take.
        keeps_in: The variable that names the folder where it keeps what it made of
            its own rules, "" if it makes nothing that takes long. It is made once,
            before it sees a file of anybody, and is only read after that.
        places: Where systems install it, for one that ossay does not bring along;
            the first one that is there is taken.
        absent: What to say where none is.
        driven: How it is asked, where it answers nothing by itself.
        needs: What has to be guarded, or it is not run.
        sees_processes: Whether it is shown /proc, with its own processes alone.
    """

    name: str
    purpose: str
    questions: Mapping[str, Question]
    distribution: str = ""
    file: str = ""
    oldest: str = ""
    refused: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    keeps_in: str = ""
    places: tuple[str, ...] = ()
    absent: str = ""
    driven: Driven | None = None
    needs: frozenset[Guard] = frozenset()
    sees_processes: bool = False


def is_json_object(text: bytes, *keys: str) -> bool:
    """Tell whether *text* is one whole JSON object that has *keys*."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and all(key in said for key in keys)
