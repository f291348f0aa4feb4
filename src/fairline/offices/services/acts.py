"""Acts that members sign: checked against what is really being done, then recorded with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from fairline.core.problems import Problem
from fairline.ledger import acts, services
from fairline.ledger.promises import Promise
from fairline.seal.jsontext import write
from fairline.seal.primitives import b64


@dataclass(frozen=True)
class SignedAct:
    """An act as a member's browser signed it."""

    what: bytes
    """JSON, see docs/formats-record.md."""
    signature: bytes


@dataclass(frozen=True)
class Deed:
    """What the server is about to do, which the act must name exactly."""

    act: str
    subject: bytes
    """Id of what it is done to."""
    before: bytes | None = None
    """H of what is replaced."""
    after: bytes | None = None
    """H of what comes in its place."""
    keys: bytes | None = None
    """c of a desk's new `keys` envelope, where one comes with it."""


def record(office: bytes, member: bytes, key: bytes, *, act: SignedAct, deed: Deed, now: datetime) -> Promise:
    """Record a member's act, inside the caller's transaction; return the record's promise.

    Args:
        office: office id.
        member: who is signed in.
        key: the member's public sign key.
        act: as sent.
        deed: what is being done.
        now: the present instant.

    Raises:
        Problem: 422 ``act``, the member signed something else.
        PromiseError: `act-shape`, `act-signature`.
        CounterTakenError: another act of this member came first.
    """
    said = acts.parse_what(act.what)
    keys = None if deed.keys is None else b64(deed.keys)
    signed = (said.act, said.subject, said.member, said.before, said.after, said.fields.get("keys"))
    if signed != (deed.act, b64(deed.subject), member, deed.before, deed.after, keys):
        message = _("What was signed is not what was asked for. Nothing was changed; please load the page again.")
        raise Problem(422, "act", message)
    return services.record_act(office, act.what, act.signature, now, signer=key)


def record_machine(office: bytes, act: str, subject: bytes, now: datetime) -> Promise:
    """Record what the machine does in its own name, unsigned, inside the caller's transaction."""
    return services.record_act(office, write({"act": act, "subject": b64(subject)}), None, now)
