"""What the people of an office do at the end of things: they ask for a deletion, agree to it, and hold it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from cases.casework import NOW, TODAY, Casework, Office
from factories.offices import Insider
from fairline.cases import deleting, holding, keeping, services
from fairline.cases.models import Deletion
from fairline.cases.retention import State
from fairline.core import clock
from fairline.core.limits import BACKUP_DAYS
from fairline.core.problems import Problem
from fairline.ledger import stored
from fairline.ledger.erased import ASK, ERASE
from fairline.offices.services.acts import SignedAct
from fairline.seal.jsontext import parse, write
from fairline.seal.primitives import H, b64, sign, unb64


@dataclass
class Deleters:
    """What the people of an office do at the end of things, on a day that a test names."""

    office: Office
    day: date = TODAY

    @classmethod
    def founded(cls, monkeypatch: pytest.MonkeyPatch) -> Deleters:
        """An office of a lead, ben and cleo, on the tests' day, whose record knows what it publishes."""
        monkeypatch.setattr(clock, "now", lambda: NOW)
        stored.discover()
        return cls(Office.founded("ben", "cleo"))

    @property
    def now(self) -> datetime:
        return NOW + (self.day - TODAY)

    def in_days(self, days: int) -> Deleters:
        """Go to so many days after everything happened."""
        self.day = TODAY + timedelta(days=days)
        return self

    def signed(self, by: Insider, act: str, subject: bytes, place: int = 0, **fields: Any) -> SignedAct:
        plain = parse(self.office.maker.act(by, act, subject).what)
        what = write(plain | fields | {"counter": plain["counter"] + place})
        return SignedAct(what, sign(by.sign_seed, "act", what))

    def reads(self, by: Insider, *cases: Casework) -> None:
        for one in cases:
            services.mark_read(self.office.facts(by), one.id, "r", one.row.r_posts - 1, NOW)

    def asks(self, by: Insider, *cases: Casework, **fields: Any) -> bytes:
        threads = [one.id for one in cases]
        desk = self.office.maker.desk
        acts = [
            self.signed(by, ASK, desk, place, **{**one, "reason": "retention", **fields})
            for place, one in enumerate(deleting.named(threads))
        ]
        return deleting.ask(self.office.facts(by), desk, threads, acts, today=self.day, now=self.now)

    def agrees(
        self, by: Insider, asked_for: bytes, /, only: Sequence[Casework] | None = None, **fields: Any
    ) -> Deletion:
        row = Deletion.objects.get(id=asked_for)
        acts: list[SignedAct] = []
        for asked in deleting.read(bytes(row.asked_acts)):
            said = parse(asked.what)
            more = {name: said[name] for name in ("threads", "erased", "reason")}
            kept = said["threads"] if only is None else [key for key in said["threads"] if key in ids_of(only)]
            if not kept:
                continue
            if kept != said["threads"]:
                more["threads"] = kept
                [part] = deleting.named([unb64(key) for key in kept])
                more["erased"] = part["erased"]
            place = len(acts)
            more |= {"request": b64(H(asked.what))}
            more |= {"unreadable": (self.day + timedelta(days=BACKUP_DAYS + 1)).isoformat()}
            acts.append(self.signed(by, ERASE, bytes(row.desk), place, **{**more, **fields}))
        chosen = None if only is None else [one.id for one in only]
        return deleting.agree(self.office.facts(by), asked_for, acts, today=self.day, now=self.now, only=chosen)

    def holds(self, by: Insider, case: Casework, until: date, reason: str = "court") -> None:
        act = self.signed(by, holding.ASK, case.id, reason=reason, until=until.isoformat())
        facts = self.office.facts(by)
        holding.ask(facts, case.id, reason, until, act=act, today=self.day, now=self.now)

    def agrees_to_hold(self, by: Insider, case: Casework) -> None:
        row = holding.pending(self.office.maker.id, case.id, self.day)
        assert row is not None
        said = {"reason": row.reason, "until": row.until.isoformat(), "request": b64(H(bytes(row.what)))}
        act = self.signed(by, holding.HOLD, case.id, **said)
        holding.agree(self.office.facts(by), case.id, act, self.day, self.now)

    def state(self, case: Casework) -> State | None:
        row = keeping.of_thread(self.office.maker.id, case.id, self.day)
        return None if row is None else row.standing.state


def ids_of(cases: Sequence[Casework]) -> set[str]:
    return {b64(one.id) for one in cases}


def a_closed_case(at: Deleters, outcome: str = "unsubstantiated") -> Casework:
    lead, ben, _cleo = at.office.people
    case = at.office.report()
    case.declare(lead, ben)
    case.triage(lead, [lead, ben])
    case.confirm(ben)
    at.reads(lead, case)
    at.reads(ben, case)
    case.close(ben, outcome)
    return case


def set_aside(at: Deleters, *others: Casework) -> Casework:
    lead = at.office.people[0]
    report = at.office.report()
    for one in (report, *others):
        one.declare(lead)
        at.reads(lead, one)
    report.set_aside(lead, *others)
    return report


def refusal(does: Callable[[], Any]) -> str:
    with pytest.raises(Problem) as refused:
        does()
    return refused.value.code
