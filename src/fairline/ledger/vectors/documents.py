"""Vectors for entries, promises, notices, acts, and days with what became of a promise."""

from __future__ import annotations

import json
from typing import Any

from fairline.ledger import checkpoints, leaves, merkle, promises
from fairline.ledger.vectors.operations import OPERATIONS, batch
from fairline.seal.primitives import H, b64, public_key, sign
from fairline.seal.vectors.cases import Book

DAY = "2026-03-02"


def documents() -> Book:
    """`vectors/ledger.json`."""
    book = Book("ledger", OPERATIONS)
    tag, office, seed = book.random(32), book.random(16), book.random(32)
    for chain, number in (("r", 0), ("r", 1), ("o", 0), ("o", 999), ("r", 2**33)):
        book.add(f"T {chain} {number}", "search tag", "search-tag", tag=b64(tag), chain=chain, number=number)
    for count in (0, 1, 8):
        given = [b64(book.random(32)) for _ in range(count)]
        book.add(f"f of {count}", "commitment to stored files", "received", hashes=given)
    promise_cases(book, office, seed)
    notice_cases(book, office, seed)
    act_cases(book)
    return book


def promise_cases(book: Book, office: bytes, seed: bytes) -> None:
    """Promises for both logs and what is refused."""
    public = b64(public_key(seed))
    for name, size in (("arrival", leaves.ARRIVAL_SIZE), ("act", leaves.ACT_SIZE)):
        leaf = b64(book.random(size))
        given = {"office": b64(office), "leaf": leaf, "day": DAY, "seed": b64(seed)}
        document = book.add(f"promise of an {name}", "signed", "promise", **given)
        book.add(f"read promise of an {name}", "checked", "read-promise", document_text=document, key=public)
    good: dict[str, Any] = json.loads(document)
    changed: list[tuple[str, str, dict[str, Any]]] = [
        ("another day", "promise-signature", good | {"day": "2026-03-03"}),
        ("another entry", "promise-signature", good | {"leaf": b64(bytes(32))}),
        ("another office", "promise-signature", good | {"office": b64(bytes(16))}),
        ("another signature", "promise-signature", good | {"sig": b64(bytes(64))}),
        ("another version", "promise-shape", good | {"v": 2}),
        ("version that is true", "promise-shape", good | {"v": True}),
        ("another kind", "promise-shape", good | {"kind": "notice"}),
        ("one more field", "promise-shape", good | {"more": 1}),
        ("a field missing", "promise-shape", {name: good[name] for name in good if name != "day"}),
        ("a field left empty", "promise-shape", good | {"day": None}),
        ("no such day", "promise-shape", good | {"day": "2026-02-30"}),
        ("entry of no log", "promise-shape", good | {"leaf": b64(bytes(64))}),
        ("signature too short", "promise-shape", good | {"sig": b64(bytes(63))}),
        ("padded base64", "promise-shape", good | {"office": good["office"] + "=="}),
    ]
    for name, code, fields in changed:
        text = json.dumps(fields, separators=(",", ":"))
        book.add(f"promise: {name}", "refused", "read-promise", code, document_text=text, key=public)
    for name, text in (
        ("a name twice", document.replace('"v":1', '"v":1,"v":1')),
        ("too long", document[:-1] + " " * 1024 + "}"),
        ("no JSON", document[:-1]),
        ("a list", f"[{document}]"),
    ):
        book.add(f"promise: {name}", "refused", "read-promise", "promise-shape", document_text=text, key=public)
    key = b64(public_key(H(seed)))
    book.add("promise: another key", "refused", "read-promise", "promise-signature", document_text=document, key=key)


def notice_cases(book: Book, office: bytes, seed: bytes) -> None:
    """Machine notices and what is refused."""
    public = b64(public_key(seed))
    notice = promises.Notice(office, book.random(16), "acknowledged", {"until": "2026-03-09", "on": DAY})
    served = promises.write_notice(notice, seed)
    book.add("notice", "a code and dates", "notice", served=served, key=public)
    good = {"v": 1, "kind": "notice", "office": b64(office), "thread": b64(notice.thread), "code": "held", "dates": {}}
    book.add("notice without dates", "a code alone", "notice", served=noticed(good, seed), key=public)
    for name, fields in (
        ("with a sentence", good | {"code": "Please tell us your name"}),
        ("with a sentence in a date", good | {"dates": {"on": "tomorrow"}}),
        ("with a sentence as a name", good | {"dates": {"Who are you?": DAY}}),
        ("with a number for a date", good | {"dates": {"on": 1}}),
        ("with a list of dates", good | {"dates": []}),
        ("with one more field", good | {"text": "hello"}),
        ("of another kind", good | {"kind": "promise"}),
    ):
        book.add(f"notice {name}", "refused", "notice", "notice-shape", served=noticed(fields, seed), key=public)
    forged = served | {"sig": b64(sign(seed, "promise", b"other"))}
    book.add("notice signed for another use", "refused", "notice", "notice-signature", served=forged, key=public)
    bare = {"doc": served["doc"]}
    book.add("notice without signature", "refused", "notice", "notice-shape", served=bare, key=public)
    more = served | {"more": ""}
    book.add("notice with more beside it", "refused", "notice", "notice-shape", served=more, key=public)


