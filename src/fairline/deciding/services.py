"""What can be done: ask a panel, seat it, answer, let it go; and that no case closes as knowingly false without it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from fairline.cases import assigning, closing, copies
from fairline.cases import services as cases
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.deciding import queries
from fairline.deciding.models import Panel, Seat
from fairline.ledger.acts import parse_what
from fairline.line import handing
from fairline.line.states import CASE
from fairline.offices.services import acts
from fairline.offices.services.acts import Deed, SignedAct
from fairline.seal.panel import LEAST, MOST, is_vote
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from datetime import date, datetime

    from fairline.cases.closing import Decided
    from fairline.cases.copies import NewCopy
    from fairline.core.permissions import Member
    from fairline.ledger.promises import Promise
    from fairline.line.heads import NewPost
    from fairline.line.models import Thread
    from fairline.offices.queries import MemberFacts

DAYS: Final = (30, 180)
"""How long the reporting person is given to answer. Nobody reminds them, and many look in once a month."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a panel is asked, and what the reporting person is told of it at the same moment.

    Attributes:
        note: sealed to the case; the question and its evidence.
        notice: sealed to the reporting person; what is asked, and that they are heard first.
        days: given to them to answer.
        act: ``ask panel``, subject the thread, ``after`` = ``c`` of the note, and ``days``.
    """

    note: NewPost
    notice: NewPost
    days: int
    act: SignedAct


@dataclass(frozen=True, slots=True)
class End:
    """That it comes to nothing: why, for the case, and what the reporting person is told."""

    note: NewPost
    notice: NewPost
    act: SignedAct


def ask(member: MemberFacts, thread: bytes, new: Question, today: date, now: datetime) -> Promise | None:
    """Ask a panel whether a reporting person knew that what they reported is false; they are told at once, and heard.

    Raises:
        Problem: 404 ``no-thread``; 409 ``declare``, ``heads``, ``state``, ``panel`` (one was asked already); 422
            ``days``, ``act``; and as ``cases.services.post``.
    """
    _require_said(new.act, days=new.days)
    if not DAYS[0] <= new.days <= DAYS[1]:
        raise Problem(422, "days", _("Give them thirty days to answer at least, and half a year at most."))
    with writing():
        row = _open_case(member, thread)
        if queries.current(thread) is not None:
            message = _("A panel was asked about this case already. It is asked once, and what it says stands.")
            raise Problem(409, "panel", message)
        cases.post(member, new.note, today, now)
        promise = cases.post(member, new.notice, today, now)
        Panel.objects.create(
            office=member.office, thread=thread, asked=new.note.content, at=now,
            r_posts=handing.heads(row)["r"] + 1, until=today + timedelta(days=new.days),
        )  # fmt: skip
        deed = Deed("ask panel", thread, None, new.note.content)
        acts.record(member.office, member.id, member.sign, act=new.act, deed=deed, now=now)
    return promise


@dataclass(frozen=True, slots=True)
class Seating:
    """The document for each member of a panel, and the act that names them: ``seat panel``, ``before`` the question."""

    documents: Sequence[NewCopy]
    act: SignedAct


def seat(member: MemberFacts, thread: bytes, new: Seating, today: date, now: datetime) -> None:
    """Give each member of the panel the document to decide on: after the reporting person was heard, all at once.

    Later only empty places are filled: nobody adds an answer to those that are there, and nobody takes one away.

    Raises:
        Problem: 404 ``no-thread``; 409 ``declare``, ``state``, ``panel`` (none is asked), ``early`` (they can still
            answer, and have not); 422 ``people``, ``copy``, ``act``; and as ``copies.give``.
    """
    people = [one.to for one in new.documents]
    _require_said(new.act, people=sorted(map(b64, people)))
    with writing():
        row = _open_case(member, thread)
        panel = _current(thread)
        if today <= panel.until and handing.heads(row)["r"] < panel.r_posts:
            raise Problem(409, "early", _("The reporting person can still answer, and has not. They are heard first."))
        # Who let their time pass has not said no: somebody else may answer in their place.
        Seat.objects.filter(panel=panel.id, vote=b"", until__lt=today).update(gone=True)
        _require_free(panel, thread, people)
        for one in new.documents:
            copies.give(member, thread, one, today, now)
            Seat.objects.create(
                id=one.id, office=member.office, thread=thread, panel=panel.id, member=one.to, until=one.until
            )
        if not panel.size:
            Panel.objects.filter(id=panel.id).update(size=len(people))
        deed = Deed("seat panel", thread, panel.asked)
        acts.record(member.office, member.id, member.sign, act=new.act, deed=deed, now=now)


def declare(member: Member, copy: bytes, kind: str, today: date, now: datetime) -> None:
    """Keep what a member of a panel says before the first word: they have no part in it, or they step aside.

    Raises:
        Problem: 404 ``no-copy``; 400 ``declaration``; 409 ``voted`` (who has answered does not step aside any more).
    """
    if kind not in ("none", "aside"):
        raise Problem(400, "declaration", _("A declaration says that you know nobody in it, or that you step aside."))
    with writing():
        row = _mine(member, copy, today)
        if kind == "none":
            Seat.objects.filter(id=copy).update(declared=True)
            return
        if row.vote:
            raise Problem(409, "voted", _("You have answered already. What was signed stands."))
        copies.decline(member, copy, now)
        Seat.objects.filter(id=copy).update(gone=True)


@dataclass(frozen=True, slots=True)
class Vote:
    """An answer as a member of the panel has sealed and signed it: which one it is, only those on the case can read.

    Attributes:
        sealed: to the case; yes or no, and the reasons.
        content: its ``c``.
        act: ``panel vote``, subject the document, ``before`` its ``c``, ``after`` = ``content``.
    """

    sealed: bytes
    content: bytes
    act: SignedAct


def vote(member: MemberFacts, copy: bytes, new: Vote, today: date, now: datetime) -> None:
    """Keep one member's answer. It is given once.

    Raises:
        Problem: 404 ``no-copy``; 409 ``declare``, ``voted``; 413 ``copy-size``; 422 ``act``.
    """
    with writing():
        row = _mine(member, copy, today)
        require_declared(member, copy)
        if row.vote:
            raise Problem(409, "voted", _("You have answered already. What was signed stands."))
        document = copies.answer(member, copy, new.sealed, today, now)
        Seat.objects.filter(id=copy).update(vote=new.content, sign=member.sign)
        deed = Deed("panel vote", copy, document, new.content)
        acts.record(member.office, member.id, member.sign, act=new.act, deed=deed, now=now)


def end(member: MemberFacts, thread: bytes, new: End, today: date, now: datetime) -> Promise | None:
    """Let it come to nothing: good faith stands, and the reporting person is told so.

    Raises:
        Problem: 404 ``no-thread``; 409 ``declare``, ``heads``, ``state``, ``panel``; 422 ``act``.
    """
    with writing():
        _open_case(member, thread)
        panel = _current(thread)
        cases.post(member, new.note, today, now)
        promise = cases.post(member, new.notice, today, now)
        Panel.objects.filter(id=panel.id).update(ended=True)
        deed = Deed("end panel", thread, panel.asked, new.note.content)
        acts.record(member.office, member.id, member.sign, act=new.act, deed=deed, now=now)
    return promise


@closing.only_decided
def require_decided(thread: bytes, decided: Decided) -> None:
    """Refuse a closing as knowingly false that not all of this case's panel have signed. In its transaction.

    The answers are sealed until then; who closes shows the signatures, and there is none for a no.

    Raises:
        Problem: 409 ``undecided``.
    """
    panel = queries.current(thread)
    seats = [] if panel is None else list(Seat.objects.filter(panel=panel.id, gone=False))
    whole = panel is not None and not panel.ended and panel.size >= LEAST and len(seats) == panel.size
    votes = dict(decided.votes)
    signed = len(votes) == len(decided.votes) and votes.keys() == {one.member for one in seats}
    if not (whole and signed and all(_said_yes(one, thread, decided, votes) for one in seats)):
        message = _(
            "Only all members of a panel together, in writing, can say that somebody knowingly reported what is false. "
            "Not all of them have signed this. Good faith stands, and nothing was changed."
        )
        raise Problem(409, "undecided", message)


@copies.before_reading
def require_declared(member: Member, copy: bytes) -> None:
    """Refuse the document to a member of a panel who has not said yet whether they have a part in it.

    Raises:
        Problem: 409 ``declare``.
    """
    if Seat.objects.filter(id=copy, member=member.id, declared=False).exists():
        message = _("Before the first word, say whether you know somebody in this or have a part in it.")
        raise Problem(409, "declare", message)


@copies.before_taking_back
def require_unseated(_member: Member, copy: bytes) -> None:
    """Refuse to take a document back from a panel: nobody is unseated for what they may answer.

    Raises:
        Problem: 409 ``seated``.
    """
    if Seat.objects.filter(id=copy, gone=False).exists():
        raise Problem(409, "seated", _("A member of a panel keeps their document until they answer or step aside."))


@assigning.before_keys
def require_apart(thread: bytes, people: Collection[bytes]) -> None:
    """Refuse the keys of a case to who sits on its panel: they decide upon what they were given, and on nothing else.

    Raises:
        Problem: 422 ``people``.
    """
    panel = queries.current(thread)
    if panel is None or panel.ended:
        return
    if Seat.objects.filter(panel=panel.id, gone=False, member__in=list(people)).exists():
        message = _("Somebody of these sits on the panel of this case and reads nothing else. Nothing was changed.")
        raise Problem(422, "people", message)


def _said_yes(one: Seat, thread: bytes, decided: Decided, votes: Mapping[bytes, bytes]) -> bool:
    return bool(one.vote) and is_vote(one.sign, votes[one.member], "yes", thread, decided.about)


def _require_free(panel: Panel, thread: bytes, people: Sequence[bytes]) -> None:
    """Of those who have read a word of the case nobody sits: not a helper, and nobody of an earlier panel."""
    filled = Seat.objects.filter(panel=panel.id, gone=False).count()
    fits = range(1, panel.size - filled + 1) if panel.size else range(LEAST, MOST + 1)
    known = copies.receivers(thread)
    if len(people) not in fits or len(set(people)) < len(people) or not known.isdisjoint(people):
        message = _(
            "A panel has three members at least and seven at most, and none of them has read anything of this case "
            "before. Later only an empty place is filled."
        )
        raise Problem(422, "people", message)


def _mine(member: Member, copy: bytes, today: date) -> Seat:
    row = Seat.objects.select_for_update().filter(id=copy, office=member.office, member=member.id, gone=False).first()
    if row is None or today > row.until:
        raise copies.nothing()
    return row


def _current(thread: bytes) -> Panel:
    panel = queries.current(thread)
    if panel is None or panel.ended:
        raise Problem(409, "panel", _("No panel is asked about this case. Nothing was changed; please look again."))
    return panel


def _open_case(member: MemberFacts, thread: bytes) -> Thread:
    row = cases.locked(member, thread)
    if row.status != CASE or row.opened:
        raise Problem(409, "state", _("This is no open case of a report. Nothing was changed; please look again."))
    return row


def _require_said(act: SignedAct, **fields: object) -> None:
    said = parse_what(act.what).fields
    if any(said.get(name) != value for name, value in fields.items()):
        message = _("What was signed is not what was asked for. Nothing was changed; please look again.")
        raise Problem(422, "act", message)
