"""Vectors of sheets, of the roster and of the manifest."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fairline.seal import document
from fairline.seal.charter import write_charter
from fairline.seal.document import DocumentFile, sign_document
from fairline.seal.manifest import write_manifest
from fairline.seal.primitives import H, b64
from fairline.seal.roster import read_entry, write_entry
from fairline.seal.sheet import read_sheet
from fairline.seal.vectors.cases import Book
from fairline.seal.vectors.documents import FREE_NAMES, OPERATIONS, written
from fairline.seal.vectors.mutations import Shape, as_input, every_field
from fairline.seal.vectors.office import TODAY, MadeUpOffice


def sheets() -> Book:
    """`vectors/sheet.json`."""
    book = Book("sheet", OPERATIONS)
    office = MadeUpOffice("sheet")
    charter = write_charter(replace(office.terms(), custody=None))
    base = {"charter": b64(charter), "desk": b64(office.desk)}
    least, later = office.sheets()
    newest = {"number": 4, "hash": b64(H(later.doc))}
    book.add("least", "the one that the charter names", "prove-sheets", files=written([least]), **base)
    book.add("chained", "a later one by the desk's lead", "prove-sheets", files=written([least, later]), **base)
    book.add("pinned", "the same as the pin", "prove-sheets", files=written([least, later]), pin=newest, **base)
    book.add("pin before", "older than all that is served", "prove-sheets", files=written([least]),
             pin={"number": 2, "hash": b64(bytes(32))}, **base)  # fmt: skip
    terms = read_sheet(later.doc)
    outsider = replace(later, signatures=(sign_document(office.random(32), "sheet", later.doc),))
    elsewhere = read_sheet(least.doc)
    moved = replace(office.signer(office.amina).proof, place=0 if office.roster.places[0] else 1)
    refused: dict[str, tuple[str, list[DocumentFile], Any]] = {
        "none": ("sheet-old", [], None),
        "not the least": ("sheet-old", [later], None),
        "least altered": ("sheet-old", [office.sheet(replace(office.sheet_terms(), reason="Other"))], None),
        "below the pin": ("sheet-old", [least], newest),
        "fork of the pin": ("document-fork", [least, later], newest | {"hash": b64(bytes(32))}),
        "another office": ("sheet-office", [office.sheet(replace(elsewhere, office=bytes(16)))], None),
        "another desk": ("sheet-desk", [office.sheet(replace(elsewhere, desk=bytes(16)))], None),
        "wrong prev": ("sheet-old", [least, office.sheet(replace(terms, prev=bytes(32)))], None),
        "number left out": ("sheet-old", [least, office.sheet(replace(terms, number=5))], None),
        "epoch went back": ("sheet-old", [least, office.sheet(replace(terms, epoch=0))], None),
        "by a handler who is no lead": ("sheet-signer", [least, office.sheet(terms, office.bruno)], None),
        "by an administrator": ("sheet-signer", [least, office.sheet(terms, office.chiara)], None),
        "by an unknown key": ("sheet-signer", [least, outsider], None),
        "nobody named": ("sheet-signer", [least, replace(later, by=())], None),
        "proof of another charter": (
            "roster-proof", [least, replace(later, by=(office.signer(office.amina, charter=1),))], None),
        "proof of another place": (
            "roster-proof", [least, replace(later, by=(replace(later.by[0], proof=moved),))], None),
    }  # fmt: skip
    for name, (code, files, pin) in refused.items():
        book.add(f"refused: {name}", name, "prove-sheets", code, files=written(files), pin=pin, **base)
    book.add("read", "written again", "read-sheet", doc=b64(least.doc))
    every_field(book, "read-sheet", least.doc, as_input("doc"), Shape(frozenset({"prev"})))
    for name, code, broken in (
        ("version 2", "json-type", least.doc.replace(b'"v":1', b'"v":2')),
        ("another kind", "json-type", least.doc.replace(b'"kind":"sheet"', b'"kind":"sheets"')),
        ("open is a number", "json-type", least.doc.replace(b'"open":true', b'"open":1')),
        ("recipient of another kind", "age-recipient", least.doc.replace(b'"age1pq1', b'"age1qp1')),
    ):
        book.add(f"read-sheet refused: {name}", name, "read-sheet", code, doc=b64(broken))
    return book


def entries() -> Book:
    """`vectors/roster.json`."""
    book = Book("roster", OPERATIONS)
    office = MadeUpOffice("roster")
    base = {"charter": 2, "depth": office.roster.depth, "root": b64(office.roster.root)}
    for person in office.people:
        proof = document.signer_json(office.signer(person))["proof"]
        alias = read_entry(person.entry).alias
        book.add(
            f"proven: {alias}", "an entry and its proof", "prove-entry", entry=b64(person.entry), proof=proof, **base
        )
    other = write_entry(replace(read_entry(person.entry), roles=("administrator", "auditor")), bytes(16))
    for name, entry, changed in (
        ("altered entry", other, {}),
        ("another charter", person.entry, {"charter": 3}),
        ("one hash less", person.entry, {"hashes": proof["hashes"][:-1]}),
        ("one hash more", person.entry, {"hashes": proof["hashes"] + [b64(bytes(32))]}),
        ("another place", person.entry, {"place": proof["place"] ^ 1}),
        ("place beyond the tree", person.entry, {"place": proof["place"] + 16}),
        ("hashes swapped", person.entry, {"hashes": [*proof["hashes"][1::-1], *proof["hashes"][2:]]}),
    ):
        book.add(
            f"refused: {name}", name, "prove-entry", "roster-proof", entry=b64(entry), proof=proof | changed, **base
        )
    book.add("read", "roles", "read-entry", entry=b64(other))
    every_field(book, "read-entry", other, as_input("entry"))
    for name, code, broken in (
        ("roles out of order", "set-order", other.replace(b'"administrator","auditor"', b'"auditor","administrator"')),
        ("role twice", "set-order", other.replace(b'"administrator","auditor"', b'"auditor","auditor"')),
        ("short salt", "base64", other.replace(b64(bytes(16)).encode(), b64(bytes(15)).encode())),
    ):
        book.add(f"read-entry refused: {name}", name, "read-entry", code, entry=b64(broken))
    _whole(book, office)
    return book


def _whole(book: Book, office: MadeUpOffice) -> None:
    roster = office.roster
    shown = [
        {"place": place, "entry": b64(person.entry)} for person, place in zip(office.people, roster.places, strict=True)
    ]
    good = {"depth": roster.depth, "root": b64(roster.root), "shown": shown, "filler": b64(roster.filler)}
    book.add("whole", "everybody is shown, the rest is filler", "require-whole", **good)
    moved = [shown[0] | {"place": next(iter(set(range(16)) - set(roster.places)))}, *shown[1:]]
    for name, changed in (
        ("somebody is not shown", {"shown": shown[1:]}),
        ("somebody stands elsewhere", {"shown": moved}),
        ("a place beyond the tree", {"shown": [*shown[1:], shown[0] | {"place": 16}]}),
        ("another seed", {"filler": b64(bytes(32))}),
        ("another root", {"root": b64(bytes(32))}),
    ):
        book.add(f"not whole: {name}", name, "require-whole", "roster-hidden", **(good | changed))


def manifests() -> Book:
    """`vectors/manifest.json`."""
    book = Book("manifest", OPERATIONS)
    office = MadeUpOffice("manifest")
    charter = office.signed("charter", write_charter(replace(office.terms(), custody=None)), (1, 2))
    files = replace(office.manifest_files(), charter=charter)
    text = write_manifest(files)
    fingerprint = H(files.roots[0].doc)
    base: dict[str, Any] = {"today": TODAY.isoformat(), "logged": [1, 2, 3], "F": b64(fingerprint)}
    pin = {"number": 3, "hash": b64(H(files.roots[3].doc))}
    book.add("good", "proven from F", "prove-manifest", manifest=b64(text), **base)
    book.add("pinned root", "the same as the pin", "prove-manifest", manifest=b64(text), pin=pin, **base)
    later = replace(files, rooted=files.rooted[:2])
    stray = replace(files, sheets=dict(files.sheets) | {b64(bytes(16)): files.sheets[b64(office.desk)]})
    for name, code, one, changed in (
        ("another F", "root-fork", files, {"F": b64(bytes(32))}),
        ("root not in the record", "root-unlogged", files, {"logged": [1, 3]}),
        ("no row for a root", "root-unlogged", later, {}),
        ("an older root than the pin", "root-chain", files, {"pin": pin | {"number": 4}}),
        ("a fork of the pinned root", "document-fork", files, {"pin": pin | {"hash": b64(bytes(32))}}),
        ("a sheet of no desk", "sheet-desk", stray, {}),
        ("no sheet of a desk", "sheet-old", replace(files, sheets={}), {}),
    ):
        book.add(
            f"refused: {name}", name, "prove-manifest", code, manifest=b64(write_manifest(one)), **(base | changed)
        )
    book.add("read", "written again", "read-manifest", manifest=b64(text))
    small = replace(files, roots=files.roots[:1], rooted=files.rooted[:1], sheets={})
    every_field(book, "read-manifest", write_manifest(small), as_input("manifest"),
                Shape(frozenset({"checkpoint", "by"}), FREE_NAMES))  # fmt: skip
    promised = write_manifest(replace(small, rooted=files.rooted[2:]))
    every_field(book, "read-manifest", promised, as_input("manifest"),
                Shape(frozenset({"promise"}), frozenset({"promise"}), frozenset({"promise"})))  # fmt: skip
    return book
