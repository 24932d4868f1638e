# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Is there a security policy, and does it say where to report a vulnerability?"""

import re
import unicodedata
from collections.abc import Iterator

from ossay.collect.security.contact import Verdict, contact_in
from ossay.collect.security.places import DOCUMENT_FOLDERS, FORGE_FOLDERS, View
from ossay.model.evidence import Answered, Combine, Fact, Item, Observation
from ossay.model.tree import BlobUnreadable

POLICY = Fact(
    name="security.policy",
    kind=bool,
    asks="Does the repository hold a security policy?",
    combine=Combine.ANY,
)
POLICY_CONTACT = Fact(
    name="security.policy_contact",
    kind=bool,
    asks="Does the security policy say where to report a vulnerability?",
    combine=Combine.ANY,
)

FOLDERS = ("", *FORGE_FOLDERS, *DOCUMENT_FOLDERS, ".well-known")


def answers(view: View) -> Iterator[Answered]:
    """
    Answer from the files that are named like a policy, in `FOLDERS`.

    A part of a repository may have its own policy, or share that of the whole.
    """

    def is_wanted(path: str) -> bool:
        return is_policy(path) or is_policy(view.within(path))

    there = view.presence(POLICY, is_wanted, FOLDERS)
    yield there
    if not isinstance(there, Observation):
        yield POLICY_CONTACT.unknown("it is not known whether there is a policy")
    elif there.value is False:
        yield POLICY_CONTACT.inapplicable("the repository holds no security policy")
    else:
        yield _contact(view, view.matching(is_wanted))


def is_policy(path: str) -> bool:
    """Tell whether *path* is named and placed like a security policy."""
    folder, _, name = path.casefold().rpartition("/")
    if folder not in FOLDERS and not folder.endswith("/.well-known"):
        return False
    named = _NAMED.fullmatch(name)
    if named is None:
        return False
    stem = _plain(re.sub(r"[-_ .]+", " ", named["stem"]))
    if named["extension"] in {".yml", ".yaml"}:
        return stem == "security insights"
    return stem in NAMES


def _contact(view: View, policies: list[str]) -> Answered:
    """Say where the first policy with a contact names it; a doubt leaves it open."""
    unclear = []
    for path in policies:
        try:
            content = view.tree.read(path)
        except BlobUnreadable as error:
            unclear.append(Item(subject=path, note=str(error)))
            continue
        seen = contact_in(content.decode("utf-8-sig", errors="replace"))
        if seen.verdict is Verdict.NAMED:
            item = Item(subject=path, note=seen.note, line=seen.line)
            return POLICY_CONTACT.found(True, [item])
        if seen.verdict is Verdict.UNCLEAR:
            unclear.append(Item(subject=path, note=seen.note))
    if unclear:
        why = "the security policy could not be judged"
        return POLICY_CONTACT.unknown(f"{why}: {unclear[0].note}", unclear)
    return POLICY_CONTACT.found(False, (Item(subject=p) for p in policies))


def _plain(text: str) -> str:
    """Return *text* without accents, as file names often go without them."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).strip()


_NAMED = re.compile(
    r"(?P<stem>[^/]{1,80}?)"
    r"(?:(?:[-_.](?:[a-z]{2}|[a-z]{2}[-_](?:[a-z]{2}|hans|hant)))?"
    r"(?P<extension>\.(?:md|markdown|mdown|rst|txt|adoc|asciidoc|org|html?|ya?ml)))?"
)
"""A stem, perhaps a language ("SECURITY.zh-CN.md"), and what documents end in."""

NAMES = frozenset(
    _plain(name)
    for name in (
        "security", "security policy", "security contact", "security contacts",
        "security disclosure", "security reporting", "reporting security issues",
        "reporting vulnerabilities", "reporting a vulnerability",
        "responsible disclosure", "vulnerability disclosure",
        "vulnerability disclosure policy", "vuln disclosure policy", "vulnerabilities",
        "seguridad", "política de seguridad",
        "segurança", "política de segurança",
        "sécurité", "politique de sécurité",
        "sicherheit", "sicherheitsrichtlinie", "sicherheitsrichtlinien",
        "sicurezza", "politica di sicurezza",
        "beveiliging", "beveiligingsbeleid", "veiligheid",
        "bezpieczeństwo", "polityka bezpieczeństwa",
        "bezpečnost", "bezpečnostní politika",
        "säkerhet", "säkerhetspolicy", "sikkerhed", "sikkerhet", "tietoturva",
        "securitate", "biztonság", "seguretat",
        "güvenlik", "güvenlik politikası",
        "безопасность", "политика безопасности", "безпека", "політика безпеки",
        "ασφάλεια", "πολιτική ασφάλειας",
        "الأمان", "أمان", "الأمن", "سياسة الأمان", "سياسة الأمن",
        "امنیت", "سیاست امنیتی", "אבטחה", "מדיניות אבטחה",
        "सुरक्षा", "सुरक्षा नीति", "নিরাপত্তা", "ความปลอดภัย",
        "keamanan", "kebijakan keamanan", "bảo mật", "chính sách bảo mật",
        "usalama", "sera ya usalama",
        "安全", "安全策略", "安全政策", "安全說明", "安全说明",
        "セキュリティ", "セキュリティポリシー", "보안", "보안 정책",
    )
)  # fmt: skip
"""How a policy is named, in 27 languages."""
