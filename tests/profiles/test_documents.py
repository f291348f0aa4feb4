"""Forms and profiles: what is kept, what is refused, and by which code."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from fairline.profiles import queries, services
from fairline.profiles.documents import kind_of
from fairline.seal.errors import MalformedError
from fairline.seal.primitives import H

PROFILE: dict[str, Any] = {
    "v": 1,
    "kind": "profile",
    "acknowledge": {"days": 7},
    "feedback": {"months": 3},
    "emergency": {"en": "In danger? Call 112."},
    "complaints": {"en": "The ombudsperson of Nordhafen, Quay 3."},
    "ways": {"letter": "Quay 1, Nordhafen"},
}


def form() -> dict[str, Any]:
    return dict(json.loads(queries.default_form()))


def refused(value: Any) -> str:
    with pytest.raises(MalformedError) as error:
        kind_of(json.dumps(value, ensure_ascii=False).encode())
    return error.value.code


@pytest.mark.parametrize(
    ("more", "code"),
    [({"law": {"id": []}}, "profile-law"), ({"law": {"id": {}}}, "profile-law"),
     ({"law": {"id": "generic", "applies": []}}, "profile-law"), ({"leave": "https://[::1"}, "profile-leave"),
     ({"leave": "https://example.org:99999999/"}, "profile-leave")],
)  # fmt: skip
def test_what_only_looks_like_a_field_is_refused_and_breaks_nothing(more: dict[str, Any], code: str) -> None:
    assert refused(PROFILE | more) == code


def test_help_for_children_may_be_named_and_says_something_where_it_is() -> None:
    assert kind_of(json.dumps(PROFILE | {"children": {"en": "The listening line, 555 0161."}}).encode()) == "profile"
    assert refused(PROFILE | {"children": {"en": " "}}) == "profile-floor"
    assert refused(PROFILE | {"children": "555 0161"}) == "json-type"


def test_the_form_that_we_ship_passes_its_own_checks() -> None:
    assert kind_of(queries.default_form()) == "form"


@pytest.mark.parametrize("language", ["en", "zh-Hans", "ar"])
def test_the_form_that_we_ship_is_whole_in_each_language(language: str) -> None:
    def walk(value: Any) -> None:
        if isinstance(value, dict) and "en" in value:
            assert value.get(language, "").strip()
        elif isinstance(value, dict):
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(form())


def test_the_form_asks_what_where_when_how_known_lawful_and_kind() -> None:
    questions = [question for section in form()["sections"] for question in section["questions"]]
    assert [question["id"] for question in questions] == ["what", "where", "when", "known", "lawful", "concern"]
    assert len(questions[-1]["options"]) == 13
    assert questions[-1]["options"][-1]["id"] == "complaint"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "What is their nationality?"),
        ("en", "Religion of the person"),
        ("en", "Race"),
        ("zh-Hans", "此人的国籍"),
        ("zh-Hans", "宗教信仰"),
        ("ar", "ما جنسية الشخص؟"),
        ("ar", "الديانة"),
        ("ar", "وما عرقه؟"),
        ("fr", "Gender"),
    ],
)
def test_no_form_asks_for_a_protected_ground(language: str, text: str) -> None:
    asking = form()
    asking["sections"][1]["questions"][0]["label"][language] = text
    assert refused(asking) == "form-ground"


def test_an_option_or_an_id_cannot_ask_either() -> None:
    asking = form()
    asking["sections"][1]["questions"][2]["options"][0]["label"]["en"] = "Their faith"
    assert refused(asking) == "form-ground"
    asking = form()
    asking["sections"][1]["questions"][0]["id"] = "mother-tongue"
    assert refused(asking) == "form-ground"


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Was a trace left in the terrace?"), ("ar", "في أي مدينة؟"), ("zh-Hans", "在哪个城市？")],
)
def test_ordinary_words_stay_allowed(language: str, text: str) -> None:
    asking = form()
    asking["sections"][1]["questions"][0]["label"][language] = text
    assert kind_of(json.dumps(asking, ensure_ascii=False).encode()) == "form"


def test_the_first_question_is_what_was_seen() -> None:
    turned = form()
    turned["sections"].reverse()
    assert refused(turned) == "form-first"


def test_a_choice_needs_options() -> None:
    bare = form()
    del bare["sections"][1]["questions"][4]["options"]
    assert refused(bare) == "form-options"


def test_unknown_and_repeated_fields_are_refused() -> None:
    assert refused({**form(), "score": 1}) == "json-unknown"
    twice = form()
    twice["sections"][1]["questions"][1]["id"] = "where"
    assert refused(twice) == "json-type"


def test_a_profile_of_the_floor_is_kept() -> None:
    assert kind_of(json.dumps(PROFILE).encode()) == "profile"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("acknowledge", {"days": 8}, "profile-floor"),
        ("acknowledge", {"days": 0}, "profile-floor"),
        ("feedback", {"months": 4}, "profile-floor"),
        ("feedback", {"days": 4}, "json-missing"),
        ("emergency", {"en": " "}, "profile-floor"),
        ("complaints", {"zh-Hans": "外部"}, "json-type"),
        ("ways", {}, "profile-floor"),
        ("ways", {"telepathy": "think"}, "json-unknown"),
        ("leave", "http://example.org/", "profile-leave"),
        ("leave", "javascript:alert(1)", "profile-leave"),
        ("kind", "watchlist", "json-type"),
        ("v", True, "json-type"),
    ],
)
def test_no_profile_lowers_the_floor(field: str, value: Any, code: str) -> None:
    assert refused({**copy.deepcopy(PROFILE), field: value}) == code


@pytest.mark.django_db
def test_a_document_is_found_by_its_hash() -> None:
    text = json.dumps(PROFILE).encode()
    key = services.keep(text)
    assert key == H(text)
    assert services.keep(text) == key
    assert queries.document(key) == text
    assert queries.document(H(queries.default_form())) == queries.default_form()
    assert queries.document(bytes(32)) is None
