"""Vectors of a case's `keys`: who may make them, for whom, and what their seeds must fit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from fairline.seal.bodies import CaseHandover, read_handover, write_handover
from fairline.seal.casekeys import CaseKeysCheck, prove_case_keys
from fairline.seal.charter import ProvenCharter, read_charter, write_charter
from fairline.seal.envelope import Header, MemberBy, Written, write_envelope
from fairline.seal.keys import CaseKeys, Keyholder, NumberedSeed, write_case_keys
from fairline.seal.primitives import H, b64, unb64
from fairline.seal.recipients import identity, recipient_hash
from fairline.seal.vectors.cases import Book, Operations
from fairline.seal.vectors.envelopes import trimmed
from fairline.seal.vectors.office import MadeUpOffice, Person


def _handover(body: str) -> CaseHandover:
    found = read_handover(unb64(body))
    if not isinstance(found, CaseHandover):
        raise TypeError(body)
    return found


def _prove(given: dict[str, Any]) -> dict[str, Any]:
    charter = ProvenCharter(read_charter(unb64(given["charter"])))
    check = CaseKeysCheck(
        office=unb64(given["office"]),
        desk=unb64(given["desk"]),
        thread=unb64(given["thread"]),
        n=given["n"],
        handovers=[_handover(one) for one in given["handovers"]],
        report=unb64(given["report"]),
        charter_of=lambda number: charter if number == charter.number else None,
        own=frozenset(unb64(one) for one in given["own"]),
        acted=lambda c, _author: b64(c) == given["acted"],
    )
    found = prove_case_keys(unb64(given["content"]).ljust(given["size"], b"\0"), check)
    return {
        "c": b64(found.c),
        "author": b64(found.author.id),
        "generations": [one.number for one in found.keys.generations],
    }


OPERATIONS: Operations = {"prove-case-keys": _prove}


@dataclass(frozen=True)
class Made:
    """Who and what a `keys` file is made of."""

    author: Person
    people: tuple[Person, ...]
    seeds: tuple[NumberedSeed, ...]
    barred: tuple[bytes, ...] = ()
    report: bytes = H(b"the report")


def case_files() -> Book:
    """`vectors/casekeys.json`."""
    book = Book("casekeys", OPERATIONS)
    office = MadeUpOffice("casekeys")
    charter = write_charter(replace(office.terms(), custody=None))
    amina, bruno, chiara = office.amina, office.bruno, office.chiara
    seeds = (NumberedSeed(0, book.random(32)), NumberedSeed(1, book.random(32)))
    first = CaseHandover(0, identity(seeds[0].seed).recipient, (amina.id, bruno.id))
    second = CaseHandover(1, identity(seeds[1].seed).recipient, (amina.id, chiara.id))
    base: dict[str, Any] = {
        "charter": b64(charter), "office": b64(office.id), "desk": b64(office.desk), "thread": b64(H(b"thread")[:16]),
        "n": 0, "own": [b64(recipient_hash(amina.seal.recipient))], "report": b64(H(b"the report")),
        "handovers": [b64(write_handover(first))],
    }  # fmt: skip
    later = {"n": 1, "handovers": [b64(write_handover(one)) for one in (first, second)]}

    def add(name: str, error: str | None, made: Made, changed: dict[str, Any] | None = None, **header: Any) -> None:
        given = base | (changed or {})
        written = _written(book, office, made, {"n": given["n"]} | header)
        given = {"acted": b64(written.c)} | given
        book.add(name, "a case's keys", "prove-case-keys", error, **trimmed(written.content), **given)

    triage = Made(bruno, (amina, bruno), seeds[:1])
    rekey = Made(bruno, (amina, chiara), seeds)
    add("triage, by a handler, for two", None, triage)
    add("triage, by the lead", None, replace(triage, author=amina))
    add("a new key, by who was assigned and leaves", None, rekey, later)
    add("a new key, by the lead", None, replace(rekey, author=amina), later)
    add("new keys without the old seed, by the lead", None, replace(rekey, author=amina, seeds=seeds[1:]), later)
    add("somebody else is barred", None, replace(triage, barred=(chiara.id,)))
    add("refused: one person", "keys-people", replace(triage, people=(amina,)))
    add("refused: one person twice", "keys-people", replace(triage, people=(amina, amina)))
    add("refused: others than the handover names", "keys-people", replace(triage, people=(amina, chiara)))
    add("refused: one more than the handover names", "keys-people", replace(triage, people=(amina, bruno, chiara)))
    add("refused: a barred person", "keys-barred", replace(triage, barred=(bruno.id,)))
    add("refused: triage by an administrator", "envelope-author", replace(triage, author=chiara))
    add("refused: a new key by who was not assigned", "envelope-author", replace(rekey, author=chiara), later)
    add("refused: no act names it", "keys-act", triage, {"acted": b64(bytes(32))})
    add("refused: another report", "keys-report", replace(triage, report=H(b"another")))
    add("refused: another seed", "keys-seed", replace(triage, seeds=(NumberedSeed(0, bytes(32)),)))
    add("refused: without the newest seed", "keys-seed", replace(rekey, seeds=seeds[:1]), later)
    add("refused: no handover", "keys-seed", triage, {"handovers": []})
    add("refused: another place", "envelope-place", triage, n=4)
    add("refused: another thread", "envelope-place", triage, thread=bytes(16))
    add("refused: not for me", "envelope-audience", triage, {"own": [b64(recipient_hash(chiara.seal.recipient))]})
    return book


def _written(book: Book, office: MadeUpOffice, made: Made, changed: dict[str, Any]) -> Written:
    signer = office.signer(made.author)
    holders = tuple(Keyholder(one.id, recipient_hash(one.seal.recipient)) for one in made.people)
    header = Header(
        kind="keys", office=office.id, desk=office.desk, thread=H(b"thread")[:16],
        to=tuple({one.recipient: None for one in holders}), by=MemberBy(signer.entry, signer.proof), chain="k",
    )  # fmt: skip
    body = write_case_keys(CaseKeys(made.seeds, holders, made.barred, made.report))
    return write_envelope(replace(header, **changed), body, made.author.sign, book.random)
