"""Broken bytes get the same verdict in both languages: a fork in reading is a fork in what people see.

The texts are those of the vectors, each broken in a few hundred ways that a fixed seed chooses.
"""

import json
from itertools import count
from pathlib import Path

import pytest

from fairline.seal.bodies import read_report
from fairline.seal.charter import read_charter
from fairline.seal.envelope import read_envelope
from fairline.seal.errors import SealError
from fairline.seal.invitation import read_joining
from fairline.seal.jsontext import parse
from fairline.seal.manifest import parse_manifest
from fairline.seal.own import read_own
from fairline.seal.parcel import read_parcel
from fairline.seal.primitives import H, b64, unb64
from fairline.seal.root import read_root
from fairline.seal.roster import read_entry
from fairline.seal.sheet import read_sheet
from fairline.seal.vault import read_vault
from seal.both import typescript  # noqa: F401 - a fixture

VECTORS = Path(__file__).parents[2] / "vectors"
TRIES = 400
PIECES = (
    b"", b"{", b"}", b"[", b"]", b'"', b",", b":", b"\\", b"0", b"-0", b"1.0", b"1e3", b"9007199254740993", b"null",
    b"true", b'"\\ud800"', b"\xff", b"\xef\xbb\xbf", b"\x00", b" ", b"=", b"_", b'"a":1,', "é".encode(),
    b"[[[[[[[[[[[[[[[[[",
)  # fmt: skip
FAULTS = ("malformed", "duplicate", "number", "range", "surrogate", "depth")
READERS = {
    "json": (parse, "roster", "read-entry", "entry"),
    "envelope": (read_envelope, "envelope", "read-envelope", "content"),
    "parcel": (read_parcel, "filing", "read-parcel", "parcel"),
    "manifest": (parse_manifest, "manifest", "read-manifest", "manifest"),
    "charter": (read_charter, "charter", "read-charter", "doc"),
    "root": (read_root, "root", "read-root", "doc"),
    "sheet": (read_sheet, "sheet", "read-sheet", "doc"),
    "entry": (read_entry, "roster", "read-entry", "entry"),
    "joining": (read_joining, "invitation", "read-joining", "doc"),
    "report": (read_report, "bodies", "read-body", "body"),
    "own": (read_own, "bodies", "read-body", "body", "own"),
    "vault": (read_vault, "vault", "read-vault", "text"),
}


def verdict(read, content):
    try:
        read(content)
    except SealError as error:
        return error.code
    return ""


def named(code):
    """A text that is no JSON for two reasons may be named for either, so these count as one."""
    return "json" if code in {f"json-{fault}" for fault in FAULTS} else code


def example(name, operation, field, kind=None):
    """The first vector of this operation (and of this kind of body) that is read without refusal."""
    cases = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))["cases"]
    [given, *_] = [
        case["input"]
        for case in cases
        if case["do"] == operation
        and "error" not in {**_as_object(case["expect"])}
        and kind in {None, case["input"].get("kind")}
    ]
    content = given[field].encode() if field == "text" else unb64(given[field])
    return content.ljust(given.get("size", 0), b"\0")


def _as_object(value):
    return value if isinstance(value, dict) else {}


def broken(content, name):
    """Pieces put in, taken out or put over, at places that follow from the name alone."""
    stream = (int.from_bytes(H(f"{name} {number}".encode())[:4], "big") for number in count())
    for _ in range(TRIES):
        at, length = next(stream) % (len(content) + 1), next(stream) % 3
        piece = PIECES[next(stream) % len(PIECES)]
        match next(stream) % 4:
            case 0:
                yield content[:at]
            case 1:
                yield content[:at] + bytes([next(stream) % 256]) + content[at + 1 :]
            case _:
                yield content[:at] + piece + content[at + length :]


@pytest.mark.parametrize("name", READERS)
def test_same_verdict(typescript, name):  # noqa: F811 - the fixture
    read, *place = READERS[name]
    content = example(*place)
    texts = [content, *broken(content, name)]
    mine = [verdict(read, text) for text in texts]
    assert mine[0] == ""
    assert len(set(mine)) > 2, "the broken texts should be refused for several reasons"
    theirs = typescript("judge", reader=name, texts=[b64(text) for text in texts])
    differ = [(text, a, b) for text, a, b in zip(texts, mine, theirs, strict=True) if named(a) != named(b)]
    assert differ == []
