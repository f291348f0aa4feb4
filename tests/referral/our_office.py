"""An office of ours that refers: a case, a charter that names the other office, and what a browser would send."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from cases.casework import NOW, TODAY, Casework, Office
from fairline.line import parcels
from fairline.line.heads import read_drop
from fairline.referral import relaying, services
from fairline.referral.models import Referral
from fairline.referral.services import NewReferral, Sealed
from fairline.seal.charter import Peer
from fairline.seal.primitives import H, b64
from support.line import Line, Sender, parcel

if TYPE_CHECKING:
    from factories.offices import Insider
    from fairline.offices.services.acts import SignedAct
    from referral.other_office import OtherOffice


def sealed(there: OtherOffice, key: bytes | None = None, epoch: int = 3) -> Sealed:
    """A report to the other office, of noise."""
    sender = Sender(Line(there.id), epoch=epoch, **({} if key is None else {"id": key}))
    head = {name: value for name, value in sender.head().items() if name != "work"}
    whole = parcel(head, sender.files)
    return Sealed(whole, read_drop(*parcels.read(whole)))


@dataclass
class Waiting:
    """A referral that waits, of an office whose charter names what `named` says."""

    there: OtherOffice
    named: list[Peer] = field(default_factory=list)
    F: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def __post_init__(self) -> None:
        self.name(self.there.host)
        new = sealed(self.there)
        self.row = Referral.objects.create(
            id=new.drop.id, office=secrets.token_bytes(16), thread=secrets.token_bytes(16), peer=self.F,
            host=self.there.host, at=self.there.id, desk=new.drop.desk, epoch=3, promise_key=self.there.promise_key,
            content=new.drop.content, leaf=new.leaf([]), sealed=new.parcel, member=bytes(16), filed=NOW, next_try=NOW,
        )  # fmt: skip

    def name(self, *hosts: str) -> None:
        """Let the charter name these hosts under the other office's F."""
        self.named[:] = [Peer(self.F, host) for host in hosts]

    def deliver(self, now: datetime = NOW) -> tuple[str, str]:
        """Hand over what is due; return what the referral is in, and why."""
        relaying.deliver(lambda: now)
        self.row.refresh_from_db()
        return self.row.state, self.row.fault


@dataclass
class Referring:
    """Our office, one of its cases, and the other office as our charter names it."""

    office: Office
    case: Casework
    there: OtherOffice
    F: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    @classmethod
    def founded(cls, there: OtherOffice) -> Referring:
        office = Office.founded("ben", "cleo")
        lead, ben, _cleo = office.people
        case = office.report()
        case.declare(lead, ben)
        case.triage(lead, [lead, ben])
        case.confirm(ben)
        ours = cls(office, case, there)
        ours.name(Peer(ours.F, there.host))
        return ours

    @property
    def member(self) -> Insider:
        return self.office.people[1]

    def name(self, *peers: Peer) -> None:
        """Put a charter in force that names these offices and no other."""
        maker = self.office.maker
        maker.propose(maker.first, maker.next_charter(self.office.people, peers=peers))
        maker.desk_row.__class__.objects.filter(id=maker.desk).update(open=True)

    def sealed(self, key: bytes | None = None, epoch: int = 3) -> Sealed:
        return sealed(self.there, key, epoch)

    def act(self, sealed: Sealed, peer: bytes) -> SignedAct:
        made = self.case.act(self.member, "refer", None, sealed.drop.content)
        return self.case.saying(self.member, made, peer=b64(peer))

    def new(self, sealed: Sealed | None = None, peer: bytes | None = None) -> NewReferral:
        sealed, peer = sealed or self.sealed(), peer or self.F
        note = self.case.post("i")
        return NewReferral(peer, self.there.id, self.there.promise_key, sealed, note, self.act(sealed, peer))

    def refer(self, new: NewReferral | None = None) -> Referral:
        new = new or self.new()
        services.refer(self.office.facts(self.member), self.case.id, new, TODAY, NOW)
        return Referral.objects.get(id=new.sealed.drop.id)

    def competence_act(self, administrator: Insider, document: bytes, before: bytes | None = None) -> SignedAct:
        maker = self.office.maker
        act = maker.act(administrator, "say competence", maker.id, before=before, after=H(document))
        return self.case.saying(administrator, act, peer=b64(self.F))
