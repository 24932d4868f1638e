# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Language tags (BCP 47) in the names of files and folders, and how they run."""

import re
from collections.abc import Mapping

_TWO_LETTERS = """
aa=aar ab=abk ae=ave af=afr ak=aka am=amh an=arg ar=ara as=asm av=ava ay=aym az=aze
ba=bak be=bel bg=bul bi=bis bm=bam bn=ben bo=bod/tib br=bre bs=bos ca=cat ce=che
ch=cha co=cos cr=cre cs=ces/cze cu=chu cv=chv cy=cym/wel da=dan de=deu/ger dv=div
dz=dzo ee=ewe el=ell/gre en=eng eo=epo es=spa et=est eu=eus/baq fa=fas/per ff=ful
fi=fin fj=fij fo=fao fr=fra/fre fy=fry ga=gle gd=gla gl=glg gn=grn gu=guj gv=glv
ha=hau he=heb hi=hin ho=hmo hr=hrv ht=hat hu=hun hy=hye/arm hz=her ia=ina id=ind
ie=ile ig=ibo ii=iii ik=ipk io=ido is=isl/ice it=ita iu=iku ja=jpn jv=jav ka=kat/geo
kg=kon ki=kik kj=kua kk=kaz kl=kal km=khm kn=kan ko=kor kr=kau ks=kas ku=kur kv=kom
kw=cor ky=kir la=lat lb=ltz lg=lug li=lim ln=lin lo=lao lt=lit lu=lub lv=lav mg=mlg
mh=mah mi=mri/mao mk=mkd/mac ml=mal mn=mon mr=mar ms=msa/may mt=mlt my=mya/bur
na=nau nb=nob nd=nde ne=nep ng=ndo nl=nld/dut nn=nno no=nor nr=nbl nv=nav ny=nya
oc=oci oj=oji om=orm or=ori os=oss pa=pan pi=pli pl=pol ps=pus pt=por qu=que rm=roh
rn=run ro=ron/rum ru=rus rw=kin sa=san sc=srd sd=snd se=sme sg=sag si=sin sk=slk/slo
sl=slv sm=smo sn=sna so=som sq=sqi/alb sr=srp ss=ssw st=sot su=sun sv=swe sw=swa
ta=tam te=tel tg=tgk th=tha ti=tir tk=tuk tl=tgl tn=tsn to=ton tr=tur ts=tso tt=tat
tw=twi ty=tah ug=uig uk=ukr ur=urd uz=uzb ve=ven vi=vie vo=vol wa=wln wo=wol xh=xho
yi=yid yo=yor za=zha zh=zho/chi zu=zul
"""
"""ISO 639-1, each with its three-letter codes of ISO 639-2 (T, then B)."""

_THREE_LETTERS = """
ace acf ach acm acs ada ady aeb afb afh aii ain akk ale alt ang anp apc apd arc arn
arp arw ary arz ast awa ayr azb bal ban bar bas bcl bej bem bew bez bgp bho bin bjn
bla bmm bnt bqi bra brh brx bua bug byn cad cak car cbk ceb cgg chb chg chk chm chn
cho chp chr chy ckb cmn cnr cop crh crs csb dak dar dav dcc del den dgr din dje doi
dsb dtp dua dum dyu ebu efi egy eka elx enm ewo fan fat fil fon frm fro frr frs fub
fur fuv gaa gay gcf gcr gez gil glk gmh goh gom gon gor got grb grc gsw guc guz gwi
hai hak haw haz hif hil hit hmn hne hsb hup iba ilo inh jam jbo jmc jpr jrb kaa kab
kac kam kaw kbd kde kea kek kha kho khw kln kmb kmr kmz knc kok kos kpe krc kri krl
kru ksb ktu kum kut kwy lad lah lam lez lij lki lld lmo lol loz lrc ltg lua lui lun
luo lus luz mad mag mai mak mam mas mdf mdh mdr men mer mfe mga mgh mic min mnc mni
moh mos mus mwl mwr myv mzn nan nap nds new nia niu nog non nqo nso nwc nym nyn nyo
nzi olo ory osa ota pag pal pam pap pau pbt pcm peo pes phn pms pnb pon prl pro prs
quc quy quz raj rap rar rcf rhg rif rof rom rup sad sah sai sam saq sas sat scn sco
sdc sdh seh sel ses sga sgs shi shn sid skr sma smj smn snk sog srn srr suk sus sux
swc swh syc syr szl tcy tdt tem teo ter tet tig tiv tkl tlh tli tmh tog tpi tsi tum
tvl tyv tzh tzm tzo udm uga ugn umb vai vec vot vro vun wal war was wuu xal xog yao
yap yua yue zap zbl zen zgh zsm zun zza
"""
"""ISO 639-2 without groups of languages, and living languages of ISO 639-3 that
software is translated into."""

