"""A founded office whose members triage, confirm, refuse and re-key as their browsers would, with files of noise."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from factories.offices import NOW, Insider, Maker, founded, handler
from fairline.cases import assigning, closing, copies, hearing_steps, many, services, takeover
from fairline.cases.assigning import NewKeys, Triage
from fairline.cases.hearing import Standing, Step
from fairline.cases.hearing_steps import Wanted
from fairline.cases.models import Case, Copy
from fairline.line import handing
from fairline.line import services as line
from fairline.line.heads import NewPost
from fairline.line.models import Thread
from fairline.offices import queries as offices
from fairline.offices.queries import MemberFacts
from fairline.offices.services.acts import SignedAct
from fairline.seal.closing import Amounts, amounts_json
from fairline.seal.jsontext import write
from fairline.seal.primitives import b64, sign
from fairline.seal.protecting import ProtectionSlip
from support.line import Attached, Line, Sender, new_post
from support.snapshots import made_once

__all__ = ["NOW", "TODAY", "Casework", "Office"]
TODAY = NOW.date()
IN_A_WEEK = TODAY + timedelta(days=7)


@dataclass
class Office:
    """An office with an open desk and several people at it; the first one leads it."""

    maker: Maker
    people: list[Insider]

    @classmethod
    @made_once
    def founded(cls, *names: str) -> Office:
        """Found it with these handlers beside the lead."""
        maker = founded()
        others = [handler(maker, name) for name in names]
        for one in others:
            maker.invite(one)
        maker.propose(maker.first, maker.next_charter([maker.first, *others]))
        maker.seeds.append(secrets.token_bytes(32))
        maker.sheet(maker.first, is_open=False, keys=maker.keys(maker.first, [maker.first, *others]))
        maker.desk_row.__class__.objects.filter(id=maker.desk).update(open=True)
        return cls(maker, [maker.first, *others])

    def facts(self, person: Insider) -> MemberFacts:
        """The member as the office door's views have them."""
        found = offices.member(self.maker.id, person.id)
        assert found is not None
        return found

    @property
    def line(self) -> Line:
        """The desk as the report door knows it."""
        return Line(self.maker.id, self.maker.desk)

    def report(self, *files: Attached) -> Casework:
        """A report that has come to the desk, with these files."""
        sender = Sender(self.line, epoch=1, attached=files)
        line.drop(self.maker.id, sender.drop(), TODAY)
        return Casework(self, sender)

    def case(self) -> Casework:
        """A report that is a case of the lead and the first of the others, whom alone they have said to know nobody."""
        lead, second = self.people[:2]
        found = self.report()
        found.declare(lead, second)
        found.triage(lead, [lead, second])
        found.confirm(second)
        return found


