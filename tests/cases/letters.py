"""A mailbox for somebody as a member's browser opens it, with files of noise."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from cases.casework import NOW, TODAY, Office
from factories.offices import Insider
from fairline.cases import mailboxes
from fairline.cases.mailboxes import Opening
from fairline.ledger.promises import Promise
from fairline.line import handing, parcels
from fairline.line.heads import NewPost, read_mailbox, read_post
from fairline.line.models import Thread
from fairline.offices.services.acts import SignedAct
from fairline.seal.jsontext import write
from fairline.seal.primitives import H, b64, sign
from support.line import parcel


class Letter:
    """What ``by`` opens, to be read by ``people``."""

    def __init__(self, office: Office, by: Insider, people: list[Insider], until: date | None = None) -> None:
        self.office, self.by, self.people = office, by, people
        self.until = {} if until is None else {"until": until.isoformat()}
        """A helper's mailbox has a last day."""
        self.id, self.auth = secrets.token_bytes(16), secrets.token_bytes(32)
        self.commitment, self.recipient = secrets.token_bytes(32), secrets.token_bytes(32)
        self.desk = office.maker.desk
        self.files = [(kind, secrets.token_bytes(2100)) for _ in range(3) for kind in ("office", "own")]
        self.rows = [{"T": b64(secrets.token_bytes(32)), "c": b64(secrets.token_bytes(32))} for _ in range(3)]
        self.keys = {one.id: secrets.token_bytes(3000) for one in people}

    def signed(self, by: Insider, act: str, said: dict[str, Any], **changes: Any) -> SignedAct:
        """An act on this mailbox that says this too."""
        made = self.office.maker.act(by, act, self.id, **{"before": None, "after": None} | changes)
        what = made.what[:-1] + b"," + write(said)[1:]
        return SignedAct(what, sign(by.sign_seed, "act", what))

    def act(self, people: list[str] | None = None) -> SignedAct:
        named = sorted(b64(one.id) for one in self.people) if people is None else people
        return self.signed(
            self.by, "open mailbox", {"people": named} | self.until, after=self.recipient, keys=self.commitment
        )

    def parcel(self, act: SignedAct | None = None, **changes: Any) -> bytes:
        """As it goes to the office door."""
        head = {"v": 1, "id": b64(self.id), "auth": b64(H(self.auth)), "desk": b64(self.desk), "generation": 0}
        inner = parcel(head | {"posts": self.rows} | changes, self.files)
        signed = act or self.act()
        outer = {
            "v": 1, "c": b64(self.commitment), "people": [b64(one) for one in self.keys],
            "recipient": b64(self.recipient), "act": {"what": b64(signed.what), "sig": b64(signed.signature)},
        }  # fmt: skip
        return parcel(outer, [*(("keys", one) for one in self.keys.values()), ("mailbox", inner)])

    def opening(self, act: SignedAct | None = None) -> Opening:
        head = {"v": 1, "id": b64(self.id), "auth": b64(H(self.auth)), "desk": b64(self.desk), "generation": 0}
        sealed = read_mailbox(*parcels.read(parcel(head | {"posts": self.rows} | self.until, self.files)))
        return Opening(sealed, self.commitment, self.keys, self.recipient, act or self.act())

    def open(self, act: SignedAct | None = None) -> tuple[Promise, ...]:
        return mailboxes.open_mailbox(self.office.facts(self.by), self.opening(act), TODAY, NOW)

    def post(self, chain: str, n: int) -> NewPost:
        """A further post, of its holder (r) or of the office (o)."""
        row = Thread.objects.get(id=self.id)
        heads = {one: at for one, at in handing.heads(row).items() if one != "i" and at >= 0}
        head = {
            "v": 1, "thread": b64(self.id), "chain": chain, "n": n, "heads": heads, "audience": {"generation": 0},
            "T": b64(secrets.token_bytes(32)), "c": b64(secrets.token_bytes(32)),
            **({"id": b64(self.id), "auth": b64(self.auth)} if chain == "r" else {}),
        }  # fmt: skip
        files = [("office", secrets.token_bytes(2100)), ("own", secrets.token_bytes(2100))]
        return read_post(*parcels.read(parcel(head, files)))
