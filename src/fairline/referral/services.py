"""What can be done: refer a report, seal it anew for another key, try again, say what another office is for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import gettext as _

from fairline.cases import services as cases
from fairline.core.permissions import Role
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.ledger.acts import parse_what
from fairline.ledger.errors import PromiseError
from fairline.line import queries as line
from fairline.line.heads import with_attachments
from fairline.line.states import ARRIVED, CASE
from fairline.offices.services import acts
from fairline.offices.services.acts import Deed, SignedAct
from fairline.offices.services.turns import take_turn
from fairline.referral import files, hosts
from fairline.referral.hosts import UnnamedError
from fairline.referral.models import BACK, PROMISED, WAITING, Competence, Referral
from fairline.seal.competence import read_competence
from fairline.seal.primitives import HASH_SIZE, H, b64

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from pathlib import Path

    from fairline.core.permissions import Member
    from fairline.ledger.promises import Promise
    from fairline.line.blob_heads import NewPart
    from fairline.line.heads import Drop, NewPost
    from fairline.offices.queries import MemberFacts
    from fairline.seal.charter import Peer

OWN_NAME: Final = "own name"
"""What an act says of a report that an officer signed in the organisation's name."""
DROP_MOST: Final = 2 << 20
"""Bytes of one referral; a report with all its copies is about 37 kB, and one that holds another twice that."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A report as it goes to the other office: the whole parcel, and what its head says in clear."""

    parcel: bytes
    drop: Drop

    def leaf(self, files: Sequence[bytes]) -> bytes:
        """Return the entry that the other office promises; ``files`` are the hashes of its attachments."""
        drop = with_attachments(self.drop, files) if files else self.drop
        return drop.tag + drop.content + drop.received


@dataclass(frozen=True, slots=True)
class FoundThere:
    """What a member's browser has found in the mailbox at the other office, and proven from that office's root."""

    promise: Promise
    promise_key: bytes


@dataclass(frozen=True, slots=True)
class NewReferral:
    """What a member's browser has sealed, proven and signed."""

    peer: bytes
    at: bytes
    promise_key: bytes
    sealed: Sealed
    note: NewPost
    act: SignedAct


def wake_file() -> Path:
    """Return the file whose new time tells the supervisor that something is to be handed over at once."""
    path: Path = settings.FAIRLINE.data / "relay-now"
    return path


def hold_part(member: MemberFacts, thread: bytes, new: NewPart, parcel: bytes, today: date) -> int:
    """Keep a part of a file that is to go along; return how many of the file are here.

    Raises:
        Problem: 404 ``no-thread``; 409 ``declare``, ``state``, and as ``files.hold``.
    """
    with writing():
        _require_open(member, thread)
        return files.hold(member, thread, new, parcel, today)


def refer(member: MemberFacts, thread: bytes, new: NewReferral, today: date, now: datetime) -> None:
    """Put a report on its way to an office that our charter names, with a note of the case that holds its words.

    Raises:
        Problem: 403 ``officer`` (signed in the organisation's name by who may not); 404 ``no-thread``; 409 ``declare``,
            ``held``, ``state``, ``heads``, ``taken``, ``peer`` (the charter in force names no such office), ``blob`` (a
            file is not here as a whole); 413 ``long``; 422 ``act``.
    """
    _require_short(new.sealed)
    drop = new.sealed.drop
    wake_file().touch(mode=0o600)
    try:
        with writing():
            _require_open(member, thread)
            peer = _named(member.office, new.peer)
            hashes = files.named(member, thread, drop)
            cases.post(member, new.note, today, now)
            Referral.objects.create(
                id=drop.id, office=member.office, thread=thread, peer=new.peer, host=peer.host, at=new.at,
                desk=drop.desk, epoch=drop.epoch, promise_key=new.promise_key, content=drop.content,
                leaf=new.sealed.leaf(hashes), sealed=new.sealed.parcel, member=member.id, filed=now, next_try=now,
            )  # fmt: skip
            files.give_to(thread, drop.blobs, drop.id)
            _record(member, thread, new.peer, drop, act=new.act, now=now)
    except IntegrityError as error:
        raise Problem(409, "taken", _("This was already passed on. Please look at the case again.")) from error
    wake_file().touch(mode=0o600)


