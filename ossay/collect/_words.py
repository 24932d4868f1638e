# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What files and headings are called in many languages; one place for everybody."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import PurePosixPath

Table = Mapping[str, str]
"""
Phrases by language (BCP 47), separated by `|`.

A phrase is met as whole words anywhere in a name, `word*` by any word that begins
so, `=phrase` only by the whole name. Case, accents, camel case and what separates
words make no difference. In scripts that write no spaces a phrase is met anywhere.
"""


class Topic(StrEnum):
    """What a file or a section of a README is about."""

    README = "readme"
    INSTALL = "install"
    USAGE = "usage"
    CONTRIBUTING = "contributing"
    CONDUCT = "conduct"
    CHANGES = "changes"
    GOVERNANCE = "governance"
    DOCUMENTATION = "documentation"
    ACCESSIBILITY_STATEMENT = "accessibility statement"


NAMES: Mapping[Topic, Table] = {
    Topic.README: {
        "en": "=readme|=read me",
        "fr": "=lisezmoi|=lisez moi",
        "es": "=leeme|=lee me|=leame",
        "pt": "=leiame|=leia me",
        "de": "=liesmich|=lies mich",
        "it": "=leggimi",
        "nl": "=leesmij|=lees mij",
        "pl": "=czytajto|=przeczytajto|=przeczytaj mnie",
        "ru": "=прочтименя|=прочти меня|=прочти|=читайменя",
        "uk": "=прочитайменя|=прочитай мене|=прочитай",
        "ar": "=اقرأني|=اقرأ",
        "zh": "=读我|=讀我|=自述|=自述文件|=说明文件",
        "ja": "=読んでください|=お読みください|=はじめにお読みください",
        "ko": "=읽어보세요|=읽어주세요|=읽어보기|=리드미",
        "hi": "=मुझे पढ़ें|=मुझेपढ़ें",
        "id": "=bacasaya|=baca saya",
        "tr": "=benioku|=beni oku",
        "sw": "=nisome",
        "cs": "=ctimne|=cti mne|=prectimne",
        "da": "=læsmig|=laesmig",
        "el": "=διαβασεμε",
        "fa": "=مرا بخوان|=بخوانید",
        "fi": "=lueminut",
        "hu": "=olvassel|=olvass el",
        "nb": "=lesmeg|=les meg",
        "ro": "=citestema|=citeste ma",
        "sv": "=läsmig|=läs mig",
        "vi": "=doctoi",
    },
    Topic.INSTALL: {
        "en": "install|installation*|installing*|=setup|set up|getting started|"
        "quickstart|quick start|=deploy|deployment|deploying|=building|"
        "building from source|self hosting|hosting guide",
        "fr": "=installer|installer le|installer la|installer sur|demarrage|"
        "=deploiement|deployer",
        "es": "instalacion|instalar|despliegue|puesta en marcha|inicio rapido",
        "pt": "instalacao|instalando|implantacao|=implementacao|inicio rapido",
        "de": "installations*|einrichtung|inbetriebnahme|schnellstart|"
        "installationsanleitung",
        "it": "installazione|installare|=messa in opera",
        "nl": "installatie*|installeren",
        "pl": "instalacja|instalacji|wdrozenie",
        "ru": "установка|установке|развертывание|развёртывание|быстрый старт",
        "uk": "встановлення|розгортання|швидкий старт",
        "ar": "التثبيت|تثبيت|التنصيب|البدء السريع",
        "zh": "安装|安裝|部署|快速开始|快速上手|快速開始|环境搭建",
        "ja": "インストール|セットアップ|導入手順|構築手順|環境構築|デプロイ",
        "ko": "설치|시작하기|배포",
        "hi": "स्थापना|इंस्टॉल*|संस्थापन",
        "id": "instalasi|pemasangan|memasang|cara pasang",
        "tr": "kurulum*|yukleme",
        "sw": "usakinishaji|kusakinisha|usanidi",
        "cs": "instalace|nasazeni",
        "fa": "نصب|راه اندازی",
        "fi": "asennus*|kayttoonotto",
        "hu": "telepites*",
        "nb": "installasjon*",
        "ro": "instalare*",
        "sv": "driftsattning",
        "th": "ติดตั้ง",
        "vi": "cai đat",
    },
    Topic.USAGE: {
        "en": "user guide|users guide|user manual|user documentation|userguide|=usage|"
        "=using|=manual|=handbook|how to use|tutorial*|=guide|"
        "getting started guide|admin guide|administrator guide|=walkthrough",
        "fr": "guide utilisateur|guide de l utilisateur|manuel*|mode d emploi|"
        "=utilisation|guide d utilisation|tutoriel*",
        "es": "manual de usuario|manual del usuario|guia de usuario|guia del usuario|"
        "=uso|guia de uso|como usar|tutoriales",
        "pt": "manual do usuario|manual do utilizador|guia do usuario|"
        "guia do utilizador|=uso|como usar|=utilizacao|tutoriais",
        "de": "benutzerhandbuch|anwenderhandbuch|handbuch|bedienungsanleitung|"
        "benutzeranleitung|=anleitung|=nutzung|=verwendung|=benutzung|nutzerhandbuch",
        "it": "manuale*|guida utente|guida all uso|guida dell utente|=utilizzo",
        "nl": "gebruikershandleiding|handleiding*|=gebruik",
        "pl": "podrecznik*|instrukcja*|=uzytkowanie|=uzycie|przewodnik uzytkownika",
        "ru": "руководство пользователя|руководство|=использование|инструкция*|"
        "справка пользователя",
        "uk": "посібник користувача|посібник*|=використання|інструкція*|"
        "керівництво користувача",
        "ar": "دليل المستخدم|دليل الاستخدام|=الاستخدام|طريقة الاستخدام",
        "zh": "用户手册|使用手册|使用说明|使用指南|用户指南|操作手册|使用教程|=手册|"
        "使用者手冊|使用說明",
        "ja": "ユーザーガイド|ユーザガイド|ユーザーマニュアル|使い方|マニュアル|"
        "利用方法|取扱説明書|利用ガイド|利用手順",
        "ko": "사용자 가이드|사용법|사용 설명서|매뉴얼|사용 방법|이용 안내|사용설명서",
        "hi": "उपयोगकर्ता मार्गदर्शिका|=उपयोग|उपयोगकर्ता पुस्तिका",
        "id": "panduan pengguna|panduan penggunaan|buku panduan|=penggunaan|"
        "petunjuk penggunaan|cara penggunaan",
        "tr": "kullanim kilavuzu|kullanici kilavuzu|=kullanim|nasil kullanilir",
        "sw": "mwongozo wa mtumiaji|=matumizi|jinsi ya kutumia",
        "cs": "uzivatelska prirucka|=pouziti|navod*",
        "fa": "راهنمای کاربر|راهنمای استفاده|=استفاده",
        "fi": "kayttoohje*|kayttoopas|=kaytto",
        "hu": "felhasznaloi kezikonyv|hasznalati utmutato|=hasznalat",
        "nb": "brukerveiledning|brukerhandbok|=bruk",
        "ro": "ghid de utilizare|manual de utilizare|=utilizare",
        "sv": "anvandarhandbok|anvandarguide|=anvandning",
        "th": "คู่มือ|วิธีใช้",
        "vi": "huong dan su dung|=su dung",
    },
    Topic.CONTRIBUTING: {
        "en": "contributing*|=contribute|=contribution|contribution guide|"
        "contribution guidelines|contributor guide|contributors guide|=hacking|"
        "how to contribute|developer guidelines",
        "fr": "contribuer|guide de contribution|=contributions",
        "es": "contribuir|contribuyendo|guia de contribucion|=contribuciones|"
        "=contribucion|como contribuir|como colaborar",
        "pt": "contribuindo|=contribuir|guia de contribuicao|como contribuir|"
        "=contribuicao|=contribuicoes",
        "de": "mitwirken|mitmachen|=beitragen|beitragsrichtlinien|mitarbeit",
        "it": "contribuire|guida alla contribuzione|=contribuzione",
        "nl": "bijdragen|=bijdrage",
        "pl": "wspołtworzenie|jak pomoc|=wspolpraca|=wklad|jak wspoltworzyc",
        "ru": "как внести вклад|=участие|=вклад|руководство для участников|"
        "участие в разработке|участие в проекте",
        "uk": "як зробити внесок|=внесок|=участь|участь у розробці|участь у проєкті",
        "ar": "المساهمة|دليل المساهمة|كيفية المساهمة",
        "zh": "贡献|貢獻|参与开发|参与项目|如何参与",
        "ja": "コントリビュート|コントリビューション|貢献|開発への参加|"
        "コントリビューター",
        "ko": "기여",
        "hi": "योगदान",
        "id": "kontribusi|berkontribusi",
        "tr": "katki*",
        "sw": "kuchangia|=mchango|jinsi ya kuchangia",
        "cs": "prispivani|jak prispet",
        "fa": "مشارکت",
        "fi": "osallistuminen|osallistu",
        "hu": "kozremukodes|hozzajarulas",
        "nb": "bidra|=bidrag",
        "ro": "contributie|cum contribui",
        "sv": "bidra|=bidrag|medverka",
        "th": "การมีส่วนร่วม",
        "vi": "đong gop",
    },
    Topic.CONDUCT: {
        "en": "code of conduct|codeofconduct|conduct|community guidelines",
        "fr": "code de conduite",
        "es": "codigo de conducta|normas de conducta",
        "pt": "codigo de conduta",
        "de": "verhaltenskodex|verhaltensregeln|verhaltensrichtlinien",
        "it": "codice di condotta",
        "nl": "gedragscode|gedragsregels",
        "pl": "kodeks postepowania|zasady postepowania",
        "ru": "кодекс поведения|нормы поведения|правила поведения",
        "uk": "кодекс поведінки|правила поведінки",
        "ar": "قواعد السلوك|مدونة السلوك|ميثاق السلوك|مدونة قواعد السلوك",
        "zh": "行为准则|行為準則|行为守则",
        "ja": "行動規範|行動指針|行動綱領",
        "ko": "행동 강령|행동강령|행동 규범",
        "hi": "आचार संहिता",
        "id": "kode etik|pedoman perilaku|kode perilaku",
        "tr": "davranis kurallari|davranis ilkeleri",
        "sw": "kanuni za maadili|maadili ya jumuiya|kanuni za mwenendo",
        "cs": "kodex chovani",
        "fa": "آیین نامه رفتاری|منشور رفتاری",
        "fi": "kaytossaannot|toimintaohjeet",
        "hu": "magatartasi kodex",
        "nb": "etiske retningslinjer",
        "ro": "cod de conduita",
        "sv": "uppforandekod",
        "th": "จรรยาบรรณ",
        "vi": "quy tac ung xu",
    },
    Topic.CHANGES: {
        "en": "changelog*|change log|=changes|=history|=news|release notes|"
        "releasenotes|release note|=releases|whats new|what s new|version history",
        "fr": "journal des modifications|notes de version|=historique|"
        "journal des changements|=nouveautes",
        "es": "registro de cambios|historial de cambios|notas de la version|"
        "notas de version|=cambios|=novedades|historial de versiones",
        "pt": "registro de alteracoes|registo de alteracoes|notas de versao|"
        "notas de lancamento|=mudancas|=alteracoes|=historico|=novidades",
        "de": "anderungsprotokoll|anderungshistorie|versionshinweise|=anderungen|"
        "anderungsverlauf|=neuerungen|=aenderungen",
        "it": "registro delle modifiche|note di rilascio|=modifiche|=novita",
        "nl": "wijzigingslogboek|=wijzigingen|versiegeschiedenis|uitgavenotities",
        "pl": "dziennik zmian|lista zmian|historia zmian|=zmiany|rejestr zmian",
        "ru": "журнал изменений|список изменений|история изменений|=изменения|"
        "история версий|что нового",
        "uk": "журнал змін|історія змін|список змін|=зміни|історія версій",
        "ar": "سجل التغييرات|ملاحظات الإصدار|=التغييرات",
        "zh": "更新日志|变更日志|更新记录|版本历史|更新历史|变更记录|更新日誌|"
        "版本说明|发布说明",
        "ja": "変更履歴|更新履歴|リリースノート|変更点",
        "ko": "변경 이력|변경 로그|변경 사항|릴리스 노트|변경이력|업데이트 내역",
        "hi": "परिवर्तन लॉग|परिवर्तन सूची|=बदलाव|रिलीज़ नोट",
        "id": "catatan perubahan|catatan rilis|=perubahan|riwayat perubahan",
        "tr": "degisiklik gunlugu|=degisiklikler|surum notlari|surum gecmisi",
        "sw": "kumbukumbu ya mabadiliko|=mabadiliko|historia ya mabadiliko",
        "cs": "seznam zmen|=zmeny|historie zmen",
        "fa": "تغییرات",
        "fi": "muutosloki|=muutokset|muutoshistoria",
        "hu": "valtozasnaplo|=valtozasok",
        "nb": "endringslogg|=endringer",
        "ro": "jurnal de modificari|=modificari",
        "sv": "andringslogg|=andringar",
        "th": "บันทึกการเปลี่ยนแปลง",
        "vi": "nhat ky thay đoi|lich su thay đoi",
    },
    Topic.GOVERNANCE: {
        "en": "governance|=maintainers|=maintainer|=owners|=stewards|stewardship|"
        "=charter|project charter|steering committee|technical charter",
        "fr": "gouvernance|=mainteneurs|comite de pilotage",
        "es": "gobernanza|=mantenedores|comite directivo",
        "pt": "governanca|=mantenedores|comite gestor",
        "de": "projektleitung|=betreuer|=verantwortliche|lenkungsausschuss",
        "it": "=manutentori|comitato direttivo",
        "nl": "=beheerders|projectbestuur|stuurgroep",
        "pl": "zarzadzanie projektem|=opiekunowie|komitet sterujacy",
        "ru": "управление проектом|=сопровождающие|=мейнтейнеры",
        "uk": "управління проєктом|=супровідники|=мейнтейнери",
        "ar": "الحوكمة|=المشرفون|حوكمة المشروع",
        "zh": "治理|=维护者|=維護者|维护人员",
        "ja": "ガバナンス|=メンテナー|=メンテナ|運営体制",
        "ko": "거버넌스|=메인테이너|=유지 관리자|=관리자",
        "hi": "=शासन|=अनुरक्षक|संचालन",
        "id": "tata kelola|=pengelola",
        "tr": "yonetisim|=bakimcilar|proje yonetimi",
        "sw": "utawala|=wasimamizi",
        "fi": "hallintomalli|=yllapitajat",
        "sv": "styrning|=underhallare|forvaltning",
    },
    Topic.DOCUMENTATION: {
        "en": "documentation|=docs|=doc|=documents|=document|=manuals|=guides",
        "fr": "=la documentation",
        "es": "documentacion",
        "pt": "documentacao",
        "de": "dokumentation|=doku",
        "it": "documentazione",
        "nl": "documentatie",
        "pl": "dokumentacja",
        "ru": "документация|=документы",
        "uk": "документація",
        "ar": "التوثيق|الوثائق|توثيق",
        "zh": "文档|文檔|文件说明",
        "ja": "ドキュメント|文書",
        "ko": "문서",
        "hi": "दस्तावेज़*|प्रलेखन",
        "id": "dokumentasi",
        "tr": "dokumantasyon|belgeler",
        "sw": "nyaraka",
        "fa": "مستندات",
    },
    Topic.ACCESSIBILITY_STATEMENT: {
        "en": "accessibility statement|accessibilitystatement|=accessibility|"
        "statement on accessibility|accessibility declaration|accessibility notice",
        "fr": "declaration accessibilite|declaration d accessibilite|"
        "declaration de conformite rgaa|=accessibilite",
        "es": "declaracion de accesibilidad|declaracion accesibilidad|=accesibilidad",
        "pt": "declaracao de acessibilidade|=acessibilidade",
        "de": "erklarung zur barrierefreiheit|barrierefreiheitserklarung|"
        "erklaerung zur barrierefreiheit|=barrierefreiheit",
        "it": "dichiarazione di accessibilita|dichiarazione accessibilita|"
        "=accessibilita",
        "nl": "toegankelijkheidsverklaring|=toegankelijkheid",
        "pl": "deklaracja dostepnosci|=dostepnosc",
        "ru": "заявление о доступности|=доступность",
        "uk": "заява про доступність|=доступність|=безбарєрність",
        "ar": "بيان إمكانية الوصول|بيان سهولة الوصول|=إمكانية الوصول",
        "zh": "无障碍声明|無障礙聲明|无障碍说明|=无障碍",
        "ja": "アクセシビリティ方針|アクセシビリティステートメント|"
        "ウェブアクセシビリティ方針|=アクセシビリティ",
        "ko": "접근성 성명|접근성 선언|웹 접근성 정책|=접근성",
        "hi": "अभिगम्यता विवरण|सुगम्यता विवरण|=सुगम्यता",
        "id": "pernyataan aksesibilitas|=aksesibilitas",
        "tr": "erisilebilirlik beyani|erisilebilirlik bildirimi|=erisilebilirlik",
        "sw": "taarifa ya ufikivu|=ufikivu",
        "bg": "декларация за достъпност",
        "ca": "declaracio d accessibilitat|=accessibilitat",
        "cs": "prohlaseni o pristupnosti|=pristupnost",
        "da": "tilgængelighedserklæring",
        "el": "δηλωση προσβασιμοτητας",
        "et": "ligipaasetavuse teatis",
        "fi": "saavutettavuusseloste",
        "ga": "raiteas inrochtaineachta",
        "he": "הצהרת נגישות",
        "hr": "izjava o pristupacnosti",
        "hu": "akadalymentesitesi nyilatkozat|akadalymentessegi nyilatkozat",
        "lt": "prieinamumo pareiskimas",
        "lv": "piekļustamibas pazinojums",
        "nb": "tilgjengelighetserklæring",
        "ro": "declaratie de accesibilitate|declaratia de accesibilitate",
        "sk": "vyhlasenie o pristupnosti",
        "sl": "izjava o dostopnosti",
        "sv": "tillganglighetsredogorelse",
    },
}
"""Names of files and folders, without what follows the last dot."""