_REGIONS = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN
BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ
DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL
GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM
JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME
MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP
NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD
SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""
"""ISO 3166-1."""

_SCRIPTS = """
Adlm Arab Armn Beng Bopo Cans Cher Cyrl Deva Ethi Geor Grek Gujr Guru Hang Hans Hant
Hebr Jpan Khmr Knda Kore Laoo Latn Mlym Mong Mtei Mymr Nkoo Olck Orya Rohg Sinh Syrc
Taml Telu Tfng Thaa Thai Tibt Vaii
"""
SCRIPTS = frozenset(_SCRIPTS.split())
"""ISO 15924."""

ALPHA_2: Mapping[str, tuple[str, ...]] = {
    two: tuple(three.split("/"))
    for two, three in (pair.split("=") for pair in _TWO_LETTERS.split())
}

_SHORTEST = {
    **{code: code for code in _THREE_LETTERS.split()},
    **{three: two for two, threes in ALPHA_2.items() for three in threes},
    **{two: two for two in ALPHA_2},
    # Codes that were withdrawn and live on, in Android and in Java.
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "jw": "jv",
    "mo": "ro",
    "sh": "sr",
    # Members of a macrolanguage that are what its own tag is used for.
    "cmn": "zh",
    "kmr": "ku",
    "ory": "or",
    "pes": "fa",
    "swh": "sw",
    "zsm": "ms",
}
_REGION = {code: code for code in _REGIONS.split()} | {"UK": "GB", "CS": "CS"}
"""UK stands for another; CS was withdrawn, and lives on in the names of files."""
_SPELT = {
    "zh-chs": "zh-Hans",
    "zh-cht": "zh-Hant",
    "ca-valencia": "ca-valencia",
    "be-tarask": "be-tarask",
}
_MODIFIERS = {
    "latin": "Latn",
    "latn": "Latn",
    "cyrillic": "Cyrl",
    "cyrl": "Cyrl",
    "arabic": "Arab",
    "devanagari": "Deva",
}

_RIGHT_TO_LEFT_LANGUAGES = """
ar arc arz ary aeb apc acm afb azb bal bqi brh ckb dv fa glk he khw lki lrc mzn nqo
pbt pnb prs ps rhg sd sdh skr syc syr ug ur yi
"""
_RIGHT_TO_LEFT = frozenset(_RIGHT_TO_LEFT_LANGUAGES.split())
_RIGHT_TO_LEFT_SCRIPTS = frozenset(
    ("Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa")
)

_TAG = re.compile(
    r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]r?([A-Za-z]{2}|[0-9]{3}))?"
    r"(?:@([A-Za-z]{3,12}))?"
)


def language_tag(text: str) -> str | None:
    """
    Return *text* ("pt_br", "ara", "sr@latin") as a BCP 47 tag ("pt-BR", "ar").

    None if its language is not in ISO 639, or its script or region not in
    ISO 15924 or 3166: `or-more` is not Odia.
    """
    if (spelt := text.lower().replace("_", "-").replace("@", "-")) in _SPELT:
        return _SPELT[spelt]
    if not (parts := _TAG.fullmatch(text)):
        return None
    language, script, region, modifier = parts.groups()
    if not (shortest := _SHORTEST.get(language.lower())):
        return None
    tag = [shortest]
    if written := script or _MODIFIERS.get((modifier or "").lower()):
        if written.title() not in SCRIPTS:
            return None
        tag.append(written.title())
    if region:
        if not region.isdigit() and region.upper() not in _REGION:
            return None
        tag.append(_REGION.get(region.upper(), region))
    return "-".join(tag)


def is_right_to_left(tag: str) -> bool:
    """Tell whether text of language *tag* runs from right to left."""
    language, *rest = tag.split("-")
    scripts = [part for part in rest if part in SCRIPTS]
    if scripts:
        return scripts[0] in _RIGHT_TO_LEFT_SCRIPTS
    return language in _RIGHT_TO_LEFT
