"""Reports, questions and answers of the fictional office, sealed as browsers seal them and handed in at the line."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from fairline.core import clock
from fairline.demo import cast
from fairline.demo.founding import DemoDesk, DemoOffice
from fairline.demo.member import Member
from fairline.demo.stories import Story
from fairline.line import parcels
from fairline.line import services as line
from fairline.line.heads import read_drop, read_post
from fairline.offices.services import manifests, opening
from fairline.seal.bodies import IdentityCard, Message, Text, write_message, write_text
from fairline.seal.envelope import By, Chain, Header, Kind, MemberBy, ReporterBy
from fairline.seal.filing import Filing, compose_report
from fairline.seal.manifest import VerifiedManifest
from fairline.seal.naming import NOBODY
from fairline.seal.post import Audiences, Readers, Request, SealedPost, post_parcel, seal_post
from fairline.seal.receipt import Mailbox, derive, new_receipt
from fairline.seal.recipients import identity
from fairline.seal.statement import make_statement
from fairline.seal.words import entropy_to_words


@dataclass
class Conversation:
    """A filed report as both sides know it."""

    office: DemoOffice
    desk: DemoDesk
    receipt: bytes = field(repr=False)
    mailbox: Mailbox
    language: str
    commitments: dict[str, list[bytes]]
    """`c` of each post by chain."""

    def words(self) -> list[str]:
        """The twelve words with which anyone may open this mailbox in the demonstration."""
        return entropy_to_words(self.receipt, "chinese simplified" if self.language == "zh-Hans" else "english")


def file_test(office: DemoOffice, desk: DemoDesk, now: datetime) -> None:
    """Leave the test report that a desk needs before it opens, and note that it came through."""
    today = clock.day(now, cast.ZONE)
    ticket = line.issue_test_ticket(office.id, desk.id, desk.lead.id, today)
    receipt = new_receipt()
    said = "A test of the line, from browser to reader. Nothing happened."
    story = Story(office.desks.index(desk), "en", 0, {"what": said})
    conversation = _file(office, desk, story, receipt, now, test=(desk.lead, ticket))
    if conversation.commitments["r"]:
        opening.test_report_came(office.id, desk.id, today)


def file(office: DemoOffice, story: Story, now: datetime) -> Conversation:
    """File one report and the talk that followed, all on the day of ``now``."""
    desk = office.desks[story.desk]
    conversation = _file(office, desk, story, new_receipt(), now)
    for side, text in story.talk:
        match side:
            case "office":
                _member_post(conversation, desk.lead, "o", text, now)
            case "reporter":
                _reporter_post(conversation, text, now)
            case "note":
                _member_post(conversation, desk.people[-1], "i", text, now)
    return conversation


def _file(
    office: DemoOffice, desk: DemoDesk, story: Story, receipt: bytes, now: datetime,
    *, test: tuple[Member, bytes] | None = None,
) -> Conversation:  # fmt: skip
    today = clock.day(now, cast.ZONE)
    manifest = _manifest(office, today)
    card = NOBODY if story.locked is None else IdentityCard(story.locked, "", "")
    filing = Filing(story.answers, story.language, contact=story.contact, name=story.name, card=card)
    if test is not None:
        member, ticket = test
        filing = _tested(office, member, ticket, filing, receipt)
    drop = compose_report(manifest, desk.id, receipt, filing)
    line.drop(office.id, read_drop(*parcels.read(drop.parcel())), today)
    return Conversation(office, desk, receipt, drop.mailbox, story.language, {"r": [drop.post.c], "o": [], "i": []})


def _tested(office: DemoOffice, member: Member, ticket: bytes, filing: Filing, receipt: bytes) -> Filing:
    from_receipt = derive(receipt, office.id)
    statement = make_statement(
        member.sign_seed, "test", office.signers[member.id], from_receipt.id, from_receipt.sign_public
    )
    return Filing(filing.answers, filing.language, statement=statement, ticket=ticket)


def _member_post(talk: Conversation, member: Member, chain: Chain, text: str, now: datetime) -> None:
    signer = talk.office.signers[member.id]
    header = _header(talk, chain, "note" if chain == "i" else "message", MemberBy(signer.entry, signer.proof))
    written = write_text(Text(text, talk.language)) if chain == "i" else write_message(Message(text, talk.language))
    boxes = (None, None) if chain == "i" else (talk.mailbox.box.recipient, talk.mailbox.tag)
    _post(talk, seal_post(header, written, member.sign_seed, Audiences(_recipient(talk), *boxes)), None, now)


def _reporter_post(talk: Conversation, text: str, now: datetime) -> None:
    header = _header(talk, "r", "message", ReporterBy(talk.mailbox.sign_public))
    audiences = Audiences(_recipient(talk), talk.mailbox.box.recipient, talk.mailbox.tag)
    post = seal_post(header, write_message(Message(text, talk.language)), talk.mailbox.sign, audiences)
    _post(talk, post, (talk.mailbox.id, talk.mailbox.auth), now)


def _post(talk: Conversation, post: SealedPost, mailbox: tuple[bytes, bytes] | None, now: datetime) -> None:
    heads = {chain: len(talk.commitments[chain]) - 1 for chain in ("r", "o") if talk.commitments[chain]}
    epoch = len(talk.desk.seeds) - 1
    parcel = post_parcel(post, talk.mailbox.id, Request(heads, Readers("epoch", epoch, _recipient(talk)), mailbox))
    line.post(talk.office.id, read_post(*parcels.read(parcel)), clock.day(now, cast.ZONE))
    talk.commitments[post.chain].append(post.c)


def _header(talk: Conversation, chain: Chain, kind: Kind, by: By) -> Header:
    own = talk.commitments[chain]
    other = talk.commitments["o" if chain == "r" else "r"]
    return Header(
        kind=kind, office=talk.office.id, desk=talk.desk.id, thread=talk.mailbox.id, to=(), by=by, chain=chain,
        n=len(own), prev=own[-1] if own else None, seen=other[-1] if other and chain != "i" else None,
    )  # fmt: skip


def _recipient(talk: Conversation) -> str:
    return identity(talk.desk.seeds[-1]).recipient


def _manifest(office: DemoOffice, today: date) -> VerifiedManifest:
    return manifests.prove(manifests.served(manifests.stored(office.id)), today, None, ())
