"""An office with custodians of names, a case of two people, and what each would send."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

import pytest

from cases.casework import NOW, TODAY, Casework, Office
from factories.offices import Insider
from fairline.core.problems import Problem
from fairline.ledger.acts import parse_row
from fairline.ledger.models import Row
from fairline.names import services
from fairline.names.models import NameRequest
from fairline.names.services import Asking, Refusal, Release
from fairline.offices.queries import MemberFacts


@dataclass
class Named:
    """A case of two people, and two custodians who have no part in it."""

    office: Office
    case: Casework
    keepers: list[Insider]

    @property
    def asker(self) -> Insider:
        return self.office.people[1]

    def facts(self, person: Insider) -> MemberFacts:
        return self.office.facts(person)

    def asks(self, member: Insider | None = None, *, told: bool = True, message: int = 0, said: int | None = None):
        who, content = member or self.asker, secrets.token_bytes(32)
        act = self.case.saying(
            who, self.case.act(who, "request name", None, content), message=message if said is None else said
        )
        new = Asking(message, b"sealed to them", content, self.case.post("o") if told else None, act)
        services.ask(self.facts(who), self.case.id, new, TODAY, NOW)
        return NameRequest.objects.get(content=content)

    def releases(self, row: NameRequest, keeper: Insider, today: date = TODAY) -> None:
        content = secrets.token_bytes(32)
        act = self.case.act(keeper, "release name", row.content, content)
        services.release(self.facts(keeper), row.id, Release(b"a share of " + keeper.id, content, act), today, NOW)

    def declines(self, row: NameRequest, keeper: Insider, reason: str = "ground", said: str | None = None) -> None:
        act = self.case.saying(keeper, self.case.act(keeper, "decline name", row.content, None), reason=said or reason)
        services.decline(self.facts(keeper), row.id, Refusal(reason, act), TODAY, NOW)

    def takes_back(self, row: NameRequest, member: Insider | None = None, today: date = TODAY) -> None:
        who = member or self.asker
        act = self.case.act(who, "withdraw name request", row.content, None)
        services.take_back(self.facts(who), row.id, act, today, NOW)


def refusal(act) -> str:
    with pytest.raises(Problem) as refused:
        act()
    return refused.value.code


def acts_of(named: Named) -> list[str]:
    rows = Row.objects.filter(office=named.office.maker.id, kind="act", number__isnull=False).order_by("number")
    return [parse_row(bytes(one.row)).act().act for one in rows]
