"""Vectors of the proof of work."""

from __future__ import annotations

from typing import Any

from fairline.seal import work
from fairline.seal.parcel import ParcelFile, write_parcel
from fairline.seal.primitives import b64, unb64
from fairline.seal.vectors.cases import Book, Operations


def _challenge(given: dict[str, Any]) -> work.Challenge:
    return work.read_challenge(given["challenge"])


def _zeros(given: dict[str, Any]) -> int:
    challenge = _challenge(given)
    return work.zeros(work.key(challenge.nonce, given["counter"], unb64(given["salt"]), challenge.cost))


OPERATIONS: Operations = {
    "read-challenge": lambda given: _challenge(given).fields(),
    "read-work": lambda given: work.read_work(given["work"]).fields(),
    "salt": lambda given: b64(work.salt(given["purpose"], unb64(given["subject"]))),
    "post-subject": lambda given: b64(work.post_subject(unb64(given["thread"]), given["n"])),
    "key": lambda given: b64(
        work.key(unb64(given["nonce"]), given["counter"], unb64(given["salt"]), given["cost"])
    ),
    "zeros": _zeros,
    "with-work": lambda given: b64(work.with_work(unb64(given["parcel"]), work.read_work(given["work"]))),
    "solve": lambda given: work.solve(_challenge(given), unb64(given["salt"]), given["start"]).fields(),
}


def works() -> Book:
    """`vectors/work.json`."""
    book = Book("work", OPERATIONS)
    subject, nonce = book.random(16), book.random(16)
    salts = {
        purpose: book.add(f"salt: {purpose}", "another purpose, another salt", "salt", purpose=purpose,
                          subject=b64(subject))
        for purpose in work.PURPOSES
    }  # fmt: skip
    named = book.add("subject of a message", "thread and number", "post-subject", thread=b64(subject), n=258)
    book.add("salt of a message", "one work a message", "salt", purpose=work.POST, subject=named)
    of = salts[work.REPORT]
    for counter in (0, 1, 258, work.COUNTER_MAX):
        book.add(f"key: counter {counter}", "PBKDF2 over nonce and counter", "key", nonce=b64(nonce), counter=counter,
                 salt=of, cost=1000)  # fmt: skip
    usual = work.Challenge(2_951_424, nonce, 1000, 6).fields()
    book.add("a challenge", "as a door gives it", "read-challenge", challenge=usual)
    for bits, start in ((0, 7), (1, 0), (4, 0), (6, 0), (6, 200), (8, 0)):
        asked = usual | {"bits": bits}
        found = book.add(f"solve: {bits} bits from {start}", "the first counter that has them", "solve",
                         challenge=asked, salt=of, start=start)  # fmt: skip
        book.add(f"zeros of it: {bits} bits from {start}", "at least as many as asked", "zeros", challenge=asked,
                 salt=of, counter=found["counter"])  # fmt: skip
    book.add("zeros of another purpose", "a solution serves one thing", "zeros", challenge=usual,
             salt=salts[work.BLOB], counter=found["counter"])  # fmt: skip
    book.add("a solution", "span and counter", "read-work", work={"span": 1, "counter": work.COUNTER_MAX})
    copies = [ParcelFile("own", b"sealed", ("r", 0)), ParcelFile("office", b"\0\1")]
    for name, head in (("a head without", {"v": 1, "n": 3}), ("another solution", {"work": {"span": 3, "counter": 3}})):
        book.add(f"into a parcel: {name}", "files stay as they are", "with-work",
                 parcel=b64(write_parcel(head, copies)), work={"span": 1, "counter": 2})  # fmt: skip
    _refused(book, usual)
    return book


def _refused(book: Book, usual: dict[str, Any]) -> None:
    hardest = usual | {"bits": 12}
    book.add("the hardest challenge", "four times what our doors ask", "read-challenge", challenge=hardest)
    for name, challenge, code in (
        ("harder than that", usual | {"bits": 13}, "work-hard"),
        ("harder by rounds", usual | {"cost": 1001, "bits": 12}, "work-hard"),
        ("bits beyond all", usual | {"bits": 25, "cost": 1}, "json-type"),
        ("no rounds", usual | {"cost": 0}, "json-type"),
        ("too many rounds", usual | {"cost": 2**20 + 1, "bits": 0}, "json-type"),
        ("another version", usual | {"v": 2}, "json-type"),
        ("a nonce that is too short", usual | {"nonce": b64(bytes(15))}, "base64"),
        ("an unknown field", usual | {"salt": "x"}, "json-unknown"),
        ("no span", {name: value for name, value in usual.items() if name != "span"}, "json-missing"),
    ):
        book.add(f"refused challenge: {name}", name, "read-challenge", code, challenge=challenge)
    for name, given, code in (
        ("a counter beyond 32 bits", {"span": 1, "counter": 2**32}, "json-type"),
        ("a counter below zero", {"span": 1, "counter": -1}, "json-type"),
        ("an unknown field", {"span": 1, "counter": 1, "bits": 9}, "json-unknown"),
        ("no counter", {"span": 1}, "json-missing"),
        ("a text", "1", "json-type"),
    ):
        book.add(f"refused solution: {name}", name, "read-work", code, work=given)
