"""The reporting person's own: a draft before the report is sent, their notes after; sealed to them, one a mailbox."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import IntegrityError
from django.utils.translation import gettext as _

from fairline.core import disk
from fairline.core.limits import DRAFT_DAYS, DRAFTS_MAX
from fairline.core.problems import Problem
from fairline.core.statements import run
from fairline.core.transactions import writing
from fairline.line import room
from fairline.line.blob_heads import Asked, NewOwn
from fairline.line.models import Own, Replaced, Thread
from fairline.seal.primitives import H, same

_NOBODY = bytes(32)


def write(office: bytes, new: NewOwn, today: date) -> date | None:
    """Keep ``new`` in the place of what was there; return the last day of a draft, None where a thread keeps it.

    Raises:
        Problem: 403 ``auth`` (the first request for this id had another secret); 409 ``no-room``; 410 ``replaced``.
    """
    if not disk.space().takes_drafts:
        raise room.none_left()
    try:
        return _write(office, new, today)
    except IntegrityError:
        # Two tabs wrote first in one moment; now there is a row to compare with.
        return _write(office, new, today)


def begun(office: bytes, mailbox: bytes) -> bool:
    """Return whether a draft or a thread lies under this id already: what follows needs no work of its own."""
    # The receipt was replaced: the answer to that is given by the writing itself.
    replaced = Replaced.objects.filter(id=mailbox).exists()
    return replaced or _thread(office, mailbox) is not None or Own.objects.filter(id=mailbox, office=office).exists()


def read(office: bytes, asked: Asked) -> bytes:
    """Return what lies there.

    Raises:
        Problem: 404 ``no-own``, also for a wrong secret: nobody can tell which.
    """
    return _found(office, asked).sealed


def remove(office: bytes, asked: Asked) -> None:
    """Delete what lies there.

    Raises:
        Problem: 404 ``no-own``.
    """
    there = _found(office, asked)
    with writing():
        Own.objects.filter(id=there.id).delete()
        if _thread(office, asked.id) is None:
            room.give_back(office, room.counted(len(there.sealed)))


def forget(mailbox: bytes) -> None:
    """Delete the draft of a mailbox whose report comes in, or whose words were replaced; inside their transaction.

    One statement in every report: what it gives back to the office's room is counted at night.
    """
    run(Own, "DELETE FROM {} WHERE {id} = %s", (mailbox,))


def _write(office: bytes, new: NewOwn, today: date) -> date | None:
    given = H(new.asked.auth)
    thread = _thread(office, new.asked.id)
    with writing():
        there = Own.objects.select_for_update().filter(id=new.asked.id).first()
        _check(office, given, thread, there, new.asked.id)
        if thread is None:
            before = 0 if there is None else room.counted(len(there.sealed))
            more = room.counted(len(new.sealed)) - before
            if more > 0:
                room.take(office, more, DRAFTS_MAX)
            elif more < 0:
                room.give_back(office, -more)
        if there is None:
            Own.objects.create(id=new.asked.id, office=office, auth_hash=given, sealed=new.sealed, day=today)
        else:
            Own.objects.filter(id=there.id).update(sealed=new.sealed, day=today)
    return None if thread is not None else today + timedelta(days=DRAFT_DAYS)


def _check(office: bytes, given: bytes, thread: Thread | None, there: Own | None, mailbox: bytes) -> None:
    if thread is not None:
        fits = same(given, thread.auth_hash)
    else:
        old = Replaced.objects.filter(id=mailbox, thread__office=office).first()
        if old is not None and same(given, old.auth_hash):
            raise Problem(410, "replaced", _("These words were replaced by new ones. Please use the new ones."))
        first_hash = old.auth_hash if old is not None else given if there is None else there.auth_hash
        fits = same(given, first_hash) and (there is None or there.office == office)
    if not fits:
        raise Problem(403, "auth", _("These words do not belong to this draft. Please compare each word."))


def _found(office: bytes, asked: Asked) -> Own:
    there = Own.objects.filter(id=asked.id, office=office).first()
    thread = _thread(office, asked.id)
    known = thread.auth_hash if thread is not None else there.auth_hash if there is not None else _NOBODY
    # The comparison happens in each case, so that its time does not tell whether something is there.
    if not same(H(asked.auth), known) or there is None:
        raise Problem(404, "no-own", _("There is no draft under these words."))
    return there


def _thread(office: bytes, mailbox: bytes) -> Thread | None:
    return Thread.objects.filter(mailbox=mailbox, office=office).first()
