"""Vectors of recipients, of the stream, and of whole files that were sealed once and are kept."""

from __future__ import annotations

from typing import Any

from fairline.seal import age, stream
from fairline.seal.primitives import H, b64, unb64
from fairline.seal.recipients import check_recipient, identity, read_identity, recipient_hash
from fairline.seal.vectors.cases import Book, Operations


def _identity(given: dict[str, Any]) -> dict[str, str]:
    found = identity(unb64(given["seed"]))
    return {
        "identity": found.text,
        "recipient": found.recipient,
        "hash": b64(recipient_hash(found.recipient)),
    }


def _payload(given: dict[str, Any]) -> dict[str, Any]:
    sealed = stream.seal(unb64(given["key"]), bytes([given["byte"]]) * given["size"])
    return {"size": len(sealed), "hash": b64(H(sealed))}


def _chunk(given: dict[str, Any]) -> tuple[bytes, int, int]:
    return unb64(given["key"]), given["index"], given["count"]


OPERATIONS: Operations = {
    "identity": _identity,
    "read-identity": lambda given: b64(read_identity(given["text"]).seed),
    "check-recipient": lambda given: bool(check_recipient(given["text"])),
    "payload-key": lambda given: b64(stream.payload_key(unb64(given["file_key"]), unb64(given["nonce"]))),
    "seal-chunk": lambda given: b64(stream.seal_chunk(*_chunk(given), unb64(given["plain"]))),
    "open-chunk": lambda given: b64(stream.open_chunk(*_chunk(given), unb64(given["sealed"]))),
    "plain-size": lambda given: stream.plain_size(given["sealed"]),
    "payload": _payload,
    "open": lambda given: b64(
        age.unseal(unb64(given["file"]), [identity(unb64(seed)) for seed in given["seeds"]]),
    ),
}


def recipients() -> Book:
    """`vectors/recipients.json`."""
    book = Book("recipients", OPERATIONS)
    for name, seed in (("zeros", bytes(32)), ("random", book.random(32))):
        found = book.add(f"id of {name}", "id(seed)", "identity", seed=b64(seed))
        book.add(f"read identity of {name}", "as age tools write it", "read-identity", text=found["identity"])
        book.add(f"check recipient of {name}", "as age tools write it", "check-recipient", text=found["recipient"])
    secret, public = found["identity"], found["recipient"]
    book.add("id refused: 31 bytes", "length", "identity", "age-identity", seed=b64(seed[:31]))
    for name, text in (
        ("lower case", secret.lower()), ("cut", secret[:-1]), ("checksum", secret[:-1] + _other(secret[-1])),
        ("recipient", public), ("nothing", ""), ("mixed case", secret[:-1] + secret[-1].lower() + "q"),
    ):  # fmt: skip
        book.add(f"identity refused: {name}", name, "read-identity", "age-identity", text=text)
    for name, text in (
        ("upper case", public.upper()), ("cut", public[:-1]), ("checksum", public[:-1] + _other(public[-1])),
        ("classic", "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"), ("nothing", ""),
        ("space", " " + public), ("identity", secret.lower()),
    ):  # fmt: skip
        book.add(f"recipient refused: {name}", name, "check-recipient", "age-recipient", text=text)
    return book


def payloads() -> Book:
    """`vectors/stream.json`."""
    book = Book("stream", OPERATIONS)
    key = book.add("key", "HKDF, salt nonce, info payload", "payload-key", file_key=b64(book.random(16)),
                   nonce=b64(book.random(16)))  # fmt: skip
    for size in (0, 1, 65535, 65536, 65537, 131072, 200000):
        book.add(f"payload of {size}", "size of sealed payload", "payload", key=key, byte=7, size=size)
        sealed = stream.sealed_size(size)
        book.add(f"size of {sealed}", "size in clear", "plain-size", sealed=sealed)
    for sealed in (0, 15, 65552 + 16, 65552 + 1, 2 * 65552 + 16):
        book.add(f"no payload has {sealed}", "length", "plain-size", "age-payload", sealed=sealed)
    plain = b64(b"the last chunk")
    sealed = book.add("last chunk", "third of three", "seal-chunk", key=key, index=2, count=3, plain=plain)
    book.add("open last chunk", "third of three", "open-chunk", key=key, index=2, count=3, sealed=sealed)
    for name, index, count in (("not last", 2, 4), ("moved", 1, 2), ("beyond four bytes", 2**33, 2**33 + 1)):
        book.add(f"chunk refused: {name}", name, "open-chunk", "age-payload", key=key, index=index,
        count=count,
                 sealed=sealed)  # fmt: skip
    empty = book.add("empty payload", "only chunk, empty", "seal-chunk", key=key, index=0, count=1, plain="")
    book.add("open empty payload", "only chunk, empty", "open-chunk", key=key, index=0, count=1, sealed=empty)
    late = book.add("empty last chunk", "a writer never does this", "seal-chunk", key=key, index=1, count=2,
                    plain="")  # fmt: skip
    book.add("chunk refused: empty last", "after another", "open-chunk", "age-payload", key=key,
    index=1, count=2,
             sealed=late)  # fmt: skip
    book.add("chunk refused: no tag", "15 bytes", "open-chunk", "age-payload", key=key, index=0, count=1,
             sealed=empty[:20])  # fmt: skip
    return book


def sealed(kept: dict[str, str]) -> Book:
    """`vectors/sealed.json`: HPKE draws its own randomness, so a file made once is kept and only checked."""
    book = Book("sealed", OPERATIONS)
    one, two, other = (book.random(32) for _ in range(3))
    wanted = {
        "one recipient": (b"Text for one.", [one]),
        "two recipients": ("Text für zwei, 吹哨.".encode(), [one, two]),
        "nothing inside": (b"", [one]),
        "nine recipients": (b"nine", [book.random(32) for _ in range(8)] + [two]),
    }
    for name, (plain, seeds) in wanted.items():
        file = kept.get(name) or b64(age.seal(plain, [identity(seed).recipient for seed in seeds]))
        found = book.add(name, "opened with the last seed", "open", file=file, seeds=[b64(seeds[-1])])
        if unb64(found) != plain:
            raise AssertionError(f"{name} holds something else")
    file = book.cases[0]["input"]["file"]
    raw = unb64(file)
    book.add("not mine", "sealed for another", "open", "not-mine", file=file, seeds=[b64(other)])
    book.add("second key fits", "tried one after another", "open", file=file, seeds=[b64(other), b64(one)])
    at = raw.index(b"\n--- ") + 6
    changed = raw[:at] + _other(chr(raw[at])).encode() + raw[at + 1 :]
    for name, code, altered in (
        ("version", "age-header", raw.replace(b"/v1", b"/v2", 1)),
        ("MAC altered", "age-mac", changed),
        ("stanza added", "age-mac", raw.replace(b"\n--- ", b"\n-> more x\n\n--- ", 1)),
        ("payload altered", "age-payload", raw[:-1] + bytes([raw[-1] ^ 1])),
        ("payload cut", "age-payload", raw[:-1]),
        ("nothing after the header", "age-header", raw[: at + 43]),
        ("not an age file", "age-header", b"%PDF-1.7\n"),
        (
            "header over 64 KiB",
            "age-header",
            raw.replace(b"\n--- ", b"\n-> " + b"x" * 65536 + b"\n\n--- ", 1),
        ),
    ):
        book.add(f"refused: {name}", name, "open", code, file=b64(altered), seeds=[b64(one)])
    return book


def _other(letter: str) -> str:
    return "Q" if letter.isupper() and letter != "Q" else "P" if letter.isupper() else "q" if letter != "q" else "p"
