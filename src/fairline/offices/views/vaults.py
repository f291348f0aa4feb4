"""The asking member's own sealed keys."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fairline.core import clock
from fairline.core.problems import Problem
from fairline.offices.services import newcomers, opening, signing_in, totp, vaults
from fairline.offices.services.signing_in import Proofs
from fairline.offices.views.bodies import body, checked, said
from fairline.offices.views.who import office_row, settled, signed_in
from fairline.offices.views.wire import proofs_of, ways_of
from fairline.seal.fields import Fields, whole


def read(request: HttpRequest, office: bytes) -> HttpResponse:  # noqa: ARG001 - the address names it
    """Answer with vault, wraps and the passphrase's salt.

    ``waits``, and without the salt, if they lie aside until a charter names their keys.
    """
    asking = signed_in(request)
    waits = asking.joining is not None
    sealed = vaults.read(asking.id) if asking.joining is None else newcomers.read(asking.joining)
    salt = {} if waits else {"salt": vaults.salt(asking.id)}
    return said(member=asking.id, vault=sealed.file, wraps=dict(sealed.wraps), waits=waits, **salt)


@checked
def replace(request: HttpRequest, office: bytes) -> HttpResponse:  # noqa: ARG001 - the address names it
    """Store a newer vault; with ``ways`` and one of ``proof``, under new ways of unlocking."""
    fields = body(request)
    member = signed_in(request)
    before, file = fields.hash("before"), fields.raw("vault")
    ways = ways_of(fields) if fields.has("ways") else None
    proofs = _proof(fields) if ways is not None else None
    fields.end()
    if ways is not None and vaults.is_changed(member.id, file, ways):
        return said(stored=True)
    if ways is not None and proofs is not None:
        signing_in.require_proof(settled(request).id, proofs, clock.now())
        vaults.change_ways(member.id, before, file, ways, session=member.session)
    elif member.joining is not None:
        newcomers.replace(member.joining, before, file)
    else:
        vaults.replace(member.id, before, file)
    return said(stored=True)


@checked
def telephone(request: HttpRequest, office: bytes) -> HttpResponse:  # noqa: ARG001 - the address names it
    """Take another telephone for the second factor, with one of ``proof``, once it shows the right digits."""
    fields = body(request)
    secret, digits, proofs = fields.text("totp_secret"), fields.text("digits"), _proof(fields)
    fields.end()
    member = settled(request)
    signing_in.require_proof(member.id, proofs, clock.now())
    step = totp.step_of(secret, digits, clock.now(), 0) if totp.is_secret(secret) else None
    if step is None:
        message = _("These digits are not the ones that belong to the new code. The old telephone still counts.")
        raise Problem(422, "digits", message)
    vaults.change_telephone(member.id, secret, step)
    return said(stored=True)


def _proof(fields: Fields) -> Proofs:
    """Read ``proof``: one of the three that sign in, at least."""
    return whole(fields.value("proof"), proofs_of)


def way_back_tried(request: HttpRequest, office: bytes) -> HttpResponse:
    """Note that this member's printed way back was typed back and opened the vault."""
    member = settled(request)
    today = clock.today(office_row(office).zone)
    vaults.way_back_tried(member.id, today)
    opening.typed_back(office, member.id, today)
    return said(noted=True)
