"""Handing a sealed report to another office: as often as it takes, and taken once.

The other office takes one report under a mailbox's id, and says the same promise to whoever sends the same bytes
again. So whatever is killed, on either side and at any moment, the report is sent again until the promise is here, and
it is there once. Nothing counts as delivered but a promise that the office has signed whose key the member's browser
has proven.
"""

from __future__ import annotations

import logging
import socket
import ssl
from datetime import date, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from fairline.core.outbound import Answer, OutboundError
from fairline.core.transactions import writing
from fairline.ledger.errors import LedgerError
from fairline.ledger.promises import Promise, from_fields
from fairline.referral import files, hosts
from fairline.referral.hosts import UnnamedError
from fairline.referral.models import PROMISED, REFUSED, STALE, WAITING, Referral, ReferralPart
from fairline.seal import jsontext
from fairline.seal.charter import Peer
from fairline.seal.errors import FairlineError
from fairline.seal.primitives import b64
from fairline.seal.work import asked_of, read_challenge, salt, solve, with_work

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

ANSWER_MOST: Final = 64 << 10
PAUSE_LEAST: Final = timedelta(seconds=2)
PAUSE_MOST: Final = timedelta(hours=1)
DOUBLINGS: Final = 12
ROUNDS: Final = 3
"""A door asks for its arithmetic once; once more where midnight of its spans fell in between."""
LATER: Final = frozenset({"closed", "full", "no-room", "busy", "blob"})
"""What a door refuses today and may take tomorrow."""
NEVER: Final = frozenset({"taken", "no-desk", "no-record"})
"""What somebody has to look at."""


class FaultError(Exception):
    """A try came to nothing; ``word`` is stored, ``state`` is what the referral is in from now on."""

    def __init__(self, word: str, state: str = WAITING) -> None:
        super().__init__(word)
        self.word = word
        self.state = state


def deliver(now: Callable[[], datetime]) -> None:
    """Hand over whatever may be tried now, the longest waiting first, each once."""
    due = Referral.objects.filter(state=WAITING, next_try__lte=now()).order_by("next_try")
    for key in list(due.values_list("id", flat=True)):
        row = Referral.objects.filter(id=key, state=WAITING).first()
        if row is not None:
            _try(row, now)


def next_due(now: datetime) -> datetime:
    """Return when to look again; within the day in any case."""
    first = Referral.objects.filter(state=WAITING).order_by("next_try").values_list("next_try", flat=True).first()
    latest = now + timedelta(days=1)
    return latest if first is None else max(now, min(first, latest))


def sent_with_work(peer: Peer, path: str, parcel: bytes) -> Answer:
    """Send a drop or a message, with the arithmetic that the door asks for; it is no secret, so our server does it.

    Raises:
        FaultError: the door asks for more than any door of ours, or goes on asking.
        OutboundError, OSError: as ``hosts.ask``.
    """
    ready = parcel
    for _round in range(ROUNDS):
        answer = hosts.ask(peer, path, ANSWER_MOST, ready)
        if answer.status != HTTPStatus.CONFLICT or code_of(answer) != "work":
            return answer
        try:
            challenge = read_challenge(_fields(answer).get("work"))
            ready = with_work(parcel, solve(challenge, salt(*asked_of(parcel))))
        except FairlineError as error:
            raise FaultError("work") from error
    raise FaultError("work")


def code_of(answer: Answer) -> str:
    """Return the code with which a door refuses; empty for what is none of ours."""
    code = _fields(answer).get("error")
    return code if isinstance(code, str) and code.isascii() else ""


def word_of(error: Exception) -> str:
    """Return our own word for what went wrong; nothing that the other side said is kept."""
    if isinstance(error, OutboundError):
        return error.word
    kinds: tuple[tuple[type[Exception], str], ...] = (
        (ssl.SSLError, "certificate"), (socket.gaierror, "name"), (TimeoutError, "silence"), (OSError, "connection"),
    )  # fmt: skip
    return next((word for kind, word in kinds if isinstance(error, kind)), "fault")


def _try(row: Referral, now: Callable[[], datetime]) -> None:
    try:
        promise = _handed_over(row)
    except FaultError as fault:
        _came_to_nothing(row, fault.word, fault.state, now())
    except UnnamedError:
        _came_to_nothing(row, "unnamed", WAITING, now())
    except Exception as error:
        word = word_of(error)
        if word == "fault":
            log.exception("a referral could not be handed over")
        _came_to_nothing(row, word, WAITING, now())
    else:
        with writing():
            # Only what was sent is promised: a colleague may have sealed it anew meanwhile.
            Referral.objects.filter(id=row.id, content=row.content).update(
                state=PROMISED, promised=date.fromisoformat(promise.day), promise=promise.signature, sealed=b"",
                fault="", tries=row.tries + 1,
            )  # fmt: skip
            if Referral.objects.filter(id=row.id, state=PROMISED).exists():
                files.forget(row.id)


def _handed_over(row: Referral) -> Promise:
    peer = hosts.named(row.office, row.peer)
    _files_first(row, peer)
    answer = sent_with_work(peer, f"at/{b64(row.at)}/drop", row.sealed)
    if answer.status == HTTPStatus.OK:
        return _promised(row, answer)
    if code_of(answer) == "blob":
        # It gave up parts that nothing named for a week: they are sent once more.
        ReferralPart.objects.filter(referral=row.id).update(given=False)
    raise _refused(answer)


def _files_first(row: Referral, peer: Peer) -> None:
    """Hand over the parts of its files that are not there yet, one at a time: a report that names them comes after."""
    waiting = ReferralPart.objects.filter(referral=row.id, given=False).order_by("blob", "number")
    for key in list(waiting.values_list("id", flat=True)):
        part = ReferralPart.objects.filter(id=key).first()
        if part is None:
            continue
        answer = sent_with_work(peer, f"at/{b64(row.at)}/blobs/part", bytes(part.parcel))
        # Named already: the report is there, and its answer was lost on the way to us.
        if answer.status != HTTPStatus.OK and code_of(answer) != "blob-named":
            raise _refused(answer)
        with writing():
            ReferralPart.objects.filter(id=key).update(given=True)


def _refused(answer: Answer) -> FaultError:
    if HTTPStatus.MULTIPLE_CHOICES <= answer.status < HTTPStatus.BAD_REQUEST:
        return FaultError("redirect")
    code = code_of(answer)
    if code == "epoch":
        return FaultError("epoch", STALE)
    if code in LATER or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return FaultError(code if code in LATER else "server")
    return FaultError(code if code in NEVER else "refused", REFUSED)


def _promised(row: Referral, answer: Answer) -> Promise:
    try:
        promise = from_fields(_fields(answer).get("promise"))
        promise.check(row.promise_key)
    except (LedgerError, FairlineError) as error:
        raise FaultError("promise") from error
    if (promise.office, promise.leaf) != (row.at, row.leaf):
        raise FaultError("promise")
    return promise


def _fields(answer: Answer) -> dict[str, Any]:
    try:
        found = jsontext.parse(answer.body, ANSWER_MOST)
    except FairlineError:
        return {}
    return found if isinstance(found, dict) else {}


def _came_to_nothing(row: Referral, word: str, state: str, now: datetime) -> None:
    pause = min(PAUSE_LEAST * 2 ** min(row.tries, DOUBLINGS), PAUSE_MOST)
    with writing():
        Referral.objects.filter(id=row.id, state=WAITING, content=row.content).update(
            state=state, fault=word, tries=row.tries + 1, next_try=now + pause
        )
