"""A row of a law that nobody has verified becomes the law here once a named member confirms it: signed, and shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from fairline.core import clock
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.offices.models import ConfirmedRow, Member, Office
from fairline.offices.queries.laws import law_at
from fairline.offices.services import acts
from fairline.offices.services.acts import Deed, SignedAct
from fairline.profiles.confirmable import Row, rows
from fairline.profiles.laws import Status
from fairline.profiles.shipped import for_desks, for_organisations
from fairline.seal.primitives import H

SOURCE_MAX = 300
ACT = "confirm row"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Which row, as ``profiles.confirmable`` names it, where it was looked up, and when."""

    law: str
    row: str
    source: str
    looked: date

    def digest(self) -> bytes:
        """Return what the act names as ``after``: H over law, row, day and source, one a line."""
        return H(f"{self.law}\n{self.row}\n{self.looked.isoformat()}\n{self.source}".encode())


def confirm(office: Office, member: Member, new: Confirmation, act: SignedAct, now: datetime) -> None:
    """Confirm a row.

    Raises:
        Problem: 404 ``no-row`` (no such row, or one that needs nobody); 422 ``source``, ``act``; as ``acts.record``.
    """
    today = clock.day(now, office.zone)
    there = {*for_desks(), *for_organisations()}
    if (
        new.law not in there
        or (row := rows(law_at(office.id, new.law, today)).get(new.row)) is None
        or not _open(row)
    ):
        raise Problem(404, "no-row", _("There is no such row to confirm."))
    if not 0 < len(new.source.strip()) <= SOURCE_MAX or new.looked > today:
        raise Problem(422, "source", _("Please say where the law says it, and on which day you looked."))
    with writing():
        deed = Deed(ACT, office.id, after=new.digest())
        acts.record(office.id, member.id, member.sign, act=act, deed=deed, now=now)
        # From here on the office's record is locked: asked before, two who confirm at once would count alike.
        last = ConfirmedRow.objects.filter(office=office.id).aggregate(last=Max("number"))["last"] or 0
        ConfirmedRow.objects.create(
            office=office.id, law=new.law, row=new.row, number=last + 1, source=new.source, looked=new.looked,
            member=member.id, day=today,
        )  # fmt: skip


def _open(row: Row) -> bool:
    return row.basis.status is Status.UNVERIFIED
