# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
The content of a memo → HTML, Markdown and plain text, through templates.

Whatever a template prints passes through the format's `finish`, so that nothing
reaches the page unescaped by being forgotten.
"""

import re
import textwrap
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from markupsafe import Markup

from ossay import shipped
from ossay.memo import access
from ossay.memo.blocks import Content, Figure, Figures, Place, Result, Seen, State
from ossay.memo.coverage import coverage
from ossay.memo.escapes import as_address
from ossay.memo.ink import HTML, MARKDOWN, PLAIN, Ink
from ossay.memo.language_names import language_name, tag_before
from ossay.memo.showing import SHORT
from ossay.memo.speech import ENGLISH, Speech, direction
from ossay.model.accessibility import CRITERIA
from ossay.model.judgement import Reaudit
from ossay.model.people import Adoption
from ossay.model.policy import Area, Mode, Text

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment
    from jinja2.runtime import Context

UNTRANSLATED: Mapping[str, str] = MappingProxyType({})


def render_html(
    content: Content,
    language: str = ENGLISH,
    catalogue: Mapping[str, str] = UNTRANSLATED,
    *,
    prepared: Path | None = None,
) -> str:
    """
    Return the memo as one HTML file that needs nothing else and no script.

    *prepared* is a folder of our own where compiled templates are kept: compiling
    them takes three times as long as filling them in.
    """
    return _rendered(HTML, "memo/memo.html.j2", content, language, catalogue, prepared)


def render_tests(content: Content, *, prepared: Path | None = None) -> str:
    """Return the tests that people still have to make, a sheet for each who does."""
    return _rendered(
        HTML, "memo/tests.html.j2", content, ENGLISH, UNTRANSLATED, prepared
    )


def render_markdown(content: Content, *, prepared: Path | None = None) -> str:
    """Return the memo in Markdown (CommonMark); *prepared* as for `render_html`."""
    text = _rendered(
        MARKDOWN, "memo/memo.md.j2", content, ENGLISH, UNTRANSLATED, prepared
    )
    return tidy(text)


def render_human(
    content: Content, width: int = 79, *, prepared: Path | None = None
) -> str:
    """Return page one of the memo for a terminal, no line longer than *width*."""
    text = _rendered(
        PLAIN, "memo/memo.txt.j2", content, ENGLISH, UNTRANSLATED, prepared
    )
    lines = (_wrapped(line, width) for line in text.splitlines())
    return tidy("\n".join(lines))


def render_reaudit(
    reaudit: Reaudit,
    adoption: Adoption,
    running: Content,
    offered: Content,
    width: int = 79,
    *,
    prepared: Path | None = None,
) -> str:
    """Return what a re-audit found for a terminal, no line longer than *width*."""
    text = _rendered(
        PLAIN,
        "memo/reaudit.txt.j2",
        running,
        ENGLISH,
        UNTRANSLATED,
        prepared,
        reaudit=reaudit,
        adoption=adoption,
        offered=offered,
    )
    return tidy("\n".join(_wrapped(line, width) for line in text.splitlines()))


def speech_in(ink: Ink, language: str, catalogue: Mapping[str, str]) -> Speech:
    """Return what speaks *language* in a format."""
    return Speech(
        language=language,
        catalogue=catalogue,
        finish=ink.finish,
        code=ink.code,
        marks=ink.marks,
    )


def fill_in(
    template: str, ink: Ink, speech: Speech, prepared: Path | None, **values: object
) -> str:
    """Return *template* with *values* filled in."""
    return (
        _environment(ink, prepared)
        .get_template(template)
        .render(
            language=speech.language,
            dir=direction(speech.language),
            speech=speech,
            say=speech.say,
            say_plain=speech.say_plain,
            tell=speech.tell,
            **values,
        )
    )


def _rendered(
    ink: Ink,
    template: str,
    content: Content,
    language: str,
    catalogue: Mapping[str, str],
    prepared: Path | None,
    **more: object,
) -> str:
    speech = speech_in(ink, language, catalogue)
    result = {r.rule_id: r for r in content.results}
    return fill_in(
        template,
        ink,
        speech,
        prepared,
        memo=content,
        result=result,
        conditions=[result[rule_id] for rule_id in content.conditions],
        missing={source.name for source in content.sources if source.why_not},
        optional={s.name for s in content.sources if not s.required},
        title=partial(_title, speech),
        remedy=partial(_remedy, speech),
        ask=partial(_ask, speech),
        days_before=partial(_days_before, content.judged_on),
        **more,
    )


@cache
def _environment(ink: Ink, prepared: Path | None) -> "Environment":
    # Imported here: most re-audits come to what is written already.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    # With autoescape, macros return markup; `finish` has escaped by then.
    environment = Environment(
        loader=FileSystemLoader(shipped.templates()),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=ink.finish,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=_kept_ready(prepared, ink) if prepared else None,
    )
    environment.context_class = _context()
    environment.globals.update(
        quote=ink.quote,
        code=ink.code,
        strong=ink.strong,
        room=lambda width: Markup(" " * width),  # noqa: S704 - spaces
        SHORT=SHORT,
    )
    environment.globals.update(
        CRITERIA=CRITERIA, AREAS=access.AREAS, AREA_OF=access.AREA_OF
    )
    environment.filters["extract"] = lambda key, of: of[key]
    environment.filters.update(
        about=access.about,
        are_tests=access.are_tests,
        criteria_of=access.criteria_of,
        groups=access.groups,
        has_interface=access.has_interface,
        is_drafted=access.is_drafted,
        minutes=access.minutes,
        named=access.named,
        of_signs=access.of_signs,
        short_of=access.short_of,
        sheet_of=access.sheet_of,
        sittings=access.sittings,
        told=access.told,
        told_together=access.told_together,
        touched=access.touched,
        untold=access.untold,
        ways=access.ways,
        why_none=access.why_none,
        against=_against,
        anchor=_anchor,
        begun=_begun,
        beyond=access.beyond,
        language_name=language_name,
        tag_before=tag_before,
        coverage=coverage,
        also_seen=_also_seen,
        arising=_arising,
        by_area=_by_area,
        by_question=_by_question,
        by_whom=_by_whom,
        raw_url=as_address,
        sentence=_sentence,
        to_look_at=_to_look_at,
        telling=_telling,
        told_of=access.answered,
        whys=_whys,
        short_ref=_short_ref,
    )
    environment.tests.update(
        a_date=lambda value: isinstance(value, date),
        a_list=lambda value: isinstance(value, tuple),
    )
    return environment


def _context() -> "type[Context]":
    """
    Return what calls functions and macros for a template.

    Jinja asks each time whether what is called wants to know of the template, which
    takes as long as calling it; nothing that these templates call does.
    """
    from jinja2.runtime import Context

    class Direct(Context):
        def call(
            self,
            called: Callable[..., object],
            /,
            *args: object,
            _loop_vars: object = None,
            _block_vars: object = None,
            **named: object,
        ) -> object:
            return called(*args, **named)

    return Direct


def _kept_ready(prepared: Path, ink: Ink) -> "BytecodeCache":
    """
    Keep compiled templates in *prepared*; where there is no room they are not.

    Each format has a folder of its own: what a template says by itself is made safe
    for the format when it is compiled.
    """
    from jinja2.bccache import Bucket, FileSystemBytecodeCache

    folder = prepared / ink.finish.__name__

    class Kept(FileSystemBytecodeCache):
        def load_bytecode(self, bucket: Bucket) -> None:
            with suppress(OSError):
                super().load_bytecode(bucket)

        def dump_bytecode(self, bucket: Bucket) -> None:
            with suppress(OSError):
                folder.mkdir(parents=True, exist_ok=True)
                super().dump_bytecode(bucket)

    return Kept(str(folder))


def _title(speech: Speech, result: Result) -> Markup:
    return _told(speech, result.title, (t.title for t in _texts(speech, result)))


def _remedy(speech: Speech, result: Result) -> Markup:
    return _told(
        speech,
        _sentence(result.remedy),
        (_sentence(t.remedy) for t in _texts(speech, result) if t.remedy),
    )


def _ask(speech: Speech, result: Result) -> Markup:
    asked = "" if result.ask is None else result.ask.what
    return _told(speech, asked, (t.ask for t in _texts(speech, result)))


def _texts(speech: Speech, result: Result) -> Iterator[Text]:
    """Yield what the rule says in the memo's own language, if it does."""
    return (text for text in result.texts if text.language == speech.language)


