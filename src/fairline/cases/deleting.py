"""Two people delete what is over: one who has read it asks, another who may read it agrees, and nothing comes back.

Both sign acts that name every hash (docs/formats.md §18), so `fairline verify` takes these acts, and nothing else, for
the explanation why reports are gone. All happens in one transaction: keys, copies, files, drafts, index pages, and what
the office kept of its own work go together or stay together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from fairline.cases import index, keeping, rights, taking
from fairline.cases.models import (
    ASKED_DELETION,
    Case,
    CaseAct,
    CaseKeys,
    Copy,
    CopyAnswer,
    Declaration,
    DeletedThread,
    Deletion,
    DeletionReader,
    Doing,
    HearingStep,
    Hold,
    ReadMark,
    TakenIn,
)
from fairline.cases.retention import State
from fairline.cases.services import did, require_declaration
from fairline.core.erasure import forget_case, require_nothing_stands
from fairline.core.limits import BACKUP_DAYS, ERASURE_DAYS, MAILBOX_AFTER_DAYS
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.ledger.acts import parse_what
from fairline.ledger.erased import ASK, ERASE, MOST, hashes_of
from fairline.line import handing, shredding
from fairline.offices.services import acts
from fairline.offices.services.acts import Deed, SignedAct
from fairline.seal import jsontext
from fairline.seal.primitives import ID_SIZE, H, b64, unb64

if TYPE_CHECKING:
    from datetime import datetime

    from fairline.core.permissions import Member
    from fairline.offices.queries import MemberFacts

REASON: Final = "retention"
"""The reason that both acts name: its time has come. No other reason deletes a whole report."""
UNPROVEN: Final = "unproven"
"""Its time has come, too, and the act names those of its entries that could not be proven to be the report's own."""
AT_ONCE: Final = 200
"""Reports in one request: what was set aside goes by the dozen."""

KEPT_LIMIT: Final = 1 << 24
"""Acts of the longest request, as they are kept."""

Named = dict[str, Any]


def ask(
    member: MemberFacts, desk: bytes, threads: Sequence[bytes], signed: Sequence[SignedAct], *, today: date,
    now: datetime,
) -> bytes:  # fmt: skip
    """Ask to delete what is over at a desk, having read it; return the id of the request, which falls after a week.

    Args:
        member: who asks; has declared on each and read all of it.
        desk: of all of them.
        threads: closed cases of this member's, or what the desk has set aside.
        signed: an act for each of ``named``.
        today: where the office is.
        now: the present instant.

    Raises:
        Problem: 404 ``no-thread``; 409 ``declare``, ``early``, ``hold``, ``asked``, ``unread``, ``state``, and what
            another room refuses with (``protected``); 422 ``act``.
        PromiseError, CounterTakenError: see ``acts.record``.
    """
    chosen = sorted(set(threads))
    if not 0 < len(chosen) <= AT_ONCE:
        raise Problem(422, "threads", _("Please choose what is to be deleted, two hundred reports at most."))
    for thread in chosen:
        if rights.desk_of(member, thread) != desk:
            raise rights.nothing()
        require_declaration(member, thread)
    with writing():
        rows = _due(member.office, desk, chosen, today, {State.DUE})
        _require_read(member, chosen)
        said = [{**one, **_ground(signed, place, one)} for place, one in enumerate(named(chosen))]
        _record(member, Deed(ASK, desk), signed, said, now)
        request = Deletion.objects.create(
            office=member.office, desk=desk, asked_by=member.id, asked=today, asked_acts=written(signed)
        )
        DeletedThread.objects.filter(id__in=chosen, deletion__day=None).delete()
        DeletedThread.objects.bulk_create(_row(request, row) for row in rows)
        for thread in chosen:
            did(member, thread, ASKED_DELETION, now)
    return bytes(request.id)


