"""What the report door takes and gives, for whoever writes a client of their own (the shapes of docs/formats.md)."""

from __future__ import annotations

from typing import Any, Final

from fairline.core.openapi import BYTES, Said, Schema, Table

ID: Final = {"type": "string", "pattern": "^[A-Za-z0-9_-]{21}[AQgw]$"}
HASH: Final = {"type": "string", "pattern": "^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$"}
ONE: Final = {"const": 1}
COUNT: Final = {"type": "integer", "minimum": 0, "maximum": 2**31 - 1}


def _all(**fields: Any) -> Schema:
    """Return an object of exactly these fields."""
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def _files(*kinds: str) -> Schema:
    return {"type": "array", "items": _all(**{"as": {"enum": list(kinds)}, "size": {"type": "integer", "minimum": 1}})}


KEPT: Final = {"type": "object", "required": ["promise"], "properties": {"promise": {"type": "object"}}}
_MAILBOX: Final = {"v": ONE, "id": ID, "auth": HASH}
_BLOB: Final = {"v": ONE, "blob": ID, "auth": HASH}
AT: Final = "at/<id16:office>/"
OF_A_POST: Final = ("office", "own", "identity", "share")

REPORT_DOOR: Final[Table] = {
    ("GET", "offices"): Said(
        answer={"type": "object", "required": ["v", "offices"], "properties": {"v": ONE, "offices": {"type": "array"}}}
    ),
    ("POST", f"{AT}drop"): Said(
        head={
            "type": "object",
            "required": ["v", "id", "auth", "desk", "epoch", "T", "c", "files"],
            "properties": {
                "v": ONE, "id": ID, "auth": HASH, "desk": ID, "epoch": COUNT, "T": HASH, "c": HASH, "ticket": HASH,
                "files": _files(*OF_A_POST), "blobs": {"type": "array", "items": ID}, "work": {"type": "object"},
            },
        },
        answer=KEPT,
    ),
    ("POST", f"{AT}post"): Said(
        head={
            "type": "object",
            "required": ["v", "thread", "chain", "n", "heads", "audience", "c", "files"],
            "properties": {
                "v": ONE, "id": ID, "auth": HASH, "thread": ID, "chain": {"const": "r"}, "n": COUNT,
                "heads": {"type": "object"}, "audience": {"type": "object"}, "T": HASH, "c": HASH,
                "files": _files(*OF_A_POST), "blobs": {"type": "array", "items": ID}, "rekey": {"type": "object"},
            },
        },
        answer=KEPT,
    ),
    ("POST", f"{AT}mailbox"): Said(body=_all(**_MAILBOX, page=COUNT), kind=BYTES),
    ("POST", f"{AT}mailbox/part"): Said(body=_all(**_MAILBOX, blob=ID, part=COUNT), kind=BYTES),
    ("POST", f"{AT}blobs/part"): Said(
        head=_all(**_BLOB, desk=ID, part=COUNT, parts=COUNT, files=_files("part")),
        answer={"type": "object", "required": ["v", "held"], "properties": {"v": ONE, "held": COUNT}},
    ),
    ("POST", f"{AT}blobs/state"): Said(
        body=_all(**_BLOB),
        answer={
            "type": "object", "required": ["v", "parts", "hashes"],
            "properties": {"v": ONE, "parts": COUNT, "hashes": {"type": "array", "items": {"type": "string"}}},
        },
    ),
    ("POST", f"{AT}blobs/removal"): Said(body=_all(**_BLOB)),
    ("POST", f"{AT}own"): Said(
        head={**_all(**_MAILBOX, files=_files("own")), "additionalProperties": True},
        answer={"type": "object", "required": ["v", "until"], "properties": {"v": ONE, "until": {"type": "string"}}},
    ),
    ("POST", f"{AT}own/read"): Said(body=_all(**_MAILBOX), kind=BYTES),
    ("POST", f"{AT}own/removal"): Said(body=_all(**_MAILBOX)),
}  # fmt: skip