def seal_anew(member: MemberFacts, thread: bytes, key: bytes, sealed: Sealed, *, act: SignedAct, now: datetime) -> None:
    """Take the same report, sealed to the other desk's new key or signed by who is here now.

    Its mailbox stays the same, so what may have arrived under the old key cannot arrive twice.

    Raises:
        Problem: 403 ``officer``; 404 ``no-thread``, ``no-referral``; 409 ``declare``, ``promised``; 413 ``long``; 422
            ``act``.
    """
    _require_short(sealed)
    with writing():
        _require_assigned(member, thread)
        row = _unpromised(member, thread, key)
        drop = sealed.drop
        if drop.id != row.id or not files.are_those_of(row.id, drop.blobs):
            raise Problem(422, "act", _("What was signed is not what was asked for. Nothing was changed."))
        leaf = sealed.leaf(files.named(member, thread, drop, row.id))
        Referral.objects.filter(id=row.id).update(
            desk=drop.desk, epoch=drop.epoch, content=drop.content, leaf=leaf, sealed=sealed.parcel,
            member=member.id, state=WAITING, next_try=now, tries=0, fault="",
        )  # fmt: skip
        _record(member, thread, row.peer, drop, act=act, now=now)
    wake_file().touch(mode=0o600)


def try_again(member: MemberFacts, thread: bytes, key: bytes, now: datetime) -> None:
    """Try at once what waits, or was refused.

    Raises:
        Problem: 404 ``no-thread``, ``no-referral``; 409 ``declare``, ``promised``.
    """
    with writing():
        _require_assigned(member, thread)
        row = _unpromised(member, thread, key)
        Referral.objects.filter(id=row.id).update(state=WAITING, next_try=now, tries=0)
    wake_file().touch(mode=0o600)


def found_there(member: MemberFacts, thread: bytes, key: bytes, found: FoundThere) -> None:
    """Take the promise that a member's browser has found, proven, in the mailbox there: it has arrived after all.

    So ends what no further sending can: the other office has an earlier sealing of it, or signs promises with another
    key since it was filed.

    Raises:
        Problem: 404 ``no-thread``, ``no-referral``; 409 ``declare``, ``promised``; 422 ``promise``: it is of another
            mailbox, or does not hold.
    """
    with writing():
        _require_assigned(member, thread)
        row = _unpromised(member, thread, key, but=())
        promise, tag = found.promise, bytes(row.leaf)[:HASH_SIZE]
        try:
            promise.check(found.promise_key)
        except PromiseError as error:
            raise _no_promise() from error
        content = promise.leaf[HASH_SIZE : 2 * HASH_SIZE]
        if promise.office != row.at or len(promise.leaf) != len(row.leaf) or promise.leaf[:HASH_SIZE] != tag:
            raise _no_promise()
        Referral.objects.filter(id=row.id).update(
            state=PROMISED, promise_key=found.promise_key, content=content, leaf=promise.leaf, sealed=b"", fault="",
            promised=date.fromisoformat(promise.day), promise=promise.signature,
        )  # fmt: skip
        files.forget(row.id)


def take_back(member: MemberFacts, thread: bytes, key: bytes, act: SignedAct, now: datetime) -> None:
    """Send it no more, and keep that it was taken back. What may have arrived meanwhile is the other office's.

    Raises:
        Problem: 404 ``no-thread``, ``no-referral``; 409 ``declare``, ``promised``, ``back``; 422 ``act``.
    """
    with writing():
        _require_assigned(member, thread)
        row = _unpromised(member, thread, key)
        Referral.objects.filter(id=row.id).update(state=BACK, sealed=b"", fault="", member=member.id)
        files.forget(row.id)
        _require_said(act, {"peer": b64(row.peer)})
        deed = Deed("withdraw referral", thread, bytes(row.content))
        acts.record(member.office, member.id, member.sign, act=act, deed=deed, now=now)


