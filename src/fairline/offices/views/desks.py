"""Desks: this member's key files, what was tried, the next sheet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from fairline.core import clock
from fairline.offices.models import Desk, DeskDrill, KeyFile
from fairline.offices.services import key_files, opening, sheets
from fairline.offices.views.bodies import body, checked, said
from fairline.offices.views.who import desk_row, member_row, office_row, signed_in
from fairline.offices.views.wire import act_of, keys_of
from fairline.profiles import queries as profiles
from fairline.profiles.shipped import for_desks
from fairline.seal.document import read_file
from fairline.seal.fields import whole
from fairline.seal.primitives import b64


def keys(request: HttpRequest, office: bytes, desk: bytes) -> HttpResponse:
    """Answer with this member's key files of a desk, and what the next ones must name."""
    desk_row(request, office, desk, "handler", "lead")
    rows = key_files.held(desk, signed_in(request).id)
    newest = KeyFile.objects.filter(desk=desk).order_by("-n").first()
    return said(
        files=[
            {"n": row.n, "commitment": row.commitment, "file": row.file, "what": row.act.what, "sig": row.act.signature}
            for row in rows
        ],
        next=key_files.next_number(desk),
        newest=newest.commitment if newest else b"",
    )


def state(request: HttpRequest, office: bytes) -> HttpResponse:  # noqa: ARG001 - every member may ask
    """Answer with every desk's holders of its newest keys, and what is missing before it may open."""
    desks = Desk.objects.filter(office=office, gone=False).order_by("id")
    return said(desks={b64(desk.id): _told(desk) for desk in desks})


def unlocked(request: HttpRequest, office: bytes, desk: bytes) -> HttpResponse:
    """Note that this member has unlocked the desk's key."""
    row = desk_row(request, office, desk, "handler", "lead")
    opening.tried(row.id, DeskDrill.UNLOCKED, signed_in(request).id, clock.today(office_row(office).zone))
    return said(noted=True)


@checked
def sheet(request: HttpRequest, office: bytes, desk: bytes) -> HttpResponse:
    """Put the desk's next sheet in force."""
    desk_row(request, office, desk, "lead")
    fields = body(request)
    file = read_file(fields.value("file"))
    new_keys = fields.optional("keys", lambda value: whole(value, keys_of))
    form, profile = (fields.raw(name) if fields.has(name) else b"" for name in ("form", "profile"))
    act = act_of(fields)
    fields.end()
    lead, now = member_row(request), clock.now()
    sheets.publish_sheet(
        office_row(office), lead, desk, file=file, keys=new_keys, form=form, profile=profile, act=act, now=now
    )
    return said(in_force=True)


def texts(request: HttpRequest, office: bytes, desk: bytes) -> HttpResponse:  # noqa: ARG001 - every member may ask
    """Answer with the desk's form and profile document, empty where they are not held, and the laws to choose from."""
    row = Desk.objects.filter(id=desk, office=office).first()
    form, profile = (profiles.document(row.form), profiles.document(row.profile)) if row else (None, None)
    return said(form=form or b"", profile=profile or b"", laws=for_desks())


def _told(desk: Desk) -> dict[str, object]:
    newest = key_files.next_number(desk.id) - 1
    drills = DeskDrill.objects.filter(desk=desk)
    return {
        "holders": list(KeyFile.objects.filter(desk=desk, n=newest).values_list("member", flat=True)),
        "unlocked": [drill.member_id for drill in drills if drill.kind == DeskDrill.UNLOCKED],
        "missing": [{"code": one.code, "sentence": one.sentence} for one in opening.missing(desk)],
    }
