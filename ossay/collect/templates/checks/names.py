# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Names of links and buttons."""

import re

from ossay.collect.templates.elements import Content, Element
from ossay.collect.templates.masking import PRINTS
from ossay.collect.templates.reading import Page
from ossay.collect.templates.rules import fails_unless
from ossay.model.accessibility import Verdict


def check_link(page: Page, link: Element) -> None:
    """Ask a link for its text, and whether that says where it leads."""
    if not link.has("href") or link.is_hidden or link.names_itself():
        return
    if link.content is Content.NAMED:
        _check_words(page, link)
        return
    _report(page, "link-name", link)


def check_button(page: Page, button: Element) -> None:
    """Ask a button for its name."""
    if button.is_hidden or button.names_itself() or button.content is Content.NAMED:
        return
    _report(page, "button-name", button)


def check_input(page: Page, field: Element) -> None:
    """Ask a field that is a button for its name."""
    if field.text("type").lower() != "button" or field.is_hidden:
        return
    if not field.may_say("value") and not field.names_itself():
        is_unsure = field.is_open or field.is_directed or field.has("id")
        page.report("button-name", field.at, fails_unless(is_unsure))


def _report(page: Page, rule: str, element: Element) -> None:
    is_unsure = (
        element.content is Content.UNKNOWN
        or element.may_be_filled()
        or element.label is not None
    )
    page.report(rule, element.at, fails_unless(is_unsure))


def _check_words(page: Page, link: Element) -> None:
    words = " ".join(" ".join(link.words).split())
    if PRINTS not in words and _bare(words) in VAGUE:
        page.report("link-text", link.at, Verdict.MAYBE, words)


def _bare(words: str) -> str:
    return _ENDS.sub("", words.casefold())


_ENDS = re.compile(r"^[\W_]+|[\W_]+$|&\w+;")

VAGUE = frozenset(
    """
    click here|here|click|more|read more|learn more|more info|more information|details
    |link|this|this link|continue reading|see more|view more|download here|go|continue
    |cliquez ici|ici|lire la suite|en savoir plus|plus|voir plus|plus d'informations
    |haga clic aquí|haga click aquí|clic aquí|click aquí|aquí|leer más|ver más|más
    |más información|saber más
    |clique aqui|aqui|leia mais|saiba mais|ver mais|mais|mais informações
    |hier klicken|klicken sie hier|klick hier|hier|mehr|weiterlesen|mehr erfahren
    |mehr lesen|weitere informationen|mehr informationen
    |clicca qui|cliccare qui|qui|leggi tutto|scopri di più|altro|maggiori informazioni
    |klik hier|lees meer|meer|meer informatie|klik di sini|di sini|selengkapnya
    |bofya hapa|hapa|soma zaidi|kliknij tutaj|tutaj|więcej|czytaj więcej
    |нажмите здесь|здесь|подробнее|далее|читать далее|тут|тисніть тут|детальніше
    |اضغط هنا|انقر هنا|هنا|المزيد|اقرأ المزيد|点击这里|这里|点击此处|更多|了解更多
    |ここをクリック|こちら|詳細|もっと見る|여기|더보기|यहाँ क्लिक करें|यहां क्लिक करें|यहाँ|और पढ़ें
    |klicka här|här|läs mer|klikk her|her|les mer|klik her|læs mere|täältä|lue lisää
    |buraya tıklayın|buraya|devamı|daha fazla|nhấp vào đây|tại đây|xem thêm
    """.replace("\n    ", "")
    .strip()
    .split("|")
)
"""Texts of links that say nothing of where they lead."""

ENDED = {"a": check_link, "button": check_button, "input": check_input}
