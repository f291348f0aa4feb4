"""A mailbox as proven here: every text, every promise, every place. What fails is named, not shown."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from fairline.ledger import promises
from fairline.ledger.keeping import Kept
from fairline.ledger.promises import Promise
from fairline.seal import age, jsontext
from fairline.seal.author import not_author
from fairline.seal.bodies import Message
from fairline.seal.charter import in_force
from fairline.seal.decided import only_decided
from fairline.seal.envelope import MemberBy, read_envelope
from fairline.seal.errors import FairlineError, MalformedError, RefusedError, SealError
from fairline.seal.fields import Fields, as_list, whole
from fairline.seal.parcel import read_parcel
from fairline.seal.post import Readers
from fairline.seal.primitives import b64
from fairline.seal.receipt import Mailbox
from fairline.seal.recipients import recipient_hash
from fairline.seal.thread import Found, Reader, RefusedPost, Thread, read_thread
from fairline.terminal.door import JSON
from fairline.terminal.errors import DoorRefusedError, UnreachableError
from fairline.terminal.sending import require_plausible
from fairline.terminal.tags import strange

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from fairline.seal.charter import ProvenCharter
    from fairline.seal.parcel import ParcelFile
    from fairline.terminal.office import Office

CHAINS: tuple[Literal["r", "o"], ...] = ("r", "o")
ROUNDS = 3


@dataclass(frozen=True)
class RawPost:
    """A post as the door shows it, nothing proven; `own` is the sealed own copy, None where it was destroyed."""

    chain: Literal["r", "o"]
    n: int
    T: bytes
    c: bytes
    f: bytes
    day: str
    promise: Promise
    own: bytes | None = field(repr=False)


@dataclass(frozen=True)
class RawThread:
    """A mailbox as the door shows it, nothing proven."""

    thread: bytes
    desk: bytes
    status: str
    day: str
    audience: tuple[Literal["epoch", "generation"], int]
    posts: tuple[RawPost, ...]

    def heads(self) -> dict[str, int]:
        """The newest numbers on r and o."""
        newest: dict[str, int] = {}
        for post in self.posts:
            newest[post.chain] = max(post.n, newest.get(post.chain, 0))
        return newest


@dataclass(frozen=True)
class Fault:
    """What is wrong at a place of the thread, in a sentence."""

    chain: str
    n: int
    code: str
    sentence: str


@dataclass(frozen=True)
class Opened:
    """A mailbox, opened and proven.

    Attributes:
        office: proven.
        mailbox: keys of the receipt.
        receipt: so that no message gives it away, and a new one can replace it.
        raw: as the door showed it.
        thread: what may be believed.
        faults: what may not, by place.
        copies: unsealed own copies, for a new receipt.
    """

    office: Office
    mailbox: Mailbox = field(repr=False)
    receipt: bytes = field(repr=False)
    raw: RawThread
    thread: Thread
    faults: tuple[Fault, ...]
    copies: tuple[Found, ...] = field(repr=False)

    def readers(self) -> Readers:
        """Whom the office's copy of an answer is sealed to: only what is proven.

        Raises:
            RefusedError: `envelope-audience`, where the server names another audience than the proven one.
        """
        kind, number = self.raw.audience
        handover = self.thread.handover
        if handover is not None and (kind, number) == ("generation", handover.generation):
            return Readers(kind, number, handover.recipient)
        sheet = self.office.manifest.sheet(self.raw.desk)
        if handover is None and sheet is not None and (kind, number) == ("epoch", sheet.epoch):
            return Readers(kind, number, sheet.recipient)
        raise RefusedError("envelope-audience", "The server names readers whom nothing proves.")


def fetch(office: Office, mailbox: Mailbox) -> RawThread:
    """Fetch all pages of a mailbox.

    Raises:
        DoorRefusedError: 404 `no-mailbox`, 410 `replaced`.
        MalformedError: what came is no mailbox.
    """
    for turn in range(ROUNDS):
        pages = [_page(office, mailbox, 0)]
        pages += [_page(office, mailbox, number) for number in range(1, pages[0][1])]
        posts = [post for raw, _count in pages for post in raw.posts]
        # A post that came between two pages shifts them: then once more from the first.
        steady = all((raw.thread, count) == (pages[0][0].thread, pages[0][1]) for raw, count in pages)
        if (steady and len({(post.chain, post.n) for post in posts}) == len(posts)) or turn == ROUNDS - 1:
            break
    first = pages[0][0]
    return RawThread(first.thread, first.desk, first.status, first.day, first.audience, tuple(posts))


def prove(office: Office, mailbox: Mailbox, receipt: bytes, raw: RawThread) -> Opened:
    """Prove a mailbox; raises nothing for what is wrong in it, which stands in `faults`."""
    faults: list[Fault] = []
    copies: list[Found] = []
    for post in raw.posts:
        try:
            copies.append(Found(post.chain, post.n, _own_copy(office, mailbox, post)))
        except FairlineError as error:
            faults.append(Fault(post.chain, post.n, error.code, error.sentence))
    charters = _charters(office, copies)
    counting, dated_back = _dated(office, charters, raw, copies)
    faults += dated_back
    sheet = office.manifest.sheet(raw.desk)
    reader = Reader(
        office=office.office,
        desk=raw.desk,
        thread=raw.thread,
        side="reporter",
        own=frozenset({recipient_hash(mailbox.box.recipient)}),
        audience=frozenset() if sheet is None else frozenset({recipient_hash(sheet.recipient)}),
        charter_of=charters.get,
        reporter=mailbox.sign_public,
    )
    thread = read_thread(counting, reader)
    if thread.report is not None and any(_other_audience(one) for one in thread.refused):
        # Answered while the desk had a key that it had neither when the report came nor has now.
        with suppress(DoorRefusedError, RefusedError):
            back = office.recipients_since(raw.desk, thread.report.sheet.number)
            thread = read_thread(counting, replace(reader, audience=back))
    thread = only_decided(thread, raw.thread, _of_voters(office, thread, charters).get)
    faults += [Fault(one.chain, one.n, one.error.code, one.error.sentence) for one in thread.refused]
    # Taken over by a lead is named beside the conversation (`showing`), and rightful after a triage that was refused.
    missing = [one for one in thread.problems if one.code != "handover-lead"]
    faults += [Fault(one.chain, one.n, one.code, "A message before this one is missing.") for one in missing]
    faults += [*_gaps(raw), *_strange_tags(raw, thread)]
    return Opened(office, mailbox, receipt, raw, thread, _once(faults), tuple(copies))


def _own_copy(office: Office, mailbox: Mailbox, post: RawPost) -> bytes:
    """The copy is the promised one, and the promise is the office's."""
    if post.own is None:
        raise MalformedError("copy-gone", "The copy of this message is not there any more.")
    content = age.unseal(post.own, [mailbox.box])
    post.promise.check(office.manifest.charter.record.promise)
    require_plausible(office, post.promise)
    promised = (post.promise.office, post.promise.leaf, post.promise.day)
    if promised != (office.office, post.T + post.c + post.f, post.day) or read_envelope(content).c != post.c:
        raise MalformedError("promise", "The office promised something else than what lies here.")
    return content