def agree(
    member: MemberFacts, request: bytes, signed: Sequence[SignedAct], *, today: date, now: datetime,
    only: Sequence[bytes] | None = None,
) -> Deletion:  # fmt: skip
    """Agree to a request, which deletes everything in it; return the certificate.

    Args:
        member: who agrees.
        request: to which.
        signed: an act for each of the request's acts of which something is agreed to.
        today: where the office is.
        now: the present instant.
        only: these reports of it, where the member's browser could not prove the others: for them it has fallen.

    Raises:
        Problem: 404 ``not-asked``, ``no-thread``; 409 ``same-person``, ``state`` (something came or was held back
            meanwhile: the request has fallen); 422 ``act``, ``threads``.
        PromiseError, CounterTakenError: see ``acts.record``.
    """
    try:
        with writing():
            row = _waiting(member, request, today)
            every = sorted(bytes(one) for one in row.threads.values_list("id", flat=True))
            for thread in every:
                rights.desk_of(member, thread)
            threads = _chosen(every, only)
            parts = _parts(row, threads, today)
            unreadable = today + timedelta(days=BACKUP_DAYS + 1)
            expected = [
                {**part, "request": b64(H(asked.what)), "unreadable": unreadable.isoformat()} for asked, part in parts
            ]
            row.threads.exclude(id__in=threads).delete()
            _record(member, Deed(ERASE, bytes(row.desk)), signed, expected, now)
            readers = _assigned_to_all(threads)
            taking.remember(row, threads)
            left = [part for thread in threads for part in shred(member.office, thread, today)]
            index.forget_all(member.office, threads)
            row.agreed_by, row.agreed_acts, row.day, row.unreadable = member.id, written(signed), today, unreadable
            row.save()
            until = today + timedelta(days=MAILBOX_AFTER_DAYS)
            DeletionReader.objects.bulk_create(
                DeletionReader(deletion=row, member=one, until=until) for one in sorted(readers)
            )
    except _FallenError as fallen:
        with writing():
            _let_fall(member.office, request, today)
        raise _changed() from fallen
    shredding.delete_parts(left)
    return row


def named(threads: Sequence[bytes]) -> list[Named]:
    """Return what the acts of these threads name, ``threads`` and ``erased`` of each act, in their one order.

    Threads in the order of their ids; an act takes as many as have 256 entries together, and one with more of them has
    acts of its own.
    """
    found: list[Named] = []
    ids: list[bytes] = []
    hashes: list[bytes] = []
    leaves = shredding.leaves(threads)
    for thread in sorted(leaves):
        if ids and len(hashes) + len(leaves[thread]) > MOST:
            found.append(_named(ids, hashes))
            ids, hashes = [], []
        ids, hashes = [*ids, thread], sorted([*hashes, *leaves[thread]])
        while len(hashes) > MOST:
            found.append(_named(ids, hashes[:MOST]))
            hashes = hashes[MOST:]
    return [*found, _named(ids, hashes)]


def written(signed: Sequence[SignedAct]) -> bytes:
    """Return acts as they are kept: ``[[what, signature]…]``."""
    return jsontext.write([[b64(one.what), b64(one.signature)] for one in signed])


def read(kept: bytes) -> list[SignedAct]:
    """The reverse of ``written``."""
    return [SignedAct(unb64(what), unb64(signature)) for what, signature in jsontext.parse(kept, KEPT_LIMIT)]


def living(member: Member, today: date) -> Sequence[Deletion]:
    """Return the requests that wait for a second person and of which every report exists for ``member``.

    Who may read one of them and not another cannot agree, and does not learn from the request what else is in it.
    """
    oldest = today - timedelta(days=ERASURE_DAYS)
    rows = Deletion.objects.filter(office=member.office, day=None, asked__gte=oldest).order_by("asked", "id")
    found = [(row, {bytes(one.id) for one in row.threads.all()}) for row in rows.prefetch_related("threads")]
    theirs = rights.existing_for(member, set().union(*(threads for _row, threads in found)))
    return [row for row, threads in found if threads <= theirs]


