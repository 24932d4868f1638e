# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which languages a text is written in, told from its script and its small words."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

LONGEST_TEXT = 200_000
"""Characters looked at; the languages of a text show long before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """
    One language of a text.

    Attributes:
        language: BCP 47 tag; "" where it cannot be told.
        script: As a reader names it ("Latin", "Ethiopic").
    """

    language: str
    script: str

    def __str__(self) -> str:
        """Return the language by its English name, or what is known of it."""
        if self.language:
            return _NAMES[self.language]
        return f"a language in {self.script} script that could not be told"


def writings(prose: str) -> tuple[Writing, ...]:
    """
    Return the languages of *prose*, the most used script first.

    Text without letters has none. A second language counts where it makes at
    least a sixth of the text, so that a list of translations does not.
    """
    letters = _letters(prose[:LONGEST_TEXT])
    whole = sum(letters.values())
    spoken = [
        writing
        for script, share in letters.most_common()
        if share * 6 >= whole
        for writing in _of_script(prose[:LONGEST_TEXT], script)
    ]
    told = [writing for writing in spoken if writing.language]
    return tuple(told or spoken)


def _letters(prose: str) -> Counter[str]:
    """
    Count letters by script; an ideogram or a syllable counts as three letters.

    Names and commands in Latin letters make up half of a technical text in any
    other script.
    """
    counts: Counter[str] = Counter()
    if latin := sum(map(len, _LATIN.findall(prose))):
        counts["Latin"] = latin
    foreign = _COMMON.sub("", prose)
    for script, (ranges, _) in _SCRIPTS.items():
        if found := sum(map(len, _runs(ranges).findall(foreign))):
            counts[script] = found * (3 if script in _SYLLABIC else 1)
    return counts


def _of_script(prose: str, script: str) -> Iterable[Writing]:
    if script == "Han" and len(_runs(_KANA).findall(prose)) * 8 > len(
        _runs(_SCRIPTS["Han"][0]).findall(prose)
    ):
        yield Writing(language="ja", script="Japanese")
        return
    languages = _SCRIPTS[script][1] if script != "Latin" else ""
    if script != "Latin" and len(languages.split()) == 1:
        yield Writing(language=languages, script=script)
        return
    told = list(_by_small_words(prose, _SMALL_WORDS.get(script, {})))
    yield from (Writing(language=tag, script=script) for tag in told or [""])


def _by_small_words(prose: str, words: Mapping[str, str]) -> Iterable[str]:
    """Yield the languages whose small words are frequent, and those words alone."""
    if not words:
        return
    tokens = _WORD.findall(prose.casefold())
    speakers = _speakers(tuple(words.items()))
    hits: Counter[str] = Counter()
    own: Counter[str] = Counter()
    for token in tokens:
        if languages := speakers.get(token):
            hits.update(languages)
            if len(languages) == 1:
                own[languages[0]] += 1
    ranked = hits.most_common()
    if not ranked or ranked[0][1] < 3 or ranked[0][1] * 16 < len(tokens):
        return
    first, most = ranked[0]
    if len(ranked) > 1 and ranked[1][1] * 10 > most * 9 and own[first] < 2:
        return
    yield first
    for other, count in own.items():
        if other != first and count >= 10 and count * 3 >= own[first]:
            yield other


@cache
def _speakers(words: tuple[tuple[str, str], ...]) -> Mapping[str, tuple[str, ...]]:
    speakers: dict[str, tuple[str, ...]] = {}
    for language, list_of_words in words:
        for word in list_of_words.split():
            speakers[word] = (*speakers.get(word, ()), language)
    return speakers


@cache
def _runs(ranges: str) -> "re.Pattern[str]":
    return re.compile(f"[{ranges}]+" if ranges != _KANA else f"[{ranges}]")


_WORD = re.compile(r"[^\W\d_]+(?:[\u0900-\u0dff][^\W\d_]*)*")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")
_COMMON = re.compile(r"[\x00-\u02ff\u1e00-\u1eff\u2000-\u2bff\ufe0f]+")
_KANA = "\u3040-\u30ff"
_SYLLABIC = frozenset({"Han", "Hangul"})

_SCRIPTS: Mapping[str, tuple[str, str]] = {
    "Han": ("\u3400-\u4dbf\u4e00-\u9fff\u3040-\u30ff", "zh"),
    "Hangul": ("\u1100-\u11ff\uac00-\ud7af", "ko"),
    "Cyrillic": ("\u0400-\u052f", "ru uk be bg sr mk kk mn ky tg tt"),
    "Greek": ("\u0370-\u03ff\u1f00-\u1fff", "el"),
    "Arabic": ("\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc", "ar fa ur ps"),
    "Hebrew": ("\u0590-\u05ff", "he"),
    "Devanagari": ("\u0900-\u097f", "hi mr ne"),
    "Bengali": ("\u0980-\u09ff", "bn as"),
    "Gurmukhi": ("\u0a00-\u0a7f", "pa"),
    "Gujarati": ("\u0a80-\u0aff", "gu"),
    "Odia": ("\u0b00-\u0b7f", "or"),
    "Tamil": ("\u0b80-\u0bff", "ta"),
    "Telugu": ("\u0c00-\u0c7f", "te"),
    "Kannada": ("\u0c80-\u0cff", "kn"),
    "Malayalam": ("\u0d00-\u0d7f", "ml"),
    "Sinhala": ("\u0d80-\u0dff", "si"),
    "Thai": ("\u0e00-\u0e7f", "th"),
    "Lao": ("\u0e80-\u0eff", "lo"),
    "Tibetan": ("\u0f00-\u0fff", "bo dz"),
    "Myanmar": ("\u1000-\u109f", "my shn mnw ksw"),
    "Georgian": ("\u10a0-\u10ff", "ka"),
    "Armenian": ("\u0530-\u058f", "hy"),
    "Ethiopic": ("\u1200-\u139f", "am ti tig gez"),
    "Khmer": ("\u1780-\u17ff", "km"),
    "Mongolian": ("\u1800-\u18af", "mn mnc"),
    "Tifinagh": ("\u2d30-\u2d7f", "zgh tmh"),
    "Thaana": ("\u0780-\u07bf", "dv"),
    "Syriac": ("\u0700-\u074f", "syr syc"),
    "N'Ko": ("\u07c0-\u07ff", "nqo emk"),
    "Cherokee": ("\u13a0-\u13ff", "chr"),
    "Inuktitut syllabics": ("\u1400-\u167f", "iu cr oj"),
}
"""
Script: its characters, and the languages that it may stand for.