def _told(speech: Speech, english: str, own: Iterable[str]) -> Markup:
    for text in own:
        if text:
            return speech.prose(text)
    return speech.tell(english)


def _days_before(judged_on: date, day: date) -> int:
    return (judged_on - day).days


def _anchor(rule_id: str) -> str:
    return re.sub(r"[^0-9A-Za-z_-]", "-", rule_id)


def _short_ref(ref: str) -> str:
    return ref.removeprefix("refs/heads/").removeprefix("refs/tags/")


def _sentence(text: str) -> str:
    """Return *text* with a full stop, if it ends without any."""
    return text if text.rstrip()[-1:] in _ENDS else f"{text}."


_ENDS = frozenset({".", "!", "?", "…", "。", "؟", "।"})


def _begun(text: str) -> str:
    """
    Return *text* with a capital, unless it may begin with the name of a file.

    Reasons are written to stand within a sentence: "the package manifests ...".
    """
    first, space, rest = text.partition(" ")
    return f"{first.capitalize() if first in _BEGINNINGS else first}{space}{rest}"


_BEGINNINGS = frozenset(
    {
        *("a", "an", "earlier", "for", "it", "no", "nobody", "of", "only", "some"),
        *("the", "there", "this", "what", "catalogues", "documents", "files"),
        *("pages", "scripts", "sound", "styles", "text", "workflows"),
    }
)


