"""What each `do` of the record's vector files means. Listed for readers in `docs/formats-record.md`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fairline.ledger import acts, batches, checkpoints, filed, keeping, leaves, merkle, notes, promises
from fairline.ledger.errors import ProofError
from fairline.seal import jsontext
from fairline.seal.primitives import H, b64, sign, unb64

Given = dict[str, Any]
HASHES = 32


def many(values: list[str]) -> list[bytes]:
    """Bytes of each."""
    return [unb64(value) for value in values]


def batch(made: Given) -> bytes:
    """A batch file that is made, not stored: see `docs/formats-record.md`, "Vectors"."""
    width = made["width"]
    entries = [
        b"".join(H(f"entry {place} {part}".encode()) for part in range(width // HASHES))
        for place in range(made["entries"])
    ]
    entries = sorted(entries + many(made.get("with", [])))
    if made.get("swap"):
        entries[:2] = entries[1::-1]
    joined = bytearray(b"".join(entries))
    if "flip" in made:
        joined[made["flip"]] ^= 1
    return bytes(joined[: len(joined) - made.get("cut", 0)])


def proven_day(given: Given) -> batches.PublishedDay:
    """The day that the inputs describe, if it holds."""
    return batches.published(
        given["log"],
        given["origin"],
        unb64(given["key"]),
        checkpoint=given["checkpoint_text"].encode(),
        peaks=many(given["peaks"]),
        batch=batch(given["batch"]),
        day=given["day"],
    )


def root(given: Given) -> str:
    """Root over entries."""
    return b64(merkle.root(merkle.leaf_hash(entry) for entry in many(given["entries"])))


def edge(given: Given) -> str:
    """Root of an edge after more entries."""
    edge = merkle.Frontier(given["size"], tuple(many(given["peaks"])))
    return b64(edge.grown(merkle.leaf_hash(entry) for entry in many(given["entries"])).root())


def inclusion(given: Given) -> bool:
    """Whether an entry stands where it is said to."""
    leaf, top = merkle.leaf_hash(unb64(given["entry"])), unb64(given["root"])
    merkle.verify_inclusion(leaf, given["index"], given["size"], many(given["path"]), top)
    return True


def consistency(given: Given) -> bool:
    """Whether one tree begins with another."""
    tops = unb64(given["old_root"]), unb64(given["new_root"])
    merkle.verify_consistency(given["old"], given["new"], many(given["path"]), *tops)
    return True


def note(given: Given) -> Given:
    """Text of a note and the time of its signature by one key."""
    read = notes.parse(unb64(given["note"]) if "note" in given else given["note_text"].encode())
    time = read.check(notes.NoteKey(given["name"], unb64(given["key"]), given["kind"]))
    return {"text": b64(read.text), "time": time or 0}


def checkpoint(given: Given) -> Given:
    """What a signed checkpoint says."""
    said = checkpoints.opened(given["note_text"].encode(), given["origin"], unb64(given["key"])).checkpoint
    return {"size": said.size, "root": b64(said.root), "day": said.day, "batch": b64(said.batch)}


def search_tag(given: Given) -> str:
    """T."""
    return b64(leaves.search_tag(unb64(given["tag"]), given["chain"], given["number"]))


def received(given: Given) -> str:
    """The commitment to stored files."""
    return b64(leaves.received(many(given["hashes"])))


def promise(given: Given) -> str:
    """A promise document."""
    made = promises.make(unb64(given["office"]), unb64(given["leaf"]), given["day"], unb64(given["seed"]))
    return made.document().decode()


def read_promise(given: Given) -> Given:
    """What a promise says, once checked."""
    read = promises.parse(given["document_text"].encode())
    read.check(unb64(given["key"]))
    return {"office": b64(read.office), "day": read.day, "leaf": b64(read.leaf), "log": keeping.log_of(read)}


def notice(given: Given) -> Given:
    """What a notice says, once checked."""
    read = promises.read_notice(given["served"], unb64(given["key"]))
    return {"office": b64(read.office), "thread": b64(read.thread), "code": read.code, "dates": dict(read.dates)}


def act(given: Given) -> Given:
    """What an act's row says."""
    row = acts.parse_row(given["row_text"].encode())
    if "key" in given:
        row.check(unb64(given["key"]))
    found = row.act()
    return {"leaf": b64(row.leaf()), "act": found.act, "counter": found.counter or 0}


