"""A report from the reporting person to the handler and back, and the name that only custodians open."""

from dataclasses import replace

import pytest

from fairline.core.limits import TEXT_BODY_MAX
from fairline.seal import age
from fairline.seal.bodies import Message, read_share
from fairline.seal.charter import Custody
from fairline.seal.envelope import FileName, read_envelope
from fairline.seal.errors import CannotOpenError, MalformedError, RefusedError
from fairline.seal.filing import Filing, check_receipt_inside, compose_message, compose_report
from fairline.seal.naming import NOBODY, identity_key, open_name
from fairline.seal.parcel import read_parcel
from fairline.seal.post import received, search_tag
from fairline.seal.primitives import H, unb64
from fairline.seal.receipt import to_digits
from fairline.seal.shares import combine
from fairline.seal.words import entropy_to_words
from seal.conversation import ANSWERS, CARD, RECEIPT, Conversation


def test_both_sides_read_the_same_conversation():
    talk = Conversation()
    talk.answer("Which scales?")
    thread = talk.as_reporter()
    post, parcel = compose_message(thread, talk.mailbox, Message("The left ones.", "en"), talk.readers, talk.where)
    talk.posts.append(post)
    for seen in (talk.as_office(), talk.as_reporter()):
        assert not seen.refused
        assert not seen.problems
        assert [one.envelope.header.kind for one in seen.posts] == ["report", "message", "message"]
        assert seen.report.answers == ANSWERS
        assert [one.body.text for one in seen.posts[1:]] == ["Which scales?", "The left ones."]
        assert seen.posts[1].member.id == talk.office.bruno.id
    head = read_parcel(parcel).head
    assert head["heads"] == {"r": 0, "o": 0}
    assert head["audience"] == {"epoch": 2}


def test_the_drop_says_nothing_but_what_the_server_must_know():
    talk = Conversation()
    parcel = read_parcel(talk.drop.parcel())
    assert sorted(parcel.head) == ["T", "auth", "c", "desk", "epoch", "files", "id", "v"]
    assert [file.kind for file in parcel.files] == ["office", "own", "identity", "share", "share", "share"]
    assert unb64(parcel.head["auth"]) == H(talk.mailbox.auth)
    leaf = talk.drop.post.leaf
    assert leaf[:32] == search_tag(talk.mailbox.tag, "r", 0)
    assert leaf[64:] == received([file.content for file in parcel.files])
    for secret in (b"scales", b"Noor", talk.mailbox.auth, talk.mailbox.sign_public):
        assert secret not in talk.drop.parcel()


def test_named_and_anonymous_reports_look_alike():
    sizes = [[len(file.content) for file in Conversation(card=card).drop.post.files] for card in (CARD, NOBODY)]
    assert sizes[0] == sizes[1]


def test_k_custodians_and_the_report_open_the_name_and_nobody_less():
    talk = Conversation()
    files = talk.drop.post.files
    shares = [
        read_share(read_envelope(age.unseal(file.content, [custodian])).body)
        for file, custodian in zip(files[3:], talk.office.custodians, strict=True)
    ]
    dealt = talk.as_office().report.dealt
    assert dealt.shares == shares[0].hashes == tuple(H(one.share) for one in shares)
    first = combine({one.index: one.share for one in shares[1:]}, dealt.shares)
    key = identity_key(first, dealt.K2, talk.mailbox.id)
    assert open_name(files[2].content, key) == CARD
    for wrong in (identity_key(first, bytes(32), talk.mailbox.id), identity_key(first, dealt.K2, bytes(16))):
        with pytest.raises(CannotOpenError):
            open_name(files[2].content, wrong)
    with pytest.raises(CannotOpenError):
        age.unseal(files[3].content, [talk.office.custodians[1]])


def test_nine_custodians_fit(monkeypatch):
    talk = Conversation()
    office, terms = talk.office, talk.office.terms()
    nine = Custody(5, tuple(office.person("Custodian").seal.recipient for _ in range(9)))
    monkeypatch.setattr(office, "terms", lambda: replace(terms, custody=nine))
    drop = compose_report(office.manifest(), office.desk, RECEIPT, Filing(ANSWERS, "en"))
    assert len(drop.post.files) == 12
    # A text of 32 kB counts as a text at the door, with all that comes with it.
    long = compose_report(office.manifest(), office.desk, RECEIPT, Filing({"what": "w" * 32_768}, "en"))
    assert 280_000 < len(long.parcel()) < TEXT_BODY_MAX - 1000


def test_a_voice_says_something_where_no_word_does():
    talk = Conversation()
    with pytest.raises(MalformedError) as empty:
        compose_report(talk.manifest, talk.office.desk, RECEIPT, Filing({}, "en"))
    assert empty.value.code == "report-empty"
    voice = FileName(bytes(16), bytes(32), bytes(32), 6400, "voice-1.webm", "audio/webm")
    drop = compose_report(talk.manifest, talk.office.desk, RECEIPT, Filing({}, "en", files=(voice,)))
    assert drop.post.blobs == (voice.blob,)


def test_the_receipt_never_goes_into_the_text():
    texts = [
        "my words: " + " ".join(entropy_to_words(RECEIPT, "english")),
        "".join(entropy_to_words(RECEIPT, "chinese simplified")),
        " ".join(entropy_to_words(RECEIPT, "korean")).upper(),
        "-".join(to_digits(RECEIPT)),
    ]
    for text in texts:
        with pytest.raises(RefusedError) as refused:
            check_receipt_inside(RECEIPT, ["harmless", text])
        assert refused.value.code == "receipt-inside"
    check_receipt_inside(RECEIPT, ["harmless", *entropy_to_words(RECEIPT, "english")])


def test_a_desk_that_is_closed_or_elsewhere_takes_no_report():
    talk = Conversation()
    with pytest.raises(RefusedError) as unknown:
        compose_report(talk.manifest, bytes(16), RECEIPT, Filing(ANSWERS, "en"))
    assert unknown.value.code == "desk-unknown"
    outside = talk.manifest.charter.independent_desks(talk.office.desk)[0].id
    with pytest.raises(RefusedError) as elsewhere:
        compose_report(talk.manifest, outside, RECEIPT, Filing(ANSWERS, "en"))
    assert elsewhere.value.code == "desk-unknown"


def test_what_a_person_wrote_stays_out_of_representations():
    talk = Conversation(contact="phone 555 0100")
    shown = repr(talk.drop) + repr(talk.as_office()) + repr(talk.as_reporter()) + repr(Filing(ANSWERS, "en"))
    for secret in ("scales", "Noor", "555 0100", repr(talk.mailbox.auth), repr(talk.mailbox.tag)):
        assert secret not in shown
