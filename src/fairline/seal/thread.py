"""A whole thread, proven. What fails a check is refused and named, never shown as a text.

Source: `docs/formats.md`, "Envelope"; who may write when follows the states of a report (desk, then case).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Literal

from fairline.seal.author import Where, check_audience, check_place, not_author, prove_member, prove_reporter
from fairline.seal.bodies import (
    CaseHandover,
    Message,
    Opening,
    Rekey,
    Report,
    ReporterKeys,
    Text,
    read_handover,
    read_message,
    read_rekey,
    read_report,
    read_text,
)
from fairline.seal.chain import Chains, Problem
from fairline.seal.envelope import Envelope, read_envelope
from fairline.seal.errors import RefusedError, SealError
from fairline.seal.notes import Note, read_note
from fairline.seal.recipients import recipient_hash
from fairline.seal.roster import Entry, ProvenEntry, has_role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fairline.seal.charter import ProvenCharter

PostChain = Literal["r", "o", "i"]
Body = Report | Message | Rekey | CaseHandover | Opening | Text


@dataclass(frozen=True)
class Found:
    """An envelope as found at a place of a thread, unsealed."""

    chain: PostChain
    n: int
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Reader:
    """What a reader knows before opening a thread.

    Attributes:
        office: 16-byte id.
        desk: 16-byte id.
        thread: 16-byte id.
        side: the reporting person trusts the audiences that they chose themselves.
        own: H of the recipients this reader opens with.
        audience: H of recipients that the manifest's sheets, or the desk's key file, prove.
        charter_of: the proven charter of a number: the newest, or the one of the promise's day.
        reporter: the reporting person's own public key from the receipt, to which the report and its rekeys must lead.
        in_case: opens copies that were sealed anew at triage. Their headers name the audiences of before, which this
            reader need not hold: whomever the reporting person's envelopes name counts as proven.
    """

    office: bytes
    desk: bytes
    thread: bytes
    side: Literal["reporter", "office"]
    own: frozenset[bytes]
    audience: frozenset[bytes]
    charter_of: Callable[[int], ProvenCharter | None]
    reporter: bytes | None = None
    in_case: bool = False


@dataclass(frozen=True)
class Post:
    """One proven post.

    Attributes:
        chain: where it stands.
        n: its place there.
        envelope: as read; `envelope.header.kind` tells what the body is.
        body: what it says.
        member: who wrote it; None: the reporting person.
    """

    chain: PostChain
    n: int
    envelope: Envelope
    body: Body
    member: ProvenEntry | None = None


@dataclass(frozen=True)
class RefusedPost:
    """A file that fails a check: never shown as a text, only named."""

    chain: PostChain
    n: int
    error: SealError


@dataclass(frozen=True)
class Thread:
    """What a reader may believe.

    Attributes:
        posts: in the order in which they answer each other; notes at the end.
        refused: what failed a check.
        problems: holes and unknown answers.
        chains: for the next post's `n`, `prev` and `seen`.
        report: the report, if it is there.
        reporter: the keys that the next answer is sealed to and checked by.
        handover: the newest, once there is one.
        handovers: all of a case, oldest first.
        audience: H of every recipient that is proven for this thread.
    """

    posts: tuple[Post, ...]
    refused: tuple[RefusedPost, ...]
    problems: tuple[Problem, ...]
    chains: Chains = field(repr=False)
    report: Report | None
    reporter: ReporterKeys | None
    handover: CaseHandover | None
    audience: frozenset[bytes]
    handovers: tuple[CaseHandover, ...] = ()


def read_thread(found: Sequence[Found], reader: Reader) -> Thread:
    """Prove a whole thread, from every envelope that this reader could open, in any order."""
    thread = _Proof(reader).run(found)
    # Rekeys lead from the report's key to the receipt's: a thread that leads elsewhere is somebody else's.
    if reader.reporter is None or thread.reporter is None or thread.reporter.sign == reader.reporter:
        return thread
    refused = tuple(RefusedPost(one.chain, one.n, not_author()) for one in found)
    return Thread((), refused, (), Chains(), None, None, None, frozenset())


class _Proof:
    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.chains = Chains()
        self.audience = frozenset(reader.audience)
        # Earlier boxes were the reporting person's own: their copies were only sealed anew.
        self.own = frozenset(reader.own)
        self.posts: list[Post] = []
        self.refused: list[RefusedPost] = []
        self.report: Report | None = None
        self.reporter: ReporterKeys | None = None
        self.handovers: list[CaseHandover] = []
        self.taken_over: list[Problem] = []
        # A note once the case has its own key: those before it are the desk's.
        self.noted_in_case = False
        # Whom the first word of an opened mailbox is sealed to: the handover after it must say who that is.
        self.opened_to: frozenset[bytes] = frozenset()
        self.opened_box: frozenset[bytes] = frozenset()

    @property
    def handover(self) -> CaseHandover | None:
        return self.handovers[-1] if self.handovers else None

    def run(self, found: Sequence[Found]) -> Thread:
        places = sorted(found, key=lambda one: one.n)
        # A mailbox that a member opened begins on o; every other thread begins on r. Audiences that the reporting
        # person chose are known before answers to them are judged.
        reported = any(one.chain == "r" and one.n == 0 and _is_report(one.content) for one in places)
        # Of an opened one the first word alone comes before r: it gives the keys that r is judged by, and what its
        # holder makes of them there is known before the answers to it.
        first = [] if reported else [one for one in places if (one.chain, one.n) == ("o", 0)]
        chains: tuple[PostChain, ...] = ("r", "o", "i")
        for one in (*first, *(one for chain in chains for one in places if one.chain == chain and one not in first)):
            self.take(one)
        return Thread(
            posts=tuple(in_order(self.posts)),
            refused=tuple(self.refused),
            problems=(*self.chains.problems(), *self.taken_over),
            chains=self.chains,
            report=self.report,
            reporter=self.reporter,
            handover=self.handover,
            audience=self.audience,
            handovers=tuple(self.handovers),
        )

    def take(self, one: Found) -> None:
        reader = self.reader
        try:
            envelope = read_envelope(one.content)
            check_place(envelope, Where(reader.office, reader.desk, reader.thread, one.chain, one.n))
            if one.chain == "r":
                post = self.from_reporter(envelope, one.n)
            else:
                post = self.from_office(envelope, one.chain, one.n)
            audience = self.audience | self.granted(post)
            if reader.side == "reporter":
                self.own |= boxes(post.body)
            chosen = frozenset(envelope.header.to) if isinstance(post.body, Opening) else frozenset()
            check_audience(envelope, self.own | audience if reader.in_case else self.own, audience | chosen)
            self.check_opened(post)
            self.chains.accept(envelope)
        except SealError as error:
            self.refused.append(RefusedPost(one.chain, one.n, error))
        else:
            self.audience = audience
            self.learn(post)
            self.posts.append(post)

    def check_opened(self, post: Post) -> None:
        """Refuse the first handover of an opened mailbox whose first word somebody else could read too."""
        if not isinstance(post.body, CaseHandover) or self.handovers:
            return
        if not self.opened_to <= self.opened_box | {recipient_hash(post.body.recipient)}:
            raise RefusedError("envelope-audience", "The first word here was sealed for others than this one names.")

    def from_reporter(self, envelope: Envelope, n: int) -> Post:
        header = envelope.header
        body: Body
        if header.kind == "report":
            body = read_report(envelope.body)
            if n != 0:
                raise not_author()
            prove_reporter(envelope, body.keys.sign)
        elif self.reporter is None:
            raise not_author()
        else:
            prove_reporter(envelope, self.reporter.sign)
            body = read_rekey(envelope.body) if header.kind == "rekey" else read_message(envelope.body, "r")
        return Post("r", n, envelope, body)

    def from_office(self, envelope: Envelope, chain: Literal["o", "i"], n: int) -> Post:
        header = envelope.header
        entitled = partial(self.may_note, header.to) if chain == "i" else partial(self.may_write, header.kind)
        member = prove_member(envelope, self.reader.charter_of, entitled)
        body: Body
        match envelope.header.kind:
            case "handover":
                body = read_handover(envelope.body)
                if isinstance(body, Opening) and n != 0:
                    raise not_author()  # only the first word opens a mailbox: later it would divert one
            case "message":
                body = read_message(envelope.body, "o")
            case "note":
                body = read_note(envelope.body)
            case _:
                body = read_text(envelope.body)
        return Post(chain, n, envelope, body, member)

    def granted(self, post: Post) -> frozenset[bytes]:
        """Recipients that this post itself makes known."""
        found = set(boxes(post.body))
        if isinstance(post.body, CaseHandover):
            found.add(recipient_hash(post.body.recipient))
        if post.chain == "r" and (self.reader.side == "reporter" or self.reader.in_case):
            found.update(post.envelope.header.to)
        return frozenset(found)

    def may_write(self, kind: str, entry: Entry) -> bool:
        """Before triage a handler or lead of the desk; after a handover only whom it names.

        A lead may take a case over, because a triage can be refused: that is said beside it, in red.
        """
        if self.handover is None:
            return self.of_desk(entry)
        return entry.id in self.handover.people or (kind == "handover" and has_role(entry, "lead", self.reader.desk))

    def may_note(self, to: Sequence[bytes], entry: Entry) -> bool:
        """A note is by whom the case names that it is sealed to; one sealed to the desk comes before all of those."""
        case = next((one for one in self.handovers if recipient_hash(one.recipient) in to), None)
        if case is not None:
            return entry.id in case.people
        return self.of_desk(entry) and not self.noted_in_case

    def of_desk(self, entry: Entry) -> bool:
        """Whether a member handles or leads at this desk."""
        return has_role(entry, "handler", self.reader.desk) or has_role(entry, "lead", self.reader.desk)

    def learn(self, post: Post) -> None:
        match post.body:
            case Report() as report:
                self.report, self.reporter = report, report.keys
            case Rekey(keys=keys):
                self.reporter = keys
            case Opening(keys=keys):
                self.reporter, self.opened_to = keys, frozenset(post.envelope.header.to)
                self.opened_box = boxes(post.body)
            case CaseHandover() as handover:
                if self.handover is not None and post.member is not None and post.member.id not in self.handover.people:
                    self.taken_over.append(Problem("handover-lead", post.chain, post.n))
                self.handovers.append(handover)
            case Note():
                to = post.envelope.header.to
                self.noted_in_case |= any(recipient_hash(one.recipient) in to for one in self.handovers)


def boxes(body: Body) -> frozenset[bytes]:
    """H of the reporting person's box, where this body gives it."""
    match body:
        case Report(keys=keys) | Rekey(keys=keys) | Opening(keys=keys):
            return frozenset({recipient_hash(keys.box)})
        case _:
            return frozenset()


def in_order(posts: Sequence[Post]) -> list[Post]:
    """Each post after the one of the other side that its author had seen; notes at the end."""
    waiting = {chain: [post for post in posts if post.chain == chain] for chain in ("r", "o")}
    known = {post.envelope.c for post in posts}
    shown: set[bytes] = set()
    out: list[Post] = []

    def ready(side: str) -> bool:
        if not waiting[side]:
            return False
        seen = waiting[side][0].envelope.header.seen
        return seen is None or seen in shown or seen not in known

    while waiting["r"] or waiting["o"]:
        side = next((one for one in ("r", "o") if ready(one)), "o" if waiting["o"] else "r")
        post = waiting[side].pop(0)
        shown.add(post.envelope.c)
        out.append(post)
    return [*out, *(post for post in posts if post.chain == "i")]


def _is_report(content: bytes) -> bool:
    try:
        return read_envelope(content).header.kind == "report"
    except SealError:
        return False
