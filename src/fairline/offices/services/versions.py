"""Adopting a newer version of a law that a release brought: signed, from a later day on, for what begins then."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Max
from django.utils.translation import gettext as _

from fairline.core import clock
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.offices.models import AdoptedLaw, Member, Office
from fairline.offices.queries.laws import law_versions
from fairline.offices.services import acts
from fairline.offices.services.acts import Deed, SignedAct
from fairline.offices.services.own_rows import AHEAD_DAYS
from fairline.profiles.law_checks import shipped_law
from fairline.profiles.shipped import shipped_names, versions
from fairline.profiles.versions import AdoptedVersion, version_on
from fairline.seal.primitives import H

ACT: Final = "adopt law"


def digest(new: AdoptedVersion) -> bytes:
    """Return what the act names as ``after``: H over law, version and first day, one a line."""
    return H(f"{new.law}\n{new.version}\n{new.starts.isoformat()}".encode())


def check(office: bytes, new: AdoptedVersion, today: date) -> None:
    """Refuse what is no newer version, or would count for what has begun, or before the law itself does.

    Raises:
        Problem: 404 ``no-version``; 409 ``same``; 422 ``starts``.
    """
    if new.law not in shipped_names() or new.version not in versions(new.law):
        raise Problem(404, "no-version", _("There is no such version of this law here."))
    if new.version <= version_on(law_versions(office), new.law, max(new.starts, today)):
        raise Problem(409, "same", _("That version, or a newer one, counts already. Nothing was changed."))
    if not today < new.starts <= today + timedelta(days=AHEAD_DAYS):
        message = _("Please choose a day after today, within a year: what has begun keeps the version that it had.")
        raise Problem(422, "starts", message)
    if new.starts < shipped_law(new.law, new.version).effective_from:
        raise Problem(422, "starts", _("The law itself does not hold before that day. Please choose a later one."))


def adopt(office: Office, member: Member, new: AdoptedVersion, act: SignedAct, now: datetime) -> None:
    """Adopt a version; from its day on what begins runs under it, and what had begun keeps its own.

    Raises:
        Problem: as ``check``; 422 ``act``; as ``acts.record``.
    """
    today = clock.day(now, office.zone)
    with writing():
        check(office.id, new, today)
        acts.record(office.id, member.id, member.sign, act=act, deed=Deed(ACT, office.id, after=digest(new)), now=now)
        # The office's record is locked from here on; of two who adopt at once the second is told.
        check(office.id, new, today)
        _add(office.id, new, member.id, today)


def found(office: bytes, today: date) -> None:
    """Have a new office work under the newest version of every law; in the founding's transaction."""
    for name in shipped_names():
        there = versions(name)
        if len(there) > 1:
            _add(office, AdoptedVersion(name, there[-1], today), b"", today)


def _add(office: bytes, new: AdoptedVersion, member: bytes, today: date) -> None:
    last = AdoptedLaw.objects.filter(office=office).aggregate(last=Max("number"))["last"] or 0
    AdoptedLaw.objects.create(
        office=office, number=last + 1, law=new.law, version=new.version, starts=new.starts, member=member, day=today
    )
