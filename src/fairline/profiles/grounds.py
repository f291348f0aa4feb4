"""Words for grounds that are never a reason for a concern: no form, profile or setting may ask for them.

Nationality, ethnicity, race, religion, politics, gender, orientation, language. A list of words cannot understand a
sentence; it makes sure that nobody adds such a field by an innocent looking change of data. It is checked against
every text of every form, in each language that we ship, English in any case.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

_ENGLISH: Final = re.compile(
    r"\b(nationalit\w*|citizenship\w*|ethnic\w*|races?|racial\w*|religio\w*|faiths?|beliefs?|politic\w*|gender\w*|"
    r"sexual\w*|orientation|skin colou?r|mother tongue|native language|first language|language spoken|accent|"
    r"immigra\w*|migrant\w*|caste|tribe|tribal|trade union|church|mosque|temple|synagogue)\b",
    re.IGNORECASE,
)
_CHINESE: Final = re.compile(
    r"国籍|民族|种族|族裔|人种|肤色|宗教|信仰|教派|政治|政见|党派|性别|性取向|性倾向|母语|口音|方言|移民|籍贯"
)
# Arabic writes articles and prepositions together with the word, so they are named; «مدينة» (city) must stay allowed.
_ARABIC: Final = re.compile(
    r"(?<!\w)(?:و|ف)?(?:بال|كال|لل|ال|ب|ل)?"
    r"(?:جنسي\w*|عرق\w*|إثني\w*|اثني\w*|قومي\w*|ديان\w*|دين|دينه|دينها|ديني\w*|مذهب\w*|عقيد\w*|معتقد\w*|"
    r"سياسي\w*|حزب\w*|جندر\w*|لهج\w*|قبيل\w*|لون البشرة|اللغة الأم|لغته|لغتها|مهاجر\w*|هجرة)(?!\w)"
)
WORDS: Final = MappingProxyType({"en": _ENGLISH, "zh": _CHINESE, "ar": _ARABIC})


def asks_for_ground(language: str, text: str) -> bool:
    """Return whether ``text``, in the language of this BCP 47 tag, names a protected ground."""
    own = WORDS.get(language.partition("-")[0])
    return bool(_ENGLISH.search(text)) or (own is not None and bool(own.search(text)))