def _to_look_at(result: Result) -> list[Place]:
    """
    Return the places that settle an open rule, for the person who has to.

    They are those of the open questions; where a person goes on from what the
    machine saw, those of all.
    """
    open_ones = [s for s in result.seen if s.state is State.OPEN and s.places]
    seen = open_ones or (result.seen if result.mode is Mode.ASSISTED else ())
    places = {(p.subject, p.line): p for s in seen for p in s.places}
    return list(places.values())


def _by_area(results: Iterable[Result]) -> Iterator[tuple[Area, list[Result]]]:
    order = list(Area)
    ordered = sorted(results, key=lambda r: order.index(r.area))
    for area, found in groupby(ordered, key=lambda r: r.area):
        yield area, list(found)


def _by_question(seen: Iterable[Seen]) -> Iterator[tuple[str, list[Seen]]]:
    """Gather the answers of several parts to one question."""
    for _, answers in groupby(seen, key=lambda one: one.fact):
        same = list(answers)
        yield same[0].asks, same


def _by_whom(results: Iterable[Result]) -> Iterator[tuple[str, list[Result]]]:
    """Gather rules by who can put them right, in the order of the first of each."""
    found: dict[str, list[Result]] = {}
    for result in results:
        found.setdefault(result.fixed_by, []).append(result)
    yield from found.items()


def _against(seen: Iterable[Seen]) -> list[Seen]:
    """Leave out answers that are as they should be, and open questions."""
    return [s for s in seen if s.state is State.ANSWERED and not s.as_wanted]


def _telling(
    figures: Iterable[Figures], facts: Mapping[str, str]
) -> list[tuple[str, Figure]]:
    """
    Return the answers to *facts*, each with its short name.

    Those that do not arise are left out, but for the first where none arises.
    """
    by_fact = {f.fact: f for area in figures for f in area.figures}
    asked = [(facts[fact], by_fact[fact]) for fact in facts if fact in by_fact]
    arising = _arising(figure for _, figure in asked)
    return [pair for pair in asked if pair[1] in arising] or asked[:1]


def _whys(answers: Iterable[tuple[str, Figure]]) -> list[tuple[str, str]]:
    """Return why answers may be short, by part, each reason once."""
    return access.short_of(figure for _, figure in answers)


_SHOWN_WHOLE = frozenset(
    {
        *(Area.LICENSING.value, Area.STEWARDSHIP.value, "components"),
        *("artefact", "own_vulnerabilities", "vulnerabilities"),
    }
)


def _also_seen(figures: Iterable[Figures], told: Collection[str]) -> list[Figures]:
    """Return what no rule asks for and the memo shows nowhere else, as in *told*."""
    left = (
        Figures(
            area=area.area,
            figures=tuple(
                f
                for f in _arising(area.figures)
                if not f.in_results and f.fact not in told
            ),
        )
        for area in figures
        if area.area not in _SHOWN_WHOLE
    )
    return [area for area in left if area.figures]


def _arising(figures: Iterable[Figure]) -> list[Figure]:
    """Leave out the questions that do not arise about any part."""
    return [f for f in figures if any(s.state in _ARISING for s in f.seen)]


_ARISING = frozenset({State.ANSWERED, State.OPEN})

_INDENT = re.compile(r"^ *(?:(?:[-✓✗?≈–]|\d+\.) )?")


def _wrapped(line: str, width: int) -> str:
    hanging = _INDENT.match(line)
    return textwrap.fill(
        line,
        width,
        subsequent_indent=" " * len(hanging[0] if hanging else ""),
        break_on_hyphens=False,
    )


def tidy(text: str) -> str:
    """Leave one empty line where the template left several."""
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"
