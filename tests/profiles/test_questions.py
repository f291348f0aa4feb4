"""Questions to choose from: the office's own in its profile, ten that we ship; none for a protected ground."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fairline.profiles.documents import QUESTIONS_MAX, kind_of
from fairline.profiles.grounds import asks_for_ground
from fairline.seal.errors import MalformedError

SHIPPED = Path(__file__).parents[2] / "web" / "office" / "questions" / "shipped.json"
LANGUAGES = ("en", "zh-Hans", "ar")


def profile(*questions: Any, **more: Any) -> bytes:
    fields = {
        "v": 1, "kind": "profile", "acknowledge": {"days": 7}, "feedback": {"months": 3},
        "emergency": {"en": "Call 112."}, "complaints": {"en": "The ombudsperson of Nordhafen, Quay 3."},
        "ways": {"letter": "Quay 1"}, "questions": list(questions),
    }  # fmt: skip
    return json.dumps(fields | more, ensure_ascii=False).encode()


def asks(text: str = "When was it?", name: str = "when", **more: str) -> dict[str, Any]:
    return {"id": name, "texts": {"en": text, **{tag.replace("_", "-"): said for tag, said in more.items()}}}


def refused(document: bytes) -> str:
    with pytest.raises(MalformedError) as error:
        kind_of(document)
    return error.value.code


def test_ten_questions_are_shipped_in_three_languages_and_ask_for_no_ground() -> None:
    shipped = json.loads(SHIPPED.read_bytes())
    assert len(shipped) == 10
    for one in shipped:
        assert set(one["texts"]) == set(LANGUAGES)
        assert all(text.strip() and not asks_for_ground(text) for text in one["texts"].values())
    assert kind_of(profile(*shipped)) == "profile"


@pytest.mark.parametrize(
    "question",
    [
        asks("What is their nationality?"),
        asks(zh_Hans="此人信仰什么宗教？"),
        asks(ar="ما جنسية هذا الشخص؟"),
        asks(fr="Quelle est sa religion?"),
    ],
)
def test_no_question_asks_for_a_protected_ground_in_any_language(question: dict[str, Any]) -> None:
    assert refused(profile(question)) == "form-ground"


@pytest.mark.parametrize(
    ("questions", "code"),
    [
        ([{"id": "when"}], "json-missing"),
        ([asks() | {"kind": "text"}], "json-unknown"),
        ([asks(" ")], "json-type"),
        ([asks(name="When!")], "json-type"),
        ([asks(), asks()], "json-type"),
        (["When?"], "json-type"),
        ([asks(name=f"own-{at}") for at in range(QUESTIONS_MAX + 1)], "json-type"),
    ],
)
def test_what_is_no_list_of_questions_is_refused(questions: list[Any], code: str) -> None:
    assert refused(profile(*questions)) == code


def test_an_office_may_have_none() -> None:
    assert kind_of(profile()) == "profile"


def test_other_ways_are_said_in_each_language_and_older_documents_are_read() -> None:
    ways = {"letter": {"en": "Quay 1", "zh-Hans": "码头 1 号"}, "telephone": "555 0101"}
    assert kind_of(profile(ways=ways)) == "profile"
    assert refused(profile(ways={"letter": {"en": " "}})) == "profile-floor"
    assert refused(profile(ways={"letter": {"zh-Hans": "码头 1 号"}})) == "json-type"
