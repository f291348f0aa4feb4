"""The laws that the office's desks work under, row by row: confirming one, and making one stricter for the office."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

from fairline.core import clock
from fairline.offices import queries
from fairline.offices.models import Member, Office
from fairline.offices.services import own_rows, versions
from fairline.offices.services.accounts import duty_of
from fairline.offices.services.acts import SignedAct
from fairline.offices.services.confirming import Confirmation, confirm
from fairline.offices.views.bodies import body, checked, said
from fairline.offices.views.who import member_row, office_row, settled
from fairline.offices.views.wire import act_of
from fairline.profiles import shipped
from fairline.profiles.adopting import GENERAL, adopted
from fairline.profiles.confirmable import CLASS, DUTY, LANGUAGE, REWARD, Confirmed, still_said
from fairline.profiles.deadlines import Period
from fairline.profiles.law_checks import shipped_law
from fairline.profiles.laws import Basis, Clock, Kind, Law, Texts
from fairline.profiles.own_rows import COUNTED, changeable, read_row
from fairline.profiles.shipped import for_organisations
from fairline.profiles.versions import AdoptedVersion, read_version
from fairline.profiles.wire import class_of, known, reward_of, told_at
from fairline.seal.fields import Fields

What = TypeVar("What")


def laws(request: HttpRequest, office: bytes) -> HttpResponse:  # noqa: ARG001 - the route asked who
    """Answer with every clock of the laws in force at the desks, and what is known of each."""
    return said(laws=_laws(office))


@checked
def confirmation(request: HttpRequest, office: bytes) -> HttpResponse:
    """Confirm a row."""
    return _signed(request, office, _confirmation, confirm)


@checked
def propose(request: HttpRequest, office: bytes) -> HttpResponse:
    """Ask for a shorter period of the office's own."""
    return _signed(request, office, read_row, own_rows.propose)


@checked
def agree(request: HttpRequest, office: bytes, row: bytes) -> HttpResponse:
    """Agree to what somebody else asked for: ``{"act"}``."""
    return _signed(request, office, lambda _fields: row, own_rows.agree)


@checked
def refuse(request: HttpRequest, office: bytes, row: bytes) -> HttpResponse:
    """Take back what waits: ``{"act"}``."""
    return _signed(request, office, lambda _fields: row, own_rows.refuse)


@checked
def adopt(request: HttpRequest, office: bytes) -> HttpResponse:
    """Adopt a newer version of a law."""
    return _signed(request, office, read_version, versions.adopt)


def _signed(
    request: HttpRequest, office: bytes, read: Callable[[Fields], What],
    do: Callable[[Office, Member, What, SignedAct, datetime], object],
) -> HttpResponse:
    """Do what the body names, as its ``act`` signs it, and answer with the laws as they then stand."""
    settled(request)
    fields = body(request)
    what = read(fields)
    act = act_of(fields)
    fields.end()
    do(office_row(office), member_row(request), what, act, clock.now())
    return said(laws=_laws(office))


def _confirmation(fields: Fields) -> Confirmation:
    return Confirmation(fields.text("law"), fields.text("row"), fields.text("source"), fields.day("looked"))


def _laws(office: bytes) -> list[dict[str, Any]]:
    today = clock.today(queries.zone_of(office) or "UTC")
    own = queries.own_rows(office, today)
    versions_of = queries.adoptions(office)
    by = _confirmed_in(office, [one.row for one in versions_of])
    return [
        {
            "id": law.id,
            "names": dict(law.names),
            "rows": [_row(one, by(law, one.id)) for one in law.clocks.values()],
            "kind": law.kind.value,
            "periods": _periods(law, own, by),
            "duties": [
                duty_of(one) | known(one.basis, by(law, f"{DUTY}{one.id}"))
                for one in law.duties.values() if one.basis.holds_on(today)
            ],
            "languages": [
                {"tag": one.tag} | known(one.basis, by(law, f"{LANGUAGE}{one.tag}"))
                for one in law.languages if one.basis.holds_on(today)
            ],
            "classes": [class_of(one, by(law, f"{CLASS}{one.id}")) for one in law.classes_on(today)],
            "rewards": [
                reward_of(one, by(law, f"{REWARD}{one.id}")) for one in law.rewards if one.basis.holds_on(today)
            ],
            "version": law.version,
            "newer": _newer(law, versions_of),
            "adopted": [_adoption(one) for one in versions_of if one.row.law == law.id and one.member is not None],
        }
        for law in _in_force(office, today)
    ]


