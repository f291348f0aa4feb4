"""Every text that people see is translated, and each translation says it with the same holes."""

from __future__ import annotations

import re
from functools import cache

import pytest
from babel.messages.catalog import Message

from fairline.locale.catalogues import DOMAINS, load
from fairline.locale.extract import texts, translated
from fairline.locale.languages import TRANSLATED, Language
from fairline.locale.sources import Scripts, Text, scripts

HOLES = {
    "django": re.compile(r"%\((\w+)\)[sd]|%[sd%]|\{(\w+)\}"),
    "djangojs": re.compile(r"\{(\w+)\}"),
}
NAMES = re.compile(r"\b(?:Shift|Escape|Enter|Fairline|fairline verify)\b")  # keys and programs keep their names
EACH = pytest.mark.parametrize("language", TRANSLATED, ids=lambda language: language.code)


@cache
def said(domain: str) -> list[Text]:
    return texts(domain)


@cache
def pages() -> Scripts:
    return scripts()


def forms(message: Message) -> list[str]:
    if message.string is None or isinstance(message.string, str):
        return [message.string or ""]
    return list(message.string)


def holes(domain: str, text: str) -> set[str]:
    return {found.group(0) for found in HOLES[domain].finditer(text)} - {"%%"}


def faults(language: Language, domain: str) -> list[str]:
    catalogue, found = load(language, domain), []
    counted = {"%(n)s", "%(counter)s", "{n}"}
    for text in said(domain):
        singular = text.id if isinstance(text.id, str) else text.id[0]
        message = catalogue.get(singular, text.context)
        if message is None or message.fuzzy or not translated(message):
            found.append(f"{text.file}: no translation of {text.id!r}")
            continue
        wanted = holes(domain, singular if isinstance(text.id, str) else text.id[1])
        for form in forms(message):
            # A form for exactly none, one or two may name the number in a word.
            missing = wanted - holes(domain, form) - (counted if len(forms(message)) > 1 else set())
            added = holes(domain, form) - wanted
            if missing or added:
                found.append(f"{text.file}: holes of {text.id!r} differ: {form!r}")
        if isinstance(text.id, tuple) and len(forms(message)) != len(language.plurals):
            found.append(f"{text.file}: {text.id!r} needs {len(language.plurals)} forms")
    return found


@EACH
@pytest.mark.parametrize("domain", DOMAINS)
def test_every_text_is_translated_with_its_holes(language: Language, domain: str) -> None:
    assert faults(language, domain) == [], "run python -m fairline.locale.extract and translate what is empty"


@EACH
@pytest.mark.parametrize("domain", DOMAINS)
def test_no_translation_is_left_in_english(language: Language, domain: str) -> None:
    wanted = re.compile(r"[\u4e00-\u9fff]" if language.code == "zh-hans" else r"[\u0600-\u06ff]")
    left = [
        form
        for message in load(language, domain)
        if message.id
        for form in forms(message)
        if re.search(r"[A-Za-z]{4}", NAMES.sub("", HOLES[domain].sub("", form))) and not wanted.search(form)
    ]
    assert left == []


def test_every_text_of_the_pages_is_written_out_and_nothing_visible_stands_outside() -> None:
    assert pages().faults == ()


def test_every_text_of_the_pages_is_carried_by_a_catalogue() -> None:
    carried = frozenset[str]().union(*pages().catalogues.values())
    lost = sorted({text.file for text in pages().texts} - carried)
    # An element that no page uses yet has no door that could load its words.
    assert [file for file in lost if not file.startswith("web/elements/")] == []


def test_a_placeholder_that_is_lost_is_noticed() -> None:
    assert holes("django", "%(name)s has %(n)d") == {"%(name)s", "%(n)d"}
    assert holes("djangojs", "{name} waits") != holes("djangojs", "{nom} waits")
