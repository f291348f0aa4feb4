"""The daily message of who asks, and the health of the line for administrators and for monitoring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.http import JsonResponse
from django.utils.translation import gettext as _

from fairline.core import clock, disk
from fairline.core.headers import NEAR
from fairline.core.problems import Problem, of_status
from fairline.notify import health, services
from fairline.notify.faults import sentence
from fairline.notify.models import MAIL, TRIAL, Address, Outgoing
from fairline.seal import jsontext
from fairline.seal.errors import MalformedError
from fairline.seal.fields import whole

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from fairline.core.permissions import Member

ASKED_LIMIT: Final = 4096


def notices(request: HttpRequest, office: bytes) -> JsonResponse:  # noqa: ARG001 - the address names it
    """Answer with this member's own address, and how their newest trial went."""
    return JsonResponse(_notices(_member(request)))


def leave(request: HttpRequest, office: bytes) -> JsonResponse:
    """Keep this member's address."""
    try:
        address, language = whole(
            jsontext.parse(request.body, ASKED_LIMIT), lambda fields: (fields.text("address"), fields.text("language"))
        )
    except MalformedError as error:
        message = _("This request could not be read. Nothing was stored; please load the page again.")
        raise Problem(422, error.code, message) from error
    services.leave_address(office, _member(request), address, language, clock.now())
    return JsonResponse(_notices(_member(request)))


def forget(request: HttpRequest, office: bytes) -> JsonResponse:  # noqa: ARG001 - the address names it
    """Delete this member's address."""
    services.forget_address(_member(request))
    return JsonResponse(_notices(_member(request)))


def trial(request: HttpRequest, office: bytes) -> JsonResponse:
    """Put a message to this member on its way."""
    services.ask_trial(office, _member(request), clock.now())
    return JsonResponse(_notices(_member(request)))


def of_office(request: HttpRequest, office: bytes) -> JsonResponse:  # noqa: ARG001 - the route asked who
    """Answer an administrator with the health of the line."""
    now = clock.now()
    here = disk.space()
    ways = {
        name: {
            "configured": way.configured, "wanted": way.wanted, "waiting": way.waiting, "oldest": _said(way.oldest),
            "success": _said(way.success), "failure": _said(way.failure), "why": sentence(way.fault),
            "state": way.state,
        }
        for name, way in health.ways_of(office, now).items()
    }  # fmt: skip
    jobs = [
        {"name": run.name, "done": _said(run.done), "tried": _said(run.as_of), "fault": run.fault, "late": run.late}
        for run in health.nights(now)
    ]
    return JsonResponse(
        {
            "v": 1, "now": _said(now), "ways": ways, "jobs": jobs, "hour": settings.FAIRLINE.notice_hour,
            "disk": {"used": round(here.used), "free": here.free, "roomy": here.takes_files},
        }
    )  # fmt: skip


def for_monitoring(request: HttpRequest) -> JsonResponse:
    """Answer a program on this machine whether all is well, and if not, which part is not. Others get the usual 404.

    Raises:
        Problem: 404, who asks is not on this machine. Behind a proxy everybody is, so Caddy lets nobody through here.
    """
    if request.META.get(NEAR) is not True:
        raise of_status(404)
    return JsonResponse(health.in_short(clock.now()))


def _notices(member: bytes) -> dict[str, Any]:
    row = Address.objects.filter(member=member).first()
    newest = Outgoing.objects.filter(way=MAIL, member=member, kind=TRIAL).order_by("-day", "-turn").first()
    return {
        "v": 1,
        "mail": settings.FAIRLINE.mail is not None,
        "hour": settings.FAIRLINE.notice_hour,
        "address": row.address if row else "",
        "language": row.language if row else "",
        "trial": None if newest is None else {"state": _state(newest), "why": sentence(_fault(newest))},
    }


def _state(row: Outgoing) -> str:
    if row.done is not None:
        return "done"
    if row.given_up is not None:
        return "given-up"
    return "failed" if row.failed is not None else "waiting"


def _fault(row: Outgoing) -> str:
    return row.fault if row.failed is not None and row.done is None else ""


def _member(request: HttpRequest) -> bytes:
    member: Member = request.member  # type: ignore[attr-defined]
    return member.id


def _said(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat(timespec="minutes")