def noticed(fields: dict[str, Any], seed: bytes) -> dict[str, str]:
    """A signed notice of any content."""
    doc = json.dumps(fields, separators=(",", ":")).encode()
    return {"doc": b64(doc), "sig": b64(sign(seed, "notice", doc))}


def act_cases(book: Book) -> None:
    """Rows of acts and what is refused."""
    seed, member = book.random(32), b64(book.random(16))
    what: dict[str, Any] = {"act": "set aside", "subject": b64(book.random(16)), "member": member, "counter": 7}
    what |= {"before": b64(book.random(32)), "after": b64(book.random(32)), "reason": "duplicate of another report"}
    base = {"salt": b64(book.random(16)), "time": "2026-03-02T10:22:31Z"}
    public = b64(public_key(seed))
    row = acted(base, what, seed)
    book.add("act", "signed by a member", "act", row_text=row, key=public)
    unsigned = {"act": "desk closed by date", "subject": member}
    book.add("machine's act", "no member, no signature", "act", row_text=acted(base, unsigned))
    book.add("fill", "a row that stands for nothing", "act", row_text=acted(base, {"act": "fill"}))
    key = b64(public_key(H(seed)))
    book.add("act: another key", "refused", "act", "act-signature", row_text=row, key=key)
    unsigned_row = acted(base, what)
    book.add("act: not signed", "refused", "act", "act-signature", row_text=unsigned_row, key=public)
    changed = row.replace("duplicate", "copy")
    book.add("act: another reason", "refused", "act", "act-signature", row_text=changed, key=public)
    for name, fields in (
        ("no act", {name: what[name] for name in what if name != "act"}),
        ("act in capitals", what | {"act": "TRIAGE"}),
        ("counter 0", what | {"counter": 0}),
        ("counter true", what | {"counter": True}),
        ("counter without member", {name: what[name] for name in what if name != "member"}),
        ("member without counter", {name: what[name] for name in what if name != "counter"}),
        ("member too short", what | {"member": b64(bytes(15))}),
        ("hash too short", what | {"before": b64(bytes(31))}),
        ("subject no text", what | {"subject": 1}),
        ("subject null", what | {"subject": None}),
        ("a fraction", what | {"days": 1.5}),
    ):
        book.add(f"act: {name}", "refused", "act", "act-shape", row_text=acted(base, fields, seed))
    for name, text in (
        ("clock without zone", row.replace("31Z", "31")),
        ("salt too short", row.replace(base["salt"], base["salt"][:-2])),
        ("one more field", row.replace('"time"', '"note":"","time"')),
        ("what is no JSON", json.dumps(base | {"what": "fill"})),
        ("what is an object", json.dumps(base | {"what": {"act": "fill"}})),
        ("what is a list", json.dumps(base | {"what": "[]"})),
        ("signed by nobody", json.dumps(base | {"what": '{"act":"fill"}', "sig": b64(bytes(64))})),
    ):
        book.add(f"act: {name}", "refused", "act", "act-shape", row_text=text)


def acted(base: dict[str, str], what: dict[str, Any], seed: bytes | None = None) -> str:
    """A row of any content."""
    text = json.dumps(what, separators=(",", ":"))
    fields = base | {"what": text}
    if seed is not None:
        fields |= {"sig": b64(sign(seed, "act", text.encode()))}
    return json.dumps(fields, separators=(",", ":"))


