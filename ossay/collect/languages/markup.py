# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Catalogues in XML: Android, XLIFF, Qt Linguist, .NET and Apple's plural forms."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ossay.collect._languages import language_tag
from ossay.collect.languages.messages import Message, NoCatalogue, short


def android_messages(root: Element) -> Iterator[Message]:
    """
    Yield the messages of Android resources.

    What is not to be translated is none, nor is what stands for another message.
    All forms of a plural are one message, and all entries of a list.
    """
    if root.tag != "resources":
        raise NoCatalogue
    for child in root:
        name = child.get("name", "")
        if child.get("translatable") == "false" or child.tag not in _ANDROID:
            continue
        texts = [_text(child)] if child.tag == "string" else [_text(i) for i in child]
        if any(text.startswith(("@string/", "@android:")) for text in texts):
            continue
        yield Message(
            id=f"{child.tag} {name}",
            text=texts[0] if texts else "",
            is_done=all(texts),
        )


def xliff_messages(root: Element) -> Iterator[Message]:
    """
    Yield the units of XLIFF 1.2 or the segments of 2.0.

    Those whose state says that work is left are not done.
    """
    if _name(root) != "xliff":
        raise NoCatalogue
    if root.get("version", "").startswith("1"):
        yield from _units(root)
    else:
        yield from _segments(root)


def _units(root: Element) -> Iterator[Message]:
    for file in (f for f in root if _name(f) == "file"):
        for unit in file.iter():
            if _name(unit) != "trans-unit" or unit.get("translate") == "no":
                continue
            parts = {_name(part): part for part in unit}
            source, target = parts.get("source"), parts.get("target")
            name = unit.get("id") or unit.get("resname") or ""
            yield Message(
                id=name,
                text=_text(target),
                source=_text(source),
                is_done=target is None
                or not target.get("state", "").startswith(_UNDONE_STATES),
            )


def _segments(root: Element) -> Iterator[Message]:
    for unit in root.iter():
        if _name(unit) != "unit" or unit.get("translate") == "no":
            continue
        name = short(unit.get("id", ""))
        segments = [s for s in unit if _name(s) == "segment"]
        for number, segment in enumerate(segments):
            parts = {_name(part): part for part in segment}
            yield Message(
                id=f"{name} {number}",
                text=_text(parts.get("target")),
                source=_text(parts.get("source")),
                is_done=segment.get("state") != "initial",
            )


def xliff_languages(root: Element) -> tuple[str, str]:
    """Return the target and the source language, "" where they are not said."""
    for element in (root, *root):
        target = element.get("target-language") or element.get("trgLang")
        source = element.get("source-language") or element.get("srcLang")
        if target or source:
            return language_tag(target or "") or "", language_tag(source or "") or ""
    return "", ""


def qt_messages(root: Element) -> Iterator[Message]:
    """Yield the messages of Qt Linguist that are in use."""
    if root.tag != "TS":
        raise NoCatalogue
    for context in root.iter("context"):
        room = short(context.findtext("name", ""))
        for message in context.iter("message"):
            translation = message.find("translation")
            kind = "" if translation is None else translation.get("type", "")
            if kind in {"obsolete", "vanished"}:
                continue
            source = message.findtext("source", "")
            forms = [] if translation is None else translation.findall("numerusform")
            texts = [_text(form) for form in forms] or [_text(translation)]
            key = (room, source, message.findtext("comment", ""), message.get("id", ""))
            yield Message(
                id="\x04".join(key),
                text=texts[0],
                source=source,
                is_done=kind != "unfinished" and all(texts),
            )


def resx_messages(root: Element) -> Iterator[Message]:
    """Yield the texts of a resource file of .NET; files and icons are none."""
    if root.tag != "root":
        raise NoCatalogue
    for data in root.iter("data"):
        if not data.get("type") and not data.get("mimetype"):
            yield Message(id=data.get("name", ""), text=data.findtext("value", ""))


def stringsdict_messages(root: Element) -> Iterator[Message]:
    """Yield one message for each key of Apple's plural forms."""
    top = root.find("dict")
    if root.tag != "plist" or top is None:
        raise NoCatalogue
    for key, value in zip(list(top)[::2], list(top)[1::2], strict=False):
        texts = [s.text or "" for s in value.iter("string")]
        yield Message(id=_text(key), text=texts[0] if texts else "")


def _text(element: Element | None) -> str:
    """Return all text inside; what stands for a picture or a value counts, too."""
    if element is None:
        return ""
    text = "".join(element.itertext()).strip()
    return text or (f"<{_name(element[0])}>" if len(element) else "")


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


_ANDROID = frozenset({"string", "plurals", "string-array"})
_UNDONE_STATES = ("needs-", "new")
