# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Film, sound, frames and what moves by itself."""

from ossay.collect.templates.elements import Element
from ossay.collect.templates.reading import Page
from ossay.collect.templates.rules import fails_unless
from ossay.model.accessibility import Verdict


def check_frame(page: Page, frame: Element) -> None:
    """Ask a frame that is shown for its title."""
    if frame.is_hidden or frame.names_itself() or _is_invisible(frame):
        return
    if frame.text("role") in {"presentation", "none"}:
        return
    is_unsure = frame.is_open or frame.is_directed
    page.report("frame-title", frame.at, fails_unless(is_unsure))


def check_film(page: Page, film: Element) -> None:
    """Ask a film that has ended for captions; a track may come from elsewhere."""
    if not (film.is_hidden or _is_set(film, "muted") or film.has("captioned")):
        page.report("video-captions", film.at, Verdict.MAYBE)


def check_begins(page: Page, media: Element) -> None:
    """Point to sound or film that begins by itself; how long it lasts is not seen."""
    if not _is_set(media, "autoplay"):
        return
    if _is_set(media, "muted") and not media.has("loop"):
        return
    if media.name == "video" or not media.has("controls"):
        page.report("autoplay", media.at, Verdict.MAYBE)


def note_track(page: Page, track: Element) -> None:  # noqa: ARG001
    """Take note of a track of captions for the film around it."""
    kind = track.attributes.get("kind", "subtitles")
    film = track.film
    if film and (kind is None or kind in {"captions", "subtitles"}):
        film.attributes["captioned"] = ""


def check_moving(page: Page, element: Element) -> None:
    """Point to text that moves."""
    page.report("moving-text", element.at, Verdict.FAILS)


def _is_set(media: Element, name: str) -> bool:
    return media.has(name) and media.attributes[name] != "false"


def _is_invisible(frame: Element) -> bool:
    return frame.text("width") in _NONE and frame.text("height") in _NONE


_NONE = frozenset({"0", "1", "0px", "1px"})

BEGUN = {
    "iframe frame": check_frame,
    "video audio": check_begins,
    "track": note_track,
    "marquee": check_moving,
}
ENDED = {"video": check_film}
