"""Sealed keys of a desk: one envelope, one age file for each person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Max
from django.utils.translation import gettext as _

from fairline.core.problems import Problem
from fairline.offices.limits import KEY_FILE_BYTES
from fairline.offices.models import Desk, KeyFile
from fairline.offices.queries.roster import entries_in_force
from fairline.offices.services.acts import SignedAct
from fairline.seal.primitives import b64

LEAST_PEOPLE = 2


@dataclass(frozen=True)
class NewKeys:
    """A desk's `keys` envelope as a lead's browser sealed it."""

    n: int
    epoch: int
    """The newest epoch whose seed is inside."""
    commitment: bytes
    """c of the envelope."""
    files: Mapping[bytes, bytes]
    """Member id to age file."""


@dataclass(frozen=True)
class HeldFile:
    """One key file for the member who asks."""

    n: int
    epoch: int
    commitment: bytes
    file: bytes
    act: SignedAct


def next_number(desk: bytes) -> int:
    """Return the number that the desk's next `keys` must have."""
    newest: int | None = KeyFile.objects.filter(desk=desk).aggregate(newest=Max("n"))["newest"]
    return 0 if newest is None else newest + 1


def store(desk: Desk, keys: NewKeys, act: SignedAct) -> None:
    """Store a desk's new keys with the act that names them, inside the caller's transaction.

    Raises:
        Problem: 409 ``keys``, another one has this number; 422 ``keys``, sealed to who does not work at the desk.
    """
    if keys.n != next_number(desk.id):
        message = _("The desk's keys were changed by a colleague meanwhile. Please load the page again.")
        raise Problem(409, "keys", message)
    sizes = all(0 < len(file) <= KEY_FILE_BYTES for file in keys.files.values())
    if not keys.files or not sizes or len(keys.commitment) != 32:  # noqa: PLR2004 - a SHA-256
        raise _wrong_people()
    for member, file in keys.files.items():
        KeyFile.objects.create(
            desk=desk,
            n=keys.n,
            epoch=keys.epoch,
            member_id=member,
            commitment=keys.commitment,
            file=file,
            what=act.what,
            signature=act.signature,
        )


def require_people(desk: Desk, keys: NewKeys, *, opened: bool) -> None:
    """Refuse keys that are sealed to others than the desk's people, or to one person where the desk takes reports.

    Raises:
        Problem: 422 ``keys``.
    """
    people = set(people_of(desk.office_id, desk.id))
    if not keys.files.keys() <= people or (opened and len(keys.files) < LEAST_PEOPLE):
        raise _wrong_people()


def people_of(office: bytes, desk: bytes) -> Sequence[bytes]:
    """Return the ids of the handlers and leads of a desk in the charter in force."""
    wanted = {f"handler@{b64(desk)}", f"lead@{b64(desk)}"}
    return [entry.member for entry in entries_in_force(office) if wanted & set(entry.roles)]


def held(desk: bytes, member: bytes) -> Sequence[HeldFile]:
    """Return the key files of a desk that are sealed to ``member``, oldest first."""
    rows = KeyFile.objects.filter(desk=desk, member=member).order_by("n")
    return [HeldFile(row.n, row.epoch, row.commitment, row.file, SignedAct(row.what, row.signature)) for row in rows]


def _wrong_people() -> Problem:
    message = _("The desk's keys are not sealed to the people who work at it. Nothing was changed.")
    return Problem(422, "keys", message)
