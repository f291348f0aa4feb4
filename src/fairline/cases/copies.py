"""One document of a case for a member outside it: given until a day, by a signed act, taken back at any time.

Whoever gets it sees that document and nothing else. What they send back is sealed to the case. A file goes as the
attachment that it is: its own key lies in the envelope, and its parts are given out as long as the document is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from fairline.cases import rights
from fairline.cases.models import ASIDE, Copy, CopyAnswer, Declaration
from fairline.cases.services import did, kept_opening, moved_on, require_declaration, require_unassigned
from fairline.core.limits import COPIES_MAX, COPY_ANSWERS_MAX, COPY_BYTES, COPY_DAYS
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.ledger.acts import parse_what
from fairline.line import blobs, handing
from fairline.line.states import CASE, CLOSED
from fairline.offices import queries as offices
from fairline.offices.services import acts
from fairline.offices.services.acts import Deed, SignedAct
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from fairline.core.permissions import Member
    from fairline.offices.queries import MemberFacts

Guard = Callable[["Member", bytes], None]
"""Raises a problem where a member must not do this with a document: who, and its id."""
GAVE: Final = "copy-given"
TOOK_BACK: Final = "copy-withdrawn"
LOOKED: Final = "copy-opened"
ANSWERED: Final = "copy-answered"
DECLINED: Final = "copy-declined"
_before_reading: Final[list[Guard]] = []
_before_taking_back: Final[list[Guard]] = []


def before_reading(guard: Guard) -> Guard:
    """Let ``guard`` be asked whenever somebody opens a document: another room may want a word of them first."""
    _before_reading.append(guard)
    return guard


def before_taking_back(guard: Guard) -> Guard:
    """Let ``guard`` be asked whenever a document is to be taken back: another room may have given it for good."""
    _before_taking_back.append(guard)
    return guard


@dataclass(frozen=True, slots=True)
class NewCopy:
    """A document as the giver's browser sealed it."""

    id: bytes
    to: bytes
    """Member id of who gets it."""
    until: date
    commitment: bytes
    """c of the envelope."""
    sealed: bytes
    """To who gets it."""
    kept: bytes
    """The same envelope, to the case: everybody assigned sees what was given."""
    act: SignedAct
    blob: bytes = b""
    """The attachment of the case that goes with it; empty where there is none."""


def give(member: MemberFacts, thread_id: bytes, new: NewCopy, today: date, now: datetime) -> None:
    """Give a document of a case to a member who is not assigned to it.

    Raises:
        Problem: 404 ``no-thread``, ``no-blob`` (no file of this case, or deleted); 409 ``declare``, ``state``,
            ``copies-full``; 422 ``copy`` (to whom, or until when), ``act``; 413 ``copy-size``.
    """
    rights.desk_of(member, thread_id)
    require_declaration(member, thread_id)
    if max(len(new.sealed), len(new.kept)) > COPY_BYTES:
        raise Problem(413, "copy-size", _("This document is too long to be given away. Nothing was changed."))
    with writing():
        _locked_case(member, thread_id)
        receiver = offices.member(member.office, new.to)
        aside = Declaration.objects.filter(thread=thread_id, member=new.to, kind=ASIDE).exists()
        in_time = today <= new.until <= today + timedelta(days=COPY_DAYS)
        if receiver is None or aside or rights.is_assigned(receiver, thread_id) or not in_time:
            message = _("A document goes to somebody who is not on the case and knows nobody in it, until a day.")
            raise Problem(422, "copy", message)
        if Copy.objects.filter(thread=thread_id).count() >= COPIES_MAX:
            raise Problem(409, "copies-full", _("So many documents of this case are given away that no more can be."))
        if Copy.objects.filter(id=new.id).exists():
            raise moved_on()
        if new.blob and not blobs.is_of(member.office, thread_id, new.blob):
            raise blobs.no_blob()
        said = {"blob": b64(new.blob)} if new.blob else {}
        _require_said(new.act, copy=b64(new.id), to=b64(new.to), until=new.until.isoformat(), **said)
        Copy.objects.create(
            id=new.id, office=member.office, thread=thread_id, giver=member.id, receiver=new.to, day=today,
            until=new.until, content=new.commitment, blob=new.blob, sealed=new.sealed, kept=new.kept,
        )  # fmt: skip
        acts.record(
            member.office, member.id, member.sign, act=new.act, now=now,
            deed=Deed("copy", thread_id, None, new.commitment),
        )  # fmt: skip
        did(member, thread_id, GAVE, now)


def withdraw(member: MemberFacts, thread_id: bytes, copy: bytes, act: SignedAct, now: datetime) -> None:
    """Take a document back: from now on it is not given out. Who has read it has read it.

    Raises:
        Problem: 404 ``no-thread``, ``no-copy``; 409 ``declare``, ``state``; 422 ``act``.
    """
    rights.desk_of(member, thread_id)
    require_declaration(member, thread_id)
    with writing():
        _locked_case(member, thread_id)
        row = Copy.objects.filter(id=copy, thread=thread_id).first()
        if row is None or not row.sealed:
            raise nothing()
        for guard in _before_taking_back:
            guard(member, copy)
        _require_said(act, copy=b64(copy))
        Copy.objects.filter(id=copy).update(sealed=b"")
        deed = Deed("withdraw copy", thread_id, row.content)
        acts.record(member.office, member.id, member.sign, act=act, deed=deed, now=now)
        did(member, thread_id, TOOK_BACK, now)


