"""Words for grounds that are never a reason for a concern: no form, profile or setting may ask for them.

Nationality, ethnicity, race, religion, politics, gender, orientation, language. A list of words cannot understand a
sentence; it makes sure that nobody adds such a field by an innocent looking change of data. Each list is tried on every
text of every form. Kinds of concern are held to more: what people say, publish, believe or join, or whom they meet, is
none.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_ENGLISH: Final = re.compile(
    r"\b(nationalit\w*|citizenship\w*|ethnic\w*|races?|racial\w*|religio\w*|faiths?|beliefs?|politic\w*|gender\w*|"
    r"sexual\w*|orientation|skin colou?r|mother tongue|native language|first language|language spoken|accent|"
    r"immigra\w*|migrant\w*|caste|tribe|tribal|trade union|church|mosque|temple|synagogue|"
    r"national origin|country of (?:origin|birth)|place of birth|birthplace|ancestry|homosexual\w*|transgender)\b",
    re.IGNORECASE,
)
_CHINESE: Final = re.compile(
    r"国籍|民族|种族|族裔|人种|肤色|宗教|信仰|教派|政治|政见|党派|性别|性取向|性倾向|母语|口音|方言|移民|籍贯|原籍|祖籍|血统|出生地|出生国|外籍|同性恋"
)
# Arabic writes articles and prepositions together with the word, so they are named; «مدينة» (city) must stay allowed.
_ARABIC: Final = re.compile(
    r"(?<!\w)(?:و|ف)?(?:بال|كال|لل|ال|ب|ل)?"
    r"(?:جنسي\w*|عرق\w*|إثني\w*|اثني\w*|قومي\w*|ديان\w*|دين|دينه|دينها|ديني\w*|مذهب\w*|عقيد\w*|معتقد\w*|"
    r"سياسي\w*|حزب\w*|جندر\w*|لهج\w*|قبيل\w*|لون البشرة|اللغة الأم|لغته|لغتها|مهاجر\w*|هجرة)(?!\w)"
)
_FREEDOMS: Final = re.compile(
    r"\b(speech|publish\w*|publication|press|journalis\w*|opinion|protest\w*|demonstration|assembly|associat\w*|"
    r"pray\w*|worship|whistle\w*|petition\w*|foreign(er)?s?)\b|言论|出版|集会|示威|游行|结社|上访|信访|记者|外国人|"
    r"صحف\w*|تظاهر\w*|احتجاج\w*|أجنبي|أجانب|جمعي\w*",
    re.IGNORECASE,
)
# What becomes of the person concerned, or who they are. «في أمر خطير», in a serious matter, must stay allowed.
_FATE: Final = re.compile(
    r"\b(convict\w*|sentenc\w*|guilt\w*|arrest\w*|detain\w*|detention|prosecut\w*|indict\w*|charged|imprison\w*|"
    r"dismiss(?:ed|al)|deport\w*|expel\w*|verdicts?|jail\w*|prison\w*|punish\w*|fined|"
    r"status of (?:the|a) (?:person|perpetrator|suspect)|ranks?|senior(?:ity)?|officials?|officers?|cadres?|"
    r"identit(?:y|ies))\b|"
    r"定罪|判刑|判决|有罪|逮捕|拘留|起诉|公诉|入狱|监禁|开除|驱逐|处罚|身份|级别|职级|官员|干部|"
    r"إدان|أُدين|أدين|يدان|يُدان|حُكم على|حكم على|السجن|سجن|اعتقال|"
    r"توقيف|ملاحقة قضائية|فصل من|ترحيل|عقوب|هوية|منصب|رتبة|مسؤول",
    re.IGNORECASE,
)
# Marks that are not seen, and the vowel signs and the stretching of Arabic: between letters they would hide a word.
_UNSEEN: Final = re.compile(
    "[\u00ad\u034f\u061c\u0640\u064b-\u0652\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)


def asks_for_ground(text: str) -> bool:
    """Return whether ``text`` names a protected ground, in any language that we ship.

    Every list is tried on every text: a word in Chinese under the tag of English asks the same thing.
    """
    plain = _plain(text)
    return any(words.search(plain) for words in (_ENGLISH, _CHINESE, _ARABIC))


def names_a_freedom(text: str) -> bool:
    """Return whether ``text`` would be a kind of concern about what people say, publish, join, or whom they meet."""
    return bool(_FREEDOMS.search(_plain(text)))


def hangs_on_a_fate(text: str) -> bool:
    """Return whether ``text`` hangs something on what becomes of the person concerned, or on who that person is."""
    return bool(_FATE.search(_plain(text)))


def _plain(text: str) -> str:
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
