"""A name under seal from the report to the asker's eyes, and what a server, a custodian or a handler may try."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fairline.seal import age, opening
from fairline.seal.author import Where
from fairline.seal.bodies import IdentityCard
from fairline.seal.charter import ProvenCharter, read_charter, write_charter
from fairline.seal.envelope import Header, MemberBy, write_envelope
from fairline.seal.errors import CannotOpenError, RefusedError
from fairline.seal.naming import NOBODY
from fairline.seal.primitives import public_key
from fairline.seal.recipients import recipient_hash
from fairline.seal.roster import Member, write_entry
from fairline.seal.vectors.office import Person
from seal.conversation import Conversation

CARD = IdentityCard("Noor Example", "555 0100", "after six")


class Case:
    """A report with a name under seal, a handler who asks, and the three custodians of its charter."""

    def __init__(self, card=CARD):
        self.talk = Conversation(card=card)
        self.office = self.talk.office
        self.keepers = [self.keeper(seal) for seal in self.office.custodians]
        self.office.admit(*self.keepers)
        charter = ProvenCharter(read_charter(write_charter(self.office.terms())))
        self.charter_of = {charter.number: charter}.get
        self.where = Where(self.office.id, self.office.desk, self.talk.mailbox.id)
        self.files = [file.content for file in self.talk.drop.post.files]
        report = self.talk.as_office().report
        self.given = opening.Given(self.where, 0, report.dealt, report.keys.sign)
        self.asked = self.asks()

    def keeper(self, seal):
        member, sign = self.office.random(16), self.office.random(32)
        entry = Member(member, public_key(sign), recipient_hash(seal.recipient), ("custodian",), "Keeper")
        return Person(member, sign, seal, write_entry(entry, self.office.random(16)))

    def writes(self, kind, person, body, *to):
        signer = self.office.signer(person)
        header = Header(kind, self.office.id, self.office.desk, self.talk.mailbox.id,
                        tuple(recipient_hash(one) for one in to), MemberBy(signer.entry, signer.proof))  # fmt: skip
        return write_envelope(header, body, person.sign).content

    def asks(self, reasons="An order of the court."):
        bruno = self.office.bruno
        to = [bruno.seal.recipient, *(one.seal.recipient for one in self.keepers)]
        body = opening.NameRequest(0, "court", reasons, "en", bruno.seal.recipient, withheld="The order forbids it.")
        return self.writes("request", bruno, opening.write_request(body), *to)

    def proven(self, asked=None, own=bytes(16)):
        return opening.prove_request(asked or self.asked, self.where, self.charter_of, own)

    def hands_over(self, at, asked=None):
        """What a custodian's browser does, up to the sealed file that only the asker opens."""
        keeper = self.keepers[at]
        request = self.proven(asked, keeper.id)
        share = opening.share_inside(age.unseal(self.files[3 + at], [keeper.seal]), self.where, request.request.message)
        body = opening.write_release(opening.Release(request.c, share.index, share.share))
        content = self.writes("release", keeper, body, request.request.reply)
        return age.seal(content, [request.request.reply])

    def receives(self, file, asked=None):
        content = age.unseal(file, [self.office.bruno.seal])
        return opening.prove_release(content, self.where, self.charter_of, self.proven(asked))


def test_two_of_three_custodians_open_the_name_to_who_asked():
    case = Case()
    for pair in ((0, 1), (0, 2), (2, 1)):
        releases = [case.receives(case.hands_over(at)) for at in pair]
        assert opening.put_together(case.files[2], releases, case.given) == CARD


def test_where_nobody_gave_a_name_none_is_found():
    case = Case(NOBODY)
    releases = [case.receives(case.hands_over(at)) for at in (0, 1)]
    assert opening.put_together(case.files[2], releases, case.given) == NOBODY


def test_a_release_opens_for_the_asker_alone():
    case = Case()
    file = case.hands_over(0)
    for other in (case.office.amina, *case.keepers):
        with pytest.raises(CannotOpenError):
            age.unseal(file, [other.seal])


def test_all_custodians_together_open_nothing_without_the_report():
    case = Case()
    releases = [case.receives(case.hands_over(at)) for at in range(3)]
    blind = replace(case.given, dealt=replace(case.given.dealt, K2=bytes(32)))
    with pytest.raises(CannotOpenError):
        opening.put_together(case.files[2], releases, blind)


def test_a_share_that_was_handed_over_for_one_request_is_none_for_the_next():
    case = Case()
    old = case.hands_over(0)
    again = case.asks("Another order.")
    with pytest.raises(RefusedError) as refused:
        case.receives(old, again)
    assert refused.value.code == "release-request"


def test_a_request_in_a_handlers_name_with_a_strangers_key_gets_no_share():
    case = Case()
    bruno, stranger = case.office.bruno, case.office.chiara.seal.recipient
    body = opening.NameRequest(0, "authority", "They ask.", "en", stranger, withheld="They said so.")
    asked = case.writes("request", bruno, opening.write_request(body), stranger)
    with pytest.raises(RefusedError) as refused:
        case.hands_over(0, asked)
    assert refused.value.code == "request-reply"


def test_a_server_cannot_show_the_name_of_another_report():
    case, other = Case(), Case(IdentityCard("Ottilie Brandt", "", ""))
    releases = [case.receives(case.hands_over(at)) for at in (0, 1)]
    with pytest.raises(CannotOpenError):
        opening.put_together(other.files[2], releases, case.given)


def test_a_custodian_with_a_wrong_share_is_named_and_nothing_is_shown():
    case = Case()
    good, bad = (case.receives(case.hands_over(at)) for at in (0, 1))
    bad = replace(bad, share=bytes(32) + bad.share[-1:])
    with pytest.raises(RefusedError, match="custodian 2") as refused:
        opening.put_together(case.files[2], [good, bad], case.given)
    assert refused.value.code == "share-hash"
