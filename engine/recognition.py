# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What ScanCode says of a text, as plain values that fit through a pipe."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

SPEECH = {
    "is_license_text": "text",
    "is_license_notice": "notice",
    "is_license_tag": "tag",
    "is_license_reference": "reference",
    "is_license_intro": "intro",
    "is_license_clue": "clue",
}

LINES_APART = 15
"""
So many lines without a legal word part what ScanCode finds in a file. Of a text that
it is handed it says the same of four; a text here is a file, or a piece of one.
"""

APPROXIMATE = "3-seq"
WELL_COVERED = 80.0
"""Per cent. Below it the engine may have seen only a piece of something else."""

LARGELY_COVERED = 66.0
"""
Per cent. Above it, a rule that is there from its beginning to its end has other words
in between: a notice that was changed, and no piece of another one.
"""

_USES = (
    "use|copy|modify|merge|publish|(?:re)?distribute|sub-?licen[cs]e|sell|reproduce"
    "|include|make|deal|prepare|print"
)
GRANT = re.compile(
    r"licen[cs]ed|redistribut|warrant|hereby|public\s+domain|free\s+software|freely"
    r"|may\s+(?:use|copy)"
    # Users have no permission for a file, too, and values are returned as is.
    rf"|permissions?\s+(?:(?:is|are)\s+)?(?:granted|given)|permission\s+(?:of|from|by)\b"
    rf"|permission\s+to\s+(?:{_USES})\b"
    r"|(?:used|included|printed|reproduced|written|prior|express|specific|special)"
    r"\s+(?:\w+\s+){0,2}permission\b"
    r"|(?:provided|distributed|supplied|released|offered|delivered|available|presented)"
    r"(?:\W+\w+){0,4}?\W+as[\s-]is\b"
    r"|[\"'`“‘]as[\s-]is\b|(?-i:\bAS[\s-]IS\b)",
    re.IGNORECASE,
)
"""What a text has that grants something, or says that it warrants nothing."""


def leave_out_needless_work() -> None:
    """
    Let ScanCode compute nothing that no answer rests on.

    An identifier of a detection is a hash of all words matched; detections are told
    apart here by other means. No detection is a false positive if all its rules are
    of full relevance, which ScanCode asks only after a search through the words
    matched. A run whose first word is none of digits is not all digits, which is
    asked for each candidate. Together they take a third of the time.
    """
    from licensedcode import detection, query

    scancodes_own = detection.is_false_positive

    def is_false_positive(license_matches: Any, package_license: bool = False) -> bool:
        if all(match.rule.relevance == 100 for match in license_matches):
            return False
        return bool(scancodes_own(license_matches, package_license))

    whether_all_are_digits = query.QueryRun.is_digits_only

    def is_digits_only(run: Any) -> bool:
        has_words = run.end is not None and run.start <= run.end
        if has_words and run.query.tokens[run.start] not in run.digit_only_tids:
            return False
        return bool(whether_all_are_digits(run))

    query.QueryRun.is_digits_only = is_digits_only
    detection.is_false_positive = is_false_positive
    detection.LicenseDetection.identifier_with_expression = property(lambda _self: "")


class _Index:
    """ScanCode's index, by which a text is parted as a file is."""

    def __init__(self, index: Any) -> None:
        self._index = index

    def match(self, *, query_string: str, **_: object) -> Any:
        """Return the matches in *query_string*, as ScanCode's method of this name."""
        from licensedcode.query import Query

        query = Query(
            query_string=query_string, idx=self._index, line_threshold=LINES_APART
        )
        return self._index.match_query(query)


def detections(text: str) -> list[Any]:
    """Return what ScanCode detects in a file of which *text* is the content."""
    from licensedcode.cache import get_index
    from licensedcode.detection import detect_licenses

    return list(detect_licenses(index=_Index(get_index()), query_string=text))


def licences(text: str) -> dict[str, Any]:
    """Say which licences *text* speaks of."""
    detected = detections(text)
    matches = [match for detection in detected for match in detection.matches]
    matches.sort(key=lambda match: (match.start_line, match.end_line))
    return {
        "expressions": [
            str(detection.license_expression_spdx)
            for detection in detected
            if detection.license_expression is not None
        ],
        "matches": [_match(match) for match in matches],
        "is_partial": _is_partial(text, matches),
    }


def _match(match: Any) -> dict[str, Any]:
    rule = match.rule
    return {
        "expression": _spdx(rule.license_expression),
        "speech": next(
            (word for flag, word in SPEECH.items() if getattr(rule, flag)), "clue"
        ),
        "first_line": match.start_line,
        "last_line": match.end_line,
        "rule": rule.identifier,
        "matcher": match.matcher,
        "coverage": match.coverage() / 100,
        "refers_to": list(rule.referenced_filenames or ()),
    }


def _is_partial(text: str, matches: list[Any]) -> bool:
    """
    Tell whether *text* may be a piece of something that says more.

    Where the same licence is well found beside it, a weak match leaves no doubt.
    """
    if not matches:
        return GRANT.search(text) is not None
    weak = [m for m in matches if _is_weak(m)]
    sure = {m.rule.license_expression for m in matches if not _is_weak(m)}
    return any(m.rule.license_expression not in sure for m in weak)


def _is_weak(match: Any) -> bool:
    """Tell whether a rule that *match* is about may go on where the text ends."""
    if match.matcher != APPROXIMATE or match.coverage() >= WELL_COVERED:
        return False
    reached = 100 * match.ispan.magnitude() / match.rule.length
    return bool(reached < WELL_COVERED or match.coverage() < LARGELY_COVERED)


@cache
def _spdx(expression: str) -> str:
    from licensedcode.cache import build_spdx_license_expression

    return str(build_spdx_license_expression(expression))


def copyrights(text: str) -> dict[str, Any]:
    """Say who holds the copyright by *text*."""
    from cluecode.copyrights import detect_copyrights_from_lines

    lines = list(enumerate(text.splitlines(), 1))
    notices: list[dict[str, Any]] = []
    authors: list[str] = []
    # The holders of a notice follow it.
    for found in _known(detect_copyrights_from_lines(lines)):
        kind, words = found[0], found[1]
        if kind == "copyright":
            notices.append(
                {
                    "statement": words,
                    "holders": [],
                    "first_line": found[2],
                    "last_line": found[3],
                }
            )
        elif kind == "holder":
            notices[-1]["holders"].append(words)
        else:
            authors.append(words)
    return {"notices": notices, "authors": authors}


def _known(detections: Iterable[Any]) -> Iterable[tuple[str, str, int, int]]:
    for found in detections:
        for kind in ("copyright", "holder", "author"):
            words = getattr(found, kind, None)
            if words is not None:
                yield kind, words, found.start_line, found.end_line
