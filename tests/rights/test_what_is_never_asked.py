"""Rights 1, 2, 4 and 20: what no form asks, no column holds and no page sorts by."""

from __future__ import annotations

import copy
import json

import pytest

from fairline.profiles.documents import kind_of
from fairline.profiles.queries import default_form
from fairline.seal.errors import MalformedError
from fairline.seal.jsontext import write
from rights import surface

GROUNDS = [
    ("en", "What is the person's nationality?"),
    ("en", "Which religion do they follow?"),
    ("en", "Does the person hold political views?"),
    ("en", "What is their gender?"),
    ("en", "What is their mother tongue?"),
    ("zh-Hans", "此人是什么国籍？"),
    ("zh-Hans", "此人信仰什么宗教？"),
    ("zh-Hans", "此人是什么民族？"),
    ("ar", "ما جنسية هذا الشخص؟"),
    ("ar", "ما ديانة هذا الشخص؟"),
    ("ar", "ما لهجة هذا الشخص؟"),
]
SEEN_BEHAVIOUR = {
    "approach", "elicitation", "entry", "removal", "impersonation", "device", "tampering", "intrusion", "threat",
    "control", "loss", "handling", "complaint",
}  # fmt: skip
PROTECTED = (
    r"nationalit|citizenship|ethnic|\brace\b|religio|faith|politic|gender|orientation|mother.?tongue|speech|protest|"
    r"association|journalist|foreigner"
)


def form() -> dict:
    return json.loads(default_form())


@pytest.mark.parametrize(("language", "question"), GROUNDS)
def test_no_form_asks_for_a_protected_ground(language, question):
    asking = copy.deepcopy(form())
    label = {"en": "Another question"} | {language: question}
    asking["sections"][-1]["questions"].append({"id": "another", "kind": "text", "label": label})
    with pytest.raises(MalformedError) as refused:
        kind_of(write(asking))
    assert refused.value.code == "form-ground"


@pytest.mark.parametrize(
    ("tag", "question"),
    [
        ("en", "此人是什么国籍？"),
        ("en", "ما ديانة هذا الشخص؟"),
        ("zh-Hans", "Which religion do they follow?"),
        ("fr", "此人信仰什么宗教？"),
    ],
    ids=["Chinese as English", "Arabic as English", "English as Chinese", "Chinese as French"],
)
def test_the_tag_of_another_language_hides_no_question(tag, question):
    with pytest.raises(MalformedError) as refused:
        kind_of(write(asking_for({"en": "Another question"} | {tag: question})))
    assert refused.value.code == "form-ground"


@pytest.mark.parametrize(
    "question",
    [
        "What is their na\u200btionality?",
        "What is their ｒｅｌｉｇｉｏｎ?",
        "ما دِيَانَة هذا الشخص؟",
        "ما ديـــانة هذا الشخص؟",
        "此人是什么国\u2060籍？",
    ],
    ids=["a space that nobody sees", "wide letters", "vowel signs", "stretched letters", "a joiner"],
)
def test_nor_do_marks_between_the_letters(question):
    with pytest.raises(MalformedError) as refused:
        kind_of(write(asking_for({"en": question})))
    assert refused.value.code == "form-ground"


@pytest.mark.parametrize(
    "kind", ["Meeting foreigners", "A protest", "Talking to a journalist", "参加示威", "لقاء أجانب"]
)
def test_what_people_say_or_whom_they_meet_is_no_kind_of_concern(kind):
    asking = asking_for({"en": "Another"})
    asking["sections"][-1]["questions"][-1] |= {"kind": "choice", "options": [{"id": "first", "label": {"en": kind}}]}
    with pytest.raises(MalformedError) as refused:
        kind_of(write(asking))
    assert refused.value.code == "form-ground"


def asking_for(label: dict) -> dict:
    asking = copy.deepcopy(form())
    asking["sections"][-1]["questions"].append({"id": "another", "kind": "text", "label": label})
    return asking


@pytest.mark.parametrize("where", ["help", "option"])
def test_nor_does_it_hide_in_a_help_text_or_an_option(where):
    asking = copy.deepcopy(form())
    question = {"id": "another", "kind": "choice", "label": {"en": "Another"},
                "options": [{"id": "first", "label": {"en": "First"}}]}  # fmt: skip
    target = question if where == "help" else question["options"][0]
    target["help"] = {"en": "Say which church they go to."}
    asking["sections"][-1]["questions"].append(question)
    with pytest.raises(MalformedError) as refused:
        kind_of(write(asking))
    assert refused.value.code == "form-ground"


def test_kinds_of_concern_are_behaviour_and_nothing_else():
    questions = [question for section in form()["sections"] for question in section["questions"]]
    kinds = next(question for question in questions if question["id"] == "concern")
    assert {option["id"] for option in kinds["options"]} == SEEN_BEHAVIOUR
    assert not surface.holding(PROTECTED, json.dumps(kinds["options"]).split('"'))


def test_nobody_is_asked_about_their_family_and_children_are_not_called_on():
    texts = [text for section in form()["sections"] for question in section["questions"]
             for part in (question["label"], question.get("help", {})) for text in part.values()]  # fmt: skip
    assert len(texts) > 10
    assert not surface.holding(r"famil|parent|mother|father|brother|sister|child|家人|父母|孩子|أسرة|عائلة|والد", texts)


def test_no_column_holds_a_protected_ground_or_a_score():
    columns = surface.columns()
    assert len(columns) > 50
    assert not surface.holding(PROTECTED, columns)
    assert not surface.holding(r"score|risk|rating|rank|credib|reput|trust_level|suspicio", columns)


def test_no_address_scores_ranks_or_predicts():
    assert not surface.holding(r"score|risk|rating|rank|credib|predict|profiling", surface.addresses())
