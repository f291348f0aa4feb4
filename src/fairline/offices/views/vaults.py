"""The asking member's own sealed keys."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fairline.core import clock
from fairline.core.problems import Problem
from fairline.offices.services import opening, totp, vaults
from fairline.offices.views.bodies import body, checked, said
from fairline.offices.views.who import office_row, signed_in
from fairline.offices.views.wire import ways_of


def read(request: HttpRequest, office: bytes) -> HttpResponse:  # noqa: ARG001 - the address names it
    """Answer with vault and wraps."""
    sealed = vaults.read(signed_in(request).id)
    return said(member=signed_in(request).id, vault=sealed.file, wraps=dict(sealed.wraps))


@checked
def replace(request: HttpRequest, office: bytes) -> HttpResponse:  # noqa: ARG001 - the address names it
    """Store a newer vault; with ``ways``, under new ways of unlocking."""
    fields = body(request)
    member = signed_in(request)
    before, file = fields.hash("before"), fields.raw("vault")
    ways = ways_of(fields) if fields.has("ways") else None
    fields.end()
    if ways is None:
        vaults.replace(member.id, before, file)
    else:
        vaults.change_ways(member.id, before, file, ways, session=member.session)
    return said(stored=True)


@checked
def telephone(request: HttpRequest, office: bytes) -> HttpResponse:  # noqa: ARG001 - the address names it
    """Take another telephone for the second factor, once it shows the right digits."""
    fields = body(request)
    secret, digits = fields.text("totp_secret"), fields.text("digits")
    fields.end()
    step = totp.step_of(secret, digits, clock.now(), 0) if totp.is_secret(secret) else None
    if step is None:
        message = _("These digits are not the ones that belong to the new code. The old telephone still counts.")
        raise Problem(422, "digits", message)
    vaults.change_telephone(signed_in(request).id, secret, step)
    return said(stored=True)


def way_back_tried(request: HttpRequest, office: bytes) -> HttpResponse:
    """Note that this member's printed way back was typed back and opened the vault."""
    member = signed_in(request)
    today = clock.today(office_row(office).zone)
    vaults.way_back_tried(member.id, today)
    opening.typed_back(office, member.id, today)
    return said(noted=True)