def _dated(
    office: Office, charters: Mapping[int, ProvenCharter], raw: RawThread, copies: Sequence[Found]
) -> tuple[list[Found], list[Fault]]:
    """Set apart what members wrote under a charter that was not theirs on that day.

    A promise alone could be dated back for who has left, so under an earlier charter only the record of the promise's
    day counts. Until the night that is the newest charter alone.
    """
    newest, of_day = office.manifest.charter.number, in_force(charters.values())
    promised = {(post.chain, post.n): post.promise for post in raw.posts}
    counting: list[Found] = []
    faults: list[Fault] = []
    for copy in copies:
        number, promise = _charter_number(copy), promised[copy.chain, copy.n]  # type: ignore[index]
        day = date.fromisoformat(promise.day)
        if number is None or of_day(number, day if number == newest or _kept(office, promise) else None):
            counting.append(copy)
        else:
            error = not_author()
            faults.append(Fault(copy.chain, copy.n, error.code, error.sentence))
    return counting, faults


def _kept(office: Office, promise: Promise) -> bool:
    try:
        return isinstance(office.record.check(promise, office.today.isoformat()), Kept)
    except UnreachableError:
        raise
    except FairlineError:
        return False


def _charter_number(copy: Found) -> int | None:
    """The charter that a member's entry is of; None for what no member wrote, and what `read_thread` names."""
    try:
        by = read_envelope(copy.content).header.by
    except SealError:
        return None
    return by.proof.charter if copy.chain == "o" and isinstance(by, MemberBy) else None


