"""Vectors of forms: what is read, what is refused, and which questions are asked."""

from __future__ import annotations

from typing import Any

from fairline.seal.form import Form, asked, read_form
from fairline.seal.jsontext import write
from fairline.seal.primitives import b64, unb64
from fairline.seal.vectors.cases import Book, Operations
from fairline.seal.vectors.mutations import Shape, as_input, every_field


def _told(form: Form) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id, "kind": one.kind, "label": one.label, "help": one.help or {},
            "options": [option.id for option in one.options],
            "if": [] if one.condition is None else [one.condition.question, one.condition.option],
        }
        for one in form.questions
    ]  # fmt: skip


OPERATIONS: Operations = {
    "read-form": lambda given: _told(read_form(unb64(given["form"]))),
    "asked": lambda given: list(asked(read_form(unb64(given["form"])), given["answers"])),
}

WHAT = {"id": "what", "kind": "long", "label": {"en": "What?", "zh-Hans": "什么？", "ar": "ماذا؟"}}
KNOWN: dict[str, Any] = {
    "id": "known", "kind": "choices", "label": {"en": "How known?"},
    "options": [{"id": "own-eyes", "label": {"en": "I saw it"}}, {"id": "told", "label": {"en": "I was told"}}],
}  # fmt: skip
LONG_ID = "a" + "b" * 39


def _question(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "kind": "text", "label": {"en": "A question"}, **more}


def _form(*questions: dict[str, Any]) -> bytes:
    # In two sections, because a condition may reach over them.
    sections = [{"id": "report", "title": {"en": "Report"}, "questions": list(questions[:2])}]
    if questions[2:]:
        sections.append({"id": "more", "title": {"en": "More"}, "questions": list(questions[2:])})
    return write({"v": 1, "kind": "form", "sections": sections})


def forms() -> Book:
    """`vectors/form.json`."""
    book = Book("form", OPERATIONS)
    whole = _form(
        WHAT, KNOWN, _question("who-told", **{"if": {"known": "told"}}),
        {"id": "again", "kind": "choice", "label": {"en": "Again?"}, "help": {"en": "If you know."},
         "options": [{"id": "yes", "label": {"en": "Yes"}, "help": {"en": "More than once."}}],
         "if": {"known": "own-eyes"}},
        _question("how-often", **{"if": {"again": "yes"}}),
    )  # fmt: skip

    def read(name: str, what: str, error: str | None, *questions: dict[str, Any]) -> None:
        book.add(name, what, "read-form", error, form=b64(_form(*questions)))

    book.add("whole", "questions of each kind, with conditions", "read-form", form=b64(whole))
    read("least", "one question", None, WHAT)
    read("longest id", "forty characters", None, WHAT, _question(LONG_ID))
    asked_at = {
        "nothing answered": {},
        "the choice was made": {"known": "told"},
        "one of two choices": {"known": "own-eyes told"},
        "a chain of conditions": {"known": "own-eyes", "again": "yes"},
        "a chain that is broken at its beginning": {"known": "told", "again": "yes"},
        "an option is no part of another word": {"known": "told-not"},
        "an answer to no question": {"weather": "told"},
    }
    for name, answers in asked_at.items():
        book.add(f"asked: {name}", "the ids of the questions asked", "asked", form=b64(whole), answers=answers)
    read("no first", "another question first", "form-first", KNOWN, WHAT)
    read("first is no long one", "what, as a line", "form-first", {**WHAT, "kind": "text"})
    book.add("no question", "a form without questions", "read-form", "form-first",
             form=b64(write({"v": 1, "kind": "form", "sections": []})))  # fmt: skip
    read("choice without options", "nothing to choose", "form-options", WHAT, {**KNOWN, "options": []})
    read("options elsewhere", "a line with options", "form-options", WHAT, _question("line", options=KNOWN["options"]))
    conditions: dict[str, tuple[str, Any, Any]] = {
        "unknown question": ("form-if", {"seen": "told"}, KNOWN),
        "unknown option": ("form-if", {"known": "yes"}, KNOWN),
        "no choice": ("form-if", {"what": "told"}, KNOWN),
        "two": ("json-type", {"known": "told", "what": "told"}, KNOWN),
        "none": ("json-type", {}, KNOWN),
        "two options": ("json-type", {"known": ["told"]}, KNOWN),
    }
    for name, (code, condition, before) in conditions.items():
        read(f"if: {name}", "a condition that cannot be", code, WHAT, before, _question("x", **{"if": condition}))
    told = {"if": {"known": "told"}}
    read("if: later", "on a question that comes after it", "form-if", WHAT, _question("early", **told), KNOWN)
    read("if: itself", "on itself", "form-if", WHAT, {**KNOWN, **told})
    read("if: first", "the first question under a condition", "form-if", {**WHAT, **told}, KNOWN)
    read("id twice", "a question and an option of one id", "json-type", WHAT, KNOWN, _question("told"))
    wrong = {"upper case": "What", "empty": "", "digit first": "1st", "forty-one": LONG_ID + "b", "dot": "a.b"}
    for name, bad in wrong.items():
        read(f"id: {name}", "no id", "json-type", WHAT, _question(bad))
    read("no English", "a text without English", "json-type", WHAT, _question("x", label={"ar": "سؤال"}))
    read("language", "no tag of a language", "json-type", WHAT, _question("x", label={"en": "A", "EN-us": "B"}))
    shape = Shape(optional=frozenset({"help", "if"}), maps=frozenset({"label", "title", "help", "if"}))
    every_field(book, "read-form", whole, as_input("form"), shape)
    return book