def _chosen(every: Sequence[bytes], only: Sequence[bytes] | None) -> Sequence[bytes]:
    chosen = every if only is None else sorted(set(only))
    if not chosen or not set(chosen) <= set(every):
        raise Problem(422, "threads", _("Please choose what is to be deleted, two hundred reports at most."))
    return chosen


class _FallenError(Exception):
    """What was asked for is not what is there now."""


def _named(ids: Sequence[bytes], hashes: Sequence[bytes]) -> Named:
    return {"threads": [b64(one) for one in ids], "erased": [b64(one) for one in hashes]}


def _due(office: bytes, desk: bytes, threads: Sequence[bytes], today: date, allowed: set[State]) -> list[keeping.Row]:
    for thread in threads:
        handing.locked(office, thread)
        require_nothing_stands(office, thread)
    rows = keeping.board(office, [desk], today, threads)
    if len(rows) < len(threads):
        raise _changed()
    for row in rows:
        if row.standing.state not in allowed:
            raise _not_now(row.standing.state)
    return rows


def _not_now(state: State) -> Problem:
    sentences = {
        State.HELD: ("hold", _("Somebody holds this back, with a reason. Nothing is deleted before the hold ends.")),
        State.UNREAD: ("unread", _("There is a message in this that nobody has read. Read it first.")),
        State.ASKED: ("asked", _("Somebody has asked for that already. Please look at the report again.")),
    }
    early = ("early", _("The time to delete this has not come. Nothing was changed."))
    return Problem(409, *sentences.get(state, early))


def _require_read(member: MemberFacts, threads: Sequence[bytes]) -> None:
    """Whoever asks has had every message of the reporting person on the screen, not only somebody."""
    newest = {thread: handing.locked(member.office, thread).r_posts - 1 for thread in threads}
    marks = ReadMark.objects.filter(member=member.id, chain="r", thread__in=list(threads))
    read_upto = {bytes(thread): n for thread, n in marks.values_list("thread", "n")}
    if any(read_upto.get(thread, -1) < n for thread, n in newest.items()):
        message = _("You have not read all of this. Whoever asks for a deletion has read what is deleted.")
        raise Problem(409, "unread", message)


def _waiting(member: MemberFacts, request: bytes, today: date) -> Deletion:
    row = Deletion.objects.select_for_update().filter(id=request, office=member.office, day=None).first()
    if row is None or row.asked + timedelta(days=ERASURE_DAYS) < today:
        raise Problem(404, "not-asked", _("Nobody asks for that any more. Nothing was changed."))
    if bytes(row.asked_by) == member.id:
        message = _("Whoever asks cannot agree: somebody else who reads this report must. Nothing was changed.")
        raise Problem(409, "same-person", message)
    return row


def _parts(row: Deletion, threads: Sequence[bytes], today: date) -> list[tuple[SignedAct, Named]]:
    """Return what each act of a request names of these reports, or let it fall when anything in them has moved.

    A message, a hold or a second look that came to another report of the request leaves these as they were.
    """
    try:
        _due(bytes(row.office), bytes(row.desk), threads, today, {State.ASKED})
    except Problem as moved:
        raise _FallenError from moved
    leaves, found, said = shredding.leaves(threads), list[tuple[SignedAct, Named]](), set[str]()
    for asked in read(bytes(row.asked_acts)):
        fields = parse_what(asked.what).fields
        ids = [one for one in (unb64(key, ID_SIZE) for key in fields["threads"]) if one in leaves]
        if not ids:
            continue
        part = _named(ids, sorted(leaf for one in ids for leaf in leaves[one]))
        if len(ids) == len(fields["threads"]):
            # Also one of several acts that a single long report takes.
            part = {"threads": fields["threads"], "erased": fields["erased"]}
        elif UNPROVEN in fields:
            # Which of several reports such an entry is of nobody can tell: it is agreed to whole, or not.
            raise _not_the_same()
        part |= _ground([asked], 0, part)
        if not set(part["erased"]) <= set(fields["erased"]):
            raise _FallenError
        found.append((asked, part))
        said |= set(part["erased"])
    if said != {b64(leaf) for hashes in leaves.values() for leaf in hashes}:
        raise _FallenError
    return found


