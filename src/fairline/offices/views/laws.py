"""The laws that the office's desks work under, row by row, and confirming one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from fairline.core import clock
from fairline.offices import queries
from fairline.offices.services.confirming import Confirmation, confirm
from fairline.offices.views.bodies import body, checked, said
from fairline.offices.views.who import member_row, office_row, settled
from fairline.offices.views.wire import act_of
from fairline.profiles.adopting import adopted
from fairline.profiles.law_checks import shipped_law
from fairline.profiles.laws import Clock


def laws(request: HttpRequest, office: bytes) -> HttpResponse:  # noqa: ARG001 - the route asked who
    """Answer with every clock of the laws in force at the desks, and what is known of each."""
    return said(laws=_laws(office))


@checked
def confirmation(request: HttpRequest, office: bytes) -> HttpResponse:
    """Confirm a row."""
    settled(request)
    fields = body(request)
    new = Confirmation(fields.text("law"), fields.text("row"), fields.text("source"), fields.day("looked"))
    act = act_of(fields)
    fields.end()
    confirm(office_row(office), member_row(request), new, act, clock.now())
    return said(laws=_laws(office))


def _laws(office: bytes) -> list[dict[str, Any]]:
    confirmed = queries.confirmed_rows(office)
    ids = sorted({adopted(desk.profile).law.id for desk in queries.desks(office)})
    return [
        {
            "id": law.id,
            "names": dict(law.names),
            "rows": [_row(one, confirmed.get((law.id, one.id))) for one in law.clocks.values()],
        }
        for law in map(shipped_law, ids)
    ]


def _row(row: Clock, confirmed: queries.Confirmed | None) -> dict[str, Any]:
    by = None
    if confirmed is not None:
        by = {
            "member": confirmed.member, "source": confirmed.source,
            "looked": confirmed.looked.isoformat(), "day": confirmed.day.isoformat(),
        }  # fmt: skip
    return {
        "id": row.id, "label": dict(row.label), "applies": row.applies, "source": row.basis.source,
        "status": row.basis.status.value, "confirmed": by,
    }  # fmt: skip
