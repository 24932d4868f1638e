# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Does a text say where to report a vulnerability? No address is ever repeated."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from ossay.collect._writing import writings

MOST_CHARACTERS = 100_000
"""What is read of a text: far more than a policy that people read."""

FEW_LETTERS = 20
"""A text with fewer letters says nothing, in any language."""

NEAR = 4
"""Lines with text over which a call to report reaches an address or a link."""

SHORT = 400
"""Characters up to which a policy that holds a link is taken to point there."""


class Verdict(Enum):
    """What is known about the contact."""

    NAMED = "named"
    NOT_NAMED = "not named"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """
    What was seen of a contact.

    Attributes:
        note: Of what kind it is, or why nothing can be told.
        line: Where it stands, counted from 1; 0 where there is none.
    """

    verdict: Verdict
    note: str = ""
    line: int = 0


def contact_in(text: str) -> Seen:
    """
    Return the first contact in *text*, or whether one can be ruled out.

    An address or a link counts where the text speaks of vulnerabilities and it
    follows a call to report. In a language without words here, silence proves
    nothing.
    """
    lines = text[:MOST_CHARACTERS].casefold().splitlines()
    lines = ["" if _NOT_MEANT.search(line) else line for line in lines]
    whole = "\n".join(lines)
    is_short = len(whole) <= SHORT
    speaks_of_it = _VULNERABILITY.search(whole) is not None
    reach = 0
    for number, line in enumerate(lines, start=1):
        if speaks_of_it and (_REPORT.search(line) or _VULNERABILITY.search(line)):
            reach = NEAR + 1
        if note := _kind(line, is_called=reach > 0 or is_short):
            return Seen(verdict=Verdict.NAMED, note=note, line=number)
        reach -= bool(line.strip())
    return _silence(whole, speaks_of_it=speaks_of_it)


def _kind(line: str, *, is_called: bool) -> str:
    """Return what kind of contact a line in lower case holds, or ""."""
    if _FIELD.match(line):
        return "a contact as RFC 9116 writes it"
    if _PLATFORM.search(line):
        return "a form for confidential reports"
    if not is_called:
        return ""
    if _MAIL.search(line) or _SPELT_OUT.search(line):
        return "a mail address"
    if _CONFIDENTIAL.search(line):
        return "confidential reports on the forge"
    if any(not _PUBLIC.search(link) for link in _LINK.findall(line)):
        return "a link"
    return ""


def _silence(text: str, *, speaks_of_it: bool) -> Seen:
    letters = sum(c.isalpha() for c in text)
    unknown = [w for w in writings(text) if w.language not in LANGUAGES]
    if speaks_of_it or letters < FEW_LETTERS or not unknown:
        return Seen(verdict=Verdict.NOT_NAMED)
    note = f"ossay has no words for {unknown[0]}, in which it is written"
    return Seen(verdict=Verdict.UNCLEAR, note=note)


_FIELD = re.compile(r"contact:[ \t]{0,9}(?:mailto|https|tel):")

# Each search starts at a character that is rare in prose and looks at a bounded
# stretch from there, so that a hostile line costs no more than its length.
_MAIL = re.compile(r"(?<=[\w.+-])@(?:[\w-]{1,63}\.){1,6}[^\W\d_]{2,24}(?![\w-])")
_SPELT_OUT = re.compile(
    r"\w ?[\[({<] ?(?:at|ät|arroba|chez|arobase) ?[\])}>]|"
    r"\w at [\w-]{1,40}(?: dot [\w-]{1,40}){1,4}"
)
_LINK = re.compile(r"https?://[^\s<>\"')\]]{1,300}")
_PUBLIC = re.compile(
    r"/issues(?:/new)?/?(?:[?#].*)?$|cve\.org|nvd\.nist\.gov|shields\.io|keepachangelog|"
    r"semver\.org|img\.|\.(?:png|svg|jpe?g)$"
)
"""Links that are no place for a report in confidence."""
_PLATFORM = re.compile(
    r"/security/advisories/new|/-/issues/new\?[^ ]{0,80}confidential|hackerone\.com/|"
    r"bugcrowd\.com/|intigriti\.com/|yeswehack\.com/|huntr\.(?:dev|com)/|"
    r"tidelift\.com/(?:docs/)?security|zerocopter\.com|openbugbounty\.org"
)
_NOT_MEANT = re.compile(
    "use this section to tell people|copyright|©|spdx-|sales@|marketing@"
)
"""Lines with an address of another kind, and a forge's draft nobody filled in."""


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(w) for w in words))


