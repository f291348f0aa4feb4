"""Invitations and the answers to them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from fairline.core import clock
from fairline.offices import cookies
from fairline.offices.limits import NAME_LETTERS
from fairline.offices.models import Invitation
from fairline.offices.services import inviting
from fairline.offices.services.inviting import NewInvitation
from fairline.offices.views.bodies import body, checked, said
from fairline.offices.views.who import office_row, signed_in
from fairline.offices.views.wire import person_of
from fairline.seal.fields import as_text
from fairline.seal.invitation import read_joining_file
from fairline.seal.primitives import ID_SIZE


def invitations(request: HttpRequest, office: bytes) -> HttpResponse:  # noqa: ARG001 - the gate asked
    """Answer with open invitations and with answers that no charter has taken up yet."""
    rows = Invitation.objects.filter(office=office).select_related("joining").order_by("ends")
    now = clock.now()
    found = [_told(row) for row in rows if hasattr(row, "joining") or row.ends > now]
    return said(invitations=found)


@checked
def invite(request: HttpRequest, office: bytes) -> HttpResponse:
    """Open a place for a member."""
    fields = body(request)
    new = NewInvitation(
        id=fields.raw("id", ID_SIZE),
        nonce=fields.raw("nonce", ID_SIZE),
        member=fields.raw("member", ID_SIZE),
        name=fields.text("name").strip()[:NAME_LETTERS],
        roles=fields.list("roles", as_text),
        with_root=fields.flag("with_root"),
    )
    fields.end()
    ends = inviting.invite(office, signed_in(request).id, new, clock.now())
    return said(ends=ends.isoformat())


def withdraw(request: HttpRequest, office: bytes, invitation: bytes) -> HttpResponse:  # noqa: ARG001 - the gate asked
    """Take an invitation back."""
    inviting.withdraw(office, invitation)
    return said(withdrawn=True)


@checked
def look(request: HttpRequest, office: bytes) -> HttpResponse:
    """Answer what is asked of who holds an invitation."""
    fields = body(request)
    key = fields.raw("invitation", ID_SIZE)
    fields.end()
    found = inviting.look(office, key, clock.now())
    return said(
        member=found.member,
        name=found.name,
        with_root=found.with_root,
        ends=found.ends.isoformat(),
        again=found.again,
        names=office_row(office).names,
    )


@checked
def join(request: HttpRequest, office: bytes) -> HttpResponse:
    """Take an invited browser's answer and sign it in."""
    fields = body(request)
    key = fields.raw("invitation", ID_SIZE)
    file = read_joining_file(fields.value("joining"))
    person = person_of(fields)
    fields.end()
    token = inviting.join(office, key, file, person, clock.now())
    response = said(joined=True)
    cookies.hand_over(response, token)
    return response


def _told(row: Invitation) -> dict[str, object]:
    told: dict[str, object] = {
        "id": row.id,
        "inviter": row.inviter_id,
        "nonce": row.nonce,
        "member": row.member,
        "name": row.name,
        "roles": row.roles,
        "with_root": row.with_root,
        "ends": row.ends.isoformat(),
    }
    joining = getattr(row, "joining", None)
    if joining is not None:
        told["joining"] = {"doc": joining.doc, "sig": joining.sig, "mac": joining.mac, "day": joining.day.isoformat()}
        told["done"] = joining.done
    return told
