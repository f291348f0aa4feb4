"""Every parser that reads what a stranger may have written, with good texts to start from.

A target takes bytes and may refuse them with one of our errors, which a page or a door turns into a sentence.
Anything else that comes out of it is a fault: a trace in a log, a worker that dies.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fairline.ledger import acts, checkpoints, notes, promises
from fairline.seal import (
    age,
    bodies,
    casenotes,
    charter,
    competence,
    document,
    envelope,
    errand,
    exportedcase,
    hearing,
    indexpages,
    invitation,
    jsontext,
    keys,
    manifest,
    own,
    parcel,
    protecting,
    receipt,
    referral,
    root,
    roster,
    sheet,
    stood,
    vault,
    words,
    work,
)
from fairline.seal import (
    notes as seal_notes,
)
from fairline.seal.archive import Source
from fairline.seal.errors import FairlineError, MalformedError
from fairline.seal.fields import whole
from fairline.seal.header import parse as parse_header
from fairline.seal.primitives import b64, unb64
from fairline.seal.recipients import check_recipient, identity, read_identity
from fairline.seal.shownname import shown_name
from fairline.seal.statement import read_statement
from fairline.seal.thread import Found, Reader, read_thread

if TYPE_CHECKING:
    from collections.abc import Callable

VECTORS = Path(__file__).parents[3] / "vectors"
TEXT_LIMIT = 1024 * 1024


@dataclass(frozen=True)
class Target:
    """A parser, and where the vectors hold good inputs for it: file, operation, name of the input."""

    read: Callable[[bytes], object]
    file: str
    do: str
    name: str
    """An input in base64url, or a text if `plain` or if the name ends in `_text`."""
    plain: bool = False
    part: Callable[[bytes], bytes] = bytes
    """Takes the part that the parser reads out of the input."""

    def seeds(self) -> list[bytes]:
        """Up to twenty inputs, the good ones first."""
        cases = json.loads((VECTORS / f"{self.file}.json").read_text(encoding="utf-8"))["cases"]
        cases = [case for case in cases if case.get("do", self.do) == self.do and self.name in case["input"]]
        cases.sort(key=lambda case: isinstance(case["expect"], dict) and "error" in case["expect"])
        return [part for case in cases for part in self.parts(case["input"])][:20]

    def parts(self, given: dict[str, object]) -> list[bytes]:
        value, size = given[self.name], given.get("size")
        if not isinstance(value, str):
            return [jsontext.write(value)]
        if self.plain or self.name.endswith("_text"):
            found = value.encode("utf-8")
        else:
            try:
                found = unb64(value).ljust(size if isinstance(size, int) else 0, b"\0")
            except FairlineError:
                # A text where an object belongs: the parser reads it as JSON too.
                return [jsontext.write(value)]
        try:
            return [self.part(found)]
        except FairlineError:
            return []


def text(read: Callable[[str], object]) -> Callable[[bytes], object]:
    return lambda data: read(data.decode("utf-8", "replace"))


def again(read: Callable[[bytes], object], write: Callable[[object], bytes]) -> Callable[[bytes], object]:
    """What was accepted once is accepted again as we write it, and then stays as it is."""

    def check(data: bytes) -> None:
        written = write(read(data))
        if write(read(written)) != written:
            raise AssertionError("written twice, it is not the same")

    return check


def of_body(name: str) -> Callable[[bytes], bytes]:
    """What stands under ``name`` in a body; a body without it is no input."""

    def taken(body: bytes) -> bytes:
        found = json_value(body)
        if not isinstance(found, dict) or name not in found:
            raise MalformedError("json-type", "This body says nothing of it.")
        return jsontext.write(found[name])

    return taken


def value_again(read: Callable[[object], object], shape: Callable[[object], object]) -> Callable[[bytes], object]:
    """The same for what stands inside a body."""
    return again(lambda data: read(json_value(data)), lambda found: jsontext.write(shape(found)))


def opened(data: bytes) -> bytes:
    return age.unseal(data, [identity(bytes(32))])


def proven(data: bytes) -> object:
    nobody = Reader(bytes(16), bytes(16), bytes(16), "office", frozenset(), frozenset(), lambda _number: None)
    return read_thread([Found("r", 0, data), Found("o", 0, data), Found("i", 1, data)], nobody)


def json_value(data: bytes) -> object:
    return jsontext.parse(data, TEXT_LIMIT)


TARGETS: dict[str, Target] = {
    "json": Target(again(json_value, jsontext.write), "jsontext", "parse", "text"),
    "base64": Target(text(lambda value: b64(unb64(value))), "primitives", "unb64", "text", plain=True),
    "recipient": Target(text(check_recipient), "recipients", "check-recipient", "text", plain=True),
    "identity": Target(text(read_identity), "recipients", "read-identity", "text", plain=True),
    "age-header": Target(parse_header, "age/cctv", "", "file"),
    "age-file": Target(opened, "sealed", "open", "file"),
    "document": Target(again(document.parse_file, document.write_file), "root", "read-file", "file"),
    "root": Target(root.read_root, "root", "read-root", "doc"),
    "charter": Target(again(charter.read_charter, charter.write_charter), "charter", "read-charter", "doc"),
    "sheet": Target(again(sheet.read_sheet, sheet.write_sheet), "sheet", "read-sheet", "doc"),
    "entry": Target(roster.read_entry, "roster", "read-entry", "entry"),
    "manifest": Target(
        again(manifest.parse_manifest, manifest.write_manifest), "manifest", "read-manifest", "manifest"
    ),
    "joining": Target(invitation.read_joining, "invitation", "read-joining", "doc"),
    "statement": Target(lambda data: read_statement(json_value(data)), "statement", "prove-statement", "statement"),
    "errand": Target(text(errand.read_errand), "statement", "read-errand", "text", plain=True),
    "challenge": Target(lambda data: work.read_challenge(json_value(data)), "work", "read-challenge", "challenge"),
    "work": Target(lambda data: work.read_work(json_value(data)), "work", "read-work", "work"),
    "words": Target(text(words.words_to_entropy), "receipt", "from-words", "text", plain=True),
    "digits": Target(text(receipt.from_digits), "receipt", "from-digits", "text", plain=True),
    "vault": Target(again(vault.read_vault, vault.write_vault), "vault", "read-vault", "text", plain=True),
    "parcel": Target(parcel.read_parcel, "filing", "read-parcel", "parcel"),
    "envelope": Target(envelope.read_envelope, "envelope", "read-envelope", "content"),
    "thread": Target(proven, "envelope", "read-envelope", "content"),
    "report": Target(again(bodies.read_report, bodies.write_report), "bodies", "read-body", "body"),
    "message": Target(
        again(lambda data: bodies.read_message(data, "r"), bodies.write_message), "bodies", "read-body", "body"
    ),
    "handover": Target(again(bodies.read_handover, bodies.write_handover), "bodies", "read-body", "body"),
    "rekey": Target(again(bodies.read_rekey, bodies.write_rekey), "bodies", "read-body", "body"),
    "share": Target(again(bodies.read_share, bodies.write_share), "bodies", "read-body", "body"),
    "export-list": Target(again(exportedcase.read_list, exportedcase.write_list), "export", "read-list", "list"),
    "export-stood": Target(
        lambda data: stood.read_stood(jsontext.parse(data, TEXT_LIMIT)), "export", "read-stood", "stood"
    ),
    "export-archive": Target(
        lambda data: exportedcase.open_archive(Source.of(data)), "export", "open-export", "archive"
    ),
    "note-body": Target(again(seal_notes.read_note, seal_notes.write_note), "bodies", "read-body", "body"),
    "case-note": Target(
        value_again(casenotes.case_note, casenotes.case_note_json), "bodies", "read-body", "body", part=of_body("case")
    ),
    "hearing": Target(
        value_again(lambda value: whole(value, hearing.read_hearing), hearing.hearing_json),
        "bodies",
        "read-body",
        "body",
        part=of_body("hearing"),
    ),
    "tied": Target(
        value_again(lambda value: whole(value, hearing.read_tied), hearing.tied_json),
        "bodies",
        "read-body",
        "body",
        part=of_body("tied"),
    ),
    "protection": Target(
        value_again(protecting.read_protecting, protecting.protecting_json),
        "bodies",
        "read-body",
        "body",
        part=of_body("protection"),
    ),
    "passed-on": Target(
        value_again(referral.read_passed, referral.passed_json), "bodies", "read-body", "body", part=of_body("referral")
    ),
    "origin": Target(
        value_again(referral.read_origin, referral.origin_json), "bodies", "read-body", "body", part=of_body("referral")
    ),
    "competence": Target(
        again(competence.read_competence, competence.write_competence), "referral", "read-competence", "document"
    ),
    "index-delta": Target(again(indexpages.read_delta, indexpages.write_delta), "index", "read-delta", "content"),
    "own": Target(again(own.read_own, own.write_own), "bodies", "read-body", "body"),
    "file-name": Target(text(shown_name), "attachment", "shown-name", "name", plain=True),
    "desk-keys": Target(again(keys.read_desk_keys, keys.write_desk_keys), "bodies", "read-body", "body"),
    "case-keys": Target(again(keys.read_case_keys, keys.write_case_keys), "bodies", "read-body", "body"),
    "promise": Target(promises.parse, "ledger", "read-promise", "document_text"),
    "act-row": Target(acts.parse_row, "ledger", "act", "row_text"),
    "act": Target(acts.parse_what, "ledger", "act", "row_text", part=lambda row: acts.parse_row(row).what),
    "note": Target(notes.parse, "ledger-notes", "note", "note_text"),
    "checkpoint": Target(
        checkpoints.parse, "ledger-notes", "checkpoint", "note_text", part=lambda note: notes.parse(note).text
    ),
}


def feed(name: str, data: bytes) -> None:
    """Give a target some bytes; our own refusals are what we want, anything else goes on."""
    try:
        TARGETS[name].read(data)
    except FairlineError as error:
        error.diagnostics()
