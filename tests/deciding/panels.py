"""A case of two people, three others of the office for a panel, and what each of them does."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from cases.casework import NOW, TODAY, Casework, Office
from factories.offices import Insider
from fairline.cases import closing
from fairline.cases.copies import NewCopy
from fairline.deciding import services
from fairline.deciding.models import Panel, Seat
from fairline.deciding.services import End, Question, Seating, Vote
from fairline.seal.panel import about_text, sign_vote
from fairline.seal.primitives import b64

DAYS = 30
HEARD = TODAY + timedelta(days=DAYS + 1)
SOON = HEARD + timedelta(days=14)
ABOUT = about_text("What the panel reads.")


@dataclass
class Asking:
    """What the people of a case and of its panel do."""

    office: Office
    case: Casework
    made: dict[bytes, bytes] = field(default_factory=dict)
    """Document's c by its id."""

    @classmethod
    def founded(cls) -> Asking:
        """Bao triaged and Cleo confirmed; the lead, Dan, Eva, Finn and Gil know nothing of the case."""
        office = Office.founded("Bao", "Cleo", "Dan", "Eva", "Finn", "Gil")
        case = office.report()
        _lead, bao, cleo, *_ = office.people
        case.declare(bao, cleo)
        case.triage(bao, [bao, cleo])
        case.confirm(cleo)
        return cls(office, case)

    @property
    def bao(self) -> Insider:
        return self.office.people[1]

    @property
    def three(self) -> list[Insider]:
        return self.office.people[3:6]

    def asks(self, member: Insider | None = None, days: int = DAYS, said: int | None = None) -> None:
        who = member or self.bao
        note, notice = self.case.post("i"), self.case.post("o")
        act = self.case.saying(who, self.case.act(who, "ask panel", None, note.content), days=said or days)
        services.ask(self.office.facts(who), self.case.id, Question(note, notice, days, act), TODAY, NOW)

    def document(self, member: Insider, to: Insider, until: date = SOON, later: int = 0) -> NewCopy:
        key, content = secrets.token_bytes(16), secrets.token_bytes(32)
        act = self.case.saying(
            member,
            self.case.act(member, "copy", None, content, later=later),
            copy=b64(key),
            to=b64(to.id),
            until=until.isoformat(),
        )
        self.made[key] = content
        return NewCopy(key, to.id, until, content, b"for a panel", b"for the case", act)

    def seats(
        self,
        people: Sequence[Insider],
        member: Insider | None = None,
        today: date = HEARD,
        said: Sequence[Insider] | None = None,
    ) -> None:
        who = member or self.bao
        ends = today + timedelta(days=14)
        documents = [self.document(who, one, ends, later) for later, one in enumerate(people)]
        panel = Panel.objects.filter(thread=self.case.id).order_by("-at").first()
        asked = None if panel is None else panel.asked
        act = self.case.act(who, "seat panel", asked, None, later=len(people))
        named = people if said is None else said
        act = self.case.saying(who, act, people=sorted(b64(one.id) for one in named))
        services.seat(self.office.facts(who), self.case.id, Seating(documents, act), today, NOW)

    def seat_of(self, member: Insider) -> bytes:
        return Seat.objects.get(member=member.id, gone=False).id

    def declares(self, *people: Insider, kind: str = "none", today: date = HEARD) -> None:
        for one in people:
            services.declare(self.office.facts(one), self.seat_of(one), kind, today, NOW)

    def votes(self, *people: Insider, today: date = HEARD) -> None:
        for one in people:
            copy, content = self.seat_of(one), secrets.token_bytes(32)
            act = self.office.maker.act(one, "panel vote", copy, before=self.made[copy], after=content)
            services.vote(self.office.facts(one), copy, Vote(b"sealed", content, act), today, NOW)

    def decided(self, people: Sequence[Insider] | None = None, says: str = "yes") -> closing.Decided:
        """What the closing browser shows: it has opened the answers."""
        signed = [
            (one.id, sign_vote(one.sign_seed, says, self.case.id, ABOUT).signature) for one in people or self.three
        ]
        return closing.Decided(ABOUT, tuple(signed))

    def closes(
        self, decided: closing.Decided | None, outcome: str = "unfounded", *, said: bytes | None = ABOUT
    ) -> None:
        case = self.case.case
        assert case is not None
        act = self.case.act(self.bao, "close", case.recipient, None, keys=case.keys)
        more = {} if said is None else {"panel": b64(said)}
        act = self.case.saying(self.bao, act, outcome=outcome, **{"class": "tampering"}, **more)
        new = closing.Closing(outcome, "tampering", self.case.post("o"), act, decided=decided)
        closing.close(self.office.facts(self.bao), self.case.id, new, HEARD, NOW)

    def ends(self, member: Insider | None = None) -> None:
        who = member or self.bao
        note, notice = self.case.post("i"), self.case.post("o")
        panel = Panel.objects.filter(thread=self.case.id).order_by("-at").first()
        act = self.case.act(who, "end panel", None if panel is None else panel.asked, note.content)
        services.end(self.office.facts(who), self.case.id, End(note, notice, act), HEARD, NOW)