def given_to(member: Member, today: date) -> Sequence[Copy]:
    """Return the documents that ``member`` may read today, those that end first before the others."""
    rows = Copy.objects.filter(office=member.office, receiver=member.id, until__gte=today).exclude(sealed=b"")
    return list(rows.order_by("until", "id"))


def look(member: Member, copy: bytes, today: date, now: datetime) -> bytes:
    """Return the sealed document, and keep that it was opened, once.

    Raises:
        Problem: 404 ``no-copy``: there is none for this member, it has ended, or was taken back.
    """
    row = _mine(member, copy, today)
    for guard in _before_reading:
        guard(member, copy)
    if not row.opened:
        with writing():
            handing.locked(member.office, row.thread)
            row = _mine(member, copy, today)
            Copy.objects.filter(id=copy).update(opened=True)
            did(member, row.thread, LOOKED, now)
    return row.sealed


def part(member: Member, copy: bytes, number: int, today: date, now: datetime) -> bytes:
    """Return the sealed bytes of a part of the file that was given, and keep that ``member`` opened it today.

    They stand in the chain of custody like those on the case: whoever fetches a part has held it in their hands.

    Raises:
        Problem: 404 ``no-copy``, ``no-blob`` (words alone were given, or there is no such part); 410 ``blob-lost``,
            ``blob-erased``.
    """
    row = _mine(member, copy, today)
    for guard in _before_reading:
        guard(member, copy)
    if not row.blob:
        raise blobs.no_blob()
    sealed = blobs.part(member.office, row.thread, row.blob, number, notes=True)
    kept_opening(member, row.thread, row.blob, today, now, again=lambda: _mine(member, copy, today))
    return sealed


def answer(member: Member, copy: bytes, sealed: bytes, today: date, now: datetime) -> bytes:
    """Keep what a helper sends back, sealed to the case. Return ``c`` of the document that it answers.

    Raises:
        Problem: 404 ``no-copy``; 409 ``copies-full``; 413 ``copy-size``.
    """
    row = _mine(member, copy, today)
    if len(sealed) > COPY_BYTES:
        raise Problem(413, "copy-size", _("This is too long to be sent at once. Nothing was stored."))
    with writing():
        # Taken back, or its case deleted, while this waited: then nothing comes into the case any more.
        handing.locked(member.office, row.thread)
        row = _mine(member, copy, today)
        if CopyAnswer.objects.filter(copy=copy).count() >= COPY_ANSWERS_MAX:
            raise Problem(409, "copies-full", _("You have sent as many answers as this document takes."))
        CopyAnswer.objects.create(office=row.office, thread=row.thread, copy=copy, day=today, sealed=sealed)
        did(member, row.thread, ANSWERED, now)
    return row.content


def decline(member: Member, copy: bytes, now: datetime) -> None:
    """Step aside from what a document is about: it is given out no more, and the case is never this member's.

    Raises:
        Problem: 404 ``no-copy``; 409 ``assigned``.
    """
    with writing():
        row = Copy.objects.filter(id=copy, office=member.office, receiver=member.id).first()
        if row is None:
            raise nothing()
        handing.locked(member.office, row.thread)
        require_unassigned(member, row.thread)
        Copy.objects.filter(id=copy).update(sealed=b"")
        aside = {"office": member.office, "kind": ASIDE, "at": now}
        Declaration.objects.update_or_create(thread=row.thread, member=member.id, defaults=aside)
        did(member, row.thread, DECLINED, now)


def receivers(thread_id: bytes) -> frozenset[bytes]:
    """Return who was ever given a document of a case."""
    return frozenset(map(bytes, Copy.objects.filter(thread=thread_id).values_list("receiver", flat=True)))


def of_case(member: Member, thread_id: bytes) -> Sequence[tuple[Copy, Sequence[CopyAnswer]]]:
    """Return what was given away of a case and what came back, for who is assigned.

    Raises:
        Problem: 404 ``no-thread``; 409 ``declare``.
    """
    rights.desk_of(member, thread_id)
    require_declaration(member, thread_id)
    if not rights.is_assigned(member, thread_id):
        return []
    answers: dict[bytes, list[CopyAnswer]] = {}
    for one in CopyAnswer.objects.filter(thread=thread_id).order_by("day", "id"):
        answers.setdefault(one.copy, []).append(one)
    return [(row, answers.get(row.id, [])) for row in Copy.objects.filter(thread=thread_id).order_by("day", "id")]


def nothing() -> Problem:
    """Return the refusal that does not tell what was there."""
    return Problem(404, "no-copy", _("There is no such document for you, or its time is over."))


def _mine(member: Member, copy: bytes, today: date) -> Copy:
    row = Copy.objects.filter(id=copy, office=member.office, receiver=member.id, until__gte=today).first()
    aside = row is not None and Declaration.objects.filter(thread=row.thread, member=member.id, kind=ASIDE).exists()
    if row is None or not row.sealed or aside:
        raise nothing()
    return row


def _locked_case(member: Member, thread_id: bytes) -> None:
    thread = handing.locked(member.office, thread_id)
    if thread.status not in (CASE, CLOSED) or not rights.is_assigned(member, thread_id):
        raise moved_on()


def _require_said(act: SignedAct, **fields: str) -> None:
    said = parse_what(act.what).fields
    if any(said.get(name) != value for name, value in fields.items()):
        message = _("What was signed is not what was asked for. Nothing was changed; please look again.")
        raise Problem(422, "act", message)
