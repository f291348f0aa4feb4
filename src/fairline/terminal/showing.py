"""Texts of others on a terminal: whoever wrote them must not be able to steer it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from fairline.core.sizes import in_words
from fairline.seal.bodies import CaseHandover, Message, Opening, Rekey, Report, Text
from fairline.seal.notes import Note
from fairline.seal.shownname import shown_name
from fairline.seal.submission import Submission
from fairline.terminal.office import text_in
from fairline.terminal.sentences import sentence
from fairline.terminal.words import gettext as _
from fairline.terminal.words import gettext_noop, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairline.seal.envelope import FileName
    from fairline.seal.form import Form
    from fairline.seal.thread import Post, Thread

KEPT = frozenset("\n\t")
TURNING = frozenset("\u202a\u202b\u202d\u202e")
"""Embeddings and overrides of direction: they could make a sentence read as another one."""
SIDES = {
    "r": gettext_noop("the reporting person"),
    "o": gettext_noop("the office"),
    "i": gettext_noop("a note of the office"),
}
STATES = {
    "arrived": gettext_noop("with the desk, not yet a case"),
    "aside": gettext_noop("set aside by the desk"),
    "held": gettext_noop("a case; people are assigned to it"),
    "case": gettext_noop("a case; people are assigned to it"),
    "closed": gettext_noop("closed"),
    "deleted": gettext_noop("closed, and deleted at the office"),
}

OUTCOMES = {
    "not-competent": gettext_noop("Not for this office to decide"),
    "insufficient": gettext_noop("Too little is known"),
    "unfounded": gettext_noop("Unfounded"),
    "unsubstantiated": gettext_noop("Could not be substantiated"),
    "substantiated": gettext_noop("Substantiated"),
    "referred": gettext_noop("Referred to another office"),
    "resolved": gettext_noop("Resolved"),
}
NOTED = {
    "chain-hole": gettext_noop("NOTE (%(place)s): what should stand before it is missing."),
    "chain-seen": gettext_noop("NOTE (%(place)s): it answers what is not here."),
    "handover-lead": gettext_noop(
        "NOTE (%(place)s): a lead of the desk gave it to other people than those named before. That is right where "
        "those could not take it. If you do not trust this, tell somebody outside this office."
    ),
}
KNOWINGLY_FALSE = gettext_noop("Unfounded, and knowingly false, as all of a panel decided")
"""`web/elements/outcome.ts` says how a case ended in the same words."""


def clean(text: str) -> str:
    """The text without control characters: an escape sequence could clear, recolour or type into a terminal."""
    return "".join(
        "\ufffd" if letter not in KEPT and (unicodedata.category(letter) == "Cc" or letter in TURNING) else letter
        for letter in text
    )


def state_in_words(status: str) -> str:
    """What the server says of a thread's state, in words; its own word where we know none."""
    return _(STATES[status]) if status in STATES else clean(status)


def thread_lines(thread: Thread, form: Form | None, language: str) -> Iterator[str]:
    """A proven thread, line by line, and below it in words what failed a check.

    Args:
        thread: proven.
        form: the one that the report's author was asked; None shows the questions' ids.
        language: of the labels.
    """
    for post in thread.posts:
        yield f"— {_author(post)} ({post.chain} {post.n})"
        yield from _body_lines(post, form, language)
        for file in post.envelope.header.files or ():
            named = {"name": shown_name(file.name), "size": in_words(file.size, _)}
            yield "  " + _("Attachment: %(name)s (%(size)s)") % named
        yield ""
    for one in thread.refused:
        place = {"place": f"{one.chain} {one.n}", "what": clean(sentence(one.error))}
        yield _("REFUSED, not shown (%(place)s): %(what)s") % place
    for problem in thread.problems:
        yield _(NOTED[problem.code]) % {"place": f"{problem.chain} {problem.n}"}


def attachments(thread: Thread) -> list[FileName]:
    """The files that the proven posts of a thread name, in its order."""
    return [file for post in thread.posts for file in post.envelope.header.files or ()]


def labels(form: Form, language: str) -> dict[str, str]:
    """The labels of a form's questions and options, by id."""
    found: dict[str, str] = {}
    for question in form.questions:
        found[question.id] = clean(text_in(question.label, language))
        found |= {option.id: clean(text_in(option.label, language)) for option in question.options}
    return found


def _author(post: Post) -> str:
    side = _(SIDES[post.chain])
    return side if post.member is None else f"{side}, {clean(post.member.alias)}"


def _body_lines(post: Post, form: Form | None, language: str) -> Iterator[str]:
    match post.body:
        case Report() as report:
            yield from _report_lines(report, form, language)
        case Message() as message:
            yield from _message_lines(message)
        case Note(case=Submission() as told):
            yield from _indented(told.words)
        case Text(text=text):
            yield from _indented(text)
        case Rekey():
            yield "  " + _("The receipt was replaced; the old words open nothing any more.")
        case CaseHandover(people=people):
            assigned = ngettext(
                "From here on %(n)s person assigned to the case reads and answers.",
                "From here on %(n)s people assigned to the case read and answer.",
                len(people),
            )
            yield "  " + assigned % {"n": len(people)}
        case Opening(purpose=purpose, until=until):
            yield from _indented(purpose)
            yield "  " + _("This mailbox is open until %(day)s.") % {"day": until.isoformat()}


def _message_lines(message: Message) -> Iterator[str]:
    if message.closing is not None:
        ended = OUTCOMES[message.closing.outcome] if message.closing.panel is None else KNOWINGLY_FALSE
        yield "  " + _("Outcome: %(outcome)s") % {"outcome": _(ended)}
    yield from _indented(message.text)
    if message.contact is not None:
        yield "  " + _("Way to reach them:")
        yield from _indented(message.contact)
    if message.withdraws is not None:
        yield "  " + _("The way to reach them is taken back.")


def _report_lines(report: Report, form: Form | None, language: str) -> Iterator[str]:
    known = {} if form is None else labels(form, language)
    choices = set() if form is None else {one.id for one in form.questions if one.options}
    for question, answer in report.answers.items():
        yield f"  {known.get(question, clean(question))}"
        if question in choices:
            answer = "; ".join(known.get(option, option) for option in answer.split(" "))  # noqa: PLW2901 - as shown
        yield from _indented(answer, "    ")
    if report.continues is not None:
        yield "  " + _("Continues an earlier report, whose receipt they lost")
        yield from _indented(report.continues, "    ")
    if report.name is not None:
        yield "  " + _("Their name, given to those who read this")
        yield from _indented(report.name, "    ")
    if report.contact is not None:
        yield "  " + _("Way to reach them outside this mailbox")
        yield from _indented(report.contact, "    ")
    if report.must_not_see:
        yield "  " + _("Must not see it")
        yield from _indented("\n".join(report.must_not_see), "    ")
    if not report.answerable:
        yield "  " + _("No receipt was kept: nobody can read an answer.")


def _indented(text: str, margin: str = "  ") -> Iterator[str]:
    return (f"{margin}{line}" for line in clean(text).split("\n"))
