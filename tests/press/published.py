"""A fictional office's public files, as its acts and the nightly job would have published them."""

from __future__ import annotations

from datetime import date

from fairline.core import publication
from fairline.ledger import services as ledger
from fairline.seal import jsontext
from fairline.seal.primitives import H, b64, public_key

OFFICE = bytes(range(16))
OTHER = bytes(range(16, 32))
DESK = b"d" * 16
RECORD_SEED = b"r" * 32
HOST = "line.example.org"
DAY = date(2026, 3, 2)


def file(document: dict[str, object]) -> dict[str, object]:
    return {"doc": b64(jsontext.write(document)), "sigs": []}


def root(office: bytes, *, keys: int = 2) -> dict[str, object]:
    threshold = 1 if keys == 1 else 2
    made = [{"ed25519": b64(bytes([n]) * 32), "mldsa44": b64(bytes([n]) * 32)} for n in range(keys)]
    return {"v": 1, "kind": "root", "office": b64(office), "number": 0, "keys": made, "threshold": threshold}


def charter(office: bytes, *, until: str = "2026-06-30") -> dict[str, object]:
    desk = {"id": b64(DESK), "names": {"en": "Harbour desk", "ar": "مكتب الميناء"}, "independent_of": []}
    return {
        "v": 1, "kind": "charter", "office": b64(office), "number": 3, "root": 0, "from": "2026-03-02",
        "not_after": until, "zone": "Europe/Lisbon",
        "names": {"en": "Northport Reporting Office", "zh-Hans": "北港举报办公室", "ar": "مكتب بلاغات الميناء الشمالي"},
        "desks": [{**desk, "sheet": {"number": 0, "hash": b64(H(b"sheet"))}}],
        "record": {"host": HOST, "promise": b64(public_key(b"p" * 32)), "checkpoint": b64(public_key(RECORD_SEED))},
        "witnesses": [],
    }  # fmt: skip


def fingerprint(office: bytes = OFFICE, *, keys: int = 2) -> bytes:
    return H(jsontext.write(root(office, keys=keys)))


def publish_manifest(office: bytes = OFFICE, *, keys: int = 2, until: str = "2026-06-30") -> None:
    manifest = {
        "v": 1, "roots": [file(root(office, keys=keys))], "rooted": [],
        "charter": file(charter(office, until=until)), "sheets": {},
    }  # fmt: skip
    publication.publish(office, "manifest", "application/json", jsontext.write(manifest), DAY)


def publish_account(office: bytes = OFFICE, **texts: object) -> None:
    account = {
        "v": 1,
        "names": charter(office)["names"],
        "desks": [{"id": b64(DESK), "names": {"en": "Harbour desk"}, "open": True}],
        "ways": {"telephone": "+351 555 0100, weekdays 9 to 16", "letter": "Box 12, Northport"},
        **texts,
    }
    publication.publish(office, "account", "application/json", jsontext.write(account), DAY)


def publish_day(office: bytes, day: date = DAY) -> bytes:
    """Publish the first night's batch of both logs, as the nightly job does; return the arrivals' one."""
    ledger.found(office, HOST, "Europe/Lisbon", day)
    ledger.publish_day(office, day)
    batch = publication.published(office, f"arrivals/{day.isoformat()}")
    assert batch is not None
    return batch.body
