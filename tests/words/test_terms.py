"""One word for one thing: what a page calls an office, a desk or a case is called so on every other page, too."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from fairline.locale.catalogues import DOMAINS, load
from fairline.locale.extract import texts
from fairline.locale.languages import TRANSLATED, Language
from words.test_translations import forms


class Term(NamedTuple):
    """A term of English, and what has to stand in a translation of a text with it, or must not."""

    english: str
    wanted: str = ""
    unwanted: str = ""
    but: str = r"(?!)"
    """Texts to which that does not apply, by what stands in the English, too."""


NAMED = r"\{office|%\(office|\{desks?\}|%\(desks?\)"
OF_FILES = r"files?\b|folder|export|attach|document|apart from the case|picture|bytes"
TERMS = {
    "zh-hans": [
        Term(r"reporting (person|people)", "举报人"),
        Term(r"persons? concerned", "被举报人"),
        Term(r"\boffices?\b", "机关", but=NAMED),
        Term(r"", unwanted=r"(?<!监督)(?<!外部)机构"),
        Term(r"\bdesks?\b", "组", but=NAMED),
        Term(r"oversight", "监督"),
        Term(r"handlers?\b", "承办人"),
        Term(r"custodian", "保管人"),
        Term(r"triage", "初核"),
        Term(r"mailbox", "信箱"),
        # The words that open a mailbox, and the office's acknowledgement, must not have one name.
        Term(r"receipt", "凭据", unwanted="回执", but="acknowledg"),
        Term(r"acknowledgement", "回执"),
        Term(r"the organisation\b", "单位"),
        Term(r"oversight", unwanted="监督人员|监督方"),
        Term(r"\bpanel\b", "评议组"),
    ],
    "ar": [
        Term(r"", unwanted="حافظو|حافظي|أمناء الهوية|أمناء هوية|أمين الهوية|أمين هوية"),
        # Without these two an office reads like one of its desks, and a case like a file in it.
        Term(r"\boffices?\b", unwanted="مكتب", but=r"\bdesks?\b|\bleads?\b"),
        Term(r"\bcases?\b", unwanted="ملف", but=OF_FILES),
        Term(r"oversight", "رقابة", unwanted="إشراف|هيئة الرقابة"),
        Term(r"triage", "فرز"),
        Term(r"mailbox", "صندوق|صناديق", unwanted="صندوق بريد|صندوق البريد|صندوق الرسائل|صندوق رسائل"),
        Term(r"administrator", "نظام"),
        Term(r"public record", "سجل.*علني", but=r"registers"),
        Term(r"the organisation\b", "مؤسس"),
        Term(r"receipt", "إيصال"),
        Term(r"\bpanel\b", "هيئة"),
    ],
}


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", TRANSLATED, ids=lambda language: language.code)
def test_one_thing_has_one_name(language: Language, domain: str) -> None:
    catalogue, wrong = load(language, domain), []
    for text in texts(domain):
        singular = text.id if isinstance(text.id, str) else text.id[0]
        message = catalogue.get(singular, text.context)
        said = "\n".join(forms(message)) if message else ""
        for term in TERMS[language.code.lower()]:
            if not re.search(term.english, singular, re.IGNORECASE) or re.search(term.but, singular, re.IGNORECASE):
                continue
            if not re.search(term.wanted, said) or (term.unwanted and re.search(term.unwanted, said)):
                wrong.append(f"{term.english or term.unwanted}: {singular!r}: {said!r}")
    assert wrong == []