HEADINGS: Mapping[Topic, Table] = {
    Topic.INSTALL: {
        "en": "install|installs|installation*|installing*|setup|set up|setting up|"
        "getting started|get started|quickstart|quick start|deploy|deployment|"
        "deploying|=build|=building|build process|build instructions|"
        "build from source|building from source|compiling|compilation|how to run|"
        "running locally|run locally|self hosting|=docker|docker image|docker images|"
        "docker compose",
        "fr": "installer|installons|demarrage|demarrer|deploiement|deployer|lancer|"
        "mise en place|mise en route",
        "es": "instalacion|instalar|instalando|despliegue|puesta en marcha|"
        "inicio rapido|como empezar|primeros pasos|ejecucion",
        "pt": "instalacao|instalar|instalando|implantacao|inicio rapido|como executar|"
        "como rodar|como instalar|executando|primeiros passos",
        "de": "installations*|installieren|einrichtung|einrichten|inbetriebnahme|"
        "schnellstart|erste schritte|aufsetzen|bereitstellung",
        "it": "installazione|installare|avvio rapido|primi passi|come iniziare|"
        "messa in opera",
        "nl": "installatie*|installeren|aan de slag|opzetten|snel starten",
        "pl": "instalacja|instalacji|instalowanie|wdrozenie|uruchomienie|uruchamianie|"
        "szybki start|pierwsze kroki",
        "ru": "установк*|развертывани*|развёртывани*|быстрый старт|начало работы|"
        "запуск|сборка|компиляци*",
        "uk": "встановленн*|розгортанн*|швидкий старт|початок роботи|запуск|збірка",
        "ar": "التثبيت|تثبيت|التنصيب|البدء السريع|بدء الاستخدام|التشغيل|التركيب|"
        "تجهيز البيئة|إعداد البيئة|الإعداد",
        "zh": "安装|安裝|部署|快速开始|快速上手|快速開始|环境搭建|快速启动|搭建步骤|"
        "启动|编译",
        "ja": "インストール|セットアップ|導入|構築手順|環境構築|デプロイ|はじめ方|"
        "始め方|起動|ビルド|クイックスタート",
        "ko": "설치|시작하기|배포|빠른 시작|실행 방법|빌드",
        "hi": "स्थापना|इंस्टॉल*|संस्थापन|आरंभ करें|शुरू करें|कैसे चलाएं",
        "id": "instalasi|pemasangan|memasang|memulai|mulai cepat|cara menjalankan|"
        "menjalankan|penyebaran",
        "tr": "kurulum*|yukleme|baslarken|hizli baslangic|calistirma",
        "sw": "usakinishaji|kusakinisha|usanidi|kuanza|jinsi ya kuendesha",
    },
    Topic.USAGE: {
        "en": "usage|=using|using the|how to use|how can i use|user guide|users guide|"
        "user manual|=manual|manuals|=tutorial|tutorials|handbook|=documentation|"
        "and documentation|official documentation|user documentation|read the docs|"
        "=docs|=examples|=example|=guide|=guides|basic use|quick tour|=commands",
        "fr": "utilisation|utiliser|mode d emploi|guide utilisateur|manuel|manuels|"
        "guide d utilisation|exemples|tutoriel*",
        "es": "uso|utilizacion|como usar|como se usa|manual|manuales|guia de usuario|"
        "guia del usuario|documentacion|ejemplos|tutoriales|como funciona",
        "pt": "uso|utilizacao|como usar|como utilizar|manual|manuais|guia do usuario|"
        "documentacao|exemplos|tutoriais|como funciona",
        "de": "nutzung|verwendung|benutzung|anwendung|bedienung|anleitung*|"
        "benutzerhandbuch|handbuch|dokumentation|beispiele|gebrauch",
        "it": "utilizzo|uso|come usare|come si usa|manuale*|guida*|documentazione|"
        "esempi",
        "nl": "gebruik|gebruiken|handleiding*|documentatie|voorbeelden",
        "pl": "uzycie|uzytkowanie|jak uzywac|podrecznik*|instrukcja*|dokumentacja|"
        "przyklady|korzystanie",
        "ru": "использовани*|применение|как пользоваться|руководств*|инструкция*|"
        "документация|примеры|работа с программой",
        "uk": "використанн*|застосування|як користуватися|посібник*|інструкція*|"
        "документація|приклади",
        "ar": "الاستخدام|طريقة الاستخدام|كيفية الاستخدام|دليل المستخدم|التوثيق|"
        "الوثائق|أمثلة|امثلة",
        "zh": "使用|用法|用户手册|操作手册|教程|文档|文檔|示例|手册|使用者手冊",
        "ja": "使い方|使用方法|利用方法|ユーザーガイド|マニュアル|ドキュメント|"
        "チュートリアル|使用例|利用手順|操作方法",
        "ko": "사용법|사용 방법|사용방법|사용자 가이드|매뉴얼|문서|예제|이용 방법|"
        "튜토리얼",
        "hi": "उपयोग*|कैसे उपयोग करें|मार्गदर्शिका|दस्तावेज़*|उदाहरण",
        "id": "penggunaan|cara penggunaan|cara menggunakan|panduan*|dokumentasi|contoh",
        "tr": "kullanim*|nasil kullanilir|kilavuz*|dokumantasyon|belgeler|ornekler",
        "sw": "matumizi|jinsi ya kutumia|kutumia|mwongozo*|nyaraka|mifano",
    },
    Topic.CONTRIBUTING: {
        "en": "contributing|contribute|contributions|contribution guide|"
        "contribution guidelines|get involved|getting involved|hacking|=patches|"
        "pull request|pull requests|submitting patches|submitting changes|"
        "sending patches",
        "fr": "contribuer|contribution|contributions|participer",
        "es": "contribuir|contribuyendo|contribuciones|contribucion|colaborar|"
        "como contribuir|participar",
        "pt": "contribuindo|contribuir|contribuicao|contribuicoes|como colaborar|"
        "colaborando",
        "de": "mitwirken|mitmachen|beitragen|beitrage|mitarbeit|mithelfen",
        "it": "contribuire|contribuzione|come contribuire|collaborare",
        "nl": "bijdragen|bijdrage|meewerken|meedoen",
        "pl": "wspoltworzenie|wspolpraca|jak pomoc|wklad|udzial w projekcie",
        "ru": "вклад|участие|как помочь|внести вклад|участие в разработке|"
        "участие в проекте",
        "uk": "внесок|участь|як допомогти|участь у розробці",
        "ar": "المساهمة|المساهمات|شارك|كيف تساهم",
        "zh": "贡献|貢獻|参与|參與",
        "ja": "コントリビュート|コントリビューション|貢献|開発への参加|参加方法|"
        "コントリビューター",
        "ko": "기여|참여",
        "hi": "योगदान",
        "id": "kontribusi|berkontribusi|ikut serta",
        "tr": "katki*",
        "sw": "kuchangia|mchango|michango|shiriki",
    },
    Topic.CONDUCT: {},
    Topic.CHANGES: {
        "en": "changelog|change log|=changes|release notes|release history|"
        "version history|what s new|whats new|=news|recent changes",
        "fr": "journal des modifications|notes de version|historique des versions|"
        "nouveautes|changements",
        "es": "registro de cambios|historial de cambios|notas de version|"
        "historial de versiones|novedades|cambios",
        "pt": "registro de alteracoes|notas de versao|historico de versoes|novidades|"
        "mudancas|alteracoes",
        "de": "anderungsprotokoll|anderungen|versionshinweise|anderungshistorie|"
        "neuerungen",
        "it": "registro delle modifiche|note di rilascio|modifiche|novita",
        "nl": "wijzigingslogboek|wijzigingen|versiegeschiedenis",
        "pl": "dziennik zmian|lista zmian|historia zmian|zmiany",
        "ru": "журнал изменений|список изменений|история изменений|изменения|"
        "история версий|что нового",
        "uk": "журнал змін|історія змін|зміни|історія версій",
        "ar": "سجل التغييرات|ملاحظات الإصدار|التغييرات",
        "zh": "更新日志|变更日志|更新记录|版本历史|更新历史|变更记录|发布说明|版本记录",
        "ja": "変更履歴|更新履歴|リリースノート|変更点",
        "ko": "변경 이력|변경 로그|변경 사항|릴리스 노트|업데이트 내역",
        "hi": "परिवर्तन लॉग|परिवर्तन सूची|बदलाव",
        "id": "catatan perubahan|catatan rilis|riwayat perubahan",
        "tr": "degisiklik gunlugu|degisiklikler|surum notlari|surum gecmisi",
        "sw": "kumbukumbu ya mabadiliko|mabadiliko",
    },
    Topic.GOVERNANCE: {},
}
"""Headings of a README. A topic without any has the same words as its files."""

