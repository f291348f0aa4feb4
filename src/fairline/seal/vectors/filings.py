"""Vectors of what goes to a door and beside it: parcels, leaves, names, statements, joinings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fairline.seal.document import Signer
from fairline.seal.errand import Errand, read_errand, write_errand
from fairline.seal.filing import check_receipt_inside
from fairline.seal.invitation import (
    Joining,
    invite_id,
    joining_json,
    joining_words,
    make_joining,
    prove_joining,
    read_joining,
    read_joining_file,
)
from fairline.seal.naming import identity_key
from fairline.seal.parcel import ParcelFile, read_parcel, write_parcel
from fairline.seal.post import received, search_tag
from fairline.seal.primitives import H, b64, public_key, sign, unb64
from fairline.seal.receipt import to_digits
from fairline.seal.recipients import identity
from fairline.seal.root import RootKey
from fairline.seal.roster import Roster, read_entry
from fairline.seal.statement import PURPOSES, make_statement, prove_statement, read_statement, statement_json
from fairline.seal.vectors.cases import Book, Operations
from fairline.seal.vectors.documents import Chartered
from fairline.seal.vectors.mutations import Shape, as_input, every_field
from fairline.seal.vectors.office import MadeUpOffice
from fairline.seal.words import entropy_to_words

if TYPE_CHECKING:
    from fairline.seal.vectors.office import Person


def _read_parcel(given: dict[str, Any]) -> dict[str, Any]:
    parcel = read_parcel(unb64(given["parcel"]))
    return {"head": dict(parcel.head), "files": [[file.kind, b64(file.content)] for file in parcel.files]}


def _prove_statement(given: dict[str, Any]) -> str:
    charter: Any = Chartered(given["charter"], Roster(given["depth"], unb64(given["root"])))
    statement = read_statement(given["statement"])
    return b64(prove_statement(statement, charter, unb64(given["thread"]), unb64(given["reporter"])).id)


def _prove_joining(given: dict[str, Any]) -> str:
    file = read_joining_file(given["file"])
    return b64(prove_joining(file, unb64(given["office"]), unb64(given["secret"]), unb64(given["F"])).id)


def _inside(given: dict[str, Any]) -> bool:
    check_receipt_inside(unb64(given["receipt"]), [given["text"]])
    return True


def _received(given: dict[str, Any]) -> str:
    return b64(received([unb64(file) for file in given["files"]], [unb64(one) for one in given.get("attachments", ())]))


OPERATIONS: Operations = {
    "read-parcel": _read_parcel,
    "search-tag": lambda given: b64(search_tag(unb64(given["tag"]), given["chain"], given["n"])),
    "received": _received,
    "identity-key": lambda given: identity_key(unb64(given["K"]), unb64(given["K2"]), unb64(given["thread"])).recipient,
    "receipt-inside": _inside,
    "prove-statement": _prove_statement,
    "read-errand": lambda given: write_errand(read_errand(given["text"])),
    "prove-joining": _prove_joining,
    "read-joining": lambda given: b64(read_joining(unb64(given["doc"])).id),
    "joining-words": lambda given: joining_words(unb64(given["doc"]), given["list"]),
    "invite-id": lambda given: b64(invite_id(unb64(given["secret"]), unb64(given["F"]))),
}


def filings() -> Book:
    """`vectors/filing.json`."""
    book = Book("filing", OPERATIONS)
    random = book.random
    tag = b64(random(32))
    for chain, n in (("r", 0), ("o", 0), ("r", 1), ("o", 2**40)):
        book.add(f"T({chain}, {n})", "HMAC over chain and u64be n", "search-tag", tag=tag, chain=chain, n=n)
    for count in (0, 1, 6):
        book.add(f"f of {count}", "over H of each file", "received", files=[b64(random(40)) for _ in range(count)])
    book.add("f with attachments", "their hashes follow", "received", files=[b64(random(40)) for _ in range(2)],
             attachments=[b64(random(32)) for _ in range(2)])  # fmt: skip
    book.add("identity key", "id(KDF(K ‖ K2, identity, thread))", "identity-key", K=b64(random(32)), K2=b64(random(32)),
             thread=b64(random(16)))  # fmt: skip
    receipt = random(16)
    words = entropy_to_words(receipt, "english")
    book.add("harmless text", "the words in another order", "receipt-inside", receipt=b64(receipt),
             text=" ".join(reversed(words)))  # fmt: skip
    for name, text in (
        ("words", "They are " + " ".join(words).upper() + "."), ("words on lines", "\n".join(words)),
        ("digits", "-".join(to_digits(receipt))),
        ("Chinese words", "".join(entropy_to_words(receipt, "chinese traditional"))),
    ):  # fmt: skip
        book.add(f"receipt inside: {name}", name, "receipt-inside", "receipt-inside", receipt=b64(receipt), text=text)
    _parcels(book)
    return book


def _parcels(book: Book) -> None:
    files = [ParcelFile("office", b"sealed"), ParcelFile("own", b"\0\0"), ParcelFile("share", b"x" * 100)]
    head = {"v": 1, "desk": b64(bytes(16))}
    good = write_parcel(head, files)
    book.add("parcel", "three files", "read-parcel", parcel=b64(good))
    book.add("parcel without files", "only a head", "read-parcel", parcel=b64(write_parcel(head, [])))
    book.add("parcel filled up", "zeros to a multiple", "read-parcel", parcel=b64(write_parcel(head, files, 512)))
    placed = [*files, ParcelFile("own", b"sealed anew", ("r", 0)), ParcelFile("own", b"sealed anew", ("o", 3))]
    book.add("parcel of a rekey", "own copies name their place", "read-parcel", parcel=b64(write_parcel(head, placed)))
    text = good[4 : 4 + int.from_bytes(good[:4], "big")]

    def with_head(changed: bytes) -> bytes:
        return len(changed).to_bytes(4, "big") + changed + good[4 + len(text) :]

    for name, code, parcel in (
        ("nothing", "parcel", b""),
        ("three bytes", "parcel", good[:3]),
        ("head longer than all", "parcel", b"\xff" + good[1:]),
        ("file cut", "parcel", good[:-1]),
        ("filled with something", "parcel", good + b"\0\1"),
        ("head no object", "json-type", write_head(b"[]")),
        ("no list of files", "json-type", write_head(b'{"v":1}')),
        ("empty file", "json-type", with_head(text.replace(b'"size":6', b'"size":0'))),
        ("size below zero", "json-type", with_head(text.replace(b'"size":6', b'"size":-6'))),
        ("unknown field of a file", "json-unknown", with_head(text.replace(b'"size":6', b'"size":6,"more":1'))),
        ("file without size", "json-missing", with_head(text.replace(b',"size":6', b""))),
        ("head twice", "json-duplicate", with_head(text.replace(b'"v":1', b'"v":1,"v":1'))),
    ):
        book.add(f"refused: {name}", name, "read-parcel", code, parcel=b64(parcel))


def write_head(text: bytes) -> bytes:
    """A parcel of nothing but this head."""
    return len(text).to_bytes(4, "big") + text


def statements() -> Book:
    """`vectors/statement.json`."""
    book = Book("statement", OPERATIONS)
    office = MadeUpOffice("statement")
    officer = office.person("Officer", f"officer@{b64(bytes(16))}")
    auditor = office.person("Auditor", "auditor")
    office.admit(officer, auditor)
    thread, reporter = book.random(16), public_key(book.random(32))
    base = {"thread": b64(thread), "reporter": b64(reporter), "charter": 2, "depth": office.roster.depth,
            "root": b64(office.roster.root)}  # fmt: skip
    entitled: dict[str, Person] = {
        "intake": office.bruno,
        "own name": officer,
        "referral": office.amina,
        "test": auditor,
    }
    for purpose in PURPOSES:
        for person in (office.bruno, officer, auditor, office.chiara):
            statement = make_statement(person.sign, purpose, office.signer(person), thread, reporter)
            alias = read_entry(person.entry).alias
            fits = {"intake": (office.bruno,), "own name": (officer,), "referral": (office.bruno,),
                    "test": (auditor, office.chiara)}[purpose]  # fmt: skip
            book.add(f"{purpose} by {alias}", "who may state what", "prove-statement",
                     None if person in fits else "statement-role", statement=statement_json(statement),
                     **base)  # fmt: skip
    good = make_statement(entitled["test"].sign, "test", office.signer(auditor), thread, reporter)
    other: Signer = office.signer(office.amina)
    for name, code, changed, places in (
        ("another thread", "statement-signature", good, {"thread": b64(bytes(16))}),
        ("another reporting person", "statement-signature", good, {"reporter": b64(bytes(32))}),
        ("another purpose", "statement-signature", replace(good, purpose="test", signature=sign(
            auditor.sign, "statement", b"referral\0" + thread + reporter)), {}),
        ("another member's entry", "statement-signature", replace(good, entry=other.entry, proof=other.proof), {}),
        ("another charter", "roster-proof", good, {"charter": 3}),
    ):  # fmt: skip
        book.add(
            f"refused: {name}", name, "prove-statement", code, statement=statement_json(changed), **(base | places)
        )
    errand = write_errand(Errand(book.random(16), good))
    book.add("errand", "receipt and statement in an address", "read-errand", text=errand)
    every_field(book, "read-errand", unb64(errand), as_input("text"))
    for name, code, text in (
        ("a short receipt", "base64", write_errand(Errand(bytes(15), good))), ("no base64url", "base64", errand + "+"),
        ("nothing", "json-malformed", ""), ("longer than 16 KiB", "json-long", errand + "A" * 16_384),
    ):  # fmt: skip
        book.add(f"errand refused: {name}", name, "read-errand", code, text=text)
    return book


def joinings() -> Book:
    """`vectors/invitation.json`."""
    book = Book("invitation", OPERATIONS)
    random = book.random
    office, secret, fingerprint, seed = random(16), random(32), random(32), random(32)
    joining = Joining(office, random(16), public_key(seed), identity(random(32)).recipient)
    administrator = replace(joining, root=RootKey(random(32), random(32)))
    base = {"office": b64(office), "secret": b64(secret), "F": b64(fingerprint)}
    book.add("invite id", "16 bytes", "invite-id", secret=base["secret"], F=base["F"])
    for name, one in (("member", joining), ("administrator", administrator)):
        file = make_joining(one, seed, secret, fingerprint)
        book.add(name, "MAC and signature", "prove-joining", file=joining_json(file), **base)
        book.add(f"words of {name}", "eight words of H(doc)", "joining-words", doc=b64(file.doc), list="english")
        book.add(f"read {name}", "its id", "read-joining", doc=b64(file.doc))
    good = joining_json(file)
    wrong = make_joining(joining, random(32), secret, fingerprint)
    elsewhere = make_joining(replace(joining, office=bytes(16)), seed, secret, fingerprint)
    for name, code, sent, changed in (
        ("another secret", "joining-mac", good, {"secret": b64(bytes(32))}),
        ("another office's F", "joining-mac", good, {"F": b64(bytes(32))}),
        ("short secret", "base64", good, {"secret": b64(bytes(31))}),
        ("document altered", "joining-mac", good | {"doc": b64(file.doc.replace(b'"v":1', b'"v": 1'))}, {}),
        ("MAC altered", "joining-mac", good | {"mac": b64(H(b"mac"))}, {}),
        ("signature altered", "joining-signature", good | {"sig": b64(bytes(64))}, {}),
        ("signed by another key", "joining-signature", joining_json(wrong), {}),
        ("for another office", "joining-office", joining_json(elsewhere), {}),
    ):
        book.add(f"refused: {name}", name, "prove-joining", code, file=sent, **(base | changed))
    every_field(book, "read-joining", file.doc, as_input("doc"), Shape(frozenset({"root"})))
    return book
