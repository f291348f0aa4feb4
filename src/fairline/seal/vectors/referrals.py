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
from fairline.seal.referred import prove_original, prove_referrer
from fairline.seal.statement import make_statement
from fairline.seal.vectors.cases import Book, Operations
from fairline.seal.vectors.mutations import Shape, as_input, every_field
from fairline.seal.vectors.office import TODAY, MadeUpOffice

if TYPE_CHECKING:
    from fairline.seal.vectors.cases import FixedBytes


def _prove_referrer(given: dict[str, Any]) -> dict[str, str]:
    report = read_report(unb64(given["report"]))
    day = date.fromisoformat(given["day"])
    found = prove_referrer(report, unb64(given["thread"]), day, lambda claim: claim.row.number in given["logged"])
    return {"F": b64(found.F), "office": b64(found.charter.office), "member": b64(found.member.id)}


def _content(given: dict[str, Any]) -> bytes:
    bare = unb64(given["content"])
    return bare + bytes(given["size"] - len(bare))


OPERATIONS: Operations = {
    "read-competence": lambda given: b64(write_competence(read_competence(unb64(given["document"])))),
    "prove-referrer": _prove_referrer,
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
    stranger = make_statement(
        there.bruno.sign, "referral", there.signer(there.bruno), mailbox.id, mailbox.sign_public
    )
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
        book.add(
            f"refused: {what}", what, "prove-referrer", code, report=b64(write_report(report)), **(base | changed)
        )
    _originals(book, office, random)
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