def _confirmed_in(
    office: bytes, adopted: Sequence[AdoptedVersion]
) -> Callable[[Law, str], Confirmed | None]:
    """Who confirmed a row of a law, where it still says what they found."""
    found = queries.confirmed_rows(office)

    def by(law: Law, row: str) -> Confirmed | None:
        one = found.get((law.id, row))
        return one if one is not None and still_said(adopted, law, row, one.day) else None

    return by


def _newer(law: Law, adopted: Sequence[queries.Adoption]) -> dict[str, Any] | None:
    """The newest version that is shipped, where nobody has adopted it yet."""
    newest = shipped.versions(law.id)[-1]
    if newest <= max([law.version, *(one.row.version for one in adopted if one.row.law == law.id)]):
        return None
    return {"version": newest, "effective_from": shipped_law(law.id, newest).effective_from.isoformat()}


def _adoption(one: queries.Adoption) -> dict[str, Any]:
    return {
        "version": one.row.version, "starts": one.row.starts.isoformat(), "member": one.member,
        "day": one.day.isoformat(),
    }  # fmt: skip


def _periods(
    law: Law, own: queries.OwnRows, by: Callable[[Law, str], Confirmed | None]
) -> list[dict[str, Any]]:
    """The rows whose days the line counts for everybody who reports; those of organisations no office makes shorter."""
    if law.kind is Kind.NOTIFIER:
        return []
    return [
        _period((law.id, row), there, own) | known(there[1], by(law, row)) for row, there in changeable(law).items()
    ]


def _in_force(office: bytes, today: date) -> list[Law]:
    """The laws of the desks, the general rules where one of those lacks a clock, and the laws of organisations."""
    names = sorted({adopted(desk.profile).law.id for desk in queries.desks(office)})
    laws = [queries.law_at(office, name, today) for name in names]
    counted = {(law.id, law.clocks[row].action) for law in laws for row in changeable(law) if row in law.clocks}
    if not all((law.id, action) in counted for law in laws for action in COUNTED):
        laws.append(queries.law_at(office, GENERAL, today))
    return laws + [queries.law_at(office, name, today) for name in for_organisations()]


def _period(
    named: tuple[str, str], there: tuple[Period, Basis, Texts], own: queries.OwnRows
) -> dict[str, Any]:
    given, _basis, label = there
    mine = [[one for one in rows if (one.row.law, one.row.row) == named] for rows in (own.agreed, own.asked)]
    agreed, asked = ([_own(one) for one in rows] for rows in mine)
    return {
        "row": named[1], "label": dict(label), "limit": given.amount, "unit": given.unit.value,
        "agreed": agreed, "asked": asked[0] if asked else None,
    }  # fmt: skip


def _own(one: queries.AskedRow) -> dict[str, Any]:
    return {
        "id": one.id, "limit": one.row.period.amount, "unit": one.row.period.unit.value,
        "starts": one.row.starts.isoformat(), "what": one.what, "by": one.asked_by, "second": one.agreed_by,
        "day": None if one.day is None else one.day.isoformat(),
    }  # fmt: skip


def _row(row: Clock, by: Confirmed | None) -> dict[str, Any]:
    said = {"id": row.id, "label": dict(row.label), "applies": row.applies, "contents": told_at(row)}
    return said | known(row.basis, by)
