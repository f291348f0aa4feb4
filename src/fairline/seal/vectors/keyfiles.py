"""Vectors of a desk's `keys` files: who may make one, and what its seeds must fit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from fairline.seal.charter import ProvenCharter, read_charter, write_charter
from fairline.seal.deskkeys import KeysCheck, prove_desk_keys
from fairline.seal.document import DocumentName
from fairline.seal.envelope import Header, MemberBy, Written, write_envelope
from fairline.seal.keys import DeskKeys, Keyholder, NumberedSeed, write_desk_keys
from fairline.seal.primitives import H, b64, unb64
from fairline.seal.recipients import recipient_hash
from fairline.seal.sheet import ProvenSheet, read_sheet, write_sheet
from fairline.seal.vectors.cases import Book, Operations
from fairline.seal.vectors.envelopes import trimmed
from fairline.seal.vectors.office import MadeUpOffice, Person


def _prove(given: dict[str, Any]) -> dict[str, Any]:
    charter = ProvenCharter(read_charter(unb64(given["charter"])))
    check = KeysCheck(
        office=unb64(given["office"]),
        desk=unb64(given["desk"]),
        n=given["n"],
        charter_of=lambda number: charter if number == charter.number else None,
        sheet=ProvenSheet(read_sheet(unb64(given["sheet"]))),
        own=frozenset(unb64(one) for one in given["own"]),
        paper=unb64(given["paper"]) if "paper" in given else None,
        acted=lambda c: b64(c) == given["acted"],
    )
    found = prove_desk_keys(unb64(given["content"]).ljust(given["size"], b"\0"), check)
    return {
        "c": b64(found.c),
        "author": b64(found.author.id),
        "epochs": [epoch.number for epoch in found.keys.epochs],
    }


OPERATIONS: Operations = {"prove-keys": _prove}


@dataclass(frozen=True)
class Made:
    """Who and what a `keys` file is made of."""

    author: Person
    readers: tuple[bytes, ...]
    people: tuple[bytes, ...]
    seeds: tuple[NumberedSeed, ...]


def key_files() -> Book:
    """`vectors/keys.json`."""
    book = Book("keys", OPERATIONS)
    office = MadeUpOffice("keys")
    least = office.sheet_terms()
    sheet, closed = write_sheet(least), write_sheet(replace(least, open=False))
    desk = replace(office.terms().desks[0], sheet=DocumentName(3, H(sheet)))
    charter = write_charter(replace(office.terms(), custody=None, desks=(desk,)))
    amina, bruno = (recipient_hash(person.seal.recipient) for person in (office.amina, office.bruno))
    paper = recipient_hash(office.custodians[0].recipient)
    seeds = (NumberedSeed(0, book.random(32)), NumberedSeed(1, office.epoch_seeds[0]))
    good = Made(office.amina, (amina, bruno), (amina, bruno), seeds)
    base: dict[str, Any] = {
        "charter": b64(charter), "sheet": b64(sheet), "office": b64(office.id), "desk": b64(office.desk), "n": 4,
        "own": [b64(bruno)],
    }  # fmt: skip

    def add(name: str, error: str | None, made: Made, changed: dict[str, Any] | None = None, **header: Any) -> None:
        written = _written(book, office, made, header)
        given = base | {"acted": b64(written.c)} | (changed or {})
        book.add(name, "a desk's keys", "prove-keys", error, **trimmed(written.content), **given)

    one = replace(good, readers=(amina,), people=(amina,))
    add("by the lead, for two", None, good)
    add("with the paper key", None, replace(good, readers=(amina, bruno, paper)), {"paper": b64(paper)})
    add("one person and the paper key", None, replace(one, readers=(amina, paper)),
        {"paper": b64(paper), "own": [b64(amina)]})  # fmt: skip
    add("one person, closed desk", None, one, {"sheet": b64(closed), "own": [b64(amina)]})
    add("without the sheet's epoch", None, replace(good, seeds=seeds[:1]))
    add("refused: one person, open desk", "keys-people", one, {"own": [b64(amina)]})
    add("refused: nobody", "keys-people", replace(good, people=(), readers=(bruno,)), {"sheet": b64(closed)})
    add("refused: by a handler", "envelope-author", replace(good, author=office.bruno))
    add("refused: by an administrator", "envelope-author", replace(good, author=office.chiara))
    add("refused: no act names it", "keys-act", good, {"acted": b64(bytes(32))})
    add("refused: another seed", "keys-seed", replace(good, seeds=(NumberedSeed(1, bytes(32)),)))
    add("refused: a reader it does not name", "envelope-audience", replace(good, readers=(amina, bruno, paper)))
    add("refused: not for me", "envelope-audience", good, {"own": [b64(paper)]})
    add("refused: another place", "envelope-place", good, {"n": 5})
    add("refused: another desk", "envelope-place", good, thread=bytes(16))
    return book


def _written(book: Book, office: MadeUpOffice, made: Made, changed: dict[str, Any]) -> Written:
    signer = office.signer(made.author)
    header = Header(
        kind="keys", office=office.id, desk=office.desk, thread=office.desk, to=made.readers,
        by=MemberBy(signer.entry, signer.proof), chain="k", n=4, prev=H(b"keys 3"),
    )  # fmt: skip
    people = tuple(Keyholder(H(reader)[:16], reader) for reader in made.people)
    body = write_desk_keys(DeskKeys(made.seeds, people))
    return write_envelope(replace(header, **changed), body, made.author.sign, book.random)