def _charters(office: Office, copies: Sequence[Found]) -> Mapping[int, ProvenCharter]:
    least = office.manifest.charter.number
    for copy in copies:
        number = _charter_number(copy)
        least = least if number is None else min(least, number)
    try:
        return office.charters_from(least)
    except UnreachableError:
        raise
    except FairlineError:
        # What was written under charters that nobody shows is then refused, one by one.
        return {office.manifest.charter.number: office.manifest.charter}


def _other_audience(one: RefusedPost) -> bool:
    return one.chain == "o" and one.error.code == "envelope-audience"


def _of_voters(office: Office, thread: Thread, charters: Mapping[int, ProvenCharter]) -> Mapping[int, ProvenCharter]:
    """The charters that name a panel, which may be older than those of who wrote."""
    closings = [post.body.closing for post in thread.posts if isinstance(post.body, Message)]
    panels = [one.panel for one in closings if one is not None and one.panel is not None]
    least = min((vote.proof.charter for panel in panels for vote in panel.votes), default=min(charters))
    try:
        return office.charters_from(least) if least < min(charters) else charters
    except UnreachableError:
        raise
    except FairlineError:
        return charters


def _gaps(raw: RawThread) -> Iterator[Fault]:
    """Places that the server leaves out although a later one is there."""
    there = {(post.chain, post.n) for post in raw.posts}
    for chain, newest in raw.heads().items():
        for n in range(newest):
            if (chain, n) not in there:
                yield Fault(chain, n, "chain-hole", "The server does not show a message that was there.")


def _strange_tags(raw: RawThread, thread: Thread) -> Iterator[Fault]:
    """An entry of the record that the receipt does not lead to could never be looked for."""
    for post in strange(thread, {(post.chain, post.n): post.T for post in raw.posts}):
        yield Fault(post.chain, post.n, "record-tag", "Its entry in the record could not be found by this receipt.")


def _once(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """One line for each place: a file that does not open is not also missing."""
    return tuple({(one.chain, one.n): one for one in reversed(list(faults))}.values())[::-1]


def _page(office: Office, mailbox: Mailbox, number: int) -> tuple[RawThread, int]:
    asked = jsontext.write({"v": 1, "id": b64(mailbox.id), "auth": b64(mailbox.auth), "page": number})
    parcel = read_parcel(office.door.post(office.path("mailbox"), asked, JSON))
    waiting = iter(parcel.files)
    return whole(parcel.head, lambda fields: _read_page(fields, waiting))


def _read_page(fields: Fields, waiting: Iterator[ParcelFile]) -> tuple[RawThread, int]:
    fields.fixed("v", 1)
    for name in ("page", "notices", "files"):
        fields.value(name)
    if fields.has("erased"):
        # Which files the office has deleted; whoever asks for one is told when it is fetched.
        fields.value("erased")
    raw = RawThread(
        thread=fields.id("thread"),
        desk=fields.id("desk"),
        status=fields.text("status"),
        day=fields.day("day").isoformat(),
        audience=whole(fields.value("audience"), _read_audience),
        posts=tuple(whole(value, lambda inner: _read_post(inner, waiting)) for value in as_list(fields.value("posts"))),
    )
    return raw, fields.integer("pages", 1)


def _read_audience(fields: Fields) -> tuple[Literal["epoch", "generation"], int]:
    return ("epoch", fields.integer("epoch")) if fields.has("epoch") else ("generation", fields.integer("generation"))


def _read_post(fields: Fields, waiting: Iterator[ParcelFile]) -> RawPost:
    files = [next(waiting, None) for _row in as_list(fields.value("files"))]
    return RawPost(
        chain=fields.one("chain", CHAINS),
        n=fields.integer("n"),
        T=fields.hash("T"),
        c=fields.hash("c"),
        f=fields.hash("f"),
        day=fields.day("day").isoformat(),
        promise=_promise(fields.value("promise")),
        own=files[0].content if files and files[0] is not None else None,
    )


def _promise(value: Any) -> Promise:
    try:
        return promises.from_fields(value)
    except FairlineError as error:
        raise MalformedError(error.code, error.sentence) from error