def _let_fall(office: bytes, request: bytes, today: date) -> None:
    """Take out of a request what has moved, which leaves the others asked for; without any it is none."""
    row = Deletion.objects.filter(id=request, office=office, day=None).first()
    if row is None:
        return
    said = {key for one in read(bytes(row.asked_acts)) for key in parse_what(one.what).fields["erased"]}
    for thread in [bytes(one) for one in row.threads.values_list("id", flat=True)]:
        try:
            _due(office, bytes(row.desk), [thread], today, {State.ASKED})
            if {b64(leaf) for leaf in shredding.leaves([thread])[thread]} <= said:
                continue
        except Problem:
            pass
        row.threads.filter(id=thread).delete()
    if not row.threads.exists():
        row.delete()


def _record(member: MemberFacts, deed: Deed, signed: Sequence[SignedAct], said: Sequence[Named], now: datetime) -> None:
    if len(signed) != len(said):
        raise _not_the_same()
    for one, expected in zip(signed, said, strict=True):
        fields: Mapping[str, Any] = parse_what(one.what).fields
        if any(fields.get(name) != value for name, value in {"unproven": None, **expected}.items()):
            raise _not_the_same()
        acts.record(member.office, member.id, member.sign, act=one, deed=deed, now=now)


def _ground(signed: Sequence[SignedAct], place: int, one: Named) -> Named:
    """Reason of an act, and what of its entries its author could not prove: all proven, unless they say which are not.

    What is unproven is for browsers to say, since the server knows no tag. Both people sign the same list.
    """
    fields = parse_what(signed[place].what).fields if place < len(signed) else {}
    if UNPROVEN not in fields:
        return {"reason": REASON}
    unproven = hashes_of(fields, UNPROVEN)
    if not unproven or not {b64(entry) for entry in unproven} <= set(one["erased"]):
        raise _not_the_same()
    return {"reason": UNPROVEN, UNPROVEN: [b64(entry) for entry in sorted(unproven)]}


def _assigned_to_all(threads: Sequence[bytes]) -> frozenset[bytes]:
    """Who holds the keys in force of every one of these: they know what is in the certificate."""
    rows = CaseKeys.objects.filter(thread__in=list(threads)).values_list("member", "thread").distinct()
    held = Counter(bytes(member) for member, _thread in rows)
    return frozenset(member for member, count in held.items() if count == len(threads))


def _row(request: Deletion, row: keeping.Row) -> DeletedThread:
    over = row.standing.over
    return DeletedThread(
        id=row.thread, deletion=request, kind=over.kind, outcome=over.outcome, since=over.since, due=row.standing.due
    )


def shred(office: bytes, thread: bytes, today: date) -> list[shredding.Parts]:
    """Destroy the keys first, then all that they opened, then what was kept of the work on it; in a transaction."""
    CaseKeys.objects.filter(thread=thread).delete()
    left = shredding.shred(handing.locked(office, thread), today)
    for model in (CaseAct, Copy, CopyAnswer, Declaration, Doing, HearingStep, Hold, ReadMark, TakenIn):
        model.objects.filter(office=office, thread=thread).delete()
    Case.objects.filter(id=thread).delete()
    forget_case(office, thread)
    return left


def _changed() -> Problem:
    message = _("Something has changed since that was asked. Nothing was deleted; please look again, and ask anew.")
    return Problem(409, "state", message)


def _not_the_same() -> Problem:
    message = _("What was signed is not what was asked for. Nothing was changed; please look again.")
    return Problem(422, "act", message)