def say_competence(member: MemberFacts, peer: bytes, document: bytes, act: SignedAct, now: datetime) -> None:
    """Keep what an administrator says of another office that our charter names.

    Raises:
        Problem: 404 ``no-peer``; 422 ``act``.
        MalformedError: the document is none.
    """
    read_competence(document)
    try:
        hosts.named(member.office, peer)
    except UnnamedError as error:
        raise no_peer() from error
    with writing():
        take_turn(member.office)
        there = Competence.objects.filter(office=member.office, peer=peer).first()
        before = None if there is None else H(there.document)
        values = {"document": document, "member": member.id, "said": now}
        Competence.objects.update_or_create(office=member.office, peer=peer, defaults=values)
        _require_said(act, {"peer": b64(peer)})
        deed = Deed("say competence", member.office, before, H(document))
        acts.record(member.office, member.id, member.sign, act=act, deed=deed, now=now)


def no_peer() -> Problem:
    """Return the refusal of an office that the charter in force does not name."""
    return Problem(404, "no-peer", _("The charter in force names no such office."))


def _record(member: MemberFacts, thread: bytes, peer: bytes, drop: Drop, *, act: SignedAct, now: datetime) -> None:
    _require_said(act, {"peer": b64(peer)})
    _require_officer(member, act)
    deed = Deed("refer", thread, None, drop.content)
    acts.record(member.office, member.id, member.sign, act=act, deed=deed, now=now)


def _require_officer(member: MemberFacts, act: SignedAct) -> None:
    """Let nobody sign in the organisation's name but its officer, as the charter in force has them.

    The report is sealed: that it was signed so, the act says, and the other office's browsers prove.
    """
    said = parse_what(act.what).fields.get("as")
    if said is None:
        return
    if said != OWN_NAME or f"{Role.OFFICER}@{b64(member.office)}" not in member.roles:
        message = _("Only who signs for the organisation reports in its name. Nothing was changed.")
        raise Problem(403, "officer", message)


def _require_said(act: SignedAct, fields: dict[str, object]) -> None:
    said = parse_what(act.what).fields
    if any(said.get(name) != value for name, value in fields.items()):
        message = _("What was signed is not what was asked for. Nothing was changed; please look again.")
        raise Problem(422, "act", message)


def _named(office: bytes, peer: bytes) -> Peer:
    try:
        return hosts.named(office, peer)
    except UnnamedError as error:
        message = _("The charter in force names no such office, so nothing is sent there. Nothing was changed.")
        raise Problem(409, "peer", message) from error


def _require_open(member: Member, thread: bytes) -> None:
    _require_assigned(member, thread)
    state = line.thread_state(member.office, thread)
    if state is None or state[1] not in (ARRIVED, CASE):
        message = _("Only what lies before the desk or is a case at work is passed on. Nothing was changed.")
        raise Problem(409, "state", message)


def _require_assigned(member: Member, thread: bytes) -> None:
    # Under the thread's lock: a re-key that comes between would leave a right that nobody has.
    cases.locked(member, thread)


def _require_short(sealed: Sealed) -> None:
    if len(sealed.parcel) > DROP_MOST:
        raise Problem(413, "long", _("This is too long to be passed on in one piece. Nothing was changed."))


def _unpromised(member: Member, thread: bytes, key: bytes, but: Collection[str] = (BACK,)) -> Referral:
    row = Referral.objects.select_for_update().filter(id=key, office=member.office, thread=thread).first()
    if row is None:
        raise Problem(404, "no-referral", _("There is no such referral here."))
    if row.state == PROMISED:
        raise Problem(409, "promised", _("It has arrived by now. Please look at the case again."))
    if row.state in but:
        raise Problem(409, "back", _("Somebody has taken it back. Please look at the case again."))
    return row


def _no_promise() -> Problem:
    return Problem(422, "promise", _("What was found there is no promise of this referral. Nothing was changed."))
