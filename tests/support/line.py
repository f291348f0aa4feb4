"""An office with a desk in the database, and drops and posts as a browser would make them, with files of noise.

The line never looks into a sealed file, so its tests need none that opens.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fairline.core import clock
from fairline.ledger import services as ledger
from fairline.line import blobs, parcels
from fairline.line.blob_heads import NewPart, read_part
from fairline.line.heads import Drop, NewPost, read_drop, read_post
from fairline.line.work import challenge
from fairline.offices.models import Desk, Office
from fairline.profiles.queries import default_form
from fairline.seal import work
from fairline.seal.primitives import H, b64

TODAY = date(2026, 11, 23)
SIZES = (("office", 9000), ("own", 9000), ("identity", 3700), *[("share", 2700)] * 5)


@dataclass
class Line:
    """One office with one desk."""

    office: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    desk: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    def found(self, *, is_open: bool = True, epoch: int = 0) -> Line:
        """Store the office, its record and its desk."""
        Office.objects.create(
            id=self.office,
            names={"en": "Office of Nordhafen"},
            zone="Europe/Oslo",
            fingerprint=secrets.token_bytes(32),
            founded=TODAY,
        )
        ledger.found(self.office, "report.example", "Europe/Oslo", TODAY)
        Desk.objects.create(
            id=self.desk,
            office_id=self.office,
            names={"en": "First desk"},
            sheet=0,
            open=is_open,
            epoch=epoch,
            recipient="age1pq1" + "q" * 1952,
            form=H(default_form()),
            profile=bytes(32),
        )
        return self


def done(office: bytes, purpose: str, subject: bytes) -> dict[str, int]:
    """Return the arithmetic that the door of this process asks for now, as a head carries it."""
    return work.solve(challenge(office, clock.now()), work.salt(purpose, subject)).fields()


def parcel(
    head: dict[str, Any], files: list[tuple[str, bytes]], more: dict[int, dict[str, Any]] | None = None
) -> bytes:
    """Return the parcel of ``head`` and ``files`` (kind, bytes); ``more`` adds fields to the rows of some."""
    rows = [{"as": kind, "size": len(body), **(more or {}).get(i, {})} for i, (kind, body) in enumerate(files)]
    return parcels.write({**head, "files": rows}, [body for _kind, body in files])


@dataclass
class Attached:
    """An attachment on its way, in parts of noise."""

    line: Line
    sizes: tuple[int, ...] = (3000, 3000, 700)
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    auth: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def __post_init__(self) -> None:
        """Make the parts once: who sends again sends the same."""
        self.parts = [secrets.token_bytes(size) for size in self.sizes]

    @property
    def hash(self) -> bytes:
        """Return what the envelope and `f` say of the whole."""
        return H(b"".join(H(part) for part in self.parts))

    def head(self, number: int, **changes: Any) -> dict[str, Any]:
        """Return the head of a part."""
        head = {"v": 1, "blob": b64(self.id), "auth": b64(self.auth), "desk": b64(self.line.desk), "part": number}
        return head | {"parts": len(self.parts), "work": done(self.line.office, work.BLOB, self.id)} | changes

    def parcel(self, number: int, **changes: Any) -> bytes:
        """Return a part as sent."""
        return parcel(self.head(number, **changes), [("part", self.parts[number])])

    def part(self, number: int, **changes: Any) -> NewPart:
        """Return a part as read."""
        return read_part(*parcels.read(self.parcel(number, **changes)))

    def hold(self, *numbers: int) -> Attached:
        """Store these parts, or all."""
        for number in numbers or range(len(self.parts)):
            blobs.hold(self.line.office, self.part(number), TODAY)
        return self

    def asked(self) -> dict[str, Any]:
        """Return what its state and its removal are asked with."""
        return {"v": 1, "blob": b64(self.id), "auth": b64(self.auth)}


@dataclass
class Sender:
    """A reporting person's browser, as far as the server sees it."""

    line: Line
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    auth: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    epoch: int = 0
    ticket: bytes | None = None
    sizes: tuple[tuple[str, int], ...] = SIZES
    attached: tuple[Attached, ...] = ()

    def __post_init__(self) -> None:
        """Make the files once: who sends again sends the same."""
        self.thread = self.id
        self.tag, self.content = secrets.token_bytes(32), secrets.token_bytes(32)
        self.files = [(kind, secrets.token_bytes(size)) for kind, size in self.sizes]

    def head(self) -> dict[str, Any]:
        """Return the head of the drop."""
        ticket = {} if self.ticket is None else {"ticket": b64(self.ticket)}
        return {
            "v": 1,
            "id": b64(self.id),
            "auth": b64(H(self.auth)),
            "desk": b64(self.line.desk),
            "epoch": self.epoch,
            "T": b64(self.tag),
            "c": b64(self.content),
            "work": done(self.line.office, work.REPORT, self.id),
            **ticket,
            **({"blobs": [b64(one.id) for one in self.attached]} if self.attached else {}),
        }

    def parcel(self) -> bytes:
        """Return the drop as sent."""
        return parcel(self.head(), self.files)

    def drop(self) -> Drop:
        """Return the drop as read."""
        return read_drop(*parcels.read(self.parcel()))

    def asked(self, page: int = 0, auth: bytes | None = None) -> dict[str, Any]:
        """Return what the mailbox is asked with."""
        return {"v": 1, "id": b64(self.id), "auth": b64(auth or self.auth), "page": page}


def post_head(sender: Sender, chain: str, n: int, heads: dict[str, int], **changes: Any) -> dict[str, Any]:
    """Return the head of a post; ``changes`` replace fields, None takes one away."""
    head: dict[str, Any] = {
        "v": 1,
        "thread": b64(sender.thread),
        "chain": chain,
        "n": n,
        "heads": heads,
        "audience": {"epoch": 0},
        "T": b64(secrets.token_bytes(32)),
        "c": b64(secrets.token_bytes(32)),
    }
    if chain == "r":
        head |= {"id": b64(sender.id), "auth": b64(sender.auth)}
        head["work"] = done(sender.line.office, work.POST, work.post_subject(sender.thread, n))
    if chain == "i":
        del head["T"]
    return {name: value for name, value in (head | changes).items() if value is not None}


def post_files(chain: str, size: int = 3000) -> list[tuple[str, bytes]]:
    """Return the files of a post on ``chain``."""
    kinds = ("office",) if chain == "i" else ("office", "own")
    return [(kind, secrets.token_bytes(size)) for kind in kinds]


def new_post(sender: Sender, chain: str, n: int, heads: dict[str, int], **changes: Any) -> NewPost:
    """Return a post as read."""
    return read_post(*parcels.read(parcel(post_head(sender, chain, n, heads, **changes), post_files(chain))))
