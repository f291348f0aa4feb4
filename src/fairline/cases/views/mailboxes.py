"""A member opens a mailbox for somebody: one parcel with the keys of those who read it, and the first words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import JsonResponse

from fairline.cases import mailboxes
from fairline.cases.mailboxes import Opening
from fairline.cases.views.bodies import malformed, today_at
from fairline.cases.views.case import read_act, refusals, signer
from fairline.core import clock
from fairline.line import parcels
from fairline.line.heads import raw_field, read_mailbox, require_fields
from fairline.seal.errors import MalformedError
from fairline.seal.primitives import HASH_SIZE, ID_SIZE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest


def open_mailbox(request: HttpRequest, office: bytes) -> JsonResponse:
    """Open a mailbox for somebody who did not write first; answer with the promises of its first words."""
    member = signer(request, office)
    try:
        new = _opening(*parcels.read(request.body))
    except MalformedError as error:
        raise malformed(error) from error
    with refusals():
        promises = mailboxes.open_mailbox(member, new, today_at(office), clock.now())
    return JsonResponse({"promises": [one.fields() for one in promises]})


def _opening(head: Mapping[str, Any], bodies: Sequence[bytes]) -> Opening:
    require_fields(head, ("v", "c", "people", "recipient", "act", "files"), ())
    return read_opening(head, bodies, ("mailbox",))


def read_opening(head: Mapping[str, Any], bodies: Sequence[bytes], after: Sequence[str]) -> Opening:
    """Read a case's first keys and the mailbox that it is born as.

    Args:
        head: of the parcel; its fields are the caller's to require.
        bodies: a key file for each person, then what ``after`` names.
        after: what follows the keys: ``mailbox`` first.

    Raises:
        MalformedError: as `heads.read_drop`.
    """
    people = head["people"]
    if not isinstance(people, list):
        raise MalformedError("json-type", "The people are a list.")
    ids = [raw_field({"person": one}, "person", ID_SIZE) for one in people]
    kinds = [row.get("as") for row in head["files"]]
    if len(set(ids)) < len(ids) or kinds != [*["keys"] * len(ids), *after]:
        raise MalformedError("files", "There is one key file for each person, then the mailbox.")
    return Opening(
        mailbox=read_mailbox(*parcels.read(bodies[len(ids)])),
        commitment=raw_field(head, "c", HASH_SIZE),
        files=dict(zip(ids, bodies, strict=False)),
        recipient=raw_field(head, "recipient", HASH_SIZE),
        act=read_act(head["act"]),
    )
