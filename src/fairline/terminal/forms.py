"""A form's questions on a terminal; all but the first may be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairline.seal import form as formats
from fairline.terminal.dialogue import ask, ask_lines, choose, say
from fairline.terminal.errors import TerminalError
from fairline.terminal.office import text_in
from fairline.terminal.showing import clean
from fairline.terminal.words import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairline.seal.form import Form, Question

FIRST = formats.FIRST


def asked(form: Form, language: str, given: Mapping[str, str]) -> dict[str, str]:
    """Ask every question that is not answered yet, and that the answers so far do not leave out."""
    answers = dict(given)
    for question in form.questions:
        if question.id in answers or question.id not in formats.asked(form, answers):
            continue
        while not (answer := _asked(question, language)) and question.id == FIRST:
            say(_("This one question needs an answer."))
        if answer:
            answers[question.id] = answer
    return answers


def checked(form: Form, answers: Mapping[str, Any]) -> dict[str, str]:
    """Answers that came as a file, by question.

    Raises:
        TerminalError: `answers`, if one answers no question that this form asks, or the first is missing.
    """
    known = {one.id: {option.id for option in one.options} for one in form.questions}
    for question, answer in answers.items():
        if question not in known or not isinstance(answer, str):
            message = _("The form has no question “%(question)s” that is answered by a text.")
            raise TerminalError("answers", message % {"question": clean(question)})
        if known[question] and not set(answer.split(" ")) <= known[question]:
            options = ", ".join(sorted(known[question]))
            message = _("The question “%(question)s” is answered by: %(options)s.")
            raise TerminalError("answers", message % {"question": question, "options": options})
    if not str(answers.get(FIRST, "")).strip():
        raise TerminalError("answers", _("A report says at least what was seen or heard."))
    found = {question: answer.strip() for question, answer in answers.items() if answer.strip()}
    for question in found.keys() - set(formats.asked(form, found)):
        message = _("The question “%(question)s” is not asked after the other answers. Take it out of the file.")
        raise TerminalError("answers", message % {"question": clean(question)})
    return found


def _asked(question: Question, language: str) -> str:
    label = clean(text_in(question.label, language))
    say()
    if question.help is not None:
        say(clean(text_in(question.help, language)))
    match question.kind:
        case "long":
            return ask_lines(label).strip()
        case "text":
            return ask(label)
        case kind:
            names = [clean(text_in(option.label, language)) for option in question.options]
            return " ".join(question.options[place].id for place in choose(label, names, several=kind == "choices"))
