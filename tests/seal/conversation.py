"""A made-up office, a report to it and both sides' way of reading it."""

from __future__ import annotations

from fairline.seal import age
from fairline.seal.author import Where
from fairline.seal.bodies import IdentityCard, Message, write_message
from fairline.seal.envelope import Header, MemberBy
from fairline.seal.filing import Filing, compose_report
from fairline.seal.post import Audiences, Readers, seal_post
from fairline.seal.recipients import identity, recipient_hash
from fairline.seal.thread import Found, Reader, read_thread
from fairline.seal.vectors.office import MadeUpOffice

RECEIPT = bytes(range(100, 116))
CARD = IdentityCard("Noor Example", "noor@example.org", "")
ANSWERS = {"what": "The scales at gate 4 are set three per cent low.", "when": "every Tuesday"}


class Conversation:
    def __init__(self, **changes):
        self.office = MadeUpOffice("conversation")
        self.manifest = self.office.manifest()
        filing = Filing(ANSWERS, "en", **({"card": CARD} | changes))
        self.drop = compose_report(self.manifest, self.office.desk, RECEIPT, filing)
        self.mailbox = self.drop.mailbox
        self.epoch = identity(self.office.epoch_seeds[1])
        self.posts = [self.drop.post]

    @property
    def where(self):
        return Where(self.office.id, self.office.desk, self.mailbox.id)

    @property
    def readers(self):
        return Readers("epoch", 2, self.epoch.recipient)

    def found(self, kind, opener):
        return [
            Found(post.chain, post.n, age.unseal(file.content, [opener]))
            for post in self.posts
            for file in post.files
            if file.kind == kind
        ]

    def reader(self, side, opener, **changes):
        given = {
            "office": self.office.id,
            "desk": self.office.desk,
            "thread": self.mailbox.id,
            "side": side,
            "own": frozenset({recipient_hash(opener.recipient)}),
            "audience": frozenset({recipient_hash(self.epoch.recipient)}),
            "charter_of": lambda number: self.manifest.charter if number == 2 else None,
        } | changes
        return Reader(**given)

    def as_office(self, **changes):
        return read_thread(self.found("office", self.epoch), self.reader("office", self.epoch, **changes))

    def as_reporter(self, **changes):
        box = self.mailbox.box
        changes = {"reporter": self.mailbox.sign_public} | changes
        return read_thread(self.found("own", box), self.reader("reporter", box, **changes))

    def answer(self, text, person=None, **changes):
        person = person or self.office.bruno
        thread = self.as_office()
        signer = self.office.signer(person)
        head = thread.chains.head("o")
        given = {
            "kind": "message",
            "office": self.office.id,
            "desk": self.office.desk,
            "thread": self.mailbox.id,
            "to": (),
            "by": MemberBy(signer.entry, signer.proof),
            "chain": "o",
            "n": 0 if head is None else head + 1,
            "prev": thread.chains.newest("o"),
            "seen": thread.chains.newest("r"),
        } | changes
        audiences = Audiences(self.epoch.recipient, thread.reporter.box, thread.reporter.tag)
        body = text if isinstance(text, bytes) else write_message(Message(text, "en"))
        post = seal_post(Header(**given), body, person.sign, audiences)
        self.posts.append(post)
        return post
