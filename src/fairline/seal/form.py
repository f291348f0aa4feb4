"""The form of a desk: what a reporting person is asked, as a public document that the desk's sheet names by hash.

Which words a form may not ask for is no matter of this format (`profiles/grounds.py`). Source: `docs/formats.md`,
"Form and profile".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from fairline.seal.errors import MalformedError
from fairline.seal.fields import Fields, as_text, as_texts, document, whole, wrong_type

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

FORM_LIMIT: Final = 64 * 1024
FIRST: Final = "what"
CHOICES: Final = frozenset({"choice", "choices"})

Texts = dict[str, str]
"""A text by language tag; English is always among them."""
Kind = Literal["text", "long", "choice", "choices"]

_ID: Final = re.compile(r"[a-z][a-z0-9-]{0,39}", re.ASCII)
_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)


@dataclass(frozen=True)
class Option:
    """One answer to choose."""

    id: str
    label: Texts
    help: Texts | None


@dataclass(frozen=True)
class Condition:
    """A question is asked only if this option was chosen at an earlier one."""

    question: str
    option: str


@dataclass(frozen=True)
class Question:
    """One question; options where it is a choice, none otherwise."""

    id: str
    kind: Kind
    label: Texts
    help: Texts | None
    options: tuple[Option, ...]
    condition: Condition | None


@dataclass(frozen=True)
class Section:
    """Questions under one title."""

    id: str
    title: Texts
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Form:
    """A whole form."""

    sections: tuple[Section, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All of them, in order."""
        return tuple(question for section in self.sections for question in section.questions)


def read_form(doc: bytes) -> Form:
    """A form, as it was written.

    Raises:
        MalformedError: as JSON does; `form-first`, `form-options`, `form-if`.
    """
    return document(doc, _form, FORM_LIMIT)


def asked(form: Form, answers: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of the questions that are asked, given what was answered so far; the others are not sent."""
    found: list[str] = []
    for question in form.questions:
        condition = question.condition
        holds = condition is None or (
            condition.question in found and condition.option in answers.get(condition.question, "").split(" ")
        )
        if holds:
            found.append(question.id)
    return tuple(found)


def texts_of(form: Form) -> Iterator[tuple[str, str, str]]:
    """Every text that a reader sees, and every id: of which part it is, its language (empty for an id), the text."""
    for section in form.sections:
        yield from _texts(section.id, section.title, None)
        for question in section.questions:
            yield from _texts(question.id, question.label, question.help)
            for option in question.options:
                yield from _texts(option.id, option.label, option.help)


def _texts(part: str, label: Texts, more: Texts | None) -> Iterator[tuple[str, str, str]]:
    yield part, "", part.replace("-", " ")
    for texts in (label, more or {}):
        for language, text in texts.items():
            yield part, language, text


def _form(fields: Fields) -> Form:
    fields.fixed("v", 1)
    fields.fixed("kind", "form")
    form = Form(fields.list("sections", lambda value: whole(value, _section)))
    parts = [part for section in form.sections for part in _ids(section)]
    if len(set(parts)) != len(parts):
        raise wrong_type()
    questions = form.questions
    if not questions or questions[0].id != FIRST or questions[0].kind != "long":
        raise MalformedError("form-first", "A form begins with what the person saw or heard.")
    before: dict[str, Question] = {}
    for question in questions:
        if question.condition is not None and not _is_possible(question.condition, before):
            raise MalformedError("form-if", "A question depends on a choice that does not stand before it.")
        before[question.id] = question
    return form


def _is_possible(condition: Condition, before: Mapping[str, Question]) -> bool:
    named = before.get(condition.question)
    return named is not None and any(option.id == condition.option for option in named.options)


def _ids(section: Section) -> Iterator[str]:
    yield section.id
    for question in section.questions:
        yield question.id
        yield from (option.id for option in question.options)


def _section(fields: Fields) -> Section:
    return Section(
        as_name(fields.value("id")),
        as_language_texts(fields.value("title")),
        fields.list("questions", lambda value: whole(value, _question)),
    )


def _question(fields: Fields) -> Question:
    question = Question(
        as_name(fields.value("id")),
        fields.one("kind", ("text", "long", "choice", "choices")),
        as_language_texts(fields.value("label")),
        fields.optional("help", as_language_texts),
        fields.list("options", lambda value: whole(value, _option)) if fields.has("options") else (),
        fields.optional("if", _condition),
    )
    if (question.kind in CHOICES) != bool(question.options):
        raise MalformedError("form-options", "A choice needs options, and nothing else has any.")
    return question


def _option(fields: Fields) -> Option:
    return Option(
        as_name(fields.value("id")),
        as_language_texts(fields.value("label")),
        fields.optional("help", as_language_texts),
    )


def _condition(value: Any) -> Condition:
    pairs = as_texts(value)
    if len(pairs) != 1:
        raise wrong_type()
    (question, option), *_none = pairs.items()
    return Condition(as_name(question), as_name(option))


def as_name(value: Any) -> str:
    """An id of a form: lower-case letters, digits and hyphens, a letter first."""
    name = as_text(value)
    if not _ID.fullmatch(name):
        raise wrong_type()
    return name


def as_language_texts(value: Any) -> Texts:
    """A text by language tag, English among them."""
    texts = as_texts(value)
    if "en" not in texts or not all(_TAG.fullmatch(tag) for tag in texts):
        raise wrong_type()
    return texts
