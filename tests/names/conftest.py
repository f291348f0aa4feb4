"""The office that every test of this room begins with."""

from __future__ import annotations

import pytest

from cases.casework import Office
from factories.offices import Insider
from names.keeping import Named


@pytest.fixture
def named() -> Named:
    office = Office.founded("Bao", "Cleo")
    maker = office.maker
    keepers = [Insider(name, ("custodian",)) for name in ("Mira", "Wen")]
    for one in keepers:
        maker.invite(one)
    maker.propose(maker.first, maker.next_charter([*office.people, *keepers]))
    # A new charter closes the desk until two have unlocked it, which is not looked at here.
    maker.desk_row.__class__.objects.filter(id=maker.desk).update(open=True)
    case = office.report()
    lead, bao, _cleo = office.people
    case.declare(lead, bao)
    case.triage(lead, [lead, bao])
    case.confirm(bao)
    return Named(office, case, keepers)
