"""An exported case as a member's browser takes it in, with files of noise; and an older copy that does not know it."""

from __future__ import annotations

import secrets
from typing import Any

from cases.casework import NOW, TODAY, Casework
from cases.letters import Letter
from factories.offices import Insider
from fairline.cases import closing, exporting, importing, taking
from fairline.cases.exporting import Recorded, TakenOut
from fairline.cases.importing import Standing
from fairline.cases.models import Case, CaseAct, CaseKeys, Declaration, Doing, ReadMark
from fairline.cases.taking import Taking
from fairline.ledger.promises import Promise
from fairline.line import parcels
from fairline.line.heads import NewPost, read_post
from fairline.line.models import Post, SealedFile, Thread
from fairline.offices.services.acts import SignedAct
from fairline.seal.primitives import H, b64
from support.line import Attached, parcel


def taken_out(case: Casework, member: Insider, digest: bytes) -> Recorded:
    """Take a case out, as its own page does."""
    read = case.heads()
    assert case.case is not None
    act = case.act(member, "export", case.case.recipient, digest, keys=case.case.keys)
    act = case.saying(member, act, read=read, reason="safekeeping")
    return exporting.take_out(case.office.facts(member), case.id, TakenOut("safekeeping", digest, read), act, NOW)


def forget(case: Casework) -> None:
    """Leave the database as an older copy of it is: of this case it knows nothing."""
    for model in (CaseKeys, CaseAct, Declaration, Doing, ReadMark):
        model.objects.filter(thread=case.id).delete()
    Case.objects.filter(id=case.id).delete()
    for sealed in (SealedFile, Post):
        sealed.objects.filter(thread=case.id).delete()
    Thread.objects.filter(id=case.id).delete()


class Export(Letter):
    """An export that ``by`` takes in, to be held by ``people``."""

    def __init__(self, case: Casework, by: Insider, people: list[Insider]) -> None:
        super().__init__(case.office, by, people)
        self.files, self.rows = self.files[:4], self.rows[:2]
        self.case, self.list = case, secrets.token_bytes(32)
        self.out = taken_out(case, case.office.people[1], self.list)
        self.archive = Attached(case.office.line)
        self.content = secrets.token_bytes(32)
        self.words = secrets.token_bytes(2100)

    def again(self, by: Insider, people: list[Insider]) -> Export:
        """The same file in somebody else's browser: other keys, another case."""
        other = object.__new__(Export)
        Letter.__init__(other, self.office, by, people)
        other.files, other.rows = other.files[:4], other.rows[:2]
        other.case, other.list, other.out = self.case, self.list, self.out
        other.archive, other.content = Attached(self.office.line), secrets.token_bytes(32)
        other.words = secrets.token_bytes(2100)
        return other

    def sent(self) -> Export:
        """Its parts are here."""
        for number in range(len(self.archive.parts)):
            taking.hold(self.office.facts(self.by), self.archive.part(number), TODAY)
        return self

    def taking_act(self, **changes: Any) -> SignedAct:
        said = {
            "people": sorted(b64(one.id) for one in self.people), "from": b64(self.case.id), "list": b64(self.list),
            "export": b64(H(self.out.row)), "note": b64(self.content),
        }  # fmt: skip
        return self.signed(self.by, "take in", said | changes, after=self.recipient, keys=self.commitment)

    def note_parcel(self, **changes: Any) -> bytes:
        head = {
            "v": 1, "thread": b64(self.id), "chain": "i", "n": 0, "heads": {"o": 1}, "audience": {"generation": 0},
            "c": b64(self.content), "blobs": [b64(self.archive.id)],
        }  # fmt: skip
        return parcel(head | changes, [("office", self.words)])

    def note(self, **changes: Any) -> NewPost:
        return read_post(*parcels.read(self.note_parcel(**changes)))

    def taking(
        self, *, act: SignedAct | None = None, note: NewPost | None = None, promise: Promise | None = None,
        row: bytes | None = None,
    ) -> Taking:  # fmt: skip
        opening = self.opening(act or self.taking_act())
        return Taking(opening, note or self.note(), row or self.out.row, promise or self.out.promise)

    def take_in(self, **changes: Any) -> tuple[Promise, ...]:
        return taking.take_in(self.office.facts(self.by), self.taking(**changes), TODAY, NOW)

    def whole_parcel(self) -> bytes:
        """As it goes to the office door."""
        head = {"v": 1, "id": b64(self.id), "auth": b64(H(self.auth)), "desk": b64(self.desk), "generation": 0}
        inner, act = parcel(head | {"posts": self.rows}, self.files), self.taking_act()
        outer = {
            "v": 1, "c": b64(self.commitment), "people": [b64(one) for one in self.keys],
            "recipient": b64(self.recipient), "act": {"what": b64(act.what), "sig": b64(act.signature)},
            "row": b64(self.out.row), "promise": self.out.promise.fields(),
        }  # fmt: skip
        keys = [("keys", one) for one in self.keys.values()]
        return parcel(outer, [*keys, ("mailbox", inner), ("note", self.note_parcel())])

    def close(self, by: Insider) -> None:
        """It is over: an outcome that is counted nowhere."""
        case = Case.objects.get(id=self.id)
        how = {"outcome": "unfounded", "class": "other"}
        act = self.signed(by, "close", how, before=case.recipient, keys=case.keys)
        new = closing.Closing("unfounded", "other", self.post("o", 2), act)
        closing.close(self.office.facts(by), self.id, new, TODAY, NOW)


def standing(export: Export, member: Insider) -> Standing:
    """What a member who holds the file learns of its case."""
    return importing.standing(export.office.facts(member), export.out.row, export.out.promise)
