"""A case of two people in which somebody is protected, with notes of noise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cases.casework import NOW, TODAY, Casework, Office
from factories.offices import Insider
from fairline.protection import services
from fairline.protection.services import Step


@dataclass
class Protecting:
    """What the people of a case do."""

    office: Office
    case: Casework

    @classmethod
    def founded(cls) -> Protecting:
        """A lead, Bao who triaged, Cleo who confirmed, and Dan of the same desk who is not assigned."""
        office = Office.founded("Bao", "Cleo", "Dan")
        case = office.report()
        _lead, bao, cleo, _dan = office.people
        case.declare(*office.people)
        case.triage(bao, [bao, cleo])
        case.confirm(cleo)
        return cls(office, case)

    def step(self, member: Insider, review: date | None, offer: date | None = None, signed: date | None = None) -> Step:
        note = self.case.post("i")
        days = {"review": signed or review, "offer": offer}
        said = {name: day.isoformat() for name, day in days.items() if day is not None}
        act = self.case.saying(member, self.case.act(member, "protect", None, note.content), **said)
        return Step(note, review, offer, act)

    def protect(self, member: Insider, step: Step, today: date = TODAY) -> None:
        services.protect(self.office.facts(member), self.case.id, step, today, NOW)
