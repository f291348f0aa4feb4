"""What the office says of itself to everybody: its names, its desks, where to turn in danger and to complain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairline.offices.models import Desk, Office
from fairline.offices.queries.laws import law_at, own_rows
from fairline.profiles import queries as profiles
from fairline.profiles.adopting import GENERAL
from fairline.profiles.own_rows import changeable, refusal
from fairline.profiles.shipped import for_organisations
from fairline.profiles.together import together
from fairline.seal import jsontext
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from fairline.profiles.laws import Duty


def profile_of(desk: Desk) -> dict[str, Any]:
    """Return the desk's profile document as parsed; empty where this server does not hold it."""
    text = profiles.document(desk.profile)
    read = None if text is None else jsontext.parse(text)
    return read if isinstance(read, dict) else {}


def written(office: Office, today: date) -> bytes:
    """Return the account as published; see docs/contract.md.

    Args:
        office: whose.
        today: what laws have people told is said as it holds on this day.
    """
    desks = list(Desk.objects.filter(office=office, gone=False).order_by("id"))
    told = [desk for desk in desks if desk.open] or desks
    profile = together([(desk.names, profile_of(desk)) for desk in told])
    account: dict[str, Any] = {
        "v": 1,
        "names": office.names,
        "desks": [{"id": b64(desk.id), "names": desk.names, "open": desk.open} for desk in desks],
        "ways": profile.get("ways", {}),
    }
    for name in ("emergency", "complaints"):
        if name in profile:
            account[name] = profile[name]
    if own := _own(office):
        account["own"] = own
    if notices := _notices(office, told, today):
        account["notices"] = notices
    if duties := _duties(office, told, today):
        account["duties"] = duties
    return jsontext.write(account)


def _notices(office: Office, desks: Sequence[Desk], today: date) -> list[dict[str, Any]]:
    """What the laws of these desks have a reporting person told from the beginning, each once."""
    names = dict.fromkeys(str(profile_of(desk).get("law", {}).get("id", GENERAL)) for desk in desks)
    laws = [law_at(office.id, name, today) for name in names]
    rows = [(law, one) for law in laws for one in law.notices.values()]
    return [
        {"law": law.id, "names": dict(law.names), "text": dict(one.text),
         "source": one.basis.source if one.basis.is_law else ""}
        for law, one in rows
        if one.whom == "reporter" and one.when == "received" and one.is_said_on(today)
    ]  # fmt: skip


def _duties(office: Office, desks: Sequence[Desk], today: date) -> list[dict[str, Any]]:
    """What the laws of these desks, and those of organisations, have organisations do; with what is known of each."""
    names = dict.fromkeys(str(profile_of(desk).get("law", {}).get("id", GENERAL)) for desk in desks)
    laws = [law_at(office.id, name, today) for name in [*names, *for_organisations()]]
    found = [
        {
            "law": law.id, "names": dict(law.names),
            "rows": [duty_of(one) for one in law.duties.values() if one.basis.holds_on(today)],
            "languages": [one.tag for one in law.languages if one.basis.holds_on(today)],
        }
        for law in laws
    ]  # fmt: skip
    return [one for one in found if one["rows"]]


def duty_of(one: Duty) -> dict[str, Any]:
    """Return a duty as pages get it."""
    return {
        "id": one.id, "who": one.who.value, "cycle": one.cycle, "text": dict(one.text), "evidence": dict(one.evidence),
        "source": one.basis.source, "status": one.basis.status.value,
    }  # fmt: skip


def _own(office: Office) -> list[dict[str, Any]]:
    """What two have made stricter than the law, in the order of its days; a page knows which of them counts."""
    found = []
    for one in sorted(own_rows(office.id).rows, key=lambda row: row.starts):
        law = law_at(office.id, one.law, one.starts)
        given = changeable(law).get(one.row)
        if given is not None and refusal(law, one.row, one.period) is None:
            found.append({
                "law": one.law, "names": dict(law.names), "row": one.row, "label": dict(given[2]),
                "limit": one.period.amount, "unit": one.period.unit.value, "given": given[0].amount,
                "starts": one.starts.isoformat(),
            })  # fmt: skip
    return found
