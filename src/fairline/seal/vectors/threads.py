"""Vectors of whole threads: who may write what, where, and what is said of the rest."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal

from fairline.seal import bodies
from fairline.seal.charter import ProvenCharter, read_charter, write_charter
from fairline.seal.document import DocumentName
from fairline.seal.envelope import By, Header, MemberBy, ReporterBy, Written, write_envelope
from fairline.seal.primitives import H, b64, unb64
from fairline.seal.receipt import Mailbox, derive
from fairline.seal.recipients import identity, recipient_hash
from fairline.seal.thread import Found, Reader, read_thread
from fairline.seal.vectors.cases import Book, Operations
from fairline.seal.vectors.envelopes import trimmed
from fairline.seal.vectors.office import TODAY, MadeUpOffice, Person

Place = tuple[Literal["r", "o", "i"], int]


def _read(given: dict[str, Any]) -> dict[str, Any]:
    charter = ProvenCharter(read_charter(unb64(given["charter"])))
    reader = Reader(
        office=unb64(given["office"]),
        desk=unb64(given["desk"]),
        thread=unb64(given["thread"]),
        side=given["side"],
        own=frozenset(unb64(one) for one in given["own"]),
        audience=frozenset(unb64(one) for one in given["audience"]),
        charter_of=lambda number: charter if number == charter.number else None,
        reporter=unb64(given["reporter"]) if "reporter" in given else None,
        in_case=given.get("in_case", False),
    )
    found = [Found(one["chain"], one["n"], unb64(one["content"]).ljust(one["size"], b"\0")) for one in given["found"]]
    thread = read_thread(found, reader)
    return {
        "posts": [[post.chain, post.n, post.envelope.header.kind] for post in thread.posts],
        "refused": [[one.chain, one.n, one.error.code] for one in thread.refused],
        "problems": [[one.chain, one.n, one.code] for one in thread.problems],
        "reporter": None if thread.reporter is None else b64(thread.reporter.sign),
        "generation": None if thread.handover is None else thread.handover.generation,
    }


OPERATIONS: Operations = {"read-thread": _read}


@dataclass
class Talk:
    """Writes envelopes of one thread; every one is kept with its place."""

    name: str
    office: MadeUpOffice = field(init=False)
    written: list[tuple[Place, Written]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.office = MadeUpOffice("thread")
        self.mailbox = self.other(0)
        self.epoch = identity(self.office.epoch_seeds[1]).recipient

    def other(self, number: int) -> Mailbox:
        """A mailbox of another receipt."""
        return derive(H(b"receipt %d" % number)[:16], self.office.id)

    def keys(self, mailbox: Mailbox) -> bodies.ReporterKeys:
        """What the report, a rekey or an opening gives of a mailbox."""
        return bodies.ReporterKeys(mailbox.sign_public, mailbox.box.recipient, mailbox.tag)

    def write(self, place: Place, kind: Any, body: bytes, seed: bytes, by: By, **changes: Any) -> Written:
        """Write an envelope; `prev` is the newest on its chain unless said."""
        chain, n = place
        before = [one.c for (there, _), one in self.written if there == chain]
        header = Header(
            kind, self.office.id, self.office.desk, self.mailbox.id, self.to(), by, chain, n,
            prev=before[-1] if before and n else None,
        )  # fmt: skip
        random = self.office.random.__class__(f"{self.name} {chain} {n} {len(self.written)}")
        written = write_envelope(replace(header, **changes), body, seed, random)
        self.written.append((place, written))
        return written

    def to(self, box: str | None = None, audience: str | None = None) -> tuple[bytes, ...]:
        """H of the two audiences of a post."""
        return recipient_hash(audience or self.epoch), recipient_hash(box or self.mailbox.box.recipient)

    def report(self, mailbox: Mailbox | None = None) -> Written:
        """Place r 0."""
        mailbox = mailbox or self.mailbox
        name = DocumentName(2, H(b"name"))
        body = bodies.write_report(bodies.Report({"what": "Scales."}, "en", self.keys(mailbox), name, name))
        return self.write(("r", 0), "report", body, mailbox.sign, ReporterBy(mailbox.sign_public))

    def says(self, n: int, mailbox: Mailbox | None = None, **changes: Any) -> Written:
        """A message of the reporting person."""
        mailbox = mailbox or self.mailbox
        body = bodies.write_message(bodies.Message(f"r {n}", "en"))
        return self.write(("r", n), "message", body, mailbox.sign, ReporterBy(mailbox.sign_public), **changes)

    def rekeys(self, n: int, new: Mailbox, mailbox: Mailbox | None = None, **changes: Any) -> Written:
        """A rekey signed by the mailbox in force."""
        mailbox = mailbox or self.mailbox
        body = bodies.write_rekey(bodies.Rekey(new.id, self.keys(new)))
        return self.write(("r", n), "rekey", body, mailbox.sign, ReporterBy(mailbox.sign_public), **changes)

    def answers(self, place: Place, person: Person | None = None, **changes: Any) -> Written:
        """A message or note of a member."""
        text = bodies.write_text(bodies.Text(f"{place[0]} {place[1]}", "en"))
        return self.signs(place, "note" if place[0] == "i" else "message", text, person, **changes)

    def signs(self, place: Place, kind: str, body: bytes, person: Person | None = None, **changes: Any) -> Written:
        """Anything of a member."""
        person = person or self.office.bruno
        signer = self.office.signer(person)
        if place[0] == "i":
            changes = {"to": (recipient_hash(self.epoch),)} | changes
        return self.write(place, kind, body, person.sign, MemberBy(signer.entry, signer.proof), **changes)


def threads() -> Book:
    """`vectors/thread.json`."""
    book = Book("thread", OPERATIONS)
    office = MadeUpOffice("thread")
    charter = b64(write_charter(replace(office.terms(), custody=None)))
    for name, talk, sides in _talks():
        found = [{"chain": place[0], "n": place[1], **trimmed(one.content)} for place, one in talk.written]
        base = {"charter": charter, "office": b64(office.id), "desk": b64(office.desk), "thread": b64(talk.mailbox.id)}
        epoch, box = (b64(recipient_hash(one)) for one in (talk.epoch, talk.mailbox.box.recipient))
        if "office" in sides:
            book.add(f"{name}, as the office reads it", name, "read-thread", found=found, side="office", own=[epoch],
                     audience=[], **base)  # fmt: skip
        if "case" in sides:
            # Somebody of another desk: the case's key is theirs, the desk's is not.
            own = b64(recipient_hash(identity(talk.office.epoch_seeds[2]).recipient))
            book.add(f"{name}, as who is assigned reads it", name, "read-thread", found=found, side="office", own=[own],
                     audience=[], in_case=True, **base)  # fmt: skip
        if "reporter" in sides:
            book.add(f"{name}, as the reporting person reads it", name, "read-thread",
                     found=[one for one in found if one["chain"] != "i"], side="reporter", own=[box], audience=[epoch],
                     reporter=b64(talk.mailbox.sign_public), **base)  # fmt: skip
    return book


BOTH = ("office", "reporter")
OFFICE = ("office",)


def _talks() -> list[tuple[str, Talk, tuple[str, ...]]]:
    return [*_honest(), *_broken(), *_forged(), *_handed_over(), *_opened(), *_noting()]


def _honest() -> list[tuple[str, Talk, tuple[str, ...]]]:
    talk = Talk("talk")
    first = talk.report()
    question = talk.answers(("o", 0), seen=first.c)
    reply = talk.says(1, seen=question.c)
    talk.answers(("o", 1), seen=reply.c)
    talk.answers(("i", 0))
    notice = Talk("notice")
    notice.report()
    notice.signs(("o", 0), "notice", bodies.write_text(bodies.Text("Your name was asked for.", "en")))
    return [("a conversation", talk, BOTH), ("a notice", notice, BOTH)]


def _broken() -> list[tuple[str, Talk, tuple[str, ...]]]:
    hole = Talk("hole")
    hole.report()
    hole.answers(("o", 0))
    hole.answers(("o", 1))
    hole.written.pop(1)
    unseen = Talk("unseen")
    unseen.report()
    unseen.says(1, seen=H(b"lost"))
    prev = Talk("prev")
    prev.report()
    prev.says(1, prev=H(b"other"))
    late = Talk("late")
    late.report()
    late.says(1, prev=None)
    repeat = Talk("repeat")
    repeat.report()
    repeat.says(1)
    repeat.written.append(repeat.written[-1])
    fork = Talk("fork")
    first = fork.report()
    fork.says(1)
    fork.says(1, prev=first.c)
    junk = Talk("junk")
    junk.report()
    junk.written.append((("o", 0), Written(b"junk", b"")))
    junk.written.append((("r", 1), Written(junk.written[0][1].content[:-1], b"")))
    moved = Talk("moved")
    moved.report()
    moved.answers(("o", 0))
    moved.written[-1] = (("o", 1), moved.written[-1][1])
    backwards = Talk("backwards")
    backwards.report()
    backwards.says(1)
    backwards.says(2)
    backwards.written.reverse()
    none = Talk("none")
    none.report()
    none.says(1)
    none.written.pop(0)
    return [
        ("a hole on o", hole, BOTH), ("an answer to what is not here", unseen, BOTH), ("a wrong prev", prev, BOTH),
        ("no prev", late, BOTH), ("the same twice", repeat, BOTH), ("two at one place", fork, BOTH),
        ("junk between", junk, BOTH), ("found at another place", moved, BOTH), ("in any order", backwards, BOTH),
        ("without its report", none, BOTH),
    ]  # fmt: skip


def _forged() -> list[tuple[str, Talk, tuple[str, ...]]]:
    cases = []
    for name, changes in (
        ("another office", {"office": bytes(16)}), ("another desk", {"desk": bytes(16)}),
        ("another thread", {"thread": bytes(16)}),
    ):  # fmt: skip
        talk = Talk(name)
        talk.report()
        talk.answers(("o", 0), None, **changes)
        cases.append((f"an answer for {name}", talk, BOTH))
    stranger = Talk("stranger")
    stranger.report()
    stranger.says(1, stranger.other(1))
    borrowed = Talk("borrowed")
    borrowed.report()
    body = bodies.write_message(bodies.Message("r 1", "en"))
    borrowed.write(("r", 1), "message", body, bytes(32), ReporterBy(borrowed.mailbox.sign_public))
    role = Talk("role")
    role.report()
    role.answers(("o", 0), role.office.chiara)
    older = Talk("older")
    older.report()
    signer = older.office.signer(older.office.bruno, charter=1)
    text = bodies.write_text(bodies.Text("o 0", "en"))
    older.write(("o", 0), "message", text, older.office.bruno.sign, MemberBy(signer.entry, signer.proof))
    impostor = Talk("impostor")
    impostor.report()
    real = impostor.office.signer(impostor.office.bruno)
    impostor.write(("o", 0), "message", text, bytes(32), MemberBy(real.entry, real.proof))
    swapped = Talk("swapped")
    swapped.report()
    swapped.write(("o", 0), "message", text, swapped.mailbox.sign, ReporterBy(swapped.mailbox.sign_public))
    tapped = Talk("tapped")
    tapped.report()
    tapped.says(1, to=tapped.to(box=tapped.other(1).box.recipient))
    answer = Talk("answer")
    answer.report()
    answer.answers(("o", 0), to=(*answer.to(), H(b"stranger")))
    planted = Talk("planted")
    planted.report(planted.other(1))
    second = Talk("second")
    second.report()
    second.written.append((("r", 1), second.written[0][1]))
    return [
        *cases, ("a message by a stranger", stranger, BOTH), ("a message by a stranger under the right key",
        borrowed, BOTH),
        ("an answer by an administrator", role, BOTH), ("an answer with a proof of another charter", older, BOTH),
        ("an answer not signed by its member", impostor, BOTH), ("an answer by the reporting person", swapped, BOTH),
        ("a message for a stranger", tapped, OFFICE), ("an answer for one more", answer, BOTH),
        ("a report by another", planted, ("reporter",)), ("the report at a second place", second, BOTH),
    ]  # fmt: skip


def _handed_over() -> list[tuple[str, Talk, tuple[str, ...]]]:
    rekey = Talk("rekey")
    rekey.report()
    new, other = rekey.other(1), rekey.other(2)
    rekey.rekeys(1, new)
    rekey.says(2, new)
    rekey.says(3)
    rekey.rekeys(4, other)
    rekey.rekeys(5, other, new)
    case = Talk("case")
    case.report()
    recipient = identity(case.office.epoch_seeds[2]).recipient
    assigned = bodies.CaseHandover(0, recipient, (case.office.bruno.id,))
    audience = case.to(audience=recipient)
    both = (*audience, recipient_hash(case.epoch))
    case.signs(("o", 0), "handover", bodies.write_handover(assigned), to=both)
    case.answers(("o", 1), to=both)
    case.answers(("o", 2), case.office.amina, to=both)
    again = bodies.CaseHandover(1, recipient, (case.office.amina.id,))
    case.signs(("o", 3), "handover", bodies.write_handover(again), case.office.amina, to=both)
    case.signs(("o", 4), "handover", bodies.write_handover(again), to=both)
    case.answers(("o", 5), case.office.amina, to=both)
    noted = Talk("noted")
    first = noted.report()
    noted.answers(("i", 0), noted.office.amina)
    assigned = bodies.CaseHandover(0, recipient, (noted.office.bruno.id, noted.office.chiara.id))
    there = noted.to(audience=recipient)
    noted.signs(("o", 0), "handover", bodies.write_handover(assigned), to=there, seen=first.c)
    inside = (recipient_hash(recipient),)
    noted.answers(("i", 1), to=inside)
    noted.answers(("i", 2), noted.office.chiara, to=inside)
    noted.answers(("i", 3), noted.office.amina, to=inside)
    noted.answers(("i", 4), noted.office.amina)
    noted.says(1, to=there)
    noted.answers(("o", 1), noted.office.chiara, to=there)
    noted.answers(("o", 2), to=(*there, H(b"stranger")))
    return [("a rekey", rekey, OFFICE), ("handovers", case, BOTH), ("a case", noted, ("case", "reporter"))]


def _opened() -> list[tuple[str, Talk, tuple[str, ...]]]:
    opened = Talk("opened")
    opening = bodies.Opening("to protect", TODAY, opened.keys(opened.mailbox))
    first = opened.signs(("o", 0), "handover", bodies.write_handover(opening))
    opened.says(0, seen=first.c)
    heard = Talk("heard")
    recipient = identity(heard.office.epoch_seeds[2]).recipient
    assigned = bodies.CaseHandover(0, recipient, (heard.office.bruno.id, heard.office.chiara.id))
    code = heard.other(1)  # what the letter gives; the words of their own are the talk's mailbox
    by_code = heard.to(code.box.recipient, recipient)
    opening = bodies.Opening("hearing", TODAY, heard.keys(code))
    heard.signs(("o", 0), "handover", bodies.write_handover(opening), to=by_code)
    heard.signs(("o", 1), "handover", bodies.write_handover(assigned), to=by_code)
    told = heard.answers(("o", 2), heard.office.chiara, to=by_code)
    own = heard.to(audience=recipient)
    heard.rekeys(0, heard.mailbox, code, to=own, seen=told.c)
    heard.says(1, to=own)
    heard.answers(("o", 3), to=own)
    heard.answers(("o", 4), heard.office.amina, to=own)
    tapped = Talk("tapped")
    opening = bodies.Opening("hearing", TODAY, tapped.keys(tapped.mailbox))
    tapped.signs(("o", 0), "handover", bodies.write_handover(opening), to=(*tapped.to(audience=recipient), H(b"1")))
    tapped.signs(("o", 1), "handover", bodies.write_handover(assigned), to=tapped.to(audience=recipient))
    late = Talk("late opening")
    late.report()
    late.answers(("o", 0))
    diverted = bodies.Opening("to protect", TODAY, late.keys(late.other(1)))
    late.signs(("o", 1), "handover", bodies.write_handover(diverted))
    return [
        ("an opened mailbox", opened, OFFICE), ("a mailbox of its holder's own", heard, ("case", "reporter")),
        ("a mailbox that one more reads", tapped, ("case", "reporter")), ("an opening that comes late", late, BOTH),
    ]  # fmt: skip


def _noting() -> list[tuple[str, Talk, tuple[str, ...]]]:
    """Notes that name what they answer: `seen` on chain i is of chain r alone, and of what was accepted there."""
    answering = Talk("answering")
    first = answering.report()
    answering.answers(("i", 0), seen=first.c)
    told = answering.answers(("o", 0), seen=first.c)
    said = answering.says(1, seen=told.c)
    note = answering.answers(("i", 1), seen=said.c)
    answering.answers(("i", 2))
    cases = [("notes that name what they answer", answering, OFFICE)]
    for name, seen in (("what is not here", H(b"lost")), ("a message of the office", told.c), ("a note", note.c)):
        talk = Talk("answering")
        talk.written = answering.written[:]
        talk.answers(("i", 3), seen=seen)
        cases.append((f"a note that names {name}", talk, OFFICE))
    refused = Talk("refused")
    refused.report()
    stranger = refused.says(1, refused.other(1))
    refused.answers(("i", 0), seen=stranger.c)
    return [*cases, ("a note that names what was refused", refused, OFFICE)]
