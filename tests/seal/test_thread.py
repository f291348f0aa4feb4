"""Forged, replayed, moved, reordered and re-authored envelopes are refused by name, and the rest stays readable."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairline.seal.bodies import (
    CaseHandover,
    Message,
    Opening,
    Rekey,
    ReporterKeys,
    read_report,
    write_handover,
    write_message,
    write_rekey,
    write_report,
)
from fairline.seal.envelope import Header, ReporterBy, read_envelope
from fairline.seal.filing import compose_message
from fairline.seal.post import Audiences, seal_post
from fairline.seal.primitives import H
from fairline.seal.receipt import derive
from fairline.seal.thread import Found, read_thread
from fairline.seal.vectors.office import TODAY
from seal.conversation import Conversation


def refusals(thread):
    return [(one.chain, one.n, one.error.code) for one in thread.refused]


def reporter_post(talk, kind, body, **changes):
    n, by, sign, prev = (changes.get(name) for name in ("n", "by", "sign", "prev"))
    header = Header(
        kind, talk.office.id, talk.office.desk, talk.mailbox.id, (), by or ReporterBy(talk.mailbox.sign_public),
        "r", n or 1, prev or talk.posts[0].c, None,
    )  # fmt: skip
    audiences = Audiences(
        changes.get("readers", talk.epoch.recipient), changes.get("box", talk.mailbox.box.recipient), talk.mailbox.tag
    )
    post = seal_post(header, body, sign or talk.mailbox.sign, audiences)
    talk.posts.append(post)
    return post


def test_a_stranger_cannot_write_as_the_reporter():
    talk = Conversation()
    reporter_post(talk, "message", write_message(Message("Forget it.", "en")), sign=bytes(32))
    stranger = derive(bytes(16), talk.office.id)
    reporter_post(talk, "message", write_message(Message("Forget it.", "en")), n=2, sign=stranger.sign,
                  by=ReporterBy(stranger.sign_public))  # fmt: skip
    assert refusals(talk.as_office()) == [("r", 1, "envelope-signature"), ("r", 2, "envelope-author")]
    assert len(talk.as_office().posts) == 1


@pytest.mark.parametrize(
    ("person", "changes", "code"),
    [
        ("chiara", {}, "envelope-author"),
        ("bruno", {"seen": bytes(32)}, None),
        ("bruno", {"desk": bytes(16)}, "envelope-place"),
        ("bruno", {"thread": bytes(16)}, "envelope-place"),
        ("bruno", {"office": bytes(16)}, "envelope-place"),
        ("bruno", {"by": ReporterBy(bytes(32))}, "envelope-author"),
    ],
)
def test_answers_by_who_may_not_or_for_another_place(person, changes, code):
    talk = Conversation()
    talk.answer("Which scales?", getattr(talk.office, person), **changes)
    expected = [] if code is None else [("o", 0, code)]
    assert refusals(talk.as_office()) == refusals(talk.as_reporter()) == expected


def test_a_member_of_another_charter_is_refused():
    talk = Conversation()
    talk.answer("Which scales?")
    assert refusals(talk.as_reporter(charter_of=lambda _number: None)) == [("o", 0, "envelope-author")]


def test_a_copy_for_a_stranger_is_refused():
    talk = Conversation()
    stranger = derive(bytes(16), talk.office.id).box.recipient
    reporter_post(talk, "message", write_message(Message("And more.", "en")), box=stranger)
    assert refusals(talk.as_office()) == [("r", 1, "envelope-audience")]


def test_moved_repeated_and_forked_places():
    talk = Conversation()
    first = talk.answer("Which scales?")
    second = talk.answer("Which gate?")
    found = talk.found("own", talk.mailbox.box)
    reader = talk.reader("reporter", talk.mailbox.box, reporter=talk.mailbox.sign_public)
    moved = [found[0], Found("o", 0, found[2].content), Found("o", 1, found[1].content)]
    assert refusals(read_thread(moved, reader)) == [("o", 0, "envelope-place"), ("o", 1, "envelope-place")]
    repeated = read_thread([*found, found[1]], reader)
    assert refusals(repeated) == [("o", 0, "chain-repeat")]
    talk.posts.remove(second)
    talk.answer("Which door?", n=0, prev=None)
    assert refusals(talk.as_reporter()) == [("o", 0, "chain-fork")]
    assert first.c in [post.envelope.c for post in talk.as_reporter().posts]


def test_a_hole_and_an_unknown_answer_are_named_and_the_rest_stays_readable():
    talk = Conversation()
    lost = talk.answer("Which scales?")
    talk.answer("Which gate?")
    thread = talk.as_reporter()
    post, _ = compose_message(thread, talk.mailbox, Message("The left ones.", "en"), talk.readers, talk.where)
    talk.posts.append(post)
    talk.answer("Thank you.")
    talk.posts.remove(lost)
    read = talk.as_reporter()
    assert [(one.code, one.chain, one.n) for one in read.problems] == [("chain-hole", "o", 1)]
    assert len(read.posts) == 4
    talk.posts = [one for one in talk.posts if one.chain == "r"]
    alone = talk.as_reporter()
    assert [(one.code, one.chain, one.n) for one in alone.problems] == [("chain-seen", "r", 1)]


def test_junk_is_refused_and_named():
    talk = Conversation()
    found = [*talk.found("office", talk.epoch), Found("o", 0, b"junk"), Found("i", 3, bytes(2048))]
    thread = read_thread(found, talk.reader("office", talk.epoch))
    assert refusals(thread) == [("o", 0, "envelope-magic"), ("i", 3, "envelope-magic")]
    assert thread.report is not None


def test_after_a_rekey_only_the_new_key_writes_and_only_the_first_rekey_counts():
    talk = Conversation()
    new = derive(bytes([1] * 16), talk.office.id)
    body = write_rekey(Rekey(new.id, ReporterKeys(new.sign_public, new.box.recipient, new.tag)))
    rekey = reporter_post(talk, "rekey", body)
    other = derive(bytes([2] * 16), talk.office.id)
    again = write_rekey(Rekey(other.id, ReporterKeys(other.sign_public, other.box.recipient, other.tag)))
    reporter_post(talk, "rekey", again, n=2, prev=rekey.c)
    reporter_post(talk, "message", write_message(Message("New words.", "en")), n=3, prev=rekey.c, sign=new.sign,
                  by=ReporterBy(new.sign_public), box=new.box.recipient)  # fmt: skip
    thread = talk.as_office()
    assert refusals(thread) == [("r", 2, "envelope-author")]
    assert thread.reporter.sign == new.sign_public
    assert [post.n for post in thread.posts] == [0, 1, 3]


def test_after_a_handover_only_the_people_named_write():
    talk = Conversation()
    case = CaseHandover(0, talk.epoch.recipient, (talk.office.bruno.id,))
    talk.answer(write_handover(case), kind="handover")
    talk.answer("I read this now.")
    talk.answer("I do not.", talk.office.amina)
    thread = talk.as_reporter()
    assert refusals(thread) == [("o", 2, "envelope-author")]
    assert thread.handover == case


def test_a_late_opening_does_not_divert_the_mailbox():
    talk = Conversation()
    talk.answer("Which scales?")
    own = ReporterKeys(talk.mailbox.sign_public, talk.mailbox.box.recipient, talk.mailbox.tag)
    talk.answer(write_handover(Opening("to protect", TODAY, own)), kind="handover")
    assert refusals(talk.as_office()) == [("o", 1, "envelope-author")]


def test_a_report_with_another_key_than_the_receipt_is_refused():
    talk = Conversation()
    assert refusals(talk.as_reporter(reporter=bytes(32))) == [("r", 0, "envelope-author")]


def test_a_planted_report_is_refused():
    talk = Conversation()
    stranger = derive(bytes(16), talk.office.id)
    honest = read_report(read_envelope(talk.found("own", talk.mailbox.box)[0].content).body)
    forged = replace(honest, answers={"what": "Nothing."}, keys=replace(honest.keys, sign=stranger.sign_public))
    talk.posts = []
    talk.posts.append(
        seal_post(
            Header("report", talk.office.id, talk.office.desk, talk.mailbox.id, (), ReporterBy(stranger.sign_public),
                   "r", 0),
            write_report(forged), stranger.sign, Audiences(talk.epoch.recipient, talk.mailbox.box.recipient, bytes(32)),
        )
    )  # fmt: skip
    assert refusals(talk.as_reporter()) == [("r", 0, "envelope-author")]


def test_a_reader_who_is_not_among_the_audience_is_told():
    talk = Conversation()
    assert refusals(talk.as_office(own=frozenset({H(b"other")}))) == [("r", 0, "envelope-audience")]


TALK = Conversation()
TALK.answer("Which scales?")
TALK.answer("Which gate?")
for words in ("The left ones.", "Gate 4."):
    said, _ = compose_message(TALK.as_reporter(), TALK.mailbox, Message(words, "en"), TALK.readers, TALK.where)
    TALK.posts.append(said)


@given(st.permutations(TALK.found("office", TALK.epoch)))
def test_the_order_in_which_files_are_found_changes_nothing(found):
    thread = read_thread(found, TALK.reader("office", TALK.epoch))
    assert [(post.chain, post.n) for post in thread.posts] == [("r", 0), ("o", 0), ("o", 1), ("r", 1), ("r", 2)]
    assert not thread.refused
    assert not thread.problems


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_an_altered_file_is_never_shown_and_never_hides_the_others(data):
    found = TALK.found("office", TALK.epoch)
    at = data.draw(st.integers(0, len(found) - 1))
    content = bytearray(found[at].content)
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    found[at] = Found(found[at].chain, found[at].n, bytes(content))
    thread = read_thread(found, TALK.reader("office", TALK.epoch))
    shown = {(post.chain, post.n) for post in thread.posts}
    assert (found[at].chain, found[at].n) not in shown
    if at:
        assert shown == {(one.chain, one.n) for one in found} - {(found[at].chain, found[at].n)}
        assert len(thread.refused) == 1