_VULNERABILITY = _any_of(
    (
        "vulnerab", "security issue", "security bug", "security problem",
        "security concern", "security flaw", "security hole", "security report",
        "security incident", "security disclosure", "security finding", "exploit",
        "problema de seguridad", "problemas de seguridad", "fallo de seguridad",
        "fallos de seguridad", "incidente de seguridad",
        "problema de segurança", "problemas de segurança", "falha de segurança",
        "falhas de segurança",
        "vulnérab", "faille", "problème de sécurité", "problèmes de sécurité",
        "schwachstelle", "sicherheitslücke", "sicherheitsproblem", "verwundbarkeit",
        "falla di sicurezza", "falle di sicurezza", "problema di sicurezza",
        "problemi di sicurezza", "kwetsbaarhe", "beveiligingslek",
        "beveiligingsproble", "podatnoś", "luki w zabezp", "lukę w zabezp",
        "zranitelnost", "sårbarhet", "sårbarhed", "haavoittuv", "sebezhetőség",
        "sérülékenység", "güvenlik açı", "zafiyet", "уязвимост", "вразливіст",
        "уразливіст", "ευπάθει", "ثغر", "آسیب‌پذیر", "آسیب پذیر", "פגיעו", "פרצת אבטחה",
        "भेद्यता", "कमज़ोर", "कमजोर", "kerentanan", "celah keamanan", "lỗ hổng",
        "udhaifu", "tatizo la usalama", "matatizo ya usalama",
        "漏洞", "安全问题", "安全問題", "脆弱性", "セキュリティ上の問題",
        "セキュリティの問題", "취약점", "보안 문제",
    )
)  # fmt: skip
_REPORT = _any_of(
    (
        "report", "disclos", "submit", "contact", "e-mail", "email", "notify",
        "let us know", "get in touch", "reach out", "informar", "informe", "comunic",
        "notific", "contáct", "relatar", "relate", "avise", "signal", "contacte",
        "remont", "melden", "meldung", "meldet", "mitteil", "kontakt", "segnal",
        "contatt", "meld", "zgłos", "zgłas", "zgłoś", "nahlas", "nahláš", "rapport",
        "anmäl", "ilmoit", "jelent", "bildir", "raporla", "сообщ", "связ", "повідом",
        "зв'яж", "αναφ", "επικοινων", "إبلاغ", "أبلغ", "ابلاغ", "تبليغ", "اتصل",
        "تواصل", "گزارش", "تماس", "דיווח", "דווח", "רिपोर्ट", "रिपोर्ट", "सूचित", "संपर्क",
        "lapor", "hubungi", "báo cáo", "liên hệ", "ripoti", "wasilian", "报告", "報告",
        "上报", "反馈", "反饋", "提交", "联系", "聯繫", "連絡", "신고", "제보", "보고",
        "연락",
    )
)  # fmt: skip
_CONFIDENTIAL = _any_of(
    (
        "privately report", "private vulnerability report", "report a vulnerability\"",
        "report a vulnerability”", "report a vulnerability*", "report a vulnerability_",
        "report a vulnerability`", "report a vulnerability'", "security advisory",
        "security advisories", "security tab", "confidential issue",
        "aviso de seguridad", "asesoramiento de seguridad", "aviso de segurança",
        "avis de sécurité", "sicherheitshinweis", "avviso di sicurezza",
        "beveiligingsadvies", "porad bezpieczeństwa", "säkerhetsråd",
        "рекомендаци", "استشارة أمنية", "تنبيه أمني", "安全公告", "安全建议",
        "セキュリティアドバイザリ", "セキュリティ アドバイザリ", "보안 권고",
    )
)  # fmt: skip

LANGUAGES = frozenset(
    {"ar", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hu", "id",
     "it", "ja", "ko", "nb", "nl", "pl", "pt", "ru", "sv", "sw", "tr", "uk", "vi", "zh"}
)  # fmt: skip
"""Languages in which a text without any of these words names no contact."""
