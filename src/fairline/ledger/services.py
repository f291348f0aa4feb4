"""What can be done with the record: found it, promise an entry, record an act. Publishing is in ``publishing``."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction

from fairline.core.publication import published
from fairline.core.statements import first, together
from fairline.core.transactions import writing
from fairline.ledger import acts, keys, merkle, promises, turns
from fairline.ledger.batches import split
from fairline.ledger.checkpoints import ACTS, ARRIVALS, LOGS, origin
from fairline.ledger.errors import CounterTakenError, DayClosedError, UnknownRecordError
from fairline.ledger.keys import RecordKeys
from fairline.ledger.leaves import arrival
from fairline.ledger.models import Log, Row, Waiting
from fairline.ledger.promises import Promise
from fairline.ledger.publishing import cosign, publish_day, publish_due
from fairline.seal.primitives import H

__all__ = [
    "RecordKeys",
    "cosign",
    "found",
    "move",
    "notice",
    "prepare_keys",
    "promise",
    "publish_day",
    "publish_due",
    "record_act",
    "record_document",
]

prepare_keys = keys.prepared

# Names of our own models; values go separately.
WAIT: Final = (
    "INSERT INTO {} ({id}, {office}, {day}, {entry}) SELECT %s, %s, %s, %s "  # noqa: S608
    f'FROM "{Log._meta.db_table}" WHERE "office" = %s AND "name" = %s AND "closed" < %s '
    "ON CONFLICT DO NOTHING RETURNING 1"
)
"""Asks in one statement whether the day is open and the entry new: a report waits for one answer, not for two."""


def found(office: bytes, host: str, zone: str, today: date) -> RecordKeys:
    """Begin both logs of an office; its first batch is that of ``today``. Twice changes nothing.

    Args:
        office: office id, 16 bytes.
        host: the host that the charter's record names; it stays part of the logs' names for ever.
        zone: IANA time zone of the office.
        today: the present day there.
    """
    public = keys.prepared(office)
    with writing():
        for name in LOGS:
            begun = {"origin": origin(host, office, name), "zone": zone, "closed": today - timedelta(days=1)}
            Log.objects.get_or_create(office=office, name=name, defaults=begun)
    return public


def move(office: bytes, zone: str) -> None:
    """Count the office's days in another time zone from now on, because a new charter says so."""
    with writing():
        Log.objects.filter(office=office).update(zone=zone)


def promise(office: bytes, leaf: bytes, day: date) -> Promise:
    """Store an arrival's entry for the night and return the promise of it. Inside the caller's transaction.

    The same entry once more gives the same promise, also when it was first promised on an earlier day.

    Args:
        office: office id.
        leaf: the 96 bytes `T ‖ c ‖ f`.
        day: the present day where the office is.

    Raises:
        BatchError: `leaf-size`.
        DayClosedError: the day's batch is out; promise the entry for the next day.
        UnknownRecordError: the office has no record.
    """
    arrival(leaf)
    kept = _waiting(office, leaf, day)
    return promises.make(office, leaf, kept.isoformat(), keys.promise_seed(office))


def record_act(
    office: bytes,
    what: bytes,
    signature: bytes | None,
    time: datetime,
    *,
    signer: bytes | None = None,
) -> Promise:
    """Record an act and return the promise of its entry. Inside the caller's transaction, with the act itself.

    Args:
        office: office id.
        what: JSON as the member signed it (`docs/formats-record.md`).
        signature: the member's (label `act`), None where the machine acts in its own name.
        time: the present instant.
        signer: the member's public sign key; with it the signature is checked here.

    Raises:
        PromiseError: `act-shape`; `act-signature` if `signer` did not sign it.
        CounterTakenError: another act of this member came first.
        DayClosedError, UnknownRecordError: as for `promise`.
    """
    row = acts.row(what, signature, time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    if signer is not None:
        row.check(signer)
    return _record(office, Row.ACT, row.written(), row.act(), time)


def record_document(office: bytes, document: bytes, time: datetime) -> Promise:
    """Record a root document as an entry itself, H(document), readable by all, and return the promise of it."""
    return _record(office, Row.DOCUMENT, document, None, time)


def notice(office: bytes, thread: bytes, code: str, dates: dict[str, str]) -> dict[str, str]:
    """A machine notice, signed in the machine's own name: a code and dates, never a text."""
    return promises.write_notice(promises.Notice(office, thread, code, dates), keys.promise_seed(office))


def _waiting(office: bytes, leaf: bytes, day: date) -> date:
    """Store the entry unless it is there already; return the day that it is promised for."""
    leaf_hash = merkle.leaf_hash(leaf)
    text = day.isoformat()
    with together():
        turns.promising(office)
        stored = first(Waiting, WAIT, [leaf_hash, office, text, leaf, office, ARRIVALS, text])
    if stored is not None:
        return day
    if not Log.objects.filter(office=office, name=ARRIVALS).exists():
        raise _unknown()
    earlier: date | None = Waiting.objects.filter(id=leaf_hash, office=office).values_list("day", flat=True).first()
    if earlier is not None:
        return earlier
    # The doors see of a closed day what everybody sees.
    batch = published(office, f"{ARRIVALS}/{day}")
    if batch is not None and leaf in split(batch.body, ARRIVALS):
        return day
    raise _closed()


def _record(office: bytes, kind: str, raw: bytes, act: acts.Act | None, time: datetime) -> Promise:
    turns.promising(office)
    log = Log.objects.select_for_update().filter(office=office, name=ACTS).first()
    if log is None:
        raise _unknown()
    # A day that is closed already takes nothing more: the act is promised for the first open one.
    day = max(time.astimezone(log.place).date(), log.closed + timedelta(days=1))
    member, counter = (None, None) if act is None else (act.member, act.counter)
    if member is not None and counter != _counted(office, member) + 1:
        raise _taken()
    log.numbered += 1
    try:
        with transaction.atomic():
            Row.objects.create(
                office=office,
                kind=kind,
                number=log.numbered,
                day=day,
                entry=H(raw),
                row=raw,
                member=member or b"",
                counter=counter,
            )
    except IntegrityError as error:
        if member is not None and counter is not None and _counted(office, member) < counter:
            # Nobody was first: the database refused it for another reason, which a second try would not mend.
            raise
        raise _taken() from error
    log.save(update_fields=("numbered",))
    return promises.make(office, H(raw), day.isoformat(), keys.promise_seed(office))


def _counted(office: bytes, member: bytes) -> int:
    newest = Row.objects.filter(office=office, member=member).order_by("-counter").values_list("counter", flat=True)
    return newest.first() or 0


def _closed() -> DayClosedError:
    return DayClosedError("day-closed", "The record of this day is closed; the next day's is open.")


def _taken() -> CounterTakenError:
    return CounterTakenError("act-counter", "Another act of this member was recorded first.")


def _unknown() -> UnknownRecordError:
    return UnknownRecordError("record-unknown", "This office has no record yet.")
