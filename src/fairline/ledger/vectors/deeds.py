"""Vectors for acts: how each that has fields of its own is written and signed, and that another word is no signed one.

What an act of its kind must say is the service's to check; here stands that both languages write, hash and read the
same bytes of it.
"""

from __future__ import annotations

from typing import Any

from fairline.ledger.vectors.documents import acted
from fairline.ledger.vectors.operations import OPERATIONS
from fairline.seal.jsontext import write
from fairline.seal.primitives import b64, public_key
from fairline.seal.vectors.cases import Book, FixedBytes

DUTIES = (
    ("aware", "eu-nis2 aware essential 2026-03-27T22:30Z"),
    ("aware, no part", "eu-nis2 aware  2026-03-27T22:30Z"),
    ("requested", "eu-nis2 requested  2026-04-02T08:00Z"),
    ("investigation-ended", "us-nispom investigation-ended  2026-05-30T16:05Z"),
    ("done", "eu-nis2 done early-warning 2026-03-28T09:00Z"),
    ("not-owed", "eu-nis2 not-owed one-month 2026-03-28T09:10Z"),
)
"""What a note of a duty says, docs/formats.md, duties: its hash is signed, also where the row is empty."""


def deeds() -> Book:
    """`vectors/ledger-acts.json`."""
    book = Book("ledger-acts", OPERATIONS)
    seed, member, thread = book.random(32), b64(book.random(16)), b64(book.random(16))
    signer = {"seed": b64(seed), "member": member, "counter": 12}
    base = {"salt": b64(book.random(16)), "time": "2026-03-02T10:22:31Z"}
    for name, said in DUTIES:
        kind = said.split(" ")[1]
        book.add(f"duty: {name}", "the hash of four words is signed", "sign-act", act=f"{kind} duty", subject=thread,
                 after_text=said, **signer)  # fmt: skip
    for name, deed in _deeds(book.random, thread).items():
        book.add(f"{name}: signed", "written in this order, and signed", "sign-act", **deed, **signer)
        row = acted(base, _what(deed, signer), seed)
        public = b64(public_key(seed))
        book.add(f"{name}: read", "each field as it was signed", "act-fields", row_text=row, key=public)
        for field in deed.get("more", {}):
            other = _what(deed | {"more": deed["more"] | {field: _otherwise(deed["more"][field])}}, signer)
            changed = acted(base, other)[:-1] + row[row.index(',"sig"') :]
            book.add(f"{name}: another {field}", "refused", "act-fields", "act-signature", row_text=changed, key=public)
    for name, row in of_machine(base).items():
        book.add(f"{name}: read", "of the machine: no member, no signature", "act-fields", row_text=row)
    return book


def _what(deed: dict[str, Any], signer: dict[str, Any]) -> dict[str, Any]:
    own = {name: deed[name] for name in ("before", "after") if name in deed}
    said = {"act": deed["act"], "subject": deed["subject"], "member": signer["member"], "counter": signer["counter"]}
    more: dict[str, Any] = deed.get("more", {})
    return said | own | more


def _otherwise(value: Any) -> Any:
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case list():
            return value[:-1]
        case dict():
            return value | {"k": 1}
        case _:
            return f"{value}A"


