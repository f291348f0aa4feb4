"""The first visit: a code from the terminal, then a whole office in one request."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from fairline.core import clock
from fairline.offices import cookies
from fairline.offices.services import setting_up
from fairline.offices.views.bodies import body, checked, said
from fairline.offices.views.wire import act_of, keys_of, person_of
from fairline.profiles import queries as profiles
from fairline.seal.document import read_file, read_signer
from fairline.seal.fields import Fields, whole
from fairline.seal.primitives import H


@checked
def begin(request: HttpRequest) -> HttpResponse:
    """Answer with what the browser needs before it can make a charter."""
    fields = body(request)
    code = fields.text("code")
    fields.end()
    begun = setting_up.begin(code, clock.now())
    record = {"host": begun.host, "promise": begun.record.promise, "checkpoint": begun.record.checkpoint}
    return said(office=begun.office, record=record, form=H(profiles.default_form()))


@checked
def found(request: HttpRequest) -> HttpResponse:
    """Found the office and sign its first administrator in."""
    fields = body(request)
    desk = fields.value("desk")
    founding = whole(desk, lambda inner: _founding(fields, inner))
    fields.end()
    token = setting_up.found(founding, clock.now())
    response = said(founded=True)
    cookies.hand_over(response, token)
    return response


def _founding(fields: Fields, desk: Fields) -> setting_up.Founding:
    return setting_up.Founding(
        code=fields.text("code"),
        root=read_file(fields.value("root")),
        charter=read_file(fields.value("charter")),
        sheet=read_file(desk.value("sheet")),
        entry=read_signer({"entry": fields.value("entry"), "proof": fields.value("proof")}),
        profile=desk.raw("profile"),
        person=person_of(fields),
        keys=whole(desk.value("keys"), keys_of),
        act=act_of(fields),
    )
