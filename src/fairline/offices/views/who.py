"""The office and the member that a request speaks of."""

from __future__ import annotations

from django.http import HttpRequest

from fairline.core.problems import of_status
from fairline.offices.models import Desk, Member, Office
from fairline.offices.services import newcomers
from fairline.offices.services.sessions import SignedIn
from fairline.seal.primitives import b64


def signed_in(request: HttpRequest) -> SignedIn:
    """Return who asks; the route's gate has let members only through."""
    member: SignedIn = request.member  # type: ignore[attr-defined]
    return member


def member_row(request: HttpRequest) -> Member:
    """Return the asking member's row; of who waits for a charter with new keys, with those keys, not to be saved."""
    asking = signed_in(request)
    row = Member.objects.get(id=asking.id)
    return row if asking.joining is None else newcomers.as_member(row, asking.joining)


def settled(request: HttpRequest) -> SignedIn:
    """Return who asks, for what touches the member's own ways in.

    Raises:
        Problem: 409 ``waits``, the session is of who answered under the member's id and is in no charter yet.
    """
    asking = signed_in(request)
    if asking.joining is not None:
        raise newcomers.not_yet()
    return asking


def office_row(office: bytes) -> Office:
    """Return the office; the middleware has refused what is not there.

    Raises:
        Problem: 404.
    """
    row = Office.objects.filter(id=office).first()
    if row is None:
        raise of_status(404)
    return row


def desk_row(request: HttpRequest, office: bytes, desk: bytes, *roles: str) -> Desk:
    """Return a desk of the office at which the asking member has one of ``roles``; others do not exist for them.

    Raises:
        Problem: 404.
    """
    row = Desk.objects.filter(id=desk, office=office, gone=False).first()
    held = set(signed_in(request).roles)
    if row is None or held.isdisjoint(f"{role}@{b64(desk)}" for role in roles):
        raise of_status(404)
    return row