def _deeds(random: FixedBytes, thread: str) -> dict[str, dict[str, Any]]:
    """Acts with fields of their own, as docs/formats.md and docs/formats-record.md have them."""

    def made(act: str, subject: str = thread, *, before: bool = False, after: bool = False, **more: Any) -> Any:
        hashes = {name: b64(random(32)) for name, there in (("before", before), ("after", after)) if there}
        return {"act": act, "subject": subject} | hashes | ({"more": more} if more else {})

    def ids(count: int) -> list[str]:
        return sorted(b64(random(16)) for _ in range(count))

    def hashes(count: int) -> list[str]:
        return sorted(b64(random(32)) for _ in range(count))

    desk, copy, asked = ids(1)[0], ids(1)[0], ids(1)[0]
    threads, erased, keys = ids(3), hashes(5), b64(random(32))
    closed: dict[str, Any] = {"keys": keys, "outcome": "unfounded", "class": "loss"}
    return {
        "ask panel": made("ask panel", after=True, days=30),
        "seat panel": made("seat panel", before=True, people=ids(3)),
        "panel vote": made("panel vote", copy, before=True, after=True),
        "end panel": made("end panel", before=True, after=True),
        "close as a panel found": made("close", before=True, **closed, panel=b64(random(32))),
        "close a test": made("close", before=True, **closed, amounts={"currency": "EUR", "damage": 12000}, test=True),
        "record request": made("record request", asked, after=True),
        "approve request": made("approve request", asked, after=True),
        "run request": made("run request", asked, after=True),
        "export": made("export", before=True, after=True, keys=keys, read={"i": 4, "o": 2, "r": 3}, reason="A court."),
        "copy": made("copy", after=True, copy=copy, to=ids(1)[0], until="2026-04-01"),
        "take over": made("take over", before=True, keys=keys, read={"o": 2, "r": 3}, unreadable=1),
        "protect": made("protect", after=True, review="2026-04-01", offer="2026-05-01"),
        "set aside many": made("set aside", desk, reason="no-report", threads=threads, read=threads[:1]),
        "ask to delete many": made("request erasure", desk, threads=threads, erased=erased, reason="retention"),
        "ask to delete what proves nothing": made("request erasure", desk, threads=threads, erased=erased,
                                                  reason="unproven", unproven=erased[:2]),
        "agree to delete a part of many": made("erase", desk, threads=threads[:2], erased=erased[:3],
                                               reason="retention", request=b64(random(32)), unreadable="2026-04-02"),
        "agree to delete what proves nothing": made("erase", desk, threads=threads, erased=erased, reason="unproven",
                                                    unproven=erased[:2], request=b64(random(32)),
                                                    unreadable="2026-04-02"),
        "copy with a file": made("copy", after=True, copy=copy, to=ids(1)[0], until="2026-04-01", blob=ids(1)[0]),
        "give outside": made("give outside", after=True, until="2026-04-01"),
        "open a helper's mailbox": made("open mailbox", copy, after=True, keys=keys, people=ids(2), until="2026-04-01"),
        "end mailbox": made("end mailbox", copy),
        "adopt a version of a law": made("adopt law", desk, after=True),
        "say that nobody is left to search": made("propose request end", asked, after=True),
        "end a request": made("end request", asked, before=True, after=True),
        "take in": made("take in", copy, after=True, keys=keys, people=ids(2), list=b64(random(32)),
                        export=b64(random(32)), note=b64(random(32))) | {"from": ids(1)[0]},
        "ask for a name": made("request name", after=True, message=0),
        "hand over a share of a name": made("release name", before=True, after=True),
        "hand nothing over": made("decline name", before=True, reason="ground"),
        "take a request for a name back": made("withdraw name request", before=True),
        "pass shares of names on": made("pass shares", after=True, shares=40),
        "ask for shares to make lost ones again": made("gather shares"),
        "be done with gathering shares": made("end gathering"),
        "hand no share over to who gathers": made("decline gathering"),
    }  # fmt: skip


def of_machine(base: dict[str, str]) -> dict[str, str]:
    """Rows that nobody signs: what a closing counted, and the numbers of a month that name no case."""
    found = {"class": "loss", "outcome": "unfounded", "took": "month"}
    sums = {"generic": {"protection-for": {"reporter": 2, "witness": 1}}}
    rows = {
        "counted": {"act": "counted", "subject": "AAAA", "law": "generic", "month": "2026-03", "found": found},
        "freeze figures": {"act": "freeze figures", "subject": "protection/2026-03", "counts": "AAAA", "found": sums},
    }
    return {name: write(base | {"what": write(what).decode()}).decode() for name, what in rows.items()}