def days() -> Book:
    """`vectors/ledger-days.json`."""
    book = Book("ledger-days", OPERATIONS)
    office, seed, promising = book.random(16), book.random(32), book.random(32)
    leaf, tag = book.random(96), book.random(32)
    made = {"entries": 255, "width": 96, "with": [b64(leaf)]}
    name = checkpoints.origin("line.example.org", office, "arrivals")
    edge = merkle.EMPTY.grown(book.random(32) for _ in range(768))
    served = served_day(name, edge, made, seed)
    book.add("day", "a checkpoint, an edge and a batch that belong together", "day", **served)
    acting = {"entries": 1024, "width": 32}
    acts_name = checkpoints.origin("line.example.org", office, "acts")
    book.add("acts day", "1024 entries of 32 bytes", "day", **served_day(acts_name, merkle.EMPTY, acting, seed))
    for what, code, changed in (
        ("another day asked for", "batch-day", {"day": "2026-03-03"}),
        ("one bit flipped", "batch-hash", {"batch": made | {"flip": 5000}}),
        ("another edge", "batch-root", {"peaks": [b64(H(b"x"))] * 2}),
        ("edge of another size", "frontier", {"peaks": [b64(H(b"x"))]}),
        ("read as the other log", "batch-size", {"log": "acts", "batch": made | {"cut": 0}}),
    ):
        book.add(f"day: {what}", "refused", "day", code, **(served | changed))
    for what, code, other in (
        ("cut short", "batch-size", made | {"cut": 96}),
        ("empty", "batch-size", {"entries": 0, "width": 96}),
        ("a broken entry", "batch-size", made | {"cut": 1}),
        ("two entries exchanged", "batch-order", made | {"swap": True}),
        ("an entry twice", "batch-order", {"entries": 254, "width": 96, "with": [b64(leaf)] * 2}),
    ):
        book.add(f"day: {what}", "refused though signed", "day", code, **served_day(name, edge, other, seed))
    tiny = checkpoints.Checkpoint(name, 255, H(b"root"), DAY, H(batch(made)))
    forged = served | {"checkpoint_text": checkpoints.sign(tiny, seed).written().decode()}
    book.add("day: smaller than its batch", "refused though signed", "day", "batch-root", **forged)
    state_cases(book, served, promises.make(office, leaf, DAY, promising), promising)
    broken_cases(book, served, promises.make(office, bytes(96), DAY, promising), promising)
    growth_cases(book, name)
    tagged = [leaves.search_tag(tag, "r", 1) + book.random(64) for _ in range(2)]
    where = {"entries": 254, "width": 96, "with": [b64(entry) for entry in tagged]}
    book.add("find", "two entries under one T", "find", batch=where, searched=b64(tagged[0][:32]))
    book.add("find nothing", "no such T", "find", batch=where, searched=b64(bytes(32)))
    book.add("find beyond the end", "no such T", "find", batch=where, searched=b64(b"\xff" * 32))
    filing_cases(book, name, seed, promises.make(office, leaf, DAY, promising))
    return book


def filing_cases(book: Book, name: str, seed: bytes, kept: promises.Promise) -> None:
    """A filing proof of parts that nobody looks into, its entry at several places of trees of several sizes."""
    given = {"manifest": b64(book.random(99)), "envelope": b64(book.random(2048))}
    given["document_text"] = kept.document().decode()
    book.add("filing before the night", "the promise alone", "filing", **given)
    for before, count in ((0, 256), (256, 256), (768, 256), (1280, 1024)):
        edge = merkle.EMPTY.grown(book.random(32) for _ in range(before))
        served = served_day(name, edge, {"entries": count - 1, "width": 96, "with": [b64(kept.leaf)]}, seed)
        book.add(f"filing, {before} before {count}", "inclusion out of its own day", "filing", **given, served=served)
    other = served_day(name, merkle.EMPTY, {"entries": 256, "width": 96}, seed)
    book.add("filing of another day", "refused", "filing", "proof-index", **given, served=other)


def served_day(name: str, edge: merkle.Frontier, made: dict[str, Any], seed: bytes) -> dict[str, Any]:
    """Inputs of `day` for a batch of any content."""
    file, width = batch(made), made["width"]
    after = edge.grown(merkle.leaf_hash(file[at : at + width]) for at in range(0, len(file), width))
    said = checkpoints.Checkpoint(name, after.size, after.root(), DAY, H(file))
    return {
        "log": name.rpartition("/")[2],
        "origin": name,
        "key": b64(public_key(seed)),
        "checkpoint_text": checkpoints.sign(said, seed).written().decode(),
        "peaks": [b64(peak) for peak in edge.peaks],
        "batch": made,
        "day": DAY,
    }


