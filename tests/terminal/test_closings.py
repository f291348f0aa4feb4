"""How a case ended, at a terminal; and that a second look was somebody else's, proven by the closings alone."""

from __future__ import annotations

from typing import Any

import pytest

from fairline.seal.bodies import Message, write_message
from fairline.seal.closing import OUTCOMES, Slip
from fairline.terminal.closings import same_eyes
from fairline.terminal.reading import ReadThread
from fairline.terminal.showing import OUTCOMES as WORDS
from fairline.terminal.showing import thread_lines
from seal.conversation import Conversation


def closed_by(*names: str) -> Conversation:
    """A report that these closed one after the other, as a server that holds to no rule lets them."""
    talk = Conversation()
    body = write_message(Message("Looked into.", "en", closing=Slip("unfounded", "tampering")))
    for name in names:
        talk.answer(body, getattr(talk.office, name))
    return talk


def read(talk: Conversation) -> ReadThread:
    return ReadThread("AAAA", {"en": "Desk"}, "2026-03-02", "closed", talk.as_office(), None, (), {})


def places(talk: Conversation) -> list[int]:
    return [post.n for post, _member in same_eyes(talk.as_office())]


def test_both_sides_read_how_it_ended() -> None:
    talk = closed_by("bruno")
    for thread in (talk.as_office(), talk.as_reporter()):
        assert "  Outcome: Unfounded" in list(thread_lines(thread, None, "en"))
    assert set(WORDS) == set(OUTCOMES)


def test_two_after_each_other_are_two_peoples() -> None:
    assert places(closed_by("bruno", "amina")) == []
    assert places(closed_by("bruno", "amina", "bruno")) == []
    assert not read(closed_by("bruno", "amina")).wrong


def test_the_same_twice_is_said_and_is_a_fault() -> None:
    talk = closed_by("amina", "bruno", "bruno", "amina", "amina")
    assert places(talk) == [2, 4]
    found = read(talk)
    assert found.wrong
    said = [line for line in found.lines("en") if line.startswith("WRONG")]
    assert [line.partition(":")[0] for line in said] == ["WRONG (o 2)", "WRONG (o 4)"]
    assert "Case handler B signed the closing before this one, too." in said[0]


def test_messages_between_them_change_nothing() -> None:
    talk = closed_by("bruno")
    talk.answer("We look again.", talk.office.amina)
    talk.answer(write_message(Message("", "en", closing=Slip("resolved", "other"))), talk.office.bruno)
    assert places(talk) == [2]


@pytest.mark.parametrize("between", [[], closed_by("bruno", "amina").posts[2:]])
def test_over_a_message_that_is_gone_or_does_not_hold_nothing_is_concluded(between: list[Any]) -> None:
    talk = closed_by("bruno", "amina", "bruno")
    talk.posts[2:3] = between
    found = read(talk)
    assert same_eyes(found.thread) == []
    assert found.wrong
