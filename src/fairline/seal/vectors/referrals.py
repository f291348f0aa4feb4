"""Vectors of referral: what is said of another office, who referred a report, what is passed on unmodified."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from fairline.seal.bodies import Report, ReporterKeys, read_report, write_report
from fairline.seal.competence import Competence, read_competence, write_competence
from fairline.seal.document import DocumentName
from fairline.seal.envelope import Header, ReporterBy, write_envelope
from fairline.seal.manifest import write_manifest
from fairline.seal.primitives import b64, unb64
from fairline.seal.receipt import derive
from fairline.seal.recipients import recipient_hash
from fairline.seal.referral import Origin, Original
from fairline.seal.referred import Destination, prove_original, prove_own_name, prove_referrer, sign_own_name
from fairline.seal.statement import make_statement
from fairline.seal.vectors.cases import Book, Operations
from fairline.seal.vectors.mutations import Shape, as_input, every_field
from fairline.seal.vectors.office import TODAY, MadeUpOffice

if TYPE_CHECKING:
    from fairline.seal.document import Signer
    from fairline.seal.statement import Purpose
    from fairline.seal.vectors.cases import FixedBytes
    from fairline.seal.vectors.office import Person


def _prove_referrer(given: dict[str, Any]) -> dict[str, str]:
    report = read_report(unb64(given["report"]))
    day = date.fromisoformat(given["day"])
    found = prove_referrer(report, unb64(given["thread"]), day, lambda claim: claim.row.number in given["logged"])
    return {"F": b64(found.F), "office": b64(found.charter.office), "member": b64(found.member.id)}


def _content(given: dict[str, Any]) -> bytes:
    bare = unb64(given["content"])
    return bare + bytes(given["size"] - len(bare))


def _prove_own_name(given: dict[str, Any]) -> dict[str, str]:
    report, day = read_report(unb64(given["report"])), date.fromisoformat(given["day"])
    files = tuple(unb64(one) for one in given["files"])
    to = Destination(unb64(given["at"]), unb64(given["desk"]), unb64(given["thread"]), files)
    found = prove_own_name(report, to, day, lambda claim: claim.row.number in given["logged"])
    return {"F": b64(found.F), "office": b64(found.charter.office), "member": b64(found.member.id)}


OPERATIONS: Operations = {
    "read-competence": lambda given: b64(write_competence(read_competence(unb64(given["document"])))),
    "prove-referrer": _prove_referrer,
    "prove-own-name": _prove_own_name,
    "prove-original": lambda given: b64(prove_original(Original(_content(given), b""), unb64(given["office"])).c),
}


def referrals() -> Book:
    """`vectors/referral.json`."""
    book = Book("referral", OPERATIONS)
    _competence(book)
    office, there, random = MadeUpOffice("referring"), MadeUpOffice("referred to"), book.random
    documents = write_manifest(replace(office.manifest_files(), sheets={}))
    mailbox = derive(random(16), there.id)
    name = DocumentName(2, random(32))
    keys = ReporterKeys(mailbox.sign_public, mailbox.box.recipient, mailbox.tag)
    statement = make_statement(
        office.bruno.sign, "referral", office.signer(office.bruno), mailbox.id, mailbox.sign_public
    )
    origin = Origin("report.example", documents)
    good = replace(Report({"what": "A scale."}, "en", keys, name, name), statement=statement, referral=origin)
    base = {"thread": b64(mailbox.id), "day": TODAY.isoformat(), "logged": [1, 2, 3]}
    book.add("referred", "by a handler", "prove-referrer", report=b64(write_report(good)), **base)
    intake = make_statement(office.bruno.sign, "intake", office.signer(office.bruno), mailbox.id, mailbox.sign_public)
    stranger = make_statement(there.bruno.sign, "referral", there.signer(there.bruno), mailbox.id, mailbox.sign_public)
    keeper = make_statement(
        office.chiara.sign, "referral", office.signer(office.chiara), mailbox.id, mailbox.sign_public
    )
    whole = Origin("report.example", write_manifest(office.manifest_files()))
    for what, code, report, changed in (
        ("no statement", "referral-statement", replace(good, statement=None), {}),
        ("another purpose", "referral-statement", replace(good, statement=intake), {}),
        ("no documents", "referral-statement", replace(good, referral=None), {}),
        ("a member of another office", "roster-proof", replace(good, statement=stranger), {}),
        ("an administrator", "statement-role", replace(good, statement=keeper), {}),
        ("another thread", "statement-signature", good, {"thread": b64(bytes(16))}),
        ("documents with sheets", "referral-documents", replace(good, referral=whole), {}),
        ("the charter is over", "charter-date", good, {"day": "2026-06-02"}),
        ("a root that stands in no record", "root-unlogged", good, {"logged": [1, 2]}),
        ("documents that are none", "json-malformed", replace(good, referral=Origin("report.example", b"{")), {}),
    ):
        book.add(f"refused: {what}", what, "prove-referrer", code, report=b64(write_report(report)), **(base | changed))
    _originals(book, office, random)
    _own_names(book)
    return book


def _competence(book: Book) -> None:
    names = {"en": "Harbour authority", "ar": "سلطة الميناء"}
    said = Competence(names, ("tampering", "access"), "The harbour of Nordhafen")
    text = write_competence(said)
    book.add("competence", "all fields", "read-competence", document=b64(text))
    bare = write_competence(Competence({"en": "Ombud"}, (), ""))
    book.add("competence bare", "a name alone", "read-competence", document=b64(bare))
    every_field(book, "read-competence", text, as_input("document"), Shape(maps=frozenset({"names"})))
    for what, code, broken in (
        ("a field of no list", "json-type", text.replace(b"tampering", b"opinions!")),
        ("fields out of order", "set-order", text.replace(b'"access","tampering"', b'"tampering","access"')),
        ("no name", "json-type", write_competence(replace(said, names={"en": ""}))),
        ("longer than 16 KiB", "json-long", write_competence(replace(said, territory="x" * 16_384))),
    ):
        book.add(f"competence refused: {what}", what, "read-competence", code, document=b64(broken))


def _originals(book: Book, office: MadeUpOffice, random: FixedBytes) -> None:
    mailbox = derive(random(16), office.id)
    name = DocumentName(2, random(32))
    keys = ReporterKeys(mailbox.sign_public, mailbox.box.recipient, mailbox.tag)
    body = write_report(Report({"what": "For another office."}, "en", keys, name, name))
    header = Header(
        "report", office.id, office.desk, mailbox.id, (recipient_hash(mailbox.box.recipient),),
        ReporterBy(mailbox.sign_public), "r", 0,
    )  # fmt: skip
    other = derive(random(16), office.id)
    base = {"office": b64(office.id)}
    for what, code, changed, seed, places in (
        ("unmodified", None, header, mailbox.sign, {}),
        ("of another office", "referral-original", header, mailbox.sign, {"office": b64(bytes(16))}),
        ("no report", "referral-original", replace(header, kind="message", n=1), mailbox.sign, {}),
        ("by another key than the report's", "referral-original", replace(header, by=ReporterBy(other.sign_public)),
         other.sign, {}),
        ("signed by somebody else", "envelope-signature", header, other.sign, {}),
    ):  # fmt: skip
        content = write_envelope(changed, body, seed, random).content
        given = {"content": b64(content.rstrip(b"\0")), "size": len(content)}
        book.add(f"original {what}", what, "prove-original", code, **given, **(base | places))


def _own_names(book: Book) -> None:
    """A report in an organisation's own name, and all that only looks like one."""
    office, there, random = MadeUpOffice("reporting itself"), MadeUpOffice("reported to"), book.random
    officer = office.person("Officer", f"officer@{b64(office.id)}")
    other = office.person("Officer of another", f"officer@{b64(there.id)}")
    leaver = office.person("Officer who left", f"officer@{b64(office.id)}")
    office.admit(officer, other, leaver)
    left = office.signer(leaver)
    office.people = tuple(one for one in office.people if one is not leaver)
    office.admit()
    mailbox = derive(random(16), there.id)
    name = DocumentName(2, random(32))
    keys = ReporterKeys(mailbox.sign_public, mailbox.box.recipient, mailbox.tag)
    bare = Report({"what": "Twelve of our pumps were opened."}, "en", keys, name, name)
    to = Destination(there.id, there.desk, mailbox.id, (random(32), random(32)))
    documents = write_manifest(replace(office.manifest_files(), sheets={}))

    def signed(
        person: Person, purpose: Purpose = "own name", place: Signer | None = None, original: Original | None = None
    ) -> Report:
        place = place or office.signer(person)
        statement = make_statement(person.sign, purpose, place, mailbox.id, mailbox.sign_public)
        own = sign_own_name(person.sign, bare, "report.example", to)
        return replace(bare, statement=statement, referral=Origin("report.example", documents, original, own))

    good, files = signed(officer), [b64(one) for one in to.files]
    base: dict[str, Any] = {
        "at": b64(to.office), "desk": b64(to.desk), "thread": b64(to.thread), "files": files,
        "day": TODAY.isoformat(), "logged": [1, 2, 3],
    }  # fmt: skip
    book.add("own name", "by its officer", "prove-own-name", report=b64(write_report(good)), **base)
    unsigned = Origin("report.example", documents)
    moved = Origin("else.example", documents, own=sign_own_name(officer.sign, bare, "report.example", to))
    for what, code, report, changed in (
        ("to another desk", "own-signature", good, {"desk": b64(bytes(16))}),
        ("to another office", "own-signature", good, {"at": b64(bytes(16))}),
        ("another thread", "statement-signature", good, {"thread": b64(bytes(16))}),
        ("other words", "own-signature", replace(good, answers={"what": "Thirteen."}), {}),
        ("another language", "own-signature", replace(good, language="fr"), {}),
        ("another host", "own-signature", replace(good, referral=moved), {}),
        ("files in another order", "own-signature", good, {"files": files[::-1]}),
        ("a file less", "own-signature", good, {"files": files[:1]}),
        ("no signature of the words", "own-name", replace(good, referral=unsigned), {}),
        ("a report as it came", "own-name", signed(officer, original=Original(b"envelope", b"promise")), {}),
        ("a contact that nobody signed", "own-name", replace(good, contact="555 0117"), {}),
        ("more answers than are signed", "own-name", replace(good, answers={**bare.answers, "when": "Now."}), {}),
        ("names that must not see it", "own-name", replace(good, must_not_see=("Somebody",)), {}),
        ("a handler", "statement-role", signed(office.bruno), {}),
        ("an officer of another organisation", "statement-role", signed(other), {}),
        ("who has left the charter", "roster-proof", signed(leaver, place=left), {}),
        ("the charter is over", "charter-date", good, {"day": "2026-06-02"}),
        ("a referral", "referral-statement", signed(office.bruno, "referral"), {}),
        ("no documents", "referral-statement", replace(good, referral=None), {}),
        ("a root that stands in no record", "root-unlogged", good, {"logged": [1, 2]}),
    ):  # fmt: skip
        sent = b64(write_report(report))
        book.add(f"own name refused: {what}", what, "prove-own-name", code, report=sent, **(base | changed))
    book.add(
        "refused: a referral that says to be an organisation's own", "as a referral", "prove-referrer",
        "referral-statement", report=b64(write_report(signed(office.bruno, "referral"))), thread=base["thread"],
        day=base["day"], logged=base["logged"],
    )  # fmt: skip