def state_cases(book: Book, served: dict[str, Any], kept: promises.Promise, promising: bytes) -> None:
    """Kept, waiting, overdue, broken."""
    missing = promises.make(kept.office, bytes(96), DAY, promising)
    other = promises.make(kept.office, kept.leaf, "2026-03-03", promising)
    key = b64(public_key(promising))
    given = {"document_text": kept.document().decode(), "key": key, "today": DAY}
    book.add("kept", "the entry stands in its day", "state", **given, served=served)
    book.add("waiting on its day", "no batch yet", "state", **given)
    book.add("waiting the day after", "due in the night", "state", **(given | {"today": "2026-03-03"}))
    book.add("overdue", "two days later, no batch", "state", **(given | {"today": "2026-03-04"}))
    broken = given | {"document_text": missing.document().decode()}
    book.add("broken", "the batch is out without it", "state", **broken, served=served)
    shifted = given | {"document_text": other.document().decode()}
    book.add("another day served", "refused", "state", "batch-day", **shifted, served=served)
    forged = given | {"key": served["key"]}
    book.add("signed by another key", "refused", "state", "promise-signature", **forged, served=served)
    act = promises.make(kept.office, bytes(32), DAY, promising)
    crossed = given | {"document_text": act.document().decode()}
    book.add("another log served", "refused", "state", "batch-day", **crossed, served=served)


def broken_cases(book: Book, served: dict[str, Any], missing: promises.Promise, promising: bytes) -> None:
    """Proofs of broken promises that prove nothing."""
    fields = {"promise": missing.fields(), "checkpoint": served["checkpoint_text"]}
    given = {"batch": served["batch"], "origin": served["origin"], "fields": fields}
    given |= {"promise_key": b64(public_key(promising)), "checkpoint_key": served["key"]}
    book.add("proof of a broken promise", "holds", "broken", **given)
    leaf = batch(served["batch"])[:96]
    there = promises.make(missing.office, leaf, DAY, promising).fields()
    later = promises.make(missing.office, bytes(96), "2026-03-03", promising).fields()
    foreign = promises.make(bytes(16), bytes(96), DAY, promising).fields()
    for what, code, changed in (
        ("kept after all", "broken-kept", {"fields": fields | {"promise": there}}),
        ("another day", "batch-day", {"fields": fields | {"promise": later}}),
        ("another office", "batch-day", {"fields": fields | {"promise": foreign}}),
        ("another batch", "batch-hash", {"batch": served["batch"] | {"flip": 0}}),
        ("another promise key", "promise-signature", {"promise_key": served["key"]}),
        ("another checkpoint key", "note-unsigned", {"checkpoint_key": given["promise_key"]}),
        ("no checkpoint", "broken-shape", {"fields": {"promise": fields["promise"]}}),
        ("no promise", "broken-shape", {"fields": fields | {"promise": 1}}),
    ):
        book.add(f"proof: {what}", "refused", "broken", code, **(given | changed))


def growth_cases(book: Book, name: str) -> None:
    """Checkpoints seen one after another."""
    hashes = [book.random(32) for _ in range(3)]
    one, two, three = (merkle.EMPTY.grown(hashes[:count]).root() for count in (1, 2, 3))
    seen = checkpoints.Checkpoint(name, 2, two, DAY, H(b"one"))
    now = checkpoints.Checkpoint(name, 3, three, "2026-03-03", H(b"two"))
    given = {"seen_text": seen.text().decode(), "now_text": now.text().decode(), "path": [b64(hashes[2])]}
    book.add("grown", "the record only grew", "growth", **given)
    book.add("unchanged", "the same checkpoint", "growth", **(given | {"now_text": given["seen_text"], "path": []}))
    for what, code, changed in (
        ("another path", "proof-consistency", {"path": [b64(hashes[1])]}),
        ("shorter", "record-rollback", {"now_text": checkpoint(name, 1, one, "2026-03-03")}),
        ("earlier", "record-rollback", {"now_text": checkpoint(name, 3, three, "2026-03-01")}),
        ("same size, another root", "record-fork", {"now_text": checkpoint(name, 2, one, "2026-03-03")}),
        ("same day, another size", "record-fork", {"now_text": checkpoint(name, 3, three, DAY)}),
        ("another log", "record-origin", {"now_text": checkpoint(name + "x", 3, three, "2026-03-03")}),
    ):
        book.add(f"growth: {what}", "refused", "growth", code, **(given | changed))


def checkpoint(name: str, size: int, root: bytes, day: str) -> str:
    """The text of a checkpoint."""
    return checkpoints.Checkpoint(name, size, root, day, H(b"batch")).text().decode()