def act_fields(given: Given) -> Given:
    """Every field of an act's row, as it was signed."""
    act(given)
    return acts.parse_row(given["row_text"].encode()).act().fields


def sign_act(given: Given) -> Given:
    """An act as its member writes and signs it; `after` may be given as the words that it is the hash of."""
    after = b64(H(given["after_text"].encode())) if "after_text" in given else given.get("after")
    own = {"before": given.get("before"), "after": after}
    what = {"act": given["act"], "subject": given["subject"], "member": given["member"], "counter": given["counter"]}
    what |= {name: value for name, value in own.items() if value is not None} | given.get("more", {})
    signed = jsontext.write(what)
    acts.parse_what(signed)
    return {"what": b64(signed), "sig": b64(sign(unb64(given["seed"]), "act", signed))}


def find(given: Given) -> list[int]:
    """Places in a batch of the entries with one T."""
    return leaves.find(batches.split(batch(given["batch"]), "arrivals"), unb64(given["searched"]))


def day(given: Given) -> Given:
    """First index and root before a day."""
    found = proven_day(given)
    return {"start": found.before.size, "before": b64(found.before.root())}


def state(given: Given) -> Given:
    """What became of a promise; a proof is given as its hash."""
    found = proven_day(given["served"]) if "served" in given else None
    kept = promises.parse(given["document_text"].encode())
    match keeping.state(kept, unb64(given["key"]), found, given["today"]):
        case keeping.Kept(index):
            return {"state": "kept", "index": index}
        case keeping.Broken(proof):
            shown = keeping.check_broken(
                proof, given["served"]["origin"], unb64(given["key"]), unb64(given["served"]["key"])
            )
            return {"state": "broken", "proof": b64(H(proof)), "leaf": b64(shown.leaf)}
        case keeping.Overdue():
            return {"state": "overdue"}
        case keeping.Waiting():
            return {"state": "waiting"}


def broken(given: Given) -> str:
    """Day of a broken promise that is proven by a document put together from its parts."""
    fields = {"v": 1, "kind": "broken promise"} | given["fields"] | {"batch": b64(batch(given["batch"]))}
    keys = unb64(given["promise_key"]), unb64(given["checkpoint_key"])
    return keeping.check_broken(jsontext.write(fields), given["origin"], *keys).day


def filing(given: Given) -> Given:
    """A filing proof as its hash, and the path of its entry; parts of it are not looked into."""
    kept = promises.parse(given["document_text"].encode())
    found = None
    if "served" in given:
        day = proven_day(given["served"])
        index = day.place(kept.leaf)
        if index is None:
            raise ProofError("proof-index", "The entry does not stand in this day.")
        found = filed.included(day, index)
    proof = filed.write(unb64(given["manifest"]), unb64(given["envelope"]), kept, found)
    path = [] if found is None else [b64(one) for one in found.hashes]
    return {"proof": b64(H(proof)), "index": 0 if found is None else found.index, "path": path}


def growth(given: Given) -> bool:
    """Whether a log only grew between two checkpoints (given as bare texts)."""
    seen, now = (checkpoints.parse(given[name].encode()) for name in ("seen_text", "now_text"))
    keeping.check_growth(seen, now, many(given["path"]))
    return True


OPERATIONS: dict[str, Callable[[Given], Any]] = {
    "root": root,
    "edge": edge,
    "inclusion": inclusion,
    "consistency": consistency,
    "note": note,
    "checkpoint": checkpoint,
    "search-tag": search_tag,
    "received": received,
    "promise": promise,
    "read-promise": read_promise,
    "notice": notice,
    "act": act,
    "act-fields": act_fields,
    "sign-act": sign_act,
    "find": find,
    "day": day,
    "state": state,
    "broken": broken,
    "filing": filing,
    "growth": growth,
}
