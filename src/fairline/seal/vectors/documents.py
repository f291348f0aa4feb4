"""Vectors of root documents, charters, rosters, sheets and the manifest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from fairline.seal import document
from fairline.seal.charter import Charter, Custody, ProvenCharter, Vouchers, prove_charter, read_charter, write_charter
from fairline.seal.document import DocumentFile, DocumentName, parse_file, write_file
from fairline.seal.manifest import DocumentPins, parse_manifest, prove_manifest, write_manifest
from fairline.seal.primitives import H, b64, unb64
from fairline.seal.root import ProvenRoot, RootKey, ed25519_seed, prove_roots, read_root, root_key, write_root
from fairline.seal.roster import Roster, prove_entry, read_entry, read_proof, require_whole
from fairline.seal.sheet import prove_sheets, read_sheet, write_sheet
from fairline.seal.vectors.cases import Book, Operations
from fairline.seal.vectors.mutations import Shape, as_input, every_field
from fairline.seal.vectors.office import TODAY, MadeUpOffice

if TYPE_CHECKING:
    from collections.abc import Sequence

FREE_NAMES = frozenset({"names", "sheets"})


@dataclass(frozen=True)
class Chartered:
    """Number and roster of a charter, for proofs of entries."""

    number: int
    roster: Roster


def _pin(given: dict[str, Any]) -> DocumentName | None:
    return document.read_name(given["pin"]) if "pin" in given else None


def _require_whole(given: dict[str, Any]) -> bool:
    shown = {one["place"]: unb64(one["entry"]) for one in given["shown"]}
    require_whole(Roster(given["depth"], unb64(given["root"])), shown, unb64(given["filler"]))
    return True


def _files(given: dict[str, Any]) -> list[DocumentFile]:
    return [parse_file(unb64(file)) for file in given["files"]]


def _prove_roots(given: dict[str, Any]) -> list[str]:
    fingerprint = unb64(given["F"]) if "F" in given else None
    return [b64(root.hash) for root in prove_roots(_files(given), fingerprint)]


def _key_json(key: RootKey) -> dict[str, str]:
    return {"ed25519": b64(key.ed25519), "mldsa44": b64(key.mldsa44)}


def _prove_charter(given: dict[str, Any]) -> str:
    root = ProvenRoot(read_root(unb64(given["root"])))
    file = parse_file(unb64(given["file"]))
    return b64(prove_charter(file, root, date.fromisoformat(given["today"]), _pin(given)).hash)


def _prove_sheets(given: dict[str, Any]) -> list[str]:
    charter = ProvenCharter(read_charter(unb64(given["charter"])))
    desk = charter.desk(unb64(given["desk"]))
    if desk is None:
        raise ValueError("the vector names a desk of its charter")
    return [b64(sheet.hash) for sheet in prove_sheets(_files(given), desk, charter, _pin(given))]


def _prove_entry(given: dict[str, Any]) -> list[str]:
    charter = Chartered(given["charter"], Roster(given["depth"], unb64(given["root"])))
    return list(prove_entry(unb64(given["entry"]), read_proof(given["proof"]), charter).roles)


def _prove_manifest(given: dict[str, Any]) -> dict[str, Any]:
    fingerprint = unb64(given["F"]) if "F" in given else None
    pin = _pin(given)
    manifest = prove_manifest(
        parse_manifest(unb64(given["manifest"])),
        date.fromisoformat(given["today"]),
        lambda claim: claim.row.number in given["logged"],
        DocumentPins(F=fingerprint, root=pin),
    )
    return {
        "office": b64(manifest.office),
        "F": b64(manifest.F),
        "root": manifest.root.number,
        "charter": manifest.charter.number,
        "sheets": {desk: [sheet.number for sheet in chain] for desk, chain in manifest.sheets.items()},
    }


def _root_again(given: dict[str, Any]) -> str:
    root = read_root(unb64(given["doc"]))
    return b64(write_root(root.office, root.number, root.prev, root.keys, root.threshold))


OPERATIONS: Operations = {
    "read-file": lambda given: b64(write_file(parse_file(unb64(given["file"])))),
    "read-root": _root_again,
    "read-charter": lambda given: b64(write_charter(read_charter(unb64(given["doc"])))),
    "read-sheet": lambda given: b64(write_sheet(read_sheet(unb64(given["doc"])))),
    "read-entry": lambda given: list(read_entry(unb64(given["entry"])).roles),
    "read-manifest": lambda given: b64(write_manifest(parse_manifest(unb64(given["manifest"])))),
    "root-seeds": lambda given: b64(ed25519_seed(unb64(given["seed"]))),
    "root-key": lambda given: _key_json(root_key(unb64(given["seed"]))),
    "prove-roots": _prove_roots,
    "prove-charter": _prove_charter,
    "prove-sheets": _prove_sheets,
    "require-whole": _require_whole,
    "prove-entry": _prove_entry,
    "prove-manifest": _prove_manifest,
}


def written(files: Sequence[DocumentFile]) -> list[str]:
    """Document files in base64url."""
    return [b64(write_file(file)) for file in files]


def roots() -> Book:
    """`vectors/root.json`."""
    book = Book("root", OPERATIONS)
    office = MadeUpOffice("root")
    chain = office.roots()
    fingerprint = b64(H(chain[0].doc))
    for index in (0, 1):
        seed = b64(office.root_seeds[index])
        book.add(f"root key {index}", "Ed25519 and H(ML-DSA-44) of a root seed", "root-key", seed=seed)
    book.add("root seeds", "Ed25519 seed of a root seed", "root-seeds", seed=b64(office.root_seeds[0]))
    for count in range(1, len(chain) + 1):
        book.add(
            f"{count - 1} successions", "walked from F", "prove-roots", files=written(chain[:count]), F=fingerprint
        )
    book.add("without F", "a first visitor", "prove-roots", files=written(chain))
    for index, file in enumerate(chain[:2]):
        book.add(f"read {index}", "written again", "read-root", doc=b64(file.doc))
    every_field(book, "read-root", chain[1].doc, as_input("doc"), Shape(frozenset({"prev"})))
    every_field(book, "read-file", write_file(chain[1]), as_input("file"))
    _root_refusals(book, office, chain, fingerprint)
    return book


def _root_refusals(book: Book, office: MadeUpOffice, chain: list[DocumentFile], fingerprint: str) -> None:
    first = H(chain[0].doc)
    other = MadeUpOffice("another").roots()
    doubled = replace(chain[1], signatures=(chain[1].signatures[0],) * 2)
    forged = replace(
        chain[1], signatures=(chain[1].signatures[0], replace(chain[1].signatures[1], signature=bytes(64)))
    )
    refused = {
        "another office": ("root-fork", [other[0]]),
        "no documents": ("root-chain", []),
        "begins with 1": ("root-fork", chain[1:2]),
        "one left out": ("root-chain", [chain[0], chain[2]]),
        "one twice": ("root-chain", [chain[0], chain[0]]),
        "wrong prev": ("root-chain", [chain[0], office.root(1, bytes(32), (0, 1), 2, (0, 1))]),
        "no prev": ("root-chain", [chain[0], office.root(1, None, (0, 1), 2, (0, 1))]),
        "number left out": ("root-chain", [chain[0], office.root(2, first, (0, 1), 2, (0, 1))]),
        "another office follows": ("root-chain", [chain[0], other[1]]),
        "number 0 unsigned": ("root-threshold", [office.root(0, None, (0,), 1, ())]),
        "too few of the new keys": ("root-threshold", [chain[0], office.root(1, first, (0, 1), 2, (0,))]),
        "none of the old keys": ("root-threshold", [chain[0], office.root(1, first, (1, 2), 2, (1, 2))]),
        "one old key, two needed": ("root-threshold",
                                    [*chain[:2], office.root(2, H(chain[1].doc), (0, 2, 3), 2, (0, 2, 3))]),
        "one signature wrong": ("root-threshold", [chain[0], forged]),
        "signed as a charter": ("root-threshold", [office.signed("charter", chain[0].doc, (0,))]),
        "threshold 2 of 1": ("root-threshold", [_raw_threshold(chain[0], 1, 2)]),
        "threshold 1 of 2": ("root-threshold", [chain[0], _raw_threshold(chain[1], 2, 1)]),
        "threshold 3 of 2": ("root-threshold", [chain[0], _raw_threshold(chain[1], 2, 3)]),
    }  # fmt: skip
    for name, (code, files) in refused.items():
        pinned = fingerprint if name != "number 0 unsigned" and "signed as" not in name else None
        pinned = None if name.startswith("threshold 2") else pinned
        book.add(f"refused: {name}", name, "prove-roots", code, files=written(files), F=pinned)
    text = f'{{"doc":"AA","sigs":{_pairs(doubled)}}}'.encode()
    book.add("signature twice", "a set holds nothing twice", "read-file", "set-order", file=b64(text))
    backwards = replace(chain[1], signatures=tuple(reversed(_sorted(chain[1]))))
    text = f'{{"doc":"AA","sigs":{_pairs(backwards)}}}'.encode()
    book.add("signatures out of order", "a set is sorted", "read-file", "set-order", file=b64(text))
    doc = chain[3].doc
    keys = doc[doc.index(b"[") : doc.index(b"]") + 1]
    swapped = b"[" + b",".join(reversed(keys[1:-1].replace(b"},{", b"}|{").split(b"|"))) + b"]"
    book.add("keys out of order", "a set is sorted", "read-root", "set-order", doc=b64(doc.replace(keys, swapped)))
    for name, code, broken in (
        ("version 2", "json-type", doc.replace(b'"v":1', b'"v":2')),
        ("another kind", "json-type", doc.replace(b'"kind":"root"', b'"kind":"rood"')),
        ("number below zero", "json-type", doc.replace(b'"number":3', b'"number":-3')),
        ("no key", "root-threshold", doc.replace(keys, b"[]")),
        ("threshold 0", "json-type", doc.replace(b'"threshold":2', b'"threshold":0')),
        ("threshold a text", "json-type", doc.replace(b'"threshold":2', b'"threshold":"2"')),
        ("threshold true", "json-type", doc.replace(b'"threshold":2', b'"threshold":true')),
        ("office too short", "base64", doc.replace(b64(office.id).encode(), b64(office.id[:15]).encode())),
        ("over 64 KiB", "json-long", doc + b" " * 65536),
    ):
        book.add(f"read-root refused: {name}", name, "read-root", code, doc=b64(broken))


def _raw_threshold(file: DocumentFile, before: int, after: int) -> DocumentFile:
    return replace(file, doc=file.doc.replace(b'"threshold":%d' % before, b'"threshold":%d' % after))


def _sorted(file: DocumentFile) -> list[document.Signature]:
    return sorted(file.signatures, key=lambda one: b64(one.key))


def _pairs(file: DocumentFile) -> str:
    return "[" + ",".join(f'["{b64(one.key)}","{b64(one.signature)}"]' for one in file.signatures) + "]"


def charters() -> Book:
    """`vectors/charter.json`."""
    book = Book("charter", OPERATIONS)
    office = MadeUpOffice("charter")
    root = office.roots()[-1].doc
    terms = replace(office.terms(), custody=None)
    good = office.signed("charter", write_charter(terms), (1, 2))
    base = {"root": b64(root), "today": TODAY.isoformat()}
    name = {"number": 2, "hash": b64(H(good.doc))}
    file = written([good])[0]
    book.add("good", "signed by two of three", "prove-charter", file=file, **base)
    book.add("first day", "from", "prove-charter", file=file, **(base | {"today": "2026-02-01"}))
    book.add("last day", "not_after", "prove-charter", file=file, **(base | {"today": "2026-06-01"}))
    book.add("pinned", "the same as the pin", "prove-charter", file=file, pin=name, **base)
    book.add("newer than the pin", "a higher number", "prove-charter", file=file, pin=name | {"number": 1}, **base)
    for what, code, changed, pin in (
        ("day before", "charter-date", {"today": "2026-01-31"}, None),
        ("day after", "charter-date", {"today": "2026-06-02"}, None),
        ("below the pin", "charter-older", {}, name | {"number": 3}),
        ("fork of the pin", "document-fork", {}, name | {"hash": b64(bytes(32))}),
        ("names another root", "charter-root", {"root": b64(office.roots()[2].doc)}, None),
        ("root of another office", "charter-root", {"root": b64(MadeUpOffice("another").roots()[3].doc)}, None),
    ):
        book.add(f"refused: {what}", what, "prove-charter", code, file=file, pin=pin, **(base | changed))
    doc = good.doc
    long = write_charter(replace(terms, not_after=terms.start + timedelta(days=181)))
    longest = write_charter(replace(terms, not_after=terms.start + timedelta(days=180)))
    for what, error, one in (
        ("180 days", None, office.signed("charter", longest, (1, 2))),
        ("181 days", "charter-long", office.signed("charter", long, (1, 2))),
        ("signed by one", "charter-signature", office.signed("charter", doc, (1,))),
        ("signed by a former administrator", "charter-signature", office.signed("charter", doc, (0, 1))),
        ("signed as a root", "charter-signature", office.signed("root", doc, (1, 2))),
        ("altered after signing", "charter-signature", replace(good, doc=doc.replace(b"Contracts", b"Contract5"))),
    ):
        book.add(f"signed: {what}", what, "prove-charter", error, file=written([one])[0], **base)
    book.add("read", "written again", "read-charter", doc=b64(doc))
    full = write_charter(_full(office))
    book.add("read full", "every optional field", "read-charter", doc=b64(full))
    maybe = frozenset({"prev", "custody", "oversight", "paper", "vouchers", "noscript"})
    every_field(book, "read-charter", doc, as_input("doc"), Shape(maybe, FREE_NAMES))
    every_field(book, "read-charter", write_charter(replace(terms, custody=_custody(office))),
                as_input("doc"), Shape(only=frozenset({"k", "custodians"})))  # fmt: skip
    _charter_refusals(book, office, doc)
    return book


def _custody(office: MadeUpOffice) -> Custody:
    return Custody(2, tuple(one.recipient for one in office.custodians[:2]))


def _full(office: MadeUpOffice) -> Charter:
    charter = office.read_charter()
    voucher = Vouchers(H(b"officer"), H(b"treasurer"))
    return replace(
        charter,
        oversight=office.custodians[0].recipient,
        paper=office.custodians[1].recipient,
        vouchers=voucher,
        noscript="plain.example",
    )


def _charter_refusals(book: Book, office: MadeUpOffice, doc: bytes) -> None:
    recipients = [one.recipient for one in office.custodians]

    def custody(k: int, custodians: Sequence[str]) -> bytes:
        return write_charter(replace(office.terms(), custody=Custody(k, tuple(custodians))))

    for name, code, broken in (
        ("version 2", "json-type", doc.replace(b'"v":1', b'"v":2')),
        ("another kind", "json-type", doc.replace(b'"kind":"charter"', b'"kind":"root"')),
        ("no such day", "json-type", doc.replace(b"2026-06-01", b"2026-06-31")),
        ("30 February", "json-type", doc.replace(b"2026-06-01", b"2026-02-30")),
        ("a moment", "json-type", doc.replace(b'"2026-06-01"', b'"2026-06-01T00:00"')),
        ("year of three digits", "json-type", doc.replace(b'"2026-06-01"', b'"0926-06-01"')),
        ("day in other digits", "json-type", doc.replace(b"2026-06-01", "٢٠٢٦-06-01".encode())),
        ("roster too shallow", "json-type", doc.replace(b'"depth":4', b'"depth":3')),
        ("roster too deep", "json-type", doc.replace(b'"depth":4', b'"depth":13')),
        ("a name that is no text", "json-type", doc.replace(b'"Contracts"', b"7")),
        ("one custodian", "custody-size", custody(1, recipients[:1])),
        ("k is 1", "custody-size", custody(1, recipients[:2])),
        ("k over n", "custody-size", custody(3, recipients[:2])),
        ("custodian twice", "custody-size", custody(2, [recipients[0]] * 2)),
        ("recipient of another kind", "age-recipient", custody(2, [recipients[0], recipients[1].upper()])),
    ):
        book.add(f"read-charter refused: {name}", name, "read-charter", code, doc=b64(broken))
    desks = doc[doc.index(b'"desks":[') + 8 : doc.index(b',"roster"')]
    one, two = desks[1:-1].replace(b"},{", b"}|{").split(b"|")
    book.add("desks out of order", "a set is sorted", "read-charter", "set-order",
             doc=b64(doc.replace(desks, b"[" + two + b"," + one + b"]")))  # fmt: skip
    renamed = one.replace(b'"names":{"en":"', b'"names":{"en":"z')
    book.add("desk under two names", "each desk once", "read-charter", "charter-desk",
             doc=b64(doc.replace(desks, b"[" + b",".join(sorted((one, renamed))) + b"]")))  # fmt: skip
    book.add("desk twice", "a set holds nothing twice", "read-charter", "set-order",
             doc=b64(doc.replace(desks, b"[" + one + b"," + one + b"]")))  # fmt: skip