@dataclass
class Casework:
    """One report, and what is done with it."""

    office: Office
    sender: Sender
    recipient: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    @property
    def id(self) -> bytes:
        return self.sender.id

    @property
    def row(self) -> Thread:
        return Thread.objects.get(id=self.id)

    @property
    def case(self) -> Case | None:
        return Case.objects.filter(id=self.id).first()

    def declare(self, *people: Insider, kind: str = "none") -> None:
        for one in people:
            services.declare(self.office.facts(one), self.id, kind, NOW)

    def post(self, chain: str, **changes: Any) -> NewPost:
        """A post sealed to whoever reads now."""
        row = self.row
        audience = {"epoch": 1} if row.generation is None else {"generation": row.generation}
        heads = {one: n for one, n in handing.heads(row).items() if one != "i" and n >= 0}
        return new_post(self.sender, chain, row.count(chain), heads, **{"audience": audience} | changes)

    def writes(self) -> None:
        """The reporting person writes once more."""
        line.post(self.office.maker.id, self.post("r"), TODAY)

    def act(self, member: Insider, act: str, before: bytes | None, after: bytes | None, **more: Any) -> SignedAct:
        return self.office.maker.act(member, act, self.id, before=before, after=after, **more)

    def saying(self, member: Insider, act: SignedAct, **more: Any) -> SignedAct:
        """The same act, saying this too."""
        what = act.what[:-1] + b"," + write(more)[1:]
        return SignedAct(what, sign(member.sign_seed, "act", what))

    def with_people(self, member: Insider, act: SignedAct, people: list[Insider]) -> SignedAct:
        """The same act, naming who is assigned."""
        return self.saying(member, act, people=sorted(b64(one.id) for one in people))

    def keys(self, member: Insider, people: list[Insider], act: str, before: bytes, n: int) -> NewKeys:
        commitment, recipient = secrets.token_bytes(32), secrets.token_bytes(32)
        signed = self.with_people(member, self.act(member, act, before, recipient, keys=commitment), people)
        files = {one.id: secrets.token_bytes(3000) for one in people}
        handover = self.post("o", audience={"generation": n})
        return NewKeys(n, commitment, files, recipient, handover, signed)

    def prepared(self, member: Insider, people: list[Insider]) -> Triage:
        """What a browser would send that has read what is here now."""
        row, case = self.row, self.case
        n = case.n + 1 if case else 0
        files = handing.desk_files(row, case.upto() if case else None)
        copy = handing.desk_copy(files)
        keys = self.keys(member, people, "triage", copy, n)
        heads = {"r": row.r_posts - 1, "o": row.o_posts}
        note = new_post(self.sender, "i", row.i_posts, heads, audience={"generation": n})
        return Triage(keys, note, copy, {place: secrets.token_bytes(3100) for place in files})

    def triage(self, member: Insider, people: list[Insider], prepared: Triage | None = None) -> None:
        new = prepared or self.prepared(member, people)
        assigning.triage(self.office.facts(member), self.id, new, TODAY, NOW)

    def confirm(self, member: Insider) -> None:
        case = self.case
        assert case is not None
        act = self.act(member, "confirm triage", case.desk_copy, case.recipient, keys=case.keys)
        assigning.confirm(self.office.facts(member), self.id, act, NOW)

    def refuse(self, member: Insider) -> None:
        case = self.case
        assert case is not None
        act = self.act(member, "refuse triage", case.recipient, None, keys=case.keys)
        assigning.refuse(self.office.facts(member), self.id, act, NOW)

    def close(
        self,
        member: Insider,
        outcome: str = "unsubstantiated",
        *,
        amounts: Amounts | None = None,
        test: bool = False,
        said: dict[str, Any] | None = None,
        today: date = TODAY,
        protection: ProtectionSlip | None = None,
    ) -> None:
        case = self.case
        assert case is not None
        act = self.act(member, "close", case.recipient, None, keys=case.keys)
        more = {} if amounts is None else {"amounts": amounts_json(amounts)}
        more |= {"test": True} if test else {}
        act = self.saying(member, act, outcome=outcome, **{"class": "tampering"}, **(more if said is None else said))
        new = closing.Closing(outcome, "tampering", self.post("o"), act, amounts, test, protection=protection)
        closing.close(self.office.facts(member), self.id, new, today, NOW)

    def hears(
        self, member: Insider, step: str, reason: str = "", about: bytes = b"", days: int = 0, **at: Any
    ) -> Standing | None:
        """One step towards the person concerned."""
        wanted = Wanted(Step(step), reason, about, days)
        act = self.act(member, f"hearing {step}", None, at.pop("signed", wanted).signed())
        where = {"today": TODAY, "now": NOW} | at
        hearing_steps.take(self.office.facts(member), self.id, wanted, act=act, **where)
        return hearing_steps.of_thread(self.office.maker.id, self.id, where["today"])

    def reopen(self, member: Insider) -> None:
        case = self.case
        assert case is not None
        act = self.act(member, "reopen", case.recipient, None, keys=case.keys)
        closing.reopen(self.office.facts(member), self.id, act, NOW)

    def set_aside(
        self, member: Insider, *others: Casework, reason: str = "no-report", read: list[Casework] | None = None,
        said: list[Casework] | None = None,
    ) -> None:  # fmt: skip
        """Set this one and the others aside; `read` were read, and the act says this of `said`."""
        threads = [self.id, *(one.id for one in others)]
        maker, read = self.office.maker, read or []
        act = self.saying(
            member,
            maker.act(member, "set aside", maker.desk),
            reason=reason,
            threads=sorted(b64(one) for one in threads),
            read=sorted(b64(one.id) for one in (read if said is None else said)),
        )
        facts = self.office.facts(member)
        many.set_aside(facts, maker.desk, threads, [one.id for one in read], reason, act=act, now=NOW)

    def read(self, *people: Insider) -> None:
        for one in people:
            many.mark_read(self.office.facts(one), self.office.maker.desk, [self.id], NOW)

    def take_up(self, member: Insider) -> None:
        closing.take_up(self.office.facts(member), self.id, self.act(member, "take up", None, None), NOW)

    def give(
        self, member: Insider, to: Insider, *, until: date = IN_A_WEEK, said: Insider | None = None, blob: bytes = b""
    ) -> bytes:
        """Give a document to somebody outside; ``said`` signs for another. Return its id."""
        key, commitment = secrets.token_bytes(16), secrets.token_bytes(32)
        act = self.saying(
            member, self.act(member, "copy", None, commitment),
            copy=b64(key), to=b64((said or to).id), until=until.isoformat(),
            **({"blob": b64(blob)} if blob else {}),
        )  # fmt: skip
        new = copies.NewCopy(key, to.id, until, commitment, b"for the helper", b"for the case", act, blob)
        copies.give(self.office.facts(member), self.id, new, TODAY, NOW)
        return key

    def take_back(self, member: Insider, copy: bytes) -> None:
        row = Copy.objects.get(id=copy)
        act = self.saying(member, self.act(member, "withdraw copy", row.content, None), copy=b64(copy))
        copies.withdraw(self.office.facts(member), self.id, copy, act, NOW)

    def heads(self) -> dict[str, int]:
        return {chain: n for chain, n in handing.heads(self.row).items() if n >= 0}

    def take_over(
        self, member: Insider, *, read: dict[str, int] | None = None, unreadable: int = 0, said: int | None = None
    ) -> None:
        """Sign what could be read of it; ``said`` signs another number than is sent."""
        case, found = self.case, self.heads() if read is None else read
        assert case is not None
        act = self.act(member, "take over", case.recipient, None, keys=case.keys)
        act = self.saying(member, act, read=found, unreadable=unreadable if said is None else said)
        takeover.take_over(self.office.facts(member), self.id, takeover.Found(found, unreadable), act, NOW)

    def rekey(self, member: Insider, people: list[Insider]) -> None:
        case = self.case
        assert case is not None
        new = self.keys(member, people, "rekey", case.recipient, case.n + 1)
        assigning.rekey(self.office.facts(member), self.id, new, TODAY, NOW)
