"""What can be done at the line: drop a report, post into a thread, replace a receipt, leave a test report.

Each act is one short transaction: everything of it is stored, with its promise and its entry for the record, or
nothing is. No key is derived inside, and whoever gets an answer gets it after the commit.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from django.db import IntegrityError
from django.utils.translation import gettext as _

from fairline.core.fields import random_group
from fairline.core.problems import Problem
from fairline.core.statements import together
from fairline.core.transactions import writing
from fairline.ledger import services as ledger
from fairline.ledger.errors import DayClosedError, UnknownRecordError
from fairline.ledger.promises import Promise
from fairline.line import blobs, drafts, promises, queries
from fairline.line.heads import Drop, FirstWord, NewMailbox, NewPost, Rekey, with_attachments
from fairline.line.models import Post, Replaced, SealedFile, TestTicket, Thread
from fairline.line.rows import insert
from fairline.line.states import ARRIVED, ASIDE, CASE, DELETED
from fairline.offices import queries as offices
from fairline.offices.services.opening import test_report_came
from fairline.seal.primitives import HASH_SIZE, H, same

TICKET_DAYS: Final = 1
"""A member who leaves a test report does it at once; the day after covers midnight."""

THREAD_FIELDS: Final = (
    "id", "office", "desk", "epoch", "day", "newest", "status", "mailbox", "auth_hash", "r_posts", "o_posts", "i_posts",
)  # fmt: skip
POST_FIELDS: Final = ("thread", "chain", "n", "tag", "content", "received", "day", "promise")
FILE_FIELDS: Final = ("id", "thread", "chain", "n", "place", "kind", "hash", "size", "sealed", "resealed")


def drop(office: bytes, report: Drop, today: date) -> Promise:
    """Store a report and return the promise that its entry will stand in the record of ``today``.

    The same report once more gives the same promise, however often it is sent: no browser that lost the answer makes
    a second report.

    Raises:
        Problem: 404 ``no-desk``; 409 ``epoch`` (sealed to another key than the one in force), ``closed`` (and no test
            ticket), ``taken`` (something else lies under this id), ``blob`` (an attachment is not here as a whole).
    """
    attached = blobs.attached(office, report.desk, report.blobs) if report.blobs else ()
    if attached:
        report = with_attachments(report, [one.hash for one in attached])
    try:
        with writing():
            _check_desk(office, report, today)
            promise = _promise(office, report.tag + report.content + report.received, today)
            day = date.fromisoformat(promise.day)
            with together():
                _open(office, report, day)
                _store(report, report.id, ("r", 0), promise, day)
                drafts.forget(report.id)
            if attached:
                blobs.name(attached, report.desk, report.id, ("r", 0))
            return promise
    except (IntegrityError, Problem) as refusal:
        # It is asked only now whether the report is here already: hardly any comes twice. One that does gets its
        # promise whatever is said of it today, also where the desk has closed or changed its key since.
        there = _same_again(office, report)
        if there is not None:
            return there
        if isinstance(refusal, IntegrityError):
            raise taken() from refusal
        raise


def post(office: bytes, new: NewPost, today: date) -> Promise | None:
    """Store a message or note and return its promise (None for a note of the office's own, chain i).

    Who may write in whose name was settled before: chain r by the mailbox's secret (``queries.mailbox_thread``), o and
    i by the member's role at the desk.

    Raises:
        Problem: 404 ``no-thread``; 409 ``heads`` (its author has not seen the newest), ``audience`` (sealed to others
            than those who read now), ``taken`` (another post has this place), ``blob``; 410 ``deleted``.
    """
    attached: Sequence[blobs.Attached] = ()
    if new.blobs:
        attached = blobs.attached(office, queries.thread_desk(office, new.thread) or b"", new.blobs)
        new = with_attachments(new, [one.hash for one in attached])
    try:
        with writing():
            thread = Thread.objects.select_for_update().filter(id=new.thread, office=office).first()
            if thread is None:
                raise Problem(404, "no-thread", _("There is no such thread here."))
            there = Post.objects.filter(thread=thread, chain=new.chain, n=new.n).first()
            if there is not None:
                return _same_post(office, new, there)
            if thread.status == DELETED:
                raise deleted()
            _check_order(thread, new)
            _check_audience(office, thread, new)
            promise = None
            if new.tag is not None:
                promise = _promise(office, new.tag + new.content + new.received, today)
            day = date.fromisoformat(promise.day) if promise else today
            _store(new, thread.id, (new.chain, new.n), promise, day)
            thread.newest = max(thread.newest, day)
            if attached:
                blobs.name(attached, thread.desk, thread.id, (new.chain, new.n))
            setattr(thread, f"{new.chain}_posts", new.n + 1)
            if new.rekey is not None:
                replace(thread, new.rekey)
            thread.save()
            return promise
    except IntegrityError as error:
        raise taken() from error


def open_mailbox(office: bytes, new: NewMailbox, today: date) -> tuple[Promise, ...]:
    """Store a mailbox that a member opened for somebody, with the first words in it; return the promise of each.

    It is born in the state ``case``: those assigned read it, the desk never did. The caller has settled who they are
    and stores their keys in the same transaction. The same mailbox once more gives the same promises.

    Raises:
        Problem: 404 ``no-desk``; 409 ``taken`` (something else lies under this id).
    """
    try:
        with writing():
            desk = offices.taking(office, new.desk)
            if desk is None:
                raise Problem(404, "no-desk", _("There is no such desk here."))
            if Replaced.objects.filter(id=new.id).exists():
                raise taken()
            given = [_promise(office, one.tag + one.content + one.received, today) for one in new.posts]
            day = max(one.day for one in given)
            with together():
                fields = (*THREAD_FIELDS, "generation", "opened", "until")
                row = (new.id, office, new.desk, desk[1], day, day, CASE, new.id, new.auth_hash)
                insert(Thread, fields, ((*row, 0, len(new.posts), 0, new.generation, True, new.until),))
                for n, (post, promise) in enumerate(zip(new.posts, given, strict=True)):
                    _store(post, new.id, ("o", n), promise, today)
            return tuple(given)
    except IntegrityError as refusal:
        thread = Thread.objects.filter(id=new.id, office=office, desk=new.desk).first()
        there = Post.objects.filter(thread=new.id, chain="o", n__lt=len(new.posts)).order_by("n")
        came = [(post.received, post.content) for post in there]
        if thread is None or came != [(post.received, post.content) for post in new.posts]:
            raise taken() from refusal
        return tuple(promises.of(office, post) for post in there)


def look_again(office: bytes, mailbox: bytes, auth: bytes, today: date) -> None:
    """Put back before the desk what it has set aside, because the reporting person asks for a second look.

    Whatever else its state is, nothing changes, and the answer is the same.

    Raises:
        Problem: as ``queries.mailbox_thread``.
    """
    thread = queries.mailbox_thread(office, mailbox, auth, today)
    with writing():
        Thread.objects.filter(id=thread.id, status=ASIDE).update(status=ARRIVED, newest=today)


def replace(thread: Thread, rekey: Rekey) -> None:
    """Let a new receipt take the place of the old one, whose words open nothing from here on.

    Raises:
        Problem: 400 ``copies`` (the own copies sealed anew are not exactly those that the thread has); 409 ``taken``.
    """
    earlier = {(file.chain, file.n): file for file in _own_copies(thread)}
    if {(copy.chain, copy.n) for copy in rekey.renewed} != earlier.keys():
        message = _("Not every copy of this thread was sealed to the new words. Please load it again and retry.")
        raise Problem(400, "copies", message)
    used = Thread.objects.filter(id=rekey.id).exists() or Replaced.objects.filter(id=rekey.id).exists()
    if used or rekey.id == thread.id:
        raise taken()
    for copy in rekey.renewed:
        file = earlier[copy.chain, copy.n]
        SealedFile.objects.filter(pk=file.pk).update(sealed=copy.sealed, size=len(copy.sealed), resealed=True)
    drafts.forget(thread.mailbox)
    Replaced.objects.create(id=thread.mailbox, auth_hash=thread.auth_hash, thread=thread)
    thread.mailbox, thread.auth_hash = rekey.id, rekey.auth_hash


def issue_test_ticket(office: bytes, desk: bytes, member: bytes, today: date) -> bytes:
    """Return a ticket of 32 bytes with which ``member`` may leave one test report at ``desk`` while it is closed.

    The caller has checked that the member is signed in and belongs to the desk's leads, administrators, auditors or
    oversight. Only its hash is kept: who reads the database cannot use it.
    """
    ticket = secrets.token_bytes(HASH_SIZE)
    until = today + timedelta(days=TICKET_DAYS)
    with writing():
        TestTicket.objects.create(id=H(ticket), office=office, desk=desk, member=member, until=until)
    return ticket


def was_read(thread: bytes) -> None:
    """Note that somebody of the desk has read ``thread``: its attachments do not wait any more. In a transaction."""
    blobs.was_read(thread)


def taken() -> Problem:
    """Return the refusal of a place that something else has."""
    message = _("Something else lies here already. Nothing was changed; please load the mailbox and look.")
    return Problem(409, "taken", message)


def deleted() -> Problem:
    """Return the refusal of a message that nobody could read any more."""
    message = _("The office has deleted this case, so nobody could read a new message. Please send a new report.")
    return Problem(410, "deleted", message)


def _promise(office: bytes, leaf: bytes, today: date) -> Promise:
    try:
        return ledger.promise(office, leaf, today)
    except DayClosedError:
        # Midnight has passed since the request came, and the night's work was quicker.
        try:
            return ledger.promise(office, leaf, today + timedelta(days=1))
        except DayClosedError as error:
            # A night ran while the clock was ahead. Nothing can be promised before those days have come.
            message = _(
                "This office's record is closed for days that are still to come, because its clock was wrong. Nothing"
                " was stored. Please use one of the other ways to report; whoever operates the line has to mend it."
            )
            raise Problem(409, "record-ahead", message) from error
    except UnknownRecordError as error:
        raise Problem(404, "no-record", _("This office does not take reports yet.")) from error


def _same_again(office: bytes, report: Drop) -> Promise | None:
    thread = Thread.objects.filter(id=report.id).first()
    if thread is None:
        return None
    there = Post.objects.get(thread=thread, chain="r", n=0)
    unchanged = there.received == report.received and there.content == report.content and there.tag == report.tag
    first_words = Replaced.objects.filter(id=report.id).first() if thread.mailbox != report.id else None
    auth_hash = thread.auth_hash if first_words is None else first_words.auth_hash
    if thread.office != office or thread.desk != report.desk or not unchanged or not same(auth_hash, report.auth_hash):
        raise taken()
    return promises.of(office, there)


def _same_post(office: bytes, new: NewPost, there: Post) -> Promise | None:
    if there.received != new.received or there.content != new.content or there.tag != (new.tag or b""):
        raise taken()
    return None if not there.promise else promises.of(office, there)


def _check_desk(office: bytes, report: Drop, today: date) -> None:
    desk = offices.taking(office, report.desk)
    if desk is None:
        raise Problem(404, "no-desk", _("There is no such desk here."))
    is_open, epoch = desk
    if epoch != report.epoch:
        message = _("The desk has a new key. What you wrote is still here; it will be sealed again.")
        raise Problem(409, "epoch", message)
    if not is_open:
        _use_ticket(office, report, today)


def _use_ticket(office: bytes, report: Drop, today: date) -> None:
    unused = TestTicket.objects.filter(
        id=H(report.ticket or b""), office=office, desk=report.desk, used=None, until__gte=today
    )
    if report.ticket is None or not unused.update(used=today):
        message = _("This desk does not take reports at the moment. Please use one of the other ways to report.")
        raise Problem(409, "closed", message)
    test_report_came(office, report.desk, today)


def _check_order(thread: Thread, new: NewPost) -> None:
    newest = {chain: thread.count(chain) - 1 for chain in ("r", "o") if thread.count(chain)}
    if new.n != thread.count(new.chain) or (new.chain != "i" and new.heads != newest):
        message = _("Something new has come in meanwhile. What you wrote is still here; please read it first.")
        raise Problem(409, "heads", message, {"heads": newest})


def _check_audience(office: bytes, thread: Thread, new: NewPost) -> None:
    if thread.generation is not None:
        current = new.generation == thread.generation
    else:
        desk = offices.taking(office, thread.desk)
        current = desk is not None and new.epoch == desk[1]
    if not current:
        message = _("Other people read this thread now. What you wrote is still here; please see who.")
        raise Problem(409, "audience", message)


def _own_copies(thread: Thread) -> Sequence[SealedFile]:
    own = SealedFile.objects.filter(thread=thread, kind="own").exclude(sealed=b"")
    return list(own.exclude(chain="r", n=thread.r_posts - 1))


def _open(office: bytes, report: Drop, today: date) -> None:
    day = today.isoformat()
    row = (report.id, office, report.desk, report.epoch, day, day, ARRIVED, report.id, report.auth_hash, 1, 0, 0)
    insert(Thread, THREAD_FIELDS, (row,))


def _store(
    new: Drop | FirstWord | NewPost, thread: bytes, place: tuple[str, int], promise: Promise | None, today: date
) -> None:
    # Around midnight a promise may be for the next day; the row says the same day, or it would not fit its promise.
    day = promise.day if promise is not None else today.isoformat()
    signature = promise.signature if promise is not None else b""
    insert(Post, POST_FIELDS, ((thread, *place, new.tag or b"", new.content, new.received, day, signature),))
    first = random_group()
    insert(
        SealedFile,
        FILE_FIELDS,
        [
            (first + at, thread, *place, at, file.kind, file.hash, len(file.sealed), file.sealed, False)
            for at, file in enumerate(new.files)
        ],
    )
