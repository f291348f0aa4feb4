"""Vectors of envelopes and of what stands in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from fairline.seal import access, bodies, copies, keys, notes, own, referral, taken
from fairline.seal.closing import Amounts, Slip
from fairline.seal.correction import Correction
from fairline.seal.document import DocumentName
from fairline.seal.envelope import (
    EXACT,
    FileName,
    Header,
    MemberBy,
    RecordBy,
    ReporterBy,
    check_signature,
    read_envelope,
    write_envelope,
)
from fairline.seal.jsontext import parse, write
from fairline.seal.padding import size_class
from fairline.seal.pins import Pin, Pins
from fairline.seal.primitives import H, b64, public_key, unb64
from fairline.seal.protecting import protection_slip_json, read_protection_slip
from fairline.seal.receipt import derive
from fairline.seal.recipients import identity
from fairline.seal.statement import make_statement
from fairline.seal.vectors.cases import Book, FixedBytes, Operations
from fairline.seal.vectors.hearings import hearing_notes
from fairline.seal.vectors.mutations import Shape, as_input, every_field
from fairline.seal.vectors.office import MadeUpOffice
from fairline.seal.vectors.panels import panel_bodies, refused_bodies
from fairline.seal.vectors.protecting import note_named, protecting_notes, protection_slips, refused_slips
from fairline.seal.vectors.worknotes import work_notes

if TYPE_CHECKING:
    from collections.abc import Callable

SIGNATURE_SIZE = 64


def _content(given: dict[str, Any]) -> bytes:
    content = unb64(given["content"])
    return content + bytes(given["size"] - len(content))


def _read(given: dict[str, Any]) -> dict[str, Any]:
    envelope = read_envelope(_content(given))
    at = len(b"fairline/1\n")
    length = int.from_bytes(_content(given)[at : at + 4], "big")
    header = parse(_content(given)[at + 4 : at + 4 + length])
    return {"header": header, "body": b64(envelope.body), "c": b64(envelope.c)}


def _check(given: dict[str, Any]) -> bool:
    check_signature(read_envelope(_content(given)), unb64(given["key"]))
    return True


READERS: dict[str, Callable[[bytes], bytes]] = {
    "report": lambda body: bodies.write_report(bodies.read_report(body)),
    "message r": lambda body: bodies.write_message(bodies.read_message(body, "r")),
    "message o": lambda body: bodies.write_message(bodies.read_message(body, "o")),
    "rekey": lambda body: bodies.write_rekey(bodies.read_rekey(body)),
    "note": lambda body: notes.write_note(notes.read_note(body)),
    "notice": lambda body: bodies.write_text(bodies.read_text(body)),
    "handover": lambda body: bodies.write_handover(bodies.read_handover(body)),
    "identity": lambda body: bodies.write_identity_card(bodies.read_identity_card(body)),
    "share": lambda body: bodies.write_share(bodies.read_share(body)),
    "own": lambda body: own.write_own(own.read_own(body)),
    "copy": lambda body: copies.write_given(copies.read_given(body)),
    "copy answer": lambda body: copies.write_answer(copies.read_answer(body)),
    "access": lambda body: access.write_access(access.read_access(body)),
    "protection slip": lambda body: write(protection_slip_json(read_protection_slip(parse(body)))),
    "keys desk": lambda body: keys.write_desk_keys(keys.read_desk_keys(body)),
    "keys case": lambda body: keys.write_case_keys(keys.read_case_keys(body)),
}

OPERATIONS: Operations = {
    "read-envelope": _read,
    "check-signature": _check,
    "read-body": lambda given: b64(READERS[given["kind"]](unb64(given["body"]))),
}


def trimmed(content: bytes) -> dict[str, Any]:
    """An envelope without the zeros at its end, and its size with them."""
    return {"content": b64(content.rstrip(b"\0")), "size": len(content)}


def envelopes() -> Book:
    """`vectors/envelope.json`."""
    book = Book("envelope", OPERATIONS)
    office, random = MadeUpOffice("envelope"), book.random
    seed = random(32)
    base = Header("message", office.id, office.desk, random(16), (random(32), random(32)), ReporterBy(public_key(seed)),
                  "r", 3, prev=random(32), seen=random(32))  # fmt: skip
    file = FileName(random(16), random(32), random(32), 1234, "左 scale.jpg", "image/jpeg")
    signer = office.signer(office.bruno)
    member = replace(base, chain="o", by=MemberBy(signer.entry, signer.proof))
    apart = replace(base, chain=None, n=None, prev=None, seen=None)
    good: dict[str, Header] = {
        "message": base,
        "report": replace(base, kind="report", n=0, prev=None, seen=None),
        "rekey": replace(base, kind="rekey"),
        "two files": replace(base, files=(file, replace(file, blob=random(16), name=""))),
        "hundred files": replace(base, files=(file,) * 100),
        "answer": member,
        "handover": replace(member, kind="handover"),
        "notice": replace(member, kind="notice"),
        "note": replace(member, kind="note", chain="i", seen=None),
        "keys": replace(member, kind="keys", chain="k", seen=None),
        "identity": replace(apart, kind="identity", belongs_to=0),
        "share": replace(apart, kind="share", belongs_to=0),
        "moment": replace(apart, kind="moment", by=RecordBy(public_key(seed))),
    }
    for kind in ("own", "copy", "request", "release"):
        good[kind] = replace(apart, kind=kind)
    good["copy with a file"] = replace(apart, kind="copy", by=member.by, files=(replace(file, name="document.jpg"),))
    body = b'{"text":"The scales at gate 4.","language":"en"}'
    for name, header in good.items():
        if name == "hundred files":
            continue
        content = write_envelope(header, body, seed, random).content
        book.add(f"read {name}", "header, body, commitment", "read-envelope", **trimmed(content))
    empty = len(write_envelope(base, b"", seed, FixedBytes("size")).content.rstrip(b"\0"))
    for spare in (2048 - empty, 2049 - empty, 8193 - empty):
        padded = b" " * (spare - 1) + b"1"
        content = write_envelope(base, padded, seed, FixedBytes("size")).content
        book.add(f"size {empty + spare}", "filled up to its class", "read-envelope", **trimmed(content))
    _envelope_refusals(book, base, body, seed)
    return book


def _envelope_refusals(book: Book, base: Header, body: bytes, seed: bytes) -> None:
    content = write_envelope(base, body, seed, book.random).content
    given = trimmed(content)
    bare = unb64(given["content"])
    public = public_key(seed)
    book.add("signed", "by its author", "check-signature", key=b64(public), **given)
    forged = bare[:-1] + bytes([bare[-1] ^ 1])
    altered = bare.replace(b"gate 4", b"gate 5")
    for name, changed, key in (
        ("signature altered", forged, public), ("body altered", altered, public), ("another key", bare,
        public_key(bytes(32))),
    ):  # fmt: skip
        book.add(f"refused: {name}", name, "check-signature", "envelope-signature", key=b64(key), content=b64(changed),
                 size=2048)  # fmt: skip
    at = bare.index(b'{"v":1')
    body_at = bare.index(body) - 4
    for name, code, changed, size in (
        ("another magic", "envelope-magic", b"fairline/2\n" + bare[11:], 2048),
        ("nothing", "envelope-magic", b"", 0),
        ("only magic", "envelope-length", bare[:11], 11),
        ("header longer than all", "envelope-length", bare[:11] + b"\xff\xff\xff\xff" + bare[15:], 2048),
        ("body longer than all", "envelope-length", bare[:body_at] + b"\0\0\xff\xff" + bare[body_at + 4 :], 2048),
        ("no room for a signature", "envelope-length", bare[:-1], len(bare) - 1),
        ("not filled up", "envelope-padding", bare, len(bare)),
        ("one byte too few", "envelope-padding", bare, 2047),
        ("next class", "envelope-padding", bare, 8192),
        ("filled with something", "envelope-padding", content[:-1] + b"\1", 2048),
        ("header not JSON", "json-malformed", bare[:at] + b"[" + bare[at + 1 :], 2048),
    ):
        book.add(f"refused: {name}", name, "read-envelope", code, content=b64(changed), size=size)
    head = bare[at:body_at]
    every_field(book, "read-envelope", head, _wrapped,
                Shape(frozenset({"prev", "seen"}), only=frozenset({"v", "kind", "office", "desk", "thread", "n", "prev",
                                                                   "seen", "to", "by", "key", "salt"})))  # fmt: skip
    more = head[:-1] + b',"more":1}'
    book.add("refused: unknown header field", "a field too many", "read-envelope", "json-unknown", **_wrapped(more))
    to = head[head.index(b'"to":[') + 6 : head.index(b'],"by"')]
    one, two = to.split(b",")
    salt = b64(unb64(parse(head)["salt"])[:31]).encode()
    for name, code, changed in (
        ("version 2", "json-type", head.replace(b'"v":1', b'"v":2')),
        ("unknown kind", "envelope-kind", head.replace(b'"message"', b'"gossip"')),
        ("unknown chain", "envelope-kind", head.replace(b'"chain":"r"', b'"chain":"x"')),
        ("message on i", "envelope-kind", head.replace(b'"chain":"r"', b'"chain":"i"')),
        (
            "report on o",
            "envelope-kind",
            head.replace(b'"message"', b'"report"').replace(b'"chain":"r"', b'"chain":"o"'),
        ),
        ("note on r", "envelope-kind", head.replace(b'"message"', b'"note"')),
        ("keys on r", "envelope-kind", head.replace(b'"message"', b'"keys"')),
        ("handover on r", "envelope-kind", head.replace(b'"message"', b'"handover"')),
        ("own on r", "envelope-kind", head.replace(b'"message"', b'"own"')),
        ("message outside the chains", "envelope-kind", head.replace(b'"chain":"r","n":3,', b"")),
        ("short salt", "envelope-salt", head.replace(parse(head)["salt"].encode(), salt)),
        ("audience out of order", "set-order", head.replace(to, two + b"," + one)),
        ("audience twice", "set-order", head.replace(to, one + b"," + one)),
        ("n below zero", "json-type", head.replace(b'"n":3', b'"n":-3')),
        ("over 64 KiB", "envelope-length", head[:-1] + b" " * 65536 + b"}"),
    ):
        book.add(f"refused header: {name}", name, "read-envelope", code, **_wrapped(changed))
    blob = b'{"blob":"%s","seed":"%s","hash":"%s","size":1,"name":"","type":""}' % (b"A" * 22, b"A" * 43, b"A" * 43)
    many = head[:-1] + b',"files":[' + b",".join([blob] * 101) + b"]}"
    book.add("refused header: 101 files", "at most 100", "read-envelope", "envelope-files", **_wrapped(many))
    twice = head[:-1] + b',"files":[' + b",".join([blob] * 2) + b"]}"
    book.add("refused header: a file twice", "each blob once", "read-envelope", "envelope-files", **_wrapped(twice))
    for name, field, value in (
        ("4 GiB and a byte", b'"size":1', b'"size":4294967297'), ("a name of 256 bytes", b'"name":""',
         b'"name":"%s"' % ("ß" * 128).encode()), ("a type of 128 letters", b'"type":""', b'"type":"%s"' % (b"x" * 128)),
        ("a type that is not ASCII", b'"type":""', '"type":"é"'.encode()),
        ("a type of two lines", b'"type":""', b'"type":"a\\nb"'),
    ):  # fmt: skip
        changed = head[:-1] + b',"files":[' + blob.replace(field, value) + b"]}"
        book.add(f"refused header: {name}", name, "read-envelope", "json-type", **_wrapped(changed))
    one_file = head[:-1] + b',"files":[' + blob + b"]}"
    every_field(book, "read-envelope", one_file, _wrapped,
                Shape(only=frozenset({"blob", "seed", "hash", "size", "name", "type"})))  # fmt: skip


def _wrapped(head: bytes) -> dict[str, Any]:
    """An envelope with this header, an empty body and a signature of zeros, filled up."""
    bare = b"fairline/1\n" + len(head).to_bytes(4, "big") + head + bytes(4)
    kind = next((kind for kind in EXACT if b'"kind":"%s"' % kind.encode() in head), None)
    size = EXACT[kind] if kind else size_class(len(bare) + SIGNATURE_SIZE)
    return {"content": b64(bare), "size": size}


def _in(kind: str) -> Callable[[bytes], dict[str, Any]]:
    return as_input("body", kind=kind)


def made_bodies(random: FixedBytes) -> dict[str, list[tuple[str, bytes, Shape]]]:
    """For each kind: what it shows, a good body, and which of its fields may be left out."""
    office = MadeUpOffice("bodies")
    mailbox = derive(random(16), office.id)
    known = bodies.ReporterKeys(mailbox.sign_public, mailbox.box.recipient, mailbox.tag)
    dealt = bodies.Dealt(random(32), (random(32), random(32)))
    name = DocumentName(2, random(32))
    least = bodies.Report({"what": "Scales."}, "en", known, name, name)
    statement = make_statement(
        office.bruno.sign, "intake", office.signer(office.bruno), mailbox.id, mailbox.sign_public
    )
    full = replace(least, answers={"what": "称 ٣", "when": ""}, must_not_see=("B. Example",), contact="555 0100",
                   name="A. Example", dealt=dealt, answerable=False, statement=statement,
                   continues="In spring, about the scale.", referral=referral.Origin(
                       "report.example", random(40), referral.Original(random(90), random(50)),
                       bytes(range(64))))  # fmt: skip
    message = bodies.Message("And more.", "en")
    seeds = (keys.NumberedSeed(1, random(32)), keys.NumberedSeed(2, random(32)))
    holders = (keys.Keyholder(random(16), random(32)), keys.Keyholder(random(16), random(32)))
    case = bodies.CaseHandover(1, mailbox.box.recipient, (random(16), random(16)))
    opening = bodies.Opening("to protect", date(2027, 3, 1), known)
    begun = own.KeptUpload(random(16), random(32), 1234, "左 scale.jpg", "image/jpeg", (random(16), random(60)))
    held = own.KeptUpload(random(16), random(32), 0, "", "", hash=random(32))
    draft = own.Own({"what": "half a sentence"}, random(16), "555 0100", date(2026, 3, 9), (begun, held),
                    _pins(), "notes")  # fmt: skip
    several = frozenset({"draft", "desk", "contact", "until", "uploads", "pins", "notes"})
    some = frozenset({"contact", "name", "statement", "continues", "referral", "original", "own"})
    passed = referral.Passed(random(16), random(32), "report.example", random(16), random(16), {"en": "Ombud"},
                             {"en": "Desk"}, "masked", "A scale.", "en")  # fmt: skip
    plain, free = Shape(), frozenset({"answers", "draft"})
    return {
        "report": [("least", bodies.write_report(least), Shape(maps=free)),
                   ("full", bodies.write_report(full), Shape(some, free,
                    some | {"K2", "shares", "purpose", "sig", "entry", "host", "documents", "envelope", "promise",
                            "own"}))],
        "message r": [("least", bodies.write_message(message), plain),
                      ("full", bodies.write_message(replace(message, contact="555", dealt=dealt, withdraws="contact")),
                       Shape(frozenset({"contact", "withdraws"}), only=frozenset(
                           {"contact", "K2", "shares", "withdraws"}))),
                      *((f"correction, {why}", bodies.write_message(replace(message, correction=Correction(
                          bytes(range(16)), why, outcome))), Shape(frozenset({"correction"}), only=frozenset(
                              {"correction", "id", "why"})))
                        for why, outcome in (("ended", "unsubstantiated"), ("correction", None))),
                      ("about protection", bodies.write_message(replace(message, protection="retaliation")),
                       Shape(frozenset({"protection"}), only=frozenset({"protection"})))],
        "message o": [("text", bodies.write_message(message), plain),
                      ("closing", bodies.write_message(replace(message, closing=Slip("unsubstantiated", "tampering"))),
                       Shape(frozenset({"closing"}), only=frozenset({"closing", "outcome", "class"}))),
                      ("closing with money", bodies.write_message(replace(message, closing=Slip(
                          "substantiated", "loss", Amounts("EUR", 12000, 800)))),
                       Shape(frozenset({"closing", "amounts", "damage", "recovered"}),
                             only=frozenset({"amounts", "currency", "damage", "recovered"}))),
                      ("clearance", bodies.write_message(replace(message, clearance=bytes(range(16)))),
                       Shape(frozenset({"clearance"}), only=frozenset({"clearance"})))],
        "rekey": [("keys", bodies.write_rekey(bodies.Rekey(random(16), known)), plain)],
        "note": [("text", notes.write_note(notes.Note("A note.", "en")), plain),
                 ("labels", notes.write_note(notes.Note("", "en", ("urgent", "answer"))), Shape(frozenset({"labels"}))),
                 ("no labels any more", notes.write_note(notes.Note("", "en", ())), Shape(only=frozenset())),
                 ("triage", notes.write_note(notes.Note("", "en", triage=notes.Assessment(
                     "ours", "at-once", "tampering", "some"))), Shape(frozenset({"triage"}), only=frozenset(
                         {"triage", "competence", "urgency", "class", "risk"}))),
                 *work_notes(random),
                 ("referral", notes.write_note(notes.Note("", "en", referral=passed)), Shape(
                     frozenset({"referral"}), frozenset({"names", "desk_names"}),
                     frozenset(referral.passed_json(passed)) - {"text", "language"} | {"referral"})),
                 ("referral with a file", notes.write_note(notes.Note("", "en", referral=replace(passed, files=(
                     FileName(random(16), random(32), random(32), 1234, "左 scale.jpg", "image/jpeg"),)))),
                  Shape(frozenset({"referral", "files"}), frozenset({"names", "desk_names"}), frozenset({"files"}))),
                 ("triage that says whether it suffices", notes.write_note(notes.Note("", "en", triage=notes.Assessment(
                     "ours", "soon", "approach", "none-known", "more-needed"))), Shape(
                         frozenset({"triage", "observed"}), only=frozenset({"observed"}))),
                 *protecting_notes(random),
                 ("taken", notes.write_note(notes.Note("", "en", taken=taken.Taken(
                     bytes(range(16)), date(2026, 11, 2), bytes(range(32)), b"row", {"v": 1, "kind": "promise"},
                     ("Dorn", "艾达")))), Shape(frozenset({"taken"}), only=TAKEN)),
                 *hearing_notes()],
        "notice": [("text", bodies.write_text(bodies.Text("A notice.", "en")), plain)],
        "handover": [("case", bodies.write_handover(case), Shape(only=frozenset({"recipient", "people"}))),
                     ("opening", bodies.write_handover(opening), plain)],
        "identity": [("card", bodies.write_identity_card(bodies.IdentityCard("Noor Example", "555", "")), plain),
                     ("nobody", bodies.write_identity_card(bodies.IdentityCard("", "", "")), Shape(only=frozenset()))],
        "share": [("share", bodies.write_share(bodies.Share(1, random(33), (random(32), random(32)))), plain)],
        "own": [("full", own.write_own(draft), Shape(several | PINNED, free | {"sheets"})),
                ("going on", own.write_own(own.Own(uploads=(begun,))), Shape(only=frozenset({"key", "start"}))),
                ("empty", b"{}", Shape(only=frozenset()))],
        "copy": [("masked", copies.write_given(copies.Given("Page 2", "█████ left.", "en", "translation",
                  date(2027, 3, 1), 1, mailbox.box.recipient)), plain)],
        "copy answer": [("answer", copies.write_answer(copies.Answer("…", "ar", random(32))), plain)],
        "access": [("two names", access.write_access(access.AccessRequest(("Ada Example", "艾达"), "Passport.", "en")),
                    plain)],
        "protection slip": protection_slips(),
        "keys desk": [("two", keys.write_desk_keys(keys.DeskKeys(seeds, holders)), plain)],
        "keys case": [("two", keys.write_case_keys(keys.CaseKeys(seeds, holders, (random(16),), random(32))), plain)],
    }  # fmt: skip


TAKEN = frozenset({"taken", "from", "day", "list", "row", "promise", "must_not_see"})
PINNED = frozenset({"root", "charter", "arrivals", "acts"})


def _pins() -> Pins:
    def pin(number: int) -> Pin:
        return Pin(number, H(b"document %d" % number))

    return Pins(H(b"root 0"), pin(1), pin(7), {b64(H(b"desk")[:16]): pin(3)}, {"arrivals": "a note", "acts": "another"})


def all_bodies() -> Book:
    """`vectors/bodies.json`."""
    book = Book("bodies", OPERATIONS)
    made = made_bodies(book.random)
    of_panel = panel_bodies(book.random, identity(book.random(32)).recipient)
    told = next(body for name, body, _shape in made["note"] if name == "submission")
    for kind, variants in (*made.items(), *of_panel.items()):
        for name, body, shape in variants:
            book.add(f"{kind}: {name}", "written again", "read-body", kind=kind, body=b64(body))
            section = Book("bodies", OPERATIONS)
            every_field(section, "read-body", body, _in(kind), shape)
            book.cases += [case | {"name": f"{kind}, {name}: {case['name']}"} for case in section.cases]
    came_in = next(body for name, body, _shape in made["note"] if name == "taken")
    shown = next(body for name, body, _shape in made["note"] if name == "shown")
    judged = next(body for name, body, _shape in made["note"] if name == "triage that says whether it suffices")
    message = made["message r"][1][1]
    report = made["report"][0][1]
    for name, code, kind, body in (
        ("contact in the office's message", "json-unknown", "message o", message),
        ("withdraws something else", "json-type", "message r", message.replace(b'"withdraws":"contact"',
        b'"withdraws":"text"')),
        ("answer that is no text", "json-type", "report", report.replace(b'"Scales."', b"7")),
        ("box of another kind", "age-recipient", "report", report.replace(b'"age1pq1', b'"age1xy1')),
        ("short tag", "base64", "report", report.replace(parse(report)["tag"].encode(), b"AAAA")),
        ("share of 32 bytes", "base64", "share", made["share"][0][1].replace(
            parse(made["share"][0][1])["share"].encode(), b64(bytes(32)).encode())),
        ("upload begun and whole", "json-unknown", "own", made["own"][1][1].replace(
            b'"key":', b'"hash":"%s","key":' % b64(bytes(32)).encode())),
        ("pin of no desk", "base64", "own", made["own"][0][1].replace(b64(H(b"desk")[:16]).encode(), b"AAAA")),
        ("pins of another log", "json-unknown", "own", made["own"][0][1].replace(b'"acts":', b'"doings":')),
        ("upload over 4 GiB", "json-type", "own", made["own"][1][1].replace(b'"size":1234', b'"size":4294967297')),
        ("upload of a long name", "json-type", "own", made["own"][1][1].replace(b"scale", b"x" * 250)),
        ("no such day", "json-type", "handover", made["handover"][1][1].replace(b"2027-03-01", b"2027-13-01")),
        ("a label that is not in the list", "json-type", "note", b'{"text":"","language":"en","labels":["suspect"]}'),
        ("an outcome that is not in the list", "json-type", "message o", made["message o"][1][1].replace(
            b"unsubstantiated", b"guilty")),
        ("a currency in small letters", "json-type", "message o", made["message o"][2][1].replace(b"EUR", b"eur")),
        ("money of no amount", "json-type", "message o", made["message o"][2][1].replace(
            b',"damage":12000,"recovered":800', b"")),
        ("a closing of the reporting person", "json-unknown", "message r", made["message o"][1][1]),
        ("a class that is not in the list", "json-type", "note", made["note"][3][1].replace(b"tampering", b"opinion")),
        ("a label twice", "set-order", "note", b'{"text":"","language":"en","labels":["urgent","urgent"]}'),
        ("labels out of order", "set-order", "note", b'{"text":"","language":"en","labels":["urgent","answer"]}'),
        ("a kind of note that is in no list", "json-type", "note", made["note"][4][1].replace(b'"task"', b'"score"')),
        ("a task by name", "base64", "note", made["note"][5][1].replace(b'"done"', b'"who":"Ilse","done"')),
        ("a letter that is not in the list", "json-type", "note", made["note"][9][1].replace(b"hearing", b"warning")),
        ("shown by hearsay alone", "json-type", "note", shown.replace(b'"document",', b"")),
        ("shown by nothing", "json-type", "note", shown.replace(b'"document","told"', b"")),
        ("shown by what is in no list", "json-type", "note", shown.replace(b"told", b"votes")),
        ("triage by rank", "json-type", "note", judged.replace(b"more-needed", b"guilty")),
        ("a way to be heard that is not in the list", "json-type", "note", made["note"][-1][1].replace(
            b"offered", b"guessed")),
        ("must not see a number", "json-type", "note", came_in.replace(b'"Dorn"', b"7")),
        ("taken in with a promise in words", "json-type", "note", came_in.replace(
            b'{"v":1,"kind":"promise"}', b'"yes"')),
        ("no days to answer", "json-type", "note", made["note"][-3][1].replace(b"21", b"0")),
        ("protection from a word of no list", "json-type", "message r",
         made["message r"][-1][1].replace(b'"retaliation"', b'"revenge"')),
        ("the office asks for protection", "json-unknown", "message o", made["message r"][-1][1]),
        ("a clearance by the reporting person", "json-unknown", "message r", made["message o"][-1][1]),
        ("a measure that is in no list", "json-type", "note", note_named(made, "measure").replace(
            b"workplace", b"reshuffle")),
        ("a person's danger in points", "json-type", "note", note_named(made, "situation").replace(b'"some"', b"7")),
        ("a review before the beginning", "protection-review", "note", note_named(made, "measure").replace(
            b'"review":"2027-04', b'"review":"2027-02')),
        ("an end of no outcome", "json-type", "message r", made["message r"][2][1].replace(
            b',"outcome":"unsubstantiated"', b"")),
        ("an outcome of what has not ended", "json-type", "message r", made["message r"][2][1].replace(
            b'"ended"', b'"wrong"')),
        ("a correction by the office itself", "json-unknown", "message o", made["message r"][-1][1]),
        ("labels on a notice", "json-unknown", "notice", b'{"text":"","language":"en","labels":[]}'),
        ("a request that names nobody", "json-type", "access", b'{"names":[],"verified":"","language":"en"}'),
        ("a request for a letter", "json-type", "access", b'{"names":["A"],"verified":"","language":"en"}'),
        ("a request for a space", "json-type", "access", b'{"names":["  "],"verified":"","language":"en"}'),
        ("a submission that says nothing", "json-type", "note", told.replace("尚不清楚。".encode(), b"")),
        ("one content told twice", "json-type", "note", told.replace(b"cross-border", b"unlawful")),
        ("a submission under no law", "json-type", "note", told.replace(b"eu-nis2", b"")),
        ("unknown purpose", "json-type", "report", made["report"][1][1].replace(b'"intake"', b'"gossip"')),
        *refused_bodies(of_panel),
        *refused_slips(),
    ):  # fmt: skip
        book.add(f"refused: {name}", name, "read-body", code, kind=kind, body=b64(body))
    return book
