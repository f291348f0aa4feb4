"""Vectors of attachments: shape, parts, hashes, ranges, and names as they are shown."""

from __future__ import annotations

from typing import Any

from fairline.seal import age, shownname
from fairline.seal.attachment import (
    PART_BYTES,
    Attachment,
    Upload,
    attachment_hash,
    blob_auth,
    check_upload,
    seal_part,
    shape,
)
from fairline.seal.envelope import FileName
from fairline.seal.primitives import H, b64, unb64
from fairline.seal.recipients import identity
from fairline.seal.stream import CHUNK_SIZE, NONCE_SIZE, SEALED_CHUNK_SIZE
from fairline.seal.vectors.cases import Book, Operations

KIB = 1024
BLOCK = 256
ALPHABET = 2 * bytes(range(BLOCK))
# Three parts, the last with two chunks, of which the very last holds nothing but zeros.
LONG = 4 * 1024 * KIB + 60_000


def pattern(start: int, stop: int) -> bytes:
    """Bytes `start` to `stop` of a content of which no two chunks are alike: (i + ⌊i ÷ 256⌋ + ⌊i ÷ 65536⌋) mod 256."""
    first = start // BLOCK
    # A block is the one alphabet of all bytes, begun elsewhere.
    begun = ((block + block // BLOCK) % BLOCK for block in range(first, -(-stop // BLOCK)))
    blocks = [ALPHABET[at : at + BLOCK] for at in begun]
    return b"".join(blocks)[start - first * BLOCK : stop - first * BLOCK]


def _upload(given: dict[str, Any]) -> Upload:
    return Upload(
        bytes(16), unb64(given.get("seed", b64(bytes(32)))), unb64(given["file_key"]), unb64(given["start"]),
        given["size"],
    )  # fmt: skip


def _seal_part(given: dict[str, Any]) -> dict[str, Any]:
    upload = _upload(given)
    sealed = seal_part(upload, given["part"], pattern(*upload.shape.own_span(given["part"])))
    return {"size": len(sealed), "hash": b64(H(sealed))}


def _attachment(given: dict[str, Any]) -> Attachment:
    """The file as its parts lie there, spoilt as the case says."""
    upload = _upload(given)
    parts = [seal_part(upload, p, pattern(*upload.shape.own_span(p))) for p in range(upload.shape.parts)]
    whole = attachment_hash([H(part) for part in parts])
    for spoil in given.get("spoil", ()):
        part = spoil["part"]
        match spoil["how"]:
            case "flip":
                at = spoil["at"] % len(parts[part])
                parts[part] = parts[part][:at] + bytes([parts[part][at] ^ 1]) + parts[part][at + 1 :]
            case "cut":
                parts[part] = parts[part][: -spoil["by"]]
            case "as":
                parts[part] = parts[spoil["other"]]
    size = given.get("claimed", given["size"])
    key = unb64(given.get("opener", given["seed"]))
    file = FileName(upload.blob, key, bytes(32) if given.get("misnamed") else whole, size, "", "")
    return Attachment(file, lambda part: parts[part])


def _told(content: bytes) -> dict[str, Any]:
    return {"size": len(content), "hash": b64(H(content))}


def _read_range(given: dict[str, Any]) -> dict[str, Any]:
    return _told(_attachment(given).read(given["from"], given["to"]))


def _read_whole(given: dict[str, Any]) -> dict[str, Any]:
    return _told(b"".join(_attachment(given).whole()))


def _shape(given: dict[str, Any]) -> dict[str, int]:
    found = shape(given["size"])
    return {"padded": found.padded, "chunks": found.chunks, "parts": found.parts}


def _check(given: dict[str, Any]) -> bool:
    check_upload(_upload(given))
    return True


OPERATIONS: Operations = {
    "shape": _shape,
    "blob-auth": lambda given: b64(blob_auth(unb64(given["seed"]), unb64(given["blob"]))),
    "attachment-hash": lambda given: b64(attachment_hash([unb64(one) for one in given["hashes"]])),
    "check-upload": _check,
    "seal-part": _seal_part,
    "read-range": _read_range,
    "read-whole": _read_whole,
    "shown-name": lambda given: shownname.shown_name(given["name"]),
    "kept-name": lambda given: shownname.kept_name(given["name"]),
    "kept-type": lambda given: shownname.kept_type(given["type"]),
}


def attachments(kept: dict[str, str]) -> Book:
    """`vectors/attachment.json`; HPKE draws its own randomness, so first bytes made once are kept."""
    book = Book("attachment", OPERATIONS)
    random = book.random
    file_key, seed = random(16), random(32)
    made = kept.get("first bytes")
    start = unb64(made) if made else age.begin([identity(seed).recipient], lambda size: file_key[:size])[0]
    going = {"file_key": b64(file_key), "start": b64(start)}
    _shapes(book)
    book.add("blob auth", "KDF(key seed, blob auth, blob id)", "blob-auth", seed=b64(seed), blob=b64(random(16)))
    for count in (1, 2, 3):
        book.add(f"hash of {count}", "over H of each part", "attachment-hash", hashes=[b64(random(32))] * count)
    _uploads(book, going, start)
    _parts(book, going)
    _readings(book, going | {"seed": b64(seed)}, start)
    _names(book)
    return book


def _shapes(book: Book) -> None:
    for size in (0, 1, 8192, 8193, 65_536, 65_537, PART_BYTES - 65_536, PART_BYTES, PART_BYTES + 1, LONG, 200_000_000,
                 4 * 1024**3 - 1, 4 * 1024**3):  # fmt: skip
        book.add(f"shape of {size}", "filled up and cut", "shape", size=size)
    for size in (4 * 1024**3 + 1, 2**53 - 1):
        book.add(f"no attachment has {size}", "over 4 GiB", "shape", "attachment-size", size=size)


def _uploads(book: Book, going: dict[str, str], start: bytes) -> None:
    book.add("first bytes", "file key fits, parts may go on", "check-upload", size=1, **going)
    at = start.index(b"-> ") + 100
    other = b"A" if start[at : at + 1] != b"A" else b"B"
    for name, code, changed in (
        ("another file key", "age-mac", {"file_key": b64(bytes(16))}),
        ("header altered", "age-mac", {"start": b64(start[:at] + other + start[at + 1 :])}),
        ("nonce cut", "age-header", {"start": b64(start[:-1])}),
        ("more than a nonce", "age-header", {"start": b64(start + b"x")}),
        ("no header", "age-header", {"start": b64(start[1:])}),
        ("nothing", "age-header", {"start": ""}),
        ("over 4 GiB", "attachment-size", {"size": 4 * 1024**3 + 1}),
    ):
        book.add(f"upload refused: {name}", name, "check-upload", code, **({"size": 1} | going | changed))


def _parts(book: Book, going: dict[str, str]) -> None:
    for size, part in ((0, 0), (1, 0), (8193, 0), (PART_BYTES, 0), (PART_BYTES + 1, 0), (PART_BYTES + 1, 1), (LONG, 1),
                       (LONG, 2), (70_000, 0)):  # fmt: skip
        book.add(f"part {part} of {size}", "sealed", "seal-part", size=size, part=part, **going)


def _readings(book: Book, file: dict[str, str], first: bytes) -> None:
    long, start = file | {"size": LONG}, len(first)
    for name, low, high in (
        ("first byte", 0, 1), ("across chunks", CHUNK_SIZE - 5, CHUNK_SIZE + 5),
        ("across parts", PART_BYTES - 70_000, PART_BYTES + 70_000), ("one whole chunk", CHUNK_SIZE, 2 * CHUNK_SIZE),
        ("all parts", 10, LONG - 10), ("the end", LONG - 3, LONG + 100), ("behind the end", LONG, LONG + 10),
        ("nothing", 7, 7), ("backwards", 9, 7),
    ):  # fmt: skip
        book.add(f"range: {name}", name, "read-range", **long, **{"from": low, "to": high})
    book.add("range of an empty file", "nothing to read", "read-range", **file, size=0, **{"from": 0, "to": 10})
    for size in (0, 1, 70_000, PART_BYTES, PART_BYTES + 1, LONG):
        book.add(f"whole of {size}", "all parts", "read-whole", **file, size=size)
    near = {"from": 0, "to": 10}
    # A letter of the MAC that stays a letter of base64 when its last bit is turned.
    letter = next(at for at in range(start - NONCE_SIZE - 20, start) if chr(first[at]) in "bcdefg")
    for name, code, do, spoil, more in (
        ("another key", "not-mine", "read-range", (), {"opener": b64(bytes(32))}),
        ("header altered", "age-mac", "read-range", ({"part": 0, "how": "flip", "at": letter},), {}),
        ("first chunk altered", "age-payload", "read-range", ({"part": 0, "how": "flip", "at": start},), {}),
        ("last chunk altered", "age-payload", "read-range", ({"part": 2, "how": "flip", "at": -1},), {}),
        ("last part cut by a byte", "attachment-size", "read-range", ({"part": 2, "how": "cut", "by": 1},), {}),
        ("last part cut by a chunk", "attachment-size", "read-range",
         ({"part": 2, "how": "cut", "by": SEALED_CHUNK_SIZE},), {}),
        ("first part cut", "attachment-size", "read-range", ({"part": 0, "how": "cut", "by": 1},), {}),
        ("a longer file claimed", "attachment-size", "read-range", (), {"claimed": LONG + 1024 * KIB}),
        ("a shorter file claimed", "age-payload", "read-range", (), {"claimed": PART_BYTES}),
        ("parts swapped", "age-payload", "read-whole", ({"part": 1, "how": "as", "other": 2},),
         {"size": PART_BYTES * 3}),
        ("a part twice", "attachment-size", "read-whole", ({"part": 2, "how": "as", "other": 1},), {}),
        ("chunk of the middle altered", "age-payload", "read-whole", ({"part": 1, "how": "flip", "at": 99},), {}),
        ("another hash named", "attachment-hash", "read-whole", (), {"misnamed": True}),
        ("over 4 GiB claimed", "attachment-size", "read-range", (), {"claimed": 4 * 1024**3 + 1}),
    ):  # fmt: skip
        given = long | (near if do == "read-range" else {}) | ({"spoil": list(spoil)} if spoil else {}) | more
        book.add(f"refused: {name}", name, do, code, **given)
    book.add("not looked at: the middle altered", "a range opens only its chunks", "read-range", **long, **near,
             spoil=[{"part": 1, "how": "flip", "at": 99}])  # fmt: skip


def _names(book: Book) -> None:
    for name in (
        "scale.jpg", "Waage 左 ميزان.jpg", "پرونده\u200cها.pdf", "family 👨\u200d👩\u200d👧.png", "annexe\u00a0 2.txt",
        "gnp.\u202eexe.png", "\u2066a\u2069.txt\u200f", "../../etc/passwd", "..\\..\\boot.ini", "C:\\Windows\\x.dll",
        "a\u2215b\uff0fc\uff3cd.txt", "photo.jpg" + " " * 200 + ".exe", "photo.jpg\u3000\u2003\u00a0.exe",
        "line\nbreak\r\n.txt", "\x00\x1b[31mred\x7f.txt", ".bashrc", "...", "", "   ", "trailing.exe. .", "con",
        "Con.txt", "COM1 .log",
        "lpt9.", "aux.tar.gz", "com10.txt", "com¹.txt", "tag\U000e0041\U000e0042s.txt", "\ufeffbom.txt",
        "soft\u00adhyphen.txt",
        "\u3164.txt", "a" * 300 + ".pdf", "é" * 101, "👍" * 101, 'a*b?c"d<e>f|g.txt', "-rf",
        "e\u0301" * 60 + ".txt", "$(reboot).txt", "q\u061cr.txt", "\u180ea.txt", "_\ufff9x\ufffby.txt",
    ):  # fmt: skip
        title = name.encode("ascii", "backslashreplace").decode()[:60]
        book.add(f"shown: {title}", "as others may see it", "shown-name", name=name)
    for name in ("scale.jpg", "", "../x", "a" * 255, "a" * 256, "ß" * 127 + ".pdf", "ß" * 128 + ".pdf",
                 "👍" * 100 + ".jpeg", "\u202egnp.exe"):  # fmt: skip
        title = name.encode("ascii", "backslashreplace").decode()[:60]
        book.add(f"kept: {title} ({len(name)})", "as it is sealed", "kept-name", name=name)
    for kind in ("image/jpeg", "", "text/plain; charset=utf-8", "x" * 127, "x" * 128, "bild/größe", "a\nb"):
        title = kind.encode("ascii", "backslashreplace").decode()[:40]
        book.add(f"type kept: {title} ({len(kind)})", "as it is sealed", "kept-type", type=kind)