SPOKEN = frozenset(HEADINGS[Topic.INSTALL])
"""Languages in which headings can be judged: each has words for every topic."""


@lru_cache(maxsize=20_000)
def is_named(topic: Topic, name: str) -> bool:
    """Tell whether a file or folder called *name* is about *topic*."""
    return _is_met(NAMES[topic], name)


def language_named(topic: Topic, name: str) -> str | None:
    """Return the first language in which *name* is a word for *topic*."""
    return next(
        (tag for tag, words in NAMES[topic].items() if _is_met({tag: words}, name)),
        None,
    )


def is_headed(topic: Topic, heading: str) -> bool:
    """Tell whether a section of a README under *heading* is about *topic*."""
    return _is_met(HEADINGS.get(topic) or NAMES[topic], heading)


def stem(path: str) -> str:
    """
    Return the last part of *path* without its extension and leading numbers.

    "docs/01-Install.linux.md" gives "Install.linux". A name without a dot after
    its first character is its own stem.
    """
    name = PurePosixPath(path).name
    bare = re.sub(r"(?<=.)\.[A-Za-z0-9]{1,8}$", "", name)
    return bare.lstrip("0123456789-_. ") or bare


def plain_words(text: str) -> str:
    """Return the words of *text* without case, accents and what separates them."""
    split = _CAMEL.sub(r"\1 \2", text)
    if split.isascii():
        return _NO_WORD.sub(" ", split.casefold()).strip()
    bare = unicodedata.normalize("NFKD", split.casefold())
    whole = unicodedata.normalize("NFC", _MARKS.sub("", bare))
    kept = (
        c if c.isalnum() or unicodedata.category(c) in {"Mn", "Mc"} else " "
        for c in whole
    )
    return " ".join("".join(kept).split())


def _is_met(table: Table, text: str) -> bool:
    anywhere, wholes = _phrases("|".join(table.values()))
    words = plain_words(text[:300])
    padded = f" {words} "
    return words in wholes or any(phrase in padded for phrase in anywhere)


@cache
def _phrases(spelt: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return what is looked for within padded words, and what as a whole."""
    anywhere, wholes = [], []
    for phrase in spelt.split("|"):
        words = plain_words(phrase)
        if phrase.startswith("="):
            wholes.append(words)
        elif _UNSPACED.match(words):
            anywhere.append(words)
        else:
            anywhere.append(f" {words}" if phrase.endswith("*") else f" {words} ")
    return tuple(anywhere), frozenset(wholes)


_CAMEL = re.compile(r"([a-z])([A-Z])")
_NO_WORD = re.compile(r"[^a-z0-9]+")
_MARKS = re.compile(
    "[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640\u200b-\u200f]"
)
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