Where there is one, the script tells the language. Where there are several, small
words tell it, and where none are known (Ethiopic, Myanmar), nothing does.
"""

_SMALL_WORDS: Mapping[str, Mapping[str, str]] = {
    "Latin": {
        "en": "the and to of is for with that this you are be it on as an or from by "
        "not your can if have will we in at which",
        "fr": "de le la les des et est une du pour dans vous que qui avec sur ce cette "
        "sont pas aux votre nous ou plus au en un par",
        "es": "el los las una no es para con que por del se como este esta y su son lo "
        "más o puede al en la de un",
        "pt": "de esta o as os um uma é para com que não do da dos das em por se ao "
        "como seu você ou mais são no na de este",
        "de": "der die das und ist nicht ein eine mit für von zu den auf dem wird "
        "sind sie auch werden oder im des zum kann einer",
        "it": "il lo gli di che è per con una del della un sono non nel questo le dei "
        "alla si da più come delle",
        "nl": "het een van en is voor met dat niet zijn deze op te aan wordt bij ook "
        "naar of je de om kan",
        "pl": "nie się jest na do że to oraz dla przez jak lub są po od aby jego tym "
        "należy który",
        "sv": "och att det är för som på med av ett inte kan den till eller från",
        "da": "og at det er for som på med af et ikke kan den til eller fra",
        "nb": "og å det er for som på med av et ikke kan den til eller fra",
        "fi": "ja on ei se että tai kun ovat voi sekä jos myös ole tämä",
        "cs": "je na se že pro které nebo jsou jako není při aby jeho pomocí",
        "sk": "je na sa že pre ktoré alebo sú ako nie pri aby jeho pomocou",
        "hu": "az és egy hogy nem is van meg ez vagy csak ha mint",
        "ro": "și este de la cu pentru în care nu sau un din pe sunt mai",
        "tr": "ve bir bu için ile olarak da de çok olan değil veya gibi kadar",
        "id": "yang dan untuk di dengan ini dari adalah pada tidak atau dalam akan "
        "anda bisa karena oleh juga perangkat lunak",
        "ms": "yang dan untuk di dengan ini adalah pada tidak atau dalam akan boleh "
        "daripada ialah kepada oleh juga kerana perisian",
        "sw": "ya na wa kwa ni katika za hii kama au cha kutoka yako ili kuwa vya",
        "vi": "và của là có cho các được trong một này không với để những bạn",
        "ca": "de el la els les és per amb que una del dels aquest com més són aquesta",
        "hr": "je na se za od da su koji ili kao nije što",
        "sl": "je in na za se da so ki ali kot ni",
        "lt": "ir yra kad su iš tai kaip arba bet nuo",
        "lv": "un ir no uz ar par vai kas ka tas",
        "et": "ja on ei see et ka või kui mis oma",
        "tl": "ang ng sa mga na ay ito para hindi",
        "so": "waa iyo oo ka ku uu ayaa leh waxaa",
        "eu": "eta da ez bat du dira hau edo izan",
        "af": "die en van is vir met nie dat het",
    },
    "Cyrillic": {
        "ru": "и в не на что для с как это по из или при вы но от является",
        "uk": "і в не на що для з як це та або є від із але",
        "be": "і ў не на што для з як гэта або ад",
        "bg": "и в не на че за с как това от или да се е",
        "sr": "је и у на да се за од су који",
        "mk": "и во на да се за од што кој",
        "kk": "және бұл үшін бір мен болып",
        "mn": "нь болон энэ байна юм",
        "ky": "жана бул үчүн менен",
        "tg": "ва дар аз ин ки барои",
        "tt": "һәм бу өчен белән",
    },
    "Arabic": {
        "ar": "في من على إلى هذا هذه أن التي هو مع أو عن كل",
        "fa": "در از به که این را با است برای و می آن",
        "ur": "کے میں ہے کی اور کو سے یہ کا ہیں",
        "ps": "په د او چې دا کې",
    },
    "Devanagari": {
        "hi": "है के में की और का को से यह लिए हैं",
        "mr": "आहे आणि या ते हे आहेत",
        "ne": "छ र को मा यो लागि छन्",
    },
    "Bengali": {
        "bn": "এই এবং জন্য করে থেকে একটি করা",
        "as": "আৰু এই এটা কৰা",
    },
}

_NAMES: Mapping[str, str] = {
    "af": "Afrikaans",
    "ar": "Arabic",
    "as": "Assamese",
    "be": "Belarusian",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "ca": "Catalan",
    "chr": "Cherokee",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "dv": "Dhivehi",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "eu": "Basque",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "gu": "Gujarati",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian, Bosnian or Serbian",
    "hu": "Hungarian",
    "hy": "Armenian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ka": "Georgian",
    "kk": "Kazakh",
    "km": "Khmer",
    "kn": "Kannada",
    "ko": "Korean",
    "ky": "Kyrgyz",
    "lo": "Lao",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mk": "Macedonian",
    "ml": "Malayalam",
    "mn": "Mongolian",
    "mr": "Marathi",
    "ms": "Malay",
    "nb": "Norwegian",
    "ne": "Nepali",
    "nl": "Dutch",
    "or": "Odia",
    "pa": "Punjabi",
    "pl": "Polish",
    "ps": "Pashto",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "si": "Sinhala",
    "sk": "Slovak",
    "sl": "Slovenian",
    "so": "Somali",
    "sr": "Serbian",
    "sv": "Swedish",
    "sw": "Swahili",
    "ta": "Tamil",
    "te": "Telugu",
    "tg": "Tajik",
    "th": "Thai",
    "tl": "Tagalog",
    "tr": "Turkish",
    "tt": "Tatar",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
