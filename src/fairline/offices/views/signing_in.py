"""Sign-in, sign-out, and who one is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from fairline.core import clock
from fairline.ledger import queries as ledger
from fairline.offices import cookies
from fairline.offices.models import Joining
from fairline.offices.services import newcomers, sessions, signing_in
from fairline.offices.services.names import normal
from fairline.offices.services.sessions import SignedIn
from fairline.offices.services.signing_in import Start
from fairline.offices.views.bodies import body, checked, said
from fairline.offices.views.who import member_row, office_row, signed_in
from fairline.offices.views.wire import proofs_of


@checked
def start(request: HttpRequest, office: bytes) -> HttpResponse:
    """Answer with salts for a name, known or not."""
    fields = body(request)
    name = fields.text("name")
    fields.end()
    begun = signing_in.start(office, name)
    waiting: SignedIn | None = request.member  # type: ignore[attr-defined]
    if waiting is not None and waiting.joining is not None:
        # Who waits unlocks again what lies aside; to everybody else the name is still the member's.
        salt = newcomers.salt(waiting.joining, normal(name))
        begun = begun if salt is None else Start(salt, waiting.id)
    return said(salt=begun.salt, member=begun.member)


@checked
def sign_in(request: HttpRequest, office: bytes) -> HttpResponse:
    """Open a session for who shows two of three proofs."""
    fields = body(request)
    name = fields.text("name")
    proofs = proofs_of(fields)
    fields.end()
    token = signing_in.sign_in(office, name, proofs, clock.now())
    response = said(signed_in=True)
    cookies.hand_over(response, token)
    return response


def sign_out(request: HttpRequest, office: bytes) -> HttpResponse:  # noqa: ARG001 - the address names it
    """End this session."""
    sessions.ended(signed_in(request).session)
    response = said(signed_in=False)
    cookies.take_back(response)
    return response


def sign_out_everywhere(request: HttpRequest, office: bytes) -> HttpResponse:  # noqa: ARG001 - the address names it
    """End every session of this member, this one too."""
    asking = signed_in(request)
    if asking.joining is not None:
        sessions.ended(asking.session)
    ended = 1 if asking.joining is not None else sessions.ended_everywhere(asking.id)
    response = said(ended=ended)
    cookies.take_back(response)
    return response


def me(request: HttpRequest, office: bytes) -> HttpResponse:
    """Answer who asks: id, name, and the number that the next signed act must carry."""
    row, asking = member_row(request), signed_in(request)
    answers = Joining.objects.filter(invitation__office=office, invitation__member=row.id, done=False)
    own = answers.filter(newcomer=None) if asking.joining is None else answers.filter(invitation=asking.joining)
    joining = own.first()
    return said(
        member=row.id,
        name=row.name,
        roles=list(asking.roles),
        holds_root=bool(row.root),
        counter=ledger.next_counter(office, row.id),
        today=clock.today(office_row(office).zone).isoformat(),
        joining={"doc": joining.doc} if joining else None,
    )
